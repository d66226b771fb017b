"""Days as people write them: read by one rule, and not at all where they could be two."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.imports.dates import Meaning, UnreadDateError, has_day_first, read_date

TODAY = date(2026, 5, 6)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-01-14", date(2026, 1, 14)),
        ("2026-1-4", date(2026, 1, 4)),
        ("2026-01-14 00:00:00", date(2026, 1, 14)),
        ("2026-01-14T09:30", date(2026, 1, 14)),
        ("1/14/2026", date(2026, 1, 14)),
        ("01/02/2026", date(2026, 1, 2)),
        ("6/9/25", date(2025, 6, 9)),
        ("14.01.2026", date(2026, 1, 14)),
        ("14. 1. 26", date(2026, 1, 14)),
        ("05.05.2025", date(2025, 5, 5)),
    ],
)
def test_a_day_written_by_the_rule_is_read(written: str, day: date) -> None:
    assert read_date(written, Meaning.PAST, TODAY) == day


@pytest.mark.parametrize(
    "written",
    [
        "03.04.2026",
        "01.14.2026",
        "25/12/2025",
        "2/30/2026",
        "2026-13-01",
        "2026",
        "45000",
        "Jan 5",
        "1/2/026",
        "１/2/2026",
        "1-2-2026",
        "0999-01-01",
        "2026-05-07",
        "y",
    ],
)
def test_what_could_be_two_days_or_none_is_not_read(written: str) -> None:
    with pytest.raises(UnreadDateError):
        read_date(written, Meaning.PAST, TODAY)


def test_a_cell_that_is_a_day_is_that_day() -> None:
    assert read_date(date(2026, 3, 4), Meaning.PAST, TODAY) == date(2026, 3, 4)


def test_a_cell_that_is_a_day_still_has_to_lie_in_the_past() -> None:
    with pytest.raises(UnreadDateError, match="future"):
        read_date(date(2026, 5, 7), Meaning.PAST, TODAY)


def test_a_release_may_end_in_the_future() -> None:
    assert read_date("2/28/27", Meaning.END, TODAY) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12/11/98", date(1998, 12, 11)),
        ("03/18/04", date(2004, 3, 18)),
        ("05/07/27", date(1927, 5, 7)),
        ("2/29/00", date(2000, 2, 29)),
    ],
)
def test_a_birth_of_two_digits_is_in_the_only_possible_century(written: str, day: date) -> None:
    assert read_date(written, Meaning.BIRTH, TODAY) == day


@pytest.mark.parametrize("written", ["01/05/20", "05/06/26"])
def test_a_birth_that_both_centuries_allow_is_not_read(written: str) -> None:
    with pytest.raises(UnreadDateError, match="either century"):
        read_date(written, Meaning.BIRTH, TODAY)


def test_a_referral_of_two_digits_that_would_lie_in_the_future_is_not_read() -> None:
    with pytest.raises(UnreadDateError, match="future"):
        read_date("1/5/98", Meaning.PAST, TODAY)


def test_a_list_with_one_day_first_is_noticed() -> None:
    assert has_day_first(["", "1/2/2025", "25/12/2025", date(2025, 1, 1)])
    assert not has_day_first(["1/2/2025", "12/25/2025", "25.12.2025", "13/13/2025"])


def test_in_a_list_with_one_day_first_only_certain_slashed_dates_are_read() -> None:
    assert read_date("04/18/1975", Meaning.BIRTH, TODAY, day_first=True) == date(1975, 4, 18)
    assert read_date("04/4/1975", Meaning.BIRTH, TODAY, day_first=True) == date(1975, 4, 4)
    with pytest.raises(UnreadDateError, match="two days"):
        read_date("04/05/1975", Meaning.BIRTH, TODAY, day_first=True)


@given(st.text(alphabet="0123456789/.-: T", max_size=14), st.sampled_from(Meaning), st.booleans())
def test_whatever_is_written_gives_a_possible_day_or_none(written: str, meaning: Meaning, day_first: bool) -> None:
    with suppress(UnreadDateError):
        day = read_date(written, meaning, TODAY, day_first=day_first)
        assert day.year >= 1900
        assert day <= TODAY or meaning is Meaning.END


@given(st.dates(date(1916, 5, 7), TODAY))
def test_a_birth_is_never_read_into_the_wrong_century_or_the_future(born: date) -> None:
    with suppress(UnreadDateError):
        assert read_date(born.strftime("%m/%d/%y"), Meaning.BIRTH, TODAY) == born
