"""Lists over pages: rows that fill a column, and columns bound into the pages of a slide.

Whatever may be longer than its room (list, panel, title, footer) becomes *leaves*: what it shows on each page.
Page k of the slide shows leaf k of each; one that has run out stays on its last.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from leaddesk.ui.projector.canvas import UNIT, Box, Hairline, Item, Page, Shape, Style
from leaddesk.ui.projector.typeset import (
    BODY,
    FIRST,
    LEAST,
    Line,
    Piece,
    Typesetter,
    fewest_lines,
    place,
    stack_height,
)
from leaddesk.ui.theme import Token

Leaf = tuple[Item, ...]
Leaves = tuple[Leaf, ...]

SIZES = (FIRST, 210, 200, LEAST)
"""The steps of a row's first line."""
COUNT_STYLE = Style(BODY, color=Token.INK_2)
FULL_PAGE = 35
"""Seven rows of one line weigh as much as five of more."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines, one below the other, that stand so far from the left of their row."""

    x: float
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Row:
    """A row of a list: cells side by side, centered in a slot that grows with them; measured once."""

    cells: tuple[Cell, ...]
    slot: float
    pad: float = 0.25 * UNIT
    """The least room above and below the cells."""

    @cached_property
    def inner(self) -> float:
        """How high the highest cell is."""
        return max((stack_height(cell.lines) for cell in self.cells), default=0.0)

    @cached_property
    def height(self) -> float:
        """How much of the column the row takes."""
        return max(self.slot, self.inner + 2 * self.pad)

    @cached_property
    def weight(self) -> int:
        """Its part of a full page."""
        return FULL_PAGE // (7 if max((len(cell.lines) for cell in self.cells), default=0) <= 1 else 5)

    def items(self, x: float, y: float) -> Leaf:
        """Its items, its top left at that place of the page."""
        top = y + (self.height - self.inner) / 2
        return tuple(item for cell in self.cells for item in place(cell.lines, x + cell.x, top))

    def split(self, room: float) -> tuple["Row", "Row"]:
        """The part that fits and the part that goes on: for a row higher than a whole column."""
        inside = room - 2 * self.pad
        cuts = [(cell, _fitting(cell.lines, inside)) for cell in self.cells]
        here = tuple(Cell(cell.x, cell.lines[:cut]) for cell, cut in cuts)
        rest = tuple(Cell(cell.x, cell.lines[cut:]) for cell, cut in cuts)
        return Row(here, 0.0, self.pad), Row(rest, 0.0, self.pad)


def _fitting(lines: Sequence[Line], room: float) -> int:
    """How many lines fit, but one at least, so that every page goes on."""
    count, height = 0, 0.0
    while count < len(lines) and (count == 0 or height + lines[count].height <= room):
        height += lines[count].height
        count += 1
    return count


def fill(rows: Sequence[Row], room: float) -> tuple[tuple[Row, ...], ...]:
    """Rows over as many columns of a height as they need: never more than seven, or five of two lines, in one."""
    columns: list[list[Row]] = [[]]
    taken, weight = 0.0, 0
    waiting = deque(rows)
    while waiting:
        row = waiting.popleft()
        column = columns[-1]
        if taken + row.height <= room and weight + row.weight <= FULL_PAGE:
            column.append(row)
            taken, weight = taken + row.height, weight + row.weight
        elif column:
            columns.append([])
            taken, weight = 0.0, 0
            waiting.appendleft(row)
        else:
            here, rest = row.split(room)
            column.append(here)
            taken, weight = here.height, here.weight
            if any(cell.lines for cell in rest.cells):
                waiting.appendleft(rest)
    return tuple(tuple(column) for column in columns)


def drawn(rows: Sequence[Row], x: float, y: float, width: float, *, ruled: bool = True) -> Leaf:
    """Rows one below the other, hairlines between them and none after the last."""
    items: list[Item] = []
    for number, row in enumerate(rows):
        if number and ruled:
            items.append(Hairline(Box(x, y, width, 0.0)))
        items += row.items(x, y)
        y += row.height
    return tuple(items)


@dataclass(frozen=True, slots=True)
class Heading:
    """A list's heading: words, and an icon before them perhaps."""

    words: str
    icon: str = ""


