"""The way of the minutes: finalized, reopened, amended, approved, and what opening the next meeting changes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from leaddesk.errors import KnownError
from leaddesk.models import ActionItem, Amendment, FinalizedMinutes, LocationPriority, Meeting, MeetingSeries
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import AgreementTerm, AppRole, MeetingState
from leaddesk.policy.disclosure import Audience, Disclosure, Sight
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.material import raw
from leaddesk.policy.records import Kind
from leaddesk.policy.slides import slide
from leaddesk.policy.standing import Standing
from leaddesk.policy.views import CopyKind, TopicSlide
from leaddesk.policy.vocabulary import InformationClass, Role
from leaddesk.services import attendance, attendance_mending, entries, meetings, minutes, papers, places
from leaddesk.services.attendance_mending import Edge
from leaddesk.services.desk import Desk, NotForThisUser, SignedIn, Unit
from leaddesk.services.drafts import AmendmentForm, AttendeeForm, ParticipantForm, PriorityForm
from leaddesk.services.facts import load_facts
from leaddesk.services.live import LiveMeeting
from leaddesk.services.material import load
from leaddesk.services.participants import save_participant
from leaddesk.services.people import save_attendee
from leaddesk.services.texts import LooksLikeAName, Words, Writer
from leaddesk.services.undo import put_back, recorded
from tests.documents.sample_views import text as text_of
from tests.services import rows
from tests.services.opened import NOON, ledger, signed_desk

C = InformationClass
WEEK = timedelta(days=7)


class Clock:
    """What the time is: the tests say when it goes on."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    made = signed_desk(tmp_path / "desk", clock)
    yield made
    made.lock()


def planned(desk: Desk, series: str = "Operational Work Group") -> str:
    return desk.do(meetings.plan, meetings.MeetingForm(held_on=desk.now.date(), starts_at=desk.now, series=series))


def opened(desk: Desk, series: str = "Operational Work Group") -> str:
    meeting = planned(desk, series)
    desk.do(meetings.open_meeting, meeting)
    return meeting


def closed(desk: Desk, series: str = "Operational Work Group") -> str:
    meeting = opened(desk, series)
    desk.do(meetings.close_meeting, meeting)
    return meeting


def finalized(desk: Desk, series: str = "Operational Work Group") -> str:
    meeting = closed(desk, series)
    assert desk.do(minutes.finalize, meeting) == 1
    return meeting


def state(desk: Desk, meeting: str) -> MeetingState:
    with desk.unit() as unit:
        return unit.found(Meeting, Kind.MEETING, meeting).state


def filed(desk: Desk, meeting: str, words: str) -> str:
    return desk.do(_file, meeting, words)


def _file(unit: Unit, meeting: str, words: str) -> str:
    filing = entries.Filing(meeting=row_id(Kind.MEETING, meeting), item=None, words=Words(words, C.OPERATIONS))
    return entries.file_entry(unit, filing, Writer(unit, frozenset()))


def _mend(unit: Unit, meeting: str, entry: str, words: str) -> str:
    filing = entries.Filing(meeting=row_id(Kind.MEETING, meeting), item=None, words=Words(words, C.OPERATIONS))
    return entries.mend(unit, entry, filing, Writer(unit, frozenset()))


def _first_item(unit: Unit, meeting: str) -> str:
    return load(unit, meeting).material.agenda[0].id


def action(desk: Desk, meeting: str, words: str) -> str:
    return desk.do(_file_action, meeting, words)


def _file_action(unit: Unit, meeting: str, words: str) -> str:
    filing = entries.Filing(meeting=row_id(Kind.MEETING, meeting), item=None, words=Words(words, C.OPERATIONS))
    return entries.file_action(unit, filing, Writer(unit, frozenset()))


def carried(desk: Desk, action: str) -> int:
    with desk.unit() as unit:
        return unit.found(ActionItem, Kind.ACTION, action).carried


def printed(desk: Desk, meeting: str, version: int | None = None, kind: CopyKind = CopyKind.RECORD) -> str:
    return text_of(desk.do(papers.print_minutes, meeting, kind, desk.everyday, version=version).pdf)


