"""Pre-flight: what a room of expected people will be able to see, who must sign, what ends, and in which order to go.

Composed by the same functions as the slides and the private side of a running meeting, for the signed-in user alone:
so it says of a room what that room then sees, and nothing that the user may not have.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from leaddesk.policy.console import item_numbers, user_disclosure
from leaddesk.policy.dates import clock, local_day, short
from leaddesk.policy.decision import Asked
from leaddesk.policy.desk_views import WithheldRow
from leaddesk.policy.disclosure import THE_PUBLIC, Disclosure
from leaddesk.policy.facts import Agreement, Release
from leaddesk.policy.force import end_instant
from leaddesk.policy.material import Material, raw
from leaddesk.policy.names import by_family_name
from leaddesk.policy.records import Record
from leaddesk.policy.room import Watch
from leaddesk.policy.slides import slide
from leaddesk.policy.standing import Standing
from leaddesk.policy.titles import item_title
from leaddesk.policy.views import Slide
from leaddesk.policy.vocabulary import InformationClass, Reason
from leaddesk.policy.voices import missing_now
from leaddesk.policy.why import listed, obstacles, role_words, short_name
from leaddesk.policy.withheld import Withholding

#: Of a meeting without minutes planned, so much counts as its length.
_USUAL_LENGTH = timedelta(minutes=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOutlook:
    """One agenda item, as this room would have it.

    Attributes:
        id: the agenda item's id.
        number: its place on the agenda.
        title: as the signed-in user reads it.
        room_title: as the room would read it, empty where the room may not know of it.
        minutes: planned.
        slide: exactly what the room would see.
        withheld: what is kept from the room, why, and the cheapest lawful fix.
        named: whether the room may speak of its participant by name; true of an item about nobody.
        step_out: those who would have to leave for that, in words, besides those who must sign; nobody where it is no
            help.
    """

    id: str
    number: int
    title: str
    room_title: str
    minutes: int
    slide: Slide
    withheld: tuple[WithheldRow, ...]
    named: bool
    step_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A release or an agreement that ends before the meeting is over."""

    what: str
    at: datetime
    when: str
    """In words: before the meeting, or at which time of it."""
    during: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One item in the proposed order, and who steps out before it."""

    id: str
    title: str
    step_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Somebody who may come: name, role and agency, whether they are expected, there, and must sign."""

    id: str
    name: str
    role: str
    agency: str
    expected: bool
    coming: bool
    must_sign: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """What a meeting that has not begun will be like.

    Attributes:
        starts: when it starts; it is decided for that moment.
        ends: when it should be over.
        zone: the site's IANA time zone.
        present: who is expected, in words.
        must_sign: those among them whose agreement is not in force then.
        signers: their ids, in the same order.
        missing_voices: kinds of voice that should be at every meeting and would not be at this one, in words.
        endings: releases and agreements that end before the meeting is over.
        items: the agenda.
        order: the order in which most can be discussed with the fewest people asked to step out.
    """

    starts: datetime
    ends: datetime
    zone: str
    present: tuple[str, ...]
    must_sign: tuple[str, ...]
    signers: tuple[str, ...]
    endings: tuple[Ending, ...]
    items: tuple[ItemOutlook, ...]
    order: tuple[Turn, ...]
    missing_voices: tuple[str, ...] = ()


def preflight(material: Material, watch: Watch, asked_at: datetime) -> Preflight:
    """The outlook for a room.

    Args:
        material: the meeting's records.
        watch: the room of those expected, at the moment at which the meeting starts.
        asked_at: now, aware; what ends between now and the start is told too.
    """
    mine = user_disclosure(watch)
    standing = Standing(watch.room.facts(watch.facts), watch.at)
    ends = watch.at + _length(material, mine)
    items = tuple(_items(material, watch, mine, standing))
    unsigned = _by_name(watch, (one for one in watch.room.present if one not in standing.attending))
    return Preflight(
        starts=watch.at,
        ends=ends,
        zone=material.zone,
        present=tuple(watch.facts.people[one].name for one in _by_name(watch, watch.room.present)),
        must_sign=tuple(watch.facts.people[one].name for one in unsigned),
        signers=unsigned,
        endings=tuple(sorted(_endings(material, watch, mine, asked_at, ends), key=lambda one: (one.at, one.what))),
        items=items,
        order=_order(items, {item.id for item in material.agenda if item.links.get("participant") is not None}),
        missing_voices=missing_now(material, mine, watch.room),
    )


