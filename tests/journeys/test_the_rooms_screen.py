"""The room's screen in the real windows: pages, freeze, what goes wrong on the way to it, and no screen at all."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from leaddesk.application import Application
from leaddesk.models import Release
from leaddesk.policy.desk_views import EntryKind, Screen
from leaddesk.policy.views import ActionBoard, IdleCard, ParticipantSlide
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Unit
from leaddesk.services.entry_line import Line, file
from leaddesk.ui.console.keys import Command
from leaddesk.ui.projector.window import ProjectorWindow
from tests.journeys.room_screen import MIDNIGHT
from tests.journeys.stage import Clock, Stage, stage
from tests.services.opened import ledger
from tests.ui.test_screens import LAPTOP, ROOM, DrivenScreens


@pytest.fixture
def on(tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    del qtbot
    with stage(tmp_path / "desk", Clock()) as made:
        # The keys alone act between two looks at the clock.
        made.windows.workplace.controller._tick.setInterval(1_000_000)
        made.command(Command.WIDEN)
        yield made


def window(on: Stage) -> ProjectorWindow:
    return on.windows.workplace.projector


def doing(on: Stage) -> Screen:
    return on.live.screen


def show_actions(on: Stage) -> None:
    """Shows the action board, which has several pages and names people."""
    on.live.select(next(i.id for i in on.live.material.agenda if getattr(i.fields["kind"], "value", "") == "actions"))
    on.command(Command.SHOW_SELECTED)
    assert isinstance(window(on).slide, ActionBoard)
    assert len(window(on)._pages) > 1


def pause_passes(on: Stage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not on.windows.workplace.driver.pausing)
    on.settle()


def _all_end_today(unit: Unit) -> None:
    for release in unit.rows.scalars(sa.select(Release).where(Release.ends_on.is_not(None))):
        release.ends_on = unit.today


def test_what_has_ended_is_taken_down_before_another_page_of_it_is_painted(on: Stage) -> None:
    on.clock.now = MIDNIGHT - timedelta(seconds=1)
    on.live.do(_all_end_today)
    on.show("Brooks")
    file(on.live, Line(kind=EntryKind.ACTION, text="Take Angela Brooks to the clinic okafor 7 may"))
    on.command(Command.WIDEN)
    show_actions(on)
    pages = [" ".join(page.texts()) for page in window(on)._pages]
    named = next(number for number, words in enumerate(pages) if "Brooks" in words)
    window(on).show_slide(window(on).slide or on.live.idle(), named + 1 if named == 0 else named - 1)
    on.settle()
    assert "Brooks" not in on.screen
    frames = len(on.frames)
    on.clock.now = MIDNIGHT
    on.command(Command.BACK if named == 0 else Command.NEXT)
    assert on.frames[frames:]
    assert not any("Brooks" in frame for frame in on.frames[frames:])
    assert on.live.live_item is None, "and no other item is shown instead"


def test_a_frozen_screen_holds_its_page_and_the_console_says_so(on: Stage) -> None:
    show_actions(on)
    on.command(Command.FREEZE)
    page, item = window(on).page, on.live.live_item
    for command in (Command.NEXT, Command.BACK):
        on.windows.workplace.console.notice.say("news", "")
        on.command(command)
        assert window(on).page == page
        assert on.live.live_item == item
        assert any("held" in line.text() for line in on.windows.workplace.console.notice.findChildren(QLabel))
    on.windows.workplace.console.meeting.stage.page_asked.emit(1)
    assert window(on).page == page
    on.command(Command.FREEZE, Command.NEXT)
    assert window(on).page.number == page.number + 1


def test_what_is_the_same_after_all_is_seen_at_its_page(on: Stage, qtbot: QtBot) -> None:
    show_actions(on)
    on.command(Command.NEXT)
    second = window(on).page
    frames = len(on.frames)
    on.command(Command.WIDEN)
    assert window(on).page == second
    assert set(on.frames[frames:]) <= {on.screen}
    on.live.do_narrowing(lambda unit: unit.note("widening_confirmed"))
    assert isinstance(window(on).slide, IdleCard)
    pause_passes(on, qtbot)
    assert window(on).page == second
    on.command(Command.BLANK, Command.BLANK)
    assert window(on).page == second
    on.command(Command.SHOW_SELECTED)
    assert window(on).page.number == 1, "shown anew, it begins at its beginning"


def test_a_slide_that_can_not_be_laid_out_leaves_nothing_of_the_one_before(
    on: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    on.show("Brooks")
    with monkeypatch.context() as patched:
        patched.setattr("leaddesk.ui.projector.pages.action_board", _broken)
        with pytest.raises(RuntimeError):
            show_actions(on)
    assert isinstance(window(on).slide, IdleCard)
    assert on.live.live_item is None
    assert "Brooks" not in on.screen
    on.show("Brooks")
    with monkeypatch.context() as patched:
        patched.setattr("leaddesk.ui.projector.pages.action_board", _broken)
        patched.setattr("leaddesk.ui.projector.pages.idle", _broken)
        window(on).forget()
        with pytest.raises(RuntimeError):
            show_actions(on)
    assert on.screen == "", "where there is not even a card, it is black"
    on.show("Brooks")
    assert "Brooks" in on.screen


def _broken(*_args: object) -> None:
    raise RuntimeError


def test_a_slide_that_can_not_be_painted_is_black(on: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    on.show("Brooks")
    picture = QImage(window(on).size(), QImage.Format.Format_RGB32)
    window(on).render(picture)
    assert picture.pixelColor(5, 5).name() != "#000000"
    with monkeypatch.context() as patched:
        patched.setattr("leaddesk.ui.projector.window.paint", _broken)
        with pytest.raises(RuntimeError):
            window(on).render(picture)
    colors = {picture.pixelColor(x, y).name() for x in range(0, 1900, 50) for y in range(0, 1000, 50)}
    assert colors == {"#000000"}


def test_without_a_second_screen_nobody_is_shown_anything_and_the_console_says_so(
    tmp_path: Path, qtbot: QtBot
) -> None:
    screens = DrivenScreens(LAPTOP)
    with stage(tmp_path / "desk", Clock(), screens=screens) as on:
        stage_panel = on.windows.workplace.console.meeting.stage
        on.command(Command.WIDEN)
        on.show("Brooks")
        assert not window(on).isVisible()
        assert doing(on) is Screen.NONE
        assert stage_panel._chip.accessibleName() == "No second screen"
        assert stage_panel._seen.text() == "nobody sees this"
        words = [row.state.value for row in on.windows.workplace.controller._agenda({})]
        assert "at hand" in words
        assert "live" not in words
        assert [entry for entry in ledger(on.desk) if entry.action == "projected" and entry.at >= on.clock.now] == []
        on.clock.pass_by(minutes=4)
        on.command(Command.NEXT)
        rows = on.windows.workplace.controller._agenda(on.windows.workplace.controller._item_clock.look(on.clock.now))
        assert 4 in [row.spent for row in rows], "its time is kept all the same"
        # The projector is plugged in, and pulled out again while somebody is on it.
        screens.now = (LAPTOP, ROOM)
        screens.look()
        on.windows.workplace.cover.restored.emit()
        assert isinstance(window(on).slide, IdleCard)
        on.show("Brooks")
        assert doing(on) is Screen.LIVE
        screens.now = (LAPTOP,)
        screens.look()
        assert doing(on) is Screen.NONE
        actions = [entry.action for entry in ledger(on.desk)]
        assert actions.count("projected") == actions.count("shown_until")
        on.windows.workplace.cover.restored.emit()
        on.show("Brooks")
        assert [entry.action for entry in ledger(on.desk)][-1] == "item_taken"
        assert isinstance(window(on).slide, IdleCard)
        on.settle()


def test_the_next_users_windows_get_no_slide_of_the_ones_before(on: Stage) -> None:
    on.show("Brooks")
    on.command(Command.NEXT)
    given = on.windows.workplace.give_projector()
    on.windows.workplace.controller.live.show_idle()
    assert all(isinstance(slide, IdleCard) for _, slide, _ in given.layouts._kept)
    assert isinstance(given.slide, IdleCard)
    given.close()


def test_a_bug_shows_the_public_card_and_its_box_holds_up_none_of_the_rooms_keys(
    application: Application, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    application.unlock_with(PASSPHRASE)
    qtbot.waitUntil(lambda: application.windows is not None, timeout=20_000)
    windows = application.windows
    assert windows is not None
    windows.workplace.cover.restored.emit()
    windows.workplace.console.activateWindow()
    QApplication.processEvents()
    live, projector = windows.workplace.controller.live, windows.workplace.projector
    live.confirm()
    item = next(i.id for i in live.material.agenda if isinstance(live._preview(i.id), ParticipantSlide))
    live.show(item)
    assert live.live_item == item
    application.tell_bug(RuntimeError, RuntimeError("Angela Brooks"))
    application.tell_bug(RuntimeError, RuntimeError("Angela Brooks"))
    assert isinstance(projector.slide, IdleCard)
    (box,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
    assert "Brooks" not in box.text() + box.informativeText() + capsys.readouterr().err
    live.show(item)
    QApplication.processEvents()
    QTest.keyClick(box, Qt.Key.Key_F8)
    assert isinstance(projector.slide, IdleCard)
    assert live.watch.room.strangers == 1
    box.close()