def as_scribe(desk: Desk) -> None:
    desk.user = SignedIn(desk.user.user, desk.user.attendee, AppRole.SCRIBE)


def actions_of(desk: Desk) -> list[str]:
    return [entry.action for entry in ledger(desk)]


# Finalizing and reopening


def test_a_new_version_needs_a_reason_and_the_one_before_stays_as_it_was_printed(desk: Desk) -> None:
    meeting = opened(desk)
    filed(desk, meeting, "Six beds are free.")
    desk.do(meetings.close_meeting, meeting)
    assert desk.do(minutes.finalize, meeting) == 1
    first = printed(desk, meeting)
    assert "Final, version 1" in first
    desk.do(minutes.reopen, meeting)
    assert state(desk, meeting) is MeetingState.CLOSED
    filed(desk, meeting, "Two rides were given.")
    assert "Draft of version 2" in printed(desk, meeting)
    with pytest.raises(KnownError, match="why it differs"):
        desk.do(minutes.finalize, meeting, "  ")
    assert desk.do(minutes.finalize, meeting, "a ride was missing") == 2
    second = printed(desk, meeting)
    assert "Final, version 2" in second
    assert "Two rides were given." in second
    kept = printed(desk, meeting, 1)
    assert "Version 1, replaced by version 2" in kept
    assert "Six beds are free." in kept
    assert "Two rides were given." not in kept
    with desk.unit() as unit:
        assert [row.reason for row in unit.rows.query(FinalizedMinutes)] == ["", "a ride was missing"]


def test_reopened_minutes_are_a_draft_and_the_version_before_says_that_it_was_reopened(desk: Desk) -> None:
    meeting = finalized(desk)
    desk.do(minutes.reopen, meeting)
    assert "Version 1, reopened" in printed(desk, meeting, 1)
    with pytest.raises(KnownError, match="no version 7"):
        printed(desk, meeting, 7)


def test_a_file_of_an_earlier_version_says_so_in_its_name(desk: Desk) -> None:
    meeting = finalized(desk)
    copy = desk.do(papers.print_minutes, meeting, CopyKind.ROOM, desk.everyday, version=1)
    assert copy.name == "minutes-2026-05-06-version-1-room.pdf"


@pytest.mark.parametrize("how_far", [planned, opened, closed])
def test_minutes_that_are_not_final_are_not_reopened(desk: Desk, how_far: object) -> None:
    meeting = how_far(desk)  # type: ignore[operator]
    before = state(desk, meeting)
    with pytest.raises(KnownError, match="not final"):
        desk.do(minutes.reopen, meeting)
    assert state(desk, meeting) is before


def test_opening_the_next_meeting_ends_reopening_and_planning_it_does_not(desk: Desk) -> None:
    first = finalized(desk)
    second = planned(desk)
    desk.do(minutes.reopen, first)
    desk.do(minutes.finalize, first, "looked at again")
    desk.do(meetings.open_meeting, second)
    with pytest.raises(KnownError, match="Only the latest minutes") as refused:
        desk.do(minutes.reopen, first)
    assert refused.value.todo == "Add an amendment: it stands with them."
    assert state(desk, first) is MeetingState.FINALIZED
    desk.do(meetings.close_meeting, second)
    with pytest.raises(KnownError, match="Only the latest minutes"):
        desk.do(minutes.reopen, first)


def test_another_series_does_not_end_reopening(desk: Desk) -> None:
    first = finalized(desk)
    opened(desk, "Leadership team")
    desk.do(minutes.reopen, first)
    assert state(desk, first) is MeetingState.CLOSED


