"""What the page *Prepare* shows: the agenda with its times, who is expected, and what an agenda can begin with.

For the signed-in user alone: items about people whom the user may not know are not there, and counts count only what
the user has.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from leaddesk.policy.console import agenda_rows
from leaddesk.policy.dates import clock, day_and_month, short
from leaddesk.policy.decision import Asked
from leaddesk.policy.desk_views import AgendaRow, Found
from leaddesk.policy.disclosure import Appearance, Disclosure
from leaddesk.policy.material import Material, raw
from leaddesk.policy.names import by_family_name
from leaddesk.policy.records import Record
from leaddesk.policy.slides import action_rows, open_referrals
from leaddesk.policy.titles import TITLES
from leaddesk.policy.views import Mark
from leaddesk.policy.vocabulary import InformationClass

C = InformationClass

#: What a line of an agenda template can offer, in words, in the order in which they are listed.
KINDS = (
    *((kind, TITLES[kind]) for kind in ("overview", "minutes", "actions", "referrals")),
    ("place", "Location priorities"),
    ("participant", "Participants"),
    *((kind, TITLES[kind]) for kind in ("operational", "administrative", "next_meeting")),
)

#: Of these meetings the agenda and the guests can still be changed.
_ARRANGEABLE = frozenset({"planned", "open"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """What lies around the meeting that is prepared, still to be disclosed.

    Attributes:
        expected: ids of the attendees expected at it.
        missing: of everything that is due and not on the agenda, the participant's id, ``None`` where it is about
            nobody.
        meetings: every meeting's record.
        series: every series' record.
        templates: every agenda template's record.
    """

    expected: frozenset[str]
    missing: tuple[str | None, ...]
    meetings: tuple[Record, ...]
    series: tuple[Record, ...]
    templates: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRow:
    """Somebody who attends: whether they are a regular of the series, and expected at this meeting."""

    id: str
    name: str
    detail: str
    """Their agency or neighborhood."""
    expected: bool
    regular: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRow:
    """An agenda template, and what its lines are, as the user wrote them."""

    id: str
    name: str
    lines: tuple[tuple[str, str, int, int], ...]
    """Kind, section, minutes and the largest number of items."""
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """A meeting series."""

    id: str
    name: str
    cadence: str
    every_days: int
    template: str
    """The id of what its agendas begin with, empty for the program's own order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareView:
    """One meeting before it begins, or while it can still be changed.

    Attributes:
        id: the meeting's id.
        title: which one it is.
        when: its day in words.
        starts: when it starts, an aware instant.
        place: where.
        planned: whether its day, time and place can still be changed, and it can be opened or canceled.
        arrangeable: whether its agenda and its guests can.
        items: the agenda, each with the time at which it begins if every item takes its minutes.
        minutes: planned for all of them.
        ends: the time of day at which it would end.
        missing: how many items are due and not on the agenda.
        people: everybody who attends, the expected first.
        series: its series.
        all_series: every series, by name.
        templates: every agenda template, by name.
        others: the meetings that can be prepared instead, this one among them.
    """

    id: str
    title: str
    when: str
    held_on: date
    starts: datetime
    zone: str
    place: str
    planned: bool
    arrangeable: bool
    items: tuple[AgendaRow, ...]
    minutes: int
    ends: str
    missing: int
    people: tuple[ExpectedRow, ...]
    series: SeriesRow
    all_series: tuple[SeriesRow, ...]
    templates: tuple[TemplateRow, ...]
    others: tuple[Found, ...]


def prepare_view(material: Material, mine: Disclosure, planning: Planning) -> PrepareView:
    """A meeting as the signed-in user prepares it."""
    meeting = mine.see(material.meeting)
    held, starts, state = meeting.value("held_on"), meeting.value("starts_at"), meeting.text("state")
    begins = starts if isinstance(starts, datetime) else material.at
    opened = meeting.value("opened_at")
    first = opened if isinstance(opened, datetime) else begins
    items = _timed(material, mine, planning, first)
    minutes = sum(item.minutes for item in items)
    return PrepareView(
        id=material.meeting.id,
        title=f"Meeting {meeting.text('number')}",
        when=short(held) if isinstance(held, date) else "",
        held_on=held if isinstance(held, date) else material.today,
        starts=begins,
        zone=material.zone,
        place=meeting.text("place"),
        planned=state == "planned",
        arrangeable=state in _ARRANGEABLE,
        items=items,
        minutes=minutes,
        ends=clock(first + timedelta(minutes=minutes), material.zone),
        missing=sum(_may_know(mine, one) for one in planning.missing),
        people=_people(material, planning.expected),
        series=_series_row(material.series, mine),
        all_series=tuple(sorted((_series_row(one, mine) for one in planning.series), key=_by_name)),
        templates=tuple(sorted((_template_row(one, mine) for one in planning.templates), key=_by_name)),
        others=_others(planning.meetings, mine),
    )


def _timed(material: Material, mine: Disclosure, planning: Planning, begins: datetime) -> tuple[AgendaRow, ...]:
    """The agenda with the time at which each item begins, and what is to be said of it."""
    timed, at = [], begins
    for row in agenda_rows(material, mine, {}, None, None):
        detail = _detail(material, mine, planning, material.items[row.id])
        timed.append(replace(row, starts=clock(at, material.zone), detail=detail))
        at += timedelta(minutes=row.minutes)
    return tuple(timed)


def _detail(material: Material, mine: Disclosure, planning: Planning, item: Record) -> str:
    participant, place = item.links.get("participant"), item.links.get("priority")
    if participant is not None:
        return _of_participant(material, mine, material.participants.get(participant))
    if place is not None:
        return _of_place(material, mine, material.places_by_id[place])
    if "title" in item.fields:
        return ""
    match str(raw(item, "kind")):
        case "minutes":
            return _of_minutes(material, mine, planning)
        case "actions":
            return _of_actions(material, mine)
        case "referrals":
            return _of_referrals(material, mine)
        case _:
            return ""


