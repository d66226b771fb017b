"""Damaged and hostile files: each gives a reading or one known error, and never anything else."""

import io
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leaddesk.errors import KnownError
from leaddesk.imports.attendees import read_attendees
from leaddesk.imports.participants import read_participants

DATA = Path(__file__).parent.parent / "data"
CSV = (DATA / "attendees.csv").read_bytes()
XLSX = (DATA / "roster.xlsx").read_bytes()
TODAY = date(2026, 5, 6)

some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Edits = list[tuple[int, bytes, int]]
edits = st.lists(st.tuples(st.integers(0), st.binary(max_size=6), st.integers(0, 12)), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


def damage(data: bytes, edit: Edits) -> bytes:
    """The data with pieces cut out and others put in their place."""
    for where, put, cut in edit:
        at = where % (len(data) + 1)
        data = data[:at] + put + data[at + cut :]
    return data


def read_both(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with suppress(KnownError):
        attendees = read_attendees(path)
        assert not (attendees.problems and attendees.drafts)
    with suppress(KnownError):
        participants = read_participants(path, TODAY)
        assert not (participants.problems and participants.drafts)


@some
@given(data=st.binary(max_size=400), suffix=st.sampled_from([".csv", ".xlsx", ".txt", ""]))
def test_any_bytes_give_a_reading_or_a_known_error(folder: Path, data: bytes, suffix: str) -> None:
    read_both(folder / f"any{suffix}", data)


@some
@given(
    cells=st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=8),
    separator=st.sampled_from([",", ";", "\t", "|"]),
)
def test_any_text_under_good_headings_gives_a_reading_or_a_known_error(
    folder: Path, cells: list[list[str]], separator: str
) -> None:
    headings = ["Name", "AKA", "DOB", "Referred", "Door", "Status", "ROI signed", "ROI ends", "ROI covers", "Agency"]
    text = "\n".join(separator.join(row) for row in [headings, *cells])
    read_both(folder / "text.csv", text.encode("utf-8", "surrogatepass"))


@some
@given(edit=edits)
def test_a_damaged_text_file_gives_a_reading_or_a_known_error(folder: Path, edit: Edits) -> None:
    read_both(folder / "damaged.csv", damage(CSV, edit))


@few
@given(edit=edits)
def test_a_damaged_workbook_gives_a_reading_or_a_known_error(folder: Path, edit: Edits) -> None:
    read_both(folder / "damaged.xlsx", damage(XLSX, edit))


@few
@given(edit=edits, part=st.sampled_from(sorted(zipfile.ZipFile(io.BytesIO(XLSX)).namelist())))
def test_a_workbook_with_a_damaged_part_gives_a_reading_or_a_known_error(
    folder: Path, edit: Edits, part: str
) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSX)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, damage(old.read(name), edit) if name == part else old.read(name))
    read_both(folder / "part.xlsx", file.getvalue())
