"""The lines under the entry line: what is said instead to those who may not have all of it, and why a class stays."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from leaddesk.ui.console.entry_text import EntryText
from leaddesk.ui.console.parts import label, px
from leaddesk.ui.theme import Theme

#: Which safe wordings can stand under a full wording of a class; every other class has both.
_LOWER = {"operations": ("everybody",), "community": (), "": ()}
_BOTH = ("safe", "everybody")
_LINES = {
    "safe": ("Safe wording", "What a room reads that may have no names: no names"),
    "everybody": ("For everybody", "What the community reads: nobody's name, no code"),
    "reason": ("Why this class", "Why it stays as open as you chose, though it names a participant"),
}


class MoreLines(QWidget):
    """Three lines, each there only while it is wanted."""

    changed = Signal()
    entered = Signal()
    escaped = Signal()
    more_asked = Signal()
    """Shift+Enter was pressed in one of them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._lines: dict[str, tuple[QLabel, EntryText]] = {}
        self._offered: tuple[str, ...] = _BOTH
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(self, 8))
        grid.setVerticalSpacing(px(self, 5))
        grid.setColumnStretch(1, 1)
        for row, (name, (words, prompt)) in enumerate(_LINES.items()):
            said, text = label(words, "hint"), EntryText(theme, words)
            said.setBuddy(text)
            text.setPlaceholderText(prompt)
            text.textChanged.connect(self.changed)
            text.entered.connect(self.entered)
            text.escaped.connect(self.escaped)
            text.more_asked.connect(self.more_asked)
            grid.addWidget(said, row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(text, row, 1)
            self._lines[name] = (said, text)
            self._show(name, visible=False)
        self._arrange()

    def set_label_width(self, width: int) -> None:
        """Make the lines begin under the one over them."""
        self._grid.setColumnMinimumWidth(0, width)

    def text(self, name: str) -> str:
        """What is typed into ``safe``, ``everybody`` or ``reason``; empty while that is not there."""
        text = self._lines[name][1]
        return "" if text.isHidden() else text.text

    def fill(self, name: str, words: str) -> None:
        """Puts words into a line, which is there if there are any."""
        self._lines[name][1].set_text(words)
        self._show(name, visible=bool(words))
        self._arrange()

    def offer_for(self, cls: str) -> None:
        """Offers the safe wordings that can stand under a full wording of this class."""
        self._offered = _LOWER.get(cls, _BOTH)

    @property
    def none_open(self) -> bool:
        """Whether a safe wording can be said and none is there yet."""
        return bool(self._offered) and all(self._lines[name][1].isHidden() for name in self._offered)

    @property
    def has_focus(self) -> bool:
        """Whether one of them is being typed into."""
        return any(text.hasFocus() for _, text in self._lines.values())

    def open_next(self) -> None:
        """Opens the next safe wording, ready to be typed; where all are open, the first gets the cursor."""
        closed = [name for name in self._offered if self._lines[name][1].isHidden()]
        name = next(iter([*closed, *self._offered]), "")
        if name:
            self.open(name)
            self._lines[name][1].setFocus()

    def open(self, name: str) -> None:
        """Opens a line."""
        self._show(name, visible=True)
        self._arrange()

    def line(self, name: str) -> EntryText:
        """One of the lines."""
        return self._lines[name][1]

    def _show(self, name: str, *, visible: bool) -> None:
        for part in self._lines[name]:
            part.setVisible(visible)

    def _arrange(self) -> None:
        self.setVisible(any(not text.isHidden() for _, text in self._lines.values()))
