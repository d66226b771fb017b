"""A meeting on the documents page: its way in steps, what to look at before its end, and what can be done next."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from leaddesk.policy.desk_views import Check, Found, MeetingWay, Move, Offer, Reached, WayStep
from leaddesk.ui.console.parts import Button, Icon, empty, label, px
from leaddesk.ui.console.rows import RowRole
from leaddesk.ui.registers.form import DayField
from leaddesk.ui.registers.page import ROW_HEIGHT, FoundDelegate, FoundModel
from leaddesk.ui.theme import Theme, Token

_SHAPES: Mapping[Reached, tuple[str, Token, str]] = {
    Reached.DONE: ("check-circle-fill", Token.INK_2, "done"),
    Reached.NOW: ("arrow-circle-right-fill", Token.ACCENT, "now"),
    Reached.AHEAD: ("circle-bold", Token.INK_2, "still ahead"),
}
_MOST_CHECKS = 5
"""Rows of checks at once; more scroll."""


class WayBar(QWidget):
    """The steps of a meeting's way side by side: each a shape and a word, and when it was."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(self, 32))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme

    def show_steps(self, steps: Sequence[WayStep]) -> None:
        """Shows these steps instead."""
        empty(self._row)
        said = []
        for step in steps:
            shape, token, word = _SHAPES[step.reached]
            pair, words = QHBoxLayout(), QVBoxLayout()
            pair.setSpacing(px(self, 8))
            pair.addWidget(Icon(self._theme, shape, token, 20), 0, Qt.AlignmentFlag.AlignTop)
            words.setSpacing(0)
            words.addWidget(label(step.words, "strong" if step.reached is Reached.NOW else ""))
            words.addWidget(label(step.detail, "hint"))
            pair.addLayout(words)
            self._row.addLayout(pair)
            said.append(f"{step.words}: {', '.join(part for part in (word, step.detail) if part)}")
        self._row.addStretch()
        self.setAccessibleName("; ".join(said))
        self.setVisible(bool(steps))


