"""Backups: one file that opens as the desk did, verified before it counts, and never half of one."""

import os
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from leaddesk import platforms
from leaddesk.errors import KnownError
from leaddesk.vault import backup as backups
from leaddesk.vault.backup import (
    BackupRefused,
    DamagedBackup,
    NotABackup,
    UnreadableBackup,
    UnsoundBackup,
    copy_backup,
    read_header,
    remove_leftovers,
    unpack,
)
from leaddesk.vault.copying import copy_database
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.errors import DamagedDesk, DeskBusy, DeskLocked, DiskRefused, HeaderMismatch
from leaddesk.vault.files import DeskFiles
from leaddesk.vault.opening import open_desk
from leaddesk.vault.state import State
from tests.vault.making import FLOOR, PASSPHRASE, flip, header_of, make, write


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "elsewhere" / "now.leaddesk"


@pytest.fixture
def backup(desk: OpenDesk, target: Path) -> Path:
    write(desk, 3)
    return desk.back_up(target).file


def unpacked(backup: Path, folder: Path) -> Path:
    folder.mkdir()
    unpack(backup, DeskFiles(folder))
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def swap_member(backup: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(backup) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    with zipfile.ZipFile(backup, "w") as archive:
        for one, stored in (members | {name: data}).items():
            archive.writestr(one, stored)


# Writing


def test_a_backup_opens_as_the_desk_does_with_all_that_was_there(
    desk: OpenDesk, target: Path, tmp_path: Path
) -> None:
    head = write(desk, 3)
    written = desk.back_up(target)
    write(desk, 2)
    assert (written.file, written.size, written.head) == (target, target.stat().st_size, head)
    with open_desk(unpacked(target, tmp_path / "restored"), PASSPHRASE) as restored:
        assert restored.check(head) == []
        with restored.engine.begin() as connection:
            assert restored.ledger.head(connection) == head
    assert names(target.parent) == ["now.leaddesk"]


def test_a_backup_is_for_its_user_alone_and_holds_two_members_as_they_are(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(backup) as archive:
        assert archive.namelist() == ["keys.json", "desk.db"]
        assert not archive.read("desk.db").startswith(b"SQLite format")


def test_a_backup_of_a_desk_with_an_empty_ledger(desk: OpenDesk, target: Path, tmp_path: Path) -> None:
    assert desk.back_up(target).head is None
    with open_desk(unpacked(target, tmp_path / "restored"), PASSPHRASE) as restored:
        assert restored.check() == []


def test_the_key_file_in_it_anchors_the_ledger_and_its_database_is_not_taken_for_the_live_one(
    desk: OpenDesk, backup: Path, tmp_path: Path
) -> None:
    header = read_header(backup)
    assert header.generation == header_of(desk.folder).generation
    assert header.anchor is not None
    assert header.anchor.sequence == 3
    assert desk.made(header)
    folder = desk.folder
    desk.lock()
    shutil.copy(unpacked(backup, tmp_path / "restored") / "desk.db", folder / "desk.db")
    with pytest.raises(HeaderMismatch):
        open_desk(folder, PASSPHRASE)


def test_after_a_new_data_key_an_earlier_backup_is_not_todays(desk: OpenDesk, backup: Path, target: Path) -> None:
    desk.rotate(lambda _: None)
    assert desk.made(read_header(backup)) is False
    assert desk.made(read_header(desk.back_up(target.with_name("later.leaddesk")).file))


def test_a_backup_later_than_the_one_a_desk_was_restored_from_is_not_of_its_past_nor_another_desks(
    desk: OpenDesk, backup: Path, target: Path, tmp_path: Path
) -> None:
    write(desk)
    desk.rotate(lambda _: None)
    later = desk.back_up(target.with_name("later.leaddesk")).file
    with open_desk(unpacked(backup, tmp_path / "restored"), PASSPHRASE) as restored:
        restored.rotate(lambda _: None)
        assert restored.made(read_header(backup)) is False
        assert restored.made(read_header(later)) is None
    with make(tmp_path / "another") as another:
        assert another.made(read_header(backup)) is None


def test_a_passphrase_changed_while_the_desk_is_copied_leaves_no_backup_with_the_old_one(
    desk: OpenDesk, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = desk.rewrapped(PASSPHRASE, "seven gulls over the ferry", kdf=FLOOR)

    def change_first(*args: Any, **kept: Any) -> dict[str, int]:
        with desk.engine.begin() as connection:
            desk.stage(connection, slot)
        desk.settle()
        return copy_database(*args, **kept)

    with monkeypatch.context() as patched:
        patched.setattr(backups, "copy_database", change_first)
        with pytest.raises(DeskBusy):
            desk.back_up(target)
    assert names(target.parent) == []
    desk.back_up(target)


def test_progress_goes_to_the_end_and_whatever_it_raises_leaves_nothing(desk: OpenDesk, target: Path) -> None:
    told: list[tuple[int, int]] = []
    desk.back_up(target, progress=lambda done, whole: told.append((done, whole)))
    assert told
    assert told[-1][0] == told[-1][1]
    for moment in range(len(told)):
        left = iter(range(moment))

        def cancel(_done: int, _whole: int, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            desk.back_up(target.with_name("canceled.leaddesk"), progress=cancel)
        assert names(target.parent) == ["now.leaddesk"]
    assert desk.check() == []


def test_locking_ends_a_backup(desk: OpenDesk, target: Path) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE large AS SELECT zeroblob(9000000)")
    seen = []

    def locks(done: int, whole: int) -> None:
        seen.append((done, whole, desk.copying))
        desk.lock()

    with pytest.raises(DeskLocked):
        desk.back_up(target, progress=locks)
    assert len(seen) == 1
    assert seen[0][2]
    assert not desk.copying
    assert names(target.parent) == []


def test_locking_during_the_check_ends_it_too(desk: OpenDesk, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    verify = backups._verify

    def locked_meanwhile(*what: object) -> object:
        found = verify(*what)  # type: ignore[arg-type]
        desk.lock()
        return found

    monkeypatch.setattr(backups, "_verify", locked_meanwhile)
    with pytest.raises(DeskLocked):
        desk.back_up(target)
    assert names(target.parent) == []


def test_a_damaged_desk_gives_no_backup(desk: OpenDesk, backup: Path) -> None:
    before = backup.read_bytes()
    desk.engine.dispose()
    flip(desk.folder / "desk.db", 6000)
    with pytest.raises(DamagedDesk):
        desk.back_up(backup)
    assert (backup.read_bytes(), names(backup.parent)) == (before, [backup.name])


def test_rows_that_are_not_as_the_ledger_has_them_give_no_backup(desk: OpenDesk, backup: Path) -> None:
    before = backup.read_bytes()
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE release (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO release VALUES (1)")
    with pytest.raises(UnsoundBackup) as raised:
        desk.back_up(backup, protected=["release"])
    assert [finding.where for finding in raised.value.findings] == ["table release, row 1"]
    assert (backup.read_bytes(), names(backup.parent)) == (before, [backup.name])


def damage(kind: str, fresh: Path) -> None:
    """Does to a new backup what a bad disk may, between its writing and its check."""
    if kind == "flipped":
        flip(fresh, 9000)
    elif kind == "cut short":
        os.truncate(fresh, fresh.stat().st_size // 2)
    elif kind == "its pages":
        with zipfile.ZipFile(fresh) as archive:
            pages = bytearray(archive.read("desk.db"))
        pages[6000] ^= 1
        swap_member(fresh, "desk.db", bytes(pages))
    elif kind == "its first page":
        swap_member(fresh, "desk.db", bytes(8192))
    elif kind == "its key file":
        swap_member(fresh, "keys.json", b"{}")


@pytest.mark.parametrize("kind", ["flipped", "cut short", "its pages", "its first page", "its key file"])
def test_a_backup_that_did_not_reach_the_disk_whole_does_not_replace_a_good_one(
    desk: OpenDesk, backup: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, verify = backup.read_bytes(), backups._verify

    def damaged_first(fresh: Path, *rest: object) -> object:
        damage(kind, fresh)
        return verify(fresh, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(backups, "_verify", damaged_first)
    with pytest.raises(UnsoundBackup) as raised:
        desk.back_up(backup)
    assert "did not pass its check" in raised.value.happened
    assert (backup.read_bytes(), names(backup.parent)) == (before, [backup.name])
    assert desk.check() == []


@pytest.mark.parametrize("kind", ["header of another moment", "rows missing"])
def test_a_backup_that_does_not_hold_all_of_the_desk_is_thrown_away(
    desk: OpenDesk, backup: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, copy = backup.read_bytes(), copy_database
    if kind == "rows missing":

        def counted(*files: object, **how: object) -> dict[str, int]:
            counts = copy(*files, **how)  # type: ignore[arg-type]
            return counts | {"ledger": counts["ledger"] + 1}

        monkeypatch.setattr("leaddesk.vault.backup.copy_database", counted)
    else:
        monkeypatch.setattr(State, "remember", lambda *_: None)
    write(desk)
    with pytest.raises(UnsoundBackup, match="not hold all"):
        desk.back_up(backup)
    assert (backup.read_bytes(), names(backup.parent)) == (before, [backup.name])


def test_a_disk_that_takes_no_backup_says_so(desk: OpenDesk, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused):
        desk.back_up(tmp_path / "missing" / "now.leaddesk")


def test_a_full_disk_while_copying_says_so_and_leaves_nothing(
    desk: OpenDesk, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskRefused

    monkeypatch.setattr(backups, "check_desk", full)
    with pytest.raises(BackupRefused):
        desk.back_up(target)
    assert names(target.parent) == []


def test_what_a_kill_leaves_goes_with_the_next_backup_and_the_next_opening(desk: OpenDesk, target: Path) -> None:
    left = f".leaddesk-{desk.desk_id}-killed"
    another = target.parent / f".leaddesk-{'0' * 32}-running"
    for folder in (target.parent / left, another, desk.backups / left):
        folder.mkdir(parents=True)
        (folder / "desk.db").write_bytes(b"encrypted")
    desk.back_up(target)
    assert names(target.parent) == [another.name, target.name]
    desk.lock()
    with open_desk(desk.folder, PASSPHRASE) as again:
        assert names(again.backups) == []


def test_nothing_to_remove_where_there_is_no_folder(tmp_path: Path) -> None:
    remove_leftovers(tmp_path / "missing", "0" * 32)
    assert names(tmp_path) == []


# Reading


def test_a_file_that_is_none_is_told_from_a_damaged_one(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableBackup):
        read_header(tmp_path / "missing.leaddesk")
    with pytest.raises(UnreadableBackup):
        read_header(tmp_path)
    backup.with_name("text").write_text("not a zip", encoding="utf-8")
    with pytest.raises(NotABackup):
        read_header(backup.with_name("text"))
    os.truncate(backup, backup.stat().st_size // 2)
    with pytest.raises(NotABackup):
        read_header(backup)


@pytest.mark.parametrize("what", ["a third member", "compressed"])
def test_a_zip_of_something_else_is_no_backup(tmp_path: Path, what: str) -> None:
    file = tmp_path / "other.leaddesk"
    how = zipfile.ZIP_DEFLATED if what == "compressed" else zipfile.ZIP_STORED
    with zipfile.ZipFile(file, "w", how) as archive:
        for name in ("keys.json", "desk.db", *(["../outside"] if what == "a third member" else [])):
            archive.writestr(name, bytes(1000))
    with pytest.raises(NotABackup):
        unpack(file, DeskFiles(tmp_path))
    assert names(tmp_path) == ["other.leaddesk"]


@pytest.mark.parametrize("data", [b"{}", b" " * 70_000])
def test_a_key_file_in_it_that_leaddesk_did_not_write_is_damage(backup: Path, data: bytes) -> None:
    swap_member(backup, "keys.json", data)
    with pytest.raises(DamagedBackup):
        read_header(backup)


def test_a_disk_that_fails_while_reading_is_said(backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(zipfile.ZipFile, "read", fails)
    with pytest.raises(UnreadableBackup):
        read_header(backup)


def test_one_flipped_bit_is_named_or_changes_nothing_that_is_restored(
    desk: OpenDesk, backup: Path, tmp_path: Path
) -> None:
    chance, sound = Random(7), backup.read_bytes()
    restored = unpacked(backup, tmp_path / "whole")
    whole = {name: (restored / name).read_bytes() for name in ("keys.json", "desk.db")}
    named = 0
    for turn in range(60):
        backup.write_bytes(sound)
        flip(backup, chance.randrange(len(sound)), chance.randrange(8))
        folder = tmp_path / f"turn{turn}"
        try:
            unpacked(backup, folder)
        except KnownError:
            named += 1
        else:
            assert {name: (folder / name).read_bytes() for name in whole} == whole
    assert named > 50


# A copy on another drive


def test_a_copy_on_another_drive_is_the_same(desk: OpenDesk, backup: Path, tmp_path: Path) -> None:
    for _ in range(2):
        copy = copy_backup(backup, tmp_path / "drive", desk.desk_id)
    assert copy == tmp_path / "drive" / backup.name
    assert copy.read_bytes() == backup.read_bytes()
    assert names(copy.parent) == [backup.name]


def test_copies_that_others_are_making_are_left_alone_and_what_a_crash_left_goes_after_a_day(
    desk: OpenDesk, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive, sync = tmp_path / "drive", platforms.sync_file
    others: list[str] = []

    def meanwhile(file: int) -> None:
        """The first copy is not yet done when the opened desk makes its own, and a backup beside it by hand."""
        sync(file)
        if not others:
            others.append("copied")
            copy_backup(second, drive, desk.desk_id)
            desk.back_up(drive / "by hand.leaddesk")

    second = desk.back_up(backup.with_name("second.leaddesk")).file
    with monkeypatch.context() as patched:
        patched.setattr(platforms, "sync_file", meanwhile)
        copy_backup(backup, drive, desk.desk_id)
    assert names(drive) == ["by hand.leaddesk", backup.name, second.name]

    left = drive / f".leaddesk-copy-{desk.desk_id}-killed"
    left.mkdir()
    copy_backup(backup, drive, desk.desk_id)
    assert left.name in names(drive)
    yesterday = time.time() - 90_000
    os.utime(left, (yesterday, yesterday))
    copy_backup(backup, drive, desk.desk_id)
    assert left.name not in names(drive)


def test_a_drive_that_is_missing_or_gives_back_something_else_is_said(
    desk: OpenDesk, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BackupRefused):
        copy_backup(backup, tmp_path / "gone" / "drive", desk.desk_id)
    digests = iter([b"one", b"another"])
    monkeypatch.setattr(backups, "_digest", lambda _: next(digests))
    with pytest.raises(BackupRefused):
        copy_backup(backup, tmp_path / "drive", desk.desk_id)
    assert names(tmp_path / "drive") == []
