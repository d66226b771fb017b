"""The actions of the selected item: one list that paints the lines in view, so that no key waits for a hundred."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QMenu, QToolTip, QVBoxLayout, QWidget
from typing_extensions import override

from leaddesk.policy.desk_views import PrivateAction
from leaddesk.policy.views import Mark
from leaddesk.ui.console.action_delegate import ActionDelegate, Part, due_words, mark_of, room_words, state_words
from leaddesk.ui.console.keys import Command, cap
from leaddesk.ui.console.parts import label, px
from leaddesk.ui.console.rows import RowsModel
from leaddesk.ui.console.states import MARKS, OUTCOMES
from leaddesk.ui.icons import icon
from leaddesk.ui.theme import Theme

_KEYS = {
    Qt.Key.Key_D: Mark.DONE,
    Qt.Key.Key_P: Mark.NOT_POSSIBLE,
    Qt.Key.Key_N: Mark.NOT_DONE,
    Qt.Key.Key_O: Mark.OPEN,
}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
#: What each key does on the action that has the focus.
ACTION_KEYS = f"{cap(Command.ACTIONS)}, then D done · P not possible · N not done · O open again"
_ALL_KEYS = f"{ACTION_KEYS} · Space done or open again · Enter every outcome"


class ActionModel(RowsModel[PrivateAction]):
    """The actions, in their order."""

    @override
    def id_of(self, row: PrivateAction) -> str:
        return row.id

    @override
    def words_of(self, row: PrivateAction) -> str:
        told = state_words(row)
        mark = OUTCOMES[mark_of(row)].lower()
        parts = [f"Action: {row.what}", due_words(row) if row.due is None else f"due {due_words(row)}"]
        parts += [mark] if mark not in told else []
        return ", ".join([*parts, *([told] if told else []), room_words(row)])

    @override
    def sort_key_of(self, row: PrivateAction) -> int:
        return self.rows.index(row)


class ActionView(QListView):
    """As high as its lines: what is around it scrolls. A box, a menu and a key for every outcome."""

    outcome_asked = Signal(str, object)
    """The id of an action, and the `Mark` of what became of it."""
    reached = Signal(QRect)
    """The place of the line that the user went to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lines = ActionModel(self)
        self.setModel(self.lines)
        self.delegate = ActionDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self.setProperty("look", "rows")
        self.setObjectName("actions")
        self.setAccessibleName("Actions on this item")
        self.setAccessibleDescription(_ALL_KEYS)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)

    @property
    def current(self) -> PrivateAction | None:
        """The action that the keys are about."""
        return self.lines.row_at(self.currentIndex())

    def show_actions(self, actions: Sequence[PrivateAction]) -> None:
        """Show these; the focus stays on its action, or where that was."""
        before, place = self.current, self.currentIndex().row()
        self.delegate.keep(frozenset(actions))
        self.lines.set_rows(actions)
        index = self.lines.index_of(before.id) if before is not None else QModelIndex()
        if not index.isValid() and before is not None and actions:
            index = self.lines.index(min(place, len(actions) - 1))
        self.setCurrentIndex(index)
        self.scheduleDelayedItemsLayout()
        self._fit()

    def go_to(self, row: int) -> None:
        """Put the focus on an action; nothing where there is none of that number."""
        if 0 <= row < self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(row))
            self.setFocus()
            self.reached.emit(self.visualRect(self.currentIndex()))

    def menu(self, action: PrivateAction) -> QMenu:
        """Every outcome that an action can have."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(f"{action.what}: outcome")
        for mark, words in OUTCOMES.items():
            name, token = MARKS[mark]
            made = menu.addAction(icon(name, self._theme.color(token)), words)
            made.setEnabled(mark is not mark_of(action))
            made.triggered.connect(lambda _=False, asked=mark: self.outcome_asked.emit(action.id, asked))
        return menu

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self.delegate.set_theme(theme)
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key, action = Qt.Key(event.key()), self.current
        if action is None or not plain:
            event.ignore()
        elif key in _STEPS:
            self.go_to(self.currentIndex().row() + _STEPS[key])
        elif key in _KEYS:
            if _KEYS[key] is not mark_of(action):
                self.outcome_asked.emit(action.id, _KEYS[key])
        elif key == Qt.Key.Key_Space:
            self._toggle(action)
        elif key in _ENTER:
            self._open_menu(action)
        else:
            event.ignore()  # the presenter's keys are the window's

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        action = self.current if by_key else self.lines.row_at(self.indexAt(event.pos()))
        if action is not None:
            self._open_menu(action)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index, part = self._at(event.position().toPoint())
        action = self.lines.row_at(index)
        if event.button() is not Qt.MouseButton.LeftButton or action is None:
            return
        if part is Part.BOX:
            self._toggle(action)
        elif part is Part.MORE:
            self._open_menu(action)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # Not the list's own: with a button held it would select whatever the mouse passes.
        index, part = self._at(event.position().toPoint())
        self._hover(None if part is None else (index.row(), part))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.rowCount():
            self.setCurrentIndex(self.lines.index(0))
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        # What is around it scrolls there when Tab comes here: to the line, and not to the middle of all of them.
        if query is Qt.InputMethodQuery.ImCursorRectangle and self.currentIndex().isValid():
            return self.visualRect(self.currentIndex())
        return super().inputMethodQuery(query)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._tell(event)
            return True
        return super().viewportEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def _fit(self) -> None:
        """As high as its lines are at its width."""
        width = self.viewport().width()
        self.setFixedHeight(sum(self.delegate.height(action, width) for action in self.lines.rows))

    def _at(self, point: QPoint) -> tuple[QModelIndex, Part | None]:
        index = self.indexAt(point)
        action = self.lines.row_at(index)
        return index, None if action is None else self.delegate.part_at(point, self.visualRect(index), action)

    def _hover(self, over: tuple[int, Part] | None) -> None:
        if over != self.delegate.hovered:
            self.delegate.hovered = over
            self.viewport().update()

    def _tell(self, event: QHelpEvent) -> None:
        index, part = self._at(event.pos())
        action = self.lines.row_at(index)
        if action is None or part is None:
            QToolTip.hideText()
            return
        words = "Open again" if mark_of(action) is not Mark.OPEN else "Done"
        words = words if part is Part.BOX else "Done, not possible or not done"
        QToolTip.showText(event.globalPos(), words, self)

    def _toggle(self, action: PrivateAction) -> None:
        self.outcome_asked.emit(action.id, Mark.DONE if mark_of(action) is Mark.OPEN else Mark.OPEN)

    def _open_menu(self, action: PrivateAction) -> None:
        place = self.visualRect(self.lines.index_of(action.id))
        button = self.delegate.part_rect(Part.MORE, place, action)
        self.menu(action).popup(self.viewport().mapToGlobal(button.bottomLeft()))


class ActionList(QWidget):
    """The lines under their heading; without any, nothing."""

    outcome_asked = Signal(str, object)
    """The id of an action, and the `Mark` of what became of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._open = label(look="hint")
        self.view = ActionView(theme)
        self.view.outcome_asked.connect(self.outcome_asked)
        column, head = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(px(self, 8), 0, px(self, 8), 0)
        column.setSpacing(px(self, 5))
        head.addWidget(label("Actions on this item", "heading"))
        head.addStretch()
        head.addWidget(self._open)
        column.addLayout(head)
        column.addWidget(label(ACTION_KEYS, "hint", wraps=True))
        column.addWidget(self.view)
        self.hide()

    def show_actions(self, actions: Sequence[PrivateAction], *, gathering: bool = False) -> None:
        """Show these actions in their order; while they are being gathered the list says so."""
        is_open = sum(mark_of(action) is Mark.OPEN for action in actions)
        self._open.setText("Working it out…" if gathering else f"{is_open} open")
        self.setVisible(gathering or bool(actions))
        if tuple(actions) != self.view.lines.rows:
            self.view.show_actions(actions)

    def focus_first(self) -> None:
        """Put the focus on the first action; without any, nothing happens."""
        self.view.go_to(0)
