"""Nothing private on the audience's screen, whatever happens to the screens."""

import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import cycle
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from leaddesk.ui.screens import ScreenFacts, Screens
from leaddesk.ui.workplace import Workplace
from tests.promises.row import NOT_HERE, Reached, Times
from tests.promises.windows import MARK, Marked

if TYPE_CHECKING:
    from tests.promises.xserver import Place, XServer

PROJECT = Path(__file__).parents[2]
PROMISE = "private content on the projector"

WHOLE = (0, 0, 2688, 768)
LAPTOP, ROOM, THIRD = (0, 0, 1024, 768), (1024, 0, 1024, 768), (2048, 0, 640, 480)
SHIFTED, NOT_MINE = (700, 0, 1024, 768), (1024, 0, 1664, 768)
LONGEST = 60
"""Seconds that anything may take."""
OPENED = ("nothing", "form", "question", "signing", "menu", "message", "tooltip")
"""What is open, one after the other, when the screens change."""


class Event(NamedTuple):
    """Something that happens to the screens.

    Attributes:
        monitors: which there are afterwards.
        room: what the audience sees afterwards.
        chosen: what the chair chooses on the cover.
        goes_on: whether the chair goes on; not where the only screen left is the room's.
        under: whether the system itself moves the audience's picture over the standing windows, so that it is there
            before any program can know.
    """

    monitors: "dict[str, Place]"
    primary: str
    room: "Place"
    chosen: tuple[str, ...] = ()
    goes_on: bool = True
    under: bool = False


BOTH = {"Laptop": LAPTOP, "Room": ROOM}
EVENTS = {
    "unplugged": Event({"Laptop": LAPTOP}, "Laptop", ROOM),
    "plugged in": Event(BOTH, "Laptop", ROOM),
    "swapped": Event(BOTH, "Room", LAPTOP, chosen=("mine Room",)),
    "swapped back": Event(BOTH, "Laptop", ROOM, chosen=("mine Laptop",)),
    "lid closed": Event({"Room": ROOM}, "Room", ROOM, goes_on=False),
    "lid opened": Event(BOTH, "Laptop", ROOM),
    "overlapping": Event({"Laptop": LAPTOP, "Shifted": SHIFTED}, "Laptop", SHIFTED, goes_on=False, under=True),
    "apart": Event(BOTH, "Laptop", ROOM),
    "mirrored": Event({"Laptop": LAPTOP, "Mirror": LAPTOP}, "Laptop", LAPTOP, goes_on=False, under=True),
    "apart again": Event(BOTH, "Laptop", ROOM),
    "a third": Event({**BOTH, "Third": THIRD}, "Laptop", NOT_MINE, chosen=("room Third",)),
    "the third gone": Event(BOTH, "Laptop", ROOM),
}


@dataclass
class Seen:
    """What was sampled."""

    events: int = 0
    frames: int = 0
    pixels: int = 0
    late: float = 0.0
    """Seconds at most until the windows were gone from where the system had moved the audience's picture."""


class Chair:
    """The windows in a process of their own, and an eye on the audience's picture, which blinks for some seconds."""

    def __init__(self, process: "subprocess.Popen[bytes]", server: "XServer", blink: float) -> None:
        self._blink = blink
        self._process = process
        self._server = server
        self._unread = b""
        self._room = ROOM
        self.seen = Seen()

    def go_through(self, event: Event, opened: str) -> None:
        """One event from the windows as they work to the windows as they work again, sampled all the way."""
        self._tell(f"open {opened}", self._room)
        self._server.arrange(event.monitors, event.primary)
        begun = monotonic()
        self._wait_for("hidden", None if event.under else self._room)
        self._sample(WHOLE)
        if event.under:
            self.seen.late = max(self.seen.late, monotonic() - begun)
        for late in ("form", "message", "question"):
            self._tell(f"open {late}", None)
        self._sample(WHOLE)
        self._room = event.room
        if event.goes_on:
            for choice in event.chosen:
                self._tell(choice, WHOLE)
            self._tell("restore", self._room)
            self._tell("clear", self._room)
            self._wait_for_console()
        self.seen.events += 1

    def _tell(self, line: str, watched: "Place | None") -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()
        self._wait_for("done", watched)

    def _wait_for(self, line: str, watched: "Place | None") -> None:
        """Samples a place until a line is said."""
        assert self._process.stdout is not None
        ends = monotonic() + LONGEST
        while line.encode() not in self._unread.split(b"\n")[:-1]:
            assert monotonic() < ends, f"never said: {line}"
            if watched is not None:
                self._sample(watched)
            if select.select([self._process.stdout], [], [], self._blink)[0]:
                read = os.read(self._process.stdout.fileno(), 4096)
                assert read, "the windows are gone"
                self._unread += read
        self._unread = b""

    def _wait_for_console(self) -> None:
        ends = monotonic() + LONGEST
        while not self._server.pixels(WHOLE, MARK):
            assert monotonic() < ends, "the console is not there again"
        self._sample(self._room)

    def _sample(self, place: "Place") -> None:
        self.seen.frames += 1
        self.seen.pixels += self._server.pixels(place, MARK)


