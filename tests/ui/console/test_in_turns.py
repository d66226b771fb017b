"""A key of the room paints the room's frame; the console comes in its own turns, before the next key in any case."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.private import PrivatePanel
from leaddesk.ui.console.stage import StagePanel
from tests.journeys.stage import Clock, stage


def _noting(order: list[str], method: str, show: Callable[..., None]) -> Callable[..., None]:
    def noting(panel: object, view: object) -> None:
        order.append(method)
        show(panel, view)

    return noting


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The panels, in the order in which they are given something to show."""
    order: list[str] = []
    for panel, method in ((PrivatePanel, "show_side"), (StagePanel, "show_stage"), (StagePanel, "show_upcoming")):
        monkeypatch.setattr(panel, method, _noting(order, method, getattr(panel, method)))
    return order


def test_the_room_s_frame_waits_for_no_panel(tmp_path: Path, shown: list[str]) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        on.command(Command.WIDEN)
        controller, console = on.windows.workplace.controller, on.windows.workplace.console
        shown.clear()
        QTest.keyClick(console, Qt.Key.Key_PageDown)
        assert on.live.live_item is not None
        assert shown == [], "no panel before the room's frame"
        assert controller.is_behind
        on.settle()
        assert shown[:2] == ["show_stage", "show_side"]
        assert "show_upcoming" in shown
        assert set(on.windows.workplace.projector.page.texts()) <= set(console.meeting.stage.live_texts)


def test_no_key_meets_a_console_that_is_behind(tmp_path: Path, shown: list[str]) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        console = on.windows.workplace.console
        shown.clear()
        items = [item.id for item in on.live.material.agenda]
        console.meeting.agenda.selected.emit(items[1])
        assert shown == []
        QTest.keyClick(QApplication.focusWidget() or console, Qt.Key.Key_X)
        assert "show_side" in shown, "the private side is that of the selected item before anything is typed"
        assert "show_upcoming" not in shown, "what can be waited for is"
        on.settle()
        assert "show_upcoming" in shown
