"""Days as people write them in lists, read strictly: what could be two days is not read, and why is told.

The rule:

- A cell that the spreadsheet itself holds as a date is that day.
- ``2026-01-14``, with or without a time, is year-month-day.
- ``1/14/2026`` with slashes is month/day/year, as written in the United States, and never the other way round. But
  where a single date of the list has its day first (``25/12/2025``), slashed dates that could be either are not read.
- ``14.01.2026`` with dots is day.month.year, and only read where the first number can't be a month or equals the
  second.
- A year of two digits is in this century, except for births: there it is the one year that lies neither in the
  future nor more than 110 years back; where there are two such years, the date is not read.
- A birth, a referral and a signature lie in the past or are today. No day lies before 1900.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum, auto

from leaddesk.imports.cells import Cell

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})", re.ASCII)

_OLDEST_AGE = 110
_FIRST_YEAR = 1900


class Meaning(Enum):
    """What happened on the day, which bounds the years it can lie in."""

    BIRTH = auto()
    PAST = auto()
    """A referral or a signature."""
    END = auto()
    """When a release ends: any year."""


class UnreadDateError(ValueError):
    """A date that is not read; its text says why, as a sentence for the person who wrote it."""


def has_day_first(cells: Iterable[Cell]) -> bool:
    """Whether any slashed date among the cells can only have its day first."""
    matches = (_SLASHED.fullmatch(cell) for cell in cells if isinstance(cell, str))
    return any(m is not None and int(m[1]) > 12 >= int(m[2]) for m in matches)


def read_date(cell: Cell, meaning: Meaning, today: date, *, day_first: bool = False) -> date:
    """The day that a cell holds, by the rule of this module.

    Args:
        cell: the cell, not empty.
        meaning: what happened on that day.
        today: the site's calendar day.
        day_first: what `has_day_first` says of all dates of the list.

    Raises:
        UnreadDateError: when the cell holds no day, or could mean two, or a day that can't be for what it means.
    """
    if isinstance(cell, date):
        return _plausible(cell, meaning, today)
    if m := _ISO.fullmatch(cell):
        return _plausible(_day(m[1], m[2], m[3]), meaning, today)
    if m := _SLASHED.fullmatch(cell):
        if day_first and _either_order(m[1], m[2]):
            raise UnreadDateError(f"“{cell}” could be two days, as other dates of this list have the day first.")
        return _with_year(m[3], m[1], m[2], meaning, today)
    if m := _DOTTED.fullmatch(cell):
        if _either_order(m[1], m[2]):
            raise UnreadDateError(f"“{cell}” could be two days. Write it as year-month-day.")
        return _with_year(m[3], m[2], m[1], meaning, today)
    raise UnreadDateError(f"“{cell}” is no date.")


def _either_order(one: str, other: str) -> bool:
    return int(one) <= 12 and int(other) <= 12 and int(one) != int(other)


def _with_year(year: str, month: str, day: str, meaning: Meaning, today: date) -> date:
    if len(year) == 4:
        return _plausible(_day(year, month, day), meaning, today)
    if meaning is not Meaning.BIRTH:
        return _plausible(_day("20" + year, month, day), meaning, today)
    possible: list[date] = []
    for century in ("19", "20"):
        try:
            born = _day(century + year, month, day)
        except UnreadDateError:  # February 29 of one century only
            continue
        if born <= today and today.year - born.year <= _OLDEST_AGE:
            possible.append(born)
    if len(possible) != 1:
        raise UnreadDateError(f"The year “{year}” could be in either century, or in none. Write all four digits.")
    return possible[0]


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise UnreadDateError(f"There is no month {month} with a day {day} in {year}.") from error


def _plausible(day: date, meaning: Meaning, today: date) -> date:
    if day.year < _FIRST_YEAR:
        raise UnreadDateError(f"{day.isoformat()} lies before {_FIRST_YEAR}.")
    if day > today and meaning is not Meaning.END:
        raise UnreadDateError(f"{day.isoformat()} lies in the future.")
    return day
