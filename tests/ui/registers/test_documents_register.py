"""From the open meeting to approved minutes by keyboard, on the real windows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.models import ActionItem, Meeting
from leaddesk.models.ids import row_id
from leaddesk.models.words import AppRole
from leaddesk.policy.desk_views import EntryKind, Mend, Move, Screen
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import meetings, minutes
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import SignedIn, Unit
from leaddesk.ui.background import settle
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.registers.form import Form
from leaddesk.ui.registers.minutes_forms import ActionFormDialog, AmendmentFormDialog, ReasonForm
from tests.journeys.stage import Clock, Stage, stage


@pytest.fixture
def on(tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    with stage(tmp_path / "desk", Clock()) as set_:
        yield set_


def state(on: Stage, meeting: str = "") -> str:
    return on.desk.do(_state, meeting or on.live.meeting)


def _state(unit: Unit, meeting: str) -> str:
    return unit.rows.get_one(Meeting, row_id(Kind.MEETING, meeting)).state.value


def earlier(on: Stage) -> str:
    """The meeting before the one at hand, whose minutes are final."""
    last = on.live.material.last_meeting
    assert last is not None
    return last.id


def press(on: Stage, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """A key where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)
    QApplication.processEvents()


def mend(on: Stage, kind: Mend) -> None:
    """Goes to the first check of a kind in the list, and presses Enter."""
    card = on.windows.documents.card
    number = [check.mend for check in card._checks].index(kind)
    card.checks.setFocus()
    QTest.keyClick(card.checks, Qt.Key.Key_Home)
    for _ in range(number):
        QTest.keyClick(card.checks, Qt.Key.Key_Down)
    QTest.keyClick(card.checks, Qt.Key.Key_Return)
    QApplication.processEvents()


def mends(on: Stage) -> list[Mend]:
    return [check.mend for check in on.windows.documents.card._checks]


def form(on: Stage, kind: type[Form]) -> Form:
    found = on.windows.papers.forms.current
    assert isinstance(found, kind)
    return found


def save(of: Form) -> None:
    button = next(one for one in of.findChildren(QPushButton) if one.text() in ("Save", "Finalize"))
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_meeting_is_closed_finalized_reopened_and_finalized_anew_by_enter_alone(on: Stage) -> None:
    on.command(Command.WIDEN)
    on.show("Brooks")
    on.command(Command.CLOSE_MEETING)
    assert on.windows.workplace.console.page is PageName.DOCUMENTS
    assert Mend.ITEM in mends(on)
    press(on)
    assert state(on) == "closed"
    assert on.live.screen is Screen.IDLE
    assert not on.live.watch.room.present
    assert on.live.watch.room.audience().public
    press(on)
    assert state(on) == "finalized"
    assert "takes it back" not in on.windows.workplace.console.notice.words
    assert "are final" in on.windows.documents._said.text()
    on.command(Command.REOPEN)
    assert state(on) == "closed"
    assert not on.windows.documents._said.text()
    on.command(Command.FINALIZE)
    why = form(on, ReasonForm)
    save(why)
    assert state(on) == "closed"
    assert isinstance(why, ReasonForm)
    QTest.keyClicks(why.reason, "a ride was missing")
    save(why)
    assert state(on) == "finalized"
    assert on.told == []


def test_a_meeting_closed_by_a_slip_goes_on_and_the_room_waits_for_the_chair(on: Stage) -> None:
    on.command(Command.WIDEN)
    on.show("Brooks")
    present = on.live.watch.room.present
    on.command(Command.CLOSE_MEETING)
    press(on)
    assert "Ctrl+Z takes it back" in on.windows.workplace.console.notice.words
    on.command(Command.UNDO)
    assert state(on) == "open"
    assert on.live.watch.room.present == present
    on.show("Brooks")
    assert "Brooks" not in on.screen
    on.command(Command.WIDEN)
    on.show("Brooks")
    assert "Brooks" in on.screen
    assert on.told == []


def test_each_check_is_mended_from_where_it_stands(on: Stage) -> None:
    console = on.windows.workplace.console
    on.live.do(_not_read, on.live.number)
    on.command(Command.WIDEN, Command.WALK_IN)
    on.show("Kowalski")
    item = on.live.selected
    on.show("Brooks")
    entry = console.meeting.entry
    entry.restore(EntryKind.ACTION, "ask the clinic for a letter")
    QTest.keyClick(next(iter(entry.findChildren(QPlainTextEdit))), Qt.Key.Key_Return)
    entry.restore(EntryKind.UPDATE, "half a line")
    on.live.select(on.live.material.agenda[0].id)
    on.command(Command.CLOSE_MEETING)
    assert set(mends(on)) >= {
        Mend.CHECK_IN,
        Mend.ITEM,
        Mend.ACTION,
        Mend.LINE,
        Mend.STATEMENT,
        Mend.NEXT_DAY,
    }
    mend(on, Mend.STATEMENT)
    assert Mend.STATEMENT not in mends(on)
    mend(on, Mend.NEXT_DAY)
    assert QApplication.focusWidget() is on.windows.documents.card.next_day
    QTest.keyClicks(on.windows.documents.card.next_day, "2026-06-03")
    press(on)
    assert Mend.NEXT_DAY not in mends(on)
    mend(on, Mend.ACTION)
    given = form(on, ActionFormDialog)
    assert isinstance(given, ActionFormDialog)
    given.owner.setCurrentIndex(given.owner.findData(on.attendee("Okafor")))
    QTest.keyClicks(given.due, "2026-05-20")
    save(given)
    assert Mend.ACTION not in mends(on)
    assert on.desk.do(_owner_and_agency) == (on.attendee("Okafor"), True)
    mend(on, Mend.CHECK_IN)
    assert console.check_in.isVisible()
    console.close_check_in()
    mend(on, Mend.ITEM)
    assert console.page is PageName.MEETING
    assert on.live.selected == item
    on.command(Command.CLOSE_MEETING)
    mend(on, Mend.LINE)
    assert console.page is PageName.MEETING


