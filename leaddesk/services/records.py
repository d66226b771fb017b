"""Every record of a kind, read from the desk: for registers, lists and exports. Nothing else leaves a row.

Each loader takes a constant number of statements, whatever the size of the desk. What was undone is left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from leaddesk import models
from leaddesk.models.ids import policy_id
from leaddesk.models.words import ActionOutcome
from leaddesk.policy.records import Kind, Record, Text
from leaddesk.services import recording
from leaddesk.services.once import Once
from leaddesk.services.recording import Nested, Said, columns_of, record_of

R = TypeVar("R", bound=models.Base)


class _Reader:
    """Reads records in one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @Once
    def _names(self) -> Mapping[str, str]:
        """The names that keys are said by."""
        attendee = models.Attendee
        full = sa.func.trim(attendee.given_name + " " + attendee.family_name)
        rows = self._session.execute(
            sa.union_all(
                sa.select(sa.literal(Kind.ATTENDEE.value), attendee.id, full),
                sa.select(sa.literal(Kind.AGENCY.value), models.Agency.id, models.Agency.name),
                sa.select(sa.literal(Kind.NEIGHBORHOOD.value), models.Neighborhood.id, models.Neighborhood.name),
                sa.select(sa.literal(Kind.SERIES.value), models.MeetingSeries.id, models.MeetingSeries.name),
            )
        )
        return {policy_id(Kind(kind), row): name for kind, row, name in rows}

    def _load(
        self, model: type[R], *where: sa.ColumnElement[bool], order: Sequence[Any] = ()
    ) -> tuple[Sequence[R], Said]:
        """The rows of a kind, and what they point to in words."""
        rows = self._session.scalars(sa.select(model).where(*where).order_by(*order, model.id)).all()
        keys = [part.column for part in columns_of(model) if part.is_text]
        texts = self._texts(sa.union_all(*(sa.select(key).where(*where) for key in keys))) if keys else {}
        return rows, Said(self._names, texts)

    def _texts(self, wanted: sa.CompoundSelect[Any]) -> Mapping[int, Text]:
        """Texts by row, with their safe wordings and the participants they are about."""
        text, wording, about = models.StoredText, models.StoredWording, models.TextAbout

        def by_text(asked: sa.Executable) -> Mapping[int, list[Any]]:
            found: dict[int, list[Any]] = defaultdict(list)
            for row in self._session.execute(asked):
                found[row.text_id].append(row)
            return found

        safe = by_text(
            sa.select(wording.text_id, wording.cls, wording.body, wording.cleared)
            .where(wording.text_id.in_(wanted))
            .order_by(wording.text_id, wording.position)
        )
        people = by_text(
            sa.select(about.text_id, about.participant_id).where(about.text_id.in_(wanted)).order_by(about.id)
        )
        rows = self._session.execute(
            sa.select(text.id, text.cls, text.body, text.source_id, text.cleared, text.class_reason).where(
                text.id.in_(wanted)
            )
        )
        return {row.id: recording.text_of(row, safe[row.id], people[row.id]) for row in rows}

    def _nested(self, name: str, key: InstrumentedAttribute[int], *where: sa.ColumnElement[bool]) -> Nested:
        rows, said = self._load(key.parent.mapper.class_, *where)
        return recording.nested(name, key.key, rows, said)

    def plain(self, model: type[R], *where: sa.ColumnElement[bool], order: Sequence[Any] = ()) -> Iterator[Record]:
        rows, said = self._load(model, *where, order=order)
        return (record_of(row, said) for row in rows)

    def attendees(self) -> Iterator[Record]:
        rows, said = self._load(models.Attendee)
        roles, _ = self._load(models.AttendeeRole, order=[models.AttendeeRole.position])
        events = self._nested("agreement_event", models.AgreementEvent.attendee_id)
        return recording.attendees(rows, said, roles, events)

    def agreements(self) -> Iterator[Record]:
        rows, said = self._load(models.Agreement)
        return (record_of(row, said, own=frozenset({policy_id(Kind.ATTENDEE, row.attendee_id)})) for row in rows)

    def participants(self, *numbers: int) -> Iterator[Record]:
        rows, said = self._load(models.Participant, *_among(models.Participant.id, numbers))
        owner = models.CourtItem.participant_id
        courts = self._nested("court", owner, *_among(owner, numbers))
        return (courts(row, record_of(row, said)) for row in rows)

    def series(self) -> Iterator[Record]:
        rows, said = self._load(models.MeetingSeries)
        regulars = self._nested("regular", models.MeetingRegular.series_id)
        return (regulars(row, record_of(row, said)) for row in rows)

    def attendance(self, *where: sa.ColumnElement[bool]) -> Iterator[Record]:
        rows, said = self._load(models.Attendance, *where, order=[models.Attendance.arrived_at])
        owner = models.SteppedOut.attendance_id
        stepped_out = self._nested("stepped_out", owner, owner.in_(sa.select(models.Attendance.id).where(*where)))
        return recording.stays(rows, said, stepped_out)

    def entries(self, *where: sa.ColumnElement[bool]) -> Iterator[Record]:
        entry, item = models.Entry, models.AgendaItem
        rows, said = self._load(entry, *where, entry.undone_at.is_(None), order=[entry.filed_at])
        items = sa.select(item.id, item.participant_id).where(
            item.participant_id.is_not(None), item.id.in_(sa.select(entry.agenda_item_id).where(*where))
        )
        return recording.entries(rows, said, dict(self._session.execute(items).all()))

    def meetings(self, *numbers: int) -> Iterator[Record]:
        rows, said = self._load(models.Meeting, *_among(models.Meeting.id, numbers), order=[models.Meeting.held_on])
        owner = models.Expected.meeting_id
        expected = self._nested("expected", owner, *_among(owner, numbers))
        return (expected(row, record_of(row, said)) for row in rows)

    def amendments(self, *where: sa.ColumnElement[bool]) -> Iterator[Record]:
        return recording.amendments(*self._load(models.Amendment, *where))

    def actions(self, *where: sa.ColumnElement[bool]) -> Iterator[Record]:
        return recording.actions(*self._load(models.ActionItem, *where, models.ActionItem.undone_at.is_(None)))

    def asks(self, *where: sa.ColumnElement[bool]) -> Iterator[Record]:
        return recording.asks(*self._load(models.Ask, *where))

    def places(self, *numbers: int) -> Iterator[Record]:
        place = models.LocationPriority
        return self.plain(place, *_among(place.id, numbers), order=[place.rank])

    def everything(self) -> Iterator[Record]:
        """Every record of every kind, kinds in their order."""
        own_way: Mapping[Kind, Callable[[], Iterable[Record]]] = {
            Kind.ATTENDEE: self.attendees,
            Kind.AGREEMENT: self.agreements,
            Kind.PARTICIPANT: self.participants,
            Kind.SERIES: self.series,
            Kind.MEETING: self.meetings,
            Kind.AMENDMENT: self.amendments,
            Kind.ATTENDANCE: self.attendance,
            Kind.ENTRY: self.entries,
            Kind.ACTION: self.actions,
            Kind.ASK: self.asks,
        }
        for kind in Kind:
            yield from own_way[kind]() if kind in own_way else self.plain(_MODELS[kind])


