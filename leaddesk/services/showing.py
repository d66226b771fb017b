"""What the room is shown: what is live, what comes next, and what the projector does when the room changes.

To show less, the frame comes first and the disk after it; to show more, the ledger entry is on disk before the frame.
A desk that can't be written shows the idle card.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from leaddesk.errors import KnownError
from leaddesk.models.ids import row_id
from leaddesk.policy.console import room_reads_as, user_disclosure
from leaddesk.policy.course import FINAL
from leaddesk.policy.desk_views import Screen, Stage, Upcoming
from leaddesk.policy.disclosure import Appearance, Disclosure
from leaddesk.policy.material import Material, raw
from leaddesk.policy.records import Kind
from leaddesk.policy.room import Room, Watch
from leaddesk.policy.slides import idle_card, slide
from leaddesk.policy.views import IdleCard, Slide
from leaddesk.services import (
    agreements,
    attendance,
    entries,
    meetings,
    minutes,
    series,
    ties,
)
from leaddesk.services.composed import Views
from leaddesk.services.desk import Desk, Unit, is_disk_error
from leaddesk.services.disclosures import Ended, note_ended, note_told, rests_on, with_end
from leaddesk.services.material import Loaded, load
from leaddesk.services.memory import values_of
from leaddesk.services.shown import Composed, Projector, Shown

P = ParamSpec("P")
T = TypeVar("T")

#: What the console shows beside the meeting's material.
_BESIDE = (attendance.STATE, entries.DRAFT, entries.NOTES, ties.UNDECIDED, minutes.UNFINISHED, *series.EXPECTED)


class Showing:
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
        self.desk = desk
        self.meeting = meeting
        self.number = row_id(Kind.MEETING, meeting)
        self._projector = projector
        self._clock = clock
        loaded, room, self.user_signed = desk.do(self._open)
        self.material = loaded.material
        # It begins as the public: whatever those checked in may have waits until the chair has looked and confirmed.
        self.watch = Watch(Room(signed_in=desk.user.id), loaded.facts, desk.everyday, loaded.at)
        self.watch.move(at=loaded.at, room=room)
        self._views, self._live_views = Views(), Views()
        self.selected: str | None = self.material.agenda[0].id if self.material.agenda else None
        self.shown_items: list[str] = []
        self._shown: Shown | None = None
        self._ends: Ended | None = None
        self._screen = Screen.IDLE
        self._frozen = False
        self._pausing = False
        self.projected = True
        """Whether there is a screen on which anybody could see it."""
        self.on_change: Callable[[], None] = _nothing
        self.show_idle()

    # What is there

    @property
    def screen(self) -> Screen:
        """What the projector is doing: while it passes through the public card, or shows it, it is idle."""
        if self._screen is Screen.LIVE and (self._pausing or self._shown is None or self._shown.is_idle):
            return Screen.IDLE
        return Screen.FROZEN if self._frozen and self._screen is Screen.LIVE else self._screen

    @property
    def told_screen(self) -> Screen:
        """What the chair is told that the projector is doing: without a screen nobody sees it."""
        return self.screen if self.projected else Screen.NONE

    @property
    def live_item(self) -> str | None:
        """The agenda item that is live, ``None`` while none is."""
        live = self.screen in (Screen.LIVE, Screen.FROZEN)
        return self._shown.item if self._shown is not None and live else None

    @property
    def next_item(self) -> str | None:
        """The item that *next* would show: the one behind the live or last shown one, else the selected one."""
        items = [item.id for item in self.material.agenda]
        if self._shown is None or self._shown.item not in items:
            return self.selected
        position = items.index(self._shown.item) + 1
        return items[position] if position < len(items) else None

    def mine(self) -> Disclosure:
        """What the signed-in user may have."""
        return user_disclosure(self.watch)

    def idle(self) -> IdleCard:
        """The public card."""
        return idle_card(self.material, self.watch.disclosure())

    def stage(self, page: int) -> Stage:
        """The middle of the console: what is live."""
        live: Slide = self._shown.slide if self._shown is not None and self.screen is not Screen.IDLE else self.idle()
        return Stage(screen=self.told_screen, live=live, live_page=page)

    def upcoming(self) -> Upcoming:
        """What comes next, as the room would see it now."""
        item = self.next_item
        return Upcoming(
            slide=None if item is None else self._preview(item),
            appears=room_reads_as(self.material, self.watch.disclosure(item), item),
        )

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

    def composed(self, key: object, compose: Callable[[], T]) -> T:
        """A view of the material and the room: as it was composed, for as long as neither has changed since."""
        return self._views.composed((self.material, self.watch.moments), key, compose)

    def _preview(self, item: str | None) -> Slide:
        """An item as the room would see it now."""
        return self._compose(self.material, item).slide

    def _compose(self, material: Material, item: str | None, *, public: bool = False) -> Composed:
        """An item as the room may have it now; as it was composed before, for what it would be again."""
        # What is live keeps the material of when it was shown.
        views = self._views if material is self.material else self._live_views
        compose = partial(self._compose_anew, material, item, public=public)
        return views.composed((material, self.watch.moments), ("now", item, public), compose)

    def _compose_anew(self, material: Material, item: str | None, *, public: bool) -> Composed:
        disclosure = self.watch.public_disclosure() if public else self.watch.disclosure(item)
        return Composed.of(material, disclosure, item)

    def _once_confirmed(self, item: str | None) -> Slide:
        """An item as the room would see it if the chair confirmed."""
        shown = self.watch.disclosure_once_confirmed
        return self.composed(("confirmed", item), lambda: slide(self.material, shown(item), item))

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

    def show_idle(self) -> None:
        """Shows the public card."""
        self._projector.show_idle(self.idle())
        self._screen = Screen.IDLE
        self._pausing = False
        self._take_down("idle card")
        self._write_end()

    def blank(self) -> None:
        """Black, or back from black to what was shown before, as the room may have it now."""
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
        self._frozen = not self._frozen and self._screen is Screen.LIVE

    def take_off(self, gone: frozenset[str]) -> None:
        """Takes what was filed out of what is live, by way of the public card."""
        shown = self._shown
        if shown is None:
            return
        material = shown.material.without(gone)
        left = self._compose(material, shown.item)
        self._shown = replace(shown, material=material)
        if left.slide != shown.slide and self._screen is Screen.LIVE:
            self._frozen = False
            self._pausing = True
            self._projector.narrow(self.idle(), self._resume)
            self._end_entry("taken back")
            self._write_end()

    def refresh(self) -> None:
        """Reads the desk anew; what the facts narrow, narrows at once."""
        self._take(self._do(load, self.meeting))

    # Inside

    def _take(self, loaded: Loaded) -> None:
        """Goes on with the desk as it was just read."""
        self.material = loaded.material
        if self.selected not in self.material.items:
            self.selected = self.material.agenda[0].id if self.material.agenda else None
        change = self.watch.next_change()
        self.watch.move(at=max(self._clock(), loaded.at), facts=loaded.facts)
        self._settle()
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
        self.watch.move(at=self._clock(), room=room)
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
            self._pausing = True
            self._projector.narrow(self.idle(), self._resume)
            self._end_entry("narrowed")
        elif not self._pausing:
            # The same slide before other eyes, or on another release: the ledger says from when on.
            members = self.watch.room.audience(shown.item).members
            rests = rests_on(self.watch.room.audience(shown.item), shown.composed.told, self.watch.standing)
            if (members, rests) != (shown.members, shown.rests_on):
                why = "the basis changed" if members == shown.members else "the room changed"
                entry = self._note(shown, why)
                self._shown = replace(shown, members=members, rests_on=rests, entry=entry)

    def _resume(self) -> None:
        """After the public card: what is left, unless a name would turn into a code, or a code into another."""
        self._pausing = False
        shown = self._shown
        if shown is None or self._screen is not Screen.LIVE:
            return
        now = self.watch.public_disclosure() if shown.public else self.watch.disclosure(shown.item)
        named = shown.composed.named
        if shown.recoded(self.watch.facts.names) or any(now.appearance(one) is not Appearance.NAME for one in named):
            self.show_idle()
        else:
            self._show(shown.item, shown.material, public=shown.public)
        self.on_change()

    def _show(self, item: str | None, material: Material, *, public: bool = False, left: str | None = None) -> None:
        """Composes, writes the ledger, and only then shows; ``left`` was discussed before."""
        self.watch.move(at=self._clock())
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
        )
        self._shown = replace(shown, entry=self._note(shown, "next", left))
        self._screen = Screen.LIVE
        self._pausing = False
        if item is not None:
            self.shown_items.append(item)
        self._projector.show_slide(composed.slide)

    def _note(self, shown: Shown, why: str, left: str | None = None) -> int:
        """Writes who sees what from now on, and until when what is live was seen and why; both or neither.

        Where that can't be written, nobody sees it.
        """
        standing = self.watch.standing
        audience = self.watch.room.audience(shown.item)
        ended = None if self._shown is None else self._shown.entry

        def turn(unit: Unit) -> tuple[int, Material]:
            if left is not None:
                meetings.discussed(unit, left, yes=True)
            if ended is not None:
                note_ended(unit, Ended(ended, why))
            objects = {"meeting": self.meeting, "item": shown.item}
            told = shown.composed.told
            entry = note_told(unit, "projected", audience, told, standing, purpose="meeting", **objects)
            return entry, self.material if left is None else load(unit, self.meeting).material

        entry, self.material = self._do(turn)
        return entry

    def _take_down(self, why: str) -> None:
        self._end_entry(why)
        self._shown = None
        self._frozen = False

    def _end_entry(self, why: str) -> None:
        """What was live is gone from the screen: that is written with whatever is written next."""
        if self._shown is not None and self._shown.entry is not None:
            self._ends, self._shown = Ended(self._shown.entry, why), replace(self._shown, entry=None)

    def _write_end(self) -> None:
        if self._ends is not None:
            self._do(lambda _unit: None)

    def _do(self, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a verb, what has ended being written with it; a desk that can't be used shows the public card."""
        try:
            result = self.desk.do(with_end, self._ends, verb, *args, **kwargs)
        except Exception as error:
            # What was asked for may be impossible on a sound desk; everything else says that the desk is not.
            if not isinstance(error, KnownError) or is_disk_error(error):
                self._projector.show_idle(self.idle())
                self._screen = Screen.IDLE
                self._ends = self._ended_unwritten()
                self._shown, self._pausing, self._frozen = None, False, False
            raise
        self._ends = None
        return result

    def _ended_unwritten(self) -> Ended | None:
        """What is gone from the screen by now and has no end on disk: it is written with what can be written next."""
        if self._ends is not None:
            return replace(self._ends, gone=self._ends.gone or self._clock())
        if self._shown is None or self._shown.entry is None:
            return None
        return Ended(self._shown.entry, "the desk could not be written", self._clock())


def _nothing() -> None:
    """Nobody is to be told of a change."""
