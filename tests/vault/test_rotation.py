"""A new data key: who is out, who stays, and what a crash at each step leaves."""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from leaddesk.vault import header as key_file
from leaddesk.vault import rotation
from leaddesk.vault.copying import copy_database
from leaddesk.vault.desk import PAPER_SLOT, OpenDesk
from leaddesk.vault.errors import AlreadyOpen, DamagedDesk, DeskBusy, DeskLocked, DiskRefused, WrongPassphrase
from leaddesk.vault.files import DeskFiles
from leaddesk.vault.keys import DataKey, SlotKind
from leaddesk.vault.ledger import Finding, Head
from leaddesk.vault.opening import create_desk, open_desk
from leaddesk.vault.recovery import new_paper_key
from leaddesk.vault.rotation import UnsoundCopy
from tests.vault.making import FLOOR, NOON, PASSPHRASE, flip, write
from tests.vault.making import crash as power_off

OTHER = "seven gulls over the ferry"
PAPER = new_paper_key()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A locked desk with two users and a paper key."""
    folder = tmp_path / "desk"
    with create_desk(folder, PASSPHRASE, paper_key=PAPER, kdf=FLOOR) as desk:
        write(desk, 5)
        with desk.engine.begin() as connection:
            desk.stage(connection, desk.new_slot(2, OTHER, kdf=FLOOR))
        desk.settle()
    return folder


def unheard(_done: int, _whole: int) -> None:
    """Nobody listens."""


def removing(desk: OpenDesk) -> Callable[[Connection], None]:
    def write(connection: Connection) -> None:
        desk.ledger.append(connection, at=NOON, actor="user:1", action="user_removed", objects={}, payload={})

    return write


def remove_second(desk: OpenDesk) -> None:
    desk.rotate(removing(desk), without=[2])


def actions(desk: OpenDesk) -> list[str]:
    with desk.engine.begin() as connection:
        return [entry.action for entry in desk.ledger.entries(connection)]


def head(desk: OpenDesk) -> Head:
    with desk.engine.begin() as connection:
        found = desk.ledger.head(connection)
    assert found is not None
    return found


def test_a_removed_user_is_out_and_everybody_else_keeps_their_passphrase_and_the_paper_key(folder: Path) -> None:
    with open_desk(folder, PASSPHRASE) as desk:
        before = head(desk)
        remove_second(desk)
        assert desk.slots == (1,)
        write(desk)
        assert desk.check(before) == []
    for secret, kind in ((PASSPHRASE, SlotKind.USER), (PAPER, SlotKind.RECOVERY)):
        with open_desk(folder, secret, kind=kind) as desk:
            assert actions(desk) == [*["checked_in"] * 5, "user_removed", "checked_in"]
            assert desk.check(before) == []
    with pytest.raises(WrongPassphrase):
        open_desk(folder, OTHER)
    assert {path.name for path in folder.iterdir()} == {"desk.db", "keys.json", "keys.previous.json"}


def test_what_a_removed_user_kept_of_the_key_file_does_not_open_the_database_any_more(
    folder: Path, tmp_path: Path
) -> None:
    kept = (folder / "keys.json").read_bytes()
    with open_desk(folder, PASSPHRASE) as desk:
        remove_second(desk)
    shutil.copytree(folder, tmp_path / "stolen")
    (tmp_path / "stolen" / "keys.json").write_bytes(kept)
    with pytest.raises(DamagedDesk):
        open_desk(tmp_path / "stolen", OTHER)


def test_a_new_paper_key_takes_the_place_of_the_old(folder: Path) -> None:
    fresh = new_paper_key()
    with open_desk(folder, PASSPHRASE) as desk:
        desk.rotate(
            removing(desk),
            without=[PAPER_SLOT],
            with_secret=(PAPER_SLOT, fresh),
            kdf=FLOOR,
        )
    open_desk(folder, fresh, kind=SlotKind.RECOVERY).lock()
    with pytest.raises(WrongPassphrase):
        open_desk(folder, PAPER, kind=SlotKind.RECOVERY)


class Canceled(Exception):
    """The user would rather not."""


def test_progress_is_told_in_pages_and_what_it_raises_leaves_the_desk_as_it_was(folder: Path) -> None:
    told: list[tuple[int, int]] = []

    def cancel(done: int, whole: int) -> None:
        told.append((done, whole))
        raise Canceled

    with open_desk(folder, PASSPHRASE) as desk:
        with pytest.raises(Canceled):
            desk.rotate(removing(desk), without=[2], progress=cancel)
        assert told[0][1] >= told[0][0] > 0
        assert not (folder / "desk.next.db").exists()
        write(desk)
        assert desk.check() == []
    open_desk(folder, OTHER).lock()


def test_a_copy_that_is_not_sound_never_takes_the_place_of_the_desk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "check_desk", lambda *_, **_kept: [WRONG])
    with open_desk(folder, PASSPHRASE) as desk:
        with pytest.raises(UnsoundCopy):
            remove_second(desk)
        write(desk)
    assert {path.name for path in folder.iterdir()} == {"desk.db", "keys.json", "keys.previous.json"}
    open_desk(folder, OTHER).lock()


def test_a_damaged_database_is_not_copied(folder: Path, tmp_path: Path) -> None:
    with open_desk(folder, PASSPHRASE) as desk:
        write(desk, 300)
    pages = (folder / "desk.db").stat().st_size // 4096
    flip(folder / "desk.db", pages // 2 * 4096 + 700)
    with open_desk(folder, PASSPHRASE) as desk, pytest.raises(DamagedDesk):
        copy_database(folder / "desk.db", desk._key, tmp_path / "copy.db", desk._key, progress=unheard)
    assert not (tmp_path / "copy.db").exists()


def test_a_copy_is_not_made_over_another_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_bytes(b"something else")
    with open_desk(folder, PASSPHRASE) as desk, pytest.raises(FileExistsError):
        copy_database(folder / "desk.db", desk._key, tmp_path / "copy.db", DataKey.fresh(), progress=unheard)
    assert (tmp_path / "copy.db").read_bytes() == b"something else"


class Crash(BaseException):
    """The power goes."""


def crash(*_args: object) -> None:
    raise Crash


WRONG = Finding("A page is wrong.", "desk.db", "Try again.")
STEPS = {
    "before the key file is written": (key_file, "write_next", False),
    "before the databases change places": (rotation, "_swap", False),
    "before the key files change places": (key_file, "promote", True),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_crash_leaves_the_old_key_or_the_new_and_nobody_locked_out(
    folder: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, what, holds = STEPS[step]
    desk = open_desk(folder, PASSPHRASE)
    with monkeypatch.context() as patched:
        patched.setattr(where, what, crash)
        patched.setattr(rotation, "remove", lambda _files: None)  # nobody tidies up after a crash
        with pytest.raises(Crash):
            remove_second(desk)
    power_off(desk)
    with open_desk(folder, PASSPHRASE) as again:
        assert ("user_removed" in actions(again)) is holds
        assert again.slots == ((1,) if holds else (1, 2))
        assert again.check() == []
    with open_desk(folder, PAPER, kind=SlotKind.RECOVERY):
        pass
    assert {path.name for path in folder.iterdir()} == {"desk.db", "keys.json", "keys.previous.json"}
    if holds:
        with pytest.raises(WrongPassphrase):
            open_desk(folder, OTHER)
    else:
        open_desk(folder, OTHER).lock()


def test_a_removed_user_is_out_even_before_the_key_file_is_in_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(folder, PASSPHRASE)
    with monkeypatch.context() as patched:
        patched.setattr(key_file, "promote", crash)
        with pytest.raises(Crash):
            remove_second(desk)
    with pytest.raises(WrongPassphrase):
        open_desk(folder, OTHER)
    open_desk(folder, PASSPHRASE).lock()


def test_a_disk_that_refuses_after_the_old_key_is_gone_leaves_the_desk_locked_and_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_files: DeskFiles) -> None:
        raise OSError

    desk = open_desk(folder, PASSPHRASE)
    with monkeypatch.context() as patched:
        patched.setattr(rotation, "_swap", refuse)
        with pytest.raises(DiskRefused):
            remove_second(desk)
    assert desk.locked
    desk.lock()
    open_desk(folder, OTHER).lock()


def test_a_journal_that_cannot_be_emptied_keeps_the_old_database(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "_empty_journal", lambda _connection: _raise(UnsoundCopy()))
    with pytest.raises(UnsoundCopy):
        remove_second(open_desk(folder, PASSPHRASE))
    open_desk(folder, OTHER).lock()


def _raise(error: Exception) -> None:
    raise error


def test_a_transaction_that_waited_for_the_rotation_is_refused_and_loses_nothing_it_was_told(folder: Path) -> None:
    desk = open_desk(folder, PASSPHRASE)
    waiting, outcome = threading.Event(), list[BaseException]()
    old = desk.engine

    def writer() -> None:
        waiting.set()
        try:
            with old.begin() as connection:
                connection.exec_driver_sql("SELECT 1")
        except (DeskLocked, DiskRefused) as error:
            outcome.append(error)

    thread = threading.Thread(target=writer)

    def start(_connection: Connection) -> None:
        thread.start()
        assert waiting.wait(10)

    desk.rotate(start, without=[2])
    thread.join(10)
    assert len(outcome) == 1
    write(desk)
    assert desk.check() == []
    desk.lock()
    assert not (folder / "desk.db-wal").exists()


def test_a_reader_that_does_not_let_go_keeps_the_old_database(folder: Path) -> None:
    desk = open_desk(folder, PASSPHRASE)
    write(desk)

    class Busy:
        def execute(self, _statement: str) -> "Busy":
            return self

        def fetchone(self) -> tuple[int, int, int]:
            return (1, 4, 2)

    with pytest.raises(UnsoundCopy):
        rotation._empty_journal(Busy())
    desk.lock()


def test_locking_while_the_desk_is_copied_ends_the_rotation_and_the_old_key_holds(folder: Path) -> None:
    desk = open_desk(folder, PASSPHRASE)
    with pytest.raises(DeskLocked):
        desk.rotate(removing(desk), without=[2], progress=lambda _done, _whole: desk.lock())
    assert desk.locked
    assert {path.name for path in folder.iterdir()} == {"desk.db", "keys.json", "keys.previous.json"}
    open_desk(folder, OTHER).lock()


def test_locking_while_the_copy_is_filled_ends_the_rotation_at_the_last_moment(folder: Path) -> None:
    desk = open_desk(folder, PASSPHRASE)
    with pytest.raises(DeskLocked):
        desk.rotate(lambda _connection: desk.lock(), without=[2])
    open_desk(folder, OTHER).lock()


def test_a_folder_is_let_go_once_and_only_when_its_rotation_has_ended(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(folder, PASSPHRASE)
    held = desk._held
    assert held is not None

    def lock_and_look(_files: DeskFiles) -> None:
        desk.lock()
        with pytest.raises(AlreadyOpen):
            open_desk(folder, PASSPHRASE)
        raise Crash

    monkeypatch.setattr(rotation, "_swap", lock_and_look)
    with pytest.raises(Crash):
        remove_second(desk)
    assert desk._held is None
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(held)
    desk.lock()
    desk.settle()


def test_locking_after_the_last_moment_at_which_it_could_end_the_rotation_drops_the_new_key(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, swap = open_desk(folder, PASSPHRASE), rotation._swap

    def lock_first(files: DeskFiles) -> None:
        desk.lock()
        swap(files)

    with monkeypatch.context() as patched:
        patched.setattr(rotation, "_swap", lock_first)
        with pytest.raises(DeskLocked):
            remove_second(desk)
    assert desk.locked
    assert desk._key.dropped
    with pytest.raises(WrongPassphrase):
        open_desk(folder, OTHER)
    open_desk(folder, PASSPHRASE).lock()


def test_a_copy_with_other_rows_than_the_desk_never_takes_its_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "row_counts", lambda _copy: {"ledger": 1})
    with open_desk(folder, PASSPHRASE) as desk, pytest.raises(UnsoundCopy):
        remove_second(desk)
    open_desk(folder, OTHER).lock()


def test_a_slot_that_was_worked_out_before_a_rotation_opens_after_it(folder: Path) -> None:
    third = "five tins and a blue door"
    with open_desk(folder, PASSPHRASE) as desk:
        slot = desk.new_slot(3, third, kdf=FLOOR)
        remove_second(desk)
        with desk.engine.begin() as connection:
            desk.stage(connection, slot)
        desk.settle()
    with open_desk(folder, third) as desk:
        assert desk.slot == 3


def test_no_new_key_is_made_while_a_passphrase_is_being_changed(folder: Path) -> None:
    with open_desk(folder, PASSPHRASE) as desk:
        with desk.engine.begin() as connection:
            desk.stage(connection, desk.rewrapped(PASSPHRASE, "five tins and a blue door", kdf=FLOOR))
        with pytest.raises(DeskBusy):
            remove_second(desk)
        desk.settle()
        remove_second(desk)
    open_desk(folder, "five tins and a blue door").lock()
