"""Ninety minutes of a meeting, by keyboard: twenty people, comings and goings, and whatever else a room does.

The first half ends where the power does; whoever plays the second half opens what is left on the disk. Every frame
that the room sees is held against the rule by `Oracle`, which is told what happens before the program is.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from leaddesk.models import Agency, Agreement, Attendance, MeetingRegular, MeetingSeries
from leaddesk.models.ids import row_id
from leaddesk.models.words import SigningMethod
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import Role
from leaddesk.services import agreements, meetings, minutes, people
from leaddesk.services.demo import PASSPHRASE, demo_desk
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import AttendeeForm
from leaddesk.ui.background import settle
from leaddesk.ui.console.keys import KEYS, Command
from leaddesk.ui.projector.canvas import Page
from leaddesk.ui.screens import Screens
from tests.journeys.hand import press, type_words
from tests.journeys.oracle import Guest, Oracle
from tests.journeys.stage import Clock, Stage, stage
from tests.ui.test_screens import LAPTOP, ROOM, DrivenScreens
from tests.vault.making import FLOOR

#: Half past ten at night in Harbor County: the meeting goes on over midnight, when an agreement ends.
START = datetime(2026, 5, 7, 5, 30, tzinfo=UTC)

MIDNIGHT = datetime(2026, 5, 7, 7, 0, tzinfo=UTC)

#: Who comes besides those of the demo desk, all of them signed; the agreement of the first ends with the day.
MORE = (
    ("Nora", "Haines", Role.OFFICER, "City PD"),
    ("Peter", "Quist", Role.OFFICER, "City PD"),
    ("Amal", "Jaber", Role.SERGEANT, "County Sheriff"),
    ("Carla", "Dietz", Role.PROSECUTOR, "County Prosecutor"),
    ("Hugo", "Brandt", Role.PROSECUTOR, "County Prosecutor"),
    ("Selma", "Yilmaz", Role.DEFENDER, "Public Defense"),
    ("Otis", "Greer", Role.DEFENDER, "Public Defense"),
    ("Faith", "Mbeki", Role.CASE_MANAGER, "Harbor House"),
    ("Ines", "Cardoso", Role.CASE_MANAGER, "Harbor House"),
    ("Rolf", "Steiner", Role.CASE_SUPERVISOR, "Evergreen Outreach"),
    ("Uma", "Pillai", Role.CASE_MANAGER, "Evergreen Outreach"),
)
AT_THE_START = (
    *("Whitfield", "Bell", "Alvarez", "Ellis", "Kim", "Okafor", "Cole", "Moreno", "Lund"),
    *(family for _, family, _, _ in MORE),
)


def make_desk(folder: Path, clock: Clock) -> None:
    """The demo desk with its meeting of that day over, the next one planned for now, and eleven more people."""
    desk = demo_desk(folder, clock=clock, kdf=FLOOR)
    try:
        desk.do(_next_meeting)
    finally:
        desk.lock()


def _next_meeting(unit: Unit) -> None:
    held = meetings.latest(unit)
    assert held is not None
    series = unit.rows.get_one(MeetingSeries, 1)
    agencies = {agency.name: agency.id for agency in unit.rows.query(Agency)}
    for position, (given, family, role, agency) in enumerate(MORE):
        id_ = people.save_attendee(
            unit, AttendeeForm(given_name=given, family_name=family, roles=(role,), agency=f"g{agencies[agency]}")
        )
        unit.rows.add(MeetingRegular(series_id=series.id, attendee_id=row_id(Kind.ATTENDEE, id_)))
        _signed(unit, row_id(Kind.ATTENDEE, id_), f"{given} {family}", ends_today=position == 0)
    meetings.set_next_meeting(unit, held, unit.today)
    meetings.close_meeting(unit, held)
    minutes.finalize(unit, held)
    meetings.plan_next(unit, held)


def _signed(unit: Unit, attendee: int, name: str, *, ends_today: bool) -> None:
    template = agreements.accepted_template(unit, "en")
    unit.rows.add(
        Agreement(
            attendee_id=attendee,
            template_id=template.id,
            signed_at=unit.at,
            method=SigningMethod.TYPED,
            typed_name=name,
            printed_name=name,
            ends_on=unit.today if ends_today else unit.today.replace(year=unit.today.year + 1),
        )
    )


@dataclass
class Play:
    """The meeting as it is played: the windows, the hand on the keys, and the eye on the projector."""

    on: Stage
    oracle: Oracle
    clock: Clock
    seen: list[str] = field(default_factory=list)

    # The room

    def check_in(self, family: str, typed: str = "") -> None:
        """Some letters of a name and Enter in the drawer; the drawer is open."""
        person = self.on.attendee(family)
        self.happens(lambda: self.oracle.guests.__setitem__(person, self._guest(person)))
        type_words(typed or family)
        press("Return")
        self.settle()
        assert person in self.on.live.watch.room.present, family

    def _guest(self, person: str) -> Guest:
        return Guest(self.on.live.watch.facts.people[person].role or "")

    def happens(self, change: Callable[[], object]) -> None:
        """Tells the eye first, so that a frame painted while the key is handled is held against what is true."""
        change()
        self.oracle.happened()

    def strangers(self, number: int) -> None:
        """So many more people are there whom nobody knows."""
        self.oracle.strangers += number

    def identified(self, person: str) -> None:
        """Somebody unknown is somebody after all."""
        self.oracle.strangers -= 1
        self.oracle.guests[person] = self._guest(person)

    def apart(self, person: str) -> None:
        """Somebody sits where they don't see the screen."""
        self.oracle.guests[person].in_view = False

    def in_the_drawer(self, family: str, key: str, change: Callable[[str], object]) -> None:
        """Finds somebody who is there in the drawer and presses the key of what happens to them."""
        person = self.on.attendee(family)
        press("Ctrl+I")
        type_words(self.on.live.watch.facts.people[person].name.split()[0])
        self.happens(lambda: change(person))
        press(key, "Esc")
        self.settle()

    def steps_out(self, family: str) -> None:
        """Somebody leaves the room for the item at hand."""
        item = self.on.live.live_item or self.on.live.selected
        assert item is not None
        self.in_the_drawer(family, "Alt+S", lambda person: self.oracle.guests[person].out_for.add(item))

    def leaves(self, family: str) -> None:
        """Somebody goes home."""
        self.in_the_drawer(family, "Alt+L", self.oracle.guests.pop)

    def code(self, family: str) -> str:
        """The case code of a participant."""
        return self.on.live.watch.facts.participants[self.on.participant(family)].code

    # The chair

    def do_anything(self, words: str) -> None:
        """Finds a command by its words and does it."""
        press("Ctrl+K")
        type_words(words)
        press("Return")
        self.settle()

    def select(self, family: str) -> str:
        """Walks the agenda to somebody's item."""
        wanted = self.on.participant(family)
        agenda = self.on.live.material.agenda
        target = next(item.id for item in agenda if item.links.get("participant") == wanted)
        rows = [item.id for item in agenda]
        away = rows.index(target) - rows.index(self.on.live.selected or rows[0])
        for _ in range(abs(away)):
            self.command(Command.ITEM_DOWN if away > 0 else Command.ITEM_UP)
        assert self.on.live.selected == target
        return target

    def show(self, family: str) -> None:
        """Walks to somebody's item and shows it."""
        self.select(family)
        self.show_selected()

    def show_selected(self) -> None:
        """Shows the selected item, from its beginning."""
        self.oracle.shown(self.on.live.selected)
        press("Ctrl+Return")
        self.settle()

    def confirm(self) -> None:
        """F6: the room may have what it may have now."""
        self.oracle.confirmed()
        press("F6")
        self.settle()

    def command(self, command: Command) -> None:
        """The key of a command, wherever the focus is."""
        key = next(key for key in KEYS if key.command is command)
        press((*key.anywhere, *key.outside_text)[0])

    def revoke(self) -> None:
        """Saves the form that takes back a release: all of them."""
        press("Return")
        self.oracle.read()
        self.oracle.happened()
        self.settle()

    def tick(self) -> None:
        """The console's clock looks at the time."""
        self.oracle.happened()
        self.on.windows.workplace.controller.tick()
        self.settle()

    def type_line(self, kind: str, words: str) -> None:
        """A line at the foot of the console, filed with Enter."""
        press(kind)
        type_words(words)
        press("Return")
        self.oracle.read()
        self.settle()

    # The eye

    def on_paint(self, page: Page) -> None:
        words = " ".join(page.texts())
        self.seen.append(words)
        self.oracle.look(words)
        self.oracle.look_for_codes(words)
        self.oracle.hold_against_ledger(words)

    @property
    def screen(self) -> str:
        return self.on.screen

    def settle(self) -> None:
        """What is read is there, everything is painted, pauses pass, and what stands there is held to account."""
        settle()
        while self.on.windows.workplace.driver.pausing:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.processEvents()
        self.oracle.look(self.screen)
        self.oracle.hold_against_ledger(self.screen)


