"""The card that says what the room does not have, why, and what can be done about it at once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from leaddesk.policy.desk_views import WithheldPart, WithheldRow
from leaddesk.policy.why import Fix
from leaddesk.ui.console.parts import Icon, IconButton, empty, hairline, label, px, set_look
from leaddesk.ui.console.states import FIXES
from leaddesk.ui.theme import Theme, Token


class WithheldCard(QFrame):
    """Shows `WithheldRow`s, each of which opens to the rows it stands for; emits the fix the user asks for.

    Args:
        theme: the console's.
        can: the fixes that can be taken here; others are told in words.
    """

    fix_asked = Signal(object)
    """The `FixOffer` that the user takes."""
    reword_asked = Signal(object)
    """The `WithheldPart` whose words are to be written anew for the room."""

    def __init__(self, theme: Theme, *, can: frozenset[Fix] = frozenset(Fix)) -> None:
        super().__init__()
        set_look(self, "card")
        self._theme, self._can = theme, can
        self._open: set[str] = set()
        self._focused = ""
        self._rows: tuple[WithheldRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(self, 15), px(self, 8), px(self, 15), px(self, 8))
        self._column.setSpacing(px(self, 8))

    def show_rows(self, rows: Sequence[WithheldRow], *, working: bool = False) -> None:
        """Show these rows; those that were open stay open, and the focus stays where it was.

        Args:
            rows: what is withheld.
            working: whether that is still being worked out; then no rows are there yet, and the card says so.
        """
        focused = next((each.objectName() for each in self.findChildren(QWidget) if each.hasFocus()), "")
        # Until the rows are there the card itself holds their focus.
        focused = focused or (self._focused if self.hasFocus() else "")
        self._focused = focused
        self._rows = tuple(rows)
        if not working:
            self._open &= {row.what for row in rows}
        empty(self._column)
        self.setVisible(bool(rows) or working)
        head = QHBoxLayout()
        head.setSpacing(px(self, 9))
        head.addWidget(Icon(self._theme, "eye-slash-bold", size=20))
        head.addWidget(label("Withheld from the room, and why", "heading", wraps=True), 1)
        self._column.addLayout(head)
        if working:
            self._column.addWidget(label("Working it out…", "hint"))
            if focused:
                self.setFocus()
        for number, row in enumerate(rows):
            self._column.addWidget(hairline())
            self._column.addLayout(self._line(number, row))
            if row.what in self._open:
                self._column.addLayout(self._parts(number, row))
        if again := self.findChild(QWidget, focused) if focused else None:
            again.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme

    def _line(self, number: int, row: WithheldRow) -> QHBoxLayout:
        line, words, fixes = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(row.what, "strong", wraps=True))
        words.addWidget(label(row.why, "hint", wraps=True))
        if row.parts:
            words.addLayout(self._opener(number, row))
        line.addLayout(words, 1)
        fixes.setSpacing(px(self, 4))
        for which, offer in enumerate(row.fixes):
            if offer.fix not in self._can:
                fixes.addWidget(label(offer.words, "strong-hint"))
                continue
            button = IconButton(self._theme, FIXES[offer.fix], offer.words, token=Token.ACCENT, look="fix", size=16)
            button.setAccessibleDescription(f"{row.what}: {row.why}")
            button.setObjectName(f"fix {number} {which}")
            button.clicked.connect(lambda _=False, asked=offer: self.fix_asked.emit(asked))
            fixes.addWidget(button)
        if not row.fixes:
            fixes.addWidget(label("stays private", "hint"))
        fixes.addStretch()
        line.addLayout(fixes)
        return line

    def _opener(self, number: int, row: WithheldRow) -> QHBoxLayout:
        """The button that opens and closes a row; named by the row, for a screen reader."""
        is_open, count = row.what in self._open, len(row.parts)
        what = "Hide it" if is_open else "Show it" if count == 1 else f"Show {count} rows"
        button = IconButton(
            self._theme,
            "caret-down-bold" if is_open else "caret-right-bold",
            "Hide them" if is_open and count > 1 else what,
            token=Token.ACCENT,
            look="link",
            size=12,
        )
        button.setAccessibleName(f"{button.text().strip()}: {row.what}")
        button.setObjectName(f"open {number}")
        button.clicked.connect(lambda: self._toggle(row.what))
        line = QHBoxLayout()
        line.addWidget(button)
        line.addStretch()
        return line

    def _toggle(self, what: str) -> None:
        self._open ^= {what}
        self.show_rows(self._rows)

    def _parts(self, number: int, row: WithheldRow) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(px(self, 12), 0, 0, 0)
        grid.setHorizontalSpacing(px(self, 8))
        grid.setVerticalSpacing(px(self, 4))
        grid.setColumnStretch(1, 1)
        for position, part in enumerate(row.parts):
            grid.addWidget(label(part.kind, "hint"), 2 * position, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(part.words, wraps=True), 2 * position, 1)
            grid.addLayout(self._reads(f"{number} {position}", part), 2 * position + 1, 1)
        return grid

    def _reads(self, name: str, part: WithheldPart) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(px(self, 6))
        line.addWidget(Icon(self._theme, "eye-bold" if part.room_reads else "eye-slash-bold", Token.INK_2, 14))
        reads = f"room reads: {part.room_reads}" if part.room_reads else "the room reads nothing of it"
        line.addWidget(label(reads, "hint", wraps=True), 1)
        if part.record:
            button = IconButton(
                self._theme, "pencil-line-bold", "Reword it for the room", token=Token.ACCENT, look="link", size=14
            )
            button.setAccessibleDescription(part.words)
            button.setObjectName(f"reword {name}")
            button.clicked.connect(lambda: self.reword_asked.emit(part))
            line.addWidget(button)
        return line
