"""The typefaces are loaded as the application loads them; nothing else is shared."""

import pytest
from PySide6.QtWidgets import QApplication

from leaddesk.ui.theme import load_fonts


@pytest.fixture(autouse=True)
def typefaces(qapp: QApplication) -> None:
    load_fonts()
