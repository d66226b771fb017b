"""The slide of one location priority: both evidence lanes alike, and the planned response."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from leaddesk.policy import dates
from leaddesk.policy.views import PlaceSlide, Voice
from leaddesk.ui.projector.canvas import HEIGHT, UNIT, Box, Hairline, Item, Page, Shape, Style
from leaddesk.ui.projector.rows import marked
from leaddesk.ui.projector.sheet import KICKER, Sheet, sheet
from leaddesk.ui.projector.stacks import (
    COUNT_STYLE,
    SIZES,
    Cell,
    Heading,
    Leaves,
    Row,
    chunks,
    drawn,
    fill,
    heading_lines,
    size_beside,
)
from leaddesk.ui.projector.typeset import (
    BODY,
    LEAST,
    Line,
    Piece,
    Typesetter,
    fewest_lines,
    place,
    stack_height,
)
from leaddesk.ui.theme import Token

_GUTTER = 2 * UNIT
_PADDING = 1.5 * UNIT
_LANE_TOP = 0.9 * UNIT
_LANE_AT_LEAST = 13 * UNIT
_PANEL_AT_LEAST = 8 * UNIT
_FACT_GAP = 3.5 * UNIT
_RESPONSE = "Planned response"
_VOICE_SIZES = (210, BODY, LEAST)
_QUIET = Style(BODY, color=Token.INK_2)


def place_slide(slide: PlaceSlide, width: float, setter: Typesetter) -> tuple[Page, ...]:
    """One place. Lanes and panel page together; each says its own ``1 of 2``."""
    on = sheet(setter, width, slide.frame, _kicker(slide), slide.name)
    stacks: list[Leaves] = []
    with_lanes = bool(slide.told or slide.counted or slide.not_heard_from)
    room = on.content.height - (_LANE_AT_LEAST + UNIT if with_lanes else 0.0)
    panel, height = _panel(on, slide, room)
    if with_lanes:
        bottom = on.content.bottom - (height + 1.05 * UNIT if panel else 0.0)
        stacks += _lanes(on, slide, bottom)
    if panel:
        stacks.append(panel)
    return on.bound(stacks)


def _kicker(slide: PlaceSlide) -> list[Piece]:
    pieces = [Piece(f"Location priority {slide.rank}", KICKER)]
    if slide.change:
        pieces.append(Piece(slide.change.words, _QUIET, marked(slide.change).icon))
    pieces.append(Piece(slide.neighborhood, _QUIET, dotted=True))
    return pieces


@dataclass(frozen=True, slots=True)
class _Lane:
    heading: Heading
    icon: str
    voices: tuple[Voice, ...]
    note: str
    x: float


def _lanes(on: Sheet, slide: PlaceSlide, bottom: float) -> list[Leaves]:
    """Two cards of one width, one height and one heading line, whatever they hold."""
    content = on.content
    width = (content.width - _GUTTER) / 2
    note = f"Not yet heard from: {slide.not_heard_from}" if slide.not_heard_from.strip() else ""
    lanes = (
        _Lane(Heading("What people tell us", "chats-circle-bold"), "users-bold", slide.told, note, content.x),
        _Lane(
            Heading("What is counted", "chart-bar-bold"),
            "clipboard-text-bold",
            slide.counted,
            "",
            content.right - width,
        ),
    )
    inside = width - 2 * _PADDING
    size = _voice_size(on.setter, lanes, inside)
    stacks: list[Leaves] = []
    # Both headings keep room for a count of one digit, or of two where that is not enough.
    for most, widest in ((1, 1), (9, 8), (99, 88)):
        size_of_both, height = size_beside(
            on.setter, [(lane.heading, inside) for lane in lanes], (widest,) * len(lanes)
        )
        sizes, rule = (size_of_both,), max(3.7 * UNIT, _LANE_TOP + height + 0.5 * UNIT)
        stacks = []
        for lane in lanes:
            rows = tuple(_voice_row(on.setter, voice, lane.icon, inside, size) for voice in lane.voices)
            card = Box(lane.x, content.y, width, bottom - content.y)
            stacks += _lane(on.setter, lane, rows, card, sizes=sizes, rule=content.y + rule)
        if max(len(leaves) for leaves in stacks) <= most:
            break
    return stacks


def _lane(
    setter: Typesetter, lane: _Lane, rows: Sequence[Row], card: Box, *, sizes: tuple[int, ...], rule: float
) -> list[Leaves]:
    x, width = card.x + _PADDING, card.width - 2 * _PADDING
    notes = chunks(setter.wrapped(lane.note, _QUIET, width), 2)
    note_height = max((stack_height(lines) for lines in notes), default=0.0)
    note_rule = card.bottom - (note_height + 1.5 * UNIT if notes else 0.35 * UNIT)
    first = rule + 0.35 * UNIT
    columns = fill(rows, note_rule - first)
    ground = Shape(card, Token.SURFACE, UNIT, Token.LINE)
    voices = tuple(
        (
            ground,
            *place(
                heading_lines(setter, lane.heading, width, number, len(columns), sizes=sizes), x, card.y + _LANE_TOP
            ),
            Hairline(Box(x, rule, width, 0.0)),
            *drawn(column, x, first, width, ruled=False),
        )
        for number, column in enumerate(columns, 1)
    )
    noted = tuple(
        (Hairline(Box(x, note_rule, width, 0.0)), *place(lines, x, note_rule + 0.75 * UNIT)) for lines in notes
    )
    return [voices, noted]


def _voice_size(setter: Typesetter, lanes: Sequence[_Lane], width: float) -> int:
    """One type size for both lanes."""

    def lay(size: int) -> tuple[int, int]:
        rows = [_voice_row(setter, voice, lane.icon, width, size) for lane in lanes for voice in lane.voices]
        return size, sum(len(row.cells[0].lines) for row in rows)

    return fewest_lines(_VOICE_SIZES, lay, lambda laid: laid[1])[0]


def _voice_row(setter: Typesetter, voice: Voice, source_icon: str, width: float, size: int) -> Row:
    text = f"“{voice.text}”" if voice.quoted else voice.text
    source = Piece(voice.source, replace(_QUIET, size=min(size, BODY)), source_icon, quiet_icon=True)
    lines = setter.wrapped(text, Style(size), width) + setter.flowed([source], width)
    return Row((Cell(0.0, lines),), 0.0, 0.38 * UNIT)


def _panel(on: Sheet, slide: PlaceSlide, room: float) -> tuple[Leaves, float]:
    """What is decided: the response, who leads it and when it is looked at again; and the panel's height."""
    box = on.content
    review = dates.day_and_month(slide.review) if slide.review else ""
    facts = [
        (name, words)
        for name, words in ((_RESPONSE, slide.response), ("Lead", slide.lead), ("Review", review))
        if words.strip()
    ]
    if not facts:
        return (), 0.0
    columns = _fact_columns(on.setter, facts, box.width - 2 * _PADDING)
    pad = 0.57 * UNIT
    head = KICKER.line()
    tallest = max(line.height for _, lines in columns for line in lines)
    most = max(1, min(4, int((room - head - 2.2 * pad) // tallest)))
    paged = [(x, name, chunks(lines, most)) for (x, lines), (name, _) in zip(columns, facts, strict=True)]
    highest = max(stack_height(lines) for _, _, portions in paged for lines in portions)
    height = head + highest + 2.2 * pad
    if room >= _PANEL_AT_LEAST:
        height = max(height, _PANEL_AT_LEAST)
    card = Box(box.x, box.bottom - height, box.width, height)
    left, top = card.x + _PADDING, card.y + pad
    fixed: list[Item] = [Shape(card, Token.TINT, UNIT, Token.TINT_EDGE)]
    if len(columns) > 1 and facts[0][0] == _RESPONSE:
        at = left + columns[1][0] - _FACT_GAP / 2
        fixed.append(Shape(Box(at, card.y + 1.15 * UNIT, 0.07 * UNIT, height - 2.3 * UNIT), Token.EDGE))
    count = max(len(portions) for _, _, portions in paged)
    leaves = []
    for number in range(count):
        words = tuple(
            item
            for x, name, portions in paged
            for item in (
                *place(_fact_heading(on.setter, name, number, len(portions)), left + x, top),
                *place(portions[min(number, len(portions) - 1)], left + x, top + head),
            )
        )
        leaves.append((*fixed, *words))
    return tuple(leaves), height


def _fact_heading(setter: Typesetter, name: str, number: int, count: int) -> tuple[Line, ...]:
    pieces = [Piece(name, KICKER)]
    if count > 1:
        pieces.append(Piece(f"{min(number + 1, count)} of {count}", COUNT_STYLE))
    return setter.flowed(pieces, HEIGHT)


def _fact_columns(
    setter: Typesetter, facts: Sequence[tuple[str, str]], width: float
) -> list[tuple[float, tuple[Line, ...]]]:
    """Left and lines of each fact: the response as wide as the others let it be."""

    def lay(size: int) -> list[tuple[float, tuple[Line, ...]]]:
        bold = Style(size, bold=True)
        columns, x = [], 0.0
        for (_, words), part in zip(facts, _parts(setter, facts, bold, width), strict=True):
            columns.append((x, setter.wrapped(words, bold, part)))
            x += part + _FACT_GAP
        return columns

    return fewest_lines(SIZES, lay, lambda columns: max(len(lines) for _, lines in columns))


def _parts(setter: Typesetter, facts: Sequence[tuple[str, str]], style: Style, width: float) -> list[float]:
    """Each fact's width: its own, a quarter of the panel at most; the response has what is left."""
    parts = [
        min(width / 4, max(setter.advance(name, KICKER), setter.advance(words, style)) + 1) for name, words in facts
    ]
    if facts[0][0] == _RESPONSE:
        parts[0] = width - sum(parts[1:]) - _FACT_GAP * (len(parts) - 1)
    return parts
