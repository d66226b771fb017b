"""LeadDesk looks as its user chose on this computer, or as the system, and changes while it is open."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from typing_extensions import override

from leaddesk import paths
from leaddesk.application import Application, now
from leaddesk.policy.desk_views import EntryKind
from leaddesk.services import meetings
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Unit
from leaddesk.ui.appearance import CHOICES, Appearance, System, TextSize, nearest
from leaddesk.ui.console.keys import KEYS, Command, Section
from leaddesk.ui.console.parts import px
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.theme import BODY_POINTS, ThemeName, body_font, font_scale


class DrivenSystem(System):
    """A system whose settings a test changes."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.now, self.letters = ThemeName.LIGHT, 1.0

    @property
    @override
    def theme(self) -> ThemeName:
        return self.now

    @property
    @override
    def scale(self) -> float:
        return self.letters

    def change(self, theme: ThemeName, letters: float = 1.0) -> None:
        self.now, self.letters = theme, letters
        self.changed.emit()


@pytest.fixture
def system(qapp: QApplication) -> DrivenSystem:
    return DrivenSystem(qapp)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "settings" / "settings.json"
    monkeypatch.setattr(paths, "_settings", lambda: file)
    return file


@pytest.fixture
def start(
    demo: Path, tmp_path: Path, settings: Path, system: DrivenSystem, qapp: QApplication
) -> Iterator[Callable[[], Application]]:
    """Starts LeadDesk, again and again on the same computer."""
    shutil.copytree(demo, tmp_path / "desk")
    started: list[Application] = []

    def anew() -> Application:
        application = Application(tmp_path / "desk", now, system)
        started.append(application)
        application.start()
        return application

    yield anew
    for application in started:
        application.lock()
        application.unlock.close()
        application.unlock.deleteLater()
    qapp.setFont(body_font())


def opened(application: Application, qtbot: QtBot) -> DeskWindows:
    application.unlock.unlock_asked.emit(PASSPHRASE)
    qtbot.waitUntil(lambda: application.windows is not None, timeout=60_000)
    assert application.windows is not None
    application.windows.workplace.cover.restored.emit()
    return application.windows


