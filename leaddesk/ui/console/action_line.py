"""One action of the selected item: what became of it, by when, and what the room reads."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QPushButton, QWidget

from leaddesk.policy import dates
from leaddesk.policy.desk_views import PrivateAction
from leaddesk.policy.views import Mark
from leaddesk.ui.console.parts import Icon, IconButton, label, px
from leaddesk.ui.console.states import MARKS, OUTCOMES
from leaddesk.ui.icons import icon
from leaddesk.ui.theme import Theme, Token

_CLOSED = {Mark.DONE, Mark.NOT_POSSIBLE, Mark.NOT_DONE}


class ActionLine(QWidget):
    """A box that closes the action as done or opens it again, and a menu with every outcome."""

    outcome_asked = Signal(str, object)
    """The action's id, and the `Mark` of what became of it."""

    def __init__(self, theme: Theme, action: PrivateAction) -> None:
        super().__init__()
        self._action = action
        mark = action.state.mark if action.state else Mark.OPEN
        self._mark = mark if mark in _CLOSED else Mark.OPEN
        name, token = MARKS[self._mark]
        box = IconButton(theme, name, f"{action.what}: {OUTCOMES[self._mark].lower()}", token=token, icon_alone=True)
        toggled = Mark.DONE if self.is_open else Mark.OPEN
        box.clicked.connect(lambda: self.outcome_asked.emit(action.id, toggled))
        self._box = _small(box, f"box {action.id}", 24)
        self._box.setToolTip("Open again" if toggled is Mark.OPEN else "Done")
        more = IconButton(theme, "dots-three-bold", f"{action.what}: outcome", token=Token.INK_2, icon_alone=True)
        more.setMenu(self._outcomes(theme))
        self._more = _small(more, f"more {action.id}", 24)
        self._more.setToolTip("Done, not possible or not done")
        self._lay_out(theme)

    @property
    def is_open(self) -> bool:
        """Whether the action is still open."""
        return self._mark is Mark.OPEN

    def _outcomes(self, theme: Theme) -> QMenu:
        menu = QMenu(self)
        for mark, words in OUTCOMES.items():
            name, token = MARKS[mark]
            made = menu.addAction(icon(name, theme.color(token)), words)
            made.setEnabled(mark is not self._mark)
            made.triggered.connect(lambda _=False, asked=mark: self.outcome_asked.emit(self._action.id, asked))
        return menu

    def _lay_out(self, theme: Theme) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(self, 5))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._box, 0, 0)
        grid.addWidget(label(self._action.what, wraps=True), 0, 1)
        due = dates.day_and_month(self._action.due) if self._action.due else "no due date"
        grid.addWidget(label(due, "strong"), 0, 2)
        grid.addWidget(self._more, 0, 3)
        under = QHBoxLayout()
        under.setSpacing(px(self, 6))
        reads = self._action.room_reads
        under.addWidget(Icon(theme, "eye-bold" if reads else "eye-slash-bold", Token.INK_2, 16))
        words = f"room reads: {reads}" if reads else "the room reads nothing of it"
        under.addWidget(label(words, "hint", wraps=True), 1)
        if told := self._state_words():
            mark = self._action.state.mark if self._action.state else Mark.CARRIED
            name, token = MARKS[mark]
            under.addWidget(Icon(theme, name, token, 15))
            under.addWidget(label(told, "caution-hint" if mark is Mark.OVERDUE else "hint"))
        grid.addLayout(under, 1, 1, 1, 3)

    def _state_words(self) -> str:
        state, carried = self._action.state, self._action.carried
        told = [state.words] if state and state.mark is not Mark.OPEN else []
        if carried and not any("carried" in words for words in told):
            told.append(f"carried {carried} times" if carried > 1 else "carried once")
        return ", ".join(told)


def _small(button: QPushButton, name: str, side: int) -> QPushButton:
    button.setProperty("look", "state")
    button.setObjectName(name)
    button.setFixedSize(px(button, side), px(button, side))
    return button
