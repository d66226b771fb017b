"""Chips and choosers: painted whole, so that icon, weight and color can differ within one control."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget
from typing_extensions import override

from leaddesk.ui.console.parts import Button, pixmap, px, sized
from leaddesk.ui.theme import Theme, Token


class Segment(NamedTuple):
    """An icon and the words beside it."""

    icon: str
    words: str
    bold: bool = False
    token: Token = Token.INK
    icon_token: Token | None = None


class Colors(NamedTuple):
    """Ground and outline of a chip."""

    ground: Token
    outline: Token
    thickness: float = 1


PLAIN = Colors(Token.SURFACE, Token.EDGE)
ACCENT = Colors(Token.TINT, Token.ACCENT, 2)
ACCENT_OUTLINE = Colors(Token.SURFACE, Token.ACCENT, 2)
LIVE = Colors(Token.LIVE, Token.LIVE)
CAUTION = Colors(Token.CAUTION_TINT, Token.CAUTION, 1.5)

_POINTS = 10.5
_ROOM_POINTS = 11.25


class _Row:
    """Segments one after the other, measured and painted on a widget."""

    def __init__(self, widget: QWidget, points: float, padding: float, segments: Sequence[Segment] = ()) -> None:
        self._widget, self._points, self._padding = widget, points, padding
        self.segments = segments

    def width(self) -> int:
        gaps = 2 * self._gap * max(0, len(self.segments) - 1)
        pad = 2 * px(self._widget, self._padding)
        return round(sum(self._width_of(segment) for segment in self.segments) + gaps + pad) + 2

    def paint(self, painter: QPainter, theme: Theme) -> None:
        middle = self._widget.height() / 2
        x = float(px(self._widget, self._padding))
        for number, segment in enumerate(self.segments):
            if number:
                x += self._gap
                painter.setPen(QPen(theme.color(Token.EDGE), 1))
                half = px(self._widget, 10)
                painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half))
                x += self._gap
            if segment.icon:
                token = segment.icon_token or segment.token
                drawn = pixmap(self._widget, theme, segment.icon, token, self._icon)
                painter.drawPixmap(QPointF(x, middle - px(self._widget, self._icon) / 2), drawn)
                x += px(self._widget, self._icon) + px(self._widget, 6)
            font = sized(self._widget.font(), self._points, bold=segment.bold)
            metrics = QFontMetricsF(font, self._widget)
            painter.setFont(font)
            painter.setPen(theme.color(segment.token))
            painter.drawText(QPointF(x, middle + (metrics.ascent() - metrics.descent()) / 2), segment.words)
            x += metrics.horizontalAdvance(segment.words)

    @property
    def _gap(self) -> float:
        return px(self._widget, 12)

    @property
    def _icon(self) -> float:
        return self._points * 1.6

    def _width_of(self, segment: Segment) -> float:
        metrics = QFontMetricsF(sized(self._widget.font(), self._points, bold=segment.bold), self._widget)
        words = metrics.horizontalAdvance(segment.words)
        return words + (px(self._widget, self._icon) + px(self._widget, 6) if segment.icon else 0)


def paint_pill(widget: QWidget, painter: QPainter, theme: Theme, colors: Colors, *, focused: bool = False) -> None:
    """Paint a widget's ground with round ends; the focus is a thicker outline in ink."""
    thickness = 3.0 if focused else colors.thickness
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(Token.INK if focused else colors.outline), thickness))
    painter.setBrush(theme.color(colors.ground))
    inset = thickness / 2
    rect = QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


class Chip(QWidget):
    """A state as a shape and a word, in a chip."""

    def __init__(self, theme: Theme, *, height: float = 24) -> None:
        super().__init__()
        self._theme, self._colors, self._height = theme, PLAIN, height
        self._row = _Row(self, _POINTS if height >= 28 else _POINTS - 0.75, 10)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, segment: Segment, colors: Colors) -> None:
        """Show one state."""
        self._row.segments, self._colors = (segment,), colors
        self.setAccessibleName(segment.words)
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._row.width(), px(self, self._height))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(self, painter, self._theme, self._colors)
        self._row.paint(painter, self._theme)
        painter.end()


