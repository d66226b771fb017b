"""The four steps of signing, and which one the signer is at."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from leaddesk.ui.console.parts import framed, label, pixmap, px, set_look
from leaddesk.ui.theme import Theme, Token


class Steps(QWidget):
    """A disc and a name for each step; done, now or later is said by shape and weight as well as by color."""

    def __init__(self, theme: Theme, count: int) -> None:
        super().__init__()
        self._theme = theme
        self._current = 0
        self._discs: list[QLabel] = []
        self._names: list[QLabel] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(self, 8))
        for number in range(count):
            if number:
                row.addWidget(self._dash(), alignment=Qt.AlignmentFlag.AlignVCenter)
            disc, name = label(), label()
            disc.setFixedSize(px(self, 26), px(self, 26))
            disc.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._discs.append(disc)
            self._names.append(name)
            row.addWidget(disc)
            row.addWidget(name)

    def show_step(self, current: int, names: Sequence[str], told: str) -> None:
        """Show which step is the current one, counted from 0; ``told`` says it to a screen reader."""
        self._current = current
        self.setAccessibleName(told)
        for number, (disc, name) in enumerate(zip(self._discs, self._names, strict=True)):
            state = "done" if number < current else "now" if number == current else "later"
            name.setText(names[number])
            set_look(disc, f"step-{state}")
            set_look(name, "step-name" if state == "later" else f"step-name-{state}")
        self._draw()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self._draw()

    def _draw(self) -> None:
        for number, disc in enumerate(self._discs):
            if number < self._current:
                disc.setPixmap(pixmap(self, self._theme, "check-bold", Token.ACCENT, 14))
            else:
                disc.setText(str(number + 1))

    def _dash(self) -> QFrame:
        made = framed("hairline")
        made.setFixedWidth(px(self, 24))
        return made
