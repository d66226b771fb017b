"""The pre-flight page on a real desk, by the keyboard: the same as the service says, and one step back."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.application import now
from leaddesk.policy.desk_views import FixOffer
from leaddesk.policy.preflight import Preflight
from leaddesk.policy.slides import slide
from leaddesk.policy.why import Fix
from leaddesk.services import preflight as service
from leaddesk.services.demo import PASSPHRASE
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.registers.preflight import CAN, PreflightPage
from leaddesk.ui.registers.preflight_register import PreflightRegister
from leaddesk.ui.theme import Theme, ThemeName
from tests.journeys.stage import Clock, Stage, stage
from tests.ui.console.looking import ChecksModels, caught, cut, silent, too_wide

K = Qt.Key


class Shown:
    """The page, and what can be done at it."""

    def __init__(self, on_stage: Stage, qtbot: QtBot) -> None:
        self.stage, self.qtbot = on_stage, qtbot
        self.register: PreflightRegister = on_stage.windows.preflight
        self.page: PreflightPage = self.register.page
        self.console = on_stage.windows.workplace.console

    def press(self, widget: QWidget, key: Qt.Key) -> None:
        """A key that has another room worked out."""
        before = self.page.outlook
        QTest.keyClick(widget, key)
        self.qtbot.waitUntil(lambda: self.page.outlook is not before)

    def button(self, words: str) -> QAbstractButton:
        return next(
            each
            for each in self.page.findChildren(QAbstractButton)
            if each.text().strip() == words and each.isVisible()
        )

    def words(self) -> str:
        return "\n".join(each.text() for each in self.page.findChildren(QLabel) if each.isVisibleTo(self.page))

    def expected(self) -> frozenset[str]:
        return frozenset(self.stage.desk.do(service.expected, self.stage.live.meeting))

    def say(self, present: frozenset[str]) -> Preflight:
        """What the command says of a room."""
        return self.stage.desk.do(service.preflight, self.stage.live.meeting, present, self.stage.desk.everyday)


@pytest.fixture
def shown(demo: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Shown]:
    shutil.copytree(demo, tmp_path / "desk")
    with stage(tmp_path / "desk", Clock(now()), fresh=False, passphrase=PASSPHRASE) as on_stage:
        made = Shown(on_stage, qtbot)
        made.console.activateWindow()
        QTest.keyClick(made.console, K.Key_F4)
        qtbot.waitUntil(lambda: made.page.outlook is not None)
        yield made


def test_a_key_opens_it_with_those_who_are_expected(shown: Shown) -> None:
    assert shown.console.page is PageName.PREFLIGHT
    assert shown.page.outlook is not None
    assert shown.page.outlook.items == shown.say(shown.expected()).items
    assert QApplication.focusWidget() is shown.page.people
    assert list(silent(shown.page)) == []


def test_on_a_small_window_who_comes_and_the_items_are_tabs_and_side_by_side_again_on_a_large_one(
    shown: Shown,
) -> None:
    page, (tabs,) = shown.page, shown.page.findChildren(QTabWidget)
    assert page.people.isVisible()
    assert page.items.isVisible()
    shown.console.resize(1000, 700)
    shown.qtbot.waitUntil(tabs.isVisible)
    assert QApplication.focusWidget() is page.people
    for number, (there, away) in enumerate(((page.people, page.items), (page.items, page.people))):
        tabs.setCurrentIndex(number)
        assert there.isVisible()
        assert not away.isVisible()
        assert [*too_wide(page), *cut(page)] == []
    shown.console.resize(1366, 740)
    shown.qtbot.waitUntil(lambda: not tabs.isVisible())
    assert page.people.isVisible()
    assert page.items.isVisible()


def test_nothing_is_claimed_before_the_first_answer(qtbot: QtBot) -> None:
    page = PreflightPage(Theme.load(ThemeName.LIGHT), Theme.load(ThemeName.LIGHT))
    qtbot.addWidget(page)
    page.show()
    said = [words.text() for words in page.findChildren(QLabel) if words.isVisible()]
    assert "Working it out\u2026" in said
    assert not any("may have all of it" in words for words in said)
    assert not [button for button in page.findChildren(QPushButton) if button.isVisible()]


def test_space_lets_somebody_stay_away_and_says_what_that_changes(shown: Shown) -> None:
    row = shown.page.people.currentIndex().data(Qt.ItemDataRole.UserRole)
    assert row.coming
    shown.press(shown.page.people, K.Key_Space)
    assert shown.page.outlook is not None
    assert row.name not in shown.page.outlook.present
    assert shown.page.outlook.items == shown.say(shown.expected() - {row.id}).items
    assert "for the room." in shown.words() or "the room reads" in shown.words()
    assert shown.page.people.currentIndex().data(Qt.ItemDataRole.UserRole).name == row.name
    shown.press(shown.button("Back to who is expected"), K.Key_Space)
    assert row.name in shown.page.outlook.present


def test_what_is_worked_out_is_what_the_running_room_then_sees(shown: Shown) -> None:
    live = shown.stage.live
    here = frozenset(live.watch.room.present)
    for one in sorted(shown.expected() - here):
        shown.register._on_toggled(one, False)
    shown.qtbot.waitUntil(lambda: shown.page.outlook is not None and len(shown.page.outlook.present) == len(here))
    shown.stage.command(Command.WIDEN)
    assert shown.page.outlook is not None
    for item in shown.page.outlook.items:
        assert item.slide == slide(live.material, live.watch.disclosure(item.id), item.id)


def test_without_those_who_must_sign_the_order_is_taken_and_taken_back_by_the_keyboard(shown: Shown) -> None:
    before = [item.id for item in shown.stage.live.material.agenda]
    shown.press(shown.button("Without them"), K.Key_Space)
    assert shown.page.outlook is not None
    assert shown.page.outlook.must_sign == ()
    proposed = [turn.id for turn in shown.page.outlook.order]
    assert proposed != before
    shown.press(shown.button("Take this order"), K.Key_Space)
    assert [item.id for item in shown.stage.live.material.agenda] == proposed
    assert "In this order most can be discussed" in shown.words()
    outlook = shown.page.outlook
    QTest.keyClick(shown.page.people, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shown.qtbot.waitUntil(lambda: shown.page.outlook is not outlook)
    assert [item.id for item in shown.stage.live.material.agenda] == before


def test_signing_a_release_and_taking_an_item_later_are_begun_from_here(shown: Shown) -> None:
    shown.register.signing_asked.disconnect()
    shown.register.form_asked.disconnect()
    signing, forms = caught(shown.register.signing_asked), caught(shown.register.form_asked)
    signers = shown.page.signers
    QTest.keyClick(shown.button("Sign now"), K.Key_Space)
    assert signing == [(signers,)]
    shown.page.fix_asked.emit(FixOffer(fix=Fix.SIGN, words="Sign now", people=signers[:1]))
    assert signing[1:] == [(signers[:1],)]
    shown.page.fix_asked.emit(FixOffer(fix=Fix.RELEASE, words="Record a release", about="par1"))
    assert forms == [("release", "par1")]
    ids = [item.id for item in shown.stage.live.material.agenda]
    shown.page.items.setCurrentIndex(shown.page.items.model().index(3, 0))
    outlook = shown.page.outlook
    shown.page.fix_asked.emit(FixOffer(fix=Fix.TAKE_AFTER, words="Take after item 6", about=ids[5]))
    shown.qtbot.waitUntil(lambda: shown.page.outlook is not outlook)
    assert [item.id for item in shown.stage.live.material.agenda][3:6] == [ids[4], ids[5], ids[3]]


def test_what_can_only_be_done_in_the_meeting_is_told_in_words(shown: Shown) -> None:
    assert Fix.STEP_OUT not in CAN
    names = {each.objectName() for each in shown.page.findChildren(QAbstractButton)}
    assert not any("steps out" in name for name in names)


def test_the_list_of_people_is_a_sound_model_and_closing_leaves_nothing(
    shown: Shown, qtmodeltester: ChecksModels
) -> None:
    qtmodeltester.check(shown.page.people.model())
    shown.register.close()
    assert shown.page.outlook is None
    assert shown.page.people.model().rowCount() == 0
    assert shown.words().count("Ruiz") == 0
