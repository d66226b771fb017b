"""An agenda is rearranged and timed by keyboard and by mouse, and its headings stand between its items."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from leaddesk.ui.console.agenda_list import AgendaView
from leaddesk.ui.theme import Theme
from tests.ui.console.looking import caught
from tests.ui.console.sample import AGENDA

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, light: Theme) -> AgendaView:
    made = AgendaView(light)
    qtbot.addWidget(made)
    made.resize(320, 640)
    with qtbot.waitExposed(made):
        made.show()
    made.rows.set_rows(AGENDA)
    made.select("i5")
    made.setFocus()
    return made


def middle(view: AgendaView, row: int) -> QPoint:
    return view.visualRect(view.rows.index(row)).center()


def drag(view: AgendaView, start: QPoint, *way: QPoint) -> None:
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    for point in way:
        QTest.mouseMove(view.viewport(), point)
        QApplication.processEvents()


def drop(view: AgendaView, at: QPoint) -> None:
    QTest.mouseRelease(view.viewport(), LEFT, pos=at)


def test_an_item_moves_past_its_neighbor_and_stops_at_both_ends(view: AgendaView) -> None:
    asked = caught(view.moved)
    view.move_current(-1)
    view.move_current(1)
    view.select("i1")
    view.move_current(-1)
    view.select("i11")
    view.move_current(1)
    assert asked == [("i5", "i4"), ("i5", "i6")]


def test_an_item_is_dragged_up_and_down_to_where_the_line_shows(view: AgendaView) -> None:
    asked = caught(view.moved)
    below_the_eighth = middle(view, 7) + QPoint(0, 12)
    drag(view, middle(view, 4), middle(view, 6), below_the_eighth)
    before = view.viewport().grab().toImage()
    drop(view, below_the_eighth)
    assert view.viewport().grab().toImage() != before  # the line is gone
    above_the_second = middle(view, 1) - QPoint(0, 12)
    drag(view, middle(view, 4), middle(view, 2), above_the_second)
    drop(view, above_the_second)
    assert asked == [("i5", "i8"), ("i5", "i2")]
    assert view.current is not None
    assert view.current.id == "i5"


def test_an_item_dragged_to_the_end_takes_the_last_place(view: AgendaView) -> None:
    asked = caught(view.moved)
    under = QPoint(middle(view, 0).x(), view.viewport().height() - 4)
    drag(view, middle(view, 0), middle(view, 5), under)
    drop(view, under)
    assert asked == [("i1", "i11")]


def test_letting_go_where_it_was_moves_nothing_and_a_click_selects(view: AgendaView) -> None:
    asked = caught(view.moved)
    drag(view, middle(view, 4), middle(view, 7), middle(view, 4) - QPoint(0, 6))
    drop(view, middle(view, 4) - QPoint(0, 6))
    drag(view, middle(view, 4), middle(view, 7), middle(view, 5) - QPoint(0, 6))
    drop(view, middle(view, 5) - QPoint(0, 6))
    QTest.mouseClick(view.viewport(), LEFT, pos=middle(view, 2))
    assert view.current is not None
    assert (view.current.id, asked) == ("i3", [])


def test_escape_lets_go_of_what_is_dragged(view: AgendaView) -> None:
    asked = caught(view.moved)
    drag(view, middle(view, 4), middle(view, 7))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    drop(view, middle(view, 7))
    assert asked == []


def test_what_is_held_at_the_edge_scrolls_a_long_agenda(view: AgendaView) -> None:
    view.resize(320, 160)
    QApplication.processEvents()
    view.scrollToTop()
    asked, bar = caught(view.moved), view.verticalScrollBar()
    bottom = QPoint(100, view.viewport().height() - 3)
    drag(view, middle(view, 0), bottom, bottom - QPoint(1, 0), bottom)
    assert bar.value() > 0
    top = QPoint(100, 3)
    for _ in range(40):
        QTest.mouseMove(view.viewport(), top)
        QTest.mouseMove(view.viewport(), top + QPoint(1, 0))
        QApplication.processEvents()
    assert bar.value() == 0
    drop(view, top)
    assert asked == []


def test_digits_set_the_minutes_of_the_selected_item_in_place(view: AgendaView) -> None:
    asked = caught(view.timed)
    QTest.keyClicks(view, "1")
    editor = view.viewport().findChild(QSpinBox)
    assert editor is not None
    assert editor.accessibleName() == "Minutes for P-7K3F"
    QTest.keyClicks(editor, "2")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the editor commits once it has seen the key
    assert asked == [("i5", 12)]


def test_the_same_minutes_or_escape_change_nothing(view: AgendaView) -> None:
    asked = caught(view.timed)
    view.edit_minutes()
    editor = view.viewport().findChild(QSpinBox)
    assert editor is not None
    assert editor.value() == 4
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    view.edit_minutes()
    other = view.viewport().findChildren(QSpinBox)[-1]
    QTest.keyClicks(other, "9")
    QTest.keyClick(other, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert asked == []


def test_a_double_click_on_the_minutes_edits_them_and_elsewhere_means_the_item(view: AgendaView) -> None:
    asked = caught(view.activated)
    index = view.rows.index(6)
    QTest.mouseDClick(view.viewport(), LEFT, pos=view.delegate.minutes_rect(view.visualRect(index), index).center())
    assert view.viewport().findChild(QSpinBox) is not None
    assert asked == []


def test_delete_asks_for_the_item_to_go_and_presenters_keys_are_left_alone(view: AgendaView) -> None:
    asked = caught(view.removed)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    QTest.keyClick(view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert asked == [("i5",)]
    assert view.current is not None
    assert view.current.id == "i5"


def test_an_empty_agenda_takes_no_keys(view: AgendaView) -> None:
    asked = [caught(signal) for signal in (view.moved, view.timed, view.removed)]
    view.rows.set_rows(())
    view.move_current(1)
    view.edit_minutes()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_5):
        QTest.keyClick(view, key)
    QTest.mouseClick(view.viewport(), LEFT, pos=QPoint(20, 20))
    assert asked == [[], [], []]


def test_a_heading_stands_above_the_first_item_under_it_alone(view: AgendaView) -> None:
    plain = [view.sizeHintForRow(row) for row in range(4)]
    sections = ("", "Follow-up", "Follow-up", "Places")
    view.rows.set_rows([replace(row, section=name) for row, name in zip(AGENDA, sections, strict=False)])
    higher = [view.sizeHintForRow(row) - before for row, before in enumerate(plain)]
    assert higher[0] == higher[2] == 0
    assert higher[1] == higher[3] > 0
    words = view.rows.words_of(view.rows.rows[1])
    assert words == "2. Open actions (25), 12 min, under Follow-up, done"
    assert not view.grab().isNull()


def test_an_item_says_when_it_begins_and_what_there_is_to_it(view: AgendaView) -> None:
    before = view.sizeHintForRow(0)
    told = replace(AGENDA[0], starts="10:00", detail="of meeting 13, for approval")
    view.rows.set_rows([told, *AGENDA[1:]])
    assert view.sizeHintForRow(0) > before
    assert view.rows.words_of(told) == "1. Last minutes, 3 min, of meeting 13, for approval, at 10:00, done"
    assert not view.grab().isNull()
