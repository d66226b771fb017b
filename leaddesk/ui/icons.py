"""Icons: the signs of the typeface Phosphor, out of the package qtawesome, painted in a color.

The package itself is not imported: it would load eleven typefaces and every module of Qt, which takes longer than the
whole unlock window, and an icon needs one of them.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPalette,
    QPixmap,
)
from typing_extensions import override

TYPEFACE = "Phosphor"

#: The application's own property that says that it has the typeface.
_LOADED = "leaddesk_icons_loaded"

#: Of the icon's side, so that no sign is cut off.
_SHARE = 0.875


def icon(name: str, color: QColor) -> QIcon:
    """An icon by its name, such as ``warning-fill``: ``-bold`` if outlined, ``-fill`` if the state is on.

    Raises:
        KeyError: the typeface has no such sign.
    """
    return QIcon(_Engine(sign(name), color))


def sign(name: str) -> str:
    """The character that an icon is in the typeface.

    Raises:
        KeyError: the typeface has no such sign.
    """
    return chr(int(_signs()[name], 16))


def font(pixels: int) -> QFont:
    """The typeface of the icons, so many pixels high, its signs as they were drawn."""
    load()
    made = QFont(TYPEFACE)
    made.setPixelSize(pixels)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def load() -> None:
    """Make the typeface known to Qt; once is enough, twice does no harm."""
    application = QGuiApplication.instance()
    # Asking Qt for the family takes longer than painting the sign, and every sign asks.
    if application is not None and not application.property(_LOADED):
        QFontDatabase.addApplicationFont(str(_file("phosphor-[0-9]*.ttf")))
        application.setProperty(_LOADED, True)


class _Engine(QIconEngine):
    """Paints one sign at whatever size is asked for."""

    def __init__(self, char: str, color: QColor) -> None:
        super().__init__()
        self._char, self._color = char, color

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        disabled = mode is QIcon.Mode.Disabled
        ink = QGuiApplication.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        painter.save()
        painter.setPen(ink if disabled else self._color)
        painter.setFont(font(max(1, round(_SHARE * rect.height()))))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._char)
        painter.restore()

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._char, self._color)


@cache
def _signs() -> dict[str, str]:
    """Each icon's name and the number of its character, in hexadecimal digits."""
    signs: dict[str, str] = json.loads(_file("phosphor-charmap-*.json").read_text(encoding="utf-8"))
    return signs


def _file(pattern: str) -> Path:
    """The one file of that name in the package's folder."""
    spec = find_spec("qtawesome")
    assert spec is not None
    assert spec.origin is not None
    (found,) = Path(spec.origin).with_name("fonts").glob(pattern)
    return found