def invited(material: Material, watch: Watch, expected: frozenset[str]) -> tuple[Invited, ...]:
    """Everybody who attends, as the user may have them: those who are expected or come first, then by name.

    Args:
        material: the meeting's records.
        watch: the room that is asked about.
        expected: ids of those who are expected.
    """
    mine = user_disclosure(watch)
    attending = Standing(watch.room.facts(watch.facts), watch.at).attending
    people = [
        Invited(
            id=id_,
            name=f"{seen.text('given_name')} {seen.text('family_name')}".strip(),
            role=role_words(watch.facts.people[id_].role),
            agency=seen.text("agency") or seen.text("neighborhood"),
            expected=id_ in expected,
            coming=id_ in watch.room.present,
            must_sign=id_ not in attending,
        )
        for id_, record in material.attendees.items()
        if id_ in watch.facts.people
        and (id_ in expected or id_ in watch.room.present or raw(record, "active") is not False)
        for seen in (mine.see(record),)
    ]
    return tuple(sorted(people, key=lambda one: (not (one.expected or one.coming), by_family_name(one.name))))


def what_changes(before: Preflight, after: Preflight) -> tuple[str, ...]:
    """What another room makes different, in sentences; items with the same difference share one."""
    said: dict[str, list[str]] = {}
    for one, other in zip(before.items, after.items, strict=True):
        words = _difference(one, other)
        if words:
            said.setdefault(words, []).append(other.title)
    told = [f"{listed(titles)}: {words}." for words, titles in said.items()]
    told += [f"{one} must sign." for one in after.must_sign if one not in before.must_sign]
    return tuple(told)


def _difference(before: ItemOutlook, after: ItemOutlook) -> str:
    if before.room_title != after.room_title:
        if after.room_title == after.title:
            return "the room reads it by name" if before.room_title else "the room reads it"
        return f"the room reads {after.room_title}" if after.room_title else "the room reads nothing of it"
    if before.slide == after.slide:
        return ""
    return "the room reads more of it" if _parts(after) < _parts(before) else "the room reads less of it"


def _parts(item: ItemOutlook) -> int:
    """How many rows the room lacks or reads less of, counting those twice of which it reads nothing."""
    return sum(1 if part.room_reads else 2 for row in item.withheld for part in row.parts)


def _length(material: Material, mine: Disclosure) -> timedelta:
    planned = (mine.see(item).value("minutes_planned") for item in material.agenda)
    minutes = sum(one for one in planned if isinstance(one, int))
    return timedelta(minutes=minutes) or _USUAL_LENGTH


def _by_name(watch: Watch, people: Iterable[str]) -> tuple[str, ...]:
    known = watch.facts.people
    return tuple(sorted((one for one in people if one in known), key=lambda one: by_family_name(known[one].name)))


def _items(material: Material, watch: Watch, mine: Disclosure, standing: Standing) -> Iterator[ItemOutlook]:
    numbers = item_numbers(material, mine)
    withholding = Withholding(material, mine, watch, numbers)
    for item in material.agenda:
        if item.id not in numbers:
            continue
        participant = item.links.get("participant")
        room = watch.disclosure(item.id)
        minutes = mine.see(item).value("minutes_planned")
        yield ItemOutlook(
            id=item.id,
            number=numbers[item.id],
            title=item_title(material, mine, item),
            room_title=item_title(material, room, item),
            minutes=minutes if isinstance(minutes, int) else 0,
            slide=slide(material, room, item.id),
            withheld=withholding.rows(item),
            named=participant is None or room.may_name(participant),
            step_out=_leaving(watch, standing, mine, item),
        )


