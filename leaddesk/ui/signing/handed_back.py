"""Between the last signer and whoever runs the meeting: thanks, and nothing of anybody."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leaddesk.ui.console.parts import IconButton, label, px
from leaddesk.ui.signing.words import Words
from leaddesk.ui.theme import Theme, Token


class HandedBack(QWidget):
    """Asks whoever holds the laptop to hand it back."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._thanks, self._asked = label(look="title"), label(wraps=True)
        self._asked.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._asked.setMinimumWidth(px(self, 480))
        self.to_desk = IconButton(theme, "lock-key-open-bold", "Back to the desk", token=Token.ON_ACCENT, look="main")
        self.to_desk.setAutoDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(px(self, 40),) * 4)
        column.setSpacing(px(self, 18))
        column.addStretch()
        for part in (self._thanks, self._asked, self.to_desk):
            column.addWidget(part, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def say(self, words: Words) -> None:
        """Says it in the language of whoever signed last."""
        self._thanks.setText(words.thanks)
        self._asked.setText(words.hand_back)
        self.to_desk.setText(f" {words.to_desk}")
        self.to_desk.setAccessibleName(words.to_desk)
        self.to_desk.setAccessibleDescription(words.hand_back)
