"""Names offered while one is being typed: a list over the line, walked and taken by the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QListView, QWidget
from typing_extensions import override

from leaddesk.policy.desk_views import Suggestion
from leaddesk.ui.console.parts import label, px
from leaddesk.ui.console.rows import RowsModel


class SuggestionModel(RowsModel[Suggestion]):
    """The names on offer."""

    @override
    def id_of(self, row: Suggestion) -> str:
        return f"{row.words} {row.detail}"

    @override
    def words_of(self, row: Suggestion) -> str:
        return f"{row.words}  ·  {row.detail}"

    @override
    def sort_key_of(self, row: Suggestion) -> str:
        return row.words


class Completion(QListView):
    """A part of the window and no window of its own, so that it is never where the window may not be."""

    taken = Signal(str)
    """The words of the suggestion that was taken."""

    def __init__(self, line: QWidget) -> None:
        super().__init__(line)
        self.setAccessibleName("Names that may be meant")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("look", "offers")
        self._model = SuggestionModel(self)
        self.setModel(self._model)
        # The chosen row looks as if Enter took it; but Enter files the line, here as everywhere.
        self._how = label("Tab takes it  ·  Enter files the line as it is", "hint")
        self._how.setParent(self)
        self.clicked.connect(lambda index: self._take(index.row()))
        self.hide()

    @property
    def offered(self) -> tuple[str, ...]:
        """The words on offer, none while it is hidden."""
        return tuple(row.words for row in self._model.rows) if self.isVisible() else ()

    def offer(self, rows: Sequence[Suggestion], line: QWidget) -> None:
        """Offers these over a line, the first of them chosen; nothing hides it."""
        self._model.set_rows(rows)
        if not rows:
            self.hide()
            return
        window = line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        foot = self._how.sizeHint().height() + px(self, 8)
        self.setViewportMargins(0, 0, 0, foot)
        height = self.sizeHintForRow(0) * len(rows) + 2 * self.frameWidth() + px(self, 8) + foot
        above = line.mapTo(window, QPoint(0, 0))
        wide = min(px(self, 420), window.width() - above.x())
        self.setGeometry(above.x(), above.y() - height - px(self, 4), wide, height)
        self._how.setGeometry(px(self, 12), height - foot - px(self, 2), wide - px(self, 24), foot)
        self.setCurrentIndex(self._model.index(0))
        self.show()
        self.raise_()

    def walk(self, steps: int) -> None:
        """Chooses the one so many rows further down."""
        row = self.currentIndex().row() + steps
        self.setCurrentIndex(self._model.index(max(0, min(row, self._model.rowCount() - 1))))

    def take(self) -> None:
        """Takes the chosen one."""
        self._take(self.currentIndex().row())

    def _take(self, number: int) -> None:
        rows = self._model.rows
        self.hide()
        if 0 <= number < len(rows):
            self.taken.emit(rows[number].words)
