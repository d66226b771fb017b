"""The one object that knows the screens, so that nothing private ever stands on the audience's.

Qt fails open: when the laptop's screen goes, it moves the private window to the projector, visible. So the private
side is visible only while the screens are the ones that the chair confirmed. Any change takes that back, whatever it
was, and only the chair gives it again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QMargins, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QRegion, QScreen
from PySide6.QtWidgets import QWidget

_SMALLEST = QSize(1, 1)
POLL = 250
"""Milliseconds between looks at the screens, for changes that no signal tells."""
_TITLED = (Qt.WindowType.Window, Qt.WindowType.Dialog)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenFacts:
    """What tells one screen from another, and from itself before a change."""

    name: str
    maker: str
    model: str
    serial: str
    geometry: tuple[int, int, int, int]
    scale: float
    primary: bool

    @property
    def rect(self) -> QRect:
        """Its place among the screens."""
        return QRect(*self.geometry)

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What stays the same when it is unplugged and plugged in again."""
        return self.name, self.maker, self.model, self.serial

    def overlaps(self, others: Iterable["ScreenFacts"]) -> bool:
        """Whether another screen shows some of the same place, as mirroring does."""
        return any(other is not self and other.rect.intersects(self.rect) for other in others)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The screens, and whose is whose."""

    screens: tuple[ScreenFacts, ...]
    mine: ScreenFacts | None
    """The chair's; ``None`` only while there is no screen at all."""
    room: ScreenFacts | None
    """The audience's; ``None`` where nothing is projected."""

    @property
    def shared(self) -> bool:
        """Whether another screen shows some of what the chair's shows."""
        return self.mine is not None and self.mine.overlaps(self.screens)

    def can_be_rooms(self, screen: ScreenFacts) -> bool:
        """Whether the audience may have a screen: not the chair's, and none that shows a part of another."""
        return screen is not self.mine and not screen.overlaps(self.screens)

    def is_mine_alone(self, place: QRect) -> bool:
        """Whether nothing of a window that stands there is on another screen than the chair's."""
        if self.mine is None:
            return False
        beside = QRegion(place) - QRegion(self.mine.rect)
        return not any(beside.intersects(screen.rect) for screen in self.screens)

    def label(self, screen: ScreenFacts) -> str:
        """What a screen is called, so that no two are called alike."""
        words = screen.model or screen.name
        alike = [other for other in self.screens if (other.model or other.name) == words]
        return words if len(alike) == 1 else f"{words} ({screen.name}, no. {self.screens.index(screen) + 1})"


