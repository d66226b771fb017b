"""A meeting of the demo desk, running."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.services import meetings
from leaddesk.services.demo import PASSPHRASE, demo_desk
from leaddesk.services.live import LiveMeeting
from leaddesk.services.opening import sign_in
from tests.services.running import START, Running
from tests.services.test_the_room_on_disk import Clock, Screen
from tests.vault.making import FLOOR


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("live") / "desk"
    demo_desk(folder, clock=lambda: START, kdf=FLOOR).lock()
    return folder


@pytest.fixture
def on(made: Path, tmp_path: Path) -> Iterator[Running]:
    shutil.copytree(made, tmp_path / "desk")
    clock = Clock(START)
    desk = sign_in(tmp_path / "desk", PASSPHRASE, clock=clock)
    meeting = desk.do(meetings.latest)
    assert meeting is not None
    screen = Screen()
    live = LiveMeeting(desk, meeting, screen, clock)
    live.confirm()
    yield Running(desk, clock, screen, live)
    desk.lock()
