"""How LeadDesk looks on screen: colors by token, the typefaces, and the console's one stylesheet."""

import json
import re
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Self

import fontpkg_atkinson_hyperlegible as atkinson
import fontpkg_fira_sans as fira
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from leaddesk.assets import resource
from leaddesk.ui import icons

TYPEFACE = atkinson.FAMILY
"""Latin text."""
SECOND_TYPEFACE = fira.FAMILY
"""Words in letters that the first typeface lacks: Vietnamese, Greek, Cyrillic."""
BODY_POINTS = 11.25
"""The console's body text, at 96 dots an inch and a font scale of 1."""
LEAST_SCALE, GREATEST_SCALE = 1.0, 2.0
"""The font scales that the console has room for."""
_LOADED = "leaddesk_typefaces_loaded"
"""The application's own property that says that it has the typefaces of texts."""
_POINTS = re.compile(r"(\d+(?:\.\d+)?)pt\b")
_GRID = re.compile(r"(\d+)grid\b")


class ThemeName(StrEnum):
    """The themes that are shipped, by the name of their file."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"
    HIGH_CONTRAST_DARK = "high_contrast_dark"


class Token(StrEnum):
    """What a color is for. Every color on screen is one of these."""

    PAPER = "paper"
    SURFACE = "surface"
    SUNKEN = "sunken"
    TINT = "tint"
    TINT_EDGE = "tint_edge"
    INK = "ink"
    INK_2 = "ink_2"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    LIVE = "live"
    ON_LIVE = "on_live"
    CAUTION = "caution"
    CAUTION_TINT = "caution_tint"
    EDGE = "edge"
    LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A color for each token, as ``#RRGGBB``.

    Text is at least 7:1 on every ground and outlines that mean something at least 3:1 (WCAG 2.2, 1.4.6 and
    1.4.11).
    """

    name: ThemeName
    paper: str
    """The ground of windows and slides."""
    surface: str
    """Bars, cards and fields."""
    sunken: str
    """The private side."""
    tint: str
    """Selection, and what is decided."""
    tint_edge: str
    """The outline of what is tinted: the tint itself, but an edge where contrast is high."""
    ink: str
    ink_2: str
    """Labels, sources, second lines."""
    accent: str
    on_accent: str
    live: str
    """LIVE alone, and the frame around live."""
    on_live: str
    caution: str
    caution_tint: str
    edge: str
    """Outlines of controls and of cards that carry meaning."""
    line: str
    """Hairlines between rows: decoration."""

    @classmethod
    def load(cls, name: ThemeName) -> Self:
        """The shipped theme of that name.

        Raises:
            ValueError: when its file lacks a token, has one too many, or holds something that is no color.
        """
        stored = json.loads(resource(f"themes/{name}.json").read_text(encoding="utf-8"))
        colors = {str(token).replace("-", "_"): str(color) for token, color in stored.items()}
        expected = {field.name for field in fields(cls)} - {"name"}
        odd = sorted(expected ^ colors.keys())
        odd += sorted(token for token, color in colors.items() if not QColor.isValidColorName(color))
        if odd:
            raise ValueError(f"theme {name}: {', '.join(odd)}")
        return cls(name=name, **colors)

    def color(self, token: Token) -> QColor:
        """The color to paint a token with."""
        return QColor(str(getattr(self, token)))


def load_fonts() -> None:
    """Make the shipped typefaces known to Qt, two for text and that of the icons; twice does no harm."""
    icons.load()
    application = QApplication.instance()
    # Asking Qt which families there are has it read every typeface of the computer.
    if application is None or application.property(_LOADED):
        return
    for folder, stem in ((atkinson.ROOT, "AtkinsonHyperlegible"), (fira.ROOT, "FiraSans")):
        for weight in ("Regular", "Bold"):
            QFontDatabase.addApplicationFont(str(folder / "files" / f"{stem}-{weight}.ttf"))
    application.setProperty(_LOADED, True)


def font_scale() -> float:
    """How much larger than usual letters are now, and all that goes with them: by the application's own font."""
    return within_scales(QApplication.font().pointSizeF() / BODY_POINTS)


def within_scales(scale: float) -> float:
    """The nearest font scale that the console has room for."""
    return min(GREATEST_SCALE, max(LEAST_SCALE, scale))


