"""Whose each screen is, and what stays hidden until the chair has said so."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QInputDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from leaddesk.services import meetings
from leaddesk.ui.console.chips import Chip
from leaddesk.ui.cover import Cover
from leaddesk.ui.private_windows import PrivateWindows
from leaddesk.ui.screens import ScreenFacts, Screens
from leaddesk.ui.theme import Theme, ThemeName, apply
from leaddesk.ui.workplace import Workplace
from tests.promises.batches import make_desk
from tests.vault.making import NOON

LAPTOP = ScreenFacts(
    name="Laptop", maker="", model="", serial="", geometry=(0, 0, 1366, 768), scale=1.0, primary=True
)
ROOM = replace(LAPTOP, name="Room 2", geometry=(1366, 0, 1920, 1080), primary=False)
DESK = replace(ROOM, name="Desk", geometry=(3286, 0, 1280, 720))


class DrivenScreens(Screens):
    """Screens that are what a test says they are."""

    def __init__(self, *now: ScreenFacts) -> None:
        self.now = now
        super().__init__()

    @override
    def read(self) -> tuple[ScreenFacts, ...]:
        return self.now


@pytest.fixture
def screens(qtbot: QtBot) -> DrivenScreens:
    del qtbot
    return DrivenScreens(LAPTOP, ROOM)


def confirmed(screens: Screens) -> None:
    assert screens.confirm(screens.arrangement)


def names(screens: Screens) -> tuple[str, str]:
    """The chair's screen and the room's."""
    now = screens.arrangement
    return now.mine.name if now.mine else "", now.room.name if now.room else ""


# What is known of the screens


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "HDMI-2"},
        {"maker": "Another"},
        {"model": "Another"},
        {"serial": "2"},
        {"geometry": (1366, 0, 1280, 720)},
        {"scale": 1.25},
        {"primary": True},
    ],
)
def test_a_change_that_no_signal_tells_is_seen_and_takes_back_what_was_confirmed(
    screens: DrivenScreens, qtbot: QtBot, changed: dict[str, object]
) -> None:
    confirmed(screens)
    with qtbot.waitSignal(screens.changed):
        screens.now = (LAPTOP, replace(ROOM, **changed))  # type: ignore[arg-type]
        assert screens.confirmed is None, "before anybody has looked"
    screens.now = (LAPTOP, ROOM)
    assert screens.confirmed is None, "and it stays so when everything is as before"


@pytest.mark.parametrize("signal", ["geometryChanged", "logicalDotsPerInchChanged", "physicalDotsPerInchChanged"])
def test_a_signal_of_a_screen_takes_it_back_even_when_nothing_else_differs(
    screens: DrivenScreens, qtbot: QtBot, signal: str
) -> None:
    confirmed(screens)
    screen = QGuiApplication.screens()[1]
    with qtbot.waitSignal(screens.changed):
        getattr(screen, signal).emit(screen.geometry() if signal == "geometryChanged" else 96.0)
    assert screens.confirmed is None


def test_of_two_screens_the_other_one_is_the_rooms(screens: DrivenScreens) -> None:
    assert names(screens) == ("Laptop", "Room 2")
    screens.choose_mine(ROOM)
    assert names(screens) == ("Room 2", "Laptop")
    screens.choose_room(None)
    assert names(screens) == ("Room 2", "")


@pytest.mark.parametrize("place", [LAPTOP.geometry, (1000, 0, 1920, 1080)])
def test_screens_that_show_the_same_place_are_nobodys_but_the_chairs(
    screens: DrivenScreens, place: tuple[int, int, int, int]
) -> None:
    over = replace(ROOM, geometry=place)
    screens.choose_room(ROOM)
    screens.now = (LAPTOP, over)
    assert names(screens) == ("Laptop", "")
    assert screens.arrangement.shared
    screens.now = (LAPTOP, over, DESK)
    assert names(screens) == ("Laptop", "")
    assert [screens.arrangement.can_be_rooms(one) for one in screens.now] == [False, False, True]


def test_of_three_screens_the_chair_says_which_is_the_rooms_and_it_is_remembered(screens: DrivenScreens) -> None:
    screens.now = (LAPTOP, ROOM, DESK)
    assert names(screens) == ("Laptop", "")
    screens.choose_room(ROOM)
    confirmed(screens)
    screens.now = (LAPTOP, DESK)
    assert names(screens) == ("Laptop", "Desk")
    screens.now = (LAPTOP, DESK, replace(ROOM, geometry=(-1920, 0, 1920, 1080)))
    assert names(screens) == ("Laptop", "Room 2")


def test_a_closed_lid_leaves_no_room_and_never_makes_its_screen_the_chairs_while_there_is_another(
    screens: DrivenScreens,
) -> None:
    confirmed(screens)
    screens.now = (replace(ROOM, primary=True),)
    assert names(screens) == ("Room 2", "")
    screens.now = (replace(ROOM, primary=True), DESK)
    assert names(screens) == ("Desk", "Room 2")
    screens.now = ()
    assert names(screens) == ("", "")
    assert not screens.confirm(screens.arrangement)


def test_no_two_screens_are_called_alike(screens: DrivenScreens) -> None:
    screens.now = tuple(replace(one, model="EB-2250") for one in (LAPTOP, ROOM, DESK))
    now = screens.arrangement
    assert len({now.label(one) for one in now.screens}) == 3


# The door


class Paints(QObject):
    """Counts what is painted on a window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.count = 0
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


