"""A sentence that answers a key, for eyes and ears."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel


class Told(QLabel):
    """A sentence that answers a key, spoken as it comes; not there while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("look", "caution")
        self.hide()

    def say(self, words: str) -> None:
        """Says this instead; nothing any more for empty words."""
        self.setText(words)
        self.setVisible(bool(words))
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
