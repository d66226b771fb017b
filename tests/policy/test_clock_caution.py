"""What the console says when the computer's clock was set back."""

from datetime import UTC, datetime, timedelta

from leaddesk.policy.console import clock_caution

LATEST = datetime(2026, 5, 7, 6, 30, tzinfo=UTC)
ZONE = "America/Los_Angeles"


def test_a_clock_that_is_behind_is_said_with_both_times_in_the_sites_zone() -> None:
    assert clock_caution(LATEST, LATEST - timedelta(hours=26), ZONE) == (
        "This computer's clock says 21:30 on Tue 5 May 2026, earlier than the last entry, 23:30 on Wed 6 May 2026: "
        "LeadDesk goes on from the later time. Set the clock right."
    )


def test_nothing_is_said_of_a_clock_that_is_right_or_less_than_a_minute_behind() -> None:
    assert not clock_caution(LATEST, LATEST + timedelta(days=3), ZONE)
    assert not clock_caution(LATEST, LATEST - timedelta(minutes=1), ZONE)
    assert clock_caution(LATEST, LATEST - timedelta(seconds=61), ZONE)
