"""The unlock window lists no names, and a new desk is asked for in one form."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from leaddesk.errors import KnownError
from leaddesk.ui.newdesk import NewDeskDialog
from leaddesk.ui.theme import Theme, ThemeName, load_fonts
from leaddesk.ui.unlock import UnlockWindow


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


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> NewDeskDialog:
    load_fonts()
    dialog = NewDeskDialog()
    qtbot.addWidget(dialog)
    dialog.program.setText("Harbor County")
    dialog.agency.setText("Harbor County LEAD")
    dialog.given.setText("Dana")
    dialog.family.setText("Whitfield")
    dialog._path.setText(str(tmp_path / "desk"))
    for field in (dialog.first, dialog.second):
        field.setText("a kettle on the third shelf")
    return dialog


def test_a_new_desk_is_made_from_what_was_typed(dialog: NewDeskDialog, tmp_path: Path) -> None:
    folder, new, passphrase = dialog.draft()
    assert folder == tmp_path / "desk"
    assert (new.program, new.program_word, new.family_name) == ("Harbor County", "LEAD", "Whitfield")
    assert passphrase == "a kettle on the third shelf"
    dialog.forget()
    assert dialog.first.text() == dialog.second.text() == ""


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("program", "", "The program is still missing."),
        ("family", " ", "Your family name is still missing."),
        ("first", "short", "at least 12 characters"),
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
