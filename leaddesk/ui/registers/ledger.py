"""The ledger's page: entries newest first, chosen by person, kind and day, and a check of the whole desk."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from leaddesk.policy.desk_views import Found
from leaddesk.policy.ledger_rows import LedgerView, LedgerWish, VerifiedView
from leaddesk.policy.ledger_words import LedgerKind
from leaddesk.services.drafts import Choice
from leaddesk.ui.console.parts import Button, label, px, set_look
from leaddesk.ui.console.rows import Index
from leaddesk.ui.registers.form import DayField, Picker
from leaddesk.ui.registers.page import FoundDelegate, FoundModel
from leaddesk.ui.theme import Theme

_ANYBODY = "anybody"
_MOST_TOLD = 5
_VERIFYING = "Looking at every page, entry and row…"


class LedgerModel(FoundModel):
    """The entries read so far; asks for more as soon as a view comes to their end."""

    more_asked = Signal(int)
    """The number of the entry that further ones come before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: int | None = None

    @override
    def set_rows(self, rows: Sequence[Found], before: int | None = None) -> None:
        self._before = before
        super().set_rows(rows)

    def add_rows(self, rows: Sequence[Found], before: int | None) -> None:
        """Puts older entries under those that are there."""
        self._before = before
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows = (*self._rows, *rows)
            self.endInsertRows()

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._before is not None

    @override
    def fetchMore(self, parent: Index) -> None:
        before, self._before = self._before, None
        if before is not None:
            self.more_asked.emit(before)


class LedgerPage(QWidget):
    """Shows the ledger; nothing in it can be changed.

    Args:
        theme: the console's.
    """

    wished = Signal(object)
    """Another `LedgerWish` is to be shown."""
    more_asked = Signal(object, int)
    """Older entries for this `LedgerWish`, from the one before this number on."""
    verify_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model = LedgerModel(self)
        self.model.more_asked.connect(lambda before: self.more_asked.emit(self.wish, before))
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName("Ledger entries")
        self.list.setProperty("look", "framed-rows")
        self.list.setItemDelegate(FoundDelegate(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.person = Picker((), none=_ANYBODY)
        self.kind = QComboBox()
        self.kind.addItem("everything", "")
        for kind in LedgerKind:
            self.kind.addItem(kind.value, kind.value)
        self.since, self.until = DayField(), DayField()
        for day in (self.since, self.until):
            day.setPlaceholderText("YYYY-MM-DD")
        self.heading = label(look="strong")
        self.heading.setAccessibleName("What is listed")
        self.said = label(look="hint", wraps=True)
        self.said.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.said.hide()
        self.verify = Button("Verify now")
        self.verify.setAccessibleDescription("Looks for damage and tampering in the whole desk")
        self.verify.clicked.connect(self.verify_asked)
        self._progress = QProgressBar()
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._progress.setMaximumWidth(px(self, 160))
        self._progress.setAccessibleName("Verifying")
        self._progress.hide()
        self._lay_out()
        self.person.currentIndexChanged.connect(self._on_person)
        self.kind.currentIndexChanged.connect(self._on_chosen)
        for day in (self.since, self.until):
            day.editingFinished.connect(self._on_chosen)

    @property
    def wish(self) -> LedgerWish:
        """What is chosen; a day that is none chooses nothing."""
        since, until = (None if field.problem else field.day for field in (self.since, self.until))
        kind = self.kind.currentData()
        return LedgerWish(
            kind=LedgerKind(kind) if kind else None, person=self.person.chosen, since=since, until=until
        )

    @property
    def shown(self) -> tuple[str, ...]:
        """The words of the entries that are listed, for reading and tests."""
        return tuple(self.model.words_of(row) for row in self.model.rows)

    def set_people(self, people: Sequence[Choice]) -> None:
        """By whom entries can be chosen; who is chosen stays so."""
        self.person.offer(people)

    def set_view(self, view: LedgerView) -> None:
        """Lists these entries instead, from the newest on."""
        self.heading.setText(view.heading)
        self.model.set_rows(view.rows, view.before)
        self.list.scrollToTop()

    def add_view(self, view: LedgerView) -> None:
        """Lists these older entries, too."""
        self.model.add_rows(view.rows, view.before)

    def say_reading(self) -> None:
        """Says that the entries are being read, where there are none yet."""
        if not self.model.rowCount():
            self.heading.setText("Reading…")

    def set_verifying(self, *, busy: bool) -> None:
        """Shows that the desk is being looked at, or no longer."""
        self.verify.setEnabled(not busy)
        self._progress.setVisible(busy)
        if busy:
            self._say(_VERIFYING, "hint")

    def set_verified(self, verified: VerifiedView) -> None:
        """Says what the check came to."""
        self.set_verifying(busy=False)
        told, further = verified.findings[:_MOST_TOLD], len(verified.findings) - _MOST_TOLD
        rest = [f"And {further} more: `leaddesk verify` lists them all."] if further > 0 else []
        self._say("\n".join((verified.summary, *told, *rest)), "hint" if verified.sound else "caution")

    def forget(self) -> None:
        """Empties the page: nothing of the desk is left in it."""
        self.model.set_rows(())
        self.set_people(())
        self.heading.setText("")
        self.set_verifying(busy=False)
        self._say("", "hint")

    def _say(self, words: str, look: str) -> None:
        set_look(self.said, look)
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _on_person(self) -> None:
        if not self.person.problem:
            self._on_chosen()

    def _on_chosen(self) -> None:
        for words, field in (("From", self.since), ("To", self.until)):
            if field.problem:
                self._say(f"{words}: {field.problem}", "caution")
                return
        self._say("", "hint")
        self.wished.emit(self.wish)

    def _lay_out(self) -> None:
        title = QLabel("Ledger")
        title.setProperty("look", "name")
        top = QHBoxLayout()
        top.addWidget(title)
        top.addStretch()
        top.addWidget(self._progress)
        top.addWidget(self.verify)
        chosen = QHBoxLayout()
        chosen.setSpacing(px(self, 8))
        for words, field, stretch in (
            ("Person", self.person, 3),
            ("Kind", self.kind, 3),
            ("From", self.since, 2),
            ("To", self.until, 2),
        ):
            caption = QLabel(words)
            caption.setBuddy(field)
            field.setAccessibleName(words)
            chosen.addWidget(caption)
            chosen.addWidget(field, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(16)
        layout.addLayout(top)
        layout.addLayout(chosen)
        layout.addWidget(self.said)
        layout.addWidget(self.heading)
        layout.addWidget(self.list, 1)
