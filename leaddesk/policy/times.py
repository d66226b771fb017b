"""A time of day as somebody types it, in words that a desk in the United States uses."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_TYPED = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>[0-5]\d))?\s*(?P<half>[ap])?\.?(?:m\.?)?", re.IGNORECASE)
_NOON = 12
_DAY = timedelta(days=1)


def moment(words: str, near: datetime, zone: str) -> datetime | None:
    """The moment that a typed time of day means, ``None`` for what is no time.

    ``10:05``, ``1005``, ``10.05``, ``9 am`` and ``2:05p`` are understood. Without *am* or *pm* an hour up to 12 may
    mean either half of the day, unless it begins with a zero; of all moments that it may mean, the one nearest to
    another moment is meant.

    Args:
        words: what was typed.
        near: an aware instant, such as the one that is mended.
        zone: the site's IANA time zone.
    """
    found = _TYPED.fullmatch(words.strip())
    if found is None:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").lower()
    hours = _hours(hour, half, exact=found["hour"].startswith("0"))
    day = near.astimezone(ZoneInfo(zone)).date()
    moments = [_at(day + shift * _DAY, each, minute, zone) for shift in (-1, 0, 1) for each in hours]
    return min(moments, key=lambda each: abs(each - near), default=None)


def _hours(hour: int, half: str, *, exact: bool) -> tuple[int, ...]:
    """The hours of a day of 24 that an hour may mean."""
    if half:
        if not 1 <= hour <= _NOON:
            return ()
        return (hour % _NOON + (_NOON if half == "p" else 0),)
    if exact or hour > _NOON:
        return (hour,) if hour < 2 * _NOON else ()
    return hour % _NOON, hour % _NOON + _NOON


def _at(day: date, hour: int, minute: int, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
