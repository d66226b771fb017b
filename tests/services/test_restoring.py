"""A backup made into a desk again by a passphrase or the paper key, and a backup verified."""

import sys
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from leaddesk.errors import KnownError
from leaddesk.models import Attendee
from leaddesk.policy.paper_key import groups_of_four
from leaddesk.services import restoring
from leaddesk.services.backups import back_up_to
from leaddesk.services.desk import Desk
from leaddesk.services.opening import recover, sign_in
from leaddesk.services.restoring import NotUnpacked, UnsoundRestore, WrongSecret, restore, verify_backup
from leaddesk.vault.backup import NotABackup, read_header
from leaddesk.vault.desk import PAPER_SLOT, OpenDesk
from leaddesk.vault.errors import AlreadyOpen, DeskExists, UnsafeFolder
from leaddesk.vault.header import Header
from leaddesk.vault.ledger import Head
from leaddesk.vault.opening import open_desk
from leaddesk.vault.recovery import new_paper_key
from tests.services.opened import NOON, ledger, signed_desk
from tests.vault.making import FLOOR, PASSPHRASE, flip

PAPER = new_paper_key()
LATER = NOON + timedelta(days=3)
NEW = "seven gulls over the ferry landing"


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    desk = signed_desk(folder / "desk")
    slot = desk.new_slot(PAPER_SLOT, PAPER, kdf=FLOOR)
    desk.do(lambda unit: unit.put_slot(slot))
    back_up_to(desk, folder / "now.leaddesk")
    desk.lock()
    return folder / "now.leaddesk"


def unsound(folder: Path) -> Path:
    """A backup of a desk whose rows were changed behind the ledger's back, made by somebody with the key."""
    desk = signed_desk(folder / "desk")
    with desk.vault.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE user SET app_role = 'scribe'")
    desk.vault.back_up(folder / "unsound.leaddesk")
    desk.lock()
    return folder / "unsound.leaddesk"


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_passphrase_restores_the_desk_and_says_how_old_it_is(backup: Path, tmp_path: Path) -> None:
    restored = restore(backup, tmp_path / "again", PASSPHRASE, clock=lambda: LATER)
    assert (restored.at, restored.age, restored.by_paper_key) == (NOON, timedelta(days=3), False)
    assert restored.words == "from Wednesday 6 May 2026 (2026-05-06), 3 days old"
    desk = sign_in(restored.folder, PASSPHRASE, clock=lambda: LATER)
    assert desk.do(lambda unit: unit.rows.scalars(select(Attendee.family_name)).all()) == ["Reyes"]
    entry = next(one for one in ledger(desk) if one.action == "restored")
    assert (entry.actor, entry.payload["slot"], entry.at) == (desk.user.id, 1, LATER)
    assert desk.verify().sound
    desk.lock()


def test_the_paper_key_alone_restores_it_and_then_gives_the_chair_a_new_passphrase(
    backup: Path, tmp_path: Path
) -> None:
    restored = restore(backup, tmp_path / "again", " ".join(groups_of_four(PAPER)).lower(), clock=lambda: LATER)
    assert restored.by_paper_key
    recover(restored.folder, PAPER, NEW, clock=lambda: LATER, kdf=FLOOR)
    desk = sign_in(restored.folder, NEW, clock=lambda: LATER)
    assert [one.actor for one in ledger(desk) if one.action in ("restored", "passphrase_set")] == ["paper_key"] * 2
    desk.lock()


@pytest.mark.parametrize(
    "secret", ["not this one", " ".join(groups_of_four(new_paper_key()))], ids=["a passphrase", "a paper key"]
)
def test_what_opens_nothing_in_it_leaves_nothing_behind(backup: Path, tmp_path: Path, secret: str) -> None:
    with pytest.raises(WrongSecret):
        restore(backup, tmp_path / "again" / "deeper", secret, clock=lambda: LATER)
    assert not (tmp_path / "again").exists()
    (tmp_path / "empty").mkdir()
    with pytest.raises(WrongSecret):
        restore(backup, tmp_path / "empty", secret, clock=lambda: LATER)
    assert list((tmp_path / "empty").iterdir()) == []


def test_only_a_new_folder_is_restored_to(backup: Path, tmp_path: Path) -> None:
    signed_desk(tmp_path / "desk").lock()
    before = contents(tmp_path / "desk")
    with pytest.raises(DeskExists):
        restore(backup, tmp_path / "desk", PASSPHRASE, clock=lambda: LATER)
    assert contents(tmp_path / "desk") == before
    with pytest.raises(UnsafeFolder):
        restore(backup, tmp_path, PASSPHRASE, clock=lambda: LATER)