def body_font(scale: float = LEAST_SCALE) -> QFont:
    """The console's body font: no hinting, so that text keeps its shape at every scale."""
    font = QFont()
    font.setFamilies([TYPEFACE, SECOND_TYPEFACE])
    font.setPointSizeF(BODY_POINTS * within_scales(scale))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def apply(app: QApplication, theme: Theme, scale: float = LEAST_SCALE) -> None:
    """Dress the whole application: Fusion, typefaces, palette and stylesheet.

    Args:
        app: the application.
        theme: the colors.
        scale: of the letters, and of all that goes with them.
    """
    load_fonts()
    app.setStyle("Fusion")
    app.setFont(body_font(scale))
    recolor(app, theme)


def recolor(app: QApplication, theme: Theme) -> None:
    """Dress an application that is dressed in other colors: palette and stylesheet."""
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme))


def palette(theme: Theme) -> QPalette:
    """What Fusion paints by itself, in the theme's colors."""
    role = QPalette.ColorRole
    colors = {
        role.Window: Token.PAPER,
        role.WindowText: Token.INK,
        role.Base: Token.SURFACE,
        role.AlternateBase: Token.SUNKEN,
        role.Text: Token.INK,
        role.PlaceholderText: Token.INK_2,
        role.Button: Token.SURFACE,
        role.ButtonText: Token.INK,
        role.BrightText: Token.ON_LIVE,
        role.ToolTipBase: Token.SURFACE,
        role.ToolTipText: Token.INK,
        role.Highlight: Token.ACCENT,
        role.HighlightedText: Token.ON_ACCENT,
        role.Accent: Token.ACCENT,
        role.Link: Token.ACCENT,
        role.LinkVisited: Token.ACCENT,
        role.Light: Token.SURFACE,
        role.Midlight: Token.SUNKEN,
        role.Mid: Token.LINE,
        role.Dark: Token.EDGE,
        role.Shadow: Token.EDGE,
    }
    made = QPalette()
    for each, token in colors.items():
        made.setColor(each, theme.color(token))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, theme.color(Token.INK_2))
    return made


def stylesheet(theme: Theme) -> str:
    """The console's one stylesheet. Widgets ask for a look by the dynamic property ``look``:

    ``main`` (a view's one filled button), ``quiet`` (a button without outline), ``chip``, ``chip-live``,
    ``chip-caution`` and ``chip-accent`` (outlined or filled chips), ``key`` (a key cap), ``card``, ``sunken`` and
    ``bar`` (grounds), ``hint``, ``heading`` and ``name`` (labels), ``caution`` (a warning in words).
    """
    return rules(_CONTROLS, theme) + rules(_LABELS, theme)


def rules(template: str, theme: Theme) -> str:
    """Rules of a stylesheet with the theme's colors for the tokens named in them, and points at the font scale.

    A length in ``grid``, the console's, is as many pixels as go with the letters.
    """
    colored = template.format_map({token.value: str(getattr(theme, token)) for token in Token})
    scale = font_scale()
    scaled = _POINTS.sub(lambda points: f"{float(points[1]) * scale:g}pt", colored)
    dots = scale * QApplication.primaryScreen().logicalDotsPerInchY() / 96
    return _GRID.sub(lambda length: f"{round(int(length[1]) * dots)}px", scaled)


