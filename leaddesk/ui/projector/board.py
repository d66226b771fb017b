"""The action board: open actions by owner, down one column and then the other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from leaddesk.policy.views import ActionBoard, OwnerGroup
from leaddesk.ui.projector.canvas import UNIT, Box, Hairline, Item, Page, Style
from leaddesk.ui.projector.rows import action_rows
from leaddesk.ui.projector.sheet import KICKER, sheet
from leaddesk.ui.projector.stacks import FULL_PAGE, Cell, Leaf, Row, accent_rule
from leaddesk.ui.projector.typeset import BODY, FIRST, Line, Piece, Typesetter
from leaddesk.ui.theme import Token

_GUTTER = 2 * UNIT
_BETWEEN_OWNERS = 0.75 * UNIT


def action_board(slide: ActionBoard, width: float, setter: Typesetter) -> tuple[Page, ...]:
    """The board's pages, in the order of the view: overdue first, then by owner."""
    on = sheet(setter, width, slide.frame, [Piece("Action items", KICKER)], "Open actions")
    part = (on.content.width - _GUTTER) / 2
    columns = _columns(on.setter, slide.groups, part, on.content.height)
    leaves: list[Leaf] = []
    for left, right in zip(columns[::2], [*columns[1::2], _Column()], strict=False):
        leaves.append(
            (
                *left.items(on.content.x, on.content.y, part),
                *right.items(on.content.right - part, on.content.y, part),
            )
        )
    return on.bound((tuple(leaves),), counted=True)


@dataclass(slots=True)
class _Column:
    """A column being filled: rows, each under a hairline, under a gap, or right under its owner."""

    entries: list[tuple[Row, float, bool]] = field(default_factory=list)
    height: float = 0.0
    weight: int = 0

    def add(self, row: Row, *, gap: float = 0.0, ruled: bool = False, weight: int = 0) -> None:
        """Put a row under the last."""
        self.entries.append((row, self.height + gap, ruled))
        self.height += gap + row.height
        self.weight += weight

    def items(self, x: float, y: float, width: float) -> Leaf:
        """The column's items, its top left at that place of the page."""
        items: list[Item] = []
        for row, top, ruled in self.entries:
            if ruled:
                items.append(Hairline(Box(x, y + top, width, 0.0)))
            items += row.items(x, y + top)
        return tuple(items)


def _columns(setter: Typesetter, groups: Sequence[OwnerGroup], width: float, room: float) -> list[_Column]:
    """Owners down the columns; one whose actions go on in the next column is named there again."""
    every = iter(
        action_rows(setter, [action for group in groups for action in group.actions], width, with_owner=False)
    )
    columns = [_Column()]
    for group in groups:
        waiting = list(islice(every, len(group.actions)))
        continued = False
        while waiting:
            column = columns[-1]
            heading = _owner(setter, group.owner, width, continued=continued)
            placed = _fill_group(column, heading, waiting, room)
            waiting = waiting[placed:]
            if placed:
                continued = True
            elif not column.entries:
                column.add(heading)
                here, rest = waiting[0].split(room - heading.height)
                column.add(here, weight=FULL_PAGE)
                waiting[0:1] = [rest] if any(cell.lines for cell in rest.cells) else []
                continued = True
            if waiting:
                columns.append(_Column())
    return columns


def _fill_group(column: _Column, heading: Row, rows: Sequence[Row], room: float) -> int:
    """Put an owner and as many of their rows as fit into a column; how many that were."""
    gap = _BETWEEN_OWNERS if column.entries else 0.0
    left = room - column.height - gap - heading.height
    placed = 0
    for row in rows:
        if row.height > left or column.weight + row.weight > FULL_PAGE:
            break
        if not placed:
            column.add(heading, gap=gap)
        column.add(row, ruled=placed > 0, weight=row.weight)
        left -= row.height
        placed += 1
    return placed


def _owner(setter: Typesetter, owner: str, width: float, *, continued: bool) -> Row:
    pieces = [Piece(owner, Style(FIRST, bold=True))]
    if continued:
        pieces.append(Piece("continued", Style(BODY, color=Token.INK_2)))
    lines = setter.flowed(pieces, width)
    rule = Line(0.46 * UNIT, (accent_rule(0.0, 0.21 * UNIT, width),))
    return Row((Cell(0.0, (*lines, rule)),), 0.0, 0.0)
