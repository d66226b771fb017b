"""How an action of the selected item is painted: its box, what and by when, and what the room reads of it."""

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyleOptionViewItem
from typing_extensions import override

from leaddesk.policy import dates
from leaddesk.policy.desk_views import PrivateAction
from leaddesk.policy.views import Mark, carried_words
from leaddesk.ui.console.parts import breakable, pixmap, px, sized
from leaddesk.ui.console.rows import Index, RowDelegate, RowRole
from leaddesk.ui.console.states import MARKS
from leaddesk.ui.theme import BODY_POINTS, Theme, Token

_CLOSED = frozenset({Mark.DONE, Mark.NOT_POSSIBLE, Mark.NOT_DONE})
_HINT_POINTS = 10.5
_SIDE = 7
_BUTTON = 24
_APART = 5
_ABOVE = 11
"""The hairline over a line, and the room around it."""
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_AT_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Part(Enum):
    """What of a line can be clicked."""

    BOX = "box"
    MORE = "more"


class _Heights(NamedTuple):
    what: int
    under: int
    told: int
    """Of a state that has no room beside what the room reads; 0 where it has."""


def mark_of(action: PrivateAction) -> Mark:
    """What became of an action; open while nothing did."""
    return action.state.mark if action.state is not None and action.state.mark in _CLOSED else Mark.OPEN


def room_words(action: PrivateAction) -> str:
    """What the room reads of an action."""
    if not action.room_reads:
        return "the room reads nothing of it"
    return "room reads this" if action.what.endswith(action.room_reads) else f"room reads: {action.room_reads}"


def due_words(action: PrivateAction) -> str:
    """By when an action is due."""
    return dates.day_and_month(action.due) if action.due else "no due date"


def state_words(action: PrivateAction) -> str:
    """How it stands with an action, and how often it was carried over; empty for one that is simply open."""
    state, carried, since = action.state, action.carried, action.since
    told = [state.words] if state and state.mark is not Mark.OPEN else []
    if carried and not any("carried" in words for words in told):
        times = carried_words(carried)
        told.append(f"{times} since {dates.day_and_month(since)} {since.year}" if since else times)
    return ", ".join(told)


