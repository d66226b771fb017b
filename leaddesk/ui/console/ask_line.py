"""One question answered by typing: a line that is there only while it asks."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from leaddesk.ui.console.parts import label, px, set_look


class AskLine(QFrame):
    """Asks one thing at a time; its owner turns Enter into `give` and Escape into `forget`."""

    def __init__(self) -> None:
        super().__init__()
        set_look(self, "field")
        self._answer: Callable[[str], object] | None = None
        self._question = label(look="strong")
        self._line = QLineEdit()
        self._line.setAccessibleName("Answer")
        # What is typed about people is for no keyboard to learn.
        self._line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(self, 12), px(self, 4), px(self, 12), px(self, 4))
        row.setSpacing(px(self, 10))
        row.addWidget(self._question)
        row.addWidget(self._line, 1)
        self.hide()

    def ask(self, question: str, text: str, hint: str, answer: Callable[[str], object]) -> None:
        """Ask something, with an answer to begin with; ``answer`` is told what was typed."""
        self._answer = answer
        self._question.setText(question)
        self._line.setText(text)
        self._line.setPlaceholderText(hint)
        self._line.setAccessibleName(question)
        self._line.setAccessibleDescription(hint)
        self.show()
        self._line.selectAll()
        self._line.setFocus()

    def give(self) -> None:
        """Tell the answer, and ask no more."""
        answer, typed = self._answer, self._line.text()
        self.forget()
        if answer is not None:
            answer(typed)

    def forget(self) -> None:
        """Ask no more; nothing of the answer is left."""
        self._answer = None
        self._line.setText("")
        self.hide()
