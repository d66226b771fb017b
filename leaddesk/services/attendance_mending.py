"""Mending who was there: a check-in or a leaving that was a slip, and the times at which somebody came and went."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select

from leaddesk.errors import KnownError
from leaddesk.models import Attendance, Meeting, SteppedOut
from leaddesk.models.ids import row_id
from leaddesk.models.words import NOT_OVER
from leaddesk.policy.dates import clock, local_day
from leaddesk.policy.records import Kind
from leaddesk.policy.room import Presence
from leaddesk.policy.times import moment
from leaddesk.services.attendance import current_stay, not_here, presence_of
from leaddesk.services.desk import Unit
from leaddesk.services.meetings import changeable

_KEPT = "The times are as they were."


class Edge(StrEnum):
    """Which end of a stay."""

    CAME = "came"
    LEFT = "left"


def take_back_arrival(unit: Unit, meeting: int, attendee: str) -> None:
    """Somebody was checked in by mistake: this stay never was; the ledger keeps that it was noted."""
    stay = _here(unit, meeting, attendee)
    for away in _steps(unit, stay):
        unit.rows.delete(away)
    unit.rows.flush()
    unit.rows.delete(stay)
    unit.note("check_in_undone", {"attendee": attendee})


def before_leaving(unit: Unit, meeting: int, attendee: str) -> Presence:
    """How somebody was there until they left, and is again once the leaving is taken back.

    Raises:
        KnownError: they have not left.
    """
    stay = _last_left(unit, meeting, attendee)
    return presence_of(stay, [away for away in _steps(unit, stay) if away.until_at == stay.left_at])


def take_back_leaving(unit: Unit, meeting: int, attendee: str) -> None:
    """Somebody has not left after all: they are there as they were until then.

    Raises:
        KnownError: they have not left, or the meeting is over.
    """
    stay = _last_left(unit, meeting, attendee)
    if unit.rows.get_one(Meeting, meeting).state not in NOT_OVER:
        raise KnownError("The meeting is over, and everybody has left.", kept="The room is as it was.")
    for away in _steps(unit, stay):
        if away.until_at == stay.left_at:
            away.until_at = None
    stay.left_at = None
    unit.note("leaving_undone", {"attendee": attendee})


def take_back_apart(unit: Unit, meeting: int, attendee: str) -> None:
    """Somebody does not sit apart after all; the items that they are out for stay as they are.

    Raises:
        KnownError: they don't, or are not here.
    """
    stay = _here(unit, meeting, attendee)
    if stay.out_of_view_from is None:
        raise KnownError("This person is in view.", kept="The room is as it was.")
    stay.out_of_view_from = None
    unit.note("out_of_view_undone", {"attendee": attendee})


def take_back_step_out(unit: Unit, meeting: int, attendee: str, item: str) -> None:
    """Somebody has not stepped out for an item after all; everything else stays as it is.

    Raises:
        KnownError: they are not out for it, or not here.
    """
    number = row_id(Kind.AGENDA_ITEM, item)
    out = [one for one in _steps(unit, _here(unit, meeting, attendee)) if one.agenda_item_id == number]
    still = next((one for one in out if one.until_at is None), None)
    if still is None:
        raise KnownError("This person is not out for this item.", kept="The room is as it was.")
    unit.rows.delete(still)
    unit.note("stepping_out_undone", {"attendee": attendee, "item": item})


def take_back_walk_in(unit: Unit, meeting: str) -> None:
    """Nobody had walked in: the key was a slip."""
    unit.note("walk_in_undone", {"meeting": meeting})


def mend_time(unit: Unit, meeting: int, attendee: str, edge: Edge, words: str) -> None:
    """Somebody came or left at another time than it was noted; who was shown what is not touched by it.

    Raises:
        KnownError: it is no time, not of the meeting's day, later than now, or at odds with what else is known; or
            the minutes are final.
    """
    changeable(unit.rows.get_one(Meeting, meeting))
    stay = _last_stay(unit, meeting, attendee)
    before = stay.arrived_at if edge is Edge.CAME else stay.left_at
    if before is None:
        raise KnownError("This person has not left.", kept=_KEPT)
    zone = unit.site.zone
    at = moment(words, before, zone)
    if at is None:
        raise KnownError(f"“{words.strip()}” is no time.", kept=_KEPT, todo="Type it like 10:05.")
    earliest, latest = _bounds(unit, stay, edge)
    if at > latest:
        raise KnownError(f"It can't be later than {clock(latest, zone)}.", kept=_KEPT)
    if at < earliest:
        raise KnownError(f"It can't be earlier than {clock(earliest, zone)}.", kept=_KEPT)
    if edge is Edge.LEFT:
        # Whoever was out for an item until they left, was until they really left.
        for away in _steps(unit, stay):
            if away.until_at == before:
                away.until_at = at
        stay.left_at = at
    else:
        # Whoever sat apart from the first moment, did from the mended one: nobody comes into view by it.
        if stay.out_of_view_from == before:
            stay.out_of_view_from = at
        stay.arrived_at = at
    unit.note(
        "attendance_mended", {"attendee": attendee}, edge=edge.value, was=before.isoformat(), now=at.isoformat()
    )


def _bounds(unit: Unit, stay: Attendance, edge: Edge) -> tuple[datetime, datetime]:
    """The earliest and latest moment that agrees with what else is known of the stay, and with the others."""
    others = [other for other in _stays(unit, stay.meeting_id, stay.attendee_id) if other.id != stay.id]
    steps = _steps(unit, stay)
    if edge is Edge.CAME:
        # The times of the stays before, of which all have ended.
        earliest = max([_midnight(unit, stay), *(o.left_at for o in others if o.left_at is not None)])
        later = [stay.left_at, stay.out_of_view_from if stay.out_of_view_from != stay.arrived_at else None]
        return earliest, min([unit.at, *(at for at in later if at is not None), *(step.from_at for step in steps)])
    known = [stay.arrived_at, *(step.from_at for step in steps)]
    known += [step.until_at for step in steps if step.until_at is not None and step.until_at != stay.left_at]
    known += [stay.out_of_view_from] if stay.out_of_view_from is not None else []
    return max(known), unit.at


def _midnight(unit: Unit, stay: Attendance) -> datetime:
    """The beginning of the meeting's day; of the day they came, where that is an earlier one."""
    zone = unit.site.zone
    held = unit.rows.get_one(Meeting, stay.meeting_id).held_on
    day = min(held, local_day(stay.arrived_at, zone))
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


def _here(unit: Unit, meeting: int, attendee: str) -> Attendance:
    stay = current_stay(unit, meeting, row_id(Kind.ATTENDEE, attendee))
    if stay is None:
        raise not_here()
    return stay


def _last_stay(unit: Unit, meeting: int, attendee: str) -> Attendance:
    stays = _stays(unit, meeting, row_id(Kind.ATTENDEE, attendee))
    if not stays:
        raise not_here()
    return stays[-1]


def _last_left(unit: Unit, meeting: int, attendee: str) -> Attendance:
    stay = _last_stay(unit, meeting, attendee)
    if stay.left_at is None:
        raise KnownError("This person has not left.", kept="The room is as it was.")
    return stay


def _stays(unit: Unit, meeting: int, attendee: int) -> Sequence[Attendance]:
    return unit.rows.scalars(
        select(Attendance)
        .where(Attendance.meeting_id == meeting, Attendance.attendee_id == attendee)
        .order_by(Attendance.arrived_at, Attendance.id)
    ).all()


def _steps(unit: Unit, stay: Attendance) -> Sequence[SteppedOut]:
    return unit.rows.scalars(select(SteppedOut).where(SteppedOut.attendance_id == stay.id)).all()
