"""What keeps the interface's thread: a meeting played event by event on the ten-year desk, each handling timed.

In a program of its own, ``python -m benchmarks.watchdog DIR EVENTS``, whose application times every event that it
hands out, whatever is behind it (a key, a signal, a timer, a paint). Of each event of the room only the longest
handling counts that came of it: the thousands of short ones around it would hide it in a percentile.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from itertools import cycle, islice
from math import ceil
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from benchmarks.desks import PASSPHRASE, DeskClock, copied
from benchmarks.frame import Conditions, Figure, Goal, Pair
from benchmarks.meeting import large
from benchmarks.windows import Room, wait_until
from leaddesk import offscreen
from leaddesk.policy.desk_views import EntryKind, Whereabouts
from leaddesk.services.opening import sign_in
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.theme import ThemeName

EVENTS, QUICK_EVENTS = 300, 12

#: The part of the events that must not take longer than the figure says.
_PERCENTILE = 0.99


class WatchedApplication(QApplication):
    """An application that remembers how long the longest handling of an event took."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self.longest = 0.0
        self._handling = False

    @override
    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self._handling:  # part of an event that is timed already
            return super().notify(receiver, event)
        self._handling = True
        began = perf_counter()
        try:
            return super().notify(receiver, event)
        finally:
            self.longest = max(self.longest, perf_counter() - began)
            self._handling = False


class Happening:
    """Something that the application's loop does next."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self._happens = happens
        self._over = False
        QTimer.singleShot(0, self._happen)

    def is_over(self) -> bool:
        """Whether it was done."""
        return self._over

    def _happen(self) -> None:
        self._happens()
        self._over = True


class Script:
    """What happens in the room, again and again: showing, checking in, filing, stepping out, walking in.

    In between its chair looks things up: a page after the other, the palette, who may hear this, a form, another
    room, another order. The keys of the room come while what was asked for is still being read.
    """

    def __init__(self, room: Room, clock: DeskClock) -> None:
        self._room = room
        self._clock = clock
        self._order = [item.id for item in room.live.material.agenda]
        self._places = cycle(self._order)
        here = set(room.live.watch.room.present)
        facts = room.live.watch.facts
        self._newcomers = cycle([one for one in facts.people if one not in here])
        self._present = cycle(sorted(here - {room.desk.user.id}))
        self._newcomer = self._away = ""
        self._pages = cycle(PageName)
        mine = room.live.mine()
        about = (item.links.get("participant") for item in room.live.material.agenda)
        self._participant = next(one for one in about if one is not None and mine.may_name(one))
        self._coming = cycle((False, True))

    def events(self) -> Iterator[Callable[[], object]]:
        """One after the other, without end."""
        room, people, windows = self._room, self._room.people, self._room.windows
        return cycle(
            (
                self._visit,
                self._select,
                lambda: room.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
                self._type,
                self._file,
                lambda: room.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
                windows.finding.open,
                self._look_up,
                lambda: self._put_away(windows.finding.close),
                self._check_in,
                self._visit,
                lambda: room.press(Qt.Key.Key_PageDown),
                windows.hearing.open,
                lambda: people.left.emit(self._newcomer),
                lambda: room.press(Qt.Key.Key_F6),
                lambda: self._put_away(windows.hearing.close),
                lambda: windows.registers.open_form("mend", self._participant),
                self._step_out,
                lambda: self._put_away(windows.registers.forms.close),
                lambda: room.console.go_to(PageName.PREFLIGHT),
                lambda: room.press(Qt.Key.Key_PageUp),
                self._ask_without,
                lambda: people.came_back.emit(self._away),
                lambda: room.press(Qt.Key.Key_F8),
                people.stranger_left.emit,
                lambda: room.console.go_to(PageName.PREPARE),
                self._arrange,
                lambda: room.press(Qt.Key.Key_F6),
                lambda: self._clock.pass_by(timedelta(seconds=30)),
            )
        )

    def _visit(self) -> None:
        self._room.console.go_to(next(self._pages))

    def _put_away(self, close: Callable[[], None]) -> None:
        close()
        # Off screen no window manager does it.
        self._room.console.activateWindow()

    def _look_up(self) -> None:
        palette = self._room.windows.finding.palette
        assert palette is not None
        QTest.keyClicks(palette.line, "b")

    def _ask_without(self) -> None:
        self._room.windows.preflight.page.toggled.emit(self._room.desk.user.id, next(self._coming))

    def _arrange(self) -> None:
        last, before = self._room.live.material.agenda[-1], self._room.live.material.agenda[-2]
        self._room.windows.preparing.page.moved.emit(last.id, before.id)

    def _select(self) -> None:
        self._room.console.meeting.agenda.selected.emit(next(self._places))

    def _type(self) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self._room.console, "w")

    def _file(self) -> None:
        entry = self._room.console.meeting.entry
        entry.filed.emit(EntryKind.UPDATE, "Will call again on Friday.", "", "")

    def _check_in(self) -> None:
        self._newcomer = next(self._newcomers)
        self._room.people.checked_in.emit(self._newcomer, Whereabouts.ROOM, "")

    def _step_out(self) -> None:
        self._away = next(self._present)
        self._room.people.stepped_out.emit(self._away)


def longest_of_each(folder: Path, events: int) -> list[float]:
    """Plays so many events on a desk; seconds of the longest handling that came of each."""
    qt = offscreen.application(ThemeName.LIGHT, WatchedApplication)
    assert isinstance(qt, WatchedApplication)
    clock = DeskClock()
    times = []
    with closing(Room(sign_in(folder, PASSPHRASE, clock=clock), clock)) as room:
        room.controller.command(Command.WIDEN)
        room.settle()
        for happens in islice(Script(room, clock).events(), events):
            qt.longest = 0.0
            event = Happening(happens)
            wait_until(event.is_over)
            QApplication.processEvents()
            times.append(qt.longest)
    return times


@contextmanager
def longest(how: Conditions) -> Iterator[Pair]:
    """The 99th percentile of what each event of the room kept the thread for."""
    with copied(large(how), how.desks) as folder:
        yield Pair(work=lambda: _percentile(_played(folder, QUICK_EVENTS if how.quick else EVENTS)))


def _played(folder: Path, events: int) -> list[float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    asked = [sys.executable, "-m", "benchmarks.watchdog", str(folder), str(events)]
    said = subprocess.run(asked, check=True, stdout=subprocess.PIPE, env=environment, text=True)  # noqa: S603 - ours
    times: list[float] = json.loads(said.stdout)
    return times


def _percentile(times: list[float]) -> float:
    return sorted(times)[ceil(len(times) * _PERCENTILE) - 1]


FIGURES = (
    Figure(
        name="longest on the interface's thread",
        work="99th percentile over 300 events of a meeting on the ten-year desk of the longest handling each brought",
        goal=Goal(0.05),
        prepare=longest,
        runs=3,
    ),
)

if __name__ == "__main__":
    print(json.dumps(longest_of_each(Path(sys.argv[1]), int(sys.argv[2]))))
