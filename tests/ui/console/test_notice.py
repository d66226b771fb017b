"""Notices: said without stopping the chair, taken up or put away by a key, and read aloud."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.ui.console.entry_text import EntryText
from leaddesk.ui.console.window import ConsoleWindow
from tests.ui.console.looking import cut, silent, the

K = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(console: ConsoleWindow, key: Qt.Key, *, shift: bool = False) -> None:
    line = the(EntryText, console, "Entry")
    QTest.keyClick(line, key, SHIFT if shift else Qt.KeyboardModifier.NoModifier)


def test_several_things_are_said_at_once_the_newest_first(console: ConsoleWindow) -> None:
    console.notice.say("clock", "The clock is behind.")
    console.notice.say("backup", "The backup failed.")
    assert console.notice.words == "The backup failed.\nThe clock is behind."
    assert console.notice.isVisible()
    console.notice.say("backup", "")
    assert console.notice.words == "The clock is behind."
    console.notice.say("clock", "")
    assert not console.notice.isVisible()


def test_the_newest_offer_is_taken_up_by_one_key_from_the_middle_of_a_sentence(console: ConsoleWindow) -> None:
    done: list[str] = []
    console.meeting.entry.focus()
    console.notice.say("older", "Somebody stepped out.", ("Back in", lambda: done.append("older")))
    console.notice.say("newer", "A new code?", ("New case code", lambda: done.append("newer")))
    console.notice.say("caution", "The clock is behind.")
    assert console.notice.offer == "New case code"
    press(console, K.Key_F3)
    assert done == ["newer"]
    assert console.notice.offer == "Back in"
    press(console, K.Key_F3)
    press(console, K.Key_F3)
    assert done == ["newer", "older"]
    assert console.notice.words == "The clock is behind."
    assert the(EntryText, console, "Entry").hasFocus()


def test_an_offer_that_leads_to_another_leaves_that_one(console: ConsoleWindow) -> None:
    def again() -> None:
        console.notice.say("code", "The new code is P-7K3F.")

    console.notice.say("code", "A new code?", ("New case code", again))
    console.notice.take()
    assert console.notice.words == "The new code is P-7K3F."
    assert console.notice.offer == ""


def test_what_was_put_away_is_not_said_again_until_it_is_new(console: ConsoleWindow) -> None:
    console.meeting.entry.focus()
    console.notice.say("clock", "The clock is behind.")
    press(console, K.Key_F3, shift=True)
    console.notice.say("clock", "The clock is behind.")
    assert console.notice.words == ""
    console.notice.say("clock", "The clock is far behind.")
    assert console.notice.words == "The clock is far behind."
    console.notice.dismiss()
    console.notice.say("clock", "")
    console.notice.say("clock", "The clock is far behind.")
    assert console.notice.words == "The clock is far behind."


def test_a_line_keeps_its_button_and_the_focus_while_its_words_change(console: ConsoleWindow) -> None:
    console.notice.say("new", "One person waits.", ("Check in", lambda: None))
    button = the(QPushButton, console.notice, "Check in")
    button.setFocus()
    console.notice.say("new", "Two people wait.", ("Check in", lambda: None))
    assert the(QPushButton, console.notice, "Check in") is button
    assert button.hasFocus()
    assert console.notice.words == "Two people wait."
    QTest.keyClick(button, K.Key_Space)
    assert the(EntryText, console, "Entry").hasFocus()


def test_news_is_said_calmly_and_a_caution_is_not(console: ConsoleWindow) -> None:
    def looks() -> list[str]:
        lines = console.notice.findChildren(QWidget)
        return [str(line.property("look")) for line in lines if line.property("look") in ("notice", "offer")]

    console.notice.say("saved", "Saved.", calm=True)
    assert looks() == ["offer"]
    console.notice.say("saved", "It could not be saved.")
    assert looks() == ["notice"]


def test_more_than_three_lines_wait_for_their_turn(console: ConsoleWindow) -> None:
    for number in range(5):
        console.notice.say(str(number), f"Line {number}")
    QApplication.processEvents()
    lines = [one for one in console.notice.findChildren(QWidget) if one.property("look") == "notice"]
    assert sum(line.isVisible() for line in lines) == 3
    for _ in range(4):
        console.notice.dismiss()
    assert console.notice.words == "Line 0"
    assert console.notice.isVisible()


@pytest.mark.parametrize("size", [(1366, 768), (900, 600)])
def test_notices_have_names_and_are_not_cut(console: ConsoleWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    console.resize(*size)
    console.notice.say("clock", "The computer's clock says that it is earlier than the last entry on this desk.")
    console.notice.say("code", "Angela Brooks' release was revoked.", ("New case code", lambda: None))
    QApplication.processEvents()
    assert not list(silent(console.notice))
    assert not list(cut(console.notice))
    assert the(QPushButton, console.notice, "New case code").accessibleDescription() == "F3"
    assert "earlier than the last entry" in console.notice.accessibleName()
