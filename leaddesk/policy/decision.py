"""One person, one class: the decision, in the order of its specification.

``decide`` answers *allow* or *deny* with exactly one reason, the first that applies. It is the only place where it
is decided who may be told what.
"""

from dataclasses import dataclass
from enum import StrEnum

from leaddesk.policy.facts import Person, Release
from leaddesk.policy.standing import ParticipantStanding, Standing
from leaddesk.policy.vocabulary import (
    BOUND,
    CASE_AGENCY_SOURCED,
    CASE_STAFF,
    POLICE,
    PROGRAM_STAFF,
    RECIPIENT_CLASS,
    Cell,
    Door,
    Form,
    InformationClass,
    Reason,
    Role,
)

C = InformationClass


class Exemption(StrEnum):
    """Why no release of information was needed."""

    CASE_AGENCY = "case agency"
    PROGRAM_STAFF = "program staff"
    INTAKE = "open intake"


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, its one reason, and what it rests on when it allows a participant-bound class."""

    allowed: bool
    reason: Reason
    release: str = ""
    """The id of the release relied upon, if any."""
    exemption: Exemption | None = None


PUBLIC = Decision(True, Reason.PUBLIC)
ALLOWED = Decision(True, Reason.ALLOWED)
_DENIED = {reason: Decision(False, reason) for reason in Reason}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about: a class, of whom it speaks, where it was recorded, and whom among attendees it concerns.

    ``participant`` is ``None`` for what is bound to nobody. ``source`` matters for care and health alone: the agency
    that recorded the information, ``None`` where that is not known. ``subjects`` are the attendees that a
    ``personnel`` record is about, or who supervise or review it.
    """

    cls: InformationClass | None
    participant: str | None = None
    source: str | None = None
    subjects: frozenset[str] = frozenset()


def decide(standing: Standing, person_id: str, asked: Asked) -> Decision:
    """Whether this person may have what is asked, at the standing's instant, and the first reason that applies.

    An unknown person is denied for `no_agreement`, an unknown role or class for `role`, an unknown participant for
    `no_release` (or an earlier reason that applies to anybody in that role).
    """
    cls = asked.cls
    if cls is C.PUBLIC:
        return PUBLIC
    person = standing.facts.people.get(person_id)
    if person is None or person_id not in standing.signed:
        return _DENIED[Reason.NO_AGREEMENT]
    about = None if asked.participant is None else standing.about(asked.participant)
    if about is not None and cls is not None and about.excludes(person_id, cls):
        return _DENIED[Reason.EXCLUDED]
    role_reason = _by_role(standing, person, asked, about)
    if role_reason is not None:
        return _DENIED[role_reason]
    if cls in BOUND:
        return _by_release(standing, person, asked, about)
    if cls is C.ADMIN and asked.participant is not None:
        identity = decide(standing, person_id, Asked(C.IDENTITY, asked.participant))
        if not identity.allowed:
            return identity
    return ALLOWED


def _by_role(standing: Standing, person: Person, asked: Asked, about: ParticipantStanding | None) -> Reason | None:
    """Step 4: the role in which the person attends; ``None`` lets the decision go on."""
    cells = standing.facts.site.role_table.get(person.role)  # type: ignore[call-overload]
    cell = None if cells is None or asked.cls is None else cells.get(asked.cls)
    if cell is Cell.YES:
        return None
    if cell is None:
        return Reason.ROLE
    granted = about is not None and asked.cls is not None and about.grants(person.id, asked.cls)
    if granted:
        return None
    if cell not in (Cell.INVOLVED, Cell.AGENCY):
        return Reason.ROLE
    if asked.cls is C.PERSONNEL:
        return None if person.id in asked.subjects else Reason.NOT_INVOLVED
    if about is None:
        return Reason.NO_RELEASE if asked.cls in BOUND else Reason.NOT_INVOLVED
    if person.id in about.involved:
        return None
    if cell is Cell.AGENCY and _same_agency(person, about):
        return None
    return Reason.NOT_INVOLVED


def _by_release(standing: Standing, person: Person, asked: Asked, about: ParticipantStanding | None) -> Decision:
    """Steps 5 to 7 for a participant-bound class: the release or an exemption, and identity besides."""
    assert asked.cls is not None
    if about is None:
        return _DENIED[Reason.NO_RELEASE]
    source = about.participant.case_agency if asked.cls in CASE_AGENCY_SOURCED else asked.source
    exemption = _exemption(standing, person, asked.cls, source, about)
    if exemption is not None:
        answer = Decision(True, Reason.ALLOWED, exemption=exemption)
    else:
        covering = [r for r in about.releases if _covers(r, person, asked.cls, source)]
        if not covering:
            return _DENIED[Reason.NO_RELEASE]
        if source is not None and not standing.known_not_part2(source):
            covering = [release for release in covering if release.form == Form.PART2]
            if not covering:
                return _DENIED[Reason.NO_PART2_RELEASE]
        answer = Decision(True, Reason.ALLOWED, release=covering[-1].id)
    if asked.cls is not C.IDENTITY:
        identity = decide(standing, person.id, Asked(C.IDENTITY, asked.participant))
        if not identity.allowed:
            return identity
    return answer


def _covers(release: Release, person: Person, cls: InformationClass, source: str | None) -> bool:
    """Whether one release lets this source tell this person this class; an unknown source is covered by none."""
    if not source or source not in release.sources or cls not in release.classes:
        return False
    recipient = _recipient_class(person)
    return (
        (recipient is not None and recipient in release.to_classes)
        or (bool(person.agency) and person.agency in release.to_agencies)
        or person.id in release.to_people
    )


def _exemption(
    standing: Standing, person: Person, cls: InformationClass, source: str | None, about: ParticipantStanding
) -> Exemption | None:
    """Who needs no release for this class, and why; ``None`` where one is needed."""
    participant = about.participant
    if person.role in CASE_STAFF and _same_agency(person, about) and source == participant.case_agency:
        return Exemption.CASE_AGENCY
    if person.role in PROGRAM_STAFF and cls in CASE_AGENCY_SOURCED:
        if cls is C.IDENTITY or not about.staff_narrowed:
            return Exemption.PROGRAM_STAFF
        return None
    if (
        standing.facts.site.intake_exemption
        and about.intake_open
        and not about.revoked
        and cls in (C.IDENTITY, C.COORDINATION)
    ):
        referred = bool(person.agency) and person.agency == participant.referring_agency
        if person.role in POLICE and referred:
            return Exemption.INTAKE
        if person.role == Role.PROSECUTOR and participant.door == Door.ARREST:
            return Exemption.INTAKE
    return None


def _same_agency(person: Person, about: ParticipantStanding) -> bool:
    return bool(person.agency) and person.agency == about.participant.case_agency


def _recipient_class(person: Person) -> str | None:
    try:
        return RECIPIENT_CLASS[Role(person.role)]  # type: ignore[arg-type]
    except ValueError:
        return None
