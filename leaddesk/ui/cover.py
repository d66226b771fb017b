"""What stands in the place of the console while the screens are not the ones that the chair confirmed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class Cover(QWidget):
    """Says why the console is hidden, and lets the chair restore it. It holds nothing private."""

    restored = Signal()
    """The chair has looked at the screens and goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("LeadDesk")
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setProperty("look", "heading")
        self._go_on = QPushButton()
        self._go_on.setProperty("look", "main")
        self._go_on.clicked.connect(self.restored)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 48, 48, 48)
        layout.setSpacing(24)
        layout.addStretch()
        layout.addWidget(self._words)
        layout.addWidget(self._go_on, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        self.resize(720, 360)

    def say(self, words: str, button: str) -> None:
        """Shows why, and what the button does."""
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._go_on.setText(button)
        self._go_on.setAccessibleName(button)
        self._go_on.setFocus()
