"""Text files with separated values (CSV), in the encodings and with the separators that spreadsheets are saved in."""

import codecs
import csv
import io

from leaddesk.errors import KnownError
from leaddesk.imports.cells import Grid, Row, row_of

_SEPARATORS = (",", ";", "\t", "|")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LEGACY = "The file is in an old Windows encoding. If letters look wrong, save it again as “CSV UTF-8”."


def read_delimited(data: bytes, *, most_rows: int) -> tuple[Grid, ...]:
    """The rows as each separator would cut them; which one was meant shows in the headings.

    The encoding is what a byte order mark says, else UTF-8 where that is valid, else Windows-1252.

    Raises:
        KnownError: when this is no text, when its quotation marks don't match, or when it has more than
            ``most_rows`` rows.
    """
    text, remark = _decode(data)
    if "\0" in text:
        raise KnownError("This file is no text and no workbook.", todo="Save the list as .xlsx or as .csv.")
    grids = [g for separator in _SEPARATORS if (g := _cut(text, separator, remark, most_rows)) is not None]
    if not grids:
        raise KnownError(
            "The cells of this file can't be told apart: its quotation marks don't match, or a cell is far too long.",
            todo="Save the list again from the spreadsheet program, as .xlsx or as .csv.",
        )
    return tuple(grids)


def _decode(data: bytes) -> tuple[str, str]:
    """The text, and a remark where the encoding had to be assumed."""
    try:
        if data.startswith(_UTF16):
            return data.decode("utf-16"), ""
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), _LEGACY
    except UnicodeDecodeError as error:
        raise KnownError(
            "The letters of this file are in an encoding that LeadDesk does not know, or the file is damaged.",
            todo="Save the list again as “CSV UTF-8” or as .xlsx.",
        ) from error


def _cut(text: str, separator: str, remark: str, most_rows: int) -> Grid | None:
    """The rows under one separator; None where the quotation marks or a cell's length contradict it.

    Strict, because a quotation mark that is never closed would swallow every row after it without a word.
    """
    rows: list[Row] = []
    try:
        for number, written in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1
        ):
            if written and (row := row_of(number, written)) is not None:
                rows.append(row)
            if len(rows) > most_rows:
                raise KnownError(
                    f"This file has more than {most_rows:,} rows.", todo="Split the list into smaller files."
                )
    except csv.Error:
        return None
    return Grid("", tuple(rows), remark)
