"""The bar over the console: the meeting, the room, and what the projector is doing."""

from datetime import datetime
from enum import IntEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from leaddesk.policy import dates
from leaddesk.policy.desk_views import Header, RoomChip, Screen
from leaddesk.ui.console.chips import ACCENT, Chip, ChipButton, Segment
from leaddesk.ui.console.keys import Command, cap
from leaddesk.ui.console.mark import mark
from leaddesk.ui.console.parts import Button, IconButton, KeyButton, framed, label, px
from leaddesk.ui.console.states import SCREENS
from leaddesk.ui.theme import Theme, Token


class MeetingBar(QWidget):
    """Says which meeting it is and how it stands, and asks for what the bar's buttons ask for."""

    commanded = Signal(object)
    """A `Command`."""

    def __init__(self, theme: Theme, menu: QMenu) -> None:
        super().__init__()
        self._theme = theme
        self._compact = False
        self._waits = False
        self._screen, self._screen_name = Screen.IDLE, ""
        self._mark = Button()
        self._mark.setProperty("look", "mark")
        self._mark.setAccessibleName("Menu")
        self._mark.setToolTip("Menu: every command with its key")
        self._mark.setMenu(menu)
        self._meeting = label(look="title")
        self._when = label(look="hint")
        self._room = ChipButton(theme)
        self._room.setAccessibleName("Room")
        self._chip = Chip(theme, height=32)
        self._widen = KeyButton(cap(Command.WIDEN), "Let the room see more")
        self._walk_in = KeyButton(cap(Command.WALK_IN), "Walk-in")
        self._lock = IconButton(
            theme, "lock-bold", f"Lock ({cap(Command.LOCK)})", size=20, look="tight", icon_alone=True
        )
        self._lock.setAccessibleName("Lock")
        self._lock.setFixedSize(px(self, 36), px(self, 32))
        self._widen.hide()
        for button, command in (
            (self._room, Command.CHECK_IN),
            (self._widen, Command.WIDEN),
            (self._walk_in, Command.WALK_IN),
            (self._lock, Command.LOCK),
        ):
            button.clicked.connect(lambda _=False, asked=command: self.commanded.emit(asked))
        self._lay_out()
        self.set_theme(theme)
        self._tell_screen()

    def show_header(self, header: Header, now: datetime, screen_name: str = "") -> None:
        """Show the meeting as of now, and the projector; ``screen_name`` is what its screen is called."""
        self._meeting.setText(header.meeting)
        state = header.state
        if header.state == "open" and header.opened_at is not None:
            minutes = max(0, int((now - header.opened_at).total_seconds()) // 60)
            state = f"open {minutes // 60}:{minutes % 60:02d}"
        self._when.setText(f"{dates.short(header.when)}  ·  {state}")
        self._screen, self._screen_name = header.screen, screen_name
        self._tell_screen()

    def show_room(self, room: RoomChip) -> None:
        """Show who is there, who waits unsigned, who narrows, and whether the room could see more."""
        self._room.show_states([room_segments(room, brief) for brief in Brief], ACCENT)
        self._room.setAccessibleName("Room: " + ", ".join(each.words for each in room_segments(room, Brief.NO)))
        told = [f"Must sign: {', '.join(room.unsigned)}"] if room.unsigned else []
        told += [f"Narrowed by {', '.join(room.narrowed_by)}"] if room.narrowed_by else []
        told += [f"Missing today: {', '.join(room.missing)}"] if room.missing else []
        self._room.setToolTip("\n".join([*told, f"Check in ({cap(Command.CHECK_IN)})"]))
        self._waits = room.waits
        self._widen.setVisible(room.waits)
        self._tell_screen()

    def set_compact(self, *, compact: bool) -> None:
        """Put the room chip into a second row, or back."""
        if compact != self._compact:
            self._compact = compact
            self._place_room()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        side = px(self, 32)
        self._mark.setIconSize(QSize(side, side))
        self._mark.setIcon(mark(theme, side, self.devicePixelRatio()))

    @override
    def minimumSizeHint(self) -> QSize:
        # Narrower than all of it, so that a small window may become compact.
        return QSize(px(self, 640), self.sizeHint().height())

    def _lay_out(self) -> None:
        ground = framed("bar")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        ground.setMinimumHeight(px(self, 56))
        rows = QVBoxLayout(ground)
        rows.setContentsMargins(0, px(self, 6), px(self, 24), px(self, 6))
        rows.setSpacing(px(self, 6))
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        rows.addLayout(self._first)
        rows.addLayout(self._second)
        self._first.setSpacing(px(self, 12))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._meeting)
        words.addWidget(self._when)
        self._cell = QWidget()
        self._cell.setFixedWidth(px(self, 80))
        inside = QHBoxLayout(self._cell)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._mark, alignment=Qt.AlignmentFlag.AlignCenter)
        self._words = QWidget()
        self._words.setLayout(words)
        words.setContentsMargins(px(self, 4), 0, 0, 0)
        self._first.addWidget(self._cell)
        self._first.addWidget(self._words)
        self._first.addStretch(1)
        for part in (self._chip, self._widen):
            self._first.addWidget(part)
        self._first.addStretch(1)
        self._first.addWidget(self._walk_in)
        self._first.addWidget(self._lock)
        self._place_room()

    def _place_room(self) -> None:
        for part in (self._room, self._widen):
            self._first.removeWidget(part)
            self._second.removeWidget(part)
        if self._compact:
            self._second.setContentsMargins(px(self, 24), 0, 0, 0)
            self._second.addWidget(self._room)
            self._second.addWidget(self._widen)
        else:
            self._second.setContentsMargins(0, 0, 0, 0)
            self._first.insertWidget(2, self._room)
            self._first.insertWidget(self._first.indexOf(self._chip) + 1, self._widen)
        self._tell_screen()

    def _tell_screen(self) -> None:
        # The chip stands over the stage, unless there is something more urgent to make room for.
        self._words.setMinimumWidth(0 if self._compact or self._waits else px(self, 268))
        segment, colors = SCREENS[self._screen]
        if self._screen is Screen.LIVE and self._screen_name and not self._waits and not self._compact:
            segment = segment._replace(words=f"LIVE on {self._screen_name}")
        self._chip.show_state(segment, colors)


