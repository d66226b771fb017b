"""A hand on the keyboard: every key goes where the focus is, as it does for whoever sits there."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def focused() -> QWidget:
    """What gets the next key: an open menu, else what has the focus, else the window in front."""
    found = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None, "no window would get this key"
    return found


def press(*keys: str) -> None:
    """Presses keys one after the other, each in Qt's words: ``Ctrl+I``, ``PgDown``, ``Return``."""
    for key in keys:
        combination = QKeySequence(key)[0]
        QTest.keyClick(focused(), Qt.Key(combination.key()), combination.keyboardModifiers())
        QApplication.processEvents()


def type_words(words: str) -> None:
    """Types words, letter by letter."""
    for letter in words:
        QTest.keyClicks(focused(), letter)
    QApplication.processEvents()