def ground(picture: QImage) -> str:
    return picture.pixelColor(picture.width() - 2, picture.height() // 2).name()


def offered(windows: DeskWindows) -> list[str]:
    return [button.accessibleName() for button in windows.workplace.console.notice.findChildren(QPushButton)]


def checked(menu: QMenu) -> list[str]:
    return [action.text().split("\t")[0] for action in menu.actions() if action.isChecked()]


def test_a_choice_is_painted_at_once_in_both_windows_and_kept_for_the_next_start(
    start: Callable[[], Application], settings: Path, qtbot: QtBot
) -> None:
    application = start()
    place = opened(application, qtbot).workplace
    before = ground(place.console.grab().toImage()), ground(place.projector.grab().toImage())
    place.console.carry_out(Command.CONSOLE_DARK)
    assert ground(place.console.grab().toImage()) != before[0]
    assert ground(place.projector.grab().toImage()) == before[1]
    place.console.carry_out(Command.PROJECTOR_DARK)
    assert ground(place.projector.grab().toImage()) != before[1]
    kept = json.loads(settings.read_text(encoding="utf-8"))
    assert kept["appearance"] == {"console": "dark", "projector": "dark", "text": None}
    application.lock()
    again = start()
    themes = opened(again, qtbot)._themes
    assert [theme.name for theme in themes] == [ThemeName.DARK, ThemeName.DARK]


def test_a_choice_stays_with_the_next_meeting_and_the_next_user_of_the_desk(
    start: Callable[[], Application], qtbot: QtBot
) -> None:
    application = start()
    windows = opened(application, qtbot)
    windows.workplace.console.carry_out(Command.CONSOLE_CONTRAST)
    after = windows.at(windows.meeting)
    assert after.workplace.console.theme.name is ThemeName.HIGH_CONTRAST
    application.windows = after


def test_nothing_of_it_is_written_on_the_desk(start: Callable[[], Application], qtbot: QtBot) -> None:
    windows = opened(start(), qtbot)
    console, before = windows.workplace.console, windows.desk.do(Unit.head)
    for command in CHOICES:
        if not command.value.startswith("text"):
            console.carry_out(command)
    assert windows.desk.do(Unit.head) == before


def test_it_can_be_chosen_before_a_desk_is_open(start: Callable[[], Application], settings: Path) -> None:
    application = start()
    light = ground(application.unlock.grab().toImage())
    dark = next(one for one in application.unlock.appearance.actions() if one.text() == "Console dark")
    dark.trigger()
    assert ground(application.unlock.grab().toImage()) != light
    assert checked(application.unlock.appearance) == [
        "Console dark", "Projector light", "Text as large as the system’s"
    ]  # fmt: skip
    assert json.loads(settings.read_text(encoding="utf-8"))["appearance"]["console"] == "dark"


def test_the_menu_of_the_console_marks_what_is_chosen(start: Callable[[], Application], qtbot: QtBot) -> None:
    console = opened(start(), qtbot).workplace.console
    menu = next(one for one in console.menu.findChildren(QMenu) if one.accessibleName() == Section.APPEARANCE.value)
    assert checked(menu) == ["Console as the system", "Projector light", "Text as large as the system’s"]
    next(one for one in menu.actions() if one.text().startswith("Console light")).trigger()
    assert checked(menu) == ["Console light", "Projector light", "Text as large as the system’s"]
    # Choosing it again does not take it back.
    next(one for one in menu.actions() if one.text().startswith("Console light")).trigger()
    assert "Console light" in checked(menu)


def test_as_the_system_follows_the_system_while_leaddesk_is_open_and_a_choice_does_not(
    start: Callable[[], Application], system: DrivenSystem, qtbot: QtBot
) -> None:
    windows = opened(start(), qtbot)
    console, seen = windows.workplace.console, list[ThemeName]()
    steps: tuple[Callable[[], None], ...] = (
        lambda: system.change(ThemeName.DARK),
        lambda: console.carry_out(Command.CONSOLE_LIGHT),
        lambda: system.change(ThemeName.HIGH_CONTRAST),
        lambda: console.carry_out(Command.CONSOLE_AS_SYSTEM),
    )
    for step in steps:
        step()
        seen.append(console.theme.name)
    assert seen == [ThemeName.DARK, ThemeName.LIGHT, ThemeName.LIGHT, ThemeName.HIGH_CONTRAST]


def test_what_the_system_says_is_the_nearest_theme() -> None:
    none, high = Qt.ContrastPreference.NoPreference, Qt.ContrastPreference.HighContrast
    assert nearest(Qt.ColorScheme.Unknown, none) is ThemeName.LIGHT
    assert nearest(Qt.ColorScheme.Light, none) is ThemeName.LIGHT
    assert nearest(Qt.ColorScheme.Dark, none) is ThemeName.DARK
    assert nearest(Qt.ColorScheme.Unknown, high) is ThemeName.HIGH_CONTRAST
    assert nearest(Qt.ColorScheme.Light, high) is ThemeName.HIGH_CONTRAST
    assert nearest(Qt.ColorScheme.Dark, high) is ThemeName.HIGH_CONTRAST_DARK


def test_the_system_tells_that_its_colors_have_changed(qapp: QApplication, qtbot: QtBot) -> None:
    real = System(qapp)
    with qtbot.waitSignal(real.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    with qtbot.waitSignal(real.changed):
        qapp.styleHints().accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    with qtbot.waitSignal(real.changed):
        qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert 1 <= real.scale <= 2


def test_the_unlock_window_is_made_anew_for_larger_letters(
    start: Callable[[], Application], system: DrivenSystem, qtbot: QtBot
) -> None:
    application = start()
    before = application.unlock
    system.change(ThemeName.LIGHT, letters=1.5)
    qtbot.waitUntil(lambda: application.unlock is not before)
    assert application.unlock.isVisible()
    assert application.unlock.passphrase.minimumHeight() == 72


def test_windows_follow_the_applications_font_at_once_where_nothing_is_under_way(
    start: Callable[[], Application], qtbot: QtBot, qapp: QApplication
) -> None:
    application = start()
    windows = opened(application, qtbot)
    windows.workplace.controller.live.do(meetings.close_meeting, windows.meeting)
    assert not windows.meeting_open
    windows.workplace.console.go_to(PageName.PEOPLE)
    font = QFont(qapp.font())
    font.setPointSizeF(2 * BODY_POINTS)
    qapp.setFont(font)
    qtbot.waitUntil(lambda: application.windows is not windows)
    assert application.windows is not None
    console = application.windows.workplace.console
    assert px(console, 8) == 16
    assert console.page is PageName.PEOPLE
    assert application.windows.workplace.projector is windows.workplace.projector


def test_an_open_meeting_is_offered_new_windows_for_larger_letters_and_keeps_what_was_typed(
    start: Callable[[], Application], system: DrivenSystem, qtbot: QtBot
) -> None:
    application = start()
    windows = opened(application, qtbot)
    windows.workplace.console.meeting.entry.restore(EntryKind.UPDATE, "Bell calls the clinic")
    system.change(ThemeName.LIGHT, letters=2)
    assert font_scale() == 2
    qtbot.waitUntil(lambda: "New windows" in offered(windows))
    assert application.windows is windows
    windows.workplace.console.carry_out(Command.TAKE_UP)
    assert application.windows is not None
    assert application.windows is not windows
    assert application.windows.meeting_open
    assert application.windows.workplace.console.isVisible()
    assert application.windows.workplace.console.meeting.entry.text == "Bell calls the clinic"


def test_letters_are_never_smaller_than_usual_nor_larger_than_there_is_room_for(qapp: QApplication) -> None:
    qapp.setFont(body_font(0.5))
    assert font_scale() == 1
    qapp.setFont(body_font(3))
    assert font_scale() == 2
    qapp.setFont(body_font())


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ({}, Appearance()),
        ({"console": "dark", "projector": "dark", "text": "150"}, Appearance(
            console=ThemeName.DARK, projector=ThemeName.DARK, text=TextSize.LARGER)),
        ({"console": "purple", "projector": None, "text": 150}, Appearance()),
    ],
)  # fmt: skip
def test_what_was_kept_is_read_and_what_is_not_understood_is_as_if_not_chosen(
    kept: dict[str, object], expected: Appearance
) -> None:
    assert Appearance.of(kept) == expected
    assert Appearance.of({**expected.facts}) == expected


def test_every_choice_is_in_the_menu_and_in_the_palette() -> None:
    assert {key.command for key in KEYS if key.section is Section.APPEARANCE} == set(CHOICES)


def test_settings_that_are_no_settings_change_nothing(settings: Path) -> None:
    settings.parent.mkdir(parents=True)
    settings.write_text('{"appearance": ["dark"]}', encoding="utf-8")
    assert paths.appearance() == {}
    paths.remember_appearance(Appearance(console=ThemeName.DARK).facts)
    assert paths.appearance()["console"] == "dark"
