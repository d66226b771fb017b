"""The documents page says how printing went where it is seen, and forgets no choice."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import Check, Found, MeetingWay, Mend, Move, Offer, Reached, WayStep
from leaddesk.services.drafts import Choice
from leaddesk.ui.registers.documents import DocumentsPage
from leaddesk.ui.registers.meeting_card import WayBar
from leaddesk.ui.theme import Theme, ThemeName, load_fonts
from tests.ui.console.looking import caught, cut, silent

WAY = MeetingWay(
    meeting="m14",
    title="Meeting 14 · Wed 6 May 2026",
    state="open",
    says="The meeting is open. Minutes print as a draft.",
    steps=(
        WayStep(words="Planned", reached=Reached.DONE, detail="Wed 6 May 2026"),
        WayStep(words="Open", reached=Reached.NOW, detail="10:02"),
        WayStep(words="Closed", reached=Reached.AHEAD, detail=""),
    ),
    offers=(Offer(move=Move.CLOSE, words="Close the meeting", may=True),),
    next_day=None,
    versions=(),
    needs_reason=False,
)
CHECKS = (
    Check(words="Nobody was marked present.", mend=Mend.CHECK_IN, mend_words="Open check-in"),
    Check(words="“Count the beds” lacks an owner.", mend=Mend.ACTION, mend_words="Give it an owner", target="act1"),
)
HELD = (
    Found(kind="meeting", id="m14", title="Meeting 14 · Wed 6 May 2026", detail="open"),
    Found(kind="meeting", id="m13", title="Meeting 13 · Wed 22 Apr 2026", detail="final · version 2 · 1 amendment"),
)


@pytest.fixture
def page(qtbot: QtBot) -> DocumentsPage:
    load_fonts()
    made = DocumentsPage(Theme.load(ThemeName.LIGHT))
    qtbot.addWidget(made)
    made.show_way(WAY, at_hand=True)
    made.card.set_checks(CHECKS)
    made.show_held(HELD)
    made.set_people([Choice(id="a1", words="Tom Bell"), Choice(id="a2", words="Mia Hart")])
    made.resize(1286, 480)
    made.show()
    return made


def test_how_printing_went_is_seen_without_scrolling(page: DocumentsPage) -> None:
    page.say("The room copy was saved.")
    QApplication.processEvents()
    told = next(each for each in page.findChildren(QLabel) if each.text() == "The room copy was saved.")
    assert told.isVisible()
    assert page.rect().contains(told.geometry())
    page.say("")
    assert not told.isVisible()


def test_a_half_typed_recipient_prints_nothing(page: DocumentsPage) -> None:
    asked = caught(page.print_asked)
    line = next(each for each in page.findChildren(QLineEdit) if each.accessibleName() == "Whose copy")
    line.setText("Tom Be")
    button = next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "Save as PDF: One person's copy")
    button.click()
    assert asked == []
    line.setText("tom bell")
    button.click()
    assert asked == [("recipient", "a1")]


def test_everything_on_the_page_has_its_name_and_room_for_its_words(page: DocumentsPage) -> None:
    QApplication.processEvents()
    assert list(silent(page)) == []
    assert list(cut(page)) == []


def keyed(widget: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)


def test_the_steps_say_by_shape_and_word_how_far_the_meeting_is(page: DocumentsPage) -> None:
    way = next(one for one in page.findChildren(WayBar))
    assert way.accessibleName() == "Planned: done, Wed 6 May 2026; Open: now, 10:02; Closed: still ahead"


def test_enter_makes_the_next_step_once_however_long_it_is_held(page: DocumentsPage) -> None:
    asked = caught(page.card.asked)
    page.show_top()
    step = page.card.step
    assert step is not None
    assert step.hasFocus()
    assert step.accessibleDescription() == "2 things to look at first"
    keyed(step, Qt.Key.Key_Return)
    held_down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(step, held_down)
    assert asked == [(Move.CLOSE,)]


def test_tab_goes_from_the_checks_to_the_moves_and_then_to_the_next_day(page: DocumentsPage) -> None:
    page.card.checks.setFocus()
    step = page.card.step
    assert step is not None
    for expected in (page.card.mend, step, page.card.next_day):
        QTest.keyClick(page, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is expected


def test_a_move_found_elsewhere_goes_on_with_the_next_one(page: DocumentsPage, qtbot: QtBot) -> None:
    page.show_top()
    over = QLineEdit()
    qtbot.addWidget(over)
    over.show()
    over.activateWindow()
    qtbot.waitUntil(over.isActiveWindow)
    final = Offer(move=Move.FINALIZE, words="Finalize the minutes", may=True)
    page.show_way(replace(WAY, state="closed", offers=(final,)), at_hand=True)
    assert page.focusWidget() is page.card.button(Move.FINALIZE)


def test_a_check_is_mended_from_the_list_by_enter(page: DocumentsPage) -> None:
    mended = caught(page.card.mend_asked)
    page.card.checks.setFocus()
    keyed(page.card.checks, Qt.Key.Key_Down, Qt.Key.Key_Return)
    page.card.mend.click()
    assert mended == [(CHECKS[1],), (CHECKS[1],)]
    assert page.card.mend.accessibleName() == "Give it an owner: “Count the beds” lacks an owner."
    page.card.set_checks(())
    assert not page.card.checks.isVisible()
    assert not page.card.mend.isVisible()


def test_what_is_the_chairs_is_said_and_no_button(page: DocumentsPage) -> None:
    offers = (
        Offer(move=Move.FINALIZE, words="Finalize the minutes", may=False),
        Offer(move=Move.GO, words="Go to this meeting", may=True),
    )
    page.show_way(replace(WAY, state="closed", offers=offers), at_hand=False)
    assert page.card.button(Move.FINALIZE) is None
    assert page.card.button(Move.GO) is page.card.step
    assert any(one.text() == "For the chair: Finalize the minutes." for one in page.findChildren(QLabel))


def test_an_earlier_meeting_is_found_by_typing_and_chosen_by_enter(page: DocumentsPage) -> None:
    chosen = caught(page.meeting_chosen)
    QTest.keyClicks(page.finding, "apr")
    keyed(page.finding, Qt.Key.Key_Return)
    assert chosen == [("m13",)]
    page.show_way(replace(WAY, title="Meeting 13", state="finalized", versions=(2, 1)), at_hand=False)
    assert page.back.isVisible()
    page.back.click()
    assert chosen[-1] == ("",)


def test_an_older_version_is_printed_where_there_are_several(page: DocumentsPage) -> None:
    page.show_way(replace(WAY, state="finalized", versions=(2, 1)), at_hand=True)
    picker = next(one for one in page.findChildren(QComboBox) if one.accessibleName() == "Which version")
    assert picker.isVisible()
    versions = [page.version]
    picker.setCurrentText("version 1")
    versions.append(page.version)
    # One that is final once has but one to print.
    page.show_way(replace(WAY, state="finalized", versions=(1,)), at_hand=True)
    versions.append(page.version)
    assert versions == [None, 1, None]


def test_the_page_forgets_everything(page: DocumentsPage) -> None:
    page.forget()
    words = [one.text() for one in page.findChildren(QLabel)]
    assert "The meeting is open. Minutes print as a draft." not in words
    assert page.held.model().rowCount() == 0
