"""When the desk locks by itself: nobody is there, the system's session is locked, or the computer sleeps."""

import time
from collections.abc import Callable
from datetime import timedelta
from math import ceil

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from typing_extensions import override

from leaddesk import platforms
from leaddesk.ui.system_bus import SystemBus

LOOK = 1000
"""Milliseconds between looks."""
WARNING = 30
"""Seconds before locking at which it is said."""
_NAP = 2
"""Seconds of sleep that are no sleep: the two clocks are not read at the same moment."""
_ACTIVITY = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletPress, QEvent.Type.TabletMove,
})  # fmt: skip


class LockWatch(QObject):
    """Asks for the desk to be locked; made when it is opened, thrown away when it is locked.

    While a meeting is open it is not locked because nobody touches it: what the room sees must not go by surprise.

    Args:
        patience: how long nobody may touch any window.
        meeting_open: whether a meeting is open now.
        clock: seconds that only go forward.
        asleep: how many seconds the computer has slept.
        session_locked: whether the system's session is locked, ``None`` where it is told over D-Bus.
    """

    lock_asked = Signal()
    warned = Signal(int)
    """In how many seconds it will lock; 0 as soon as somebody is there again."""

    def __init__(
        self,
        patience: timedelta,
        meeting_open: Callable[[], bool],
        *,
        clock: Callable[[], float] = time.monotonic,
        asleep: Callable[[], float] = platforms.seconds_asleep,
        session_locked: Callable[[], bool | None] = platforms.session_locked,
    ) -> None:
        super().__init__()
        self._patience, self._meeting_open = patience.total_seconds(), meeting_open
        self._clock, self._asleep, self._session_locked = clock, asleep, session_locked
        self._touched, self._slept, self._locked = clock(), asleep(), session_locked()
        self._warned = 0
        application = QCoreApplication.instance()
        assert application is not None
        self._application = application
        application.installEventFilter(self)
        if self._locked is None:
            SystemBus(self).lock_asked.connect(self.lock_asked)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK)

    def look(self) -> None:
        """Looks whether it is time to lock."""
        slept, locked = self._asleep(), self._session_locked()
        if slept - self._slept > _NAP or (locked and not self._locked):
            self.lock_asked.emit()
            return
        self._slept, self._locked = slept, locked
        left = self._patience - (self._clock() - self._touched)
        if left > WARNING or self._meeting_open():
            self._warn(0)
        elif left > 0:
            self._warn(ceil(left))
        else:
            self.lock_asked.emit()

    def stop(self) -> None:
        """Stops watching, for good."""
        self._timer.stop()
        self._application.removeEventFilter(self)
        self.deleteLater()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notices keys and pointers, in whatever window."""
        if event.type() in _ACTIVITY:
            self._touched = self._clock()
            self._warn(0)
        return False

    def _warn(self, seconds: int) -> None:
        if seconds != self._warned:
            self._warned = seconds
            self.warned.emit(seconds)