class Screens(QObject):
    """Watches the screens. Tests drive it through `read`.

    Signals:
        changed: the screens changed, or may have; whatever is private must be hidden already when this returns.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mine: ScreenFacts | None = None
        self._room: ScreenFacts | None = None
        self._nothing_projected = False
        self._confirmed: Arrangement | None = None
        self._seen = self.read()
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._on_added)
        application.screenRemoved.connect(self.alarm)
        application.primaryScreenChanged.connect(self.alarm)
        for screen in application.screens():
            self._watch(screen)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL)
        self._poll.timeout.connect(self.look)
        self._poll.start()

    def read(self) -> tuple[ScreenFacts, ...]:
        """The screens as the system tells them now."""
        return tuple(map(_facts_of, QGuiApplication.screens()))

    @property
    def arrangement(self) -> Arrangement:
        """The screens now, each with what the chair said of it before; of two, the other one is the room's."""
        screens = self.read()
        room = _find(self._room, screens)
        mine = _find(self._mine, screens)
        if mine is None:
            free = [screen for screen in screens if screen is not room] or list(screens)
            mine = next((screen for screen in free if screen.primary), free[0] if free else None)
        found = Arrangement(screens, mine, None)
        if room is None and len(screens) == 2 and not self._nothing_projected:
            room = next(screen for screen in screens if screen is not mine)
        return found if room is None or not found.can_be_rooms(room) else Arrangement(screens, mine, room)

    @property
    def confirmed(self) -> Arrangement | None:
        """What the chair confirmed, if the screens are still so."""
        return self._confirmed if self._confirmed == self.arrangement else None

    def confirm(self, shown: Arrangement) -> bool:
        """The chair has looked at an arrangement; ``False``, and nothing is confirmed, if it is no longer so."""
        if shown.mine is None or shown != self.arrangement:
            return False
        self._confirmed = shown
        self._seen = shown.screens
        self._mine, self._room = shown.mine, shown.room or self._room
        return True

    def doubt(self) -> None:
        """Nothing is confirmed any more."""
        self._confirmed = None

    def choose_mine(self, screen: ScreenFacts) -> None:
        """This screen is the chair's; nothing is confirmed by it."""
        self.doubt()
        self._mine = screen
        if self._room is not None and self._room.identity == screen.identity:
            self._room = None

    def choose_room(self, screen: ScreenFacts | None) -> None:
        """This screen is the room's, or none is; nothing is confirmed by it."""
        self.doubt()
        self._room = screen
        self._nothing_projected = screen is None

    def put(self, window: QWidget, on: ScreenFacts) -> None:
        """Puts a window on a screen, inside what task bars leave free, as near to where it was as it can be."""
        screen, free = self._screen(on), on.rect
        if screen is not None:
            window.setScreen(screen)
            free &= screen.availableGeometry()
        free = free.marginsRemoved(_frame(window))
        # No word in it, however long, makes it wider than its screen: a window that is on two is hidden for good.
        least = window.minimumSize().expandedTo(window.minimumSizeHint()).expandedTo(_SMALLEST)
        window.setMinimumSize(least.boundedTo(free.size()))
        place = QRect(window.geometry().topLeft(), window.size().expandedTo(window.sizeHint()).boundedTo(free.size()))
        place.moveLeft(min(max(place.left(), free.left()), free.right() + 1 - place.width()))
        place.moveTop(min(max(place.top(), free.top()), free.bottom() + 1 - place.height()))
        window.setGeometry(place)

    def fill(self, window: QWidget, on: ScreenFacts) -> None:
        """Gives a window a whole screen."""
        screen = self._screen(on)
        if screen is not None:
            window.setScreen(screen)
        window.setGeometry(on.rect)
        window.showFullScreen()

    def look(self) -> None:
        """Compares the screens with what was seen last: some changes come without a signal."""
        if self.read() != self._seen:
            self.alarm()

    def alarm(self, *_changed: object) -> None:
        """A screen came, went or changed: nothing is confirmed, even if it looks as before."""
        self.doubt()
        self._seen = self.read()
        self.changed.emit()

    def _screen(self, facts: ScreenFacts) -> QScreen | None:
        return next((screen for screen in QGuiApplication.screens() if _facts_of(screen) == facts), None)

    def _on_added(self, screen: QScreen) -> None:
        self.alarm()
        self._watch(screen)

    def _watch(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.alarm)
        screen.logicalDotsPerInchChanged.connect(self.alarm)
        screen.physicalDotsPerInchChanged.connect(self.alarm)


def _frame(window: QWidget) -> QMargins:
    """What the system draws around a window; at least a title, which is unknown until the window has been shown."""
    frame, inside = window.frameGeometry(), window.geometry()
    top = inside.top() - frame.top()
    if window.windowType() in _TITLED and not window.windowFlags() & Qt.WindowType.FramelessWindowHint:
        from PySide6.QtWidgets import QStyle  # noqa: PLC0415 - starting would wait 5 ms for all that it enumerates

        top = max(top, window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight))
    return QMargins(
        inside.left() - frame.left(), top, frame.right() - inside.right(), frame.bottom() - inside.bottom()
    )


def _find(wanted: ScreenFacts | None, screens: tuple[ScreenFacts, ...]) -> ScreenFacts | None:
    """The same screen again, perhaps elsewhere; ``None`` if it is gone or can't be told from another."""
    if wanted is None:
        return None
    alike = [screen for screen in screens if screen.identity == wanted.identity]
    same = [screen for screen in alike if screen.geometry == wanted.geometry] or alike
    return same[0] if len(same) == 1 else None


def _facts_of(screen: QScreen) -> ScreenFacts:
    where = screen.geometry()
    return ScreenFacts(
        name=screen.name(),
        maker=screen.manufacturer(),
        model=screen.model(),
        serial=screen.serialNumber(),
        geometry=(where.x(), where.y(), where.width(), where.height()),
        scale=screen.devicePixelRatio(),
        primary=screen == QGuiApplication.primaryScreen(),
    )
