"""Random meetings: whatever happens, no frame shows what somebody there may not have, and the ledger agrees."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from leaddesk.models import Release
from leaddesk.policy.desk_views import Screen
from leaddesk.policy.views import IdleCard
from leaddesk.policy.vocabulary import Role
from leaddesk.services import agreements, meetings, participants, ties
from leaddesk.services.demo import PASSPHRASE, demo_desk
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import ExclusionForm, RevocationForm
from leaddesk.services.live import LiveMeeting
from leaddesk.services.opening import sign_in
from leaddesk.ui.projector.canvas import Page
from leaddesk.ui.projector.driver import ProjectorDriver
from leaddesk.ui.projector.window import ProjectorWindow
from leaddesk.ui.theme import Theme, ThemeName, load_fonts
from tests.journeys.oracle import Guest, Oracle, open_entry
from tests.journeys.stage import Clock
from tests.vault.making import FLOOR

#: Nine in the evening in Harbor County: three hours before a day's releases and agreements end.
START = datetime(2026, 5, 7, 4, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 5, 7, 7, 0, tzinfo=UTC)

#: What can happen, and how often beside the rest; what makes no sense at the time is left out. ``look`` is the chair
#: who looks who is there, lets the room have what it may, and shows an item: without it little is ever seen.
_OFTEN = {
    "look": 10, "show": 4, "next": 2, "back": 1, "page": 1, "pause": 3, "confirm": 1, "idle": 1, "blank": 1,
    "freeze": 1, "arrive": 4, "leave": 5, "apart": 2, "step_out": 4, "step_in": 2, "walk_in": 1, "gone": 2,
    "identify": 1, "sign": 3, "decline": 1, "revoke": 1, "exclude": 1, "wait": 1, "midnight": 2,
}  # fmt: skip
_EVENTS = [what for what, often in _OFTEN.items() for _ in range(often)]

#: What happens to those who are not there yet; everything else mostly to those who are.
_COMING = frozenset({"arrive", "identify"})

#: One event: what, to whom and about what by number, and in which role or for how many minutes.
EVENTS = st.tuples(st.sampled_from(_EVENTS), st.integers(0, 59), st.integers(0, 59), st.integers(0, 59))


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo desk in mid-meeting, locked, to be copied."""
    folder = tmp_path_factory.mktemp("rooms") / "desk"
    desk = demo_desk(folder, clock=lambda: START, kdf=FLOOR)
    desk.do(_much_ends_today)
    desk.lock()
    load_fonts()
    return folder


def _much_ends_today(unit: Unit) -> None:
    """Half of the releases that are in force end at midnight."""
    for release in unit.rows.scalars(sa.select(Release).where(Release.ends_on > unit.today, Release.id % 2 == 0)):
        release.ends_on = unit.today


