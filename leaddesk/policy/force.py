"""When something is in force: from its start instant until just before its end instant.

A start given as a day begins at its midnight, an end given as a day includes it, both in the site's zone.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from leaddesk.policy.facts import Day, Instant


def start_instant(start: Day | Instant, zone: ZoneInfo) -> Instant:
    """The instant at which something that starts then begins."""
    if isinstance(start, datetime):
        return start
    return datetime.combine(start, time.min, tzinfo=zone)


def end_instant(end: Day | Instant, zone: ZoneInfo) -> Instant:
    """The first instant at which something that ends then is over."""
    if isinstance(end, datetime):
        return end
    if end == date.max:
        return datetime.max.replace(tzinfo=zone)
    return datetime.combine(end + timedelta(days=1), time.min, tzinfo=zone)


def in_force(start: Day | Instant | None, end: Day | Instant | None, at: Instant, zone: ZoneInfo) -> bool:
    """Whether ``at`` lies in the span; no start is never in force, no end is open-ended."""
    if start is None or at < start_instant(start, zone):
        return False
    return end is None or at < end_instant(end, zone)
