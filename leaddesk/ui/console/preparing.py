"""Preparing a meeting: what the page *Prepare* asks for, done by the services and shown anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from leaddesk.errors import KnownError
from leaddesk.policy.prepare import Planning, PrepareView, TemplateRow, prepare_view
from leaddesk.services import agenda, agenda_templates, meetings, series
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import Choice, SeriesForm, TemplateForm
from leaddesk.services.live import LiveMeeting
from leaddesk.services.meetings import MeetingForm
from leaddesk.services.planning import planning_of
from leaddesk.services.registers import Registers, read_registers
from leaddesk.services.texts import LooksLikeAName
from leaddesk.services.undo import Did, Step
from leaddesk.ui.background import Guarded, Newest
from leaddesk.ui.console.boxes import asked
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.prepare import PreparePage
from leaddesk.ui.console.prepare_facts import When
from leaddesk.ui.console.prepare_forms import ChooseTemplate, PlanForm, SeriesDialog, TemplateDialog
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.registers.open_forms import OpenForms, marking

P = ParamSpec("P")
T = TypeVar("T")


class Preparing(QObject):
    """Connects the page with the desk.

    Args:
        desk: the open desk.
        live: the meeting at hand.
        console: the window whose page it is.
    """

    failed = Signal(object)
    """A `KnownError` to tell."""
    changed = Signal()
    """Something of the meeting at hand is other than before."""
    reopened = Signal(str)
    """Another meeting is to be worked on; with its id."""

    def __init__(self, desk: Desk, live: LiveMeeting, console: ConsoleWindow) -> None:
        super().__init__()
        self._desk, self._live, self._console = desk, live, console
        self._guarded = Guarded(self._tell)
        self._view: PrepareView | None = None
        self._planning: Planning | None = None
        """What lies around the meeting, as it was last read."""
        self._reading = Newest(self._on_planning, self._tell, console)
        self._people = Newest(self._on_participants, self._tell, console)
        self.forms = OpenForms(live, console)
        self._page = console.set_page(PageName.PREPARE, self._make_page)
        console.page_asked.connect(self._on_page)
        console.commanded.connect(self._on_command)

    @property
    def page(self) -> PreparePage:
        """The page, made at its first visit."""
        return self._page.visit()

    def show(self) -> None:
        """Goes to the page."""
        self._console.show_page(PageName.PREPARE)
        self._on_page(PageName.PREPARE)
        self.page.agenda.setFocus()

    def refresh(self) -> None:
        """Shows the agenda as it is now, and what lies around the meeting as soon as it is read."""
        self._show()
        self._reading.ask(partial(self._desk.read, planning_of, self._live.meeting))

    def close(self) -> None:
        """Closes the open form and empties the page."""
        self.forms.close()
        self._reading.forget()
        self._people.forget()
        self._view = self._planning = None
        self._page.tell(PreparePage.forget)

    # Inside

    def _make_page(self) -> PreparePage:
        page = PreparePage(self._console.theme)
        facts = page.facts
        page.moved.connect(self._on_moved)
        page.timed.connect(self._on_timed)
        page.sectioned.connect(self._on_sectioned)
        page.removed.connect(self._on_removed)
        page.added.connect(self._on_added)
        page.due_asked.connect(self._on_due)
        page.open_asked.connect(self._on_open)
        page.preflight_asked.connect(self._on_preflight)
        page.people.expected.connect(self._on_expected)
        page.people.regular.connect(self._on_regular)
        facts.meeting_chosen.connect(self._on_meeting)
        facts.changed.connect(self._on_when)
        facts.template_chosen.connect(self._on_template)
        facts.plan_asked.connect(self._on_plan)
        facts.cancel_asked.connect(self._on_cancel)
        facts.series_asked.connect(self._on_series)
        facts.arrange_asked.connect(
            lambda: self._undoably(Did("the order of the template"), agenda.arrange, self._live.number)
        )
        facts.keep_order_asked.connect(self._on_keep_order)
        facts.templates_asked.connect(self._on_templates)
        return page

    def _on_page(self, name: PageName) -> None:
        if name is PageName.PREPARE:
            self._guarded(self._live.refresh)
            self.refresh()
            # Of a large desk this takes a while, so it is read once and not with every change, and beside the page.
            self.page.offer(self._places())
            desk = self._desk
            self._people.ask(partial(desk.read, read_registers, desk.everyday, Registers.participants_to_choose))

    def _on_command(self, _command: Command) -> None:
        """Whatever a key has changed, such as undo, shows at once."""
        if self._console.page is PageName.PREPARE and not self._desk.locked:
            self.refresh()

    def _on_planning(self, planning: Planning) -> None:
        self._planning = planning
        self._show()

    def _show(self) -> None:
        if self._planning is not None:
            self._view = prepare_view(self._live.material, self._live.mine(), self._planning)
            self.page.show_meeting(self._view)

    def _on_participants(self, people: tuple[Choice, ...]) -> None:
        """Offers participants, too, that can be put on the agenda, as the signed-in user may have them."""
        self.page.offer((*people, *self._places()))

    def _places(self) -> tuple[Choice, ...]:
        mine = self._live.mine()
        places = ((place.id, mine.see(place).text("name")) for place in self._live.material.places)
        return tuple(Choice(id=id_, words=name) for id_, name in places if name)

    def _tell(self, error: KnownError) -> None:
        if self._desk.locked:
            self.failed.emit(error)
        else:
            self.page.say(str(error))

    def _after(self, words: str = "") -> None:
        self.page.say(words, caution=False)
        self.refresh()
        self.changed.emit()

    def _do(self, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What a verb returns, the page shown anew; ``None`` where it failed and said why."""

        def run() -> T:
            done = self._live.do(verb, *args, **kwargs)
            self._after()
            return done

        return self._guarded(run)

    def _undoably(self, did: Did, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> None:
        def run() -> None:
            self._live.do_undoably(did, verb, *args, **kwargs)
            self._after()

        self._guarded(run)

    # The agenda

    def _on_moved(self, item: str, beyond: str) -> None:
        # Items that the user may not know of stand between those shown.
        order = [one.id for one in self._live.material.agenda]
        did = Did("the move of", item, topic=f"move {item}")
        self._undoably(did, agenda.move_item, item, order.index(beyond) + 1)

    def _on_timed(self, item: str, minutes: int) -> None:
        did = Did("the minutes of", item, topic=f"minutes {item}")
        self._undoably(did, agenda.set_minutes, item, minutes)

    def _on_sectioned(self, item: str, words: str) -> None:
        self._undoably(Did("the heading of", item), agenda.set_section, item, words, self._desk.everyday)

    def _on_removed(self, item: str) -> None:
        self._undoably(Did("the removal of an item"), agenda.remove_item, item)

    def _on_added(self, id_: str, title: str) -> None:
        live, everyday = self._live, self._desk.everyday

        def add(unit: Unit) -> str:
            if not id_:
                return agenda.add_item(unit, live.number, title=title, everyday=everyday)
            if id_ in live.material.places_by_id:
                return agenda.add_item(unit, live.number, priority=id_)
            return agenda.add_item(unit, live.number, participant=id_)

        item = self._do(add)
        if item is not None:
            self._can_be_taken_off(Did("the new item", item), (item,))
            self.page.clear_line()
            self.page.agenda.select(item)

    def _on_due(self) -> None:
        added = self._do(agenda.offer_due, self._live.number)
        if added:
            self._can_be_taken_off(Did("what was due"), added)

    def _can_be_taken_off(self, did: Did, items: tuple[str, ...]) -> None:
        """What was put on the agenda is taken off by undo, unless it was shown meanwhile."""
        self._live.undo.push(Step(did, lambda: self._live.do(_take_off, items)))

    def _on_open(self) -> None:
        self._console.commanded.emit(Command.OPEN_MEETING)

    def _on_preflight(self) -> None:
        self._console.show_page(PageName.PREFLIGHT)
        self._console.page_asked.emit(PageName.PREFLIGHT)

    # Who, when and where

    def _on_expected(self, attendee: str, coming: bool) -> None:
        def expect() -> None:
            did = Did("who is expected")
            self._live.do_undoably(did, series.expect, self._live.meeting, attendee, coming=coming)
            if self._planning is not None:
                # The next key may be about the same person: it must not wait until that is read.
                others = self._planning.expected - {attendee}
                self._planning = replace(self._planning, expected=others | {attendee} if coming else others)
            self._after()

        self._guarded(expect)

    def _on_regular(self, attendees: list[str], regular: bool) -> None:
        if self._view is not None and attendees:
            id_ = self._view.series.id
            self._undoably(Did("who is a regular"), series.set_regulars, id_, attendees, regular=regular)

    def _on_when(self, when: When, marked: frozenset[str] = frozenset()) -> None:
        did, form = Did("the change of day, time or place"), replace(self._form(when), marked=marked)

        def change() -> None:
            self._console.notice.say("place", "")
            try:
                self._live.do_undoably(did, meetings.change_meeting, self._live.meeting, form, self._desk.everyday)
            except LooksLikeAName as error:
                self._ask_of_place(when, marked | frozenset(error.phrases))
            else:
                self._after()

        self._guarded(change)

    def _ask_of_place(self, when: When, phrases: frozenset[str]) -> None:
        """Everybody may read where a meeting is: what may be a name is asked about, and saved if it is none."""
        listed = ", ".join(f"“{phrase}”" for phrase in sorted(phrases))
        words = f"{listed} may be somebody’s name, and everybody reads where a meeting is. Reword it, or:"
        self._console.notice.say("place", words, ("It names a place", lambda: self._on_when(when, phrases)))

    def _on_meeting(self, meeting: str) -> None:
        if meeting == self._live.meeting:
            return
        if self._view is not None and not self._view.planned and self._view.arrangeable:
            self.page.say("The meeting is open: close it before you go to another one.")
            self.refresh()
        else:
            self.reopened.emit(meeting)

    def _on_plan(self) -> None:
        view = self._view
        if view is None:
            return
        zone = ZoneInfo(view.zone)
        day = view.held_on + timedelta(days=view.series.every_days)
        usual = When(day=day, at=view.starts.astimezone(zone).time(), place=view.place)
        form = PlanForm(view.all_series, view.series.id, usual, self._console)
        self.forms.show(form, marking(self._planned), narrows=False, saved=self._on_planned)

    def _planned(self, unit: Unit, draft: tuple[str, When], marked: frozenset[str]) -> str:
        name, when = draft
        return meetings.plan(unit, replace(self._form(when, name), marked=marked), self._desk.everyday)

    def _on_planned(self, planned: str) -> None:
        if self._view is not None and self._view.planned:
            self.reopened.emit(planned)
        else:
            self._after("The meeting is planned.")

    def _on_cancel(self) -> None:
        question, more = "Cancel this meeting?", "It keeps its number and its agenda, and is no longer at hand."
        theme, do = self._console.theme, "Cancel the meeting"
        box, sure = asked(self._console, theme, question, more, do=do, keep="Keep it")
        sure.clicked.connect(lambda: self._guarded(self._cancel))
        self._console.open_over(box)

    def _cancel(self) -> None:
        self._desk.do(meetings.cancel_meeting, self._live.meeting)
        self.reopened.emit(self._desk.do(meetings.at_hand))

    def _form(self, when: When, name: str = "") -> MeetingForm:
        zone = ZoneInfo(self._live.material.zone)
        starts = datetime.combine(when.day, when.at, tzinfo=zone)
        if name:
            return MeetingForm(held_on=when.day, starts_at=starts, place=when.place, series=name)
        return MeetingForm(held_on=when.day, starts_at=starts, place=when.place)

    # Series and templates

    def _on_series(self) -> None:
        if self._view is not None:
            form = SeriesDialog(self._view.series, self._console)
            self.forms.show(form, series.save_series, narrows=False, saved=lambda _: self._after())

    def _on_template(self, template: str) -> None:
        if self._view is None or template == self._view.series.template:
            return
        row = self._view.series
        form = SeriesForm(
            id=row.id, name=row.name, cadence=row.cadence, every_days=row.every_days, template=template or None
        )
        self._undoably(Did("what the agenda begins with"), series.save_series, form)

    def _on_keep_order(self) -> None:
        lines = self._desk.do(agenda.lines_of, self._live.number)
        kept = tuple((line.kind, line.section, line.minutes, line.most) for line in lines)
        self._edit_template(TemplateRow(id="", name="", lines=kept, retired=False))

    def _on_templates(self) -> None:
        rows = () if self._view is None else self._view.templates
        if not rows:
            self._edit_template(None)
            return
        choosing = ChooseTemplate(rows, self._console)
        self.forms.choose(
            choosing, lambda id_: self._edit_template(next((row for row in rows if row.id == id_), None))
        )

    def _edit_template(self, template: TemplateRow | None) -> None:
        form = TemplateDialog(template, self._console)

        def save(unit: Unit, draft: TemplateForm) -> str:
            return agenda_templates.save_template(unit, draft, self._desk.everyday)

        def retire(id_: str) -> None:
            verb = partial(agenda_templates.retire_template, template=id_)
            self.forms.try_to(form, verb, narrows=False, saved=lambda _: self._after())

        def saved(_id: str) -> None:
            name = form.name.text().strip()
            self._after(f"“{name}” is kept. Choose it beside “Begins with” for every meeting of this series.")

        form.retire_asked.connect(retire)
        self.forms.show(form, save, narrows=False, saved=saved)


def _take_off(unit: Unit, items: tuple[str, ...]) -> None:
    for item in items:
        agenda.remove_item(unit, item)
