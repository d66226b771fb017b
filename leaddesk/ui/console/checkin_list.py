"""The list of people in check-in: name, agency and role, and how it stands with signature and whereabouts."""

from math import ceil

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem
from typing_extensions import override

from leaddesk.policy.desk_views import CheckInRow, Whereabouts
from leaddesk.policy.names import fold
from leaddesk.policy.why import role_words
from leaddesk.ui.console.chips import Segment
from leaddesk.ui.console.parts import pixmap, px, sized
from leaddesk.ui.console.rows import RowDelegate, RowRole, RowsModel
from leaddesk.ui.console.states import SIGNATURES, WHEREABOUTS
from leaddesk.ui.theme import BODY_POINTS, Token

_LEFT = 16
_RIGHT = 16
_ICON = 16
_SECOND_POINTS = 10.5
_GAP = 8
_AROUND = 4
"""What the outline of the list takes."""


class CheckInModel(RowsModel[CheckInRow]):
    """People who can be checked in."""

    @override
    def id_of(self, row: CheckInRow) -> str:
        return row.id

    @override
    def words_of(self, row: CheckInRow) -> str:
        return f"{row.name}, {second_line(row)}, {where_words(row)}, {SIGNATURES[row.signature].words}"

    @override
    def sort_key_of(self, row: CheckInRow) -> str:
        return fold(row.name)


def second_line(row: CheckInRow) -> str:
    """Agency and role, as far as they are known."""
    return "  ·  ".join(words for words in (row.agency, role_words(row.role) if row.role else "") if words)


def where_words(row: CheckInRow) -> str:
    """Where somebody is, such as ``by phone 10:05`` or ``left 10:05–10:40``.

    Who stepped out or sits out of view has no time beside it: they came at another one.
    """
    out = row.whereabouts in (Whereabouts.STEPPED_OUT, Whereabouts.OUT_OF_VIEW)
    times = "" if out else "–".join(part for part in (row.came, row.gone) if part)
    return " ".join(part for part in (WHEREABOUTS[row.whereabouts].words, times) if part)


class PeopleView(QListView):
    """No higher than its people, so that what can be done with one stands under them and not far below.

    Keeps the highlighted person in view when that takes room from the list.
    """

    def fit(self) -> None:
        """Be as high as the people who are listed now, where there is room."""
        rows = self.model().rowCount() * self.sizeHintForRow(0)
        self.setMaximumHeight(max(self.minimumHeight(), rows + 2 * self.frameWidth() + px(self, _AROUND)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())


class CheckInDelegate(RowDelegate):
    """Paints two lines a person, the states beside them as shape and word."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(self._view, 320), px(self._view, 52))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: CheckInRow = index.data(RowRole.ROW)
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(self._theme.color(Token.ACCENT), 2))
            painter.setBrush(self._theme.color(Token.TINT))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 8, 8)
        left = rect.adjusted(px(self._view, _LEFT), px(self._view, 5), -px(self._view, _RIGHT), -px(self._view, 5))
        upper = QRectF(left.x(), left.y(), left.width(), left.height() / 2)
        lower = upper.translated(0, left.height() / 2)
        where = self._state(painter, upper, WHEREABOUTS[row.whereabouts]._replace(words=where_words(row)))
        signed = self._state(painter, lower, SIGNATURES[row.signature])
        upper.setRight(where - px(self._view, _GAP))
        lower.setRight(signed - px(self._view, _GAP))
        self._words(painter, upper, Segment("", row.name, bold=True), BODY_POINTS)
        self._words(painter, lower, Segment("", second_line(row), token=Token.INK_2), _SECOND_POINTS)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRectF, segment: Segment, points: float) -> None:
        painter.setFont(sized(self._view.font(), points, bold=segment.bold))
        painter.setPen(self._theme.color(segment.token))
        # A long name or agency ends before what is said of them; the card under the list has the name whole.
        words = painter.fontMetrics().elidedText(segment.words, Qt.TextElideMode.ElideRight, ceil(rect.width()))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)

    def _state(self, painter: QPainter, rect: QRectF, segment: Segment) -> float:
        """Draws a state at the right end, and returns where it begins."""
        font = sized(self._view.font(), _SECOND_POINTS, bold=segment.bold)
        width = QFontMetrics(font, self._view).horizontalAdvance(segment.words)
        place = QRectF(rect.right() - width, rect.y(), width + 1, rect.height())
        self._words(painter, place, segment, _SECOND_POINTS)
        side = px(self._view, _ICON)
        drawn = pixmap(self._view, self._theme, segment.icon, segment.icon_token or segment.token, _ICON)
        begins = place.x() - side - px(self._view, 6)
        painter.drawPixmap(QPointF(begins, place.center().y() - side / 2), drawn)
        return begins
