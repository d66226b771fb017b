"""How a signer signs: drawn, typed, or on paper with a witness."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from leaddesk.policy.views import Stroke
from leaddesk.policy.writing import clean
from leaddesk.services.drafts import Choice
from leaddesk.ui.console.chips import Chooser
from leaddesk.ui.console.parts import Button, IconButton, framed, label, px
from leaddesk.ui.signing.pad import SignaturePad
from leaddesk.ui.signing.words import METHODS, Words
from leaddesk.ui.theme import Theme, Token

_ICONS = {"drawn": "pen-nib-bold", "typed": "keyboard-bold", "paper": "file-text-bold"}


class SignatureCard(QWidget):
    """Three ways to sign, one at a time; changing the way keeps what was done in the others."""

    changed = Signal()

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._words = words
        self._theme = theme
        self.method = METHODS[0]
        """``drawn``, ``typed`` or ``paper``."""
        self.pad = SignaturePad(theme)
        self.typed = QLineEdit()
        self.typed.setProperty("look", "typed")
        self.typed.setMinimumHeight(px(self, 64))
        self.witness = Chooser(theme, words.witness)
        self._witnesses: tuple[tuple[str, str], ...] = ()
        self._ways = QButtonGroup(self)
        self._segments = {
            way: IconButton(theme, _ICONS[way], words.methods[way], token=Token.INK_2, size=18, look="segment")
            for way in METHODS
        }
        self._hints = {way: label(look="hint") for way in METHODS}
        self._notes = {way: label(look="hint", wraps=True) for way in ("typed", "paper")}
        self._undo, self._clear = Button(), Button()
        self._who = label(look="strong")
        self._when = label(look="hint")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.set_words(words)
        self.choose(METHODS[0])

    @property
    def ready(self) -> bool:
        """Whether there is a signature of the chosen kind."""
        return {
            "drawn": self.pad.enough,
            "typed": bool(clean(self.typed.text())),
            "paper": bool(self.witness.choice),
        }[self.method]

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn, if that is how they sign."""
        return self.pad.strokes if self.method == "drawn" else ()

    @property
    def typed_name(self) -> str:
        """What was typed, if that is how they sign."""
        return clean(self.typed.text()) if self.method == "typed" else ""

    @property
    def witness_id(self) -> str | None:
        """Who saw the paper signed, if that is how they sign."""
        return (self.witness.choice or None) if self.method == "paper" else None

    def choose(self, method: str) -> None:
        """Change the way to sign."""
        self.method = method
        self._segments[method].setChecked(True)
        for way, segment in self._segments.items():
            # Qt moves the Tab key's stop with a key or a click alone, not with a way that is chosen for the signer.
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if way == method else Qt.FocusPolicy.ClickFocus)
            segment.set_icon(_ICONS[way], Token.ACCENT if way == method else Token.INK_2)
        self._stack.setCurrentIndex(METHODS.index(method))
        self.changed.emit()

    def set_witnesses(self, witnesses: Sequence[Choice]) -> None:
        """Offer those who may have seen a paper signed."""
        self._witnesses = tuple((choice.id, choice.words) for choice in witnesses)
        self._offer_witnesses()

    def set_signer(self, who: str, when: str) -> None:
        """Say under the line who signs, and when."""
        self._who.setText(who)
        self._when.setText(when)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme

    def set_words(self, words: Words) -> None:
        """Say everything in another language; what has been done stays."""
        self._words = words
        for way, segment in self._segments.items():
            segment.setText(f" {words.methods[way]}")
            segment.setAccessibleName(f"{words.how}: {words.methods[way]}")
        self._hints["typed"].setText(words.type_hint)
        self._hints["paper"].setText(words.witness)
        self._notes["typed"].setText(words.type_note)
        self._notes["paper"].setText(words.paper_note)
        self._undo.setText(words.undo)
        self._clear.setText(words.clear)
        for button in (self._undo, self._clear):
            button.setAccessibleName(f"{button.text()}: {words.signature}")
        self.pad.setAccessibleName(words.signature)
        self.pad.setAccessibleDescription(words.draw_hint)
        self.typed.setAccessibleName(words.type_hint)
        self.witness.setAccessibleName(words.witness)
        self._offer_witnesses()
        self._say_how_much()

    def reset(self) -> None:
        """Nothing of this signer is left."""
        self.pad.clear()
        self.typed.setText("")
        self._offer_witnesses(keep=False)
        self.set_signer("", "")
        self.choose(METHODS[0])

    def _offer_witnesses(self, *, keep: bool = True) -> None:
        current = self.witness.choice if keep else ""
        self.witness.set_choices([("", self._words.witness_first), *self._witnesses], current)

    def _say_how_much(self) -> None:
        short = bool(self.pad.strokes) and not self.pad.enough
        self._hints["drawn"].setText(self._words.too_little if short else self._words.draw_hint)
        self._undo.setEnabled(bool(self.pad.strokes))
        self._clear.setEnabled(bool(self.pad.strokes))

    def _connect(self) -> None:
        for way, segment in self._segments.items():
            segment.clicked.connect(lambda _on=False, way=way: self.choose(way))
        self._undo.clicked.connect(self.pad.undo)
        self._clear.clicked.connect(self.pad.clear)
        self.pad.changed.connect(self._say_how_much)
        self.pad.changed.connect(self.changed)
        self.typed.textChanged.connect(lambda _text: self.changed.emit())
        self.witness.currentIndexChanged.connect(lambda _row: self.changed.emit())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(self, 12))
        segments = framed("segments")
        row = QHBoxLayout(segments)
        row.setContentsMargins(*(px(self, 4),) * 4)
        for segment in self._segments.values():
            segment.setCheckable(True)
            segment.setMinimumHeight(px(self, 36))
            self._ways.addButton(segment)
            row.addWidget(segment, 1)
        column.addWidget(segments)
        card = framed("signature")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(px(self, 22), px(self, 10), px(self, 22), px(self, 14))
        inside.setSpacing(px(self, 2))
        for page in (self._drawing(), self._page("typed", self.typed), self._page("paper", self.witness)):
            self._stack.addWidget(page)
        inside.addWidget(self._stack, 1)
        inside.addWidget(self._who)
        inside.addWidget(self._when)
        column.addWidget(card, 1)

    def _drawing(self) -> QFrame:
        page = framed("plain")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(self, 4))
        row = QHBoxLayout()
        row.setSpacing(px(self, 8))
        row.addWidget(self._hints["drawn"], 1)
        for button in (self._undo, self._clear):
            button.setProperty("look", "compact")
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(self.pad, 1)
        return page

    def _page(self, way: str, field: QWidget) -> QFrame:
        page = framed("plain")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, px(self, 6), 0, 0)
        column.setSpacing(px(self, 8))
        self._hints[way].setBuddy(field)
        for widget in (self._hints[way], field, self._notes[way]):
            column.addWidget(widget)
        column.addStretch()
        return page