def test_what_is_final_can_be_mended_only_after_reopening(desk: Desk) -> None:
    meeting = opened(desk)
    _, entry = desk.do(recorded, _file, meeting, "Six beds are free.")
    other = filed(desk, meeting, "Two rides were given.")
    _, todo = desk.do(recorded, _file_action, meeting, "Ring the clinic")
    number, item = row_id(Kind.MEETING, meeting), desk.do(_first_item, meeting)
    desk.do(attendance.arrive, number, desk.user.id)
    desk.do(meetings.close_meeting, meeting)
    desk.do(minutes.finalize, meeting)
    tries = (
        lambda: desk.do(meetings.read_statement, meeting),
        lambda: desk.do(meetings.set_next_meeting, meeting, date(2026, 6, 3)),
        lambda: desk.do(meetings.discussed, item, yes=True),
        lambda: desk.do(attendance_mending.mend_time, number, desk.user.id, Edge.CAME, "11:55"),
        lambda: desk.do(_mend, meeting, other, "Three rides were given."),
        lambda: desk.do(put_back, entry),
        lambda: desk.do(put_back, todo),
        lambda: filed(desk, meeting, "One more."),
    )
    for mending in tries:
        with pytest.raises(KnownError, match="are final"):
            mending()
    desk.do(minutes.reopen, meeting)
    for mending in tries:
        mending()


@pytest.mark.parametrize(
    "step",
    [
        lambda desk, meeting: desk.do(minutes.finalize, meeting),
        lambda desk, meeting: desk.do(minutes.reopen, meeting),
        lambda desk, meeting: desk.do(minutes.approve, meeting),
        lambda desk, meeting: desk.do(minutes.take_back_approval, meeting),
        lambda desk, meeting: desk.do(minutes.amend, AmendmentForm(meeting=meeting, text="x"), frozenset()),
    ],
)
def test_what_makes_minutes_final_is_for_the_chair(desk: Desk, step: object) -> None:
    meeting = finalized(desk)
    as_scribe(desk)
    with pytest.raises(NotForThisUser):
        step(desk, meeting)  # type: ignore[operator]


def test_the_ledger_has_each_step_without_a_word_of_it(desk: Desk) -> None:
    first = finalized(desk)
    desk.do(minutes.reopen, first)
    desk.do(minutes.finalize, first, "Angela was missing")
    opened(desk)
    desk.do(minutes.amend, AmendmentForm(meeting=first, text="It was Tuesday.", cls=C.OPERATIONS), desk.everyday)
    desk.do(minutes.approve, first)
    desk.do(minutes.take_back_approval, first)
    last = ledger(desk)[-7:]
    assert [entry.action for entry in last] == [
        "minutes_reopened",
        "minutes_finalized",
        "meeting_planned",
        "meeting_opened",
        "minutes_amended",
        "minutes_approved",
        "approval_taken_back",
    ]
    assert last[4].objects == {"meeting": first, "amendment": "amd1"}
    assert last[5].payload == {"amendments": 1}
    assert "Angela" not in str(last)
    assert "Tuesday" not in str(last)


# Amendments


def test_an_amendment_stands_with_the_minutes_for_whoever_may_have_it_and_changes_nothing_of_them(
    desk: Desk, clock: Clock
) -> None:
    angela = desk.do(
        save_participant, ParticipantForm(given_name="Angela", family_name="Brooks", case_agency="g1"), desk.everyday
    )
    meeting = finalized(desk)
    before = _frozen(desk)
    clock.now += WEEK
    opened(desk)
    form = AmendmentForm(
        meeting=meeting,
        text="Angela Brooks came on Monday.",
        cls=C.PROGRESS,
        about=(angela,),
        safe=((C.OPERATIONS, "It was on a Monday."), (C.PUBLIC, "The day was wrong.")),
    )
    with pytest.raises(LooksLikeAName):
        desk.do(minutes.amend, replace(form, safe=((C.PUBLIC, "Then Mr Quill came."),)), desk.everyday)
    desk.do(minutes.amend, form, desk.everyday)
    desk.do(minutes.amend, AmendmentForm(meeting=meeting, text="Six beds, not five."), desk.everyday)
    assert _frozen(desk) == before
    record, public = printed(desk, meeting), printed(desk, meeting, kind=CopyKind.PUBLIC)
    assert "Wednesday 13 May 2026 (2026-05-13) Angela Brooks came on Monday." in record
    assert "Six beds, not five." in record
    assert "The day was wrong." in public
    assert "Brooks" not in public
    assert "Six beds" not in public


def _frozen(desk: Desk) -> list[str]:
    with desk.unit() as unit:
        return [str(row.content) for row in unit.rows.query(FinalizedMinutes)]


