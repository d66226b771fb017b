"""Minutes, composed for one audience: what was done, not what was said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from leaddesk.policy.dates import local_day
from leaddesk.policy.decision import Asked
from leaddesk.policy.disclosure import Appearance, Disclosure, Seen
from leaddesk.policy.material import Material, linked, raw
from leaddesk.policy.names import by_family_name
from leaddesk.policy.records import Record
from leaddesk.policy.slides import PART2_SENTENCE, action_row, place_rows
from leaddesk.policy.titles import item_title
from leaddesk.policy.views import ActionRow, AmendmentRow, CopyKind, Minutes, MinutesItem, PresentRow
from leaddesk.policy.vocabulary import InformationClass

_BUSINESS = "Business"

#: So long after the opening, and before the end, is still in time: checking people in takes its while.
_GRACE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Which copy of which version.

    Attributes:
        status: such as ``draft`` or ``final, version 1``.
        approved: when the minutes were approved, ``None`` for not yet.
        amendments: those that stand with them, oldest first.
        approved_amendments: how many of those they were approved with.
        recipient: name and agency of the one reader of a recipient copy.
        redisclosure: the long statement of 42 CFR 2.32, printed where it applies.
    """

    kind: CopyKind
    status: str
    anchor: str
    redisclosure: str
    approved: date | None = None
    amendments: tuple[Record, ...] = ()
    approved_amendments: int = 0
    recipient: str = ""
    number: int | None = None