@contextmanager
def chair(server: "XServer", folder: Path, blink: float) -> Iterator[Chair]:
    """A chair at work on two screens."""
    server.arrange(BOTH, "Laptop")
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "DISPLAY": server.name}
    command = [sys.executable, "-m", "tests.promises.windows", str(folder)]
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stdin=-1, stdout=-1) as process:
        working = Chair(process, server, blink)
        working._wait_for("ready", WHOLE)
        working._tell("restore", ROOM)
        working._wait_for_console()
        yield working
        process.stdin.close() if process.stdin else None
        process.wait(10)


@pytest.mark.promise(f"{PROMISE}: screens of a real X server unplugged, swapped, overlapping, mirrored", "0 pixels")
def test_the_screens_of_an_x_server(new: Path, tmp_path: Path, reached: Reached, times: Times) -> None:
    if sys.platform != "linux":
        pytest.skip(f"{NOT_HERE}: an X server is Linux's")
    from tests.promises.xserver import x_server

    folder = Path(shutil.copytree(new, tmp_path / "desk"))
    with x_server(*WHOLE[2:]) as server, chair(server, folder, times(0.05, full=0.005)) as at_work:
        opened = cycle(OPENED)
        for _ in range(times(1, full=100)):
            for event in EVENTS.values():
                at_work.go_through(event, next(opened))
    seen = at_work.seen
    words = (
        f"{seen.pixels} pixels in {seen.frames} frames; {seen.late * 1000:.0f} ms at most where the system mirrors"
    )
    reached(words, times=seen.events)
    assert seen.pixels == 0


class Driven(Screens):
    """Screens that a test changes."""

    now: tuple[ScreenFacts, ...] = ()

    @override
    def read(self) -> tuple[ScreenFacts, ...]:
        return self.now or super().read()


class Eye(QObject):
    """Counts what every private window would put on the audience's screen, at every painted frame."""

    def __init__(self, place: Workplace, room: QRect) -> None:
        super().__init__()
        self.room = room
        self.frames = self.pixels = 0
        self._public = (place.cover, place.projector)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.look()
        return False

    def look(self) -> None:
        self.frames += 1
        for window in QApplication.topLevelWidgets():
            kept_off = window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            if window.isVisible() and not kept_off and window not in self._public:
                shown = window.geometry() & self.room
                self.pixels += max(shown.width(), 0) * max(shown.height(), 0)


@pytest.mark.promise(f"{PROMISE}: unplug, replug, swap, lid close, overlap, mirror, whatever is open", "0 pixels")
def test_driven_screens(new: Path, tmp_path: Path, qtbot: QtBot, reached: Reached, times: Times) -> None:
    screens = Driven()
    windows = Marked(Path(shutil.copytree(new, tmp_path / "desk")), screens)
    place = windows.place
    laptop, room = screens.read()
    eye = Eye(place, room.rect)
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(eye)
    count, opened = times(2, full=100), cycle(OPENED)
    changes = {
        "unplugged": (laptop,),
        "swapped": (replace(room, primary=True), replace(laptop, primary=False)),
        "lid closed": (replace(room, primary=True),),
        "overlapping": (laptop, replace(room, geometry=(700, 0, 1920, 1080))),
        "mirrored": (laptop, replace(room, geometry=laptop.geometry)),
    }

    def change(after: tuple[ScreenFacts, ...]) -> None:
        screens.now = after
        # As Qt does where the laptop's screen goes, before anybody has told of it.
        place.console.move(room.rect.topLeft())
        eye.look()
        screens.look()

    for _ in range(count):
        for after in changes.values():
            screens.now = (laptop, room)
            screens.look()
            place.cover.restored.emit()
            assert place.console.isVisible()
            # Inside the event loop of a question that waits, where there is one.
            QTimer.singleShot(20, place, partial(change, after))
            windows.open(next(opened))
            qtbot.waitUntil(place.cover.isVisible)
            for late in ("form", "message", "question"):
                windows.open(late)
                QApplication.processEvents()
            eye.look()
            windows.clear()
    application.removeEventFilter(eye)
    windows.windows.close()
    QApplication.processEvents()
    reached(f"{eye.pixels} pixels in {eye.frames} frames", times=count * len(changes) * 2)
    assert eye.pixels == 0
