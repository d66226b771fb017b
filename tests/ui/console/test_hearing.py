"""Who here may hear this, on the real windows and by the keyboard alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.application import now
from leaddesk.services.demo import PASSPHRASE
from leaddesk.ui.console.hearing import HearingDialog
from tests.journeys.stage import Clock, Stage, stage
from tests.services.opened import ledger
from tests.ui.console.looking import ChecksModels, silent

K = Qt.Key


@pytest.fixture
def on_stage(demo: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    shutil.copytree(demo, tmp_path / "desk")
    with stage(tmp_path / "desk", Clock(now()), fresh=False, passphrase=PASSPHRASE) as made:
        yield made


def opened(on_stage: Stage, family: str = "Brooks") -> HearingDialog:
    """The dialog as Ctrl+H opens it on the item of a participant."""
    one = on_stage.participant(family)
    item = next(item.id for item in on_stage.live.material.agenda if item.links.get("participant") == one)
    on_stage.live.select(item)
    console = on_stage.windows.workplace.console
    console.activateWindow()
    QTest.keyClick(console, K.Key_H, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    dialog = on_stage.windows.hearing.dialog
    assert dialog is not None
    return dialog


def box(dialog: HearingDialog, words: str) -> QCheckBox:
    return next(each for each in dialog.findChildren(QCheckBox) if each.accessibleName() == words)


def words(dialog: HearingDialog) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


def cells(dialog: HearingDialog) -> set[str]:
    model = dialog.table.model()
    return {
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(1, model.columnCount())
    }


def test_a_key_opens_it_for_whom_the_selected_item_is_about(on_stage: Stage, qtmodeltester: ChecksModels) -> None:
    dialog = opened(on_stage)
    assert dialog.windowTitle() == "LeadDesk"
    assert "would have to leave" in words(dialog)
    assert {"✓ may hear", "not by role"} <= cells(dialog)
    assert dialog.table.model().rowCount() == len(on_stage.live.watch.room.audience(on_stage.live.selected).members)
    assert list(silent(dialog)) == []
    qtmodeltester.check(dialog.table.model())


def test_enter_records_what_everybody_here_may_hear_once(on_stage: Stage) -> None:
    dialog = opened(on_stage)
    QTest.keyClick(dialog.table, K.Key_Return)
    entry = ledger(on_stage.desk)[-1]
    assert entry.action == "spoken"
    assert set(entry.payload["people"]) == on_stage.live.watch.room.audience(on_stage.live.selected).members
    assert "identity" in entry.payload["told"][on_stage.participant("Brooks")]
    assert "not_permitted" not in entry.payload
    assert f"Recorded as entry {entry.sequence}: name" in words(dialog)
    QTest.keyClick(dialog.table, K.Key_Return)
    assert ledger(on_stage.desk)[-1].sequence == entry.sequence


def test_tab_comes_from_the_table_to_what_was_told_and_nothing_checked_is_said_beside_it(on_stage: Stage) -> None:
    dialog = opened(on_stage)
    for each in dialog._boxes.values():
        each.setChecked(False)
    before = ledger(on_stage.desk)[-1].sequence
    QTest.keyClick(dialog.table, K.Key_Return)
    assert "Check what was told first" in words(dialog)
    first = next(iter(dialog._boxes.values()))
    assert dialog.focusWidget() is first
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, K.Key_Tab)
    assert dialog.focusWidget() is first
    assert ledger(on_stage.desk)[-1].sequence == before
    QTest.keyClick(first, K.Key_Space)
    assert "Check what was told first" not in words(dialog)


def test_what_some_may_not_hear_is_cautioned_and_can_be_recorded(on_stage: Stage) -> None:
    dialog = opened(on_stage)
    care = box(dialog, "Told: care")
    assert not care.isChecked()
    QTest.keyClick(care, K.Key_Space)
    assert "Not permitted for" in words(dialog)
    QTest.keyClick(care, K.Key_Return)
    assert ledger(on_stage.desk)[-1].payload["not_permitted"]


def test_whoever_else_it_could_be_about_is_offered_once_it_was_read_beside_it(on_stage: Stage, qtbot: QtBot) -> None:
    dialog = opened(on_stage)
    about = dialog.participant
    qtbot.waitUntil(lambda: dialog.about.count() > 2)
    assert dialog.participant == about == dialog.about.chosen
    known = [one for one in on_stage.live.watch.facts.participants if on_stage.live.mine().may_name(one)]
    assert {dialog.about.itemData(at) for at in range(1, dialog.about.count())} == set(known)


def test_somebody_else_is_found_by_typing_and_enter_there_records_nothing(on_stage: Stage) -> None:
    dialog = opened(on_stage)
    before = ledger(on_stage.desk)[-1].sequence
    line = dialog.about.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "business in general")
    QTest.keyClick(line, K.Key_Return)
    QApplication.processEvents()
    assert dialog.participant == ""
    assert ledger(on_stage.desk)[-1].sequence == before
    QTest.keyClick(dialog.table, K.Key_Return)
    assert ledger(on_stage.desk)[-1].sequence == before


def test_something_told_to_others_another_way_is_recorded_from_here(on_stage: Stage) -> None:
    dialog = opened(on_stage)
    QTest.keyClick(dialog._elsewhere, K.Key_Space)
    QTest.keyClick(dialog.table, K.Key_Return)
    assert on_stage.told[-1].todo == "Choose who was told first."
    hart = next(each for each in dialog._people.boxes if "Hart" in each.text())
    QTest.keyClick(hart, K.Key_Space)
    dialog._how.setCurrentIndex(1)
    dialog._purpose.setCurrentIndex(1)
    QTest.keyClick(hart, K.Key_Return)
    entry = ledger(on_stage.desk)[-1]
    assert (entry.action, entry.payload["people"]) == ("other", [on_stage.attendee("Hart")])
    assert entry.payload["purpose"] == "phone call"
    assert entry.payload["not_permitted"]


def test_enter_on_close_closes_and_records_nothing(on_stage: Stage) -> None:
    dialog = opened(on_stage)
    before = ledger(on_stage.desk)[-1].sequence
    close = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Close")
    close.setFocus()
    QTest.keyClick(close, K.Key_Return)
    assert on_stage.windows.hearing.dialog is None
    assert ledger(on_stage.desk)[-1].sequence == before


def test_it_goes_with_the_desk(on_stage: Stage) -> None:
    dialog = opened(on_stage)
    on_stage.windows.hearing.close()
    assert on_stage.windows.hearing.dialog is None
    assert not dialog.isVisible()
