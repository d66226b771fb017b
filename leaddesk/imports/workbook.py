"""Excel workbooks (.xlsx), read without trusting a byte of them."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from typing import Protocol, cast

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from leaddesk.errors import KnownError
from leaddesk.imports.cells import MOST_COLUMNS, Grid, Row, row_of

#: How much a workbook may unpack to; one with 20,000 participants unpacks to a quarter of it.
MOST_BYTES_UNPACKED = 48 * 2**20

#: The last row that Excel itself can hold.
_LAST_ROW = 2**20


class _Sheet(Protocol):
    """The part of a sheet opened for reading that is used here."""

    title: str
    sheet_state: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, max_col: int, values_only: bool) -> Iterator[tuple[object, ...]]: ...


def read_workbook(data: bytes, *, most_rows: int) -> tuple[Grid, ...]:
    """The visible sheets in their order, values only.

    A formula stands for the value that was last calculated, or, where the file holds none, for its own text. No
    formula, link or macro is run.

    Raises:
        KnownError: when the file is damaged, is no workbook, unpacks to more than `MOST_BYTES_UNPACKED`, or has more
            than ``most_rows`` filled rows in a sheet.
    """
    try:
        _check_size(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about charts, styles and validations, which are not read
            with closing(_open(data, values=True)) as values, closing(_open(data, values=False)) as formulas:
                return tuple(_grids(values, formulas, most_rows))
    except KnownError:
        raise
    except Exception as error:  # a parser fed with damage fails in every way there is
        raise KnownError(
            "This workbook is damaged, or it is no Excel workbook.",
            todo="Open it in a spreadsheet program and save it again as .xlsx.",
        ) from error


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > MOST_BYTES_UNPACKED:
        raise KnownError(
            f"This workbook unpacks to more than {MOST_BYTES_UNPACKED // 2**20} MB.",
            todo="Copy the list alone into a new workbook.",
        )


def _open(data: bytes, *, values: bool) -> Workbook:
    return load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)


def _grids(values: Workbook, formulas: Workbook, most_rows: int) -> Iterator[Grid]:
    for sheet, same in zip(_sheets(values), _sheets(formulas), strict=True):
        if sheet.sheet_state == "visible":
            yield Grid(sheet.title, tuple(_rows(sheet, same, most_rows)))


def _sheets(book: Workbook) -> list[_Sheet]:
    return cast("list[_Sheet]", book.worksheets)


def _rows(values: _Sheet, formulas: _Sheet, most_rows: int) -> Iterator[Row]:
    filled = 0
    pairs = zip(_written(values), _written(formulas), strict=True)
    for number, (calculated, written) in enumerate(pairs, 1):
        if number > _LAST_ROW:
            raise KnownError("This workbook numbers its rows beyond what Excel can hold.", todo="Save it again.")
        if written.count(None) == len(written):
            continue
        values_of_row = (_formula(w) if c is None else c for c, w in zip(calculated, written, strict=True))
        if (row := row_of(number, values_of_row)) is None:
            continue
        filled += 1
        if filled > most_rows:
            raise KnownError(
                f"A sheet of this workbook has more than {most_rows:,} rows.",
                todo="Split the list into smaller files.",
            )
        yield row


def _written(sheet: _Sheet) -> Iterator[tuple[object, ...]]:
    sheet.reset_dimensions()  # programs that write too small a size there would hide rows and columns
    return iter(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True))


def _formula(written: object) -> object:
    """The text of a formula; empty for a what-if table, which has none."""
    return written if isinstance(written, str) else getattr(written, "text", "")
