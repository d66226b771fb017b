"""The private side shows what is withheld and why, and turns fixes and outcomes into signals."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.policy.views import Mark, Marked
from leaddesk.ui.console.action_line import ActionLine
from leaddesk.ui.console.chips import Chip
from leaddesk.ui.console.private import PrivatePanel
from leaddesk.ui.theme import Theme
from tests.ui.console.looking import caught, the
from tests.ui.console.sample import SIDE, WITHHELD


@pytest.fixture
def panel(qtbot: QtBot, light: Theme) -> PrivatePanel:
    made = PrivatePanel(light)
    qtbot.addWidget(made)
    made.resize(517, 632)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_side(SIDE)
    return made


def said(panel: PrivatePanel) -> set[str]:
    QApplication.processEvents()
    return {label.text() for label in panel.findChildren(QLabel) if label.isVisible()}


def button(panel: PrivatePanel, name: str) -> QAbstractButton:
    return next(each for each in panel.findChildren(QAbstractButton) if each.accessibleName() == name)


def test_it_shows_everything_that_the_view_holds(panel: PrivatePanel) -> None:
    words = said(panel)
    assert {"Angela Brooks", "flagged by T. Bell", "Court", "Municipal, 14 May. Ask: one date for both."} <= words
    assert {row.what for row in WITHHELD} | {row.why for row in WITHHELD} <= words
    assert {"Bell: return the ID card", "4 May", "overdue, carried 2 times", "3 open"} <= words
    assert "room reads: Complete the form" in words
    assert the(Chip, panel).accessibleName() == "P-7K3F"
    assert the(QLineEdit, panel).text() == "Ask about Thursday mornings."


def test_a_fix_is_asked_for_with_what_it_is_made_to(panel: PrivatePanel, qtbot: QtBot) -> None:
    asked = caught(panel.fix_asked)
    QTest.keyClick(button(panel, "Ask for a release"), Qt.Key.Key_Space)
    assert asked == [(WITHHELD[1].fixes[0],)]


def test_what_has_no_fix_stays_private_and_has_no_button(panel: PrivatePanel) -> None:
    names = {each.objectName() for each in panel.findChildren(QAbstractButton)}
    assert {"fix 0 0", "fix 1 0"} <= names
    assert "fix 2 0" not in names
    assert "stays private" in said(panel)


def test_nothing_withheld_leaves_no_card(panel: PrivatePanel) -> None:
    panel.show_side(replace(SIDE, withheld=()))
    assert "Withheld from the room, and why" not in said(panel)


def test_until_it_is_known_what_is_withheld_the_card_says_so_and_keeps_the_focus_for_it(panel: PrivatePanel) -> None:
    name = next(one.accessibleName() for one in panel.findChildren(QPushButton) if one.objectName() == "fix 0 0")
    button(panel, name).setFocus()
    panel.show_side(replace(SIDE, withheld=(), working=True))
    assert "Working it out…" in said(panel)
    panel.show_side(SIDE)
    assert "Working it out…" not in said(panel)
    assert button(panel, name).hasFocus()


def test_a_row_opens_by_the_keyboard_to_what_it_stands_for_and_stays_open(panel: PrivatePanel, qtbot: QtBot) -> None:
    opener = button(panel, "Show 2 rows: Name and progress")
    assert "Interview is on 12 May." not in said(panel)
    opener.setFocus()
    QTest.keyClick(opener, Qt.Key.Key_Space)
    told = {"Interview is on 12 May.", "room reads: In regular contact.", "room reads: P-7K3F"}
    assert told <= said(panel)
    assert button(panel, "Hide them: Name and progress").hasFocus()
    panel.show_side(replace(SIDE, withheld=WITHHELD[:2]))
    assert told <= said(panel)
    QTest.keyClick(button(panel, "Hide them: Name and progress"), Qt.Key.Key_Space)
    assert not told & said(panel)


def test_the_words_of_a_row_can_be_written_anew_for_the_room(panel: PrivatePanel, qtbot: QtBot) -> None:
    asked = caught(panel.reword_asked)
    QTest.keyClick(button(panel, "Show 2 rows: Name and progress"), Qt.Key.Key_Space)
    QTest.keyClick(button(panel, "Reword it for the room"), Qt.Key.Key_Space)
    assert asked == [(WITHHELD[0].parts[1],)]


def test_the_box_of_an_open_action_asks_for_done_and_of_a_done_one_for_open(
    panel: PrivatePanel, qtbot: QtBot
) -> None:
    asked = caught(panel.outcome_asked)
    QTest.keyClick(button(panel, "Okafor: housing form: open"), Qt.Key.Key_Space)
    done = replace(SIDE.actions[1], state=Marked(mark=Mark.DONE, words="done"))
    panel.show_side(replace(SIDE, actions=(SIDE.actions[0], done)))
    button(panel, "Okafor: housing form: done").click()
    assert asked == [("c2", Mark.DONE), ("c2", Mark.OPEN)]
    assert "1 open" in said(panel)


def test_every_outcome_is_in_the_menu_of_an_action(panel: PrivatePanel) -> None:
    asked = caught(panel.outcome_asked)
    menu = the(QPushButton, panel, "Okafor: housing form: outcome").menu()
    assert [action.text() for action in menu.actions()] == ["Done", "Not possible", "Not done", "Open"]
    for action in menu.actions():
        action.trigger()
    assert asked == [("c2", Mark.DONE), ("c2", Mark.NOT_POSSIBLE), ("c2", Mark.NOT_DONE)]


def test_what_the_room_reads_nothing_of_says_so(panel: PrivatePanel) -> None:
    panel.show_side(replace(SIDE, actions=(replace(SIDE.actions[0], room_reads="", carried=1, state=None),)))
    assert {"the room reads nothing of it", "carried once"} <= said(panel)


def test_the_focus_stays_on_an_action_that_is_shown_anew(panel: PrivatePanel) -> None:
    button(panel, "Okafor: housing form: open").setFocus()
    done = replace(SIDE.actions[1], state=Marked(mark=Mark.DONE, words="done"))
    panel.show_side(replace(SIDE, actions=(SIDE.actions[0], done, SIDE.actions[2])))
    assert button(panel, "Okafor: housing form: done").hasFocus()


def test_a_hundred_actions_are_made_a_few_at_a_time_and_walked_in_their_order(
    panel: PrivatePanel, qtbot: QtBot
) -> None:
    many = tuple(replace(SIDE.actions[1], id=f"c{number}", what=f"Call {number}") for number in range(100))
    panel.show_side(replace(SIDE, actions=many))
    assert 0 < len(panel.findChildren(ActionLine)) < 10
    assert "100 open" in said(panel)
    qtbot.waitUntil(lambda: len(panel.findChildren(ActionLine)) == 100)
    kept = panel.findChild(ActionLine, "action c98")
    done = replace(many[3], state=Marked(mark=Mark.DONE, words="done"))
    panel.show_side(replace(SIDE, actions=(*many[:3], done, *many[4:])))
    QApplication.processEvents()
    assert panel.findChild(ActionLine, "action c98") is kept
    panel.focus_actions()
    for number in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.objectName() == f"action c{number}"
        if number % 2:
            QTest.keyClick(focused, Qt.Key.Key_Down)
            continue
        for _ in range(3):
            now = QApplication.focusWidget()
            assert now is not None
            QTest.keyClick(now, Qt.Key.Key_Tab)


def test_a_note_that_is_being_typed_is_not_overwritten_by_what_was_read_before(
    panel: PrivatePanel, qtbot: QtBot
) -> None:
    changed = caught(panel.note_changed)
    note = the(QLineEdit, panel)
    note.setFocus()
    note.selectAll()
    QTest.keyClicks(note, "Hi")
    panel.show_side(replace(SIDE, flagged_by=""))
    assert note.text() == "Hi"
    assert changed == [("H",), ("Hi",)]
    panel.show_side(replace(SIDE, title="Lakeside Park", code="", note=""))
    assert note.text() == ""


def test_markup_in_a_view_is_shown_as_it_stands(panel: PrivatePanel) -> None:
    panel.show_side(replace(SIDE, title="<b>Angela</b>"))
    title = next(label for label in panel.findChildren(QLabel) if label.text() == "<b>Angela</b>")
    assert title.textFormat() is Qt.TextFormat.PlainText
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in panel.findChildren(QLabel) if label.text())
