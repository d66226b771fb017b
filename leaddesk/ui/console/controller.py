"""The running meeting at the console: commands and signals in, services called, views shown.

It decides nothing about who may see what: it asks the services, and shows what they give.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from leaddesk.policy.console import agenda_rows, clock_caution, header, room_chip
from leaddesk.policy.dates import clock as clock_words
from leaddesk.policy.desk_views import AgendaRow, Check, FixOffer, Header, RoomChip, Screen
from leaddesk.policy.material import raw
from leaddesk.policy.timing import minutes as whole_minutes
from leaddesk.policy.views import Mark
from leaddesk.policy.why import Fix
from leaddesk.services import agenda, entries, meetings
from leaddesk.services.closing import closing_checks
from leaddesk.services.desk import Desk
from leaddesk.services.live import LiveMeeting
from leaddesk.services.timing import ItemClock
from leaddesk.services.undo import Did, Step, recorded
from leaddesk.ui.background import Guarded
from leaddesk.ui.console.another_day import say_another_day
from leaddesk.ui.console.door import Door
from leaddesk.ui.console.keys import Command, cap
from leaddesk.ui.console.line_controller import LineController
from leaddesk.ui.console.paging import Pages
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.side import SideShower
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.projector.driver import ProjectorDriver
from leaddesk.ui.turns import Turns

TICK = 1000
"""Milliseconds between looks at the clock."""
KEEP_DRAFT = 2000
"""Milliseconds after which an unfinished entry line is kept."""


ABOUT_MINUTES = (
    Command.CLOSE_MEETING,
    Command.FINALIZE,
    Command.APPROVE,
    Command.REOPEN,
    Command.AMEND,
)
"""The commands about a meeting's end and its minutes: the documents page carries them out."""


