"""Registers, forms and the documents page."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialogButtonBox, QLabel, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import Found
from leaddesk.policy.vocabulary import Form, RecipientClass, Role
from leaddesk.policy.why import WORDS_FOR
from leaddesk.services.drafts import (
    AgencyForm,
    AttendeeForm,
    Choice,
    ExclusionForm,
    GrantForm,
    InvolvementForm,
    ParticipantForm,
    PriorityForm,
    ReleaseForm,
)
from leaddesk.services.registers import Choices
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.registers import forms
from leaddesk.ui.registers.documents import DocumentsPage
from leaddesk.ui.registers.form import Form as FormDialog
from leaddesk.ui.registers.page import FoundModel, RegisterPage
from leaddesk.ui.registers.pages import _PAGES
from leaddesk.ui.theme import Theme, ThemeName, load_fonts

CHOICES = Choices(
    agencies=(Choice(id="g1", words="City PD"), Choice(id="g2", words="Harbor House")),
    neighborhoods=(Choice(id="n1", words="Old Town"),),
    attendees=(Choice(id="a1", words="Tom Bell"), Choice(id="a2", words="Mia Hart")),
    participants=(Choice(id="p1", words="Angela Brooks"),),
)
ROWS = (
    Found(kind="participant", id="p1", title="Angela Brooks", detail="enrolled"),
    Found(kind="participant", id="p2", title="José Núñez", detail="screening"),
)

DRAFTS = [
    (forms.AgencyFormDialog, AgencyForm(id="g1", name="City PD", kind="police"), False),
    (
        forms.AttendeeFormDialog,
        AttendeeForm(id="a1", given_name="Tom", family_name="Bell", agency="g1", roles=(Role.OFFICER, Role.SERGEANT)),
        True,
    ),
    (
        forms.ParticipantFormDialog,
        ParticipantForm(id="p1", given_name="Angela", family_name="Brooks", aliases=("Angie",), case_agency="g2",
                        birth_date=date(1990, 1, 2), intake_status="enrolled", progress="Meets weekly."),
        True,
    ),
    (
        forms.ReleaseFormDialog,
        ReleaseForm(id="r1", participant="p1", form=Form.PART2, sources=("g2",), classes=tuple(WORDS_FOR),
                    to_classes=(RecipientClass.PROGRAM,), signed_on=date(2026, 1, 2), ends_on=date(2027, 1, 1)),
        True,
    ),
    (forms.InvolvementFormDialog, InvolvementForm(attendee="a1", participant="p1"), True),
    (forms.ExclusionFormDialog, ExclusionForm(attendee="a1", participant="p1", reason="a relative"), True),
    (forms.GrantFormDialog, GrantForm(attendee="a2", participant="p1", reason="asked"), True),
    (forms.PriorityFormDialog, PriorityForm(id="l1", name="Market St", rank=2, review_on=date(2026, 6, 3)), True),
]  # fmt: skip


def make(kind: type[FormDialog], draft: object, with_choices: bool, qtbot: QtBot) -> FormDialog:
    load_fonts()
    form = kind(draft, CHOICES) if with_choices else kind(draft)  # type: ignore[arg-type]
    qtbot.addWidget(form)
    form.show()
    return form


@pytest.mark.parametrize(("kind", "draft", "with_choices"), DRAFTS)
def test_a_form_gives_back_what_it_was_given(
    kind: type[FormDialog], draft: object, with_choices: bool, qtbot: QtBot
) -> None:
    form = make(kind, draft, with_choices, qtbot)
    assert form.draft() == draft


@pytest.mark.parametrize(("kind", "draft", "with_choices"), DRAFTS)
def test_every_field_of_a_form_has_its_name(
    kind: type[FormDialog], draft: object, with_choices: bool, qtbot: QtBot
) -> None:
    form = make(kind, draft, with_choices, qtbot)
    for words, field in form._rows:
        assert field.accessibleName() == words


def test_a_day_that_cannot_be_read_is_said_and_nothing_is_lost(qtbot: QtBot) -> None:
    form = make(forms.ParticipantFormDialog, ParticipantForm(family_name="Brooks"), True, qtbot)
    assert isinstance(form, forms.ParticipantFormDialog)
    given: list[object] = []
    form.accepted_draft.connect(given.append)
    form.birth.setText("next week")
    save = form.findChild(QDialogButtonBox)
    assert save is not None
    save.button(QDialogButtonBox.StandardButton.Save).click()
    assert given == []
    assert any("Birth date: this is no day" in label.text() for label in form.findChildren(QLabel))
    form.birth.setText("1/2/1990")
    save.button(QDialogButtonBox.StandardButton.Save).click()
    assert isinstance(given[0], ParticipantForm)
    assert given[0].birth_date == date(1990, 1, 2)


def test_a_release_says_while_it_is_filled_in_what_it_lacks(qtbot: QtBot) -> None:
    form = make(forms.ReleaseFormDialog, ReleaseForm(participant="p1", sources=("g2",)), True, qtbot)
    assert isinstance(form, forms.ReleaseFormDialog)
    assert "a signature date, an end, classes, recipients, its form" in form.lacks.text()
    form.signed.setText("2026-01-02")
    form.ends.setText("2027-01-01")
    form.form.setCurrentIndex(1)
    for words in ("name", "program"):
        next(box for box in form.findChildren(QCheckBox) if box.text() == words).setChecked(True)
    assert form.lacks.text().startswith("Complete")


def test_what_the_user_may_not_have_of_a_participant_cannot_be_typed_over(qtbot: QtBot) -> None:
    form = make(forms.ParticipantFormDialog, ParticipantForm(id="p1", keeps_progress=True), True, qtbot)
    assert isinstance(form, forms.ParticipantFormDialog)
    assert not form.progress.isEnabled()
    assert not form.status.isEnabled()


def test_a_tie_needs_both_its_people(qtbot: QtBot) -> None:
    form = make(forms.ExclusionFormDialog, ExclusionForm(), True, qtbot)
    with pytest.raises(ValueError, match="Choose an attendee and a participant"):
        form.draft()


@pytest.fixture
def register(qtbot: QtBot) -> RegisterPage:
    load_fonts()
    page = RegisterPage(
        Theme.load(ThemeName.LIGHT), "Participants", "Add the first one.", (("new", "Add"), ("mend", "Mend"))
    )
    qtbot.addWidget(page)
    page.show()
    return page


def test_an_empty_register_says_what_goes_in_it(register: RegisterPage) -> None:
    register.set_rows(())
    assert any(label.text() == "Add the first one." for label in register.findChildren(QLabel))


def test_rows_are_found_by_typing_whatever_their_accents(register: RegisterPage) -> None:
    register.set_rows(ROWS)
    QTest.keyClicks(register.finding, "nunez")
    assert register.shown == ("José Núñez\nscreening",)
    register.forget()
    assert not register.shown


def test_escape_takes_away_what_was_typed_to_find_a_row_before_it_leaves(register: RegisterPage) -> None:
    register.set_rows(ROWS)

    def goes_on() -> bool:
        """Whether the key is left to what is around the page."""
        event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(register.list, event)
        return not event.isAccepted()

    QTest.keyClicks(register.finding, "nunez")
    assert not goes_on()
    assert (register.finding.text(), len(register.shown)) == ("", len(ROWS))
    assert goes_on()


def test_enter_mends_the_selected_row_and_adding_needs_none(register: RegisterPage, qtbot: QtBot) -> None:
    register.set_rows(ROWS)
    given: list[tuple[str, str]] = []
    register.acted.connect(lambda key, id_: given.append((key, id_)))
    buttons = {button.text(): button for button in register.findChildren(QPushButton)}
    buttons["Mend"].click()
    assert given == []
    register.list.setCurrentIndex(register.list.model().index(1, 0))
    QTest.keyClick(register.list, Qt.Key.Key_Return)
    buttons["Add"].click()
    assert given == [("mend", "p2"), ("new", "")]
    register.set_rows(tuple(reversed(ROWS)))
    assert register.selected == "p2"


def test_a_row_that_was_just_added_is_selected_and_none_before(register: RegisterPage) -> None:
    register.set_rows(ROWS[:1])
    assert register.selected == ""
    register.set_rows(ROWS)
    assert register.selected == ROWS[1].id
    register.forget()
    register.set_rows(ROWS[:1])
    assert register.selected == ""


def test_the_model_of_a_register_is_sound(qtmodeltester: ModelTester) -> None:
    model = FoundModel()
    model.set_rows(ROWS)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_a_recipients_copy_needs_its_recipient(qtbot: QtBot) -> None:
    page = DocumentsPage(Theme.load(ThemeName.LIGHT))
    qtbot.addWidget(page)
    page.set_people([Choice(id="a1", words="Tom Bell")])
    page.set_agreements([Choice(id="agr1", words="Tom Bell, 2026-01-02")])
    asked: list[tuple[str, str]] = []
    page.print_asked.connect(lambda kind, who: asked.append((kind, who)))
    saves = {b.accessibleName(): b for b in page.findChildren(QPushButton)}
    saves["Save as PDF: One person's copy"].click()
    assert asked == []
    page._recipient.setCurrentIndex(1)
    page._signed.setCurrentIndex(1)
    for name in ("One person's copy", "Room copy", "Blank, in Spanish", "Signed agreement"):
        saves[f"Save as PDF: {name}"].click()
    assert asked == [("recipient", "a1"), ("room", ""), ("agreement-es", ""), ("agreement-en", "agr1")]
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and isinstance(widget, QPushButton):
            assert widget.accessibleName() or not widget.isVisibleTo(page)


def test_buttons_go_on_in_further_lines_where_the_page_is_narrow(qtbot: QtBot) -> None:
    actions = [(f"a{number}", f"Do a thing of number {number}") for number in range(8)]
    page = RegisterPage(Theme.load(ThemeName.LIGHT), "Things", "Add the first thing.", actions)
    qtbot.addWidget(page)
    page.resize(420, 700)
    page.show()
    buttons = [button for button in page.findChildren(QPushButton) if button.isVisible()]
    assert len(buttons) == 8
    assert len({button.y() for button in buttons}) > 2
    assert all(page.rect().contains(button.geometry()) for button in buttons)


def test_an_empty_register_says_what_goes_in_it_and_a_search_in_vain_what_it_looked_for(qtbot: QtBot) -> None:
    page = RegisterPage(Theme.load(ThemeName.LIGHT), "Things", "Add the first thing.", [("add", "Add a thing")])
    qtbot.addWidget(page)
    page.show()
    page.set_rows(())
    said = {words.text() for words in page.findChildren(QLabel) if words.isVisible()}
    assert "Add the first thing." in said
    assert page.finding.accessibleDescription() == "Add the first thing."
    page.set_rows((Found(kind="thing", id="t1", title="A lamp", detail=""),))
    page.finding.setText("zz")
    assert "Nothing here has “zz”." in {words.text() for words in page.findChildren(QLabel) if words.isVisible()}
    page.finding.setText("lamp")
    assert page.list.isVisible()
    assert page.finding.accessibleDescription() == ""


def test_only_what_adds_is_the_main_thing_of_a_register(qtbot: QtBot) -> None:
    for name, main in ((PageName.ACTIONS, []), (PageName.PLACES, ["Add a place"])):
        page = RegisterPage(Theme.load(ThemeName.LIGHT), *_PAGES[name])
        qtbot.addWidget(page)
        assert [each.text() for each in page.findChildren(QPushButton) if each.property("look") == "main"] == main