def minutes(material: Material, shown: Disclosure, copy: Copy) -> Minutes:
    """The minutes of a meeting as one audience may have them."""
    site, meeting = shown.see(material.site), shown.see(material.meeting)
    items = _items(material, shown)
    span = (_instant(meeting, "opened_at"), _instant(meeting, "closed_at"))
    regulars, came = _regulars(material), [str(stay.links.get("attendee")) for stay in material.attendance]
    # Whoever was expected or present may have the names, agencies and roles of those, signed or not.
    known = shown.allows(Asked(InformationClass.COMMUNITY), frozenset({*regulars.values(), *came}))
    present = tuple(
        row
        for stay in material.attendance
        if (row := _present(material, shown, items, span, stay, known=known)) is not None
    )
    carried = _carried(material, shown)
    places = place_rows(material, shown)
    amendments = _amendments(shown, copy, material.zone)
    part2 = shown.needs_part2_notice
    return Minutes(
        kind=copy.kind,
        program=f"{site.text('program')} {site.text('program_word')}".strip(),
        group=meeting.text("series") or site.text("group"),
        meeting=f"Meeting {meeting.text('number')}",
        when=_day(meeting, "held_on") or material.today,
        opened=span[0],
        closed=span[1],
        where=meeting.text("place"),
        presided=meeting.text("chair"),
        status=copy.status,
        approved=copy.approved,
        as_amended=any(not row.after_approval for row in amendments) and copy.approved is not None,
        recipient=copy.recipient,
        copy_number=copy.number,
        present=present,
        absent=_absent(material, shown, regulars, known=known),
        statement_read=meeting.value("statement_read") is True,
        items=_with_the_rest(material, shown, items),
        places=places,
        carried=carried,
        amendments=amendments,
        next_meeting=_day(meeting, "next_meeting_on"),
        part2_notice=PART2_SENTENCE if part2 else "",
        redisclosure=copy.redisclosure if part2 else "",
        left_out=_left_out(material, shown, copy.amendments) if copy.kind is CopyKind.RECORD else 0,
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
    updates, decisions = _said(shown, linked(material.entries, "agenda_item", record.id))
    actions = _actions(material, shown, linked(material.actions, "agenda_item", record.id))
    seen = shown.see(record)
    participant = record.links.get("participant")
    # Asked before the title is read: what is read counts as told.
    known = participant is None or shown.appearance(participant) is not Appearance.ABSENT
    outcome = seen.text("outcome") or ("Discussed." if known and seen.value("discussed_at") else "")
    done = bool(updates or decisions or actions)
    if not outcome and not done:
        return None
    overview = str(raw(record, "kind")) == "overview"
    title = "" if overview else item_title(material, shown, record)
    if not title and not done:
        return None
    return MinutesItem(
        number=number,
        title=title or _BUSINESS,
        section=seen.text("section") if title else "",
        outcome=outcome,
        updates=updates,
        decisions=decisions,
        actions=actions,
    )


def _with_the_rest(
    material: Material, shown: Disclosure, items: Mapping[str, MinutesItem]
) -> tuple[MinutesItem, ...]:
    """The items, and behind them what was filed under none of the agenda: it is minuted too."""
    known = material.items
    updates, decisions = _said(
        shown, (entry for entry in material.entries if entry.links.get("agenda_item") not in known)
    )
    actions = _actions(
        material, shown, (action for action in material.actions if action.links.get("agenda_item") not in known)
    )
    if not (updates or decisions or actions):
        return tuple(items.values())
    rest = MinutesItem(
        number=len(items) + 1,
        title="Other business" if items else _BUSINESS,
        section="",
        outcome="",
        updates=updates,
        decisions=decisions,
        actions=actions,
    )
    return (*items.values(), rest)


def _said(shown: Disclosure, entries: Iterable[Record]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Updates and decisions among entries, in the words that the audience may have."""
    said: dict[bool, list[str]] = {False: [], True: []}
    for entry in entries:
        words = shown.see(entry).text("text")
        if words:
            said[_kind(entry) == "decision"].append(words)
    return tuple(said[False]), tuple(said[True])


def _actions(material: Material, shown: Disclosure, actions: Iterable[Record]) -> tuple[ActionRow, ...]:
    """Those of these actions that were agreed in this meeting."""
    return tuple(
        row
        for action in actions
        if action.links.get("origin_meeting") == material.meeting.id
        and (row := action_row(material, shown, action)) is not None
    )


def _amendments(shown: Disclosure, copy: Copy, zone: str) -> tuple[AmendmentRow, ...]:
    """The amendments that the audience may have, each with its day."""
    rows = []
    for position, record in enumerate(copy.amendments):
        seen = shown.see(record)
        words, at = seen.text("text"), seen.text("at")
        if words:
            rows.append(
                AmendmentRow(
                    when=local_day(datetime.fromisoformat(at), zone) if at else None,
                    text=words,
                    after_approval=copy.approved is not None and position >= copy.approved_amendments,
                )
            )
    return tuple(rows)


def _kind(entry: Record) -> str:
    """What an entry is; its words say no more of anybody than the wording beside them does."""
    field = entry.fields.get("kind")
    return str(getattr(field, "text", ""))


def _present(
    material: Material,
    shown: Disclosure,
    items: Mapping[str, MinutesItem],
    span: tuple[datetime | None, datetime | None],
    stay: Record,
    *,
    known: bool,
) -> PresentRow | None:
    """Somebody who was there: ``known`` to the readers by name, agency and role, whatever else they may have."""
    seen = shown.see(stay)
    attendee = material.attendees.get(str(stay.links.get("attendee")))
    name, agency, role = seen.text("attendee"), "", seen.text("role")
    if attendee is not None:
        theirs = shown.see(attendee)
        agency = theirs.text("agency") or theirs.text("neighborhood")
        if known:
            name = _full_name(attendee)
            agency = str(raw(attendee, "agency") or raw(attendee, "neighborhood") or "")
            role = str(raw(stay, "role") or "")
    if not name:
        return None
    arrived, left = _instant(seen, "arrived_at"), _instant(seen, "left_at")
    return PresentRow(
        name=name,
        agency=agency,
        role=role.replace("_", " "),
        arrived=arrived,
        left=left,
        note="; ".join([*_late_or_early(span, arrived, left), *_stay_notes(items, seen, stay)]),
    )


def _late_or_early(
    span: tuple[datetime | None, datetime | None], arrived: datetime | None, left: datetime | None
) -> list[str]:
    """Whether somebody came after the meeting had begun, or was gone before it ended."""
    opened, closed = span
    late = opened is not None and arrived is not None and arrived - opened > _GRACE
    early = closed is not None and left is not None and closed - left > _GRACE
    return [*(["came late"] if late else []), *(["left early"] if early else [])]


def _stay_notes(items: Mapping[str, MinutesItem], seen: Seen, stay: Record) -> list[str]:
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
    return notes


def _regulars(material: Material) -> dict[str, str]:
    """Who is expected at the meetings of the series: the field that has the name, and the attendee's id."""
    links = material.series.links.items()
    return {name: one for name, one in links if name.startswith("regular.") and name.endswith(".attendee") and one}


def _absent(material: Material, shown: Disclosure, regulars: Mapping[str, str], *, known: bool) -> tuple[str, ...]:
    """Who was expected and did not come, by the same names as those who did."""
    there = {stay.links.get("attendee") for stay in material.attendance}
    seen = shown.see(material.series)
    missing = [
        _full_name(material.attendees[one]) if known and one in material.attendees else seen.text(field)
        for field, one in regulars.items()
        if one not in there
    ]
    return tuple(sorted(filter(None, missing), key=by_family_name))


def _full_name(attendee: Record) -> str:
    return f"{raw(attendee, 'given_name') or ''} {raw(attendee, 'family_name') or ''}".strip()


def _carried(material: Material, shown: Disclosure) -> tuple[ActionRow, ...]:
    older = (a for a in material.actions if a.links.get("origin_meeting") != material.meeting.id)
    rows = [row for action in older if (row := action_row(material, shown, action)) is not None and row.carried]
    return tuple(sorted(rows, key=lambda row: (row.due is None, row.due or date.max)))


def _left_out(material: Material, shown: Disclosure, amendments: Iterable[Record]) -> int:
    """How many facts about the meeting's business, and of what corrects it, its reader may not have."""
    used = (
        *material.agenda,
        *material.entries,
        *material.actions,
        *material.places,
        *material.attendance,
        *amendments,
    )
    return sum(len(shown.see(record).withheld) for record in used)


def _day(seen: Seen, name: str) -> date | None:
    value = seen.value(name)
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _instant(seen: Seen, name: str) -> datetime | None:
    value = seen.value(name)
    return value if isinstance(value, datetime) else None
