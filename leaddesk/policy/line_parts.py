"""What is typed into the entry line besides words to file: a rank, a new priority, something for the agenda."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from leaddesk.policy.decision import Asked
from leaddesk.policy.desk_views import Suggestion, Whom
from leaddesk.policy.disclosure import Appearance, Disclosure
from leaddesk.policy.facts import Facts, Participant
from leaddesk.policy.material import Material, raw
from leaddesk.policy.names import letters
from leaddesk.policy.records import Record
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.why import role_words

_RANK = re.compile(r"#?(\d{1,3})(?!\d)[\s,:;.-]*(.*)", re.DOTALL)
_MINUTES = re.compile(r"(.*\S)\s+(\d{1,3})\s*(?:min|minutes)\.?", re.DOTALL)
_MOST_SUGGESTED = 6


@dataclass(frozen=True, slots=True)
class RankLine:
    """A place, the rank it is to get, and why, which is empty as long as nothing is said."""

    place: str
    to: int
    why: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A new priority: its name, its neighborhood and what was told of it, as far as they are said."""

    name: str
    neighborhood: str
    told: str


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """Something for the agenda: a participant or a place by id, else a topic of its own; and its minutes, if said.

    ``alike`` are the participants whom the words may all mean, nobody where they mean one or none.
    """

    words: str
    participant: str | None
    place: str | None
    minutes: int | None
    alike: tuple[str, ...] = ()


def read_rank(line: str, place: str | None, places: Mapping[str, str]) -> RankLine | None:
    """A change of rank, ``2 shops and riders agree``, of the place at hand or of one whose name comes first.

    Args:
        line: as typed.
        place: the id of the place at hand, ``None`` for none.
        places: names of the priorities by id.
    """
    said = line.strip()
    for id_, name in sorted(places.items(), key=lambda one: -len(one[1])):
        if name and said.casefold().startswith(name.casefold()):
            place, said = id_, said[len(name) :].lstrip(" ,:;-")
            break
    match = _RANK.fullmatch(said)
    return RankLine(place, int(match[1]), match[2].strip()) if match and place is not None else None


def read_place(line: str) -> PlaceLine | None:
    """A new priority, typed as ``Pike St & 4th, Lakeside: shops see more people``; ``None`` without a name."""
    before, _, told = line.strip().partition(":")
    name, _, neighborhood = before.partition(",")
    return PlaceLine(name.strip(), neighborhood.strip(), told.strip()) if name.strip() else None


def read_agenda(
    line: str, participants: Iterable[tuple[str, str]], places: Mapping[str, str], *, named: tuple[str, ...]
) -> AgendaLine | None:
    """Something for the agenda, typed as a name, a place or a topic, with ``10 min`` behind it or not.

    Args:
        line: as typed.
        participants: ids and case codes of those whom the user may know.
        places: names of the priorities by id.
        named: the participants whose name is all that is typed.
    """
    words, minutes = line.strip(), None
    if match := _MINUTES.fullmatch(words):
        words, minutes = match[1], int(match[2])
    if not words:
        return None
    said = letters(words)
    if len(named) > 1:
        return AgendaLine(words, None, None, minutes, named)
    by_code = (id_ for id_, code in participants if letters(code) == said)
    participant = next(chain(named, by_code), None)
    meant = [id_ for id_, name in places.items() if said and letters(name) == said]
    meant = meant or [id_ for id_, name in places.items() if said and letters(name).startswith(said)]
    place = meant[0] if participant is None and len(meant) == 1 else None
    return AgendaLine(words, participant, place, minutes)


def minutes_aside(line: str) -> str:
    """The words of a line for the agenda, without the minutes behind them."""
    match = _MINUTES.fullmatch(line.strip())
    return match[1] if match else line.strip()


def next_meeting_day(material: Material) -> date | None:
    """What ``next meeting`` means: the day that was set, else as often as the series meets."""
    day, held, often = (
        raw(material.meeting, "next_meeting_on"),
        raw(material.meeting, "held_on"),
        raw(material.series, "every_days"),
    )
    if isinstance(day, date):
        return day
    return held + timedelta(days=often) if isinstance(held, date) and isinstance(often, int) else None


def place_names(material: Material, mine: Disclosure) -> dict[str, str]:
    """Names of the location priorities by id, as the user may have them."""
    return {one.id: mine.see(one).text("name") for one in material.places}


def whom(material: Material, mine: Disclosure, item: Record | None) -> tuple[Whom, ...]:
    """Whom an entry under an item may be about: its own participant or nobody, then the others of the agenda.

    Whoever an item is about stays whom its entries are about; another is about both.
    """
    own = None if item is None else item.links.get("participant")
    on_agenda = dict.fromkeys(one for row in material.agenda if (one := row.links.get("participant")))
    known = {one: words for one in on_agenda if (words := _known_as(mine, one))}
    others = sorted((words.casefold(), one) for one, words in known.items() if one != own)
    if own is None:
        return (Whom(id="", words="nobody"), *(Whom(id=one, words=known[one]) for _, one in others))
    title = known.get(own, "")
    return (
        Whom(id="", words=title),
        *(Whom(id=one, words=f"also {known[one]}") for _, one in others),
    )


def _known_as(mine: Disclosure, participant: str) -> str:
    known = mine.appearance(participant) is not Appearance.ABSENT
    return mine.told_apart(participant) if known else ""


def suggestions(typed: str, facts: Facts, mine: Disclosure) -> tuple[Suggestion, ...]:
    """Participants whom the user may know by name, and everybody who attends, whose names begin as the word does.

    Two participants of one name are told apart by their codes, which then go into the line.
    """
    start = letters(typed)
    if not start:
        return ()
    found = [
        (f"{one.given_name} {one.family_name}".strip(), one)
        for one in facts.participants.values()
        if _begins(start, one.given_name, one.family_name, one.preferred_name, *one.aliases) and mine.may_name(one.id)
    ]
    names, may_code = [name for name, _ in found], mine.allows(Asked(InformationClass.OPERATIONS))
    people = [
        _offered(name, one, alike=names.count(name) > 1, may_code=may_code)
        for name, one in sorted(found, key=lambda pair: (pair[0].casefold(), pair[1].code))
    ]
    attend = [
        Suggestion(words=one.name, detail=role_words(one.role) if one.role else "attends")
        for one in sorted(facts.people.values(), key=lambda person: person.name.casefold())
        if _begins(start, *one.name.split())
    ]
    return tuple([*people, *attend][:_MOST_SUGGESTED])


def _offered(name: str, one: Participant, *, alike: bool, may_code: bool) -> Suggestion:
    """A participant as offered; whom only the code goes into the line for is offered by name all the same."""
    if may_code and alike:
        return Suggestion(words=one.code, detail=f"participant {name}")
    called = f", called {one.preferred_name}" if one.preferred_name not in ("", one.given_name) else ""
    return Suggestion(words=name, detail=(f"participant {one.code}" if may_code else "participant") + called)


def _begins(start: str, *names: str) -> bool:
    return any(letters(name).startswith(start) for name in names if name)