def _among(key: InstrumentedAttribute[int], numbers: Sequence[int]) -> list[sa.ColumnElement[bool]]:
    """The condition that rows belong to some of a kind; none for all of it."""
    return [key.in_(numbers)] if numbers else []


_MODELS: Mapping[Kind, type[models.Base]] = {
    Kind(mapper.class_.__tablename__): mapper.class_
    for mapper in models.Base.registry.mappers
    if mapper.class_.__tablename__ in frozenset(Kind)
}


def attendees(session: Session) -> tuple[Record, ...]:
    """Attendees, with their roles in order as ``roles``, and what ended their agreements."""
    return tuple(_Reader(session).attendees())


def participants(session: Session, *numbers: int) -> tuple[Record, ...]:
    """Participants, these alone or all, merged ones too, with their court items as ``court.<number>.…``."""
    return tuple(_Reader(session).participants(*numbers))


def places(session: Session, *numbers: int) -> tuple[Record, ...]:
    """Location priorities by rank, these alone or all."""
    return tuple(_Reader(session).places(*numbers))


def actions(session: Session, *, open_only: bool) -> tuple[Record, ...]:
    """Action items, all of them or those that are still open."""
    still = [models.ActionItem.outcome == ActionOutcome.OPEN] if open_only else []
    return tuple(_Reader(session).actions(*still))


