"""What the room is shown: what is live, what comes next, and what the projector does when the room changes.

To show less, the frame comes first and the disk after it; to show more, the ledger entry is on disk before the frame.
A desk that can't be written shows the idle card, and so does whatever goes wrong between what happened and its frame.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import ParamSpec, TypeVar

from leaddesk.errors import KnownError
from leaddesk.models.ids import row_id
from leaddesk.policy.console import room_reads_as
from leaddesk.policy.course import FINAL
from leaddesk.policy.desk_views import Screen, Stage, Upcoming
from leaddesk.policy.disclosure import Appearance
from leaddesk.policy.facts import Facts
from leaddesk.policy.material import Material, raw
from leaddesk.policy.records import Kind
from leaddesk.policy.room import Room, Watch
from leaddesk.policy.views import IdleCard
from leaddesk.services import (
    agreements,
    attendance,
    entries,
    meetings,
    minutes,
    series,
    ties,
)
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.disclosures import note_ended, note_taken, note_told, rests_on
from leaddesk.services.material import Loaded, load
from leaddesk.services.memory import values_of
from leaddesk.services.on_screen import OnScreen
from leaddesk.services.shown import Projector, Shown

P = ParamSpec("P")
T = TypeVar("T")

#: What the console shows beside the meeting's material.
_BESIDE = (attendance.STATE, entries.DRAFT, entries.NOTES, ties.UNDECIDED, minutes.UNFINISHED, *series.EXPECTED)


class Showing(OnScreen):
    """What one open meeting shows its room, and the ledger entries of it.

    Args:
        desk: the open desk.
        meeting: the meeting's id.
        projector: the audience's screen.
        clock: what the time is, aware.

    Attributes:
        user_signed: whether the signed-in user had signed when it began.
    """

    def __init__(self, desk: Desk, meeting: str, projector: Projector, clock: Callable[[], datetime]) -> None:
        self.meeting = meeting
        self.number = row_id(Kind.MEETING, meeting)
        loaded, room, self.user_signed = desk.do(self._open)
        # It begins as the public: whatever those checked in may have waits until the chair has looked and confirmed.
        watch = Watch(Room(signed_in=desk.user.id), loaded.facts, desk.everyday, loaded.at)
        super().__init__(desk, projector, clock, loaded.material, watch)
        watch.move(at=loaded.at, room=room)
        self.selected: str | None = self.material.agenda[0].id if self.material.agenda else None
        self.shown_items: list[str] = []
        self.on_change: Callable[[], None] = _nothing
        self.show_idle()

    # What is there

    @property
    def next_item(self) -> str | None:
        """The item that *next* would show: the one behind the live or last shown one, else the selected one."""
        items = [item.id for item in self.material.agenda]
        if self._shown is None or self._shown.item not in items:
            return self.selected
        position = items.index(self._shown.item) + 1
        return items[position] if position < len(items) else None

    def stage(self, page: int) -> Stage:
        """The middle of the console: what is live."""
        there = self._shown if self._at_hand or self.screen is Screen.BLANK else None
        return Stage(screen=self.screen, live=self.idle() if there is None else there.slide, live_page=page)

    def upcoming(self) -> Upcoming:
        """What comes next, as the room would see it now."""
        item = self.next_item
        slide = None if item is None else self._preview(item)
        return Upcoming(slide=slide, appears=room_reads_as(self.material, self.watch.disclosure(item), item, slide))

    def waiting_steps(self) -> Iterator[bool | None]:
        """Whether the room could have more of what is live, next or at a glance as soon as the chair confirms.

        Worked out step by step; the last answers, those before are ``None``.
        """
        waits, items = False, dict.fromkeys([self.live_item, self.next_item, self.selected, None])
        for item in items if self.watch.waits else ():
            now = self._preview(item)
            yield None
            waits = waits or now != self._once_confirmed(item)
            yield None
        yield waits

    # The projector

    def select(self, item: str) -> None:
        """Selects an item for the private side; what is live does not move."""
        if item in self.material.items:
            self.selected = item

    def show(self, item: str | None) -> bool:
        """Shows an item, as the room may have it now; ``False`` while the projector is frozen."""
        if self._frozen:
            return False
        before, left = self._shown.item if self._shown is not None else None, None
        final = raw(self.material.meeting, "state") in FINAL
        if before is not None and before != item and not final:
            # What was shown and left behind was discussed; the chair can take the mark back.
            left = before
        self.refresh()
        self._show(item, self.material, left=left)
        if item is not None:
            self.selected = item
        return True

    def show_next(self) -> bool:
        """Shows the next item; ``False`` at the end of the agenda or while frozen."""
        upcoming = self.next_item
        return upcoming is not None and self.show(upcoming)

    def show_previous(self) -> bool:
        """Shows the item before the one shown last; ``False`` at the beginning or while frozen."""
        items = [item.id for item in self.material.agenda]
        if self._shown is None or self._shown.item not in items:
            return False
        position = items.index(self._shown.item) - 1
        return position >= 0 and self.show(items[position])

    def show_public_next(self) -> bool:
        """Shows the next item of which anybody may have something, as anybody may; ``False`` and the public card
        after the last. What is selected does not move, and nothing counts as discussed.
        """
        self.tick()
        items = [item.id for item in self.material.agenda]
        before = self._shown.item if self._shown is not None and self._shown.public else None
        for item in items[items.index(before) + 1 if before in items else 0 :]:
            if not isinstance(self._compose(self.material, item, public=True).slide, IdleCard):
                self._show(item, self.material, public=True)
                return True
        self.show_idle()
        return False

    def stop_public(self) -> None:
        """The public card in the place of what was shown as anybody may have it; what is black stays black."""
        if self._screen is Screen.BLANK:
            self._take_down("idle card")
            self._write_end()
        else:
            self.show_idle()

    def blank(self) -> None:
        """Black, or back from black to what was shown before, as the room may have it now."""
        if not self._has_screen:
            return
        if self._screen is Screen.BLANK:
            self._screen = Screen.LIVE
            if self._shown is None:
                self.show_idle()
            else:
                self._resume()
            return
        self._projector.show_black()
        self._screen = Screen.BLANK
        self._end_entry("blank")
        self._write_end()

    def freeze(self) -> None:
        """Keeps what is live while the chair goes on, or lets go; a narrowing overrules it."""
        self._frozen = not self._frozen and self._screen is Screen.LIVE and self._has_screen

    @contextmanager
    def taking_off(self, gone: frozenset[str]) -> Iterator[None]:
        """Takes what was filed out of what is live, by way of the public card, before it is changed on the desk.

        Where that is refused, the room goes on with it.
        """
        before = self._shown
        self._take_off(gone)
        try:
            yield
        except KnownError:
            if before is not None and self._shown is not None and self._shown.item == before.item:
                self._shown = replace(self._shown, material=before.material)
            raise

    def _take_off(self, gone: frozenset[str]) -> None:
        shown = self._shown
        if shown is None:
            return
        material = shown.material.without(gone)
        with self._failing_closed():
            left = self._compose(material, shown.item, public=shown.public)
        self._shown = replace(shown, material=material)
        if left.slide != shown.slide and self._screen is Screen.LIVE:
            self._frozen = False
            self._pass_by_card("taken back", self._resume)
            self._write_end()

    def refresh(self) -> None:
        """Reads the desk anew; what the facts narrow, narrows at once."""
        self._take(self._do(load, self.meeting))

    def tick(self) -> bool:
        """Looks at the clock: whatever ended by itself narrows now; returns whether anything began or ended."""
        now = self._clock()
        change = self.watch.next_change()
        if change is None or change > now:
            return False
        self._moves(at=now)
        self._note_passed(change)
        self._write_end()
        return True

    # Inside

    def _take(self, loaded: Loaded) -> None:
        """Goes on with the desk as it was just read."""
        self.material = loaded.material
        if self.selected not in self.material.items:
            self.selected = self.material.agenda[0].id if self.material.agenda else None
        change = self.watch.next_change()
        self._moves(at=max(self._clock(), loaded.at), facts=loaded.facts)
        self._note_passed(change)
        self._write_end()

    def _note_passed(self, change: datetime | None) -> None:
        """Writes that a moment has passed at which something ended: a clock set back later can't bring it back."""
        if change is not None and change <= self.watch.at:
            self._do(lambda unit: unit.note("time_passed"))

    def _open(self, unit: Unit) -> tuple[Loaded, Room, bool]:
        """What a meeting begins with, and whether the user has signed; what is shown beside it is read with it."""
        loaded = load(unit, self.meeting)
        values_of(unit.rows, _BESIDE, {"meeting": self.number, "user": unit.user.user, "author": unit.user.attendee})
        return loaded, attendance.room_of(unit, self.number), agreements.has_signed(unit, unit.user.id)

    def _move(self, room: Room) -> None:
        """Who is there has changed; what that ends is written with what is written of it next."""
        self._moves(at=self._clock(), room=room)

    def _moves(self, *, at: datetime, room: Room | None = None, facts: Facts | None = None) -> None:
        """The room, the facts or the time moved on; what the room may no longer have is taken down."""
        with self._failing_closed():
            self.watch.move(at=at, room=room, facts=facts)
            self._settle()

    def _settle(self) -> None:
        """Takes down what the room may no longer have, by way of the public card."""
        if self._shown is None or self._screen is not Screen.LIVE:
            return
        shown = self._shown
        if shown.moments is self.watch.moments and not self._pausing:
            return
        allowed = self._compose(shown.material, shown.item, public=shown.public).slide
        if allowed != shown.slide and shown.recoded(self.watch.facts.names):
            # The same row with another code would tell everybody whose the new one is.
            self.show_idle()
        elif allowed != shown.slide:
            self._frozen = False
            self._pass_by_card("narrowed", self._resume)
        elif not self._pausing:
            # The same slide before other eyes, or on another release: the ledger says from when on.
            members = self.watch.room.audience(shown.item).members
            rests = rests_on(self.watch.room.audience(shown.item), shown.composed.told, self.watch.standing)
            if (members, rests) != (shown.members, shown.rests_on):
                why = "the basis changed" if members == shown.members else "the room changed"
                entry = self._note(shown, why)
                self._shown = replace(shown, members=members, rests_on=rests, entry=entry)

    def _resume(self) -> None:
        """After the public card: what is left of what was live."""
        self._pausing = False
        try:
            if self._shown is not None and self._screen is Screen.LIVE:
                with self._failing_closed():
                    # What ends within the pause has ended before anything is compared with what was there before it.
                    change = self.watch.next_change()
                    self.watch.move(at=self._clock())
                    self._note_passed(change)
                    self._go_on_with(self._shown)
        finally:
            self.on_change()

    def _go_on_with(self, shown: Shown) -> None:
        """Shows what is left of it, unless a name would turn into a code, or a code into another.

        A wording that was taken away or corrected meanwhile does not come back.
        """
        now = self.watch.public_disclosure() if shown.public else self.watch.disclosure(shown.item)
        material = shown.material.renewed(self.material)
        changed = self._compose(material, shown.item, public=shown.public).slide != shown.slide
        recoded = changed and shown.recoded(self.watch.facts.names)
        if recoded or any(now.appearance(one) is not Appearance.NAME for one in shown.composed.named):
            self.show_idle()
        else:
            self._show(shown.item, material, public=shown.public, again=True)

    def _show(
        self,
        item: str | None,
        material: Material,
        *,
        public: bool = False,
        left: str | None = None,
        again: bool = False,
    ) -> None:
        """Composes for the moment that was last looked at, writes the ledger, and only then shows.

        Args:
            item: the agenda item.
            material: what it is composed from.
            public: whether it is shown as anybody may have it.
            left: the item that was discussed before.
            again: whether it goes on being shown, at its page if it still is what it was.
        """
        with self._failing_closed():
            composed = self._compose(material, item, public=public)
            shown = Shown(
                item=item,
                material=material,
                composed=composed,
                names=self.watch.facts.names,
                members=self.watch.room.audience(item).members,
                rests_on=rests_on(self.watch.room.audience(item), composed.told, self.watch.standing),
                moments=self.watch.moments,
                public=public,
                projected=self._has_screen,
            )
            entry = self._note(shown, "next", left)
            # The mark on what was left is in it from the beginning, and so changes nothing later.
            self._shown = replace(shown, entry=entry, material=material.renewed(self.material))
            self._screen = Screen.LIVE
            self._pausing = False
            if item is not None:
                self.shown_items.append(item)
            if self._has_screen:
                self._projector.show_slide(composed.slide, again=again)
            else:
                self._projector.show_idle(self.idle())

    def _note(self, shown: Shown, why: str, left: str | None = None) -> int:
        """Writes who sees what from now on, and until when what is live was seen and why; both or neither.

        Where that can't be written, nobody sees it.
        """
        standing = self.watch.standing
        audience = self.watch.room.audience(shown.item)
        ended = self._end_of(self._shown, why)

        def turn(unit: Unit) -> tuple[int, Material]:
            if left is not None:
                meetings.discussed(unit, left, yes=True)
            if ended is not None:
                note_ended(unit, ended)
            objects = {"meeting": self.meeting, "item": shown.item}
            told = shown.composed.told
            if shown.projected:
                entry = note_told(unit, "projected", audience, told, standing, purpose="meeting", **objects)
            else:
                entry = note_taken(unit, self.meeting, shown.item)
            return entry, self.material if left is None else load(unit, self.meeting).material

        entry, self.material = self._do(turn)
        return entry


def _nothing() -> None:
    """Nobody is to be told of a change."""
