"""The running meeting: who is in its room, and what is done while it runs.

What shows less is on the projector first and on disk after it. What the room is shown is `showing`'s.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from leaddesk.errors import KnownError
from leaddesk.policy.desk_views import Screen
from leaddesk.policy.material import Material
from leaddesk.policy.room import Presence, Room
from leaddesk.policy.undo_words import undo_words
from leaddesk.services import (
    attendance,
    attendance_mending,
    meetings,
    templates,
)
from leaddesk.services.desk import Desk, Unit, is_disk_error
from leaddesk.services.material import Loaded, load
from leaddesk.services.showing import Showing
from leaddesk.services.shown import Projector
from leaddesk.services.undo import Change, Did, Step, Undo, check, put_back, recorded

P = ParamSpec("P")
T = TypeVar("T")


class LiveMeeting(Showing):
    """One open meeting, its room and its projector; made like a `Showing`."""

    def __init__(self, desk: Desk, meeting: str, projector: Projector, clock: Callable[[], datetime]) -> None:
        super().__init__(desk, meeting, projector, clock)
        self.undo = Undo()

    # The room

    def arrive(self, attendee: str, role: str | None = None, mode: str = "room", *, stranger: bool = False) -> None:
        """Somebody checks in: the room narrows in the next frame, then the desk is written.

        Args:
            attendee: who.
            role: in which role, ``None`` for their usual one.
            mode: ``room``, ``phone`` or ``video``.
            stranger: whether this is somebody who walked in unidentified.
        """
        usual = self.watch.facts.people[attendee].role
        room = self.watch.room.identified() if stranger else self.watch.room
        self._move(room.arrive(Presence(person=attendee, role=role or usual or "")))

        def arrived(unit: Unit) -> None:
            attendance.arrive(unit, self.number, attendee, role, mode)
            if stranger:
                attendance.stranger_gone(unit, self.meeting, identified=True)

        self._keep(arrived)

    def leave(self, attendee: str) -> None:
        """Somebody leaves; what that widens waits for the chair."""
        self._move(self.watch.room.leave(attendee))
        self._keep(attendance.leave, self.number, attendee)

    def take_back_arrival(self, attendee: str) -> None:
        """Somebody was checked in by mistake; what that widens waits for the chair."""
        self._move(self.watch.room.leave(attendee))
        self._keep(attendance_mending.take_back_arrival, self.number, attendee)

    def take_back_leaving(self, attendee: str) -> None:
        """Somebody has not left after all: narrowing, so at once."""
        before = self._do(attendance_mending.before_leaving, self.number, attendee)
        self._move(self.watch.room.arrive(before))
        self._keep(attendance_mending.take_back_leaving, self.number, attendee)

    def take_back_apart(self, attendee: str) -> None:
        """Somebody does not sit apart after all: narrowing, so at once; what they are out for stays so."""
        self._move(self.watch.room.arrive(replace(self._here(attendee), out_of_view=False)))
        self._keep(attendance_mending.take_back_apart, self.number, attendee)

    def take_back_step_out(self, attendee: str, item: str) -> None:
        """Somebody has not stepped out for an item after all: narrowing, so at once; other absences stay."""
        before = self._here(attendee)
        self._move(self.watch.room.arrive(replace(before, stepped_out=before.stepped_out - {item})))
        self._keep(attendance_mending.take_back_step_out, self.number, attendee, item)

    def sit_apart(self, attendee: str) -> None:
        """Somebody sits out of view until further notice."""
        before = self.watch.room.present.get(attendee, Presence(person=attendee, role=self._role_of(attendee)))
        self._move(self.watch.room.arrive(replace(before, out_of_view=True)))
        self._keep(attendance.sit_apart, self.number, attendee)

    def step_out(self, attendee: str, item: str) -> None:
        """Somebody leaves the room for one item; what that widens waits for the chair."""
        before = self._here(attendee)
        self._move(self.watch.room.arrive(replace(before, stepped_out=before.stepped_out | {item})))
        self._keep(attendance.step_out, self.number, attendee, item)

    def step_in(self, attendee: str) -> None:
        """Somebody is back in the room and in view: narrowing, so at once."""
        self._move(self.watch.room.arrive(Presence(person=attendee, role=self._role_of(attendee))))
        self._keep(attendance.step_in, self.number, attendee)

    def walk_in(self) -> None:
        """Somebody walked in: the public card at once, before anybody knows who it is."""
        self._projector.show_idle(self.idle())
        self._screen = Screen.IDLE
        self._frozen = False
        self.watch.move(at=self._clock(), room=self.watch.room.walk_in())
        self._take_down("walk-in")
        self._keep(attendance.walk_in, self.meeting)

    def walked_out(self) -> None:
        """Somebody unidentified is gone again; what that widens waits for the chair."""
        if not self.watch.room.strangers:
            raise KnownError("Nobody is unknown.", kept="The room is as it was.")
        self._move(self.watch.room.identified())
        self._keep(attendance.stranger_gone, self.meeting, identified=False)

    def take_back_walk_in(self) -> None:
        """Nobody had walked in; what that widens waits for the chair."""
        if not self.watch.room.strangers:
            raise KnownError("Whoever walked in is known, or gone.", kept="The room is as it was.")
        self._move(self.watch.room.identified())
        self._keep(attendance_mending.take_back_walk_in, self.meeting)

    def close(self) -> None:
        """Closes the meeting: the public card, everybody out, and the room is the public again."""
        self.show_idle()
        self.do(_closed, self.meeting)
        self._move(Room(signed_in=self.desk.user.id))
        self._write_end()

    def confirm(self) -> None:
        """The chair lets the room have what it may have now."""
        # A room that the ledger does not know of has no more than before.
        self._do(_note_widened)
        self.watch.confirm()
        # A pause is not cut short, and what is frozen stays as it is until it is shown anew.
        if self._screen is Screen.LIVE and not self._pausing and not self._frozen:
            self._resume()

    def tick(self) -> bool:
        """Looks at the clock: whatever ended by itself narrows now; returns whether anything began or ended."""
        now = self._clock()
        change = self.watch.next_change()
        if change is None or change > now:
            return False
        self.watch.move(at=now)
        self._settle()
        self._note_passed(change)
        self._write_end()
        return True

    # Verbs

    def do(self, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a verb returns, the material and the room's rights read anew with it."""

        def turn(unit: Unit) -> tuple[T, Loaded]:
            return verb(unit, *args, **kwargs), load(unit, self.meeting)

        result, loaded = self._do(turn)
        self._take(loaded)
        return result

    def do_quietly(self, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a verb returns that changes nothing anybody is shown, such as keeping the unfinished line."""
        return self._do(verb, *args, **kwargs)

    def do_narrowing(self, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `do`, for what can only take away: the public card first, then the disk, then what is left."""
        if self._screen is Screen.LIVE:
            self._pausing = True
            self._projector.narrow(self.idle(), self._resume)
            self._end_entry("looked at anew")
        return self.do(verb, *args, **kwargs)

    def do_undoably(self, did: Did, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `do`, for what `take_back` takes back; what a verb adds and returns the id of is what it is about."""
        result, change = self.do(recorded, verb, *args, **kwargs)
        if change.touched:
            about = result if isinstance(result, str) and result in change.added else did.about
            self.undo.push(Step(did._replace(about=about), change))
        return result

    def take_back(self) -> str:
        """Takes back the last step and returns what it was, in the user's words; empty where there is none.

        What is taken back leaves the projector first; what that widens waits, like every widening.

        Raises:
            KnownError: it can't be taken back any more; it is forgotten, and nothing was changed.
        """
        step = self.undo.last
        if step is None:
            return ""
        told = undo_words(self.material, self.mine(), step.did.words, step.did.about)
        try:
            if isinstance(step.back, Change):
                self._do(check, step.back)
                self.take_off(step.back.added)
                self.do(put_back, step.back)
            else:
                step.back()
        except KnownError as error:
            if not is_disk_error(error):
                self.undo.drop()
            raise
        self.undo.drop()
        return told

    # Inside

    def _here(self, attendee: str) -> Presence:
        presence = self.watch.room.present.get(attendee)
        if presence is None:
            raise attendance.not_here()
        return presence

    def _role_of(self, attendee: str) -> str:
        presence = self.watch.room.present.get(attendee)
        return presence.role if presence is not None else self.watch.facts.people[attendee].role or ""

    def _keep(self, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> None:
        """Writes what the room has just done; where that is not possible, the room is the one that the desk has."""

        def turn(unit: Unit) -> Material:
            verb(unit, *args, **kwargs)
            return load(unit, self.meeting).material

        try:
            self.material = self._do(turn)
        except KnownError as error:
            if not is_disk_error(error):
                self._move(self._do(attendance.room_of, self.number))
                self._write_end()
            raise


def _closed(unit: Unit, meeting: str) -> None:
    """The meeting is over, and with it what waited for its end."""
    meetings.close_meeting(unit, meeting)
    templates.end_superseded(unit)


def _note_widened(unit: Unit) -> None:
    unit.note("widening_confirmed")