class ChipButton(Button):
    """Several states in one chip that can be pressed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._colors = theme, ACCENT
        self._rows: tuple[_Row, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_states(self, wordings: Sequence[Sequence[Segment]], colors: Colors) -> None:
        """Show states side by side: the first of the wordings that there is room for, else the last."""
        self._rows = tuple(_Row(self, _ROOM_POINTS, 16, segments) for segments in wordings)
        self._colors = colors
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self.update()

    @override
    def sizeHint(self) -> QSize:
        widest = max((row.width() for row in self._rows), default=0)
        return self._size_for(widest).expandedTo(QSize(px(self, 448), 0))

    @override
    def minimumSizeHint(self) -> QSize:
        return self._size_for(min((row.width() for row in self._rows), default=0))

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are shown now."""
        return tuple(segment.words for segment in self._fitting().segments)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(self, painter, self._theme, self._colors, focused=self.hasFocus())
        self._fitting().paint(painter, self._theme)
        side = px(self, 14)
        caret = pixmap(self, self._theme, "caret-down-bold", Token.INK_2, 14)
        painter.drawPixmap(QPointF(self.width() - px(self, 18) - side, (self.height() - side) / 2), caret)
        painter.end()

    def _size_for(self, words: int) -> QSize:
        return QSize(words + px(self, 20), px(self, 40))

    def _fitting(self) -> _Row:
        fitting = (row for row in self._rows if self._size_for(row.width()).width() <= self.width())
        return next(fitting, self._rows[-1] if self._rows else _Row(self, _ROOM_POINTS, 16))


_WIDEST = 190
"""Of a choice's words, on the grid: a long name must not push what it stands beside off the screen."""


class Chooser(QComboBox):
    """A list to choose from that shows what it chooses before the choice: *class* **progress**."""

    def __init__(self, theme: Theme, name: str, *, prefix: str = "") -> None:
        super().__init__()
        self._theme, self._prefix = theme, prefix
        self._icons: dict[str, str] = {}
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str = "") -> None:
        """Offer choices, each an id and words, without saying that anything was chosen."""
        before = self.blockSignals(True)
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.setCurrentIndex(max(0, self.findData(current)) if choices else -1)
        self.blockSignals(before)
        self.setEnabled(bool(choices))
        self.updateGeometry()
        self.update()

    def set_icons(self, icons: dict[str, str]) -> None:
        """Show an icon before each choice, by its id."""
        self._icons = icons
        self.update()

    @property
    def choice(self) -> str:
        """The id of what is chosen, empty for nothing."""
        return str(self.currentData() or "")

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self.update()

    @override
    def sizeHint(self) -> QSize:
        widest = max((self._text_width(self.itemText(i)) for i in range(self.count())), default=0.0)
        icon = px(self, 24) if self._icons else 0
        return QSize(min(round(widest), px(self, _WIDEST)) + icon + px(self, 12 + 32), px(self, 40))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(self._theme.color(Token.ACCENT if focused else Token.EDGE), 2 if focused else 1))
        painter.setBrush(self._theme.color(Token.SURFACE))
        inset = 1.0 if focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
        self._paint_words(painter)
        side = px(self, 14)
        caret = pixmap(self, self._theme, "caret-down-bold", Token.INK_2, 14)
        painter.drawPixmap(QPointF(self.width() - px(self, 10) - side, (self.height() - side) / 2), caret)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        x, middle = float(px(self, 11)), self.height() / 2
        name = self._icons.get(self.choice)
        if name:
            drawn = pixmap(self, self._theme, name, Token.ACCENT, 17)
            painter.drawPixmap(QPointF(x, middle - px(self, 17) / 2), drawn)
            x += px(self, 24)
        for words, bold, token in ((self._prefix, False, Token.INK_2), (self.currentText(), True, Token.INK)):
            if words:
                font = sized(self.font(), _POINTS if self._prefix else _ROOM_POINTS, bold=bold)
                metrics = QFontMetricsF(font, self)
                painter.setFont(font)
                painter.setPen(self._theme.color(token))
                room = self.width() - x - px(self, 28)
                # The list, a tool tip and a screen reader have it whole.
                fitting = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
                painter.drawText(QRectF(x, 0, room, self.height()), _MIDDLE, fitting)
                x += metrics.horizontalAdvance(fitting + " ")

    def _text_width(self, words: str) -> float:
        points = _POINTS if self._prefix else _ROOM_POINTS
        bold = QFontMetricsF(sized(self.font(), points, bold=True), self).horizontalAdvance(words)
        if not self._prefix:
            return bold
        return bold + QFontMetricsF(sized(self.font(), points), self).horizontalAdvance(self._prefix + " ")


_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