def test_minutes_that_can_be_reopened_or_are_no_minutes_yet_are_not_amended(desk: Desk) -> None:
    first = closed(desk)
    form = AmendmentForm(meeting=first, text="Six beds.")
    with pytest.raises(KnownError, match="Only final minutes"):
        desk.do(minutes.amend, form, desk.everyday)
    desk.do(minutes.finalize, first)
    with pytest.raises(KnownError, match="can still be reopened"):
        desk.do(minutes.amend, form, desk.everyday)
    opened(desk)
    with pytest.raises(KnownError, match="needs words"):
        desk.do(minutes.amend, replace(form, text=" "), desk.everyday)
    with desk.unit() as unit:
        assert unit.rows.query(Amendment).count() == 0


# Approval


def test_the_open_next_meeting_approves_the_minutes_and_copies_say_when(desk: Desk, clock: Clock) -> None:
    meeting = finalized(desk)
    with pytest.raises(KnownError, match="at the next meeting"):
        desk.do(minutes.approve, meeting)
    clock.now += WEEK
    opened(desk)
    desk.do(minutes.approve, meeting)
    assert state(desk, meeting) is MeetingState.APPROVED
    told = printed(desk, meeting, kind=CopyKind.PUBLIC)
    assert "Final, version 1 · Approved" in told
    assert "Wednesday 13 May 2026 (2026-05-13)" in told
    assert "as amended" not in told
    with pytest.raises(KnownError, match="approved already"):
        desk.do(minutes.approve, meeting)


def test_what_the_group_corrects_is_an_amendment_and_the_minutes_are_approved_as_amended(desk: Desk) -> None:
    meeting = finalized(desk)
    opened(desk)
    desk.do(minutes.amend, AmendmentForm(meeting=meeting, text="Six beds, not five."), desk.everyday)
    desk.do(minutes.approve, meeting)
    desk.do(minutes.amend, AmendmentForm(meeting=meeting, text="Five after all."), desk.everyday)
    told = printed(desk, meeting)
    assert "(2026-05-06), as amended" in told
    assert "Five after all. (made after the approval)" in told
    # The public may have neither, and is told of neither.
    assert "amended" not in printed(desk, meeting, kind=CopyKind.PUBLIC)


def test_minutes_that_are_not_final_are_not_approved(desk: Desk) -> None:
    first = closed(desk)
    opened(desk)
    with pytest.raises(KnownError, match="Only final minutes"):
        desk.do(minutes.approve, first)
    # Late is not too late.
    desk.do(minutes.finalize, first)
    desk.do(minutes.approve, first)
    assert state(desk, first) is MeetingState.APPROVED


def test_a_meeting_of_another_series_approves_nothing(desk: Desk) -> None:
    first = finalized(desk)
    opened(desk, "Leadership team")
    with pytest.raises(KnownError, match="at the next meeting"):
        desk.do(minutes.approve, first)


def test_an_approval_by_mistake_is_taken_back_while_the_meeting_is_open(desk: Desk, clock: Clock) -> None:
    first = finalized(desk)
    second = opened(desk)
    desk.do(minutes.approve, first)
    desk.do(minutes.take_back_approval, first)
    assert state(desk, first) is MeetingState.FINALIZED
    assert "Approved" not in printed(desk, first)
    desk.do(minutes.approve, first)
    desk.do(meetings.close_meeting, second)
    with pytest.raises(KnownError, match="can't be taken back"):
        desk.do(minutes.take_back_approval, first)
    assert state(desk, first) is MeetingState.APPROVED


# Opening the next meeting


def test_opening_carries_the_open_actions_of_the_series_over_at_that_moment(desk: Desk) -> None:
    first = opened(desk)
    mine, done = action(desk, first, "Ring the clinic"), action(desk, first, "Order the lamp")
    taken_back, change = desk.do(recorded, _file_action, first, "Never mind")
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


