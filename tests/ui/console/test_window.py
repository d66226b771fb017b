"""The window: keys from anywhere, pages, names for a screen reader, and room for everything."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListView, QMenu, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import EntryKind
from leaddesk.ui import theme as themes
from leaddesk.ui.console.entry_text import EntryText
from leaddesk.ui.console.keys import KEYS, Command, Section, cap, key_words
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.sheet import KeysSheet
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.theme import Theme, ThemeName
from tests.ui.console.looking import caught, cut, filled, outside, silent, the
from tests.ui.console.sample import TEXT

K = Qt.Key
README = Path(__file__).parents[3] / "README.md"
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def entry(console: ConsoleWindow) -> EntryText:
    return the(EntryText, console, "Entry")


def agenda(console: ConsoleWindow) -> QListView:
    return the(QListView, console, "Agenda")


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def submenus(console: ConsoleWindow) -> list[QMenu]:
    return [menu for action in console.menu.actions() if isinstance(menu := action.menu(), QMenu)]


def commands_of(console: ConsoleWindow) -> list[str]:
    return [action.text() for menu in submenus(console) for action in menu.actions() if not action.isSeparator()]


def is_compact(console: ConsoleWindow) -> bool:
    return console.meeting.compact


def test_every_command_stands_once_and_no_key_asks_for_two() -> None:
    assert Counter(key.command for key in KEYS) == Counter(Command)
    sequences = Counter(sequence for key in KEYS for sequence in (*key.anywhere, *key.outside_text))
    assert set(sequences.values()) == {1}
    assert cap(Command.SHOW_SELECTED) == "Ctrl+Enter"
    assert cap(Command.ITEM_UP) == ""


def test_the_readme_has_every_key_that_works_anywhere() -> None:
    table = README.read_text(encoding="utf-8").split("### Keys")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| ")]
    kinds = " · ".join(f"Ctrl+{number}" for number in range(1, 8))
    told = re.split(r", then | · |, | ", " ".join(cells).replace("Ctrl+1 … Ctrl+7", kinds).replace("Page ", "Pg"))
    shown = {key_words(sequence).replace("PgDn", "PgDown") for key in KEYS for sequence in key.anywhere}
    assert shown <= set(told)


def test_the_menu_holds_every_command_with_its_key(console: ConsoleWindow) -> None:
    assert commands_of(console) == [
        f"{key.words}\t{key_words(sequences[0]) if (sequences := (*key.anywhere, *key.outside_text)) else ''}"
        for section in Section
        for key in KEYS
        if key.section is section
    ]
    assert {menu.accessibleName() for menu in submenus(console)} <= {*Section}


def test_a_command_is_reached_through_the_menu_by_the_keyboard(console: ConsoleWindow, qtbot: QtBot) -> None:
    asked = caught(console.commanded)
    mark = the(QAbstractButton, console.bar, "Menu")
    QTest.keyClick(mark, K.Key_Space)
    walk_menu(console, "Desk", "Lock")
    assert asked == [(Command.LOCK,)]


def walk_menu(console: ConsoleWindow, section: str, words: str) -> None:
    """Down to a section, into its menu, down to a command, and Enter."""
    menu: QMenu = console.menu
    for wanted, enter in ((section, K.Key_Right), (words, K.Key_Return)):
        for _ in range(40):
            if any(action is menu.activeAction() and action.text().startswith(wanted) for action in menu.actions()):
                break
            QTest.keyClick(menu, K.Key_Down)
        QTest.keyClick(menu, enter)
        menu = next((each for each in submenus(console) if each.title() == wanted), menu)


@pytest.mark.parametrize(
    ("key", "modifiers", "command"),
    [
        (K.Key_PageDown, NONE, Command.NEXT),
        (K.Key_PageUp, NONE, Command.BACK),
        (K.Key_Return, CONTROL, Command.SHOW_SELECTED),
        (K.Key_F8, NONE, Command.WALK_IN),
        (K.Key_F9, NONE, Command.BLANK),
        (K.Key_F7, NONE, Command.FREEZE),
        (K.Key_F6, NONE, Command.WIDEN),
        (K.Key_K, CONTROL, Command.FIND),
        (K.Key_L, CONTROL, Command.LOCK),
        (K.Key_I, CONTROL, Command.CHECK_IN),
    ],
)
def test_keys_work_from_the_middle_of_a_sentence(
    console: ConsoleWindow, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, command: Command
) -> None:
    asked = caught(console.commanded)
    console.meeting.entry.focus()
    QTest.keyClick(entry(console), key, modifiers)
    assert asked == [(command,)]
    assert console.meeting.entry.text == TEXT


def test_space_and_arrows_move_on_only_where_nothing_wants_them(console: ConsoleWindow, qtbot: QtBot) -> None:
    asked = caught(console.commanded)
    QTest.keyClick(entry(console), K.Key_Space)
    QTest.keyClick(entry(console), K.Key_Left)
    assert asked == []
    for key in (K.Key_Space, K.Key_Right, K.Key_Left):
        QTest.keyClick(agenda(console), key)
    assert asked == [(Command.NEXT,), (Command.NEXT,), (Command.BACK,)]


def test_space_presses_the_button_that_has_the_focus(console: ConsoleWindow, qtbot: QtBot) -> None:
    asked = caught(console.commanded)
    lock = the(QAbstractButton, console.bar, "Lock")
    lock.setFocus()
    QTest.keyClick(lock, K.Key_Space)
    assert asked == [(Command.LOCK,)]


def test_arrows_walk_the_agenda_while_somebody_types(console: ConsoleWindow, qtbot: QtBot) -> None:
    chosen, asked = caught(console.meeting.agenda.selected), caught(console.commanded)
    QTest.keyClick(entry(console), K.Key_Down)
    QTest.keyClick(entry(console), K.Key_Up)
    QTest.keyClick(entry(console), K.Key_Up, Qt.KeyboardModifier.KeypadModifier)
    assert chosen == [("i6",), ("i5",), ("i4",)]
    assert asked == []


def test_an_item_is_moved_by_the_keyboard(console: ConsoleWindow, qtbot: QtBot) -> None:
    moved = caught(console.meeting.agenda.moved)
    QTest.keyClick(entry(console), K.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(agenda(console), K.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert moved == [("i5", "i4"), ("i5", "i6")]


def test_the_kind_of_entry_is_chosen_from_anywhere(console: ConsoleWindow, qtbot: QtBot) -> None:
    keys = (K.Key_2, K.Key_3, K.Key_4, K.Key_5, K.Key_6, K.Key_7, K.Key_1)
    for key, kind in zip(keys, [*[*EntryKind][1:], EntryKind.UPDATE], strict=True):
        agenda(console).setFocus()
        QTest.keyClick(agenda(console), key, CONTROL)
        assert console.meeting.entry.kind is kind
        assert entry(console).hasFocus()


def test_undo_in_a_text_is_the_texts_own(console: ConsoleWindow, qtbot: QtBot) -> None:
    asked = caught(console.commanded)
    QTest.keyClicks(entry(console), "!")
    QTest.keyClick(entry(console), K.Key_Z, CONTROL)
    assert asked == []
    agenda(console).setFocus()
    QTest.keyClick(agenda(console), K.Key_Z, CONTROL)
    assert asked == [(Command.UNDO,)]


def test_the_presenters_keys_work_while_people_are_checked_in(console: ConsoleWindow, qtbot: QtBot) -> None:
    console.open_check_in()
    asked = caught(console.commanded)
    assert focused().accessibleName() == "Find somebody by two letters"
    QTest.keyClick(focused(), K.Key_PageDown)
    QTest.keyClick(focused(), K.Key_F8)
    assert asked == [(Command.NEXT,), (Command.WALK_IN,)]
    QTest.keyClick(focused(), K.Key_Escape)
    assert not console.check_in.isVisible()
    assert entry(console).hasFocus()


def test_f1_shows_every_key(console: ConsoleWindow, qtbot: QtBot) -> None:
    QTest.keyClick(entry(console), K.Key_F1)
    sheet = the(KeysSheet, console)
    told = {label.text() for label in sheet.findChildren(QLabel)}
    for key in KEYS:
        assert {key_words(sequence) for sequence in (*key.anywhere, *key.outside_text)} <= told
    assert not list(silent(sheet))
    sheet.close()


def test_a_site_may_have_other_keys(qtbot: QtBot, light: Theme) -> None:
    only = tuple(key for key in KEYS if key.command is Command.NEXT)
    window = ConsoleWindow(light, light, only)
    qtbot.addWidget(window)
    assert commands_of(window) == ["Next page or item\tPgDn"]


def test_the_title_never_says_more_than_the_programs_name(console: ConsoleWindow) -> None:
    assert console.windowTitle() == "LeadDesk"


def test_pages_stand_behind_the_buttons_of_the_rail(console: ConsoleWindow, qtbot: QtBot) -> None:
    asked = caught(console.page_asked)
    assert not console.rail.button(PageName.PLACES).isEnabled()
    page = console.set_page(PageName.PLACES, QWidget)
    assert page.made is None, "nobody has looked at it"
    QTest.keyClick(console.rail.button(PageName.PLACES), K.Key_Space)
    assert asked == [(PageName.PLACES,)]
    places = page.visit()
    assert places.isVisible()
    assert console.page == PageName.PLACES
    QTest.keyClick(places, K.Key_3, CONTROL)
    assert console.meeting.isVisible()
    assert console.rail.button(PageName.MEETING).isChecked()


def test_escape_leads_from_every_page_back_to_where_one_came_from(console: ConsoleWindow) -> None:
    others = [page for page in PageName if page is not PageName.MEETING]
    for page in others:
        console.set_page(page, QLineEdit)
    for page in others:
        console.go_to(page)
        QTest.keyClick(focused(), K.Key_Escape)
        assert console.page is PageName.MEETING, page
        assert focused() is entry(console)
    came_to = []
    console.go_to(PageName.PREPARE)
    console.go_to(PageName.PLACES)
    for _ in range(2):
        QTest.keyClick(focused(), K.Key_Escape)
        came_to.append(console.page)
    assert came_to == [PageName.PREPARE, PageName.MEETING]


def test_escape_closes_check_in_before_it_leaves_a_page(console: ConsoleWindow) -> None:
    console.set_page(PageName.PLACES, QLineEdit)
    console.go_to(PageName.PLACES)
    console.open_check_in()
    QTest.keyClick(console.rail.button(PageName.PLACES), K.Key_Escape)
    assert (console.check_in.isVisible(), console.page) == (False, PageName.PLACES)
    QTest.keyClick(focused(), K.Key_Escape)
    assert console.page is PageName.MEETING


def test_everything_that_takes_the_focus_has_an_accessible_name(console: ConsoleWindow) -> None:
    console.open_check_in()
    assert list(silent(console)) == []


def test_tab_reaches_every_part_and_comes_back(console: ConsoleWindow, qtbot: QtBot) -> None:
    console.meeting.entry.focus()
    start, seen = focused(), list[str]()
    for _ in range(80):
        QTest.keyClick(focused(), K.Key_Tab)
        if focused() is start:
            break
        seen.append(focused().accessibleName())
    assert focused() is start
    assert {"Menu", "Walk-in", "Lock", "Meeting", "Find", "Agenda", "Private side", "Note, yours alone"} <= set(seen)
    assert {"Take after item 8", "Actions on this item", "Class", "About"} <= set(seen)


@pytest.mark.parametrize("size", [(1366, 768), (1366, 700), (1920, 1080), (3840, 2160)])
def test_nothing_is_cut_at_the_sizes_of_real_screens(console: ConsoleWindow, size: tuple[int, int]) -> None:
    console.resize(*size)
    QApplication.processEvents()
    assert (console.width(), console.height()) == size
    assert not console.meeting.compact
    assert list(cut(console)) == []
    assert list(outside(console)) == []


def test_a_small_window_turns_panels_into_tabs_and_back(console: ConsoleWindow) -> None:
    console.resize(900, 600)
    QApplication.processEvents()
    assert is_compact(console)
    assert list(cut(console)) == []
    assert list(outside(console)) == []
    assert console.meeting.agenda.selected_id == "i5"
    console.resize(1366, 768)
    QApplication.processEvents()
    assert not is_compact(console)
    assert console.meeting.stage.isVisible()
    assert list(cut(console)) == []


def test_typing_a_safe_wording_does_not_move_the_stage_sideways(console: ConsoleWindow) -> None:
    before = console.meeting.stage.geometry().left(), console.meeting.stage.width()
    add = next(each for each in console.findChildren(QAbstractButton) if each.text() == "Add a safe wording")
    add.click()
    QApplication.processEvents()
    assert (console.meeting.stage.geometry().left(), console.meeting.stage.width()) == before
    assert list(cut(console)) == []


@pytest.mark.parametrize("name", ThemeName)
def test_the_theme_can_be_changed_while_the_window_is_open(
    console: ConsoleWindow, qapp: QApplication, name: ThemeName
) -> None:
    theme = Theme.load(name)
    themes.apply(qapp, theme)
    console.set_theme(theme)
    image = console.grab().toImage()
    assert image.pixelColor(100, 580).name() == theme.paper.lower()
    assert image.pixelColor(1360, 610).name() == theme.sunken.lower()
    assert image.pixelColor(28, 20).name() == theme.accent.lower()


AT_200_PERCENT = """
import sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabWidget
from leaddesk.ui import theme as themes
from tests.ui.console.looking import cut, filled, outside, silent, the

