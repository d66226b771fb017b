"""A demo desk with its real windows on two screens, a clock that is driven, and an eye on every painted frame."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from leaddesk.errors import KnownError
from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import meetings
from leaddesk.services.demo import PASSPHRASE, demo_desk
from leaddesk.services.desk import Desk
from leaddesk.services.live import LiveMeeting
from leaddesk.services.opening import sign_in
from leaddesk.ui.console.keys import Command
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.projector.canvas import Page
from leaddesk.ui.screens import Screens
from leaddesk.ui.theme import Theme, ThemeName, apply, load_fonts
from tests.vault.making import FLOOR

C = InformationClass

#: Half past eleven at night in Harbor County: half an hour before a day's agreements and releases end.
START = datetime(2026, 5, 7, 6, 30, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Stage:
    """The windows, and every frame that the room has seen."""

    desk: Desk
    windows: DeskWindows
    clock: Clock
    frames: list[str] = field(default_factory=list)
    told: list[KnownError] = field(default_factory=list)

    @property
    def live(self) -> LiveMeeting:
        return self.windows.workplace.controller.live

    def command(self, *commands: Command) -> None:
        for command in commands:
            self.windows.workplace.controller.command(command)
        self.settle()

    def settle(self) -> None:
        """Lets the windows show everything as it is."""
        QApplication.processEvents()
        while self.windows.workplace.controller.is_behind:
            QApplication.processEvents()

    def attendee(self, family: str) -> str:
        return next(p.id for p in self.live.watch.facts.people.values() if p.name.endswith(family))

    def participant(self, family: str) -> str:
        return next(p.id for p in self.live.watch.facts.participants.values() if p.family_name == family)

    def show(self, family: str) -> None:
        """Selects the item of a participant and shows it."""
        one = self.participant(family)
        item = next(item.id for item in self.live.material.agenda if item.links.get("participant") == one)
        self.live.select(item)
        self.command(Command.SHOW_SELECTED)

    @property
    def screen(self) -> str:
        """What the room reads now."""
        QApplication.processEvents()
        return " ".join(self.windows.workplace.projector.page.texts())

    def on_paint(self, page: Page) -> None:
        """Holds a painted frame against the bare decision for everybody who is in the room at that moment."""
        words = " ".join(page.texts())
        self.frames.append(words)
        room, facts = self.live.watch.room, self.live.watch.facts
        standing = Standing(room.facts(facts), self.live.watch.at)
        members = room.audience(self.live.live_item).members
        for one in facts.participants.values():
            named = all(decide(standing, member, Asked(C.IDENTITY, one.id)).allowed for member in members)
            coded = all(decide(standing, member, Asked(C.OPERATIONS)).allowed for member in members)
            assert named or one.family_name not in words, (one.id, sorted(members))
            assert coded or one.code not in words, (one.id, sorted(members))


@cache
def _demo(now: datetime) -> TemporaryDirectory[str]:
    """The demo desk of a moment, locked, to be copied: making it takes longer than most of what is played on it."""
    folder = TemporaryDirectory(prefix="leaddesk-stage-")
    demo_desk(Path(folder.name) / "desk", clock=lambda: now, kdf=FLOOR).lock()
    return folder


@contextmanager
def stage(
    folder: Path, clock: Clock, *, fresh: bool = True, passphrase: str = "", screens: Screens | None = None
) -> Iterator[Stage]:
    """The demo desk in a folder, new there or opened again, with its windows open."""
    load_fonts()
    light = Theme.load(ThemeName.LIGHT)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply(application, light)
    if fresh:
        shutil.copytree(Path(_demo(clock.now).name) / "desk", folder)
    desk = sign_in(folder, PASSPHRASE if fresh else passphrase, clock=clock)
    meeting = desk.do(meetings.latest)
    assert meeting is not None
    windows = DeskWindows(desk, meeting, (light, light), clock, screens or Screens())
    on_stage = Stage(desk, windows, clock)
    windows.workplace.projector.painted.connect(on_stage.on_paint)
    windows.told.connect(on_stage.told.append)
    windows.open()
    assert not windows.workplace.console.isVisible(), "the chair looks at the screens first"
    windows.workplace.cover.restored.emit()
    QApplication.processEvents()
    try:
        yield on_stage
    finally:
        # They may have been made anew meanwhile.
        on_stage.windows.close()
        QApplication.processEvents()
