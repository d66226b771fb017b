"""Who is in the room: arriving, leaving, sitting apart, stepping out for an item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce

from sqlalchemy import select

from leaddesk.errors import KnownError
from leaddesk.models import AgendaItem, Attendance, Attendee, AttendeeRole, Meeting, SteppedOut
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import NOT_OVER, AttendanceMode
from leaddesk.policy.records import Kind
from leaddesk.policy.room import Presence, Room
from leaddesk.policy.vocabulary import Role
from leaddesk.services.batches import Part
from leaddesk.services.desk import Unit
from leaddesk.services.material import STAYS, STEPPED_OUT
from leaddesk.services.memory import values_of
from leaddesk.services.recording import Row
from leaddesk.vault.ledger import LedgerEntry, Wanted

#: Where a meeting is on its way.
STATE = Part(Meeting, "id = :meeting", ("state",))


def arrive(unit: Unit, meeting: int, attendee: str, role: str | None = None, mode: str = "room") -> None:
    """Somebody checks in, in the role given or else their first; whoever is in already stays in, in the new role."""
    person = unit.found(Attendee, Kind.ATTENDEE, attendee)
    if unit.rows.get_one(Meeting, meeting).state not in NOT_OVER:
        raise KnownError("The meeting is over: nobody can be checked in.", kept="The room is as it was.")
    stay = current_stay(unit, meeting, person.id)
    chosen = first_role(unit, person.id) if role is None else Role(role)
    if stay is None:
        stay = Attendance(meeting_id=meeting, attendee_id=person.id, role=chosen, arrived_at=unit.at)
        unit.rows.add(stay)
    stay.role, stay.mode, stay.out_of_view_from = chosen, AttendanceMode(mode), None
    unit.rows.flush()
    for away in _away(unit, stay):
        away.until_at = unit.at
    unit.note("checked_in", {"attendee": attendee}, role="" if chosen is None else chosen.value, mode=mode)


def leave(unit: Unit, meeting: int, attendee: str) -> None:
    """Somebody leaves; the room may have more once the chair confirms."""
    stay = _stay(unit, meeting, attendee)
    stay.left_at = unit.at
    for away in _away(unit, stay):
        away.until_at = unit.at
    unit.note("left", {"attendee": attendee})


def sit_apart(unit: Unit, meeting: int, attendee: str) -> None:
    """Somebody sits out of view until further notice, being checked in where they were not."""
    if current_stay(unit, meeting, row_id(Kind.ATTENDEE, attendee)) is None:
        arrive(unit, meeting, attendee)
    _stay(unit, meeting, attendee).out_of_view_from = unit.at
    unit.note("out_of_view", {"attendee": attendee})


def step_out(unit: Unit, meeting: int, attendee: str, item: str) -> None:
    """Somebody leaves the room for one item; whoever is out for it already stays out."""
    stay = _stay(unit, meeting, attendee)
    row = unit.found(AgendaItem, Kind.AGENDA_ITEM, item)
    if any(away.agenda_item_id == row.id for away in _away(unit, stay)):
        return
    unit.rows.add(SteppedOut(attendance_id=stay.id, agenda_item_id=row.id, from_at=unit.at))
    unit.note("stepped_out", {"attendee": attendee, "item": item})


def step_in(unit: Unit, meeting: int, attendee: str) -> None:
    """Somebody is back in the room and in view."""
    stay = _stay(unit, meeting, attendee)
    stay.out_of_view_from = None
    for away in _away(unit, stay):
        away.until_at = unit.at
    unit.note("stepped_in", {"attendee": attendee})


def walk_in(unit: Unit, meeting: str) -> None:
    """Somebody walked in who is not identified yet."""
    unit.note("walked_in", {"meeting": meeting})


def stranger_gone(unit: Unit, meeting: str, *, identified: bool) -> None:
    """Somebody who was not identified now is, or is gone again without having been."""
    unit.note("stranger_gone", {"meeting": meeting}, identified=identified)


def room_of(unit: Unit, meeting: int) -> Room:
    """The room as the desk has it: after a crash it is what was checked in before, strangers included.

    When a meeting is over nobody is in its room, whoever was never identified neither.
    """
    found = values_of(unit.rows, (STATE, STAYS, STEPPED_OUT), {"meeting": meeting})
    if not any(row.state in NOT_OVER for row in STATE.rows(found[STATE])):
        return Room(signed_in=unit.user.id)
    room = Room(signed_in=unit.user.id, strangers=_walked_in(unit, policy_id(Kind.MEETING, meeting)).here)
    outs = [out for out in STEPPED_OUT.rows(found[STEPPED_OUT]) if out.until_at is None]
    for stay in STAYS.rows(found[STAYS]):
        if stay.left_at is None:
            room = room.arrive(presence_of(stay, [out for out in outs if out.attendance_id == stay.id]))
    return room


def presence_of(stay: Row, away: Iterable[Row]) -> Presence:
    """A stay as the rule knows it, with the items for which they are out of the room."""
    items = (out.agenda_item_id for out in away)
    return Presence(
        person=policy_id(Kind.ATTENDEE, stay.attendee_id),
        role="" if stay.role is None else stay.role.value,
        out_of_view=stay.out_of_view_from is not None,
        stepped_out=frozenset(policy_id(Kind.AGENDA_ITEM, item) for item in items if item is not None),
    )


def never_identified(unit: Unit, meeting: str) -> int:
    """How many have walked into a meeting so far and were never identified, whether they are still there or not."""
    return _walked_in(unit, meeting).never_identified


@dataclass(frozen=True, slots=True)
class _WalkedIn:
    """How many who walked in are there and not known yet, and how many in all were never identified."""

    here: int = 0
    never_identified: int = 0

    def after(self, event: LedgerEntry) -> "_WalkedIn":
        """After one more event: nobody goes who has not come."""
        match event.action:
            case "walked_in":
                return _WalkedIn(self.here + 1, self.never_identified + 1)
            case "meeting_closed":
                return replace(self, here=0)
            case _ if not self.here:
                return self
            case "stranger_gone" if event.payload.get("identified") is not True:
                return replace(self, here=self.here - 1)
        return _WalkedIn(self.here - 1, self.never_identified - 1)


def _walked_in(unit: Unit, meeting: str) -> _WalkedIn:
    planned = unit.newest_entries(Wanted(actions=("meeting_planned",), person=meeting), before=None, limit=1)
    since = planned[0].at if planned else None
    actions = ("walked_in", "walk_in_undone", "stranger_gone", "meeting_closed")
    events = unit.newest_entries(Wanted(actions=actions, person=meeting, since=since), before=None, limit=None)
    return reduce(_WalkedIn.after, reversed(events), _WalkedIn())


def everybody_left(unit: Unit, meeting: Meeting) -> None:
    """Closes every stay: the meeting is over."""
    for stay in unit.rows.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.left_at.is_(None))
    ):
        stay.left_at = unit.at


def stay_on(unit: Unit, meeting: Meeting, since: datetime) -> None:
    """Opens every stay again that ended at this moment: the meeting went on."""
    for stay in unit.rows.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting.id, Attendance.left_at == since)
    ):
        stay.left_at = None


def current_stay(unit: Unit, meeting: int, attendee: int) -> Attendance | None:
    """The stay of somebody who is checked in now."""
    return unit.rows.scalars(
        select(Attendance).where(
            Attendance.meeting_id == meeting, Attendance.attendee_id == attendee, Attendance.left_at.is_(None)
        )
    ).first()


def first_role(unit: Unit, attendee: int) -> Role | None:
    """The role somebody usually attends in, ``None`` where none is set: that denies."""
    return unit.rows.scalars(
        select(AttendeeRole.role).where(AttendeeRole.attendee_id == attendee).order_by(AttendeeRole.position)
    ).first()


def not_here() -> KnownError:
    """The error that somebody is not checked in."""
    return KnownError("This person is not checked in.", kept="The room is as it was.")


def _stay(unit: Unit, meeting: int, attendee: str) -> Attendance:
    stay = current_stay(unit, meeting, row_id(Kind.ATTENDEE, attendee))
    if stay is None:
        raise not_here()
    return stay


def _away(unit: Unit, stay: Attendance) -> Sequence[SteppedOut]:
    return unit.rows.scalars(
        select(SteppedOut).where(SteppedOut.attendance_id == stay.id, SteppedOut.until_at.is_(None))
    ).all()
