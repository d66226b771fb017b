"""The one object that knows the screens, so that nothing private ever stands on the audience's.

Qt fails open: when the laptop's screen goes, it moves the private window to the projector, visible. So the private
side is visible only while the set of screens is the one that the chair confirmed. Any change hides first and decides
after.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen

POLL = 250
"""Milliseconds between looks at the screens, for changes that no signal tells."""


@dataclass(frozen=True, slots=True)
class ScreenFacts:
    """What tells one screen from another."""

    name: str
    maker: str
    model: str
    serial: str
    geometry: tuple[int, int, int, int]
    scale: float


class Screens(QObject):
    """Watches the screens; tests drive it through `look`.

    Signals:
        changed: the set of screens is no longer the confirmed one; whatever is private must be hidden already when
            this returns.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._confirmed: tuple[ScreenFacts, ...] = ()
        self._told = False
        self._swapped = False
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self.look)
        application.screenRemoved.connect(self.look)
        application.primaryScreenChanged.connect(self.look)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL)
        self._poll.timeout.connect(self.look)
        self._poll.start()

    @property
    def sound(self) -> bool:
        """Whether the screens are the ones that the chair confirmed."""
        return bool(self._confirmed) and self._facts() == self._confirmed

    @property
    def private(self) -> QScreen:
        """The chair's screen: the primary one, unless the chair said that it is the other."""
        screens, primary = QGuiApplication.screens(), QGuiApplication.primaryScreen()
        others = [screen for screen in screens if screen is not primary]
        return others[0] if self._swapped and others else primary

    @property
    def audience(self) -> QScreen | None:
        """The projector's screen: the first other one that does not overlap the chair's; ``None`` for none."""
        mine = self.private
        for screen in QGuiApplication.screens():
            if screen is not mine and not screen.geometry().intersects(mine.geometry()):
                return screen
        return None

    @property
    def audience_name(self) -> str:
        """What the projector's screen calls itself, empty where there is none."""
        screen = self.audience
        return "" if screen is None else screen.model() or screen.name()

    def confirm(self) -> None:
        """The chair has looked: these are the screens of this meeting."""
        self._confirmed = self._facts()
        self._told = False

    def swap(self) -> None:
        """The chair's screen and the room's change places; nothing is confirmed by it."""
        self._swapped = not self._swapped
        self._confirmed = ()

    def look(self, *_changed: object) -> None:
        """Compares the screens with the confirmed ones, and says once when they differ."""
        if self._confirmed and not self._told and self._facts() != self._confirmed:
            self._told = True
            self.changed.emit()

    def _facts(self) -> tuple[ScreenFacts, ...]:
        return tuple(map(_facts_of, QGuiApplication.screens()))


def _facts_of(screen: QScreen) -> ScreenFacts:
    where: QRect = screen.geometry()
    return ScreenFacts(
        name=screen.name(),
        maker=screen.manufacturer(),
        model=screen.model(),
        serial=screen.serialNumber(),
        geometry=(where.x(), where.y(), where.width(), where.height()),
        scale=screen.devicePixelRatio(),
    )
