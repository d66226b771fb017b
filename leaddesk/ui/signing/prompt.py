"""Asking a passphrase over a page with nothing behind it: before the laptop leaves a signer's or a user's hands."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from leaddesk.ui.console.parts import Button, dress, label, px
from leaddesk.ui.passphrase import PassphraseField, passphrase_rules
from leaddesk.ui.pause import Pause
from leaddesk.ui.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptWords:
    """What a prompt says, and what its buttons are called."""

    title: str
    why: str
    go_on: str
    stay: str


SIGNING = PromptWords(
    title="Back to the desk",
    why="This page is closed by the person who runs the meeting, with their passphrase.",
    go_on="Close this page",
    stay="Stay here",
)


class PassphrasePrompt(QDialog):
    """A small dialog over a page; its owner accepts it once the passphrase was the right one."""

    passphrase_given = Signal(str)
    """The passphrase as typed; the field is empty by then."""

    def __init__(self, theme: Theme, parent: QWidget, words: PromptWords = SIGNING) -> None:
        super().__init__(parent)
        self.setWindowTitle("LeadDesk")
        self.setModal(True)
        self.set_theme(theme)
        asked = label(words.title, "heading")
        why = label(words.why, wraps=True)
        self._field = PassphraseField(theme, "Passphrase")
        self._problem = label(look="caution", wraps=True)
        self._problem.hide()
        self._leave = leave = Button(words.go_on)
        stay = Button(words.stay)
        self._pause = Pause(self)
        self._pause.said.connect(self._on_pause)
        leave.setProperty("look", "main")
        leave.setDefault(True)
        leave.clicked.connect(self._give)
        stay.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(px(self, 24),) * 4)
        column.setSpacing(px(self, 12))
        for widget in (asked, why, self._field, self._problem):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch()
        for button in (stay, leave):
            button.setAccessibleName(button.text())
            row.addWidget(button)
        column.addLayout(row)
        self.setMinimumWidth(px(self, 440))
        self.finished.connect(lambda _result: self._field.reset())
        self._field.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self.setStyleSheet(passphrase_rules(theme))
        dress(self, theme)

    def set_busy(self, *, busy: bool) -> None:
        """Takes nothing while the passphrase is being tried."""
        for widget in (self._field, self._leave):
            widget.setEnabled(not busy and not self._pause.waiting)

    def refuse(self, words: str, wait: int = 0) -> None:
        """Say why the page stays, and ask again, after so many seconds where there were too many wrong ones."""
        self._say(words)
        self._pause.begin(wait)
        self.set_busy(busy=False)
        self._field.setFocus()

    def _on_pause(self, words: str) -> None:
        self._say(words)
        self.set_busy(busy=False)

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        # A window that is shown keeps its size, and would set these words over the field.
        self.adjustSize()
        self._field.line.setAccessibleDescription(words)

    def _give(self) -> None:
        if passphrase := self._field.take():
            self.passphrase_given.emit(passphrase)
