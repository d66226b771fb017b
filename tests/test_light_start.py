"""What a program holds before it is needed: seen in a process of its own."""

import os
import subprocess
import sys

HEAVY = {"alembic", "reportlab", "PIL", "pypdfium2", "openpyxl", "zxcvbn"}


def said(program: str) -> set[str]:
    """The words that a program prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, timeout=120)
    return set(done.stdout.split())


def loaded(program: str) -> set[str]:
    """The modules that are loaded when a program ends."""
    return said(f"{program}\nimport sys; print(*sys.modules)")


def test_a_running_meeting_holds_nothing_that_prints_imports_or_migrates() -> None:
    found = loaded("import leaddesk.application, leaddesk.services.opening, leaddesk.ui.desk_windows")
    assert {"sqlalchemy", "leaddesk.services.papers"} <= found
    assert not HEAVY & found


def test_the_unlock_window_waits_for_no_database() -> None:
    found = loaded("import leaddesk.application")
    assert "leaddesk.ui.unlock" in found
    assert not {"sqlalchemy", "sqlcipher3", "leaddesk.services.desk", "PySide6.QtDBus"} & found


def test_no_source_is_read_for_features_that_nothing_uses() -> None:
    program = "import leaddesk.application, linecache, sqlalchemy\nprint(*linecache.cache)"
    assert not [file for file in said(program) if "sqlalchemy" in file and file.endswith(".py")]
