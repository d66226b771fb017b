"""A small kit for forms: each row a label, its field, and help; errors beside the field, nothing lost when wrong."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from leaddesk.services.drafts import Choice

W = TypeVar("W", bound=QWidget)
E = TypeVar("E", bound=StrEnum)


class DayField(QLineEdit):
    """A day as ``2026-05-06`` or ``5/6/2026``, or nothing."""

    def __init__(self, day: date | None = None) -> None:
        super().__init__("" if day is None else day.isoformat())
        self.setPlaceholderText("YYYY-MM-DD or M/D/YYYY")

    @property
    def day(self) -> date | None:
        """The day, ``None`` for nothing.

        Raises:
            ValueError: what is typed is no day.
        """
        words = self.text().strip()
        if not words:
            return None
        for pattern in ("%Y-%m-%d", "%m/%d/%Y"):
            try:
                return datetime.strptime(words, pattern).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        raise ValueError("This is no day: write it as 2026-05-06 or 5/6/2026.")


class Picker(QComboBox):
    """One of several choices, found by typing; or none."""

    def __init__(self, choices: Iterable[Choice], chosen: str | None = None, *, none: str = "none") -> None:
        super().__init__()
        self.setEditable(True)
        # Long words must not make the form wider than its window.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.addItem(none, "")
        for choice in choices:
            self.addItem(choice.words, choice.id)
        self.setCurrentIndex(max(0, self.findData(chosen or "")))

    @property
    def chosen(self) -> str | None:
        """The id of the choice, ``None`` for none or for what is no choice."""
        position = self.findText(self.currentText())
        return (str(self.itemData(position)) or None) if position >= 0 else None


class Several(QWidget):
    """Any number of choices, as boxes to check."""

    changed = Signal()

    def __init__(self, choices: Iterable[Choice], chosen: Iterable[str] = (), *, columns: int = 2) -> None:
        super().__init__()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._boxes: list[tuple[str, QCheckBox]] = []
        wanted = set(chosen)
        for position, choice in enumerate(choices):
            box = QCheckBox(choice.words)
            box.setAccessibleName(choice.words)
            box.setChecked(choice.id in wanted)
            box.toggled.connect(self.changed)
            layout.addWidget(box, position // columns, position % columns)
            self._boxes.append((choice.id, box))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids that are checked, in their order."""
        return tuple(id_ for id_, box in self._boxes if box.isChecked())


def words_of(kind: Iterable[E]) -> tuple[Choice, ...]:
    """The members of a vocabulary as choices, in words."""
    return tuple(Choice(id=member.value, words=member.value.replace("_", " ")) for member in kind)


class Form(QDialog):
    """A form that gives a draft when it is accepted; its owner saves it.

    Subclasses add their rows in the order in which they are filled, and return the draft from `draft`.
    """

    accepted_draft = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("LeadDesk")
        self._rows: list[tuple[str, QWidget]] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(8)
        self._grid.setHorizontalSpacing(16)
        heading = QLabel(title)
        heading.setProperty("look", "name")
        self._error = QLabel()
        self._error.setProperty("look", "caution")
        self._error.setWordWrap(True)
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self._save)
        self._buttons.rejected.connect(self.reject)
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setProperty("look", "main")
        inside = QWidget()
        inside.setLayout(self._grid)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addWidget(heading)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._error)
        layout.addWidget(self._buttons)
        self.resize(680, 620)

    def draft(self) -> object:
        """What was filled in.

        Raises:
            ValueError: something can't be read; says what, in words for the user.
        """
        raise NotImplementedError

    def add_row(self, words: str, field: W, help_words: str = "") -> W:
        """Puts a field under the others, with its label, accessible name and help; returns the field."""
        row = self._grid.rowCount()
        label = QLabel(words)
        label.setBuddy(field)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        field.setAccessibleName(words)
        field.setAccessibleDescription(help_words)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)
        if help_words:
            hint = QLabel(help_words)
            hint.setProperty("look", "hint")
            hint.setWordWrap(True)
            self._grid.addWidget(hint, row + 1, 1)
        self._rows.append((words, field))
        return field

    def add_text(self, words: str, text: str = "", help_words: str = "") -> QLineEdit:
        """A row with a line of text."""
        return self.add_row(words, QLineEdit(text), help_words)

    def add_day(self, words: str, day: date | None, help_words: str = "") -> DayField:
        """A row with a day."""
        return self.add_row(words, DayField(day), help_words)

    def say(self, words: str) -> None:
        """Says what is wrong; what was filled in stays."""
        self._error.setText(words)

    def _save(self) -> None:
        for words, field in self._rows:
            if isinstance(field, DayField) and not _readable(field):
                self.say(f"{words}: this is no day. Write it as 2026-05-06 or 5/6/2026.")
                field.setFocus()
                return
        try:
            draft = self.draft()
        except ValueError as error:
            self.say(str(error))
            return
        self.accepted_draft.emit(draft)


def _readable(field: DayField) -> bool:
    try:
        field.day  # noqa: B018 - reading it is the check
    except ValueError:
        return False
    return True


def maybe(kind: Callable[[str], E], word: str | None) -> E | None:
    """A word of a vocabulary, ``None`` for none."""
    return kind(word) if word else None


def members(kind: Callable[[str], E], words: Sequence[str]) -> tuple[E, ...]:
    """Words of a vocabulary."""
    return tuple(map(kind, words))
