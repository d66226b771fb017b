"""What is withheld is worked out between the keys, and what is shown of it is never older than the selected item."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.policy.console import private_side
from leaddesk.policy.desk_views import PrivateSide
from leaddesk.ui.console import side
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.private import PrivatePanel
from tests.journeys.stage import Clock, Stage, stage


def fresh(on: Stage) -> PrivateSide:
    live = on.live
    return private_side(live.material, live.mine(), live.watch, live.selected, "")


def test_the_newest_item_is_answered_whatever_was_being_worked_out(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side, "_SLICE", 0.0)
    shown: list[PrivateSide] = []
    with stage(tmp_path / "desk", Clock()) as on:
        controller = on.windows.workplace.controller
        panel = controller.console.meeting.private
        show = PrivatePanel.show_side

        def watched(this: PrivatePanel, view: PrivateSide) -> None:
            shown.append(view)
            assert view.working or view.withheld == fresh(on).withheld
            assert view.gathering or view.actions == fresh(on).actions
            assert view.item == (on.live.selected or ""), "never that of another item"
            show(this, view)

        monkeypatch.setattr(PrivatePanel, "show_side", watched)
        items = [item.id for item in on.live.material.agenda if item.links.get("participant")]
        for item in items[:3]:
            controller.console.meeting.agenda.selected.emit(item)
            QApplication.processEvents()
        assert all(view.working and not view.withheld for view in shown)
        assert any(view.gathering and not view.actions for view in shown)
        qtbot.waitUntil(lambda: not shown[-1].working)
        assert shown[-1].title == fresh(on).title
        assert shown[-1].withheld == fresh(on).withheld != ()
        # The room changes while it is worked out: what was known is of another room.
        controller.command(Command.WALK_IN)
        QApplication.processEvents()
        assert shown[-1].working
        controller.command(Command.SHOW_SELECTED)
        qtbot.waitUntil(lambda: not shown[-1].working)
        assert shown[-1].withheld == fresh(on).withheld
        assert panel.isVisible()
        controller.command(Command.WALK_IN)
        QApplication.processEvents()
    QApplication.processEvents()
    assert shown[-1].working, "nothing is worked out once the desk is locked"
