"""The rows of the slides' lists: participants, places, actions, asks and plain lines."""

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import TypeVar

from leaddesk.policy import dates
from leaddesk.policy.views import ActionRow, AskRow, Mark, Marked, NameRow, PlaceRow, carried_words
from leaddesk.ui.projector.canvas import UNIT, Box, Shape, Style
from leaddesk.ui.projector.stacks import SIZES, Cell, Row
from leaddesk.ui.projector.typeset import BODY, Line, Piece, Typesetter, closed_up
from leaddesk.ui.theme import Token

SLOT = 5 * UNIT
DATED_SLOT = 6 * UNIT
_SINGLE_SLOT = 25 / 7 * UNIT
_CHIP = 2.7 * UNIT
_SECOND = Style(BODY, color=Token.INK_2)

_ICONS = {
    Mark.OVERDUE: "warning-fill",
    Mark.CARRIED: "repeat-bold",
    Mark.UP: "arrow-up-bold",
    Mark.DOWN: "arrow-down-bold",
    Mark.SAME: "equals-bold",
    Mark.NEW: "plus-bold",
    Mark.OPEN: "square-bold",
    Mark.DONE: "check-square-fill",
    Mark.NOT_POSSIBLE: "minus-circle-bold",
    Mark.NOT_DONE: "x-square-bold",
}
_RANKED = {Mark.UP, Mark.DOWN, Mark.NEW}

R = TypeVar("R")


def marked(mark: Marked) -> Piece:
    """A state as shape and word: overdue in caution, a place's move in accent, the rest in ink."""
    if mark.mark is Mark.OVERDUE:
        style = Style(BODY, bold=True, color=Token.CAUTION)
    elif mark.mark in _RANKED:
        style = Style(BODY, bold=True, color=Token.ACCENT)
    else:
        style = _SECOND
    return Piece(mark.words, style, _ICONS[mark.mark])


def name_rows(setter: Typesetter, names: Sequence[NameRow], width: float) -> tuple[Row, ...]:
    """Participants: a name or a code, set alike, and one line about each."""

    def lay(name: NameRow, size: int) -> Row:
        lines = setter.wrapped(name.name, Style(size, bold=True), width)
        return _row(Cell(0.0, closed_up(lines) + setter.wrapped(_detail(name), _SECOND, width)))

    return _stepped(names, lay)


def place_rows(setter: Typesetter, places: Sequence[PlaceRow], width: float) -> tuple[Row, ...]:
    """Places: the rank on a chip, the name, the neighborhood and how the rank moved."""
    number = Style(BODY, bold=True, color=Token.ACCENT, tabular=True)
    widest = max((setter.advance(str(place.rank), number) for place in places), default=0.0)
    chip = max(_CHIP, widest + UNIT)
    left = chip + UNIT

    def lay(place: PlaceRow, size: int) -> Row:
        lines = setter.wrapped(place.name, Style(size, bold=True), width - left)
        second = [Piece(place.neighborhood, _SECOND)]
        if place.change:
            second.append(marked(place.change))
        lines = closed_up(lines) + setter.flowed(second, width - left)
        return _row(
            Cell(0.0, _chip(setter, place.rank, number, chip, lines)),
            Cell(left, lines),
        )

    return _stepped(places, lay)


def _chip(setter: Typesetter, rank: int, style: Style, width: float, beside: Sequence[Line]) -> tuple[Line, ...]:
    """The rank on its chip, in the middle of the first two lines beside it."""
    height = max(_CHIP, sum(line.height for line in beside[:2]))
    top = (height - _CHIP) / 2
    chip = Shape(Box(0.0, top, width, _CHIP), Token.TINT, 0.55 * UNIT, Token.TINT_EDGE)
    (line,) = setter.wrapped(str(rank), style, width)
    inset = (width - line.width) / 2
    words = tuple(item.moved(inset, top + (_CHIP - line.height) / 2) for item in line.items)
    return (Line(height, (chip, *words)),)


