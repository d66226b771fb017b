"""Boxes say what happened in plain words, and Enter destroys nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.ui.console.boxes import asked, told
from leaddesk.ui.theme import Theme
from tests.ui.console.looking import caught


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_words_that_look_like_markup_are_shown_as_they_are(parent: QWidget, light: Theme) -> None:
    box = told(parent, light, "<b>The disk</b> is full.", "<i>Make room</i>.")
    formats = {words.textFormat() for words in box.findChildren(QLabel) if words.text()}
    assert formats == {Qt.TextFormat.PlainText}
    assert box.windowTitle() == "LeadDesk"


def test_enter_keeps_what_the_box_asks_about(parent: QWidget, light: Theme, qtbot: QtBot) -> None:
    box, sure = asked(parent, light, "Remove Tom Bell?", "The desk gets a new key.", do="Remove", keep="Cancel")
    done, ended = caught(sure.clicked), caught(box.finished)
    box.open()
    with qtbot.waitActive(box):
        box.activateWindow()
    focused = box.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Cancel"
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert len(ended) == 1
    assert done == []
