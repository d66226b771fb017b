"""The door of a running meeting: what check-in asks for, done by the services, and shown anew."""

from collections.abc import Callable
from typing import Protocol

from leaddesk.policy.checkin import check_in_rows
from leaddesk.policy.desk_views import CheckInRow, Whereabouts
from leaddesk.services import agreements, people, preflight, ties
from leaddesk.services.attendance_mending import Edge, mend_time
from leaddesk.services.drafts import Newcomer
from leaddesk.services.live import LiveMeeting
from leaddesk.ui.console.checkin import CheckInPanel


class After(Protocol):
    """Runs a verb, tells what went wrong, and shows everything anew."""

    def __call__(self, verb: Callable[..., object], *args: object, **kwargs: object) -> None:
        """Do it."""


class Door:
    """Connects the check-in drawer with the meeting.

    Args:
        live: the running meeting.
        panel: the drawer.
        after: runs a verb and shows everything anew.
    """

    def __init__(self, live: LiveMeeting, panel: CheckInPanel, after: After) -> None:
        self._live, self._panel, self._after = live, panel, after
        self._connect()

    def people(self) -> tuple[CheckInRow, ...]:
        """Everybody who can be checked in, as they stand now."""
        expected = self._live.desk.do(preflight.expected, self._live.meeting)
        return check_in_rows(self._live.material, self._live.watch, frozenset(expected))

    def show(self) -> None:
        """Shows who is where now."""
        live, about = self._live, self._about()
        words = "" if about is None else live.mine().reads_as(about)
        self._panel.show_people(self.people(), live.watch.room.strangers, live.watch.room.signed_in, words)

    def _connect(self) -> None:
        live, panel, after = self._live, self._panel, self._after
        panel.checked_in.connect(self._on_checked_in)
        panel.left.connect(lambda one: after(live.leave, one))
        panel.out_of_view.connect(lambda one: after(live.sit_apart, one))
        panel.stepped_out.connect(self._on_stepped_out)
        panel.came_back.connect(lambda one: after(live.step_in, one))
        panel.arrival_taken_back.connect(lambda one: after(live.take_back_arrival, one))
        panel.leaving_taken_back.connect(lambda one: after(live.take_back_leaving, one))
        panel.time_mended.connect(
            lambda one, edge, words: after(live.do, mend_time, live.number, one, Edge(edge), words)
        )
        panel.signed_on_paper.connect(
            lambda one, witness: after(live.do, agreements.sign_on_paper, one, witness, live.number)
        )
        panel.declined.connect(lambda one: after(live.do_narrowing, agreements.decline, one, live.number))
        panel.withdrew.connect(lambda one: after(live.do_narrowing, agreements.withdraw, one, live.number))
        panel.conflict_told.connect(self._on_conflict)
        panel.conflict_named.connect(lambda one, names: after(live.do_narrowing, ties.exclude_named, one, names))
        panel.stranger_identified.connect(lambda one: after(live.arrive, one, stranger=True))
        panel.stranger_left.connect(lambda: after(live.walked_out))
        panel.newcomer_added.connect(lambda new, walked_in: after(self._add, new, stranger=walked_in))

    def _on_checked_in(self, attendee: str, where: Whereabouts, role: str) -> None:
        self._after(self._live.arrive, attendee, role or None, where.value)

    def _on_stepped_out(self, attendee: str) -> None:
        item = self._live.live_item or self._live.selected
        if item is not None:
            self._after(self._live.step_out, attendee, item)

    def _on_conflict(self, attendee: str) -> None:
        about = self._about()
        if about is not None:
            self._after(self._live.do_narrowing, ties.exclude_told, attendee, about)

    def _add(self, new: Newcomer, *, stranger: bool) -> None:
        """Somebody new is added and in the room at once: two verbs, of which the first alone harms nobody."""
        added = self._live.do(people.add_newcomer, new)
        self._live.arrive(added, stranger=stranger)
        self._panel.welcome(added)

    def _about(self) -> str | None:
        """The participant whom the item at hand is about: the live one, else the selected one."""
        live = self._live
        item = live.material.items.get(live.live_item or live.selected or "")
        return None if item is None else item.links.get("participant")
