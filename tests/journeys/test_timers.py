"""The time that each item has had, on the console alone, over going back and forth and a restart."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.services.demo import PASSPHRASE
from leaddesk.ui.console.keys import Command
from tests.journeys.keyboard import meeting, said
from tests.journeys.stage import Clock, Stage, stage


def item_of(on: Stage, family: str) -> str:
    one = on.participant(family)
    return next(item.id for item in on.live.material.agenda if item.links.get("participant") == one)


def spent(on: Stage, family: str) -> int:
    """The minutes that the agenda says of somebody's item."""
    controller = on.windows.workplace.controller
    controller.refresh()
    rows = on.windows.workplace.console.meeting.agenda._model.rows
    return next(row.spent for row in rows if row.id == item_of(on, family))


def labels(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_minutes_are_kept_for_each_item_back_and_forth_and_over_a_restart(tmp_path: Path, qtbot: QtBot) -> None:
    clock, folder = Clock(), tmp_path / "desk"
    with meeting(folder, qtbot, clock) as on:
        on.show("Brooks")
        clock.pass_by(minutes=3)
        assert spent(on, "Brooks") == 3
        on.show("Kowalski")
        clock.pass_by(minutes=2)
        on.show("Brooks")
        clock.pass_by(minutes=1)
        on.command(Command.BLANK)
        clock.pass_by(minutes=1)
        assert spent(on, "Brooks") == 5, "a black screen does not end the talk"
        on.command(Command.BLANK)
        on.command(Command.IDLE)
        clock.pass_by(minutes=9)
        assert (spent(on, "Brooks"), spent(on, "Kowalski")) == (5, 2), "the idle card does"
    clock.pass_by(minutes=30)
    with stage(folder, clock, fresh=False, passphrase=PASSPHRASE) as on:
        assert (spent(on, "Brooks"), spent(on, "Kowalski")) == (5, 2)
        on.command(Command.WIDEN)
        on.show("Kowalski")
        clock.pass_by(minutes=1)
        assert spent(on, "Kowalski") == 3


def test_time_over_is_said_by_word_and_shape_on_the_console_alone(tmp_path: Path, qtbot: QtBot) -> None:
    clock = Clock()
    with meeting(tmp_path / "desk", qtbot, clock) as on:
        controller, page = on.windows.workplace.controller, on.windows.workplace.console.meeting
        on.show("Brooks")
        clock.pass_by(minutes=3, seconds=59)
        controller.tick()
        assert "3:59 of 4 min" in labels(page.stage)
        assert "over" not in labels(page.stage)
        clock.pass_by(minutes=2, seconds=1)
        controller.tick()
        controller.refresh()
        assert "2:00 over" in labels(page.stage)
        assert "over" not in on.screen.split()
        row = next(row for row in page.agenda._model.rows if row.id == item_of(on, "Brooks"))
        assert (row.spent, row.minutes) == (6, 4)
        assert said(on) == ""


def test_the_sign_that_time_is_up_is_there_for_those_who_want_it(tmp_path: Path, qtbot: QtBot) -> None:
    clock = Clock()
    with meeting(tmp_path / "desk", qtbot, clock) as on:
        on.show("Brooks")
        on.command(Command.TIME_SIGN)
        assert "when the time of an item is up" in said(on)
        clock.pass_by(minutes=5)
        on.windows.workplace.controller.tick()
        assert "Time is up for what is live." in said(on)
        assert "Time is up" not in on.screen
        on.show("Kowalski")
        assert "Time is up" not in said(on)
        on.command(Command.TIME_SIGN)
        clock.pass_by(minutes=30)
        on.windows.workplace.controller.tick()
        assert "Time is up" not in said(on)
