"""Where a signature is drawn: strokes kept as vectors, so that it prints sharp at any size."""

from collections.abc import Sequence
from itertools import pairwise
from math import dist

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from leaddesk.policy.views import Stroke
from leaddesk.ui.theme import Theme, Token

LEAST_INK = 0.15
"""How long all strokes together must be, as a part of the pad's width."""


class SignaturePad(QWidget):
    """Takes a signature by mouse, finger or pen."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._strokes: list[list[tuple[float, float]]] = []
        self.setAccessibleName("Signature")
        self.setAccessibleDescription("Sign with mouse, finger or pen; or choose Type")
        self.setMinimumHeight(150)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn, in a box one unit wide, y downwards."""
        return tuple(Stroke(points=tuple(points)) for points in self._strokes)

    @property
    def enough(self) -> bool:
        """Whether there is enough ink to be a signature."""
        return ink(self._strokes) >= LEAST_INK

    def undo(self) -> None:
        """Takes the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._redraw()

    def clear(self) -> None:
        """Takes every stroke back."""
        self._strokes = []
        self._redraw()

    def set_theme(self, theme: Theme) -> None:
        """Paints the strokes in other colors."""
        self._theme = theme
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(560, 200)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._strokes.append([self._unit(event.position())])
        self._redraw()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._strokes and event.buttons() & Qt.MouseButton.LeftButton:
            self._strokes[-1].append(self._unit(event.position()))
            self._redraw()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            base = self.height() * 0.86
            painter.setPen(QPen(self._theme.color(Token.EDGE), 1))
            painter.drawLine(QPointF(0, base), QPointF(self.width(), base))
            pen = QPen(self._theme.color(Token.INK), max(2.0, self.width() / 280))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            for points in self._strokes:
                line = QPolygonF([QPointF(x * self.width(), y * self.width()) for x, y in points])
                if len(points) == 1:
                    painter.drawPoint(line.first())
                else:
                    painter.drawPolyline(line)

    def _unit(self, point: QPointF) -> tuple[float, float]:
        return unit_point(point.x(), point.y(), self.width(), self.height())

    def _redraw(self) -> None:
        self.update()
        self.changed.emit()


def unit_point(x: float, y: float, width: int, height: int) -> tuple[float, float]:
    """A point of the pad in a box one unit wide, kept inside it."""
    scale = max(1, width)
    return round(min(max(x, 0), scale) / scale, 5), round(min(max(y, 0), max(1, height)) / scale, 5)


def ink(strokes: Sequence[Sequence[tuple[float, float]]]) -> float:
    """How long the strokes are together, as a part of the pad's width."""
    return sum(dist(one, other) for points in strokes for one, other in pairwise(points))
