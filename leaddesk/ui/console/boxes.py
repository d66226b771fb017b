"""Small boxes over a window: what happened, and what is asked before something is destroyed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from leaddesk.ui.console.parts import pixmap, px, set_look
from leaddesk.ui.theme import Theme, Token

_SIDE = 28
_WIDE = 480


class Box(QMessageBox):
    """One sentence, and under it the rest; every word is plain text, whatever it looks like."""

    def __init__(self, parent: QWidget | None, theme: Theme, what: str, more: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("LeadDesk")
        self.setText(what)
        self.setInformativeText(more)
        self.set_theme(theme)
        # Told to the box itself, this would hold for the first label alone.
        for words in self.findChildren(QLabel):
            words.setTextFormat(Qt.TextFormat.PlainText)
        # Qt's box is never wider than a part of its screen, whatever stands in it.
        wide = min(px(self, _WIDE), self.screen().availableSize().width() // 2)
        for name in ("qt_msgbox_label", "qt_msgbox_informativelabel"):
            for words in self.findChildren(QLabel, name):
                words.setWordWrap(True)
                words.setMinimumWidth(wide)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self.setIconPixmap(pixmap(self, theme, "warning-fill", Token.CAUTION, _SIDE))


def told(parent: QWidget | None, theme: Theme, what: str, more: str) -> Box:
    """A box that says what happened, and under it what was kept and what to do."""
    box = Box(parent, theme, what, more)
    set_look(box.addButton(QMessageBox.StandardButton.Ok), "main")
    return box


def asked(parent: QWidget, theme: Theme, question: str, more: str, *, do: str, keep: str) -> tuple[Box, QPushButton]:
    """A box that asks before something is destroyed, and the button that does it; Enter keeps everything."""
    box = Box(parent, theme, question, more)
    sure = box.addButton(do, QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(keep, QMessageBox.ButtonRole.RejectRole)
    set_look(stay, "main")
    box.setDefaultButton(stay)
    return box, sure
