"""Meeting series, their regulars, who is expected at one meeting, and planning, moving and canceling meetings."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from leaddesk.errors import KnownError
from leaddesk.models import Attendee, Meeting, MeetingSeries
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import MeetingState
from leaddesk.policy.records import Kind
from leaddesk.services import attendance, meetings, preflight, series
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import SeriesForm
from leaddesk.services.meetings import MeetingForm
from tests.services.opened import NOON, ledger, signed_desk
from tests.services.rows import keep

OWG = "Operational Work Group"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = signed_desk(tmp_path / "desk")
    yield made
    made.lock()


@pytest.fixture
def meeting(desk: Desk) -> str:
    return plan(desk)


HALLS = frozenset({"Harbor Hall", "City Hall"})


def plan(desk: Desk, name: str = OWG, days: int = 0) -> str:
    at = NOON + timedelta(days=days)
    return desk.do(
        meetings.plan, MeetingForm(held_on=at.date(), starts_at=at, place="Harbor Hall", marked=HALLS, series=name)
    )


def attendee(desk: Desk, family: str) -> str:
    def add(unit: Unit) -> str:
        return policy_id(Kind.ATTENDEE, keep(unit.rows, Attendee(given_name="Tom", family_name=family)).id)

    return desk.do(add)


def row(desk: Desk, meeting: str) -> Meeting:
    return desk.do(lambda unit: unit.found(Meeting, Kind.MEETING, meeting))


def expected(desk: Desk, meeting: str) -> set[str]:
    """Who is expected besides the chair."""
    return set(desk.do(preflight.expected, meeting)) - {desk.user.id}


def test_who_chairs_is_expected_unless_they_send_word(desk: Desk, meeting: str) -> None:
    assert desk.do(preflight.expected, meeting) == (desk.user.id,)
    desk.do(series.expect, meeting, desk.user.id, coming=False)
    assert desk.do(preflight.expected, meeting) == ()
    desk.do(series.expect, meeting, desk.user.id, coming=True)
    assert desk.do(preflight.expected, meeting) == (desk.user.id,)


def test_regulars_are_expected_at_every_meeting_of_their_series_alone(desk: Desk, meeting: str) -> None:
    bell, kim = attendee(desk, "Bell"), attendee(desk, "Kim")
    other = plan(desk, "Leadership team")
    desk.do(series.set_regulars, "ser1", [bell, kim], regular=True)
    desk.do(series.set_regulars, "ser1", [bell], regular=True)
    assert expected(desk, meeting) == {bell, kim}
    assert expected(desk, plan(desk, days=14)) == {bell, kim}
    assert expected(desk, other) == set()
    desk.do(series.set_regulars, "ser1", [bell], regular=False)
    desk.do(series.set_regulars, "ser1", [bell], regular=False)
    assert expected(desk, meeting) == {kim}


def test_a_guest_comes_to_one_meeting_and_a_regular_sends_word_for_one(desk: Desk, meeting: str) -> None:
    bell, kim, guest = attendee(desk, "Bell"), attendee(desk, "Kim"), attendee(desk, "Lund")
    desk.do(series.set_regulars, "ser1", [bell, kim], regular=True)
    later = plan(desk, days=14)
    desk.do(series.expect, meeting, bell, coming=False)
    desk.do(series.expect, meeting, guest, coming=True)
    assert expected(desk, meeting) == {kim, guest}
    assert expected(desk, later) == {bell, kim}
    desk.do(series.expect, meeting, bell, coming=True)
    desk.do(series.expect, meeting, guest, coming=False)
    desk.do(series.expect, meeting, guest, coming=False)
    assert expected(desk, meeting) == {bell, kim}


def test_word_of_not_coming_outlives_becoming_a_regular(desk: Desk, meeting: str) -> None:
    guest = attendee(desk, "Lund")
    desk.do(series.expect, meeting, guest, coming=True)
    desk.do(series.set_regulars, "ser1", [guest], regular=True)
    desk.do(series.expect, meeting, guest, coming=False)
    assert expected(desk, meeting) == set()


def test_whoever_has_been_there_counts_and_whoever_left_the_group_does_not(desk: Desk, meeting: str) -> None:
    bell, kim = attendee(desk, "Bell"), attendee(desk, "Kim")
    desk.do(series.set_regulars, "ser1", [bell, kim], regular=True)
    desk.do(series.expect, meeting, kim, coming=False)
    desk.do(attendance.arrive, row_id(Kind.MEETING, meeting), kim)

    def leaves(unit: Unit) -> None:
        unit.found(Attendee, Kind.ATTENDEE, bell).active = False

    desk.do(leaves)
    assert expected(desk, meeting) == {kim}


def test_nobody_is_expected_at_a_meeting_that_is_over(desk: Desk, meeting: str) -> None:
    desk.do(meetings.open_meeting, meeting)
    desk.do(meetings.close_meeting, meeting)
    with pytest.raises(KnownError, match="over"):
        desk.do(series.expect, meeting, desk.user.id, coming=True)


def test_a_series_is_named_and_says_how_often_it_meets(desk: Desk, meeting: str) -> None:
    desk.do(series.save_series, SeriesForm(id="ser1", name="OWG", cadence="every Wednesday", every_days=7))
    kept = desk.do(lambda unit: unit.found(MeetingSeries, Kind.SERIES, "ser1"))
    assert (kept.name, kept.cadence, kept.every_days) == ("OWG", "every Wednesday", 7)
    following = desk.do(meetings.plan_next, meeting)
    assert row(desk, following).held_on == NOON.date() + timedelta(days=7)
    assert desk.do(meetings.plan_next, meeting) == following
    assert desk.do(series.save_series, SeriesForm(name="Leadership team")) == "ser2"


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (SeriesForm(name=" "), "needs a name"),
        (SeriesForm(name=OWG), "Another series"),
        (SeriesForm(name="Other", every_days=0), "every 1 to 366 days"),
        (SeriesForm(name="Other", template="agt9"), "no longer on the desk"),
    ],
)
def test_a_series_that_could_not_be_used_is_refused(desk: Desk, meeting: str, form: SeriesForm, words: str) -> None:
    with pytest.raises(KnownError, match=words):
        desk.do(series.save_series, form)


def test_a_planned_meeting_moves_to_another_day_time_and_place(desk: Desk, meeting: str) -> None:
    later = NOON + timedelta(days=2, hours=1)
    form = MeetingForm(held_on=later.date(), starts_at=later, place="City Hall", marked=HALLS)
    desk.do(meetings.change_meeting, meeting, form)
    kept = row(desk, meeting)
    assert (kept.held_on, kept.starts_at, kept.place, kept.number) == (later.date(), later, "City Hall", 1)
    desk.do(meetings.open_meeting, meeting)
    for verb in (meetings.cancel_meeting, lambda unit, id_: meetings.change_meeting(unit, id_, form)):
        with pytest.raises(KnownError, match="Only a planned meeting"):
            desk.do(verb, meeting)


def test_a_canceled_meeting_is_kept_but_no_longer_at_hand(desk: Desk, meeting: str) -> None:
    later = plan(desk, days=14)
    desk.do(meetings.cancel_meeting, meeting)
    assert row(desk, meeting).state is MeetingState.CANCELED
    assert desk.do(meetings.at_hand) == later
    with pytest.raises(KnownError, match="Only a planned meeting"):
        desk.do(meetings.open_meeting, meeting)
    with pytest.raises(KnownError, match="over"):
        desk.do(attendance.arrive, row_id(Kind.MEETING, meeting), desk.user.id)
    desk.do(meetings.restore_meeting, meeting)
    assert desk.do(meetings.at_hand) == meeting
    with pytest.raises(KnownError, match="Only a canceled meeting"):
        desk.do(meetings.restore_meeting, meeting)
    actions = [entry.action for entry in ledger(desk)]
    assert actions[-2:] == ["meeting_canceled", "meeting_restored"]


def test_its_number_is_not_given_again(desk: Desk, meeting: str) -> None:
    desk.do(meetings.cancel_meeting, meeting)
    assert row(desk, plan(desk, days=14)).number == 2


def test_a_meeting_with_somebody_in_the_room_is_not_canceled(desk: Desk, meeting: str) -> None:
    desk.do(attendance.arrive, row_id(Kind.MEETING, meeting), desk.user.id)
    with pytest.raises(KnownError, match="checked in"):
        desk.do(meetings.cancel_meeting, meeting)


def test_a_desk_whose_only_meeting_was_canceled_gets_a_new_one(desk: Desk, meeting: str) -> None:
    desk.do(meetings.cancel_meeting, meeting)
    assert desk.do(meetings.latest) is None
    assert row(desk, desk.do(meetings.at_hand)).held_on == date(2026, 5, 13)
