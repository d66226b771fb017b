"""The way of a meeting's minutes: what may be done at each place of it."""

import pytest

from leaddesk.policy.course import Course

STATES = ("planned", "open", "closed", "finalized", "approved")


def at(state: str, *, versions: int = 0, followed: bool = False, open_: bool = False) -> Course:
    return Course(state=state, versions=versions, followed=followed or open_, followed_by_open=open_)


def test_only_a_closed_meeting_is_finalized() -> None:
    assert [state for state in STATES if at(state).can_finalize] == ["closed"]


def test_the_first_version_needs_no_reason_and_each_later_one_does() -> None:
    assert [at("closed", versions=number).needs_reason for number in (0, 1, 2)] == [False, True, True]


def test_final_minutes_are_reopened_until_the_next_meeting_opens_and_amended_from_then_on() -> None:
    assert [state for state in STATES if at(state, versions=1).can_reopen] == ["finalized"]
    assert [state for state in STATES if at(state, versions=1).can_amend] == []
    assert [state for state in STATES if at(state, versions=1, followed=True).can_reopen] == []
    assert [state for state in STATES if at(state, versions=1, followed=True).can_amend] == ["finalized", "approved"]


def test_minutes_are_approved_once_at_a_later_meeting_that_is_open() -> None:
    assert [state for state in STATES if at(state, versions=1, open_=True).can_approve] == ["finalized"]
    assert [state for state in STATES if at(state, versions=1, followed=True).can_approve] == []


@pytest.mark.parametrize(
    ("course", "version", "status"),
    [
        (at("open"), None, "draft"),
        (at("closed", versions=1), None, "draft of version 2"),
        (at("closed", versions=1), 1, "version 1, reopened"),
        (at("finalized", versions=2), 2, "final, version 2"),
        (at("approved", versions=2), 2, "final, version 2"),
        (at("finalized", versions=2), 1, "version 1, replaced by version 2"),
    ],
)
def test_a_copy_says_what_it_is(course: Course, version: int | None, status: str) -> None:
    assert course.status_of(version) == status
