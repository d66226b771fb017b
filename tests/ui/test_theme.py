"""Every theme is legible by the numbers that WCAG asks for, and complete."""

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.ui.theme import (
    SECOND_TYPEFACE,
    TYPEFACE,
    Theme,
    ThemeName,
    Token,
    load_fonts,
    palette,
    stylesheet,
)

GROUNDS = (Token.PAPER, Token.SURFACE, Token.SUNKEN, Token.TINT, Token.CAUTION_TINT)
TEXTS = (Token.INK, Token.INK_2, Token.ACCENT, Token.LIVE, Token.CAUTION)
DOCUMENTED = {
    (ThemeName.LIGHT, Token.INK): 13.4,
    (ThemeName.LIGHT, Token.INK_2): 7.5,
    (ThemeName.LIGHT, Token.ACCENT): 7.5,
    (ThemeName.LIGHT, Token.LIVE): 7.3,
    (ThemeName.LIGHT, Token.CAUTION): 7.2,
    (ThemeName.LIGHT, Token.EDGE): 3.2,
    (ThemeName.DARK, Token.INK): 11.2,
    (ThemeName.DARK, Token.INK_2): 7.1,
    (ThemeName.DARK, Token.ACCENT): 7.3,
    (ThemeName.DARK, Token.LIVE): 7.3,
    (ThemeName.DARK, Token.CAUTION): 7.9,
    (ThemeName.DARK, Token.EDGE): 3.4,
}


def luminance(color: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def worst(theme: Theme, token: Token) -> float:
    return min(contrast(theme.color(token), theme.color(ground)) for ground in GROUNDS)


@pytest.mark.parametrize("name", ThemeName)
@pytest.mark.parametrize("token", TEXTS)
def test_text_is_at_least_7_to_1_on_every_ground(name: ThemeName, token: Token) -> None:
    assert worst(Theme.load(name), token) >= 7


@pytest.mark.parametrize("name", ThemeName)
def test_text_on_filled_controls_is_at_least_7_to_1(name: ThemeName) -> None:
    theme = Theme.load(name)
    assert contrast(theme.color(Token.ON_ACCENT), theme.color(Token.ACCENT)) >= 7
    assert contrast(theme.color(Token.ON_LIVE), theme.color(Token.LIVE)) >= 7


@pytest.mark.parametrize("name", ThemeName)
def test_outlines_are_at_least_3_to_1(name: ThemeName) -> None:
    assert worst(Theme.load(name), Token.EDGE) >= 3


@pytest.mark.parametrize(("name", "token"), DOCUMENTED)
def test_contrast_is_as_good_as_documented(name: ThemeName, token: Token) -> None:
    assert round(worst(Theme.load(name), token), 1) >= DOCUMENTED[name, token]


@pytest.mark.parametrize("name", [ThemeName.HIGH_CONTRAST, ThemeName.HIGH_CONTRAST_DARK])
def test_high_contrast_draws_what_is_tinted_by_its_outline(name: ThemeName) -> None:
    theme = Theme.load(name)
    assert contrast(theme.color(Token.INK), theme.color(Token.PAPER)) == pytest.approx(21)
    assert contrast(theme.color(Token.TINT_EDGE), theme.color(Token.TINT)) == pytest.approx(21)
    assert theme.line == theme.edge == theme.ink


def test_both_typefaces_load_and_loading_twice_adds_nothing(qapp: QApplication) -> None:
    load_fonts()
    families = QFontDatabase.families()
    load_fonts()
    assert {TYPEFACE, SECOND_TYPEFACE} <= set(families)
    assert QFontDatabase.families() == families
    assert {"Regular", "Bold"} <= set(QFontDatabase.styles(TYPEFACE))


@pytest.mark.parametrize("name", ThemeName)
def test_the_stylesheet_is_one_that_qt_understands(name: ThemeName, qtbot: QtBot) -> None:
    theme = Theme.load(name)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    main = QPushButton("File")
    main.setProperty("look", "main")
    column.addWidget(main)
    column.addWidget(QLineEdit("a field"))
    window.setPalette(palette(theme))
    window.setStyleSheet(stylesheet(theme))
    window.resize(300, 120)
    assert main.grab().toImage().pixelColor(6, main.height() // 2).name() == theme.accent.lower()


def test_the_palette_sets_text_on_its_ground(qapp: QApplication) -> None:
    theme = Theme.load(ThemeName.DARK)
    made = palette(theme)
    assert made.color(QPalette.ColorRole.Window).name() == theme.paper.lower()
    assert contrast(made.color(QPalette.ColorRole.Text), made.color(QPalette.ColorRole.Base)) >= 7
