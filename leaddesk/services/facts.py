"""Everything the rule may look at, read from the rows of a desk.

A constant number of statements, whatever the size of the desk, and columns instead of whole rows. Nothing here
decides; what is missing or malformed is handed over so that it denies.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from leaddesk import models
from leaddesk.models.ids import policy_id
from leaddesk.models.words import OPEN_INTAKE, AgreementTerm, IntakeStatus
from leaddesk.policy import facts
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import (
    DEFAULT_ROLE_TABLE,
    Cell,
    InformationClass,
    Intake,
    Role,
    RoleTable,
)

Row = sa.Row[*tuple[Any, ...]]
Rows = Iterable[Row]

_CLASSES = frozenset(InformationClass)


def load_facts(session: Session, at: datetime) -> facts.Facts:
    """The facts of the desk as its rows have them now, in 14 statements.

    People are in the first of their roles: the room puts the role they checked in with over it.

    Args:
        session: of an open desk.
        at: an aware instant; which agreement templates are accepted is answered for it.

    Raises:
        sqlalchemy.exc.NoResultFound: the desk has no site yet.
    """
    templates = session.execute(sa.select(*_of(models.AgreementTemplate, "id", "term", "accepted_until"))).all()
    agencies = session.execute(sa.select(*_of(models.Agency, "id", "part2", "name"))).all()
    return facts.Facts(
        site=_site(session, templates, at),
        people={person.id: person for person in _people(session, {row.id: row.term for row in templates})},
        participants={one.id: one for one in _participants(session)},
        agencies={policy_id(Kind.AGENCY, row.id): row.part2 for row in agencies},
        known_names=frozenset({row.name for row in agencies} | _places(session)) - {""},
    )


def _of(model: type[models.Base], *names: str) -> Sequence[sa.ColumnElement[Any]]:
    return [getattr(model, name) for name in names]


def _site(session: Session, templates: Rows, at: datetime) -> facts.Site:
    """The site with the latest version of its role table."""
    latest = sa.select(sa.func.max(models.RoleTableVersion.version)).correlate(None).scalar_subquery()
    row = session.execute(
        sa.select(
            *_of(models.Site, "zone", "part2", "intake_exemption"), *_of(models.RoleTableVersion, "cells")
        ).outerjoin_from(models.Site, models.RoleTableVersion, models.RoleTableVersion.version == latest)
    ).one()
    return facts.Site(
        zone=row.zone,
        part2=row.part2,
        accepted_templates=frozenset(
            policy_id(Kind.TEMPLATE, template.id)
            for template in templates
            if template.accepted_until is None or at < template.accepted_until
        ),
        intake_exemption=row.intake_exemption,
        role_table=DEFAULT_ROLE_TABLE if row.cells is None else _role_table(row.cells),
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


def _places(session: Session) -> set[str]:
    """The names of neighborhoods, and of location priorities and where they are."""
    priority = models.LocationPriority
    names = sa.union(sa.select(models.Neighborhood.name), sa.select(priority.name), sa.select(priority.place))
    return set(session.scalars(names))


def _people(session: Session, terms: Mapping[int, AgreementTerm]) -> Iterable[facts.Person]:
    attendee, role = models.Attendee, models.AttendeeRole
    positions = sa.select(sa.func.min(role.position)).where(role.attendee_id == attendee.id)
    first = positions.correlate(attendee).scalar_subquery()
    people = session.execute(
        sa.select(*_of(attendee, "id", "given_name", "family_name", "agency_id"), role.role).outerjoin(
            role, sa.and_(role.attendee_id == attendee.id, role.position == first)
        )
    ).all()
    meetings = _Meetings(session)
    agreements = _grouped(
        session,
        sa.select(*_of(models.Agreement, "attendee_id", "template_id", "signed_at", "ends_on", "meeting_id")),
        "attendee_id",
    )
    gone = _grouped(session, sa.select(*_of(models.AgreementEvent, "attendee_id", "at")), "attendee_id")
    for row in people:
        yield facts.Person(
            id=policy_id(Kind.ATTENDEE, row.id),
            name=f"{row.given_name} {row.family_name}".strip(),
            role=row.role,
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


class _Meetings:
    """When the meetings of each series were opened."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(sa.select(*_of(models.Meeting, "id", "series_id", "number", "opened_at"))).all()
        self._places = {row.id: (row.series_id, row.number) for row in rows}
        self._opened: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
        for row in rows:
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


