"""The two windows of a meeting on their screens, and what hides them when the screens change."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from leaddesk.policy.views import IdleCard
from leaddesk.services.desk import Desk
from leaddesk.ui.console.controller import MeetingController
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.cover import Cover
from leaddesk.ui.projector.driver import ProjectorDriver
from leaddesk.ui.projector.window import ProjectorWindow
from leaddesk.ui.screens import Screens
from leaddesk.ui.theme import Theme

_ALONE = (
    "There is no second screen, so nothing is projected. If this picture is mirrored or shared, everybody sees it. "
    "Does nobody but you see this screen?"
)
_CHANGED = "The screens have changed. The console stays hidden until you have looked at which screen is the room's."


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
        screens.changed.connect(self.hide_first)

    def open(self) -> None:
        """Shows the windows, or asks first where there is no second screen to project on."""
        if self._screens.audience is None and not self._rehearsal:
            self._cover(_ALONE, "Nobody else sees this screen")
        else:
            self.restore()

    def restore(self) -> None:
        """The chair has looked: the console on the chair's screen, the projector on the other, on its idle card."""
        self._screens.confirm()
        self.cover.hide()
        self.controller.live.show_idle()
        self.controller.screen_name = self._screens.audience_name
        self._place_projector()
        _put_on(self.console, self._screens.private)
        self.console.show()
        self.controller.refresh()

    def hide_first(self) -> None:
        """The screens changed: both windows are hidden before anything else is decided."""
        self.console.hide()
        self.projector.hide()
        self.controller.live.show_idle()
        self._cover(_CHANGED if self._screens.audience is not None else _ALONE, "These are my screens: go on")

    def close(self) -> None:
        """Closes both windows; what was typed is kept."""
        self.controller.stop()
        self.controller.live.show_idle()
        for window in (self.console, self.projector, self.cover):
            window.close()
            window.deleteLater()

    def _cover(self, words: str, button: str) -> None:
        self.cover.say(words, button)
        _put_on(self.cover, self._screens.private)
        self.cover.show()

    def _place_projector(self) -> None:
        screen = self._screens.audience
        if screen is not None:
            self.projector.setScreen(screen)
            self.projector.setGeometry(screen.geometry())
            self.projector.showFullScreen()
        elif self._rehearsal:
            self.projector.setWindowFlags(Qt.WindowType.Window)
            self.projector.resize(960, 540)
            self.projector.show()
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
