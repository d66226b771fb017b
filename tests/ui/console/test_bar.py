"""The bar says how meeting, room and projector stand, in words, and asks for what its buttons ask for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import RoomChip, Screen
from leaddesk.ui.console.bar import Brief, MeetingBar, room_segments
from leaddesk.ui.console.chips import Chip
from leaddesk.ui.console.keys import Command
from leaddesk.ui.theme import Theme
from tests.ui.console.looking import caught, the
from tests.ui.console.sample import HEADER, NOW, ROOM

BUSY = RoomChip(present=12, strangers=1, unsigned=("D. Ruiz",), narrowed_by=("M. Hart", "D. Ruiz"), waits=True)


@pytest.fixture
def bar(qtbot: QtBot, light: Theme) -> MeetingBar:
    menu = QMenu()
    qtbot.addWidget(menu)
    made = MeetingBar(light, menu)
    qtbot.addWidget(made)
    made.resize(1366, 56)
    with qtbot.waitExposed(made):
        made.show()
    made.show_header(HEADER, NOW, "Room 2 projector")
    made.show_room(ROOM)
    return made


def button(bar: MeetingBar, name: str) -> QAbstractButton:
    return the(QAbstractButton, bar, name)


def test_it_says_which_meeting_and_how_long_it_is_open(bar: MeetingBar) -> None:
    words = {label.text() for label in bar.findChildren(QLabel)}
    assert {"Meeting 14", "Wed 6 May 2026  ·  open 0:37"} <= words
    bar.show_header(replace(HEADER, state="closed"), NOW + timedelta(hours=3))
    assert "Wed 6 May 2026  ·  closed" in {label.text() for label in bar.findChildren(QLabel)}


@pytest.mark.parametrize(
    ("screen", "words"),
    [
        (Screen.LIVE, "LIVE on Room 2 projector"),
        (Screen.IDLE, "Idle card"),
        (Screen.BLANK, "Blank"),
        (Screen.FROZEN, "Frozen"),
        (Screen.NONE, "No second screen"),
    ],
)
def test_it_says_what_the_projector_is_doing(bar: MeetingBar, screen: Screen, words: str) -> None:
    bar.show_header(replace(HEADER, screen=screen), NOW, "Room 2 projector")
    assert the(Chip, bar).accessibleName() == words


def test_the_room_chip_says_who_narrows(bar: MeetingBar) -> None:
    assert button(bar, "Room").accessibleName() == "Room: 12 present, all signed, narrowed by M. Hart"


def test_the_button_that_widens_is_there_only_while_something_waits(bar: MeetingBar) -> None:
    widen = button(bar, "Let the room see more")
    assert not widen.isVisible()
    bar.show_room(BUSY)
    assert widen.isVisible()
    assert widen.accessibleDescription() == "F6"
    bar.show_room(ROOM)
    assert not widen.isVisible()


def test_whoever_is_unknown_or_must_sign_is_never_left_out_for_want_of_room() -> None:
    for brief in Brief:
        words = " ".join(segment.words for segment in room_segments(BUSY, brief))
        assert "must sign" in words
        assert "1" in words
        assert "known" in words


def test_who_declined_is_said_to_have_and_nobody_has_all_signed() -> None:
    for brief in Brief:
        words = " ".join(segment.words for segment in room_segments(replace(ROOM, declined=("D. Ruiz",)), brief))
        assert "declined" in words
        assert "signed" not in words
        assert "must sign" not in words


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("Room", Command.CHECK_IN),
        ("Let the room see more", Command.WIDEN),
        ("Walk-in", Command.WALK_IN),
        ("Lock", Command.LOCK),
    ],
)
def test_each_button_asks_for_its_command(bar: MeetingBar, qtbot: QtBot, name: str, command: Command) -> None:
    bar.show_room(BUSY)
    asked = caught(bar.commanded)
    QTest.keyClick(button(bar, name), Qt.Key.Key_Space)
    assert asked == [(command,)]
