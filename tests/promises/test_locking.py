"""Locking leaves nothing: no row in a model, no text in a field, no connection, no key, no window, no dialog."""

import gc
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy.pool import QueuePool

from leaddesk.application import Application
from leaddesk.policy.desk_views import AgendaRow, CheckInRow, Found, PrivateSide, Stage
from leaddesk.policy.facts import Facts
from leaddesk.policy.material import Material
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.registers import Registers
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.desk_windows import DeskWindows
from tests.promises.row import NOT_HERE, Reached, Times

Text = QLineEdit | QPlainTextEdit | QTextEdit

#: What shows somebody's information: none of it may be alive once the windows are gone.
VIEWS = (AgendaRow, CheckInRow, Facts, Found, Material, PrivateSide, Stage)
TYPED = "a word that was typed"


def opened(application: Application, qtbot: QtBot) -> DeskWindows:
    """The windows of the desk, the chair having looked at the screens."""
    application.unlock.unlock_asked.emit(PASSPHRASE)
    qtbot.waitUntil(lambda: application.windows is not None, timeout=60_000)
    assert application.windows is not None
    application.windows.workplace.cover.restored.emit()
    QApplication.processEvents()
    return application.windows


@dataclass
class Inside:
    """Everything that was there while the desk was open."""

    folder: Path
    unlock: QWidget
    models: list[QAbstractItemModel] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Takes note of the windows that are there now, and types into every field."""
        for window in QApplication.topLevelWidgets():
            if window is self.unlock:
                continue
            self.models += window.findChildren(QAbstractItemModel)
            texts: list[Text] = [
                *window.findChildren(QLineEdit),
                *window.findChildren(QPlainTextEdit),
                *window.findChildren(QTextEdit),
            ]
            for text in texts:
                if not text.isReadOnly():
                    insert(text)
            self.texts += texts
            if window.isVisible() and window.windowType() is not Qt.WindowType.Popup:
                self.titles.add(window.windowTitle())

    def look_for_models(self) -> None:
        """Takes note of the models that are there now, whoever holds them."""
        self.models += [one for one in gc.get_objects() if isinstance(one, QAbstractItemModel) and isValid(one)]

    @property
    def rows(self) -> int:
        return sum(model.rowCount() for model in self.models if isValid(model))

    @property
    def letters(self) -> int:
        """How much text is left in fields, or comes back with undo."""
        count = 0
        for text in filter(isValid, self.texts):
            count += len(content(text))
            text.undo()
            count += len(content(text))
        return count

    @property
    def files(self) -> list[str]:
        """What the process holds open in the desk's folder, where the system tells."""
        held = Path("/proc/self/fd")
        links = [one.readlink() for one in held.iterdir() if one.is_symlink()] if held.exists() else []
        return [str(link) for link in links if link.is_relative_to(self.folder)]


def insert(text: Text) -> None:
    if isinstance(text, QLineEdit):
        text.insert(TYPED)
    else:
        text.insertPlainText(TYPED)


def content(text: Text) -> str:
    return text.text() if isinstance(text, QLineEdit) else text.toPlainText()


def go_everywhere(windows: DeskWindows, inside: Inside) -> None:
    """Every page, a form, the drawer and the sheet of keys, with something typed into each field."""
    console = windows.workplace.console
    inside.look()
    for name in PageName:
        console.rail.page_asked.emit(name)
        QApplication.processEvents()
        inside.look()
    windows.registers.pages[PageName.PEOPLE].visit().acted.emit("new", "")
    console.open_check_in()
    console.carry_out(Command.KEYS)
    windows.sign(windows.desk.user.id)
    QApplication.processEvents()
    inside.look()
    windows.finish_signing()


def views() -> list[object]:
    """Every view that is alive."""
    gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, VIEWS)]


def with_a_release(registers: Registers) -> str:
    return next(one.id for one in registers.participants() if registers.releases(one.id))


@pytest.mark.promise("lock: rows left in models, text in fields, connections and files left open", "0 within 1 s")
def test_nothing_is_left_when_the_desk_is_locked(
    application: Application, qtbot: QtBot, tmp_path: Path, *, reached: Reached, times: Times
) -> None:
    others = views()  # other tests' own
    windows = opened(application, qtbot)
    desk, pool = windows.desk, windows.desk._opened.engine.pool
    assert isinstance(pool, QueuePool)
    inside = Inside(tmp_path / "desk", application.unlock)
    for _ in range(times(1, full=2)):
        go_everywhere(windows, inside)
        inside.look_for_models()
        assert inside.rows > 100
        assert inside.letters > 100
    assert inside.files or sys.platform != "linux"
    began: list[float] = []
    verify = windows.ledger.page.verify_asked

    def lock() -> None:
        inside.look()
        inside.look_for_models()
        verify.emit()  # on another thread, with a connection of its own
        began.append(time.perf_counter())
        application.lock()

    # A form that stays open, dialogs that are waited for, the last with no parent, and the lock inside them all.
    participant = windows.registers.read(with_a_release)
    printing, page = windows.documents.print_asked, windows.registers.pages[PageName.PARTICIPANTS].visit()
    page.acted.emit("mend_release", participant)
    QTimer.singleShot(100, partial(application.tell_bug, ValueError, ValueError()))
    QTimer.singleShot(200, lock)
    printing.emit("agreement", "")

    seconds = time.perf_counter() - began[0]
    connections = pool.checkedin() + pool.checkedout()
    rows, letters, files = inside.rows, inside.letters, inside.files
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    reached(f"{rows + letters + connections + len(files)} within {seconds:.2f} s", times=1)
    assert (rows, letters, connections, files, dialogs) == (0, 0, 0, [], [])
    assert desk.locked
    assert seconds < 1
    assert inside.titles == {"LeadDesk"}
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [application.unlock]
    qtbot.waitUntil(lambda: not any(map(isValid, (*inside.models, *inside.texts))))
    del windows, desk, printing, page, lock
    known = set(map(id, others))
    assert [type(one).__name__ for one in views() if id(one) not in known] == []


@pytest.mark.promise("lock: what was copied at the desk is left on the clipboard", "nothing")
def test_the_clipboard_is_emptied_where_it_still_holds_what_was_copied_here(reached: Reached) -> None:
    if sys.platform != "linux":
        pytest.skip(f"{NOT_HERE}: without a display no clipboard knows its owner")
    from tests.promises.xserver import x_server

    with x_server(1366, 768) as server:
        run = [sys.executable, "-m", "tests.promises.clipboard"]
        environment = {**os.environ, "DISPLAY": server.name, "QT_QPA_PLATFORM": "xcb"}
        said = subprocess.run(run, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout
    before, after = said.splitlines()
    assert before == str(["copied at the desk"] * 2)
    reached("nothing" if after == "['', '']" else "what was copied", times=1)
    assert after == "['', '']"
