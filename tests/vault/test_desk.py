import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from leaddesk.errors import KnownError
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.errors import (
    AlreadyOpen,
    DamagedDesk,
    DeskExists,
    DeskLocked,
    DiskRefused,
    HeaderMismatch,
    NewerDesk,
    NoDesk,
    UnsafeFolder,
    WrongPassphrase,
)
from leaddesk.vault.ledger import Head
from leaddesk.vault.opening import create_desk, open_desk
from tests.vault.making import PASSPHRASE, bytes_and_times, flip, header_of, made, make, write

PROJECT = Path(__file__).parents[2]


@contextmanager
def other_process(verb: str, folder: Path) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.vault.other_process", verb, str(folder)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        process.kill()


def heads(desk: OpenDesk) -> list[str]:
    with desk.engine.begin() as connection:
        return [f"{entry.sequence}:{entry.mac}" for entry in desk.ledger.entries(connection)]


def refused(folder: Path, expected: type[KnownError], passphrase: str = PASSPHRASE) -> KnownError:
    """The error that opening gives, after seeing that it left every byte and time as it was."""
    before = bytes_and_times(folder)
    with pytest.raises(expected) as caught:
        open_desk(folder, passphrase)
    assert bytes_and_times(folder) == before
    assert caught.value.happened
    assert caught.value.todo
    return caught.value


def test_what_was_written_is_there_when_the_desk_is_opened_again(tmp_path: Path) -> None:
    with make(tmp_path / "new" / "desk") as desk:
        desk_id, head = desk.desk_id, write(desk, 2)
        assert desk.slot == 1
    with open_desk(tmp_path / "new" / "desk", PASSPHRASE) as again:
        assert again.desk_id == desk_id
        assert again.slot == 1
        assert heads(again)[-1] == str(head)
        assert again.check(head) == []


def test_a_desk_is_made_with_the_full_key_settings_unless_told_otherwise(tmp_path: Path) -> None:
    create_desk(tmp_path, PASSPHRASE).lock()
    assert header_of(tmp_path).slots[0].kdf.memory == 256 * 1024


def test_folder_and_files_are_the_users_alone(tmp_path: Path) -> None:
    with make(tmp_path / "desk") as desk:
        write(desk)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in desk.folder.iterdir()}
        assert stat.S_IMODE(desk.folder.stat().st_mode) == 0o700
    assert set(modes) == {"keys.json", "keys.previous.json", "desk.db", "desk.db-wal", "desk.db-shm"}
    assert set(modes.values()) == {0o600}


def test_no_key_shows_in_what_is_printed(desk: OpenDesk) -> None:
    raw = desk._key.raw
    shown = f"{desk!r} {desk.ledger!r} {desk.engine!r} {desk.engine.url!r} {desk._header!r} {desk._key!r}"
    assert raw.hex() not in shown
    assert repr(raw) not in shown
    assert repr(desk) == "OpenDesk(slot=1, open)"


def test_a_wrong_passphrase_changes_nothing_on_disk(tmp_path: Path) -> None:
    refused(made(tmp_path / "desk"), WrongPassphrase, "a kettle on the fourth shelf")


def test_three_wrong_passphrases_do_not_touch_a_desk_killed_while_writing(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    with other_process("write", folder) as process:
        assert process.stdout
        told = [process.stdout.readline() for _ in range(4)]
        process.kill()
    assert (folder / "desk.db-wal").stat().st_size
    for _ in range(3):
        refused(folder, WrongPassphrase, "no")
    with open_desk(folder, PASSPHRASE) as desk:
        assert told[-1].strip() in heads(desk)


def test_a_folder_without_a_desk_says_so(tmp_path: Path) -> None:
    (tmp_path / "letter.odt").touch()
    refused(tmp_path, NoDesk)
    with pytest.raises(NoDesk):
        open_desk(tmp_path / "missing", PASSPHRASE)
    assert not (tmp_path / "missing").exists()


def test_no_desk_is_made_over_another(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    before = bytes_and_times(folder)
    with pytest.raises(DeskExists):
        make(folder)
    assert bytes_and_times(folder) == before


def test_no_desk_is_made_or_opened_in_a_synchronized_folder(tmp_path: Path) -> None:
    with pytest.raises(UnsafeFolder):
        make(tmp_path / "Dropbox" / "desk")
    assert not (tmp_path / "Dropbox").exists()
    made(tmp_path / "desk").rename(tmp_path / "Nextcloud")
    refused(tmp_path / "Nextcloud", UnsafeFolder)


def test_a_desk_that_could_not_be_made_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / ".keys.next.json.new").mkdir()  # stands in the way of writing the key file
    with pytest.raises(OSError, match="directory"):
        make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".keys.next.json.new"]
    (tmp_path / ".keys.next.json.new").rmdir()
    make(tmp_path).lock()


