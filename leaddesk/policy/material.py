"""What a meeting is composed from: the desk's records around it, as one frozen whole.

A slide that is shown keeps the material it was composed from, so that a narrowing composes the same thing anew for a
smaller right, and what is filed meanwhile joins only when it is shown again.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from leaddesk.policy.records import Fact, Record


@dataclass(frozen=True, kw_only=True)
class Material:
    """Records of and around one meeting.

    Attributes:
        site: the site's record.
        series: the record of the meeting's series.
        meeting: its own record.
        agenda: its items in order.
        participants: by id, those its agenda, entries, actions and asks speak of, and those whose intake is open.
        places: location priorities by rank, resolved ones too.
        evidence: that of the places on the agenda at least, place by place.
        actions: open action items and those of this meeting.
        asks: open asks.
        entries: what was filed in this meeting, oldest first.
        attendees: everybody who attends, by id.
        attendance: stays at this meeting in the order of arrival.
        today: the site's calendar day.
        at: when it was put together; nothing in it has changed since.
        zone: the site's IANA time zone.
        last_minutes: the newest finalized minutes before this meeting, if any, without what they tell.
        last_meeting: the meeting they are of.
        last_agenda: its items in order, and in `last_entries` what was filed in it, oldest first.
        amendments: those that stand with its minutes, oldest first.
    """

    site: Record
    series: Record
    meeting: Record
    agenda: tuple[Record, ...]
    participants: Mapping[str, Record]
    places: tuple[Record, ...]
    evidence: tuple[Record, ...]
    actions: tuple[Record, ...]
    asks: tuple[Record, ...]
    entries: tuple[Record, ...]
    attendees: Mapping[str, Record]
    attendance: tuple[Record, ...]
    today: date
    at: datetime
    zone: str
    last_minutes: Record | None = None
    last_meeting: Record | None = None
    last_agenda: tuple[Record, ...] = ()
    last_entries: tuple[Record, ...] = ()
    amendments: tuple[Record, ...] = ()

    @cached_property
    def items(self) -> Mapping[str, Record]:
        """Agenda items by id."""
        return {item.id: item for item in self.agenda}

    @cached_property
    def places_by_id(self) -> Mapping[str, Record]:
        """Location priorities by id."""
        return {place.id: place for place in self.places}

    @cached_property
    def current_places(self) -> tuple[Record, ...]:
        """The location priorities that are worked on or watched: those that are resolved are left out."""
        return tuple(place for place in self.places if raw(place, "state") != "resolved")

    def evidence_of(self, place: str) -> tuple[Record, ...]:
        """The evidence about one place, in its order."""
        return linked(self.evidence, "priority", place)

    def renewed(self, now: "Material") -> "Material":
        """The same records as they are by now: those that are gone drop, and none joins them."""
        if now is self:
            return self
        changed = {name: value for name in _RECORDS if (value := _as_now(self, now, name)) != getattr(self, name)}
        return replace(self, **changed) if changed else self

    def without(self, ids: Collection[str]) -> "Material":
        """The same without what was filed under these ids."""
        return replace(
            self,
            entries=tuple(one for one in self.entries if one.id not in ids),
            actions=tuple(one for one in self.actions if one.id not in ids),
        )


#: What slides are composed from: who came and went is on none.
_RECORDS = tuple(one.name for one in fields(Material) if one.name not in ("attendance", "today", "at", "zone"))


def _as_now(then: Material, now: Material, name: str) -> Any:
    held, found = getattr(then, name), getattr(now, name)
    if isinstance(held, Mapping):
        return {id_: found[id_] for id_ in held if id_ in found}
    if isinstance(held, tuple):
        by_id = {record.id: record for record in found}
        return tuple(by_id[record.id] for record in held if record.id in by_id)
    return None if held is None else found


def linked(records: Iterable[Record], name: str, id_: str) -> tuple[Record, ...]:
    """The records whose link of this name points to an id."""
    return tuple(record for record in records if record.links.get(name) == id_)


def raw(record: Record, name: str) -> object:
    """A fact's value without asking whether anybody may have it: for arranging, never for showing."""
    fact = record.fields.get(name)
    return getattr(fact, "value", None)


def carried(action: Record, times: int) -> Record:
    """An action as it will be after so many more openings of its meetings, or was before them where negative."""
    fact = action.fields.get("carried")
    if not isinstance(fact, Fact) or not isinstance(fact.value, int):
        return action
    return replace(action, fields={**action.fields, "carried": replace(fact, value=max(0, fact.value + times))})
