"""On one screen, the demo shows the audience's window beside the console."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from leaddesk.application import now
from leaddesk.services import meetings
from leaddesk.services.demo import demo_desk
from leaddesk.ui.cover import RehearsalFrame
from leaddesk.ui.screens import ScreenFacts, Screens
from leaddesk.ui.theme import Theme, ThemeName, apply, load_fonts
from leaddesk.ui.workplace import Workplace
from tests.vault.making import FLOOR


class DrivenScreens(Screens):
    """The real screens, of which the second can be pulled out."""

    plugged = False

    @override
    def read(self) -> tuple[ScreenFacts, ...]:
        return super().read()[: 2 if self.plugged else 1]


@pytest.fixture
def screens(qtbot: QtBot) -> DrivenScreens:
    del qtbot
    return DrivenScreens()


@pytest.fixture
def place(tmp_path: Path, screens: DrivenScreens) -> Iterator[Workplace]:
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    load_fonts()
    light = Theme.load(ThemeName.LIGHT)
    apply(qt, light)
    desk = demo_desk(tmp_path / "desk", clock=now, kdf=FLOOR)
    meeting = desk.do(meetings.latest)
    assert meeting is not None
    place = Workplace(desk, meeting, (light, light), now, screens, rehearsal=True)
    place.open()
    yield place
    place.close()
    desk.lock()
    QApplication.processEvents()


def frame(place: Workplace) -> RehearsalFrame | None:
    around = place.projector.parentWidget()
    return around if isinstance(around, RehearsalFrame) else None


def test_the_audiences_window_stands_beside_the_console_and_says_that_it_is_a_rehearsal(place: Workplace) -> None:
    around = frame(place)
    assert around is not None
    assert around.isVisible()
    assert place.projector.isVisible()
    assert place.console.isVisible()


def test_a_signer_has_the_one_screen_to_themselves(place: Workplace) -> None:
    around = frame(place)
    assert around is not None
    page = QWidget()
    place.hand_over(page)
    assert page.isVisible()
    assert not around.isVisible()
    assert not place.console.isVisible()
    place.take_back(page)
    assert around.isVisible()


def test_a_projector_plugged_in_gets_the_audiences_window_and_gives_it_back(
    place: Workplace, screens: DrivenScreens
) -> None:
    around = frame(place)
    assert around is not None
    for plugged in (True, False):
        screens.plugged = plugged
        place.hide_first()
        assert not around.isVisible()
        assert not place.projector.isVisible()
        place.restore()
        assert place.projector.isVisible()
        assert around.isVisible() is not plugged
        assert place.projector.isWindow() is plugged
    screens.plugged = True
    place.hide_first()
    place.restore()
    room = screens.arrangement.room
    assert room is not None
    assert place.projector.geometry() == room.rect
