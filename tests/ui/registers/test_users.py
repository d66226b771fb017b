"""Users and keys behind the console's menu, at a real desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from leaddesk.errors import KnownError
from leaddesk.models.words import AppRole
from leaddesk.services import agreements, backups, people, users
from leaddesk.services.desk import Desk
from leaddesk.services.drafts import AttendeeForm, Signed
from leaddesk.services.opening import sign_in
from leaddesk.ui.background import settle
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.rows import RowRole
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.paper_key import PaperKeyDialog
from leaddesk.ui.registers.form import Form
from leaddesk.ui.registers.users import ChangePassphraseForm, HandOverForm, RoleForm, UserForm
from leaddesk.ui.registers.users_register import UsersRegister
from leaddesk.vault import rotation
from leaddesk.vault.files import DeskFiles
from tests.services.opened import NOON, signed_desk
from tests.ui.console.looking import cut, silent
from tests.vault.making import FLOOR, PASSPHRASE

THEIRS = "seven boats under a tin roof"
OTHER = "gravel road, cold lemonade, owl"
PATIENCE = 20_000


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = signed_desk(tmp_path / "desk")
    mia = made.do(people.save_attendee, AttendeeForm(given_name="Mia", family_name="Hart"))
    made.do(people.save_attendee, AttendeeForm(given_name="Tom", family_name="Bell"))
    users.add_user(made, mia, AppRole.SCRIBE, THEIRS, kdf=FLOOR)
    yield made
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    made.lock()


@pytest.fixture
def register(desk: Desk, console: ConsoleWindow) -> UsersRegister:
    return opened(desk, console)


def opened(desk: Desk, console: ConsoleWindow) -> UsersRegister:
    made = UsersRegister(desk, console)
    console.carry_out(Command.USERS)
    assert console.page is PageName.USERS
    settle()
    return made


def rows(register: UsersRegister) -> list[str]:
    settle()
    model = register.page.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def choose(register: UsersRegister, user: str) -> None:
    settle()
    model = register.page.list.model()
    for row in range(model.rowCount()):
        if model.index(row, 0).data(RowRole.ID) == user:
            register.page.list.setCurrentIndex(model.index(row, 0))


def form(register: UsersRegister, kind: type[Form]) -> Form:
    assert isinstance(register._dialog, kind)
    assert register._dialog.isVisible()
    return register._dialog


def opens(folder: Path, passphrase: str) -> bool:
    try:
        sign_in(folder, passphrase, clock=lambda: NOON).lock()
    except KnownError:
        return False
    return True


def press(console: ConsoleWindow, words: str) -> None:
    (box,) = [each for each in console.findChildren(QMessageBox) if each.isVisible()]
    next(each for each in box.findChildren(QAbstractButton) if each.text() == words).click()


def test_the_menu_opens_the_users_by_name_role_and_slot(register: UsersRegister, console: ConsoleWindow) -> None:
    assert rows(register) == ["Jo Reyes (you)\nChair · LEAD PMT · slot 1", "Mia Hart\nScribe · slot 2"]
    assert "There is no paper key" in " ".join(each.text() for each in register.page.findChildren(QLabel))
    assert list(silent(register.page)) == []
    assert list(cut(register.page)) == []
    register.page.remove.click()
    assert register.page.said == "Choose a user in the list first."


def test_a_user_is_added_by_handing_over_the_keyboard(
    register: UsersRegister, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    register.page.add.click()
    who = form(register, UserForm)
    assert isinstance(who, UserForm)
    assert [who.who.itemText(at) for at in range(who.who.count())] == ["", "Tom Bell"]
    who.who.setCurrentIndex(1)
    who._save()
    theirs = form(register, HandOverForm)
    assert isinstance(theirs, HandOverForm)
    for typed, kept in (("Tom Bell 1970", True), (OTHER, False)):
        theirs.passphrase.first.setText(typed)
        theirs.passphrase.second.setText(typed)
        theirs._save()
        assert theirs.isEnabled() is kept
    assert not register.page.add.isEnabled()
    qtbot.waitUntil(lambda: len(rows(register)) == 3, timeout=PATIENCE)
    assert register.page.said == "Tom Bell can unlock the desk."
    assert register._dialog is None
    desk.lock()
    assert opens(tmp_path / "desk", OTHER)


def test_removing_asks_first_and_shuts_out_for_good(
    register: UsersRegister, console: ConsoleWindow, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(register, "a2")
    register.page.remove.click()
    press(console, "Cancel")
    assert len(rows(register)) == 2
    register.page.remove.click()
    (box,) = [each for each in console.findChildren(QMessageBox) if each.isVisible()]
    for told in ("a new key", "Everybody else keeps their passphrase", "Copies of the desk"):
        assert told in box.informativeText()
    press(console, "Remove")
    assert not register.page.add.isEnabled()
    qtbot.waitUntil(lambda: len(rows(register)) == 1, timeout=PATIENCE)
    assert register.page.said == "Mia Hart can’t unlock the desk any more."
    desk.lock()
    assert not opens(tmp_path / "desk", THEIRS)
    assert opens(tmp_path / "desk", PASSPHRASE)


def test_a_canceled_removal_is_said_and_nothing_has_changed(
    register: UsersRegister, console: ConsoleWindow, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(register, "a2")
    register.page.remove.click()
    press(console, "Remove")
    register.page.cancel.click()
    qtbot.waitUntil(lambda: register.page.said.startswith("Canceled."), timeout=PATIENCE)
    assert register.page.add.isEnabled()
    desk.lock()
    assert opens(tmp_path / "desk", THEIRS)


def test_a_role_is_changed_and_the_last_chair_stays_one(register: UsersRegister) -> None:
    choose(register, "a1")
    register.page.role.click()
    role = form(register, RoleForm)
    assert isinstance(role, RoleForm)
    role.role.setCurrentIndex(role.role.findData("scribe"))
    role._save()
    said = " ".join(each.text() for each in role.findChildren(QLabel))
    assert "without a chair" in said
    role.reject()
    choose(register, "a2")
    register.page.role.click()
    other = form(register, RoleForm)
    assert isinstance(other, RoleForm)
    other.role.setCurrentIndex(other.role.findData("chair"))
    other._save()
    assert rows(register)[1] == "Mia Hart\nChair · slot 2"


def test_a_wrong_old_passphrase_is_said_in_the_form_and_the_right_one_changes_it(
    register: UsersRegister, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    register.page.passphrase.click()
    change = form(register, ChangePassphraseForm)
    assert isinstance(change, ChangePassphraseForm)
    for field in (change.passphrase.first, change.passphrase.second):
        field.setText(OTHER)
    change.old.setText("not the old one")
    change._save()
    qtbot.waitUntil(change.isEnabled, timeout=PATIENCE)
    assert "does not open" in " ".join(each.text() for each in change.findChildren(QLabel))
    change.old.setText(PASSPHRASE)
    change._save()
    qtbot.waitUntil(lambda: register.page.said == "Your new passphrase holds.", timeout=PATIENCE)
    desk.lock()
    assert opens(tmp_path / "desk", OTHER)
    assert not opens(tmp_path / "desk", PASSPHRASE)


def test_a_closed_form_holds_no_passphrase(register: UsersRegister) -> None:
    register.page.passphrase.click()
    change = form(register, ChangePassphraseForm)
    held = change.findChildren(QLineEdit)
    for field in held:
        field.setText(OTHER)
    change.reject()
    assert {field.text() for field in held} == {""}


def test_a_new_paper_key_holds_once_it_was_typed_back(register: UsersRegister, desk: Desk, qtbot: QtBot) -> None:
    for said in ("There is no paper key", "A paper key can set a new passphrase"):
        settle()
        assert said in " ".join(each.text() for each in register.page.findChildren(QLabel))
        register.page.paper_key.click()
        dialog = register._dialog
        assert isinstance(dialog, PaperKeyDialog)
        dialog._ask_back()
        dialog.typed.setText(dialog._fresh.secret)
        dialog.done_button.click()
        qtbot.waitUntil(lambda: register.page.said.startswith("The new paper key holds"), timeout=PATIENCE)
        assert desk.has_paper_key
        register.page.say("")


def test_a_scribe_sees_the_users_and_is_offered_their_own_passphrase_alone(
    desk: Desk, console: ConsoleWindow, tmp_path: Path
) -> None:
    desk.lock()
    scribe = sign_in(tmp_path / "desk", THEIRS, clock=lambda: NOON)
    signature = Signed(
        attendee="a2",
        language="en",
        method="typed",
        printed_name="Mia Hart",
        typed="Mia Hart",
        agency="",
        role="Scribe",
        duties="",
        conflicts=(),
    )
    scribe.do(agreements.sign, signature)
    page = opened(scribe, console).page
    offered = [each.text() for each in page.findChildren(QAbstractButton) if each.isVisible()]
    assert offered == ["Change my passphrase"]
    assert "is for the chair" in " ".join(each.text() for each in page.findChildren(QLabel))
    scribe.lock()


def test_an_emptied_page_stays_empty_when_the_desk_was_locked_meanwhile(
    register: UsersRegister, console: ConsoleWindow, desk: Desk
) -> None:
    choose(register, "a2")
    register.page.remove.click()
    press(console, "Remove")
    register.close()
    desk.lock()
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    assert rows(register) == []
    assert register.page.said == ""


def test_a_desk_that_the_disk_has_locked_is_told_of_and_the_page_is_not_busy_any_more(
    register: UsersRegister, console: ConsoleWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_files: DeskFiles) -> None:
        raise OSError

    monkeypatch.setattr(rotation, "_swap", refuse)
    choose(register, "a2")
    register.page.remove.click()
    with qtbot.waitSignal(register.failed, timeout=PATIENCE) as told:
        press(console, "Remove")
    assert "The disk refused" in str(told.args[0])
    assert desk.locked
    assert register.page.add.isEnabled()


def test_backups_on_the_other_drive_that_the_key_before_still_opens_are_told_of_too(
    register: UsersRegister, console: ConsoleWindow, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "drive").mkdir()
    backups.back_up(desk, backups.BackupKind.BY_HAND, drive=tmp_path / "drive")
    register.use_drive(tmp_path / "drive")
    choose(register, "a2")
    register.page.remove.click()
    press(console, "Remove")
    qtbot.waitUntil(lambda: "still opens backups (2)" in register.page.said, timeout=PATIENCE)
    assert register.page.backups.isVisible()