def _not_read(unit: Unit, meeting: int) -> None:
    unit.rows.get_one(Meeting, meeting).statement_read = False


def _owner_and_agency(unit: Unit) -> tuple[str, bool]:
    row = unit.rows.query(ActionItem).order_by(ActionItem.id.desc()).first()
    assert row is not None
    return f"a{row.owner_id}", row.owner_agency_id is not None


def test_what_was_shown_before_a_restart_is_still_checked(on: Stage) -> None:
    on.command(Command.WIDEN)
    on.show("Brooks")
    on.live.shown_items.clear()
    assert any(check.mend is Mend.ITEM for check in on.windows.workplace.controller.closing_checks())


def test_the_open_meeting_approves_the_last_minutes_in_one_command_and_undo_takes_it_back(on: Stage) -> None:
    before = earlier(on)
    on.command(Command.APPROVE)
    assert state(on, before) == "approved"
    assert "approved" in on.windows.workplace.console.notice.words
    on.command(Command.UNDO)
    assert state(on, before) == "finalized"
    on.command(Command.APPROVE)
    on.command(Command.APPROVE)
    assert [error.happened for error in on.told] == ["No earlier minutes wait to be approved."]


def test_a_correction_is_written_once_as_an_amendment(on: Stage) -> None:
    on.command(Command.AMEND)
    correcting = form(on, AmendmentFormDialog)
    assert isinstance(correcting, AmendmentFormDialog)
    save(correcting)
    assert on.windows.papers.forms.current is correcting
    correcting.text.setPlainText("Six beds, not five.")
    QTest.keyClicks(correcting.safe[InformationClass.PUBLIC], "Ask Mr Quill about it.")
    save(correcting)
    assert on.windows.papers.forms.current is correcting, "a name for everybody is asked about first"
    save(correcting)
    told_at_the_meeting = [one.text() for one in on.windows.workplace.console.notice.findChildren(QLabel)]
    assert "The amendment stands with the minutes." in told_at_the_meeting
    told = on.desk.do(minutes.held, on.live.mine())
    assert any("1 amendment" in row.detail for row in told)
    on.command(Command.UNDO)
    assert str(on.told[-1].todo).startswith("Another amendment corrects it.")


def test_minutes_that_can_still_be_reopened_are_not_amended(on: Stage) -> None:
    on.command(Command.CLOSE_MEETING)
    press(on)
    press(on)
    on.windows.documents.card.asked.emit(Move.AMEND)
    assert on.windows.papers.forms.current is None
    assert [error.happened for error in on.told] == ["These minutes can still be reopened."]


def test_an_earlier_meeting_is_worked_on_without_leaving_the_open_one(on: Stage) -> None:
    on.command(Command.CLOSE_MEETING)
    page = on.windows.documents
    settle()
    QTest.keyClicks(page.finding, "apr")
    QTest.keyClick(page.finding, Qt.Key.Key_Return)
    assert page.back.isVisible()
    assert page.card.step is page.card.button(Move.APPROVE)
    press(on)
    assert state(on, earlier(on)) == "approved"
    assert state(on) == "open"
    take_back = page.card.button(Move.TAKE_BACK)
    assert take_back is not None
    take_back.click()
    assert state(on, earlier(on)) == "finalized"
    page.back.click()
    assert page.card.step is page.card.button(Move.CLOSE)


def test_minutes_left_unfinished_are_told_at_the_next_meeting_and_finalized_from_there(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        on.command(Command.CLOSE_MEETING)
        press(on)
        left = on.live.meeting
        following = on.desk.do(meetings.plan_next, left)
        on.desk.do(meetings.open_meeting, following)
    with stage(tmp_path / "desk", Clock(), fresh=False, passphrase=PASSPHRASE) as on:
        console = on.windows.workplace.console
        assert on.live.meeting == following
        assert console.notice.words == "The minutes of meeting 2 are not final yet."
        QTest.keyClick(console, Qt.Key.Key_F3)
        assert console.page is PageName.DOCUMENTS
        assert on.windows.documents.card.step is on.windows.documents.card.button(Move.FINALIZE)
        press(on)
        assert state(on, left) == "finalized"
        assert console.notice.words == ""


def test_the_scribe_sees_what_is_the_chairs_and_can_close(on: Stage) -> None:
    on.desk.user = SignedIn(on.desk.user.user, on.desk.user.attendee, AppRole.SCRIBE)
    on.command(Command.CLOSE_MEETING)
    press(on)
    assert state(on) == "closed"
    card = on.windows.documents.card
    assert card.button(Move.FINALIZE) is None
    assert "Finalize the minutes" in card.for_the_chair
    on.command(Command.FINALIZE)
    assert state(on) == "closed"
    assert [error.happened for error in on.told] == ["Finalizing minutes is for the chair."]
