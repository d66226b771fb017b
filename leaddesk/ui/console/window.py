"""The console's window: bar, rail and pages, the menu behind the mark, and the keys."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QKeyCombination, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QMainWindow, QMenu, QStackedWidget, QWidget
from typing_extensions import override

from leaddesk.policy.desk_views import EntryKind
from leaddesk.ui.appearance import CHOICES, FIRST_OF_KIND, mark_chosen
from leaddesk.ui.console.agenda import AgendaPanel
from leaddesk.ui.console.bar import MeetingBar
from leaddesk.ui.console.checkin import CheckInPanel
from leaddesk.ui.console.keys import KEYS, Command, Key, Section, key_words
from leaddesk.ui.console.late import LatePage
from leaddesk.ui.console.look import console_stylesheet
from leaddesk.ui.console.meeting import MeetingPage
from leaddesk.ui.console.notice import Notice
from leaddesk.ui.console.parts import dress, px, scrolling
from leaddesk.ui.console.prepare import PreparePage
from leaddesk.ui.console.rail import BEHIND_MENU, PageName, Rail
from leaddesk.ui.console.sheet import KeysSheet
from leaddesk.ui.projector.thumbnail import SlideThumbnail
from leaddesk.ui.theme import Theme

P = TypeVar("P", bound=QWidget)

_KINDS = {
    Command.KIND_UPDATE: EntryKind.UPDATE,
    Command.KIND_DECISION: EntryKind.DECISION,
    Command.KIND_ACTION: EntryKind.ACTION,
    Command.KIND_PRIORITY: EntryKind.PRIORITY,
    Command.KIND_PLACE: EntryKind.PLACE,
    Command.KIND_AGENDA: EntryKind.AGENDA,
    Command.KIND_OUTCOME: EntryKind.OUTCOME,
}
_ALSO_OVER = frozenset({Command.WALK_IN, Command.WIDEN, Command.LOCK})
"""What works in everything that stands over the console, besides the projector's keys."""
_WALK = {Command.ITEM_UP: -1, Command.ITEM_DOWN: 1}
_WITH_AGENDA = frozenset({PageName.PREPARE, PageName.MEETING})
_MOVE = {Command.MOVE_UP: -1, Command.MOVE_DOWN: 1}
_PAGES = {
    Command.PREFLIGHT: PageName.PREFLIGHT,
    Command.LEDGER: PageName.LEDGER,
    Command.BACKUPS: PageName.BACKUPS,
    Command.USERS: PageName.USERS,
}
_DRAWER = 520
_LEAST = QSize(1296, 640)
"""What three panels side by side need, on the grid; in less they become tabs, and bar and rail smaller."""


