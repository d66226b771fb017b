"""Rows as records: what the desk holds, as the rule sees it. Nothing else leaves a row.

Each loader takes a constant number of statements, whatever the size of the desk. What was undone is left out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from leaddesk import models
from leaddesk.models.base import class_of, columns, is_prose
from leaddesk.models.ids import policy_id
from leaddesk.models.words import ActionOutcome
from leaddesk.policy.records import Fact, Kind, Record, Text, Wording
from leaddesk.policy.vocabulary import BOUND, InformationClass

C = InformationClass
R = TypeVar("R", bound=models.Base)
Item = Fact | Text

#: Columns of these have the class of their row's text; until it is known they count as the narrowest.
_AS_THEIR_TEXT = C.HEALTH

_NOBODY: frozenset[str] = frozenset()
_TEXT_TABLE = models.StoredText.__tablename__


@dataclass(frozen=True, slots=True)
class Said:
    """What rows point to, in words: names of attendees, agencies, neighborhoods and series by id; texts by row."""

    names: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[int, Text] = field(default_factory=dict)


def record_of(
    row: models.Base,
    said: Said,
    *,
    about: Iterable[str] | None = None,
    own: frozenset[str] = _NOBODY,
    instead: Mapping[InformationClass, InformationClass] | None = None,
    source: str | None = None,
    more: Mapping[str, Item] | None = None,
) -> Record:
    """A row as a record, each column in its class; a column without one is left out.

    Values are facts, free words and linked texts are texts. A key is a link; where it points to somebody or something
    with a name, the name is a fact in the key's class. Empty values are no fields. Every text is about whomever its
    record is about, besides those it says itself.

    Args:
        row: of one of the kinds of records.
        said: what it points to, in words.
        about: participants it concerns; by default its own ``participant_id``, or the participant that it is.
        own: attendees who may always have it.
        instead: classes to be used in the place of those of the columns.
        source: the agency that recorded its facts, where they are `care` or `health`.
        more: fields besides, or in the place of, those of its columns.
    """
    concerned = tuple(sorted(_about(row) if about is None else set(about)))
    fields, links, subjects = _parts(row, said, concerned, instead or {}, source)
    return Record(
        kind=Kind(row.__tablename__),
        id=policy_id(Kind(row.__tablename__), row.id),
        about=concerned,
        subjects=subjects,
        own=own,
        fields={**fields, **(more or {})},
        links=links,
    )


def _about(row: models.Base) -> set[str]:
    number = row.id if isinstance(row, models.Participant) else getattr(row, "participant_id", None)
    return set() if number is None else {policy_id(Kind.PARTICIPANT, number)}


def _parts(
    row: models.Base,
    said: Said,
    about: tuple[str, ...],
    instead: Mapping[InformationClass, InformationClass],
    source: str | None,
) -> tuple[dict[str, Item], dict[str, str | None], frozenset[str]]:
    """Fields, links and subjects of a row."""
    fields: dict[str, Item] = {}
    links: dict[str, str | None] = {}
    subjects = {policy_id(Kind.ATTENDEE, row.id)} if isinstance(row, models.Attendee) else set[str]()
    for column in _columns(type(row)):
        value = getattr(row, column.attribute)
        if column.cls is None or value in (None, "", ()):
            continue
        name, target = column.attribute.removesuffix("_id"), column.target
        cls = instead.get(column.cls, column.cls)
        if target == _TEXT_TABLE:
            if value in said.texts:
                fields[name.removesuffix("_text")] = _within(said.texts[value], cls, about)
        elif target is not None:
            link = policy_id(Kind(target), value)
            links[name] = link
            if link in said.names:
                fields[name] = Fact(cls=cls, value=said.names[link], source=source)
            if cls is C.PERSONNEL and target == Kind.ATTENDEE:
                subjects.add(link)
        elif column.prose:
            fields[name] = Text(cls=cls, text=value, about=about, source=source)
        else:
            fields[name] = Fact(cls=cls, value=value, source=source)
    return fields, links, frozenset(subjects)


@dataclass(frozen=True, slots=True)
class _Column:
    """What matters of a column: ``target`` is the table that a key points to."""

    attribute: str
    cls: InformationClass | None
    target: str | None
    prose: bool
    column: sa.Column[Any]


@cache
def _columns(model: type[models.Base]) -> tuple[_Column, ...]:
    def target(column: sa.Column[Any]) -> str | None:
        return next((str(key.column.table.name) for key in column.foreign_keys), None)

    return tuple(_Column(name, class_of(one), target(one), is_prose(one), one) for name, one in columns(model))


def _within(text: Text, cls: InformationClass, about: tuple[str, ...]) -> Text:
    """A text in the field of a record: about whom the record is about, and bound where the field is."""
    bound = cls if cls in BOUND and text.cls is not None and text.cls not in BOUND else text.cls
    return replace(text, cls=bound, about=tuple(sorted({*text.about, *about})))


def _alike(text: Text, words: str, about: Iterable[str], *, cleared: bool) -> Text:
    """Words that whoever may have some wording of a text may have with it."""
    safe = tuple(replace(wording, text=words, cleared=cleared) for wording in text.safe)
    return replace(text, text=words, about=tuple(sorted({*text.about, *about})), safe=safe, cleared=cleared)


class _Reader:
    """Reads records in one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
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
        keys = [part.column for part in _columns(model) if part.target == _TEXT_TABLE]
        texts = self._texts(sa.union_all(*(sa.select(key).where(*where) for key in keys))) if keys else {}
        return rows, Said(self._names, texts)

    def _texts(self, wanted: sa.CompoundSelect[Any]) -> Mapping[int, Text]:
        """Texts by row, with their safe wordings and the participants they are about."""
        text, wording, about = models.StoredText, models.StoredWording, models.TextAbout
        safe: dict[int, list[Wording]] = defaultdict(list)
        for key, cls, body, cleared in self._session.execute(
            sa.select(wording.text_id, wording.cls, wording.body, wording.cleared)
            .where(wording.text_id.in_(wanted))
            .order_by(wording.text_id, wording.position)
        ):
            safe[key].append(Wording(cls=cls, text=body, cleared=cleared))
        people: dict[int, list[str]] = defaultdict(list)
        for key, participant in self._session.execute(
            sa.select(about.text_id, about.participant_id).where(about.text_id.in_(wanted)).order_by(about.id)
        ):
            people[key].append(policy_id(Kind.PARTICIPANT, participant))
        rows = self._session.execute(
            sa.select(text.id, text.cls, text.body, text.source_id, text.cleared).where(text.id.in_(wanted))
        )
        return {
            key: Text(
                cls=cls,
                text=body,
                about=tuple(people[key]),
                source=policy_id(Kind.AGENCY, source),
                safe=tuple(safe[key]),
                cleared=cleared,
            )
            for key, cls, body, source, cleared in rows
        }

    def _nested(
        self, name: str, key: InstrumentedAttribute[int], *where: sa.ColumnElement[bool]
    ) -> Callable[[models.Base, Record], Record]:
        """What adds to a record the rows that belong to it, as fields and links such as ``court.7.next_date``."""
        rows, said = self._load(key.parent.mapper.class_, *where)
        by_owner: dict[int, list[models.Base]] = defaultdict(list)
        for row in rows:
            by_owner[getattr(row, key.key)].append(row)

        def add(row: models.Base, record: Record) -> Record:
            fields, links = dict(record.fields), dict(record.links)
            for part in by_owner[row.id]:
                inner, inner_links, _ = _parts(part, said, record.about, {}, None)
                inner_links.pop(key.key.removesuffix("_id"))
                fields |= {f"{name}.{part.id}.{inside}": item for inside, item in inner.items()}
                links |= {f"{name}.{part.id}.{inside}": link for inside, link in inner_links.items()}
            return replace(record, fields=fields, links=links)

        return add

    def plain(self, model: type[R], *where: sa.ColumnElement[bool], order: Sequence[Any] = ()) -> Iterator[Record]:
        rows, said = self._load(model, *where, order=order)
        return (record_of(row, said) for row in rows)

    def attendees(self) -> Iterator[Record]:
        rows, said = self._load(models.Attendee)
        roles, _ = self._load(models.AttendeeRole, order=[models.AttendeeRole.position])
        held: dict[int, list[str]] = defaultdict(list)
        for role in roles:
            held[role.attendee_id].append(role.role)
        events = self._nested("agreement_event", models.AgreementEvent.attendee_id)
        for row in rows:
            more = {"roles": Fact(cls=C.COMMUNITY, value=tuple(held[row.id]))}
            yield events(row, record_of(row, said, more=more))

    def agreements(self) -> Iterator[Record]:
        rows, said = self._load(models.Agreement)
        return (record_of(row, said, own=frozenset({policy_id(Kind.ATTENDEE, row.attendee_id)})) for row in rows)

    def participants(self) -> Iterator[Record]:
        rows, said = self._load(models.Participant)
        courts = self._nested("court", models.CourtItem.participant_id)
        return (courts(row, record_of(row, said)) for row in rows)

    def series(self) -> Iterator[Record]:
        rows, said = self._load(models.MeetingSeries)
        regulars = self._nested("regular", models.MeetingRegular.series_id)
        return (regulars(row, record_of(row, said)) for row in rows)

    def attendance(self, *where: sa.ColumnElement[bool]) -> Iterator[Record]:
        rows, said = self._load(models.Attendance, *where, order=[models.Attendance.arrived_at])
        owner = models.SteppedOut.attendance_id
        stepped_out = self._nested("stepped_out", owner, owner.in_(sa.select(models.Attendance.id).where(*where)))
        for row in rows:
            own = frozenset({policy_id(Kind.ATTENDEE, row.attendee_id)})
            yield stepped_out(row, record_of(row, said, own=own))

    def entries(self, *where: sa.ColumnElement[bool]) -> Iterator[Record]:
        """Entries; each concerns the participants of its text and of its agenda item."""
        entry, item = models.Entry, models.AgendaItem
        rows, said = self._load(entry, *where, entry.undone_at.is_(None), order=[entry.filed_at])
        items = sa.select(item.id, item.participant_id).where(
            item.participant_id.is_not(None), item.id.in_(sa.select(entry.agenda_item_id).where(*where))
        )
        discussed: dict[int | None, int | None] = dict(self._session.execute(items).all())
        for row in rows:
            text = said.texts[row.text_id]
            about = set(text.about)
            participant = discussed.get(row.agenda_item_id)
            if participant is not None:
                about.add(policy_id(Kind.PARTICIPANT, participant))
            yield record_of(
                row,
                said,
                about=about,
                instead={_AS_THEIR_TEXT: text.cls or _AS_THEIR_TEXT},
                source=text.source,
                more={"kind": _alike(text, row.kind.value, about, cleared=True)},
            )

    def meetings(self) -> Iterator[Record]:
        rows, said = self._load(models.Meeting, order=[models.Meeting.held_on])
        expected = self._nested("expected", models.Expected.meeting_id)
        return (expected(row, record_of(row, said)) for row in rows)

    def amendments(self, *where: sa.ColumnElement[bool]) -> Iterator[Record]:
        rows, said = self._load(models.Amendment, *where)
        for row in rows:
            text = said.texts[row.text_id]
            yield record_of(
                row,
                said,
                about=text.about,
                instead={_AS_THEIR_TEXT: text.cls or _AS_THEIR_TEXT},
                source=text.source,
                more={"at": _alike(text, row.at.isoformat(), text.about, cleared=True)},
            )

    def actions(self, *where: sa.ColumnElement[bool]) -> Iterator[Record]:
        """Action items: `community` where only places are linked, else `operations`."""
        rows, said = self._load(models.ActionItem, *where, models.ActionItem.undone_at.is_(None))
        for row in rows:
            about = _about(row) | set(said.texts[row.text_id].about)
            places_alone = not about and row.priority_id is not None
            own = {policy_id(Kind.ATTENDEE, row.owner_id)} if row.owner_id is not None and not about else ()
            yield record_of(
                row,
                said,
                about=about,
                own=frozenset(own),
                instead={C.OPERATIONS: C.COMMUNITY} if places_alone else {},
            )

    def asks(self, *where: sa.ColumnElement[bool]) -> Iterator[Record]:
        rows, said = self._load(models.Ask, *where)
        for row in rows:
            text = said.texts[row.text_id]
            about = _about(row) | set(text.about)
            yield record_of(
                row,
                said,
                about=about,
                instead={_AS_THEIR_TEXT: text.cls or _AS_THEIR_TEXT},
                source=text.source,
                more={"to_whom": _alike(text, row.to_whom, about, cleared=False)} if row.to_whom else {},
            )

    def places(self) -> Iterator[Record]:
        """Location priorities by rank, each followed by its evidence."""
        evidence: dict[str | None, list[Record]] = defaultdict(list)
        for record in self.plain(models.Evidence, order=[models.Evidence.on]):
            evidence[record.links["priority"]].append(record)
        for place in self.plain(models.LocationPriority, order=[models.LocationPriority.rank]):
            yield place
            yield from evidence[place.id]

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


