"""A Qt list model over frozen rows, the view model of every list, and what paints its rows."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QListView, QStyledItemDelegate
from typing_extensions import override

from leaddesk.ui.theme import Theme

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """What can be asked of an index besides Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole
    """The frozen row itself."""
    ID = Qt.ItemDataRole.UserRole + 1
    """The row's id, which is never shown."""
    SORT = Qt.ItemDataRole.UserRole + 2
    """What to sort by."""


class RowsModel(QAbstractListModel, Generic[Row]):
    """Immutable rows, replaced whole; a subclass says a row's id, words and place in the order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows as they are shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; where they are the same ones in the same order, the selection stays."""
        before = [self.id_of(row) for row in self._rows]
        if before and before == [self.id_of(row) for row in rows]:
            self._rows = tuple(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def index_of(self, row_id: str) -> QModelIndex:
        """Where the row with that id is; an invalid index where it is not."""
        numbers = [number for number, row in enumerate(self._rows) if self.id_of(row) == row_id]
        return self.index(numbers[0]) if numbers else QModelIndex()

    def row_at(self, index: Index) -> Row | None:
        """The row at an index, if there is one."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def id_of(self, row: Row) -> str:
        """The row's id."""
        raise NotImplementedError

    def words_of(self, row: Row) -> str:
        """The row in words, every state included: what a screen reader says."""
        raise NotImplementedError

    def sort_key_of(self, row: Row) -> Any:
        """What to sort the row by."""
        raise NotImplementedError

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.words_of(row)
            case RowRole.ROW:
                return row
            case RowRole.ID:
                return self.id_of(row)
            case RowRole.SORT:
                return self.sort_key_of(row)
        return None


class RowDelegate(QStyledItemDelegate):
    """Paints the rows of one list in the colors of a theme.

    Args:
        theme: the console's.
        view: the list.
    """

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self._view.viewport().update()
