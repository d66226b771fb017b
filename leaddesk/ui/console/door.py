"""The door of a running meeting: what check-in asks for, done by the services, and shown anew."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from leaddesk.policy.checkin import check_in_rows
from leaddesk.policy.conflicts import conflict_rows, conflict_words
from leaddesk.policy.desk_views import CheckInRow, ConflictRow, Whereabouts
from leaddesk.policy.room import Presence
from leaddesk.policy.titles import own_title
from leaddesk.policy.why import short_name
from leaddesk.services import agreements, people, preflight, ties
from leaddesk.services.attendance_mending import Edge, mend_time
from leaddesk.services.composed import Views
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import Newcomer
from leaddesk.services.live import LiveMeeting
from leaddesk.services.undo import Did, Step, stands
from leaddesk.ui.console.conflicts import ConflictsDialog
from leaddesk.ui.console.keys import Command, cap
from leaddesk.ui.console.window import ConsoleWindow


class After(Protocol):
    """Runs a verb, tells what went wrong, and shows everything anew."""

    def __call__(self, verb: Callable[..., object], *args: object, **kwargs: object) -> None:
        """Do it."""


class Door:
    """Connects the check-in drawer, and what is told of those in the room, with the meeting.

    Args:
        live: the running meeting.
        console: the chair's window.
        after: runs a verb and shows everything anew.
        excluded: told from which participants somebody was excluded for good.
    """

    def __init__(
        self, live: LiveMeeting, console: ConsoleWindow, after: After, excluded: Callable[[Sequence[str]], None]
    ) -> None:
        self._live, self._console, self._after, self._excluded = live, console, after, excluded
        self._panel = console.check_in
        self._deciding: ConflictsDialog | None = None
        self._offered: set[str] = set()
        self._views = Views()
        self._shown: tuple[tuple[CheckInRow, ...], int, str, str, str] | None = None
        self._connect()

    def conflicts(self) -> tuple[ConflictRow, ...]:
        """The disclosed conflicts that wait for the chair, as the signed-in user may know of them."""
        return conflict_rows(self._live.mine(), self._live.desk.do(ties.undecided))

    def decide_conflicts(self) -> None:
        """Opens what the chair confirms or clears; nothing where nothing waits."""
        rows, user = self.conflicts(), self._live.desk.user
        if not rows or self._deciding is not None:
            return
        theme = self._console.theme
        self._deciding = dialog = ConflictsDialog(theme, may_decide=user.is_chair, parent=self._console)
        dialog.decided.connect(self._on_decided)
        dialog.finished.connect(self._on_closed)
        dialog.show_rows(rows)
        self._console.open_over(dialog)

    def walk_in(self) -> None:
        """Somebody walked in whom nobody knows yet: the public card at once."""
        live = self._live
        live.walk_in()
        live.undo.push(Step(Did("the walk-in"), live.take_back_walk_in))

    def step_out(self, attendee: str, item: str) -> None:
        """Somebody leaves the room for one item; Ctrl+Z brings them back."""
        did, back = Did("stepping out,", attendee), partial(self._live.take_back_step_out, item=item)
        self._after(self._undoably, did, back, self._live.step_out, attendee, item)

    def people(self) -> tuple[CheckInRow, ...]:
        """Everybody who can be checked in, as they stand now."""
        material = self._live.material
        of = (material.meeting, material.series, material.attendees, material.attendance, self._live.watch.moments)
        return self._views.composed(of, "people", self._rows)

    def show(self, waiting: tuple[ConflictRow, ...]) -> None:
        """Shows who is where now, and the conflicts that wait."""
        live, about = self._live, self._about()
        words = "" if about is None else live.mine().reads_as(about)
        item = live.material.items.get(live.live_item or live.selected or "")
        title = "" if item is None else own_title(live.material, live.mine(), item)
        shown = (self.people(), live.watch.room.strangers, live.watch.room.signed_in, words, title)
        if shown != self._shown:
            self._shown = shown
            self._panel.show_people(*shown)
        notice = self._console.notice
        notice.say("conflicts", conflict_words(waiting), ("Decide", self.decide_conflicts))
        if self._deciding is not None:
            self._deciding.show_rows(waiting)
        out = [one for one in live.watch.room.present.values() if self._over(one)]
        for person in self._offered - {one.person for one in out}:
            notice.say(f"out {person}", "")
        for one in out:
            name = short_name(live.watch.facts.people[one.person].name)
            words = f"{name} stepped out for an item that is over. Back in the room, and in view?"
            notice.say(f"out {one.person}", words, ("Back in", partial(self._after, self._come_back, one.person)))
        self._offered = {one.person for one in out}

    def _over(self, presence: Presence) -> bool:
        """Whether somebody is out for an item, and another one is live."""
        live = self._live.live_item
        return bool(presence.stepped_out) and live is not None and live not in presence.stepped_out

    def _on_decided(self, exclusions: tuple[str, ...], stands: bool) -> None:
        meant = [
            one for record in self._live.desk.do(ties.undecided) if record.id in exclusions for one in record.about
        ]
        self._after(self._decide, exclusions, list(dict.fromkeys(meant)) if stands else [], stands=stands)

    def _decide(self, exclusions: tuple[str, ...], meant: list[str], *, stands: bool) -> None:
        self._live.do(ties.decide_conflicts, exclusions, stands=stands)
        self._excluded(meant)

    def _on_closed(self) -> None:
        self._deciding = None

    def _rows(self) -> tuple[CheckInRow, ...]:
        expected = self._live.desk.do(preflight.expected, self._live.meeting)
        return check_in_rows(self._live.material, self._live.watch, frozenset(expected))

    def _connect(self) -> None:
        live, panel, after = self._live, self._panel, self._after
        panel.checked_in.connect(self._on_checked_in)
        panel.left.connect(
            lambda one: after(self._undoably, Did("the leaving of", one), live.take_back_leaving, live.leave, one)
        )
        panel.out_of_view.connect(
            lambda one: after(self._undoably, Did("out of view,", one), live.take_back_apart, live.sit_apart, one)
        )
        panel.stepped_out.connect(self._on_stepped_out)
        panel.came_back.connect(lambda one: after(self._come_back, one))
        panel.arrival_taken_back.connect(lambda one: after(live.take_back_arrival, one))
        panel.leaving_taken_back.connect(lambda one: after(live.take_back_leaving, one))
        panel.time_mended.connect(
            lambda one, edge, words: after(
                live.do_undoably, Did("a mended time of", one), mend_time, live.number, one, Edge(edge), words
            )
        )
        panel.signed_on_paper.connect(lambda one, witness: after(self._sign_on_paper, one, witness))
        panel.declined.connect(lambda one: after(self._end_agreement, agreements.decline, one))
        panel.withdrew.connect(lambda one: after(self._end_agreement, agreements.withdraw, one))
        panel.conflict_told.connect(self._on_conflict)
        panel.conflict_named.connect(lambda one, names: after(self._name_conflict, one, names))
        panel.stranger_identified.connect(lambda one: after(self._identify, one))
        panel.stranger_left.connect(lambda: after(live.walked_out))
        panel.newcomer_added.connect(lambda new, walked_in: after(self._add, new, stranger=walked_in))

    def _undoably(self, did: Did, back: Callable[[str], object], verb: Callable[..., object], *args: object) -> None:
        """Does something with somebody at the door that Ctrl+Z takes back, widening only once the chair confirms."""
        verb(*args)
        attendee = did.about or ""
        self._live.undo.push(Step(did, lambda: back(attendee)))

    def _end_agreement(self, verb: Callable[[Unit, str, int], None], attendee: str) -> None:
        """Somebody declines or withdraws: one key among many, so it says what it did and Ctrl+Z takes it back."""
        live, console = self._live, self._console
        what = "declining" if verb is agreements.decline else "withdrawal"
        live.narrow_undoably(Did(f"the {what} of", attendee), verb, attendee, live.number)
        name = short_name(live.watch.facts.people[attendee].name)
        did = "declined to sign" if verb is agreements.decline else "withdrew their agreement"
        console.notice.say("news", f"{name} {did}. {cap(Command.UNDO)} takes it back.", calm=True)

    def _on_checked_in(self, attendee: str, where: Whereabouts, role: str) -> None:
        live, words = self._live, (attendee, role or None, where.value)
        if attendee in live.watch.room.present:
            self._after(live.arrive, *words)
        else:
            did = Did("the check-in of", attendee)
            self._after(self._undoably, did, live.take_back_arrival, live.arrive, *words)

    def _on_stepped_out(self, attendee: str) -> None:
        item = self._live.live_item or self._live.selected
        if item is not None:
            self.step_out(attendee, item)

    def _on_conflict(self, attendee: str) -> None:
        about = self._about()
        if about is not None:
            self._after(self._exclude, attendee, about)

    def _sign_on_paper(self, attendee: str, witness: str) -> None:
        self._live.do(agreements.sign_on_paper, attendee, witness, self._live.number)
        self._live.undo.push(stands("a signature"))

    def _name_conflict(self, attendee: str, names: str) -> None:
        self._live.do_narrowing(ties.exclude_named, attendee, names)
        self._live.undo.push(stands("a conflict that was told"))

    def _exclude(self, attendee: str, about: str) -> None:
        self._live.do_narrowing(ties.exclude_told, attendee, about)
        self._live.undo.push(stands("a conflict that was told"))
        # What a scribe notes is not sure until the chair has decided.
        if self._live.desk.user.is_chair:
            self._excluded([about])

    def _add(self, new: Newcomer, *, stranger: bool) -> None:
        """Somebody new is added and in the room at once: two verbs, of which the first alone harms nobody."""
        added = self._live.do_narrowing(people.add_newcomer, new)
        self._live.arrive(added, stranger=stranger)
        self._live.undo.push(stands("that somebody new came"))
        self._panel.welcome(added)

    def _identify(self, attendee: str) -> None:
        self._live.arrive(attendee, stranger=True)
        self._live.undo.push(stands("who somebody unknown is"))

    def _come_back(self, attendee: str) -> None:
        """Somebody is back in the room and in view; Ctrl+Z puts them where they were, which waits for the chair."""
        live, before = self._live, self._live.watch.room.present.get(attendee)
        live.step_in(attendee)
        if before is not None:
            live.undo.push(Step(Did("coming back,", attendee), partial(self._away_again, before)))

    def _away_again(self, before: Presence) -> None:
        if before.out_of_view:
            self._live.sit_apart(before.person)
        for item in sorted(before.stepped_out):
            self._live.step_out(before.person, item)

    def _about(self) -> str | None:
        """The participant whom the item at hand is about: the live one, else the selected one."""
        live = self._live
        item = live.material.items.get(live.live_item or live.selected or "")
        return None if item is None else item.links.get("participant")
