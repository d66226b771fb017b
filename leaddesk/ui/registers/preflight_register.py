"""Fills the pre-flight page: the desk is read once, then every room that is asked about is worked out beside it."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from leaddesk.policy.desk_views import FixOffer
from leaddesk.policy.preflight import Invited, Preflight, what_changes
from leaddesk.policy.why import Fix
from leaddesk.services import agenda
from leaddesk.services import preflight as service
from leaddesk.services.live import LiveMeeting
from leaddesk.services.preflight import Flight
from leaddesk.services.undo import Did
from leaddesk.ui.background import Guarded, Newest
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.registers.preflight import PreflightPage


class PreflightRegister(QObject):
    """Pre-flight of the meeting at hand, behind the console's menu.

    Args:
        live: the meeting.
        console: the window whose page it is.
    """

    failed = Signal(object)
    """A `KnownError` that the user is to be told."""
    signing_asked = Signal(object)
    """Ids of attendees who are to sign, in turn."""
    form_asked = Signal(str, str)
    """A form to mend a fact is wanted: its kind, and whom it is about."""
    reword_asked = Signal(str, str)
    """An agenda item's id, and that of what was filed under it whose words are to be written anew for the room."""
    changed = Signal()
    """The agenda was changed."""

    def __init__(self, live: LiveMeeting, console: ConsoleWindow) -> None:
        super().__init__()
        self._guarded = Guarded(self.failed.emit)
        self._live, self._console = live, console
        self._flight: Flight | None = None
        self._coming: frozenset[str] = frozenset()
        self._before: Preflight | None = None
        self._anew = False
        """Whether those who are expected are asked about, once the desk is read."""
        self._toggled: dict[str, bool] = {}
        """Who comes or not, as it was said since the desk began to be read."""
        self._reading = Newest(self._on_read, self.failed.emit, console)
        self._working_out = Newest(self._on_answer, self.failed.emit, console)
        self._page = console.set_page(PageName.PREFLIGHT, self._make_page)
        console.page_asked.connect(self._on_page)
        # Connected behind the meeting, which carries a command out first.
        console.commanded.connect(lambda _command: self.refresh())

    @property
    def page(self) -> PreflightPage:
        """The page, made at its first visit."""
        return self._page.visit()

    def show(self) -> None:
        """Reads the desk anew, and asks about those who are expected."""
        self._anew = True
        self._toggled.clear()
        self._read()

    def refresh(self) -> None:
        """Reads the desk anew where the page is looked at; the same people are asked about."""
        if self._console.page is PageName.PREFLIGHT and not self._live.desk.locked:
            self._read()

    def close(self) -> None:
        """Empties the page; what is still being worked out is not shown any more."""
        self._reading.forget()
        self._working_out.forget()
        self._flight = self._before = None
        self._page.tell(PreflightPage.forget)

    # Inside

    def _make_page(self) -> PreflightPage:
        page = PreflightPage(self._console.projector_theme, self._console.theme)
        page.toggled.connect(self._on_toggled)
        page.expected_asked.connect(self.show)
        page.fix_asked.connect(self._on_fix)
        page.reword_asked.connect(lambda part: self.reword_asked.emit(page.selected, part.record))
        page.sign_asked.connect(self.signing_asked)
        page.without_asked.connect(lambda people: self._ask(self._coming - set(people)))
        page.order_asked.connect(lambda: self._guarded(self._take_order))
        return page

    def _on_page(self, name: PageName) -> None:
        if name is PageName.PREFLIGHT:
            self.show()
            self.page.people.setFocus()

    def _read(self) -> None:
        live = self._live
        self._reading.ask(partial(live.desk.read, service.read, live.meeting, live.desk.everyday))

    def _on_read(self, flight: Flight) -> None:
        self._flight, self._before = flight, None
        if self._anew:
            said = self._toggled
            here = {one for one, coming in said.items() if coming}
            self._coming = flight.expected - said.keys() | here
        self._anew = False
        self._ask(self._coming & flight.loaded.facts.people.keys())

    def _on_toggled(self, attendee: str, coming: bool) -> None:
        self._toggled[attendee] = coming
        self._ask(self._coming | {attendee} if coming else self._coming - {attendee})

    def _ask(self, coming: frozenset[str]) -> None:
        """Works a room out in the background; of several that are asked for in a row, the last is shown."""
        flight = self._flight
        if flight is None:
            return
        self._coming = coming
        self._working_out.ask(lambda: (flight.outlook(coming), flight.people(coming)))

    def _on_answer(self, answer: tuple[Preflight, tuple[Invited, ...]]) -> None:
        outlook, people = answer
        changes = () if self._before is None else what_changes(self._before, outlook)
        told = changes or (("Nothing changes for the room.",) if self._before is not None else ())
        self._before = outlook
        self.page.show_outlook(outlook, people, told)

    def _on_fix(self, offer: FixOffer) -> None:
        match offer.fix:
            case Fix.SIGN:
                self.signing_asked.emit(offer.people)
            case Fix.RELEASE:
                self.form_asked.emit("release", offer.about)
            case Fix.TAKE_AFTER:
                self._guarded(self._take_after, self.page.selected, offer.about)
            case _:
                pass

    def _take_after(self, item: str, behind: str) -> None:
        order = [one.id for one in self._live.material.agenda]
        did = Did("the move of", item, topic=f"move {item}")
        self._live.do_undoably(did, agenda.move_item, item, order.index(behind) + 1)
        self._changed()

    def _take_order(self) -> None:
        outlook = self.page.outlook
        if outlook is not None:
            order = [turn.id for turn in outlook.order]
            self._live.do_undoably(Did("the order of the agenda"), agenda.take_order, self._live.number, order)
            self._changed()

    def _changed(self) -> None:
        self.changed.emit()
        self.refresh()