_CONTROLS = """
QPushButton {{
  background: {surface}; color: {ink}; border: 1px solid {edge}; border-radius: 8px; padding: 7px 16px;
  font-size: 11.25pt;
}}
QPushButton:hover, QPushButton:pressed {{ background: {tint}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 6px 15px; }}
QPushButton:disabled {{ color: {ink_2}; border: 1px dashed {edge}; }}
QPushButton:checked {{ background: {tint}; color: {accent}; border: 2px solid {accent}; font-weight: bold; }}
QPushButton[look="main"] {{
  background: {accent}; color: {on_accent}; border: 1px solid {accent}; font-weight: bold;
}}
QPushButton[look="main"]:focus {{ border: 2px solid {ink}; }}
QPushButton[look="main"]:disabled {{ background: {surface}; color: {ink_2}; border: 1px dashed {edge}; }}
QPushButton[look="quiet"] {{ background: transparent; border: 1px solid transparent; color: {accent}; }}
QPushButton[look="quiet"]:focus {{ border: 2px solid {accent}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit {{
  background: {surface}; color: {ink}; border: 1px solid {edge}; border-radius: 8px; padding: 7px 12px;
  selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus,
QTimeEdit:focus, QDateTimeEdit:focus {{ border: 2px solid {accent}; padding: 6px 11px; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0px; border: none; }}
QComboBox::drop-down {{ border: none; width: 28px; }}
QComboBox::down-arrow {{
  width: 0px; height: 0px; border-left: 5px solid {surface}; border-right: 5px solid {surface};
  border-top: 6px solid {ink_2};
}}
QCheckBox::indicator, QRadioButton::indicator {{
  width: 14grid; height: 14grid; border: 2grid solid {edge}; border-radius: 4px; background: {surface};
}}
QRadioButton::indicator {{ border-radius: 8grid; }}
QCheckBox::indicator:checked {{
  border-color: {accent}; border-radius: 2px; padding: 2grid; width: 10grid; height: 10grid;
  background: {accent}; background-clip: content;
}}
QRadioButton::indicator:checked {{
  border-color: {accent}; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
    stop: 0 {accent}, stop: 0.52 {accent}, stop: 0.58 {surface}, stop: 1 {surface});
}}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {accent}; }}
QScrollBar:vertical {{ background: transparent; border: none; width: 12px; margin: 0px; }}
QScrollBar::handle:vertical {{ background: {edge}; border: none; border-radius: 4px; margin: 2px; min-height: 32px; }}
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0px; border: none; }}
QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
QListView, QTableView, QTreeView {{
  background: {paper}; color: {ink}; border: none; gridline-color: {line}; outline: none;
  selection-background-color: {tint}; selection-color: {ink};
}}
QListView::item, QTreeView::item {{ min-height: 40px; border: 1px solid transparent; border-radius: 8px; }}
QListView::item:selected, QTreeView::item:selected {{
  background: {tint}; color: {ink}; border: 1px solid {tint_edge};
}}
QListView:focus::item:selected, QTreeView:focus::item:selected {{ border: 2px solid {accent}; }}
QMessageBox QLabel#qt_msgbox_label {{ font-size: 12pt; font-weight: bold; }}
QToolTip {{ background: {surface}; color: {ink}; border: 1px solid {edge}; padding: 4px 8px; }}
"""

_LABELS = """
QLabel {{ background: transparent; color: {ink}; }}
QLabel[look="hint"] {{ color: {ink_2}; font-size: 10.5pt; }}
QLabel[look="heading"] {{ font-size: 12pt; font-weight: bold; }}
QLabel[look="name"] {{ font-size: 16.5pt; font-weight: bold; }}
QLabel[look="caution"] {{ color: {caution}; font-weight: bold; }}
QLabel[look="key"] {{
  background: {surface}; border: 1px solid {edge}; border-radius: 4px; padding: 1px 6px;
  font-size: 9.75pt; font-weight: bold;
}}
*[look="chip"], *[look="chip-live"], *[look="chip-caution"], *[look="chip-accent"] {{
  background: {surface}; color: {ink}; border: 1px solid {edge}; border-radius: 14px; padding: 3px 11px;
  min-height: 20px; font-size: 10.5pt; font-weight: bold;
}}
*[look="chip-live"] {{ background: {live}; color: {on_live}; border: 1px solid {live}; }}
*[look="chip-caution"] {{ background: {caution_tint}; color: {caution}; border: 1px solid {caution}; }}
*[look="chip-accent"] {{ background: {tint}; color: {ink}; border: 1px solid {accent}; }}
*[look="chip"]:focus, *[look="chip-accent"]:focus, *[look="chip-caution"]:focus {{
  border: 2px solid {accent}; padding: 2px 10px;
}}
QFrame[look="card"] {{ background: {surface}; border: 1px solid {edge}; border-radius: 10px; }}
QWidget[look="sunken"] {{ background: {sunken}; }}
QWidget[look="bar"] {{ background: {surface}; border: none; border-bottom: 1px solid {line}; }}
"""
