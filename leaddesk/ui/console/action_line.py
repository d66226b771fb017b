"""One action of the selected item: what became of it, by when, and what the room reads."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QGroupBox, QHBoxLayout, QMenu, QPushButton, QWidget
from typing_extensions import override

from leaddesk.policy import dates
from leaddesk.policy.desk_views import PrivateAction
from leaddesk.policy.views import Mark, carried_words
from leaddesk.ui.console.keys import Command, cap
from leaddesk.ui.console.parts import Icon, IconButton, label, px
from leaddesk.ui.console.states import MARKS, OUTCOMES
from leaddesk.ui.icons import icon
from leaddesk.ui.theme import Theme, Token

_KEYS = {
    Qt.Key.Key_D: Mark.DONE,
    Qt.Key.Key_P: Mark.NOT_POSSIBLE,
    Qt.Key.Key_N: Mark.NOT_DONE,
    Qt.Key.Key_O: Mark.OPEN,
}
#: What each key does on the action that has the focus.
ACTION_KEYS = f"{cap(Command.ACTIONS)}, then D done · P not possible · N not done · O open again"
_CLOSED = {Mark.DONE, Mark.NOT_POSSIBLE, Mark.NOT_DONE}


def is_open(action: PrivateAction) -> bool:
    """Whether nothing has become of an action yet."""
    return action.state is None or action.state.mark not in _CLOSED


class ActionLine(QGroupBox):
    """A box that closes the action as done or opens it again, a menu with every outcome, and a key for each."""

    outcome_asked = Signal(str, object)
    """The action's id, and the `Mark` of what became of it."""

    def __init__(self, theme: Theme, action: PrivateAction) -> None:
        super().__init__()
        self._action, self._theme = action, theme
        self._before: ActionLine | None = None
        self._after: ActionLine | None = None
        self.setObjectName(f"action {action.id}")
        self.setProperty("look", "line")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"Action: {action.what}")
        self.setAccessibleDescription(ACTION_KEYS)
        mark = action.state.mark if action.state else Mark.OPEN
        self._mark = mark if mark in _CLOSED else Mark.OPEN
        name, token = MARKS[self._mark]
        box = IconButton(theme, name, f"{action.what}: {OUTCOMES[self._mark].lower()}", token=token, icon_alone=True)
        toggled = Mark.DONE if is_open(action) else Mark.OPEN
        box.clicked.connect(lambda: self.outcome_asked.emit(action.id, toggled))
        self._box = _small(box, f"box {action.id}", 24)
        self._box.setToolTip("Open again" if toggled is Mark.OPEN else "Done")
        more = IconButton(theme, "dots-three-bold", f"{action.what}: outcome", token=Token.INK_2, icon_alone=True)
        more.setMenu(self._outcomes(theme))
        self._more = _small(more, f"more {action.id}", 24)
        self._more.setToolTip("Done, not possible or not done")
        self._lay_out(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme

    def set_neighbors(self, before: "ActionLine | None", after: "ActionLine | None") -> None:
        """Say where Up and Down lead."""
        self._before, self._after = before, after

    def come_after(self, before: "ActionLine") -> None:
        """Be what Tab comes to after another line, whichever was made first."""
        if before._more.nextInFocusChain() is not self:  # noqa: SLF001 - of the same class
            for one, then in ((before._more, self), (self, self._box), (self._box, self._more)):  # noqa: SLF001 - as above
                QWidget.setTabOrder(one, then)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        asked = _KEYS.get(Qt.Key(event.key())) if plain else None
        to = {Qt.Key.Key_Up: self._before, Qt.Key.Key_Down: self._after}.get(Qt.Key(event.key())) if plain else None
        if asked is not None and asked is not self._mark:
            self.outcome_asked.emit(self._action.id, asked)
        elif to is not None:
            to.setFocus()
        elif asked is None and event.key() not in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color(Token.ACCENT), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
            painter.end()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

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
        grid.setContentsMargins(px(self, 4), px(self, 2), px(self, 4), px(self, 2))
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
        words = "room reads this" if reads and self._action.what.endswith(reads) else words
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
            times = carried_words(carried)
            since = self._action.since
            told.append(f"{times} since {dates.day_and_month(since)} {since.year}" if since else times)
        return ", ".join(told)


def _small(button: QPushButton, name: str, side: int) -> QPushButton:
    button.setProperty("look", "state")
    button.setObjectName(name)
    button.setFixedSize(px(button, side), px(button, side))
    return button
