"""What one cell of a spreadsheet holds once it is inside: clean text or a day."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

#: Text that is clean, or a day where the spreadsheet itself says that it is one. An empty cell is the empty text.
Cell = str | date

#: Columns beyond this are not looked at.
MOST_COLUMNS = 200

#: Control, format (bidirectional marks, zero-width characters, tags), surrogate and private-use characters.
_UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something, under the number that a spreadsheet program shows beside it (from 1)."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One way to see a file as rows: a visible sheet of a workbook, or a text file cut at one separator.

    Attributes:
        title: the sheet's name; empty for a text file.
        rows: the rows that hold anything, in order.
        remark: what the person should know about how the text was read; empty when nothing.
    """

    title: str
    rows: tuple[Row, ...]
    remark: str = ""


def clean(text: str) -> str:
    """The text on one line: no control or bidirectional characters, composed letters, single spaces."""
    if not text.isprintable():
        spaced = "".join(" " if c.isspace() else c for c in text)
        text = "".join(c for c in spaced if unicodedata.category(c) not in _UNWANTED)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def cell_of(value: object) -> Cell:
    """A value as a spreadsheet library gives it: a day stays a day, anything else becomes clean text."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))


def text_of(cell: Cell) -> str:
    """The cell as text; a day in the form ``2026-05-04``."""
    return cell if isinstance(cell, str) else cell.isoformat()


def row_of(number: int, values: Iterable[object]) -> Row | None:
    """The row that holds these values, without the empty cells at its end; None where it holds nothing."""
    cells = [cell_of(value) for value in islice(values, MOST_COLUMNS)]
    while cells and cells[-1] == "":
        cells.pop()
    return Row(number, tuple(cells)) if cells else None
