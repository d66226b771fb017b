"""Random meetings: in no frame that was painted was there more than everybody in the room may have."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys import random_rooms
from tests.promises.row import Reached, Times


@pytest.mark.promise("nobody in a room is shown what they may not have", "0 frames in 300 random meetings")
def test_in_no_random_meeting_is_anybody_shown_what_they_may_not_have(
    tmp_path: Path, qapp: QApplication, times: Times, reached: Reached
) -> None:
    made, random = random_rooms.make_desk(tmp_path / "desk", qapp), times.random()
    frames = sensitive = 0
    meetings = times(2, full=300)
    for _ in range(meetings):
        with random_rooms.meeting(made) as on:
            on.play("confirm")
            for _ in range(60):
                on.play(random.choice(random_rooms.EVENTS), *(random.randrange(60) for _ in range(3)))
            frames, sensitive = frames + on.frames, sensitive + on.oracle.sensitive
    assert sensitive > meetings, "an eye that saw nothing of anybody proves nothing"
    reached(f"0 of {frames:,} frames, {sensitive:,} sayings of somebody in them", times=meetings)
