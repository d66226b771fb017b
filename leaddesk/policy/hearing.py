"""Who here may hear this: what may be spoken of somebody before those who are present and in view.

For the signed-in user alone, who is one of those present: what that user may not have is not mentioned.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.disclosure import THE_PUBLIC, Audience, Disclosure, Told
from leaddesk.policy.names import by_family_name
from leaddesk.policy.room import Watch
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import BOUND, CLASS_WORDS, InformationClass
from leaddesk.policy.why import WORDS_FOR, capital, listed, obstacles, short_name

C = InformationClass

#: Why something may be told, in the words of the ledger.
PURPOSES = (
    "meeting",
    "phone call",
    "video call",
    "letter or e-mail",
    "care planning",
    "court hearing",
    "required by law",
    "emergency",
)

_ABOUT_SOMEBODY = (*WORDS_FOR, C.OPERATIONS)
_ABOUT_NOBODY = (C.COMMUNITY, C.OPERATIONS)
_MOST_NAMED = 4
_A_STRANGER, _ANYBODY = "Somebody not identified", "Anybody else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One class, and whether everybody here may hear it."""

    cls: InformationClass
    words: str
    by_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearer:
    """Somebody present and in view, and for each class why they may not hear it; empty where they may."""

    id: str
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Who of those here may hear what.

    Attributes:
        participant: whom it is about, empty for business in general.
        title: the same as the user reads it.
        classes: the columns.
        people: the rows, by family name; somebody not identified, or anybody else while nobody is there, last.
        summary: a sentence for each thing that there is to say.
    """

    participant: str
    title: str
    classes: tuple[Heard, ...]
    people: tuple[Hearer, ...]
    summary: tuple[str, ...]

    def denied(self, classes: Iterable[InformationClass]) -> tuple[str, ...]:
        """The names of those here who may not hear one of these classes."""
        wanted = {number for number, heard in enumerate(self.classes) if heard.cls in set(classes)}
        return tuple(one.name for one in self.people if any(one.reasons[number] for number in wanted))


def hearing(watch: Watch, mine: Disclosure, participant: str | None, item: str | None) -> Hearing:
    """Who of those present and in view may hear what about a participant, or of business in general.

    Args:
        watch: the room.
        mine: what the signed-in user may have.
        participant: whom it would be about, ``None`` for nobody.
        item: the agenda item that is talked about: whoever stepped out for it is not there.
    """
    standing = Standing(watch.room.facts(watch.facts), watch.at)
    audience = watch.room.audience(item)
    title = "" if participant is None else mine.told_apart(participant)
    about = participant if title else None
    asked = [
        one
        for cls in (_ABOUT_NOBODY if about is None else _ABOUT_SOMEBODY)
        if decide(standing, watch.room.signed_in, one := what_is_told(standing, cls, about)).allowed
    ]
    why = [{one.person: one.words for one in obstacles(standing, audience, each)} for each in asked]
    people = [
        Hearer(
            id=member, name=_name(watch, audience, member), reasons=tuple(reasons.get(member, "") for reasons in why)
        )
        for member in audience.members
    ]
    people.sort(key=lambda one: (one.id == THE_PUBLIC, by_family_name(one.name)))
    classes = tuple(
        Heard(cls=one.cls, words=CLASS_WORDS[one.cls], by_all=not reasons)
        for one, reasons in zip(asked, why, strict=True)
        if one.cls is not None
    )
    return Hearing(
        participant=about or "",
        title=title if about else "Business in general",
        classes=classes,
        people=tuple(people),
        summary=tuple(_summary(classes, people, nobody=audience.nobody)),
    )


def what_is_told(standing: Standing, cls: InformationClass, participant: str | None) -> Asked:
    """A class about somebody, as their case agency has recorded it."""
    if participant is None or cls not in BOUND:
        return Asked(cls)
    about = standing.about(participant)
    return Asked(cls, participant, None if about is None else about.participant.case_agency)


def told_of(standing: Standing, participant: str, classes: Iterable[InformationClass]) -> Told:
    """What is told by speaking of these classes; whoever tells something of somebody tells who it is."""
    bound = frozenset(classes) & BOUND
    if not bound:
        return frozenset({Asked(C.OPERATIONS, participant)})
    return frozenset(what_is_told(standing, cls, participant) for cls in bound | {C.IDENTITY})


def _name(watch: Watch, audience: Audience, member: str) -> str:
    person = watch.facts.people.get(member)
    if person is None:
        return _ANYBODY if audience.nobody else _A_STRANGER
    return person.name


def _summary(classes: tuple[Heard, ...], people: list[Hearer], *, nobody: bool) -> Iterable[str]:
    by_all = [heard.words for heard in classes if heard.by_all]
    if by_all:
        yield f"Everybody here may hear: {listed(by_all)}."
    told: dict[tuple[str, ...], list[str]] = {}
    for number, heard in enumerate(classes):
        if not heard.by_all:
            told.setdefault(tuple(one.id for one in people if one.reasons[number]), []).append(heard.words)
    for out, words in told.items():
        leave = [_short(one) for one in people if one.id in out]
        stay = [_short(one) for one in people if one.id not in out]
        only = f"only {_some(stay)}; " if stay else ""
        rest = "nobody else is checked in and in view" if nobody else f"{_some(leave)} would have to leave"
        yield f"{capital(listed(words))}: {only}{rest}."


def _short(one: Hearer) -> str:
    return one.name if one.id == THE_PUBLIC else short_name(one.name)


def _some(names: list[str]) -> str:
    """Names as a list, or how many where there are many."""
    return listed(names) if len(names) <= _MOST_NAMED else f"{len(names)} people"
