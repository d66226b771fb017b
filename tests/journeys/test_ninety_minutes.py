"""A chair runs ninety minutes without looking down: every frame that twenty people saw is held against the rule."""

import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.journeys.ninety_minutes import START, after_the_power_came_back, playing
from tests.journeys.stage import Clock
from tests.ui.test_screens import LAPTOP, ROOM, DrivenScreens


def test_ninety_minutes_with_twenty_people_and_a_power_cut_show_nobody_more_than_they_may_have(
    tmp_path: Path, qtbot: QtBot
) -> None:
    del qtbot
    folder = tmp_path / "desk"
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.ninety_minutes", str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    ready, frames, sensitive = child.stdout.readline().split()
    child.kill()
    child.wait()
    child.stdout.close()
    assert ready == "ready"
    assert int(frames) >= 15
    assert int(sensitive) >= 50, "an eye that saw nothing of anybody proves nothing"
    clock, screens = Clock(START), DrivenScreens(LAPTOP, ROOM)
    clock.pass_by(minutes=70)
    with playing(folder, clock, screens) as play:
        after_the_power_came_back(play, screens)
        assert len(play.seen) >= 15
        assert play.oracle.sensitive >= 50
