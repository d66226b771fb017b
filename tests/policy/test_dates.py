"""Dates are spelled out alike on every machine, in the site's zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from leaddesk.policy import dates
from leaddesk.policy.force import end_instant, in_force

WEDNESDAY = date(2026, 5, 6)
LATE = datetime(2026, 5, 7, 5, 7, tzinfo=UTC)


def test_a_day_is_written_as_short_or_as_long_as_its_place_allows() -> None:
    assert dates.day_and_month(WEDNESDAY) == "6 May"
    assert dates.day_and_month(WEDNESDAY, 2026) == "6 May"
    assert dates.day_and_month(WEDNESDAY, 2028) == "6 May 2026"
    assert dates.short(WEDNESDAY) == "Wed 6 May 2026"
    assert dates.long(WEDNESDAY) == "Wednesday, 6 May 2026"
    assert dates.on_paper(WEDNESDAY) == "Wednesday 6 May 2026 (2026-05-06)"


@pytest.mark.parametrize(("zone", "clock", "day"), [("America/Los_Angeles", "22:07", 6), ("UTC", "05:07", 7)])
def test_an_instant_is_told_in_the_zone_of_the_site(zone: str, clock: str, day: int) -> None:
    assert dates.clock(LATE, zone) == clock
    assert dates.local_day(LATE, zone) == date(2026, 5, day)


def test_what_ends_on_the_last_day_there_is_never_ends() -> None:
    zone = ZoneInfo("America/Los_Angeles")
    assert end_instant(date.max, zone) == datetime.max.replace(tzinfo=zone)
    assert in_force(WEDNESDAY, date.max, LATE, zone)