@dataclass
class Meeting:
    """A running meeting with its projector, and the eye that looks at every frame."""

    live: LiveMeeting
    driver: ProjectorDriver
    oracle: Oracle
    clock: Clock
    frames: int = 0

    def __post_init__(self) -> None:
        self.people = sorted(self.live.watch.facts.people)
        self.cases = sorted(self.live.watch.facts.participants)

    def on_paint(self, page: Page) -> None:
        self.frames += 1
        self.oracle.look(" ".join(page.texts()))
        # Whatever is painted has been written down before: to show more, the ledger comes first.
        self.oracle.hold_against_ledger(" ".join(page.texts()))

    @property
    def screen(self) -> str:
        return " ".join(self.driver.window.page.texts())

    def settle(self) -> None:
        """Everything that waits to be painted is painted, and what stands there is held against rule and ledger."""
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self.oracle.look(self.screen)
        self.oracle.hold_against_ledger(self.screen)

    def play(self, what: str, who: int = 0, which: int = 0, how: int = 0) -> None:
        """One thing happens: to the model first, so that a frame painted meanwhile is held against what is true."""
        here = list(self.oracle.guests)
        whom = [one for one in self.people if one not in here] if what in _COMING else here
        # Of those who are there, half the time it is the last who came: mostly they narrow, and their going widens.
        person = (whom or self.people)[-1 if who % 2 and what not in _COMING else who % len(whom or self.people)]
        getattr(self, f"on_{what}")(person, which, how)
        self.settle()

    # The people

    def on_arrive(self, person: str, _which: int = 0, how: int = 0) -> None:
        # Two in three come in the role that they always have.
        roles = list(Role)
        role = roles[how].value if how < len(roles) else self.live.watch.facts.people[person].role or ""
        self.oracle.guests[person] = Guest(role)
        self.oracle.happened()
        self.live.arrive(person, role or None)

    def on_leave(self, person: str, _which: int = 0, _how: int = 0) -> None:
        if person in self.oracle.guests:
            del self.oracle.guests[person]
            self.oracle.happened()
            self.live.leave(person)

    def on_apart(self, person: str, _which: int = 0, _how: int = 0) -> None:
        guest = self.oracle.guests.setdefault(person, Guest(self.live.watch.facts.people[person].role or ""))
        guest.in_view = False
        self.oracle.happened()
        self.live.sit_apart(person)

    def on_step_out(self, person: str, _which: int = 0, _how: int = 0) -> None:
        item = self.live.live_item or self.live.selected
        guest = self.oracle.guests.get(person)
        if guest is not None and guest.in_view and item is not None and item not in guest.out_for:
            guest.out_for.add(item)
            self.oracle.happened()
            self.live.step_out(person, item)

    def on_step_in(self, person: str, _which: int = 0, _how: int = 0) -> None:
        guest = self.oracle.guests.get(person)
        if guest is not None:
            guest.in_view, guest.out_for = True, set()
            self.oracle.happened()
            self.live.step_in(person)

    def on_walk_in(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.oracle.strangers += 1
        self.oracle.happened()
        self.live.walk_in()
        assert self.live.screen is Screen.IDLE

    def on_gone(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        if self.oracle.strangers:
            self.oracle.strangers -= 1
            self.oracle.happened()
            self.live.walked_out()

    def on_identify(self, person: str, _which: int = 0, _how: int = 0) -> None:
        if self.oracle.strangers and person not in self.oracle.guests:
            self.oracle.strangers -= 1
            self.oracle.guests[person] = Guest(self.live.watch.facts.people[person].role or "")
            self.oracle.happened()
            self.live.arrive(person, stranger=True)

    # The facts

    def on_sign(self, person: str, _which: int = 0, _how: int = 0) -> None:
        witness = self.oracle.desk.user.id
        if person != witness:
            self._fact(agreements.sign_on_paper, person, witness, self.live.number)

    def on_decline(self, person: str, _which: int = 0, _how: int = 0) -> None:
        self._fact(agreements.decline, person, self.live.number)

    def on_revoke(self, _person: str, which: int = 0, _how: int = 0) -> None:
        self._fact(participants.revoke, RevocationForm(participant=self.cases[which % len(self.cases)], how="asked"))

    def on_exclude(self, person: str, which: int = 0, _how: int = 0) -> None:
        participant = self.cases[which % len(self.cases)]
        self._fact(ties.exclude, ExclusionForm(attendee=person, participant=participant, reason="asked"))

    def _fact(self, verb: object, *args: object) -> None:
        self.live.do_narrowing(verb, *args)  # type: ignore[arg-type]
        self.oracle.read()
        self.oracle.happened()

    def on_wait(self, _person: str, _which: int = 0, how: int = 0) -> None:
        self.clock.pass_by(minutes=(1, 60, 181)[how % 3])
        self.live.tick()
        self.oracle.happened()

    def on_midnight(self, person: str, _which: int = 0, _how: int = 0) -> None:
        """The day of half of the releases is over, once a meeting."""
        if self.clock.now < MIDNIGHT:
            self.clock.now = MIDNIGHT
            self.on_wait(person)

    # The chair

    def on_confirm(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        # What the clock has ended is seen before anything is confirmed, as the console's own clock does.
        self.live.tick()
        self.oracle.happened()
        self.oracle.confirmed()
        self.live.confirm()

    def on_show(self, _person: str, which: int = 0, _how: int = 0) -> None:
        agenda = self.live.material.agenda
        # Three times in four it is somebody's item.
        people = [item for item in agenda if item.links.get("participant")] if which % 4 else []
        items = people or agenda
        self._shows(items[which % len(items)].id)

    def on_next(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self._shows(self.live.next_item)

    def on_back(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        items = [item.id for item in self.live.material.agenda]
        position = items.index(self.oracle.item) - 1 if self.oracle.item in items else -1
        self._shows(items[position] if position >= 0 else None)

    def _shows(self, item: str | None) -> None:
        if item is not None and self.live.show(item):
            self.oracle.item = item

    def on_look(self, person: str, which: int = 0, _how: int = 0) -> None:
        for _ in range(self.oracle.strangers):
            self.on_gone(person)
        self.on_pause(person)
        self.on_confirm(person)
        self.on_show(person, which)

    def on_idle(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.live.show_idle()

    def on_blank(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.live.blank()

    def on_freeze(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.live.freeze()

    def on_page(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.driver.window.next_page()

    def on_pause(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        while self.driver.pausing:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


@contextmanager
def meeting(rooms: Path) -> Iterator[Meeting]:
    """A copy of the desk with its meeting running, seen through a real window."""
    light = Theme.load(ThemeName.LIGHT)
    clock = Clock(START)
    with TemporaryDirectory() as folder:
        shutil.copytree(rooms, Path(folder) / "desk")
        desk = sign_in(Path(folder) / "desk", PASSPHRASE, clock=clock)
        id_ = desk.do(meetings.latest)
        assert id_ is not None
        window = ProjectorWindow(light, IdleCard(program="", program_word="", group="", when=None, where=""))
        driver = ProjectorDriver(window, pause=1)
        live = LiveMeeting(desk, id_, driver, clock)
        here = {one: Guest(presence.role) for one, presence in live.watch.room.present.items()}
        running = Meeting(live, driver, Oracle(desk, id_, here), clock)
        window.painted.connect(running.on_paint)
        window.show()
        try:
            running.settle()
            yield running
            live.show_idle()
            assert desk.do(open_entry) is None, "what was taken down has its end in the ledger"
            assert running.frames
        finally:
            window.painted.disconnect(running.on_paint)
            window.close()
            window.deleteLater()
            desk.lock()
            QApplication.processEvents()


@settings(
    max_examples=10,
    deadline=None,
    # A shorter meeting that fails too would take minutes to find; the seed and the frame say enough.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(st.lists(EVENTS, min_size=30, max_size=40))
def test_whatever_happens_no_frame_shows_what_somebody_there_may_not_have(
    rooms: Path, qapp: QApplication, events: list[tuple[str, int, int, int]]
) -> None:
    del qapp
    with meeting(rooms) as on:
        on.play("confirm")
        for event in events:
            on.play(*event)
