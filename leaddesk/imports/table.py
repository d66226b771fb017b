"""A file found to be a list: its row of headings, and under it the records."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leaddesk.errors import KnownError
from leaddesk.imports.cells import Cell, Grid, Row, text_of
from leaddesk.imports.columns import COLUMNS, REQUIRED, Columns, match
from leaddesk.imports.delimited import read_delimited
from leaddesk.imports.reading import Findings, Kind
from leaddesk.imports.workbook import read_workbook

#: The largest file that is read, and the most rows of it.
MOST_BYTES = 8 * 2**20
MOST_ROWS = 20_000

#: Titles, dates and empty lines may stand above the headings, this many filled rows at most.
_ROWS_ABOVE = 30

_ZIP = b"PK"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Record:
    """One row under the headings, by field."""

    row: int
    cells: Mapping[str, Cell]

    def cell(self, field: str) -> Cell:
        """The cell of a field; empty where the list has no such column."""
        return self.cells.get(field, "")

    def text(self, field: str) -> str:
        """The cell of a field as text."""
        return text_of(self.cell(field))


@dataclass(frozen=True, slots=True)
class Table:
    """The records of a list, and the findings of reading it so far."""

    records: tuple[Record, ...]
    findings: Findings


@dataclass(frozen=True, slots=True)
class _Headings:
    grid: Grid
    at: int
    """The position of the headings among the grid's rows."""
    fields: Mapping[str, list[int]]

    @property
    def row(self) -> Row:
        return self.grid.rows[self.at]


def read_table(path: Path, kind: Kind) -> Table:
    """The records of a spreadsheet, under the row of headings that knows most of the kind's columns.

    Looked for in every visible sheet, within the first rows; a sheet before the others where they know as many.

    Raises:
        KnownError: when the file can't be read as a list at all. Nothing has been changed then, here or anywhere.
    """
    grids = _grids(path)
    candidates = [h for grid in grids if (h := _headings(grid, COLUMNS[kind])) is not None]
    if not candidates:
        raise KnownError(
            f"No row of this file reads like the headings of a list of {kind}.",
            todo=f"Put one row of headings above the list, such as Name and {REQUIRED[kind][1]}.",
        )
    best = max(candidates, key=lambda h: len(h.fields))
    findings = Findings({field: text_of(best.row.cells[at[0]]) for field, at in best.fields.items()})
    _judge_headings(best, kind, findings)
    for other in candidates:
        if other.grid.title != best.grid.title:
            findings.note(None, other.grid.title, f"Only the sheet “{best.grid.title}” was read, not this one.")
    if best.grid.remark:
        findings.note(None, "", best.grid.remark)
    return Table(_records(best, findings), findings)


def _grids(path: Path) -> tuple[Grid, ...]:
    data = _read(path)
    workbook_wanted = path.suffix.lower() in {".xlsx", ".xlsm"}
    if data.startswith(_OLD_EXCEL):
        raise KnownError(
            "This is an Excel workbook of the old kind, or one locked with a password.",
            todo="Save it as .xlsx, without a password.",
        )
    if workbook_wanted or data.startswith(_ZIP):
        return read_workbook(data, most_rows=MOST_ROWS)
    return read_delimited(data, most_rows=MOST_ROWS)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = (error.strerror or "") if isinstance(error, OSError) else ""
        raise KnownError(
            f"This file can't be opened{f' ({reason})' if reason else ''}.",
            todo="Check that it is there and yours to read.",
        ) from error
    if not data:
        raise KnownError("This file is empty.", todo="Choose the file that holds the list.")
    if len(data) > MOST_BYTES:
        raise KnownError(
            f"This file is larger than {MOST_BYTES // 2**20} MB.", todo="Copy the list alone into a new workbook."
        )
    return data


def _headings(grid: Grid, columns: Columns) -> _Headings | None:
    """The row that knows most columns, the upper one of equals; None where none knows a name and one more."""
    found = [_Headings(grid, at, match(row.cells, columns)) for at, row in enumerate(grid.rows[:_ROWS_ABOVE])]
    named = [h for h in found if len(h.fields) > 1 and ("name" in h.fields or {"first", "last"} <= h.fields.keys())]
    return max(named, key=lambda h: len(h.fields), default=None)


def _judge_headings(headings: _Headings, kind: Kind, findings: Findings) -> None:
    """Stops a list that lacks its own column, names a column twice, or reads more like the other kind of list.

    Participants taken for attendees would be named to everyone in the room, so the list must show what it is.
    """
    number, cells = headings.row.number, headings.row.cells
    required, usual = REQUIRED[kind]
    if required not in headings.fields:
        findings.problem(number, usual, "There is no such column, so this may be some other list.")
    other = next(k for k in Kind if k is not kind)
    if len(match(cells, COLUMNS[other])) > len(headings.fields):
        findings.problem(number, "", f"These headings are those of a list of {other}, not of {kind}.")
    for field, positions in headings.fields.items():
        for position in positions[1:]:
            findings.problem(
                number, field, f"“{text_of(cells[position])}” means the same column. Rename or remove one."
            )
    if "name" in headings.fields and not {"first", "last"}.isdisjoint(headings.fields):
        findings.problem(number, "name", "There is a column for whole names and another for their parts. Remove one.")
    known = {position for positions in headings.fields.values() for position in positions}
    for position, cell in enumerate(cells):
        if position not in known and cell != "":
            findings.note(number, text_of(cell), "LeadDesk does not read this column. It was left out.")


def _records(headings: _Headings, findings: Findings) -> tuple[Record, ...]:
    titles = headings.row.cells
    records: list[Record] = []
    for row in headings.grid.rows[headings.at + 1 :]:
        if row.cells == titles:  # printed again at the top of each page
            continue
        _judge_width(row, headings, findings)
        cells = {field: row.cells[at[0]] if at[0] < len(row.cells) else "" for field, at in headings.fields.items()}
        if any(cell != "" for cell in cells.values()):
            records.append(Record(row.number, cells))
    return tuple(records)


def _judge_width(row: Row, headings: _Headings, findings: Findings) -> None:
    """Tells of cells under no heading; in a text file they mean that an unquoted separator has shifted the row."""
    titles = headings.row.cells
    stray = [c for i, c in enumerate(row.cells) if c != "" and (i >= len(titles) or titles[i] == "")]
    if not stray:
        return
    if headings.grid.title:
        findings.note(row.number, "", f"“{text_of(stray[0])}” stands in a column without a heading. It was left out.")
    else:
        findings.problem(
            row.number, "", "This row has more cells than there are headings, so its cells have shifted."
        )
