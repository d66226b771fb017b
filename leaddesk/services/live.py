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
from leaddesk.services.undo import Change, Did, Step, Undo, put_back, recorded

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

        def arrived(unit: Unit) -> None:
            attendance.arrive(unit, self.number, attendee, role, mode)
            if stranger:
                attendance.stranger_gone(unit, self.meeting, identified=True)

        self._happens(room.arrive(Presence(person=attendee, role=role or usual or "")), arrived)

    def leave(self, attendee: str) -> None:
        """Somebody leaves; what that widens waits for the chair."""
        self._happens(self.watch.room.leave(attendee), attendance.leave, self.number, attendee)

    def take_back_arrival(self, attendee: str) -> None:
        """Somebody was checked in by mistake; what that widens waits for the chair."""
        self._happens(self.watch.room.leave(attendee), attendance_mending.take_back_arrival, self.number, attendee)

    def take_back_leaving(self, attendee: str) -> None:
        """Somebody has not left after all: narrowing, so at once."""
        self._narrow_first()
        before = self._do(attendance_mending.before_leaving, self.number, attendee)
        self._happens(self.watch.room.arrive(before), attendance_mending.take_back_leaving, self.number, attendee)

    def take_back_apart(self, attendee: str) -> None:
        """Somebody does not sit apart after all: narrowing, so at once; what they are out for stays so."""
        self._happens(
            self.watch.room.arrive(replace(self._here(attendee), out_of_view=False)),
            attendance_mending.take_back_apart,
            self.number,
            attendee,
        )

    def take_back_step_out(self, attendee: str, item: str) -> None:
        """Somebody has not stepped out for an item after all: narrowing, so at once; other absences stay."""
        before = self._here(attendee)
        self._happens(
            self.watch.room.arrive(replace(before, stepped_out=before.stepped_out - {item})),
            attendance_mending.take_back_step_out,
            self.number,
            attendee,
            item,
        )

    def sit_apart(self, attendee: str) -> None:
        """Somebody sits out of view until further notice."""
        before = self.watch.room.present.get(attendee, Presence(person=attendee, role=self._role_of(attendee)))
        self._happens(
            self.watch.room.arrive(replace(before, out_of_view=True)), attendance.sit_apart, self.number, attendee
        )

    def step_out(self, attendee: str, item: str) -> None:
        """Somebody leaves the room for one item; what that widens waits for the chair."""
        before = self._here(attendee)
        self._happens(
            self.watch.room.arrive(replace(before, stepped_out=before.stepped_out | {item})),
            attendance.step_out,
            self.number,
            attendee,
            item,
        )

    def step_in(self, attendee: str) -> None:
        """Somebody is back in the room and in view: narrowing, so at once."""
        self._happens(
            self.watch.room.arrive(Presence(person=attendee, role=self._role_of(attendee))),
            attendance.step_in,
            self.number,
            attendee,
        )

    def walk_in(self) -> None:
        """Somebody walked in: the public card at once, before anybody knows who it is."""
        try:
            self._go_idle("walk-in")
        finally:
            self._happens(self.watch.room.walk_in(), attendance.walk_in, self.meeting)

    def walked_out(self) -> None:
        """Somebody unidentified is gone again; what that widens waits for the chair."""
        if not self.watch.room.strangers:
            raise KnownError("Nobody is unknown.", kept="The room is as it was.")
        self._happens(self.watch.room.identified(), attendance.stranger_gone, self.meeting, identified=False)

    def take_back_walk_in(self) -> None:
        """Nobody had walked in; what that widens waits for the chair."""
        if not self.watch.room.strangers:
            raise KnownError("Whoever walked in is known, or gone.", kept="The room is as it was.")
        self._happens(self.watch.room.identified(), attendance_mending.take_back_walk_in, self.meeting)

    def close(self) -> None:
        """Closes the meeting: the public card, everybody out, and the room is the public again."""
        self.show_idle()
        self.do(_closed, self.meeting)
        self._move(Room(signed_in=self.desk.user.id))
        self._write_end()

    def take_back_closing(self) -> None:
        """The meeting goes on after all, with everybody who was there; what the room may have waits for the chair.

        Raises:
            KnownError: it can't any more.
        """
        self.do(meetings.take_back_closing, self.meeting)
        self._move(self._do(attendance.room_of, self.number))

    def confirm(self) -> None:
        """The chair lets the room have what it may have now."""
        # What has ended by now narrows first: nothing that was there turns into something else in its place.
        self.tick()
        waits = self.watch.waits
        # A room that the ledger does not know of has no more than before.
        self._do(_note_widened)
        self.watch.confirm()
        # A pause is not cut short, and what is frozen stays as it is until it is shown anew.
        live = self._screen is Screen.LIVE and not self._pausing and not self._frozen
        if waits and live and self._shown is not None:
            with self._failing_closed():
                self._go_on_with(self._shown)

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
        self._narrow_first()
        return self.do(verb, *args, **kwargs)

    def do_undoably(self, did: Did, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Like `do`, for what `take_back` takes back; what a verb adds and returns the id of is what it is about."""
        result, change = self.do(recorded, verb, *args, **kwargs)
        if change.touched:
            about = result if isinstance(result, str) and result in change.added else did.about
            self.undo.push(Step(did._replace(about=about), change))
        return result

    def narrow_undoably(
        self, did: Did, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Like `do_narrowing`, for what `take_back` takes back; what that gives again waits for the chair."""
        result, change = self.do_narrowing(recorded, verb, *args, **kwargs)
        self.undo.push(Step(did, change))
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
                if step.back.shows_less:
                    self._narrow_first()
                with self.taking_off(step.back.added):
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

    def _narrow_first(self) -> None:
        """The public card before it is known what is left."""
        if self._screen is Screen.LIVE:
            self._pass_by_card("looked at anew", self._resume)

    def _here(self, attendee: str) -> Presence:
        presence = self.watch.room.present.get(attendee)
        if presence is None:
            raise attendance.not_here()
        return presence

    def _role_of(self, attendee: str) -> str:
        presence = self.watch.room.present.get(attendee)
        return presence.role if presence is not None else self.watch.facts.people[attendee].role or ""

    def _happens(
        self, room: Room, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """The room is another one in the next frame, then on the desk, even where no frame of it can be made.

        Where it can't be written, the room is the one that the desk has.
        """

        def turn(unit: Unit) -> Material:
            verb(unit, *args, **kwargs)
            return load(unit, self.meeting).material

        try:
            self._move(room)
        finally:
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
