"""Reading JSON strictly, so that a misspelled or misplaced fact is said with its path and never passed over."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from leaddesk.policy.conformance.outcome import MalformedFile


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a JSON document, and where it stands."""

    value: object
    path: str

    @classmethod
    def parse(cls, text: str, loads: Callable[[str], object]) -> Self:
        """The whole document.

        Raises:
            MalformedFile: it is no JSON; says line and column.
        """
        try:
            return cls(loads(text), "$")
        except (ValueError, RecursionError) as error:
            where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "$"
            raise MalformedFile(where, f"no JSON: {error}") from error

    def items(self) -> Iterator["Node"]:
        """The members of a list; none where the value is missing."""
        if self.value is None:
            return
        if not isinstance(self.value, list):
            raise MalformedFile(self.path, "is no list")
        for position, member in enumerate(self.value):
            yield Node(member, f"{self.path}[{position}]")

    def fields(self, *allowed: str) -> dict[str, "Node"]:
        """The members of an object, every allowed key present (missing ones hold ``None``), others refused."""
        if not isinstance(self.value, dict):
            raise MalformedFile(self.path, "is no object")
        unknown = sorted(set(self.value) - set(allowed))
        if unknown:
            raise MalformedFile(f"{self.path}.{unknown[0]}", "is no key that is known here")
        return {key: Node(self.value.get(key), f"{self.path}.{key}") for key in allowed}

    def entries(self) -> Iterator[tuple[str, "Node"]]:
        """Key and value of an object with free keys; none where it is missing."""
        if self.value is None:
            return
        if not isinstance(self.value, dict):
            raise MalformedFile(self.path, "is no object")
        for key, value in self.value.items():
            yield key, Node(value, f"{self.path}.{key}")

    def text(self) -> str:
        """A string that must be there."""
        if not isinstance(self.value, str):
            raise MalformedFile(self.path, "is no text")
        return self.value

    def text_or_none(self) -> str | None:
        """A string, or ``None`` where it is missing, null or empty."""
        return None if self.value is None else self.text() or None

    def texts(self) -> tuple[str, ...]:
        """A list of strings."""
        return tuple(node.text() for node in self.items())

    def instant(self) -> datetime:
        """An instant with its offset."""
        try:
            instant = datetime.fromisoformat(self.text())
        except ValueError as error:
            raise MalformedFile(self.path, "is no instant") from error
        if instant.tzinfo is None:
            raise MalformedFile(self.path, "is an instant without an offset")
        return instant

    def day(self) -> date:
        """A day."""
        try:
            return date.fromisoformat(self.text())
        except ValueError as error:
            raise MalformedFile(self.path, "is no day") from error

    def day_or_none(self) -> date | None:
        """A day, or ``None`` where it is missing or null."""
        return None if self.value is None else self.day()

    def day_or_instant_or_none(self) -> date | datetime | None:
        """A day, an instant with its offset, or ``None`` where it is missing or null."""
        if self.value is None:
            return None
        return self.instant() if "T" in self.text() else self.day()
