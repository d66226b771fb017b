"""The console's views: what the signed-in user sees of agenda, room and item, and why the room sees less."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from leaddesk.policy.checkin import signature
from leaddesk.policy.dates import clock, day_and_month, local_day, short
from leaddesk.policy.desk_views import (
    AgendaRow,
    FiledEntry,
    Header,
    ItemState,
    Labeled,
    PrivateAction,
    PrivateSide,
    RoomChip,
    Screen,
    Signature,
    WithheldRow,
)
from leaddesk.policy.disclosure import Appearance, Disclosure
from leaddesk.policy.material import Material, linked, raw
from leaddesk.policy.records import Record, Text
from leaddesk.policy.room import Watch
from leaddesk.policy.slides import action_row, court_lines
from leaddesk.policy.timing import minutes as whole_minutes
from leaddesk.policy.titles import item_title, own_title
from leaddesk.policy.views import IdleCard, Mark, Slide
from leaddesk.policy.vocabulary import CLASS_WORDS, InformationClass
from leaddesk.policy.voices import missing_now
from leaddesk.policy.why import short_name, who_narrows
from leaddesk.policy.withheld import Withholding

C = InformationClass

_NOTHING = "nothing of it"
_LEAST_BEHIND = timedelta(minutes=1)
"""How far the computer's clock may be behind before it is said: small corrections are daily business."""


def header(material: Material, mine: Disclosure, screen: Screen) -> Header:
    """The bar over the console."""
    meeting = mine.see(material.meeting)
    held, opened = meeting.value("held_on"), meeting.value("opened_at")
    planned = [mine.see(item).value("minutes_planned") for item in material.agenda if _knows(material, mine, item)]
    return Header(
        meeting=f"Meeting {meeting.text('number')}",
        when=held if isinstance(held, date) else material.today,
        state=meeting.text("state"),
        opened_at=opened if isinstance(opened, datetime) else None,
        minutes_planned=sum(minutes for minutes in planned if isinstance(minutes, int)),
        screen=screen,
        zone=material.zone,
    )


def clock_caution(latest: datetime, now: datetime, zone: str) -> str:
    """What to say when the computer's clock is behind by more than a minute, empty when it is not.

    Args:
        latest: the last moment that the desk knows of.
        now: what the computer's clock says.
        zone: the site's IANA time zone.
    """
    if latest - now <= _LEAST_BEHIND:
        return ""
    says, last = (f"{clock(at, zone)} on {short(local_day(at, zone))}" for at in (now, latest))
    return (
        f"This computer's clock says {says}, earlier than the last entry, {last}: "
        "LeadDesk goes on from the later time. Set the clock right."
    )


def _knows(material: Material, mine: Disclosure, item: Record) -> bool:
    """Whether the user may know of an agenda item at all."""
    participant = item.links.get("participant")
    if participant is not None:
        return mine.appearance(participant) is not Appearance.ABSENT
    return bool(item_title(material, mine, item))


def room_chip(material: Material, mine: Disclosure, watch: Watch, *, waits: bool, conflicts: int = 0) -> RoomChip:
    """How the room stands; names of those present are known in the room."""
    room, facts, standing = watch.room, watch.facts, watch.standing
    # What is withheld from the user is not mentioned, not even by who narrows it.
    on_agenda = [
        one for item in material.agenda if (one := item.links.get("participant")) is not None and mine.may_name(one)
    ]
    unsigned = [
        person
        for person, presence in room.present.items()
        if not presence.out_of_view and person in facts.people and person not in standing.attending
    ]
    declined = {person for person in unsigned if signature(standing, person) is Signature.DECLINED}
    narrow = who_narrows(standing, room.audience(), dict.fromkeys(on_agenda)) if on_agenda else ()
    return RoomChip(
        present=len(room.present),
        strangers=room.strangers,
        unsigned=tuple(short_name(facts.people[person].name) for person in unsigned if person not in declined),
        declined=tuple(short_name(facts.people[person].name) for person in unsigned if person in declined),
        narrowed_by=tuple(short_name(facts.people[person].name) for person in narrow if person in facts.people),
        waits=waits,
        conflicts=conflicts,
        missing=missing_now(material, mine, room) if raw(material.meeting, "state") == "open" else (),
    )


