"""Why something is withheld from the room: who or what narrows, in words for the console, and the cheapest fix.

For the signed-in user alone, and only about what that user may have: what is withheld from the user is not mentioned.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.disclosure import THE_PUBLIC, Audience
from leaddesk.policy.facts import Person
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import RECIPIENT_CLASS, InformationClass, Reason, known_role

C = InformationClass

#: The bound classes in the words of the console, in the order in which they are told.
WORDS_FOR = {
    C.IDENTITY: "name",
    C.PROGRESS: "progress",
    C.COORDINATION: "court and coordination",
    C.CARE: "care",
    C.HEALTH: "health",
}


class Fix(StrEnum):
    """The cheapest lawful thing that lets the room have it."""

    SIGN = "sign"
    STEP_OUT = "step_out"
    RELEASE = "release"
    IDENTIFY = "identify"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One person for whom the decision denies, and in words why."""

    person: str
    reason: Reason
    who: str
    """Whom it concerns, in words; empty where the words say it all."""
    words: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something the user may have and the room may not."""

    what: str
    why: str
    fix: Fix
    people: tuple[str, ...]
    """Ids of those who narrow."""


def obstacles(standing: Standing, audience: Audience, asked: Asked) -> tuple[Obstacle, ...]:
    """Everybody in an audience who may not have what is asked, by id, with the reason in words."""
    found = []
    for member in sorted(audience.members):
        decision = decide(standing, member, asked)
        if not decision.allowed:
            who, words = _words(standing, member, decision.reason, asked)
            found.append(Obstacle(member, decision.reason, who, words))
    return tuple(found)


def withheld_from(standing: Standing, audience: Audience, participant: str) -> tuple[Withheld, ...]:
    """What the signed-in user may have about a participant and the audience may not, alike reasons together.

    Without a signed-in user there is nobody to tell, and nothing is told.
    """
    user = audience.signed_in
    told: dict[tuple[Obstacle, ...], list[str]] = {}
    for cls, words in WORDS_FOR.items():
        asked = Asked(cls, participant, _source(standing, participant))
        if user is None or not decide(standing, user, asked).allowed:
            continue
        because = obstacles(standing, audience, asked)
        if because:
            told.setdefault(because, []).append(words)
    return tuple(_withheld(words, because) for because, words in told.items())


def who_narrows(standing: Standing, audience: Audience, participants: Iterable[str]) -> tuple[str, ...]:
    """Those who alone keep the rest from the name of one of these participants, most narrowing first, by id."""
    counts: dict[str, int] = {}
    for participant in participants:
        because = obstacles(standing, audience, Asked(C.IDENTITY, participant))
        if len(because) == 1:
            counts[because[0].person] = counts.get(because[0].person, 0) + 1
    return tuple(sorted(counts, key=lambda person: (-counts[person], person)))


def _source(standing: Standing, participant: str) -> str | None:
    about = standing.about(participant)
    return None if about is None else about.participant.case_agency


def _withheld(what: list[str], because: tuple[Obstacle, ...]) -> Withheld:
    listed = " and ".join([", ".join(what[:-1]), what[-1]] if len(what) > 1 else what)
    people = tuple(obstacle.person for obstacle in because)
    return Withheld(listed[:1].upper() + listed[1:], _together(because) + ".", _fix(because), people)


def _together(because: tuple[Obstacle, ...]) -> str:
    """The obstacles in words, those with the same predicate in one clause: ``S. Kim, L. Moreno: not involved``."""
    clauses: dict[str, dict[str, None]] = {}
    for obstacle in because:
        clauses.setdefault(obstacle.words, {}).setdefault(obstacle.who)
    said = []
    for words, who in clauses.items():
        names = [name for name in who if name]
        said.append(f"{', '.join(names)}: {words}" if names else words)
    together = "; ".join(said)
    return together[:1].upper() + together[1:]


def _fix(because: tuple[Obstacle, ...]) -> Fix:
    reasons = {obstacle.reason for obstacle in because}
    if any(obstacle.person == THE_PUBLIC for obstacle in because):
        return Fix.IDENTIFY
    if reasons == {Reason.NO_AGREEMENT}:
        return Fix.SIGN
    if reasons <= {Reason.NO_RELEASE, Reason.NO_PART2_RELEASE}:
        return Fix.RELEASE
    # One or two people can be asked to step out for an item; more than that is a private matter.
    return Fix.STEP_OUT if len(because) <= 2 else Fix.NONE


def _words(standing: Standing, member: str, reason: Reason, asked: Asked) -> tuple[str, str]:
    """Whom a denial concerns, and why it is one."""
    person = standing.facts.people.get(member)
    if person is None:
        return "", "somebody is not identified yet"
    name = short_name(person.name)
    match reason:
        case Reason.NO_AGREEMENT:
            return name, _agreement_words(standing, person)
        case Reason.EXCLUDED:
            return name, "excluded"
        case Reason.ROLE:
            return role_words(person.role), "not by role"
        case Reason.NOT_INVOLVED:
            return f"{name} ({role_words(person.role)})", "not involved"
        case Reason.NO_PART2_RELEASE:
            return _recipient_words(person), "no release that meets 42 CFR 2.31"
        case _:
            about = None if asked.participant is None else standing.about(asked.participant)
            if about is not None and about.participant.case_agency is None:
                return "", "no case agency is recorded, so no release covers it"
            return _recipient_words(person), "no release"


def _agreement_words(standing: Standing, person: Person) -> str:
    at, zone = standing.at, ZoneInfo(standing.facts.site.zone)
    signed = [agreement for agreement in person.agreements if agreement.signed is not None and agreement.signed <= at]
    if any(gone <= at for gone in person.withdrew_or_declined):
        last_gone = max(gone for gone in person.withdrew_or_declined if gone <= at)
        if all(agreement.signed is not None and agreement.signed <= last_gone for agreement in signed):
            return "declined or withdrew"
    if not signed:
        return "has not signed"
    newest = max(signed, key=lambda agreement: agreement.signed or at)
    if newest.template not in standing.facts.site.accepted_templates:
        return "signed a version that is no longer accepted"
    if newest.ends is not None:
        return f"agreement ended {newest.ends.isoformat()}"
    return f"agreement ended {(newest.ends_at or at).astimezone(zone).date().isoformat()}"


def short_name(name: str) -> str:
    """``D. Ruiz`` for ``Dora Ruiz``: how an attendee is named where space is short."""
    given, _, family = name.rpartition(" ")
    return f"{given[0]}. {family}" if given else family


def role_words(role: str | None) -> str:
    """A role in words, such as ``case manager``."""
    return "role not set" if role is None else role.replace("_", " ")


def _recipient_words(person: Person) -> str:
    role = known_role(person.role)
    recipient = None if role is None else RECIPIENT_CLASS[role]
    return short_name(person.name) if recipient is None else recipient.replace("_", " ")
