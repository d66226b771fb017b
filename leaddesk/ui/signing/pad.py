"""Where a signature is drawn: strokes kept as vectors, so that they stay sharp on every paper and screen."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import dist

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from leaddesk.policy.views import Stroke
from leaddesk.ui.console.parts import pixmap, px
from leaddesk.ui.theme import Theme, Token

LEAST_INK = 0.15
"""How long all strokes together must be to be a signature, as a part of the pad's width."""
_PEN = 0.005
_BASELINE = 24
"""How far above the lower edge the line to sign on stands."""

Points = Sequence[tuple[float, float]]


class SignaturePad(QWidget):
    """Takes a signature by mouse, finger or pen, and keeps it in a box one unit wide, y downwards."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._strokes: list[list[tuple[float, float]]] = []
        self._inking = False
        self.setMinimumHeight(px(self, 110))
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn, the same at every size of the pad."""
        return tuple(Stroke(points=tuple(points)) for points in self._strokes)

    @property
    def enough(self) -> bool:
        """Whether there is ink enough for a signature."""
        return ink(self._strokes) >= LEAST_INK

    def undo(self) -> None:
        """Takes the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._redraw()

    def clear(self) -> None:
        """Takes every stroke back."""
        self._strokes.clear()
        self._inking = False
        self._redraw()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(self, 566), px(self, 168))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._put_down(event.position())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._draw_to(event.position())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._inking = False

    @override
    def tabletEvent(self, event: QTabletEvent) -> None:
        """Every point the pen tells: the mouse events that Qt would make of them are fewer."""
        if event.type() is QEvent.Type.TabletPress:
            self._put_down(event.position())
        elif event.type() is QEvent.Type.TabletMove:
            self._draw_to(event.position())
        else:
            self._inking = False
        event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.height() - px(self, _BASELINE)
        painter.setPen(QPen(self._theme.color(Token.EDGE), 1))
        painter.drawLine(QPointF(0, line + 0.5), QPointF(self.width(), line + 0.5))
        cross = pixmap(self, self._theme, "x-bold", Token.INK_2, 14)
        painter.drawPixmap(QPointF(px(self, 4), line - px(self, 26)), cross)
        paint_strokes(painter, self._strokes, self._scale(), self._theme)
        painter.end()

    def _scale(self) -> float:
        """Pixels to a unit: the width, unless the pad has become too flat for what was drawn on it."""
        lowest = max((y for points in self._strokes for _, y in points), default=0.0)
        return scale_for(self.width(), self.height(), lowest)

    def _put_down(self, at: QPointF) -> None:
        self._inking = True
        self._strokes.append([unit_point(at.x(), at.y(), self._scale(), self.height())])
        self._redraw()

    def _draw_to(self, at: QPointF) -> None:
        if self._inking:
            self._strokes[-1].append(unit_point(at.x(), at.y(), self._scale(), self.height()))
            self._redraw()

    def _redraw(self) -> None:
        self.update()
        self.changed.emit()


def scale_for(width: float, height: float, lowest: float) -> float:
    """Pixels to a unit so that the box is at most ``width`` wide and a point ``lowest`` units down is inside."""
    widest = max(1.0, width)
    return widest if lowest * widest <= height or lowest <= 0 else max(1.0, height) / lowest


def unit_point(x: float, y: float, scale: float, height: float) -> tuple[float, float]:
    """A point given in pixels, in the box one unit wide; what is outside the pad is brought to its edge."""
    return round(min(max(x / scale, 0.0), 1.0), 5), round(min(max(y, 0.0), max(1.0, height)) / scale, 5)


def ink(strokes: Iterable[Points]) -> float:
    """How long the strokes are together, as a part of the pad's width."""
    return sum(dist(one, other) for points in strokes for one, other in pairwise(points))


def paint_strokes(painter: QPainter, strokes: Iterable[Points], scale: float, theme: Theme) -> None:
    """Paint strokes, a unit being ``scale`` pixels, with their corners rounded as ink rounds them."""
    pen = QPen(theme.color(Token.INK), max(2.0, _PEN * scale))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for points in strokes:
        at = [QPointF(x * scale, y * scale) for x, y in points]
        path = QPainterPath(at[0])
        for one, other in pairwise(at[1:]):
            path.quadTo(one, (one + other) / 2)
        # A lone point has to be drawn as well: the dot of an i.
        path.lineTo(at[-1] if len(at) > 1 else at[0] + QPointF(0.1, 0))
        painter.drawPath(path)
