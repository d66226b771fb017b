"""Who is expected, when and where, series and templates: prepared on real windows, by keyboard and by mouse."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from leaddesk.models import Meeting, MeetingSeries
from leaddesk.models.ids import row_id
from leaddesk.policy.records import Kind
from leaddesk.services import meetings
from leaddesk.ui.background import settle
from leaddesk.ui.console.prepare_forms import ChooseTemplate, PlanForm, SeriesDialog, TemplateDialog
from leaddesk.ui.theme import Theme
from tests.ui.console.prepared import ALT, CONTROL, K, Prepared, prepared


@pytest.fixture
def on(demo: Path, tmp_path: Path, light: Theme, qtbot: QtBot) -> Iterator[Prepared]:
    with prepared(demo, tmp_path / "desk", light, qtbot) as made:
        yield made


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
    assert combo.itemText(combo.findData(planned)) == "Wed 1 Jul 2026 · Meeting 1 · Leadership team"
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
    assert on.page._said.text().startswith("“Actions first” is kept.")
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