@contextmanager
def playing(folder: Path, clock: Clock, screens: Screens | None = None) -> Iterator[Play]:
    """The desk with its windows open and an eye on every frame; whoever is there by the disk is there."""
    with stage(folder, clock, fresh=False, passphrase=PASSPHRASE, screens=screens) as on:
        here = on.desk.do(_here, on.live.number)
        play = Play(on, Oracle(on.desk, on.live.meeting, here), clock)
        on.windows.workplace.projector.painted.connect(play.on_paint)
        try:
            yield play
            assert on.told == []
        finally:
            on.windows.workplace.projector.painted.disconnect(play.on_paint)


def _here(unit: Unit, meeting: int) -> dict[str, Guest]:
    """Who is there by the rows of the disk, and so after a crash too."""
    stays = unit.rows.query(Attendance).filter(Attendance.meeting_id == meeting, Attendance.left_at.is_(None))
    return {
        f"a{stay.attendee_id}": Guest(
            "" if stay.role is None else stay.role.value, in_view=stay.out_of_view_from is None
        )
        for stay in stays
    }


def until_the_power_goes(play: Play) -> None:
    """From the planned meeting to the middle of it."""
    play.do_anything("open the meeting")
    press("Ctrl+I")
    for family in AT_THE_START:
        play.check_in(family)
    press("Esc")
    assert len(play.on.live.watch.room.present) == 20

    # Nothing about anybody before the chair has looked who is there.
    play.show("Brooks")
    assert "Brooks" not in play.screen
    play.confirm()
    play.show("Brooks")
    assert "Angela Brooks" in play.screen

    # Somebody walks in: the card at once. She is known, has not signed, and sits apart.
    play.happens(lambda: play.strangers(1))
    press("F8")
    play.settle()
    assert "Brooks" not in play.screen
    type_words("Ruiz")
    ruiz = play.on.attendee("Ruiz")
    play.happens(lambda: play.identified(ruiz))
    press("Alt+W")
    play.settle()
    play.happens(lambda: play.apart(ruiz))
    press("Alt+O", "Esc")
    play.settle()
    play.show("Brooks")
    assert "Brooks" not in play.screen, "leaving the view widens, which waits"
    play.confirm()
    play.show("Brooks")
    assert "Angela Brooks" in play.screen

    # A provider who is not involved comes: by code, and only when the chair shows it anew.
    press("Ctrl+I")
    play.check_in("Hart")
    press("Esc")
    assert "Brooks" not in play.screen
    play.show_selected()
    assert play.code("Brooks") in play.screen
    assert "Brooks" not in play.screen

    # She steps out for somebody else's item, and is not there for it alone.
    play.show("Kowalski")
    assert play.code("Kowalski") in play.screen
    play.steps_out("Hart")
    play.confirm()
    play.show_selected()
    assert "Danny Kowalski" in play.screen
    play.type_line("Ctrl+1", "Danny Kowalski asks for a bus pass.")
    play.show_selected()
    assert "bus pass" in play.screen
    play.show("Brooks")
    assert play.code("Brooks") in play.screen

    # She leaves, an officer too, who comes back by and by.
    for family in ("Hart", "Bell"):
        play.leaves(family)
    assert "Angela" not in play.screen
    play.confirm()
    play.show("Brooks")
    assert "Angela Brooks" in play.screen
    play.type_line("Ctrl+3", "ask the clinic for a letter okafor 20 may")
    play.type_line("Ctrl+2", "One court date for both matters.")
    press("F9")
    play.settle()
    assert play.screen == ""
    press("F9")
    play.settle()
    press("F7")
    press("Ctrl+I")
    play.check_in("Pak")
    press("Esc")
    assert "Angela" not in play.screen, "a narrowing overrules freeze"
    press("Ctrl+1")
    type_words("not finished ye")


