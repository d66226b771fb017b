"""Meetings: planning, opening, closing, and the agenda."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from leaddesk.errors import KnownError
from leaddesk.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    LocationPriority,
    Meeting,
    MeetingRegular,
    MeetingSeries,
    Participant,
)
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import ActionOutcome, AgendaKind, IntakeStatus, MeetingState, PlaceState
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.writing import typed
from leaddesk.services.attendance import everybody_left
from leaddesk.services.desk import Unit
from leaddesk.services.texts import Words, Writer

C = InformationClass


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingForm:
    """A meeting to plan."""

    held_on: date
    starts_at: datetime
    place: str = ""
    series: str = "Operational Work Group"


def plan(unit: Unit, form: MeetingForm) -> str:
    """The id of a planned meeting, numbered within its series, with an agenda of what is due."""
    series = unit.rows.scalars(select(MeetingSeries).where(MeetingSeries.name == form.series)).first()
    if series is None:
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
    unit.rows.add_all(_due(unit, meeting))
    id_ = policy_id(Kind.MEETING, meeting.id)
    unit.note("meeting_planned", {"meeting": id_})
    return id_


def plan_next(unit: Unit, meeting: str) -> str:
    """The id of the next planned meeting; where there is none, of a new one, as agreed or two weeks later."""
    row = unit.found(Meeting, Kind.MEETING, meeting)
    planned = unit.rows.scalars(
        select(Meeting.id).where(
            Meeting.series_id == row.series_id, Meeting.number > row.number, Meeting.state == MeetingState.PLANNED
        )
    ).first()
    if planned is not None:
        return policy_id(Kind.MEETING, planned)
    day = row.next_meeting_on or row.held_on + timedelta(days=14)
    zone = ZoneInfo(unit.site.zone)
    starts = datetime.combine(day, row.starts_at.astimezone(zone).time(), tzinfo=zone)
    series = unit.rows.get_one(MeetingSeries, row.series_id)
    return plan(unit, MeetingForm(held_on=day, starts_at=starts, place=row.place, series=series.name))


def _due(unit: Unit, meeting: Meeting) -> Iterable[AgendaItem]:
    """The agenda that offers itself: overview, minutes, actions, referrals, places, flagged participants, next."""
    kinds: list[tuple[AgendaKind, int, int | None, int | None, int | None]] = [
        (AgendaKind.OVERVIEW, 2, None, None, None),
        (AgendaKind.MINUTES, 3, None, None, None),
        (AgendaKind.ACTIONS, 10, None, None, None),
        (AgendaKind.REFERRALS, 8, None, None, None),
    ]
    places = unit.rows.scalars(
        select(LocationPriority.id)
        .where(LocationPriority.state == PlaceState.ACTIVE)
        .order_by(LocationPriority.rank)
        .limit(5)
    )
    kinds += [(AgendaKind.PLACE, 5, None, place, None) for place in places]
    flagged = unit.rows.execute(
        select(Participant.id, Participant.flagged_by_id)
        .where(
            Participant.flagged | Participant.intake_status.in_([IntakeStatus.REFERRED, IntakeStatus.SCREENING]),
            Participant.merged_into_id.is_(None),
        )
        .order_by(Participant.flagged.desc(), Participant.intake_due, Participant.id)
        .limit(12)
    )
    kinds += [(AgendaKind.PARTICIPANT, 4, participant, None, by) for participant, by in flagged]
    kinds.append((AgendaKind.NEXT_MEETING, 1, None, None, None))
    for position, (kind, minutes, participant, priority, by) in enumerate(kinds, start=1):
        yield AgendaItem(
            meeting_id=meeting.id,
            position=position,
            kind=kind,
            minutes_planned=minutes,
            participant_id=participant,
            priority_id=priority,
            flagged_by_id=by,
        )


def add_item(
    unit: Unit,
    meeting: int,
    *,
    participant: str | None = None,
    priority: str | None = None,
    title: str = "",
    everyday: frozenset[str] = frozenset(),
) -> str:
    """The id of an item put at the end of the agenda: a participant, a place, or a topic of its own."""
    last = unit.rows.scalar(select(func.max(AgendaItem.position)).where(AgendaItem.meeting_id == meeting)) or 0
    item = AgendaItem(meeting_id=meeting, position=last + 1, kind=AgendaKind.OPERATIONAL, minutes_planned=5)
    if participant is not None:
        item.kind, item.participant_id = AgendaKind.PARTICIPANT, row_id(Kind.PARTICIPANT, participant)
    elif priority is not None:
        item.kind, item.priority_id = AgendaKind.PLACE, row_id(Kind.PLACE, priority)
    elif typed(title):
        item.title_text_id = Writer(unit, everyday).save(Words(title, C.OPERATIONS)).id
    else:
        raise KnownError("A topic needs a title.", kept="The agenda is as it was.")
    unit.rows.add(item)
    unit.rows.flush()
    id_ = policy_id(Kind.AGENDA_ITEM, item.id)
    unit.note("agenda_item_added", {"item": id_})
    return id_


def move_item(unit: Unit, item: str, to: int) -> None:
    """Moves an item to a place of the agenda, counted from 1; the others close up."""
    moved = unit.found(AgendaItem, Kind.AGENDA_ITEM, item)
    order = [one for one in _agenda(unit, moved.meeting_id) if one.id != moved.id]
    order.insert(max(0, min(to - 1, len(order))), moved)
    for position, one in enumerate(order, start=1):
        one.position = position
    unit.note("agenda_reordered", {"item": item}, to=to)


def discussed(unit: Unit, item: str, *, yes: bool) -> None:
    """Marks an item as discussed, or takes the mark back."""
    row = unit.found(AgendaItem, Kind.AGENDA_ITEM, item)
    row.discussed_at = unit.at if yes else None
    unit.note("item_discussed" if yes else "item_not_discussed", {"item": item})


def open_meeting(unit: Unit, meeting: str) -> None:
    """Opens a meeting: open actions are carried over at this moment.

    Raises:
        KnownError: it is not planned, or another meeting of the series is open.
    """
    row = unit.found(Meeting, Kind.MEETING, meeting)
    if row.state is not MeetingState.PLANNED:
        raise KnownError("Only a planned meeting can be opened.", kept="The meeting is as it was.")
    others = select(Meeting.id).where(Meeting.series_id == row.series_id, Meeting.state == MeetingState.OPEN)
    if unit.rows.scalars(others).first() is not None:
        raise KnownError("A meeting of this series is open already.", todo="Close that one first.")
    row.state, row.opened_at = MeetingState.OPEN, unit.at
    carried = unit.rows.scalars(
        select(ActionItem).where(ActionItem.outcome == ActionOutcome.OPEN, ActionItem.undone_at.is_(None))
    ).all()
    for action in carried:
        action.carried += 1
    unit.note("meeting_opened", {"meeting": meeting}, carried=len(carried))


def read_statement(unit: Unit, meeting: str) -> None:
    """Records that the confidentiality statement was read out."""
    unit.found(Meeting, Kind.MEETING, meeting).statement_read = True
    unit.note("statement_read", {"meeting": meeting})


def set_next_meeting(unit: Unit, meeting: str, day: date | None) -> None:
    """Records when the group meets next."""
    unit.found(Meeting, Kind.MEETING, meeting).next_meeting_on = day
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


def expected(unit: Unit, meeting: int) -> frozenset[int]:
    """Row numbers of the attendees expected at a meeting: the regulars of its series, and whoever has been there."""
    row = unit.rows.get_one(Meeting, meeting)
    regulars = unit.rows.scalars(select(MeetingRegular.attendee_id).where(MeetingRegular.series_id == row.series_id))
    present = unit.rows.scalars(select(Attendance.attendee_id).where(Attendance.meeting_id == meeting))
    return frozenset(regulars) | frozenset(present)


def at_hand(unit: Unit) -> str:
    """The meeting to work on; a desk that has none gets its first one, a week from now at ten."""
    meeting = latest(unit)
    if meeting is not None:
        return meeting
    day = unit.today + timedelta(days=7)
    starts = datetime.combine(day, time(10), tzinfo=ZoneInfo(unit.site.zone))
    return plan(unit, MeetingForm(held_on=day, starts_at=starts, series=unit.site.group))


def latest(unit: Unit) -> str | None:
    """The id of the meeting to work on: the open one, else the closed one, else the next planned, else the last."""
    order = {MeetingState.OPEN: 0, MeetingState.CLOSED: 1, MeetingState.PLANNED: 2}
    rows = unit.rows.scalars(select(Meeting)).all()
    if not rows:
        return None
    best = min(
        rows,
        key=lambda row: (
            order.get(row.state, 3),
            row.number if row.state is MeetingState.PLANNED else -row.number,
        ),
    )
    return policy_id(Kind.MEETING, best.id)


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


def _agenda(unit: Unit, meeting: int) -> Sequence[AgendaItem]:
    return unit.rows.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting).order_by(AgendaItem.position, AgendaItem.id)
    ).all()