@dataclass(frozen=True)
class _Histories:
    """What was signed, revoked and decided, by the participant's row."""

    releases: Mapping[int, tuple[facts.Release, ...]]
    revocations: Mapping[int, tuple[facts.Revocation, ...]]
    exclusions: Mapping[int, tuple[facts.Exclusion, ...]]
    grants: Mapping[int, tuple[facts.Grant, ...]]
    involvements: Mapping[int, tuple[facts.Involvement, ...]]


def _participants(session: Session) -> Iterable[facts.Participant]:
    """The participants; rows that turned out to be one person share one standing and both histories."""
    rows = session.execute(
        sa.select(
            *_of(models.Participant, "id", "case_code", "given_name", "family_name", "preferred_name", "aliases"),
            *_of(models.Participant, "door", "intake_status", "case_agency_id", "referring_agency_id"),
            models.Participant.merged_into_id,
        )
    ).all()
    by_id = {row.id: row for row in rows}
    person = {row.id: _merged(row, by_id) for row in rows}
    histories = _histories(session, person)
    for row in rows:
        now = by_id[person[row.id]]
        yield facts.Participant(
            id=policy_id(Kind.PARTICIPANT, row.id),
            code=row.case_code,
            given_name=row.given_name,
            family_name=row.family_name,
            preferred_name=row.preferred_name,
            aliases=row.aliases,
            door=now.door,
            intake=_intake(now.intake_status),
            case_agency=policy_id(Kind.AGENCY, now.case_agency_id),
            referring_agency=policy_id(Kind.AGENCY, now.referring_agency_id),
            releases=histories.releases.get(now.id, ()),
            revocations=histories.revocations.get(now.id, ()),
            exclusions=histories.exclusions.get(now.id, ()),
            grants=histories.grants.get(now.id, ()),
            involvements=histories.involvements.get(now.id, ()),
        )


def _merged(row: Row, by_id: Mapping[int, Row]) -> int:
    """The row that stands for the same person; a ring of merged rows stands for its smallest."""
    seen: list[int] = [row.id]
    while (into := by_id[seen[-1]].merged_into_id) is not None:
        if into in seen:
            return min(seen[seen.index(into) :])
        seen.append(into)
    return seen[-1]


def _intake(status: IntakeStatus | None) -> Intake | None:
    if status is None:
        return None
    return Intake.OPEN if status in OPEN_INTAKE else Intake.DECIDED


def _histories(session: Session, person: Mapping[int, int]) -> _Histories:
    tie = ("attendee_id", "participant_id", "from_on", "until_on")

    def by_person(model: type[models.Base], *names: str) -> dict[int, list[Row]]:
        rows: dict[int, list[Row]] = defaultdict(list)
        for row in session.execute(sa.select(*_of(model, "participant_id", *names)).order_by(model.id)):
            rows[person[row.participant_id]].append(row)
        return rows

    releases = by_person(
        models.Release,
        *("id", "form", "source_agencies", "recipient_classes", "recipient_agencies", "recipient_attendees"),
        *("classes", "signed_on", "signed_at", "ends_on", "ends_event", "event_recorded_at"),
    )
    return _Histories(
        releases={key: tuple(map(_release, rows)) for key, rows in releases.items()},
        revocations={
            key: tuple(facts.Revocation(at=row.at, release=policy_id(Kind.RELEASE, row.release_id)) for row in rows)
            for key, rows in by_person(models.Revocation, "release_id", "at").items()
        },
        exclusions={
            key: tuple(map(_exclusion, rows))
            for key, rows in by_person(models.Exclusion, *tie, "classes", "ended_at").items()
        },
        grants={key: tuple(map(_grant, rows)) for key, rows in by_person(models.Grant, *tie, "classes").items()},
        involvements={
            key: tuple(map(_involvement, rows)) for key, rows in by_person(models.Involvement, *tie, "kind").items()
        },
    )


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
        ends=row.until_on,
        classes=_classes(row.classes),
    )


def _involvement(row: Row) -> facts.Involvement:
    return facts.Involvement(
        person=policy_id(Kind.ATTENDEE, row.attendee_id), starts=row.from_on, ends=row.until_on, kind=row.kind
    )


def _classes(words: Iterable[str]) -> frozenset[InformationClass]:
    """The classes among some words; what is no class covers nothing."""
    return frozenset(InformationClass(word) for word in words if word in _CLASSES)


def _grouped(session: Session, statement: sa.Select[Any], key: str) -> Mapping[int, Sequence[Row]]:
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in session.execute(statement):
        rows[getattr(row, key)].append(row)
    return rows
