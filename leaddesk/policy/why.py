"""Why something is withheld from the room: who or what narrows, in words for the console, and the cheapest fix.

For the signed-in user alone, and only about what that user may have: what is withheld from the user is not mentioned.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from leaddesk.policy.decision import Asked, decide, decide_each, told_while_intake_is_open
from leaddesk.policy.disclosure import NOBODY, THE_PUBLIC, Audience, may_have_unbound
from leaddesk.policy.facts import Person
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import CLASS_WORDS, RECIPIENT_CLASS, InformationClass, Intake, Reason, known_role

C = InformationClass

#: The bound classes in the words of the console, in the order in which they are told.
WORDS_FOR = {cls: CLASS_WORDS[cls] for cls in (C.IDENTITY, C.PROGRESS, C.COORDINATION, C.CARE, C.HEALTH)}


class Fix(StrEnum):
    """The cheapest lawful thing that lets the room have it."""

    SIGN = "sign"
    STEP_OUT = "step_out"
    TAKE_AFTER = "take_after"
    """Take the item behind those for which the same people may stay."""
    RELEASE = "release"
    IDENTIFY = "identify"
    CONFIRM = "confirm"
    """Everybody may have it now; the chair has not confirmed yet that the room shows more."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One person for whom the decision denies, and in words why."""

    person: str
    reason: Reason
    who: str
    """Whom it concerns, in words; empty where the words say it all."""
    words: str


def obstacles(
    standing: Standing, audience: Audience, asked: Asked, own: frozenset[str] = NOBODY
) -> tuple[Obstacle, ...]:
    """Everybody in an audience who may not have what is asked, by id, with the reason in words.

    Args:
        standing: the facts at the instant.
        audience: whom to ask about; its signed-in user is who is told.
        asked: what they would be told.
        own: those who always may have it, as their own.
    """
    found = []
    for member, decision in decide_each(standing, sorted(audience.members), asked):
        if not decision.allowed and member not in own:
            who, words = _words(standing, audience, member, decision.reason, asked)
            found.append(Obstacle(member, decision.reason, who, words))
    return tuple(found)


def obstacles_unbound(standing: Standing, audience: Audience, cls: InformationClass) -> tuple[Obstacle, ...]:
    """Everybody in an audience who may not have a text of a bound class about nobody."""
    found = []
    for member in sorted(audience.members):
        if not may_have_unbound(standing, member, cls):
            signed = member in standing.attending
            reason = Reason.ROLE if signed else Reason.NO_AGREEMENT
            who, words = _words(standing, audience, member, reason, Asked(cls))
            found.append(Obstacle(member, reason, who, "not program staff" if signed else words))
    return tuple(found)


def who_narrows(standing: Standing, audience: Audience, participants: Iterable[str]) -> tuple[str, ...]:
    """Those who alone keep the rest from the name of one of these participants, most narrowing first, by id."""
    counts: dict[str, int] = {}
    for participant in participants:
        because = obstacles(standing, audience, Asked(C.IDENTITY, participant))
        if len(because) == 1:
            counts[because[0].person] = counts.get(because[0].person, 0) + 1
    return tuple(sorted(counts, key=lambda person: (-counts[person], person)))


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: ``name, progress and care``."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def capital(words: str) -> str:
    """Words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def together(because: Iterable[Obstacle]) -> str:
    """Obstacles in words, those with the same predicate in one clause: ``S. Kim, L. Moreno: not involved``."""
    clauses: dict[str, dict[str, None]] = {}
    for obstacle in because:
        clauses.setdefault(obstacle.words, {}).setdefault(obstacle.who)
    said = []
    for words, who in clauses.items():
        names = [name for name in who if name]
        predicate = f"have {words.removeprefix('has ')}" if len(names) > 1 and words.startswith("has ") else words
        said.append(f"{', '.join(names)}: {predicate}" if names else words)
    return capital("; ".join(said))


def fix_for(because: tuple[Obstacle, ...]) -> Fix:
    """The cheapest lawful thing that takes all of these obstacles away."""
    reasons = {obstacle.reason for obstacle in because}
    if any(obstacle.person == THE_PUBLIC for obstacle in because):
        return Fix.IDENTIFY
    if reasons == {Reason.NO_AGREEMENT}:
        return Fix.SIGN
    if reasons <= {Reason.NO_RELEASE, Reason.NO_PART2_RELEASE}:
        return Fix.RELEASE
    # One or two people can be asked to step out for an item; more than that is a private matter.
    return Fix.STEP_OUT if len(because) <= 2 else Fix.NONE


def _words(standing: Standing, audience: Audience, member: str, reason: Reason, asked: Asked) -> tuple[str, str]:
    """Whom a denial concerns, and why it is one, as far as the signed-in user may be told."""
    person = standing.facts.people.get(member)
    if person is None:
        return "", "nobody is checked in and in view" if audience.nobody else "somebody is not identified yet"
    name = short_name(person.name)
    match reason:
        case Reason.NO_AGREEMENT:
            return name, _agreement_words(standing, person)
        case Reason.EXCLUDED:
            # Exclusions are administrative: who may not have those learns that somebody may not have it, not why.
            user = audience.signed_in or THE_PUBLIC
            told = decide(standing, user, Asked(C.ADMIN, asked.participant)).allowed
            return name, "excluded" if told else "may not have it"
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
            return _recipient_words(person), _no_release_words(standing, member, asked)


def _no_release_words(standing: Standing, member: str, asked: Asked) -> str:
    """That there is no release, and where an open intake did without one before, that this is over."""
    who, about = standing.attending.get(member), standing.about(asked.participant or "")
    exempt = (
        asked.cls in (C.IDENTITY, C.COORDINATION)
        and standing.facts.site.intake_exemption
        and who is not None
        and about is not None
        and about.participant.intake == Intake.DECIDED
        and told_while_intake_is_open(who, about.participant)
    )
    return "no release, and intake is decided" if exempt else "no release"


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


_BEFORE_A_FAMILY_NAME = frozenset(
    {
        *("af", "al", "bin", "da", "dal", "das", "de", "degli", "dei", "del", "della"),
        *("den", "der", "des", "di", "do", "dos", "du", "el", "ibn", "la", "las"),
        *("le", "los", "ten", "ter", "van", "von", "zu"),
        *("saint", "san", "santa", "st", "st.", "ste", "ste."),
    }
)
"""Folded particles that family names of some languages begin with."""


def short_name(name: str) -> str:
    """``D. Ruiz`` for ``Dora Ruiz``: how an attendee is named where space is short.

    A family name begins with what stands before it: ``A. van der Berg`` for ``Anna van der Berg``.
    """
    words = name.split()
    if len(words) < 2:
        return name.strip()
    family = next(
        (at for at, word in enumerate(words[1:-1], start=1) if word.casefold() in _BEFORE_A_FAMILY_NAME), -1
    )
    return f"{words[0][0]}. {' '.join(words[family:])}"


def role_words(role: str | None) -> str:
    """A role in words, such as ``case manager``."""
    return "role not set" if role is None else role.replace("_", " ")


def _recipient_words(person: Person) -> str:
    role = known_role(person.role)
    recipient = None if role is None else RECIPIENT_CLASS[role]
    return short_name(person.name) if recipient is None else recipient.replace("_", " ")
