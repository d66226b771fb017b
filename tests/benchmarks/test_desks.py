"""The desks that benchmarks run on: as much on them as they say, sound, kept, and copied for each use."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from benchmarks.desks import SMALL, DeskClock, kept, opened
from benchmarks.making_facts import share
from benchmarks.making_meetings import PRESENT
from leaddesk.models import (
    ActionItem,
    Attendance,
    Attendee,
    Base,
    Entry,
    Evidence,
    LocationPriority,
    Meeting,
    Participant,
)
from leaddesk.models.words import MeetingState
from leaddesk.services.desk import Unit


def counted(unit: Unit, model: type[Base]) -> int:
    return unit.rows.scalar(select(func.count()).select_from(model)) or 0


def test_the_small_desk_has_what_its_size_says_and_is_sound(desks: Path) -> None:
    with opened(SMALL, DeskClock(), desks) as desk:
        with desk.unit() as unit:
            models = (Participant, Meeting, ActionItem, LocationPriority, Evidence, Entry)
            on_desk = [counted(unit, model) for model in models]
            assert counted(unit, Attendee) == 60
            here = select(func.count()).select_from(Attendance).where(Attendance.left_at.is_(None))
            assert unit.rows.scalar(here) == PRESENT
            states = list(unit.rows.scalars(select(Meeting.state).order_by(Meeting.number)))
            head = unit.head()
        size = SMALL
        assert on_desk == [
            size.participants, size.meetings, size.actions, size.priorities, size.evidence, size.entries
        ]  # fmt: skip
        assert states == [*[MeetingState.FINALIZED] * (size.meetings - 2), MeetingState.CLOSED, MeetingState.OPEN]
        assert head is not None
        assert size.ledger <= head.sequence < size.ledger + 50
        assert not desk.verify().findings


def test_a_desk_is_made_once_and_its_copies_are_not_it(desks: Path) -> None:
    place = kept(SMALL, desks)
    made = (place / "desk.db").stat()
    with opened(SMALL, DeskClock(), desks) as desk, desk.unit() as unit:
        unit.note("statement_read")
    assert kept(SMALL, desks) == place
    assert (place / "desk.db").stat() == made


@pytest.mark.parametrize(("total", "of"), [(20, 4), (3, 4), (30, 40), (5, 1)])
def test_everything_falls_to_some_meeting(total: int, of: int) -> None:
    assert [one for number in range(of) for one in share(total, number, of)] == list(range(total))
