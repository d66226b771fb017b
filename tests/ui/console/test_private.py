"""The private side shows what is withheld and why, and turns fixes and outcomes into signals."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from leaddesk.policy.views import Mark, Marked
from leaddesk.ui.console.action_delegate import Part
from leaddesk.ui.console.action_list import ActionView
from leaddesk.ui.console.chips import Chip
from leaddesk.ui.console.private import PrivatePanel
from leaddesk.ui.theme import Theme
from tests.ui.console.looking import caught, the, too_wide
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


def view(panel: PrivatePanel) -> ActionView:
    return the(ActionView, panel)


def part(panel: PrivatePanel, row: int, of: Part) -> QPoint:
    """The middle of what can be clicked on an action's line."""
    QApplication.processEvents()
    index = view(panel).lines.index(row)
    return view(panel).delegate.part_rect(of, view(panel).visualRect(index), view(panel).lines.rows[row]).center()


def told_lines(panel: PrivatePanel) -> list[str]:
    """What a screen reader says of each action."""
    model = view(panel).model()
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def test_it_shows_everything_that_the_view_holds(panel: PrivatePanel) -> None:
    words = said(panel)
    assert {"Angela Brooks", "flagged by T. Bell", "Court", "Municipal, 14 May. Ask: one date for both."} <= words
    assert {row.what for row in WITHHELD} | {row.why for row in WITHHELD} <= words
    assert "3 open" in words
    assert told_lines(panel)[:2] == [
        "Action: Bell: return the ID card, due 4 May, open, overdue, carried 2 times, room reads: Return the ID card",
        "Action: Okafor: housing form, due 20 May, open, room reads: Complete the form",
    ]
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
    QTest.mouseClick(view(panel).viewport(), Qt.MouseButton.LeftButton, pos=part(panel, 1, Part.BOX))
    done = replace(SIDE.actions[1], state=Marked(mark=Mark.DONE, words="done"))
    panel.show_side(replace(SIDE, actions=(SIDE.actions[0], done)))
    QTest.keyClick(view(panel), Qt.Key.Key_Space)
    assert asked == [("c2", Mark.DONE), ("c2", Mark.OPEN)]
    assert "1 open" in said(panel)


def test_a_key_closes_the_action_that_has_the_focus_and_none_asks_for_what_is_so(panel: PrivatePanel) -> None:
    asked = caught(panel.outcome_asked)
    panel.focus_actions()
    for key in (Qt.Key.Key_D, Qt.Key.Key_Down, Qt.Key.Key_P, Qt.Key.Key_N, Qt.Key.Key_O):
        QTest.keyClick(view(panel), key)
    assert asked == [("c1", Mark.DONE), ("c2", Mark.NOT_POSSIBLE), ("c2", Mark.NOT_DONE)]


def test_every_outcome_is_in_the_menu_of_an_action(panel: PrivatePanel, qtbot: QtBot) -> None:
    asked = caught(panel.outcome_asked)
    panel.focus_actions()
    QTest.keyClick(view(panel), Qt.Key.Key_Down)
    for _ in range(2):
        QTest.keyClick(view(panel), Qt.Key.Key_Return)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert menu.accessibleName() == "Okafor: housing form: outcome"
        assert [action.text() for action in menu.actions()] == ["Done", "Not possible", "Not done", "Open"]
        for action in menu.actions():
            action.trigger()
        menu.close()
    assert asked == 2 * [("c2", Mark.DONE), ("c2", Mark.NOT_POSSIBLE), ("c2", Mark.NOT_DONE)]
    QTest.mouseClick(view(panel).viewport(), Qt.MouseButton.LeftButton, pos=part(panel, 0, Part.MORE))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.accessibleName() == "Bell: return the ID card: outcome"
    menu.close()


def test_what_can_be_clicked_says_what_it_does(panel: PrivatePanel, qtbot: QtBot) -> None:
    done = replace(SIDE.actions[1], state=Marked(mark=Mark.DONE, words="done"))
    panel.show_side(replace(SIDE, actions=(SIDE.actions[0], done)))
    QApplication.processEvents()
    words = {0: "Done", 1: "Open again"}
    for row, told in words.items():
        for of, expected in ((Part.BOX, told), (Part.MORE, "Done, not possible or not done")):
            here = part(panel, row, of)
            viewport = view(panel).viewport()
            QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, here, viewport.mapToGlobal(here)))
            assert QToolTip.text() == expected
    elsewhere = part(panel, 0, Part.BOX) + QPoint(60, 0)
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, elsewhere, viewport.mapToGlobal(elsewhere)))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_what_the_room_reads_nothing_of_says_so(panel: PrivatePanel) -> None:
    panel.show_side(replace(SIDE, actions=(replace(SIDE.actions[0], room_reads="", carried=1, state=None),)))
    (told,) = told_lines(panel)
    assert told == ("Action: Bell: return the ID card, due 4 May, open, carried once, the room reads nothing of it")


