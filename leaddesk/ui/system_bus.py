"""What a Linux desktop tells over D-Bus: the screen is locked, or the computer is about to sleep."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusError, QDBusMessage, QDBusObjectPath, QDBusUnixFileDescriptor

_LOGIN, _LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
_MANAGER, _SESSION = f"{_LOGIN}.Manager", f"{_LOGIN}.Session"
_SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)


class SystemBus(QObject):
    """Listens to the login manager and to the desktop's screen saver, where there are any.

    Args:
        parent: as Qt's.
        login: the bus of the login manager, by default the system's.
        desktop: the bus of the screen saver, by default the user's.
    """

    lock_asked = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        login: QDBusConnection | None = None,
        desktop: QDBusConnection | None = None,
    ) -> None:
        super().__init__(parent)
        self._login = login or QDBusConnection.systemBus()
        self._delay: QDBusUnixFileDescriptor | None = None
        on_active, on_sleep = _slot("on_active(bool)"), _slot("on_sleep(bool)")
        desktop = desktop or QDBusConnection.sessionBus()
        for saver in _SCREEN_SAVERS:
            desktop.connect("", "", saver, "ActiveChanged", self, on_active)
        self._login.connect(_LOGIN, _LOGIN_PATH, _MANAGER, "PrepareForSleep", self, on_sleep)
        self._ask("GetSession", ["auto"], "on_session(QDBusObjectPath)")
        # Sleep waits, some seconds at most, until this is let go.
        self._ask(
            "Inhibit", ["sleep", "LeadDesk", "The desk is being locked", "delay"], "on_delay(QDBusUnixFileDescriptor)"
        )

    @Slot("bool")
    def on_active(self, active: bool) -> None:
        """The screen saver came or went."""
        if active:
            self.lock_asked.emit()

    @Slot("bool")
    def on_sleep(self, begins: bool) -> None:
        """The computer is about to sleep, or has woken; it sleeps once the desk is locked."""
        if begins:
            self.lock_asked.emit()
            self._delay = None

    @Slot()
    def on_lock(self) -> None:
        """The login manager asks for the session to be locked."""
        self.lock_asked.emit()

    @Slot("QDBusObjectPath")
    def on_session(self, session: QDBusObjectPath) -> None:
        """Which session is ours: another user's may be locked without ours."""
        self._login.connect(_LOGIN, session.path(), _SESSION, "Lock", self, _slot("on_lock()"))

    @Slot("QDBusUnixFileDescriptor")
    def on_delay(self, held: QDBusUnixFileDescriptor) -> None:
        """What holds sleep up for as long as it is kept."""
        self._delay = held

    @Slot("QDBusError", "QDBusMessage")
    def on_refused(self, _error: QDBusError, _asked: QDBusMessage) -> None:
        """There is no login manager, or an old one: what it would have told is not told."""

    def _ask(self, what: str, arguments: Sequence[str], answered: str) -> None:
        message = QDBusMessage.createMethodCall(_LOGIN, _LOGIN_PATH, _MANAGER, what)
        message.setArguments(list(arguments))
        self._login.callWithCallback(message, self, _slot(answered), _slot("on_refused(QDBusError,QDBusMessage)"))


def _slot(signature: str) -> bytes:
    """A slot by its signature; the type that PySide6 declares for it is not the one it takes."""
    return cast("bytes", SLOT(signature))
