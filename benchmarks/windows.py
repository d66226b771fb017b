"""The real windows of a running meeting, off screen, driven by keys and signals as its chair drives them.

What is painted is waited for, never slept for: the projector tells each of its frames, and the console's picture of
what is live is watched for its paint events.
"""

from collections.abc import Callable
from functools import cache
from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from leaddesk import offscreen
from leaddesk.errors import KnownError
from leaddesk.policy.views import Slide
from leaddesk.services import meetings
from leaddesk.services.desk import Clock, Desk, lock_after
from leaddesk.ui.background import collect_everything, collect_garbage_here, spare_the_program
from leaddesk.ui.console.keys import Command
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.projector.pages import paginate
from leaddesk.ui.projector.thumbnail import SlideThumbnail
from leaddesk.ui.screens import Screens
from leaddesk.ui.theme import Theme, ThemeName

PATIENCE = 60.0
"""Seconds after which something that is not painted is given up."""


@cache
def application() -> QApplication:
    """The one application of this process, with a screen for each window."""
    return offscreen.application(ThemeName.LIGHT)


class Watched(QObject):
    """Counts the events of one type that an object gets, and remembers when the last one came."""

    def __init__(self, watched: QObject, kind: QEvent.Type) -> None:
        super().__init__()
        self.count = 0
        self.last = 0.0
        self._kind = kind
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets every event through."""
        if event.type() is self._kind:
            self.count += 1
            self.last = perf_counter()
        return False


def wait_until(happened: Callable[[], bool]) -> None:
    """Lets the windows work until something has happened.

    Raises:
        TimeoutError: it did not happen in a minute.
    """
    given_up = perf_counter() + PATIENCE
    while not happened():
        if perf_counter() > given_up:
            raise TimeoutError("What a benchmark waits for was never painted")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


class Room:
    """A meeting that runs: its windows, and every frame that the room sees. Made, its windows are on screen.

    Args:
        desk: open, with its chair signed in; locked when the windows are closed.
        clock: what the time is at the desk.

    Attributes:
        frames: when each frame of the projector was painted, and the slide it shows.
        pictures: paint events of the console's picture of what is live.
        pause: the ends of the pauses on the idle card.
    """

    def __init__(self, desk: Desk, clock: Clock) -> None:
        application()
        # As the program does when a desk is opened.
        collect_garbage_here()
        spare_the_program()
        self.desk = desk
        meeting, _ = desk.do(meetings.at_hand), desk.do(lock_after)
        light = Theme.load(ThemeName.LIGHT)
        self.windows = DeskWindows(desk, meeting, (light, light), clock, Screens(), rehearsal=True)
        place = self.windows.workplace
        self.controller, self.console, self.projector = place.controller, place.console, place.projector
        self.live, self.people = self.controller.live, self.console.check_in
        self.frames: list[tuple[float, Slide | None]] = []
        self._told: list[KnownError] = []
        self.windows.told.connect(self._told.append)
        self.projector.painted.connect(self._on_painted)
        live = next(one for one in self.console.findChildren(SlideThumbnail) if one.accessibleName() == "Live")
        self.pictures = Watched(live, QEvent.Type.Paint)
        (pause,) = place.driver.findChildren(QTimer)
        self.pause = Watched(pause, QEvent.Type.Timer)
        self.windows.open()
        wait_until(lambda: bool(self.frames and self.pictures.count))

    def close(self) -> None:
        """Closes the windows and locks the desk."""
        self.windows.close()
        QApplication.processEvents()
        collect_everything()
        self._require_nothing_told()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key at the console."""
        QTest.keyClick(self.console, key, modifier)

    def settle(self) -> None:
        """Lets everything be painted that waits for it, and forgets the frames until now."""
        QApplication.processEvents()
        wait_until(lambda: not self.controller.is_behind)
        QApplication.processEvents()
        self.frames.clear()
        self._require_nothing_told()

    def show(self, item: str) -> Slide:
        """The slide of an agenda item, painted, with all that the room may have."""
        self.controller.command(Command.WIDEN)
        self.live.select(item)
        self.controller.command(Command.SHOW_SELECTED)
        self.settle()
        assert self.projector.slide is not None
        return self.projector.slide

    def items_by_name(self) -> list[str]:
        """The agenda items that show the room a participant by name."""
        self.controller.command(Command.WIDEN)
        found = []
        for item in self.live.material.agenda:
            one = item.links.get("participant")
            if one is not None and self.live.watch.disclosure(item.id).may_name(one):
                found.append(item.id)
        return found

    def paint(self, slide: Slide) -> float:
        """Seconds that it takes to lay a finished slide out and paint it, alone, whatever was laid out before."""
        self.projector.show_slide(slide)
        began = perf_counter()
        paginate(slide, self.projector.size())
        self.projector.repaint()
        return perf_counter() - began

    def _require_nothing_told(self) -> None:
        """A benchmark whose meeting complains measures something else."""
        if self._told:
            raise AssertionError(self._told[0].happened)

    def _on_painted(self, _page: object) -> None:
        self.frames.append((perf_counter(), self.projector.slide))