def _leaving(watch: Watch, standing: Standing, mine: Disclosure, item: Record) -> tuple[str, ...]:
    """Who would have to leave so that the rest may name a participant; nobody where leaving is no help."""
    participant = item.links.get("participant")
    if participant is None or not mine.may_name(participant):
        return ()
    audience = watch.room.audience(item.id)
    because = obstacles(standing, audience, Asked(InformationClass.IDENTITY, participant))
    # Whoever must sign is told once, for the whole meeting: they sign, or sit apart.
    people = [one.person for one in because if one.reason is not Reason.NO_AGREEMENT]
    # Where everybody would have to leave, nobody is left to discuss it with.
    if THE_PUBLIC in audience.members or audience.members - {watch.room.signed_in} <= set(people):
        return ()
    return tuple(short_name(watch.facts.people[one].name) for one in people)


def _endings(
    material: Material, watch: Watch, mine: Disclosure, asked_at: datetime, until: datetime
) -> Iterator[Ending]:
    zone = ZoneInfo(material.zone)
    for one in watch.room.present:
        person = watch.facts.people.get(one)
        for agreement in () if person is None else person.agreements:
            ended = _agreement_end(agreement, zone)
            if person is not None and ended is not None and asked_at < ended <= until:
                yield _ending(f"Agreement of {short_name(person.name)}", ended, watch.at, material.zone)
    for id_ in material.participants:
        facts = watch.facts.participants.get(id_)
        for release in () if facts is None else facts.releases:
            ended = _release_end(release, zone)
            # A release is paperwork about somebody: under a code it would say who that is.
            if ended is not None and asked_at < ended <= until and mine.allows(Asked(InformationClass.ADMIN, id_)):
                yield _ending(f"Release of {mine.reads_as(id_)}", ended, watch.at, material.zone)


def _agreement_end(agreement: Agreement, zone: ZoneInfo) -> datetime | None:
    ends = [agreement.ends_at, None if agreement.ends is None else end_instant(agreement.ends, zone)]
    return min((end for end in ends if end is not None), default=None)


def _release_end(release: Release, zone: ZoneInfo) -> datetime | None:
    """Its last instant where it ends on a day; when an event comes nobody knows."""
    return end_instant(release.ends, zone) if isinstance(release.ends, date) else None


def _ending(what: str, at: datetime, starts: datetime, zone: str) -> Ending:
    during = at > starts
    moment = f"{clock(at, zone)} on {short(local_day(at, zone))}"
    when = f"during the meeting, at {moment}" if during else f"before the meeting, at {moment}"
    return Ending(what=what, at=at, when=when, during=during)


def _order(items: tuple[ItemOutlook, ...], about_people: set[str]) -> tuple[Turn, ...]:
    """Everything keeps its place but items about a participant, which go through the places of such items.

    First those whom the whole room may name, then those for whom the fewest further people step out, whoever is out
    staying out; last those for whom that is no help.
    """
    waiting = [item for item in items if item.id in about_people]
    chosen: list[ItemOutlook] = []
    out: set[str] = set()
    while waiting:
        best = min(waiting, key=lambda item: _cost(item, out))
        waiting.remove(best)
        chosen.append(best)
        out |= set(best.step_out)
    turns = iter(chosen)
    in_order = [next(turns) if item.id in about_people else item for item in items]
    return tuple(Turn(id=item.id, title=item.title, step_out=item.step_out) for item in in_order)


def _cost(item: ItemOutlook, out: set[str]) -> tuple[bool, int, int, int]:
    helpless = not item.named and not item.step_out
    return helpless, len(set(item.step_out) - out), len(item.step_out), item.number
