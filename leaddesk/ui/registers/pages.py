"""The registers behind the rail, and the forms that add to them and mend them."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from leaddesk.policy.desk_views import Found
from leaddesk.policy.material import raw
from leaddesk.services import agenda, entries, participants, people, places, templates, voices
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import (
    AgencyForm,
    AttendeeForm,
    ParticipantForm,
    PriorityForm,
)
from leaddesk.services.live import LiveMeeting
from leaddesk.services.registers import Choices, Registers, read_registers
from leaddesk.services.undo import Did
from leaddesk.ui.background import Guarded, Newest
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.registers.forms import (
    AgencyFormDialog,
    AttendeeFormDialog,
    ParticipantFormDialog,
    PriorityFormDialog,
)
from leaddesk.ui.registers.mending import Mending
from leaddesk.ui.registers.open_forms import OpenForms, marking
from leaddesk.ui.registers.page import RegisterPage
from leaddesk.ui.registers.templates import NewVersionForm
from leaddesk.ui.registers.voices_form import VoicesFormDialog

T = TypeVar("T")

_PAGES = {
    PageName.PARTICIPANTS: (
        "Participants",
        "Add the first participant, or import your roster: Ctrl+K, import.",
        (
            ("new", "Add a participant"),
            ("mend", "Mend"),
            ("release", "Record a release"),
            ("mend_release", "Mend a release"),
            ("event", "Its event has happened"),
            ("revoke", "Revoke a release"),
            ("involve", "Involve somebody"),
            ("end_involvement", "End an involvement"),
            ("exclude", "Exclude somebody"),
            ("conflicts", "Conflicts and exclusions"),
            ("grant", "Grant need to know"),
            ("code", "New case code"),
            ("agenda", "Put on the agenda"),
        ),
    ),
    PageName.PLACES: (
        "Location priorities",
        "Add the first place people tell you about.",
        (("new", "Add a place"), ("mend", "Mend"), ("agenda", "Put on the agenda")),
    ),
    PageName.ACTIONS: (
        "Open actions",
        "Actions are filed in the meeting.",
        (
            ("refresh", "Look again"),
            ("done", "Done"),
            ("not_possible", "Not possible"),
            ("not_done", "Not done"),
        ),
    ),
    PageName.PEOPLE: (
        "People",
        "Add those who attend, or import your list: Ctrl+K, import.",
        (("new", "Add somebody"), ("mend", "Mend"), ("agency", "Add an agency"), ("sign", "Sign now")),
    ),
}
"""Each register's title, what goes in it where it is empty, and its buttons: key and words."""


