"""How a line of the agenda is painted: number, state, title, and minutes or what the state is called."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from typing_extensions import override

from leaddesk.policy.desk_views import AgendaRow, ItemState
from leaddesk.ui.console.parts import breakable, pixmap, px, sized
from leaddesk.ui.console.rows import Index, RowDelegate, RowRole
from leaddesk.ui.theme import BODY_POINTS, Token

_NUMBER_RIGHT = 38
_ICON_LEFT = 46
_TITLE_LEFT = 70
_RIGHT, _LEAST_RIGHT = 16, 6
_STARTS = 60
"""The room for the time at which an item begins, before its number."""
_HEADING = 30
_DETAIL_POINTS = 10
_APART = 14
_TO_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_FILLED = {
    ItemState.LIVE: ("live", Token.LIVE),
    ItemState.AT_HAND: ("at hand", Token.ACCENT),
    ItemState.NEXT: ("next", Token.ACCENT),
}


class AgendaDelegate(RowDelegate):
    """Paints rows of 40 pixels, higher where a title needs two lines: a title is never cut."""

    def forget(self) -> None:
        """Measure every row anew."""
        self._view.scheduleDelayedItemsLayout()

    def row_of(self, index: Index) -> AgendaRow:
        """The row at an index."""
        row: AgendaRow = index.data(RowRole.ROW)
        return row

    def minutes_rect(self, rect: QRect, index: Index) -> QRect:
        """Where the minutes of an item stand, within the place of its row."""
        top, wide, high = self._heading_height(index), px(self._view, 84), px(self._view, 34)
        height = rect.height() - top
        return QRect(rect.right() - wide - px(self._view, 6), rect.top() + top + (height - high) // 2, wide, high)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self.row_of(index)
        width = self._view.viewport().width()
        space = max(1, width - self._title_left(row) - self._right() - px(self._view, 8) - self._right_width(row))
        high = self._high(self._title_font(row), space, row.title)
        if row.detail and not self._fits_beside(row, space):
            high += self._high(self._detail_font(), space, row.detail)
        return QSize(width, max(px(self._view, 40), high + px(self._view, 16)) + self._heading_height(index))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self.row_of(index)
        whole = QRectF(option.rect)
        heading = self._heading_height(index)
        rect = whole.adjusted(0, heading, 0, 0)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if heading:
            self._paint_heading(painter, QRectF(whole.x(), whole.y(), whole.width(), heading), row.section)
        if state & QStyle.StateFlag.State_Selected:
            self._paint_selection(painter, rect, focused=self._view.hasFocus())
        quiet = Token.INK_2 if row.state is ItemState.DONE else Token.INK
        shift = self._shift(row)
        if row.starts:
            self._text(painter, rect, row.starts, quiet, right=px(self._view, _RIGHT) + shift, tabular=True)
        self._text(
            painter, rect, str(row.number), Token.INK_2, right=px(self._view, _NUMBER_RIGHT) + shift, tabular=True
        )
        self._paint_icon(painter, rect, row)
        right = self._right_width(row)
        words, token = _FILLED.get(row.state, (minutes_words(row), quiet))
        token = Token.CAUTION if is_over(row) and row.state not in _FILLED else token
        title = rect.adjusted(self._title_left(row), 0, -self._right() - px(self._view, 8) - right, 0)
        painter.setFont(self._title_font(row))
        painter.setPen(self._theme.color(quiet))
        if row.detail and self._fits_beside(row, int(title.width())):
            painter.drawText(title, int(_WRAPPED), row.title)
            beside = title.adjusted(
                painter.fontMetrics().horizontalAdvance(row.title) + px(self._view, _APART), 0, 0, 0
            )
            painter.setFont(self._detail_font())
            painter.setPen(self._theme.color(Token.INK_2))
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, row.detail)
        elif row.detail:
            high = self._high(self._title_font(row), int(title.width()), row.title)
            under = self._high(self._detail_font(), int(title.width()), row.detail)
            top = title.y() + (title.height() - high - under) / 2
            words = breakable(row.title, painter.fontMetrics(), int(title.width()))
            painter.drawText(QRectF(title.x(), top, title.width(), high), int(_WRAPPED), words)
            painter.setFont(self._detail_font())
            painter.setPen(self._theme.color(Token.INK_2))
            painter.drawText(QRectF(title.x(), top + high, title.width(), under), int(_WRAPPED), row.detail)
        else:
            painter.drawText(title, int(_WRAPPED), breakable(row.title, painter.fontMetrics(), int(title.width())))
        painter.setFont(self._right_font(row))
        painter.setPen(self._theme.color(token))
        painter.drawText(rect.adjusted(0, 0, -self._right(), 0), _TO_THE_RIGHT, words)
        painter.restore()

    def _right(self) -> int:
        """What is free at the right of a row: a scroll bar stands in it, and takes no room from the words."""
        return max(px(self._view, _LEAST_RIGHT), px(self._view, _RIGHT) - self._beside())

    def _beside(self) -> int:
        """How wide the scroll bar is, if there is one."""
        return self._view.width() - self._view.viewport().width()

    def _heading_height(self, index: Index) -> int:
        """What a heading takes above an item: nothing under the same one, and nothing for none."""
        section = self.row_of(index).section
        above = index.model().index(index.row() - 1, 0)
        before = self.row_of(above).section if above.isValid() else ""
        return px(self._view, _HEADING) if section and section != before else 0

    def _paint_heading(self, painter: QPainter, rect: QRectF, words: str) -> None:
        side = px(self._view, _RIGHT)
        font = sized(self._view.font(), _DETAIL_POINTS, bold=True)
        painter.setFont(font)
        painter.setPen(self._theme.color(Token.ACCENT))
        inside = rect.adjusted(side, px(self._view, 6), -self._right(), 0)
        words = QFontMetrics(font, self._view).elidedText(words, Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(self._theme.color(Token.LINE))
        painter.drawLine(inside.bottomLeft(), inside.bottomRight())

    def _shift(self, row: AgendaRow) -> int:
        return px(self._view, _STARTS) if row.starts else 0

    def _title_left(self, row: AgendaRow) -> int:
        return px(self._view, _TITLE_LEFT) + self._shift(row)

    def _high(self, font: QFont, width: int, words: str) -> int:
        metrics = QFontMetrics(font, self._view)
        words = breakable(words, metrics, width)
        return metrics.boundingRect(0, 0, max(1, width), 10_000, int(_WRAPPED), words).height()

    def _fits_beside(self, row: AgendaRow, width: int) -> bool:
        """Whether title and detail stand in one line."""
        title = QFontMetrics(self._title_font(row), self._view).horizontalAdvance(row.title)
        detail = QFontMetrics(self._detail_font(), self._view).horizontalAdvance(row.detail)
        return title + px(self._view, _APART + 4) + detail <= width

    def _detail_font(self) -> QFont:
        return sized(self._view.font(), _DETAIL_POINTS)

    def _paint_selection(self, painter: QPainter, rect: QRectF, *, focused: bool) -> None:
        side = px(self._view, 8)
        edge = Token.ACCENT if focused else Token.TINT_EDGE
        painter.setPen(QPen(self._theme.color(edge), 2 if focused else 1))
        painter.setBrush(self._theme.color(Token.TINT))
        right = max(0, side - self._beside())
        painter.drawRoundedRect(rect.adjusted(side + 1, 1, -right - 1, -1), 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(Token.ACCENT))
        inset = px(self._view, 8)
        painter.drawRoundedRect(QRectF(rect.x() + side, rect.y() + inset, 3, rect.height() - 2 * inset), 1.5, 1.5)

    def _paint_icon(self, painter: QPainter, rect: QRectF, row: AgendaRow) -> None:
        name, token = _icon_of(row)
        if name:
            drawn = pixmap(self._view, self._theme, name, token, 16)
            y = rect.center().y() - px(self._view, 16) / 2
            painter.drawPixmap(QPointF(rect.x() + px(self._view, _ICON_LEFT) + self._shift(row), y), drawn)

    def _text(
        self, painter: QPainter, rect: QRectF, words: str, token: Token, *, right: int, tabular: bool = False
    ) -> None:
        painter.setFont(sized(self._view.font(), BODY_POINTS, tabular=tabular))
        painter.setPen(self._theme.color(token))
        painter.drawText(QRectF(rect.x(), rect.y(), right, rect.height()), _TO_THE_RIGHT, words)

    def _title_font(self, row: AgendaRow) -> QFont:
        return sized(self._view.font(), BODY_POINTS, bold=row.state in _FILLED)

    def _right_font(self, row: AgendaRow) -> QFont:
        return sized(self._view.font(), 10.5, bold=row.state in _FILLED)

    def _right_width(self, row: AgendaRow) -> int:
        words, _ = _FILLED.get(row.state, (minutes_words(row), Token.INK))
        return QFontMetrics(self._right_font(row), self._view).horizontalAdvance(words)


def minutes_words(row: AgendaRow) -> str:
    """The minutes planned for an item, and the whole ones it has had; how far over, where it is."""
    if is_over(row):
        return f"{row.spent - row.minutes} min over"
    return f"{row.spent} of {row.minutes} min" if row.spent else f"{row.minutes} min"


def is_over(row: AgendaRow) -> bool:
    """Whether an item has had more time than was planned for it."""
    return bool(row.minutes) and row.spent > row.minutes


def _icon_of(row: AgendaRow) -> tuple[str, Token]:
    """The one icon that matters most; the words for a screen reader hold every state."""
    if row.state is ItemState.LIVE:
        return "record-fill", Token.LIVE
    if row.state is ItemState.DONE:
        return "check-bold", Token.INK_2
    if row.flagged:
        return "flag-fill", Token.ACCENT
    if row.state in (ItemState.AT_HAND, ItemState.NEXT):
        return "arrow-right-bold", Token.ACCENT
    return ("eye-slash-bold", Token.INK_2) if row.part_withheld else ("", Token.INK)