def test_a_backup_that_is_not_sound_is_not_restored(tmp_path: Path) -> None:
    with pytest.raises(UnsoundRestore, match="Row 1 of the table user"):
        restore(unsound(tmp_path), tmp_path / "again", PASSPHRASE, clock=lambda: LATER)
    assert not (tmp_path / "again").exists()


def test_a_damaged_file_or_another_one_is_said_and_nothing_is_left(backup: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.leaddesk"
    damaged.write_bytes(backup.read_bytes())
    flip(damaged, 20_000)
    with pytest.raises(KnownError, match="damaged"):
        restore(damaged, tmp_path / "again", PASSPHRASE, clock=lambda: LATER)
    (tmp_path / "text").write_text("no backup", encoding="utf-8")
    with pytest.raises(NotABackup):
        restore(tmp_path / "text", tmp_path / "again", PASSPHRASE, clock=lambda: LATER)
    assert not (tmp_path / "again").exists()


def test_a_full_disk_is_said_and_nothing_is_left(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError

    monkeypatch.setattr("leaddesk.platforms.sync_file", full)
    with pytest.raises(NotUnpacked):
        restore(backup, tmp_path / "again", PASSPHRASE, clock=lambda: LATER)
    assert not (tmp_path / "again").exists()
    with pytest.raises(NotUnpacked):
        verify_backup(backup, PASSPHRASE)


@pytest.mark.parametrize("theirs", ["open", "locked"])
def test_a_desk_that_somebody_makes_there_meanwhile_is_theirs(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theirs: str
) -> None:
    made: list[Desk] = []

    def meanwhile(file: Path) -> Header:
        made.append(signed_desk(tmp_path / "again"))
        if theirs == "locked":
            made[0].lock()
        return read_header(file)

    monkeypatch.setattr(restoring, "read_header", meanwhile)
    with pytest.raises(AlreadyOpen if theirs == "open" else DeskExists):
        restore(backup, tmp_path / "again", PASSPHRASE, clock=lambda: LATER)
    made[0].lock()
    monkeypatch.undo()
    desk = sign_in(tmp_path / "again", PASSPHRASE, clock=lambda: LATER)
    assert desk.number == made[0].number
    assert desk.verify().sound
    desk.lock()


def test_what_somebody_has_opened_as_soon_as_it_was_unpacked_stays_theirs(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[OpenDesk] = []

    def after_somebody_else(folder: Path, *how: object, **more: object) -> OpenDesk:
        opened.append(open_desk(folder, PASSPHRASE))
        return open_desk(folder, *how, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(restoring, "open_desk", after_somebody_else)
    with pytest.raises(AlreadyOpen):
        restore(backup, tmp_path / "again", PASSPHRASE, clock=lambda: LATER)
    assert opened[0].check() == []
    opened[0].lock()
    assert {"desk.db", "keys.json"} <= contents(tmp_path / "again").keys()


@pytest.mark.skipif(sys.platform == "win32", reason="TZ does not set the zone there")
def test_how_old_it_is_goes_by_the_sites_days_wherever_the_computer_is(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Pacific/Kiritimati")  # where it is the seventh of May already
        time.tzset()
        restored = restore(backup, tmp_path / "again", PASSPHRASE, clock=lambda: LATER)
    time.tzset()
    assert restored.words == "from Wednesday 6 May 2026 (2026-05-06), 3 days old"


# Verifying


def test_a_sound_backup_gives_the_anchor_that_it_holds(backup: Path) -> None:
    report = verify_backup(backup, PASSPHRASE)
    assert report.sound
    assert report.head is not None
    assert verify_backup(backup, PAPER, [report.head]) == report
    beyond = Head(report.head.sequence + 1, "a" * 64)
    assert not verify_backup(backup, PASSPHRASE, [beyond]).sound


def test_what_is_wrong_with_a_backup_is_found(backup: Path, tmp_path: Path) -> None:
    report = verify_backup(unsound(tmp_path), PASSPHRASE)
    assert [finding.where for finding in report.findings] == ["table user, row 1"]
    damaged = tmp_path / "damaged.leaddesk"
    with zipfile.ZipFile(backup) as archive, zipfile.ZipFile(damaged, "w") as forged:
        forged.writestr("keys.json", archive.read("keys.json"))
        forged.writestr("desk.db", archive.read("desk.db")[:-4096] + bytes(4096))
    assert not verify_backup(damaged, PASSPHRASE).sound
    damaged.write_bytes(backup.read_bytes())
    flip(damaged, 20_000)
    assert [finding.what for finding in verify_backup(damaged, PASSPHRASE).findings] == ["This backup is damaged."]
    with pytest.raises(WrongSecret):
        verify_backup(backup, "not this one")