def _of_participant(material: Material, mine: Disclosure, about: Record | None) -> str:
    if about is None or mine.appearance(about.id) is not Appearance.NAME:
        return ""
    seen = mine.see(about)
    due = seen.value("intake_due")
    undecided = seen.text("intake_status") in ("referred", "screening")
    words = ["flagged"] if seen.value("flagged") is True else []
    words += [_days_left(due, material)] if undecided and isinstance(due, date) else []
    return ", ".join(words)


def _of_place(material: Material, mine: Disclosure, place: Record) -> str:
    seen = mine.see(place)
    rank, review = seen.value("rank"), seen.value("review_on")
    words = [f"rank {rank}"] if isinstance(rank, int) else []
    if isinstance(review, date):
        due = "due " if review <= _day_of(material) else ""
        words.append(f"review {due}{day_and_month(review, material.today.year)}")
    return ", ".join(words)


def _of_minutes(material: Material, mine: Disclosure, planning: Planning) -> str:
    """Whether the minutes of the meeting before can be approved."""
    here = material.meeting
    earlier = [
        one
        for one in planning.meetings
        if one.links.get("series") == here.links.get("series")
        and str(raw(one, "state")) != "canceled"
        and _number(one) < _number(here)
    ]
    if not earlier:
        return ""
    seen = mine.see(max(earlier, key=_number))
    words = {"finalized": "for approval", "approved": "approved"}.get(seen.text("state"), "not final yet")
    return f"of meeting {seen.text('number')}, {words}"


def _number(meeting: Record) -> int:
    number = raw(meeting, "number")
    return number if isinstance(number, int) else 0


def _of_actions(material: Material, mine: Disclosure) -> str:
    rows = action_rows(material, mine, material.actions)
    overdue = sum(row.state is not None and row.state.mark is Mark.OVERDUE for row in rows)
    still_open = sum(row.state is None for row in rows) + overdue
    if not still_open:
        return "none open"
    return f"{still_open} open, {overdue} overdue" if overdue else f"{still_open} open"


def _of_referrals(material: Material, mine: Disclosure) -> str:
    """How many are new, and how long the one has whose days run out first."""
    found = [mine.see(record) for record in open_referrals(material, mine)]
    due = sorted(day for seen in found if isinstance(day := seen.value("intake_due"), date))
    words = [f"{len(found)} new"] if found else ["none new"]
    words += [f"the first {_days_left(due[0], material)}"] if due else []
    return ", ".join(words)


def _days_left(due: date, material: Material) -> str:
    """How long until an intake is due, counted from the meeting's day or, once that has passed, from today."""
    days = (due - max(_day_of(material), material.today)).days
    if days < 0:
        return f"intake overdue since {day_and_month(due, material.today.year)}"
    return f"{days} {'day' if days == 1 else 'days'} left to intake"


def _day_of(material: Material) -> date:
    held = raw(material.meeting, "held_on")
    return held if isinstance(held, date) else material.today


def _may_know(mine: Disclosure, participant: str | None) -> bool:
    if participant is None:
        return mine.allows(Asked(C.OPERATIONS))
    return mine.appearance(participant) is not Appearance.ABSENT


def _people(material: Material, expected: frozenset[str]) -> tuple[ExpectedRow, ...]:
    """Those who attend; their names, agencies and roles are known in the room, so nobody's right is asked."""
    regulars = {link for name, link in material.series.links.items() if name.startswith("regular.")}
    rows = [
        ExpectedRow(
            id=id_,
            name=f"{raw(attendee, 'given_name') or ''} {raw(attendee, 'family_name') or ''}".strip(),
            detail=str(raw(attendee, "agency") or raw(attendee, "neighborhood") or ""),
            expected=id_ in expected,
            regular=id_ in regulars,
        )
        for id_, attendee in material.attendees.items()
        if raw(attendee, "active") is not False
    ]
    return tuple(sorted(rows, key=lambda row: (not row.expected, by_family_name(row.name))))


def _series_row(series: Record, mine: Disclosure) -> SeriesRow:
    seen = mine.see(series)
    days = seen.value("every_days")
    return SeriesRow(
        id=series.id,
        name=seen.text("name"),
        cadence=seen.text("cadence"),
        every_days=days if isinstance(days, int) else 14,
        template=series.links.get("template") or "",
    )


def _template_row(template: Record, mine: Disclosure) -> TemplateRow:
    seen = mine.see(template)
    lines = seen.value("lines")
    return TemplateRow(
        id=template.id,
        name=seen.text("name"),
        lines=tuple(
            (str(line["kind"]), str(line["section"]), int(line["minutes"]), int(line["most"]))
            for line in (lines if isinstance(lines, tuple) else ())
        ),
        retired=seen.value("retired") is True,
    )


def _by_name(row: SeriesRow | TemplateRow) -> str:
    return row.name.casefold()


def _others(meetings: Iterable[Record], mine: Disclosure) -> tuple[Found, ...]:
    """The meetings whose agenda can still be changed, by their day."""
    found = []
    for record in meetings:
        seen = mine.see(record)
        day = seen.value("held_on")
        if seen.text("state") in _ARRANGEABLE and isinstance(day, date):
            title = f"{short(day)} · Meeting {seen.text('number')}"
            found.append((day, Found(kind=record.kind, id=record.id, title=title, detail=seen.text("series"))))
    return tuple(row for _, row in sorted(found, key=lambda pair: (pair[0], pair[1].title)))