class _Body(QWidget):
    """Everything under the bar and beside the rail."""

    resized = Signal()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class ConsoleWindow(QMainWindow):
    """The chair's private screen.

    It arranges panels and turns keys into commands. What only concerns the console itself it does alone: choosing the
    kind of entry, walking the agenda, opening check-in and the sheet of keys. Everything else is emitted.

    Args:
        projector_theme: the theme of the slides, live and next.
        theme: the console's theme; the application must have been dressed in it.
        keys: the commands and their keys.
    """

    commanded = Signal(object)
    """A `Command` that its owner carries out."""
    page_asked = Signal(object)
    """The `PageName` the user goes to; shown at once."""
    appearance_asked = Signal(object)
    r"""One of the `Command`\ s of how LeadDesk looks."""

    def __init__(self, projector_theme: Theme, theme: Theme, keys: tuple[Key, ...] = KEYS) -> None:
        super().__init__()
        # The title shows in task bars and on shared screens, so it never says more.
        self.setWindowTitle("LeadDesk")
        self._keys = keys
        self.theme = theme
        self.projector_theme = projector_theme
        self._plain = {
            QKeySequence(sequence).toString(): key.command for key in keys for sequence in key.outside_text
        }
        self.menu = QMenu(self)
        self.menu.setAccessibleName("Menu")
        self.meeting = MeetingPage(projector_theme, theme)
        self.bar = MeetingBar(theme, self.menu)
        self.notice = Notice(theme)
        self.rail = Rail(theme)
        self._pages: dict[PageName, LatePage[QWidget]] = {}
        self._frames: dict[PageName, QWidget] = {}
        self._worked_on = PageName.MEETING
        """The page with the agenda that was seen last."""
        self.room_actions: list[QAction] = []
        """What the room and the projector need at any moment, for windows that stand over this one."""
        self._page_actions: dict[PageName, QAction] = {}
        self._choices: dict[Command, QAction] = {}
        self._stack = QStackedWidget()
        self._body = _Body()
        # What is above the body comes and goes: the drawer is as high as the body is now.
        self._body.resized.connect(self._place_drawer)
        self.check_in = CheckInPanel(theme, self._body)
        self.check_in.hide()
        self._own: dict[Command, Callable[[], object]] = {
            Command.TAKE_UP: self.notice.take,
            Command.PUT_AWAY: self.notice.dismiss,
            Command.TO_MEETING: self._leave_page,
            Command.KEYS: lambda: self.open_over(KeysSheet(self._keys, self)),
        }
        self.setStyleSheet(console_stylesheet(theme))
        self._lay_out()
        self._make_menu()
        self._connect()
        self.set_page(PageName.MEETING, lambda: self.meeting).visit()
        self.meeting.entry.focus()

    @property
    def page(self) -> PageName:
        """The page that is shown."""
        return self.rail.current

    def set_page(self, name: PageName, make: Callable[[], P]) -> LatePage[P]:
        """Put a page behind a button of the rail or in the menu, once.

        Args:
            name: the page's.
            make: makes it at its first visit, in the colors that the console has then.
        """

        def put() -> P:
            page = make()
            self._frame(name, page)
            return page

        late = LatePage(put)
        self._pages[name] = late
        self._let_open(name, may=True)
        return late

    def show_page(self, name: PageName) -> None:
        """Show a page.

        Raises:
            KeyError: when no page of that name was put there.
        """
        self._pages[name].visit()
        self._stack.setCurrentWidget(self._frames[name])
        self.rail.set_current(name)
        if name in _WITH_AGENDA:
            self._worked_on = name

    def go_to(self, name: PageName) -> None:
        """Show a page as its button does, and put the focus on it."""
        self._on_page(name)
        self._focus_again()

    @property
    def open_pages(self) -> tuple[PageName, ...]:
        """The pages that the rail has buttons for and that can be opened now, in its order."""
        return tuple(name for name in PageName if name in self._pages and name not in BEHIND_MENU)

    def open_check_in(self) -> None:
        """Open the drawer, ready for two letters."""
        self._place_drawer()
        self.check_in.show()
        self.check_in.raise_()
        self.check_in.focus()

    def close_check_in(self) -> None:
        """Close the drawer and go back to where the user works."""
        self.check_in.hide()
        self._focus_again()

    def carry_out(self, command: Command) -> None:
        """Carry out a command: alone what only concerns the console, and through its owner everything else."""
        if command in _KINDS:
            self.show_page(PageName.MEETING)
            self.meeting.entry.choose_kind(_KINDS[command])
        elif command in _WALK:
            self._agenda.walk(_WALK[command])
        elif command in _MOVE:
            self._agenda.move_selected(_MOVE[command])
        elif command in _PAGES:
            self._on_page(_PAGES[command])
        elif command in self._own:
            self._own[command]()
        elif command is Command.CHECK_IN:
            if self.check_in.isVisible():
                self.close_check_in()
            else:
                self.open_check_in()
                self.commanded.emit(command)
        elif command is Command.WALK_IN:
            # The room first; then whoever it is can be looked up without another key.
            self.commanded.emit(command)
            self.open_check_in()
        else:
            (self.appearance_asked if command in CHOICES else self.commanded).emit(command)

    def open_over(self, dialog: QDialog) -> None:
        """Open a dialog that is deleted once it is closed.

        The projector's and the room's keys work in it too, and the lock's: neither the room nor a desk that must not
        be seen waits for anybody who reads or types.
        """
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.addActions(self.room_actions)
        dialog.open()

    def sequences_of(self, command: Command) -> list[QKeySequence]:
        """The keys of a command that work from anywhere in the window."""
        return [QKeySequence(each) for key in self._keys if key.command is command for each in key.anywhere]

    def set_theme(self, theme: Theme) -> None:
        """Paint the console in other colors; the slides keep the projector's theme."""
        self.theme = theme
        self.setStyleSheet(console_stylesheet(theme))
        dress(self, theme)

    def set_projector_theme(self, theme: Theme) -> None:
        """Paint the slides in the projector's other colors."""
        self.projector_theme = theme
        for slide in self.findChildren(SlideThumbnail):
            slide.set_projector_theme(theme)

    def show_appearance(self, chosen: frozenset[Command]) -> None:
        """Marks in the menu how LeadDesk looks now."""
        mark_chosen(self._choices, chosen)

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(self, 1366), px(self, 768))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Arrows count as keys of the number pad on some keyboards.
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        command = self._plain.get(QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString())
        if command is None or (command in _WALK and self.page not in _WITH_AGENDA):
            super().keyPressEvent(event)
        else:
            self.carry_out(command)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = event.size()
        compact = size.width() < px(self, _LEAST.width()) or size.height() < px(self, _LEAST.height())
        for part in (self.bar, self.notice, self.rail, self.meeting):
            part.set_compact(compact=compact)

    def _lay_out(self) -> None:
        central = QWidget()
        grid = QGridLayout(central)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        inner = QGridLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._stack)
        grid.addWidget(self.bar, 0, 0, 1, 2)
        grid.addWidget(self.notice, 1, 0, 1, 2)
        grid.addWidget(self.rail, 2, 0)
        grid.addWidget(self._body, 2, 1)
        grid.setRowStretch(2, 1)
        grid.setColumnStretch(1, 1)
        self.setCentralWidget(central)

    def _make_menu(self) -> None:
        """A menu a section: all commands in one would not fit a small screen."""
        for section in Section:
            keys = [key for key in self._keys if key.section is section]
            if keys:
                menu = self.menu.addMenu(section.value)
                menu.setAccessibleName(section.value)
                if section is Section.APPEARANCE:
                    menu.setProperty("look", "choices")
                for key in keys:
                    if key.command in FIRST_OF_KIND:
                        menu.addSeparator()
                    menu.addAction(self._action(key))
        for name in PageName:
            self._let_open(name, may=False)

    def _action(self, key: Key) -> QAction:
        # Written as on the key caps, not as Qt would.
        caps = next((key_words(sequence) for sequence in (*key.anywhere, *key.outside_text)), "")
        action = QAction(f"{key.words}\t{caps}", self)
        action.setShortcuts([QKeySequence(sequence) for sequence in key.anywhere])
        action.triggered.connect(lambda _=False, asked=key.command: self.carry_out(asked))
        # A menu's shortcuts work only while it is attached to a window.
        self.addAction(action)
        if key.command in CHOICES:
            action.setCheckable(True)
            self._choices[key.command] = action
        if key.command in _PAGES:
            self._page_actions[_PAGES[key.command]] = action
        if key.section is Section.PROJECTOR or key.command in _ALSO_OVER:
            self.room_actions.append(action)
        return action

    def _frame(self, name: PageName, page: QWidget) -> None:
        """Puts a page among the others.

        It scrolls where the window is smaller than it needs: the window never grows over the edge of its screen,
        where it would have to hide. The meeting becomes tabs instead.
        """
        self._frames[name] = page if name is PageName.MEETING else scrolling(page)
        self._stack.addWidget(self._frames[name])

    def _let_open(self, name: PageName, *, may: bool) -> None:
        if name not in BEHIND_MENU:
            self.rail.button(name).setEnabled(may)
        elif name in self._page_actions:
            self._page_actions[name].setEnabled(may)

    def _connect(self) -> None:
        self.bar.commanded.connect(self.carry_out)
        self.rail.commanded.connect(self.carry_out)
        self.meeting.private.commanded.connect(self.carry_out)
        self.rail.page_asked.connect(self._on_page)
        self.check_in.closed.connect(self.close_check_in)
        self.notice.emptied.connect(self._focus_again)

    def _focus_again(self) -> None:
        """What had the focus is gone: it goes where the user works, never nowhere."""
        if self.check_in.isVisible():
            self.check_in.focus()
        elif self.page is PageName.MEETING:
            self.meeting.entry.focus()
        else:
            self._pages[self.page].visit().setFocus()

    def _leave_page(self) -> None:
        """From a page that was looked something up on to the agenda, from a planned one to the meeting's."""
        if self.check_in.isVisible():
            self.close_check_in()
        elif self.page is not PageName.MEETING:
            self.go_to(self._worked_on if self.page is not self._worked_on else PageName.MEETING)

    def _on_page(self, name: PageName) -> None:
        self.show_page(name)
        self.page_asked.emit(name)

    @property
    def _agenda(self) -> AgendaPanel | PreparePage:
        """The agenda that is in view."""
        page = self._pages[self.page].made
        return page if isinstance(page, PreparePage) else self.meeting.agenda

    def _place_drawer(self) -> None:
        width = min(self._body.width(), max(px(self, _DRAWER), self._body.width() // 3))
        self.check_in.setGeometry(self._body.width() - width, 0, width, self._body.height())
