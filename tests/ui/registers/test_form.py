"""The form kit: what is typed is never taken for something else, and is never lost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from leaddesk.services.drafts import Choice, ParticipantForm
from leaddesk.services.registers import Choices
from leaddesk.ui.registers.form import DayField, Form, Picker
from leaddesk.ui.registers.forms import ParticipantFormDialog
from leaddesk.ui.registers.several import Several
from leaddesk.ui.theme import load_fonts
from tests.ui.console.looking import caught, silent

AGENCIES = (Choice(id="g1", words="City PD"), Choice(id="g2", words="Harbor House"))
NAMESAKES = (Choice(id="a1", words="John Smith, City PD"), Choice(id="a2", words="John Smith, City PD"))
CHOICES = Choices(agencies=AGENCIES, neighborhoods=(), attendees=NAMESAKES, participants=())


class Sample(Form):
    """One row of each kind."""

    def __init__(self) -> None:
        super().__init__("Sample")
        self.name = self.add_text("Name", "Angela", "As it is written.")
        self.day = self.add_day("Day", None)
        self.agency = self.add_row("Agency", Picker(AGENCIES, "g2"))
        self.others = self.add_row("Others", Several(AGENCIES))

    @override
    def draft(self) -> tuple[str, date | None, str | None, tuple[str, ...]]:
        return self.name.text(), self.day.day, self.agency.chosen, self.others.chosen


@pytest.fixture
def form(qtbot: QtBot) -> Sample:
    load_fonts()
    made = Sample()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def button(form: Form, which: QDialogButtonBox.StandardButton) -> QPushButton:
    box = form.findChild(QDialogButtonBox)
    assert box is not None
    return box.button(which)


def save(form: Form) -> None:
    button(form, QDialogButtonBox.StandardButton.Save).click()


def said(form: Form) -> list[str]:
    return [
        each.text() for each in form.findChildren(QLabel) if each.property("look") == "caution" and each.isVisible()
    ]


def typed(picker: QComboBox) -> QLineEdit:
    line = picker.lineEdit()
    assert line is not None
    return line


def test_the_second_of_two_people_called_the_same_stays_the_second(qtbot: QtBot) -> None:
    picker = Picker(NAMESAKES, "a2")
    qtbot.addWidget(picker)
    assert picker.chosen == "a2"


def test_a_name_typed_that_several_have_is_nobody_until_one_is_chosen(qtbot: QtBot) -> None:
    picker = Picker(NAMESAKES)
    qtbot.addWidget(picker)
    typed(picker).setText("john smith, city pd")
    before = picker.chosen, picker.problem
    assert before == (None, "several are called that. Choose one from the list.")
    picker.setCurrentIndex(2)
    after = picker.chosen, picker.problem
    assert after == ("a2", "")


def test_a_name_typed_whole_is_chosen_whatever_its_case_and_nothing_typed_is_none(qtbot: QtBot) -> None:
    picker = Picker(AGENCIES, "g1")
    qtbot.addWidget(picker)
    typed(picker).setText("harbor house ")
    assert (picker.chosen, picker.problem) == ("g2", "")
    typed(picker).setText("")
    assert (picker.chosen, picker.problem) == (None, "")


def test_the_only_choice_that_fits_what_is_typed_is_taken_by_enter_and_by_saving(form: Sample) -> None:
    drafts = caught(form.accepted_draft)
    form.agency.setFocus()
    line = typed(form.agency)
    line.selectAll()
    QTest.keyClicks(line, "ci")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert (form.agency.currentText(), form.agency.chosen) == ("City PD", "g1")
    typed(form.agency).setText("HARBOR h")
    save(form)
    assert [draft for (draft,) in drafts] == [("Angela", None, "g1", ()), ("Angela", None, "g2", ())]


def test_where_several_choices_fit_none_is_taken(form: Sample) -> None:
    drafts = caught(form.accepted_draft)
    typed(form.agency).setText("r")
    form.agency.offer((*AGENCIES, Choice(id="g3", words="Harbor House North")))
    typed(form.agency).setText("harbor")
    save(form)
    assert drafts == []
    assert said(form) == ["Agency: several on the list fit. Choose one from it."]


def test_a_line_that_takes_words_of_its_own_takes_no_choice_for_them(qtbot: QtBot) -> None:
    picker = Picker(AGENCIES, none="", own_words=True)
    qtbot.addWidget(picker)
    typed(picker).setText("harbor")
    QTest.keyClick(typed(picker), Qt.Key.Key_Return)
    assert (picker.chosen, picker.currentText()) == (None, "harbor")


def test_a_name_half_typed_is_said_beside_its_field_and_does_not_become_none(form: Sample) -> None:
    drafts = caught(form.accepted_draft)
    typed(form.agency).setText("Harbor Hall")
    save(form)
    assert drafts == []
    assert said(form) == ["Agency: this is not on the list. Choose one from it."]
    assert form.agency.currentText() == "Harbor Hall"
    assert form.agency.hasFocus() or typed(form.agency).hasFocus()
    typed(form.agency).setText("City PD")
    save(form)
    assert drafts == [(("Angela", None, "g1", ()),)]
    assert said(form) == []


def test_a_case_agency_half_typed_is_not_taken_away_from_a_participant(qtbot: QtBot) -> None:
    load_fonts()
    made = ParticipantFormDialog(ParticipantForm(id="p1", family_name="Brooks", case_agency="g2"), CHOICES)
    qtbot.addWidget(made)
    made.show()
    drafts = caught(made.accepted_draft)
    typed(made.case_agency).setText("Harbor Hospital")
    save(made)
    assert drafts == []


def test_what_is_wrong_with_a_day_stands_beside_it(form: Sample) -> None:
    drafts = caught(form.accepted_draft)
    form.day.setText("31.12.2026")
    save(form)
    assert drafts == []
    assert said(form) == ["Day: this is no day. Write it as 2026-05-06 or 5/6/2026."]
    assert form.day.hasFocus()
    assert form.day.text() == "31.12.2026"


def test_a_form_begins_in_its_first_field_and_tab_comes_to_the_buttons_last(form: Sample) -> None:
    assert form.name.hasFocus()
    ends = [button(form, which) for which in (_SAVE, QDialogButtonBox.StandardButton.Cancel)]
    met = []
    for _ in range(6):
        focus = QApplication.focusWidget()
        assert focus is not None
        met.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert met[0] is form.name
    assert met[1] is form.day
    assert met[3] is form.others.boxes[0]
    assert met[4:6] == ends


def test_everything_in_a_form_has_a_name_for_a_screen_reader(form: Sample) -> None:
    assert list(silent(form)) == []
    assert [box.accessibleName() for box in form.others.boxes] == ["Others: City PD", "Others: Harbor House"]
    assert form.name.accessibleDescription() == "As it is written."


def test_the_wheel_changes_no_choice_that_it_passes_over(form: Sample) -> None:
    middle = QPointF(form.agency.rect().center())
    QApplication.sendEvent(
        form.agency,
        QWheelEvent(
            middle,
            form.agency.mapToGlobal(middle),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )
    assert form.agency.chosen == "g2"


def test_many_boxes_are_one_stop_for_tab_and_arrows_and_letters_go_among_them(qtbot: QtBot) -> None:
    several = Several([Choice(id=each, words=each) for each in ("City PD", "County", "Harbor House", "Pier")])
    before, after, around = QLineEdit(), QLineEdit(), QWidget()
    column = QVBoxLayout(around)
    for part in (before, several, after):
        column.addWidget(part)
    qtbot.addWidget(around)
    with qtbot.waitActive(around):
        around.show()
        around.activateWindow()
    before.setFocus()
    QTest.keyClick(before, Qt.Key.Key_Tab)
    visited = [several.boxes.index(around.focusWidget())]
    keys = (
        *(Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up),
        *(Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_C, Qt.Key.Key_C, Qt.Key.Key_H, Qt.Key.Key_X),
    )
    for key in keys:
        QTest.keyClick(around.focusWidget(), key)
        visited.append(several.boxes.index(around.focusWidget()))
    assert visited == [0, 1, 3, 3, 2, 0, 3, 0, 1, 0, 2, 2]
    QTest.keyClick(around.focusWidget(), Qt.Key.Key_Space)
    assert several.chosen == ("Harbor House",)
    QTest.keyClick(around.focusWidget(), Qt.Key.Key_Tab)
    assert around.focusWidget() is after
    QTest.keyClick(after, Qt.Key.Key_Backtab)
    assert around.focusWidget() is several.boxes[2], "Tab comes back to where one was"


def test_ctrl_and_enter_save_from_a_text_of_several_lines(form: Sample) -> None:
    text = form.add_row("Story", QPlainTextEdit())
    text.show()
    text.setFocus()
    given = caught(form.accepted_draft)
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert not given
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(given) == 1


@pytest.mark.parametrize("whole_list", [False, True], ids=["found by typing", "the whole list"])
def test_ctrl_and_enter_take_the_choice_of_an_open_list_and_save(
    form: Sample, qtbot: QtBot, *, whole_list: bool
) -> None:
    given = caught(form.accepted_draft)
    form.agency.setFocus()
    if whole_list:
        form.agency.setCurrentIndex(0)
        form.agency.showPopup()
        choices = form.agency.view()
        QTest.keyClick(choices, Qt.Key.Key_Down)
    else:
        line, completer = form.agency.lineEdit(), form.agency.completer()
        assert line is not None
        assert completer is not None
        line.selectAll()
        QTest.keyClicks(line, "i")
        popup = completer.popup()
        assert popup is not None
        choices = popup
        qtbot.waitUntil(choices.isVisible)
        QTest.keyClick(choices, Qt.Key.Key_Down)
    QTest.keyClick(choices, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(given) == 1)
    ((draft,),) = given
    assert isinstance(draft, tuple)
    assert draft[2] == "g1"
    assert not choices.isVisible()


def test_an_ampersand_in_a_name_is_shown_and_is_no_shortcut(qtbot: QtBot) -> None:
    several = Several([Choice(id="g3", words="Smith & Daughters")])
    qtbot.addWidget(several)
    assert several.boxes[0].text() == "Smith && Daughters"
    assert several.boxes[0].accessibleName() == "Smith & Daughters"


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1) - timedelta(days=1)))
def test_a_day_is_read_in_either_way_of_writing_it(qapp: QApplication, day: date) -> None:
    for words in (day.isoformat(), f"{day.month}/{day.day}/{day.year}", f" {day:%m/%d/%Y} "):
        field = DayField()
        field.setText(words)
        assert (field.day, field.problem) == (day, "")
    assert DayField(day).day == day


_SAVE = QDialogButtonBox.StandardButton.Save
