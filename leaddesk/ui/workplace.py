"""The two windows of a meeting on their screens, and what hides them when the screens change."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from leaddesk.errors import KnownError
from leaddesk.policy.views import IdleCard
from leaddesk.services.desk import Desk
from leaddesk.ui.console.controller import MeetingController
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.cover import Cover, RehearsalFrame
from leaddesk.ui.private_windows import PrivateWindows
from leaddesk.ui.projector.driver import ProjectorDriver
from leaddesk.ui.projector.window import ProjectorWindow
from leaddesk.ui.screens import Arrangement, ScreenFacts, Screens
from leaddesk.ui.theme import Theme

_FIRST = "Before anything private is shown"
_CHANGED = "The screens have changed, so everything private is hidden"
_STRAYED = "A private window left your screen, so everything private is hidden"


class Workplace(QObject):
    """One meeting on its screens: the console on the chair's, the projector on the audience's.

    Args:
        desk: the open desk.
        meeting: the meeting's id.
        themes: the projector's theme and the console's.
        clock: what the time is, aware.
        screens: the one object that knows the screens.
        rehearsal: whether the audience's window may stand beside the console where there is no second screen.
        projector: the audience's window of the workplace before, so that the room sees no other screen in between.
    """

    closed = Signal()
    """The chair closed the console, or the cover in its place."""

    def __init__(
        self,
        desk: Desk,
        meeting: str,
        themes: tuple[Theme, Theme],
        clock: Callable[[], datetime],
        screens: Screens,
        *,
        rehearsal: bool = False,
        projector: ProjectorWindow | None = None,
    ) -> None:
        super().__init__()
        self._screens = screens
        self._rehearsal = rehearsal
        self.console = ConsoleWindow(*themes)
        card = IdleCard(program="", program_word="", group="", when=None, where="")
        self.projector = projector or ProjectorWindow(themes[0], card)
        self._given = False
        self.driver = ProjectorDriver(self.projector)
        self.controller = MeetingController(desk, meeting, self.console, self.driver, clock)
        self.cover = Cover()
        self.cover.restored.connect(self.restore)
        self.cover.mine_chosen.connect(self._choose_mine)
        self.cover.room_chosen.connect(self._choose_room)
        self._shown = screens.arrangement
        self._page: QWidget | None = None
        self._frame = RehearsalFrame()
        self._door = PrivateWindows(screens, (self.cover, self.projector, self._frame))
        self._door.strayed.connect(lambda: self.hide_first(_STRAYED))
        for window in (self.console, self.cover):
            window.installEventFilter(self)
        screens.changed.connect(self._on_changed)

    def open(self, *, again: bool = False) -> None:
        """Asks the chair to look at the screens first; a rehearsal begins at once.

        Args:
            again: whether another user goes on at screens that were confirmed, and are as they were.
        """
        if again and self._screens.confirmed is not None:
            self.restore()
            return
        self._screens.doubt()
        if self._rehearsal:
            self.restore()
        else:
            self._cover(_FIRST)

    def restore(self) -> None:
        """The chair has looked: the console on the chair's screen, the projector on the other, on its idle card.

        Where the screens are no longer what the cover shows, it shows them anew instead.
        """
        if not self._screens.confirm(self._shown):
            self.hide_first()
            return
        found = self._shown
        self._set_screen(there=found.room is not None or self._rehearsal)
        self.cover.hide()
        self.controller.screen_name = "" if found.room is None else found.label(found.room)
        self._place_projector(found)
        self._show_private()
        self.controller.refresh()

    def set_themes(self, projector_theme: Theme, theme: Theme) -> None:
        """Paints both windows in other colors; what they show stays as it is."""
        self.projector.set_theme(projector_theme)
        self.console.set_projector_theme(projector_theme)
        self.console.set_theme(theme)

    def hand_over(self, page: QWidget) -> None:
        """Gives the laptop to a signer: their page alone, on the chair's screen."""
        self._page = page
        self._show_private()

    def take_back(self, page: QWidget) -> None:
        """Takes the laptop back; the console comes back only where nothing else forbids it."""
        page.hide()
        self._page = None
        self._show_private()

    def hide_first(self, why: str = _CHANGED) -> None:
        """Every window is hidden before anything else is decided; then the chair is asked."""
        self._door.shut()
        self.projector.hide()
        self._frame.hide()
        self._screens.doubt()
        self._cover(why)
        self._set_screen(there=False)

    def give_projector(self) -> ProjectorWindow:
        """The audience's window on its idle card, for the workplace that comes; this one leaves it as it is."""
        self._given = True
        self.projector.forget()
        return self.projector

    def close(self) -> None:
        """Hides and closes every window; what was typed is kept where the desk can still be written."""
        self._screens.changed.disconnect(self._on_changed)
        self._door.shut()
        windows: list[QWidget] = [self.console, self.cover, self._frame]
        if not self._given:
            windows.append(self.projector)
        for window in windows:
            window.removeEventFilter(self)
            window.hide()
        self._frame.give_back(self.projector)
        try:
            self.controller.live.show_idle()
        finally:
            self.controller.stop()
            for window in windows:
                window.close()
                window.deleteLater()
            self._door.remove()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing the console, or what stands in its place, locks the desk."""
        if event.type() is QEvent.Type.Close:
            self.closed.emit()
        return super().eventFilter(watched, event)

    def _on_changed(self) -> None:
        self.hide_first()

    def _choose_mine(self, screen: ScreenFacts) -> None:
        self._screens.choose_mine(screen)
        self._cover(_FIRST)

    def _choose_room(self, screen: ScreenFacts | None) -> None:
        self._screens.choose_room(screen)
        self._cover(_FIRST)

    def _show_private(self) -> None:
        """What the chair works with, or a signer's page alone; nothing unless the screens are the confirmed ones."""
        confirmed = self._screens.confirmed
        if confirmed is None or confirmed.mine is None:
            self._screens.look()
            return
        self._door.open(alone=self._page)
        if self._page is None:
            self._screens.put(self.console, confirmed.mine)
            self.console.show()
            self._frame.setVisible(self._frame.isAncestorOf(self.projector))
        else:
            self._frame.hide()
            self._screens.fill(self._page, confirmed.mine)
        self._door.let_back()

    def _cover(self, why: str) -> None:
        self._shown = self._screens.arrangement
        if self._shown.mine is None:
            self.cover.hide()
            return
        self.cover.say(why, self._shown)
        self._screens.put(self.cover, self._shown.mine)
        self.cover.show()
        self.cover.raise_()
        self.cover.activateWindow()

    def _set_screen(self, *, there: bool) -> None:
        """Whether the room has a window, on the public card even when what was shown could not be written down."""
        try:
            self.controller.live.set_screen(there=there)
        except KnownError as error:
            self.controller.failed.emit(error)

    def _place_projector(self, found: Arrangement) -> None:
        if found.room is not None:
            self._frame.give_back(self.projector)
            self._screens.fill(self.projector, found.room)
        elif self._rehearsal and found.mine is not None:
            self._frame.hold(self.projector)
            corner = found.mine.rect.bottomRight()
            self._frame.move(corner.x() - self._frame.width() - 24, corner.y() - self._frame.height() - 96)
            self._screens.put(self._frame, found.mine)
        else:
            self.projector.hide()
