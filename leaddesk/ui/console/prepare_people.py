"""Who is expected at a meeting: a list with a box for each, regulars marked, both toggled by one key."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
)
from typing_extensions import override

from leaddesk.policy.names import fold
from leaddesk.policy.prepare import ExpectedRow
from leaddesk.ui.console.finding import begin
from leaddesk.ui.console.parts import Button, label, pixmap, px, sized
from leaddesk.ui.console.rows import Index, RowDelegate, RowRole, RowsModel
from leaddesk.ui.theme import BODY_POINTS, Theme, Token

_HIGH = 36
_BOX = 20
_BOX_LEFT = 10
_NAME_LEFT = 42
_RIGHT = 12


class ExpectedModel(RowsModel[ExpectedRow]):
    """Those who attend."""

    @override
    def id_of(self, row: ExpectedRow) -> str:
        return row.id

    @override
    def words_of(self, row: ExpectedRow) -> str:
        told = [row.name, row.detail, "expected" if row.expected else "not expected"]
        told += ["regular"] if row.regular else []
        return ", ".join(words for words in told if words)

    @override
    def sort_key_of(self, row: ExpectedRow) -> str:
        return fold(row.name)


class ExpectedDelegate(RowDelegate):
    """Paints a box, a name with its agency, and the word *regular*."""

    def box_rect(self, rect: QRect) -> QRect:
        """Where the box of a row is, to be clicked."""
        return QRect(rect.x(), rect.y(), px(self._view, _NAME_LEFT), rect.height())

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(self._view, 240), px(self._view, _HIGH))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ExpectedRow = index.data(RowRole.ROW)
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            edge = Token.ACCENT if self._view.hasFocus() else Token.TINT_EDGE
            painter.setPen(QPen(self._theme.color(edge), 2))
            painter.setBrush(self._theme.color(Token.TINT))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 8, 8)
        sign, token = ("check-square-fill", Token.ACCENT) if row.expected else ("square-bold", Token.INK_2)
        box = pixmap(self._view, self._theme, sign, token, _BOX)
        painter.drawPixmap(
            QPointF(rect.x() + px(self._view, _BOX_LEFT), rect.center().y() - px(self._view, _BOX) / 2), box
        )
        inside = rect.adjusted(px(self._view, _NAME_LEFT), 0, -px(self._view, _RIGHT), 0)
        center = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(sized(self._view.font(), BODY_POINTS, bold=row.expected))
        painter.setPen(self._theme.color(Token.INK))
        painter.drawText(inside, center, row.name)
        named = painter.fontMetrics().horizontalAdvance(f"{row.name}   ")
        painter.setFont(sized(self._view.font(), 10))
        painter.setPen(self._theme.color(Token.INK_2))
        word = "regular" if row.regular else ""
        taken = painter.fontMetrics().horizontalAdvance(f"  {word}")
        beside = inside.adjusted(named, 0, -taken, 0)
        if beside.width() > 0:
            words = painter.fontMetrics().elidedText(row.detail, Qt.TextElideMode.ElideRight, int(beside.width()))
            painter.drawText(beside, center, words)
        painter.drawText(inside, center | Qt.AlignmentFlag.AlignRight, word)
        painter.restore()


_NOBODY = "Add those who attend under People, or import your list: Ctrl+K, import."
_NOBODY_FOUND = "Nobody who attends is called that. People, in the rail, is where somebody is added."


class ExpectedView(QListView):
    """The list: Space or a click on the box expects somebody or no longer, R makes a regular or no longer."""

    expected = Signal(str, bool)
    regular = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rows = ExpectedModel(self)
        self.setModel(self.rows)
        self.setProperty("look", "rows")
        self.setAccessibleName("Expected")
        self.setAccessibleDescription("Space: expected or not. R: regular of the series or not.")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.delegate = ExpectedDelegate(theme, self)
        self.setItemDelegate(self.delegate)

    @property
    def current(self) -> ExpectedRow | None:
        """The person who is highlighted."""
        return self.rows.row_at(self.currentIndex())

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self.delegate.set_theme(theme)
        self.viewport().update()

    def toggle_expected(self) -> None:
        """Ask for the highlighted person to be expected, or no longer."""
        if (row := self.current) is not None:
            self.expected.emit(row.id, not row.expected)

    def toggle_regular(self) -> None:
        """Ask for the highlighted person to become a regular, or no longer to be one."""
        if (row := self.current) is not None:
            self.regular.emit(row.id, not row.regular)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() == Qt.Key.Key_Space:
            self.toggle_expected()
        elif plain and event.key() == Qt.Key.Key_R:
            self.toggle_regular()
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        here: QPoint = event.position().toPoint()
        index = self.indexAt(here)
        if index.isValid() and self.delegate.box_rect(self.visualRect(index)).contains(here):
            self.setCurrentIndex(index)
            self.toggle_expected()


class ExpectedPanel(QFrame):
    """The list with find-as-you-type, and how many are expected."""

    expected = Signal(str, bool)
    """An attendee's id, and whether they are to be expected."""
    regular = Signal(list, bool)
    """Attendees' ids, and whether they are to be regulars."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._all: tuple[ExpectedRow, ...] = ()
        self.list = ExpectedView(theme)
        self.list.expected.connect(self.expected)
        self.list.regular.connect(lambda one, yes: self.regular.emit([one], yes))
        self.finding = QLineEdit()
        self.finding.setPlaceholderText("Find somebody")
        self.finding.setAccessibleName("Find somebody")
        self.finding.textChanged.connect(lambda _: self._list())
        self.finding.returnPressed.connect(self._enter)
        self._counted = label(look="hint")
        self._nobody = label(_NOBODY, "hint", wraps=True)
        self.regulars = Button("&Regular or not (R)")
        self.regulars.setProperty("look", "compact")
        self.regulars.clicked.connect(self.list.toggle_regular)
        self.everybody = Button("&All are regulars")
        self.everybody.setProperty("look", "compact")
        self.everybody.clicked.connect(
            lambda: self.regular.emit([row.id for row in self.list.rows.rows if not row.regular], True)
        )
        self._lay_out()

    def show_people(self, people: Sequence[ExpectedRow], *, may_change: bool) -> None:
        """Show these people; the highlight stays on the same person."""
        self._all = tuple(people)
        coming = sum(row.expected for row in people)
        self._counted.setText(f"{coming} expected, {sum(row.regular for row in people)} regulars")
        self.everybody.setEnabled(bool(people))
        self.list.setEnabled(may_change)
        self._list()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows walk the list while the line keeps the focus."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if steps is None or not self.finding.hasFocus():
            super().keyPressEvent(event)
            return
        row = self.list.currentIndex().row() + steps
        self.list.setCurrentIndex(self.list.rows.index(min(max(row, 0), self.list.rows.rowCount() - 1)))

    def _list(self) -> None:
        current = self.list.current
        typed = self.finding.text()
        # A change of one person must not move them away under the highlight.
        before = {row.id: place for place, row in enumerate(self.list.rows.rows)}
        rows = [row for row in self._all if begin(f"{row.name} {row.detail}", typed)]
        if {row.id for row in rows} == set(before):
            rows.sort(key=lambda row: before[row.id])
        else:
            # Enter takes the first: whoever is called that comes before those whose agency is.
            rows.sort(key=lambda row: not begin(row.name, typed))
        self.list.rows.set_rows(rows)
        self._nobody.setText(_NOBODY_FOUND if self._all else _NOBODY)
        self._nobody.setVisible(not rows)
        index = self.list.rows.index_of(current.id) if current else self.list.rows.index(0)
        self.list.setCurrentIndex(index if index.isValid() else self.list.rows.index(0))

    def _enter(self) -> None:
        """Enter in the line expects whoever is highlighted, and the next name can be typed."""
        self.list.toggle_expected()
        self.finding.selectAll()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("Who is expected", "heading"))
        head.addStretch()
        head.addWidget(self._counted)
        foot = QHBoxLayout()
        foot.addWidget(label("Space", "key"))
        foot.addWidget(label("expected or not", "hint"))
        foot.addStretch()
        foot.addWidget(self.regulars)
        foot.addWidget(self.everybody)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(self, 8))
        column.addLayout(head)
        column.addWidget(self.finding)
        column.addWidget(self._nobody)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
