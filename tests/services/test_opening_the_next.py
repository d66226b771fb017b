"""What opening the next meeting changes: actions are carried over; ranks, agreements and last minutes go along."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.errors import KnownError
from leaddesk.models import LocationPriority, MeetingSeries
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import AgreementTerm, MeetingState
from leaddesk.policy.disclosure import Audience, Disclosure, Sight
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.material import raw
from leaddesk.policy.records import Kind
from leaddesk.policy.slides import slide
from leaddesk.policy.standing import Standing
from leaddesk.policy.views import TopicSlide
from leaddesk.policy.vocabulary import Role
from leaddesk.services import entries, meetings, minutes, places
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import AmendmentForm, PriorityForm
from leaddesk.services.facts import load_facts
from leaddesk.services.material import load
from leaddesk.services.undo import put_back, recorded
from tests.services import rows
from tests.services.minuting import (
    WEEK,
    Clock,
    action,
    carried,
    closed,
    file_action,
    filed,
    finalized,
    opened,
    planned,
    printed,
    state,
)
from tests.services.opened import signed_desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    made = signed_desk(tmp_path / "desk", clock)
    yield made
    made.lock()


# Opening the next meeting


def test_opening_carries_the_open_actions_of_the_series_over_at_that_moment(desk: Desk) -> None:
    first = opened(desk)
    mine, done = action(desk, first, "Ring the clinic"), action(desk, first, "Order the lamp")
    taken_back, change = desk.do(recorded, file_action, first, "Never mind")
    desk.do(entries.set_outcome, done, "done")
    desk.do(put_back, change)
    other = opened(desk, "Leadership team")
    theirs = action(desk, other, "Book the hall")
    desk.do(meetings.close_meeting, first)
    second = planned(desk)
    assert [carried(desk, one) for one in (mine, done, taken_back, theirs)] == [0, 0, 0, 0]
    desk.do(meetings.open_meeting, second)
    assert [carried(desk, one) for one in (mine, done, taken_back, theirs)] == [1, 0, 0, 0]
    desk.do(meetings.close_meeting, other)
    opened(desk, "Leadership team")
    assert [carried(desk, one) for one in (mine, done, taken_back, theirs)] == [1, 0, 0, 1]


def test_a_meeting_of_the_series_that_was_never_closed_is_closed_first_and_nothing_is_lost(desk: Desk) -> None:
    first = opened(desk)
    todo = action(desk, first, "Ring the clinic")
    second = planned(desk)
    with pytest.raises(KnownError, match="open already") as refused:
        desk.do(meetings.open_meeting, second)
    assert refused.value.todo == "Close that one first."
    assert state(desk, second) is MeetingState.PLANNED
    assert carried(desk, todo) == 0


def test_minutes_finalized_late_tell_their_own_meeting_and_not_the_next_one(desk: Desk) -> None:
    first = opened(desk)
    action(desk, first, "Ring the clinic")
    desk.do(meetings.close_meeting, first)
    other = opened(desk, "Leadership team")
    theirs = action(desk, other, "Book the hall")
    desk.do(meetings.close_meeting, other)
    opened(desk, "Leadership team")
    second = opened(desk)
    action(desk, second, "Of the second meeting")
    desk.do(meetings.close_meeting, second)
    opened(desk)
    for told in (printed(desk, first), _final(desk, first)):
        assert "Ring the clinic" in told
        assert told.index("Carried actions") < told.index("Book the hall")
        assert "Of the second meeting" not in told
        assert told.count("Carried once") == 1
    assert carried(desk, theirs) == 1


def _final(desk: Desk, meeting: str) -> str:
    desk.do(minutes.finalize, meeting)
    return printed(desk, meeting)


def ranks(desk: Desk) -> list[tuple[str, int, int | None]]:
    with desk.unit() as unit:
        found = unit.rows.query(LocationPriority).order_by(LocationPriority.rank)
        told = dict(unit.rows.query(MeetingSeries).order_by(MeetingSeries.id).limit(1).one().ranks_told)
        return [(row.name, row.rank, told.get(row.id)) for row in found]


def two_places(desk: Desk) -> str:
    desk.do(places.save_priority, PriorityForm(name="Pine Street", rank=1), desk.everyday)
    return desk.do(places.save_priority, PriorityForm(name="Library steps", rank=2), desk.everyday)


def test_changes_of_rank_are_told_against_the_last_final_minutes(desk: Desk) -> None:
    library = two_places(desk)
    first = finalized(desk)
    assert ranks(desk) == [("Pine Street", 1, 1), ("Library steps", 2, 2)]
    second = opened(desk)
    desk.do(places.rank, library, 1, "it got worse")
    desk.do(meetings.close_meeting, second)
    assert ranks(desk) == [("Library steps", 1, 2), ("Pine Street", 2, 1)]
    desk.do(minutes.finalize, second)
    assert ranks(desk) == [("Library steps", 1, 1), ("Pine Street", 2, 2)]
    assert "up from 2" in printed(desk, second)
    # Reopened, they tell the same changes again.
    desk.do(minutes.reopen, second)
    assert ranks(desk) == [("Library steps", 1, 2), ("Pine Street", 2, 1)]
    desk.do(minutes.finalize, second, "looked at again")
    assert "up from 2" in printed(desk, second)
    assert "up from 2" in printed(desk, second, 1)
    assert state(desk, first) is MeetingState.FINALIZED


def test_another_groups_minutes_leave_a_series_its_changes_of_rank(desk: Desk) -> None:
    library = two_places(desk)
    finalized(desk)
    meeting = opened(desk)
    desk.do(places.rank, library, 1, "it got worse")
    desk.do(minutes.finalize, closed(desk, "Leadership team"))
    desk.do(meetings.close_meeting, meeting)
    assert ranks(desk) == [("Library steps", 1, 2), ("Pine Street", 2, 1)]
    desk.do(minutes.finalize, meeting)
    assert "up from 2" in printed(desk, meeting)


def test_minutes_finalized_late_leave_the_next_meeting_its_changes_of_rank(desk: Desk) -> None:
    library = two_places(desk)
    finalized(desk)
    second = closed(desk)
    opened(desk)
    desk.do(places.rank, library, 1, "it got worse")
    desk.do(minutes.finalize, second)
    assert ranks(desk) == [("Library steps", 1, 2), ("Pine Street", 2, 1)]


def test_an_agreement_for_this_meeting_ends_as_the_next_one_of_its_series_opens(desk: Desk, clock: Clock) -> None:
    first = opened(desk)
    bell = desk.do(_signed_for, first)
    assert signed_now(desk, bell)
    desk.do(meetings.close_meeting, first)
    clock.now += WEEK
    opened(desk, "Leadership team")
    second = planned(desk)
    assert signed_now(desk, bell)
    desk.do(meetings.open_meeting, second)
    assert not signed_now(desk, bell)


def _signed_for(unit: Unit, meeting: str) -> str:
    bell = rows.attendee(unit.rows, "Tom", "Bell", Role.OFFICER)
    form = rows.template(unit.rows, "9", term=AgreementTerm.THIS_MEETING)
    rows.agreement(unit.rows, bell, form, signed_at=unit.at, meeting_id=row_id(Kind.MEETING, meeting))
    return policy_id(Kind.ATTENDEE, bell.id)


def signed_now(desk: Desk, attendee: str) -> bool:
    with desk.unit() as unit:
        return attendee in Standing(load_facts(unit.rows, unit.at), unit.at).attending


def last_minutes_slide(desk: Desk, meeting: str) -> tuple[str, ...]:
    """The slide of the last minutes as the chair alone may have it."""
    loaded = desk.do(load, meeting)
    sight = Sight(Standing(loaded.facts, loaded.material.at), Audience(frozenset({desk.user.id}), desk.user.id))
    item = next(one.id for one in loaded.material.agenda if raw(one, "kind") == "minutes")
    shown = slide(loaded.material, Disclosure(TextGuard(loaded.facts, desk.everyday), sight), item)
    assert isinstance(shown, TopicSlide)
    return shown.lines


def test_the_next_meeting_looks_at_the_last_minutes_with_what_was_corrected_and_whether_they_are_approved(
    desk: Desk, clock: Clock
) -> None:
    first = opened(desk)
    filed(desk, first, "Five beds are free.")
    desk.do(meetings.close_meeting, first)
    desk.do(minutes.finalize, first)
    clock.now += WEEK
    second = opened(desk)
    assert last_minutes_slide(desk, second) == (
        "Meeting 1 of Wed 6 May 2026, version 1: to be approved.",
        "Five beds are free.",
    )
    desk.do(minutes.amend, AmendmentForm(meeting=first, text="Six beds, not five."), desk.everyday)
    desk.do(minutes.approve, first)
    assert last_minutes_slide(desk, second) == (
        "Meeting 1 of Wed 6 May 2026, version 1: approved today.",
        "Five beds are free.",
        "Amended: Six beds, not five.",
    )