def glance_rows(setter: Typesetter, actions: Sequence[ActionRow], width: float) -> tuple[Row, ...]:
    """Actions in the overview: what, and under it who, by when, and the state."""

    def lay(action: ActionRow, size: int) -> Row:
        second = [Piece(action.owner_short, _SECOND)]
        if action.due:
            second.append(Piece(dates.day_and_month(action.due), _SECOND, dotted=True))
        if action.state:
            second.append(marked(action.state))
        lines = setter.wrapped(action.what, Style(size, bold=True), width)
        return _row(Cell(0.0, closed_up(lines) + setter.flowed(second, width)))

    return _stepped(actions, lay)


def action_rows(
    setter: Typesetter, actions: Sequence[ActionRow], width: float, *, with_owner: bool = True
) -> tuple[Row, ...]:
    """Actions: the date at the right, the state under it; under the words the owner, or how often carried."""
    most = width * 0.42

    def lay(action: ActionRow, size: int) -> Row:
        bold = Style(size, bold=True)
        right: tuple[Line, ...] = ()
        if action.due:
            due = setter.wrapped(dates.day_and_month(action.due), bold, most, to_right=True)
            right += closed_up(due)
        if action.state:
            right += setter.flowed([marked(action.state)], most, to_right=True)
        room = width - _reach(right, most) - (UNIT if right else 0.0)
        lines = setter.wrapped(action.what, bold, room)
        if with_owner:
            lines = closed_up(lines) + setter.wrapped(action.owner, _SECOND, room)
        elif action.carried:
            lines = closed_up(lines) + setter.flowed([marked(_carried(action.carried))], room)
        slot = DATED_SLOT if with_owner else SLOT
        return _row(Cell(0.0, lines), Cell(width - most, right), slot=slot)

    return _stepped(actions, lay)


def ask_rows(setter: Typesetter, asks: Sequence[AskRow], width: float) -> tuple[Row, ...]:
    """What is asked, and of whom; as high as the dated rows beside them."""

    def lay(ask: AskRow, size: int) -> Row:
        lines = setter.wrapped(ask.what, Style(size, bold=True), width)
        return _row(Cell(0.0, closed_up(lines) + setter.wrapped(ask.of_whom, _SECOND, width)), slot=DATED_SLOT)

    return _stepped(asks, lay)


def line_rows(setter: Typesetter, lines: Sequence[str], width: float) -> tuple[Row, ...]:
    """Plain lines, seven a page."""

    def lay(line: str, size: int) -> Row:
        return Row((Cell(0.0, setter.wrapped(line, Style(size), width)),), 4 * UNIT, 0.6 * UNIT)

    return _stepped(lines, lay)


def _row(*cells: Cell, slot: float = SLOT) -> Row:
    single = max(len(cell.lines) for cell in cells) <= 1 and slot == SLOT
    return Row(cells, _SINGLE_SLOT if single else slot)


def _stepped(facts: Sequence[R], lay: Callable[[R, int], Row]) -> tuple[Row, ...]:
    """All rows of a list in one size: the largest in which none needs more lines than in the least.

    The rows of a size are laid out no further than the first that needs more: a list may have hundreds.
    """
    *larger, least = SIZES
    smallest = tuple(lay(fact, least) for fact in facts)
    for size in larger:
        rows = (lay(fact, size) for fact in facts)
        pairs = zip(rows, smallest, strict=True)
        laid = tuple(row for row, _ in takewhile(lambda pair: _lines(pair[0]) <= _lines(pair[1]), pairs))
        if len(laid) == len(smallest):
            return laid
    return smallest


def _lines(row: Row) -> int:
    return sum(len(cell.lines) for cell in row.cells)


def _carried(times: int) -> Marked:
    return Marked(mark=Mark.CARRIED, words=carried_words(times))


def _reach(lines: Sequence[Line], width: float) -> float:
    """How much of a right-hand column its widest line takes."""
    return width - min((item.box.x for line in lines for item in line.items), default=width)


def _detail(row: NameRow) -> str:
    """The second line of a participant: ``Intake due 20 May``."""
    return row.detail if row.due is None else f"{row.detail} {dates.day_and_month(row.due)}"