class RegisterPages(QObject):
    """Fills the registers with what the user may have, and saves what the forms give.

    Args:
        desk: the open desk.
        live: the meeting at hand, whose room a saved fact may narrow.
        console: the window whose pages they are.
    """

    failed = Signal(object)
    changed = Signal()
    """A fact was saved."""

    def __init__(self, desk: Desk, live: LiveMeeting, console: ConsoleWindow) -> None:
        super().__init__()
        self._guarded = Guarded(self.failed.emit)
        self._desk = desk
        self._live = live
        self._console = console
        self.forms = OpenForms(live, console)
        self.mending = Mending(desk, live, console, self.forms)
        self.forms.changed.connect(self._after)
        self.mending.failed.connect(self.failed)
        self.pages = {name: console.set_page(name, partial(self._make_page, name)) for name in _PAGES}
        """The registers, each made at its first visit."""
        self._rows: dict[PageName, Callable[[Registers], tuple[Found, ...]]] = {
            PageName.PARTICIPANTS: Registers.participants,
            PageName.PLACES: Registers.places,
            PageName.ACTIONS: Registers.actions,
            PageName.PEOPLE: Registers.attendees,
        }
        self._reading = {
            name: Newest(partial(self._on_rows, name), self.failed.emit, console, slow=partial(self._on_slow, name))
            for name in _PAGES
        }
        self._wanted: dict[PageName, str] = {}
        """The row of a page that is to be selected once it is read."""
        console.page_asked.connect(self.show_rows)

    def show_rows(self, name: PageName) -> None:
        """Reads a register anew, beside it; until then it shows what it showed."""
        if name in self.pages:
            desk = self._desk
            self._reading[name].ask(partial(desk.read, read_registers, desk.everyday, self._rows[name]))

    def refresh(self) -> None:
        """Reads the register that is before the user anew."""
        self.show_rows(self._console.page)

    def go_to(self, name: PageName, row: str) -> None:
        """Shows a register with one of its rows selected."""
        self._console.show_page(name)
        self.pages[name].visit().setFocus()
        self._wanted[name] = row
        self.show_rows(name)

    def open_form(self, kind: str, about: str) -> None:
        """Opens a form from elsewhere: voices, template, an attendee as typed, or what mends a participant."""
        if kind == "attendee":
            given, _, family = about.strip().rpartition(" ")
            self._attendee(AttendeeForm(given_name=given, family_name=family))
        elif kind == "voices":
            form = VoicesFormDialog(self._desk.do(voices.required_voices), self._parent)
            self.forms.show(form, voices.require_voices, narrows=False)
        elif kind == "template":
            self._new_agreement()
        else:
            self.mending.act(kind, about)

    def _new_agreement(self) -> None:
        narrowed = self._desk.do(templates.whom_it_narrows, self._live.watch)
        is_open = raw(self._live.material.meeting, "state") == "open"
        self.forms.show(NewVersionForm(narrowed, waits=is_open, parent=self._parent), templates.supersede)

    def close(self) -> None:
        """Empties every list and closes the open form."""
        self.forms.close()
        self.mending.close()
        for name, page in self.pages.items():
            self._reading[name].forget()
            page.tell(RegisterPage.forget)

    # Inside

    def _on_rows(self, name: PageName, rows: tuple[Found, ...]) -> None:
        page, wanted = self.pages[name].visit(), self._wanted.pop(name, "")
        page.set_rows(rows)
        # Whoever types already is looking for something else.
        if wanted and not page.finding.text():
            page.select(wanted)

    def _on_slow(self, name: PageName) -> None:
        self.pages[name].tell(RegisterPage.say_reading)

    def _make_page(self, name: PageName) -> RegisterPage:
        page = RegisterPage(self._console.theme, *_PAGES[name])
        page.acted.connect(lambda key, id_: self._guarded(lambda: self._act(name, key, id_)))
        return page

    def _act(self, page: PageName, key: str, id_: str) -> None:
        match page, key:
            case PageName.PEOPLE, "new":
                self._attendee(AttendeeForm())
            case PageName.PEOPLE, "mend":
                self._attendee(self.read(lambda registers: registers.attendee_form(id_)))
            case PageName.PEOPLE, "agency":
                self.forms.show(AgencyFormDialog(AgencyForm(), self._parent), people.save_agency, narrows=False)
            case PageName.PEOPLE, "sign":
                self._console.check_in.signing_asked.emit(id_)
            case PageName.PLACES, "new":
                self._priority(PriorityForm(rank=self.pages[page].visit().count + 1))
            case PageName.PLACES, "mend":
                self._priority(self.read(lambda registers: registers.priority_form(id_)))
            case PageName.PLACES, "agenda":
                self._put_on_agenda(page, priority=id_)
            case PageName.ACTIONS, "refresh":
                self.show_rows(page)
            case PageName.ACTIONS, outcome:
                self._live.do_undoably(Did("the outcome of", id_), entries.set_outcome, id_, outcome)
                self.forms.changed.emit()
            case _:
                self._act_on_participant(key, id_)

    def _act_on_participant(self, key: str, id_: str) -> None:
        if key == "new":
            everyday = self._desk.everyday
            form = ParticipantFormDialog(ParticipantForm(), self._choices(), self._parent)
            self.forms.show(form, lambda unit, given: participants.save_participant(unit, given, everyday))
        elif key == "agenda":
            self._put_on_agenda(PageName.PARTICIPANTS, participant=id_)
        else:
            self.mending.act(key, id_)

    def _put_on_agenda(self, page: PageName, *, participant: str | None = None, priority: str | None = None) -> None:
        number, did = self._live.number, Did("the new item")
        self._live.do_undoably(did, agenda.add_item, number, participant=participant, priority=priority)
        self.forms.changed.emit()
        self.pages[page].visit().say(f"On the agenda of meeting {raw(self._live.material.meeting, 'number')}")

    @property
    def _parent(self) -> QWidget:
        return self._console

    def _attendee(self, draft: AttendeeForm) -> None:
        form = AttendeeFormDialog(draft, self._choices(), self._parent)
        # Somebody new who attends is somebody more who is known, and in no room yet.
        self.forms.show(form, people.save_attendee, narrows=draft.id is not None)

    def _priority(self, draft: PriorityForm) -> None:
        everyday = self._desk.everyday

        def save(unit: Unit, given: PriorityForm, marked: frozenset[str]) -> str:
            return places.save_priority(unit, given, everyday, marked)

        form = PriorityFormDialog(draft, self._choices(), self._parent)
        self.forms.show(form, marking(save), narrows=draft.id is not None)

    def _after(self) -> None:
        self.refresh()
        self.changed.emit()

    def _choices(self) -> Choices:
        return self.read(Registers.choices)

    def read(self, what: Callable[[Registers], T]) -> T:
        """What the registers give, as the signed-in user may have it."""
        return self._desk.do(read_registers, self._desk.everyday, what)
