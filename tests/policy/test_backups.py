from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.policy.backups import MONTHS, NEWEST, WEEKS, BackupFacts, age_words, backups_view, kept

NOON = datetime(2026, 5, 6, 19, 0, tzinfo=UTC)
ZONE = "America/Los_Angeles"

instants = st.lists(
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - strategies add it
    max_size=80,
    unique=True,
)


def week(at: datetime) -> tuple[int, int]:
    return at.isocalendar()[:2]


def month(at: datetime) -> tuple[int, int]:
    return at.year, at.month


@given(instants)
def test_the_newest_are_kept_and_not_more_than_the_schedule_says(made: list[datetime]) -> None:
    newest_first = sorted(made, reverse=True)
    keeping = kept(made)
    assert set(newest_first[:NEWEST]) <= keeping <= set(made)
    assert len(keeping) <= NEWEST + WEEKS + MONTHS


@given(instants)
def test_the_newest_of_each_of_the_last_weeks_and_months_is_kept(made: list[datetime]) -> None:
    keeping = kept(made)
    for period, count in ((week, WEEKS), (month, MONTHS)):
        for last in sorted({period(at) for at in made}, reverse=True)[:count]:
            assert max(at for at in made if period(at) == last) in keeping


@given(instants)
def test_what_is_kept_is_kept_again(made: list[datetime]) -> None:
    assert kept(kept(made)) == kept(made)


@given(instants, st.datetimes(datetime(2027, 1, 2), datetime(2028, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_new_one_is_kept_and_brings_back_none_that_was_gone(made: list[datetime], new: datetime) -> None:
    before, after = kept(made), kept([*kept(made), new])
    assert new in after
    assert after <= before | {new}


def test_a_year_of_daily_backups_leaves_a_week_a_month_and_a_year_of_them() -> None:
    made = [NOON - timedelta(days=days) for days in range(365)]
    assert len(kept(made)) == 7 + 2 + 10  # some weeks and months end among the newest


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
