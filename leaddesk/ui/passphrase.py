"""A field for a passphrase: hidden, shown on demand, and emptied for good once it is taken."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit
from typing_extensions import override

from leaddesk.ui.console.parts import IconButton, px
from leaddesk.ui.theme import Theme, Token, rules


class PassphraseField(QFrame):
    """A passphrase, hidden unless its eye is pressed. It is emptied in a way that can't be undone."""

    caps_lock_changed = Signal(bool)
    """Whether Caps Lock is on, as far as what is typed tells."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setProperty("look", "passphrase")
        self.setProperty("focused", "false")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._eye = IconButton(theme, "eye-bold", f"Show {name.lower()}", size=22, look="eye", icon_alone=True)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show)
        self._name = name
        row = QHBoxLayout(self)
        row.setContentsMargins(px(self, 16), 0, px(self, 8), 0)
        row.addWidget(self.line, 1)
        row.addWidget(self._eye)
        self.setFixedHeight(px(self, 48))
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)

    def take(self) -> str:
        """The passphrase; the field is empty and hidden again from then on."""
        passphrase = self.line.text()
        self.reset()
        return passphrase

    def reset(self) -> None:
        """Empties the field; ``setText`` and not ``clear``, which could be undone."""
        self.line.setText("")
        self._eye.setChecked(False)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", "true" if event.type() is QEvent.Type.FocusIn else "false")
            self.style().unpolish(self)
            self.style().polish(self)
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self._notice_caps_lock(event)
        return False

    def _notice_caps_lock(self, event: QKeyEvent) -> None:
        """Qt names no lock state: a letter that comes out in the other case than Shift asks for tells it."""
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock_changed.emit(False)
        elif len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock_changed.emit(text.isupper() is not shifted)

    def _show(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye-slash-bold" if shown else "eye-bold", Token.INK)
        words = f"{'Hide' if shown else 'Show'} {self._name.lower()}"
        self._eye.setAccessibleName(words)
        self._eye.setToolTip(words)


def passphrase_rules(theme: Theme) -> str:
    """What a stylesheet needs to draw the field as one box: the line has none of its own."""
    return rules(_RULES, theme)


_RULES = """
QFrame[look="passphrase"] {{ background: {surface}; border: 1px solid {edge}; border-radius: 8px; padding: 1px; }}
QFrame[look="passphrase"][focused="true"] {{ border: 2px solid {accent}; padding: 0px; }}
QFrame[look="passphrase"] QLineEdit {{ background: transparent; border: none; padding: 0px; font-size: 12.75pt; }}
QPushButton[look="eye"] {{ background: transparent; border: 1px solid transparent; border-radius: 6px;
  padding: 5px;
}}
QPushButton[look="eye"]:focus {{ border: 2px solid {accent}; padding: 4px; }}
"""
