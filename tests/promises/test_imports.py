"""Damaged lists put on a desk: each is refused in plain words, or is the whole list it still is."""

import shutil
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from leaddesk.errors import KnownError
from leaddesk.imports.attendees import read_attendees
from leaddesk.imports.participants import read_participants
from leaddesk.imports.reading import Kind
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.importing import Imported, import_attendees, import_participants
from tests.promises.batches import opened
from tests.promises.damaged_files import DATA, DamagedFile, damaged_files
from tests.promises.row import Reached, Times

TODAY = date(2026, 5, 6)

#: How long one file may take, in seconds, on a busy machine.
PATIENCE = 20.0


@pytest.fixture
def desk(new: Path, tmp_path: Path) -> Iterator[Desk]:
    desk = opened(Path(shutil.copytree(new, tmp_path / "desk")))
    yield desk
    desk.lock()


def rows(unit: Unit) -> dict[str, int]:
    """How many rows each table has, the ledger's too."""
    connection = unit.rows.connection()
    tables = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
    return {table: connection.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0 for table in tables}


def put_in(desk: Desk, path: Path, kind: Kind) -> Imported:
    """What becomes of a list; one without a problem goes in for trial alone."""
    if kind is Kind.ATTENDEES:
        attendees = read_attendees(path)
        return desk.do(import_attendees, attendees, dry_run=not attendees.problems)
    participants = read_participants(path, TODAY)
    return desk.do(import_participants, participants, desk.everyday, dry_run=not participants.problems)


def fate(desk: Desk, path: Path, file: DamagedFile) -> str:
    """``refused`` with a sentence, ``a problem`` at a row, ``read`` as a list, or the name of what went wrong."""
    path.write_bytes(file.data)
    began = time.monotonic()
    try:
        imported = put_in(desk, path, file.of)
    except KnownError as error:
        return "refused" if error.happened else "refused without a word"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
        return f"{type(error).__name__} from {file.name}"
    if time.monotonic() - began > PATIENCE:
        return "too slow"
    if not all(problem.text for problem in imported.problems):
        return "a problem without a word"
    return "a problem" if imported.problems else "read"


@pytest.mark.promise("imports fed 10,000 damaged files", "a clear error each, nothing written")
def test_damaged_files(desk: Desk, tmp_path: Path, reached: Reached, times: Times) -> None:
    count, before = times(30, full=10_000), desk.do(rows)
    fates = Counter(fate(desk, tmp_path / file.name, file) for file in damaged_files(times.random(), count))
    written = sum((Counter(desk.do(rows)) - Counter(before)).values())
    plain = fates.pop("refused", 0) + fates.pop("a problem", 0)
    still_lists = fates.pop("read", 0)
    reached(
        f"{plain} refused in a sentence, {still_lists} still whole lists, {sum(fates.values())} crashes, "
        f"{written} rows written",
        times=count,
    )
    assert fates == Counter()
    assert written == 0
    assert plain > still_lists


def test_a_reader_that_gives_up_without_a_sentence_is_noticed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.promises.test_imports.read_attendees", lambda path: path.read_text(encoding="utf-8"))
    file = DamagedFile("list.csv", Kind.ATTENDEES, b"\xff\xfe\0")
    assert fate(desk, tmp_path / file.name, file) == "UnicodeDecodeError from list.csv"


def test_a_list_that_goes_in_is_noticed(desk: Desk) -> None:
    before = desk.do(rows)
    desk.do(import_attendees, read_attendees(DATA / "attendees.csv"))
    assert sum((Counter(desk.do(rows)) - Counter(before)).values()) > 20
