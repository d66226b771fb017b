"""Meetings: planning, moving, canceling, opening and closing."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from leaddesk.errors import KnownError
from leaddesk.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    FinalizedMinutes,
    Meeting,
    MeetingSeries,
)
from leaddesk.models.ids import policy_id
from leaddesk.models.words import ActionOutcome, MeetingState
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.writing import typed
from leaddesk.services.agenda import build
from leaddesk.services.attendance import everybody_left, stay_on
from leaddesk.services.desk import Unit
from leaddesk.services.texts import Words, Writer, refuse_full_name, source_of

C = InformationClass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingForm:
    """A meeting to plan; ``marked`` are phrases of its place that the user says are nobody's name."""

    held_on: date
    starts_at: datetime
    place: str = ""
    marked: frozenset[str] = frozenset()
    series: str = "Operational Work Group"


def plan(unit: Unit, form: MeetingForm, everyday: frozenset[str] = frozenset()) -> str:
    """The id of a planned meeting, numbered within its series, with an agenda of what is due.

    Args:
        unit: the transaction.
        form: what was typed.
        everyday: everyday words for the text guard; without any, every word of the place is asked about.

    Raises:
        KnownError: its place or its new series names a participant.
        LooksLikeAName: its place, which everybody may read, may hold somebody's name.
    """
    _refuse_names(unit, form, everyday)
    return _plan(unit, form)


def _plan(unit: Unit, form: MeetingForm) -> str:
    series = unit.rows.scalars(select(MeetingSeries).where(MeetingSeries.name == form.series)).first()
    if series is None:
        refuse_full_name(unit, form.series, "A meeting series")
        series = MeetingSeries(name=typed(form.series) or "Operational Work Group")
        unit.rows.add(series)
        unit.rows.flush()
    last = unit.rows.scalar(select(func.max(Meeting.number)).where(Meeting.series_id == series.id)) or 0
    meeting = Meeting(
        series_id=series.id,
        number=last + 1,
        held_on=form.held_on,
        starts_at=form.starts_at,
        place=typed(form.place),
        chair_id=unit.user.attendee,
    )
    unit.rows.add(meeting)
    unit.rows.flush()
    build(unit, meeting)
    id_ = policy_id(Kind.MEETING, meeting.id)
    unit.note("meeting_planned", {"meeting": id_})
    return id_


def plan_next(unit: Unit, meeting: str) -> str:
    """The id of the next planned meeting; where there is none, of a new one, as agreed or as the series meets."""
    row = unit.found(Meeting, Kind.MEETING, meeting)
    planned = unit.rows.scalars(
        select(Meeting.id).where(
            Meeting.series_id == row.series_id, Meeting.number > row.number, Meeting.state == MeetingState.PLANNED
        )
    ).first()
    if planned is not None:
        return policy_id(Kind.MEETING, planned)
    series = unit.rows.get_one(MeetingSeries, row.series_id)
    day = row.next_meeting_on or row.held_on + timedelta(days=series.every_days)
    zone = ZoneInfo(unit.site.zone)
    starts = datetime.combine(day, row.starts_at.astimezone(zone).time(), tzinfo=zone)
    return _plan(unit, MeetingForm(held_on=day, starts_at=starts, place=row.place, series=series.name))


def change_meeting(unit: Unit, meeting: str, form: MeetingForm, everyday: frozenset[str] = frozenset()) -> None:
    """Moves a planned meeting to another day, time or place; its series stays.

    Raises:
        KnownError: it is not planned any more, or its place names a participant.
        LooksLikeAName: its place, which everybody may read, may hold somebody's name.
    """
    row = _planned(unit, meeting)
    _refuse_names(unit, form, everyday)
    row.held_on, row.starts_at, row.place = form.held_on, form.starts_at, typed(form.place)
    unit.note("meeting_changed", {"meeting": meeting})


def cancel_meeting(unit: Unit, meeting: str) -> None:
    """Cancels a planned meeting. It keeps its number and its agenda, for the ledger speaks of them.

    Raises:
        KnownError: it is not planned any more, or somebody is checked in.
    """
    row = _planned(unit, meeting)
    here = select(Attendance.id).where(Attendance.meeting_id == row.id, Attendance.left_at.is_(None))
    if unit.rows.scalars(here).first() is not None:
        raise KnownError(
            "Somebody is checked in.", kept="The meeting is as it was.", todo="Let everybody leave first."
        )
    row.state = MeetingState.CANCELED
    unit.note("meeting_canceled", {"meeting": meeting})