class MeetingCard(QWidget):
    """Where a meeting stands, what should be looked at, and its next moves; what happens is its owner's."""

    asked = Signal(object)
    """A `Move`."""
    mend_asked = Signal(object)
    """A `Check` whose way of mending was chosen."""
    next_meeting_set = Signal(object)
    """The day on which the group meets next."""
    said = Signal(str)
    """Something to be told on the page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._way = WayBar(theme)
        self._says = label(wraps=True)
        self._checks: tuple[Check, ...] = ()
        self._heading = label("", "strong")
        self._model = FoundModel(self)
        self.checks = QListView()
        self.checks.setModel(self._model)
        self.checks.setAccessibleDescription("Enter mends the selected one.")
        self.checks.setProperty("look", "framed-rows")
        self.checks.setItemDelegate(FoundDelegate(theme, self.checks))
        self.checks.activated.connect(lambda index: self._mend(str(index.data(RowRole.ID))))
        self.mend = Button("Mend it")
        self.mend.setAccessibleName("Mend the selected one")
        self.mend.clicked.connect(lambda: self._mend(str(self.checks.currentIndex().data(RowRole.ID) or "0")))
        self.checks.selectionModel().currentChanged.connect(lambda index, _: self._name_mend(index.row()))
        self._moves = QHBoxLayout()
        self._moves.setSpacing(px(self, 12))
        self._for_the_chair = label(look="hint", wraps=True)
        self._buttons: dict[Move, Button] = {}
        self.next_day = DayField()
        self._next_row = self._make_next_row()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(self, 12))
        for widget in (self._way, self._says, self._heading, self.checks):
            column.addWidget(widget)
        column.addWidget(self.mend, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._moves)
        column.addWidget(self._for_the_chair)
        column.addWidget(self._next_row)
        self.set_checks(())

    @property
    def state(self) -> str:
        """The state as it is shown, in words."""
        return self._says.text()

    @property
    def for_the_chair(self) -> str:
        """What is said to be for the chair, empty for nothing."""
        return self._for_the_chair.text()

    def show_way(self, way: MeetingWay) -> None:
        """Shows where the meeting stands and offers what can be done next."""
        before = "Before the minutes are final" if way.state == "closed" else "Before the meeting is closed"
        self._heading.setText(before)
        self.checks.setAccessibleName(before)
        self._way.show_steps(way.steps)
        self._says.setText(way.says)
        self._offer([offer for offer in way.offers if offer.may])
        theirs = [offer.words for offer in way.offers if not offer.may]
        self._for_the_chair.setText(f"For the chair: {'; '.join(theirs)}." if theirs else "")
        self._for_the_chair.setVisible(bool(theirs))
        if way.next_day is not None and not self.next_day.hasFocus():
            self.next_day.setText(way.next_day.isoformat())
        self._next_row.setVisible(way.state in ("planned", "open", "closed"))

    def set_checks(self, checks: Sequence[Check]) -> None:
        """Shows what should be looked at before the meeting is closed: warnings, never a bar."""
        self._checks = tuple(checks)
        self._model.set_rows(
            tuple(
                Found(kind="check", id=str(number), title=check.words, detail=check.mend_words)
                for number, check in enumerate(self._checks)
            )
        )
        rows = min(len(self._checks), _MOST_CHECKS)
        self.checks.setFixedHeight(px(self, ROW_HEIGHT) * rows + 4)
        for widget in (self._heading, self.checks, self.mend):
            widget.setVisible(bool(self._checks))
        count = len(self._checks)
        if self.step is not None:
            first = f"{count} thing{'' if count == 1 else 's'} to look at first" if count else ""
            self.step.setAccessibleDescription(first)
        if self._checks and not self.checks.currentIndex().isValid():
            self.checks.setCurrentIndex(self._model.index(0))
        self._name_mend(self.checks.currentIndex().row())

    @property
    def step(self) -> Button | None:
        """The button of the likeliest move, if there is one."""
        return next(iter(self._buttons.values()), None)

    def button(self, move: Move) -> Button | None:
        """The button of a move, where it is offered."""
        return self._buttons.get(move)

    def focus_step(self) -> None:
        """Puts the focus where Enter makes the likeliest move."""
        if self.step is not None:
            self.step.setFocus()

    def forget(self) -> None:
        """Empties the card: nothing of the desk is left in it."""
        self.set_checks(())
        self._says.setText("")

    def _offer(self, offers: Sequence[Offer]) -> None:
        """A button for each move; who had just pressed one goes on with the first."""
        if [offer.move for offer in offers] == list(self._buttons) and all(
            self._buttons[offer.move].text() == offer.words for offer in offers
        ):
            return
        # What is over the window, such as the palette that a move was found in, has the focus for another moment.
        had_focus = self.window().focusWidget() in self._buttons.values()
        empty(self._moves)
        self._buttons = {}
        for offer in offers:
            button = self._buttons[offer.move] = Button(offer.words)
            button.setAccessibleName(offer.words)
            button.clicked.connect(lambda _=False, move=offer.move: self.asked.emit(move))
            if len(self._buttons) == 1:
                button.setProperty("look", "main")
            self._moves.addWidget(button)
            # What is not shown yet takes no focus.
            button.show()
        self._moves.addStretch()
        # What is made later would come last, behind the whole page.
        for before, after in pairwise((self.mend, *self._buttons.values(), self.next_day)):
            QWidget.setTabOrder(before, after)
        if had_focus:
            self.focus_step()

    def _mend(self, number: str) -> None:
        if int(number) < len(self._checks):
            self.mend_asked.emit(self._checks[int(number)])

    def _name_mend(self, number: int) -> None:
        if 0 <= number < len(self._checks):
            check = self._checks[number]
            self.mend.setText(check.mend_words)
            self.mend.setAccessibleName(f"{check.mend_words}: {check.words}")

    def _make_next_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        words = label("The group meets next on")
        words.setBuddy(self.next_day)
        self.next_day.setAccessibleName("The group meets next on")
        self.next_day.setMinimumWidth(px(self, 220))
        self.next_day.setMaximumWidth(px(self, 260))
        self.next_day.returnPressed.connect(self._on_next_day)
        button = Button("Set the day")
        button.setAccessibleName("Set the day of the next meeting")
        button.clicked.connect(self._on_next_day)
        for widget in (words, self.next_day, button):
            row.addWidget(widget)
        row.addStretch()
        return holder

    def _on_next_day(self) -> None:
        if self.next_day.problem:
            self.said.emit(self.next_day.problem)
        else:
            self.next_meeting_set.emit(self.next_day.day)
