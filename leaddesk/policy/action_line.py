"""An action typed in one line: what, who, and by when, as in ``housing form okafor 20 may``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from leaddesk.policy.dates import MONTHS
from leaddesk.policy.facts import Person
from leaddesk.policy.names import letters, words_of

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LEADING = re.compile(r"[\s,;:]*\b(by|due|before|until|on|for)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A line taken apart: the words that are left, the owner's id and the due day, where they were said."""

    text: str
    owner: str | None
    due: date | None


def read_action(line: str, people: Iterable[Person], today: date, next_meeting: date | None = None) -> ActionLine:
    """What a typed line says; owner and due are read from its end, in either order, the owner else from its start.

    A last name, or a first and last name, that only one of ``people`` has makes the owner. A day without a year is
    the next one from ``today`` on.

    Args:
        line: as typed.
        people: whoever may be an owner.
        today: the site's day.
        next_meeting: what ``next meeting`` means, ``None`` while nobody knows.
    """
    everybody = tuple(people)
    text, owner, due = line.strip(), None, None
    for _ in range(2):
        if due is None:
            text, due = _take_day(text, today, next_meeting)
        if owner is None:
            text, owner = _take_owner(text, everybody)
    if owner is None:
        text, owner = _take_first_owner(text, everybody)
    if not text:
        return ActionLine(line.strip(), None, None)
    return ActionLine(text, owner, due)


def _take_day(text: str, today: date, next_meeting: date | None) -> tuple[str, date | None]:
    words = list(re.finditer(r"\S+", text))
    for count in (3, 2, 1):
        if len(words) > count:
            start = words[-count].start()
            said = " ".join(word.group() for word in words[-count:]).lower().strip(".,;")
            day = next_meeting if said == "next meeting" else _day(said, today)
            if day is not None:
                return _LEADING.sub("", text[:start]).rstrip(), day
    return text, None


def _day(said: str, today: date) -> date | None:
    if said in ("today", "tomorrow"):
        return today + timedelta(days=said == "tomorrow")
    if said in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS.index(said) - today.weekday() - 1) % 7 + 1)
    if match := re.fullmatch(r"in (a|one|\d{1,3}) (day|week|month)s?", said):
        return _later(today, int(match[1]) if match[1].isdigit() else 1, match[2])
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", said):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})(?:/(\d{2}|\d{4}))?", said):
        return _coming(int(match[1]), int(match[2]), match[3], today)
    if match := re.fullmatch(r"(\d{1,2})\.? ([a-z]{3,9})(?:,? (\d{4}))?", said):
        return _named_month(match[2], match[1], match[3], today)
    if match := re.fullmatch(r"([a-z]{3,9}) (\d{1,2})(?:,? (\d{4}))?", said):
        return _named_month(match[1], match[2], match[3], today)
    return None


def _later(today: date, count: int, unit: str) -> date:
    if unit != "month":
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    years, month = divmod(today.month - 1 + count, 12)
    # The 31st in a shorter month is its last day.
    return next(day for back in range(4) if (day := _date(today.year + years, month + 1, today.day - back)))


def _named_month(word: str, day: str, year: str | None, today: date) -> date | None:
    months = [number for number, name in enumerate(MONTHS, start=1) if name.lower().startswith(word)]
    return _coming(months[0], int(day), year, today) if len(months) == 1 else None


def _coming(month: int, day: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this_year = _date(today.year, month, day)
    if this_year is not None and this_year < today:
        return _date(today.year + 1, month, day)
    return this_year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _take_owner(text: str, people: tuple[Person, ...]) -> tuple[str, str | None]:
    tokens = words_of(text).tokens
    for count in (4, 3, 2, 1):
        if len(tokens) > count:
            said = "".join(token.letters for token in tokens[-count:])
            meant = {person.id for person in people if said in _names(person)}
            if len(meant) == 1:
                (owner,) = meant
                return text[: tokens[-count].written_start].rstrip(" ,;:-"), owner
    return text, None


def _take_first_owner(text: str, people: tuple[Person, ...]) -> tuple[str, str | None]:
    tokens = words_of(text).tokens
    for count in (4, 3, 2, 1):
        if len(tokens) > count:
            said = "".join(token.letters for token in tokens[:count])
            meant = {person.id for person in people if said in _names(person)}
            if len(meant) == 1:
                (owner,) = meant
                return text[tokens[count].written_start :], owner
    return text, None


def _names(person: Person) -> frozenset[str]:
    words = person.name.split()
    return frozenset({letters(person.name), *(letters(" ".join(words[k:])) for k in range(1, len(words)))})