class ActionDelegate(RowDelegate):
    """Paints a line as high as its words need; it remembers how high those are that it was told to keep."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(theme, view)
        self._heights: dict[tuple[PrivateAction, int], _Heights] = {}
        self._measures: dict[tuple[str, float, bool], QFontMetrics] = {}
        self.hovered: tuple[int, Part] | None = None
        """The line and the part of it that the mouse is over."""

    def keep(self, actions: frozenset[PrivateAction]) -> None:
        """Forget how high all others are."""
        self._heights = {asked: heights for asked, heights in self._heights.items() if asked[0] in actions}

    def height(self, action: PrivateAction, width: int) -> int:
        """How much of a column a line takes."""
        heights = self._measured(action, width)
        inner = max(px(self._view, _BUTTON), heights.what) + heights.under + heights.told
        return inner + px(self._view, 2 * _SIDE + _ABOVE)

    def part_at(self, point: QPoint, rect: QRect, action: PrivateAction) -> Part | None:
        """What of the line in a rectangle stands at a point."""
        return next((part for part in Part if self.part_rect(part, rect, action).contains(point)), None)

    def part_rect(self, part: Part, rect: QRect, action: PrivateAction) -> QRect:
        """Where what can be clicked stands in the line's rectangle."""
        side = px(self._view, _BUTTON)
        words = self._words_rect(rect, action)
        x = rect.x() + px(self._view, _SIDE)
        if part is Part.MORE:
            x = rect.x() + rect.width() - px(self._view, _SIDE) - side
        return QRect(x, words.y() + (words.height() - side) // 2, side, side)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        return QSize(width, self.height(index.data(RowRole.ROW), width))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        action: PrivateAction = index.data(RowRole.ROW)
        whole, above = QRect(option.rect), px(self._view, _ABOVE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRect(whole.x(), whole.y(), whole.width(), 1), self._theme.color(Token.LINE))
        if self._view.hasFocus() and self._view.currentIndex() == index:
            painter.setPen(QPen(self._theme.color(Token.ACCENT), 2))
            ring = QRectF(whole).adjusted(1, above // 2 + 1, -1, above // 2 - above - 1)
            painter.drawRoundedRect(ring, 6, 6)
        self._paint_button(painter, Part.BOX, whole, action, index.row())
        self._paint_button(painter, Part.MORE, whole, action, index.row())
        heights = self._measured(action, whole.width())
        words = self._words_rect(whole, action)
        self._words(painter, words, action.what, BODY_POINTS, Token.INK)
        more = self.part_rect(Part.MORE, whole, action)
        due = QRect(words.right(), words.y(), more.x() - px(self._view, _APART) - words.right(), words.height())
        painter.setFont(self._font(BODY_POINTS, bold=True))
        painter.drawText(due, int(_AT_THE_RIGHT), due_words(action))
        self._paint_under(painter, whole, action, heights)
        painter.restore()

    # Inside

    def _paint_under(self, painter: QPainter, whole: QRect, action: PrivateAction, heights: _Heights) -> None:
        view, words = self._view, self._words_rect(whole, action)
        left, right = words.x(), whole.right() + 1 - px(view, _SIDE)
        top = words.y() + words.height()
        eye = "eye-bold" if action.room_reads else "eye-slash-bold"
        painter.drawPixmap(
            QPointF(left, top + (heights.under - px(view, 16)) / 2), pixmap(view, self._theme, eye, Token.INK_2, 16)
        )
        at, told = left + px(view, 16 + 6), state_words(action)
        wide = right - at - (self._told_width(action) if told and not heights.told else 0)
        self._words(painter, QRect(at, top, wide, heights.under), room_words(action), _HINT_POINTS, Token.INK_2)
        if not told:
            return
        mark = action.state.mark if action.state else Mark.CARRIED
        name, token = MARKS[mark]
        overdue = mark is Mark.OVERDUE
        painter.setFont(self._font(_HINT_POINTS, bold=overdue))
        painter.setPen(self._theme.color(Token.CAUTION if overdue else Token.INK_2))
        high = heights.told or heights.under
        line = QRect(left, top + (heights.under if heights.told else 0), right - left, high)
        painter.drawText(line, int(_AT_THE_RIGHT), told)
        side = px(view, 15)
        x = right - self._told_width(action) + px(view, 6)
        painter.drawPixmap(QPointF(x, line.y() + (high - side) / 2), pixmap(view, self._theme, name, token, 15))

    def _paint_button(self, painter: QPainter, part: Part, whole: QRect, action: PrivateAction, row: int) -> None:
        rect = self.part_rect(part, whole, action)
        if self.hovered == (row, part):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(Token.TINT))
            painter.drawRoundedRect(QRectF(rect), 6, 6)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        name, token = MARKS[mark_of(action)] if part is Part.BOX else ("dots-three-bold", Token.INK_2)
        side = px(self._view, 18)
        at = QPointF(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2)
        painter.drawPixmap(at, pixmap(self._view, self._theme, name, token, 18))

    def _words_rect(self, whole: QRect, action: PrivateAction) -> QRect:
        left = px(self._view, _SIDE + _BUTTON + _APART)
        high = max(px(self._view, _BUTTON), self._measured(action, whole.width()).what)
        top = whole.y() + px(self._view, _ABOVE) // 2 + 1 + px(self._view, _SIDE)
        return QRect(whole.x() + left, top, self._words_width(action, whole.width()), high)

    def _words_width(self, action: PrivateAction, width: int) -> int:
        """The room for what is to be done: what box, menu and date leave."""
        due = self._metrics(BODY_POINTS, bold=True).horizontalAdvance(due_words(action))
        return max(1, width - px(self._view, 2 * (_SIDE + _BUTTON + _APART) + _APART) - due)

    def _told_width(self, action: PrivateAction) -> int:
        """The width of a state, its icon and the room around that."""
        overdue = action.state is not None and action.state.mark is Mark.OVERDUE
        metrics = self._metrics(_HINT_POINTS, bold=overdue)
        return metrics.horizontalAdvance(state_words(action)) + px(self._view, 6 + 15 + 6)

    def _measured(self, action: PrivateAction, width: int) -> _Heights:
        found = self._heights.get((action, width))
        if found is None:
            found = self._heights[action, width] = self._measure(action, width)
        return found

    def _measure(self, action: PrivateAction, width: int) -> _Heights:
        under = width - px(self._view, 2 * _SIDE + _BUTTON + _APART + 16 + 6)
        beside = under - (self._told_width(action) if state_words(action) else 0)
        least = px(self._view, 16)
        own_line = beside < under / 3
        return _Heights(
            what=self._high(action.what, BODY_POINTS, self._words_width(action, width)),
            under=max(least, self._high(room_words(action), _HINT_POINTS, under if own_line else beside)),
            told=max(least, self._metrics(_HINT_POINTS).height()) if own_line else 0,
        )

    def _high(self, words: str, points: float, width: int) -> int:
        metrics = self._metrics(points)
        if metrics.horizontalAdvance(words) <= width:
            return metrics.height()
        broken = breakable(words, metrics, width)
        return metrics.boundingRect(0, 0, max(1, width), 10_000, int(_WRAPPED), broken).height()

    def _words(self, painter: QPainter, rect: QRect, words: str, points: float, token: Token) -> None:
        painter.setFont(self._font(points))
        painter.setPen(self._theme.color(token))
        painter.drawText(rect, int(_WRAPPED), breakable(words, painter.fontMetrics(), rect.width()))

    def _font(self, points: float, *, bold: bool = False) -> QFont:
        return sized(self._view.font(), points, bold=bold)

    def _metrics(self, points: float, *, bold: bool = False) -> QFontMetrics:
        """How wide letters are; made once for a font, as hundreds of lines are measured with a few."""
        asked = (self._view.font().key(), points, bold)
        found = self._measures.get(asked)
        if found is None:
            found = self._measures[asked] = QFontMetrics(self._font(points, bold=bold), self._view)
        return found
