"""Conflicts that were disclosed: the chair confirms or clears each, on the private screen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from leaddesk.policy.desk_views import ConflictRow
from leaddesk.ui.console.parts import IconButton, label, open_at, px
from leaddesk.ui.theme import Theme, Token


class ConflictsDialog(QDialog):
    """Who disclosed a conflict and whom it could mean; any number are chosen and decided together.

    Args:
        theme: the console's.
        may_decide: whether the signed-in user is the chair.
        parent: the console.
    """

    decided = Signal(object, bool)
    """The ids of exclusions, and whether they stand."""

    def __init__(self, theme: Theme, *, may_decide: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("LeadDesk")
        self._may_decide = may_decide
        self._list = QListWidget()
        self._list.setAccessibleName("Conflicts to decide")
        self._list.setProperty("look", "framed-rows")
        self._list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self._stands = IconButton(theme, "check-bold", "&It stands", token=Token.ON_ACCENT, look="main")
        self._clear = IconButton(theme, "x-bold", "&Clear it", token=Token.ACCENT, look="compact")
        self._close = IconButton(
            theme, "arrow-bend-down-right-bold", "Decide &later", token=Token.ACCENT, look="compact"
        )
        self._stands.clicked.connect(lambda: self._decide(stands=True))
        self._clear.clicked.connect(lambda: self._decide(stands=False))
        self._close.clicked.connect(self.reject)
        self._stands.setAccessibleDescription("They stay excluded.")
        self._clear.setAccessibleDescription(
            "It does not mean this participant; the room may see more once you let it."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(*(px(self, 24),) * 4)
        column.setSpacing(px(self, 12))
        column.addWidget(label("Conflicts disclosed", "name"))
        told = "Each is excluded from what it could mean until you decide. The signer is told nothing."
        column.addWidget(label(told if may_decide else f"{told} It is for the chair to decide.", wraps=True))
        column.addWidget(self._list, 1)
        column.addWidget(label("Several at once: Shift with the arrows, Ctrl+A for all.", "hint", wraps=True))
        row = QHBoxLayout()
        row.addStretch()
        for button in (self._close, self._clear, self._stands):
            row.addWidget(button)
        column.addLayout(row)
        open_at(self, 620, 460)

    def show_rows(self, rows: Sequence[ConflictRow]) -> None:
        """Show what waits; the dialog goes with the last."""
        self._list.clear()
        for row in rows:
            words = f"{row.who}, and {row.whom}"
            item = QListWidgetItem(f"{words}  ·  {row.how}" if row.how else words)
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        for button in (self._stands, self._clear):
            button.setEnabled(self._may_decide and bool(rows))
        if not rows:
            self.accept()
        else:
            self._list.setFocus()

    def _decide(self, *, stands: bool) -> None:
        chosen = tuple(item.data(Qt.ItemDataRole.UserRole) for item in self._list.selectedItems())
        if chosen:
            self.decided.emit(chosen, stands)
