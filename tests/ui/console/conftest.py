"""A console dressed as the application dresses it, showing the sample meeting."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.ui import theme as themes
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.theme import Theme, ThemeName
from tests.ui.console.looking import filled


@pytest.fixture
def light() -> Theme:
    return Theme.load(ThemeName.LIGHT)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, light: Theme) -> Iterator[None]:
    font, palette = qapp.font(), qapp.palette()
    themes.apply(qapp, light)
    yield
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture
def console(qtbot: QtBot, light: Theme) -> ConsoleWindow:
    made = filled(light, light)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made
