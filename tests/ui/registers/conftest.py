"""A console for the pages behind its menu."""

import pytest
from pytestqt.qtbot import QtBot

from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.theme import Theme, ThemeName, load_fonts


@pytest.fixture
def console(qtbot: QtBot) -> ConsoleWindow:
    load_fonts()
    light = Theme.load(ThemeName.LIGHT)
    made = ConsoleWindow(light, light)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made
