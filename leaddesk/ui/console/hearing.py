"""Who here may hear this: a table of those present and the classes, and what was said, recorded with one key."""

from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from leaddesk.policy.hearing import PURPOSES, Hearing
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.why import capital, listed
from leaddesk.services.drafts import Choice
from leaddesk.services.telling import Telling
from leaddesk.ui.console.parts import Button, empty, label, open_at, px
from leaddesk.ui.registers.form import Picker
from leaddesk.ui.registers.several import Several
from leaddesk.ui.theme import Theme, Token

Index = QModelIndex | QPersistentModelIndex
_TICK = "✓ may hear"
_HERE = "present and in view now"


class HearingColumn(IntEnum):
    """The columns before those of the classes."""

    NAME = 0


class HearingModel(QAbstractTableModel):
    """Those present in rows, classes in columns: a tick, or the one reason in words."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hearing: Hearing | None = None

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme

    def set_hearing(self, hearing: Hearing | None) -> None:
        """Show this instead."""
        self.beginResetModel()
        self._hearing = hearing
        self.endResetModel()

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        inner = parent is not None and parent.isValid()
        return 0 if inner or self._hearing is None else len(self._hearing.people)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        inner = parent is not None and parent.isValid()
        return 0 if inner or self._hearing is None else 1 + len(self._hearing.classes)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if (
            self._hearing is None
            or role != Qt.ItemDataRole.DisplayRole
            or orientation is not Qt.Orientation.Horizontal
        ):
            return None
        return "Here" if section == HearingColumn.NAME else capital(self._hearing.classes[section - 1].words)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._hearing is None or not index.isValid():
            return None
        one = self._hearing.people[index.row()]
        named = index.column() == HearingColumn.NAME
        reason = "" if named else one.reasons[index.column() - 1]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one.name if named else reason or _TICK
            case Qt.ItemDataRole.AccessibleTextRole:
                words = "" if named else self._hearing.classes[index.column() - 1].words
                return one.name if named else f"{one.name}, {words}: {reason or 'may hear'}"
            case Qt.ItemDataRole.ForegroundRole:
                return QBrush(self._theme.color(Token.CAUTION)) if reason else None
        return None


class HearingDialog(QDialog):
    """Shows one `Hearing`; Enter records that the checked classes were said to those present.

    Args:
        theme: the console's.
        subjects: the participants that the user may know.
        attendees: everybody who can have been told.
    """

    asked = Signal(str)
    """About whom it is asked: a participant's id, empty for business in general."""
    told = Signal(object)
    """A `Telling` to record."""

    def __init__(
        self, theme: Theme, subjects: Sequence[Choice], attendees: Sequence[Choice], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("LeadDesk")
        self.setAccessibleName("Who here may hear this")
        self._hearing: Hearing | None = None
        self._boxes: dict[InformationClass, QCheckBox] = {}
        self._model = HearingModel(theme, self)
        self.about = Picker(subjects, none="Business in general")
        self.about.setAccessibleName("About whom")
        self.about.currentIndexChanged.connect(lambda *_: self._on_about())
        self._summary = label(look="strong", wraps=True)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setProperty("look", "framed-rows")
        self.table.setAccessibleName("Who here may hear what")
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        self._classes = QHBoxLayout()
        self._caution = label(look="caution-hint", wraps=True)
        self._elsewhere = QCheckBox("Told to others, or another way")
        self._elsewhere.toggled.connect(self._on_elsewhere)
        self._how = Picker((Choice(id="other", words="another way"),), none="by word of mouth")
        self._purpose = Picker([Choice(id=one, words=one) for one in PURPOSES[1:]], none=PURPOSES[0])
        self._people = Several(attendees, columns=2)
        self._more = self._other_form()
        self._more.hide()
        self._said = label(look="hint", wraps=True)
        self._said.setAccessibleName("What was recorded")
        self._record = Button("It was said: record it")
        self._record.setProperty("look", "main")
        self._record.setAutoDefault(False)
        self._record.clicked.connect(self._on_record)
        self._people.changed.connect(self._show_caution)
        self._lay_out()

    def show_hearing(self, hearing: Hearing) -> None:
        """Shows this; the classes that everybody here may hear are checked."""
        another = self._hearing is None or self._hearing.participant != hearing.participant
        self._hearing = hearing
        self._model.set_hearing(hearing)
        blocked = self.about.blockSignals(True)
        self.about.setCurrentIndex(max(0, self.about.findData(hearing.participant)))
        self.about.blockSignals(blocked)
        self._summary.setText("\n".join(hearing.summary) or "There is nothing of this that you may have yourself.")
        if another:
            self._offer_classes(hearing)
        self.table.resizeRowsToContents()
        self._say_caution()

    def say_recorded(self, words: str) -> None:
        """Says what was recorded; the same is recorded again only once something was changed."""
        self._said.setText(words)
        self._record.setEnabled(False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter records, but where somebody is being found by typing: there it leads to the table."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
        elif any(focused in (one, one.lineEdit()) for one in (self.about, self._how, self._purpose)):
            self.table.setFocus()
        elif self._record.isEnabled():
            self._on_record()

    @property
    def participant(self) -> str:
        """Whom it is about, empty for business in general."""
        return "" if self._hearing is None else self._hearing.participant

    # Inside

    def _offer_classes(self, hearing: Hearing) -> None:
        empty(self._classes)
        self._boxes = {}
        # Only what is told of somebody is for the ledger.
        for heard in hearing.classes if hearing.participant else ():
            box = QCheckBox(heard.words)
            box.setAccessibleName(f"Told: {heard.words}")
            box.setChecked(heard.by_all)
            box.toggled.connect(self._show_caution)
            self._boxes[heard.cls] = box
            self._classes.addWidget(box)
        self._classes.addStretch()
        # They are newer than what stands under them, and Tab would come to them last.
        for before, after in pairwise((self.table, *self._boxes.values(), self._elsewhere)):
            self.setTabOrder(before, after)
        self._elsewhere.setEnabled(bool(self._boxes))
        self._said.clear()
        self._show_caution()

    @property
    def _chosen(self) -> tuple[InformationClass, ...]:
        return tuple(cls for cls, box in self._boxes.items() if box.isChecked())

    def _on_about(self) -> None:
        if not self.about.problem:
            self.asked.emit(self.about.chosen or "")

    def _on_elsewhere(self, elsewhere: bool) -> None:
        self._more.setVisible(elsewhere)
        self._show_caution()

    def _show_caution(self) -> None:
        self._record.setEnabled(bool(self._boxes))
        self._say_caution()

    def _say_caution(self) -> None:
        """Says who of those here may not hear what is checked; it can be recorded all the same."""
        here = self._hearing is not None and not self._elsewhere.isChecked()
        denied = self._hearing.denied(self._chosen) if self._hearing is not None and here else ()
        self._caution.setText(
            f"Not permitted for {listed(denied)}. What did happen can be recorded: the ledger says so."
            if denied
            else ""
        )

    def _on_record(self) -> None:
        if self._hearing is None or not self._hearing.participant:
            return
        if not self._chosen:
            self._caution.setText("Nothing was recorded yet. Check what was told first: Space checks it.")
            next(iter(self._boxes.values())).setFocus()
            return
        elsewhere = self._elsewhere.isChecked()
        self.told.emit(
            Telling(
                participant=self._hearing.participant,
                classes=self._chosen,
                people=self._people.chosen if elsewhere else None,
                how=(self._how.chosen or "spoken") if elsewhere else "spoken",
                purpose=(self._purpose.chosen or PURPOSES[0]) if elsewhere else PURPOSES[0],
            )
        )

    def _other_form(self) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(3, 1)
        for column, (words, field) in enumerate((("How", self._how), ("What for", self._purpose))):
            field.setAccessibleName(words)
            caption = label(words)
            caption.setBuddy(field)
            grid.addWidget(caption, 0, 2 * column)
            grid.addWidget(field, 0, 2 * column + 1)
        self._people.say_of_what("Told to")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFixedHeight(px(self, 112))
        scroll.setWidget(self._people)
        grid.addWidget(scroll, 1, 0, 1, 4)
        return made

    def _lay_out(self) -> None:
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        top = QHBoxLayout()
        top.addWidget(label("Who here may hear this", "name"))
        top.addStretch()
        about = label("About")
        about.setBuddy(self.about)
        top.addWidget(about)
        top.addWidget(self.about)
        close = Button("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._said, 1)
        foot.addWidget(close)
        foot.addWidget(self._record)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(px(self, 24),) * 4)
        column.setSpacing(px(self, 10))
        column.addLayout(top)
        column.addWidget(self._summary)
        column.addWidget(self.table, 1)
        column.addWidget(label(f"What was said to those {_HERE}", "heading"))
        column.addLayout(self._classes)
        column.addWidget(self._caution)
        column.addWidget(self._elsewhere)
        column.addWidget(self._more)
        column.addLayout(foot)
        open_at(self, 1080, 640)
        self.table.setFocus()
