"""The room: who is in it, what it may have, and why it narrows at once but widens only when the chair says so."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from leaddesk.policy.disclosure import Audience, Disclosure, Sight
from leaddesk.policy.facts import Day, Facts, Instant
from leaddesk.policy.force import end_instant, start_instant
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Somebody in the room or on the line, in the role they checked in with."""

    person: str
    role: str
    out_of_view: bool = False
    """Sits apart until further notice, and so is not part of the audience."""
    stepped_out: frozenset[str] = frozenset()
    """Agenda items for which they are out of the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Who is in the room at one moment.

    Attributes:
        signed_in: the signed-in user, a member of every audience whose rendering passes their screen.
        present: everybody checked in, by id.
        strangers: how many have walked in and are not identified yet; each is a member of the public.
    """

    signed_in: str
    present: Mapping[str, Presence] = field(default_factory=dict)
    strangers: int = 0

    def audience(self, item: str | None = None) -> Audience:
        """Everybody in view while an agenda item is shown; nobody checked in yet is the public."""
        people = frozenset(
            presence.person
            for presence in self.present.values()
            if not presence.out_of_view and item not in presence.stepped_out
        )
        empty = not people and not self.strangers
        return Audience(people, self.signed_in, public=self.strangers > 0 or not people, nobody=empty)

    def arrive(self, presence: Presence) -> "Room":
        """The room with somebody checked in, or checked in anew."""
        return replace(self, present=MappingProxyType({**self.present, presence.person: presence}))

    def leave(self, person: str) -> "Room":
        """The room without somebody."""
        return replace(self, present=MappingProxyType({k: v for k, v in self.present.items() if k != person}))

    def walk_in(self) -> "Room":
        """The room with one more person who is not identified yet."""
        return replace(self, strangers=self.strangers + 1)

    def identified(self) -> "Room":
        """The room with one stranger fewer: identified and checked in, or gone again."""
        return replace(self, strangers=max(0, self.strangers - 1))

    def facts(self, facts: Facts) -> Facts:
        """The facts with everybody present in the role they checked in with; the same object where none differs."""
        changed = {
            presence.person: replace(person, role=presence.role)
            for presence in self.present.values()
            if (person := facts.people.get(presence.person)) is not None and person.role != presence.role
        }
        return replace(facts, people={**facts.people, **changed}) if changed else facts


class Boundaries:
    """The instants at which something in the facts begins or ends by itself."""

    def __init__(self, facts: Facts) -> None:
        self._instants = sorted(set(_instants(facts)))

    def crossed(self, after: Instant, until: Instant) -> bool:
        """Whether something began or ended in ``(after, until]``."""
        return bisect_right(self._instants, after) != bisect_right(self._instants, until)

    def next_after(self, at: Instant) -> Instant | None:
        """When the facts next change by themselves, ``None`` for never."""
        position = bisect_right(self._instants, at)
        return self._instants[position] if position < len(self._instants) else None


def _instants(facts: Facts) -> Iterator[Instant]:
    zone = ZoneInfo(facts.site.zone)
    last_days: set[Day] = set()
    for person in facts.people.values():
        yield from person.withdrew_or_declined
        for agreement in person.agreements:
            yield from (moment for moment in (agreement.signed, agreement.ends_at) if moment is not None)
            if agreement.ends is not None:
                last_days.add(agreement.ends)
    moments = facts.moments
    # many share a day, and each is worked out once
    yield from (start_instant(start, zone) for start in moments.starts)
    yield from (end_instant(end, zone) for end in moments.ends | last_days)


@dataclass(frozen=True, slots=True)
class _State:
    """The room and the facts as they were at one moment, with the sights asked of them so far."""

    room: Room
    facts: Facts
    guard: TextGuard
    boundaries: Boundaries
    standing: Standing
    sights: dict[str | None, Sight] = field(default_factory=dict, compare=False)
    own: list[Sight] = field(default_factory=list, compare=False)
    """The signed-in user's own, once it was asked for."""

    def sight(self, item: str | None) -> Sight:
        if item not in self.sights:
            self.sights[item] = Sight(self.standing, self.room.audience(item))
        return self.sights[item]

    def own_sight(self) -> Sight:
        """What the signed-in user may have by themselves, in the role they checked in with, else their first."""
        if not self.own:
            self.own.append(Sight(self.standing, Audience(frozenset(), signed_in=self.room.signed_in)))
        return self.own[0]


