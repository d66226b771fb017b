"""What should be looked at before a meeting is closed: for the signed-in user alone; warnings, never a bar."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from leaddesk.policy.desk_views import Check, Mend
from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.material import Material, linked, raw
from leaddesk.policy.records import Record
from leaddesk.policy.room import Watch
from leaddesk.policy.slides import action_row
from leaddesk.policy.standing import Standing
from leaddesk.policy.titles import own_title
from leaddesk.policy.voices import missing_at
from leaddesk.policy.why import short_name

_MINUTED = frozenset({"participant", "place", "operational", "administrative"})
"""Kinds of agenda items of which something is expected in the minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """What a meeting may have left unfinished, besides what its material tells.

    Attributes:
        shown: the agenda items that were taken, on a screen or without one.
        ranked: the location priorities that were given a rank.
        line: whether the signed-in user has begun a line and not filed it.
        conflicts: exclusions from conflicts that were disclosed and are not decided yet.
        before: the roles that were at each of the last meetings of the series.
    """

    shown: tuple[str, ...] = ()
    ranked: frozenset[str] = frozenset()
    line: bool = False
    conflicts: tuple[Record, ...] = ()
    before: tuple[frozenset[str], ...] = ()


def closing_checks(material: Material, mine: Disclosure, watch: Watch, left: Unfinished) -> tuple[Check, ...]:
    """What should be looked at, each with the way to mend it: who was there first, then what was said and agreed."""
    return (
        *_people(material, watch),
        *_conflicts(mine, left.conflicts),
        *_voices(material, mine, left.before),
        *(check for action in material.actions if (check := _unassigned(material, mine, action)) is not None),
        *_not_minuted(material, mine, left),
        *_formalities(material, left),
    )


def _people(material: Material, watch: Watch) -> Iterator[Check]:
    if not material.attendance:
        yield Check(words="Nobody was marked present.", mend=Mend.CHECK_IN, mend_words="Open check-in")
    if watch.room.strangers:
        one = watch.room.strangers == 1
        words = "1 person who walked in was" if one else f"{watch.room.strangers} people who walked in were"
        yield Check(words=f"{words} never identified.", mend=Mend.CHECK_IN, mend_words="Open check-in")
    standing = Standing(watch.facts, watch.at)
    unsigned = [
        short_name(watch.facts.people[person].name)
        for stay in material.attendance
        if (person := str(stay.links.get("attendee"))) not in standing.attending
    ]
    if unsigned:
        listed = ", ".join(dict.fromkeys(unsigned))
        yield Check(words=f"Not signed: {listed}.", mend=Mend.CHECK_IN, mend_words="Open check-in")


def _conflicts(mine: Disclosure, conflicts: Iterable[Record]) -> Iterator[Check]:
    """The conflicts to be decided, one line a participant, as far as the user may have them."""
    by_participant: dict[str, list[str]] = {}
    for record in conflicts:
        who = mine.see(record).text("attendee")
        if who:
            by_participant.setdefault(record.about[0], []).append(short_name(who))
    for participant, people in by_participant.items():
        words = f"Conflict not decided: {', '.join(people)} about {mine.told_apart(participant)}."
        yield Check(words=words, mend=Mend.CONFLICT, mend_words="Confirm or clear it", target=participant)


def _voices(material: Material, mine: Disclosure, before: Sequence[Collection[str]]) -> Iterator[Check]:
    """The kinds of voice that are wanted at every meeting and that nobody had, and how often that was so before."""
    if missing := missing_at(material, mine, before):
        words = f"Nobody spoke for: {', '.join(missing)}."
        yield Check(words=words, mend=Mend.CHECK_IN, mend_words="Open check-in")


def _unassigned(material: Material, mine: Disclosure, action: Record) -> Check | None:
    row = action_row(material, mine, action)
    if row is None or action.links.get("origin_meeting") != material.meeting.id or raw(action, "outcome") != "open":
        return None
    missing = [
        word for word, value in (("an owner", action.links.get("owner")), ("a due date", row.due)) if value is None
    ]
    if not missing:
        return None
    listed = " and ".join(missing)
    return Check(
        words=f"“{row.what}” lacks {listed}.", mend=Mend.ACTION, mend_words=f"Give it {listed}", target=action.id
    )


def _not_minuted(material: Material, mine: Disclosure, left: Unfinished) -> Iterator[Check]:
    for id_ in dict.fromkeys(left.shown):
        item = material.items.get(id_)
        if item is None or _is_minuted(material, item, left.ranked):
            continue
        title = own_title(material, mine, item)
        if title and str(raw(item, "kind")) in _MINUTED:
            words = f"“{title}” was taken, and nothing is minuted."
            yield Check(words=words, mend=Mend.ITEM, mend_words="Go to the item", target=id_)


def _is_minuted(material: Material, item: Record, ranked: Collection[str]) -> bool:
    """Whether the minutes tell anything of an item: what was said or agreed, what came of it, or another rank."""
    agreed = linked(material.actions, "agenda_item", item.id)
    if linked(material.entries, "agenda_item", item.id) or "outcome" in item.fields:
        return True
    if any(action.links.get("origin_meeting") == material.meeting.id for action in agreed):
        return True
    place = item.links.get("priority")
    record = material.places_by_id.get(place or "")
    # A rank that was changed and changed back is told as the same.
    return place in ranked and record is not None and raw(record, "rank") != raw(record, "previous_rank")


def _formalities(material: Material, left: Unfinished) -> Iterator[Check]:
    if left.line:
        words = "A line is begun and not filed."
        yield Check(words=words, mend=Mend.LINE, mend_words="Go to the line")
    if raw(material.meeting, "statement_read") is not True:
        words = "The confidentiality statement was not read."
        yield Check(words=words, mend=Mend.STATEMENT, mend_words="It was read")
    if not isinstance(raw(material.meeting, "next_meeting_on"), date):
        words = "The next meeting has no day yet."
        yield Check(words=words, mend=Mend.NEXT_DAY, mend_words="Set the day")
