"""What reading a spreadsheet gives: drafts, and every finding with its row, column and reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Draft = TypeVar("Draft")


class Kind(StrEnum):
    """Whose list a file is said to be."""

    ATTENDEES = "attendees"
    PARTICIPANTS = "participants"


class Severity(StrEnum):
    """A problem stops the whole file; a note says that something went in with less than the file says."""

    PROBLEM = "problem"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about one cell. It may hold the cell's value, so it goes to the console alone.

    Attributes:
        row: the number beside the row in a spreadsheet program; None for the whole file.
        column: the heading as the file writes it, or the field's name where the file has no such column.
    """

    row: int | None
    column: str
    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class Reading(Generic[Draft]):
    """One file as read: all of it, or with a problem none of it.

    Attributes:
        rows: how many rows under the headings hold anything.
        drafts: one for each of those rows, in order; empty as soon as there is a single problem.
        findings: in the order of the rows, the whole file's first.
    """

    kind: Kind
    rows: int
    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The findings that stop the file."""
        return tuple(f for f in self.findings if f.severity is Severity.PROBLEM)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The findings that leave something to mend by hand."""
        return tuple(f for f in self.findings if f.severity is Severity.NOTE)


class Findings:
    """The findings of one file while it is being read, under the headings that the file uses."""

    def __init__(self, headings: Mapping[str, str]) -> None:
        self._headings = headings
        self._found: list[Finding] = []

    def note(self, row: int | None, field: str, text: str) -> None:
        """Says that a field was read with less than the file says."""
        self._add(row, field, Severity.NOTE, text)

    def problem(self, row: int | None, field: str, text: str) -> None:
        """Says that a field could not be read, which stops the file."""
        self._add(row, field, Severity.PROBLEM, text)

    def _add(self, row: int | None, field: str, severity: Severity, text: str) -> None:
        self._found.append(Finding(row, self._headings.get(field, field), severity, text))

    def reading(self, kind: Kind, rows: int, drafts: Sequence[Draft]) -> Reading[Draft]:
        """The file as read, without drafts where a problem was found."""
        found = tuple(sorted(self._found, key=lambda f: f.row or 0))
        stopped = any(f.severity is Severity.PROBLEM for f in found)
        return Reading(kind, rows, () if stopped else tuple(drafts), found)
