"""The way of the minutes: finalized, reopened, amended and approved."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from leaddesk.errors import KnownError
from leaddesk.models import Amendment, FinalizedMinutes
from leaddesk.models.ids import row_id
from leaddesk.models.words import MeetingState
from leaddesk.policy.records import Kind
from leaddesk.policy.views import CopyKind
from leaddesk.policy.vocabulary import Role
from leaddesk.services import attendance, attendance_mending, meetings, minutes, papers
from leaddesk.services.attendance_mending import Edge
from leaddesk.services.desk import Desk, NotForThisUser
from leaddesk.services.drafts import AmendmentForm, AttendeeForm, ParticipantForm
from leaddesk.services.live import LiveMeeting
from leaddesk.services.participants import save_participant
from leaddesk.services.people import save_attendee
from leaddesk.services.texts import LooksLikeAName
from leaddesk.services.undo import put_back, recorded
from tests.documents.sample_views import text as text_of
from tests.services.minuting import (
    WEEK,
    C,
    Clock,
    as_scribe,
    closed,
    file_action,
    file_words,
    filed,
    finalized,
    first_item,
    mend_words,
    opened,
    planned,
    printed,
    state,
)
from tests.services.opened import NOON, ledger, signed_desk


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    made = signed_desk(tmp_path / "desk", clock)
    yield made
    made.lock()


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
    with pytest.raises(KnownError, match="not final") as refused:
        desk.do(minutes.reopen, meeting)
    assert "by an amendment" in refused.value.todo
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
    _, entry = desk.do(recorded, file_words, meeting, "Six beds are free.")
    other = filed(desk, meeting, "Two rides were given.")
    _, todo = desk.do(recorded, file_action, meeting, "Ring the clinic")
    number, item = row_id(Kind.MEETING, meeting), desk.do(first_item, meeting)
    desk.do(attendance.arrive, number, desk.user.id)
    desk.do(meetings.close_meeting, meeting)
    desk.do(minutes.finalize, meeting)
    tries = (
        lambda: desk.do(meetings.read_statement, meeting),
        lambda: desk.do(meetings.set_next_meeting, meeting, date(2026, 6, 3)),
        lambda: desk.do(meetings.discussed, item, yes=True),
        lambda: desk.do(attendance_mending.mend_time, number, desk.user.id, Edge.CAME, "11:55"),
        lambda: desk.do(mend_words, meeting, other, "Three rides were given."),
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
