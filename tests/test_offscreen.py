"""The screens that there are without a display, and nothing left of how they are told to the platform."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from leaddesk.commands.demo import gallery

SCRIPT = """
from PySide6.QtWidgets import QApplication
from leaddesk.offscreen import _two_screens
with _two_screens():
    application = QApplication([])
print(*(screen.name() for screen in application.screens()), sep="\\n")
"""


def test_a_laptop_and_a_projector_and_no_folder_left_behind(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    environment |= {name: str(tmp_path) for name in ("TMPDIR", "TEMP", "TMP")}
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.splitlines() == ["Laptop", "Room 2 projector"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("told", ["1366", "1366x", "x768", "100x100", "1366x768x2"])
def test_the_gallery_refuses_what_is_no_size(told: str, tmp_path: Path) -> None:
    refused = CliRunner().invoke(gallery, [str(tmp_path / "gallery"), "--size", told])
    assert refused.exit_code == 2
    assert told in refused.output
    assert not (tmp_path / "gallery").exists()
