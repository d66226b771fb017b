"""Pre-flight of a meeting: the room of those expected, or of those who are named instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from leaddesk.errors import KnownError
from leaddesk.models import Meeting, MeetingSeries
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import MeetingState
from leaddesk.policy.material import Material, carried
from leaddesk.policy.names import fold
from leaddesk.policy.preflight import Invited, Preflight, invited
from leaddesk.policy.preflight import preflight as outlook
from leaddesk.policy.records import Kind
from leaddesk.policy.room import Presence, Room, Watch
from leaddesk.services import meetings, series
from leaddesk.services.desk import Unit
from leaddesk.services.facts import load_facts
from leaddesk.services.material import Loaded, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """A meeting as it was read once: any room can be asked about from now on, on any thread.

    Attributes:
        loaded: facts and records, as they stand when it starts.
        user: id of the signed-in user.
        everyday: everyday words for the text guard.
        asked_at: when it was read.
        expected: ids of the attendees who are expected.
    """

    loaded: Loaded
    user: str
    everyday: frozenset[str]
    asked_at: datetime
    expected: frozenset[str]

    def outlook(self, present: Iterable[str]) -> Preflight:
        """What the meeting will be like with these attendees."""
        return outlook(self.loaded.material, self._watch(present), self.asked_at)

    def people(self, present: Iterable[str]) -> tuple[Invited, ...]:
        """Everybody who can be asked about, those who are expected first."""
        return invited(self.loaded.material, self._watch(present), self.expected)

    def _watch(self, present: Iterable[str]) -> Watch:
        facts = self.loaded.facts
        room = Room(signed_in=self.user)
        for one in present:
            room = room.arrive(Presence(person=one, role=facts.people[one].role or ""))
        # Records may have been put together earlier on the same day: they don't know for which moment they are asked.
        return Watch(room, facts, self.everyday, self.loaded.at)


def read(unit: Unit, meeting: str, everyday: frozenset[str]) -> Flight:
    """What pre-flight is worked out from, at the moment at which a meeting starts, or now if it has started.

    Args:
        unit: the transaction.
        meeting: the meeting's id.
        everyday: everyday words for the text guard.
    """
    row = unit.found(Meeting, Kind.MEETING, meeting)
    loaded = load(unit, meeting, at=max(row.starts_at, unit.at))
    if row.state is MeetingState.PLANNED:
        loaded = replace(loaded, material=_carried_over(unit, loaded.material, row.series_id))
    return Flight(
        loaded=loaded,
        user=unit.user.id,
        everyday=everyday,
        asked_at=unit.at,
        expected=frozenset(expected(unit, meeting)) & loaded.facts.people.keys(),
    )


def _carried_over(unit: Unit, material: Material, series: int) -> Material:
    """What the room will be shown once the meeting has opened, which carries the series' actions over."""
    own = {policy_id(Kind.MEETING, id_) for id_ in unit.rows.scalars(select(Meeting.id).filter_by(series_id=series))}
    actions = (
        carried(action, 1) if action.links.get("origin_meeting") in {*own, None} else action
        for action in material.actions
    )
    return replace(material, actions=tuple(actions))


def preflight(unit: Unit, meeting: str, present: Iterable[str], everyday: frozenset[str]) -> Preflight:
    """What a meeting will be like for these attendees; see `read`."""
    return read(unit, meeting, everyday).outlook(present)


def expected(unit: Unit, meeting: str) -> tuple[str, ...]:
    """Ids of the attendees expected at a meeting, as `series.expected` has them."""
    numbers = sorted(series.expected(unit, row_id(Kind.MEETING, meeting)))
    return tuple(policy_id(Kind.ATTENDEE, number) for number in numbers)


def named(unit: Unit, names: Sequence[str]) -> tuple[str, ...]:
    """Ids of the attendees with these names, whatever the case, spaces and accents; a part that only one has will do.

    Raises:
        KnownError: nobody has one of the names, or several have.
    """
    by_name: dict[str, list[str]] = {}
    people = load_facts(unit.rows, unit.at).people.values()
    for person in people:
        by_name.setdefault(_plain(person.name), []).append(person.id)
    found = []
    for name in filter(str.strip, names):
        words = set(_plain(name).split())
        ids = by_name.get(_plain(name)) or [one.id for one in people if words <= set(_plain(one.name).split())]
        if len(ids) != 1:
            how = "Nobody who attends" if not ids else "More than one of those who attend"
            raise KnownError(
                f"{how} is called “{name.strip()}”.",
                kept="Nothing was changed.",
                todo="Give each name as the list of people has it.",
            )
        found.append(ids[0])
    return tuple(found)


def numbered(unit: Unit, number: int) -> str:
    """The id of the meeting with this number: of the series whose meeting is at hand, where several have it.

    Raises:
        KnownError: there is none, or only other series have it.
    """
    found = unit.rows.execute(
        select(Meeting.id, MeetingSeries.id, MeetingSeries.name)
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .where(Meeting.number == number, Meeting.state != MeetingState.CANCELED)
        .order_by(MeetingSeries.name)
    ).all()
    if len(found) > 1:
        at_hand = unit.found(Meeting, Kind.MEETING, meetings.at_hand(unit)).series_id
        own = [row for row in found if row[1] == at_hand]
        if not own:
            names = ", ".join(name for _, _, name in found)
            raise KnownError(
                f"Several series have a meeting {number}: {names}.",
                kept="Nothing was changed.",
                todo="Choose the meeting under Prepare, and look at it there under Pre-flight.",
            )
        found = own
    if not found:
        raise KnownError(f"There is no meeting {number}.", kept="Nothing was changed.")
    return policy_id(Kind.MEETING, found[0][0])


def _plain(name: str) -> str:
    return " ".join(fold(name).split())
