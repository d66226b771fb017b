"""Words into lines: measuring, wrapping, and setting pieces of different looks side by side.

Nothing is ever cut. What does not fit on a line goes to the next, a word wider than its column is broken between
letters, and a wrapped text keeps every character.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TypeVar

import fontpkg_atkinson_hyperlegible as atkinson
from PySide6.QtGui import QFont, QFontMetricsF, QRawFont, QTextLayout, QTextOption

from leaddesk.ui.projector.canvas import HEIGHT, UNIT, Box, Glyph, Item, Shape, Style, Text
from leaddesk.ui.theme import Token

T = TypeVar("T")
_Asked = tuple[str, Style, float, bool]

TITLE = round(HEIGHT / 13.5)
PROGRESS = round(HEIGHT / 23.5)
FIRST = round(HEIGHT / 24.5)
BODY = round(HEIGHT / 27)
LEAST = 193
"""The least type size: 1/28 of the height, rounded up."""

_ICON = 1.6 * UNIT
_LARGE_ICON = 2.0 * UNIT
_ICON_GAP = 0.3 * UNIT
_LARGE_ICON_GAP = 0.7 * UNIT
_GAP = 1.0 * UNIT
_DOTTED_GAP = 2.5 * UNIT
_DOT = 0.28 * UNIT
_CLOSER = 0.17 * UNIT


@dataclass(frozen=True, slots=True)
class Piece:
    """A text in one look, with an icon before it perhaps, and what sets it off from the piece before."""

    text: str
    style: Style
    icon: str = ""
    dotted: bool = False
    """Whether a dot stands between the piece before and this one."""
    quiet_icon: bool = False
    """Whether the icon is in the accent, and not in the color of its words."""
    large_icon: bool = False
    """Whether the icon is that of a heading."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line set: its height, and its items from its own top left."""

    height: float
    items: tuple[Item, ...]

    @property
    def width(self) -> float:
        """From the line's left to the right of its last item."""
        return max((item.box.right for item in self.items), default=0.0)


def stack_height(lines: Iterable[Line]) -> float:
    """How high lines are, one below the other."""
    return sum(line.height for line in lines)


def place(lines: Sequence[Line], x: float, y: float) -> tuple[Item, ...]:
    """The items of lines set one below the other from a place on the page."""
    tops = accumulate((line.height for line in lines), initial=y)
    return tuple(item.moved(x, top) for line, top in zip(lines, tops, strict=False) for item in line.items)


def lowered(line: Line, height: float) -> Line:
    """The same line, less high, so that the next stands closer under it."""
    items = tuple(
        replace(item, box=item.box._replace(height=height)) if isinstance(item, Text) else item for item in line.items
    )
    return Line(height, items)


