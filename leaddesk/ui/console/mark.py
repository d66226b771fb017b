"""The mark: a road, and a way that leaves it and arrives."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from leaddesk.ui.theme import Theme, Token


def mark(theme: Theme, side: int, ratio: float = 1.0) -> QIcon:
    """The mark in a rounded square, ``side`` pixels wide."""
    drawn = QPixmap(round(side * ratio), round(side * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / 32, side / 32)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(Token.ACCENT))
    painter.drawRoundedRect(QRectF(0, 0, 32, 32), 7, 7)
    ground, way = theme.color(Token.ACCENT), theme.color(Token.ON_ACCENT)
    faint = QColor.fromRgbF(*(0.55 * g + 0.45 * w for g, w in zip(_rgb(ground), _rgb(way), strict=True)))
    painter.setPen(_pen(faint))
    painter.drawLine(QPointF(10.5, 7.5), QPointF(10.5, 14.5))
    path = QPainterPath(QPointF(10.5, 24.5))
    path.lineTo(10.5, 21)
    path.cubicTo(QPointF(10.5, 15), QPointF(22, 18), QPointF(22, 11))
    path.lineTo(22, 9.5)
    painter.strokePath(path, _pen(way))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(way)
    painter.drawEllipse(QPointF(22, 9), 3, 3)
    painter.end()
    return QIcon(drawn)


def _pen(color: QColor) -> QPen:
    return QPen(color, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _rgb(color: QColor) -> tuple[float, float, float]:
    return color.redF(), color.greenF(), color.blueF()
