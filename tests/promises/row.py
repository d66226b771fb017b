"""A promise's row: how its test is told how often to try, says what it reached, and is judged."""

from dataclasses import dataclass
from random import Random
from typing import Any, Final, TypeVar

import pytest

T = TypeVar("T")

#: Whether the promises run in full; kept in pytest's own configuration.
FULL: Final = pytest.StashKey[bool]()

KEPT, BROKEN, NOT_HERE = "kept", "BROKEN", "not run here"


@dataclass(frozen=True, slots=True)
class Times:
    """How many times a promise is tried."""

    full: bool
    seed: str

    def __call__(self, small: T, *, full: T) -> T:
        """The number promised when run in full, else a small one; what to try instead of how often, too."""
        return full if self.full else small

    def random(self) -> Random:
        """Random numbers, the same in every run of this test."""
        return Random(self.seed)


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a promise's test says what it reached; the last thing said counts."""

    said: list[tuple[str, Any]]

    def __call__(self, number: str, *, times: int) -> None:
        self.said.append(("reached", number))
        self.said.append(("times", times))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One promise, as its test showed it.

    Attributes:
        promise: what is promised.
        promised: the number promised.
        reached: the number reached, or why the promise can't be shown here.
        times: how often it was tried.
        seconds: how long the test took, with what it needed.
        verdict: `KEPT`, `BROKEN` or `NOT_HERE`.
    """

    promise: str
    promised: str
    reached: str
    times: int
    seconds: float
    verdict: str
