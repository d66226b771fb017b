"""Keys at the console of a running meeting, pressed where the cursor is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.ui.console.entry import EntryLine
from leaddesk.ui.console.keys import Command
from tests.journeys.stage import Clock, Stage, stage

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@contextmanager
def meeting(folder: Path, qtbot: QtBot, clock: Clock | None = None) -> Iterator[Stage]:
    """A running meeting whose room may have what it may have, the cursor in the entry line."""
    with stage(folder, clock or Clock()) as made:
        console = made.windows.workplace.console
        console.activateWindow()
        qtbot.waitUntil(console.isActiveWindow)
        made.command(Command.WIDEN)
        console.meeting.entry.focus()
        yield made


def entry(on: Stage) -> EntryLine:
    return on.windows.workplace.console.meeting.entry


def said(on: Stage) -> str:
    """What the console says under its bar."""
    return on.windows.workplace.console.notice.words


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Presses a key where the focus is."""
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget), "nothing has the focus"
    QTest.keyClick(focused, key, modifiers)
    QApplication.processEvents()


def type_words(words: str) -> None:
    """Types where the focus is."""
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget), "nothing has the focus"
    QTest.keyClicks(focused, words)
    QApplication.processEvents()


def file(kind: int, words: str) -> None:
    """Chooses a kind by its number, types the words and presses Enter."""
    press(Qt.Key(Qt.Key.Key_0 + kind), CTRL)
    type_words(words)
    press(Qt.Key.Key_Return)


def select(on: Stage, **links: str) -> str:
    """Selects the first item of the agenda with such a link, such as a participant's; returns its id."""
    item = next(one.id for one in on.live.material.agenda if links.items() <= one.links.items())
    on.windows.workplace.console.meeting.agenda.select(item)
    QApplication.processEvents()
    return item
