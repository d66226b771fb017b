"""What stands in the place of the console while the screens are not the ones that the chair confirmed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from leaddesk.ui.console.parts import Button, empty, label, open_at, px
from leaddesk.ui.screens import Arrangement, ScreenFacts

_ALONE = "There is no second screen, so nothing is projected. If this picture is mirrored, everybody sees it."
_SHARED = "Another screen shows what this one shows, so everybody may see it."
_ASKED = "Does nobody but you see this screen?"


class Cover(QWidget):
    """Says why the console is hidden and whose each screen is, and lets the chair restore it.

    It holds nothing private, so it may stand on any screen.
    """

    restored = Signal()
    """The chair has looked at the screens and goes on."""
    mine_chosen = Signal(object)
    """The `ScreenFacts` of the chair's screen."""
    room_chosen = Signal(object)
    """The `ScreenFacts` of the audience's screen; ``None`` where nothing is to be projected."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("LeadDesk")
        self._found = Arrangement((), None, None)
        self._why = label(look="name", wraps=True)
        self._words = label(look="heading", wraps=True)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(px(self, 32))
        self._table.setVerticalSpacing(px(self, 8))
        self._mine, self._room = QButtonGroup(self), QButtonGroup(self)
        self._mine.idToggled.connect(self._on_mine)
        self._room.idToggled.connect(self._on_room)
        self._go_on = Button()
        self._go_on.setProperty("look", "main")
        self._go_on.clicked.connect(self.restored)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(px(self, 32),) * 4)
        layout.setSpacing(px(self, 16))
        layout.addStretch()
        layout.addWidget(self._why)
        layout.addLayout(self._table)
        layout.addWidget(self._words)
        layout.addWidget(self._go_on, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        open_at(self, 720, 400)

    def say(self, why: str, found: Arrangement) -> None:
        """Shows why, whose each screen is, and what the button does."""
        words, button = _spoken(found)
        self._why.setText(why)
        self._words.setText(words)
        self._go_on.setText(button)
        self._go_on.setAccessibleName(button)
        # A screen reader says it with the button, where the focus is.
        self._go_on.setAccessibleDescription(f"{why} {words}")
        if found.screens != self._found.screens:
            self._list(found)
        if found.screens != self._found.screens or not self.isVisible():
            self._go_on.setFocus()
        self._found = found
        if len(found.screens) > 1:
            self._check(self._mine, found.mine)
            self._check(self._room, found.room)

    def _list(self, found: Arrangement) -> None:
        """A row a screen, and one for none; nothing where there is nothing to choose."""
        for group in (self._mine, self._room):
            for button in group.buttons():
                # It is deleted later, and would be found by its number until then.
                group.removeButton(button)
        empty(self._table)
        if len(found.screens) < 2:
            return
        for column, heading in enumerate(("Screen", "Mine", "The room's")):
            self._table.addWidget(label(heading, "hint"), 0, column)
        self._table.setColumnStretch(3, 1)
        for number, screen in enumerate(found.screens):
            name = found.label(screen)
            width, height = screen.geometry[2:]
            self._table.addWidget(label(f"{name}, {width} × {height}"), number + 1, 0)
            self._offer(self._mine, number, f"{name} is mine")
            self._offer(self._room, number, f"{name} is the room's")
        self._table.addWidget(label("No screen"), len(found.screens) + 1, 0)
        self._offer(self._room, len(found.screens), "No screen is the room's")

    def _offer(self, group: QButtonGroup, number: int, words: str) -> None:
        button = QRadioButton()
        button.setAccessibleName(words)
        group.addButton(button, number)
        self._table.addWidget(button, number + 1, 1 if group is self._mine else 2)

    def _check(self, group: QButtonGroup, chosen: ScreenFacts | None) -> None:
        """Marks what is chosen; what the audience can't have is not offered to it."""
        group.blockSignals(True)
        for number, screen in enumerate((*self._found.screens, None)):
            button = group.button(number)
            if button is not None:
                button.setChecked(screen is chosen)
                button.setVisible(group is self._mine or screen is None or self._found.can_be_rooms(screen))
        group.blockSignals(False)

    def _on_mine(self, number: int, on: bool) -> None:
        if on:
            self.mine_chosen.emit(self._found.screens[number])

    def _on_room(self, number: int, on: bool) -> None:
        if on:
            self.room_chosen.emit((*self._found.screens, None)[number])


def _spoken(found: Arrangement) -> tuple[str, str]:
    """What there is to know about the screens, and what the button says."""
    if len(found.screens) < 2:
        return f"{_ALONE} {_ASKED}", "Nobody else sees this screen"
    room = "Nothing is projected." if found.room is None else f"The room sees {found.label(found.room)}."
    if found.shared:
        return f"{_SHARED} {room} {_ASKED}", "Nobody else sees this screen"
    mine = "" if found.mine is None else found.label(found.mine)
    button = "Go on without a projector" if found.room is None else "These are my screens: go on"
    return f"This window is on your screen, {mine}. {room}", button


class RehearsalFrame(QWidget):
    """The audience's window beside the console, marked as a rehearsal: for the demo on a computer with one screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowFlags(Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle("LeadDesk")
        words = QLabel("Rehearsal: what the room would see")
        words.setProperty("look", "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 12)
        layout.addWidget(words)
        self.resize(504, 324)

    def hold(self, projector: QWidget) -> None:
        """Takes the audience's window in."""
        layout = self.layout()
        if layout is not None and projector.parentWidget() is not self:
            layout.addWidget(projector)
        projector.show()

    def give_back(self, projector: QWidget) -> None:
        """Lets the audience's window go: a window of its own again, hidden until it has its screen."""
        self.hide()
        if projector.parentWidget() is self:
            projector.setParent(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
