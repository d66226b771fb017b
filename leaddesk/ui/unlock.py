"""The unlock window: a passphrase, and the ways to another desk. It lists no names."""

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from leaddesk.errors import KnownError
from leaddesk.ui.console.look import console_stylesheet
from leaddesk.ui.console.parts import IconButton
from leaddesk.ui.theme import Theme, Token


class UnlockWindow(QWidget):
    """Asks for the passphrase alone; whose it is shows when it opens."""

    unlock_asked = Signal(str)
    another_desk_asked = Signal()
    new_desk_asked = Signal()
    sample_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("LeadDesk")
        self.setStyleSheet(console_stylesheet(theme))
        self._folder = QLabel()
        self._folder.setProperty("look", "hint")
        self._folder.setTextFormat(Qt.TextFormat.PlainText)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName("Passphrase")
        self.passphrase.setMinimumHeight(48)
        self.passphrase.returnPressed.connect(self._ask)
        self._eye = IconButton(theme, "eye", "Show the passphrase", icon_alone=True)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show_typed)
        self._unlock = QPushButton("Unlock")
        self._unlock.setProperty("look", "main")
        self._unlock.setMinimumHeight(52)
        self._unlock.clicked.connect(self._ask)
        self._error = QLabel()
        self._error.setProperty("look", "caution")
        self._error.setWordWrap(True)
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self._banner = QLabel()
        self._banner.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(_Road(theme))
        layout.addLayout(self._right(), 1)
        self.resize(960, 640)
        self.set_folder(None)

    def set_folder(self, folder: Path | None) -> None:
        """Says which desk is to be opened, by its folder's name."""
        self._folder.setText("No desk chosen yet" if folder is None else f"Desk: {folder.name}")
        self._unlock.setEnabled(folder is not None)
        self._error.setText("")
        self.passphrase.setFocus()

    def set_banner(self, words: str) -> None:
        """Shows the banner for users, before anything is opened."""
        self._banner.setText(words)

    def set_busy(self, *, busy: bool) -> None:
        """Shows that the key is being worked out, and takes no further passphrase meanwhile."""
        self._unlock.setEnabled(not busy)
        self._unlock.setText("Opening…" if busy else "Unlock")
        self.passphrase.setEnabled(not busy)

    def show_error(self, error: KnownError) -> None:
        """Says what happened, what was kept, and what to do."""
        self._error.setText(str(error))
        self.passphrase.setFocus()

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(56, 48, 56, 40)
        column.setSpacing(12)
        title = QLabel("Open the desk")
        title.setProperty("look", "name")
        caption = QLabel("Passphrase")
        caption.setProperty("look", "hint")
        caption.setBuddy(self.passphrase)
        field = QHBoxLayout()
        field.addWidget(self.passphrase, 1)
        field.addWidget(self._eye)
        others = QHBoxLayout()
        others.setSpacing(12)
        for words, signal in (
            ("Another desk", self.another_desk_asked),
            ("New desk", self.new_desk_asked),
            ("Try the sample", self.sample_asked),
        ):
            button = QPushButton(words)
            button.setMinimumHeight(44)
            button.clicked.connect(signal)
            others.addWidget(button, 1)
        banner = QFrame()
        banner.setProperty("look", "sunken")
        inside = QHBoxLayout(banner)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.addWidget(self._banner)
        column.addWidget(title)
        column.addWidget(self._folder)
        column.addSpacing(20)
        column.addWidget(caption)
        column.addLayout(field)
        column.addWidget(self._error)
        column.addSpacing(8)
        column.addWidget(self._unlock)
        column.addLayout(others)
        column.addStretch()
        column.addWidget(banner)
        return column

    def _ask(self) -> None:
        typed = self.passphrase.text()
        if typed and self._unlock.isEnabled():
            # clear() could be undone
            self.passphrase.setText("")
            self._error.setText("")
            self.unlock_asked.emit(typed)

    def _show_typed(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)


class _Road(QWidget):
    """The mark, large: one road that leaves another, in round-ended strokes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedWidth(368)
        self.setAccessibleName("LeadDesk")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), self._theme.color(Token.ACCENT))
            ink = self._theme.color(Token.ON_ACCENT)
            faint = self._theme.color(Token.ON_ACCENT)
            faint.setAlphaF(0.18)
            bottom = float(self.height())
            pen = QPen(faint, 28, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(QPointF(152, bottom * 0.24), QPointF(152, bottom))
            pen.setColor(ink)
            painter.setPen(pen)
            road = QPainterPath(QPointF(152, bottom))
            road.lineTo(152, bottom * 0.86)
            road.cubicTo(152, bottom * 0.7, 284, bottom * 0.72, 284, bottom * 0.56)
            road.lineTo(284, bottom * 0.46)
            painter.drawPath(road)
            painter.setPen(QPen(ink, 20))
            painter.setBrush(self._theme.color(Token.ACCENT))
            painter.drawEllipse(QRectF(261, bottom * 0.39, 46, 46))
            font = painter.font()
            font.setPointSizeF(19)
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(QPointF(40, 72), "LeadDesk")
