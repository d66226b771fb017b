"""Everything the rule may look at, read from the rows of a desk.

One statement, whatever the size of the desk, for whatever is not remembered; participants are made when somebody asks
for them. Nothing here decides; what is missing or malformed is handed over so that it denies.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from leaddesk import models
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import OPEN_INTAKE, AgreementTerm, IntakeStatus
from leaddesk.policy import facts
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import (
    DEFAULT_ROLE_TABLE,
    Cell,
    InformationClass,
    Intake,
    Role,
    RoleTable,
)
from leaddesk.services.batches import Part, Values
from leaddesk.services.memory import made, values_of

Made = TypeVar("Made")
Row: TypeAlias = Any
Known: TypeAlias = Mapping[Part, tuple[Values, ...]]

_CLASSES = frozenset(InformationClass)
_TIE = ("attendee_id", "participant_id", "from_on", "until_on", "ended_at")

_SITE = Part(models.Site, "", ("zone", "part2", "intake_exemption"))
_ROLE_TABLE = Part(models.RoleTableVersion, "version = (SELECT max(version) FROM role_table)", ("cells",))
_TEMPLATES = Part(models.AgreementTemplate, "", ("term", "accepted_until"))
_AGENCIES = Part(models.Agency, "", ("part2", "name"))
_NEIGHBORHOODS = Part(models.Neighborhood, "", ("name",))
_PLACES = Part(models.LocationPriority, "", ("name", "place"))
_ATTENDEES = Part(models.Attendee, "", ("given_name", "family_name", "agency_id"))
_ROLES = Part(models.AttendeeRole, "", ("attendee_id", "position", "role"))
_MEETINGS = Part(models.Meeting, "", ("series_id", "number", "opened_at"))
_AGREEMENTS = Part(models.Agreement, "", ("attendee_id", "template_id", "signed_at", "ends_on", "meeting_id"))
_GONE = Part(models.AgreementEvent, "", ("attendee_id", "at"))
_PARTICIPANTS = Part(
    models.Participant,
    "",
    ("case_code", "given_name", "family_name", "preferred_name", "aliases", "door", "intake_status", "case_agency_id",
     "referring_agency_id", "merged_into_id"),
)  # fmt: skip
_RELEASES = Part(
    models.Release,
    "",
    ("participant_id", "form", "source_agencies", "recipient_classes", "recipient_agencies", "recipient_attendees",
     "classes", "signed_on", "signed_at", "ends_on", "ends_event", "event_recorded_at"),
)  # fmt: skip
_REVOCATIONS = Part(models.Revocation, "", ("participant_id", "release_id", "at"))
_EXCLUSIONS = Part(models.Exclusion, "", (*_TIE, "classes"))
_GRANTS = Part(models.Grant, "", (*_TIE, "classes"))
_INVOLVEMENTS = Part(models.Involvement, "", (*_TIE, "kind"))

_OF_THE_SITE = (_SITE, _ROLE_TABLE)
_OF_PEOPLE = (_ATTENDEES, _ROLES, _TEMPLATES, _MEETINGS, _AGREEMENTS, _GONE)
_OF_PARTICIPANTS = (_PARTICIPANTS, _RELEASES, _REVOCATIONS, _EXCLUSIONS, _GRANTS, _INVOLVEMENTS)

#: What the facts are made of.
PARTS = (*_OF_THE_SITE, *_OF_PEOPLE, *_OF_PARTICIPANTS, _AGENCIES, _NEIGHBORHOODS, _PLACES)


def load_facts(session: Session, at: datetime) -> facts.Facts:
    """The facts of the desk as its rows have them now: the same object, as long as nothing in them has changed.

    People are in the first of their roles: the room puts the role they checked in with over it.

    Args:
        session: of an open desk.
        at: an aware instant; which agreement templates are accepted is answered for it.

    Raises:
        sqlalchemy.exc.NoResultFound: the desk has no site yet.
    """
    known = values_of(session, PARTS, {})
    site = _site(known, at)
    people = made(session, "people", _of(known, _OF_PEOPLE), lambda: {one.id: one for one in _people(known)})
    roster = made(session, "roster", _of(known, _OF_PARTICIPANTS), lambda: _roster(known))
    rest = _of(known, (_AGENCIES, _NEIGHBORHOODS, _PLACES))
    agencies, names = made(session, "agencies and names", rest, lambda: _agencies_and_names(known))
    return made(
        session,
        "facts",
        (site, *_of(known, PARTS)),
        lambda: facts.Facts(site=site, people=people, participants=roster, agencies=agencies, known_names=names),
    )


def guard_of(session: Session, known: facts.Facts, everyday: frozenset[str]) -> TextGuard:
    """The text guard of these facts: the same one for as long as everybody and everything is called as before."""
    called = (known.names, known.people, known.known_names)
    return made(session, "guard", called, lambda: TextGuard(known, everyday))


def _of(known: Known, parts: Iterable[Part]) -> tuple[tuple[Values, ...], ...]:
    return tuple(known[part] for part in parts)


def _rows(known: Known, part: Part) -> list[Row]:
    return part.rows(known[part])


def _site(known: Known, at: datetime) -> facts.Site:
    """The site with the latest version of its role table."""
    sites, tables = _rows(known, _SITE), _rows(known, _ROLE_TABLE)
    if not sites:
        raise NoResultFound("the desk has no site yet")
    (row,) = sites
    return facts.Site(
        zone=row.zone,
        part2=row.part2,
        accepted_templates=frozenset(
            policy_id(Kind.TEMPLATE, template.id)
            for template in _rows(known, _TEMPLATES)
            if template.accepted_until is None or at < template.accepted_until
        ),
        intake_exemption=row.intake_exemption,
        role_table=_role_table(tables[0].cells) if tables else DEFAULT_ROLE_TABLE,
    )


def _role_table(cells: Mapping[str, Mapping[str, str]]) -> RoleTable:
    """The role table of stored cells; what is no role, class or cell is left out and so denies."""
    return {
        Role(role): {
            InformationClass(cls): Cell(cell)
            for cls, cell in row.items()
            if cls in _CLASSES and cell in frozenset(Cell)
        }
        for role, row in cells.items()
        if role in frozenset(Role)
    }


def _agencies_and_names(known: Known) -> tuple[dict[str, str | None], frozenset[str]]:
    """Each agency's Part 2 status; the names of agencies, neighborhoods, location priorities and where they are."""
    agencies = _rows(known, _AGENCIES)
    named = {name for part in (_NEIGHBORHOODS, _PLACES) for _number, *names in known[part] for name in names}
    status = {policy_id(Kind.AGENCY, row.id): row.part2 for row in agencies}
    return status, frozenset({row.name for row in agencies} | named) - {""}


