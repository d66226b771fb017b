"""Locking goes on whatever goes wrong, keeps what was being typed, and comes with minimizing."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.errors import KnownError
from leaddesk.policy.desk_views import EntryKind
from leaddesk.services.demo import PASSPHRASE
from leaddesk.ui.locking import close_dialogs, lock
from tests.journeys.stage import Clock, stage


def fails() -> None:
    raise KnownError("The disk is full.")


def fails_worse() -> None:
    raise RuntimeError


def test_a_step_that_fails_stops_no_other_and_is_told_at_the_end(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line, text = QLineEdit("typed"), QPlainTextEdit("typed")
    layout = QVBoxLayout(window)
    layout.addWidget(line)
    layout.addWidget(text)
    window.show()
    done: list[str] = []
    with pytest.raises(KnownError, match="full") as told:
        lock(
            [window],
            show_idle=fails_worse,
            keep_typed=fails,
            close_windows=lambda: done.append("closed"),
            drop_key=lambda: done.append("dropped"),
        )
    assert isinstance(told.value.__context__, RuntimeError)
    assert done == ["closed", "dropped"]
    assert not window.isVisible()
    assert (line.text(), text.toPlainText()) == ("", "")


def test_a_menu_that_has_popped_up_is_closed(qtbot: QtBot) -> None:
    menu, inner = QMenu(), QMenu("More")
    qtbot.addWidget(menu)
    menu.addMenu(inner)
    inner.addAction("Lock")
    menu.popup(menu.pos())
    inner.popup(menu.pos())
    assert QApplication.activePopupWidget() is not None
    close_dialogs()
    assert QApplication.activePopupWidget() is None


def test_what_was_being_typed_is_there_again_after_unlocking(tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    clock = Clock()
    with stage(tmp_path / "desk", clock) as on:
        on.windows.workplace.console.meeting.entry.restore(EntryKind.DECISION, "One list for both")
    assert on.desk.locked
    with stage(tmp_path / "desk", clock, fresh=False, passphrase=PASSPHRASE) as on:
        entry = on.windows.workplace.console.meeting.entry
        assert (entry.kind, entry.text) == (EntryKind.DECISION, "One list for both")


def test_minimizing_the_console_locks_unless_a_meeting_is_open(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        console, asked = on.windows.workplace.console, on.windows.lock_asked
        with qtbot.assertNotEmitted(asked):
            console.showMinimized()
            QApplication.processEvents()
        console.showNormal()
        on.live.close()
        with qtbot.waitSignal(asked):
            console.showMinimized()
