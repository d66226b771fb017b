"""The whole way by keyboard alone: a locked desk, a meeting with three people, and final minutes on the disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk import paths
from leaddesk.application import Application
from leaddesk.services import minutes
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.opening import sign_in
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.desk_windows import DeskWindows
from tests.journeys.hand import press, type_words
from tests.journeys.ninety_minutes import START, make_desk
from tests.journeys.stage import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock(START)


@pytest.fixture
def locked(tmp_path: Path, clock: Clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    """LeadDesk at its unlock window; the desk has a meeting planned for today."""
    monkeypatch.setattr(paths, "_settings", lambda: tmp_path / "settings" / "settings.json")
    make_desk(tmp_path / "desk", clock)
    application = Application(tmp_path / "desk", clock)
    application.start()
    application.unlock.activateWindow()
    yield application
    QThreadPool.globalInstance().waitForDone()
    application.lock()
    application.unlock.close()
    application.unlock.deleteLater()


def unlocked(application: Application, qtbot: QtBot) -> DeskWindows:
    """Types the passphrase, and says by Enter that the screens are as they should be."""
    qtbot.waitUntil(application.unlock.isActiveWindow)
    type_words(PASSPHRASE)
    press("Return")
    qtbot.waitUntil(lambda: application.windows is not None, timeout=60_000)
    windows = application.windows
    assert windows is not None
    qtbot.waitUntil(windows.workplace.cover.isActiveWindow)
    press("Return")
    qtbot.waitUntil(windows.workplace.console.isActiveWindow)
    return windows


def settle(windows: DeskWindows) -> None:
    QApplication.processEvents()
    while windows.workplace.controller.is_behind:
        QApplication.processEvents()


def find_and_do(windows: DeskWindows, words: str) -> None:
    press("Ctrl+K")
    type_words(words)
    press("Return")
    # Enter waits for the lists that are read beside it.
    while windows.finding.palette is not None:
        QApplication.processEvents()
    settle(windows)


def screen(windows: DeskWindows) -> str:
    return " ".join(windows.workplace.projector.page.texts())


def test_keys_alone_lead_from_the_locked_desk_to_final_minutes_on_the_disk(
    locked: Application, tmp_path: Path, clock: Clock, qtbot: QtBot
) -> None:
    windows = unlocked(locked, qtbot)
    live, controller = windows.workplace.controller.live, windows.workplace.controller
    assert windows.workplace.console.page is PageName.PREPARE
    find_and_do(windows, "open the meeting")
    assert controller.state == "open"

    # Three at the door, each by some letters of a name.
    press("Ctrl+I")
    for family in ("Whitf", "Okafo", "Kim"):
        type_words(family)
        press("Return")
        settle(windows)
    press("Esc")
    assert len(live.watch.room.present) == 3

    # The chair has looked who is there, and shows items; the presenter's key goes on to the next.
    press("F6", "Ctrl+Return")
    settle(windows)
    shown = [screen(windows)]
    for _ in range(3):
        clock.pass_by(minutes=1)
        press("PgDown")
        settle(windows)
        shown.append(screen(windows))
    assert len(set(shown)) == 4, "every key showed the room something else"

    # An update goes with the item at hand.
    press("Ctrl+1")
    type_words("The library opens at nine from Monday on.")
    press("Return")
    settle(windows)
    assert windows.workplace.console.meeting.entry.text == ""

    find_and_do(windows, "close the meeting")
    press("Return")
    settle(windows)
    assert controller.state == "closed"
    find_and_do(windows, "finalize")
    press("Return")
    settle(windows)
    assert controller.state == "finalized"
    meeting = windows.meeting

    # Locked by a key; what is on the disk is what was done.
    press("Ctrl+L")
    qtbot.waitUntil(lambda: locked.windows is None)
    desk = sign_in(tmp_path / "desk", PASSPHRASE, clock=clock)
    try:
        assert desk.verify().sound
        words = repr(desk.do(lambda unit: minutes.content(unit, meeting, 1)))
        assert "The library opens at nine" in words
    finally:
        desk.lock()
