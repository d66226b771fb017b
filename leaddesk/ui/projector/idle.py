"""The idle card: the program, the group, the day and the place. It is public, and it is there at once."""

from leaddesk.policy import dates
from leaddesk.policy.views import IdleCard
from leaddesk.ui.projector.canvas import HEIGHT, LINE_HEIGHT, UNIT, Box, Branch, Item, Page, Style
from leaddesk.ui.projector.stacks import bind, chunks
from leaddesk.ui.projector.typeset import (
    BODY,
    FIRST,
    LEAST,
    Line,
    Piece,
    Typesetter,
    lowered,
    place,
    stack_height,
)
from leaddesk.ui.theme import Token

_NAME_SIZES = (round(HEIGHT / 8), 600, 540, 480, 420, 360, 300, 260, FIRST, LEAST)
_GROUP = round(HEIGHT / 18)
_DRAWING = 20 * UNIT
"""From the drawing's left, and that of the road in it, to the right edge of the card, and a little of margin."""
_BLOCK_MIDDLE = 20.4 * UNIT
_LARGE_LINE = 1.09
"""Lines of large type stand closer."""


def idle(card: IdleCard, width: float, setter: Typesetter) -> tuple[Page, ...]:
    """The card: one page, unless its words are longer than any name."""
    left = width / 20
    room = width - left - _DRAWING - 5.5 * UNIT
    day = [Piece(text, Style(BODY, color=Token.INK_2), dotted=True) for text in _day_and_place(card)]
    foot = chunks(setter.flowed(day, room), 3)
    foot_top = 42.05 * UNIT - max((stack_height(lines) for lines in foot), default=0.0)
    name_room = foot_top - 4 * UNIT
    lines = _name(setter, card, room, name_room)
    portions = _portions(lines, name_room)
    drawing: tuple[Item, ...] = (Branch(Box(width - 23.5 * UNIT, 0.0, 18 * UNIT, HEIGHT)),)
    words = tuple(place(portion, left, _top(portion, foot_top)) for portion in portions)
    return bind(width, ((drawing,), words, tuple(place(lines, left, foot_top) for lines in foot)))


def _day_and_place(card: IdleCard) -> list[str]:
    return [text for text in (dates.long(card.when) if card.when else "", card.where) if text.strip()]


def _name(setter: Typesetter, card: IdleCard, width: float, room: float) -> tuple[Line, ...]:
    """Program, the site's wording and group, in the largest type at which no word is broken and all fits."""
    longest = max((f"{card.program} {card.program_word}").split(), key=len, default="")
    for size in _NAME_SIZES:
        bold = Style(size, bold=True)
        accent = Style(size, bold=True, color=Token.ACCENT)
        program = setter.wrapped(card.program, bold, width)
        word = setter.wrapped(card.program_word, accent, width)
        group = _group(setter, card.group, width, size)
        lines = (*_closer(program), *_closer(word), Line(1.6 * UNIT, ()), *group)
        whole = setter.advance(longest, bold) <= width
        if whole and len(program) <= 2 and len(word) <= 2 and stack_height(lines) <= room:
            break
    return lines


def _group(setter: Typesetter, group: str, width: float, most: int) -> tuple[Line, ...]:
    """The group's name, never larger than the program's, and stepping down rather than wrapping."""
    for size in (_GROUP, 270, 240, FIRST):
        lines = setter.wrapped(group, Style(min(size, most)), width)
        if len(lines) <= 1:
            return lines
    return setter.wrapped(group, Style(LEAST), width)


def _closer(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(lowered(line, line.height * _LARGE_LINE / LINE_HEIGHT) for line in lines)


def _portions(lines: tuple[Line, ...], room: float) -> tuple[tuple[Line, ...], ...]:
    """Lines in portions no higher than their room."""
    portions: list[list[Line]] = [[]]
    for line in lines:
        if portions[-1] and stack_height(portions[-1]) + line.height > room:
            portions.append([])
        portions[-1].append(line)
    return tuple(tuple(portion) for portion in portions)


def _top(lines: tuple[Line, ...], bottom: float) -> float:
    """Where the words begin: about the middle of the card, but clear of its top and of the foot."""
    height = stack_height(lines)
    return max(2 * UNIT, min(_BLOCK_MIDDLE - height / 2, bottom - height - UNIT))
