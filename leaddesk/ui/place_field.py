"""A field of a form for a file or a folder of the user's choice."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from leaddesk.ui.console.parts import Button


class PlaceField(QWidget):
    """A line for a file or folder, and a button that looks for one.

    Args:
        browse: asks for one; what it returns is empty where the user would rather not.
        text: what it begins with.
    """

    def __init__(self, browse: Callable[[], str], text: str = "") -> None:
        super().__init__()
        self._browse = browse
        self.line = QLineEdit(text)
        self._choose = Button("Choose…")
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._on_choose)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line, 1)
        layout.addWidget(self._choose)
        self.setFocusProxy(self.line)

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self._choose.setAccessibleName(f"Choose: {name}")

    @property
    def path(self) -> Path | None:
        """What is chosen, ``None`` for nothing."""
        words = self.line.text().strip()
        return Path(words).expanduser() if words else None

    def _on_choose(self) -> None:
        if chosen := self._browse():
            self.line.setText(chosen)
