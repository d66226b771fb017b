"""How dates and times are written, on screen and on paper, in plain US English words.

Spelled out here and not left to the system's locale, so that the same view gives the same page everywhere.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_and_month(day: date, year: int | None = None) -> str:
    """``4 May``: a due date in a list, where the year goes without saying.

    Args:
        day: the day.
        year: the one that goes without saying; a day of another one is told with its own. None for any.
    """
    return f"{day.day} {MONTHS[day.month - 1]}{'' if year in (None, day.year) else f' {day.year}'}"


def short(day: date) -> str:
    """``Wed 6 May 2026``: a heading on screen."""
    return f"{_DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def long(day: date) -> str:
    """``Wednesday, 6 May 2026``: the idle card."""
    return f"{_DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def on_paper(day: date) -> str:
    """``Wednesday 6 May 2026 (2026-05-06)``: every date in a document."""
    return f"{_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year} ({day.isoformat()})"


def clock(instant: datetime, zone: str) -> str:
    """``10:37`` in the site's zone, given an aware instant and an IANA zone name."""
    return instant.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def local_day(instant: datetime, zone: str) -> date:
    """The site's calendar day that an aware instant falls on."""
    return instant.astimezone(ZoneInfo(zone)).date()
