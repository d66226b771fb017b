"""Ink is kept as vectors that no window size changes."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.ui.signing.pad import SignaturePad, ink, scale_for, unit_point
from leaddesk.ui.theme import Theme, ThemeName
from tests.ui.console.looking import caught

SIDES = st.floats(min_value=1, max_value=8000)
PIXELS = st.floats(min_value=-2000, max_value=10000)


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    made = SignaturePad(Theme.load(ThemeName.LIGHT))
    qtbot.addWidget(made)
    made.resize(600, 180)
    made.show()
    return made


def draw(pad: SignaturePad, *points: tuple[int, int]) -> None:
    first, *others = (QPoint(*point) for point in points)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=first)
    for point in others:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(*points[-1]))


def black(pad: SignaturePad) -> int:
    """How many pixels of ink are painted."""
    image = pad.grab().toImage()
    dark = Theme.load(ThemeName.LIGHT).ink.lower()
    return sum(image.pixelColor(x, y).name() == dark for x in range(image.width()) for y in range(image.height()))


@given(x=PIXELS, y=PIXELS, width=SIDES, height=SIDES)
def test_every_point_lands_in_a_box_one_unit_wide(x: float, y: float, width: float, height: float) -> None:
    across, down = unit_point(x, y, scale_for(width, height, 0), height)
    assert 0 <= across <= 1
    assert 0 <= down <= height / width + 0.00001


@given(
    x=st.floats(min_value=0, max_value=1),
    y=st.floats(min_value=0, max_value=1),
    width=SIDES,
    height=SIDES,
    bigger=st.floats(min_value=0.1, max_value=10),
)
def test_the_same_place_on_a_pad_of_another_size_is_the_same_point(
    x: float, y: float, width: float, height: float, bigger: float
) -> None:
    one = unit_point(x * width, y * height, width, height)
    other = unit_point(x * width * bigger, y * height * bigger, width * bigger, height * bigger)
    assert isclose(one[0], other[0], abs_tol=0.00002)
    if min(height, height * bigger) >= 1:
        assert isclose(one[1], other[1], abs_tol=0.00002)


@given(width=SIDES, height=SIDES, lowest=st.floats(min_value=0, max_value=3))
def test_a_pad_of_any_shape_shows_the_lowest_point_and_the_whole_width(
    width: float, height: float, lowest: float
) -> None:
    scale = scale_for(width, height, lowest)
    assert scale <= max(1.0, width)
    assert lowest * scale <= max(1.0, height) + 0.001


def test_a_stroke_is_what_the_mouse_drew(pad: SignaturePad) -> None:
    changed = caught(pad.changed)
    draw(pad, (60, 60), (300, 120), (540, 60))
    (stroke,) = pad.strokes
    assert stroke.points == ((0.1, 0.1), (0.5, 0.2), (0.9, 0.1))
    assert changed
    assert black(pad) > 500


def test_strokes_survive_a_resize_and_more_can_be_drawn_after_it(pad: SignaturePad) -> None:
    draw(pad, (60, 30), (540, 170))
    before = pad.strokes
    pad.resize(600, 85)
    assert pad.strokes == before
    assert black(pad) > 200
    draw(pad, (30, 40), (250, 84))
    pad.resize(1200, 360)
    assert pad.strokes[0] == before[0]
    assert all(0 <= x <= 1 for stroke in pad.strokes for x, _ in stroke.points)


def test_it_takes_some_ink_to_be_a_signature(pad: SignaturePad) -> None:
    assert not pad.enough
    draw(pad, (60, 60), (61, 60))
    assert not pad.enough
    draw(pad, (60, 60), (300, 60))
    assert pad.enough


def test_undo_takes_the_last_stroke_back_and_clear_all_of_them(pad: SignaturePad) -> None:
    draw(pad, (60, 60), (300, 60))
    draw(pad, (60, 90), (300, 90))
    pad.undo()
    assert len(pad.strokes) == 1
    pad.clear()
    pad.undo()
    assert not pad.strokes


def test_a_pen_draws_too(pad: SignaturePad) -> None:
    device = QPointingDevice.primaryPointingDevice()
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, x, button, held in (
        (QEvent.Type.TabletPress, 60, left, left),
        (QEvent.Type.TabletMove, 300, none, left),
        (QEvent.Type.TabletRelease, 300, left, none),
    ):
        at = QPointF(x, 90)
        event = QTabletEvent(kind, device, at, at, 0.5, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, button, held)
        QApplication.sendEvent(pad, event)
    assert [stroke.points for stroke in pad.strokes] == [((0.1, 0.15), (0.5, 0.15))]


def test_the_length_of_ink_is_that_of_all_strokes() -> None:
    assert ink([[(0.0, 0.0), (0.3, 0.4)], [(0.0, 0.0)], [(0.0, 0.0), (0.1, 0.0)]]) == pytest.approx(0.6)
