"""Finding the list in a file, whatever program wrote it and whatever stands around it."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from leaddesk.errors import KnownError
from leaddesk.imports.cells import clean
from leaddesk.imports.reading import Kind
from leaddesk.imports.table import MOST_BYTES, MOST_ROWS, Table, read_table

LIST = "Name,Agency,Role\nZoë Bell,City PD,Officer\n"


def table_of(tmp_path: Path, data: bytes, name: str = "list.csv") -> Table:
    path = tmp_path / name
    path.write_bytes(data)
    return read_table(path, Kind.ATTENDEES)


def workbook_of(sheets: dict[str, Sequence[Sequence[object]]], *, hidden: str = "") -> bytes:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.sheet_state = "hidden" if title == hidden else "visible"
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    """The same workbook with one of its parts replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return file.getvalue()


def told(table: Table) -> list[tuple[int | None, str]]:
    return [(f.row, f.text) for f in table.findings.reading(Kind.ATTENDEES, 0, ()).findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_common_encoding_and_separator_gives_the_same_records(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    table = table_of(tmp_path, LIST.replace(",", separator).encode(encoding))
    assert [r.cells for r in table.records] == [{"name": "Zoë Bell", "agency": "City PD", "role": "Officer"}]


def test_an_old_windows_encoding_is_told(tmp_path: Path) -> None:
    assert [
        row for row, text in told(table_of(tmp_path, LIST.encode("cp1252"))) if "old Windows encoding" in text
    ] == [None]
    assert told(table_of(tmp_path, LIST.encode())) == []


def test_titles_and_empty_lines_may_stand_above_and_between(tmp_path: Path) -> None:
    above = "Our list,,\nas of today\n\nName,Agency,Role\n\n"
    text = f"{above}Ana Bell,City PD,Officer\n,,\nName,Agency,Role\nCleo Park,Clinic,Nurse\n"
    table = table_of(tmp_path, text.encode())
    assert [(r.row, r.text("name")) for r in table.records] == [(6, "Ana Bell"), (9, "Cleo Park")]


def test_a_quoted_cell_may_hold_separators_and_line_breaks(tmp_path: Path) -> None:
    table = table_of(tmp_path, b'Name,Agency\n"Bell, Ana","City\nPD"\nCleo Park,Clinic\n')
    assert [(r.row, r.text("name"), r.text("agency")) for r in table.records] == [
        (2, "Bell, Ana", "City PD"),
        (3, "Cleo Park", "Clinic"),
    ]


def test_a_separator_that_nobody_quoted_stops_the_list(tmp_path: Path) -> None:
    table = table_of(tmp_path, b"Name,Agency\nBell, Ana,City PD\n")
    assert [row for row, text in told(table) if "cells have shifted" in text] == [2]


def test_a_quotation_mark_that_is_never_closed_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="quotation marks"):
        table_of(tmp_path, b'Name,Agency\n"Ana Bell,City PD\nCleo Park,Clinic\n')


def test_control_and_bidirectional_characters_do_not_come_in(tmp_path: Path) -> None:
    text = "Name,Agency\nAna\u202e B\u200bel\x07l\u2066,City\u00a0\u00a0PD\x1b[31m\n"
    table = table_of(tmp_path, text.encode())
    assert (table.records[0].text("name"), table.records[0].text("agency")) == ("Ana Bell", "City PD[31m")


def test_letters_written_in_two_parts_are_composed() -> None:
    assert clean("Zoe\u0308\r\n Bell ") == "Zo\u00eb Bell"


def test_the_list_is_found_in_whichever_visible_sheet_it_stands(tmp_path: Path) -> None:
    rows = [["Name", "Agency"], ["Ana Bell", "City PD"]]
    data = workbook_of({"Old": rows, "Notes": [["nothing here"]], "List": [[], *rows], "Copy": rows}, hidden="Old")
    table = table_of(tmp_path, data, "list.xlsx")
    assert [(r.row, r.text("name")) for r in table.records] == [(3, "Ana Bell")]
    assert told(table) == [(None, "Only the sheet “List” was read, not this one.")]


def test_cells_of_a_workbook_become_text_or_days(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Name", "Agency", "Role", "Phone"],
        ["Ana Bell", True, date(2026, 1, 14), 5550100.0],
    ]
    record = table_of(tmp_path, workbook_of({"List": rows}), "list.xlsx").records[0]
    assert [record.text(f) for f in ("agency", "role", "phone", "email")] == ["yes", "2026-01-14", "5550100", ""]


def test_a_formula_stands_for_its_last_value_and_without_one_for_its_own_text(tmp_path: Path) -> None:
    data = workbook_of({"List": [["Name", "Agency"], ["Ana Bell", "=A1"], ["Cleo Park", "=1+1"]]})
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    calculated = re.sub(b"<f>A1</f><v ?/?>(</v>)?", b"<f>A1</f><v>7</v>", sheet)
    assert calculated != sheet
    table = table_of(tmp_path, with_part(data, "xl/worksheets/sheet1.xml", calculated), "list.xlsx")
    assert [r.text("agency") for r in table.records] == ["7", "=1+1"]


def test_a_size_written_too_small_hides_no_rows(tmp_path: Path) -> None:
    data = workbook_of({"List": [["Name", "Agency"], ["Ana Bell", "City PD"]]})
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    small = sheet.replace(b'ref="A1:B2"', b'ref="A1:A1"')
    assert small != sheet
    assert len(table_of(tmp_path, with_part(data, "xl/worksheets/sheet1.xml", small), "list.xlsx").records) == 1


def test_a_cell_under_no_heading_of_a_workbook_is_told(tmp_path: Path) -> None:
    data = workbook_of({"List": [["Name", "Agency"], ["Ana Bell", "City PD", None, "call her"]]})
    assert [row for row, text in told(table_of(tmp_path, data, "list.xlsx")) if "without a heading" in text] == [2]


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "list.csv", "empty"),
        (b"\0\1\2", "list.csv", "no text"),
        (b"Name,Agency\nAna\0,PD\n", "list.csv", "no text"),
        (b"\x81\x8d\x8f", "list.csv", "encoding"),
        (b"\xff\xfeN", "list.csv", "headings"),
        (b"dear all,\nsee you\n", "list.csv", "headings"),
        (b"Name,Agency\n", "list.xlsx", "damaged"),
        (b"PK\x03\x04 and nothing", "list.csv", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "list.xls", "old kind"),
        (b"x" * (MOST_BYTES + 1), "list.csv", "larger than 8 MB"),
        (b"Name,Agency\n" + b"Ana Bell,PD\n" * MOST_ROWS, "list.csv", "more than 20,000 rows"),
    ],
)
def test_a_file_that_is_no_list_gives_one_plain_sentence(tmp_path: Path, data: bytes, name: str, says: str) -> None:
    with pytest.raises(KnownError) as caught:
        table_of(tmp_path, data, name)
    assert says in caught.value.happened
    assert caught.value.todo