def after_the_power_came_back(play: Play, screens: DrivenScreens) -> None:
    """From what is left on the disk to the finalized minutes."""
    line = play.on.windows.workplace.console.meeting.entry
    assert line.text == "not finished ye"
    texts = [str(entry.fields["text"]) for entry in play.on.live.material.entries]
    assert any("bus pass" in words for words in texts)
    assert any("letter" in str(action.fields["text"]) for action in play.on.live.material.actions)
    assert play.on.attendee("Bell") not in play.on.live.watch.room.present
    assert play.on.attendee("Ruiz") in play.on.live.watch.room.present
    press("Ctrl+A", "Del")

    # The room begins again as the public.
    play.show("Brooks")
    assert "Brooks" not in play.screen
    play.leaves("Pak")
    press("Ctrl+I")
    play.check_in("Bell")
    press("Esc")
    play.confirm()
    play.show("Brooks")
    assert "Angela Brooks" in play.screen

    # A release is taken back while its participant is on the screen: gone with the next frame, and no code instead.
    play.show("Kowalski")
    assert "Danny Kowalski" in play.screen
    before = len(play.seen)
    press("F2", "V")
    play.revoke()
    assert not any("Kowalski" in words for words in play.seen[before + 1 :])
    assert "Kowalski" not in play.screen
    assert play.code("Kowalski") not in play.screen
    play.confirm()
    play.show("Kowalski")
    assert "Kowalski" not in play.screen, "there is no release any more"

    # The projector's cable comes loose: both windows are gone, and nothing comes back by itself.
    play.show("Brooks")
    screens.now = (LAPTOP,)
    screens.look()
    place = play.on.windows.workplace
    assert not place.console.isVisible()
    assert not place.projector.isVisible()
    screens.now = (LAPTOP, ROOM)
    screens.look()
    assert not place.projector.isVisible()
    press("Space")
    play.settle()
    assert place.console.isVisible()
    assert place.projector.isVisible()
    assert "Brooks" not in play.screen, "the room begins on the idle card"
    play.show("Brooks")
    assert "Angela Brooks" in play.screen

    # Somebody steps out for one item; the room for it is smaller, for the next one it is not.
    play.show("Santos")
    play.steps_out("Kim")
    play.confirm()
    play.show_selected()
    play.show("Brooks")

    # The community's leadership comes: they may hear of places, and of nobody.
    press("Ctrl+I")
    play.check_in("Nguyễn", "Linh")
    press("Esc")
    assert "Angela" not in play.screen
    assert play.code("Brooks") not in play.screen
    play.leaves("Nguyễn")
    play.confirm()
    play.show("Brooks")
    assert "Angela Brooks" in play.screen

    # At midnight an officer's agreement is over.
    play.clock.now = MIDNIGHT - timedelta(seconds=1)
    play.tick()
    assert "Angela Brooks" in play.screen
    play.clock.now = MIDNIGHT
    play.tick()
    assert "Angela" not in play.screen
    play.leaves("Haines")
    play.confirm()
    play.show("Brooks")
    assert "Angela Brooks" in play.screen

    # The checks are looked at, the meeting is closed, and its minutes are final.
    play.do_anything("close the meeting")
    press("Return")
    play.settle()
    play.do_anything("finalize")
    press("Return")
    play.settle()
    assert play.on.windows.workplace.controller.state == "finalized"
    assert "Operational Work Group" in play.screen
    assert play.on.desk.verify().sound


def main(folder: Path) -> None:
    """Plays the first half on a new desk, and then waits for the power to go."""
    application = QApplication.instance() or QApplication([])
    clock = Clock(START)
    make_desk(folder, clock)
    clock.pass_by(minutes=10)
    with playing(folder, clock) as play:
        until_the_power_goes(play)
        play.on.windows.workplace.controller.line.keep_draft()
        print(f"ready {len(play.seen)} {play.oracle.sensitive}", flush=True)
        application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
