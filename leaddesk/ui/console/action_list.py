"""The actions of the selected item, a line each: made in portions, so that no key waits for a hundred of them."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from leaddesk.policy.desk_views import PrivateAction
from leaddesk.ui.console.action_line import ACTION_KEYS, ActionLine, is_open
from leaddesk.ui.console.parts import empty, hairline, label, px
from leaddesk.ui.theme import Theme

_PORTION = 6
"""Lines that are made at a time; one takes some milliseconds."""


class ActionList(QWidget):
    """Shows actions in their order. A line whose action is as it was stays, with the focus if it has it."""

    outcome_asked = Signal(str, object)
    """The id of an action, and the `Mark` of what became of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._actions: tuple[PrivateAction, ...] = ()
        self._lines: dict[PrivateAction, tuple[QFrame, ActionLine]] = {}
        self._head = QVBoxLayout()
        self._column = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(self, 8), 0, px(self, 8), 0)
        for part in (self._head, self._column):
            part.setSpacing(px(self, 5))
            outer.addLayout(part)
        outer.setSpacing(px(self, 5))
        self._later = QTimer(self)
        self._later.setInterval(0)
        self._later.timeout.connect(self._make_more)

    def show_actions(self, actions: Sequence[PrivateAction]) -> None:
        """Show these; the first lines are there at once, the others a moment later."""
        if tuple(actions) == self._actions:
            return
        self._actions = tuple(actions)
        wanted = set(self._actions)
        for action in [action for action in self._lines if action not in wanted]:
            for part in self._lines.pop(action):
                self._column.removeWidget(part)
                # Hidden and nameless: what waits to be deleted must not be found by Tab, a screen reader or a name.
                # It keeps its parent: taking a hundred lines out of the window takes longer than a key may.
                part.hide()
                for named in (part, *part.findChildren(QWidget)):
                    named.setObjectName("")
                part.deleteLater()
        self.setVisible(bool(actions))
        empty(self._head)
        if actions:
            head = QHBoxLayout()
            head.addWidget(label("Actions on this item", "heading"))
            head.addStretch()
            head.addWidget(label(f"{sum(map(is_open, actions))} open", "hint"))
            self._head.addLayout(head)
            self._head.addWidget(label(ACTION_KEYS, "hint", wraps=True))
        self._make_more()

    def focus_first(self) -> None:
        """Put the focus on the first action; without any, nothing happens."""
        for action in self._actions[:1]:
            self._lines[action][1].setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Make lines in other colors from now on."""
        self._theme = theme

    def _make_more(self) -> None:
        """Makes a portion of the lines that are missing, and puts all there are in their order."""
        missing = [action for action in self._actions if action not in self._lines]
        for action in missing[:_PORTION]:
            line = ActionLine(self._theme, action)
            line.outcome_asked.connect(self.outcome_asked)
            self._lines[action] = (hairline(), line)
        there = [self._lines[action] for action in self._actions if action in self._lines]
        for position, (rule, line) in enumerate(there):
            if self._column.indexOf(line) != 2 * position + 1:
                self._column.insertWidget(2 * position, rule)
                self._column.insertWidget(2 * position + 1, line)
        lines = [line for _, line in there]
        for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
            line.set_neighbors(before, after)
            if before is not None:
                line.come_after(before)
        if len(missing) > _PORTION:
            self._later.start()
        else:
            self._later.stop()