def test_every_meeting_is_listed_as_it_stands_after_each_step(desk: Desk) -> None:
    def listed() -> list[str]:
        mine = LiveMeeting(desk, first, Blank(), lambda: NOON).mine()
        return [f"{row.title}: {row.detail}" for row in desk.do(minutes.held, mine)]

    first = finalized(desk)
    assert listed() == ["Meeting 1 · Wed 6 May 2026: final · version 1"]
    desk.do(minutes.reopen, first)
    assert listed() == ["Meeting 1 · Wed 6 May 2026: closed · version 1"]
    desk.do(minutes.finalize, first, "looked at again")
    other = opened(desk, "Leadership team")
    opened(desk)
    desk.do(minutes.amend, AmendmentForm(meeting=first, text="Six beds."), desk.everyday)
    desk.do(minutes.approve, first)
    assert sorted(listed()) == [
        "Meeting 1 · Wed 6 May 2026: Leadership team · open",
        "Meeting 1 · Wed 6 May 2026: Operational Work Group · approved on Wed 6 May 2026 · version 2 · 1 amendment",
        "Meeting 2 · Wed 6 May 2026: Operational Work Group · open",
    ]
    assert state(desk, other) is MeetingState.OPEN


class Blank:
    """A projector that shows nobody anything."""

    def show_slide(self, slide: object, *, again: bool = False) -> None: ...
    def show_idle(self, card: object) -> None: ...
    def show_black(self) -> None: ...
    def narrow(self, card: object, resume: object) -> None: ...


def test_closing_sees_everybody_out_and_the_room_is_the_public(desk: Desk, clock: Clock) -> None:
    meeting = opened(desk)
    bell = desk.do(save_attendee, AttendeeForm(given_name="Tom", family_name="Bell", roles=(Role.OFFICER,)))
    desk.do(attendance.arrive, row_id(Kind.MEETING, meeting), bell)
    live = LiveMeeting(desk, meeting, Blank(), clock)
    live.walk_in()
    live.close()
    assert live.watch.room.audience().public
    assert not live.watch.room.present
    assert not live.watch.room.strangers
    assert LiveMeeting(desk, meeting, Blank(), clock).watch.room == live.watch.room


def test_a_name_that_the_typeface_cannot_write_is_told_to_whoever_prints_it(desk: Desk, clock: Clock) -> None:
    meeting = opened(desk)
    wang = desk.do(save_attendee, AttendeeForm(given_name="Wei", family_name="王伟", roles=(Role.OFFICER,)))
    live = LiveMeeting(desk, meeting, Blank(), clock)
    for one in (desk.user.id, wang):
        live.arrive(one)
    got = desk.do(papers.print_minutes, meeting, CopyKind.ROOM, desk.everyday)
    assert got.unwritten == ("王伟",)
    assert "The typeface lacks letters of: 王伟." in got.told
    public = desk.do(papers.print_minutes, meeting, CopyKind.PUBLIC, desk.everyday)
    assert (public.unwritten, public.told) == ((), ""), "what is not on the page is not told"
    assert replace(got, unwritten=tuple("一二三四五六")).told.count(",") == 4, "no more than a few of them"


def test_the_room_copy_is_the_public_copy_where_somebody_who_walked_in_was_never_identified(
    desk: Desk, clock: Clock
) -> None:
    meeting = opened(desk)
    bell = desk.do(save_attendee, AttendeeForm(given_name="Tom", family_name="Bell", roles=(Role.OFFICER,)))
    live = LiveMeeting(desk, meeting, Blank(), clock)
    live.arrive(desk.user.id)
    live.walk_in()
    live.arrive(bell, stranger=True)
    filed(desk, meeting, "Six beds are free.")
    asked = desk.do(papers.print_minutes, meeting, CopyKind.ROOM, desk.everyday)
    assert (asked.kind, asked.because) == ("minutes, room copy", ""), "whoever walked in is known"
    live.walk_in()
    live.walked_out()
    live.close()
    got = desk.do(papers.print_minutes, meeting, CopyKind.ROOM, desk.everyday)
    assert got.kind == "minutes, public copy"
    assert got.because == "Somebody who walked in was never identified, so this is the public copy."
    assert text_of(got.pdf) == printed(desk, meeting, kind=CopyKind.PUBLIC)
    assert ledger(desk)[-2].payload["public"] is True
    assert "Six beds" in printed(desk, meeting, kind=CopyKind.RECORD)
