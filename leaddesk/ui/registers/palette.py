"""Find or do anything: one line over the console, and under it whatever its words may mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListView, QVBoxLayout, QWidget
from typing_extensions import override

from leaddesk.policy.desk_views import Found
from leaddesk.ui.console.finding import searched
from leaddesk.ui.console.parts import label, open_at, px
from leaddesk.ui.console.rows import RowRole
from leaddesk.ui.registers.page import FoundDelegate, FoundModel
from leaddesk.ui.theme import Theme

_MOST = 50
"""Rows at once: whoever sees more than that types another letter."""
_WALKS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})


@dataclass(frozen=True, slots=True)
class Known:
    """A row with its words as they are compared."""

    row: Found
    title: str
    words: tuple[str, ...]
    also: tuple[str, ...]
    everything: str

    def rank(self, typed: str) -> int | None:
        """How well the typed words fit, 0 the best; ``None`` for not at all."""
        if self.title.startswith(typed):
            return 0
        parts = typed.split()
        for rank, words in enumerate((self.words, (*self.words, *self.also)), start=1):
            if all(any(word.startswith(part) for word in words) for part in parts):
                return rank
        return 3 if all(part in self.everything for part in parts) else None


def best(known: Sequence[Known], typed: str) -> tuple[Found, ...]:
    """The rows that the typed words may mean, the likeliest first, else in the order in which they were given."""
    wanted = searched(typed.strip())
    ranked = [(rank, each.row) for each in known if (rank := each.rank(wanted)) is not None]
    return tuple(row for _, row in sorted(ranked, key=lambda pair: pair[0])[:_MOST])


def compared(row: Found) -> Known:
    """A row, ready to be compared with what is typed."""
    title = searched(row.title)
    words, also = (tuple(each.replace("-", " ").split()) for each in (title, searched(row.also)))
    return Known(row, title, words, also, f"{title} {searched(row.detail)}")


class _Model(FoundModel):
    @override
    def id_of(self, row: Found) -> str:
        # The ids of two kinds may be alike.
        return f"{row.kind} {row.id}"


class Palette(QDialog):
    """Filters what it is given by typing; Enter takes the chosen row, Escape none.

    Args:
        theme: the console's.
        rows: what is there at once.
        parent: the window that it stands over.
        reading: whether more is being read, which `add` brings. Enter then waits for it: what is typed may mean that.
    """

    chosen = Signal(object)
    """The `Found` that was taken; the palette is closed by then."""

    def __init__(
        self, theme: Theme, rows: Sequence[Found], parent: QWidget | None = None, *, reading: bool = False
    ) -> None:
        super().__init__(parent)
        self._reading, self._walked, self._waited_for = reading, False, False
        self.setWindowTitle("LeadDesk")
        self.setAccessibleName("Find or do anything")
        self._known = tuple(map(compared, rows))
        self.model = _Model(self)
        self.line = QLineEdit()
        self.line.setPlaceholderText("Find or do anything")
        self.line.setAccessibleName("Find or do anything")
        # What is typed about people is for no keyboard to learn.
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName("Found")
        self.list.setProperty("look", "framed-rows")
        self.list.setItemDelegate(FoundDelegate(theme, self.list))
        self.list.activated.connect(lambda _index: self._take())
        self._none = label("Nothing on this desk, and nothing to do, is called that.", "hint", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(px(self, 16),) * 4)
        column.setSpacing(px(self, 8))
        column.addWidget(self.line)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)
        self._still = label("Reading the lists of this desk…", "hint")
        self._still.setVisible(reading)
        column.addWidget(self._still)
        column.addWidget(label("↑ ↓ choose · Enter goes there or does it · Esc", "hint"))
        self.finished.connect(lambda _result: self._forget())
        open_at(self, 640, 480)
        self._find("")
        self.line.setFocus()

    @property
    def reading(self) -> bool:
        """Whether more is still to come."""
        return self._reading

    @property
    def shown(self) -> tuple[Found, ...]:
        """The rows that are shown."""
        return self.model.rows

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows walk the list and Enter takes its row, while the line keeps the focus."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _WALKS:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = min(max(self.list.currentIndex().row() + step, 0), self.model.rowCount() - 1)
                self.list.setCurrentIndex(self.model.index(row))
                self._walked = True
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take_when_read()
                return True
        return super().eventFilter(watched, event)

    def add(self, rows: Sequence[Known]) -> None:
        """Finds these too: all that there is by now. The row that was walked to stays chosen."""
        walked_to = self.model.row_at(self.list.currentIndex()) if self._walked else None
        self._known, self._reading = (*self._known, *rows), False
        self._still.hide()
        waited_for = self._waited_for
        self._find(self.line.text())
        if walked_to is not None and (index := self.model.index_of(self.model.id_of(walked_to))).isValid():
            self.list.setCurrentIndex(index)
        if waited_for:
            self._take()

    def stop_reading(self) -> None:
        """Nothing more comes."""
        self.add(())

    def _find(self, typed: str) -> None:
        self._walked = self._waited_for = False
        self.model.set_rows(best(self._known, typed))
        self.list.setCurrentIndex(self.model.index(0))
        self.list.setVisible(self.model.rowCount() > 0)
        self._none.setVisible(self.model.rowCount() == 0 and not self._reading)

    def _take_when_read(self) -> None:
        if self._reading and not self._walked:
            self._waited_for = True
        else:
            self._take()

    def _take(self) -> None:
        row = self.list.currentIndex().data(RowRole.ROW)
        if isinstance(row, Found):
            self.done(QDialog.DialogCode.Accepted)
            self.chosen.emit(row)

    def _forget(self) -> None:
        """Nothing of the desk is left in it."""
        self._known, self._waited_for = (), False
        self.model.set_rows(())
        self.line.blockSignals(True)
        self.line.setText("")