def restore_meeting(unit: Unit, meeting: str) -> None:
    """Plans a canceled meeting again, as it was.

    Raises:
        KnownError: it is not canceled.
    """
    row = unit.found(Meeting, Kind.MEETING, meeting)
    if row.state is not MeetingState.CANCELED:
        raise KnownError("Only a canceled meeting can be planned again.", kept="The meeting is as it was.")
    row.state = MeetingState.PLANNED
    unit.note("meeting_restored", {"meeting": meeting})


def discussed(unit: Unit, item: str, *, yes: bool) -> None:
    """Marks an item as discussed, or takes the mark back.

    Raises:
        KnownError: the minutes are final.
    """
    row = unit.found(AgendaItem, Kind.AGENDA_ITEM, item)
    changeable(unit.rows.get_one(Meeting, row.meeting_id))
    row.discussed_at = unit.at if yes else None
    unit.note("item_discussed" if yes else "item_not_discussed", {"item": item})


def set_item_outcome(unit: Unit, item: str, words: Words, writer: Writer) -> None:
    """Records in a few words what came of an item; none take them away.

    Raises:
        KnownError: the minutes are final.
    """
    row = unit.found(AgendaItem, Kind.AGENDA_ITEM, item)
    changeable(unit.rows.get_one(Meeting, row.meeting_id))
    about = [] if row.participant_id is None else [policy_id(Kind.PARTICIPANT, row.participant_id)]
    row.outcome_text_id = None
    if typed(words.text):
        source = source_of(unit, writer.prepare(words, about).about)
        row.outcome_text_id = writer.save(words, about=about, source=source).id
    unit.note("item_outcome", {"item": item})


def open_meeting(unit: Unit, meeting: str) -> None:
    """Opens a meeting: open actions are carried over at this moment, and earlier minutes can't be reopened from now.

    Raises:
        KnownError: it is not planned, or another meeting of the series is open.
    """
    row = unit.found(Meeting, Kind.MEETING, meeting)
    if row.state is not MeetingState.PLANNED:
        raise KnownError("Only a planned meeting can be opened.", kept="The meeting is as it was.")
    _refuse_two_open(unit, row)
    row.state, row.opened_at = MeetingState.OPEN, unit.at
    # Another group's actions stay where they are: how often they were put off is told of their own meetings.
    carried = unit.rows.scalars(
        select(ActionItem)
        .outerjoin(Meeting, Meeting.id == ActionItem.origin_meeting_id)
        .where(
            ActionItem.outcome == ActionOutcome.OPEN,
            ActionItem.undone_at.is_(None),
            or_(Meeting.id.is_(None), Meeting.series_id == row.series_id),
        )
    ).all()
    for action in carried:
        action.carried += 1
    unit.note("meeting_opened", {"meeting": meeting}, carried=len(carried))


def hold_today(unit: Unit, meeting: str) -> None:
    """Dates an open meeting today: it was planned for another day.

    Raises:
        KnownError: it is not open.
    """
    row = unit.found(Meeting, Kind.MEETING, meeting)
    if row.state is not MeetingState.OPEN:
        raise KnownError("Only an open meeting is dated today.", kept="Its day is as it was.")
    row.starts_at += unit.today - row.held_on
    row.held_on = unit.today
    unit.note("meeting_dated", {"meeting": meeting})


def read_statement(unit: Unit, meeting: str) -> None:
    """Records that the confidentiality statement was read out.

    Raises:
        KnownError: the minutes are final.
    """
    changeable(unit.found(Meeting, Kind.MEETING, meeting)).statement_read = True
    unit.note("statement_read", {"meeting": meeting})


def set_next_meeting(unit: Unit, meeting: str, day: date | None) -> None:
    """Records when the group meets next.

    Raises:
        KnownError: the minutes are final.
    """
    changeable(unit.found(Meeting, Kind.MEETING, meeting)).next_meeting_on = day
    unit.note("next_meeting_set", {"meeting": meeting})


def close_meeting(unit: Unit, meeting: str) -> None:
    """Closes an open meeting: whoever is still checked in leaves with it.

    Raises:
        KnownError: it is not open.
    """
    row = unit.found(Meeting, Kind.MEETING, meeting)
    if row.state is not MeetingState.OPEN:
        raise KnownError("Only an open meeting can be closed.", kept="The meeting is as it was.")
    row.state, row.closed_at = MeetingState.CLOSED, unit.at
    everybody_left(unit, row)
    unit.note("meeting_closed", {"meeting": meeting})


