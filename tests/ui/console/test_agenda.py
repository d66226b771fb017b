"""The agenda is walked by the keyboard, keeps its selection, and never moves the live slide by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListView
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import ItemState
from leaddesk.ui.console.agenda import AgendaPanel
from leaddesk.ui.console.agenda_list import AgendaModel
from leaddesk.ui.console.rows import RowRole
from leaddesk.ui.theme import Theme
from tests.ui.console.looking import ChecksModels, caught, the
from tests.ui.console.sample import AGENDA, HEADER, NOW, SPENT


@pytest.fixture
def panel(qtbot: QtBot, light: Theme) -> AgendaPanel:
    made = AgendaPanel(light)
    qtbot.addWidget(made)
    made.resize(272, 632)
    with qtbot.waitExposed(made):
        made.show()
    made.show_agenda(AGENDA)
    return made


def view(panel: AgendaPanel) -> QListView:
    return the(QListView, panel)


def said(panel: AgendaPanel) -> set[str]:
    return {label.text() for label in panel.findChildren(QLabel)}


def test_the_model_is_one_that_qt_understands(qtmodeltester: ChecksModels) -> None:
    model = AgendaModel()
    model.set_rows(AGENDA)
    qtmodeltester.check(model)
    model.set_rows(AGENDA[:3])
    model.set_rows(tuple(replace(row, minutes=9) for row in AGENDA[:3]))
    model.set_rows(())
    qtmodeltester.check(model)


def test_a_screen_reader_is_told_every_state_of_a_row() -> None:
    model = AgendaModel()
    model.set_rows(AGENDA)
    words = model.data(model.index(4), Qt.ItemDataRole.AccessibleTextRole)
    assert words == "5. P-7K3F, 4 min, next, flagged, part withheld"
    assert model.data(model.index(4), RowRole.ID) == "i5"
    assert model.data(model.index(4), RowRole.SORT) == 5
    assert model.data(model.index(4), RowRole.ROW) is AGENDA[4]
    assert model.data(model.index(4), Qt.ItemDataRole.DecorationRole) is None


def test_the_next_item_is_selected_first(panel: AgendaPanel) -> None:
    assert panel.selected_id == "i5"


def test_arrows_select_and_enter_asks_for_live(panel: AgendaPanel, qtbot: QtBot) -> None:
    chosen, live = caught(panel.selected), caught(panel.activated)
    QTest.keyClick(view(panel), Qt.Key.Key_Down)
    QTest.keyClick(view(panel), Qt.Key.Key_Down)
    QTest.keyClick(view(panel), Qt.Key.Key_Up)
    QTest.keyClick(view(panel), Qt.Key.Key_Return)
    assert chosen == [("i6",), ("i7",), ("i6",)]
    assert live == [("i6",)]


def test_showing_the_agenda_anew_keeps_the_selection_and_says_nothing(panel: AgendaPanel) -> None:
    panel.select("i8")
    chosen = caught(panel.selected)
    panel.show_agenda(AGENDA)
    panel.show_agenda([replace(row, minutes=row.minutes + 1) for row in AGENDA])
    panel.show_agenda(tuple(reversed(AGENDA)))
    assert panel.selected_id == "i8"
    assert view(panel).currentIndex().data(RowRole.ID) == "i8"
    assert chosen == []


def test_a_selected_item_that_is_gone_hands_over_to_the_next_one(panel: AgendaPanel) -> None:
    panel.select("i8")
    panel.show_agenda([row for row in AGENDA if row.id != "i8"])
    assert panel.selected_id == "i5"


def test_walking_stops_at_both_ends(panel: AgendaPanel) -> None:
    panel.select("i11")
    panel.walk(1)
    assert panel.selected_id == "i11"
    panel.select("i1")
    panel.walk(-1)
    assert panel.selected_id == "i1"


def test_the_end_follows_from_the_minutes_planned_for_what_is_left(panel: AgendaPanel) -> None:
    panel.show_time(HEADER, NOW, SPENT)
    assert {"10:37", "Ends about 11:07", "11 min over"} <= said(panel)
    panel.show_time(HEADER, NOW - timedelta(minutes=11), SPENT)
    assert {"Ends about 10:56", "on time"} <= said(panel)
    panel.show_time(replace(HEADER, state="planned", opened_at=None), NOW)
    assert "56 min planned" in said(panel)


def test_an_item_that_runs_over_takes_nothing_from_the_others(panel: AgendaPanel) -> None:
    panel.show_time(HEADER, NOW, timedelta(minutes=20))
    assert "Ends about 11:05" in said(panel)


def test_a_long_title_makes_its_row_higher_and_is_not_cut(panel: AgendaPanel) -> None:
    before = view(panel).sizeHintForIndex(view(panel).model().index(6, 0)).height()
    long = replace(AGENDA[6], title="Lakeside Park, by the boat ramp and the lower parking lot")
    panel.show_agenda([*AGENDA[:6], long, *AGENDA[7:]])
    assert view(panel).sizeHintForIndex(view(panel).model().index(6, 0)).height() > before


def test_an_empty_agenda_says_what_goes_in_it(panel: AgendaPanel) -> None:
    panel.show_agenda(())
    assert panel.selected_id == ""
    assert any(words.startswith("No items yet") for words in said(panel))
    assert not view(panel).isVisible()


def test_every_state_is_painted(panel: AgendaPanel) -> None:
    panel.show_agenda([replace(AGENDA[4], id=f"x{state}", state=state, flagged=False) for state in ItemState])
    assert not panel.grab().isNull()
