"""The page of backups, filled from a real desk, behind the console's menu."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from leaddesk.services import backups
from leaddesk.services.backups import dated, drive_folder
from leaddesk.services.desk import Desk
from leaddesk.ui.background import settle
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.registers.backups_register import HOUR, BackupsRegister
from leaddesk.vault.backup import BackupRefused
from tests.services.opened import NOON, ledger, signed_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = signed_desk(tmp_path / "desk")
    yield made
    made.lock()


@pytest.fixture
def register(desk: Desk, console: ConsoleWindow) -> Iterator[BackupsRegister]:
    made = BackupsRegister(desk, console, automatic=True)
    console.carry_out(Command.BACKUPS)
    settle()
    yield made
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()


def words(register: BackupsRegister) -> str:
    settle()
    return " ".join(one.text() for one in register.page.findChildren(QLabel))


def ended(register: BackupsRegister, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: register._running is None, timeout=30_000)
    settle()


def test_an_empty_page_says_so_and_a_backup_is_made_now(register: BackupsRegister, desk: Desk, qtbot: QtBot) -> None:
    page = register.page
    assert page.isVisible()
    assert page.list.model().rowCount() == 0
    assert "There is no backup yet. Make the first one now." in words(register)
    page.now.click()
    assert page.cancel.isVisible()
    assert page.progress.isVisible()
    assert not page.now.isVisible()
    ended(register, qtbot)
    assert page.now.isVisible()
    assert not page.cancel.isVisible()
    assert len(dated(desk.vault.backups)) == 1
    (row,) = page.shown
    assert row.startswith("Wednesday 6 May 2026 (2026-05-06), 12:00\nby hand")
    assert "less than a day old. It was verified" in words(register)
    assert "The backup was made and verified." in words(register)


def test_a_canceled_one_leaves_nothing(register: BackupsRegister, desk: Desk, qtbot: QtBot) -> None:
    register.page.now.click()
    register.page.cancel.click()
    ended(register, qtbot)
    assert "The backup was canceled; nothing is left of it." in words(register)
    assert list(desk.vault.backups.iterdir()) == []


def test_it_can_be_canceled_until_all_is_copied(register: BackupsRegister) -> None:
    page = register.page
    page.set_busy(busy=True)
    page.set_progress(1024, 2048)
    assert page.cancel.isVisible()
    page.set_progress(2048, 2048)
    assert not page.cancel.isVisible()


def test_each_goes_to_the_chosen_drive_and_a_missing_one_is_said_calmly(
    register: BackupsRegister, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "drive"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(drive))
    with qtbot.waitSignal(register.drive_chosen) as chosen:
        register.page.choose.click()
    assert chosen.args == [drive]
    assert f"Each backup is copied to {drive}" in words(register)
    register.page.now.click()
    ended(register, qtbot)
    assert "It is not on the other drive: connect that and try again." in words(register)
    drive.mkdir()
    register.page.now.click()
    ended(register, qtbot)
    assert len(dated(drive_folder(drive, desk.vault.desk_id))) == 1
    assert any("on the other drive" in row for row in register.page.shown)


def test_the_backup_of_the_day_is_made_once_and_its_failure_is_said_on_the_console(
    register: BackupsRegister, console: ConsoleWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BackupRefused

    with monkeypatch.context() as patched:
        patched.setattr(type(desk.vault), "back_up", refuse)
        register.make_if_due()
        ended(register, qtbot)
    notices = [one.text() for one in console.notice.findChildren(QLabel)]
    assert "The backup of the day failed. The backup could not be written." in notices
    register.make_if_due()
    ended(register, qtbot)
    assert "The backup of the day failed." not in [one.text() for one in console.notice.findChildren(QLabel)]
    register.make_if_due()
    assert register._running is None
    assert len(dated(desk.vault.backups)) == 1


def test_a_page_that_is_visited_later_shows_what_is_being_made_and_how_the_last_one_went(
    console: ConsoleWindow, desk: Desk, qtbot: QtBot
) -> None:
    register = BackupsRegister(desk, console, automatic=True)
    register.make_if_due()
    console.carry_out(Command.BACKUPS)
    assert register.page.cancel.isVisible()
    assert not register.page.now.isVisible()
    ended(register, qtbot)
    assert "The backup was made and verified." in words(register)
    assert len(register.page.shown) == 1


def test_how_the_backup_of_the_day_went_is_still_said_when_the_page_is_visited(
    console: ConsoleWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BackupRefused

    register = BackupsRegister(desk, console, automatic=True)
    with monkeypatch.context() as patched:
        patched.setattr(type(desk.vault), "back_up", refuse)
        register.make_if_due()
        ended(register, qtbot)
    console.carry_out(Command.BACKUPS)
    assert "The backup could not be written." in words(register)
    assert register.page.now.isVisible()
    assert not register.page.cancel.isVisible()


def test_a_desk_left_open_past_midnight_gets_the_backup_of_the_next_day(
    console: ConsoleWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    now = [NOON]
    desk = signed_desk(tmp_path / "late", lambda: now[0])
    register = BackupsRegister(desk, console, automatic=True)
    register.make_if_due()
    ended(register, qtbot)
    assert register._look.interval() == HOUR
    now[0] += timedelta(days=1)
    register._look.setInterval(10)  # the hour is over
    qtbot.waitUntil(lambda: len(dated(desk.vault.backups)) == 2, timeout=30_000)
    ended(register, qtbot)
    register.close()
    assert not register._look.isActive()
    desk.lock()


def test_a_desk_that_cannot_be_asked_whether_it_is_due_says_why(
    register: BackupsRegister, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BackupRefused

    monkeypatch.setattr(backups, "due", refuse)
    with qtbot.waitSignal(register.failed):
        register.make_if_due()
    assert register._running is None


def test_locking_backs_up_what_is_new_and_takes_it_to_the_drive_afterwards(
    register: BackupsRegister, desk: Desk, tmp_path: Path
) -> None:
    register.use_drive(tmp_path)
    register.lock_desk()
    assert desk.locked
    (own,) = dated(desk.vault.backups).values()
    register.copy_what_was_made_at_lock()
    QThreadPool.globalInstance().waitForDone()
    assert (drive_folder(tmp_path, desk.vault.desk_id) / own.name).read_bytes() == own.read_bytes()


def test_locking_ends_a_running_one_and_leaves_the_page_empty(
    register: BackupsRegister, desk: Desk, qtbot: QtBot
) -> None:
    register.page.now.click()
    register.close()
    register.lock_desk()
    ended(register, qtbot)
    assert register.page.shown == ()
    assert "backup" not in words(register).replace("Backups", "")


def test_the_sample_makes_none_by_itself(console: ConsoleWindow, desk: Desk) -> None:
    register = BackupsRegister(desk, console, automatic=False)
    register.make_if_due()
    assert register._running is None
    register.lock_desk()
    assert not desk.vault.backups.exists()


def test_the_menu_opens_it(register: BackupsRegister, console: ConsoleWindow) -> None:
    assert console.page is PageName.BACKUPS
    assert any(action.text().startswith("Backups") and action.isEnabled() for action in console.actions())


def test_a_desk_that_cannot_be_read_is_said(
    register: BackupsRegister, console: ConsoleWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BackupRefused

    monkeypatch.setattr(backups, "shown", refuse)
    with qtbot.waitSignal(register.failed):
        console.page_asked.emit(PageName.BACKUPS)


def test_what_is_done_is_in_the_ledger(register: BackupsRegister, desk: Desk, qtbot: QtBot) -> None:
    register.page.now.click()
    ended(register, qtbot)
    assert ledger(desk)[-1].payload["kind"] == "by_hand"


def test_those_that_a_removed_user_may_open_are_named_and_made_anew(
    register: BackupsRegister, desk: Desk, console: ConsoleWindow, qtbot: QtBot
) -> None:
    register.page.now.click()
    ended(register, qtbot)
    assert not register.page.anew.isVisible()
    desk.vault.rotate(lambda _: None)
    console.page_asked.emit(PageName.BACKUPS)
    assert "1 backup is from before the desk got its present key" in words(register)
    register.page.anew.click()
    ended(register, qtbot)
    assert not register.page.anew.isVisible()
    assert len(register.page.shown) == 1