def asks(session: Session, *, open_only: bool) -> tuple[Record, ...]:
    """What is asked of the group, all of it or what is still open."""
    return tuple(_Reader(session).asks(*([models.Ask.closed_at.is_(None)] if open_only else [])))


def meetings(session: Session, *numbers: int) -> tuple[Record, ...]:
    """Meetings by day, these alone or all, with who is expected besides the regulars as ``expected.<number>.…``."""
    return tuple(_Reader(session).meetings(*numbers))


def amendments(session: Session, meeting: int | None = None) -> tuple[Record, ...]:
    """The amendments of one meeting's minutes, or of all, oldest first; ``at`` comes with any wording of the text."""
    of_meeting = [] if meeting is None else [models.Amendment.meeting_id == meeting]
    return tuple(_Reader(session).amendments(*of_meeting))


def agenda(session: Session, meeting: int) -> tuple[Record, ...]:
    """The agenda of a meeting, given its row number, in its order."""
    item = models.AgendaItem
    return tuple(_Reader(session).plain(item, item.meeting_id == meeting, order=[item.position]))


def attendance(session: Session, meeting: int) -> tuple[Record, ...]:
    """Who was at a meeting, by arrival, with what they stepped out for as ``stepped_out.<number>.…``."""
    return tuple(_Reader(session).attendance(models.Attendance.meeting_id == meeting))


def entries(session: Session, meeting: int) -> tuple[Record, ...]:
    """What was filed in a meeting, by time; ``kind`` can be had with any wording of the text."""
    return tuple(_Reader(session).entries(models.Entry.meeting_id == meeting))


def site(session: Session) -> Record:
    """The site."""
    return next(iter(_Reader(session).plain(models.Site)))


def series(session: Session) -> tuple[Record, ...]:
    """Meeting series, with their regulars as ``regular.<number>.attendee``."""
    return tuple(_Reader(session).series())


def agenda_templates(session: Session) -> tuple[Record, ...]:
    """How agendas can begin, retired templates too."""
    return tuple(_Reader(session).plain(models.AgendaTemplate))


def agencies(session: Session) -> tuple[Record, ...]:
    """Agencies."""
    return tuple(_Reader(session).plain(models.Agency))


def neighborhoods(session: Session) -> tuple[Record, ...]:
    """Neighborhoods."""
    return tuple(_Reader(session).plain(models.Neighborhood))


def releases(session: Session, participant: int) -> tuple[Record, ...]:
    """A participant's releases of information, as signed."""
    return tuple(_Reader(session).plain(models.Release, models.Release.participant_id == participant))


def release(session: Session, number: int) -> Record:
    """One release of information, given its row number."""
    return next(_Reader(session).plain(models.Release, models.Release.id == number))


def exclusions(session: Session, participant: int) -> tuple[Record, ...]:
    """A participant's exclusions, ended ones too."""
    return tuple(_Reader(session).plain(models.Exclusion, models.Exclusion.participant_id == participant))


def involvements(session: Session, participant: int) -> tuple[Record, ...]:
    """Who works with a participant, ended ones too."""
    return tuple(_Reader(session).plain(models.Involvement, models.Involvement.participant_id == participant))


def grants(session: Session, participant: int) -> tuple[Record, ...]:
    """A participant's grants of need to know, ended ones too."""
    return tuple(_Reader(session).plain(models.Grant, models.Grant.participant_id == participant))


def templates(session: Session) -> tuple[Record, ...]:
    """Every version of the confidentiality agreement, oldest first."""
    return tuple(_Reader(session).plain(models.AgreementTemplate))


def agreements(session: Session) -> tuple[Record, ...]:
    """Every agreement that was signed; each is its signer's own."""
    return tuple(_Reader(session).agreements())


def everything(session: Session) -> Iterator[Record]:
    """Every record of the desk, for an export; still to be disclosed, like any other."""
    return _Reader(session).everything()
