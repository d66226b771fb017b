"""The ledger's page, filled from a real desk, behind the console's menu."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressBar, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import Found
from leaddesk.policy.ledger_rows import VerifiedView
from leaddesk.policy.ledger_words import LedgerKind
from leaddesk.services import participants
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import ParticipantForm, ReleaseForm
from leaddesk.ui.background import settle
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import BEHIND_MENU, PageName
from leaddesk.ui.console.rows import RowRole
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.registers.ledger import LedgerModel, LedgerPage
from leaddesk.ui.registers.ledger_register import LedgerRegister
from leaddesk.ui.theme import Theme, ThemeName
from tests.services.opened import signed_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = signed_desk(tmp_path / "desk")
    made.do(participants.save_participant, ParticipantForm(given_name="Ana", family_name="Lind"), made.everyday)
    made.do(participants.save_release, ReleaseForm(participant="p1"))
    yield made
    made.lock()


@pytest.fixture
def register(desk: Desk, console: ConsoleWindow) -> LedgerRegister:
    made = LedgerRegister(desk, console)
    console.carry_out(Command.LEDGER)
    settle()
    return made


def row(number: int) -> Found:
    return Found(kind="Sign-ins, users and keys", id=str(number), title="Signed in", detail=f"entry {number}")


def choose(page: LedgerPage, person: str = "", kind: str = "") -> None:
    page.person.setCurrentIndex(page.person.findData(person))
    page.kind.setCurrentIndex(page.kind.findData(kind))


def heading(page: LedgerPage) -> str:
    settle()
    return page.heading.text()


def titles(page: LedgerPage) -> list[str]:
    settle()
    return [words.split("\n")[0] for words in page.shown]


def test_the_menu_opens_it_and_no_button_of_the_rail_is_marked(
    register: LedgerRegister, console: ConsoleWindow
) -> None:
    assert console.page is PageName.LEDGER
    assert register.page.isVisible()
    assert not any(console.rail.button(name).isChecked() for name in PageName if name not in BEHIND_MENU)
    assert titles(register.page)[0] == "Saved a release of Ana Lind"
    assert heading(register.page) == "4 entries"
    console.show_page(PageName.MEETING)
    assert console.rail.button(PageName.MEETING).isChecked()


def test_it_cannot_be_opened_before_there_is_one(console: ConsoleWindow) -> None:
    (action,) = (one for one in console.actions() if one.text().startswith("Ledger"))
    assert not action.isEnabled()
    with pytest.raises(KeyError):
        console.rail.button(PageName.LEDGER)


def test_going_there_reads_it_anew(register: LedgerRegister, console: ConsoleWindow, desk: Desk) -> None:
    desk.do(participants.save_release, ReleaseForm(participant="p1"))
    console.page_asked.emit(PageName.MEETING)
    assert heading(register.page) == "4 entries"
    console.page_asked.emit(PageName.LEDGER)
    assert heading(register.page) == "5 entries"


def test_entries_are_chosen_by_person_kind_and_day_and_the_heading_says_so(register: LedgerRegister) -> None:
    page = register.page
    choose(page, "p1")
    assert titles(page) == ["Saved a release of Ana Lind", "Saved Ana Lind"]
    choose(page, "p1", LedgerKind.RIGHTS.value)
    assert heading(page) == "1 entry  ·  Releases, exclusions and grants  ·  Ana Lind"
    choose(page)
    page.since.setText("5/7/2026")
    QTest.keyClick(page.since, Qt.Key.Key_Return)
    assert (heading(page), titles(page)) == ("No entries  ·  since 7 May 2026", [])


def test_a_person_is_found_by_typing_and_half_a_name_chooses_nobody(register: LedgerRegister) -> None:
    page = register.page
    page.person.setEditText("Ana")
    assert len(titles(page)) == 4
    page.person.setCurrentIndex(page.person.findText("Ana Lind"))
    assert len(titles(page)) == 2
    register.show()
    assert page.person.chosen == "p1"


def test_a_day_that_is_none_is_said_and_the_list_stays(register: LedgerRegister) -> None:
    page = register.page
    page.until.setText("soon")
    QTest.keyClick(page.until, Qt.Key.Key_Return)
    assert page.said.text().startswith("To: this is no day.")
    assert len(titles(page)) == 4
    page.until.setText("2026-05-06")
    QTest.keyClick(page.until, Qt.Key.Key_Return)
    assert not page.said.isVisible()
    assert heading(page) == "4 entries  ·  until 6 May 2026"


def test_older_entries_come_when_the_list_is_scrolled_to_its_end(register: LedgerRegister, desk: Desk) -> None:
    desk.do(sign_in_often, 450)
    register.show()
    settle()
    page = register.page
    assert len(page.model.rows) == 200
    while page.list.model().canFetchMore(QModelIndex()):
        page.list.scrollToBottom()
        page.list.model().fetchMore(QModelIndex())
        settle()
    assert len(page.model.rows) == 454
    assert heading(page) == "454 entries"
    numbers = [int(one.id) for one in page.model.rows]
    assert numbers == sorted(set(numbers), reverse=True)


def sign_in_often(unit: Unit, times: int) -> None:
    for _ in range(times):
        unit.note("signed_in", {"attendee": unit.user.id})


def test_verifying_runs_beside_and_says_that_nothing_is_wrong(register: LedgerRegister, qtbot: QtBot) -> None:
    page = register.page
    page.verify.click()
    (bar,) = page.findChildren(QProgressBar)
    assert bar.isVisible()
    assert not page.verify.isEnabled()
    qtbot.waitUntil(page.verify.isEnabled)
    assert page.said.text().startswith("Nothing is wrong. Keep this elsewhere as an anchor: ")
    assert not bar.isVisible()


def test_verifying_says_what_is_wrong(register: LedgerRegister, desk: Desk, qtbot: QtBot) -> None:
    with desk.unit() as unit:
        unit.rows.connection().exec_driver_sql("UPDATE release SET purpose = 'all'")
    register.page.verify.click()
    qtbot.waitUntil(register.page.verify.isEnabled)
    assert register.page.said.text().startswith("1 thing is wrong.\nRow 1 of the table release is not as entry")
    assert register.page.said.property("look") == "caution"


def test_many_findings_are_counted(qtbot: QtBot) -> None:
    page = LedgerPage(Theme.load(ThemeName.LIGHT))
    qtbot.addWidget(page)
    page.set_verified(VerifiedView(sound=False, summary="9 things are wrong.", findings=tuple("abcdefghi")))
    assert page.said.text().splitlines()[-2:] == ["e", "And 4 more: `leaddesk verify` lists them all."]


def test_locking_while_it_is_verified_leaves_the_page_empty(
    register: LedgerRegister, desk: Desk, qtbot: QtBot
) -> None:
    page = register.page
    register._desk.lock()
    register.close()
    with qtbot.assertNotEmitted(register.failed):
        register._on_verified(VerifiedView(sound=True, summary="Nothing is wrong.", findings=()))
        register._on_failed(RuntimeError("locked"))
    assert (titles(page), heading(page), page.said.text()) == ([], "", "")
    assert page.person.count() == 1


def test_what_the_disk_refuses_is_told(register: LedgerRegister, desk: Desk, qtbot: QtBot) -> None:
    (desk._opened.folder / "desk.db").rename(desk._opened.folder / "taken.db")
    for engine in (desk._opened.engine, desk._opened._reading_engine):
        engine.dispose()
    with qtbot.waitSignal(register.failed):
        register.show()
        # People and entries are read one after the other, and both fail.
        settle()
    with qtbot.waitSignal(register.failed):
        register.page.verify.click()
    assert register.page.verify.isEnabled()


def test_the_model_is_sound_and_asks_once_for_each_part(qtmodeltester: ModelTester) -> None:
    model = LedgerModel()
    asked: list[int] = []
    model.more_asked.connect(asked.append)
    model.set_rows([row(9), row(8)], 8)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert asked[-1:] == [8]
    model.add_rows([row(7)], None)
    model.add_rows([], None)
    assert not model.canFetchMore(QModelIndex())
    assert [model.index(number).data(RowRole.ID) for number in range(3)] == ["9", "8", "7"]


def test_everything_has_a_name_and_fits_at_768(register: LedgerRegister, console: ConsoleWindow) -> None:
    page = register.page
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()), widget
    for one in page.findChildren(QLabel):
        assert not one.isVisible() or one.width() >= one.minimumSizeHint().width(), one.text()
    assert page.list.height() > 300