app = QApplication([])
light = themes.Theme.load(themes.ThemeName.LIGHT)
themes.apply(app, light)
window = filled(light, light)
window.resize(1366, 768)
window.show()
assert QTest.qWaitForWindowExposed(window)
QTest.qWait(1)
assert window.logicalDpiX() == 192, window.logicalDpiX()
assert (window.width(), window.height()) == (1366, 768), window.size()
assert window.meeting.compact
tabs = window.meeting.findChild(QTabWidget)
for number in range(3):
    tabs.setCurrentIndex(number)
    app.processEvents()
    assert list(cut(window)) == [], list(cut(window))
    assert list(outside(window)) == [], list(outside(window))
    assert tabs.currentWidget().height() >= 200
for menu in (window.menu, *(action.menu() for action in window.menu.actions())):
    assert menu.sizeHint().height() <= 768, (menu.title(), menu.sizeHint())
    assert menu.sizeHint().width() <= 1366, (menu.title(), menu.sizeHint())
window.open_check_in()
app.processEvents()
assert list(cut(window)) == [], list(cut(window))
assert list(outside(window)) == [], list(outside(window))
assert list(silent(window)) == []
"""


def test_at_twice_the_font_size_everything_can_still_be_reached(tmp_path: Path) -> None:
    screen = {"name": "small", "x": 0, "y": 0, "width": 1366, "height": 768}
    screen |= {"logicalDpi": 192, "logicalBaseDpi": 192, "dpr": 1}
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    root = Path(__file__).parents[3]
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screens}", "PYTHONPATH": str(root)}
    run = subprocess.run(
        [sys.executable, "-c", AT_200_PERCENT], env=environment, cwd=root, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_a_console_that_was_shown_nothing_is_calm(qtbot: QtBot, light: Theme) -> None:
    window = ConsoleWindow(light, light)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitExposed(window):
        window.show()
    assert list(silent(window)) == []
    assert not window.grab().isNull()


def test_the_sample_is_shown_in_the_dark_as_well(qtbot: QtBot, light: Theme) -> None:
    dark = Theme.load(ThemeName.DARK)
    window = filled(light, dark)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    assert list(cut(window)) == []


def test_the_drawer_is_as_high_as_the_page_whatever_is_said_above(console: ConsoleWindow, qtbot: QtBot) -> None:
    console.open_check_in()
    alone = console.check_in.height()
    console.notice.say("clock", "This computer's clock says 10:12, but the ledger's last entry is of 10:37.")
    qtbot.waitUntil(lambda: console.check_in.height() < alone)
    bottom = console.check_in.mapTo(console, console.check_in.rect().bottomLeft()).y()
    assert bottom == console.height() - 1
    console.notice.say("clock", "")
    qtbot.waitUntil(lambda: console.check_in.height() == alone)
