"""The kinds of voice that a site wants, and which the last meetings had."""

from pathlib import Path

import pytest

from leaddesk.models.ids import row_id
from leaddesk.models.words import AppRole
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import Role
from leaddesk.services import attendance, meetings
from leaddesk.services.desk import Desk, NotForThisUser, SignedIn
from leaddesk.services.voices import require_voices, required_voices, voices_before
from tests.services.opened import ledger, signed_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return signed_desk(tmp_path / "desk")


def test_the_chair_sets_them_and_the_ledger_says_so(desk: Desk) -> None:
    assert desk.do(required_voices) == ()
    desk.do(require_voices, [Role.DEFENDER, Role.COMMUNITY])
    assert set(desk.do(required_voices)) == {Role.DEFENDER, Role.COMMUNITY}
    assert ledger(desk)[-1].action == "voices_required"
    desk.do(require_voices, [])
    assert desk.do(required_voices) == ()


def test_a_scribe_does_not(desk: Desk) -> None:
    user = desk.user
    desk.user = SignedIn(user.user, user.attendee, AppRole.SCRIBE)
    with pytest.raises(NotForThisUser):
        desk.do(require_voices, [Role.DEFENDER])
    assert desk.do(required_voices) == ()


def test_the_roles_of_the_meetings_held_before_are_told_the_latest_first(desk: Desk) -> None:
    here = desk.do(meetings.at_hand)
    assert desk.do(voices_before, here) == ()
    for comes in (True, False):
        desk.do(meetings.open_meeting, here)
        if comes:
            desk.do(attendance.arrive, row_id(Kind.MEETING, here), desk.user.id)
        desk.do(meetings.close_meeting, here)
        here = desk.do(meetings.plan_next, here)
    assert desk.do(voices_before, here) == (frozenset(), frozenset({"project_manager"}))
