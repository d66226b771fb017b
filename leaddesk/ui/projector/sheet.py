"""What surrounds the content of every slide: kicker and title above, notice, program and clock below."""

from collections.abc import Sequence
from dataclasses import dataclass

from leaddesk.policy.views import Frame
from leaddesk.ui.projector.canvas import HEIGHT, UNIT, Box, Clock, Hairline, Page, Style
from leaddesk.ui.projector.stacks import COUNT_STYLE, Leaves, bind, chunks
from leaddesk.ui.projector.typeset import (
    BODY,
    FIRST,
    LEAST,
    TITLE,
    Line,
    Piece,
    Typesetter,
    fewest_lines,
    place,
    stack_height,
)
from leaddesk.ui.theme import Token

KICKER = Style(BODY, bold=True, color=Token.ACCENT)
_TITLE_SIZES = (TITLE, 360, 320, 290)
_TWO_LINE_TITLE_SIZES = (290, 260)
_WRAPPED_TITLE_SIZES = (240, FIRST, LEAST)
_MOST_TITLE_LINES = 3
_MOST_LINES = 2
"""Of a kicker, notice or footer on one page."""
_FOOT = Style(BODY, color=Token.INK_2)
_CLOCK = Style(BODY)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A slide with its surroundings laid out: what is left for its content, and how its pages are bound."""

    width: float
    content: Box
    above: tuple[Leaves, ...]
    below: tuple[Leaves, ...]
    count_y: float
    setter: Typesetter

    def bound(self, stacks: Sequence[Leaves], *, counted: bool = False) -> tuple[Page, ...]:
        """The slide's pages; ``counted`` where they say ``1 of 3`` above, for want of a heading that could."""
        count = max((len(leaves) for leaves in (*self.above, *stacks, *self.below)), default=1)
        counts = self._counts(count) if counted and count > 1 else ()
        return bind(self.width, (*self.above, counts, *stacks, *self.below))

    def _counts(self, count: int) -> Leaves:
        return tuple(
            place(
                self.setter.wrapped(f"{number} of {count}", COUNT_STYLE, self.content.width, to_right=True),
                self.content.x,
                self.count_y,
            )
            for number in range(1, count + 1)
        )


def sheet(
    setter: Typesetter, width: float, frame: Frame, kicker: Sequence[Piece], title: str, *, section: str = ""
) -> Sheet:
    """Lay out all but the content of a slide ``width`` page lengths wide."""
    margin = width / 20
    inside = width - 2 * margin
    kicker_top = 1.95 * UNIT
    # The kicker leaves room for a count at its right.
    kickers = chunks(setter.flowed(kicker, inside - 9 * UNIT), _MOST_LINES)
    kicker_height = max((stack_height(lines) for lines in kickers), default=0.0)
    titles = chunks(_title(setter, title, inside), _MOST_TITLE_LINES)
    title_top = max(4.05 * UNIT, kicker_top + kicker_height)
    title_height = max((stack_height(lines) for lines in titles), default=0.0)
    top = max(9 * UNIT, title_top + title_height + 0.5 * UNIT)
    foot, foot_top = _foot(setter, frame.program, section, margin, width)
    notices = chunks(setter.wrapped(frame.notice, _FOOT, inside), _MOST_LINES)
    notice_top = foot_top - 0.8 * UNIT - max((stack_height(lines) for lines in notices), default=0.0)
    bottom = notice_top - 0.4 * UNIT if notices else foot_top - UNIT
    return Sheet(
        width=width,
        content=Box(margin, top, inside, bottom - top),
        above=(
            tuple(place(lines, margin, kicker_top) for lines in kickers),
            tuple(place(lines, margin, title_top) for lines in titles),
        ),
        below=(tuple(place(lines, margin, notice_top) for lines in notices), foot),
        count_y=kicker_top,
        setter=setter,
    )


def _title(setter: Typesetter, title: str, width: float) -> tuple[Line, ...]:
    """A title on one line or on two if a large type allows, else on the fewest lines of a smaller one."""

    def lay(size: int) -> tuple[Line, ...]:
        return setter.wrapped(title, Style(size, bold=True), width)

    for sizes, most in ((_TITLE_SIZES, 1), (_TWO_LINE_TITLE_SIZES, 2)):
        lines = fewest_lines(sizes, lay, len)
        if len(lines) <= most:
            return lines
    return fewest_lines(_WRAPPED_TITLE_SIZES, lay, len)


def _foot(setter: Typesetter, program: str, section: str, margin: float, width: float) -> tuple[Leaves, float]:
    """The footer's leaves, and the height at which its rule stands."""
    clock_width = 6 * UNIT
    sections = setter.wrapped(section, _FOOT, 12 * UNIT, to_right=True)
    taken = clock_width + (16 * UNIT if sections else 0.0)
    programs = chunks(setter.wrapped(program, _FOOT, width - 2 * margin - taken), _MOST_LINES) or ((),)
    height = max(_FOOT.line(), *(stack_height(lines) for lines in programs))
    rule = HEIGHT - max(4 * UNIT, height + 1.4 * UNIT)
    top = (rule + HEIGHT - height) / 2 - 0.02 * UNIT
    # The letters at the right stand level with the program's first line, whatever its typeface.
    level = top + (programs[0][0].height - _FOOT.line() if programs[0] else 0.0)
    fixed = (
        *place(sections, width - margin - clock_width - 16.6 * UNIT, level),
        Clock(Box(width - margin - clock_width, level, clock_width, _CLOCK.line()), _CLOCK),
    )
    line = Hairline(Box(margin, rule, width - 2 * margin, 0.0), Token.EDGE)
    return tuple((line, *place(lines, margin, top), *fixed) for lines in programs), rule
