"""Asking the signed-in user's passphrase, before the laptop leaves a signer's hands unsigned."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget


class PassphrasePrompt(QDialog):
    """A small dialog; its field is emptied as soon as it was used."""

    passphrase_given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("LeadDesk")
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("Passphrase of the person who runs the meeting")
        self.field.returnPressed.connect(self._give)
        words = QLabel("To leave this page unsigned, the person who runs the meeting types their passphrase.")
        words.setWordWrap(True)
        go_on = QPushButton("Leave the page")
        go_on.setProperty("look", "main")
        go_on.clicked.connect(self._give)
        stay = QPushButton("Stay")
        stay.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        for widget in (words, self.field, go_on, stay):
            layout.addWidget(widget)

    def _give(self) -> None:
        typed = self.field.text()
        # clear() could be undone
        self.field.setText("")
        self.passphrase_given.emit(typed)
