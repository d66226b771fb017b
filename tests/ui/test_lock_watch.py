"""When the desk locks by itself: nobody there, the session locked, the computer asleep; and when it does not."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from leaddesk.ui.lock_watch import LockWatch
from leaddesk.ui.system_bus import SystemBus

TEN_MINUTES = timedelta(minutes=10)


@dataclass
class Computer:
    """What the watch looks at, driven."""

    now: float = 0.0
    asleep: float = 0.0
    locked: bool | None = False
    meeting: bool = False
    asked: list[float] = field(default_factory=list)
    """When locking was asked for."""

    def watch(self) -> LockWatch:
        watch = LockWatch(
            TEN_MINUTES,
            lambda: self.meeting,
            clock=lambda: self.now,
            asleep=lambda: self.asleep,
            session_locked=lambda: self.locked,
        )
        watch.lock_asked.connect(lambda: self.asked.append(self.now))
        return watch


@pytest.fixture
def computer(qtbot: QtBot) -> Computer:
    del qtbot
    return Computer()


@pytest.fixture
def watch(computer: Computer) -> Iterator[LockWatch]:
    watch = computer.watch()
    yield watch
    watch.stop()


def test_it_locks_once_nobody_has_touched_a_key_or_the_mouse_for_so_long(
    computer: Computer, watch: LockWatch, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    computer.now = 599
    watch.look()
    QTest.keyClick(window, Qt.Key.Key_A)
    computer.now = 599 + 599
    watch.look()
    QTest.mousePress(window, Qt.MouseButton.LeftButton)
    computer.now = 599 + 599 + 599
    watch.look()
    assert not computer.asked
    computer.now += 1
    watch.look()
    assert computer.asked == [1798]


def test_it_says_so_half_a_minute_before_until_somebody_is_there(
    computer: Computer, watch: LockWatch, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    said: list[int] = []
    watch.warned.connect(said.append)
    for now in (569, 570, 571, 571.5):
        computer.now = now
        watch.look()
    QTest.keyClick(window, Qt.Key.Key_A)
    watch.look()
    assert said == [30, 29, 0]


def test_an_open_meeting_is_never_locked_for_idleness_but_with_the_session(
    computer: Computer, watch: LockWatch
) -> None:
    computer.meeting, computer.now = True, 7200.0
    watch.look()
    assert not computer.asked
    computer.locked = True
    watch.look()
    assert computer.asked == [7200]


def test_a_session_that_was_locked_from_the_start_locks_nothing(computer: Computer) -> None:
    computer.locked = True
    watch = computer.watch()
    watch.look()
    assert not computer.asked
    watch.stop()


def test_it_locks_on_waking_even_in_a_meeting(computer: Computer, watch: LockWatch) -> None:
    computer.meeting, computer.asleep = True, 0.5
    watch.look()
    assert not computer.asked
    computer.asleep = 60.0
    watch.look()
    assert computer.asked == [0]


class Login(QDBusVirtualObject):
    """A login manager with one session, which holds sleep up while somebody wants it to."""

    def __init__(self) -> None:
        super().__init__()
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        self.asked: list[str] = []

    @override
    def introspect(self, path: str) -> str:
        return ""

    @override
    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
        self.asked.append(message.member())
        reply = message.createReply()
        if message.member() == "GetSession":
            reply.setArguments([QDBusObjectPath("/org/freedesktop/login1/session/_32")])
        else:
            reply.setArguments([QDBusUnixFileDescriptor(self._writing)])
        return bool(connection.send(reply))

    def give_away(self) -> None:
        """Whoever asked for it is the only one to hold the other end of the pipe now."""
        os.close(self._writing)

    def close(self) -> None:
        os.close(self._reading)

    @property
    def held_up(self) -> bool:
        try:
            return os.read(self._reading, 1) != b""
        except BlockingIOError:
            return True


@pytest.fixture
def bus(qtbot: QtBot) -> Iterator[SimpleNamespace]:
    """A bus of its own: one end is the system's, the other LeadDesk's."""
    del qtbot
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("not run here: there is no dbus-daemon")
    command = [program, "--session", "--print-address", "--nofork", "--nopidfile"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        yield SimpleNamespace(
            system=QDBusConnection.connectToBus(address, "system"), ours=QDBusConnection.connectToBus(address, "ours")
        )
        QDBusConnection.disconnectFromBus("ours")
        QDBusConnection.disconnectFromBus("system")
        daemon.terminate()


@pytest.fixture
def login(bus: SimpleNamespace) -> Iterator[Login]:
    """A login manager on the system's end of the bus."""
    manager = Login()
    assert bus.system.registerService("org.freedesktop.login1")
    assert bus.system.registerVirtualObject("/org/freedesktop/login1", manager)
    yield manager
    bus.system.unregisterObject("/org/freedesktop/login1")
    manager.close()


def tell(bus: SimpleNamespace, path: str, interface: str, name: str, *arguments: bool) -> None:
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(arguments))
    assert bus.system.send(message)


@pytest.mark.parametrize(
    ("path", "saver"),
    [
        ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
    ],
)
def test_the_desktops_lock_screen_locks_and_its_going_does_not(
    bus: SimpleNamespace, qtbot: QtBot, path: str, saver: str
) -> None:
    listening = SystemBus(login=bus.ours, desktop=bus.ours)
    asked: list[bool] = []
    listening.lock_asked.connect(lambda: asked.append(True))
    tell(bus, path, saver, "ActiveChanged", False)
    tell(bus, path, saver, "ActiveChanged", True)
    qtbot.waitUntil(lambda: bool(asked))
    assert len(asked) == 1


def test_sleep_waits_until_the_desk_is_locked(bus: SimpleNamespace, login: Login, qtbot: QtBot) -> None:
    listening = SystemBus(login=bus.ours, desktop=bus.ours)
    seen: list[bool] = []
    listening.lock_asked.connect(lambda: seen.append(login.held_up))
    qtbot.waitUntil(lambda: listening._delay is not None)
    assert sorted(login.asked) == ["GetSession", "Inhibit"]
    login.give_away()
    tell(bus, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", True)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [True], "sleep is held up while the desk is locked"
    qtbot.waitUntil(lambda: not login.held_up)


def test_our_own_session_locks_and_another_users_does_not(bus: SimpleNamespace, login: Login, qtbot: QtBot) -> None:
    listening = SystemBus(login=bus.ours, desktop=bus.ours)
    asked: list[bool] = []
    listening.lock_asked.connect(lambda: asked.append(True))
    qtbot.waitUntil(lambda: listening._delay is not None)
    login.give_away()
    tell(bus, "/org/freedesktop/login1/session/_33", "org.freedesktop.login1.Session", "Lock")
    tell(bus, "/org/freedesktop/login1/session/_32", "org.freedesktop.login1.Session", "Lock")
    qtbot.waitUntil(lambda: bool(asked))
    assert len(asked) == 1