@pytest.fixture
def door(screens: DrivenScreens) -> Iterator[PrivateWindows]:
    door = PrivateWindows(screens, ())
    confirmed(screens)
    yield door
    door.remove()


@pytest.mark.parametrize("kind", [QDialog, QMessageBox])
def test_a_form_opened_behind_a_shut_door_is_never_painted_and_comes_back(
    door: PrivateWindows, qtbot: QtBot, kind: type[QDialog]
) -> None:
    form = kind()
    qtbot.addWidget(form)
    painted = Paints(form)
    form.open()
    qtbot.waitUntil(lambda: not form.isVisible())
    assert QApplication.activeModalWidget() is None, "nothing waits for what nobody sees"
    assert painted.count == 0
    door.open()
    door.let_back()
    qtbot.waitUntil(lambda: painted.count > 0)
    assert form.isModal()
    door.shut()
    assert not form.isVisible()


def test_a_form_closed_while_it_is_held_back_stays_closed(door: PrivateWindows, qtbot: QtBot) -> None:
    form = QDialog()
    qtbot.addWidget(form)
    form.open()
    qtbot.waitUntil(lambda: not form.isVisible())
    form.reject()
    door.open()
    door.let_back()
    assert not form.isVisible()


def test_a_message_that_waits_holds_up_nothing_behind_a_shut_door(door: PrivateWindows, qtbot: QtBot) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    painted = Paints(box)
    box.exec()
    assert QApplication.activeModalWidget() is None
    assert painted.count == 0