_MODELS: Mapping[Kind, type[models.Base]] = {
    Kind(mapper.class_.__tablename__): mapper.class_
    for mapper in models.Base.registry.mappers
    if mapper.class_.__tablename__ in frozenset(Kind)
}


def attendees(session: Session) -> tuple[Record, ...]:
    """Attendees, with their roles in order as ``roles``, and what ended their agreements."""
    return tuple(_Reader(session).attendees())


def participants(session: Session) -> tuple[Record, ...]:
    """Participants, those merged into another one too, with their court items as ``court.<number>.…``."""
    return tuple(_Reader(session).participants())


def places(session: Session) -> tuple[Record, ...]:
    """Location priorities by rank, each followed by its evidence by date."""
    return tuple(_Reader(session).places())


def actions(session: Session, *, open_only: bool) -> tuple[Record, ...]:
    """Action items, all of them or those that are still open."""
    still = [models.ActionItem.outcome == ActionOutcome.OPEN] if open_only else []
    return tuple(_Reader(session).actions(*still))


def asks(session: Session, *, open_only: bool) -> tuple[Record, ...]:
    """What is asked of the group, all of it or what is still open."""
    return tuple(_Reader(session).asks(*([models.Ask.closed_at.is_(None)] if open_only else [])))


def meetings(session: Session) -> tuple[Record, ...]:
    """Meetings by day, with who is expected besides the regulars as ``expected.<number>.…``."""
    return tuple(_Reader(session).meetings())


def amendments(session: Session, meeting: int) -> tuple[Record, ...]:
    """The amendments of a meeting's minutes, oldest first; ``at`` can be had with any wording of the text."""
    return tuple(_Reader(session).amendments(models.Amendment.meeting_id == meeting))


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


def releases(session: Session) -> tuple[Record, ...]:
    """Releases of information, as signed."""
    return tuple(_Reader(session).plain(models.Release))


def exclusions(session: Session) -> tuple[Record, ...]:
    """Exclusions, ended ones too."""
    return tuple(_Reader(session).plain(models.Exclusion))


def templates(session: Session) -> tuple[Record, ...]:
    """Every version of the confidentiality agreement, oldest first."""
    return tuple(_Reader(session).plain(models.AgreementTemplate))


def agreements(session: Session) -> tuple[Record, ...]:
    """Every agreement that was signed; each is its signer's own."""
    return tuple(_Reader(session).agreements())


def everything(session: Session) -> Iterator[Record]:
    """Every record of the desk, for an export; still to be disclosed, like any other."""
    return _Reader(session).everything()
