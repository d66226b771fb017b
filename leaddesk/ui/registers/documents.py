"""The documents page: a meeting's way to approved minutes, what can be printed for whom, and every meeting held."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from leaddesk.policy.desk_views import Found, MeetingWay
from leaddesk.policy.views import CopyKind
from leaddesk.services.drafts import Choice
from leaddesk.ui.console.parts import Button, label, px
from leaddesk.ui.console.rows import RowRole
from leaddesk.ui.registers.form import Picker
from leaddesk.ui.registers.meeting_card import MeetingCard
from leaddesk.ui.registers.page import ROW_HEIGHT, FoundDelegate, SoughtModel
from leaddesk.ui.theme import Theme

_HELD_ROWS = 5
"""Rows of meetings at once; more scroll."""


class DocumentsPage(QWidget):
    """What can be done with a meeting's minutes and printed; doing it, and saying for whom it is, is its owner's."""

    print_asked = Signal(str, str)
    """A kind of copy or ``agreement-en``, and whom or which it is for."""
    meeting_chosen = Signal(str)
    """The id of the meeting that the page is to be about; empty for the one at hand."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._said = label(look="hint", wraps=True)
        self._said.hide()
        self.card = MeetingCard(theme)
        self.card.said.connect(self.say)
        self._title = label("This meeting", "heading")
        self.back = Button("Back to this meeting")
        self.back.setAccessibleName("Back to the meeting at hand")
        self.back.clicked.connect(lambda: self.meeting_chosen.emit(""))
        self._people: tuple[Choice, ...] = ()
        self._agreements: tuple[Choice, ...] = ()
        self._recipient = Picker((), none="choose")
        self._signed = Picker((), none="choose")
        self._version = Picker((), none="the latest")
        self._version_row = _two_lines("Which version", "Every version that was ever final can be printed.")
        self._held = SoughtModel(self)
        self.finding = QLineEdit()
        self.finding.setPlaceholderText("Find a meeting")
        self.finding.setAccessibleName("Find a meeting")
        self.finding.textChanged.connect(self._held.find)
        self.finding.returnPressed.connect(lambda: self._choose(0))
        self.held = QListView()
        self.held.setModel(self._held)
        self.held.setUniformItemSizes(True)
        self.held.setAccessibleName("Every meeting")
        self.held.setProperty("look", "framed-rows")
        self.held.setItemDelegate(FoundDelegate(theme, self.held))
        self.held.activated.connect(lambda index: self._choose(index.row()))
        self._scroll = self._lay_out()

    def show_way(self, way: MeetingWay, *, at_hand: bool) -> None:
        """Shows where a meeting stands, what can be done next, and which versions can be printed."""
        self._title.setText(f"This meeting: {way.title}" if at_hand else way.title)
        self.back.setVisible(not at_hand)
        self.card.show_way(way)
        older = [Choice(id=str(version), words=f"version {version}") for version in way.versions]
        self._version.offer(older)
        # Of a meeting that is final once there is but one to print.
        several = len(older) > 1 or (bool(older) and way.state == "closed")
        for widget in (self._version, self._version_row):
            widget.setVisible(several)

    def show_held(self, rows: Sequence[Found]) -> None:
        """Shows every meeting with its state and papers."""
        self._held.set_rows(tuple(rows))
        self.held.setFixedHeight(px(self, ROW_HEIGHT) * min(len(rows), _HELD_ROWS) + 4)

    def set_people(self, people: Sequence[Choice]) -> None:
        """Whom a recipient copy can be for."""
        if tuple(people) != self._people:
            self._people = tuple(people)
            self._recipient.offer(self._people)

    def set_agreements(self, agreements: Sequence[Choice]) -> None:
        """Which signed agreements can be printed."""
        if tuple(agreements) != self._agreements:
            self._agreements = tuple(agreements)
            self._signed.offer(self._agreements)

    @property
    def version(self) -> int | None:
        """The version that is to be printed, ``None`` for the latest."""
        chosen = self._version.chosen if self._version.isVisibleTo(self) else None
        return int(chosen) if chosen else None

    @property
    def told(self) -> str:
        """What was said last, empty for nothing."""
        return self._said.text()

    def say(self, words: str) -> None:
        """Says how it went."""
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def show_top(self) -> None:
        """Scrolls to the meeting's way, and puts the focus where Enter makes the next step."""
        self._scroll.verticalScrollBar().setValue(0)
        self.card.focus_step()

    def forget(self) -> None:
        """Empties the page: nothing of the desk is left in it."""
        self.card.forget()
        self.show_held(())
        self.set_people(())
        self.set_agreements(())
        self.finding.setText("")

    def _lay_out(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        column.addWidget(label("Documents", "name"))
        column.addWidget(self._card(self._meeting_head(), self._meeting_rows()))
        column.addWidget(self._card(label("Minutes", "heading"), self._minutes_rows()))
        column.addWidget(self._card(label("Every meeting", "heading"), self._held_rows()))
        column.addWidget(self._card(label("Confidentiality agreement", "heading"), self._agreement_rows()))
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
        return scroll

    def _meeting_head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title)
        row.addStretch()
        row.addWidget(self.back)
        return head

    def _meeting_rows(self) -> QLayout:
        rows = QVBoxLayout()
        rows.addWidget(self.card)
        return rows

    def _minutes_rows(self) -> QLayout:
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        self._version.setAccessibleName("Which version")
        grid.addWidget(self._version_row, 0, 0)
        grid.addWidget(self._version, 0, 1)
        kinds = (
            (CopyKind.PUBLIC, "Public part", "What was released, for anybody."),
            (CopyKind.ROOM, "Room copy", "What everybody who was in view may have, together."),
            (CopyKind.RECORD, "Record copy", "All that you may have; it says how much it leaves out."),
        )
        for row, (kind, words, hint) in enumerate(kinds, start=1):
            grid.addWidget(_two_lines(words, hint), row, 0)
            grid.addWidget(self._button(words, lambda _=False, k=kind: self.print_asked.emit(k.value, "")), row, 1)
        self._recipient.setAccessibleName("Whose copy")
        grid.addWidget(_two_lines("One person's copy", "What that person may have, with their name on it."), 4, 0)
        grid.addWidget(self._recipient, 5, 0)
        grid.addWidget(self._button("One person's copy", self._on_recipient), 5, 1)
        return grid

    def _held_rows(self) -> QLayout:
        column = QVBoxLayout()
        column.addWidget(label("Enter shows a meeting above: its way, its papers, what can be done.", "hint"))
        column.addWidget(self.finding)
        column.addWidget(self.held)
        return column

    def _agreement_rows(self) -> QLayout:
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

    def _button(self, what: str, act: object) -> Button:
        button = Button("Save as PDF…")
        button.setAccessibleName(f"Save as PDF: {what}")
        button.clicked.connect(act)
        return button

    def _card(self, heading: QWidget, rows: QLayout) -> QFrame:
        card = QFrame()
        card.setProperty("look", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.addWidget(heading)
        layout.addLayout(rows)
        return card

    def _choose(self, row: int) -> None:
        index = self._held.index(row)
        if index.isValid():
            self.meeting_chosen.emit(str(index.data(RowRole.ID)))

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


def _two_lines(words: str, hint: str) -> QWidget:
    pair = QWidget()
    row = QVBoxLayout(pair)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(0)
    row.addWidget(QLabel(words))
    row.addWidget(label(hint, "hint"))
    return pair
