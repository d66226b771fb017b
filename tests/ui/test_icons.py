"""Icons are painted from the shipped typeface, in the color asked for."""

import sys

import pytest
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication

from leaddesk.ui.icons import icon, sign


def _colors(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_an_icon_is_drawn_in_its_color(qapp: QApplication) -> None:
    drawn = icon("warning-fill", QColor("#713F00")).pixmap(32, 32).toImage()
    assert "#713f00" in _colors(drawn)


def test_an_icon_of_something_disabled_is_drawn_in_the_color_of_disabled_text(qapp: QApplication) -> None:
    disabled = QApplication.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    drawn = icon("warning-fill", QColor("#713F00")).pixmap(32, 32, QIcon.Mode.Disabled).toImage()
    assert disabled.name() in _colors(drawn)
    assert "#713f00" not in _colors(drawn)


def test_two_icons_are_two_pictures(qapp: QApplication) -> None:
    first, second = (icon(name, QColor("black")).pixmap(32, 32).toImage() for name in ("lock-bold", "eye-bold"))
    assert first != second


def test_what_the_typeface_has_not_is_refused() -> None:
    with pytest.raises(KeyError):
        sign("no-such-icon")


def test_no_other_typeface_of_the_package_is_loaded(qapp: QApplication) -> None:
    icon("lock-bold", QColor("black")).pixmap(32, 32)
    assert "qtawesome" not in sys.modules
