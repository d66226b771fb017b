"""The stage: exactly what the room sees, and the next item as this room would see it."""

from datetime import timedelta

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from leaddesk.policy.desk_views import Screen, Stage, Upcoming
from leaddesk.ui.console.chips import ACCENT_OUTLINE, Chip, Segment
from leaddesk.ui.console.keys import Command, cap
from leaddesk.ui.console.parts import Icon, IconButton, key_hints, label, px, set_look
from leaddesk.ui.console.states import SCREENS
from leaddesk.ui.projector.canvas import HEIGHT, Page
from leaddesk.ui.projector.pages import Layouts, blank
from leaddesk.ui.projector.thumbnail import SlideThumbnail
from leaddesk.ui.theme import Theme, Token

_MARGIN = 21
_AROUND = 116
"""The height of everything on the stage but the two thumbnails."""
_AROUND_COMPACT = 48
"""The same where the thumbnails stand side by side."""
_FRAME = 6
_SEEN = {Screen.LIVE: "exactly what they see", Screen.FROZEN: "exactly what they see, held"}


class StagePanel(QFrame):
    """Two slides painted by the projector's own code from the projector's own views, and how to move on."""

    page_asked = Signal(int)
    """By how many pages to turn the live slide: 1 on, -1 back."""

    def __init__(self, projector_theme: Theme, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "stage")
        self._projector = QSize(1920, 1080)
        self._layouts = Layouts()
        self._stage: Stage | None = None
        self._upcoming = Upcoming(slide=None, appears="")
        self._clock = ""
        self._compact = False
        self._live = SlideThumbnail("Live", projector_theme, theme)
        self._next = SlideThumbnail("Next", projector_theme, theme)
        self._chip, self._next_chip = Chip(theme), Chip(theme)
        self._next_chip.show_state(Segment("arrow-right-bold", "NEXT", bold=True, token=Token.ACCENT), ACCENT_OUTLINE)
        self._seen = label(look="hint")
        self._timer, self._next_as = label(look="strong-hint"), label(look="strong-hint")
        self._alarm = Icon(theme, "alarm-fill", Token.CAUTION)
        self._alarm.hide()
        self._pages = label(look="strong-hint")
        self._before = IconButton(theme, "caret-left-bold", "Page before", size=14, look="state", icon_alone=True)
        self._after = IconButton(theme, "caret-right-bold", "Next page", size=14, look="state", icon_alone=True)
        self._before.clicked.connect(lambda: self.page_asked.emit(-1))
        self._after.clicked.connect(lambda: self.page_asked.emit(1))
        self._seen_next = label("as this room would see it", "hint")
        self._nothing = label("Nothing comes after this item.", "hint")
        self._lay_out()

    def show_stage(self, stage: Stage) -> None:
        """Show what is live as it is now."""
        if stage == self._stage:
            return
        self._stage = stage
        segment, colors = SCREENS[stage.screen]
        self._chip.show_state(segment, colors)
        told = "nobody sees this" if stage.screen is Screen.NONE else "what they see"
        self._seen.setText(_SEEN.get(stage.screen, told))
        self._draw_live()

    def show_upcoming(self, upcoming: Upcoming) -> None:
        """Show what comes next as it is now."""
        if upcoming == self._upcoming:
            return
        self._upcoming = upcoming
        self._next_as.setText(upcoming.appears)
        self._nothing.setVisible(upcoming.slide is None)
        self._draw_next()

    def show_time(self, clock: str, live_spent: timedelta | None, planned: int) -> None:
        """Show the time of day, how long the live item has been live, and the minutes planned for it."""
        over = live_spent is not None and planned > 0 and live_spent >= timedelta(minutes=planned)
        self._alarm.setVisible(over)
        set_look(self._timer, "caution-hint" if over else "strong-hint")
        if live_spent is None:
            self._timer.setText("")
        else:
            seconds = max(0, int(live_spent.total_seconds()))
            # As short as it is while there is time: the stage must not grow when it is up.
            seconds -= 60 * planned * over
            spent = f"{seconds // 60}:{seconds % 60:02d}"
            self._timer.setText(f"{spent} over" if over else f"{spent} of {planned} min")
        if clock != self._clock:
            self._clock = clock
            self._draw()

    def lay_out_with(self, layouts: Layouts) -> None:
        """Use what the projector lays out: its slides are these."""
        self._layouts = layouts

    def set_projector(self, size: QSize) -> None:
        """Lay slides out for a projector of that size; only the ratio of the size counts."""
        if size != self._projector:
            self._projector = size
            self._draw()

    def set_compact(self, *, compact: bool) -> None:
        """Put the slides side by side, without hints, or back one over the other."""
        self._compact = compact
        direction = QBoxLayout.Direction.LeftToRight if compact else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(direction)
        for part in (self._seen, self._seen_next, self._hints):
            part.setVisible(not compact)
        self._fit()

    @property
    def live_texts(self) -> tuple[str, ...]:
        """Every text on the live page: what the room reads now."""
        return self._live.page.texts(self._clock) if self._live.page else ()

    @property
    def next_texts(self) -> tuple[str, ...]:
        """Every text on the next page as this room would read it."""
        return self._next.page.texts(self._clock) if self._next.page else ()

    def width_for(self, height: int) -> int:
        """The width at which both slides fill a stage of that height."""
        thumbnail = (height - px(self, _AROUND)) // 2
        return round((thumbnail - _FRAME) * self._ratio) + _FRAME + 2 * px(self, _MARGIN)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(self, 256), px(self, 96))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def _ratio(self) -> float:
        page = self._live.page
        return page.width / HEIGHT if page else 16 / 9

    def _live_pages(self) -> tuple[Page, ...]:
        assert self._stage is not None
        if self._stage.screen is Screen.BLANK:
            return (blank(self._projector),)
        return self._layouts.pages(self._stage.live, self._projector)

    def _draw(self) -> None:
        self._draw_live()
        self._draw_next()

    def _draw_live(self) -> None:
        if self._stage is None:
            return
        pages = self._live_pages()
        number = min(self._stage.live_page, len(pages) - 1)
        shown = self._stage.screen in {Screen.LIVE, Screen.FROZEN}
        self._live.show_page(pages[number], live=shown, clock_text=self._clock)
        for part in (self._before, self._pages, self._after):
            part.setVisible(len(pages) > 1 and self._stage.screen is not Screen.NONE)
        self._pages.setText(f"{number + 1} of {len(pages)}")
        self._pages.setAccessibleName(f"page {number + 1} of {len(pages)}")
        self._before.setEnabled(number > 0)
        self._after.setEnabled(number < len(pages) - 1)
        self._fit()

    def _draw_next(self) -> None:
        slide = self._upcoming.slide
        following = self._layouts.pages(slide, self._projector)[0] if slide is not None else None
        self._next.show_page(following, clock_text=self._clock)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() - 2 * px(self, _MARGIN)
        high = self.height()
        if self._compact:
            wide, high = (wide - px(self, 8)) // 2, high - px(self, _AROUND_COMPACT)
        else:
            high = (high - px(self, _AROUND)) // 2
        width = max(px(self, 96), min(wide, round((high - _FRAME) * self._ratio) + _FRAME))
        for thumbnail in (self._live, self._next):
            thumbnail.setFixedSize(width, thumbnail.heightForWidth(width))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(self, _MARGIN), px(self, 9), px(self, _MARGIN), px(self, 8))
        column.setSpacing(0)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._halves.setSpacing(px(self, 8))
        live = self._head(self._chip, self._seen, self._before, self._pages, self._after, self._alarm, self._timer)
        self._halves.addWidget(_half(live, self._live))
        following = self._head(self._next_chip, self._seen_next, self._next_as)
        self._halves.addWidget(_half(following, self._next, self._nothing))
        column.addLayout(self._halves)
        column.addStretch(1)
        hints = ((Command.NEXT, "next live"), (Command.BLANK, "blank"), (Command.FREEZE, "freeze"))
        caps = [(cap(command), words) for command, words in (*hints, (Command.FIND, "find or do"))]
        self._hints = key_hints(caps)
        self._hints.setContentsMargins(px(self, 2), 0, 0, 0)
        column.addWidget(self._hints)

    def _head(self, chip: Chip, words: QWidget, *right: QWidget) -> QWidget:
        made = QWidget()
        made.setFixedHeight(px(made, 24))
        row = QHBoxLayout(made)
        row.setContentsMargins(px(self, 2), 0, px(self, 2), 0)
        row.setSpacing(px(self, 8))
        row.addWidget(chip)
        row.addWidget(words)
        row.addStretch()
        for part in right:
            row.addWidget(part)
        return made


def _half(head: QWidget, *below: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(made, 4))
    column.addWidget(head)
    for part in below:
        column.addWidget(part, alignment=Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(1)
    return made