class Watch:
    """What the room may have, from moment to moment.

    It may have what has been allowed at **every** moment since the chair last confirmed: so a narrowing takes effect
    with the next thing that is asked, and a widening, whatever its cause, waits for `confirm`.

    Args:
        room: who is there at the start.
        facts: what the decision rests on.
        everyday: everyday words for the text guard.
        at: the first moment. Later moments never go back before an earlier one.
    """

    def __init__(self, room: Room, facts: Facts, everyday: frozenset[str], at: Instant) -> None:
        self._everyday = everyday
        self._states: tuple[_State, ...] = (self._new_state(room, facts, at),)
        self._at = at

    @property
    def room(self) -> Room:
        """Who is in the room now."""
        return self._now.room

    @property
    def facts(self) -> Facts:
        """The facts as of now."""
        return self._now.facts

    @property
    def at(self) -> Instant:
        """The last moment that was looked at, whether or not anything had changed by then."""
        return self._at

    @property
    def standing(self) -> Standing:
        """The facts as they stand now, with everybody present in the role they checked in with."""
        return self._now.standing

    @property
    def guard(self) -> TextGuard:
        """The text guard over the facts of now."""
        return self._now.guard

    @property
    def waits(self) -> bool:
        """Whether something may have widened since the chair last confirmed."""
        return len(self._states) > 1

    @property
    def moments(self) -> object:
        """The same object for as long as nothing has changed what the room, or the signed-in user, may have."""
        return self._states

    def next_change(self) -> Instant | None:
        """When a right next begins or ends by itself, ``None`` for never."""
        return self._now.boundaries.next_after(self.at)

    def move(self, *, at: Instant, room: Room | None = None, facts: Facts | None = None) -> None:
        """Takes note of a change: of the room, of the facts, or of the time alone."""
        before = self._now
        room = before.room if room is None else room
        facts = before.facts if facts is None else facts
        at = self._at = max(at, self._at)
        # Facts read anew are seldom different: the same object keeps what was decided from them.
        facts = before.facts if facts == before.facts else facts
        unchanged = facts is before.facts and not before.boundaries.crossed(before.standing.at, at)
        if unchanged and room == before.room:
            return
        if unchanged and _roles_kept(before, room):
            self._move_people(before, room)
        else:
            self._states = (*self._states, self._new_state(room, facts, at, before))

    def confirm(self) -> None:
        """The chair lets the room have what it may have now."""
        self._states = self._states[-1:]

    def disclosure(self, item: str | None = None) -> Disclosure:
        """What the room may have while an agenda item is shown."""
        return Disclosure(self._now.guard, *(state.sight(item) for state in self._states), before=self._guards_before)

    def public_disclosure(self) -> Disclosure:
        """What anybody may have, whoever is in the room: for a screen that stays public while somebody signs."""
        anybody = Audience(frozenset(), self.room.signed_in, public=True)
        sights = (Sight(state.standing, anybody) for state in self._states)
        return Disclosure(self._now.guard, *sights, before=self._guards_before)

    def disclosure_once_confirmed(self, item: str | None = None) -> Disclosure:
        """What the room may have as soon as the chair confirms; for the console alone."""
        return Disclosure(self._now.guard, self._now.sight(item))

    def disclosure_of_user(self) -> Disclosure:
        """What the signed-in user may have, on their own console."""
        return Disclosure(self._now.guard, self._now.own_sight())

    @property
    def _guards_before(self) -> tuple[TextGuard, ...]:
        """The text guards of earlier states, which may hold back what today's would let pass."""
        now = self._now.guard
        return tuple({id(state.guard): state.guard for state in self._states if state.guard is not now}.values())

    @property
    def _now(self) -> _State:
        return self._states[-1]

    def _move_people(self, before: _State, room: Room) -> None:
        """Only people came or went: a larger audience replaces the state it narrows, a smaller one waits."""
        standing = Standing(room.facts(before.facts), before.standing.at)
        standing.take_over(before.standing)
        state = _State(room, before.facts, before.guard, before.boundaries, standing)
        if room.signed_in == before.room.signed_in:
            # What the user may have by themselves does not depend on who else is there.
            state.own.extend(before.own)
        widened = False
        for item in {*_items(before.room), *_items(room), None}:
            smaller, larger = before.room.audience(item), room.audience(item)
            if smaller.members <= larger.members:
                if item in before.sights:
                    state.sights[item] = before.sights[item].joined_by(larger, standing)
            else:
                widened = True
        self._states = (*self._states, state) if widened else (*self._states[:-1], state)

    def _new_state(self, room: Room, facts: Facts, at: datetime, before: _State | None = None) -> _State:
        if before is not None and facts is before.facts:
            guard, boundaries = before.guard, before.boundaries
        else:
            known = before is not None and before.guard.is_of(facts)
            guard = before.guard if before is not None and known else TextGuard(facts, self._everyday)
            boundaries = Boundaries(facts)
        return _State(room, facts, guard, boundaries, Standing(room.facts(facts), at))


def _roles_kept(before: _State, room: Room) -> bool:
    """Whether everybody who may be in an audience before and after is there in the same role."""
    then, now = before.room.facts(before.facts).people, room.facts(before.facts).people
    both = (before.room.present.keys() & room.present.keys()) | {room.signed_in}
    return all(then[person].role == now[person].role for person in both if person in then)


def _items(room: Room) -> frozenset[str]:
    return frozenset().union(*(presence.stepped_out for presence in room.present.values()))