def _people(known: Known) -> Iterable[facts.Person]:
    first: dict[int, Row] = {}
    for role in _rows(known, _ROLES):
        if role.attendee_id not in first or role.position < first[role.attendee_id].position:
            first[role.attendee_id] = role
    meetings = _Meetings(_rows(known, _MEETINGS))
    terms = {row.id: row.term for row in _rows(known, _TEMPLATES)}
    agreements = _grouped(_rows(known, _AGREEMENTS))
    gone = _grouped(_rows(known, _GONE))
    for row in _rows(known, _ATTENDEES):
        yield facts.Person(
            id=policy_id(Kind.ATTENDEE, row.id),
            name=f"{row.given_name} {row.family_name}".strip(),
            role=first[row.id].role if row.id in first else None,
            agency=policy_id(Kind.AGENCY, row.agency_id),
            agreements=tuple(
                facts.Agreement(
                    template=policy_id(Kind.TEMPLATE, signed.template_id),
                    signed=signed.signed_at,
                    ends=signed.ends_on,
                    ends_at=_ends_at(signed, terms.get(signed.template_id), meetings),
                )
                for signed in agreements[row.id]
            ),
            withdrew_or_declined=tuple(event.at for event in gone[row.id]),
        )


def _grouped(rows: Iterable[Row]) -> Mapping[int, Sequence[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.attendee_id].append(row)
    return found


class _Meetings:
    """When the meetings of each series were opened."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._places: dict[int, tuple[int, int]] = {}
        self._opened: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
        for row in rows:
            self._places[row.id] = (row.series_id, row.number)
            if row.opened_at is not None:
                self._opened[row.series_id].append((row.number, row.opened_at))

    def next_opening(self, meeting: int) -> datetime | None:
        """When the first later meeting of the same series opened, ``None`` while none has."""
        series, number = self._places[meeting]
        return min((at for other, at in self._opened[series] if other > number), default=None)


def _ends_at(signed: Row, term: AgreementTerm | None, meetings: _Meetings) -> datetime | None:
    """The instant that ends an agreement besides its last day.

    The term *this meeting* runs until the next meeting of its series opens, a year at most. An agreement that does
    not say which meeting, or a term in months without its last day, was never in force: it ends as it is signed.
    """
    match term:
        case AgreementTerm.THIS_MEETING if signed.meeting_id is not None:
            year = _year_after(signed.signed_at)
            opening = meetings.next_opening(signed.meeting_id)
            return year if opening is None else min(opening, year)
        case AgreementTerm.MONTHS if signed.ends_on is not None:
            return None
        case AgreementTerm.UNTIL_WITHDRAWN:
            return None
        case _:
            never: datetime = signed.signed_at
            return never


def _year_after(instant: datetime) -> datetime:
    try:
        return instant.replace(year=instant.year + 1)
    except ValueError:  # 29 February
        return instant.replace(year=instant.year + 1, day=28)


@dataclass(frozen=True, slots=True)
class _Cases:
    """The values of participants, and of what was signed, revoked and decided about each, by their rows' numbers."""

    rows: Mapping[int, Values]
    person: Mapping[int, int]
    """The row that stands for the same person."""
    histories: Mapping[Part, Mapping[int, Sequence[Values]]]

    def make(self, id_: str) -> facts.Participant:
        """One participant; rows that turned out to be one person share one standing and both histories."""
        number = row_id(Kind.PARTICIPANT, id_)
        row, now = _PARTICIPANTS.rows([self.rows[number], self.rows[self.person[number]]])
        return facts.Participant(
            id=id_,
            code=row.case_code,
            given_name=row.given_name,
            family_name=row.family_name,
            preferred_name=row.preferred_name,
            aliases=row.aliases,
            door=now.door,
            intake=_intake(now.intake_status),
            case_agency=policy_id(Kind.AGENCY, now.case_agency_id),
            referring_agency=policy_id(Kind.AGENCY, now.referring_agency_id),
            releases=self._history(_RELEASES, now.id, _release),
            revocations=self._history(_REVOCATIONS, now.id, _revocation),
            exclusions=self._history(_EXCLUSIONS, now.id, _exclusion),
            grants=self._history(_GRANTS, now.id, _grant),
            involvements=self._history(_INVOLVEMENTS, now.id, _involvement),
        )

    def _history(self, part: Part, person: int, make: Callable[[Row], Made]) -> tuple[Made, ...]:
        return tuple(map(make, part.rows(self.histories[part].get(person, ()))))


def _roster(known: Known) -> facts.Roster:
    """The participants, made when asked for; at once what each can be called, and when anything begins or ends."""
    rows = {one[0]: one for one in known[_PARTICIPANTS]}
    into = {one[0]: one[-1] for one in known[_PARTICIPANTS]}
    person = {number: number if into[number] is None else _merged(number, into) for number in rows}
    histories: dict[Part, dict[int, list[Values]]] = {}
    for part in _OF_PARTICIPANTS[1:]:
        owner = 1 + part.names.index("participant_id")
        grouped = histories[part] = {}
        for one in known[part]:
            grouped.setdefault(person[one[owner]], []).append(one)
    return facts.Roster(
        source=_of(known, _OF_PARTICIPANTS),
        names=tuple(_names(known[_PARTICIPANTS])),
        moments=_moments(known),
        make=_Cases(rows, person, histories).make,
    )


def _names(values: Iterable[Values]) -> Iterable[facts.Names]:
    part = Part(models.Participant, "", _PARTICIPANTS.names[:5])
    for row in part.rows(one[:6] for one in values):
        yield facts.Names(policy_id(Kind.PARTICIPANT, row.id), *row[1:])


def _moments(known: Known) -> facts.Moments:
    """Every moment that something begins or ends at; each is worked out once, however many share it."""

    def all_of(*wanted: tuple[Part, str]) -> Iterable[Any]:
        for part, name in wanted:
            position = part.names.index(name)
            values = set(map(itemgetter(1 + position), known[part])) - {None}
            for row in Part(part.model, "", (name,)).rows((0, value) for value in values):
                yield row[1]

    ties = (_EXCLUSIONS, _GRANTS, _INVOLVEMENTS)
    return facts.Moments(
        starts=frozenset(
            all_of((_RELEASES, "signed_on"), (_RELEASES, "signed_at"), *((part, "from_on") for part in ties))
        ),
        ends=frozenset(
            all_of(
                (_RELEASES, "ends_on"),
                (_RELEASES, "event_recorded_at"),
                (_REVOCATIONS, "at"),
                *((part, "ended_at") for part in ties),
                *((part, "until_on") for part in ties),
            )
        ),
    )


def _merged(number: int, into: Mapping[int, int | None]) -> int:
    """The row that stands for the same person; a ring of merged rows stands for its smallest."""
    seen = [number]
    while (further := into[seen[-1]]) is not None:
        if further in seen:
            return min(seen[seen.index(further) :])
        seen.append(further)
    return seen[-1]


def _intake(status: IntakeStatus | None) -> Intake | None:
    if status is None:
        return None
    return Intake.OPEN if status in OPEN_INTAKE else Intake.DECIDED


def _release(row: Row) -> facts.Release:
    return facts.Release(
        id=policy_id(Kind.RELEASE, row.id),
        signed=row.signed_at or row.signed_on,
        ends=facts.UntilEvent(event=row.ends_event, recorded=row.event_recorded_at)
        if row.ends_event
        else row.ends_on,
        form=row.form,
        sources=frozenset(policy_id(Kind.AGENCY, agency) for agency in row.source_agencies),
        to_classes=frozenset(row.recipient_classes),
        to_agencies=frozenset(policy_id(Kind.AGENCY, agency) for agency in row.recipient_agencies),
        to_people=frozenset(policy_id(Kind.ATTENDEE, attendee) for attendee in row.recipient_attendees),
        classes=_classes(row.classes),
    )


def _revocation(row: Row) -> facts.Revocation:
    return facts.Revocation(at=row.at, release=policy_id(Kind.RELEASE, row.release_id))


def _exclusion(row: Row) -> facts.Exclusion:
    """An exclusion; one with a word that is no class covers every bound class."""
    return facts.Exclusion(
        person=policy_id(Kind.ATTENDEE, row.attendee_id),
        starts=row.from_on,
        ends=row.ended_at or row.until_on,
        classes=_classes(row.classes) if _CLASSES.issuperset(row.classes) else frozenset(),
    )


def _grant(row: Row) -> facts.Grant:
    return facts.Grant(
        person=policy_id(Kind.ATTENDEE, row.attendee_id),
        starts=row.from_on,
        ends=row.ended_at or row.until_on,
        classes=_classes(row.classes),
    )


def _involvement(row: Row) -> facts.Involvement:
    return facts.Involvement(
        person=policy_id(Kind.ATTENDEE, row.attendee_id),
        starts=row.from_on,
        ends=row.ended_at or row.until_on,
        kind=row.kind,
    )


def _classes(words: Iterable[str]) -> frozenset[InformationClass]:
    """The classes among some words; what is no class covers nothing."""
    return frozenset(InformationClass(word) for word in words if word in _CLASSES)
