"""Somebody whom the desk does not know yet, added at the door in three fields."""

from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QFrame, QGridLayout, QHBoxLayout, QLineEdit

from leaddesk.policy.vocabulary import Role
from leaddesk.policy.why import role_words
from leaddesk.services.drafts import Newcomer
from leaddesk.ui.console.chips import Chooser
from leaddesk.ui.console.parts import IconButton, label, px, set_look
from leaddesk.ui.theme import Theme, Token


class NewcomerForm(QFrame):
    """Name, agency and role, each reached with Tab, and Enter adds; what nobody says is the least: a guest."""

    added = Signal(object, bool)
    """The `Newcomer`, and whether they are the one who walked in."""
    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_look(self, "card")
        self._theme = theme
        self._name, self._agency = QLineEdit(), QLineEdit()
        self._agencies = QStringListModel(self)
        completer = QCompleter(self._agencies, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._agency.setCompleter(completer)
        self._role = Chooser(theme, "Newcomer’s role", prefix="as")
        self._role.set_choices([(role.value, role_words(role.value)) for role in _ROLES], Role.GUEST)
        self._walked_in = QCheckBox("is who walked in")
        self._walked_in.setAccessibleName("This is who walked in")
        self._problem = label(look="caution", wraps=True)
        self._problem.hide()
        self._add = IconButton(
            theme, "user-plus-bold", "Add and check in (Enter)", token=Token.ON_ACCENT, look="main"
        )
        self._add.clicked.connect(self.give)
        self._stop = IconButton(theme, "x-bold", "Not now (Esc)", token=Token.ACCENT, look="compact")
        self._stop.clicked.connect(self.given_up)
        for field, words in ((self._name, "Name"), (self._agency, "Agency or neighborhood")):
            field.setAccessibleName(f"{words} of somebody new")
            field.setPlaceholderText(words)
            # What is typed about people is for no keyboard to learn.
            field.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self._lay_out()

    def begin(self, name: str, agencies: Iterable[str], *, strangers: bool) -> None:
        """Ask for somebody new; what was typed already stands there."""
        self._name.setText(name)
        self._agency.setText("")
        self._agencies.setStringList(sorted(set(agencies) - {""}))
        self._role.setCurrentIndex(self._role.findData(Role.GUEST.value))
        self._walked_in.setVisible(strangers)
        self._walked_in.setChecked(strangers)
        self._say("")
        self.show()
        (self._agency if name else self._name).setFocus()

    def give(self) -> None:
        """Give what was filled in; without a name, say so."""
        if not self._name.text().strip():
            self._say("The name is still missing.")
            self._name.setFocus()
            return
        newcomer = Newcomer(name=self._name.text(), agency=self._agency.text(), role=Role(self._role.choice))
        self.added.emit(newcomer, self._walked_in.isChecked())

    def forget(self) -> None:
        """Empty every field and go."""
        self._name.setText("")
        self._agency.setText("")
        self.hide()

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self._name.setAccessibleDescription(words)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(px(self, 12), px(self, 10), px(self, 12), px(self, 10))
        grid.setSpacing(px(self, 8))
        grid.addWidget(label("Not on the list yet", "heading"), 0, 0, 1, 2)
        grid.addWidget(self._name, 1, 0)
        grid.addWidget(self._agency, 1, 1)
        choices = QHBoxLayout()
        choices.addWidget(self._role)
        choices.addWidget(self._walked_in)
        choices.addStretch()
        grid.addLayout(choices, 2, 0, 1, 2)
        grid.addWidget(self._problem, 3, 0, 1, 2)
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addWidget(self._stop)
        row.addStretch()
        grid.addLayout(row, 4, 0, 1, 2)


#: The least comes first, so that whoever is added in haste sees what is public alone.
_ROLES = (Role.GUEST, *(role for role in Role if role is not Role.GUEST))
