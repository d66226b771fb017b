"""Times of day as they are typed at the door."""

from datetime import UTC, datetime

import pytest

from leaddesk.policy.dates import clock
from leaddesk.policy.times import moment

ZONE = "America/Los_Angeles"
#: A quarter past ten in the morning.
NEAR = datetime(2026, 5, 6, 17, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("10:05", "10:05"),
        ("1005", "10:05"),
        ("10.05", "10:05"),
        (" 905 ", "09:05"),
        ("9 am", "09:00"),
        ("9a.m.", "09:00"),
        ("2:05p", "14:05"),
        ("12 AM", "00:00"),
        ("12 pm", "12:00"),
        ("12:30", "12:30"),
        ("13:00", "13:00"),
        ("1", "13:00"),
        ("01:00", "01:00"),
        ("0:10", "00:10"),
    ],
)
def test_a_time_is_read_as_people_write_it(words: str, means: str) -> None:
    found = moment(words, NEAR, ZONE)
    assert found is not None
    assert clock(found, ZONE) == means
    assert abs(found - NEAR).total_seconds() <= 12 * 3600


@pytest.mark.parametrize("words", ["", "soon", "25:00", "24", "10:60", "13 pm", "0 am", "10:5", "-1", "10:05:00"])
def test_what_is_no_time_is_none(words: str) -> None:
    assert moment(words, NEAR, ZONE) is None


def test_an_hour_without_half_means_the_one_nearest_to_what_is_mended() -> None:
    afternoon = datetime(2026, 5, 6, 21, 10, tzinfo=UTC)
    found = moment("2:05", afternoon, ZONE)
    assert found is not None
    assert clock(found, ZONE) == "14:05"


def test_a_meeting_may_go_past_midnight() -> None:
    just_after = datetime(2026, 5, 7, 7, 10, tzinfo=UTC)
    found = moment("11:50", just_after, ZONE)
    assert found == datetime(2026, 5, 7, 6, 50, tzinfo=UTC)