def agenda_rows(
    material: Material,
    mine: Disclosure,
    room: Mapping[str, Disclosure],
    live: str | None,
    upcoming: str | None,
    *,
    seen_by_room: bool = True,
    spent: Mapping[str, timedelta] = MappingProxyType({}),
) -> tuple[AgendaRow, ...]:
    """The agenda as the user may have it; items about those whom the user may not know are not there.

    Args:
        material: the meeting.
        mine: what the user may have.
        room: what the room may have, by item.
        live: the item that is live.
        upcoming: the item that comes next.
        seen_by_room: whether there is a screen on which the room sees what is live.
        spent: the time that items have had.
    """
    rows: list[AgendaRow] = []
    for item in material.agenda:
        title = own_title(material, mine, item)
        if not title:
            continue
        participant = item.links.get("participant")
        seen = mine.see(item)
        minutes = seen.value("minutes_planned")
        state = ItemState.DONE if raw(item, "discussed_at") else ItemState.OPEN
        if item.id == live:
            state = ItemState.LIVE if seen_by_room else ItemState.AT_HAND
        elif item.id == upcoming:
            state = ItemState.NEXT
        rows.append(
            AgendaRow(
                id=item.id,
                number=len(rows) + 1,
                title=title,
                minutes=minutes if isinstance(minutes, int) else 0,
                state=state,
                flagged=_is_flagged(item) and (participant is None or mine.may_name(participant)),
                part_withheld=participant is not None
                and item.id in room
                and room[item.id].appearance(participant) is not mine.appearance(participant),
                section=seen.text("section"),
                spent=whole_minutes(spent.get(item.id, timedelta())),
            )
        )
    return tuple(rows)


def private_side(material: Material, mine: Disclosure, watch: Watch, item: str | None, note: str) -> PrivateSide:
    """The private side for a selected item."""
    *_, withheld = withheld_steps(material, mine, watch, item)
    *_, actions = action_steps(material, mine, watch, item)
    at_once = private_side_at_once(material, mine, watch, item, note)
    return replace(at_once, withheld=withheld or (), working=False, actions=actions or (), gathering=False)


def withheld_steps(
    material: Material, mine: Disclosure, watch: Watch, item: str | None
) -> Iterator[tuple[WithheldRow, ...] | None]:
    """What is withheld of a selected item, worked out step by step; see `Withholding.steps`."""
    record = None if item is None else material.items.get(item)
    return Withholding(material, mine, watch, item_numbers(material, mine)).steps(record)


def action_steps(
    material: Material, mine: Disclosure, watch: Watch, item: str | None
) -> Iterator[tuple[PrivateAction, ...] | None]:
    """The actions on a selected item, gathered one by one; the last answers, those before are ``None``."""
    room = watch.disclosure(item)
    record = None if item is None else material.items.get(item)
    rows: list[PrivateAction] = []
    for action in () if record is None else _actions_of(material, record):
        row = _private_action(material, mine, room, action)
        rows += [] if row is None else [row]
        yield None
    yield tuple(sorted(rows, key=_soonest))


def private_side_at_once(
    material: Material, mine: Disclosure, watch: Watch, item: str | None, note: str
) -> PrivateSide:
    """The private side for a selected item, but for its actions and what is withheld: those take longer."""
    room = watch.disclosure(item)
    record = None if item is None else material.items.get(item)
    if record is None:
        return PrivateSide(
            title="Overview",
            code="",
            flagged_by="",
            facts=(),
            withheld=(),
            actions=(),
            note=note,
            working=True,
            gathering=True,
        )
    about = material.participants.get(record.links.get("participant") or "")
    return PrivateSide(
        item=record.id,
        title=item_title(material, mine, record),
        code=_code(mine, about),
        flagged_by=_flagged_by(mine, record),
        facts=_place_facts(material, mine, record) if about is None else _facts(material, mine, about),
        withheld=(),
        actions=(),
        note=note,
        filed=_filed(material, mine, room, record),
        working=True,
        gathering=True,
    )


def item_numbers(material: Material, mine: Disclosure) -> Mapping[str, int]:
    """The number that the user reads before each agenda item of which they may know."""
    known = (item.id for item in material.agenda if item_title(material, mine, item))
    return {id_: number for number, id_ in enumerate(known, start=1)}


def user_disclosure(watch: Watch) -> Disclosure:
    """What the signed-in user may have, on their own console."""
    return watch.disclosure_of_user()


def _place_facts(material: Material, mine: Disclosure, item: Record) -> tuple[Labeled, ...]:
    place = material.places_by_id.get(item.links.get("priority") or "")
    if place is None:
        return ()
    seen = mine.see(place)
    review = seen.value("review_on")
    lines = [
        ("Rank", str(seen.value("rank") or "")),
        ("Why this rank", seen.text("rank_reason")),
        ("Review", day_and_month(review, material.today.year) if isinstance(review, date) else ""),
    ]
    return tuple(Labeled(label=label, words=words) for label, words in lines if words)


