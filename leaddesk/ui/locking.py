"""Locking: what is seen goes first, then what is held, then the key, whatever goes wrong on the way."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QAbstractItemModel, QThreadPool
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from leaddesk.ui.console.rows import RowsModel

_JOBS = 500
"""Milliseconds that work on other threads has to notice that the key is gone."""


def lock(
    windows: Sequence[QWidget],
    *,
    show_idle: Callable[[], None],
    keep_typed: Callable[[], None],
    close_windows: Callable[[], None],
    drop_key: Callable[[], None],
) -> None:
    """Locks the desk, step by step; a step that fails stops none of the others.

    Args:
        windows: every window that holds something of the desk.
        show_idle: puts the public card before the room.
        keep_typed: writes what was being typed, while the desk can still be written.
        close_windows: closes the windows for good.
        drop_key: closes the database and forgets the key.

    Raises:
        KnownError: the last that went wrong, with what went wrong before as its context; so for any other error.
    """
    _in_turn(
        show_idle,
        partial(_hide, windows),
        keep_typed,
        close_dialogs,
        close_windows,
        # A closed window is there until control is back in the event loop, and longer if somebody holds it.
        partial(_empty_models, windows),
        partial(_empty_fields, windows),
        drop_key,
        _clear_clipboard,
        _end_jobs,
    )


def forget(windows: Sequence[QWidget]) -> None:
    """Leaves nothing of one user for the next: dialogs closed, lists and fields emptied, the clipboard too."""
    _in_turn(close_dialogs, partial(_empty_models, windows), partial(_empty_fields, windows), _clear_clipboard)


def close_dialogs() -> None:
    """Closes menus and lists that have popped up, and cancels every dialog: what waits for one goes on without."""
    while (popup := QApplication.activePopupWidget()) is not None and popup.close():
        pass
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog):
            # Not reject(), which a dialog may make a question of.
            QDialog.done(window, QDialog.DialogCode.Rejected)


def _in_turn(*steps: Callable[[], None]) -> None:
    if steps:
        try:
            steps[0]()
        finally:
            _in_turn(*steps[1:])


def _hide(windows: Sequence[QWidget]) -> None:
    for window in windows:
        window.hide()


def _empty_models(windows: Sequence[QWidget]) -> None:
    for window in windows:
        for chooser in window.findChildren(QComboBox):
            # Nobody chose anything: whoever listens must not act.
            chooser.blockSignals(True)
            chooser.clear()
        for model in window.findChildren(QAbstractItemModel):
            # Others are Qt's own: filters over ours, choosers' that are empty already, or a file dialog's.
            if isinstance(model, RowsModel):
                model.set_rows(())


def _empty_fields(windows: Sequence[QWidget]) -> None:
    """Empties what can be typed or read in; clear() could be undone."""
    for window in windows:
        for line in window.findChildren(QLineEdit):
            line.blockSignals(True)
            line.setText("")
        texts: list[QPlainTextEdit | QTextEdit] = [
            *window.findChildren(QPlainTextEdit),
            *window.findChildren(QTextEdit),
        ]
        for text in texts:
            text.blockSignals(True)
            text.setPlainText("")


def _clear_clipboard() -> None:
    """Empties the clipboard where it still holds what was copied here."""
    clipboard = QApplication.clipboard()
    for held, mode in (
        (clipboard.ownsClipboard(), QClipboard.Mode.Clipboard),
        (clipboard.ownsSelection(), QClipboard.Mode.Selection),
        (clipboard.ownsFindBuffer(), QClipboard.Mode.FindBuffer),
    ):
        if held:
            clipboard.clear(mode)


def _end_jobs() -> None:
    """Lets work on other threads end: it can open nothing any more, and holds what it has read."""
    jobs = QThreadPool.globalInstance()
    jobs.clear()
    jobs.waitForDone(_JOBS)
