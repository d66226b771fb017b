"""The windows of a desk are there at once, whatever is on the desk."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from leaddesk.services import meetings
from leaddesk.services.demo import demo_desk
from leaddesk.services.desk import lock_after
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import BEHIND_MENU, PageName
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.projector.canvas import HEIGHT
from leaddesk.ui.projector.thumbnail import SlideThumbnail
from leaddesk.ui.screens import Screens
from leaddesk.ui.theme import Theme, ThemeName
from tests.journeys.keyboard import meeting
from tests.vault.making import FLOOR

NOW = datetime(2026, 5, 6, 17, tzinfo=UTC)


def made_pages(console: ConsoleWindow) -> list[PageName]:
    return [name for name, page in console._pages.items() if page.made is not None]


def thumbnail(console: ConsoleWindow) -> SlideThumbnail:
    return next(one for one in console.findChildren(SlideThumbnail) if one.accessibleName() == "Live")


@pytest.mark.usefixtures("qapp")
def test_an_open_meeting_is_on_screen_after_at_most_fifteen_statements(tmp_path: Path) -> None:
    desk = demo_desk(tmp_path / "desk", clock=lambda: NOW, kdf=FLOOR)
    sent: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(desk.vault.engine, "before_cursor_execute", hear)
    light = Theme.load(ThemeName.LIGHT)
    desk.do(lock_after)
    windows = DeskWindows(desk, desk.do(meetings.at_hand), (light, light), lambda: NOW, Screens(), rehearsal=True)
    windows.open()
    QApplication.processEvents()
    place = windows.workplace
    assert place.console.isVisible()
    assert place.projector.isVisible()
    assert place.console.meeting.agenda.selected_id
    assert windows.meeting_open
    assert len(sent) <= 15, "\n".join(sent)
    windows.close()


def test_a_page_is_made_at_its_first_visit_and_by_nothing_else(tmp_path: Path, qtbot: QtBot) -> None:
    with meeting(tmp_path / "desk", qtbot) as on:
        windows, console = on.windows, on.windows.workplace.console
        dark = Theme.load(ThemeName.DARK)
        windows.set_themes((dark, dark), frozenset())
        windows.preflight.refresh()
        windows.papers.show()
        windows.backups.make_if_due()
        on.command(Command.DISCUSSED)
        on.command(Command.UNDO)
        assert made_pages(console) == [PageName.MEETING]
        assert set(console.open_pages) == set(PageName) - BEHIND_MENU
        console.go_to(PageName.PLACES)
        assert made_pages(console) == [PageName.MEETING, PageName.PLACES]
        console.go_to(PageName.PREFLIGHT)
        preflight = windows.preflight.page
        console.go_to(PageName.MEETING)
        console.go_to(PageName.PREFLIGHT)
        assert windows.preflight.page is preflight
        visited = made_pages(console)
        assert set(visited) == {PageName.MEETING, PageName.PLACES, PageName.PREFLIGHT}
    assert made_pages(console) == visited, "closing empties what is there, and makes nothing to be emptied"


def test_what_the_console_shows_as_live_is_the_page_of_a_narrow_projector_too(tmp_path: Path, qtbot: QtBot) -> None:
    with meeting(tmp_path / "desk", qtbot) as on:
        place = on.windows.workplace
        for size in (QSize(1920, 1080), QSize(1024, 768)):
            place.projector.resize(size)
            on.show("Brooks")
            shown, live = place.projector.page, thumbnail(place.console).page
            assert shown.width / HEIGHT == pytest.approx(size.width() / size.height())
            assert live == shown
