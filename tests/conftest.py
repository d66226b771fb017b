"""A keyed desk for every test that wants one, and two screens for every window."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from leaddesk.models.schema import migrate
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.keys import KdfSettings
from leaddesk.vault.opening import create_desk

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


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    """A new desk with its tables, opened with the least key work that LeadDesk accepts."""
    least = KdfSettings(time=3, memory=64 * 1024, parallelism=4)
    with create_desk(tmp_path / "desk", "a kettle on the third shelf", kdf=least) as opened:
        with opened.migrating() as engine:
            migrate(engine)
        yield opened


@pytest.fixture
def session(desk: OpenDesk) -> Iterator[Session]:
    with Session(desk.engine) as opened:
        yield opened
