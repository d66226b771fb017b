"""A keyed desk or all of LeadDesk for every test that wants one, and two screens for every window."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
from PySide6.QtWidgets import QApplication
from sqlalchemy.orm import Session

from leaddesk import paths
from leaddesk.application import Application, now
from leaddesk.models.schema import migrate
from leaddesk.services.demo import demo_desk
from leaddesk.ui.background import collect_what_is_due
from leaddesk.ui.theme import Theme, ThemeName, apply, load_fonts
from leaddesk.vault.desk import OpenDesk
from tests.often import THOROUGH
from tests.vault.making import FLOOR, make

settings.register_profile(THOROUGH, max_examples=1000, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The fuller runs that a flag asks for."""
    parser.addoption("--every-state", action="store_true", help="change the theme in every state of the gallery")


#: The laptop and the room's projector. The platform reads them once, before the first window.
_SCREENS = [
    {
        "name": "Laptop",
        "x": 0,
        "y": 0,
        "width": 1366,
        "height": 768,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    },
    {
        "name": "Room 2",
        "x": 1366,
        "y": 0,
        "width": 1920,
        "height": 1080,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    },
]


def pytest_configure(config: pytest.Config) -> None:
    """Windows are drawn off screen, on two screens, whatever display there is."""
    folder = tempfile.TemporaryDirectory(prefix="leaddesk-screens-")
    config.add_cleanup(folder.cleanup)
    file = Path(folder.name) / "screens.json"
    file.write_text(json.dumps({"synchronousWindowSystemEvents": False, "screens": _SCREENS}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"


@pytest.fixture(autouse=True)
def delete_what_was_put_off() -> Iterator[None]:
    """Windows that a test closed are gone when it ends: outside a loop of events nothing else deletes them."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        collect_what_is_due()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    """A new desk with its tables, opened with the least key work that LeadDesk accepts."""
    with make(tmp_path / "desk") as opened:
        with opened.migrating() as engine:
            migrate(engine)
        yield opened


@pytest.fixture
def session(desk: OpenDesk) -> Iterator[Session]:
    with Session(desk.engine) as opened:
        yield opened


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo desk, locked, to be copied."""
    folder = tmp_path_factory.mktemp("demo") / "desk"
    demo_desk(folder, clock=now, kdf=FLOOR).lock()
    return folder


@pytest.fixture
def application(
    demo: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    """LeadDesk at its unlock window, with the demo desk in the folder ``desk``."""
    monkeypatch.setattr(paths, "_settings", lambda: tmp_path / "settings" / "settings.json")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))  # where Qt's file dialog remembers folders
    load_fonts()
    apply(qapp, Theme.load(ThemeName.LIGHT))
    shutil.copytree(demo, tmp_path / "desk")
    application = Application(tmp_path / "desk")
    application.start()
    yield application
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    application.lock()
    application.unlock.close()
    application.unlock.deleteLater()
    QApplication.processEvents()
