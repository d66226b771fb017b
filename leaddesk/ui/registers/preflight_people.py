"""Who may come to a meeting, in a list with boxes: everybody who can be asked about."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from typing_extensions import override

from leaddesk.policy.preflight import Invited
from leaddesk.ui.console.parts import NO_LIMIT, pixmap, px, sized
from leaddesk.ui.console.rows import Index, RowDelegate, RowRole, RowsModel
from leaddesk.ui.theme import BODY_POINTS, Token

_SECOND_POINTS = 10.5
_BOX, _NAME_LEFT, _RIGHT, _AROUND = 20, 36, 6, 4
_WRAPS = int(Qt.TextFlag.TextWordWrap)


class PeopleModel(RowsModel[Invited]):
    """Everybody who may come, each with a box: checked for those who are asked about."""

    toggled = Signal(str, bool)
    """An attendee's id, and whether they are to come."""

    @override
    def id_of(self, row: Invited) -> str:
        return row.id

    @override
    def words_of(self, row: Invited) -> str:
        return f"{row.name}\n{_what(row)}"

    @override
    def sort_key_of(self, row: Invited) -> str:
        return row.name.casefold()

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is not None and role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.coming else Qt.CheckState.Unchecked
        return super().data(index, role)

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        # The row itself is replaced once the room has been worked out.
        self.toggled.emit(row.id, not row.coming)
        return True


class PeopleDelegate(RowDelegate):
    """Paints somebody's box, and their name over what they are."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Invited = index.data(RowRole.ROW)
        wide = self._view.viewport().width()
        inside = wide - px(self._view, _NAME_LEFT) - px(self._view, _RIGHT)
        lines = (self._wrapped(words, font, inside).height() for words, font in self._lines(row))
        return QSize(px(self._view, 160), round(sum(lines)) + 2 * px(self._view, _AROUND))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Invited = index.data(RowRole.ROW)
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(self._theme.color(Token.ACCENT), 2))
            painter.setBrush(self._theme.color(Token.TINT))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 8, 8)
        name, token = ("check-square-fill", Token.ACCENT) if row.coming else ("square-bold", Token.INK)
        side = px(self._view, _BOX)
        box = pixmap(self._view, self._theme, name, token, _BOX)
        painter.drawPixmap(QPointF(rect.x() + px(self._view, 8), rect.center().y() - side / 2), box)
        place = rect.adjusted(
            px(self._view, _NAME_LEFT), px(self._view, _AROUND), -px(self._view, _RIGHT), -px(self._view, _AROUND)
        )
        detail = Token.CAUTION if row.must_sign and row.coming else Token.INK_2
        for (words, font), color in zip(self._lines(row), (Token.INK, detail), strict=True):
            painter.setFont(font)
            painter.setPen(self._theme.color(color))
            painter.drawText(place, _WRAPS, words)
            place.setTop(place.top() + self._wrapped(words, font, place.width()).height())
        painter.restore()

    def _lines(self, row: Invited) -> tuple[tuple[str, QFont], tuple[str, QFont]]:
        font = self._view.font()
        return (row.name, sized(font, BODY_POINTS, bold=row.coming)), (_what(row), sized(font, _SECOND_POINTS))

    def _wrapped(self, words: str, font: QFont, width: float) -> QRectF:
        return QFontMetricsF(font, self._view).boundingRect(QRectF(0, 0, width, NO_LIMIT), _WRAPS, words)


def _what(row: Invited) -> str:
    """What somebody is, the most pressing first."""
    parts = (["must sign"] if row.must_sign else []) + ([] if row.expected else ["not expected"])
    return ", ".join(part for part in (*parts, row.role, row.agency) if part)
