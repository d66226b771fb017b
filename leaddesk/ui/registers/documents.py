"""The documents page: the meeting's last steps, and what can be printed for whom."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from leaddesk.policy.desk_views import Check
from leaddesk.policy.views import CopyKind
from leaddesk.services.drafts import Choice
from leaddesk.ui.console.parts import label
from leaddesk.ui.registers.form import DayField, Picker
from leaddesk.ui.theme import Theme

#: What each state of the meeting offers next: the button's words and its signal's name.
_NEXT = {
    "planned": ("Open the meeting", "open_meeting_asked"),
    "open": ("Close the meeting", "close_asked"),
    "closed": ("Finalize the minutes", "finalize_asked"),
    "finalized": ("Plan the next meeting", "plan_meeting_asked"),
    "approved": ("Plan the next meeting", "plan_meeting_asked"),
}
_STATE_WORDS = {
    "planned": "The meeting is planned.",
    "open": "The meeting is open. Minutes print as a draft.",
    "closed": "The meeting is closed. Minutes print as a draft until they are finalized.",
    "finalized": "The minutes are final.",
    "approved": "The minutes are approved.",
}


class DocumentsPage(QWidget):
    """What can be printed; printing itself, and saying for whom it is, is its owner's."""

    print_asked = Signal(str, str)
    """A kind of copy or ``agreement-en``, and whom or which it is for."""
    open_meeting_asked = Signal()
    close_asked = Signal()
    finalize_asked = Signal()
    plan_meeting_asked = Signal()
    next_meeting_set = Signal(object)
    """The day on which the group meets next."""

    def __init__(self, _theme: Theme) -> None:
        super().__init__()
        self._state = QLabel()
        self._checks = QLabel()
        self._checks.setWordWrap(True)
        self._checks.setTextFormat(Qt.TextFormat.PlainText)
        self._checks.setProperty("look", "caution")
        self._said = label(look="hint", wraps=True)
        self._said.hide()
        self.step = QPushButton()
        self.next_day = DayField()
        self.step.setProperty("look", "main")
        self._signal: str = ""
        self.step.clicked.connect(self._on_step)
        self._people: tuple[Choice, ...] = ()
        self._agreements: tuple[Choice, ...] = ()
        self._recipient = Picker(())
        self._signed = Picker(())
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        heading = QLabel("Documents")
        heading.setProperty("look", "name")
        column.addWidget(heading)
        column.addWidget(self._card("This meeting", self._meeting_rows()))
        column.addWidget(self._card("Minutes", self._minutes_rows()))
        column.addWidget(self._card("Confidentiality agreement", self._agreement_rows()))
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        # Under the part that scrolls: how printing went is seen wherever the button was.
        layout.addWidget(self._said)
        self._said.setContentsMargins(32, 12, 32, 12)

    def set_state(self, state: str) -> None:
        """Shows where the meeting is and offers its next step."""
        words, self._signal = _NEXT.get(state, ("", ""))
        self._state.setText(_STATE_WORDS.get(state, ""))
        self.step.setText(words)
        self.step.setAccessibleName(words)
        self.step.setVisible(bool(words))
        self._checks.setVisible(state in ("open", "closed"))

    def set_checks(self, checks: Sequence[Check]) -> None:
        """Shows what should be looked at before the meeting is closed: warnings, never a bar."""
        self._checks.setText("\n".join(check.words for check in checks))

    def set_people(self, people: Sequence[Choice]) -> None:
        """Whom a recipient copy can be for."""
        if tuple(people) != self._people:
            self._people = tuple(people)
            _refill(self._recipient, self._people)

    def set_agreements(self, agreements: Sequence[Choice]) -> None:
        """Which signed agreements can be printed."""
        if tuple(agreements) != self._agreements:
            self._agreements = tuple(agreements)
            _refill(self._signed, self._agreements)

    def say(self, words: str) -> None:
        """Says how printing went."""
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def _meeting_rows(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.addWidget(self._state)
        rows.addWidget(self._checks)
        rows.addWidget(self.step, alignment=Qt.AlignmentFlag.AlignLeft)
        next_row = QHBoxLayout()
        words = QLabel("The group meets next on")
        words.setBuddy(self.next_day)
        self.next_day.setAccessibleName("The group meets next on")
        self.next_day.setMaximumWidth(260)
        button = QPushButton("Set the day")
        button.setAccessibleName("Set the day of the next meeting")
        button.clicked.connect(self._on_next_day)
        for widget in (words, self.next_day, button):
            next_row.addWidget(widget)
        next_row.addStretch()
        rows.addLayout(next_row)
        return rows

    def _minutes_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        kinds = (
            (CopyKind.PUBLIC, "Public part", "What was released, for anybody."),
            (CopyKind.ROOM, "Room copy", "What everybody who was in view may have, together."),
            (CopyKind.RECORD, "Record copy", "All that you may have; it says how much it leaves out."),
        )
        for row, (kind, words, hint) in enumerate(kinds):
            grid.addWidget(_two_lines(words, hint), row, 0)
            grid.addWidget(self._button(words, lambda _=False, k=kind: self.print_asked.emit(k.value, "")), row, 1)
        self._recipient.setAccessibleName("Whose copy")
        grid.addWidget(_two_lines("One person's copy", "What that person may have, with their name on it."), 3, 0)
        grid.addWidget(self._recipient, 4, 0)
        grid.addWidget(self._button("One person's copy", self._on_recipient), 4, 1)
        return grid

    def _agreement_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        for row, (language, words) in enumerate((("en", "Blank, in English"), ("es", "Blank, in Spanish"))):
            grid.addWidget(_two_lines(words, "For anybody."), row, 0)
            ask = self._button(words, lambda _=False, code=language: self.print_asked.emit(f"agreement-{code}", ""))
            grid.addWidget(ask, row, 1)
        self._signed.setAccessibleName("Which signed agreement")
        grid.addWidget(_two_lines("Signed", "For its signer."), 2, 0)
        grid.addWidget(self._signed, 3, 0)
        grid.addWidget(self._button("Signed agreement", self._on_signed), 3, 1)
        return grid

    def _button(self, what: str, act: object) -> QPushButton:
        button = QPushButton("Save as PDF…")
        button.setAccessibleName(f"Save as PDF: {what}")
        button.clicked.connect(act)
        return button

    def _card(self, title: str, rows: QVBoxLayout | QGridLayout) -> QFrame:
        card = QFrame()
        card.setProperty("look", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(24, 16, 24, 16)
        heading = QLabel(title)
        heading.setProperty("look", "heading")
        layout.addWidget(heading)
        layout.addLayout(rows)
        return card

    def _on_step(self) -> None:
        getattr(self, self._signal).emit()

    def _on_next_day(self) -> None:
        if self.next_day.problem:
            self.say(self.next_day.problem)
        else:
            self.next_meeting_set.emit(self.next_day.day)

    def _on_recipient(self) -> None:
        if self._recipient.chosen:
            self.print_asked.emit(CopyKind.RECIPIENT.value, self._recipient.chosen)
        else:
            self.say("Choose whose copy first.")

    def _on_signed(self) -> None:
        if self._signed.chosen:
            self.print_asked.emit("agreement-en", self._signed.chosen)
        else:
            self.say("Choose an agreement first.")


def _refill(picker: Picker, choices: Sequence[Choice]) -> None:
    picker.clear()
    picker.addItem("choose", "")
    for choice in choices:
        picker.addItem(choice.words, choice.id)


def _two_lines(words: str, hint: str) -> QWidget:
    pair = QWidget()
    row = QVBoxLayout(pair)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(0)
    row.addWidget(QLabel(words))
    second = QLabel(hint)
    second.setProperty("look", "hint")
    row.addWidget(second)
    return pair