def test_the_focus_stays_on_an_action_that_is_shown_anew(panel: PrivatePanel) -> None:
    panel.focus_actions()
    QTest.keyClick(view(panel), Qt.Key.Key_Down)
    done = replace(SIDE.actions[1], state=Marked(mark=Mark.DONE, words="done"))
    panel.show_side(replace(SIDE, actions=(SIDE.actions[0], SIDE.actions[2], done)))
    assert view(panel).hasFocus()
    assert view(panel).current == done
    panel.show_side(replace(SIDE, actions=SIDE.actions[:1]))
    assert view(panel).current == SIDE.actions[0], "where it was, as near as can be"


def test_two_hundred_actions_are_one_list_that_is_walked_in_their_order(panel: PrivatePanel, qtbot: QtBot) -> None:
    before = len(panel.findChildren(QWidget))
    many = tuple(replace(SIDE.actions[1], id=f"c{number}", what=f"Call {number}") for number in range(200))
    panel.show_side(replace(SIDE, actions=many))
    QApplication.processEvents()
    assert len(panel.findChildren(QWidget)) <= before, "a widget for each would hold a key up"
    assert "200 open" in said(panel)
    panel.focus_actions()
    scroll = the(QScrollArea, panel, "Private side")
    for number in range(30):
        current = view(panel).current
        assert current is not None
        assert current.id == f"c{number}"
        line = view(panel).visualRect(view(panel).currentIndex())
        corners = [
            view(panel).viewport().mapTo(scroll.viewport(), one) for one in (line.topLeft(), line.bottomLeft())
        ]
        assert all(0 <= corner.y() < scroll.viewport().height() for corner in corners), "it is always in view"
        QTest.keyClick(view(panel), Qt.Key.Key_Down)


def test_keys_that_are_not_the_list_s_are_left_to_the_window(panel: PrivatePanel) -> None:
    asked = caught(panel.outcome_asked)
    panel.focus_actions()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_End, Qt.Key.Key_B):
        QTest.keyClick(view(panel), key)
        assert view(panel).current == SIDE.actions[0]
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view(panel), event)
    assert not event.isAccepted()
    assert asked == []


def test_actions_that_are_being_gathered_are_never_those_of_another_item(panel: PrivatePanel) -> None:
    gathering = replace(SIDE, actions=(), gathering=True)
    panel.show_side(replace(gathering, note="of the same item"))
    assert view(panel).lines.rows == SIDE.actions, "its lines stay until they are known anew"
    panel.show_side(replace(gathering, item="another"))
    assert view(panel).lines.rows == ()
    assert "Working it out…" in said(panel)
    panel.show_side(replace(SIDE, item="another"))
    assert view(panel).lines.rows == SIDE.actions
    assert "Working it out…" not in said(panel)


def test_a_long_action_is_told_whole_at_any_width(panel: PrivatePanel) -> None:
    long = replace(SIDE.actions[0], what="Ask the clinic and the court " * 6, id="long")
    panel.show_side(replace(SIDE, actions=(long, SIDE.actions[1])))
    QApplication.processEvents()
    wide = view(panel).height()
    panel.resize(330, 632)
    QApplication.processEvents()
    assert view(panel).height() > wide
    first, second = (view(panel).visualRect(view(panel).model().index(row, 0)) for row in range(2))
    assert first.bottom() < second.top()
    assert second.bottom() < view(panel).height()


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


def test_a_code_stands_beside_its_name_or_under_a_long_one_and_cuts_nothing(light: Theme, qtbot: QtBot) -> None:
    panel = PrivatePanel(light)
    qtbot.addWidget(panel)
    panel.resize(513, 600)
    panel.show()
    long = "Maximiliana Theodora Wolfeschlegelsteinhausen-Bergerdorff Featherstone"

    def is_under() -> bool:
        return panel._code.y() > panel._title.geometry().bottom()

    panel.show_side(replace(SIDE, title=long, code="P-7K3F"))
    qtbot.waitUntil(is_under)
    assert list(too_wide(panel)) == []
    panel.show_side(replace(SIDE, title="Ana Alvarez", code="P-7K3F"))
    qtbot.waitUntil(lambda: not is_under())
    assert list(too_wide(panel)) == []