class MeetingController(QObject):
    """Connects the console and the projector with one meeting.

    Args:
        desk: the open desk.
        meeting: the meeting's id.
        console: the chair's window.
        driver: the audience's window.
        clock: what the time is, aware.

    Attributes:
        screen_name: what the projector's screen calls itself.
        door: check-in.
        pages: turns those of what is live.
    """

    signing_asked = Signal(object)
    """Some are to sign on screen, one after the other; with the attendees' ids."""
    form_asked = Signal(str, str)
    """A form to mend a fact is wanted: its kind, and whom it is about."""
    lock_asked = Signal()
    find_asked = Signal()
    hand_over_asked = Signal()
    """Another user is to go on."""
    hearing_asked = Signal()
    """Who here may hear what of the selected item is asked."""
    mend_asked = Signal()
    """What can be mended about the selected item is wanted."""
    taken_back = Signal()
    """Undo changed something: whatever shows rows reads them anew."""
    minutes_asked = Signal(object)
    """One of `ABOUT_MINUTES`."""
    excluded = Signal(object)
    """Somebody was excluded for good; with the ids of the participants."""
    failed = Signal(object)
    """A `KnownError` to tell."""
    refreshed = Signal()
    """The console shows everything as it is now."""

    def __init__(
        self,
        desk: Desk,
        meeting: str,
        console: ConsoleWindow,
        driver: ProjectorDriver,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._guarded = Guarded(self.failed.emit)
        self.console = console
        self.live = LiveMeeting(desk, meeting, driver, clock)
        console.meeting.stage.lay_out_with(driver.window.layouts)
        self.door = Door(self.live, console, self._after, self.excluded.emit)
        self.screen_name = ""
        self._side = SideShower(self.live, console.meeting.private)
        self._driver = driver
        driver.failed.connect(self.failed)
        self.pages = Pages(self.live, driver)
        self._clock = clock
        self._item_clock = ItemClock(self.live)
        self._says_time = self._waits = False
        self._turns = Turns(self._show)
        self.line = LineController(self.live, console)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK)
        self._tick.timeout.connect(self.tick)
        self._draft = QTimer(self)
        self._draft.setInterval(KEEP_DRAFT)
        self._draft.timeout.connect(self.line.keep_draft)
        self._commands: dict[Command, Callable[[], object]] = {
            Command.NEXT: self.next,
            Command.BACK: self.back,
            Command.SHOW_SELECTED: lambda: self.live.show(self.live.selected),
            Command.IDLE: self.live.show_idle,
            Command.BLANK: self.live.blank,
            Command.FREEZE: self.live.freeze,
            Command.WALK_IN: self.door.walk_in,
            Command.WIDEN: self.live.confirm,
            Command.CHECK_IN: lambda: None,
            Command.CONFLICTS: self.door.decide_conflicts,
            Command.NEW_AGREEMENT: partial(self.form_asked.emit, "template", ""),
            Command.UNDO: self.undo,
            Command.MEND_ENTRY: self.line.mend_last,
            Command.RANK_UP: lambda: self.line.rank(-1),
            Command.RANK_DOWN: lambda: self.line.rank(1),
            Command.DISCUSSED: self.mark_discussed,
            Command.TIME_SIGN: self.say_time,
            Command.VOICES: lambda: self.form_asked.emit("voices", ""),
            Command.ACTIONS: console.meeting.private.focus_actions,
            Command.FIND: self.find_asked.emit,
            Command.MEND: self.mend_asked.emit,
            Command.HAND_OVER: self.hand_over_asked.emit,
            Command.HEARING: self.hearing_asked.emit,
            Command.LOCK: self.lock_asked.emit,
            Command.OPEN_MEETING: self.open_meeting,
            Command.READ_STATEMENT: lambda: self.live.do(meetings.read_statement, meeting),
            **{one: partial(self.minutes_asked.emit, one) for one in ABOUT_MINUTES},
        }
        self._connect()
        self.live.on_change = self.refresh_soon
        self.line.restore_draft()
        self.refresh()
        self._tick.start()
        self._draft.start()

    @property
    def state(self) -> str:
        """Where the meeting is on its way: ``planned``, ``open``, ``closed``, ``finalized`` or ``approved``."""
        return self._header().state

    def closing_checks(self) -> tuple[Check, ...]:
        """What should be looked at before the meeting is closed; a line that is begun counts at once."""
        self.line.keep_draft()
        return closing_checks(self.live)

    # Showing

    def refresh(self) -> None:
        """Shows everything as it is now, before it returns."""
        self._turns.finish()

    def refresh_soon(self) -> None:
        """Shows everything as it is when its turn comes: the room's frame and the next key wait for none of it."""
        self._turns.begin()

    @property
    def is_behind(self) -> bool:
        """Whether the console does not show everything yet as it is."""
        return self._turns.at_work

    def _show(self) -> Iterator[None]:
        """Shows everything: first what can be acted on, then what of the room takes longer."""
        live, page, now = self.live, self.console.meeting, self._clock()
        conflicts = self.door.conflicts()
        self._show_room(len(conflicts))
        page.agenda.show_agenda(self._agenda(self._item_clock.look(max(now, live.watch.at))))
        if live.selected is not None:
            page.agenda.select(live.selected)
        page.stage.set_projector(self._driver.window.size())
        page.stage.show_stage(live.stage(self._driver.window.page.number - 1))
        self._side.show()
        self.door.show(conflicts)
        self.line.preview()
        self._show_time(now)
        yield
        upcoming = live.upcoming()
        yield
        page.stage.show_upcoming(upcoming)
        yield
        for waits in live.waiting_steps():
            self._waits = self._waits if waits is None else waits
            yield
        self._show_room(len(conflicts))
        yield
        self.refreshed.emit()

    def tick(self) -> None:
        """Looks at the clock: what ended by itself narrows, and the times move on."""
        if self._guarded(self.live.tick):
            self.refresh_soon()
        self._show_time(self._clock())

    def stop(self) -> None:
        """Stops looking at the clock and keeps what was typed; doing it twice changes nothing."""
        if self._tick.isActive():
            self._tick.stop()
            self._draft.stop()
            self._turns.stop()
            self._side.stop()
            self.line.keep_draft()

    # Commands

    def command(self, command: Command) -> None:
        """Carries out a command of the console."""
        self.console.notice.say("news", "")
        selected = self.live.selected
        self._guarded(self._commands[command])
        if self.live.desk.locked:
            return
        if self.live.selected != selected:
            self.line.turn_to_item()
        self.refresh_soon()

    def open_meeting(self) -> None:
        """Opens the meeting and goes to its first item, from whichever page it was asked for."""
        self.live.do(meetings.open_meeting, self.live.meeting)
        if self.live.material.agenda:
            # What was arranged last is not what is shown first.
            self.select(self.live.material.agenda[0].id)
        self.console.go_to(PageName.MEETING)
        words = f"The meeting is open. {cap(Command.CHECK_IN)} checks in who is here."
        self.console.notice.say("news", words, calm=True)
        say_another_day(self.live, self.console.notice, self._header().when, self._after)

    def next(self) -> None:
        """The next page of what is live, else the next item."""
        if self._held() or not self.pages.turn(1):
            self.live.show_next()

    def back(self) -> None:
        """The page before of what is live, else the item before."""
        if self._held() or not self.pages.turn(-1):
            self.live.show_previous()

    def undo(self) -> None:
        """Takes back what was done last, and says what that was."""
        told = self.live.take_back()
        self.console.notice.say("news", told or "There is nothing to take back.", calm=True)
        if told:
            self.taken_back.emit()

    def mark_discussed(self) -> None:
        """Marks the selected item as discussed, or takes the mark back."""
        live = self.live
        item = live.material.items.get(live.selected or "")
        if item is not None:
            yes = raw(item, "discussed_at") is None
            live.do_undoably(Did("the mark on", item.id), meetings.discussed, item.id, yes=yes)

    def say_time(self) -> None:
        """Has the console say when the time of what is live is up, or no longer; the projector never does."""
        self._says_time = not self._says_time
        says = "says" if self._says_time else "no longer says"
        self.console.notice.say("news", f"This screen {says} when the time of an item is up.", calm=True)

    def reword(self, item: str, filed: str) -> None:
        """Goes to something filed under an item, to write its words anew for the room."""
        self.console.show_page(PageName.MEETING)
        self.select(item)
        self.line.reword(filed)

    def select(self, item: str) -> None:
        """Selects an item for the private side and the entry line; what is live does not move."""
        if item != self.live.selected:
            self.live.select(item)
            self.line.turn_to_item()
            self.refresh_soon()

    # Inside

    def _show_room(self, conflicts: int) -> None:
        """Shows the room; whether something waits is what was last worked out."""
        live, waits = self.live, self._waits

        def compose() -> RoomChip:
            return room_chip(live.material, live.mine(), live.watch, waits=waits, conflicts=conflicts)

        self.console.bar.show_room(live.composed(("chip", waits, conflicts), compose))

    def _agenda(self, spent: Mapping[str, timedelta]) -> tuple[AgendaRow, ...]:
        """The agenda's rows, which change with every whole minute that an item has had."""
        live = self.live
        seen = live.screen is not Screen.NONE
        minutes = tuple((item, whole_minutes(had)) for item, had in spent.items())

        def compose() -> tuple[AgendaRow, ...]:
            items = (item.id for item in live.material.agenda if item.links.get("participant"))
            rooms = {item: live.watch.disclosure(item) for item in items}
            return agenda_rows(
                live.material,
                live.mine(),
                rooms,
                live.live_item,
                live.next_item,
                seen_by_room=seen,
                spent=spent,
            )

        return live.composed(("agenda", live.live_item, live.next_item, seen, minutes), compose)

    def _connect(self) -> None:
        console, page, people = self.console, self.console.meeting, self.console.check_in
        console.commanded.connect(self.command)
        page.agenda.selected.connect(self.select)
        page.agenda.activated.connect(lambda item: self._after(self.live.show, item))
        page.agenda.moved.connect(self._on_moved)
        page.agenda.timed.connect(self._on_timed)
        page.agenda.removed.connect(self._on_removed)
        page.stage.page_asked.connect(self._on_page)
        self.line.filed.connect(self.refresh_soon)
        page.private.mend_asked.connect(self.line.mend)
        page.private.reword_asked.connect(lambda part: self.line.reword(part.record))
        page.private.fix_asked.connect(self._on_fix)
        page.private.outcome_asked.connect(self._on_outcome)
        page.private.note_changed.connect(self._on_note)
        people.signing_asked.connect(lambda one: self.signing_asked.emit((one,)))
        people.turn_asked.connect(self.signing_asked)

    def _after(self, verb: Callable[..., object], *args: object, **kwargs: object) -> None:
        self._guarded(verb, *args, **kwargs)
        self.refresh_soon()

    def _on_moved(self, item: str, beyond: str) -> None:
        # Items that the user may not know of stand between those shown.
        order = [one.id for one in self.live.material.agenda]
        did = Did("the move of", item, topic=f"move {item}")
        self._after(self.live.do_undoably, did, agenda.move_item, item, order.index(beyond) + 1)

    def _on_timed(self, item: str, minutes: int) -> None:
        did = Did("the minutes of", item, topic=f"minutes {item}")
        self._after(self.live.do_undoably, did, agenda.set_minutes, item, minutes)

    def _on_removed(self, item: str) -> None:
        self._after(self.live.do_undoably, Did("the removal of an item"), agenda.remove_item, item)

    def _on_page(self, steps: int) -> None:
        self._after(self._turn, steps)

    def _turn(self, steps: int) -> None:
        self._held()
        self.pages.turn(steps)

    def _held(self) -> bool:
        """Says why nothing moves while the screen is frozen; returns whether it is."""
        held = self.live.screen is Screen.FROZEN
        if held:
            words = f"The room's screen is held. {cap(Command.FREEZE)} lets it go."
            self.console.notice.say("news", words, calm=True)
        return held

    def _on_fix(self, offer: FixOffer) -> None:
        match offer.fix:
            case Fix.SIGN:
                self.signing_asked.emit(offer.people)
            case Fix.STEP_OUT:
                for person in (one for one in offer.people if one in self.live.watch.room.present):
                    self.door.step_out(person, self.live.selected or "")
            case Fix.TAKE_AFTER:
                self._take_after(self.live.selected or "", offer.about)
            case Fix.RELEASE:
                self.form_asked.emit("release", offer.about)
            case Fix.IDENTIFY:
                self.console.open_check_in()
            case Fix.CONFIRM:
                self.command(Command.WIDEN)
            case Fix.NONE:
                pass

    def _take_after(self, item: str, behind: str) -> None:
        """Moves an item behind another; the others close up."""
        order = [one.id for one in self.live.material.agenda]
        if item in order and behind in order:
            self._on_moved(item, behind)

    def _on_outcome(self, action: str, outcome: Mark) -> None:
        if outcome is Mark.NOT_POSSIBLE:
            self.line.why_not(action)
            return
        did = Did("the outcome of", action)
        self._after(self.live.do_undoably, did, entries.set_outcome, action, outcome.value)

    def _on_note(self, words: str) -> None:
        item = self.live.selected
        self._guarded(self._keep_note, item, words)

    def _keep_note(self, item: str | None, words: str) -> None:
        # Nobody else is shown it: nothing has to be read anew for every letter.
        _, change = self.live.do_quietly(recorded, entries.keep_note, self.live.number, item, words)
        self.live.undo.push(Step(Did("the note on", item, topic=f"note {item}"), change))

    def _header(self) -> Header:
        live = self.live
        return live.composed(("header", live.screen), lambda: header(live.material, live.mine(), live.screen))

    def _show_time(self, now: datetime) -> None:
        page, material = self.console.meeting, self.live.material
        self.console.notice.say("clock", clock_caution(self.live.watch.at, now, material.zone))
        now = max(now, self.live.watch.at)
        words = clock_words(now, material.zone)
        bar = self._header()
        item = self.live.live_item
        spent = self._item_clock.look(now).get(item or "", timedelta())
        self.console.bar.show_header(bar, now, self.screen_name)
        page.agenda.show_time(bar, now, spent)
        record = material.items.get(item or "")
        planned = raw(record, "minutes_planned") if record is not None else 0
        minutes = planned if isinstance(planned, int) else 0
        page.stage.show_time(words, spent if item else None, minutes)
        up = self._says_time and 0 < minutes <= spent.total_seconds() / 60
        self.console.notice.say("time", "Time is up for what is live." if up else "")
        self._driver.window.set_clock(words)
