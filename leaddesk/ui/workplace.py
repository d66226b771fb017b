"""The two windows of a meeting on their screens, and what hides them when the screens change."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from leaddesk.policy.views import IdleCard
from leaddesk.services.desk import Desk
from leaddesk.ui.console.controller import MeetingController
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.cover import Cover, RehearsalFrame
from leaddesk.ui.projector.driver import ProjectorDriver
from leaddesk.ui.projector.window import ProjectorWindow
from leaddesk.ui.screens import Screens
from leaddesk.ui.theme import Theme

_ALONE = (
    "There is no second screen, so nothing is projected. If this picture is mirrored or shared, everybody sees it. "
    "Does nobody but you see this screen?"
)
_FIRST = "Before anything private is shown:"
_CHANGED = "The screens have changed, so everything private is hidden."


class Workplace(QObject):
    """One meeting on its screens: the console on the chair's, the projector on the other.

    Args:
        desk: the open desk.
        meeting: the meeting's id.
        themes: the projector's theme and the console's.
        clock: what the time is, aware.
        screens: the one object that knows the screens.
        rehearsal: whether the audience's window may stand beside the console where there is no second screen.
    """

    closed = Signal()
    """The chair closed the console."""

    def __init__(
        self,
        desk: Desk,
        meeting: str,
        themes: tuple[Theme, Theme],
        clock: Callable[[], datetime],
        screens: Screens,
        *,
        rehearsal: bool = False,
    ) -> None:
        super().__init__()
        self._screens = screens
        self._rehearsal = rehearsal
        self.console = ConsoleWindow(*themes)
        self.projector = ProjectorWindow(
            themes[0], IdleCard(program="", program_word="", group="", when=None, where="")
        )
        self.driver = ProjectorDriver(self.projector)
        self.controller = MeetingController(desk, meeting, self.console, self.driver, clock)
        self.cover = Cover()
        self.cover.restored.connect(self.restore)
        self.cover.swapped.connect(self.swap)
        self._page: QWidget | None = None
        self._frame = RehearsalFrame()
        self.console.installEventFilter(self)
        screens.changed.connect(self.hide_first)

    def open(self) -> None:
        """Asks the chair to look at the screens first; a rehearsal begins at once."""
        if self._rehearsal:
            self.restore()
        else:
            self._cover(self._words(_FIRST))

    def restore(self) -> None:
        """The chair has looked: the console on the chair's screen, the projector on the other, on its idle card."""
        self._screens.confirm()
        self.cover.hide()
        self.controller.live.show_idle()
        self.controller.screen_name = self._screens.audience_name
        self._place_projector()
        _put_on(self.console, self._screens.private)
        self._show_private()
        self.controller.refresh()

    def swap(self) -> None:
        """The chair's screen is the other one."""
        self._screens.swap()
        self._cover(self._words(_FIRST))

    def hand_over(self, page: QWidget) -> None:
        """Gives the laptop to a signer: their page alone, on the chair's screen."""
        self._page = page
        self._show_private()

    def take_back(self, page: QWidget) -> None:
        """Takes the laptop back; the console comes back only where nothing else forbids it."""
        page.hide()
        self._page = None
        self._show_private()

    def hide_first(self) -> None:
        """The screens changed: every private window is hidden before anything else is decided."""
        for window in QApplication.topLevelWidgets():
            if window is not self.cover:
                window.hide()
        self.controller.live.show_idle()
        self._cover(self._words(_CHANGED))

    def close(self) -> None:
        """Hides and closes every window; what was typed is kept where the desk can still be written."""
        self.console.removeEventFilter(self)
        self._frame.give_back(self.projector)
        windows = (self.console, self.projector, self.cover, self._frame)
        for window in windows:
            window.hide()
        try:
            self.controller.live.show_idle()
        finally:
            self.controller.stop()
            for window in windows:
                window.close()
                window.deleteLater()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing the console locks the desk; moving it onto the room's screen hides it."""
        if watched is self.console and event.type() is QEvent.Type.Close:
            self.closed.emit()
        elif watched is self.console and event.type() is QEvent.Type.Move and self.console.isVisible():
            audience = self._screens.audience
            if audience is not None and audience.geometry().intersects(self.console.geometry()):
                self.hide_first()
        return super().eventFilter(watched, event)

    def _show_private(self) -> None:
        """The one door of the private side: only on the confirmed screens, and never behind a signer."""
        sound = self._screens.sound and not self.cover.isVisible()
        self.console.setVisible(sound and self._page is None)
        self._frame.setVisible(sound and self._page is None and self._frame.isAncestorOf(self.projector))
        if self._page is not None and sound:
            _put_on(self._page, self._screens.private)
            self._page.showFullScreen()

    def _words(self, why: str) -> str:
        audience = self._screens.audience
        mine = self._screens.private.name()
        if audience is None:
            return f"{why} {_ALONE}"
        return f"{why} This screen, {mine}, is yours; the room sees {self._screens.audience_name}."

    def _cover(self, words: str) -> None:
        alone = self._screens.audience is None
        button = "Nobody else sees this screen" if alone else "These are my screens: go on"
        self.cover.say(words, button, can_swap=not alone)
        _put_on(self.cover, self._screens.private)
        self.cover.show()

    def _place_projector(self) -> None:
        screen = self._screens.audience
        if screen is not None:
            self._frame.give_back(self.projector)
            self.projector.setScreen(screen)
            self.projector.setGeometry(screen.geometry())
            self.projector.showFullScreen()
        elif self._rehearsal:
            self._frame.hold(self.projector)
            free = self._screens.private.availableGeometry()
            self._frame.move(free.right() - self._frame.width() - 24, free.bottom() - self._frame.height() - 96)
        else:
            self.projector.hide()


def _put_on(window: QWidget, screen: QScreen) -> None:
    """Puts a window on a screen, inside what task bars leave free."""
    window.setScreen(screen)
    free = screen.availableGeometry()
    size = window.sizeHint().boundedTo(free.size())
    window.setGeometry(free.x(), free.y(), max(size.width(), window.width()), max(size.height(), window.height()))
    if window.width() > free.width() or window.height() > free.height():
        window.setGeometry(free)
