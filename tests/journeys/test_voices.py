"""Kinds of voice missing today, at the console of a running meeting."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from leaddesk.ui.console.chips import ChipButton
from leaddesk.ui.console.keys import Command
from leaddesk.ui.registers.voices_form import VoicesFormDialog
from tests.journeys.keyboard import meeting, press


def test_the_chair_sets_the_voices_and_the_room_says_who_is_missing(tmp_path: Path, qtbot: QtBot) -> None:
    with meeting(tmp_path / "desk", qtbot) as on:
        console = on.windows.workplace.console
        chip = next(one for one in console.bar.findChildren(ChipButton) if "Room" in one.accessibleName())
        assert "missing" not in chip.accessibleName()
        on.command(Command.VOICES)
        form = on.windows.registers.forms.current
        assert isinstance(form, VoicesFormDialog)
        form.activateWindow()
        qtbot.waitUntil(form.isActiveWindow)
        boxes = form.findChildren(QCheckBox)
        here = {presence.role for presence in on.live.watch.room.present.values()}
        gone = next(box for box in boxes if box.accessibleName().rpartition(": ")[2].replace(" ", "_") not in here)
        present = next(box for box in boxes if box.accessibleName().rpartition(": ")[2].replace(" ", "_") in here)
        role = gone.accessibleName().rpartition(": ")[2]
        for box in (gone, present):
            box.setFocus()
            press(Qt.Key.Key_Space)
        press(Qt.Key.Key_Return)
        assert f"missing: {role}" in chip.accessibleName()
        assert role not in on.screen
        checks = on.windows.workplace.controller.closing_checks()
        assert any(role in check.words for check in checks)
