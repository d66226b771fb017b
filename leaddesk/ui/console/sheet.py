"""The sheet of keys: every command that has one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from leaddesk.ui.console.keys import Key, Section, key_words
from leaddesk.ui.console.parts import Button, label, open_at, px


class KeysSheet(QDialog):
    """Every key of the console, by section."""

    def __init__(self, keys: Sequence[Key], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("LeadDesk")
        self.setAccessibleName("Sheet of keys")
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(px(self, 24))
        grid.setVerticalSpacing(px(self, 6))
        grid.setColumnStretch(1, 1)
        row = 0
        with_keys = [key for key in keys if key.anywhere or key.outside_text]
        for section in (one for one in Section if any(key.section is one for key in with_keys)):
            grid.addWidget(label(section.value, "heading"), row, 0, 1, 2)
            row += 1
            for key in (one for one in with_keys if one.section is section):
                grid.addWidget(_caps((*key.anywhere, *key.outside_text)), row, 0)
                grid.addWidget(label(key.words, wraps=True), row, 1)
                row += 1
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName("Keys")
        scroll.setProperty("look", "reading")
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        close = Button("Close")
        close.setProperty("look", "main")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        note = "Space and the arrows work where no text, button or list wants them."
        column = QVBoxLayout(self)
        column.addWidget(scroll, 1)
        column.addWidget(label(note, "hint", wraps=True))
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        open_at(self, 560, 640)
        # What is longer than the sheet is read by the arrows at once, and Enter still closes it.
        scroll.setFocus()


def _caps(sequences: Sequence[str]) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(made, 6))
    # Two keys of one keyboard may be written alike, such as the two Enters.
    for words in dict.fromkeys(map(key_words, sequences)):
        row.addWidget(label(words, "key"))
    row.addStretch()
    return made
