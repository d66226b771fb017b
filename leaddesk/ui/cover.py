"""What stands in the place of the console while the screens are not the ones that the chair confirmed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class Cover(QWidget):
    """Says why the console is hidden, and lets the chair restore it. It holds nothing private."""

    restored = Signal()
    """The chair has looked at the screens and goes on."""
    swapped = Signal()
    """The chair's screen is the other one."""

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
        self._swap = QPushButton("The other screen is mine")
        self._swap.setAccessibleName("The other screen is mine")
        self._swap.clicked.connect(self.swapped)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 48, 48, 48)
        layout.setSpacing(24)
        layout.addStretch()
        layout.addWidget(self._words)
        layout.addWidget(self._go_on, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._swap, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        self.resize(720, 360)

    def say(self, words: str, button: str, *, can_swap: bool) -> None:
        """Shows why, what the button does, and whether the two screens can change places."""
        self._swap.setVisible(can_swap)
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._go_on.setText(button)
        self._go_on.setAccessibleName(button)
        self._go_on.setFocus()


class RehearsalFrame(QWidget):
    """The audience's window beside the console, marked as a rehearsal: for the demo on a computer with one screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowFlags(Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle("LeadDesk")
        words = QLabel("Rehearsal: what the room would see")
        words.setProperty("look", "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.addWidget(words)
        self.resize(504, 324)

    def hold(self, projector: QWidget) -> None:
        """Takes the audience's window in."""
        layout = self.layout()
        if layout is not None and projector.parentWidget() is not self:
            layout.addWidget(projector)
        projector.show()

    def give_back(self, projector: QWidget) -> None:
        """Lets the audience's window go: a window of its own again, hidden until it has its screen."""
        self.hide()
        if projector.parentWidget() is self:
            projector.setParent(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
