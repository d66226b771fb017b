"""Check-in: a drawer over the private side in which two letters and Enter check somebody in."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from leaddesk.policy.checkin import to_sign
from leaddesk.policy.desk_views import CheckInRow, Whereabouts
from leaddesk.ui.console.ask_line import AskLine
from leaddesk.ui.console.checkin_list import CheckInDelegate, CheckInModel, PeopleView
from leaddesk.ui.console.checkin_newcomer import NewcomerForm
from leaddesk.ui.console.checkin_person import PersonCard
from leaddesk.ui.console.find_line import FindLine
from leaddesk.ui.console.finding import AWAY, HERE, find_people, meant
from leaddesk.ui.console.parts import IconButton, Snug, framed, label, px
from leaddesk.ui.console.told import Told
from leaddesk.ui.theme import Theme, Token

_ALL_THERE_IS = 1000
"""How much more of the room the list takes than what is left empty under the card."""
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_WALKING = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_MOST_NAMED = 3
_COMING = {"room": Whereabouts.ROOM, "phone": Whereabouts.PHONE, "video": Whereabouts.VIDEO}


class CheckInPanel(QFrame):
    """Shows who is expected and who is here; every way to come, sign, step out and go is a signal.

    Whoever something was done with stays highlighted, so that the next step is one key; the line is free for the next
    two letters all the while.
    """

    checked_in = Signal(str, object, str)
    """An attendee's id, the `Whereabouts` (room, phone or video), and the role they attend in."""
    left = Signal(str)
    out_of_view = Signal(str)
    stepped_out = Signal(str)
    """Out of the room for the item that is live."""
    came_back = Signal(str)
    """From out of view, or from having stepped out."""
    arrival_taken_back = Signal(str)
    """They were checked in by mistake."""
    leaving_taken_back = Signal(str)
    """They have not left after all."""
    time_mended = Signal(str, str, str)
    """An attendee's id, ``came`` or ``left``, and the time of day as typed."""
    signing_asked = Signal(str)
    turn_asked = Signal(object)
    """The ids of those who are to sign on screen, one after the other."""
    signed_on_paper = Signal(str, str)
    """The signer's id, and the witness's."""
    declined = Signal(str)
    withdrew = Signal(str)
    conflict_told = Signal(str)
    """They should not hear of whom the item at hand is about."""
    conflict_named = Signal(str, str)
    """They should not hear of somebody: an attendee's id, and the names as typed."""
    stranger_identified = Signal(str)
    """Somebody who walked in is this attendee."""
    stranger_left = Signal()
    newcomer_added = Signal(object, bool)
    """A `Newcomer`, and whether they are the one who walked in; the form stays until `welcome`."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._rows: tuple[CheckInRow, ...] = ()
        self._user, self._about, self._item, self._strangers = "", "", "", 0
        self._walked = False
        self._kept = ""
        self._typed = FindLine()
        self._typed.setAccessibleName("Find somebody by two letters")
        self._typed.setPlaceholderText("Two letters of a name, then Enter")
        # What is typed about people is for no keyboard to learn.
        self._typed.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self._typed.textChanged.connect(self._on_typed)
        self._model = CheckInModel(self)
        self._list = PeopleView()
        self._list.setProperty("look", "framed-rows")
        self._list.setModel(self._model)
        self._list.setAccessibleName("People")
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._delegate = CheckInDelegate(theme, self._list)
        self._list.setItemDelegate(self._delegate)
        self._list.selectionModel().currentChanged.connect(self._show_current)
        self._list.activated.connect(self._enter)
        self._card = PersonCard(theme)
        self._card.acted.connect(self._act)
        self._ask = AskLine()
        self._new = NewcomerForm(theme)
        self._new.hide()
        self._new.added.connect(self.newcomer_added)
        self._new.given_up.connect(self._stop_adding)
        self._counted = label(look="hint")
        self._told = Told()
        self._nobody = label("Nobody on the list has a name like that. Enter adds them.", "hint", wraps=True)
        self._make_buttons()
        self._lay_out()
        self._show_current()

    def show_people(
        self, rows: Sequence[CheckInRow], strangers: int = 0, user: str = "", about: str = "", item: str = ""
    ) -> None:
        """Show who is where.

        Args:
            rows: everybody who can be checked in.
            strangers: how many walked in and are not known yet.
            user: who is signed in, the usual witness.
            about: whom the item at hand is about, as the user may have it, empty for nobody.
            item: what the item at hand is called for the user, empty for none.
        """
        self._rows, self._user, self._strangers = tuple(rows), user, strangers
        self._about, self._item = about, item
        here = sum(row.whereabouts in HERE for row in rows)
        expected = sum(row.whereabouts is Whereabouts.EXPECTED for row in rows)
        self._counted.setText(f"{here} here, {expected} expected and not here yet")
        self._strangers_card.setVisible(strangers > 0)
        words = "1 person is" if strangers == 1 else f"{strangers} people are"
        self._strangers_words.setText(f"{words} not known yet: the room sees what the public may.")
        signers = to_sign(rows)
        self._turn.setVisible(bool(signers))
        self._turn.setText(f"S&ign in turn ({len(signers)})")
        self._find(keep=True)

    @property
    def current(self) -> CheckInRow | None:
        """The person who is highlighted."""
        return self._model.row_at(self._list.currentIndex())

    @property
    def found(self) -> tuple[CheckInRow, ...]:
        """The people listed now, the likeliest first."""
        return self._model.rows

    def focus(self) -> None:
        """Begin anew: everybody listed, the cursor in the line."""
        self._ask.forget()
        self._new.forget()
        self._told.say("")
        self._typed.clear()
        self._typed.setFocus()

    def welcome(self, attendee: str) -> None:
        """Somebody was added: they are highlighted, and the line is free."""
        self._keep(attendee)
        self._stop_adding()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.key() in _WALKING:
            self._walk(_WALKING[Qt.Key(event.key())])
        elif event.key() in _ENTER:
            self._on_enter()
        else:
            super().keyPressEvent(event)

    def _on_enter(self) -> None:
        """Enter means the button, the question or the form that has the focus; else whoever is highlighted."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
        elif focused is not None and self._ask.isAncestorOf(focused):
            self._ask.give()
        elif focused is not None and self._new.isAncestorOf(focused):
            self._new.give()
        elif self._typed.text().strip() and not self._model.rows:
            self._add_newcomer()
        elif self._typed.text().strip() and self.current is None:
            self._tell_apart()
        # Enter pressed twice must not check in whoever happens to stand first.
        elif self._typed.text().strip() or self._walked:
            self._enter()

    def _escape(self) -> None:
        if self._ask.isVisible():
            self._ask.forget()
            self._typed.setFocus()
        elif self._new.isVisible():
            self._stop_adding()
        else:
            self.closed.emit()

    def _on_typed(self) -> None:
        self._kept = ""
        self._told.say("")
        self._find(keep=False)

    def _find(self, *, keep: bool) -> None:
        """List who is meant; the highlight stays on the same person only where the list was merely shown anew."""
        before = self.current
        self._walked = self._walked and keep
        found = find_people(self._rows, self._typed.text())
        self._model.set_rows(found)
        self._list.fit()
        wanted = self._kept or (before.id if keep and before else "")
        index = self._model.index_of(wanted) if wanted else QModelIndex()
        if not index.isValid() and not self._are_alike(found):
            index = self._model.index(0)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(self._list.currentIndex())
        nobody = not self._model.rows and bool(self._rows)
        self._nobody.setVisible(nobody)
        self._list.setVisible(not nobody)
        self._show_current()

    def _keep(self, person: str) -> None:
        """Keep somebody highlighted while the line is free for the next one."""
        self._walked = False
        self._told.say("")
        self._typed.clear()
        self._kept = person
        self._find(keep=True)
        self._typed.setFocus()

    def _walk(self, steps: int) -> None:
        row = self._list.currentIndex().row() + steps
        if 0 <= row < self._model.rowCount():
            self._walked = True
            self._kept = ""
            self._told.say("")
            self._list.setCurrentIndex(self._model.index(row))

    def _are_alike(self, found: Sequence[CheckInRow]) -> bool:
        """Whether the letters mean several people alike: nobody is highlighted then, and no key takes one."""
        return bool(self._typed.text().strip()) and len(meant(found, self._typed.text())) > 1

    def _tell_apart(self) -> None:
        alike = [row.name for row in meant(self._model.rows, self._typed.text())]
        named = ", ".join(alike[:_MOST_NAMED]) + (" …" if len(alike) > _MOST_NAMED else "")
        self._told.say(f"{len(alike)} fit alike: {named}. Another letter, or the arrows and Enter.")

    def _enter(self) -> None:
        """Enter means what is likeliest: come in, or come back."""
        row = self.current
        if row is not None and row.whereabouts in AWAY:
            self._act("room", row)
        elif row is not None and row.whereabouts not in HERE:
            self._act("back", row)
        elif row is not None:
            self._told.say(f"{row.name} is here already.")

    def _act(self, name: str, row: CheckInRow) -> None:
        """Tell what is asked for; whoever it is about stays highlighted for the next step."""
        role, witness = self._card.role, self._card.witness
        asking = {
            "came": (f"{row.name} came at", row.came, "Such as 10:05", lambda at: self._mended(row, "came", at)),
            "gone": (f"{row.name} left at", row.gone, "Such as 10:05", lambda at: self._mended(row, "left", at)),
            "names": (
                f"{row.name} should not hear of",
                "",
                "Names, with commas",
                lambda names: self.conflict_named.emit(row.id, names),
            ),
        }
        self._keep(row.id)
        if name in asking:
            self._ask.ask(*asking[name])
            return
        left = row.whereabouts is Whereabouts.LEFT
        match name:
            case "room" | "phone" | "video":
                self.checked_in.emit(row.id, _COMING[name], role)
            case "paper":
                self.signed_on_paper.emit(row.id, witness)
            case "undo":
                (self.leaving_taken_back if left else self.arrival_taken_back).emit(row.id)
            case _:
                self._plain[name].emit(row.id)

    def _mended(self, row: CheckInRow, edge: str, words: str) -> None:
        self._typed.setFocus()
        self.time_mended.emit(row.id, edge, words)

    def _add_newcomer(self) -> None:
        agencies = (row.agency for row in self._rows)
        self._new.begin(self._typed.text().strip(), agencies, strangers=self._strangers > 0)

    def _stop_adding(self) -> None:
        self._new.forget()
        self._typed.setFocus()

    def _identify(self) -> None:
        row = self.current
        if row is not None:
            self._keep(row.id)
            self.stranger_identified.emit(row.id)

    def _make_buttons(self) -> None:
        self._plain = {
            "back": self.came_back,
            "leave": self.left,
            "sign": self.signing_asked,
            "apart": self.out_of_view,
            "decline": self.declined,
            "step": self.stepped_out,
            "conflict": self.conflict_told,
            "withdraw": self.withdrew,
        }
        self._this = self._button("question-bold", "This is the &walk-in")
        self._this.clicked.connect(self._identify)
        self._gone = self._button("sign-out-bold", "They have &gone")
        self._gone.clicked.connect(self.stranger_left)
        self._add = self._button("user-plus-bold", "Not on the list: &add", look="link")
        self._add.clicked.connect(self._add_newcomer)
        self._turn = self._button("pen-nib-bold", "S&ign in turn", look="link")
        self._turn.clicked.connect(lambda: self.turn_asked.emit(tuple(row.id for row in to_sign(self._rows))))
        self._close = IconButton(self._theme, "x-bold", "Close check-in", look="state", icon_alone=True)
        self._close.clicked.connect(self.closed)

    def _button(self, icon: str, words: str, *, look: str = "compact") -> QPushButton:
        return IconButton(self._theme, icon, words, token=Token.ACCENT, look=look)

    def _show_current(self) -> None:
        row = self.current
        self._card.show_person(row, self._rows, self._user, self._about, self._item)
        self._this.setVisible(row is not None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(self, 22), px(self, 12), px(self, 24), px(self, 16))
        column.setSpacing(px(self, 8))
        head = QHBoxLayout()
        head.addWidget(label("Check in", "heading"))
        head.addWidget(self._counted)
        head.addStretch()
        head.addWidget(self._close)
        column.addLayout(head)
        column.addWidget(self._typed)
        column.addWidget(self._told)
        column.addWidget(self._ask)
        column.addWidget(self._list, _ALL_THERE_IS)
        column.addWidget(self._nobody)
        inside = QWidget()
        acts = QVBoxLayout(inside)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(px(self, 8))
        links = QHBoxLayout()
        links.setSpacing(px(self, 16))
        links.addWidget(self._add)
        links.addWidget(self._turn)
        links.addStretch()
        acts.addLayout(links)
        for part in (self._new, self._make_strangers_card(), self._card):
            acts.addWidget(part)
        acts.addStretch(1)
        # On a small screen what can be done scrolls, so that the list keeps two people in view.
        self._list.setMinimumHeight(px(self, 104))
        scroll = Snug()
        scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        column.addWidget(scroll)
        # What is under a short list, or none, comes up to where one types.
        column.addStretch(1)

    def _make_strangers_card(self) -> QWidget:
        self._strangers_card = framed("caution-card")
        column = QVBoxLayout(self._strangers_card)
        self._strangers_words = label(look="caution", wraps=True)
        column.addWidget(self._strangers_words)
        row = QHBoxLayout()
        row.addWidget(self._this)
        row.addWidget(self._gone)
        row.addStretch()
        column.addLayout(row)
        return self._strangers_card
