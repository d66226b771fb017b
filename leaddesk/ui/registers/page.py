"""One register: a list with find-as-you-type, and what can be done with the selected row."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from leaddesk.policy.desk_views import Found
from leaddesk.ui.console.finding import searched
from leaddesk.ui.console.flow import Flow
from leaddesk.ui.console.parts import Button, label, px, sized
from leaddesk.ui.console.rows import Index, RowRole, RowsModel
from leaddesk.ui.theme import BODY_POINTS, Theme, Token

ROW_HEIGHT = 52
"""Of a row in two lines, on the console's grid."""
_SECOND_POINTS = 10.5


class FoundModel(RowsModel[Found]):
    """The rows of a register, each in two parts."""

    @override
    def id_of(self, row: Found) -> str:
        return row.id

    @override
    def words_of(self, row: Found) -> str:
        return f"{row.title}\n{row.detail}" if row.detail else row.title

    @override
    def sort_key_of(self, row: Found) -> str:
        return row.title.casefold()


class FoundDelegate(QStyledItemDelegate):
    """Paints a row in two lines, the first of them bold, with a hairline under it."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self._view.viewport().update()

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(self._view, 320), px(self._view, ROW_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Found = index.data(RowRole.ROW)
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(self._theme.color(Token.ACCENT), 2))
            painter.setBrush(self._theme.color(Token.TINT))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 8, 8)
        else:
            painter.setPen(self._theme.color(Token.LINE))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(px(self._view, 12), px(self._view, 6), -px(self._view, 12), -px(self._view, 6))
        upper = QRectF(inside.x(), inside.y(), inside.width(), inside.height() / 2)
        for words, bold, points, token, place in (
            (row.title, True, BODY_POINTS, Token.INK, upper),
            (row.detail, False, _SECOND_POINTS, Token.INK_2, upper.translated(0, inside.height() / 2)),
        ):
            painter.setFont(sized(self._view.font(), points, bold=bold))
            painter.setPen(self._theme.color(token))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class Finder(QSortFilterProxyModel):
    """Keeps the rows that have the typed letters, whatever their accents."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._typed = ""

    def find(self, typed: str) -> None:
        """Keeps the rows with these letters from now on."""
        self.beginFilterChange()
        self._typed = searched(typed.strip())
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        index = self.sourceModel().index(source_row, 0, source_parent)
        return self._typed in searched(str(index.data(Qt.ItemDataRole.DisplayRole)))


class RegisterPage(QWidget):
    """A register with its list and its buttons.

    Args:
        theme: the console's.
        title: its name, in words.
        empty: what goes in it, for when it is empty.
        actions: key and words of each button; the first works without a selected row.
    """

    acted = Signal(str, str)
    """The key of the button, and the selected row's id (empty for the first button)."""

    def __init__(self, theme: Theme, title: str, empty: str, actions: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._empty_words = empty
        self._known: frozenset[str] | None = None
        """The ids of the rows that were shown before; nothing before the first."""
        self._model = FoundModel(self)
        self._finder = Finder(self)
        self._finder.setSourceModel(self._model)
        self.finding = QLineEdit()
        self.finding.setPlaceholderText("Find")
        self.finding.setAccessibleName(f"Find in {title.lower()}")
        self.finding.textChanged.connect(self._on_typed)
        self.setFocusProxy(self.finding)
        self.list = QListView()
        self.list.setModel(self._finder)
        self.list.setAccessibleName(title)
        self.list.setProperty("look", "framed-rows")
        self.list.setItemDelegate(FoundDelegate(theme, self.list))
        self.list.activated.connect(lambda _: self._act(1 if len(actions) > 1 else 0))
        self._nothing = label(look="heading", wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count = QLabel()
        self._count.setProperty("look", "hint")
        self._actions = tuple(actions)
        heading = QLabel(title)
        heading.setProperty("look", "name")
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch()
        top.addWidget(self._count)
        buttons = Flow(px(self, 12))
        for position, (_, words) in enumerate(actions):
            button = Button(words)
            if position == 0:
                button.setProperty("look", "main")
            button.clicked.connect(lambda _=False, which=position: self._act(which))
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(16)
        layout.addLayout(top)
        layout.addWidget(self.finding)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._nothing, 1)
        layout.addLayout(buttons)

    @property
    def selected(self) -> str:
        """The id of the selected row, empty for none."""
        return str(self.list.currentIndex().data(RowRole.ID) or "")

    @property
    def shown(self) -> tuple[str, ...]:
        """The words of the rows that are shown, for reading and tests."""
        return tuple(
            str(self._finder.index(row, 0).data(Qt.ItemDataRole.DisplayRole))
            for row in range(self._finder.rowCount())
        )

    def set_rows(self, rows: Sequence[Found]) -> None:
        """Shows these rows instead; one that was just added is selected, else whichever was, where it is there."""
        before, known = self.selected, self._known
        self._known = frozenset(row.id for row in rows)
        added = self._known - known if known is not None else ()
        if len(added) == 1:
            (before,) = added
        self._model.set_rows(tuple(rows))
        for row in range(self._finder.rowCount()):
            index = self._finder.index(row, 0)
            if index.data(RowRole.ID) == before:
                self.list.setCurrentIndex(index)
        self._say_count()

    def select(self, row: str) -> None:
        """Selects a row, with every other shown too, and puts the focus on it."""
        self.finding.setText("")
        self.list.setCurrentIndex(self._finder.mapFromSource(self._model.index_of(row)))
        self.list.scrollTo(self.list.currentIndex())
        self.list.setFocus()

    def forget(self) -> None:
        """Empties the list: nothing of the desk is left in it."""
        self._model.set_rows(())
        self._known = None
        self.finding.setText("")

    def say(self, words: str) -> None:
        """Says something in the place of the count, until the rows are shown anew."""
        self._count.setText(words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.finding.hasFocus():
            self.list.setCurrentIndex(self._finder.index(max(self.list.currentIndex().row(), 0), 0))
            self.list.setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.finding.text():
            self.finding.clear()
            self.finding.setFocus()
        else:
            super().keyPressEvent(event)

    def _on_typed(self, typed: str) -> None:
        self._finder.find(typed)
        self._say_count()

    def _say_count(self) -> None:
        count, everything = self._finder.rowCount(), self._model.rowCount()
        typed = self.finding.text().strip()
        self._nothing.setText(f"Nothing here has “{typed}”." if everything else self._empty_words)
        self._nothing.setVisible(not count)
        self.list.setVisible(bool(count))
        # A screen reader says it with the line, where the focus is.
        self.finding.setAccessibleDescription("" if count else self._nothing.text())
        self._count.setText("" if not everything else f"{count} found" if typed else f"{everything} in all")

    def _act(self, position: int) -> None:
        key, _ = self._actions[position]
        if position == 0 or self.selected:
            self.acted.emit(key, "" if position == 0 else self.selected)
        else:
            self.say("Choose a row first")