def _facts(material: Material, mine: Disclosure, about: Record) -> tuple[Labeled, ...]:
    seen = mine.see(about)
    due = seen.value("intake_due")
    status = str(seen.value("intake_status") or "").replace("_", " ")
    if status and isinstance(due, date) and status in ("referred", "screening"):
        status = f"{status}, intake due {day_and_month(due, material.today.year)}"
    manager = next(
        (material.attendees[one] for one in sorted(mine.case_managers(about.id)) if one in material.attendees), None
    )
    known = None if manager is None or not mine.may_name(about.id) else mine.see(manager)
    lines = [
        ("Progress", seen.text("progress")),
        ("Court", "; ".join(court_lines(seen))),
        ("Intake", status),
        ("Case agency", seen.text("case_agency")),
        ("Case manager", "" if known is None else f"{known.text('given_name')} {known.text('family_name')}".strip()),
        ("Where found", seen.text("whereabouts")),
        ("Safety", seen.text("safety")),
    ]
    return tuple(Labeled(label=label, words=words) for label, words in lines if words)


def _code(mine: Disclosure, about: Record | None) -> str:
    if about is None or mine.appearance(about.id) is not Appearance.NAME:
        return ""
    return mine.see(about).text("case_code")


def _is_flagged(item: Record) -> bool:
    """Whether somebody asked for it, whoever that was."""
    return raw(item, "flagged_by_id") is not None or item.links.get("flagged_by") is not None


def _flagged_by(mine: Disclosure, item: Record) -> str:
    who = mine.see(item).text("flagged_by")
    return short_name(who) if who else ""


def _actions_of(material: Material, item: Record) -> tuple[Record, ...]:
    participant, place = item.links.get("participant"), item.links.get("priority")
    if participant is not None:
        return tuple(action for action in material.actions if participant in action.about)
    if place is not None:
        return linked(material.actions, "priority", place)
    if str(raw(item, "kind")) == "actions":
        return material.actions
    return linked(material.actions, "agenda_item", item.id)


def _private_action(material: Material, mine: Disclosure, room: Disclosure, action: Record) -> PrivateAction | None:
    row = action_row(material, mine, action)
    if row is None:
        return None
    in_room = action_row(material, room, action)
    filed = mine.see(action).value("created_at")
    return PrivateAction(
        id=action.id,
        what=f"{row.owner_short}: {row.what}" if row.owner_short else row.what,
        due=row.due,
        state=row.state,
        carried=row.carried,
        room_reads="" if in_room is None else in_room.what,
        since=local_day(filed, material.zone) if isinstance(filed, datetime) else None,
    )


def _soonest(action: PrivateAction) -> tuple[bool, bool, date]:
    """Open ones first, overdue or due soonest before the others."""
    closed = action.state is not None and action.state.mark is not Mark.OVERDUE
    return closed, action.due is None, action.due or date.max


def _filed(material: Material, mine: Disclosure, room: Disclosure, item: Record) -> tuple[FiledEntry, ...]:
    """What was filed on an item, oldest first."""
    rows = []
    for entry in linked(material.entries, "agenda_item", item.id):
        seen, text = mine.see(entry), entry.fields.get("text")
        if words := seen.text("text"):
            whole = isinstance(text, Text) and has_all_of(mine, entry, text)
            rows.append(
                FiledEntry(
                    id=entry.id,
                    kind=seen.text("kind"),
                    what=words,
                    room_reads=room.see(entry).text("text"),
                    whole=whole,
                    kept=_kept(mine, entry, text) if isinstance(text, Text) and whole else "",
                )
            )
    return tuple(rows)


def _kept(mine: Disclosure, entry: Record, text: Text) -> str:
    """Why a class was kept, which is looked through for names as the text itself is."""
    if not text.kept_because or text.cls is None:
        return ""
    why = mine.wording(replace(text, text=text.kept_because, safe=()), frozenset(entry.about))
    return "" if why is None else f"kept as {CLASS_WORDS[text.cls]}: {why}"


def has_all_of(mine: Disclosure, record: Record, text: Text) -> bool:
    """Whether the user may have a text of a record in its full wording."""
    return mine.choose(text, frozenset(record.about)).index == -1


def last_filed(material: Material, item: str | None) -> tuple[str, ...]:
    """Ids of what was filed in this meeting on an item, the last first: for arranging, never for showing."""
    entries = [(raw(one, "filed_at"), one) for one in material.entries]
    entries += [
        (raw(one, "created_at"), one)
        for one in material.actions
        if one.links.get("origin_meeting") == material.meeting.id
    ]
    here = [(at, one.id) for at, one in entries if isinstance(at, datetime) and one.links.get("agenda_item") == item]
    return tuple(id_ for _, id_ in sorted(here, key=lambda pair: pair[0], reverse=True))


def room_reads_as(material: Material, room: Disclosure, item: str | None, slide: Slide | None) -> str:
    """How the room would read whom an item is about: by name, by case code, or nothing.

    Empty where it is about nobody, unless its slide is the idle card because there is nothing to show of it.
    """
    record = material.items.get(item or "")
    participant = None if record is None else record.links.get("participant")
    if participant is None:
        return _NOTHING if isinstance(slide, IdleCard) else ""
    words = {Appearance.NAME: "by name", Appearance.CODE: "by case code", Appearance.ABSENT: _NOTHING}
    return words[room.appearance(participant)]
