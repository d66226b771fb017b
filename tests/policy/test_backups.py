from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.policy.backups import DAYS, MONTHS, NEWEST, WEEKS, BackupFacts, Stamp, age_words, backups_view, kept

NOON = datetime(2026, 5, 6, 19, 0, tzinfo=UTC)
ZONE = "America/Los_Angeles"


def between(first: datetime, last: datetime) -> st.SearchStrategy[Stamp]:
    instants = st.datetimes(first, last, timezones=st.just(UTC)).map(lambda at: at.replace(microsecond=0))
    return st.builds(Stamp, instants, st.integers(0, 100_000))


# several a day, as a desk makes them that is locked for each break
stamps = st.one_of(
    st.lists(between(datetime(2024, 1, 1), datetime(2027, 1, 1)), max_size=80),  # noqa: DTZ001 - strategies add it
    st.lists(between(datetime(2026, 5, 1), datetime(2026, 5, 20)), max_size=80),  # noqa: DTZ001
)


def day(one: Stamp) -> date:
    return one.at.date()


def week(one: Stamp) -> tuple[int, int]:
    return one.at.isocalendar()[:2]


def month(one: Stamp) -> tuple[int, int]:
    return one.at.year, one.at.month


@given(stamps)
def test_the_newest_are_kept_and_not_more_than_the_schedule_says(made: list[Stamp]) -> None:
    newest_first = sorted(set(made), reverse=True)
    keeping = kept(made)
    assert set(newest_first[:NEWEST]) <= keeping <= set(made)
    assert len(keeping) <= NEWEST + DAYS + WEEKS + MONTHS


@given(stamps)
def test_the_newest_of_each_of_the_last_days_weeks_and_months_is_kept(made: list[Stamp]) -> None:
    keeping = kept(made)
    periods: list[tuple[Callable[[Stamp], Any], int]] = [(day, DAYS), (week, WEEKS), (month, MONTHS)]
    for period, count in periods:
        for last in sorted({period(one) for one in made}, reverse=True)[:count]:
            assert max(one for one in made if period(one) == last) in keeping


@given(stamps)
def test_what_is_kept_is_kept_again(made: list[Stamp]) -> None:
    assert kept(kept(made)) == kept(made)


@given(stamps, between(datetime(2027, 1, 2), datetime(2028, 1, 1)))  # noqa: DTZ001
def test_a_new_one_is_kept_and_brings_back_none_that_was_gone(made: list[Stamp], new: Stamp) -> None:
    before, after = kept(made), kept([*kept(made), new])
    assert new in after
    assert after <= before | {new}


def test_a_year_of_daily_backups_leaves_a_week_a_month_and_a_year_of_them() -> None:
    made = [Stamp(NOON - timedelta(days=days)) for days in range(365)]
    assert len(kept(made)) == 7 + 2 + 10  # some weeks and months end among the days


def test_a_day_with_many_locks_leaves_the_days_before_it() -> None:
    before = [Stamp(NOON - timedelta(days=days)) for days in range(1, 7)]
    today = [Stamp(NOON + timedelta(minutes=20 * lock), lock + 1) for lock in range(12)]
    assert kept([*before, *today]) == {*before, *today[-NEWEST:]}


@given(between(datetime(2000, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_a_name_says_when_and_by_which_entry(stamp: Stamp) -> None:
    assert Stamp.parse(str(stamp)) == stamp


def test_backups_of_one_second_are_in_the_order_of_their_entries() -> None:
    assert str(Stamp(NOON, 17)) == "2026-05-06T190000Z-17"
    assert str(Stamp(NOON)) == "2026-05-06T190000Z"
    assert Stamp(NOON) < Stamp(NOON, 9) < Stamp(NOON, 10) < Stamp(NOON + timedelta(seconds=1), 1)


@pytest.mark.parametrize(
    "name", ["mine", "2026-05-06T190000Z-", "2026-05-06T190000Z-017", "2026-05-06T190000Z-0", "2026-13-06T190000Z-1"]
)
def test_any_other_name_says_nothing(name: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of which kind does not matter
        Stamp.parse(name)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 5, 9), "from Saturday 9 May 2026 (2026-05-09), less than a day old"),
        (date(2026, 5, 8), "from Friday 8 May 2026 (2026-05-08), 1 day old"),
        (date(2026, 5, 6), "from Wednesday 6 May 2026 (2026-05-06), 3 days old"),
    ],
)
def test_how_old_a_backup_is(day: date, words: str) -> None:
    assert age_words(day, date(2026, 5, 9)) == words


def fact(days: int, *, size: int = 1_234_567, todays: bool | None = True, drive: bool = False) -> BackupFacts:
    return BackupFacts(at=NOON - timedelta(days=days), size=size, kind="at_lock", todays_key=todays, on_drive=drive)


def test_the_page_says_when_the_last_one_was_made_and_lists_the_newest_first() -> None:
    backups = [fact(2), fact(1, drive=True), fact(1, size=234_000_000), fact(3, todays=False), fact(0, todays=None)]
    view = backups_view(backups, "/media/stick", NOON, ZONE)
    assert view.summary == (
        "The last backup is from Tuesday 5 May 2026 (2026-05-05), 1 day old. "
        "It was verified when it was made, at 12:00."
    )
    assert view.drive == "Each backup is copied to /media/stick"
    assert [row.title[:15] for row in view.rows] == ["Wednesday 6 May", *["Tuesday 5 May 2"] * 2, "Monday 4 May 20",
                                                     "Sunday 3 May 20"]  # fmt: skip
    details = [row.detail for row in view.rows]
    assert details[0].endswith("can't be read")
    assert details[1].startswith("by itself, when the desk was locked  ·  234 MB  ·  opens with the pass")
    assert details[2].startswith("on the other drive  ·  by itself, when the desk was locked  ·  1.2 MB")
    assert details[4].endswith("a removed user’s key may still open it")
    assert view.old == (
        "1 backup is from before the desk got its present key: whoever was removed since may still open them."
    )
    assert backups_view([fact(1, todays=False), fact(2, todays=False)], "", NOON, ZONE).old.startswith(
        "2 backups are"
    )


def test_an_empty_page_says_what_to_do() -> None:
    view = backups_view([], "", NOON, ZONE)
    assert (view.rows, view.old) == ((), "")
    assert view.summary == "There is no backup yet. Make the first one now."
    assert view.drive == "Backups lie beside the desk, on this disk alone."