def take_back_closing(unit: Unit, meeting: str) -> None:
    """The meeting goes on after all: whoever was there until it was closed is there again.

    A version of the agreement that waited for its end has ended nevertheless.

    Raises:
        KnownError: its minutes were final, or another meeting of the series is open by now.
    """
    row = unit.found(Meeting, Kind.MEETING, meeting)
    versions = select(FinalizedMinutes.id).where(FinalizedMinutes.meeting_id == row.id)
    if row.state is not MeetingState.CLOSED or row.closed_at is None or unit.rows.scalars(versions).first():
        raise KnownError(
            "Only a closed meeting whose minutes never were final goes on.", kept="The meeting is as it was."
        )
    _refuse_two_open(unit, row)
    stay_on(unit, row, row.closed_at)
    row.state, row.closed_at = MeetingState.OPEN, None
    unit.note("closing_undone", {"meeting": meeting})


def _refuse_two_open(unit: Unit, row: Meeting) -> None:
    others = select(Meeting.id).where(Meeting.series_id == row.series_id, Meeting.state == MeetingState.OPEN)
    if unit.rows.scalars(others).first() is not None:
        raise KnownError("A meeting of this series is open already.", todo="Close that one first.")


def changeable(meeting: Meeting) -> Meeting:
    """A meeting of which something is to be changed.

    Raises:
        KnownError: its minutes are final.
    """
    if meeting.state in (MeetingState.FINALIZED, MeetingState.APPROVED):
        raise KnownError(
            "The minutes of this meeting are final.",
            kept="Nothing was changed.",
            todo="Reopen them, or add an amendment once the next meeting has opened.",
        )
    return meeting


def at_hand(unit: Unit) -> str:
    """The meeting to work on; a desk that has none gets its first one, a week from now at ten."""
    meeting = latest(unit)
    if meeting is not None:
        return meeting
    day = unit.today + timedelta(days=7)
    starts = datetime.combine(day, time(10), tzinfo=ZoneInfo(unit.site.zone))
    return plan(unit, MeetingForm(held_on=day, starts_at=starts, series=unit.site.group))


def latest(unit: Unit) -> str | None:
    """The id of the meeting to work on: the open one, else the closed one, else the next planned, else the last.

    Of several series, which number their own meetings, it is the one that comes first by the calendar.
    """
    order = {MeetingState.OPEN: 0, MeetingState.CLOSED: 1, MeetingState.PLANNED: 2}
    rows = unit.rows.scalars(select(Meeting).where(Meeting.state != MeetingState.CANCELED)).all()
    if not rows:
        return None
    best = min(
        rows,
        key=lambda row: (
            order.get(row.state, 3),
            (1 if row.state is MeetingState.PLANNED else -1) * row.starts_at.timestamp(),
        ),
    )
    return policy_id(Kind.MEETING, best.id)


def _refuse_names(unit: Unit, form: MeetingForm, everyday: frozenset[str]) -> None:
    """Returns for a place of a meeting that names nobody; one at which the desk has met was asked about then."""
    if unit.rows.scalars(select(Meeting.id).where(Meeting.place == typed(form.place))).first() is not None:
        return
    refuse_full_name(unit, form.place, "The place of a meeting")
    Writer(unit, everyday).require_no_names(Words(form.place, C.COMMUNITY, form.marked))


def _planned(unit: Unit, meeting: str) -> Meeting:
    return movable(unit.found(Meeting, Kind.MEETING, meeting))


def movable(meeting: Meeting) -> Meeting:
    """A meeting whose day, time or place is to be changed, or that is to be canceled.

    Raises:
        KnownError: it is not planned any more.
    """
    if meeting.state is not MeetingState.PLANNED:
        raise KnownError("Only a planned meeting can be changed or canceled.", kept="The meeting is as it was.")
    return meeting


def refuse_new_key(unit: Unit) -> None:
    """Returns while no meeting is open: a new data key holds up whoever writes, and a room doesn't wait for that.

    Raises:
        KnownError: one is open.
    """
    if unit.rows.scalars(select(Meeting.id).where(Meeting.state == MeetingState.OPEN)).first() is not None:
        raise KnownError(
            "The desk can't get a new key while a meeting is open.",
            kept="Nothing was changed.",
            todo="Close the meeting first.",
        )
