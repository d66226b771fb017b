"""Small pieces that the console's panels are made of."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from leaddesk.ui.icons import icon
from leaddesk.ui.theme import Theme, Token, font_scale

#: A greatest width or height that is none; Qt has the number, PySide6 not its name.
NO_LIMIT = 16_777_215
_ANYWHERE = "\u200b"
"""A space without width, at which a line may end."""
_YIELDING = 64
"""The least width of words that somebody typed."""
_WORD = re.compile(r"([^ -]+)(-*)")
"""A word, or a part of one up to its hyphen: after that a line may end anyway, but not before it."""
_EDGE = QSize(8, 40)
"""What a desktop puts around a window, its title in the first place."""


def px(widget: QWidget, length: float) -> int:
    """A length of the console's grid in pixels, at the font scale."""
    return round(length * font_scale() * widget.logicalDpiY() / 96)


def breakable(words: str, metrics: QFontMetrics, width: int) -> str:
    """The same to the eye, with places to break a word that is wider than its line."""
    return _WORD.sub(
        lambda word: (
            word[0] if metrics.horizontalAdvance(word[0]) <= width else _ANYWHERE.join(_letters(word[1])) + word[2]
        ),
        words,
    )


def _letters(word: str) -> Iterator[str]:
    """Letters with the marks that belong to them."""
    letter = ""
    for sign in word:
        if letter and not unicodedata.combining(sign):
            yield letter
            letter = ""
        letter += sign
    yield letter


def sized(font: QFont, points: float, *, bold: bool = False, tabular: bool = False) -> QFont:
    """The same typeface in another size, at the font scale; ``tabular`` for columns of numbers alone."""
    made = QFont(font)
    made.setPointSizeF(points * font_scale())
    made.setBold(bold)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def label(text: str = "", look: str = "", *, wraps: bool = False) -> QLabel:
    """A label whose text is plain, whatever it holds, with one of the stylesheet's looks."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if look:
        made.setProperty("look", look)
    return made


def yielding(made: QLabel) -> QLabel:
    """The same label, where whatever somebody typed may stand: a word without end is cut and pushes nothing aside."""
    made.setMinimumWidth(px(made, _YIELDING))
    return made


def framed(look: str) -> QFrame:
    """A frame with one of the stylesheet's grounds or cards."""
    made = QFrame()
    set_look(made, look)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def set_look(widget: QWidget, look: str) -> None:
    """Give a widget another of the stylesheet's looks."""
    if widget.property("look") != look:
        widget.setProperty("look", look)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def hairline() -> QFrame:
    """A thin line between rows."""
    return framed("hairline")


class _Scrolling(QScrollArea):
    """Leaves every key to what is around it: in the console they are commands, and Tab brings into view."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


def scrolling(page: QWidget) -> QScrollArea:
    """A page that fills the place it is given, and scrolls where that is too small for it."""
    made = _Scrolling()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(page)
    return made


class Snug(QScrollArea):
    """As high as what it holds, unless there is less room."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    @override
    def sizeHint(self) -> QSize:
        held = self.widget()
        assert held is not None
        return held.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(self, 240), px(self, 64))


def open_at(window: QWidget, width: float, height: float) -> None:
    """Give a window that opens a size on the console's grid, but never more than its screen has."""
    room = window.screen().availableSize() - _EDGE
    window.resize(QSize(px(window, width), px(window, height)).boundedTo(room))


def empty(layout: QLayout) -> None:
    """Take everything out of a layout, for good."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            # Hidden first: a widget that waits to be deleted must not be found by Tab or by a screen reader.
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


@runtime_checkable
class Dressed(Protocol):
    """What paints with the theme's colors itself: a widget, or what paints or fills the rows of one."""

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""


def dress(root: QWidget, theme: Theme) -> None:
    """Hand a theme to everything under a window that paints with it."""
    for child in root.findChildren(QObject):
        if isinstance(child, Dressed):
            child.set_theme(theme)


def pixmap(widget: QWidget, theme: Theme, name: str, token: Token, size: float) -> QPixmap:
    """An icon as pixels for a widget's screen."""
    side = px(widget, size)
    return icon(name, theme.color(token)).pixmap(QSize(side, side), widget.devicePixelRatio())


class Icon(QLabel):
    """An icon beside words that say the same; it says nothing to a screen reader."""

    def __init__(self, theme: Theme, name: str = "", token: Token = Token.INK, size: float = 16) -> None:
        super().__init__()
        self._theme, self._name, self._token, self._size = theme, name, token, size
        self._draw()

    def set_icon(self, name: str, token: Token = Token.INK) -> None:
        """Show another icon; none for an empty name."""
        self._name, self._token = name, token
        self._draw()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self._draw()

    def _draw(self) -> None:
        if self._name:
            self.setPixmap(pixmap(self, self._theme, self._name, self._token, self._size))
        else:
            self.clear()
        self.setFixedSize(px(self, self._size), px(self, self._size))


_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Button(QPushButton):
    """A push button that Enter presses as Space does, once a press: a key held down does no second thing."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


class IconButton(Button):
    """A push button with an icon, and words unless they are only its accessible name."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        words: str,
        *,
        token: Token = Token.INK,
        size: float = 18,
        look: str = "",
        icon_alone: bool = False,
    ) -> None:
        # The space keeps icon and words apart: Qt sets them too close.
        super().__init__("" if icon_alone else words if look == "link" else f" {words}")
        self._theme, self._name, self._token = theme, name, token
        side = px(self, size)
        self.setIconSize(QSize(side, side))
        self.setAccessibleName(words.replace("&", ""))
        if icon_alone:
            self.setToolTip(words)
        if look:
            self.setProperty("look", look)
        self.set_theme(theme)

    def set_icon(self, name: str, token: Token) -> None:
        """Show another icon."""
        self._name, self._token = name, token
        self.set_theme(self._theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self.setIcon(icon(self._name, theme.color(self._token)))


class KeyButton(Button):
    """A push button that shows its key before its words."""

    def __init__(self, key: str, words: str, *, look: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(px(self, 8), px(self, 4), px(self, 16), px(self, 4))
        row.setSpacing(px(self, 8))
        self._cap, self._words = label(look="key"), label()
        for part in (self._cap, self._words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part)
        self.say(key, words)
        if look:
            self.setProperty("look", look)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, key: str, words: str) -> None:
        """Shows another key and other words; no key where it is empty."""
        self._cap.setText(key)
        self._cap.setVisible(bool(key))
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(key)
        self.setToolTip(f"{words} ({key})" if key else words)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint().expandedTo(QSize(0, px(self, 32)))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def key_hints(hints: Iterable[tuple[str, str]]) -> QWidget:
    """A row of key caps with what each does; it wraps nowhere and needs no focus."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(made, 6))
    for key, words in hints:
        row.addWidget(label(key, "key"))
        row.addWidget(label(words, "hint"))
        row.addSpacing(px(made, 9))
    row.addStretch()
    return made
