"""What the chair does with the projector of a random room, and what the clock does by itself."""

from datetime import UTC, datetime

from leaddesk.services.drafts import RevocationForm
from leaddesk.ui.console.keys import Command
from tests.journeys.room import full_disk
from tests.journeys.room_work import Worked
from tests.ui.test_screens import LAPTOP, ROOM

#: The end of the day in Harbor County on which the meeting is held.
MIDNIGHT = datetime(2026, 5, 7, 7, 0, tzinfo=UTC)


class RandomRoom(Worked):
    """Everything that can happen in a meeting."""

    def _tick(self) -> None:
        """The console's own clock looks at the time: what has ended by itself is seen."""
        self.oracle.happened()
        self.windows.workplace.controller.tick()

    def on_wait(self, _person: str, _which: int = 0, how: int = 0) -> None:
        self.clock.pass_by(minutes=(1, 60, 181)[how % 3])
        self._tick()

    def on_midnight(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        """The day of half of the releases is over, once a meeting."""
        if self.clock.now < MIDNIGHT:
            self.clock.now = MIDNIGHT
            self._tick()

    def on_unseen_end(self, person: str, which: int = 0, how: int = 0) -> None:
        """The day is over between two looks at the clock, and the next key is the first to see it."""
        self.play_for("look", person, which)
        if how % 3:
            # Something waits to widen.
            self.play_for("leave", person)
        if self.clock.now < MIDNIGHT:
            self.clock.now = MIDNIGHT
            self.oracle.happened()
            match how % 4:
                case 0:
                    self.command(Command.BLANK)
                    self.command(Command.BLANK)
                case 1:
                    self.on_page(person)
                case _:
                    self.on_confirm(person)
            # Where there was no page to turn, nobody has looked yet.
            self._tick()

    def on_confirm(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.oracle.confirmed()
        self.command(Command.WIDEN)

    def on_select(self, _person: str, which: int = 0, _how: int = 0) -> None:
        items = self.live.material.agenda
        self.console.meeting.agenda.select(items[which % len(items)].id)

    def on_show(self, _person: str, which: int = 0, _how: int = 0) -> None:
        agenda = self.live.material.agenda
        # Three times in four it is somebody's item.
        people = [item for item in agenda if item.links.get("participant")] if which % 4 else []
        items = people or agenda
        self.shows(items[which % len(items)].id)

    def on_next(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.shows(self.live.next_item)

    def on_back(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        items = [item.id for item in self.live.material.agenda]
        position = items.index(self.oracle.item) - 1 if self.oracle.item in items else -1
        self.shows(items[position] if position >= 0 else None)

    def shows(self, item: str | None) -> None:
        """Shows an item as a double click on it does; a frozen screen goes on with what it shows."""
        if item is not None:
            if not self.live._frozen:
                self.oracle.shown(item)
            self.console.meeting.agenda.activated.emit(item)

    def on_look(self, person: str, which: int = 0, _how: int = 0) -> None:
        """The chair looks who is there, lets the room have what it may, and shows an item."""
        for _ in range(self.oracle.strangers):
            self.on_gone(person)
        self.pauses_pass()
        self.on_confirm(person)
        self.on_show(person, which)

    def on_full_disk(self, _person: str, which: int = 0, how: int = 0) -> None:
        """The disk refuses whatever is written for the next item, for more of it or for less: the public card."""
        told = len(self.told)
        with full_disk(self.windows.desk):
            match how % 3:
                case 0:
                    self.on_show("", which)
                case 1:
                    self.command(Command.WIDEN)
                case _:
                    self._mend(
                        "revoke", self._case(which), lambda _form: RevocationForm(participant=self._case(which))
                    )
            self.oracle.look(self.screen)
        assert self.shows_nothing or len(self.told) == told
        # What could not be ended on disk is ended with the next thing that can be written.
        self.on_confirm("")

    def on_idle(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.command(Command.IDLE)

    def on_blank(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.command(Command.BLANK)

    def on_freeze(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.command(Command.FREEZE)

    def on_page(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.console.meeting.stage.page_asked.emit(1)

    def on_pause(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.pauses_pass()

    def on_lost_screen(self, person: str, which: int = 0, _how: int = 0) -> None:
        """The projector's cable comes loose; the chair goes on without it for an item, which nobody is shown."""
        for screens in ((LAPTOP,), (LAPTOP, ROOM)):
            self.screens.now = screens
            self.screens.look()
            assert self.shows_nothing
            self.oracle.nothing_is_told()
            self.windows.workplace.cover.restored.emit()
            if len(screens) == 1:
                shown = sum(entry.action == "projected" for entry in self.oracle.entries())
                self.on_look(person, which)
                self.pauses_pass()
                assert sum(entry.action == "projected" for entry in self.oracle.entries()) == shown
            assert self.shows_nothing
            self.settle()

    # What takes several steps, and would seldom come about by chance

    def on_two_absences(self, person: str, which: int = 0, _how: int = 0) -> None:
        """Somebody steps out for two items, of which the second was a slip."""
        self.play_for("look", person, which)
        self.play_for("step_out", person)
        self.play_for("look", person, which + 1)
        self.play_for("step_out", person)
        self.play_for("undo", person)
        self.play_for("look", person, which)

    def on_taken_back(self, person: str, which: int = 0, how: int = 0) -> None:
        """A line is filed, shown, and taken back."""
        self.play_for("look", person, which)
        self.play_for("line", person, which, how)
        self.shows(self.live.live_item)
        self.settle()
        self.play_for("undo", person)

    def on_left_by_mistake(self, person: str, which: int = 0, how: int = 0) -> None:
        """Somebody's leaving was a slip, which is seen once the room has more."""
        self.play_for("leave", person)
        self.play_for("look", person, which)
        self.play_for("undo" if how % 2 else "stays", person, which)
        self.play_for("look", person, which)
