"""A small kit for forms: each row a label, its field, and help; errors beside the field, nothing lost when wrong."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from leaddesk.services.drafts import Choice
from leaddesk.ui.console.parts import label, open_at, px, yielding
from leaddesk.ui.registers.several import Several

W = TypeVar("W", bound=QWidget)
E = TypeVar("E", bound=StrEnum)

_NO_TIME = "this is no time of day. Write it as 14:05 or 2:05 pm."
_NO_DAY = "this is no day. Write it as 2026-05-06 or 5/6/2026."

_WORDS = {"part2": "part 2"}
"""Members of vocabularies that are not read as they are written."""


class WrongField(ValueError):
    """What one field holds can't be used; says so beside that field.

    Args:
        field: the field as it was given to `Form.add_row`.
        words: what is wrong, a sentence for the user.
    """

    def __init__(self, field: QWidget, words: str) -> None:
        super().__init__(words)
        self.field = field


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
        raise ValueError(_NO_DAY)

    @property
    def problem(self) -> str:
        """Why what is typed can't be used, empty where it can."""
        try:
            self.day  # noqa: B018 - reading it is the check
        except ValueError as error:
            return str(error)
        return ""


class TimeField(QLineEdit):
    """A time of day as ``10:05``, or nothing; one that was there keeps its seconds until it is typed over."""

    def __init__(self, moment: time | None = None) -> None:
        super().__init__("" if moment is None else moment.strftime("%H:%M"))
        self.setPlaceholderText("HH:MM")
        self._before = (self.text(), moment)

    @property
    def time(self) -> time | None:
        """The time of day, ``None`` for nothing.

        Raises:
            ValueError: what is typed is no time of day.
        """
        words = self.text().strip()
        if words == self._before[0]:
            return self._before[1]
        for pattern in ("%H:%M", "%I:%M %p", "%I %p"):
            try:
                return datetime.strptime(words, pattern).time() if words else None  # noqa: DTZ007 - only the time
            except ValueError:
                continue
        raise ValueError(_NO_TIME)

    @property
    def problem(self) -> str:
        """Why what is typed can't be used, empty where it can."""
        try:
            self.time  # noqa: B018 - reading it is the check
        except ValueError as error:
            return str(error)
        return ""


class Picker(QComboBox):
    """One of several choices, found by typing; or none.

    Args:
        choices: in their order.
        chosen: the id of the one to begin with.
        none: what stands for none of them.
        own_words: whether what is typed may be something else than a choice; then nothing is taken for one that only
            begins so.
    """

    def __init__(
        self, choices: Iterable[Choice], chosen: str | None = None, *, none: str = "none", own_words: bool = False
    ) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Long words widen the list, not the form.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        completer = self.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        line = self.lineEdit()
        if line is not None and not own_words:
            line.editingFinished.connect(self.settle)
        self._none = none
        self._fill(choices, chosen)

    def settle(self) -> None:
        """Takes the one choice that has what is typed in it; where several have, or none, nothing is taken."""
        fitting = self._fitting()
        if len(fitting) == 1 and not self._meant():
            self.setCurrentIndex(fitting[0])

    def offer(self, choices: Iterable[Choice]) -> None:
        """Offers these instead, telling nobody; the chosen one stays chosen where it is still there.

        What is being typed, and was no choice so far, stays too: it may be one of these.
        """
        chosen, typed, blocked = self.chosen, self.currentText(), self.blockSignals(True)
        self.clear()
        self._fill(choices, chosen)
        if chosen is None:
            self.setEditText(typed)
        self.blockSignals(blocked)

    def _fill(self, choices: Iterable[Choice], chosen: str | None) -> None:
        self.addItem(self._none, "")
        for choice in choices:
            self.addItem(choice.words, choice.id)
        self.setCurrentIndex(max(0, self.findData(chosen or "")))

    @override
    def setAccessibleName(self, name: str) -> None:
        """Names the line that has the focus too: it is what a screen reader speaks of."""
        super().setAccessibleName(name)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    @property
    def chosen(self) -> str | None:
        """The id of the choice, ``None`` for none or for what is no choice (`problem` tells them apart)."""
        meant = self._meant()
        return (str(self.itemData(meant[0])) or None) if len(meant) == 1 else None

    @property
    def problem(self) -> str:
        """Why what is typed can't be used, empty where it can: a name half typed must not count as none."""
        meant = self._meant()
        if len(meant) > 1:
            return "several are called that. Choose one from the list."
        if meant or not self.currentText().strip():
            return ""
        return f"{'several on the list fit' if self._fitting() else 'this is not on the list'}. Choose one from it."

    def _fitting(self) -> list[int]:
        """The positions of what is offered while one types: all that have the words in them."""
        typed = self.currentText().strip().casefold()
        return [each for each in range(self.count()) if typed and typed in self.itemText(each).casefold()]

    def _meant(self) -> list[int]:
        """The positions that the words may mean: the chosen one alone where two people are called the same."""
        typed, here = self.currentText().strip(), self.currentIndex()
        if here >= 0 and self.itemText(here).strip() == typed:
            return [here]
        return [each for each in range(self.count()) if self.itemText(each).casefold() == typed.casefold()]


