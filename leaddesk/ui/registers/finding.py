"""What Ctrl+K finds, as the user may have it, and where each leads."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from leaddesk.errors import KnownError
from leaddesk.policy.console import agenda_rows
from leaddesk.policy.desk_views import Found
from leaddesk.services.desk import Desk
from leaddesk.services.live import LiveMeeting
from leaddesk.services.registers import Registers, read_registers
from leaddesk.ui.background import Newest
from leaddesk.ui.console.controller import MeetingController
from leaddesk.ui.console.keys import KEYS, Command, key_words
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.registers.looked_for import COMMANDS, ELSEWHERE, PAGES
from leaddesk.ui.registers.pages import RegisterPages
from leaddesk.ui.registers.palette import Known, Palette, compared

_COMMAND, _ITEM, _PAGE, _ELSEWHERE = "command", "item", "page", "elsewhere"
_WHAT = {
    PageName.PARTICIPANTS: "Participant",
    PageName.PLACES: "Location priority",
    PageName.PEOPLE: "Person",
    PageName.ACTIONS: "Action",
}


class Finding(QObject):
    """Opens the palette over the console, and goes where its user goes.

    Args:
        controller: the meeting at hand.
        registers: the lists behind the rail.
    """

    failed = Signal(object)
    """A `KnownError` to tell."""

    def __init__(self, controller: MeetingController, registers: RegisterPages) -> None:
        super().__init__()
        self._controller = controller
        self._registers = registers
        self.palette: Palette | None = None
        self._lists = Newest(self._on_read, self._on_not_read, controller.console)

    def open(self) -> None:
        """Opens the palette with everything that the user may find and do; the registers are read beside it."""
        self.close()
        palette = self.palette = Palette(self._console.theme, tuple(self._rows()), self._console, reading=True)
        palette.chosen.connect(self._go)
        palette.finished.connect(self._on_closed)
        self._console.open_over(palette)
        self._lists.ask(partial(_registered, self._live.desk))

    def close(self) -> None:
        """Closes the palette."""
        if self.palette is not None:
            self.palette.close()

    @property
    def _console(self) -> ConsoleWindow:
        return self._controller.console

    @property
    def _live(self) -> LiveMeeting:
        return self._controller.live

    def _rows(self) -> Iterator[Found]:
        """Items of the agenda first, then the pages and what can be done; what is in the registers comes after."""
        for row in agenda_rows(self._live.material, self._live.mine(), {}, None, None):
            yield Found(kind=_ITEM, id=row.id, title=row.title, detail=f"Agenda · item {row.number}")
        for name in self._console.open_pages:
            yield Found(kind=_PAGE, id=name.value, title=name.value, detail="Page", also=PAGES.get(name, ""))
        for key in KEYS:
            if key.command is not Command.FIND:
                caps = next(map(key_words, (*key.anywhere, *key.outside_text)), "")
                detail = " · ".join(filter(None, ["Do", key.section.value, caps]))
                also = COMMANDS.get(key.command, "")
                yield Found(kind=_COMMAND, id=key.command.value, title=key.words, detail=detail, also=also)
        for title, where, also in ELSEWHERE:
            yield Found(kind=_ELSEWHERE, id=title, title=title, detail=where, also=also)

    def _on_read(self, rows: tuple[Known, ...]) -> None:
        if self.palette is not None:
            self.palette.add(rows)

    def _on_not_read(self, error: KnownError) -> None:
        if self.palette is not None:
            self.palette.stop_reading()
        self.failed.emit(error)

    def _go(self, row: Found) -> None:
        if row.kind == _COMMAND:
            self._console.carry_out(Command(row.id))
        elif row.kind == _PAGE:
            self._console.go_to(PageName(row.id))
        elif row.kind == _ELSEWHERE:
            self._console.notice.say("news", f"{row.title}. {row.detail}.", calm=True)
        elif row.kind == _ITEM:
            self._console.show_page(PageName.MEETING)
            self._controller.select(row.id)
        else:
            self._registers.go_to(PageName(row.kind), row.id)

    def _on_closed(self) -> None:
        self.palette = None
        self._lists.forget()
        focused: QWidget | None = self._console.focusWidget()
        if focused is None:
            self._console.meeting.entry.focus()


_LISTS: Mapping[PageName, Callable[[Registers], tuple[Found, ...]]] = {
    PageName.PARTICIPANTS: Registers.participants,
    PageName.PLACES: Registers.places,
    PageName.PEOPLE: Registers.attendees,
    PageName.ACTIONS: Registers.actions,
}


def _registered(desk: Desk) -> tuple[Known, ...]:
    """What is in the registers."""
    known = []
    for page, rows_of in _LISTS.items():
        for one in desk.read(read_registers, desk.everyday, rows_of):
            detail = " · ".join(filter(None, [_WHAT[page], one.detail]))
            known.append(compared(replace(one, kind=page.value, detail=detail)))
    return tuple(known)
