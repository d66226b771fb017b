"""Backups of an open desk, why each was made, and which stay."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leaddesk.errors import KnownError
from leaddesk.policy.backups import Stamp
from leaddesk.services import backups
from leaddesk.services.backups import (
    BackupKind,
    FileExists,
    back_up,
    back_up_at_lock,
    back_up_to,
    dated,
    drive_folder,
    due,
    make_anew,
    old_backups,
    shown,
)
from leaddesk.services.desk import Desk
from leaddesk.vault.backup import BackupRefused, UnsoundBackup, read_header
from tests.services.opened import NOON, ledger, signed_desk


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = signed_desk(tmp_path / "desk", clock)
    yield desk
    desk.lock()


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("*"))


def noted(desk: Desk) -> list[tuple[str, object]]:
    return [(entry.action, entry.payload["kind"]) for entry in ledger(desk) if entry.action.startswith("backup")]


def test_a_backup_by_hand_goes_where_it_is_told_and_overwrites_nothing(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "mine.leaddesk"
    made = back_up_to(desk, target)
    assert (made.file, made.size, made.not_copied) == (target, target.stat().st_size, None)
    assert noted(desk) == [("backup_made", "by_hand")]
    with pytest.raises(FileExists):
        back_up_to(desk, target)
    assert noted(desk) == [("backup_made", "by_hand")]


def test_a_backup_holds_its_own_entry(desk: Desk, tmp_path: Path) -> None:
    back_up_to(desk, tmp_path / "mine.leaddesk")
    anchor = read_header(tmp_path / "mine.leaddesk").anchor
    assert anchor is not None
    assert anchor.sequence == ledger(desk)[-1].sequence
    assert ledger(desk)[-1].action == "backup_made"


def test_one_that_failed_is_in_the_ledger_too(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused):
        back_up_to(desk, tmp_path / "missing" / "mine.leaddesk")
    assert noted(desk) == [("backup_made", "by_hand"), ("backup_failed", "by_hand")]
    assert len({entry.payload["file"] for entry in ledger(desk) if entry.action.startswith("backup")}) == 1


def test_rows_changed_behind_the_ledgers_back_are_not_backed_up(desk: Desk) -> None:
    back_up(desk, BackupKind.DAILY)
    before = files(desk.vault.backups)
    with desk.vault.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE user SET app_role = 'scribe'")
    with pytest.raises(UnsoundBackup, match="Row 1 of the table user"):
        back_up(desk, BackupKind.DAILY)
    assert files(desk.vault.backups) == before


def test_the_desks_own_are_named_by_instant_and_entry_and_kept_by_the_schedule(desk: Desk, clock: Clock) -> None:
    for _ in range(9):
        clock.at += timedelta(hours=1)
        back_up(desk, BackupKind.DAILY)
    assert desk.vault.backups.stat().st_mode & 0o777 == 0o700
    last = ledger(desk)[-1]
    assert files(desk.vault.backups)[-1] == f"2026-05-07T040000Z-{last.sequence}.leaddesk"
    assert last.payload["file"] == f"2026-05-07T040000Z-{last.sequence}"
    # the newest of the day before, and the newest three
    assert [stamp.at.hour for stamp in sorted(dated(desk.vault.backups))] == [23, 2, 3, 4]
    (desk.vault.backups / "mine.leaddesk").write_bytes(b"not named by LeadDesk")
    back_up(desk, BackupKind.DAILY)
    assert "mine.leaddesk" in files(desk.vault.backups)


def test_none_is_removed_before_a_new_one_is_verified(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(7):
        clock.at += timedelta(hours=1)
        back_up(desk, BackupKind.DAILY)
    before = files(desk.vault.backups)
    monkeypatch.setattr(type(desk.vault), "back_up", _refuse)
    with pytest.raises(BackupRefused):
        back_up(desk, BackupKind.DAILY)
    assert files(desk.vault.backups) == before


def _refuse(*_: object, **__: object) -> None:
    raise BackupRefused


def test_each_is_copied_to_another_drive_and_a_missing_one_is_told_calmly(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    made = back_up(desk, BackupKind.BY_HAND, drive=drive)
    assert isinstance(made.not_copied, BackupRefused)
    assert made.file.exists()
    drive.mkdir()
    for _ in range(8):
        clock.at += timedelta(hours=1)
        made = back_up(desk, BackupKind.BY_HAND, drive=drive)
        assert made.not_copied is None
    there = drive_folder(drive, desk.vault.desk_id)
    assert files(there) == files(desk.vault.backups)
    assert (there / made.file.name).read_bytes() == made.file.read_bytes()


def test_once_a_day_by_the_sites_day(desk: Desk, clock: Clock) -> None:
    assert due(desk)
    back_up(desk, BackupKind.DAILY)
    assert not due(desk)
    clock.at += timedelta(hours=11)  # 11 in the evening there
    assert not due(desk)
    clock.at += timedelta(hours=2)
    assert due(desk)


def test_one_that_lies_elsewhere_or_never_came_to_be_is_not_the_backup_of_the_day(desk: Desk, tmp_path: Path) -> None:
    back_up_to(desk, tmp_path / "mine.leaddesk")
    assert due(desk)
    # all that is left of one that was killed
    desk.do(backups._note, "backup_made", BackupKind.DAILY, None, desk.now)
    assert noted(desk)[-1] == ("backup_made", "daily")
    assert due(desk)
    # at lock there is one to make, though the ledger's last entry is a backup's
    assert back_up_at_lock(desk) is not None
    assert not due(desk)


def test_a_clock_that_ran_ahead_for_a_while_stops_no_backup_and_none_takes_the_place_of_another(
    desk: Desk, clock: Clock
) -> None:
    clock.at += timedelta(days=200)
    ahead = back_up(desk, BackupKind.DAILY).file
    clock.at = NOON
    for day in range(3):
        clock.at = NOON + timedelta(days=day)
        assert due(desk)
        daily = back_up(desk, BackupKind.DAILY).file
        assert not due(desk)
        again = back_up(desk, BackupKind.BY_HAND).file
        assert len({ahead, daily, again}) == 3
        assert {file.exists() for file in (ahead, again)} == {True}
        assert shown(desk, None).rows[-1].title.startswith("Wednesday 6 May 2026")


def test_one_that_was_just_made_stays_whatever_the_clock_says(desk: Desk, clock: Clock) -> None:
    for _ in range(4):
        clock.at += timedelta(minutes=1)
        back_up(desk, BackupKind.BY_HAND)
    clock.at -= timedelta(hours=1)
    made = back_up(desk, BackupKind.BY_HAND)
    assert made.file.exists()


# At lock


def test_locking_makes_one_only_where_there_is_something_new(desk: Desk, clock: Clock) -> None:
    made = back_up_at_lock(desk)
    assert made is not None
    assert noted(desk) == [("backup_made", "at_lock")]
    assert back_up_at_lock(desk) is None
    desk.do(lambda unit: unit.note("meeting_planned"))
    clock.at += timedelta(minutes=1)
    assert back_up_at_lock(desk) is not None
    assert len(files(desk.vault.backups)) == 2


@pytest.mark.parametrize(("name", "value"), [("LOCK_BYTES", 1_000), ("LOCK_SECONDS", 0)])
def test_a_desk_that_takes_too_long_is_locked_without_one(
    desk: Desk, name: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, name, value)
    assert back_up_at_lock(desk) is None
    assert not desk.vault.backups.exists() or files(desk.vault.backups) == []
    assert noted(desk) in ([], [("backup_made", "at_lock"), ("backup_failed", "at_lock")])


def test_locking_does_not_wait_for_a_backup_and_fails_for_none(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_lock = []

    def while_running(_done: int, _whole: int) -> None:
        at_lock.append(back_up_at_lock(desk))

    back_up_to(desk, tmp_path / "mine.leaddesk", progress=while_running)
    assert set(at_lock) == {None}
    desk.do(lambda unit: unit.note("meeting_planned"))
    monkeypatch.setattr(type(desk.vault), "back_up", _refuse)
    assert back_up_at_lock(desk) is None
    desk.lock()
    assert back_up_at_lock(desk) is None


# What is there


def test_the_page_tells_when_why_how_large_and_what_opens_it(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    assert shown(desk, None).rows == ()
    drive = tmp_path / "drive"
    drive.mkdir()
    back_up(desk, BackupKind.BY_HAND, drive=drive)
    shutil.copy(tmp_path / "desk" / "desk.db", desk.vault.backups / "2026-05-05T190000Z.leaddesk")
    clock.at += timedelta(days=3)
    view = shown(desk, drive)
    assert view.summary.startswith("The last backup is from Wednesday 6 May 2026 (2026-05-06), 3 days old. ")
    own, there, broken = (row.detail for row in view.rows)
    assert own.startswith("by hand  ·  ")
    assert own.endswith("opens with the passphrases of its day")
    assert there.startswith("on the other drive  ·  by hand")
    assert broken.endswith("can't be read")


# After a new data key


def test_those_that_a_removed_user_still_opens_are_named_and_made_anew(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    back_up(desk, BackupKind.DAILY, drive=drive)
    assert old_backups(desk, drive) == ()
    desk.vault.rotate(lambda _: None)
    folders = (desk.vault.backups, drive_folder(drive, desk.vault.desk_id))
    assert [file.parent for file in old_backups(desk, drive)] == list(folders)
    clock.at += timedelta(minutes=1)
    made = make_anew(desk, drive=drive)
    assert old_backups(desk, drive) == ()
    assert [files(folder) for folder in folders] == [[made.file.name]] * 2
    assert desk.vault.made(read_header(made.file))


def test_a_new_one_in_the_same_second_takes_the_place_of_an_old_one_and_stays(desk: Desk) -> None:
    old = back_up(desk, BackupKind.DAILY).file
    desk.vault.rotate(lambda _: None)
    made = make_anew(desk)
    assert made.file != old
    assert files(desk.vault.backups) == [made.file.name]
    assert desk.vault.made(read_header(made.file))


def test_old_ones_on_another_drive_stay_until_a_new_one_is_there(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    there = drive_folder(drive, desk.vault.desk_id)
    old = back_up(desk, BackupKind.DAILY, drive=drive).file
    desk.vault.rotate(lambda _: None)
    with monkeypatch.context() as patched:
        patched.setattr(backups, "copy_backup", _refuse)
        made = make_anew(desk, drive=drive)
    assert isinstance(made.not_copied, BackupRefused)
    assert files(desk.vault.backups) == [made.file.name]
    assert files(there) == [old.name]
    assert old_backups(desk, drive) == (there / old.name,)
    again = make_anew(desk, drive=drive)
    assert files(there) == [again.file.name]


def test_old_ones_stay_where_no_new_one_can_be_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(desk, BackupKind.DAILY)
    desk.vault.rotate(lambda _: None)
    monkeypatch.setattr(type(desk.vault), "back_up", _refuse)
    with pytest.raises(KnownError):
        make_anew(desk)
    assert len(old_backups(desk, None)) == 1


def test_only_names_that_leaddesk_gives_count_as_its_own(tmp_path: Path) -> None:
    for name in ("2026-05-06T120000Z-7.leaddesk", "2026-05-06T120000Z-7.zip", "mine.leaddesk"):
        (tmp_path / name).touch()
    assert dated(tmp_path) == {
        Stamp(datetime(2026, 5, 6, 12, tzinfo=UTC), 7): tmp_path / "2026-05-06T120000Z-7.leaddesk"
    }
