"""A row as a record: each column in its class, what it points to in words, texts with their wordings.

Nothing else leaves a row. What was undone is left out by whoever reads.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa

from leaddesk import models
from leaddesk.models.base import class_of, columns, is_prose
from leaddesk.models.ids import policy_id
from leaddesk.policy.records import Fact, Kind, Record, Text, Wording
from leaddesk.policy.vocabulary import BOUND, InformationClass
from leaddesk.services.batches import StoredRow

C = InformationClass
#: A row of a session, or a `StoredRow` with the same columns.
Row: TypeAlias = Any
Item = Fact | Text

#: Columns of these have the class of their row's text; until it is known they count as the narrowest.
_AS_THEIR_TEXT = C.HEALTH

_NOBODY: frozenset[str] = frozenset()
_TEXTS = models.StoredText.__tablename__


@dataclass(frozen=True, slots=True)
class Said:
    """What rows point to, in words: names of attendees, agencies, neighborhoods and series by id; texts by row."""

    names: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[int, Text] = field(default_factory=dict)


def record_of(
    row: Row,
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
    concerned = tuple(sorted(about_of(row) if about is None else set(about)))
    fields, links, subjects = _parts(row, said, concerned, instead or {}, source)
    kind = kind_of(model_of(row))
    return Record(
        kind=kind,
        id=policy_id(kind, row.id),
        about=concerned,
        subjects=subjects,
        own=own,
        fields={**fields, **(more or {})},
        links=links,
    )


def model_of(row: Row) -> type[models.Base]:
    """The kind of row that it is."""
    return row.model if isinstance(row, StoredRow) else type(row)


@cache
def kind_of(model: type[models.Base]) -> Kind:
    """The kind of record that a row of a model becomes."""
    return Kind(model.__tablename__)


def about_of(row: Row) -> set[str]:
    """The participant that a row is, or is about."""
    number = row.id if model_of(row) is models.Participant else getattr(row, "participant_id", None)
    return set() if number is None else {policy_id(Kind.PARTICIPANT, number)}


def _parts(
    row: Row,
    said: Said,
    about: tuple[str, ...],
    instead: Mapping[InformationClass, InformationClass],
    source: str | None,
) -> tuple[dict[str, Item], dict[str, str | None], frozenset[str]]:
    """Fields, links and subjects of a row."""
    fields: dict[str, Item] = {}
    links: dict[str, str | None] = {}
    subjects = {policy_id(Kind.ATTENDEE, row.id)} if model_of(row) is models.Attendee else set[str]()
    for column in columns_of(model_of(row)):
        # a batch may have left out what nobody asks of these rows
        value = getattr(row, column.attribute, None)
        if column.cls is None or value in (None, "", ()):
            continue
        name, kind = column.name, column.kind
        cls = instead.get(column.cls, column.cls)
        if column.is_text:
            if value in said.texts:
                fields[name] = _within(said.texts[value], cls, about)
        elif kind is not None:
            link = policy_id(kind, value)
            links[name] = link
            if link in said.names:
                fields[name] = Fact(cls=cls, value=said.names[link], source=source)
            if cls is C.PERSONNEL and kind is Kind.ATTENDEE:
                subjects.add(link)
        elif column.prose:
            fields[name] = Text(cls=cls, text=value, about=about, source=source)
        else:
            fields[name] = Fact(cls=cls, value=value, source=source)
    return fields, links, frozenset(subjects)


@dataclass(frozen=True, slots=True)
class Column:
    """What matters of a column.

    Attributes:
        name: the field that it becomes.
        kind: of record that it points to, where it is a key that does.
        is_text: whether it points to a text.
        prose: whether it holds free words.
    """

    attribute: str
    name: str
    cls: InformationClass | None
    kind: Kind | None
    is_text: bool
    prose: bool
    column: sa.Column[Any]


@cache
def columns_of(model: type[models.Base]) -> tuple[Column, ...]:
    """The columns of a kind of row, and what matters of each."""

    return tuple(_column(name, column) for name, column in columns(model))


def _column(attribute: str, column: sa.Column[Any]) -> Column:
    target = next((key.column.table.name for key in column.foreign_keys), None)
    is_text, name = target == _TEXTS, attribute.removesuffix("_id")
    return Column(
        attribute=attribute,
        name=name.removesuffix("_text") if is_text else name,
        cls=class_of(column),
        kind=None if target is None or is_text or class_of(column) is None else Kind(target),
        is_text=is_text,
        prose=is_prose(column),
        column=column,
    )


def _within(text: Text, cls: InformationClass, about: tuple[str, ...]) -> Text:
    """A text in the field of a record: about whom the record is about, and bound where the field is."""
    bound = cls if cls in BOUND and text.cls is not None and text.cls not in BOUND else text.cls
    if bound is text.cls and about == text.about:
        return text
    return replace(text, cls=bound, about=tuple(sorted({*text.about, *about})))


def _alike(text: Text, words: str, about: Iterable[str], *, cleared: bool) -> Text:
    """Words that whoever may have some wording of a text may have with it."""
    safe = tuple(replace(wording, text=words, cleared=cleared) for wording in text.safe)
    return replace(text, text=words, about=tuple(sorted({*text.about, *about})), safe=safe, cleared=cleared)


def names(people: Iterable[Row], named: Iterable[tuple[Kind, Iterable[Row]]]) -> dict[str, str]:
    """The names that keys are said by: attendees' full names, and those of rows that have one."""
    said = {policy_id(Kind.ATTENDEE, row.id): f"{row.given_name} {row.family_name}".strip() for row in people}
    for kind, rows in named:
        said |= {policy_id(kind, row.id): row.name for row in rows}
    return said


