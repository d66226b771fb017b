"""What a signer says of themself; whom they know is asked without showing a list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from leaddesk.policy.writing import clean
from leaddesk.ui.console.parts import label, px
from leaddesk.ui.signing.words import Words


class AboutSigner(QWidget):
    """Name, agency, role, duties, and whether somebody close to the signer could be discussed."""

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.name, self.agency, self.role, self.duties = (_line() for _ in range(4))
        self.names = _line()
        self.no, self.yes = QRadioButton(), QRadioButton()
        # Neither answer is given beforehand: an answer nobody chose would be none.
        self._answers = QButtonGroup(self)
        self._captions = tuple(label(look="hint") for _ in range(4))
        self._asked = label()
        self._lay_out()
        for field in (self.name, self.agency, self.role, self.duties, self.names):
            field.textChanged.connect(lambda _text: self.changed.emit())
        self._answers.buttonToggled.connect(self._answered)
        self.set_words(words)

    @property
    def answered(self) -> bool:
        """Whether the question about somebody close has been answered."""
        return self._answers.checkedButton() is not None

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The names typed; one empty name for somebody who is not named; none for nobody."""
        if not self.yes.isChecked():
            return ()
        return tuple(name for part in self.names.text().split(",") if (name := clean(part))) or ("",)

    def fill(self, name: str, agency: str, role: str) -> None:
        """Begin with what is known of the signer."""
        self.name.setText(name)
        self.agency.setText(agency)
        self.role.setText(role)

    def set_words(self, words: Words) -> None:
        """Say everything in another language; what has been typed stays."""
        named = (words.name, words.agency, words.role, words.duties)
        for caption, field, said in zip(self._captions, self._fields(), named, strict=True):
            caption.setText(said)
            field.setAccessibleName(said)
        self._asked.setText(words.close)
        for answer, said in ((self.no, words.nobody), (self.yes, words.somebody)):
            answer.setText(said)
            answer.setAccessibleName(f"{words.close} {said}")
        self.names.setAccessibleName(words.names)
        self.names.setAccessibleDescription(words.names_hint)
        self.names.setPlaceholderText(f"{words.names}. {words.names_hint}")

    def reset(self) -> None:
        """Nothing of this signer is left, and ``setText`` leaves nothing to undo."""
        for field in (*self._fields(), self.names):
            field.setText("")
        self._answers.setExclusive(False)
        self.no.setChecked(False)
        self.yes.setChecked(False)
        self._answers.setExclusive(True)
        for answer in (self.no, self.yes):
            # Qt keeps the Tab key's stop where the last answer was: the next signer would learn of it.
            answer.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.names.hide()

    def _fields(self) -> tuple[QLineEdit, QLineEdit, QLineEdit, QLineEdit]:
        return self.name, self.agency, self.role, self.duties

    def _answered(self) -> None:
        self.names.setVisible(self.yes.isChecked())
        self.changed.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(self, 16))
        grid.setVerticalSpacing(px(self, 5))
        for position, (caption, field) in enumerate(zip(self._captions, self._fields(), strict=True)):
            row, column = position // 2 * 3, position % 2
            caption.setBuddy(field)
            grid.addWidget(caption, row, column)
            grid.addWidget(field, row + 1, column)
            grid.setRowMinimumHeight(row + 2, px(self, 6))
            grid.setColumnStretch(column, 1)
        grid.addWidget(self._asked, 6, 0, 1, 2)
        answers = QHBoxLayout()
        answers.setSpacing(px(self, 40))
        for answer in (self.no, self.yes):
            self._answers.addButton(answer)
            answers.addWidget(answer)
        answers.addStretch()
        grid.addLayout(answers, 7, 0, 1, 2)
        grid.addWidget(self.names, 8, 0, 1, 2)
        self.names.hide()


def _line() -> QLineEdit:
    """A line with no completer and no memory, nor one for the keyboard on a touch screen to learn from."""
    made = QLineEdit()
    made.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    made.setMinimumHeight(px(made, 44))
    return made
