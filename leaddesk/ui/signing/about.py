"""What a signer says of themself, and how they sign."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from leaddesk.services.drafts import Choice
from leaddesk.ui.signing.pad import SignaturePad
from leaddesk.ui.theme import Theme

_WAYS = (("drawn", "Draw"), ("typed", "Type"), ("paper", "Signed on paper"))


class AboutSigner(QWidget):
    """Name, agency, role, duties, and whether somebody close could be discussed; asked without showing a list."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.agency, self.role, self.duties = (QLineEdit() for _ in range(4))
        self.no, self.yes = QRadioButton("No"), QRadioButton("Yes; the chair is told, nobody else")
        self.no.setChecked(True)
        self.close_to = QLineEdit()
        self.close_to.setPlaceholderText("Who, if you want to say; several with commas. You may leave it empty.")
        self.close_to.setAccessibleName("Names of those close to you")
        self.close_to.hide()
        self.yes.toggled.connect(self.close_to.setVisible)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(16)
        layout.setVerticalSpacing(4)
        fields = (
            ("Name", self.name),
            ("Agency or neighborhood", self.agency),
            ("Role here", self.role),
            ("Duties that may require sharing", self.duties),
        )
        for position, (words, field) in enumerate(fields):
            row, column = position // 2 * 2, position % 2
            caption = QLabel(words)
            caption.setProperty("look", "hint")
            caption.setBuddy(field)
            field.setAccessibleName(words)
            layout.addWidget(caption, row, column)
            layout.addWidget(field, row + 1, column)
        asked = QLabel("Could somebody close to you be discussed here?")
        layout.addWidget(asked, 4, 0, 1, 2)
        answers = QHBoxLayout()
        for answer in (self.no, self.yes):
            answer.setAccessibleName(f"Somebody close to you could be discussed: {answer.text()}")
            answers.addWidget(answer)
        answers.addStretch()
        layout.addLayout(answers, 5, 0, 1, 2)
        layout.addWidget(self.close_to, 6, 0, 1, 2)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The names typed; one empty name for somebody who is not named; none for nobody."""
        if not self.yes.isChecked():
            return ()
        return tuple(name.strip() for name in self.close_to.text().split(",") if name.strip()) or ("",)

    def reset(self) -> None:
        """Nothing of this signer is left."""
        for field in (self.name, self.agency, self.role, self.duties, self.close_to):
            field.setText("")
        self.no.setChecked(True)


class SignatureCard(QFrame):
    """Draw, type, or signed on paper with a witness."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.pad = SignaturePad(theme)
        self.typed = QLineEdit()
        self.typed.setAccessibleName("Your name, typed as your signature")
        self.typed.setPlaceholderText("Type your full name")
        self.witness = QComboBox()
        self.witness.setAccessibleName("Who saw the paper signed")
        self._method = "drawn"
        self._ways = QButtonGroup(self)
        tabs = QHBoxLayout()
        for position, (method, words) in enumerate(_WAYS):
            button = QPushButton(words)
            button.setCheckable(True)
            button.setChecked(position == 0)
            button.setAccessibleName(f"How to sign: {words}")
            button.clicked.connect(lambda _=False, chosen=method: self.choose(chosen))
            self._ways.addButton(button, position)
            tabs.addWidget(button)
        self._stack = QStackedWidget()
        for page in (self._drawing(), self._with_hint(self.typed, ""), self._paper()):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addLayout(tabs)
        layout.addWidget(self._stack, 1)
        self.pad.changed.connect(self.changed)
        self.typed.textChanged.connect(self.changed)
        self.witness.currentIndexChanged.connect(self.changed)

    @property
    def method(self) -> str:
        """``drawn``, ``typed`` or ``paper``."""
        return self._method

    @property
    def ready(self) -> bool:
        """Whether there is a signature."""
        if self._method == "drawn":
            return self.pad.enough
        if self._method == "typed":
            return bool(self.typed.text().strip())
        return bool(self.witness.currentData())

    def choose(self, method: str) -> None:
        """Changes the way of signing."""
        self._method = method
        position = [way for way, _ in _WAYS].index(method)
        self._ways.button(position).setChecked(True)
        self._stack.setCurrentIndex(position)
        self.changed.emit()

    def set_witnesses(self, witnesses: Sequence[Choice]) -> None:
        """Who may have seen the paper signed."""
        self.witness.clear()
        self.witness.addItem("Choose a witness", "")
        for choice in witnesses:
            self.witness.addItem(choice.words, choice.id)

    def reset(self) -> None:
        """Nothing of this signer is left."""
        self.pad.clear()
        self.typed.setText("")
        self.witness.setCurrentIndex(0)
        self.choose("drawn")

    def _drawing(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        hint = QLabel("Sign with mouse, finger or pen")
        hint.setProperty("look", "hint")
        row.addWidget(hint, 1)
        for words, act in (("Undo", self.pad.undo), ("Clear", self.pad.clear)):
            button = QPushButton(words)
            button.setAccessibleName(f"{words} the drawing")
            button.clicked.connect(act)
            row.addWidget(button)
        layout.addLayout(row)
        layout.addWidget(self.pad, 1)
        return page

    def _paper(self) -> QWidget:
        return self._with_hint(self.witness, "The paper is kept by the program. Somebody else has seen it signed:")

    def _with_hint(self, widget: QWidget, words: str) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 8, 0, 0)
        if words:
            hint = QLabel(words)
            hint.setWordWrap(True)
            layout.addWidget(hint)
        layout.addWidget(widget)
        layout.addStretch()
        return page
