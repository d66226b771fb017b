"""The rows of an agenda item, one by one: how each reads for an audience, and what it is read from.

They are composed by the functions that compose the slides, so that what is told of a slide's rows is what it has.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from leaddesk.policy import last_minutes
from leaddesk.policy.dates import day_and_month
from leaddesk.policy.disclosure import Appearance, Disclosure
from leaddesk.policy.material import Material, linked, raw
from leaddesk.policy.records import Kind, Record
from leaddesk.policy.slides import (
    action_row,
    court_line,
    court_numbers,
    lead_words,
    name_row,
    place_row,
    referral_words,
    topic_words,
    voice_of,
)
from leaddesk.policy.views import carried_words

#: Records whose words can be written anew for the room, or their typed names linked.
_REWORDABLE = frozenset({Kind.ENTRY, Kind.ACTION})
_ACTION_FIELDS = ("text", "owner", "owner_agency", "due", "outcome", "carried")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of an item: how it reads for an audience, and what it is read from.

    Attributes:
        kind: what it is, in words, one of them.
        words: how it reads, empty for nothing.
        of: the records it is read from, with the names of their fields.
        named: participants who stand in it by name or code.
        final: whether its words stand in final minutes, and so can't be written anew.
    """

    kind: str
    words: Callable[[Disclosure], str]
    of: tuple[tuple[Record, tuple[str, ...]], ...] = ()
    named: tuple[str, ...] = ()
    final: bool = False

    @property
    def reworded(self) -> str:
        """The id of the record whose words can be written anew, empty where there is none."""
        if self.final:
            return ""
        return next((record.id for record, _ in self.of if record.kind in _REWORDABLE), "")


def may_know(material: Material, shown: Disclosure, item: Record | None) -> bool:
    """Whether an audience may know of an item at all: else its slide is the public card."""
    participant = None if item is None else item.links.get("participant")
    if participant is not None:
        return shown.appearance(participant) is not Appearance.ABSENT
    if item is not None and kind_of(item) == "place" and item.links.get("priority") not in material.places_by_id:
        return False
    return all(name in shown.see(record) for record, name in gate(material, item))


def gate(material: Material, item: Record | None) -> Iterator[tuple[Record, str]]:
    """The facts without which an audience gets nothing of an item about nobody: records, and names of fields."""
    if item is None or kind_of(item) in ("overview", "actions", "participant"):
        return
    place = material.places_by_id.get(item.links.get("priority") or "")
    if place is not None:
        yield place, "name"
        yield place, "rank"
    else:
        yield item, "kind"


def kind_of(item: Record) -> str:
    """The agenda's word for an item."""
    return str(raw(item, "kind"))


def item_lines(material: Material, mine: Disclosure, item: Record | None) -> Iterator[Line]:
    """The rows of an item, ``None`` for the overview; what kind each is, in the words of the signed-in user."""
    kind = "overview" if item is None else kind_of(item)
    if kind == "overview":
        yield from _people(material)
        yield from map(_place_line, material.current_places)
    if kind in ("overview", "actions"):
        yield from (_action(material, action) for action in material.actions)
        return
    assert item is not None
    if kind == "participant":
        yield from _about_participant(material, mine, item)
    elif kind == "place":
        yield from _about_place(material, item)
    else:
        yield from _topic(material, item, kind)
    for entry in linked(material.entries, "agenda_item", item.id):
        yield _text_line(mine.see(entry).text("kind"), entry, "text")


def _about_participant(material: Material, mine: Disclosure, item: Record) -> Iterator[Line]:
    one = item.links.get("participant") or ""
    record = material.participants.get(one)
    if record is None:
        return
    name = "name" if mine.may_name(one) else "case code"
    yield Line(kind=name, words=partial(_reads_as, one), named=(one,))
    yield _text_line("progress line", record, "progress")
    for number in court_numbers(record.fields):
        fields = tuple(name for name in record.fields if name.startswith(f"court.{number}."))
        yield Line(kind="court date", words=partial(_court, record, number), of=((record, fields),))
    for ask in linked(material.asks, "participant", one):
        yield Line(kind="ask", words=partial(_ask, ask), of=((ask, ("text", "to_whom")),))
    yield from (_action(material, action) for action in material.actions if one in action.about)


def _about_place(material: Material, item: Record) -> Iterator[Line]:
    place = material.places_by_id[item.links.get("priority") or ""]
    yield _place_line(place)
    yield _text_line("line on whom we have not heard from", place, "not_heard_from")
    yield _text_line("response", place, "response")
    lead = material.attendees.get(place.links.get("lead") or "")
    about_lead = () if lead is None else ((lead, ("title", "family_name")),)
    yield Line(
        kind="lead",
        words=partial(_lead, material, place),
        of=((place, ("lead", "lead_text")), *about_lead),
    )
    yield _text_line("review date", place, "review_on")
    for evidence in material.evidence_of(place.id):
        yield Line(
            kind="voice" if str(raw(evidence, "lane")) == "qualitative" else "figure",
            words=partial(_voice, evidence),
            of=((evidence, ("text", "lane", "voices", "source")),),
        )


