"""What a page is made of, and the one function that paints it, on the projector and in the console alike.

A page is laid out once, in lengths of its own: it is 45 units high and `UNIT` lengths go to a unit. Painting only
scales it, so a thumbnail cannot differ from the projector. What is painted and what `Page.texts` tells are the same
objects.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple, Self

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QTransform
from typing_extensions import override

from leaddesk.ui import icons
from leaddesk.ui.theme import SECOND_TYPEFACE, TYPEFACE, Theme, Token

UNIT = 120.0
"""Lengths to a grid unit. 120 makes the sizes of the type scale whole pixels of a font: 1/27 of the height is 200."""
HEIGHT = 45 * UNIT
LINE_HEIGHT = 1.25
_ANY_SIZE = 200
_BASELINE = 0.94
"""Where in a line the letters stand, as a part of the type size below the line's top."""
_TALLER = 0.19
"""How much more a line of the second typeface needs above, for capitals that carry two marks, such as ``Ẫ``."""


class Box(NamedTuple):
    """A rectangle on a page, in page lengths."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The first length to the right of the box."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The first length below the box."""
        return self.y + self.height

    def moved(self, x: float, y: float) -> "Box":
        """The same box, further right and down."""
        return Box(self.x + x, self.y + y, self.width, self.height)

    def holds(self, other: "Box", *, slack: float = 0.01) -> bool:
        """Whether the other box lies inside this one."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def rect(self) -> QRectF:
        """The box as Qt wants it."""
        return QRectF(*self)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: type size in page lengths, weight, color, and figures of one width for numbers."""

    size: int
    bold: bool = False
    color: Token = Token.INK
    tabular: bool = False

    def line(self, *, second: bool = False) -> float:
        """The height of a line of this type; in both typefaces the letters stand as far above its bottom."""
        return (LINE_HEIGHT + _TALLER * second) * self.size

    def baseline(self, *, second: bool = False) -> float:
        """How far under a line's top its letters stand."""
        return (_BASELINE + _TALLER * second) * self.size

    def font(self, *, second: bool = False) -> QFont:
        """The font that measures and paints this style, of the second typeface where the first lacks a letter."""
        font = QFont()
        font.setFamilies([SECOND_TYPEFACE, TYPEFACE] if second else [TYPEFACE, SECOND_TYPEFACE])
        font.setPixelSize(self.size)
        font.setBold(self.bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if self.tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font


@dataclass(frozen=True, slots=True)
class _Placed:
    """Something that stands in a box."""

    box: Box

    def moved(self, x: float, y: float) -> Self:
        """The same thing, further right and down."""
        return replace(self, box=self.box.moved(x, y)) if x or y else self


@dataclass(frozen=True, slots=True)
class Text(_Placed):
    """One line of text; ``lines`` of a wrapped text join to the whole without a character lost."""

    text: str
    style: Style
    second: bool = False
    """Whether it is set in the second typeface."""
    continues: bool = False
    """Whether the text goes on in the next `Text` of the page."""

    @override
    def moved(self, x: float, y: float) -> "Text":
        # There are thousands on a long slide, and `replace` takes four times as long.
        return Text(self.box.moved(x, y), self.text, self.style, self.second, self.continues)


@dataclass(frozen=True, slots=True)
class Clock(_Placed):
    """Where the time of day stands, at the right of its box; the time itself comes with painting."""

    style: Style


@dataclass(frozen=True, slots=True)
class Glyph(_Placed):
    """An icon of the ``ph`` set in a square box."""

    name: str
    color: Token

    @override
    def moved(self, x: float, y: float) -> "Glyph":
        return Glyph(self.box.moved(x, y), self.name, self.color)


@dataclass(frozen=True, slots=True)
class Shape(_Placed):
    """A filled box with round corners: card, chip, rule or dot."""

    fill: Token
    radius: float = 0.0
    outline: Token | None = None

    @override
    def moved(self, x: float, y: float) -> "Shape":
        return Shape(self.box.moved(x, y), self.fill, self.radius, self.outline)


@dataclass(frozen=True, slots=True)
class Hairline(_Placed):
    """A thin line along the top of its box, one pixel at least."""

    color: Token = Token.LINE


@dataclass(frozen=True, slots=True)
class Branch(_Placed):
    """The idle card's drawing: a road, and a way that leaves it and arrives."""


Item = Text | Clock | Glyph | Shape | Hairline | Branch


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One finished page."""

    width: float
    """In page lengths; the height is always `HEIGHT`."""
    items: tuple[Item, ...]
    number: int = 1
    count: int = 1
    black: bool = False

    def texts(self, clock_text: str = "") -> tuple[str, ...]:
        """Every text painted, in reading order, wrapped lines joined; with the time where the page has a clock."""
        told: list[str] = []
        joined = ""
        for item in self.items:
            if isinstance(item, Text):
                joined += item.text
                if not item.continues:
                    told.append(joined)
                    joined = ""
            elif isinstance(item, Clock) and clock_text:
                told.append(clock_text)
        if joined:
            told.append(joined)
        return tuple(told)


def black_page(width: float) -> Page:
    """A page that shows nothing at all."""
    return Page(width=width, items=(), black=True)


def paint(page: Page, painter: QPainter, rect: QRectF, theme: Theme, clock_text: str = "") -> None:
    """Paint a page into a rectangle: as large as fits, in the middle, its ground all around."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, Qt.GlobalColor.black if page.black else theme.color(Token.PAPER))
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    scale = min(rect.width() / page.width, rect.height() / HEIGHT)
    painter.translate(rect.center().x() - page.width * scale / 2, rect.center().y() - HEIGHT * scale / 2)
    painter.scale(scale, scale)
    _paint_items(page.items, painter, theme, clock_text)
    painter.restore()


def _paint_items(items: Iterable[Item], painter: QPainter, theme: Theme, clock_text: str) -> None:
    for item in items:
        match item:
            case Text():
                _paint_text(painter, theme, item)
            case Clock(box=box, style=style):
                painter.setFont(style.font())
                painter.setPen(theme.color(style.color))
                width = painter.fontMetrics().horizontalAdvance(clock_text)
                painter.drawText(QPointF(box.right - width, box.y + style.baseline()), clock_text)
            case Glyph():
                _paint_glyph(painter, theme, item)
            case Shape():
                _paint_shape(painter, theme, item)
            case Hairline():
                _paint_hairline(painter, theme, item)
            case Branch(box=box):
                _paint_branch(painter, theme, box)


def _paint_text(painter: QPainter, theme: Theme, item: Text) -> None:
    painter.setFont(item.style.font(second=item.second))
    painter.setPen(theme.color(item.style.color))
    painter.drawText(
        QPointF(item.box.x, item.box.y + item.style.baseline(second=item.second)), drawable(item.text.rstrip())
    )


def drawable(text: str) -> str:
    """The text as it can be painted: ``?`` for each character that no typeface here has, as on paper; never a box."""
    return text if text.isascii() else "".join(each if _is_drawn(each) else "?" for each in text)


@cache
def _is_drawn(character: str) -> bool:
    """Whether some typeface has it, the shipped ones or the system's; what only joins or parts letters needs none."""
    unseen = unicodedata.category(character) in {"Cf", "Zs"}
    return unseen or QFontMetrics(Style(_ANY_SIZE).font()).inFontUcs4(ord(character))


def _paint_glyph(painter: QPainter, theme: Theme, item: Glyph) -> None:
    painter.setFont(icons.font(round(item.box.height)))
    painter.setPen(theme.color(item.color))
    # An icon fills its em, and the em stands on the baseline.
    painter.drawText(QPointF(item.box.x, item.box.bottom), icons.sign(item.name))


def _paint_hairline(painter: QPainter, theme: Theme, item: Hairline) -> None:
    """Paint it on whole pixels: between two it would be a blur."""
    on_screen = painter.transform().mapRect(QRectF(*item.box[:3], 0.055 * UNIT))
    top, thickness = round(on_screen.y()), max(1, round(on_screen.height()))
    painter.save()
    painter.setWorldTransform(QTransform())
    painter.fillRect(QRectF(on_screen.x(), top, on_screen.width(), thickness), theme.color(item.color))
    painter.restore()


def _paint_shape(painter: QPainter, theme: Theme, item: Shape) -> None:
    painter.setBrush(theme.color(item.fill))
    rect = item.box.rect()
    if item.outline is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        width = max(0.08 * UNIT, 1 / painter.transform().m11())
        painter.setPen(QPen(theme.color(item.outline), width))
        rect.adjust(width / 2, width / 2, -width / 2, -width / 2)
    painter.drawRoundedRect(rect, item.radius, item.radius)


def _paint_branch(painter: QPainter, theme: Theme, box: Box) -> None:
    """Paint it in a box 18 units wide and as high as the page."""
    road = QRectF(box.x, box.y, 3 * UNIT, box.height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(road, theme.color(Token.TINT))
    if theme.tint_edge != theme.tint:
        painter.setPen(QPen(theme.color(Token.TINT_EDGE), 0.08 * UNIT))
        painter.drawRect(road)
    way = QPainterPath(QPointF(box.x + 1.5 * UNIT, box.bottom))
    way.lineTo(box.x + 1.5 * UNIT, 38 * UNIT)
    way.cubicTo(
        QPointF(box.x + 1.5 * UNIT, 27 * UNIT),
        QPointF(box.x + 14.5 * UNIT, 30 * UNIT),
        QPointF(box.x + 14.5 * UNIT, 19 * UNIT),
    )
    way.lineTo(box.x + 14.5 * UNIT, 14 * UNIT)
    pen = QPen(theme.color(Token.ACCENT), 3 * UNIT)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.strokePath(way, pen)
    painter.setPen(QPen(theme.color(Token.ACCENT), 1.5 * UNIT))
    painter.setBrush(QBrush(theme.color(Token.SURFACE)))
    painter.drawEllipse(QPointF(box.x + 14.5 * UNIT, 11.5 * UNIT), 2.75 * UNIT, 2.75 * UNIT)
