"""What is due on an agenda: a table of kinds, each with what it offers, and the order the program begins with.

A new kind of business plugs in by one line of `_OFFERS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select

from leaddesk.models import AgendaItem, AgendaTemplate, LocationPriority, Meeting, MeetingSeries, Participant
from leaddesk.models.words import OPEN_INTAKE, AgendaKind, MeetingState, PlaceState
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import TemplateLine

#: The order that LeadDesk ships; a site edits its own (`services/agenda_templates`).
PROGRAM_ORDER = (
    TemplateLine(kind=AgendaKind.MINUTES, minutes=3),
    TemplateLine(kind=AgendaKind.OVERVIEW, minutes=2),
    TemplateLine(kind=AgendaKind.ACTIONS, minutes=10),
    TemplateLine(kind=AgendaKind.REFERRALS, minutes=8),
    TemplateLine(kind=AgendaKind.PLACE, minutes=5, most=5),
    TemplateLine(kind=AgendaKind.PARTICIPANT, minutes=4, most=12),
    TemplateLine(kind=AgendaKind.NEXT_MEETING, minutes=1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an item is about, by row numbers; nothing for an item that is about no one thing."""

    participant: int | None = None
    place: int | None = None
    flagged_by: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due: the line of the order it belongs to, and what it is about."""

    line: int
    wanted: TemplateLine
    subject: Subject


def order_of(unit: Unit, series: int) -> tuple[TemplateLine, ...]:
    """What the agendas of a series begin with: its template, else the program's own order."""
    chosen = unit.rows.get_one(MeetingSeries, series).template_id
    template = None if chosen is None else unit.rows.get(AgendaTemplate, chosen)
    return PROGRAM_ORDER if template is None else tuple(_line(each) for each in template.lines)


def due(unit: Unit, meeting: Meeting, order: Sequence[TemplateLine]) -> Iterator[Due]:
    """What is due for a meeting, in the order given; of each line no more than it wants."""
    for position, line in enumerate(order):
        for subject in list(_OFFERS[AgendaKind(line.kind)](unit, meeting))[: line.most]:
            yield Due(position, line, subject)


def missing(
    unit: Unit, meeting: Meeting, order: Sequence[TemplateLine], agenda: Iterable[AgendaItem]
) -> Iterator[Due]:
    """What is due and not on the agenda yet."""
    there = {(item.kind, item.participant_id, item.priority_id) for item in agenda}
    for one in due(unit, meeting, order):
        if (AgendaKind(one.wanted.kind), one.subject.participant, one.subject.place) not in there:
            yield one


def _always(_unit: Unit, _meeting: Meeting) -> Iterable[Subject]:
    """Standing business: what there is to say of it is known when the meeting opens."""
    return [Subject()]


def _last_minutes(unit: Unit, meeting: Meeting) -> Iterable[Subject]:
    """The minutes of the meeting before, where the series has met before."""
    earlier = select(Meeting.id).where(
        Meeting.series_id == meeting.series_id,
        Meeting.number < meeting.number,
        Meeting.state != MeetingState.CANCELED,
    )
    return [] if unit.rows.scalars(earlier).first() is None else [Subject()]


def _priorities(unit: Unit, meeting: Meeting) -> Iterable[Subject]:
    """Location priorities that are worked on: those to be reviewed by that day, the longest overdue first, then by
    rank."""
    places = unit.rows.execute(
        select(LocationPriority.id, LocationPriority.review_on)
        .where(LocationPriority.state == PlaceState.ACTIVE)
        .order_by(LocationPriority.rank, LocationPriority.id)
    ).all()
    held = meeting.held_on
    to_review = [place for place in places if place.review_on is not None and place.review_on <= held]
    to_review.sort(key=lambda place: place.review_on)
    by_rank = [place for place in places if place not in to_review]
    return [Subject(place=place.id) for place in (*to_review, *by_rank)]


def _people(unit: Unit, _meeting: Meeting) -> Iterable[Subject]:
    """Flagged participants, then those whose intake is undecided, whose days run out first."""
    people = unit.rows.execute(
        select(Participant.id, Participant.flagged_by_id)
        .where(
            Participant.flagged | Participant.intake_status.in_(OPEN_INTAKE),
            Participant.merged_into_id.is_(None),
        )
        .order_by(
            Participant.flagged.desc(), Participant.intake_due.is_(None), Participant.intake_due, Participant.id
        )
    )
    return [Subject(participant=number, flagged_by=by) for number, by in people]


_OFFERS: Mapping[AgendaKind, Callable[[Unit, Meeting], Iterable[Subject]]] = MappingProxyType(
    {
        AgendaKind.OVERVIEW: _always,
        AgendaKind.MINUTES: _last_minutes,
        AgendaKind.ACTIONS: _always,
        AgendaKind.REFERRALS: _always,
        AgendaKind.PLACE: _priorities,
        AgendaKind.PARTICIPANT: _people,
        AgendaKind.OPERATIONAL: _always,
        AgendaKind.ADMINISTRATIVE: _always,
        AgendaKind.NEXT_MEETING: _always,
    }
)


def _line(stored: Mapping[str, str | int]) -> TemplateLine:
    return TemplateLine(
        kind=str(stored["kind"]),
        section=str(stored["section"]),
        minutes=int(stored["minutes"]),
        most=int(stored["most"]),
    )
