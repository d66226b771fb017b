"""The private side: what the user may have about the selected item, what the room may not, and why."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from leaddesk.policy.desk_views import PrivateSide
from leaddesk.ui.console.action_list import ActionList
from leaddesk.ui.console.chips import PLAIN, Chip, Segment
from leaddesk.ui.console.filed_line import FiledLine
from leaddesk.ui.console.keys import Command, cap
from leaddesk.ui.console.parts import Icon, KeyButton, breakable, empty, framed, hairline, label, px
from leaddesk.ui.console.withheld import WithheldCard
from leaddesk.ui.theme import Theme, Token

_SCROLL_BAR = 16


class PrivatePanel(QFrame):
    """Shows one `PrivateSide`; never painted anywhere but on the user's own screen."""

    fix_asked = Signal(object)
    """The `FixOffer` that the user takes."""
    reword_asked = Signal(object)
    """The `WithheldPart` whose words are to be written anew for the room."""
    outcome_asked = Signal(str, object)
    """The id of an action, and the `Mark` of what became of it."""
    commanded = Signal(object)
    """A `Command`."""
    mend_asked = Signal(str)
    """The id of an entry to be filed anew."""
    note_changed = Signal(str)
    """The note on the selected item, with every change the user makes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._side: PrivateSide | None = None
        self._flag = Icon(theme, "flag-fill", Token.ACCENT)
        self._flagged = label(look="hint")
        self._title = label(look="name", wraps=True)
        self._code = Chip(theme)
        self._mend = KeyButton(cap(Command.MEND), "Mend")
        self._mend.setAccessibleDescription("Releases, involvements, exclusions and agreements of this item")
        self._mend.clicked.connect(lambda: self.commanded.emit(Command.MEND))
        self._facts = QGridLayout()
        self._withheld = WithheldCard(theme)
        self._withheld.fix_asked.connect(self.fix_asked)
        self._withheld.reword_asked.connect(self.reword_asked)
        self._filed = QVBoxLayout()
        self._actions = ActionList(theme)
        self._actions.outcome_asked.connect(self.outcome_asked)
        self._note = QLineEdit()
        self._note.setAccessibleName("Note, yours alone")
        self._note.setPlaceholderText("A note on this item")
        # What is typed about people is for no keyboard to learn.
        self._note.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self._note.textEdited.connect(self.note_changed)
        self._field = self._note_line()
        self._lay_out()

    def show_side(self, side: PrivateSide) -> None:
        """Show the private side of the selected item."""
        before, self._side = self._side, side
        if side == before:
            return
        focused = self._focused_name()
        self._flag.setVisible(bool(side.flagged_by))
        self._flagged.setText(f"flagged by {side.flagged_by}" if side.flagged_by else "")
        self._code.setVisible(bool(side.code))
        self._code.show_state(Segment("", side.code, bold=True), PLAIN)
        self._show_title(side.title)
        if before is None or side.facts != before.facts:
            self._show_facts(side)
        if before is None or (side.withheld, side.working) != (before.withheld, before.working):
            self._withheld.show_rows(side.withheld, working=side.working)
        if before is None or side.filed != before.filed:
            self._show_filed(side)
        another = before is None or (before.item, before.title, before.code) != (side.item, side.title, side.code)
        # Lines of the same item stay until all of them are known anew; those of another go at once.
        if another or not side.gathering:
            self._actions.show_actions(side.actions, gathering=side.gathering)
        # What is being typed is newer than what was read.
        if another or not self._note.hasFocus():
            self._note.setText(side.note)
        if again := self.findChild(QWidget, focused) if focused else None:
            again.setFocus()

    def focus_actions(self) -> None:
        """Put the focus on the first action, where each has its keys; without any, nothing happens."""
        self._actions.focus_first()

    def set_compact(self, *, compact: bool) -> None:
        """Let the note scroll with the rest, or keep it at the foot."""
        if compact:
            self._column.addWidget(self._field)
        else:
            self._outer.addWidget(self._field)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(self, 320), px(self, 96))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._side is not None:
            self._show_title(self._side.title)

    def _show_title(self, title: str) -> None:
        """The title with its code beside it, or under a long one, so that neither takes the other's room."""
        metrics, gap = self._title.fontMetrics(), self._name.spacing()
        around = self._outer.contentsMargins(), self._indented.contentsMargins()
        sides = sum(margins.left() + margins.right() for margins in around)
        room = self.width() - sides - px(self, _SCROLL_BAR) - self._mend.sizeHint().width() - gap
        under = metrics.horizontalAdvance(title) > room - self._code.sizeHint().width() - gap
        if under and self._name.indexOf(self._code) >= 0:
            self._indented.insertWidget(1, self._code, alignment=Qt.AlignmentFlag.AlignLeft)
        elif not under and self._name.indexOf(self._code) < 0:
            self._name.insertWidget(1, self._code)
        self._title.setText(breakable(title, metrics, room))
        self._title.setAccessibleName(title)

    def _focused_name(self) -> str:
        return next((widget.objectName() for widget in self.findChildren(QWidget) if widget.hasFocus()), "")

    def _show_facts(self, side: PrivateSide) -> None:
        empty(self._facts)
        for row, fact in enumerate(side.facts):
            self._facts.addWidget(label(fact.label, "hint"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(label(fact.words, wraps=True), row, 1)

    def _show_filed(self, side: PrivateSide) -> None:
        empty(self._filed)
        if not side.filed:
            return
        head = QHBoxLayout()
        head.addWidget(label("Filed on this item", "heading"))
        head.addStretch()
        head.addWidget(label(f"{cap(Command.MEND_ENTRY)} mends the last", "hint"))
        self._filed.addLayout(head)
        for entry in side.filed:
            line = FiledLine(self._theme, entry)
            line.mend_asked.connect(self.mend_asked)
            self._filed.addWidget(hairline())
            self._filed.addWidget(line)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(self, 13), px(self, 9), px(self, 14), px(self, 12))
        outer.setSpacing(px(self, 6))
        outer.addLayout(self._head())
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(self, 10))
        self._name, self._indented = name, indented = QHBoxLayout(), QVBoxLayout()
        name.setSpacing(px(self, 12))
        name.addWidget(self._title)
        name.addWidget(self._code)
        name.addStretch(1)
        name.addWidget(self._mend, alignment=Qt.AlignmentFlag.AlignTop)
        indented.setContentsMargins(px(self, 8), px(self, 4), px(self, 8), 0)
        indented.setSpacing(px(self, 10))
        indented.addLayout(name)
        indented.addLayout(self._facts)
        self._facts.setColumnMinimumWidth(0, px(self, 100))
        self._facts.setColumnStretch(1, 1)
        self._facts.setHorizontalSpacing(px(self, 12))
        self._facts.setVerticalSpacing(px(self, 7))
        column.addLayout(indented)
        column.addWidget(self._withheld)
        column.addWidget(self._actions)
        self._filed.setContentsMargins(px(self, 8), 0, px(self, 8), 0)
        self._filed.setSpacing(px(self, 5))
        column.addLayout(self._filed)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setProperty("look", "reading")
        scroll.setAccessibleName("Private side")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # So that it can be read to its end by the keyboard.
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setWidget(inside)
        self._actions.view.reached.connect(lambda place: self._bring_into_view(scroll, inside, place))
        outer.addWidget(scroll, 1)
        outer.addWidget(self._field)
        self._outer, self._column = outer, column

    def _bring_into_view(self, scroll: QScrollArea, inside: QWidget, place: QRect) -> None:
        """Scrolls to a line of the actions."""
        line = place.translated(self._actions.view.viewport().mapTo(inside, QPoint()))
        bar, high = scroll.verticalScrollBar(), scroll.viewport().height()
        if line.top() < bar.value():
            bar.setValue(line.top())
        elif line.bottom() >= bar.value() + high:
            bar.setValue(line.bottom() + 1 - high)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(px(self, 10), px(self, 2), px(self, 10), 0)
        head.setSpacing(px(self, 8))
        head.addWidget(Icon(self._theme, "lock-key-fill", size=18))
        head.addWidget(label("Private", "heading"))
        head.addWidget(label("on this screen alone", "hint"))
        head.addStretch()
        head.addWidget(self._flag)
        head.addWidget(self._flagged)
        return head

    def _note_line(self) -> QWidget:
        field = framed("field")
        row = QHBoxLayout(field)
        row.setContentsMargins(px(self, 11), px(self, 3), px(self, 11), px(self, 3))
        row.setSpacing(px(self, 10))
        row.addWidget(Icon(self._theme, "note-pencil-bold", size=18))
        row.addWidget(self._note, 1)
        row.addWidget(label("note, yours alone", "hint"))
        # As wide as the card over it, which stands inside the scroll area's focus ring.
        holder = QWidget()
        around = QHBoxLayout(holder)
        around.setContentsMargins(2, 0, 2, 0)
        around.addWidget(field)
        return holder
