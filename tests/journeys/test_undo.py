"""Ctrl+Z at the console of a running meeting, on real windows."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import EntryKind, Screen
from leaddesk.policy.material import raw
from leaddesk.policy.views import Mark
from leaddesk.services import entries
from leaddesk.services.drafts import ExclusionForm
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.registers.forms import ExclusionFormDialog, PriorityFormDialog
from tests.journeys.stage import Clock, Stage, stage


@pytest.fixture
def on(tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    with stage(tmp_path / "desk", Clock()) as made:
        console = made.windows.workplace.console
        console.activateWindow()
        qtbot.waitUntil(console.isActiveWindow)
        made.command(Command.WIDEN)
        yield made


def line(on: Stage) -> QPlainTextEdit:
    found = on.windows.workplace.console.meeting.entry.findChild(QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found


def file(on: Stage, words: str, kind: EntryKind = EntryKind.UPDATE) -> None:
    """Types a line and presses Enter."""
    on.windows.workplace.console.meeting.entry.choose_kind(kind)
    QTest.keyClicks(line(on), words)
    QTest.keyClick(line(on), Qt.Key.Key_Return)
    QApplication.processEvents()


def ctrl_z(on: Stage) -> str:
    """Presses Ctrl+Z where the cursor is, and returns what the console says."""
    QTest.keyClick(line(on), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    return on.windows.workplace.console.notice.words


def filed(on: Stage) -> list[str]:
    return [str(entry.fields["text"]) for entry in on.live.material.entries]


def test_what_was_filed_is_taken_back_from_the_empty_line_and_said(on: Stage) -> None:
    on.show("Brooks")
    file(on, "Form sent.")
    file(on, "Clinic called back.")
    assert ctrl_z(on) == "Taken back: the update “Clinic called back.”."
    assert [words for words in filed(on) if "Clinic" in words] == []
    assert ctrl_z(on) == "Taken back: the update “Form sent.”."
    assert filed(on) == []
    assert ctrl_z(on) == "There is nothing to take back."
    on.command(Command.NEXT)
    assert on.windows.workplace.console.notice.words == ""
    assert on.told == []


def test_in_a_line_that_is_being_typed_it_edits_the_words(on: Stage) -> None:
    on.show("Brooks")
    file(on, "Form sent.")
    QTest.keyClicks(line(on), "half a li")
    assert ctrl_z(on) == ""
    assert on.windows.workplace.console.meeting.entry.text == ""
    assert len(filed(on)) == 1


def test_what_the_room_reads_already_leaves_the_screen_at_once(on: Stage, qtbot: QtBot) -> None:
    on.show("Brooks")
    file(on, "A slip of the tongue.")
    on.command(Command.SHOW_SELECTED)
    assert "A slip" in on.screen
    painted = len(on.frames)
    ctrl_z(on)
    assert "A slip" not in on.screen
    assert not any("A slip" in frame for frame in on.frames[painted:])
    qtbot.waitUntil(lambda: not on.windows.workplace.driver.pausing)
    assert "Angela Brooks" in on.screen
    assert "A slip" not in on.screen


def test_what_is_frozen_or_black_does_not_keep_what_was_taken_back(on: Stage, qtbot: QtBot) -> None:
    on.show("Brooks")
    file(on, "A slip of the tongue.")
    on.command(Command.SHOW_SELECTED, Command.FREEZE)
    ctrl_z(on)
    assert "A slip" not in on.screen
    qtbot.waitUntil(lambda: not on.windows.workplace.driver.pausing)
    assert on.live.screen is Screen.LIVE
    file(on, "Another slip.")
    on.command(Command.SHOW_SELECTED, Command.BLANK)
    ctrl_z(on)
    on.command(Command.BLANK)
    assert "Angela Brooks" in on.screen
    assert "Another slip" not in on.screen


def test_what_the_room_was_not_shown_is_taken_back_without_a_flicker(on: Stage) -> None:
    on.show("Brooks")
    file(on, "Not shown yet.")
    painted = len(on.frames)
    ctrl_z(on)
    assert not on.windows.workplace.driver.pausing
    assert all("Angela Brooks" in frame for frame in on.frames[painted:])


def test_what_was_changed_since_is_told_and_the_step_before_can_still_be_taken_back(on: Stage, qtbot: QtBot) -> None:
    on.show("Brooks")
    file(on, "Form sent.")
    file(on, "ask the clinic okafor friday", EntryKind.ACTION)
    action = next(one.id for one in on.live.material.actions if "ask the clinic" in str(one.fields["text"]))
    on.live.do(entries.set_outcome, action, "done")
    ctrl_z(on)
    assert "changed again since" in on.told[-1].happened
    box = QApplication.activeModalWidget()
    assert box is not None
    box.close()
    on.windows.workplace.console.activateWindow()
    qtbot.waitUntil(on.windows.workplace.console.isActiveWindow)
    assert any(one.id == action for one in on.live.material.actions)
    assert ctrl_z(on) == "Taken back: the update “Form sent.”."


def test_an_outcome_a_note_and_a_move_are_taken_back(on: Stage) -> None:
    on.show("Brooks")
    page = on.windows.workplace.console.meeting
    before = on.live.material
    action = on.live.material.actions[0].id
    item = on.live.selected or ""
    page.private.note_changed.emit("a")
    page.private.note_changed.emit("ask her")
    for _ in range(2):
        page.agenda.move_selected(1)
        on.settle()
    page.agenda.timed.emit(item, 30)
    assert ctrl_z(on) == "Taken back: the minutes of “Angela Brooks”."
    assert [one.id for one in on.live.material.agenda] != [one.id for one in before.agenda]
    assert ctrl_z(on) == "Taken back: the move of “Angela Brooks”."
    assert [one.id for one in on.live.material.agenda] == [one.id for one in before.agenda]
    assert ctrl_z(on) == "Taken back: the note on “Angela Brooks”."
    assert on.desk.do(entries.note_on, on.live.number, item) == ""
    page.private.outcome_asked.emit(action, Mark.DONE)
    assert ctrl_z(on).startswith("Taken back: the outcome of “")
    assert on.live.material.actions == before.actions


def test_a_step_out_that_was_offered_as_a_fix_is_taken_back_too(on: Stage) -> None:
    hart = on.attendee("Hart")
    on.live.arrive(hart)
    on.show("Brooks")
    private = on.windows.workplace.console.meeting.private
    offered = [button for button in private.findChildren(QPushButton) if "M. Hart steps out" in button.text()]
    offered[0].click()
    on.settle()
    item = on.live.selected
    assert on.live.watch.room.present[hart].stepped_out == {item}
    assert ctrl_z(on).startswith("Taken back: stepping out, “Mia Hart”")
    assert on.live.watch.room.present[hart].stepped_out == frozenset()


def test_a_fact_that_was_recorded_stands_and_nothing_before_it_is_taken_back_in_its_stead(on: Stage) -> None:
    on.show("Brooks")
    file(on, "Form sent.")
    brooks = on.participant("Brooks")
    on.windows.registers.open_form("exclude", brooks)
    form = on.windows.registers.forms.current
    assert isinstance(form, ExclusionFormDialog)
    form.accepted_draft.emit(ExclusionForm(participant=brooks, attendee=on.attendee("Kim"), reason="a relative"))
    QApplication.processEvents()
    on.command(Command.UNDO)
    assert [error.happened for error in on.told] == ["Undo does not take back what was saved in “Exclusion”."]
    assert any("Form sent." in words for words in filed(on))
    on.command(Command.UNDO)
    assert not any("Form sent." in words for words in filed(on))


def outcome_of(on: Stage, action: str) -> object:
    return raw(next(one for one in on.live.material.actions if one.id == action), "outcome")


def test_an_item_and_an_outcome_from_a_register_are_taken_back(on: Stage) -> None:
    registers, place = on.windows.registers, on.live.material.places[-1]
    before = len(on.live.material.agenda)
    registers.pages[PageName.PLACES].visit().acted.emit("agenda", place.id)
    action = on.live.material.actions[0]
    registers.pages[PageName.ACTIONS].visit().acted.emit("done", action.id)
    on.settle()
    assert len(on.live.material.agenda) == before + 1
    assert outcome_of(on, action.id) == "done"
    on.command(Command.UNDO)
    assert outcome_of(on, action.id) == "open"
    on.command(Command.UNDO)
    assert len(on.live.material.agenda) == before
    assert on.told == []


def test_a_mended_record_is_put_back_and_what_was_read_of_it_leaves_the_room_first(on: Stage, qtbot: QtBot) -> None:
    registers, place = on.windows.registers, next(one for one in on.live.material.agenda if one.links.get("priority"))
    on.show("Brooks")
    file(on, "Form sent.")
    given = registers.read(lambda found: found.priority_form(place.links["priority"] or ""))
    registers.pages[PageName.PLACES].visit().acted.emit("mend", given.id)
    qtbot.waitUntil(lambda: registers.forms.current is not None)
    form = registers.forms.current
    assert isinstance(form, PriorityFormDialog)
    form.accepted_draft.emit(replace(given, response="Two lamps are ordered."))
    qtbot.waitUntil(lambda: not on.windows.workplace.driver.pausing)
    on.live.select(place.id)
    on.command(Command.SHOW_SELECTED)
    assert "Two lamps are ordered." in on.screen
    on.command(Command.UNDO)
    assert "Two lamps are ordered." not in on.screen
    qtbot.waitUntil(lambda: not on.windows.workplace.driver.pausing)
    assert registers.read(lambda found: found.priority_form(given.id or "")).response == given.response
    assert "Two lamps are ordered." not in on.screen
    assert given.response in on.screen
    assert any("Form sent." in words for words in filed(on)), "nothing before it was taken back"
    assert on.told == []


def test_whoever_came_back_by_a_slip_is_put_where_they_were(on: Stage) -> None:
    kim, item = on.attendee("Kim"), on.live.selected or ""
    on.live.step_out(kim, item)
    on.windows.workplace.console.check_in.came_back.emit(kim)
    assert on.live.watch.room.present[kim].stepped_out == frozenset()
    on.command(Command.UNDO)
    assert on.live.watch.room.present[kim].stepped_out == {item}
