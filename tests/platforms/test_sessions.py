"""What this system tells of sleep, locked sessions and screenshots; the others' parts are checked by type alone."""

import sys

import pytest

from leaddesk import platforms

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="not run here: another system's part")


def test_time_asleep_does_not_grow_while_the_computer_is_awake() -> None:
    before = platforms.seconds_asleep()
    assert before >= -0.01
    assert platforms.seconds_asleep() - before == pytest.approx(0, abs=0.01)


def test_linux_is_told_of_locked_sessions_and_promises_nothing_about_screenshots() -> None:
    assert platforms.session_locked() is None
    assert platforms.exclude_from_capture(0) is False
