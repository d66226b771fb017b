"""The entry line takes every kind of entry from the keyboard and says what this room would read."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import EntryKind, FoundName
from leaddesk.ui.console.chips import Chooser
from leaddesk.ui.console.entry import EntryLine, preview_words
from leaddesk.ui.console.entry_text import EntryText
from leaddesk.ui.theme import Theme
from tests.ui.console.looking import caught, the
from tests.ui.console.sample import PREVIEW, TEXT


@pytest.fixture
def line(qtbot: QtBot, light: Theme) -> EntryLine:
    made = EntryLine(light)
    qtbot.addWidget(made)
    made.resize(1286, 80)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.focus()
    return made


def text_of(line: EntryLine, name: str = "Entry") -> EntryText:
    return the(EntryText, line, name)


def chooser(line: EntryLine, name: str) -> Chooser:
    return the(Chooser, line, name)


def add_safe(line: EntryLine) -> QPushButton:
    return next(each for each in line.findChildren(QPushButton) if each.text() == "Add a safe wording")


def test_typing_tells_every_change_and_enter_files(line: EntryLine, qtbot: QtBot) -> None:
    told, filed = caught(line.text_changed), caught(line.filed)
    QTest.keyClicks(text_of(line), "Met.")
    line.show_preview(replace(PREVIEW, names=()))
    QTest.keyClick(text_of(line), Qt.Key.Key_Return)
    assert told[-1] == (EntryKind.UPDATE, "Met.", "")
    assert filed == [(EntryKind.UPDATE, "Met.", "progress", "")]


def test_an_empty_line_files_nothing(line: EntryLine, qtbot: QtBot) -> None:
    filed = caught(line.filed)
    QTest.keyClicks(text_of(line), "   ")
    QTest.keyClick(text_of(line), Qt.Key.Key_Enter)
    assert filed == []


def test_found_names_are_marked_where_they_stand(line: EntryLine) -> None:
    line.restore(EntryKind.UPDATE, TEXT)
    line.show_preview(PREVIEW)
    assert text_of(line).marked == ("Angela",)


def test_a_letter_of_two_units_before_a_name_does_not_shift_its_mark(line: EntryLine) -> None:
    line.restore(EntryKind.UPDATE, "𝄞 and Angela")
    line.show_preview(replace(PREVIEW, names=(FoundName(written="Angela", start=6, end=12, participant="p7"),)))
    assert text_of(line).marked == ("Angela",)


def test_marks_go_with_the_text_they_were_found_in(line: EntryLine, qtbot: QtBot) -> None:
    line.restore(EntryKind.UPDATE, TEXT)
    line.show_preview(PREVIEW)
    QTest.keyClicks(text_of(line), "x")
    assert text_of(line).marked == ()


def test_the_hint_says_what_this_room_would_read(line: EntryLine) -> None:
    line.restore(EntryKind.UPDATE, TEXT)
    line.show_preview(PREVIEW)
    assert line.hint == "“Angela” names a participant. This room would read nothing of it."
    line.show_preview(replace(PREVIEW, names=(), room_reads=TEXT))
    assert line.hint == "This room reads it as it stands."
    line.show_preview(replace(PREVIEW, names=(), room_reads="A date moved"))
    assert line.hint == "This room reads: A date moved"
    line.show_preview(replace(PREVIEW, problem="An action needs an owner."))
    assert line.hint == "An action needs an owner."


def test_a_name_that_several_have_is_told_once(line: EntryLine) -> None:
    twice = (*PREVIEW.names, *(replace(name, participant="p9") for name in PREVIEW.names))
    line.restore(EntryKind.UPDATE, TEXT)
    line.show_preview(replace(PREVIEW, names=twice))
    assert line.hint.startswith("“Angela” may mean 2 participants, and counts as each. This room")


def test_a_long_hint_wraps_and_is_not_cut(line: EntryLine, qtbot: QtBot) -> None:
    line.restore(EntryKind.UPDATE, TEXT)
    line.show_preview(replace(PREVIEW, room_reads="A date was moved and everybody was told. " * 6))
    label = next(each for each in line.findChildren(QLabel) if each.text() == line.hint)
    assert label.wordWrap()
    line.show_preview(PREVIEW)
    assert not label.wordWrap()


def test_an_action_echoes_its_owner_and_due_date() -> None:
    preview = replace(PREVIEW, names=(), owner="J. Okafor", due=date(2026, 5, 20))
    assert preview_words(EntryKind.ACTION, "x", preview).startswith("J. Okafor, due 20 May.")
    nobody = replace(preview, owner="", due=None)
    assert preview_words(EntryKind.ACTION, "x", nobody).startswith("No owner yet, no due date yet.")


def test_a_safe_wording_is_asked_for_and_filed_with_the_text(line: EntryLine, qtbot: QtBot) -> None:
    line.restore(EntryKind.UPDATE, TEXT)
    line.show_preview(PREVIEW)
    filed = caught(line.filed)
    QTest.keyClick(add_safe(line), Qt.Key.Key_Space)
    assert text_of(line, "Safe wording").hasFocus()
    assert not add_safe(line).isVisible()
    QTest.keyClicks(text_of(line, "Safe wording"), "A date moved")
    QTest.keyClick(text_of(line, "Safe wording"), Qt.Key.Key_Return)
    assert filed == [(EntryKind.UPDATE, TEXT, "progress", "A date moved")]


def test_after_a_safe_wording_was_filed_the_next_line_can_be_typed_at_once(line: EntryLine) -> None:
    line.restore(EntryKind.UPDATE, TEXT)
    line.show_preview(PREVIEW)
    line.show_about([("", "nobody"), ("p1", "Angela Brooks")], "")
    line.filed.connect(line.clear)
    line.open_safe()
    QTest.keyClicks(text_of(line, "Safe wording"), "A date moved")
    QTest.keyClick(text_of(line, "Safe wording"), Qt.Key.Key_Return)
    assert text_of(line, "Entry").hasFocus()


def test_a_class_the_user_chose_outlives_the_next_preview_and_ends_with_the_entry(line: EntryLine) -> None:
    line.restore(EntryKind.UPDATE, TEXT)
    line.show_preview(PREVIEW)
    told = caught(line.class_chosen)
    chosen = chooser(line, "Class")
    chosen.setCurrentIndex(chosen.findData("care"))
    chosen.activated.emit(chosen.currentIndex())
    line.show_preview(replace(PREVIEW, names=()))
    assert chosen.choice == "care"
    assert told == [("care",)]
    line.clear()
    line.restore(EntryKind.UPDATE, "Another")
    line.show_preview(replace(PREVIEW, names=()))
    assert chosen.choice == "progress"


def test_what_it_is_about_can_be_changed(line: EntryLine) -> None:
    told = caught(line.about_chosen)
    line.show_about([("p7", "P-7K3F"), ("", "nobody")], "p7")
    about = chooser(line, "About")
    about.activated.emit(1)
    assert told == [("p7",)]


def test_clearing_leaves_nothing_that_undo_could_bring_back(line: EntryLine, qtbot: QtBot) -> None:
    QTest.keyClicks(text_of(line), "Angela")
    line.clear()
    QTest.keyClick(text_of(line), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line.text == ""
    assert line.hint == ""


def test_what_was_typed_can_be_put_back(line: EntryLine) -> None:
    line.restore(EntryKind.ACTION, "okafor housing form 20 may", "A form")
    assert (line.kind, line.text, line.safe) == (EntryKind.ACTION, "okafor housing form 20 may", "A form")


def test_pasted_lines_become_one(line: EntryLine) -> None:
    clipboard = QMimeData()
    clipboard.setText("Interview\r\nmoved\nto 12 May")
    text_of(line).insertFromMimeData(clipboard)
    assert line.text == "Interview moved to 12 May"


def test_tab_leaves_the_line(line: EntryLine, qtbot: QtBot) -> None:
    line.restore(EntryKind.UPDATE, TEXT)
    line.show_preview(PREVIEW)
    line.focus()
    QTest.keyClick(text_of(line), Qt.Key.Key_Tab)
    assert add_safe(line).hasFocus()
    assert line.text == TEXT


def test_a_line_that_was_emptied_at_lock_can_still_be_laid_out(line: EntryLine) -> None:
    chooser(line, "Kind of entry").clear()
    line.set_compact(compact=True)
    assert line.kind is EntryKind.UPDATE