def _topic(material: Material, item: Record, kind: str) -> Iterator[Line]:
    yield _text_line("title", item, "title")
    if kind == "referrals":
        for record in material.participants.values():
            if raw(record, "intake_status") in ("referred", "screening"):
                yield Line(
                    kind="referral",
                    words=partial(_referral, record),
                    of=((record, ("intake_status", "intake_due")),),
                    named=(record.id,),
                )
    elif kind == "minutes":
        told = (one for one in (material.last_meeting, material.last_minutes) if one is not None)
        yield Line(
            kind="line",
            words=partial(last_minutes.heading, material),
            of=tuple((record, tuple(record.fields)) for record in told),
        )
        yield from _last_minutes(material)
    else:
        yield Line(
            kind="line",
            words=partial(_topic_words, material, kind),
            of=((material.meeting, tuple(material.meeting.fields)),),
        )


def _last_minutes(material: Material) -> Iterator[Line]:
    for item, record in last_minutes.told(material):
        participant = None if item is None else item.links.get("participant")
        yield Line(
            kind="line of the minutes",
            words=partial(last_minutes.line, material, item, record),
            of=((record, ("text", "kind")), *(() if item is None else ((item, ("kind", "title")),))),
            named=() if participant is None else (participant,),
            final=True,
        )


def _people(material: Material) -> Iterator[Line]:
    on_agenda = dict.fromkeys(item.links.get("participant") for item in material.agenda)
    for one in on_agenda:
        record = material.participants.get(one or "")
        if record is not None:
            yield Line(
                kind="participant",
                words=partial(_person, record),
                of=((record, ("engagement", "intake_status", "intake_due")),),
                named=(record.id,),
            )


def _place_line(place: Record) -> Line:
    return Line(
        kind="place",
        words=partial(_place, place),
        of=((place, ("rank", "name", "neighborhood", "previous_rank")),),
    )


def _text_line(kind: str, record: Record, field: str) -> Line:
    return Line(kind=kind, words=partial(_field, record, field), of=((record, (field,)),))


def _action(material: Material, action: Record) -> Line:
    owner = material.attendees.get(action.links.get("owner") or "")
    of = () if owner is None else ((owner, ("agency", "neighborhood", "family_name")),)
    return Line(
        kind="action",
        words=partial(_action_words, material, action),
        of=((action, _ACTION_FIELDS), *of),
        named=action.about,
    )


def _action_words(material: Material, action: Record, shown: Disclosure) -> str:
    row = action_row(material, shown, action)
    if row is None:
        return ""
    due = "" if row.due is None else f"due {day_and_month(row.due)}"
    state = "" if row.state is None else row.state.words
    return _joined((row.what, row.owner, due, state, carried_words(row.carried)))


def _person(record: Record, shown: Disclosure) -> str:
    row = name_row(shown, record)
    if row is None:
        return ""
    due = "" if row.due is None else f" {day_and_month(row.due)}"
    return _joined((row.name, f"{row.detail}{due}"))


def _place(place: Record, shown: Disclosure) -> str:
    row = place_row(shown.see(place))
    if row is None:
        return ""
    change = "" if row.change is None else row.change.words
    return _joined((row.name, row.neighborhood, f"rank {row.rank}", change))


def _reads_as(participant: str, shown: Disclosure) -> str:
    return shown.reads_as(participant)


def _field(record: Record, field: str, shown: Disclosure) -> str:
    return shown.see(record).text(field)


def _court(record: Record, number: str, shown: Disclosure) -> str:
    return court_line(shown.see(record), number)


def _ask(ask: Record, shown: Disclosure) -> str:
    seen = shown.see(ask)
    what = seen.text("text")
    return _joined((what, seen.text("to_whom"))) if what else ""


def _lead(material: Material, place: Record, shown: Disclosure) -> str:
    return lead_words(material, shown, place)


def _voice(evidence: Record, shown: Disclosure) -> str:
    voice = voice_of(shown.see(evidence))
    return "" if voice is None else _joined((voice.text, voice.source))


def _referral(record: Record, shown: Disclosure) -> str:
    return referral_words(shown, record)


def _topic_words(material: Material, kind: str, shown: Disclosure) -> str:
    return " ".join(topic_words(material, shown, kind))


def _joined(parts: Iterable[str]) -> str:
    return "  ·  ".join(part for part in parts if part)
