"""The slides, composed from records for one audience. What the audience may not have leaves no trace on them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from leaddesk.policy import last_minutes
from leaddesk.policy.dates import day_and_month, long
from leaddesk.policy.disclosure import Appearance, Disclosure, Seen
from leaddesk.policy.material import Material, linked, raw
from leaddesk.policy.records import Record
from leaddesk.policy.titles import item_title
from leaddesk.policy.views import (
    ActionBoard,
    ActionRow,
    AskRow,
    Frame,
    IdleCard,
    Mark,
    Marked,
    NameRow,
    Overview,
    OwnerGroup,
    ParticipantSlide,
    PlaceRow,
    PlaceSlide,
    Slide,
    TopicSlide,
    Voice,
)
from leaddesk.policy.why import short_name

#: The sentence of 42 CFR 2.32 (a)(2) that goes with what 2.31 applied to.
PART2_SENTENCE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
#: The doors to the program, in the order in which they are counted; of some nobody wrote down by which they came.
_DOORS: Final[Mapping[str, str]] = {
    "arrest": "arrest diversion",
    "social": "social contact referral",
    "community": "community referral",
    "": "not recorded",
}


def idle_card(material: Material, shown: Disclosure) -> IdleCard:
    """The public card."""
    site, meeting = shown.see(material.site), shown.see(material.meeting)
    when = meeting.value("held_on")
    return IdleCard(
        program=site.text("program"),
        program_word=site.text("program_word"),
        # A second series is another group.
        group=meeting.text("series") or site.text("group"),
        when=when if isinstance(when, date) else None,
        where=meeting.text("place"),
    )


def slide(material: Material, shown: Disclosure, item: str | None) -> Slide:
    """The slide of an agenda item, ``None`` for the overview; the idle card where the audience may have nothing."""
    record = None if item is None else material.items.get(item)
    if record is None:
        composed = _overview(material, shown, None)
    else:
        composed = _COMPOSERS.get(str(raw(record, "kind")), _topic)(material, shown, record)
    return idle_card(material, shown) if composed is None else composed


def frame(material: Material, shown: Disclosure) -> Frame:
    """What surrounds a slide, composed last: the notice depends on what was told."""
    site = shown.see(material.site)
    return Frame(
        program=f"{site.text('program')} {site.text('program_word')}".strip(),
        notice=PART2_SENTENCE if shown.needs_part2_notice else "",
    )


def _overview(material: Material, shown: Disclosure, _item: Record | None) -> Slide | None:
    on_agenda = dict.fromkeys(one for item in material.agenda if (one := item.links.get("participant")) is not None)
    participants = tuple(
        row for one in on_agenda if (row := name_row(shown, material.participants.get(one))) is not None
    )
    places = place_rows(material, shown)
    actions = action_rows(material, shown, material.actions)
    if not (participants or places or actions):
        return None
    meeting = shown.see(material.meeting)
    when = meeting.value("held_on")
    return Overview(
        frame=frame(material, shown),
        when=when if isinstance(when, date) else material.today,
        meeting=f"Meeting {meeting.text('number')}",
        participants=participants,
        places=places,
        actions=actions,
    )


def name_row(shown: Disclosure, record: Record | None) -> NameRow | None:
    """A participant in a list, by name with one line or by code, ``None`` where the audience may have neither."""
    if record is None:
        return None
    appearance = shown.appearance(record.id)
    if appearance is Appearance.ABSENT:
        return None
    name = shown.reads_as(record.id)
    if appearance is Appearance.CODE:
        return NameRow(name=name, detail="Follow-up")
    seen = shown.see(record)
    status, due = seen.value("intake_status"), seen.value("intake_due")
    if status in ("referred", "screening") and isinstance(due, date):
        return NameRow(name=name, detail="Intake due", due=due)
    return NameRow(name=name, detail=_STATUS_WORDS.get(str(seen.value("engagement") or status or ""), "Follow-up"))


_STATUS_WORDS: Mapping[str, str] = {
    "active": "Active",
    "light_touch": "Light touch",
    "not_engaged": "Not engaged lately",
    "paused": "Paused",
    "exited": "Exited",
    "enrolled": "Enrolled",
    "intake_missed": "Intake missed",
    "declined": "Declined",
}


def place_rows(material: Material, shown: Disclosure) -> tuple[PlaceRow, ...]:
    """The location priorities that the audience may have, by rank; resolved ones have none any more."""
    return tuple(row for record in material.current_places if (row := place_row(shown.see(record))) is not None)


def place_row(seen: Seen) -> PlaceRow | None:
    """A location priority in a list, ``None`` where the audience may not have it."""
    rank, name = seen.value("rank"), seen.text("name")
    if not name or not isinstance(rank, int):
        return None
    return PlaceRow(rank=rank, name=name, neighborhood=seen.text("neighborhood"), change=change_of(seen, rank))


def change_of(seen: Seen, rank: int) -> Marked:
    """How a rank has changed since the last meeting."""
    before = seen.value("previous_rank")
    if not isinstance(before, int):
        return Marked(mark=Mark.NEW, words="new")
    if before == rank:
        return Marked(mark=Mark.SAME, words="same")
    return (
        Marked(mark=Mark.UP, words=f"up from {before}")
        if rank < before
        else Marked(mark=Mark.DOWN, words=f"down from {before}")
    )


def action_rows(material: Material, shown: Disclosure, records: tuple[Record, ...]) -> tuple[ActionRow, ...]:
    """The open actions one of whose wordings the audience may have, overdue and earliest due first."""
    rows = [row for record in records if (row := action_row(material, shown, record)) is not None]
    return tuple(sorted(rows, key=lambda row: (row.due is None, row.due or date.max)))


def action_row(material: Material, shown: Disclosure, record: Record) -> ActionRow | None:
    """An action as the audience may have it, ``None`` where none of its wordings is for it.

    Where its participant appears by code, an owner who is that participant's case manager is left out.
    """
    seen = shown.see(record)
    what = seen.text("text")
    if not what:
        return None
    owner = record.links.get("owner")
    by_code = any(shown.appearance(one) is not Appearance.NAME for one in record.about)
    tells_too_much = by_code and any(owner in shown.case_managers(one) for one in record.about)
    name, agency, family = "", "", ""
    if owner is not None and not tells_too_much and "owner" in seen:
        attendee = material.attendees.get(owner)
        name = short_name(seen.text("owner"))
        if attendee is not None:
            known = shown.see(attendee)
            agency, family = known.text("agency") or known.text("neighborhood"), known.text("family_name")
    elif not tells_too_much:
        name = seen.text("owner_agency")
    due = seen.value("due")
    due = due if isinstance(due, date) else None
    carried = seen.value("carried")
    return ActionRow(
        what=what,
        owner=", ".join(part for part in (name, agency) if part),
        owner_short=family or name,
        due=due,
        state=_action_state(str(seen.value("outcome") or "open"), due, material.today),
        carried=carried if isinstance(carried, int) else 0,
    )


def _action_state(outcome: str, due: date | None, today: date) -> Marked | None:
    if outcome == "open":
        return Marked(mark=Mark.OVERDUE, words="overdue") if due is not None and due < today else None
    return Marked(mark=Mark(outcome), words=outcome.replace("_", " "))


def _participant(material: Material, shown: Disclosure, item: Record) -> Slide | None:
    one = item.links.get("participant") or ""
    record = material.participants.get(one)
    if record is None or shown.appearance(one) is Appearance.ABSENT:
        return None
    name = shown.reads_as(one)
    seen = shown.see(record)
    lines = [seen.text("progress"), *court_lines(seen)]
    lines += [words for entry in _entries_on(material, item) if (words := shown.see(entry).text("text"))]
    asks = tuple(
        AskRow(what=what, of_whom=ask.text("to_whom"))
        for ask in map(shown.see, linked(material.asks, "participant", one))
        if (what := ask.text("text"))
    )
    actions = action_rows(material, shown, tuple(r for r in material.actions if one in r.about))
    return ParticipantSlide(
        frame=frame(material, shown),
        name=name,
        progress=tuple(line for line in lines if line),
        asks=asks,
        actions=actions,
    )


def court_lines(seen: Seen) -> list[str]:
    """The court dates that the audience may have, a line each."""
    lines = [court_line(seen, number) for number in court_numbers(seen.names)]
    return [line for line in lines if line]


def court_numbers(names: Iterable[str]) -> tuple[str, ...]:
    """The numbers of the court items that fields are of, in their order."""
    return tuple(dict.fromkeys(name.split(".")[1] for name in names if name.startswith("court.")))


def court_line(seen: Seen, number: str) -> str:
    """One court date as the audience may have it, empty for nothing."""
    parts = [seen.text(f"court.{number}.{part}") for part in ("court", "matter")]
    day = seen.value(f"court.{number}.next_date")
    if isinstance(day, date):
        parts.append(day_and_month(day))
    ask = seen.text(f"court.{number}.ask")
    line = ", ".join(part for part in parts if part)
    return f"{line}. {ask}" if line and ask else line or ask


def _entries_on(material: Material, item: Record) -> tuple[Record, ...]:
    return linked(material.entries, "agenda_item", item.id)


def _place(material: Material, shown: Disclosure, item: Record) -> Slide | None:
    record = material.places_by_id.get(item.links.get("priority") or "")
    if record is None:
        return None
    seen = shown.see(record)
    name, rank = seen.text("name"), seen.value("rank")
    if not name or not isinstance(rank, int):
        return None
    review = seen.value("review_on")
    updates = [words for entry in _entries_on(material, item) if (words := shown.see(entry).text("text"))]
    return PlaceSlide(
        frame=frame(material, shown),
        rank=rank,
        change=change_of(seen, rank),
        neighborhood=seen.text("neighborhood"),
        name=name,
        told=tuple(_voices(material, shown, record.id, quoted=True)),
        not_heard_from=seen.text("not_heard_from"),
        counted=tuple(_voices(material, shown, record.id, quoted=False)),
        response="\n".join(part for part in (seen.text("response"), *updates) if part),
        lead=lead_words(material, shown, record),
        review=review if isinstance(review, date) else None,
    )


def _voices(material: Material, shown: Disclosure, place: str, *, quoted: bool) -> list[Voice]:
    voices = (voice_of(shown.see(evidence)) for evidence in material.evidence_of(place))
    return [voice for voice in voices if voice is not None and voice.quoted is quoted]


def voice_of(seen: Seen) -> Voice | None:
    """One piece of evidence as the audience may have it, ``None`` for nothing."""
    words = seen.text("text")
    if not words:
        return None
    count = seen.value("voices")
    heard = f"{count} voice{'' if count == 1 else 's'}" if isinstance(count, int) else ""
    source = ", ".join(part for part in (heard, seen.text("source")) if part)
    return Voice(text=words, source=source, quoted=str(seen.value("lane")) == "qualitative")


def lead_words(material: Material, shown: Disclosure, record: Record) -> str:
    """Who leads the response to a place, as the audience may have it."""
    seen = shown.see(record)
    attendee = material.attendees.get(record.links.get("lead") or "")
    if attendee is None or not seen.text("lead"):
        return seen.text("lead_text")
    known = shown.see(attendee)
    return f"{known.text('title')} {known.text('family_name')}".strip()


#: Over actions that have no owner, and over those whose owner this audience may not have: which it is, is not said.
_NO_OWNER = "More actions"


def _actions(material: Material, shown: Disclosure, _item: Record) -> Slide | None:
    rows = action_rows(material, shown, material.actions)
    if not rows:
        return None
    groups: dict[str, list[ActionRow]] = {}
    late = [row for row in rows if row.state is not None and row.state.mark is Mark.OVERDUE]
    for row in (*late, *(row for row in rows if row not in late)):
        groups.setdefault(row.owner or _NO_OWNER, []).append(row)
    return ActionBoard(
        frame=frame(material, shown),
        groups=tuple(OwnerGroup(owner=owner, actions=tuple(actions)) for owner, actions in groups.items()),
    )


def _topic(material: Material, shown: Disclosure, item: Record) -> Slide | None:
    kind = str(raw(item, "kind"))
    title = item_title(material, shown, item)
    if not title:
        return None
    lines = topic_words(material, shown, kind)
    lines += [words for entry in _entries_on(material, item) if (words := shown.see(entry).text("text"))]
    return TopicSlide(frame=frame(material, shown), kicker=_kicker(shown, material), title=title, lines=tuple(lines))


def topic_words(material: Material, shown: Disclosure, kind: str) -> list[str]:
    """The lines that a topic of a kind has by itself, besides what was filed under it."""
    more = _TOPIC_LINES.get(kind)
    return [] if more is None else more(material, shown)


def _kicker(shown: Disclosure, material: Material) -> str:
    return f"Meeting {shown.see(material.meeting).text('number')}"


def _minutes_lines(material: Material, shown: Disclosure) -> list[str]:
    lines = (last_minutes.line(material, item, record, shown) for item, record in last_minutes.told(material))
    return [last_minutes.heading(material, shown), *(line for line in lines if line)]


def _referral_lines(material: Material, shown: Disclosure) -> list[str]:
    found = [(row, record) for record in open_referrals(material, shown) if (row := name_row(shown, record))]
    rows = sorted((row for row, _ in found), key=lambda row: (row.due or date.max, row.name))
    by_door = Counter(shown.see(record).text("door") for _, record in found)
    return [*([_door_line(by_door)] if any(by_door) else ()), *map(_referral_line, rows)]


def _door_line(by_door: Counter[str]) -> str:
    """How many came by which door, of those whom the audience may have: there is nobody else to count."""
    counts = [f"{by_door[door]} {words}" for door, words in _DOORS.items() if by_door[door]]
    return f"By door: {', '.join(counts)}"


def open_referrals(material: Material, shown: Disclosure) -> tuple[Record, ...]:
    """The participants whose intake is undecided, as far as the audience may know their status."""
    return tuple(record for record in material.participants.values() if _intake_known_open(shown, record))


def referral_words(shown: Disclosure, record: Record) -> str:
    """A participant whose intake is undecided as the audience may have them, empty for nothing."""
    row = name_row(shown, record) if _intake_known_open(shown, record) else None
    return "" if row is None else _referral_line(row)


def _intake_known_open(shown: Disclosure, record: Record) -> bool:
    # Only those it is about are read, and only where their status may be known: else a code would tell it.
    undecided = raw(record, "intake_status") in ("referred", "screening")
    return undecided and shown.see(record).value("intake_status") is not None


def _referral_line(row: NameRow) -> str:
    return f"{row.name}: {row.detail.lower()}{f' {day_and_month(row.due)}' if row.due else ''}"


def _next_lines(material: Material, shown: Disclosure) -> list[str]:
    day = shown.see(material.meeting).value("next_meeting_on")
    return [long(day)] if isinstance(day, date) else ["Not set yet."]


_Composer = Callable[[Material, Disclosure, Record], Slide | None]
_COMPOSERS: Mapping[str, _Composer] = {
    "overview": _overview,
    "participant": _participant,
    "place": _place,
    "actions": _actions,
}
_TOPIC_LINES: Mapping[str, Callable[[Material, Disclosure], list[str]]] = {
    "minutes": _minutes_lines,
    "referrals": _referral_lines,
    "next_meeting": _next_lines,
}
