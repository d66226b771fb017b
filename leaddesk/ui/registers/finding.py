"""What Ctrl+K finds, as the user may have it, and where each leads."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from leaddesk.policy.console import agenda_rows
from leaddesk.policy.desk_views import Found
from leaddesk.services.live import LiveMeeting
from leaddesk.services.registers import Registers
from leaddesk.ui.console.controller import MeetingController
from leaddesk.ui.console.keys import KEYS, Command, key_words
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.registers.pages import RegisterPages
from leaddesk.ui.registers.palette import Palette

_COMMAND, _ITEM, _PAGE = "command", "item", "page"
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

    def __init__(self, controller: MeetingController, registers: RegisterPages) -> None:
        super().__init__()
        self._controller = controller
        self._registers = registers
        self.palette: Palette | None = None

    def open(self) -> None:
        """Opens the palette with everything that the user may find and do."""
        self.close()
        palette = self.palette = Palette(self._console.theme, tuple(self._rows()), self._console)
        palette.chosen.connect(self._go)
        palette.finished.connect(self._on_closed)
        self._console.open_over(palette)

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
        """Items of the agenda first, then the pages, what can be done, and what is in the registers."""
        for row in agenda_rows(self._live.material, self._live.mine(), {}, None, None):
            yield Found(kind=_ITEM, id=row.id, title=row.title, detail=f"Agenda · item {row.number}")
        for name in self._console.open_pages:
            yield Found(kind=_PAGE, id=name.value, title=name.value, detail="Page")
        for key in KEYS:
            if key.command is not Command.FIND:
                caps = next(map(key_words, (*key.anywhere, *key.outside_text)), "")
                detail = " · ".join(filter(None, ["Do", key.section.value, caps]))
                yield Found(kind=_COMMAND, id=key.command.value, title=key.words, detail=detail)
        for page, found in self._registers.read(_everything).items():
            for one in found:
                detail = " · ".join(filter(None, [_WHAT[page], one.detail]))
                yield replace(one, kind=page.value, detail=detail)

    def _go(self, row: Found) -> None:
        if row.kind == _COMMAND:
            self._console.carry_out(Command(row.id))
        elif row.kind == _PAGE:
            self._console.go_to(PageName(row.id))
        elif row.kind == _ITEM:
            self._console.show_page(PageName.MEETING)
            self._live.select(row.id)
            self._controller.refresh()
        else:
            self._registers.go_to(PageName(row.kind), row.id)

    def _on_closed(self) -> None:
        self.palette = None
        focused: QWidget | None = self._console.focusWidget()
        if focused is None:
            self._console.meeting.entry.focus()


def _everything(registers: Registers) -> dict[PageName, tuple[Found, ...]]:
    return {
        PageName.PARTICIPANTS: registers.participants(),
        PageName.PLACES: registers.places(),
        PageName.PEOPLE: registers.attendees(),
        PageName.ACTIONS: registers.actions(),
    }
