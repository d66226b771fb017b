"""One person, one class: the decision, in the order of its specification.

``decide`` answers *allow* or *deny* with exactly one reason, the first that applies. It is the only place where it
is decided who may be told what.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from leaddesk.policy.facts import Participant, Release
from leaddesk.policy.standing import NO_CLASSES, Attending, ParticipantStanding, Standing
from leaddesk.policy.vocabulary import (
    BOUND,
    CASE_AGENCY_SOURCED,
    CASE_STAFF,
    POLICE,
    PROGRAM_STAFF,
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


class Decision(NamedTuple):
    """The answer, its one reason, and what it rests on when it allows a participant-bound class."""

    allowed: bool
    reason: Reason
    release: str = ""
    """The id of the release relied upon, if any."""
    exemption: Exemption | None = None


PUBLIC = Decision(True, Reason.PUBLIC)
ALLOWED = Decision(True, Reason.ALLOWED)
_EXEMPT = {exemption: Decision(True, Reason.ALLOWED, exemption=exemption) for exemption in Exemption}
_NO_AGREEMENT = Decision(False, Reason.NO_AGREEMENT)
_EXCLUDED = Decision(False, Reason.EXCLUDED)
_ROLE = Decision(False, Reason.ROLE)
_NOT_INVOLVED = Decision(False, Reason.NOT_INVOLVED)
_NO_RELEASE = Decision(False, Reason.NO_RELEASE)
_NO_PART2_RELEASE = Decision(False, Reason.NO_PART2_RELEASE)

# Looking up a member of an enumeration takes as long as a step of the decision, so it is done once, here.
_PUBLIC, _IDENTITY, _COORDINATION, _PERSONNEL, _ADMIN = C.PUBLIC, C.IDENTITY, C.COORDINATION, C.PERSONNEL, C.ADMIN
_YES, _INVOLVED, _AGENCY = Cell.YES, Cell.INVOLVED, Cell.AGENCY
_ALLOWED = Reason.ALLOWED
_PROSECUTOR, _ARREST, _PART2_FORM = Role.PROSECUTOR, Door.ARREST, Form.PART2


class Asked(NamedTuple):
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
    if asked.cls is _PUBLIC:
        return PUBLIC
    who = standing.attending.get(person_id)
    if who is None:
        return _NO_AGREEMENT
    return _of_signed(standing, who, asked, asked.cls, _about(standing, asked))


def decide_each(standing: Standing, people: Iterable[str], asked: Asked) -> Iterator[tuple[str, Decision]]:
    """Each of these people with the decision about them, in their order.

    The decision looks at a signed person's role and agency and at what ties that person alone to the participant; so
    people alike in role and agency get one decision between them, and whoever has a tie gets their own.

    Args:
        standing: the facts at the instant.
        people: whom to ask about.
        asked: what they would be told.
    """
    about, cls = _about(standing, asked), asked.cls
    if cls is _PUBLIC:
        yield from ((person_id, PUBLIC) for person_id in people)
        return
    tied = asked.subjects if about is None else about.tied
    if asked.subjects and about is not None:
        tied = about.tied | asked.subjects
    attending = standing.attending.get
    alike = standing.alike[asked]
    for person_id in people:
        who = attending(person_id)
        if who is None:
            yield person_id, _NO_AGREEMENT
        elif person_id in tied:
            yield person_id, _of_signed(standing, who, asked, cls, about)
        else:
            decision = alike.get(who.likeness)
            if decision is None:
                decision = alike[who.likeness] = _of_signed(standing, who, asked, cls, about)
            yield person_id, decision


def _about(standing: Standing, asked: Asked) -> ParticipantStanding | None:
    return None if asked.participant is None else standing.about(asked.participant)


def _of_signed(
    standing: Standing, who: Attending, asked: Asked, cls: InformationClass | None, about: ParticipantStanding | None
) -> Decision:
    """Steps 3 to 7 for somebody whose agreement is in force, for the class asked or for the identity it needs."""
    if about is not None and cls in about.excluded.get(who.id, NO_CLASSES):
        return _EXCLUDED
    denied = _by_role(who, asked, cls, about)
    if denied is not None:
        return denied
    if cls in BOUND:
        return _by_release(standing, who, asked, cls, about)
    if cls is _ADMIN and asked.participant is not None:
        identity = _of_signed(standing, who, asked, _IDENTITY, about)
        if not identity.allowed:
            return identity
    return ALLOWED


def _by_role(
    who: Attending, asked: Asked, cls: InformationClass | None, about: ParticipantStanding | None
) -> Decision | None:
    """Step 4: the role in which the person attends; ``None`` lets the decision go on."""
    cell = None if cls is None else who.cells.get(cls)
    if cell is _YES:
        return None
    if cell is None:
        return _ROLE
    if about is not None and cls in about.granted.get(who.id, NO_CLASSES):
        return None
    if cell is not _INVOLVED and cell is not _AGENCY:
        return _ROLE
    if cls is _PERSONNEL:
        return None if who.id in asked.subjects else _NOT_INVOLVED
    if about is None:
        return _NO_RELEASE if cls in BOUND else _NOT_INVOLVED
    if who.id in about.involved:
        return None
    if cell is _AGENCY and _same_agency(who, about):
        return None
    return _NOT_INVOLVED


def _by_release(
    standing: Standing, who: Attending, asked: Asked, cls: InformationClass, about: ParticipantStanding | None
) -> Decision:
    """Steps 5 to 7 for a participant-bound class: the release or an exemption, and identity besides."""
    if about is None:
        return _NO_RELEASE
    source = about.participant.case_agency if cls in CASE_AGENCY_SOURCED else asked.source
    exemption = _exemption(standing, who, cls, source, about)
    if exemption is not None:
        answer = _EXEMPT[exemption]
    else:
        covering = _covering(about, who, cls, source)
        if not covering:
            return _NO_RELEASE
        if source is not None and not standing.known_not_part2(source):
            covering = [release for release in covering if release.form == _PART2_FORM]
            if not covering:
                return _NO_PART2_RELEASE
        newest = covering[-1].id
        if newest not in about.resting:
            about.resting[newest] = Decision(True, _ALLOWED, newest)
        answer = about.resting[newest]
    name = (who.id, about.participant.id)
    if cls is _IDENTITY:
        standing.named.add(name)
    elif name not in standing.named:
        identity = _of_signed(standing, who, asked, _IDENTITY, about)
        if not identity.allowed:
            return identity
    return answer


def _covering(about: ParticipantStanding, who: Attending, cls: InformationClass, source: str | None) -> list[Release]:
    """The releases in force that let this source tell this person this class; an unknown source has none."""
    return [
        release
        for release in about.releases_for(cls, source)
        if (who.recipient is not None and who.recipient in release.to_classes)
        or (bool(who.agency) and who.agency in release.to_agencies)
        or who.id in release.to_people
    ]


def _exemption(
    standing: Standing, who: Attending, cls: InformationClass, source: str | None, about: ParticipantStanding
) -> Exemption | None:
    """Who needs no release for this class, and why; ``None`` where one is needed."""
    role, participant = who.role, about.participant
    if role in CASE_STAFF and _same_agency(who, about) and source == participant.case_agency:
        return Exemption.CASE_AGENCY
    if role in PROGRAM_STAFF and cls in CASE_AGENCY_SOURCED:
        if cls is _IDENTITY or not about.staff_narrowed:
            return Exemption.PROGRAM_STAFF
        return None
    if (
        (cls is _IDENTITY or cls is _COORDINATION)
        and about.intake_open
        and not about.revoked
        and standing.facts.site.intake_exemption
    ):
        return Exemption.INTAKE if told_while_intake_is_open(who, participant) else None
    return None


def told_while_intake_is_open(who: Attending, participant: Participant) -> bool:
    """Whether an open intake exempts somebody: police of the agency that referred, prosecutors at the arrest door."""
    if who.role in POLICE:
        return bool(who.agency) and who.agency == participant.referring_agency
    return who.role == _PROSECUTOR and participant.door == _ARREST


def _same_agency(who: Attending, about: ParticipantStanding) -> bool:
    return bool(who.agency) and who.agency == about.participant.case_agency
