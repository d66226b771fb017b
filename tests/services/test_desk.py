"""What an open desk says of itself."""

from datetime import timedelta
from pathlib import Path

from leaddesk.services.desk import lock_after
from tests.services.opened import signed_desk


def test_the_console_locks_after_the_sites_minutes_between_1_and_30(tmp_path: Path) -> None:
    desk = signed_desk(tmp_path / "desk")
    told = []
    for kept in (-5, 0, 1, 10, 30, 31):
        with desk.unit() as unit:
            unit.site.lock_minutes = kept
            told.append(lock_after(unit))
    assert told == [timedelta(minutes=minutes) for minutes in (1, 1, 1, 10, 30, 30)]
    desk.lock()