def test_a_file_that_is_not_there_or_no_file_gives_one_plain_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.csv", tmp_path, Path("a\0b.csv")):
        with pytest.raises(KnownError, match="can't be opened"):
            read_table(path, Kind.ATTENDEES)


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    data = workbook_of({"List": [["Name", "Agency"]]})
    bomb = with_part(data, "xl/worksheets/sheet1.xml", b" " * (49 * 2**20))
    assert len(bomb) < 200_000
    with pytest.raises(KnownError, match="unpacks to more than 48 MB"):
        table_of(tmp_path, bomb, "list.xlsx")


def test_entities_that_multiply_are_not_expanded(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    sheet = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>&l11;</t></is></c></row></sheetData></worksheet>'
    )
    data = with_part(workbook_of({"List": [["Name", "Agency"]]}), "xl/worksheets/sheet1.xml", sheet.encode())
    with pytest.raises(KnownError, match="damaged"):
        table_of(tmp_path, data, "list.xlsx")


def test_rows_numbered_beyond_all_measure_end_the_reading(tmp_path: Path) -> None:
    sheet = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'
    )
    data = with_part(workbook_of({"List": [["Name", "Agency"]]}), "xl/worksheets/sheet1.xml", sheet.encode())
    with pytest.raises(KnownError, match="beyond what Excel can hold"):
        table_of(tmp_path, data, "list.xlsx")
