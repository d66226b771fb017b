"""Desks for random rooms, what happens in them and how often, and a room on a copy of such a desk."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from PySide6.QtWidgets import QApplication

from leaddesk.models import Attendee, Release
from leaddesk.services import users
from leaddesk.services.demo import demo_desk
from leaddesk.services.desk import Unit
from leaddesk.ui.theme import Theme, ThemeName, apply, load_fonts
from tests.journeys.room import SCRIBE, SCRIBES
from tests.journeys.room_screen import RandomRoom
from tests.journeys.stage import Clock
from tests.vault.making import FLOOR

#: Nine in the evening in Harbor County: three hours before a day's releases and agreements end.
START = datetime(2026, 5, 7, 4, 0, tzinfo=UTC)

#: What can happen, and how often beside the rest; what makes no sense at the time is left out. ``look`` is the chair
#: who looks who is there, lets the room have what it may, and shows an item: without it little is ever seen.
_OFTEN = {
    "look": 22, "show": 6, "next": 3, "back": 1, "page": 2, "pause": 5, "confirm": 2, "idle": 1, "blank": 1,
    "freeze": 2, "arrive": 6, "leave": 6, "apart": 3, "step_out": 5, "step_in": 3, "walk_in": 2, "gone": 2,
    "identify": 2, "newcomer": 1, "slip": 1, "stays": 2, "mended_time": 1, "sign": 4, "decline": 1,
    "sign_in_turn": 2, "told_conflict": 2, "named_conflict": 1, "decide_conflicts": 2, "release": 3,
    "mend_release": 2, "event": 1, "revoke": 1, "involve": 1, "end_involvement": 1, "exclude": 2, "grant": 2,
    "end_grant": 1, "code": 1, "rename": 1, "supersede": 1, "line": 8, "mend_line": 2, "rank": 2, "place": 1,
    "agenda": 2, "item_outcome": 1, "move": 2, "outcome": 2, "note": 1, "spoken": 2, "select": 3, "undo": 8,
    "hand_over": 1, "lock": 1, "kill": 1, "wait": 2, "midnight": 2, "full_disk": 1, "two_absences": 2,
    "taken_back": 3, "left_by_mistake": 2, "progress": 1, "corrected": 3, "lost_screen": 1, "unseen_end": 2,
}  # fmt: skip
EVENTS = [what for what, often in _OFTEN.items() for _ in range(often)]


def make_desk(folder: Path, application: QApplication) -> Path:
    """A demo desk with two users in mid-meeting, locked, to be copied; the application is dressed for it."""
    desk = demo_desk(folder, clock=lambda: START, kdf=FLOOR)
    desk.do(_much_ends_today)
    people = desk.do(lambda unit: {one.family_name: one.id for one in unit.rows.scalars(sa.select(Attendee))})
    users.add_user(desk, f"a{people[SCRIBE]}", "scribe", SCRIBES, kdf=FLOOR)
    desk.lock()
    load_fonts()
    apply(application, Theme.load(ThemeName.LIGHT))
    return folder


def _much_ends_today(unit: Unit) -> None:
    """Half of the releases that are in force end at midnight."""
    for release in unit.rows.scalars(sa.select(Release).where(Release.ends_on > unit.today, Release.id % 2 == 0)):
        release.ends_on = unit.today


@contextmanager
def meeting(rooms: Path) -> Iterator[RandomRoom]:
    """A copy of the desk with its meeting running in its windows."""
    with TemporaryDirectory() as folder:
        shutil.copytree(rooms, Path(folder) / "desk")
        room = RandomRoom(Path(folder) / "desk", Clock(START))
        try:
            yield room
        except BaseException:
            room.close()
            raise
        room.end()
