"""The rail: the console's pages, and find and keys under them."""

from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.parts import px, scrolling
from leaddesk.ui.icons import icon
from leaddesk.ui.theme import Theme, Token


class PageName(StrEnum):
    """A page of the console, in words."""

    PREPARE = "Prepare"
    MEETING = "Meeting"
    PARTICIPANTS = "Participants"
    PLACES = "Places"
    ACTIONS = "Actions"
    PEOPLE = "People"
    DOCUMENTS = "Documents"
    PREFLIGHT = "Pre-flight"
    LEDGER = "Ledger"
    BACKUPS = "Backups"
    USERS = "Users and keys"


#: Pages that are seldom wanted: the menu behind the mark opens them, and no button of the rail is theirs.
BEHIND_MENU = frozenset({PageName.PREFLIGHT, PageName.LEDGER, PageName.BACKUPS, PageName.USERS})

_ICONS = {
    PageName.PREPARE: "clipboard-text",
    PageName.MEETING: "presentation",
    PageName.PARTICIPANTS: "identification-card",
    PageName.PLACES: "map-pin",
    PageName.ACTIONS: "check-square",
    PageName.PEOPLE: "users-three",
    PageName.DOCUMENTS: "file-text",
}


class Rail(QFrame):
    """One button a page, the current one marked by shape and weight; emits what is asked for."""

    page_asked = Signal(object)
    """A `PageName`."""
    commanded = Signal(object)
    """A `Command`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._compact = False
        self.setProperty("look", "rail")
        self._pages: dict[PageName, QToolButton] = {}
        outer = self._outer = QVBoxLayout(self)
        inside = QWidget()
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        scroll = scrolling(inside)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.verticalScrollBar().valueChanged.connect(self.update)
        outer.addWidget(scroll)
        for page in (one for one in PageName if one not in BEHIND_MENU):
            button = self._button(page.value)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, asked=page: self._on_clicked(asked))
            self._pages[page] = button
            column.addWidget(button)
        column.addStretch()
        outer.setSpacing(0)
        self._find, self._keys = self._button("Find"), self._button("Keys")
        for button, command in ((self._find, Command.FIND), (self._keys, Command.KEYS)):
            button.clicked.connect(lambda _=False, asked=command: self.commanded.emit(asked))
            outer.addWidget(button)
        self._size()
        self._current = PageName.MEETING
        self.set_current(PageName.MEETING)

    @property
    def current(self) -> PageName:
        """The page that is shown."""
        return self._current

    def set_current(self, page: PageName) -> None:
        """Mark a page, without asking for it; none, for a page behind the menu."""
        # No exclusive group: that would keep one checked always, and leave Tab that one alone.
        self._current = page
        for name, button in self._pages.items():
            button.setChecked(name is page)
        self.set_theme(self._theme)

    def button(self, page: PageName) -> QToolButton:
        """The button that asks for a page.

        Raises:
            KeyError: the page is behind the menu.
        """
        return self._pages[page]

    def set_compact(self, *, compact: bool) -> None:
        """Icons alone, without find and keys, which are in the menu too; or back."""
        self._compact = compact
        self._size()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        for page, button in self._pages.items():
            on = button.isChecked()
            color = theme.color(Token.ACCENT if on else Token.INK_2)
            button.setIcon(icon(f"{_ICONS[page]}-{'fill' if on else 'bold'}", color))
        for button, name in ((self._find, "magnifying-glass-bold"), (self._keys, "keyboard-bold")):
            button.setIcon(icon(name, theme.color(Token.INK_2)))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        current = self._pages.get(self.current)
        if current is None:
            return
        on = QRect(current.mapTo(self, QPoint(0, 0)), current.size())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(Token.ACCENT))
        inset = px(self, 8)
        painter.drawRoundedRect(QRectF(-2, on.y() + inset, px(self, 3) + 2, on.height() - 2 * inset), 2, 2)
        painter.end()

    @override
    def minimumSizeHint(self) -> QSize:
        # Less than all the buttons, so that a small window may become compact instead of growing; they scroll.
        return QSize(self.width(), px(self, 120))

    def _on_clicked(self, page: PageName) -> None:
        # A click on the current page has unchecked it.
        self._pages[page].setChecked(page is self._current)
        self.page_asked.emit(page)

    def _button(self, words: str) -> QToolButton:
        button = QToolButton()
        button.setText(words)
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setProperty("look", "rail")
        # A tool button takes the focus by Tab only if told to.
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _size(self) -> None:
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if self._compact else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        width, height = (48, 37) if self._compact else (80, 56)
        side = px(self, 24)
        self.setFixedWidth(px(self, width + 8 * self._compact))
        self._outer.setContentsMargins(0, px(self, 2 if self._compact else 8), 1, px(self, 8))
        self._column.setSpacing(px(self, 0 if self._compact else 8))
        for button in (*self._pages.values(), self._find, self._keys):
            button.setToolButtonStyle(style)
            button.setIconSize(QSize(side, side))
            button.setFixedSize(px(self, width - (0 if self._compact else 4)), px(self, height))
            for column in (self._column, self._outer):
                column.setAlignment(button, Qt.AlignmentFlag.AlignHCenter)
        for button in (self._find, self._keys):
            button.setVisible(not self._compact)
