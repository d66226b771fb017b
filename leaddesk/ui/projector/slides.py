"""The slides made of lists: overview, participant, action board and topic."""

from leaddesk.policy import dates
from leaddesk.policy.views import Overview, ParticipantSlide, TopicSlide
from leaddesk.ui.projector.canvas import HEIGHT, UNIT, Box, Page, Shape, Style
from leaddesk.ui.projector.rows import (
    action_rows,
    ask_rows,
    glance_rows,
    line_rows,
    name_rows,
    place_rows,
)
from leaddesk.ui.projector.sheet import KICKER, Sheet, sheet
from leaddesk.ui.projector.stacks import (
    Heading,
    Leaves,
    Listed,
    chunks,
    drawn,
    fill,
    lists,
)
from leaddesk.ui.projector.typeset import (
    FIRST,
    LEAST,
    PROGRESS,
    Line,
    Piece,
    Typesetter,
    fewest_lines,
    place,
    stack_height,
)
from leaddesk.ui.theme import Token

GUTTER = 2 * UNIT
"""Between columns, lanes and cards."""
PADDING = 1.5 * UNIT
"""Inside a panel or card, left and right."""
_GLANCE_PARTS = (19, 24, 25)
"""The overview's columns, as parts of the width between the gutters."""
_NARROW = HEIGHT * 1.5
"""Under this a slide is about 4:3. The overview's columns are then closer and of other parts: each heading stands on
one line with its count, and so does the usual name of a place."""
_NARROW_GUTTER = 1.25 * UNIT
_NARROW_PARTS = (94, 130, 119)
_HEADING_SPACING = (0.21 * UNIT, 0.5 * UNIT)
_ICON_HEADING_SPACING = (0.55 * UNIT, 0.33 * UNIT)


def overview(slide: Overview, width: float, setter: Typesetter) -> tuple[Page, ...]:
    """Today at a glance: participants, places and actions side by side; what is empty leaves no gap."""
    kicker = [Piece(dates.short(slide.when), KICKER), Piece(slide.meeting, KICKER, dotted=True)]
    on = sheet(setter, width, slide.frame, kicker, "Today at a glance", section="Overview")
    lists_of = (slide.participants, slide.places, slide.actions)
    there = [number for number, rows in enumerate(lists_of) if rows]
    gutter, parts = (GUTTER, _GLANCE_PARTS) if width >= _NARROW else (_NARROW_GUTTER, _NARROW_PARTS)
    room = on.content.width - gutter * (len(there) - 1)
    whole = sum(parts[number] for number in there)
    listed = []
    x = on.content.x
    for number in there:
        part = room * parts[number] / whole
        match number:
            case 0:
                heading, rows = "Participants", name_rows(on.setter, slide.participants, part)
            case 1:
                heading, rows = "Location priorities", place_rows(on.setter, slide.places, part)
            case _:
                heading, rows = "Action items", glance_rows(on.setter, slide.actions, part)
        listed.append(Listed(Heading(heading), rows, x, part))
        x += part + gutter
    if not listed:
        return on.bound(())
    return on.bound(lists(on.setter, listed, on.content.y, on.content.bottom, _HEADING_SPACING))


def participant(slide: ParticipantSlide, width: float, setter: Typesetter) -> tuple[Page, ...]:
    """One participant: the progress the room may have on a panel, then asks and open actions."""
    on = sheet(setter, width, slide.frame, [Piece("Participant", KICKER)], slide.name)
    with_lists = bool(slide.asks or slide.actions)
    stacks: list[Leaves] = []
    top, panel_pages = on.content.y, 1
    if any(line.strip() for line in slide.progress):
        panel, height = _progress(on, slide.progress, on.content.height - (13.5 * UNIT if with_lists else 0))
        stacks.append(panel)
        top += height + 1.5 * UNIT
        panel_pages = len(panel)
    if with_lists:
        stacks += lists(on.setter, _asks_and_actions(on, slide), top, on.content.bottom, _ICON_HEADING_SPACING)
    return on.bound(stacks, counted=panel_pages > 1)


def _asks_and_actions(on: Sheet, slide: ParticipantSlide) -> list[Listed]:
    both = bool(slide.asks) and bool(slide.actions)
    part = (on.content.width - GUTTER) / 2 if both else on.content.width
    listed = []
    if slide.asks:
        heading = Heading("Asked of this group", "hand-bold")
        listed.append(Listed(heading, ask_rows(on.setter, slide.asks, part), on.content.x, part))
    if slide.actions:
        heading = Heading("Action items", "check-square-bold")
        rows = action_rows(on.setter, slide.actions, part)
        listed.append(Listed(heading, rows, on.content.right - part, part))
    return listed


def _progress(on: Sheet, progress: tuple[str, ...], room: float) -> tuple[Leaves, float]:
    """The panel's leaves and its height; more lines than there is room for go on with the next page."""
    inside = on.content.width - 2 * PADDING
    pad = 1.1 * UNIT

    def lay(size: int) -> tuple[Line, ...]:
        return tuple(line for text in progress for line in on.setter.wrapped(text, Style(size), inside))

    lines = fewest_lines((PROGRESS, FIRST, LEAST), lay, len)
    most = max(1, int((room - 2 * pad) // lines[0].height))
    portions = chunks(lines, most)
    height = max(stack_height(portion) for portion in portions) + 2 * pad
    box = Box(on.content.x, on.content.y, on.content.width, height)
    ground = Shape(box, Token.TINT, UNIT, Token.TINT_EDGE)
    leaves = tuple((ground, *place(portion, box.x + PADDING, box.y + pad)) for portion in portions)
    return leaves, height


def topic(slide: TopicSlide, width: float, setter: Typesetter) -> tuple[Page, ...]:
    """An item that is neither person nor place: lines that the room may read."""
    on = sheet(setter, width, slide.frame, [Piece(slide.kicker, KICKER)], slide.title)
    lines = tuple(line for line in slide.lines if line.strip())
    rows = line_rows(on.setter, lines, on.content.width)
    leaves = tuple(
        drawn(column, on.content.x, on.content.y, on.content.width) for column in fill(rows, on.content.height)
    )
    return on.bound((leaves,), counted=True)
