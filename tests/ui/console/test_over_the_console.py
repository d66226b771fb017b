"""Whatever stands over the console, the room's keys work: the room waits for nobody who reads or types."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from leaddesk.application import now
from leaddesk.errors import KnownError
from leaddesk.policy.desk_views import Screen
from leaddesk.services.demo import PASSPHRASE
from leaddesk.ui.console.hearing import HearingDialog
from leaddesk.ui.console.keys import Command
from leaddesk.ui.registers.form import DayField, Form
from tests.journeys.stage import Clock, Stage, stage

OPENERS: dict[str, Callable[[Stage], object]] = {
    "who may hear": lambda on: on.command(Command.HEARING),
    "the keys": lambda on: on.windows.workplace.console.carry_out(Command.KEYS),
    "a problem": lambda on: on.windows.tell(KnownError("That did not work.", kept="Nothing was changed.")),
    "a plan": lambda on: on.windows.preparing.page.facts.plan_asked.emit(),
}


@pytest.fixture
def on_stage(demo: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    shutil.copytree(demo, tmp_path / "desk")
    with stage(tmp_path / "desk", Clock(now()), fresh=False, passphrase=PASSPHRASE) as made:
        made.windows.workplace.console.activateWindow()
        yield made


def over(on: Stage) -> QDialog:
    (dialog,) = [one for one in on.windows.workplace.console.findChildren(QDialog) if one.isVisible()]
    return dialog


def screen(on: Stage) -> Screen:
    return on.live.screen


def test_the_walk_in_key_empties_the_screen_whatever_stands_over_the_console(on_stage: Stage) -> None:
    on_stage.windows.preparing.refresh()
    for what, opens in OPENERS.items():
        on_stage.command(Command.WIDEN)
        on_stage.show("Brooks")
        opens(on_stage)
        QApplication.processEvents()
        assert screen(on_stage) is Screen.LIVE, what
        QTest.keyClick(over(on_stage), Qt.Key.Key_F8)
        assert screen(on_stage) is Screen.IDLE, what
        assert on_stage.live.watch.room.strangers == 1, what
        over(on_stage).close()
        on_stage.live.walked_out()


def test_the_lock_key_locks_whatever_stands_over_the_console(on_stage: Stage) -> None:
    on_stage.windows.preparing.refresh()
    asked: list[str] = []
    on_stage.windows.lock_asked.connect(lambda: asked.append("lock"))
    for number, (what, opens) in enumerate(OPENERS.items(), 1):
        opens(on_stage)
        QApplication.processEvents()
        QTest.keyClick(over(on_stage), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert len(asked) == number, what
        over(on_stage).close()


def test_ctrl_and_enter_in_a_form_save_it_and_show_the_room_nothing_else(on_stage: Stage) -> None:
    on_stage.command(Command.WIDEN)
    on_stage.show("Brooks")
    before = on_stage.screen
    other = on_stage.participant("Kowalski")
    on_stage.live.select(next(i.id for i in on_stage.live.material.agenda if i.links.get("participant") == other))
    on_stage.windows.registers.open_form("release", other)
    QApplication.processEvents()
    form = over(on_stage)
    assert isinstance(form, Form)
    field = form.findChild(DayField)
    assert field is not None
    field.setFocus()
    QTest.keyClicks(field, "31/2")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert on_stage.screen == before
    assert any("is no day" in one.text() for one in form.findChildren(QLabel) if one.isVisible())


def test_an_open_form_says_that_the_desk_is_handed_over_once_it_is_closed(on_stage: Stage) -> None:
    on_stage.windows.registers.open_form("release", on_stage.participant("Kowalski"))
    QApplication.processEvents()
    form = over(on_stage)
    QTest.keyClick(form, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert form.isVisible()
    said = [one.text() for one in form.findChildren(QLabel) if one.isVisible()]
    assert any("handed over once this form is closed" in words for words in said)


def test_who_may_hear_follows_the_room(on_stage: Stage) -> None:
    on_stage.show("Brooks")
    on_stage.command(Command.HEARING)
    dialog = over(on_stage)
    assert isinstance(dialog, HearingDialog)
    before = dialog.table.model().rowCount()
    QTest.keyClick(dialog, Qt.Key.Key_F8)
    on_stage.settle()
    model = dialog.table.model()
    assert model.rowCount() == before + 1
    assert "Somebody not identified" in {model.index(row, 0).data() for row in range(model.rowCount())}
