"""An agenda is prepared on real windows, by keyboard and by mouse, and the meeting opened from there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from leaddesk.models import Meeting
from leaddesk.policy.records import Kind
from leaddesk.services import meetings
from leaddesk.ui.background import settle
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.prepare_forms import PlanForm
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.theme import Theme
from tests.ui.console.looking import cut
from tests.ui.console.prepared import ALT, CONTROL, K, Prepared, prepared


@pytest.fixture
def on(demo: Path, tmp_path: Path, light: Theme, qtbot: QtBot) -> Iterator[Prepared]:
    with prepared(demo, tmp_path / "desk", light, qtbot) as made:
        yield made


# The agenda


def test_a_planned_meeting_opens_on_its_preparation_with_the_total_in_view(on: Prepared) -> None:
    assert on.console.page is PageName.PREPARE
    minutes = sum(row.minutes for row in on.rows)
    assert on.page._total.text().startswith(f"{minutes} min planned · ends about ")
    assert on.titles[:4] == ["Last minutes", "Overview", "Open actions", "New referrals"]
    assert on.rows[0].starts == "10:00"
    assert on.rows[1].starts == "10:03"
    assert on.rows[0].detail == "of meeting 2, not final yet"


def test_alt_and_an_arrow_move_an_item_and_undo_moves_it_back(on: Prepared) -> None:
    on.choose("Open actions")
    on.press(K.Key_Up, K.Key_Up, modifier=ALT)
    assert on.titles[:3] == ["Open actions", "Last minutes", "Overview"]
    assert on.page.agenda.current is not None
    assert on.page.agenda.current.title == "Open actions"
    on.press(K.Key_Down, modifier=ALT)
    on.press(K.Key_Z, modifier=CONTROL)
    assert on.titles[:3] == ["Last minutes", "Overview", "Open actions"]


def test_an_item_is_dragged_to_its_place(on: Prepared) -> None:
    view = on.page.agenda
    first, third = (view.visualRect(view.rows.index(row)).center() for row in (0, 2))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=third)
    for point in (third - QPoint(0, 20), first, first - QPoint(0, 8)):
        QTest.mouseMove(view.viewport(), point)
        QApplication.processEvents()
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=first - QPoint(0, 8))
    assert on.titles[:3] == ["Open actions", "Last minutes", "Overview"]


def test_typed_minutes_move_the_times_of_what_follows(on: Prepared) -> None:
    on.choose("Last minutes")
    on.press(K.Key_1)
    editor = on.page.agenda.viewport().findChild(QSpinBox)
    assert editor is not None
    QTest.keyClicks(editor, "0")
    QTest.keyClick(editor, K.Key_Return)
    QApplication.processEvents()
    assert [row.starts for row in on.rows[:3]] == ["10:00", "10:10", "10:12"]
    assert on.page.agenda.hasFocus()


def test_a_heading_is_typed_chosen_and_taken_away(on: Prepared) -> None:
    on.choose("Last minutes")
    on.press(K.Key_H)
    on.type("Welcome")
    on.press(K.Key_Return)
    assert (on.rows[0].section, on.rows[1].section) == ("Welcome", "Opening")
    assert on.page.agenda.hasFocus()
    on.choose("Overview")
    assert on.page.heading.findText("Welcome") >= 0
    on.page.heading.setCurrentIndex(on.page.heading.findText("Welcome"))
    on.page.heading.activated.emit(on.page.heading.currentIndex())
    assert on.rows[1].section == "Welcome"
    on.press(K.Key_H)
    on.page.heading.clearEditText()
    on.press(K.Key_Return)
    assert on.rows[1].section == ""


def test_a_heading_that_names_a_participant_is_refused_in_words(on: Prepared) -> None:
    on.choose("Last minutes")
    on.press(K.Key_H)
    on.type("For Angela Brooks")
    on.press(K.Key_Return)
    assert "can’t name a participant" in on.words()
    assert on.rows[0].section == "Opening"


def test_delete_takes_an_item_off_and_undo_puts_it_back(on: Prepared) -> None:
    before = on.titles
    on.choose("New referrals")
    on.press(K.Key_Delete)
    assert "New referrals" not in on.titles
    assert on.page.due.text() == "&Offer what is due (1)"
    on.press(K.Key_Z, modifier=CONTROL)
    assert on.titles == before
    on.page.remove.click()
    settle()
    on.page.due.click()
    assert sorted(on.titles) == sorted(before)
    settle()
    assert not on.page.due.isEnabled()
    on.press(K.Key_Z, modifier=CONTROL)
    assert len(on.titles) == len(before) - 1


def test_who_can_be_added_is_read_beside_the_page_and_what_is_typed_meanwhile_stays(
    on: Prepared, qtbot: QtBot
) -> None:
    combo, preparing = on.page.adding, on.windows.preparing
    qtbot.waitUntil(lambda: any(str(combo.itemData(at)).startswith("p") for at in range(combo.count())))
    every = {combo.itemText(at) for at in range(combo.count())}
    someone = next(combo.itemText(at) for at in range(combo.count()) if str(combo.itemData(at)).startswith("p"))
    preparing.show()
    assert someone not in {combo.itemText(at) for at in range(combo.count())}, "they are being read"
    assert any(str(combo.itemData(at)).startswith("l") for at in range(combo.count())), "places are known at once"
    combo.setEditText(someone)
    preparing.show()
    qtbot.waitUntil(lambda: {combo.itemText(at) for at in range(combo.count())} == every)
    assert combo.chosen == str(combo.itemData(combo.findText(someone)))
    preparing.show()
    preparing.close()
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    assert combo.count() <= 1, "an answer that comes after the page was emptied is not shown"


def test_a_participant_a_place_and_a_topic_are_added_by_typing(on: Prepared, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: any(str(on.page.adding.itemData(at)).startswith("p") for at in range(on.page.adding.count()))
    )
    for typed in ("Radios and chairs", "Pike & 12th"):
        on.press(K.Key_Insert)
        line = on.page.adding.lineEdit()
        assert line is not None
        line.setText(typed)
        QTest.keyClick(line, K.Key_Return)
        assert on.titles[-2] == typed
        assert on.page.adding.currentText() == ""
        on.page.agenda.setFocus()
    on.press(K.Key_Z, modifier=CONTROL)
    assert on.titles[-2] == "Radios and chairs"
    live = on.windows.workplace.controller.live
    there = {link for item in live.material.agenda for link in item.links.values()}
    combo = on.page.adding
    known = {str(combo.itemData(at)): combo.itemText(at) for at in range(1, combo.count())}
    who = next(id_ for id_ in known if id_.startswith("p") and id_ not in there)
    where = next(id_ for id_ in known if id_.startswith("l") and id_ not in there)
    on.page.adding.setCurrentIndex(on.page.adding.findData(who))
    on.page.add.click()
    assert on.titles[-2] == known[who]
    on.page.adding.setCurrentIndex(on.page.adding.findData(where))
    on.page.add.click()
    assert on.titles[-2] == known[where]
    on.page.adding.setCurrentIndex(on.page.adding.findData(where))
    on.page.add.click()
    assert "on the agenda already" in on.words()


def test_an_agenda_without_items_says_what_goes_in_it(on: Prepared) -> None:
    for _ in on.titles:
        on.page.remove.click()
    assert on.titles == []
    assert on.page._empty.isVisible()
    assert not on.page.remove.isEnabled()
    on.page.remove.click()
    on.page.move_selected(1)
    on.page.walk(1)
    settle()
    on.page.due.click()
    assert on.titles[0] == "Last minutes"


# The page as a whole


def test_check_in_gives_the_focus_back_to_the_page_that_is_shown(on: Prepared) -> None:
    on.console.open_check_in()
    on.press(K.Key_Escape)
    assert on.page.agenda.hasFocus()


def test_opening_the_meeting_from_another_page_goes_to_it_and_says_what_is_next(on: Prepared) -> None:
    on.console.carry_out(Command.PREFLIGHT)
    assert on.windows.preflight.page.isVisible()
    on.console.carry_out(Command.OPEN_MEETING)
    assert on.console.page is PageName.MEETING
    focused = QApplication.focusWidget()
    assert focused is not None
    assert on.console.meeting.entry.isAncestorOf(focused)
    assert "The meeting is open. Ctrl+I checks in who is here." in on.console.notice.words


def test_a_meeting_opened_on_another_day_says_so_and_is_dated_today_by_a_key(on: Prepared) -> None:
    on.console.carry_out(Command.OPEN_MEETING)
    planned, today = (one.strftime("%-d %b") for one in (day_of(on), on.desk.do(lambda unit: unit.today)))
    assert planned != today
    assert f"{planned} 2026, which its papers say" in on.console.notice.words
    on.console.carry_out(Command.TAKE_UP)
    assert day_of(on) == on.desk.do(lambda unit: unit.today)
    settle()
    assert "planned for" not in on.console.notice.words
    assert f"{on.desk.do(lambda unit: unit.today).day} " in " ".join(on.windows.workplace.projector.page.texts())


def day_of(on: Prepared) -> date:
    with on.desk.unit() as unit:
        return unit.found(Meeting, Kind.MEETING, on.windows.meeting).held_on


def test_opening_the_meeting_goes_to_it_and_its_agenda_can_still_be_arranged(on: Prepared) -> None:
    on.page.open.click()
    assert on.console.page is PageName.MEETING
    assert on.windows.meeting_open
    on.console.rail.button(PageName.PREPARE).click()
    assert not on.page.open.isEnabled()
    assert not on.page.facts.day.isEnabled()
    on.choose("Last minutes")
    on.press(K.Key_Down, modifier=ALT)
    assert on.titles[:2] == ["Overview", "Last minutes"]
    combo = on.page.facts.meetings
    combo.addItem("Another one", "m99")
    combo.activated.emit(combo.count() - 1)
    assert "close it before" in on.words()
    on.page.facts.plan.click()
    form = on.preparing.forms.current
    assert isinstance(form, PlanForm)
    form._save()
    assert on.reopened == []
    assert on.words() == "The meeting is planned."


def test_a_meeting_that_is_over_is_shown_and_left_alone(on: Prepared) -> None:
    on.page.open.click()
    live = on.windows.workplace.controller.live
    live.do(meetings.close_meeting, live.meeting)
    on.preparing.show()
    assert not on.page.agenda.isEnabled()
    assert not on.page.people.list.isEnabled()
    assert not on.page.due.isEnabled()
    on.page.facts.plan.click()
    form = on.preparing.forms.current
    assert isinstance(form, PlanForm)
    form._save()
    on.preparing.refresh()
    settle()
    combo = on.page.facts.meetings
    assert combo.currentData() == live.meeting, "the one at hand is shown, though it cannot be chosen again"
    QTest.keyClick(combo, K.Key_Down)
    (planned,) = set(on.reopened)
    assert planned != live.meeting


def test_the_arrows_walk_the_page_s_agenda_and_not_the_meeting_s(on: Prepared) -> None:
    on.page.agenda.select(on.rows[0].id)
    on.console.carry_out(Command.ITEM_DOWN)
    assert on.page.agenda.currentIndex().row() == 1
    on.console.carry_out(Command.ITEM_UP)
    on.console.carry_out(Command.ITEM_UP)
    assert on.page.agenda.currentIndex().row() == 0


def test_on_a_small_window_the_halves_are_tabs_and_nothing_is_cut(on: Prepared) -> None:
    QApplication.processEvents()
    assert not list(cut(on.page))
    on.console.resize(900, 600)
    QApplication.processEvents()
    assert on.page._tabs.isVisible()
    on.console.resize(1366, 768)
    QApplication.processEvents()
    assert not on.page._tabs.isVisible()
    assert on.page._right.isVisible()


def test_a_closed_page_holds_nothing_of_the_desk(on: Prepared) -> None:
    on.page.facts.series.click()
    on.preparing.close()
    assert on.rows == ()
    assert on.page.people.list.rows.rows == ()
    texts = [on.page._title.text(), on.page._when.text(), on.page.facts.place.text(), on.page.facts.day.text()]
    assert texts == ["", "", "", ""]
    assert on.page.facts.meetings.count() == 0
    on.page.facts.plan.click()
    on.page.facts.day.editingFinished.emit()
    on.page.facts.series.click()
    assert on.preparing.forms.current is None
