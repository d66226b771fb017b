"""The unlock window lists no names, and a new desk is asked for in one form."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.errors import KnownError
from leaddesk.ui.newdesk import NewDeskDialog
from leaddesk.ui.theme import Theme, ThemeName, load_fonts
from leaddesk.ui.unlock import UnlockWindow
from tests.ui.console.looking import cut, silent


@pytest.fixture
def unlock(qtbot: QtBot) -> UnlockWindow:
    load_fonts()
    window = UnlockWindow(Theme.load(ThemeName.LIGHT))
    qtbot.addWidget(window)
    window.set_folder(Path("somewhere") / "Harbor LEAD")
    window.set_banner("For authorized staff.")
    window.show()
    return window


def words(window: UnlockWindow) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel))


def test_the_passphrase_is_given_with_enter_and_is_not_kept(unlock: UnlockWindow, qtbot: QtBot) -> None:
    QTest.keyClicks(unlock.passphrase, "a kettle on the third shelf")
    with qtbot.waitSignal(unlock.unlock_asked) as asked:
        QTest.keyClick(unlock.passphrase, Qt.Key.Key_Return)
    assert asked.args == ["a kettle on the third shelf"]
    assert unlock.passphrase.text() == ""
    assert not unlock.passphrase.isUndoAvailable()
    assert unlock.passphrase.echoMode() is QLineEdit.EchoMode.Password


def test_it_says_the_folder_the_banner_and_what_went_wrong(unlock: UnlockWindow) -> None:
    assert "Harbor LEAD" in words(unlock)
    assert "For authorized staff." in words(unlock)
    unlock.show_error(KnownError("It does not open.", kept="Nothing changed.", todo="Try again."))
    assert "It does not open. Nothing changed. Try again." in words(unlock)


def test_without_a_desk_or_while_it_opens_nothing_can_be_unlocked(unlock: UnlockWindow) -> None:
    given: list[str] = []
    unlock.unlock_asked.connect(given.append)
    unlock.set_busy(busy=True)
    assert not unlock.passphrase.isEnabled()
    unlock.set_busy(busy=False)
    unlock.set_folder(None)
    QTest.keyClicks(unlock.passphrase, "something")
    QTest.keyClick(unlock.passphrase, Qt.Key.Key_Return)
    assert given == []
    unlock.show()
    unlock.set_folder(None)
    assert unlock.focusWidget() is button(unlock, "New desk")
    assert shows(unlock, "No desk yet: make a new one, open one that there is, or try the sample")
    unlock.set_folder(Path("desk"))
    assert unlock.focusWidget() is unlock.passphrase


def shows(window: UnlockWindow, text: str) -> bool:
    return any(label.isVisible() for label in window.findChildren(QLabel) if label.text() == text)


def button(window: UnlockWindow, name: str) -> QPushButton:
    return next(b for b in window.findChildren(QPushButton) if name in (b.text(), b.accessibleName()))


def test_caps_lock_is_told_by_what_comes_of_a_letter_key(unlock: UnlockWindow) -> None:
    QTest.keyClicks(unlock.passphrase, "a")
    assert not shows(unlock, "Caps Lock is on")
    QTest.keyClicks(unlock.passphrase, "A")
    assert shows(unlock, "Caps Lock is on")
    QTest.keyClicks(unlock.passphrase, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not shows(unlock, "Caps Lock is on")
    QTest.keyClicks(unlock.passphrase, "7")
    QTest.keyClick(unlock.passphrase, Qt.Key.Key_CapsLock)
    assert shows(unlock, "Caps Lock is on")


def test_what_is_typed_can_be_shown_and_is_hidden_again_for_the_next_time(unlock: UnlockWindow) -> None:
    QTest.keyClicks(unlock.passphrase, "a kettle")
    QTest.mouseClick(button(unlock, "Show the passphrase"), Qt.MouseButton.LeftButton)
    assert unlock.passphrase.echoMode() is QLineEdit.EchoMode.Normal
    assert button(unlock, "Hide the passphrase").isChecked()
    QTest.keyClick(unlock.passphrase, Qt.Key.Key_Return)
    assert unlock.passphrase.echoMode() is QLineEdit.EchoMode.Password
    assert not button(unlock, "Show the passphrase").isChecked()


def test_while_a_desk_opens_no_other_can_be_asked_for(unlock: UnlockWindow) -> None:
    others = [button(unlock, words) for words in ("Another desk", "New desk", "Try the sample")]
    unlock.set_busy(busy=True)
    assert not any(each.isEnabled() for each in others)
    unlock.set_busy(busy=False)
    assert all(each.isEnabled() for each in others)


def test_after_a_wrong_passphrase_one_types_on(qtbot: QtBot, unlock: UnlockWindow) -> None:
    with qtbot.waitActive(unlock):
        unlock.activateWindow()
    unlock.set_busy(busy=True)
    unlock.set_busy(busy=False)
    unlock.show_error(KnownError("It does not open."))
    assert unlock.passphrase.hasFocus()
    assert unlock.passphrase.accessibleDescription() == "It does not open."


def test_where_no_desk_is_chosen_a_failed_sample_leaves_nothing_to_unlock(unlock: UnlockWindow) -> None:
    unlock.set_folder(None)
    unlock.set_busy(busy=True)
    unlock.set_busy(busy=False)
    assert not button(unlock, "Unlock").isEnabled()


def test_everything_on_the_unlock_window_has_a_name_and_room_for_its_words(unlock: UnlockWindow) -> None:
    unlock.show_error(KnownError("It does not open.", kept="Nothing changed.", todo="Try again."))
    QTest.keyClicks(unlock.passphrase, "A")
    QApplication.processEvents()
    assert list(silent(unlock)) == []
    assert list(cut(unlock)) == []


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> NewDeskDialog:
    load_fonts()
    dialog = NewDeskDialog()
    qtbot.addWidget(dialog)
    dialog.program.setText("Harbor County")
    dialog.agency.setText("Harbor County LEAD")
    dialog.given.setText("Dana")
    dialog.family.setText("Whitfield")
    dialog.folder.line.setText(str(tmp_path / "desk"))
    for field in (dialog.first, dialog.second):
        field.setText("a kettle on the third shelf")
    return dialog


def test_a_new_desk_is_made_from_what_was_typed(dialog: NewDeskDialog, tmp_path: Path) -> None:
    folder, new, passphrase = dialog.draft()
    assert folder == tmp_path / "desk"
    assert (new.program, new.program_word, new.family_name) == ("Harbor County", "LEAD", "Whitfield")
    assert passphrase == "a kettle on the third shelf"
    dialog.reject()
    assert dialog.first.text() == dialog.second.text() == ""


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("program", "", "The program is still missing."),
        ("family", " ", "Your family name is still missing."),
        ("first", "short", "fewer than 12 characters"),
        ("second", "another passphrase", "are not the same"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    dialog: NewDeskDialog, field: str, typed: str, said: str
) -> None:
    getattr(dialog, field).setText(typed)
    with pytest.raises(ValueError, match=said):
        dialog.draft()
    assert dialog.agency.text() == "Harbor County LEAD"


def test_a_pause_is_counted_down_in_words_and_takes_no_passphrase_meanwhile(
    unlock: UnlockWindow, qtbot: QtBot
) -> None:
    unlock.wait(62)
    assert "Wait 1 minute 2 seconds." in words(unlock)
    unlock.wait(2)
    assert "Too many wrong passphrases in a row. Wait 2 seconds." in words(unlock)
    assert not unlock.passphrase.isEnabled()
    assert not button(unlock, "Unlock").isEnabled()
    assert button(unlock, "Another desk").isEnabled()
    unlock.set_busy(busy=False)
    assert not unlock.passphrase.isEnabled()
    qtbot.waitUntil(lambda: "Wait 1 second." in words(unlock), timeout=3000)
    qtbot.waitUntil(unlock.passphrase.isEnabled, timeout=3000)
    assert "Too many" not in words(unlock)
    assert button(unlock, "Unlock").isEnabled()
