"""The unlock window: a passphrase, and the ways to another desk. It lists no names."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from leaddesk.errors import KnownError
from leaddesk.ui.appearance import fill, mark_chosen
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.look import console_stylesheet
from leaddesk.ui.console.mark import mark
from leaddesk.ui.console.parts import Button, Icon, IconButton, dress, label, px, set_look, sized
from leaddesk.ui.pause import Pause
from leaddesk.ui.theme import Theme, Token, font_scale

_MARK = 44
_NO_DESK = "No desk yet: make a new one, open one that there is, or try the sample"


class UnlockWindow(QWidget):
    """Asks for the passphrase alone; whose it is shows when it opens."""

    unlock_asked = Signal(str)
    another_desk_asked = Signal()
    new_desk_asked = Signal()
    sample_asked = Signal()
    restore_asked = Signal()
    paper_key_asked = Signal()
    appearance_asked = Signal(object)
    """A `Command` of how LeadDesk looks."""
    font_changed = Signal()
    """The application has another font; this window is there as long as LeadDesk runs, shown or not."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("LeadDesk")
        self.setStyleSheet(console_stylesheet(theme))
        self._folder = QLabel()
        self._folder.setProperty("look", "hint")
        self._folder.setTextFormat(Qt.TextFormat.PlainText)
        self._can_open, self._busy = False, False
        self._pause = Pause(self)
        self._pause.said.connect(self._on_pause)
        self.passphrase = _PassphraseField()
        self.passphrase.returnPressed.connect(self._ask)
        self._eye = IconButton(theme, "eye", "Show the passphrase", look="state", icon_alone=True)
        self._eye.setCheckable(True)
        self._eye.setCursor(Qt.CursorShape.ArrowCursor)
        self._eye.toggled.connect(self._show_typed)
        self._caps = QFrame()
        self._caps.hide()
        self.passphrase.caps_lock.connect(self._caps.setVisible)
        self._unlock = Button("Unlock")
        self._unlock.setProperty("look", "main")
        self._unlock.setMinimumHeight(52)
        self._unlock.clicked.connect(self._ask)
        self._error = QLabel()
        self._error.setProperty("look", "caution")
        self._error.setWordWrap(True)
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self._error.hide()
        self._banner = label(wraps=True)
        self._banner_frame = QFrame()
        self._banner_frame.hide()
        self._theme, self._made_for = theme, font_scale()
        self._others: list[QPushButton] = []
        self.appearance = QMenu(self)
        self.appearance.setAccessibleName("Appearance")
        self._choices = fill(self.appearance, self.appearance_asked.emit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(_Road(theme))
        layout.addLayout(self._right(), 1)
        self.resize(QSize(px(self, 960), px(self, 640)).boundedTo(self.screen().availableSize()))
        self.set_folder(None)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on, with whatever stands over it."""
        self.setStyleSheet(console_stylesheet(theme))
        dress(self, theme)

    def show_appearance(self, chosen: frozenset[Command]) -> None:
        """Marks in the menu how LeadDesk looks now."""
        mark_chosen(self._choices, chosen)

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.ApplicationFontChange:
            self.font_changed.emit()
        return done

    def set_folder(self, folder: Path | None) -> None:
        """Says which desk is to be opened, by its folder's name."""
        self._folder.setText(_NO_DESK if folder is None else f"Desk: {folder.name}")
        self._can_open = folder is not None
        self._say("")
        self._offer()

    @property
    def fits(self) -> bool:
        """Whether it was made for letters as large as they are now."""
        return self._made_for == font_scale()

    @property
    def idle(self) -> bool:
        """Whether nothing is being opened, and nothing stands over it."""
        return not self._busy and QApplication.activeModalWidget() is None

    def set_banner(self, words: str) -> None:
        """Shows the banner for users, before anything is opened."""
        self._banner.setText(words)
        self._banner_frame.setVisible(bool(words))

    def set_busy(self, *, busy: bool) -> None:
        """Shows that the key is being worked out, and takes no further passphrase or desk meanwhile."""
        self._busy = busy
        self._unlock.setText("Opening…" if busy else "Unlock")
        self._offer()

    def show_error(self, error: KnownError) -> None:
        """Says what happened, what was kept, and what to do."""
        self._say(str(error))
        self.passphrase.setFocus()

    def wait(self, seconds: int) -> None:
        """Takes no passphrase for so many seconds, and counts them down in words; 0 takes them again."""
        self._pause.begin(seconds)

    def _on_pause(self, words: str) -> None:
        self._say(words)
        self._offer()

    def say_done(self, words: str) -> None:
        """Says that something was done."""
        self._say(words, "strong")
        self.passphrase.setFocus()

    def _say(self, words: str, look: str = "caution") -> None:
        self._error.setText(words)
        set_look(self._error, look)
        self._error.setVisible(bool(words))
        # A screen reader says it with the field, where the focus is.
        self.passphrase.setAccessibleDescription(words)

    def _offer(self) -> None:
        for other in self._others:
            other.setEnabled(not self._busy)
        may_type = not self._busy and not self._pause.waiting
        for widget in (self.passphrase, self._eye):
            widget.setEnabled(may_type)
        self._unlock.setEnabled(self._can_open and may_type)
        if may_type:
            # A field that was disabled has lost the focus; where there is no desk, making one comes first.
            (self.passphrase if self._can_open else self._new).setFocus()

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(56, 48, 56, 40)
        column.setSpacing(12)
        title = QLabel("Open the desk")
        title.setProperty("look", "name")
        caption = QLabel("Passphrase")
        caption.setProperty("look", "hint")
        caption.setBuddy(self.passphrase)
        field = QHBoxLayout(self.passphrase)
        field.setContentsMargins(0, 0, px(self, 8), 0)
        field.addStretch()
        field.addWidget(self._eye)
        caps = QHBoxLayout(self._caps)
        caps.setContentsMargins(0, 0, 0, 0)
        caps.addWidget(Icon(self._theme, "arrow-fat-line-up-bold", Token.CAUTION))
        caps.addWidget(label("Caps Lock is on", "caution"), 1)
        self._banner_frame.setProperty("look", "sunken")
        inside = QHBoxLayout(self._banner_frame)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(12)
        inside.addWidget(Icon(self._theme, "info-bold", Token.INK_2, 18), alignment=Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self._banner, 1)
        desk = QHBoxLayout()
        desk.setSpacing(8)
        desk.addWidget(Icon(self._theme, "folder-bold", Token.INK_2))
        desk.addWidget(self._folder, 1)
        column.addWidget(title)
        column.addLayout(desk)
        column.addSpacing(20)
        column.addWidget(caption)
        column.addWidget(self.passphrase)
        column.addWidget(self._caps)
        column.addWidget(self._error)
        column.addSpacing(8)
        column.addWidget(self._unlock)
        for row in self._other_ways():
            column.addLayout(row)
        column.addStretch()
        column.addWidget(self._banner_frame)
        return column

    def _other_ways(self) -> tuple[QHBoxLayout, QHBoxLayout]:
        """What else can be done here, and under it what is seldom done."""
        often = (
            ("Another desk", self.another_desk_asked),
            ("New desk", self.new_desk_asked),
            ("Try the sample", self.sample_asked),
        )
        seldom = (("Restore a backup…", self.restore_asked), ("Use the paper key…", self.paper_key_asked))
        rows = (QHBoxLayout(), QHBoxLayout())
        for row, ways in zip(rows, (often, seldom), strict=True):
            row.setSpacing(12)
            for words, signal in ways:
                button = Button(words)
                button.clicked.connect(signal)
                if ways is often:
                    button.setMinimumHeight(44)
                else:
                    button.setProperty("look", "link")
                row.addWidget(button, int(ways is often))
                if words == "New desk":
                    self._new = button
                self._others.append(button)
        look = Button("Appearance")
        look.setAccessibleName("Appearance")
        look.setProperty("look", "link")
        look.setMenu(self.appearance)
        rows[1].addStretch()
        rows[1].addWidget(look)
        return rows

    def _ask(self) -> None:
        typed = self.passphrase.text()
        if typed and self._unlock.isEnabled():
            # clear() could be undone
            self.passphrase.setText("")
            self._eye.setChecked(False)
            self._say("")
            self.unlock_asked.emit(typed)

    def _show_typed(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)
        words = "Hide the passphrase" if shown else "Show the passphrase"
        self._eye.set_icon("eye-slash" if shown else "eye", Token.INK)
        self._eye.setAccessibleName(words)
        self._eye.setToolTip(words)


class _PassphraseField(QLineEdit):
    """A line for a passphrase that notices Caps Lock by what comes of a letter key: Qt doesn't tell its state."""

    caps_lock = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._on: bool | None = None
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName("Passphrase")
        self.setMinimumHeight(px(self, 48))
        self.setTextMargins(0, 0, px(self, 40), 0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._know(None if self._on is None else not self._on)
        elif len(typed) == 1 and typed.lower() != typed.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._know(typed.isupper() != shifted)
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        # Elsewhere it can be switched without a key press arriving here.
        self._know(None)
        super().focusOutEvent(event)

    def _know(self, on: bool | None) -> None:
        self._on = on
        self.caps_lock.emit(bool(on))


class _Road(QWidget):
    """The mark, large: one road that leaves another, in round-ended strokes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        # What is drawn needs the least of it: large letters on a small screen may take the rest.
        self.setMinimumWidth(320)
        self.setMaximumWidth(368)
        self.setAccessibleName("LeadDesk")

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(368, 0)

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
            painter.setFont(sized(painter.font(), 19, bold=True))
            painter.setPen(ink)
            left, metrics = 40, painter.fontMetrics()
            # Large letters take the mark's place.
            if left + _MARK + 14 + metrics.horizontalAdvance("LeadDesk") < self.width():
                # The mark the other way round: its ground is the other's way.
                swapped = replace(self._theme, accent=self._theme.on_accent, on_accent=self._theme.accent)
                painter.drawPixmap(left, 40, mark(swapped, _MARK, self.devicePixelRatio()).pixmap(_MARK, _MARK))
                left += _MARK + 14
            painter.drawText(QPointF(left, 40 + _MARK / 2 + metrics.capHeight() / 2), "LeadDesk")
