"""A hand on the keyboard: every key goes where the focus is, as it does for whoever sits there."""

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget


def focused() -> QWidget:
    """What gets the next key: an open menu, else what has the focus, else the window in front."""
    if QApplication.activeWindow() is None:
        _bring_to_front()
    found = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None, "no window would get this key"
    return found


def _bring_to_front() -> None:
    """What a desktop does when a window closes, and this platform doesn't: the window that was behind it is next."""
    quiet = Qt.WidgetAttribute.WA_ShowWithoutActivating
    behind = [one for one in QApplication.topLevelWidgets() if one.isVisible() and not one.testAttribute(quiet)]
    assert len(behind) == 1, "which window is in front is not for a test to choose"
    behind[0].activateWindow()
    assert QTest.qWaitForWindowActive(behind[0])


def press(*keys: str) -> None:
    """Presses keys one after the other, each in Qt's words: ``Ctrl+I``, ``PgDown``, ``Return``."""
    for key in keys:
        QTest.keySequence(focused(), QKeySequence(key))
        # A button pressed by its letter stays down for a moment before it acts.
        while any(button.isDown() for one in QApplication.topLevelWidgets() for button in _buttons(one)):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()


def _buttons(window: QWidget) -> list[QAbstractButton]:
    return window.findChildren(QAbstractButton) if window.isVisible() else []


def type_words(words: str) -> None:
    """Types words, letter by letter."""
    for letter in words:
        QTest.keyClicks(focused(), letter)
    QApplication.processEvents()
