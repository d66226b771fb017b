"""Any number of choices, as boxes: one stop for the Tab key, however many there are."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget
from typing_extensions import override

from leaddesk.services.drafts import Choice
from leaddesk.ui.console.finding import begin


class Several(QWidget):
    """Boxes to check: Tab comes to the one that had the focus last, the arrows and first letters go among them."""

    changed = Signal()

    def __init__(self, choices: Iterable[Choice], chosen: Iterable[str] = (), *, columns: int = 2) -> None:
        super().__init__()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._columns = columns
        self._boxes: list[tuple[str, QCheckBox]] = []
        wanted = set(chosen)
        for position, choice in enumerate(choices):
            # An ampersand in a name is no shortcut.
            box = QCheckBox(choice.words.replace("&", "&&"))
            box.setAccessibleName(choice.words)
            box.setChecked(choice.id in wanted)
            box.setFocusPolicy(Qt.FocusPolicy.ClickFocus if position else Qt.FocusPolicy.StrongFocus)
            box.toggled.connect(self.changed)
            box.installEventFilter(self)
            layout.addWidget(box, position // columns, position % columns)
            self._boxes.append((choice.id, box))
        if self._boxes:
            self.setFocusProxy(self._boxes[0][1])

    @property
    def boxes(self) -> tuple[QCheckBox, ...]:
        """The boxes, in their order."""
        return tuple(box for _, box in self._boxes)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids that are checked, in their order."""
        return tuple(id_ for id_, box in self._boxes if box.isChecked())

    def say_of_what(self, words: str) -> None:
        """Puts the row's words before each box's own, for a screen reader: two rows may offer the same choices."""
        for _, box in self._boxes:
            box.setAccessibleName(f"{words}: {box.accessibleName()}")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Moves the Tab key's stop with the focus, and the focus with the arrows and with letters."""
        boxes = self.boxes
        if watched in boxes:
            here = boxes.index(watched)
            if event.type() == QEvent.Type.FocusIn:
                self._stop_at(here)
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                there = self._reached(here, event)
                if there is not None:
                    boxes[there].setFocus(Qt.FocusReason.TabFocusReason)
                    return True
        return super().eventFilter(watched, event)

    def _stop_at(self, here: int) -> None:
        for position, box in enumerate(self.boxes):
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus if position == here else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.boxes[here])

    def _reached(self, here: int, event: QKeyEvent) -> int | None:
        """The position that a key leads to, ``None`` for a key that leads nowhere else."""
        last, key = len(self._boxes) - 1, Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        if key in steps:
            there = here + steps[key]
            return there if 0 <= there <= last else here
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return 0 if key == Qt.Key.Key_Home else last
        return self._called(here, event.text())

    def _called(self, here: int, letter: str) -> int | None:
        """The next box with a word that begins with the letter, round and round."""
        if not letter.strip() or not letter.isprintable():
            return None
        count = len(self._boxes)
        following = ((here + step) % count for step in range(1, count + 1))
        return next((each for each in following if begin(self._boxes[each][1].text(), letter)), None)
