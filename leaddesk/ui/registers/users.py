"""The users' page and its forms: who may unlock the desk, their passphrases, and the paper key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from leaddesk.policy.users import UserRow, UsersView
from leaddesk.services.drafts import Choice
from leaddesk.ui.console.parts import Button, label
from leaddesk.ui.console.rows import RowRole
from leaddesk.ui.new_passphrase import NewPassphrase
from leaddesk.ui.registers.form import Form, Picker, WrongField
from leaddesk.ui.registers.page import FoundDelegate, FoundModel
from leaddesk.ui.theme import Theme

ROLES = (
    Choice(id="scribe", words="Scribe: enters, checks in, runs the projector, prints"),
    Choice(id="chair", words="Chair: that, and grants, finalizing, users and keys"),
)
"""The app roles, with what each may do."""


class UsersPage(QWidget):
    """Lists the users; what can be done is its owner's."""

    add_asked = Signal()
    role_asked = Signal(str)
    remove_asked = Signal(str)
    passphrase_asked = Signal()
    paper_key_asked = Signal()
    canceled = Signal()
    backups_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = FoundModel(self)
        self._rows: tuple[UserRow, ...] = ()
        self._manages = False
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setAccessibleName("Users")
        self.list.setProperty("look", "framed-rows")
        self.list.setItemDelegate(FoundDelegate(theme, self.list))
        self._paper = label(look="hint", wraps=True)
        self._said = label(wraps=True)
        self.add = self._button("Add a user", self.add_asked.emit, look="main")
        self.role = self._button("Change role", lambda: self._of_selected(self.role_asked.emit))
        self.remove = self._button("Remove", lambda: self._of_selected(self.remove_asked.emit))
        self.paper_key = self._button("New paper key", self.paper_key_asked.emit)
        self.passphrase = self._button("Change my passphrase", self.passphrase_asked.emit)
        self.backups = self._button("Go to Backups", self.backups_asked.emit)
        self.cancel = self._button("Cancel", self.canceled.emit)
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Progress")
        self._bar.setTextVisible(False)
        self._lay_out()
        self.set_busy("")
        self.say("")

    @property
    def said(self) -> str:
        """What it says under the list."""
        return self._said.text()

    def set_view(self, view: UsersView) -> None:
        """Shows these users, and offers what the signed-in one may do."""
        self._rows, self._manages = view.rows, view.manages
        self._model.set_rows(tuple(row.found for row in view.rows))
        self._paper.setText(_about_paper_key(view))
        for button in self._for_the_chair:
            button.setVisible(view.manages)

    def say(self, words: str, *, offers_backups: bool = False) -> None:
        """Says how it went."""
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self.backups.setVisible(offers_backups)

    def set_busy(self, words: str, *, cancelable: bool = False) -> None:
        """Shows that a key is being worked out, and takes nothing else meanwhile; nothing for an empty text."""
        busy = bool(words)
        if busy:
            self.say(words)
        self._bar.setRange(0, 0)
        self._bar.setVisible(busy)
        self.cancel.setVisible(cancelable)
        for button in (*self._for_the_chair, self.passphrase):
            button.setEnabled(not busy)

    def set_progress(self, done: int, whole: int) -> None:
        """Shows how far it is."""
        self._bar.setRange(0, max(whole, 1))
        self._bar.setValue(done)

    def forget(self) -> None:
        """Empties the page: nothing of the desk is left in it."""
        self._rows = ()
        self._model.set_rows(())
        self._paper.setText("")
        self.set_busy("")
        self.say("")

    def row(self, user: str) -> UserRow:
        """A user that is listed."""
        return next(row for row in self._rows if row.id == user)

    @property
    def _for_the_chair(self) -> tuple[QPushButton, ...]:
        return (self.add, self.role, self.remove, self.paper_key)

    def _of_selected(self, emit: Callable[[str], None]) -> None:
        # What has the focus alone is not chosen.
        chosen = self.list.selectedIndexes()
        if chosen:
            emit(str(chosen[0].data(RowRole.ID)))
        else:
            self.say("Choose a user in the list first.")

    def _button(self, words: str, act: Callable[[], None], look: str = "") -> QPushButton:
        button = Button(words)
        button.setAccessibleName(words)
        if look:
            button.setProperty("look", look)
        button.clicked.connect(lambda _=False: act())
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        column.addWidget(label("Users and keys", "name"))
        column.addWidget(self._paper)
        column.addWidget(self.list, 1)
        column.addWidget(self._said)
        for widgets in (
            (self._bar, self.cancel, self.backups),
            (*self._for_the_chair, self.passphrase),
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch()
            column.addLayout(row)


def _about_paper_key(view: UsersView) -> str:
    words = (
        "A paper key can set a new passphrase for the chair."
        if view.has_paper_key
        else "There is no paper key: if the chair’s passphrase is lost, nobody can set a new one."
    )
    chair = "" if view.manages else " Adding, changing and removing users is for the chair."
    return words + chair


class UserForm(Form):
    """Who is to be a user, and what they may do; gives the attendee's id and the app role."""

    def __init__(self, candidates: Sequence[Choice], parent: QWidget) -> None:
        super().__init__("A new user", parent)
        self.who = self.add_row(
            "Who", Picker(candidates, none=""), "Somebody who attends. Add them under People first."
        )
        self.role = self.add_row("Role", Picker(ROLES, "scribe", none=""))
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setText("Next: their passphrase")

    @override
    def draft(self) -> tuple[str, str]:
        if self.who.chosen is None:
            raise WrongField(self.who, "Choose who it is.")
        if self.role.chosen is None:
            raise WrongField(self.role, "Choose what they may do.")
        return self.who.chosen, self.role.chosen


class RoleForm(Form):
    """What a user may do; gives the app role."""

    def __init__(self, user: UserRow, parent: QWidget) -> None:
        super().__init__(f"What {user.name} may do", parent)
        self.role = self.add_row(
            "Role", Picker(ROLES, user.app_role, none=""), "It holds from the next time they unlock the desk."
        )

    @override
    def draft(self) -> str:
        if self.role.chosen is None:
            raise WrongField(self.role, "Choose what they may do.")
        return self.role.chosen


class HandOverForm(Form):
    """Handed to the new user, who makes up their passphrase; gives it."""

    def __init__(self, name: str, known: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(f"For {name} alone", parent)
        told = "Hand over the keyboard, and look away: nobody else, the chair neither, is to know this passphrase."
        self.add_note(told)
        self.passphrase = NewPassphrase(self, lambda: known)
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setText("Add")

    @override
    def draft(self) -> str:
        return self.passphrase.read()


class ChangePassphraseForm(Form):
    """The signed-in user's own passphrase: gives the old one and the new one."""

    def __init__(self, known: tuple[str, ...], parent: QWidget) -> None:
        super().__init__("Change my passphrase", parent)
        self.old = self.add_text("The old one")
        self.old.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase = NewPassphrase(self, lambda: known, "The new one")
        self.finished.connect(lambda _result: self.old.setText(""))

    @override
    def draft(self) -> tuple[str, str]:
        if not self.old.text():
            raise WrongField(self.old, "The old passphrase is still missing.")
        return self.old.text(), self.passphrase.read()
