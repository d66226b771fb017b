"""Pre-flight is read once and asked about any room; the order it proposes can be taken, and taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest

from leaddesk.errors import KnownError
from leaddesk.models import Meeting
from leaddesk.models.ids import row_id
from leaddesk.policy.records import Kind
from leaddesk.services import agenda, meetings, preflight
from leaddesk.services.demo import demo_desk
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.material import load
from leaddesk.services.meetings import MeetingForm
from leaddesk.services.undo import put_back, recorded
from leaddesk.workday import WorkdayClock
from tests.services.opened import ledger
from tests.vault.making import FLOOR


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = demo_desk(tmp_path_factory.mktemp("preflight") / "desk", clock=WorkdayClock(), kdf=FLOOR)
    yield made
    made.lock()


@pytest.fixture
def meeting(desk: Desk) -> str:
    return desk.do(meetings.at_hand)


def order(unit: Unit, meeting: str) -> list[tuple[int, str]]:
    rows = agenda.items_of(unit, row_id(Kind.MEETING, meeting))
    return [(item.id, item.section) for item in rows]


def test_what_is_read_once_says_of_every_room_what_a_reading_of_its_own_says(desk: Desk, meeting: str) -> None:
    flight = desk.do(preflight.read, meeting, desk.everyday)
    people = sorted(flight.expected)
    for present in (people, people[:3], ()):
        asked = desk.do(preflight.preflight, meeting, present, desk.everyday)
        once = flight.outlook(present)
        assert (once.items, once.order, once.must_sign) == (asked.items, asked.order, asked.must_sign)
    assert flight.expected == set(desk.do(preflight.expected, meeting))


def test_everybody_who_attends_can_be_asked_about(desk: Desk, meeting: str) -> None:
    flight = desk.do(preflight.read, meeting, desk.everyday)
    rows = flight.people(flight.expected)
    assert {row.id for row in rows} == set(flight.loaded.facts.people)
    assert {row.id for row in rows if row.coming} == flight.expected


def test_the_proposed_order_is_taken_in_one_step_and_taken_back_in_one(desk: Desk, meeting: str) -> None:
    before = desk.do(order, meeting)
    flight = desk.do(preflight.read, meeting, desk.everyday)
    unsigned = flight.outlook(flight.expected).signers
    proposed = [turn.id for turn in flight.outlook(flight.expected - set(unsigned)).order]
    number = row_id(Kind.MEETING, meeting)
    _, change = desk.do(recorded, agenda.take_order, number, proposed)
    after = desk.do(order, meeting)
    assert [row for row, _ in after] == [row_id(Kind.AGENDA_ITEM, one) for one in proposed]
    assert [section for _, section in after] == [section for _, section in before]
    assert ledger(desk)[-1].action == "agenda_reordered"
    desk.do(put_back, change)
    assert desk.do(order, meeting) == before


def test_some_items_change_places_among_themselves_and_the_others_keep_theirs(desk: Desk, meeting: str) -> None:
    rows = [row for row, _ in desk.do(order, meeting)]
    ids = desk.do(_ids, meeting)
    _, change = desk.do(recorded, agenda.take_order, row_id(Kind.MEETING, meeting), [ids[5], ids[1]])
    moved = [row for row, _ in desk.do(order, meeting)]
    assert (moved[1], moved[5]) == (rows[5], rows[1])
    assert [row for place, row in enumerate(moved) if place not in (1, 5)] == [
        row for place, row in enumerate(rows) if place not in (1, 5)
    ]
    desk.do(put_back, change)


def test_an_order_with_an_item_that_is_gone_is_refused(desk: Desk, meeting: str) -> None:
    before = desk.do(order, meeting)
    with pytest.raises(KnownError, match="The agenda has changed since"):
        desk.do(agenda.take_order, row_id(Kind.MEETING, meeting), ["agi9999"])
    assert desk.do(order, meeting) == before


def _ids(unit: Unit, meeting: str) -> list[str]:
    return [item.id for item in preflight.read(unit, meeting, frozenset()).loaded.material.agenda]


def test_it_is_decided_for_the_moment_at_which_the_meeting_starts_whatever_was_read_before(desk: Desk) -> None:
    starts = datetime.combine(desk.now.date() + timedelta(days=3), time(20), tzinfo=UTC)
    form = meetings.MeetingForm(held_on=starts.date(), starts_at=starts, series="Leadership team")
    planned = desk.do(meetings.plan, form)
    desk.do(load, planned, at=starts - timedelta(hours=3))
    flight = desk.do(preflight.read, planned, desk.everyday)
    assert flight.outlook(flight.expected).starts == starts


def test_a_number_is_of_the_series_at_hand_and_one_that_only_others_have_is_not_guessed(
    desk: Desk, meeting: str
) -> None:
    number = desk.do(lambda unit: unit.found(Meeting, Kind.MEETING, meeting).number)
    later = desk.now + timedelta(days=30)

    def planned(unit: Unit, name: str) -> list[str]:
        form = MeetingForm(held_on=later.date(), starts_at=later, series=name)
        return [meetings.plan(unit, form) for _ in range(number + 1)]

    evening, morning = desk.do(planned, "Evening group"), desk.do(planned, "Morning group")
    assert desk.do(meetings.latest) == meeting, "whatever number a later meeting has in its own series"
    assert desk.do(preflight.numbered, number) == meeting
    with pytest.raises(KnownError, match=r"Several series have a meeting [0-9]+: Evening"):
        desk.do(preflight.numbered, number + 1)
    desk.do(meetings.cancel_meeting, evening[-1])
    assert desk.do(preflight.numbered, number + 1) == morning[-1]
