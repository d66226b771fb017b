"""The page *Prepare*: the agenda with its times on the left, when, where and who on the right."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from leaddesk.policy.prepare import PrepareView
from leaddesk.services.drafts import Choice
from leaddesk.ui.console.agenda_list import AgendaView
from leaddesk.ui.console.parts import NO_LIMIT, Button, IconButton, framed, hairline, key_hints, label, px, set_look
from leaddesk.ui.console.prepare_facts import FactsPanel
from leaddesk.ui.console.prepare_people import ExpectedPanel
from leaddesk.ui.registers.form import Picker
from leaddesk.ui.theme import Theme, Token

_RIGHT_WIDTH = 500
_LEAST = QSize(1000, 560)
_KEYS = (("Alt+↑↓", "move"), ("0–9", "minutes"), ("H", "heading"), ("Ins", "add"), ("Del", "take off"))


class PreparePage(QWidget):
    """Shows what is prepared and emits what the chair asks for; its owner does it and shows the page anew."""

    moved = Signal(str, str)
    """The id of an item, and of the one whose place it is to take."""
    timed = Signal(str, int)
    sectioned = Signal(str, str)
    """The id of an item, and its heading as typed."""
    removed = Signal(str)
    added = Signal(str, str)
    """The id of a participant or place to put on the agenda or, where that is empty, the title of a topic."""
    due_asked = Signal()
    preflight_asked = Signal()
    open_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.agenda = AgendaView(theme)
        self.agenda.moved.connect(self.moved)
        self.agenda.timed.connect(self.timed)
        self.agenda.removed.connect(self.removed)
        self.agenda.heading_asked.connect(self._edit_heading)
        self.agenda.selectionModel().currentChanged.connect(self._on_current)
        self.facts = FactsPanel()
        self.people = ExpectedPanel(theme)
        self._title = label(look="name")
        self._when = label(look="hint")
        self._total = label(look="strong")
        self._empty = label("Nothing is on the agenda yet. Offer what is due, or add an item.", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._said = label(look="caution", wraps=True)
        self._said.hide()
        self._compact: bool | None = None
        self._make_line()
        self._make_buttons(theme)
        self._lay_out()
        self.set_compact(compact=False)
        self.setFocusProxy(self.agenda)

    def show_meeting(self, view: PrepareView) -> None:
        """Show a meeting; the selected item stays selected, else the one that took its place."""
        self._title.setText(f"Prepare {view.title[:1].lower()}{view.title[1:]}")
        self._when.setText(f"{view.when} · {view.series.name}" if view.when else view.series.name)
        before, place = self.agenda.current, self.agenda.currentIndex().row()
        self.agenda.rows.set_rows(view.items)
        self.agenda.delegate.forget()
        ids = [row.id for row in view.items]
        if before is not None and before.id in ids:
            self.agenda.select(before.id)
        elif ids:
            self.agenda.select(ids[min(max(place, 0), len(ids) - 1)])
        self._empty.setVisible(not ids)
        self.agenda.setVisible(bool(ids))
        self._show_heading()
        self._total.setText(f"{view.minutes} min planned · ends about {view.ends}")
        things = "1 thing that is due is" if view.missing == 1 else f"{view.missing} things that are due are"
        self.due.setText(f"&Offer what is due ({view.missing})" if view.missing else "Nothing more is due")
        self.due.setAccessibleDescription(f"{things} not on the agenda." if view.missing else "")
        self.due.setEnabled(view.arrangeable and view.missing > 0)
        for part in (self.agenda, self.adding, self.add):
            part.setEnabled(view.arrangeable)
        self.open.setEnabled(view.planned)
        self.facts.show_facts(view)
        self.people.show_people(view.people, may_change=view.arrangeable)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Offer these participants and places to be added by typing."""
        self.adding.offer(choices)

    def say(self, words: str, *, caution: bool = True) -> None:
        """Say how something went, or why not; nothing any more for empty words."""
        set_look(self._said, "caution" if caution else "hint")
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def forget(self) -> None:
        """Empty the page: nothing of the desk is left in it."""
        self.agenda.rows.set_rows(())
        self.people.show_people((), may_change=False)
        self.people.finding.clear()
        self.facts.forget()
        self.offer(())
        self.adding.setEditText("")
        with QSignalBlocker(self.heading):
            self.heading.clear()
        for words in (self._title, self._when, self._total, self._said):
            words.setText("")

    def walk(self, steps: int) -> None:
        """Select the item so many places further down, or up where ``steps`` is negative."""
        row = self.agenda.currentIndex().row() + steps
        if 0 <= row < self.agenda.rows.rowCount():
            self.agenda.setCurrentIndex(self.agenda.rows.index(row))

    def move_selected(self, places: int) -> None:
        """Ask for the selected item to be moved."""
        self.agenda.move_current(places)

    def set_compact(self, *, compact: bool) -> None:
        """Make tabs of the two halves, or put them side by side."""
        if compact == self._compact:
            return
        self._compact = compact
        if compact:
            self._right.setMaximumWidth(NO_LIMIT)
            self._right.setMinimumWidth(0)
            self._tabs.addTab(self._left, "Agenda")
            self._tabs.addTab(self._right, "When and who")
        else:
            for half, stretch in ((self._left, 1), (self._right, 0)):
                self._halves.addWidget(half, stretch)
                half.show()
            self._right.setFixedWidth(px(self, _RIGHT_WIDTH))
        self._tabs.setVisible(compact)
        self._hints.setVisible(not compact)

    @override
    def minimumSizeHint(self) -> QSize:
        # Narrower than both halves, so that they may become tabs; not lower than one of them, which scrolls instead.
        return QSize(px(self, 480), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = event.size()
        self.set_compact(compact=size.width() < px(self, _LEAST.width()) or size.height() < px(self, _LEAST.height()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Insert:
            self.adding.setFocus()
        elif event.key() == Qt.Key.Key_Escape and (self.adding.hasFocus() or self.heading.hasFocus()):
            self.agenda.setFocus()
        else:
            super().keyPressEvent(event)

    # Inside

    def _on_current(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._show_heading()

    def _show_heading(self) -> None:
        """The heading of the selected item, and those that there are."""
        row = self.agenda.current
        known = dict.fromkeys(each.section for each in self.agenda.rows.rows if each.section)
        with QSignalBlocker(self.heading):
            self.heading.clear()
            self.heading.addItems(list(known))
            self.heading.setEditText(row.section if row else "")
        for part in (self.heading, self.up, self.down, self.remove):
            part.setEnabled(row is not None and self.agenda.isEnabled())

    def _edit_heading(self) -> None:
        self.heading.setFocus()
        line = self.heading.lineEdit()
        if line is not None:
            line.selectAll()

    def _on_heading(self) -> None:
        row, words = self.agenda.current, self.heading.currentText().strip()
        if row is not None and words != row.section:
            self.sectioned.emit(row.id, words)

    def _on_heading_entered(self) -> None:
        self._on_heading()
        self.agenda.setFocus()

    def _on_add(self) -> None:
        words, chosen = self.adding.currentText().strip(), self.adding.chosen
        if chosen is not None or words:
            self.added.emit(chosen or "", "" if chosen else words)

    def clear_line(self) -> None:
        """Begin the line for a new item anew."""
        self.adding.setCurrentIndex(0)

    def _make_line(self) -> None:
        self.adding = Picker((), none="", own_words=True)
        self.adding.setAccessibleName("Add a participant, a place or a topic")
        line = self.adding.lineEdit()
        if line is not None:
            line.setPlaceholderText("Add: type a participant, a place, or a topic of its own")
            line.returnPressed.connect(self._on_add)
        self.heading = QComboBox()
        self.heading.setEditable(True)
        self.heading.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.heading.setMinimumContentsLength(14)
        self.heading.setAccessibleName("Heading of the selected item")
        self.heading.activated.connect(lambda _: self._on_heading())
        within = self.heading.lineEdit()
        if within is not None:
            within.setAccessibleName("Heading of the selected item")
            within.setPlaceholderText("none")
            within.returnPressed.connect(self._on_heading_entered)

    def _make_buttons(self, theme: Theme) -> None:
        self.add = Button("A&dd")
        self.add.setProperty("look", "compact")
        self.add.clicked.connect(self._on_add)
        made = []
        for name, words, act in (
            ("arrow-up-bold", "Move up (Alt+Up)", lambda: self.move_selected(-1)),
            ("arrow-down-bold", "Move down (Alt+Down)", lambda: self.move_selected(1)),
            ("trash-bold", "Take off the agenda (Delete)", self._on_remove),
        ):
            button = IconButton(theme, name, words, token=Token.ACCENT, look="tight", icon_alone=True)
            button.clicked.connect(act)
            made.append(button)
        self.up, self.down, self.remove = made
        self.due = Button()
        self.due.setProperty("look", "compact")
        self.due.clicked.connect(self.due_asked)
        self.preflight = Button("Pre-&flight")
        self.preflight.clicked.connect(self.preflight_asked)
        self.open = Button("Open the &meeting")
        self.open.setProperty("look", "main")
        self.open.clicked.connect(self.open_asked)

    def _on_remove(self) -> None:
        if (row := self.agenda.current) is not None:
            self.removed.emit(row.id)

    def _lay_out(self) -> None:
        self._left, self._right = QWidget(), framed("drawer")
        self._hints = key_hints(_KEYS)
        self._fill_left(QVBoxLayout(self._left))
        self._fill_right(QVBoxLayout(self._right))
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName("Halves of the page")
        self._halves = QHBoxLayout(self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(0)
        self._halves.addWidget(self._tabs, 1)

    def _fill_left(self, column: QVBoxLayout) -> None:
        side = px(self, 24)
        column.setContentsMargins(side, px(self, 14), side, px(self, 14))
        column.setSpacing(px(self, 8))
        top = _line(self._title, None, self._when)
        column.addLayout(top)
        column.addWidget(self._said)
        column.addWidget(self._empty, 1)
        self.agenda.setMinimumHeight(px(self, 160))
        column.addWidget(self.agenda, 1)
        column.addLayout(_line(self._hints))
        caption = label("Heading", "hint")
        caption.setBuddy(self.heading)
        column.addLayout(_line(self.up, self.down, self.remove, caption, self.heading, None, self.due))
        adding = _line(self.adding, self.add)
        adding.setStretch(0, 1)
        column.addLayout(adding)
        column.addWidget(hairline())
        column.addLayout(_line(self._total, None, self.preflight, self.open))

    def _fill_right(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(px(self, 20), px(self, 14), px(self, 20), px(self, 14))
        column.setSpacing(px(self, 10))
        column.addWidget(self.facts)
        column.addWidget(hairline())
        column.addWidget(self.people, 1)


def _line(*parts: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; ``None`` is what stretches."""
    made = QHBoxLayout()
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made