def words_of(kind: Iterable[E]) -> tuple[Choice, ...]:
    """The members of a vocabulary as choices, in words."""
    return tuple(
        Choice(id=member.value, words=_WORDS.get(member.value, member.value.replace("_", " "))) for member in kind
    )


class Form(QDialog):
    """A form that gives a draft when it is accepted; its owner saves it.

    Subclasses add their rows in the order in which they are filled, and return the draft from `draft`.
    """

    accepted_draft = Signal(object)
    participants: Picker | None = None
    """What any participant can be chosen in; filled once all of them are read, beside the open form."""
    corrected = "Mend it where it was recorded."
    """How something that the form added, and that undo therefore leaves, is corrected."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("LeadDesk")
        self.heading = title
        self._most = 0
        self._rows: list[tuple[str, QWidget]] = []
        self._wrong: dict[QWidget, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(px(self, 12))
        self._grid.setHorizontalSpacing(px(self, 16))
        self._error = label(look="caution", wraps=True)
        self._error.hide()
        self._whom = yielding(label(look="strong", wraps=True))
        self._whom.hide()
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._buttons.accepted.connect(self._save)
        self._buttons.rejected.connect(self.reject)
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setProperty("look", "main")
        for button in self._buttons.buttons():
            # some desktops put pictures of their own on them
            button.setIcon(QIcon())
        inside = QWidget()
        column = QVBoxLayout(inside)
        # Room for the scroll bar on the right, so that it lies beside the fields.
        column.setContentsMargins(0, 0, px(self, 12), 0)
        self._standing = QVBoxLayout()
        self._standing.setSpacing(px(self, 4))
        column.addLayout(self._standing)
        column.addLayout(self._grid)
        column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(px(self, 24),) * 4)
        layout.setSpacing(px(self, 16))
        layout.addWidget(label(title, "name"))
        layout.addWidget(self._whom)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._error)
        layout.addWidget(self._buttons)
        open_at(self, 680, 620)

    def draft(self) -> object:
        """What was filled in.

        Raises:
            ValueError: something can't be read; says what, in words for the user.
        """
        raise NotImplementedError

    def add_row(self, words: str, field: W, help_words: str = "") -> W:
        """Puts a field under the others, with its label, accessible name and help; returns the field."""
        caption = label(words)
        caption.setBuddy(field)
        field.setAccessibleName(words)
        field.setAccessibleDescription(help_words)
        boxes = isinstance(field, Several | QCheckBox)
        if isinstance(field, Several):
            field.say_of_what(words)
        if isinstance(field, QComboBox | QAbstractSpinBox):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)
        if isinstance(field, QComboBox):
            completer = field.completer()
            for choices in (field.view(), *(() if completer is None else (completer.popup(),))):
                choices.installEventFilter(self)
        if isinstance(field, QSpinBox):
            # A style sheet's padding moves the frame of a number's field, and not its words.
            field.lineEdit().setTextMargins(px(self, 10), 0, px(self, 4), 0)
        # The label's words stand level with those in the field.
        caption.setContentsMargins(0, px(self, 0 if boxes else 8), 0, 0)
        wrong = label(look="caution", wraps=True)
        wrong.hide()
        self._wrong[field] = wrong
        cell = QVBoxLayout()
        cell.setSpacing(px(self, 4))
        cell.addWidget(field)
        cell.addWidget(wrong)
        if help_words:
            cell.addWidget(label(help_words, "hint", wraps=True))
        row = self._grid.rowCount()
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(cell, row, 1)
        self._rows.append((words, field))
        return field

    def add_note(self, words: str) -> None:
        """Puts a sentence under the rows that are there, over the whole width."""
        self._grid.addWidget(label(words, wraps=True), self._grid.rowCount(), 0, 1, 2)

    def say_whom(self, name: str) -> None:
        """Says under the title whom it is about."""
        self._whom.setText(name)
        self._whom.setVisible(bool(name))

    def show_standing(self, lines: Iterable[str]) -> None:
        """Shows over the rows what stands now, a line each; nothing where nothing does."""
        told = [label(line, wraps=True) for line in lines]
        for widget in [label("What stands now", "heading"), *told] if told else ():
            self._standing.addWidget(widget)

    def add_text(self, words: str, text: str = "", help_words: str = "") -> QLineEdit:
        """A row with a line of text."""
        return self.add_row(words, QLineEdit(text), help_words)

    def add_day(self, words: str, day: date | None, help_words: str = "") -> DayField:
        """A row with a day."""
        return self.add_row(words, DayField(day), help_words)

    def say(self, words: str) -> None:
        """Says what is wrong with the whole; what was filled in stays."""
        self._error.setText(words)
        self._error.setVisible(bool(words))
        self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begins in the first field, and has Tab come to the buttons, which were there before the fields, last."""
        super().showEvent(event)
        if event.spontaneous():
            return
        self._most = self.height()
        self._fit()
        if not self._rows:
            return
        last = self._rows[-1][1]
        for which in (QDialogButtonBox.StandardButton.Save, QDialogButtonBox.StandardButton.Cancel):
            button = self._buttons.button(which)
            QWidget.setTabOrder(last.boxes[-1] if isinstance(last, Several) and last.boxes else last, button)
            last = button
        self._rows[0][1].setFocus()

    @override
    def event(self, event: QEvent) -> bool:
        """Keeps Ctrl+Enter for itself: over a meeting it would else show the room the item that is selected."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride and _saves(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves from anywhere, also from a text in which Enter begins a line."""
        if _saves(event):
            self._save()
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets the wheel scroll the form and change nothing that it passes over, and saves from an open list too."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        open_list = isinstance(watched, QAbstractItemView)
        if open_list and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _saves(event):
            # The list takes the choice that is marked in it first.
            QTimer.singleShot(0, self, self._save)
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """As high as what is in it, up to the height that it opens with: the rest scrolls."""
        inside, layout = self._scroll.widget(), self.layout()
        if not self._most or inside is None or layout is None:
            return
        layout.activate()
        needed = inside.heightForWidth(self._scroll.viewport().width())
        needed = max(needed, inside.sizeHint().height() if needed < 0 else 0)
        self.resize(self.width(), min(self._most, self.height() + needed - self._scroll.viewport().height()))

    def _save(self) -> None:
        self.say("")
        for wrong in self._wrong.values():
            wrong.hide()
        for words, field in self._rows:
            if isinstance(field, Picker):
                field.settle()
            if isinstance(field, DayField | TimeField | Picker) and field.isEnabled() and field.problem:
                self._say_beside(field, f"{words}: {field.problem}")
                return
        try:
            draft = self.draft()
        except WrongField as error:
            self._say_beside(error.field, str(error))
            return
        except ValueError as error:
            self.say(str(error))
            return
        self.accepted_draft.emit(draft)

    def _say_beside(self, field: QWidget, words: str) -> None:
        wrong = self._wrong[field]
        wrong.setText(words)
        wrong.show()
        # The words take room only once they are laid out.
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self._scroll.ensureWidgetVisible(wrong)
        self._scroll.ensureWidgetVisible(field)
        field.setFocus()


def _saves(event: QKeyEvent) -> bool:
    entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return entered and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def maybe(kind: Callable[[str], E], word: str | None) -> E | None:
    """A word of a vocabulary, ``None`` for none."""
    return kind(word) if word else None


def members(kind: Callable[[str], E], words: Sequence[str]) -> tuple[E, ...]:
    """Words of a vocabulary."""
    return tuple(map(kind, words))