def text_of(row: Row, wordings: Iterable[Row], about: Iterable[Row]) -> Text:
    """A text with its safe wordings, which come in order, and the participants it is about."""
    return Text(
        cls=row.cls,
        text=row.body,
        about=tuple(policy_id(Kind.PARTICIPANT, one.participant_id) for one in about),
        source=policy_id(Kind.AGENCY, row.source_id),
        safe=tuple(Wording(cls=one.cls, text=one.body, cleared=one.cleared) for one in wordings),
        cleared=row.cleared,
        kept_because=row.class_reason,
    )


def nested(name: str, key: str, rows: Iterable[Row], said: Said) -> Callable[[Row, Record], Record]:
    """What adds to a record the rows that belong to it, as fields and links such as ``court.7.next_date``."""
    by_owner: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_owner[getattr(row, key)].append(row)

    def add(row: Row, record: Record) -> Record:
        if row.id not in by_owner:
            return record
        fields, links = dict(record.fields), dict(record.links)
        for part in by_owner[row.id]:
            inner, inner_links, _ = _parts(part, said, record.about, {}, None)
            inner_links.pop(key.removesuffix("_id"))
            fields |= {f"{name}.{part.id}.{inside}": item for inside, item in inner.items()}
            links |= {f"{name}.{part.id}.{inside}": link for inside, link in inner_links.items()}
        return replace(record, fields=fields, links=links)

    return add


Nested = Callable[[Row, Record], Record]


def attendees(rows: Iterable[Row], said: Said, roles: Iterable[Row], events: Nested) -> Iterator[Record]:
    """Attendees with their roles, which come in order."""
    held: dict[int, list[str]] = defaultdict(list)
    for role in roles:
        held[role.attendee_id].append(role.role)
    for row in rows:
        more = {"roles": Fact(cls=C.COMMUNITY, value=tuple(held[row.id]))}
        yield events(row, record_of(row, said, more=more))


def stays(rows: Iterable[Row], said: Said, stepped_out: Nested) -> Iterator[Record]:
    """Stays at meetings, each the attendee's own."""
    for row in rows:
        own = frozenset({policy_id(Kind.ATTENDEE, row.attendee_id)})
        yield stepped_out(row, record_of(row, said, own=own))


def entries(rows: Iterable[Row], said: Said, discussed: Mapping[int | None, int | None]) -> Iterator[Record]:
    """Entries; each concerns the participants of its text and of its agenda item.

    Args:
        rows: the entries.
        said: what they point to, in words.
        discussed: the participant of each agenda item that is about one, by their rows' numbers.
    """
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


def amendments(rows: Iterable[Row], said: Said) -> Iterator[Record]:
    """Amendments, each in the class of its text."""
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


def actions(rows: Iterable[Row], said: Said) -> Iterator[Record]:
    """Action items: `community` where only places are linked, else `operations`."""
    for row in rows:
        about = about_of(row) | set(said.texts[row.text_id].about)
        places_alone = not about and row.priority_id is not None
        own = {policy_id(Kind.ATTENDEE, row.owner_id)} if row.owner_id is not None and not about else ()
        yield record_of(
            row,
            said,
            about=about,
            own=frozenset(own),
            instead={C.OPERATIONS: C.COMMUNITY} if places_alone else {},
        )


def asks(rows: Iterable[Row], said: Said) -> Iterator[Record]:
    """What is asked of the group, each in the class of its wording."""
    for row in rows:
        text = said.texts[row.text_id]
        about = about_of(row) | set(text.about)
        yield record_of(
            row,
            said,
            about=about,
            instead={_AS_THEIR_TEXT: text.cls or _AS_THEIR_TEXT},
            source=text.source,
            more={"to_whom": _alike(text, row.to_whom, about, cleared=False)} if row.to_whom else {},
        )
