"""LeadDesk from its unlock window: the sample, a desk of one's own, a wrong passphrase, locking."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from leaddesk import paths
from leaddesk.application import Application, now
from leaddesk.services.demo import PASSPHRASE, demo_desk
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.theme import Theme, ThemeName, apply, load_fonts
from tests.vault.making import FLOOR


@pytest.fixture
def application(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    del qtbot
    monkeypatch.setattr(paths, "_settings", lambda: tmp_path / "settings" / "settings.json")
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    load_fonts()
    apply(qt, Theme.load(ThemeName.LIGHT))
    demo_desk(tmp_path / "desk", clock=now, kdf=FLOOR).lock()
    application = Application(tmp_path / "desk")
    application.start()
    yield application
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    application.lock()
    application.unlock.close()
    QApplication.processEvents()


def opened(application: Application, qtbot: QtBot) -> DeskWindows:
    """The windows of the desk that was just unlocked."""
    qtbot.waitUntil(lambda: application.windows is not None, timeout=60_000)
    assert application.windows is not None
    return application.windows


def words(application: Application) -> str:
    return " ".join(label.text() for label in application.unlock.findChildren(QLabel))


def test_a_wrong_passphrase_is_said_and_the_right_one_opens_the_meeting(
    application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    application.unlock.unlock_asked.emit("not the passphrase")
    qtbot.waitUntil(lambda: "does not open" in words(application), timeout=20_000)
    assert application.windows is None
    application.unlock.unlock_asked.emit(PASSPHRASE)
    windows = opened(application, qtbot)
    assert not application.unlock.isVisible()
    # Nothing private before the chair has looked at the screens.
    place = windows.workplace
    assert not place.console.isVisible()
    place.cover.restored.emit()
    assert place.console.isVisible()
    assert json.loads((tmp_path / "settings" / "settings.json").read_text(encoding="utf-8")) == {
        "desk": str((tmp_path / "desk").resolve())
    }


def test_locking_closes_everything_and_comes_back_to_unlocking(application: Application, qtbot: QtBot) -> None:
    application.unlock.unlock_asked.emit(PASSPHRASE)
    windows = opened(application, qtbot)
    windows.workplace.cover.restored.emit()
    windows.workplace.controller.lock_asked.emit()
    assert application.windows is None
    assert windows.desk.locked
    assert application.unlock.isVisible()
    assert not windows.workplace.console.isVisible()
    assert all(not page.shown for page in windows.registers.pages.values())


def test_a_desk_of_ones_own_is_no_rehearsal_after_the_sample(application: Application, qtbot: QtBot) -> None:
    application.unlock.sample_asked.emit()
    assert opened(application, qtbot).workplace.console.isVisible()
    application.lock()
    application.unlock.unlock_asked.emit(PASSPHRASE)
    place = opened(application, qtbot).workplace
    assert not place.console.isVisible()
    assert place.cover.isVisible()
