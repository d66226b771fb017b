"""What finalized minutes keep: what their meeting spoke of, and nothing of anybody else."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from leaddesk.models import FinalizedMinutes
from leaddesk.models.ids import row_id
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import agenda, entries, meetings, minutes, participants
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import ParticipantForm
from leaddesk.services.texts import Words, Writer
from tests.services.opened import NOON, signed_desk

C = InformationClass


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = signed_desk(tmp_path / "desk")
    yield desk
    desk.lock()


def finalized(unit: Unit, about: str | None = None) -> FinalizedMinutes:
    """The minutes of a meeting that put somebody on its agenda, or nobody."""
    form = meetings.MeetingForm(held_on=NOON.date(), starts_at=NOON + timedelta(hours=1))
    meeting = meetings.plan(unit, form)
    number = row_id(Kind.MEETING, meeting)
    meetings.open_meeting(unit, meeting)
    if about is not None:
        item = agenda.add_item(unit, number, participant=about)
        words = Words("Came to the first talk.", C.PROGRESS)
        filing = entries.Filing(meeting=number, item=item, words=words, about=(about,))
        entries.file_entry(unit, filing, Writer(unit, frozenset()))
    meetings.close_meeting(unit, meeting)
    minutes.finalize(unit, meeting)
    return unit.rows.scalars(select(FinalizedMinutes).where(FinalizedMinutes.meeting_id == number)).one()


def test_minutes_hold_nothing_of_the_minutes_before(desk: Desk) -> None:
    with desk.unit() as unit:
        first, second = finalized(unit), finalized(unit)
    assert first.content["last_minutes"] is None
    assert second.content["last_minutes"]["fields"].keys() == {"version"}
    assert "content" not in second.content["last_minutes"]["fields"]


def test_minutes_keep_those_whom_the_meeting_spoke_of_and_nobody_else(desk: Desk) -> None:
    with desk.unit() as unit:
        spoken_of, other = (
            participants.save_participant(
                unit,
                ParticipantForm(
                    given_name="Alex", family_name=family, progress="Meets weekly.", intake_status="enrolled"
                ),
                desk.everyday,
            )
            for family in ("Fischer", "Haddad")
        )
        content = finalized(unit, about=spoken_of).content
    assert [one["id"] for one in content["participants"]] == [spoken_of]
    assert "Haddad" not in str(content)
    assert other not in str(content)
    assert "Fischer" in str(content)
