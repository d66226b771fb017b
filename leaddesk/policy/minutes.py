"""Minutes, composed for one audience: what was done, not what was said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from leaddesk.policy.console import item_title
from leaddesk.policy.disclosure import Appearance, Disclosure, Seen
from leaddesk.policy.material import Material, linked, raw
from leaddesk.policy.records import Record
from leaddesk.policy.slides import PART2_SENTENCE, action_row, place_rows
from leaddesk.policy.views import ActionRow, CopyKind, Minutes, MinutesItem, PresentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Which copy of which version.

    Attributes:
        status: such as ``draft`` or ``final, version 1``.
        recipient: name and agency of the one reader of a recipient copy.
        redisclosure: the long statement of 42 CFR 2.32, printed where it applies.
    """

    kind: CopyKind
    status: str
    anchor: str
    redisclosure: str
    recipient: str = ""
    number: int | None = None


def minutes(material: Material, shown: Disclosure, copy: Copy) -> Minutes:
    """The minutes of a meeting as one audience may have them."""
    site, meeting = shown.see(material.site), shown.see(material.meeting)
    items = _items(material, shown)
    present = tuple(
        row for stay in material.attendance if (row := _present(material, shown, items, stay)) is not None
    )
    carried = _carried(material, shown)
    places = place_rows(material, shown)
    part2 = shown.needs_part2_notice
    return Minutes(
        kind=copy.kind,
        program=f"{site.text('program')} {site.text('program_word')}".strip(),
        group=site.text("group"),
        meeting=f"Meeting {meeting.text('number')}",
        when=_day(meeting, "held_on") or material.today,
        opened=_instant(meeting, "opened_at"),
        closed=_instant(meeting, "closed_at"),
        where=meeting.text("place"),
        presided=meeting.text("chair"),
        status=copy.status,
        recipient=copy.recipient,
        copy_number=copy.number,
        present=present,
        absent=_absent(material, shown),
        statement_read=meeting.value("statement_read") is True,
        items=tuple(items.values()),
        places=places,
        carried=carried,
        next_meeting=_day(meeting, "next_meeting_on"),
        part2_notice=PART2_SENTENCE if part2 else "",
        redisclosure=copy.redisclosure if part2 else "",
        left_out=_left_out(material, shown) if copy.kind is CopyKind.RECORD else 0,
        # The public has no use for the ledger's head, and no page of it says more than was released.
        anchor="" if copy.kind is CopyKind.PUBLIC else copy.anchor,
        zone=material.zone,
    )


def _items(material: Material, shown: Disclosure) -> dict[str, MinutesItem]:
    """What the audience gets of the agenda, by item, numbered as it gets it: a gap would speak."""
    items: dict[str, MinutesItem] = {}
    for record in material.agenda:
        item = _item(material, shown, len(items) + 1, record)
        if item is not None:
            items[record.id] = item
    return items


def _item(material: Material, shown: Disclosure, number: int, record: Record) -> MinutesItem | None:
    """One item; ``None`` where nothing was done, or nothing that the audience may have."""
    said: dict[str, list[str]] = {"update": [], "decision": []}
    for entry in linked(material.entries, "agenda_item", record.id):
        words = shown.see(entry).text("text")
        if words:
            said["decision" if _kind(entry) == "decision" else "update"].append(words)
    actions = tuple(
        row
        for action in linked(material.actions, "agenda_item", record.id)
        if action.links.get("origin_meeting") == material.meeting.id
        and (row := action_row(material, shown, action)) is not None
    )
    seen = shown.see(record)
    participant = record.links.get("participant")
    # Asked before the title is read: what is read counts as told.
    known = participant is None or shown.appearance(participant) is not Appearance.ABSENT
    outcome = seen.text("outcome") or ("Discussed." if known and seen.value("discussed_at") else "")
    if not outcome and not any(said.values()) and not actions:
        return None
    overview = str(raw(record, "kind")) == "overview"
    title = "" if overview else item_title(material, shown, record)
    if not title and not any(said.values()) and not actions:
        return None
    return MinutesItem(
        number=number,
        title=title or "Business",
        outcome=outcome,
        updates=tuple(said["update"]),
        decisions=tuple(said["decision"]),
        actions=actions,
    )


def _kind(entry: Record) -> str:
    """What an entry is; its words say no more of anybody than the wording beside them does."""
    field = entry.fields.get("kind")
    return str(getattr(field, "text", ""))


def _present(
    material: Material, shown: Disclosure, items: Mapping[str, MinutesItem], stay: Record
) -> PresentRow | None:
    seen = shown.see(stay)
    name = seen.text("attendee")
    if not name:
        return None
    attendee = material.attendees.get(str(stay.links.get("attendee")))
    known = None if attendee is None else shown.see(attendee)
    return PresentRow(
        name=name,
        agency="" if known is None else known.text("agency") or known.text("neighborhood"),
        role=seen.text("role").replace("_", " "),
        arrived=_instant(seen, "arrived_at"),
        left=_instant(seen, "left_at"),
        note=_stay_note(items, seen, stay),
    )


def _stay_note(items: Mapping[str, MinutesItem], seen: Seen, stay: Record) -> str:
    notes = [f"by {mode}" for mode in (seen.text("mode"),) if mode in ("phone", "video")]
    if seen.value("out_of_view_from"):
        notes.append("out of view")
    numbers = {id_: item.number for id_, item in items.items()}
    out = [
        numbers[str(item)]
        for name, item in stay.links.items()
        if name.startswith("stepped_out.") and name.endswith(".agenda_item") and item in numbers
    ]
    if out:
        notes.append(f"stepped out for item{'s' if len(out) > 1 else ''} {', '.join(map(str, sorted(set(out))))}")
    return "; ".join(notes)


def _absent(material: Material, shown: Disclosure) -> tuple[str, ...]:
    there = {stay.links.get("attendee") for stay in material.attendance}
    seen = shown.see(material.series)
    missing = [
        seen.text(name.removesuffix("_id"))
        for name, attendee in material.series.links.items()
        if name.startswith("regular.") and name.endswith(".attendee") and attendee not in there
    ]
    return tuple(sorted(name for name in missing if name))


def _carried(material: Material, shown: Disclosure) -> tuple[ActionRow, ...]:
    older = (a for a in material.actions if a.links.get("origin_meeting") != material.meeting.id)
    rows = [row for action in older if (row := action_row(material, shown, action)) is not None and row.carried]
    return tuple(sorted(rows, key=lambda row: (row.due is None, row.due or date.max)))


def _left_out(material: Material, shown: Disclosure) -> int:
    """How many facts about the meeting's business its reader may not have."""
    used = (*material.agenda, *material.entries, *material.actions, *material.places, *material.attendance)
    return sum(len(shown.see(record).withheld) for record in used)


def _day(seen: Seen, name: str) -> date | None:
    value = seen.value(name)
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _instant(seen: Seen, name: str) -> datetime | None:
    value = seen.value(name)
    return value if isinstance(value, datetime) else None
