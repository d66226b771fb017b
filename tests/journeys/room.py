"""A meeting in its real windows, played at random: what happens, how it is undone, and the eye on every frame."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QMessageBox

from leaddesk.errors import KnownError
from leaddesk.policy.views import IdleCard
from leaddesk.services import meetings
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Desk
from leaddesk.services.live import LiveMeeting
from leaddesk.services.opening import sign_in
from leaddesk.services.undo import Step
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.projector.canvas import Page
from leaddesk.ui.theme import Theme, ThemeName
from leaddesk.vault.errors import DiskRefused
from tests.journeys.oracle import Guest, Oracle
from tests.journeys.stage import Clock
from tests.ui.test_screens import LAPTOP, ROOM, DrivenScreens

#: The second user of the desk, a scribe.
SCRIBE, SCRIBES = "Lund", "a ladder behind the second barn"


@cache
def _light() -> Theme:
    return Theme.load(ThemeName.LIGHT)


@contextmanager
def full_disk(desk: Desk) -> Iterator[None]:
    """The disk takes nothing any more: each transaction that has written something fails when it is to be kept."""
    written: dict[sa.Connection, int] = {}

    def changes(connection: sa.Connection) -> int:
        held: int = connection.connection.total_changes
        return held

    def begin(connection: sa.Connection) -> None:
        written[connection] = changes(connection)

    def commit(connection: sa.Connection) -> None:
        if changes(connection) != written.pop(connection, 0):
            raise DiskRefused

    engine = desk.vault.engine
    sa.event.listen(engine, "begin", begin)
    sa.event.listen(engine, "commit", commit)
    try:
        yield
    finally:
        sa.event.remove(engine, "begin", begin)
        sa.event.remove(engine, "commit", commit)


class Room:
    """A running meeting with its windows. The model is told of each event first, so that a frame painted meanwhile is
    held against what is true by then.

    Args:
        folder: the locked desk; nobody else uses it.
        clock: what the time is for all of it.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock
        self.frames = 0
        self.told: list[KnownError] = []
        self.passphrase = PASSPHRASE
        self.screens = DrivenScreens(LAPTOP, ROOM)
        self._killed = 0
        self.left: dict[str, list[Guest]] = {}
        """How those who left were there until then, by each of their leavings that was not taken back."""
        self._back: Callable[[], None] | None = None
        """What the event that is being played would have to be undone to, in the model."""
        self._backs: dict[int, tuple[Step, Callable[[], None]]] = {}
        desk = self._sign_in()
        self.windows = self._open(desk)
        here = {one: Guest(presence.role) for one, presence in self.live.watch.room.present.items()}
        self.oracle = Oracle(desk, self.live.meeting, here)
        self._begin()
        self.people = sorted(self.oracle.facts.people)
        self.cases = sorted(self.oracle.facts.participants)

    # What is there

    @property
    def live(self) -> LiveMeeting:
        return self.windows.workplace.controller.live

    @property
    def console(self) -> ConsoleWindow:
        return self.windows.workplace.console

    @property
    def screen(self) -> str:
        return " ".join(self.windows.workplace.projector.page.texts())

    # Playing

    def play(self, what: str, who: int = 0, which: int = 0, how: int = 0) -> None:
        """One thing happens, a second after the one before, and is held to account.

        Args:
            what: the event, a method's name behind ``on_``.
            who: chooses the person.
            which: chooses what it is about.
            how: chooses how.
        """
        self.play_for(what, self._person(what, who), which, how)

    def play_for(self, what: str, person: str, which: int = 0, how: int = 59) -> None:
        """One thing happens to somebody in particular."""
        self.clock.pass_by(seconds=1)
        self._back = None
        before = self.live.undo.last
        getattr(self, f"on_{what}")(person, which, how)
        self._remember(before)
        self.settle()

    def _remember(self, before: Step | None) -> None:
        """Keeps what undoing the event does to who is there, if it can be undone."""
        last = self.live.undo.last
        if self._back is not None and last is not None and last is not before:
            self._backs[id(last)] = (last, self._back)

    def close_meeting(self) -> None:
        """The meeting is over, and nobody is there any more."""
        self.oracle.guests.clear()
        self.oracle.strangers = 0
        self.oracle.happened()
        self.live.close()
        self.settle()

    def go_to(self, meeting: str) -> None:
        """Goes to another meeting of the desk, and opens it."""
        before = self.windows
        self._watch(before, yes=False)
        self.windows = before.at(meeting)
        self._watch(self.windows, yes=True)
        self.oracle.meeting = meeting
        self._begin()
        self.command(Command.OPEN_MEETING)
        self.settle()

    def command(self, command: Command) -> None:
        """Carries out a command as its key does."""
        self.windows.workplace.controller.command(command)

    def settle(self) -> None:
        """Everything that waits to be painted is painted, and what stands there is held against rule and ledger."""
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        for box in self.console.findChildren(QMessageBox):
            box.close()
        self.oracle.look(self.screen)
        self.oracle.hold_against_ledger(self.screen)
        slide = self.windows.workplace.projector.slide
        if slide is None or isinstance(slide, IdleCard):
            self.oracle.nothing_is_told()

    def wait_until(self, done: Callable[[], bool]) -> None:
        """Lets the windows work until something is so; what never comes ends with the test's own time."""
        while not done():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def pauses_pass(self) -> None:
        self.wait_until(lambda: not self.windows.workplace.driver.pausing)

    def undone_by(self, back: Callable[[], None]) -> None:
        """Says what undoing this event does to who is there."""
        self._back = back

    def on_undo(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        step = self.live.undo.last
        if step is not None and id(step) in self._backs:
            self._backs.pop(id(step))[1]()
            self.oracle.happened()
        self.command(Command.UNDO)

    # Users, locking, and the power

    def on_hand_over(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        other = SCRIBES if self.passphrase == PASSPHRASE else PASSPHRASE
        before = self.windows
        self.command(Command.HAND_OVER)
        prompt = before.handing_over.prompt
        assert prompt is not None
        assert self.shows_nothing
        prompt.passphrase_given.emit(other)
        self.wait_until(lambda: self.windows is not before)
        self.passphrase = other
        self._begin()

    def on_lock(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self._watch(self.windows, yes=False)
        self.windows.close()
        assert self.windows.desk.locked
        self._start_again()

    def on_kill(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        """The power goes: another computer's program goes on with the files as they lie there at this moment."""
        self._killed += 1
        survived = self.folder.with_name(f"desk-{self._killed}")
        shutil.copytree(self.folder, survived)
        self._watch(self.windows, yes=False)
        self.windows.close()
        self.folder = survived
        self._start_again()

    @property
    def shows_nothing(self) -> bool:
        return isinstance(self.windows.workplace.projector.slide, IdleCard)

    def end(self) -> None:
        """Takes down what is shown, and holds the whole ledger to account.

        Raises:
            AssertionError: something has no end, or the desk is not sound.
        """
        try:
            self.live.show_idle()
            self.oracle.every_entry_has_its_end()
            assert self.windows.desk.verify().sound
            assert self.frames
        finally:
            self.close()

    def close(self) -> None:
        self._watch(self.windows, yes=False)
        self.windows.close()
        QApplication.processEvents()

    # Inside

    def _person(self, what: str, who: int) -> str:
        here = list(self.oracle.guests)
        coming = what in ("arrive", "identify")
        whom = [one for one in self.people if one not in here] if coming else here
        # Of those who are there, half the time it is the last who came: mostly they narrow, and their going widens.
        return (whom or self.people)[-1 if who % 2 and not coming else who % len(whom or self.people)]

    def _sign_in(self) -> Desk:
        return sign_in(self.folder, self.passphrase, clock=self.clock)

    def _open(self, desk: Desk) -> DeskWindows:
        meeting = desk.do(meetings.latest)
        assert meeting is not None
        windows = DeskWindows(desk, meeting, (_light(), _light()), self.clock, self.screens)
        self._watch(windows, yes=True)
        return windows

    def _watch(self, windows: DeskWindows, *, yes: bool) -> None:
        signals = (
            (windows.workplace.projector.painted, self._on_paint),
            (windows.told, self.told.append),
            (windows.handed_over, self._on_handed_over),
        )
        for signal, slot in signals:
            (signal.connect if yes else signal.disconnect)(slot)

    def _start_again(self) -> None:
        desk = self._sign_in()
        self.windows = self._open(desk)
        self._begin()

    def _begin(self) -> None:
        """A room begins as the public, on the public card, whatever was there before."""
        self.oracle.at(self.windows.desk)
        self._backs.clear()
        self.windows.workplace.driver._pause.setInterval(1)
        self.windows.open()
        self.windows.workplace.cover.restored.emit()
        self.windows.finish_signing()
        assert self.shows_nothing
        self.settle()

    def _on_handed_over(self, desk: Desk) -> None:
        self._watch(self.windows, yes=False)
        self.windows = self.windows.with_user(desk)
        self._watch(self.windows, yes=True)

    def _on_paint(self, page: Page) -> None:
        self.frames += 1
        words = " ".join(page.texts())
        self.oracle.look(words)
        self.oracle.look_for_codes(words)
        # Whatever is painted has been written down before: to show more, the ledger comes first.
        self.oracle.hold_against_ledger(words)