def test_a_question_that_waits_is_not_answered_when_the_door_shuts(door: PrivateWindows, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    door.open()
    QTimer.singleShot(50, door.shut)
    assert QInputDialog.getItem(parent, "LeadDesk", "Which?", ["One"])[1] is False
    assert QInputDialog.getItem(parent, "LeadDesk", "Which?", ["One"])[1] is False, "nor behind the shut door"


@pytest.mark.parametrize("place", [QRect(900, 100, 640, 480), QRect(100, 100, 1400, 480), QRect(1500, 100, 640, 480)])
def test_a_window_that_is_dragged_or_grows_onto_another_screen_has_strayed(
    door: PrivateWindows, qtbot: QtBot, place: QRect
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    door.open()
    window.setGeometry(100, 100, 640, 480)
    window.show()
    with qtbot.waitSignal(door.strayed):
        window.setGeometry(place)


def test_a_window_opened_on_the_rooms_screen_is_shown_on_the_chairs(
    door: PrivateWindows, screens: DrivenScreens, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    door.open()
    window.setGeometry(1500, 100, 3000, 480)
    window.show()
    assert screens.arrangement.is_mine_alone(window.geometry())
    assert not window.geometry().intersects(ROOM.rect)


def test_a_word_without_end_makes_no_window_wider_than_its_screen(
    door: PrivateWindows, screens: DrivenScreens, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    words = QLabel("x")
    QVBoxLayout(window).addWidget(words)
    door.open()
    mine = screens.arrangement.mine
    assert mine is not None
    screens.put(window, mine)
    window.show()
    with qtbot.assertNotEmitted(door.strayed, wait=20):
        words.setText("x" * 3000)
    assert window.isVisible()
    assert screens.arrangement.is_mine_alone(window.geometry())


def test_a_window_opened_after_an_unseen_change_is_held_back(
    door: PrivateWindows, screens: DrivenScreens, qtbot: QtBot
) -> None:
    door.open()
    window = QDialog()
    qtbot.addWidget(window)
    painted = Paints(window)
    screens.now = (LAPTOP,)
    with qtbot.waitSignal(screens.changed, timeout=200):
        window.show()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert painted.count == 0


# The cover


def test_the_cover_is_worked_by_keyboard_and_every_choice_has_a_name(screens: DrivenScreens, qtbot: QtBot) -> None:
    screens.now = (LAPTOP, ROOM, DESK)
    cover = Cover()
    qtbot.addWidget(cover)
    cover.room_chosen.connect(screens.choose_room)
    cover.say("The screens have changed", screens.arrangement)
    cover.show()
    choices = {each.accessibleName(): each for each in cover.findChildren(QRadioButton)}
    assert set(choices) >= {"Laptop is mine", "Desk is the room's", "No screen is the room's"}
    assert not choices["Laptop is the room's"].isVisible()
    assert choices["Laptop is mine"].isChecked()
    choices["Desk is the room's"].setFocus()
    QTest.keyClick(choices["Desk is the room's"], Qt.Key.Key_Space)
    assert names(screens) == ("Laptop", "Desk")
    cover.say("The screens have changed", screens.arrangement)
    (go_on,) = cover.findChildren(QPushButton)
    assert go_on.accessibleName() == "These are my screens: go on"
    assert "The room sees Desk." in go_on.accessibleDescription()
    with qtbot.waitSignal(cover.restored):
        QTest.keyClick(go_on, Qt.Key.Key_Space)


def test_screens_that_come_and_go_leave_no_choice_behind(screens: DrivenScreens, qtbot: QtBot) -> None:
    cover = Cover()
    qtbot.addWidget(cover)
    for now in ((LAPTOP, ROOM, DESK), (LAPTOP, ROOM), (LAPTOP,), (LAPTOP, DESK)):
        screens.now = now
        cover.say("The screens have changed", screens.arrangement)
        cover.show()
        assert not [window for window in QApplication.topLevelWidgets() if isinstance(window, QRadioButton)
                    and window.isVisible()]  # fmt: skip
        assert len([each for each in cover.findChildren(QRadioButton) if each.isVisible()]) == (
            2 * len(now) if len(now) > 1 else 0
        )


# The workplace


@pytest.fixture
def place(tmp_path: Path, screens: DrivenScreens) -> Iterator[Workplace]:
    light = Theme.load(ThemeName.LIGHT)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply(application, light)
    desk = make_desk(tmp_path / "desk")
    place = Workplace(desk, desk.do(meetings.at_hand), (light, light), lambda: NOON, screens)
    place.open()
    yield place
    place.close()
    desk.lock()
    QApplication.processEvents()


def test_the_chair_confirms_only_what_the_cover_showed(place: Workplace, screens: DrivenScreens) -> None:
    assert not place.console.isVisible()
    screens.now = (LAPTOP,)
    place.cover.restored.emit()
    assert not place.console.isVisible(), "the screens changed between the look and the click"
    place.cover.restored.emit()
    assert place.console.isVisible()
    assert not place.projector.isVisible()
    screens.now = (LAPTOP, ROOM)
    screens.look()
    assert not place.console.isVisible()
    place.cover.restored.emit()
    assert place.projector.geometry() == ROOM.rect


def chips(place: Workplace) -> list[str]:
    """What the bar and the stage say of the projector."""
    words = [chip.accessibleName() for chip in place.console.findChildren(Chip) if chip.isVisible()]
    return [said for said in words if said in {"No second screen", "Idle card"}]


def test_the_chair_is_told_that_nothing_is_projected_while_there_is_no_second_screen(
    place: Workplace, screens: DrivenScreens
) -> None:
    screens.now = (LAPTOP,)
    screens.look()
    place.cover.restored.emit()
    assert chips(place) == ["No second screen", "No second screen"]
    screens.now = (LAPTOP, ROOM)
    screens.look()
    place.cover.restored.emit()
    assert chips(place) == ["Idle card", "Idle card"]


def test_a_signers_page_is_hidden_too_and_comes_back_alone(place: Workplace, screens: DrivenScreens) -> None:
    place.cover.restored.emit()
    page = QWidget()
    place.hand_over(page)
    form = QDialog(place.console)
    form.show()
    QApplication.processEvents()
    assert page.isVisible()
    assert not form.isVisible(), "what is opened behind a signer waits"
    screens.alarm()
    assert not page.isVisible()
    place.cover.restored.emit()
    assert page.isVisible()
    assert not place.console.isVisible()
    assert not form.isVisible()
    place.take_back(page)
    assert place.console.isVisible()
    assert form.isVisible()


def test_the_console_on_the_rooms_screen_is_hidden_and_comes_back_home(place: Workplace, qtbot: QtBot) -> None:
    place.cover.restored.emit()
    place.console.move(900, 0)
    qtbot.waitUntil(lambda: not place.console.isVisible())
    assert not place.projector.isVisible()
    assert place.cover.isVisible()
    place.cover.restored.emit()
    assert place.console.isVisible()
    assert not place.console.geometry().intersects(ROOM.rect)