def closed_up(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines of a row's first text, with its second lines to stand close under them."""
    return (*lines[:-1], *(lowered(line, line.height - _CLOSER) for line in lines[-1:]))


def fewest_lines(sizes: Sequence[int], lay: Callable[[int], T], count: Callable[[T], int]) -> T:
    """The type steps down: the layout with the fewest lines, and of those the one in the largest type.

    Args:
        sizes: from the largest to the least; lines of the least are the fewest there can be.
        lay: lays everything out in a size.
        count: how many lines a layout has.
    """
    *larger, least = sizes
    smallest = lay(least)
    fewest = count(smallest)
    for size in larger:
        laid = lay(size)
        if count(laid) <= fewest:
            return laid
    return smallest


_REMEMBERED = 2000
"""Texts that a typesetter remembers set, more than the fullest slide has; as many again are on their way out."""


class Typesetter:
    """Measures and wraps text. It remembers the fonts it has measured with, and the texts it has set last.

    A slide that changes keeps most of its rows: with the same typesetter only what is new is measured.
    """

    def __init__(self) -> None:
        self._wrapped: dict[_Asked, tuple[Line, ...]] = {}
        self._wrapped_before: dict[_Asked, tuple[Line, ...]] = {}
        self._fonts: dict[tuple[Style, bool], tuple[QFont, QFontMetricsF]] = {}
        self._letters: QRawFont | None = None

    def needs_second(self, text: str) -> bool:
        """Whether the first typeface lacks a letter, so that the whole text is set in the second.

        Left to itself Qt would change typeface in the middle of a word.
        """
        if text.isascii():
            return False
        if self._letters is None:
            file = atkinson.ROOT / "files" / "AtkinsonHyperlegible-Regular.ttf"
            self._letters = QRawFont(str(file), 16.0)
        letters = self._letters
        return not all(letters.supportsCharacter(ord(letter)) for letter in text)

    def advance(self, text: str, style: Style) -> float:
        """How wide a text is on one line, in page lengths."""
        return self._measured(style, self.needs_second(text))[1].horizontalAdvance(text)

    def broken(self, text: str, style: Style, width: float) -> tuple[str, ...]:
        """A text cut into lines no wider than ``width``, between words where it can be; they join to the text."""
        font, metrics = self._measured(style, self.needs_second(text))
        if metrics.horizontalAdvance(text) <= width:
            return (text,)
        layout = QTextLayout(text, font)
        layout.setTextOption(_wrapping())
        # Qt counts in UTF-16, Python in characters.
        units = text.encode("utf-16-le", "surrogatepass")
        lines: list[str] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            start, end = line.textStart() * 2, (line.textStart() + line.textLength()) * 2
            lines.append(units[start:end].decode("utf-16-le", "surrogatepass"))
        layout.endLayout()
        return tuple(lines)

    def wrapped(self, text: str, style: Style, width: float, *, to_right: bool = False) -> tuple[Line, ...]:
        """A text of one look set in lines, at the left or the right of a column."""
        clean = " ".join(text.split())
        if not clean:
            return ()
        asked = (clean, style, width, to_right)
        lines = self._wrapped.get(asked) or self._wrapped_before.get(asked)
        if lines is None:
            lines = self._set(clean, style, width, to_right=to_right)
        if asked not in self._wrapped and len(self._wrapped) >= _REMEMBERED:
            self._wrapped_before, self._wrapped = self._wrapped, {}
        self._wrapped[asked] = lines
        return lines

    def _set(self, clean: str, style: Style, width: float, *, to_right: bool) -> tuple[Line, ...]:
        second = self.needs_second(clean)
        metrics = self._measured(style, second)[1]
        parts = self.broken(clean, style, width)
        height = style.line(second=second)
        lines = []
        for number, part in enumerate(parts, 1):
            long = metrics.horizontalAdvance(part.rstrip())
            box = Box(width - long if to_right else 0.0, 0.0, long, height)
            lines.append(Line(height, (Text(box, part, style, second, number < len(parts)),)))
        return tuple(lines)

    def flowed(self, pieces: Iterable[Piece], width: float, *, to_right: bool = False) -> tuple[Line, ...]:
        """Pieces set side by side, each as a whole on the next line where it does not fit on this one."""
        lines: list[Line] = []
        for piece in pieces:
            for line in self._piece(piece, width):
                joined = _side_by_side(lines[-1], line, piece, width) if lines else None
                if joined is not None and not _goes_on(lines[-1]):
                    lines[-1] = joined
                else:
                    lines.append(line)
        return tuple(_pushed(line, width) for line in lines) if to_right else tuple(lines)

    def _piece(self, piece: Piece, width: float) -> tuple[Line, ...]:
        icon, gap = (_LARGE_ICON, _LARGE_ICON_GAP) if piece.large_icon else (_ICON, _ICON_GAP)
        indent = icon + gap if piece.icon else 0.0
        lines = self.wrapped(piece.text, piece.style, width - indent)
        if not piece.icon or not lines:
            return lines
        first, *rest = (Line(line.height, tuple(item.moved(indent, 0) for item in line.items)) for line in lines)
        color = Token.ACCENT if piece.quiet_icon else piece.style.color
        glyph = Glyph(Box(0.0, (first.height - icon) / 2, icon, icon), piece.icon, color)
        return Line(first.height, (glyph, *first.items)), *rest

    def _measured(self, style: Style, second: bool) -> tuple[QFont, QFontMetricsF]:
        if (style, second) not in self._fonts:
            font = style.font(second=second)
            self._fonts[style, second] = font, QFontMetricsF(font)
        return self._fonts[style, second]


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _goes_on(line: Line) -> bool:
    last = line.items[-1]
    return isinstance(last, Text) and last.continues


def _side_by_side(line: Line, more: Line, piece: Piece, width: float) -> Line | None:
    """Both on one line, their bottoms and so their letters level, or ``None`` where they do not fit."""
    gap = _DOTTED_GAP if piece.dotted else _GAP
    start = line.width + gap
    if start + more.width > width:
        return None
    height = max(line.height, more.height)
    items = [item.moved(0, height - line.height) for item in line.items]
    if piece.dotted:
        middle = height - piece.style.line() / 2
        items.append(Shape(Box(line.width + (gap - _DOT) / 2, middle, _DOT, _DOT), piece.style.color, _DOT / 2))
    items += [item.moved(start, height - more.height) for item in more.items]
    return Line(height, tuple(items))


def _pushed(line: Line, width: float) -> Line:
    return Line(line.height, tuple(item.moved(width - line.width, 0) for item in line.items))
