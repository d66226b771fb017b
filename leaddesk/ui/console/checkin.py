"""Check-in: a drawer over the private side in which two letters and Enter check somebody in."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from leaddesk.policy.checkin import witnesses
from leaddesk.policy.desk_views import CheckInRow, Signature, Whereabouts
from leaddesk.policy.why import role_words
from leaddesk.ui.console.checkin_list import CheckInDelegate, CheckInModel
from leaddesk.ui.console.chips import Chooser
from leaddesk.ui.console.finding import HERE, find_people
from leaddesk.ui.console.parts import IconButton, framed, label, px
from leaddesk.ui.theme import Theme, Token

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_WALKING = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_AWAY = frozenset({Whereabouts.EXPECTED, Whereabouts.LEFT})


class _Snug(QScrollArea):
    """As high as what it holds, unless there is less room."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    @override
    def sizeHint(self) -> QSize:
        held = self.widget()
        assert held is not None
        return held.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(self, 240), px(self, 64))


class CheckInPanel(QFrame):
    """Shows who is expected and who is here; every way to come, sign, step out and go is a signal."""

    checked_in = Signal(str, object, str)
    """An attendee's id, the `Whereabouts` (room, phone or video), and the role they attend in."""
    left = Signal(str)
    out_of_view = Signal(str)
    stepped_out = Signal(str)
    """Out of the room for the item that is live."""
    came_back = Signal(str)
    """From out of view, or from having stepped out."""
    signing_asked = Signal(str)
    signed_on_paper = Signal(str, str)
    """The signer's id, and the witness's."""
    declined = Signal(str)
    stranger_identified = Signal(str)
    """Somebody who walked in is this attendee."""
    stranger_left = Signal()
    add_asked = Signal(str)
    """Somebody is not on the list; with what was typed."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._rows: tuple[CheckInRow, ...] = ()
        self._user = ""
        self._walked = False
        self._typed = QLineEdit()
        self._typed.setAccessibleName("Find somebody by two letters")
        self._typed.setPlaceholderText("Two letters of a name, then Enter")
        # What is typed about people is for no keyboard to learn.
        self._typed.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self._typed.textChanged.connect(lambda: self._find(keep=False))
        self._model = CheckInModel(self)
        self._list = QListView()
        self._list.setProperty("look", "rows")
        self._list.setModel(self._model)
        self._list.setAccessibleName("People")
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._delegate = CheckInDelegate(theme, self._list)
        self._list.setItemDelegate(self._delegate)
        self._list.selectionModel().currentChanged.connect(self._show_current)
        self._list.activated.connect(self._enter)
        self._role = Chooser(theme, "Role", prefix="as")
        self._witness = Chooser(theme, "Witness", prefix="witness")
        self._counted = label(look="hint")
        self._nobody = label("Nobody on the list has a name like that.", "hint", wraps=True)
        self._make_buttons()
        self._lay_out()
        self._show_current()

    def show_people(self, rows: Sequence[CheckInRow], strangers: int = 0, user: str = "") -> None:
        """Show people, how many walked in and are not known yet, and who is signed in, the usual witness."""
        self._rows, self._user = tuple(rows), user
        here = sum(row.whereabouts in HERE for row in rows)
        expected = sum(row.whereabouts is Whereabouts.EXPECTED for row in rows)
        self._counted.setText(f"{here} here, {expected} expected")
        self._strangers.setVisible(strangers > 0)
        words = "1 person is" if strangers == 1 else f"{strangers} people are"
        self._strangers_words.setText(f"{words} not known yet: the room sees what the public may.")
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
        self._typed.clear()
        self._typed.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._delegate.set_theme(theme)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in _WALKING:
            self._walk(_WALKING[Qt.Key(event.key())])
        elif event.key() in _ENTER:
            focused = QApplication.focusWidget()
            # On a button, Enter means the button.
            if isinstance(focused, QPushButton):
                focused.click()
            # Enter pressed twice must not check in whoever happens to stand first.
            elif self._typed.text().strip() or self._walked:
                self._enter()
        else:
            super().keyPressEvent(event)

    def _find(self, *, keep: bool) -> None:
        """List who is meant; the highlight stays on the same person only where the list was merely shown anew."""
        before = self.current
        self._walked = self._walked and keep
        self._model.set_rows(find_people(self._rows, self._typed.text()))
        index = self._model.index_of(before.id) if keep and before else QModelIndex()
        self._list.setCurrentIndex(index if index.isValid() else self._model.index(0))
        self._nobody.setVisible(not self._model.rows and bool(self._rows))
        self._show_current()

    def _walk(self, steps: int) -> None:
        row = self._list.currentIndex().row() + steps
        if 0 <= row < self._model.rowCount():
            self._walked = True
            self._list.setCurrentIndex(self._model.index(row))

    def _enter(self) -> None:
        """Enter means what is likeliest: come in, or come back."""
        row = self.current
        if row is None:
            return
        if row.whereabouts in _AWAY:
            self._check_in(row, Whereabouts.ROOM)
        elif row.whereabouts not in HERE:
            self.came_back.emit(row.id)
            self._typed.selectAll()

    def _check_in(self, row: CheckInRow, how: Whereabouts) -> None:
        role = self._role.choice or row.role
        # Emptied first: what answers the signal shows the list anew, and the next two letters come at once.
        self._walked = False
        self._typed.clear()
        self._typed.setFocus()
        self.checked_in.emit(row.id, how, role)

    def _with_current(self, act: Callable[[CheckInRow], None]) -> Callable[[], None]:
        def run() -> None:
            if (row := self.current) is not None:
                act(row)

        return run

    def _button(self, icon: str, words: str, act: Callable[[CheckInRow], None], *, main: bool = False) -> QPushButton:
        token = Token.ON_ACCENT if main else Token.ACCENT
        button = IconButton(self._theme, icon, words, token=token, look="main" if main else "compact")
        button.clicked.connect(self._with_current(act))
        return button

    def _make_buttons(self) -> None:
        make = self._button
        self._come = make(
            "check-bold", "In the room (Enter)", lambda r: self._check_in(r, Whereabouts.ROOM), main=True
        )
        self._phone = make("phone-bold", "By &phone", lambda r: self._check_in(r, Whereabouts.PHONE))
        self._video = make("video-camera-bold", "By &video", lambda r: self._check_in(r, Whereabouts.VIDEO))
        self._back = make("arrow-bend-down-right-bold", "&Back again", lambda r: self.came_back.emit(r.id))
        self._step = make("sign-out-bold", "&Steps out for this item", lambda r: self.stepped_out.emit(r.id))
        self._apart = make("eye-slash-bold", "&Out of view", lambda r: self.out_of_view.emit(r.id))
        self._leave = make("sign-out-bold", "&Leaves", lambda r: self.left.emit(r.id))
        self._sign = make("pen-nib-bold", "Sign &now", lambda r: self.signing_asked.emit(r.id))
        self._paper = make(
            "file-text-bold", "Signed on pape&r", lambda r: self.signed_on_paper.emit(r.id, self._witness.choice)
        )
        self._decline = make("prohibit-bold", "&Declines", lambda r: self.declined.emit(r.id))
        self._identify = make("question-bold", "This is the &walk-in", lambda r: self.stranger_identified.emit(r.id))
        self._gone = IconButton(self._theme, "sign-out-bold", "They have &gone", token=Token.ACCENT, look="compact")
        self._gone.clicked.connect(self.stranger_left)
        self._add = IconButton(
            self._theme, "user-plus-bold", "Not on the list: &add", token=Token.ACCENT, look="link"
        )
        self._add.clicked.connect(lambda: self.add_asked.emit(self._typed.text().strip()))
        self._close = IconButton(self._theme, "x-bold", "Close check-in", look="state", icon_alone=True)
        self._close.clicked.connect(self.closed)

    def _show_current(self) -> None:
        row = self.current
        self._name.setText(row.name if row else "")
        where = row.whereabouts if row else None
        away, here = where in _AWAY, where in HERE
        unsigned = row is not None and row.signature is not Signature.SIGNED
        roles = row.roles if row else ()
        chosen = row.role if row else ""
        self._role.set_choices([(role, role_words(role)) for role in roles], chosen)
        self._role.setVisible(len(roles) > 1)
        present = witnesses(self._rows, row.id if row else "")
        usual = self._user if any(each.id == self._user for each in present) else ""
        self._witness.set_choices([(each.id, each.name) for each in present], usual)
        for shown, buttons in (
            (away, (self._come, self._phone, self._video)),
            (row is not None and not away and not here, (self._back,)),
            (here, (self._step,)),
            (here or where is Whereabouts.STEPPED_OUT, (self._apart,)),
            (row is not None and not away, (self._leave,)),
            (unsigned, (self._sign, self._paper, self._witness, self._decline)),
            (row is not None, (self._identify,)),
        ):
            for button in buttons:
                button.setVisible(shown)
        self._paper.setEnabled(bool(present))

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
        column.addWidget(self._list, 1)
        column.addWidget(self._nobody)
        inside = QWidget()
        acts = QVBoxLayout(inside)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(px(self, 8))
        acts.addWidget(self._add, alignment=Qt.AlignmentFlag.AlignLeft)
        acts.addWidget(self._person_card())
        acts.addWidget(self._strangers_card())
        acts.addStretch(1)
        # On a small screen what can be done scrolls, so that the list keeps two people in view.
        self._list.setMinimumHeight(px(self, 104))
        scroll = _Snug()
        scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        column.addWidget(scroll)

    def _person_card(self) -> QWidget:
        card = framed("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(px(self, 12), px(self, 10), px(self, 12), px(self, 10))
        grid.setSpacing(px(self, 8))
        self._name = label(look="heading")
        for row, parts in enumerate(
            (
                (self._name, self._role),
                (self._come, self._phone, self._video, self._back, self._leave),
                (self._step, self._apart),
                (self._sign, self._decline),
                (self._paper, self._witness),
            )
        ):
            line = QHBoxLayout()
            line.setSpacing(px(self, 8))
            for part in parts:
                line.addWidget(part)
            line.addStretch()
            grid.addLayout(line, row, 0)
        return card

    def _strangers_card(self) -> QWidget:
        self._strangers = framed("caution-card")
        column = QVBoxLayout(self._strangers)
        self._strangers_words = label(look="caution", wraps=True)
        column.addWidget(self._strangers_words)
        row = QHBoxLayout()
        row.addWidget(self._identify)
        row.addWidget(self._gone)
        row.addStretch()
        column.addLayout(row)
        return self._strangers