class Brief(IntEnum):
    """How briefly the room chip says it, for as much room as there is."""

    NO = 0
    NUMBERS = 1
    URGENT = 2


def room_segments(room: RoomChip, brief: Brief) -> list[Segment]:
    """The states of the room chip, in words: who is unknown and who must sign are never left out."""
    segments = [Segment("users-three-bold", f"{room.present} present", bold=True, icon_token=Token.ACCENT)]
    if room.strangers:
        words = f"{room.strangers} unknown" if brief else f"{room.strangers} not known yet"
        segments.append(Segment("question-bold", words, bold=True, token=Token.CAUTION))
    if room.unsigned:
        who = str(len(room.unsigned)) if brief or len(room.unsigned) > 1 else room.unsigned[0]
        segments.append(Segment("pen-nib-bold", f"{who} must sign", bold=True, token=Token.CAUTION))
    if room.declined:
        who = str(len(room.declined)) if brief or len(room.declined) > 1 else room.declined[0]
        segments.append(Segment("prohibit-bold", f"{who} declined", bold=True, token=Token.CAUTION))
    if room.present and not room.unsigned and not room.declined and brief is not Brief.URGENT:
        segments.append(Segment("check-bold", "all signed", icon_token=Token.ACCENT))
    if room.conflicts:
        words = "1 conflict" if room.conflicts == 1 else f"{room.conflicts} conflicts"
        segments.append(Segment("prohibit-bold", words, bold=True, token=Token.CAUTION))
    if room.narrowed_by and brief is not Brief.URGENT:
        first, *others = room.narrowed_by
        words = f"narrowed by {first}" + (f" and {len(others)} more" if others else "")
        words = f"narrowed by {len(room.narrowed_by)}" if brief else words
        segments.append(Segment("eye-slash-bold", words, icon_token=Token.ACCENT))
    if room.missing and brief is not Brief.URGENT:
        words = f"{len(room.missing)} missing" if brief else f"missing: {', '.join(room.missing)}"
        segments.append(Segment("megaphone-bold", words, icon_token=Token.ACCENT))
    return segments
