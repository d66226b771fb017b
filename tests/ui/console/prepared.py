"""A desk with its next meeting being prepared, for the tests of that page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import AgendaRow
from leaddesk.services import meetings
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Desk
from leaddesk.services.opening import sign_in
from leaddesk.ui.background import settle
from leaddesk.ui.console.prepare import PreparePage
from leaddesk.ui.console.preparing import Preparing
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.screens import Screens
from leaddesk.ui.theme import Theme

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Prepared:
    """The windows of a desk with its next meeting at hand."""

    desk: Desk
    windows: DeskWindows
    reopened: list[str] = field(default_factory=list)

    @property
    def preparing(self) -> Preparing:
        return self.windows.preparing

    @property
    def page(self) -> PreparePage:
        return self.windows.preparing.page

    @property
    def console(self) -> ConsoleWindow:
        return self.windows.workplace.console

    @property
    def rows(self) -> tuple[AgendaRow, ...]:
        return self.page.agenda.rows.rows

    @property
    def titles(self) -> list[str]:
        return [row.title for row in self.rows]

    def press(self, *keys: K, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.page.agenda, key, modifier)
            settle()

    def type(self, words: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, words)

    def first_is_expected(self) -> bool:
        return self.page.people.list.rows.rows[0].expected

    def choose(self, title: str) -> None:
        self.page.agenda.select(next(row.id for row in self.rows if row.title == title))
        self.page.agenda.setFocus()

    def words(self) -> str:
        return self.page._said.text()


@contextmanager
def prepared(demo: Path, folder: Path, theme: Theme, qtbot: QtBot) -> Iterator[Prepared]:
    """A copy of the demo desk in its windows, its next meeting planned and at hand."""
    shutil.copytree(demo, folder)

    def clock() -> datetime:
        return datetime.now(UTC)

    desk = sign_in(folder, PASSPHRASE, clock=clock)
    running = desk.do(meetings.latest)
    assert running is not None
    desk.do(meetings.close_meeting, running)
    windows = DeskWindows(desk, desk.do(meetings.plan_next, running), (theme, theme), clock, Screens())
    made = Prepared(desk, windows)
    windows.reopened.connect(made.reopened.append)
    windows.open()
    windows.workplace.cover.restored.emit()
    windows.workplace.console.activateWindow()
    qtbot.waitUntil(windows.workplace.console.isActiveWindow)
    settle()
    made.page.agenda.setFocus()
    yield made
    windows.close()
    QApplication.processEvents()
