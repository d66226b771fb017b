"""The ledger in words, as the signed-in user may have it: who did what and when, everybody named by that right alone.

The ledger is administrative. Where an entry speaks of a participant whose administrative records the user may not
have, it says no more than what was done, with their case code or with *somebody*.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from leaddesk.policy.dates import clock, day_and_month, local_day, short
from leaddesk.policy.decision import Asked
from leaddesk.policy.desk_views import Found
from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.ledger_words import LedgerKind, kind_of, sentence_of
from leaddesk.policy.records import Record
from leaddesk.policy.vocabulary import CLASS_WORDS, InformationClass

C = InformationClass

SOMEBODY = "somebody"

#: What users enter by hand, with a purpose that they choose.
_BY_HAND = frozenset({"spoken", "other"})

#: Who acts in the ledger without being a person.
_NO_PERSON = {"paper_key": "the paper key", "leaddesk": "LeadDesk by itself"}


class Entry(Protocol):
    """A ledger entry; its payload holds ids, classes and counts."""

    @property
    def sequence(self) -> int:
        """Its number."""

    @property
    def at(self) -> datetime:
        """When, aware."""

    @property
    def actor(self) -> str:
        """The id of whoever did it."""

    @property
    def action(self) -> str:
        """What was done, as services name it."""

    @property
    def objects(self) -> Mapping[str, Any]:
        """Ids of what it was done to, by kind."""

    @property
    def payload(self) -> Mapping[str, Any]:
        """Ids, classes and counts."""


class Problem(Protocol):
    """Something that a check found wrong."""

    @property
    def what(self) -> str:
        """What is wrong."""

    @property
    def where(self) -> str:
        """The file, table or entry."""

    @property
    def todo(self) -> str:
        """What to do about it."""

    @property
    def since(self) -> datetime | None:
        """When it was last known to be right, aware; ``None`` where nothing tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerWish:
    """Which entries the user wants to see; days are the site's, both included."""

    kind: LedgerKind | None = None
    person: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView:
    """A part of the ledger as the user may have it, newest first."""

    heading: str
    """How many there are and by what they were chosen, in words."""
    rows: tuple[Found, ...]
    before: int | None
    """The number that further entries come before, ``None`` where there are no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedView:
    """What a check of the desk came to, in words."""

    sound: bool
    summary: str
    findings: tuple[str, ...]


class LedgerWords:
    """Puts entries into words for one user.

    Args:
        mine: what the signed-in user may have.
        attendees: the records of everybody who attends, by id.
        zone: the site's.
    """

    def __init__(self, mine: Disclosure, attendees: Mapping[str, Record], zone: str) -> None:
        self._mine = mine
        self._attendees = attendees
        self._zone = zone

    @property
    def readable(self) -> bool:
        """Whether the user may read the ledger at all."""
        return self._mine.allows(Asked(C.ADMIN))

    def view(self, wish: LedgerWish, entries: Sequence[Entry], *, count: int, limit: int) -> LedgerView:
        """The rows of these entries, found for this wish among ``count``;
        there may be more where they are ``limit``."""
        if not self.readable:
            return LedgerView(
                heading="You may read the ledger once your agreement is in force and your role allows it.",
                rows=(),
                before=None,
            )
        more = len(entries) == limit
        return LedgerView(
            heading=self._heading(wish, count),
            rows=tuple(map(self._row, entries)),
            before=entries[-1].sequence if more else None,
        )

    def name(self, id_: str) -> str:
        """An attendee or participant as the user may have them."""
        record = self._attendees.get(id_)
        if record is None:
            return _NO_PERSON.get(id_) or self._mine.reads_as(id_) or SOMEBODY
        seen = self._mine.see(record)
        return f"{seen.text('given_name')} {seen.text('family_name')}".strip() or SOMEBODY

    def _heading(self, wish: LedgerWish, count: int) -> str:
        parts = [f"{count:,} entry" if count == 1 else f"{count:,} entries" if count else "No entries"]
        if wish.kind is not None:
            parts.append(wish.kind.value)
        if wish.person is not None:
            parts.append(self.name(wish.person))
        parts += [
            f"{word} {day_and_month(day)} {day.year}"
            for word, day in (("since", wish.since), ("until", wish.until))
            if day is not None
        ]
        return "  ·  ".join(parts)

    def _row(self, entry: Entry) -> Found:
        when = f"{short(local_day(entry.at, self._zone))}, {clock(entry.at, self._zone)}"
        details = [when, self.name(entry.actor), *self._details(entry), f"entry {entry.sequence:,}"]
        return Found(
            kind=kind_of(entry.action).value,
            id=str(entry.sequence),
            title=self._title(entry),
            detail="  ·  ".join(details),
        )

    def _title(self, entry: Entry) -> str:
        said = {name: str(value) for name, value in {**entry.payload, **entry.objects}.items()}
        for name in ("attendee", "participant"):
            said[name] = self.name(str(entry.objects.get(name, "")))
        rows = entry.payload.get("rows")
        return _capital(
            sentence_of(entry.action).format_map(
                _Said(said, told=self._told(entry), count=len(rows) if isinstance(rows, Mapping) else 0)
            )
        )

    def _told(self, entry: Entry) -> str:
        """Whom something was told about, with the classes where the user may have them."""
        told = entry.payload.get("told")
        if not isinstance(told, Mapping) or not told:
            return "nothing about a participant"
        return "; ".join(self._told_of(one, classes) for one, classes in told.items())

    def _told_of(self, participant: str, classes: Sequence[str]) -> str:
        if not self._may_have_more(participant):
            return self.name(participant)
        words = _classes(classes)
        return f"{self.name(participant)} ({words})" if words else self.name(participant)

    def _details(self, entry: Entry) -> Iterable[str]:
        people, classes = entry.payload.get("people"), entry.payload.get("classes")
        if isinstance(people, Sequence):
            yield "for the public" if entry.payload.get("public") else _counted(len(people))
        if entry.action in _BY_HAND:
            yield str(entry.payload.get("purpose", ""))
            yield from self._not_permitted(entry)
        participant = entry.objects.get("participant")
        if isinstance(classes, Sequence) and classes and participant and self._may_have_more(str(participant)):
            yield _classes(classes)

    def _not_permitted(self, entry: Entry) -> Iterable[str]:
        """For whom it was not permitted, as far as the user may have what it was about."""
        denied = entry.payload.get("not_permitted")
        if not isinstance(denied, Mapping):
            return
        people: dict[str, None] = {}
        for what, who in denied.items():
            if self._may_have_more(str(what).partition(" ")[0]):
                people |= dict.fromkeys(map(self.name, who))
        if people:
            yield f"caution: not permitted for {', '.join(people)}"

    def _may_have_more(self, participant: str) -> bool:
        return self._mine.allows(Asked(C.ADMIN, participant))


class _Said(dict[str, str]):
    """What a sentence says of an entry; what an entry does not hold is left open."""

    def __init__(self, said: Mapping[str, str], *, told: str, count: int) -> None:
        super().__init__(said, told=told, count=str(count))

    def __missing__(self, name: str) -> str:
        return "?"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _counted(people: int) -> str:
    return "for 1 person" if people == 1 else f"for {people} people"


def _classes(classes: Iterable[str]) -> str:
    return ", ".join(CLASS_WORDS[C(one)] if one in set(C) else one for one in classes)


def since_instant(day: date, zone: str) -> datetime:
    """The instant a day of the site begins."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


def until_instant(day: date, zone: str) -> datetime:
    """The instant a day of the site is over."""
    return since_instant(day + timedelta(days=1), zone)


def verified(problems: Sequence[Problem], head: object, zone: str) -> VerifiedView:
    """What a check came to; ``head`` is the anchor of a sound desk."""
    if not problems:
        summary = "Nothing is wrong."
        if head is not None:
            summary = f"Nothing is wrong. Keep this elsewhere as an anchor: {head}"
        return VerifiedView(sound=True, summary=summary, findings=())
    summary = "1 thing is wrong." if len(problems) == 1 else f"{len(problems)} things are wrong."
    return VerifiedView(sound=False, summary=summary, findings=tuple(_problem(one, zone) for one in problems))


def _problem(problem: Problem, zone: str) -> str:
    since = "not known since when"
    if problem.since is not None:
        since = f"after {short(local_day(problem.since, zone))}, {clock(problem.since, zone)}"
    return f"{problem.what} ({problem.where}; {since}) {problem.todo}"
