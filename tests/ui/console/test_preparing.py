"""A meeting is prepared on real windows, by keyboard and by mouse: agenda, people, day, series and templates."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QSpinBox
from pytestqt.qtbot import QtBot

from leaddesk.models import Meeting, MeetingSeries
from leaddesk.models.ids import row_id
from leaddesk.policy.desk_views import AgendaRow
from leaddesk.policy.records import Kind
from leaddesk.services import meetings
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Desk
from leaddesk.services.opening import sign_in
from leaddesk.ui.background import settle
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.prepare import PreparePage
from leaddesk.ui.console.prepare_forms import ChooseTemplate, PlanForm, SeriesDialog, TemplateDialog
from leaddesk.ui.console.preparing import Preparing
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.screens import Screens
from leaddesk.ui.theme import Theme
from tests.ui.console.looking import cut

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Prepared:
    """The windows of a desk with its next meeting at hand."""

    desk: Desk
    windows: DeskWindows
    reopened: list[str] = field(default_factory=list)

    @property
    def preparing(self) -> Preparing:
        return self.windows.preparing

    @property
    def page(self) -> PreparePage:
        return self.windows.preparing.page

    @property
    def console(self) -> ConsoleWindow:
        return self.windows.workplace.console

    @property
    def rows(self) -> tuple[AgendaRow, ...]:
        return self.page.agenda.rows.rows

    @property
    def titles(self) -> list[str]:
        return [row.title for row in self.rows]

    def press(self, *keys: K, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.page.agenda, key, modifier)
            settle()

    def type(self, words: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, words)

    def first_is_expected(self) -> bool:
        return self.page.people.list.rows.rows[0].expected

    def choose(self, title: str) -> None:
        self.page.agenda.select(next(row.id for row in self.rows if row.title == title))
        self.page.agenda.setFocus()

    def words(self) -> str:
        return self.page._said.text()


@pytest.fixture
def on(demo: Path, tmp_path: Path, light: Theme, qtbot: QtBot) -> Iterator[Prepared]:
    shutil.copytree(demo, tmp_path / "desk")

    def clock() -> datetime:
        return datetime.now(UTC)

    desk = sign_in(tmp_path / "desk", PASSPHRASE, clock=clock)
    running = desk.do(meetings.latest)
    assert running is not None
    desk.do(meetings.close_meeting, running)
    windows = DeskWindows(desk, desk.do(meetings.plan_next, running), (light, light), clock, Screens())
    made = Prepared(desk, windows)
    windows.reopened.connect(made.reopened.append)
    windows.open()
    windows.workplace.cover.restored.emit()
    windows.workplace.console.activateWindow()
    qtbot.waitUntil(windows.workplace.console.isActiveWindow)
    settle()
    made.page.agenda.setFocus()
    yield made
    windows.close()
    QApplication.processEvents()


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


# Who, when and where


def test_space_expects_somebody_or_not_and_r_makes_a_regular_or_not(on: Prepared) -> None:
    people = on.page.people
    people.list.setFocus()
    first = people.list.current
    assert first is not None
    assert (first.expected, first.regular) == (True, True)
    on.press(K.Key_Space)
    now = people.list.current
    assert now is not None
    assert (now.id, now.expected, now.regular) == (first.id, False, True)
    on.press(K.Key_R)
    now = people.list.current
    assert now is not None
    assert (now.id, now.expected, now.regular) == (first.id, False, False)
    on.press(K.Key_Z, K.Key_Z, modifier=CONTROL)
    now = people.list.current
    assert now is not None
    assert (now.expected, now.regular) == (True, True)


def test_somebody_is_found_by_typing_and_clicked(on: Prepared) -> None:
    people = on.page.people
    people.finding.setFocus()
    QTest.keyClicks(people.finding, "okaf")
    assert (len(people.list.rows.rows), on.first_is_expected()) == (1, True)
    on.press(K.Key_Return)
    assert on.first_is_expected() is False
    rect = people.list.visualRect(people.list.rows.index(0))
    QTest.mouseClick(people.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(14, 14))
    assert on.first_is_expected() is True
    people.finding.clear()
    item = on.page.agenda.current
    here = people.list.currentIndex().row()
    on.press(K.Key_Up)
    assert people.list.currentIndex().row() == here - 1
    on.press(K.Key_Down)
    assert people.list.currentIndex().row() == here
    assert on.page.agenda.current == item, "the arrows are the list's while a name is typed"
    QTest.keyClicks(people.finding, "rose")
    assert not people.list.rows.rows, "a prosecutor is nobody called Rose"
    people.finding.clear()
    QTest.keyClicks(people.finding, "nobody of that name")
    assert people.list.rows.rowCount() == 0
    assert any(words.isVisible() and "Nobody" in words.text() for words in people.findChildren(QLabel))
    people.finding.clear()
    people.regulars.click()
    people.everybody.click()
    assert all(row.regular for row in people.list.rows.rows)
    assert not people.grab().isNull()


def test_day_time_and_place_are_changed_where_they_stand(on: Prepared) -> None:
    facts = on.page.facts
    facts.day.setText("6/17/2026")
    facts.time.setText("2:30 pm")
    facts.place.setText("City Hall")
    facts.place.setFocus()
    on.press(K.Key_Return)
    notice = on.windows.workplace.console.notice
    assert "may be somebody’s name" in notice.words
    assert on.rows[0].starts == "10:00", "nothing is saved until that is answered"
    on.press(K.Key_F3)
    assert "somebody’s name" not in notice.words
    assert on.page._when.text().startswith("Wed 17 Jun 2026")
    assert on.rows[0].starts == "14:30"
    assert facts.time.text() == "14:30"
    on.page.agenda.setFocus()
    on.press(K.Key_Z, modifier=CONTROL)
    assert on.rows[0].starts == "10:00"
    assert facts.place.text() == "Harbor Hall, Room 2"


def test_a_day_or_time_that_is_none_is_said_beside_it_and_nothing_is_changed(on: Prepared) -> None:
    facts = on.page.facts
    before = on.page._when.text()
    for wrong, words in (("31.12.", "This is no day"), ("", "A meeting has a day")):
        facts.day.setText(wrong)
        facts.day.editingFinished.emit()
        assert facts._wrong.text().startswith(words)
    facts.day.setText(str(date(2026, 6, 17)))
    facts.time.setText("noonish")
    facts.time.editingFinished.emit()
    assert facts._wrong.text().startswith("This is no time")
    on.preparing.refresh()
    assert on.page._when.text() == before


def test_a_meeting_planned_where_none_was_held_is_saved_the_second_time_that_its_place_is_given(on: Prepared) -> None:
    on.page.facts.plan.click()
    form = on.preparing.forms.current
    assert isinstance(form, PlanForm)
    form.place.setText("Wendell’s back room")
    form._save()
    assert not on.reopened, "it is asked about"
    assert form.isVisible()
    form._save()
    assert on.desk.do(lambda unit: unit.rows.get_one(Meeting, row_id(Kind.MEETING, on.reopened[-1])).place) == (
        "Wendell’s back room"
    )


def test_another_meeting_is_planned_and_prepared_instead(on: Prepared) -> None:
    on.page.facts.plan.click()
    form = on.preparing.forms.current
    assert isinstance(form, PlanForm)
    form.other.setText("Leadership team")
    form._save()
    assert not on.reopened, "a name typed for nothing is told, and not lost"
    form.other.setText("")
    form.series.setCurrentIndex(0)
    form._save()
    assert "give a new one a name" in form._error.text()
    form.other.setText("Leadership team")
    form.day.setText("")
    form._save()
    assert "a day and a time" in form._error.text()
    form.day.setText("2026-07-01")
    form._save()
    (planned,) = on.reopened
    with on.desk.unit() as unit:
        row = unit.found(Meeting, Kind.MEETING, planned)
        assert row.held_on == date(2026, 7, 1)
        assert unit.rows.get_one(MeetingSeries, row.series_id).name == "Leadership team"
    on.preparing.refresh()
    settle()
    combo = on.page.facts.meetings
    assert combo.count() == 2
    combo.activated.emit(combo.findData(planned))
    combo.activated.emit(combo.currentIndex())
    assert on.reopened == [planned, planned]


def test_a_meeting_is_canceled_once_that_is_confirmed(on: Prepared) -> None:
    on.page.facts.cancel.click()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    sure = next(button for button in box.buttons() if button.text() == "Cancel the meeting")
    sure.click()
    QApplication.processEvents()
    assert on.reopened == [on.desk.do(meetings.at_hand)]
    assert on.reopened != [on.windows.workplace.controller.live.meeting]


# Series and templates


def test_a_series_says_how_often_it_meets(on: Prepared) -> None:
    on.page.facts.series.click()
    form = on.preparing.forms.current
    assert isinstance(form, SeriesDialog)
    form.name.setText("")
    form._save()
    assert "needs a name" in form._error.text()
    form.name.setText("OWG")
    form.cadence.setText("every Wednesday")
    form.days.setValue(7)
    form._save()
    assert on.page.facts._series.text() == "OWG, every Wednesday"
    assert on.preparing.forms.current is None


def test_an_order_is_kept_as_a_template_chosen_edited_and_retired(on: Prepared) -> None:
    facts = on.page.facts
    on.choose("Open actions")
    on.press(K.Key_Up, K.Key_Up, modifier=ALT)
    facts.keep_order.click()
    form = on.preparing.forms.current
    assert isinstance(form, TemplateDialog)
    form._save()
    assert "needs a name" in form._error.text()
    form.name.setText("Actions first")
    form._save()
    assert on.preparing.forms.current is None
    settle()
    on.page.move_selected(1)
    on.page.move_selected(1)
    assert on.titles[:2] == ["Last minutes", "Overview"]
    choice = facts.templates.findText("Actions first")
    facts.templates.setCurrentIndex(choice)
    facts.templates.activated.emit(choice)
    facts.templates.activated.emit(choice)
    facts.arrange.click()
    assert on.titles[:2] == ["Open actions", "Last minutes"]
    on.console.activateWindow()
    settle()
    on.page.agenda.setFocus()
    on.press(K.Key_Z, modifier=CONTROL)
    assert on.titles[:2] == ["Last minutes", "Overview"]
    form = edit(on, "Actions first")
    places = {one.line.kind: one for one in form.fields}
    for one in form.fields:
        one.place.setValue(0)
    form._save()
    assert "at least one kind" in form._error.text()
    places["place"].place.setValue(1)
    places["place"].section.setText("Places")
    places["place"].most.setValue(2)
    form._save()
    settle()
    facts.arrange.click()
    assert [row.section for row in on.rows][:2] == ["Opening", "Places"], "the last minutes come first in any order"
    form = edit(on, "Actions first")
    form.retire.click()
    settle()
    assert facts.templates.findText("Actions first") < 0
    assert facts.templates.currentText() == "The program’s order"
    assert edit(on, "Actions first (retired)").findChild(type(form.name)) is not None


def test_a_template_is_made_anew(on: Prepared) -> None:
    form = edit(on, "a new one")
    form.name.setText("Short")
    form.fields[0].place.setValue(1)
    form._save()
    settle()
    assert on.page.facts.templates.findText("Short") > 0


def edit(on: Prepared, words: str) -> TemplateDialog:
    on.page.facts.edit_templates.click()
    choosing = on.preparing.forms.current
    assert isinstance(choosing, ChooseTemplate)
    choosing.which.setCurrentIndex(choosing.which.findText(words))
    choosing._save()
    QApplication.processEvents()
    form = on.preparing.forms.current
    assert isinstance(form, TemplateDialog)
    return form


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