def heading_lines(
    setter: Typesetter,
    heading: Heading,
    width: float,
    number: int = 1,
    count: int = 1,
    *,
    sizes: tuple[int, ...] = SIZES,
) -> tuple[Line, ...]:
    """A heading set in a column, with ``2 of 3`` at its right where there is more than one page.

    Room for the longest count is kept on every page, so that the heading stands still.
    """
    reserved = setter.advance(f"{count} of {count}", COUNT_STYLE) + 0.5 * UNIT if count > 1 else 0.0

    def lay(size: int) -> tuple[Line, ...]:
        piece = Piece(heading.words, Style(size, bold=True), heading.icon, quiet_icon=True, large_icon=True)
        return setter.flowed((piece,), width)

    def used(lines: tuple[Line, ...]) -> int:
        return len(lines) + (lines[-1].width + reserved > width)

    lines = fewest_lines(sizes, lay, used)
    if count == 1:
        return lines
    (label,) = setter.wrapped(f"{number} of {count}", COUNT_STYLE, width, to_right=True)
    if used(lines) > len(lines):
        return (*lines, label)
    *above, last = lines
    # Three quarters of a line stand above its letters: so both stand on one baseline.
    down = (last.height - label.height) * 0.75
    return *above, Line(last.height, (*last.items, *(item.moved(0, down) for item in label.items)))


def size_beside(
    setter: Typesetter, headings: Sequence[tuple[Heading, float]], counts: Sequence[int]
) -> tuple[int, float]:
    """The one type size of headings side by side, and how high the highest is.

    Args:
        setter: measures and wraps.
        headings: each with the width of its column.
        counts: how many pages each says that there are.
    """

    def lay(size: int) -> tuple[int, list[tuple[Line, ...]]]:
        each = zip(headings, counts, strict=True)
        return size, [heading_lines(setter, *one, count, count, sizes=(size,)) for one, count in each]

    size, laid = fewest_lines(SIZES, lay, lambda laid: max(map(len, laid[1])))
    return size, max(map(stack_height, laid))


@dataclass(frozen=True, slots=True)
class Listed:
    """A list to be set in a column: its heading, its rows, and the column's left and width."""

    heading: Heading
    rows: tuple[Row, ...]
    x: float
    width: float


def lists(
    setter: Typesetter, listed: Sequence[Listed], top: float, bottom: float, spacing: tuple[float, float]
) -> list[Leaves]:
    """Lists side by side, each under its heading and rule, the rules on one line.

    ``spacing`` is the room between a heading's words and its rule, and that from the rule's top to the rows.
    """
    counts = [1] * len(listed)
    while True:
        size, height = size_beside(setter, [(each.heading, each.width) for each in listed], counts)
        rule = top + height + spacing[0]
        first_row = rule + spacing[1]
        filled = [fill(each.rows, bottom - first_row) for each in listed]
        found = [len(columns) for columns in filled]
        if all(new <= old for new, old in zip(found, counts, strict=True)):
            break
        counts = [max(pair) for pair in zip(found, counts, strict=True)]
    made = []
    for each, columns in zip(listed, filled, strict=True):
        made.append(
            tuple(
                (
                    *place(
                        heading_lines(setter, each.heading, each.width, number, len(columns), sizes=(size,)),
                        each.x,
                        top,
                    ),
                    accent_rule(each.x, rule, each.width),
                    *drawn(rows, each.x, first_row, each.width),
                )
                for number, rows in enumerate(columns, 1)
            )
        )
    return made


def accent_rule(x: float, y: float, width: float) -> Shape:
    """The rule under a heading: a quarter of a unit, its ends round."""
    return Shape(Box(x, y, width, 0.25 * UNIT), Token.ACCENT, 0.125 * UNIT)


def chunks(lines: Sequence[Line], most: int) -> tuple[tuple[Line, ...], ...]:
    """Lines in portions of so many: for a title, panel or footer that would take the page over."""
    return tuple(tuple(lines[start : start + most]) for start in range(0, len(lines), most))


def bind(width: float, stacks: Sequence[Leaves]) -> tuple[Page, ...]:
    """The pages of a slide: as many as its longest stack has leaves."""
    filled = [leaves for leaves in stacks if leaves]
    count = max((len(leaves) for leaves in filled), default=1)
    return tuple(
        Page(
            width=width,
            items=tuple(item for leaves in filled for item in leaves[min(number, len(leaves)) - 1]),
            number=number,
            count=count,
        )
        for number in range(1, count + 1)
    )