def test_a_desk_opens_once_at_a_time(desk: OpenDesk) -> None:
    refused(desk.folder, AlreadyOpen)
    with other_process("hold", desk.folder) as process:
        assert process.stdout
        assert process.stdout.readline() == "already open\n"


def test_a_killed_process_lets_go_of_the_desk(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    with other_process("hold", folder) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        refused(folder, AlreadyOpen)
        process.kill()
        process.wait()
        open_desk(folder, PASSPHRASE).lock()


@pytest.mark.parametrize("lines", [1, 3, 8, 20])
def test_a_kill_while_writing_loses_nothing_acknowledged(tmp_path: Path, lines: int) -> None:
    folder = made(tmp_path / "desk")
    with other_process("write", folder) as process:
        assert process.stdout
        told = [process.stdout.readline().strip() for _ in range(lines + 1)]
        process.kill()
        told += [line.strip() for line in process.stdout if line.endswith("\n")]
    with open_desk(folder, PASSPHRASE) as desk:
        kept = heads(desk)
        assert desk.check() == []
    assert told[0] == "open"
    assert set(told[1:]) <= set(kept)
    assert len(kept) - 3 - (len(told) - 1) in (0, 1)  # one more may have been written and not yet told


def test_a_damaged_first_page_is_named_on_opening(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    for offset in (3, 100, 2000, 4090):
        flip(folder / "desk.db", offset)
        error = refused(folder, DamagedDesk)
        assert isinstance(error, DamagedDesk)
        assert error.part == "database"
        flip(folder / "desk.db", offset)
    open_desk(folder, PASSPHRASE).lock()


def test_damage_to_what_opening_reads_is_named_and_the_files_stay(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    flip(folder / "desk.db", 4096 + 50)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(DamagedDesk) as caught:
        open_desk(folder, PASSPHRASE)
    assert caught.value.part == "database"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_every_damaged_page_is_found_by_a_check(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk", entries=400)
    pages = (folder / "desk.db").stat().st_size // 4096
    flip(folder / "desk.db", (pages // 2) * 4096 + 700, bit=5)
    with open_desk(folder, PASSPHRASE) as desk:
        findings = desk.check()
    assert [f"page {pages // 2 + 1}" in finding.what for finding in findings] == [True]


def test_rows_that_refer_to_nothing_are_found_by_a_check(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE child (parent INTEGER REFERENCES parent)")
    with desk.migrating() as engine, engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO child VALUES (5)")
    assert [finding.what for finding in desk.check()] == ["Rows of the table child refer to rows that are gone."]


def test_a_missing_database_is_damage(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    (folder / "desk.db").unlink()
    refused(folder, DamagedDesk)


def test_a_newer_database_is_refused_by_the_schema_check_and_left_alone(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def newer(connection: Connection) -> None:
        assert connection.exec_driver_sql("SELECT count(*) FROM ledger").scalar() == 3
        raise NewerDesk("database")

    with pytest.raises(NewerDesk) as caught:
        open_desk(folder, PASSPHRASE, check_schema=newer)
    assert caught.value.part == "database"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    open_desk(folder, PASSPHRASE, check_schema=lambda _connection: None).lock()


def test_an_old_key_file_beside_a_newer_database_is_noticed(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    old = (folder / "keys.json").read_bytes()
    with open_desk(folder, PASSPHRASE) as desk:
        write(desk)
    (folder / "keys.json").write_bytes(old)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(HeaderMismatch) as caught:
        open_desk(folder, PASSPHRASE)
    assert caught.value.older == "header"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("openings", [1, 2])
def test_an_old_database_beside_a_newer_key_file_is_noticed(tmp_path: Path, openings: int) -> None:
    folder = made(tmp_path / "desk")
    shutil.copy(folder / "desk.db", tmp_path / "old.db")
    for _ in range(openings):
        with open_desk(folder, PASSPHRASE) as desk:
            write(desk)
    shutil.copy(tmp_path / "old.db", folder / "desk.db")
    with pytest.raises(HeaderMismatch) as caught:
        open_desk(folder, PASSPHRASE)
    assert caught.value.older == "database"


def test_a_database_without_the_entry_that_the_key_file_anchors_is_noticed(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    with open_desk(folder, PASSPHRASE) as desk, desk.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER ledger_loses_nothing")
        connection.exec_driver_sql("DELETE FROM ledger WHERE sequence = 3")
        desk._changes.header = replace(desk._changes.header, anchor=desk.ledger.head(connection))
    with pytest.raises(HeaderMismatch) as caught:
        open_desk(folder, PASSPHRASE)
    assert caught.value.older == "database"


def test_a_second_copy_left_old_by_a_crash_is_made_anew_on_opening(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    (folder / "keys.previous.json").write_bytes(b"an older key file")
    open_desk(folder, PASSPHRASE).lock()
    assert (folder / "keys.previous.json").read_bytes() == (folder / "keys.json").read_bytes()


def test_locking_anchors_the_ledger_in_the_key_file(tmp_path: Path) -> None:
    with make(tmp_path) as desk:
        head = write(desk, 2)
    assert header_of(tmp_path).anchor == head
    generation = header_of(tmp_path).generation
    open_desk(tmp_path, PASSPHRASE).lock()
    assert header_of(tmp_path).generation == generation


def test_locking_ends_everything_and_may_be_done_twice(desk: OpenDesk) -> None:
    write(desk)
    desk.lock()
    desk.lock()
    assert desk.locked
    assert repr(desk) == "OpenDesk(slot=1, locked)"
    assert not (desk.folder / "desk.db-wal").exists()
    with pytest.raises(DeskLocked):
        desk.engine.connect()
    with pytest.raises(DeskLocked):
        _ = desk.ledger
    with pytest.raises(DeskLocked):
        desk.check()
    open_desk(desk.folder, PASSPHRASE).lock()


def test_locking_does_not_wait_for_a_transaction_and_closes_it_on_return(tmp_path: Path) -> None:
    desk = make(tmp_path)
    written = write(desk)
    with desk.engine.connect() as connection:
        desk.ledger.append(
            connection, at=desk.ledger.now(connection, _now()), actor="user:1", action="left", objects={}, payload={}
        )
        locking = threading.Thread(target=desk.lock)
        locking.start()
        locking.join(timeout=10)
        assert desk.locked
        connection.commit()
    assert header_of(tmp_path).anchor is None
    assert not (tmp_path / "desk.db-wal").exists(), "a connection is still open"
    with open_desk(tmp_path, PASSPHRASE) as again:
        assert len(heads(again)) == written.sequence + 1


def _now() -> datetime:
    return datetime.now(UTC)


def test_a_folder_that_cannot_be_tidied_is_told_and_let_go(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    (folder / "desk.next.db").mkdir()
    with pytest.raises(DiskRefused):
        open_desk(folder, PASSPHRASE)
    (folder / "desk.next.db").rmdir()
    open_desk(folder, PASSPHRASE).lock()


def test_an_anchor_is_read_whatever_spaces_and_breaks_came_along_from_a_page(tmp_path: Path) -> None:
    with make(tmp_path / "desk") as desk:
        head = write(desk)
        number, mac = str(head).split(":")
        typed = f" {number}: {mac[:32].upper()} \n {mac[32:]}"
        assert Head.parse(typed) == head
        assert desk.check(Head.parse(typed)) == []
