"""Reading what a meeting is composed from: what it can show, and nothing of the ten years before it.

Two statements, whatever the size of the desk and of the meeting, for whatever is not remembered: the rows around the
meeting, and the texts that they point to.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from leaddesk import models
from leaddesk.models.ids import row_id
from leaddesk.models.words import OPEN_INTAKE
from leaddesk.policy.facts import Facts
from leaddesk.policy.material import Material
from leaddesk.policy.records import Fact, Kind, Record, Text
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import recording
from leaddesk.services.batches import Part, Values
from leaddesk.services.desk import Unit
from leaddesk.services.facts import load_facts
from leaddesk.services.memory import each_made, made, state_of, values_of
from leaddesk.services.recording import Nested, Said, columns_of, record_of

C = InformationClass

#: Open actions, those of this meeting, and those that were closed since it began.
_ACTION = (
    "undone_at IS NULL AND (outcome = 'open' OR origin_meeting_id = :meeting"
    " OR closed_at >= (SELECT opened_at FROM meeting WHERE id = :meeting))"
)
_OPEN_ASK = "closed_at IS NULL"
_ENTRY = "meeting_id = :meeting AND undone_at IS NULL"
_UNDECIDED = ", ".join(f"'{one.value}'" for one in sorted(OPEN_INTAKE))
#: Those of whom the agenda or what is shown besides speaks, and those whose intake is not decided.
#: The plus keeps SQLite from going through all actions of all years in the order of their participants.
_SPOKEN_OF = f"""
    SELECT participant_id FROM agenda_item WHERE meeting_id = :meeting
    UNION SELECT +participant_id FROM action_item WHERE {_ACTION}
    UNION SELECT +participant_id FROM ask WHERE {_OPEN_ASK}
    UNION SELECT participant_id FROM text_about WHERE text_id IN (
        SELECT text_id FROM action_item WHERE {_ACTION}
        UNION SELECT text_id FROM entry WHERE {_ENTRY}
        UNION SELECT text_id FROM ask WHERE {_OPEN_ASK}
        UNION SELECT outcome_text_id FROM agenda_item WHERE meeting_id = :meeting
    )
    UNION SELECT id FROM participant WHERE intake_status IN ({_UNDECIDED})
"""  # noqa: S608 - every part is written here
_NEWEST_BEFORE = (
    "FROM finalized_minutes JOIN meeting AS earlier ON earlier.id = finalized_minutes.meeting_id"
    " JOIN meeting AS this ON this.id = :meeting"
    " WHERE earlier.series_id = this.series_id AND earlier.number < this.number"
    " ORDER BY earlier.number DESC, finalized_minutes.version DESC LIMIT 1"
)

_SITE = Part(models.Site)
_SERIES = Part(models.MeetingSeries)
_REGULARS = Part(models.MeetingRegular)
_MEETINGS = Part(models.Meeting, f"id = :meeting OR id = (SELECT earlier.id {_NEWEST_BEFORE})")
_EXPECTED = Part(models.Expected, f"meeting_id = :meeting OR meeting_id = (SELECT earlier.id {_NEWEST_BEFORE})")
#: Their content stays where it is: it is large, and read where it is wanted.
_MINUTES = Part(
    models.FinalizedMinutes, f"id = (SELECT finalized_minutes.id {_NEWEST_BEFORE})", ("meeting_id", "version")
)
_OF_ENTRIES = f"SELECT agenda_item_id FROM entry WHERE {_ENTRY}"  # noqa: S608 - both parts are written here
_AGENDA = Part(models.AgendaItem, f"meeting_id = :meeting OR id IN ({_OF_ENTRIES})")
_OF_LAST = f"meeting_id = (SELECT earlier.id {_NEWEST_BEFORE})"
#: What the last minutes tell: since they were finalized nothing of it can have changed.
_LAST_AGENDA = Part(models.AgendaItem, _OF_LAST)
_LAST_ENTRIES = Part(models.Entry, f"{_OF_LAST} AND undone_at IS NULL")
_AMENDMENTS = Part(models.Amendment, _OF_LAST)
_PARTICIPANTS = Part(models.Participant, f"id IN ({_SPOKEN_OF})")
_COURT = Part(models.CourtItem, f"participant_id IN ({_SPOKEN_OF})")
_PLACES = Part(models.LocationPriority)
_EVIDENCE = Part(models.Evidence, "priority_id IN (SELECT priority_id FROM agenda_item WHERE meeting_id = :meeting)")
_ACTIONS = Part(models.ActionItem, _ACTION)
_ASKS = Part(models.Ask, _OPEN_ASK)
_ENTRIES = Part(models.Entry, _ENTRY)
_ATTENDEES = Part(models.Attendee)
_ROLES = Part(models.AttendeeRole)
_EVENTS = Part(models.AgreementEvent)
STAYS = Part(models.Attendance, "meeting_id = :meeting")
STEPPED_OUT = Part(models.SteppedOut, "attendance_id IN (SELECT id FROM attendance WHERE meeting_id = :meeting)")
_AGENCIES = Part(models.Agency, "", ("name",))
_NEIGHBORHOODS = Part(models.Neighborhood, "", ("name",))

_AROUND = (
    _SITE, _SERIES, _REGULARS, _MEETINGS, _EXPECTED, _MINUTES, _AGENDA, _PARTICIPANTS, _COURT, _PLACES, _EVIDENCE,
    _LAST_AGENDA, _LAST_ENTRIES, _AMENDMENTS, _ACTIONS, _ASKS, _ENTRIES, _ATTENDEES, _ROLES, _EVENTS, STAYS,
    STEPPED_OUT, _AGENCIES, _NEIGHBORHOODS,
)  # fmt: skip

_WANTED = "IN (SELECT value FROM json_each(:texts))"
_TEXTS = Part(models.StoredText, f"id {_WANTED}", ("cls", "body", "source_id", "cleared", "class_reason"))
_WORDINGS = Part(models.StoredWording, f"text_id {_WANTED}", ("text_id", "position", "cls", "body", "cleared"))
_ABOUT = Part(models.TextAbout, f"text_id {_WANTED}", ("text_id", "participant_id"))

_NO_ROWS: tuple[Values, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """The facts that decide and the records that are composed, as they stand at a moment.

    Both are the same objects as before for as long as nothing in them has changed.
    """

    facts: Facts
    material: Material
    at: datetime


def load(unit: Unit, meeting: str, *, at: datetime | None = None) -> Loaded:
    """Everything that one meeting can show, as it stands at an aware instant; now by default.

    Participants are those whom its agenda, entries, open actions and asks speak of and those whose intake is open;
    evidence is that of the places on its agenda.
    """
    at = at or unit.at
    facts = load_facts(unit.rows, at)
    zone = facts.site.zone
    today = at.astimezone(ZoneInfo(zone)).date()

    def make() -> Material:
        return _Around(unit.rows, row_id(Kind.MEETING, meeting)).material(meeting, zone, today, at)

    return Loaded(facts, made(unit.rows, "loaded", (state_of(unit.rows), meeting, zone, today), make), at)


def names(session: Session) -> Mapping[str, str]:
    """What attendees, agencies, neighborhoods and series are called, by id."""
    named = {Kind.AGENCY: _AGENCIES, Kind.NEIGHBORHOOD: _NEIGHBORHOODS, Kind.SERIES: _SERIES}
    found = values_of(session, (_ATTENDEES, *named.values()), {})

    def make() -> Mapping[str, str]:
        others = ((kind, part.rows(found[part])) for kind, part in named.items())
        return recording.names(_ATTENDEES.rows(found[_ATTENDEES]), others)

    return made(session, "names", tuple(found.values()), make)


class _Around:
    """The rows around one meeting, which become records as they became before where they are the same."""

    def __init__(self, session: Session, meeting: int) -> None:
        self._session = session
        self._meeting = meeting
        self._values = values_of(session, _AROUND, {"meeting": meeting})
        self._texts = self._read_texts()
        self._names = names(session)

    def material(self, meeting: str, zone: str, today: date, at: datetime) -> Material:
        """All of it, as it was put together before if nothing in it has changed, whatever the time of day."""
        meetings = {record.id: record for record in self.meetings()}
        last, this = self.last_minutes(), meetings[meeting]
        found: dict[str, Any] = {
            "site": self.plain(_SITE)[0],
            "series": next(record for record in self.series() if record.id == this.links.get("series")),
            "meeting": this,
            "agenda": self.agenda(),
            "participants": self.participants(),
            "places": self.places(str(this.links.get("series"))),
            "evidence": self.evidence(),
            "actions": self.records(_ACTIONS, recording.actions),
            "asks": self.records(_ASKS, recording.asks),
            "entries": self.entries(),
            "attendees": self.attendees(),
            "attendance": self.attendance(),
            "today": today,
            "zone": zone,
            "last_minutes": last,
            "last_meeting": None if last is None else meetings.get(str(last.links.get("meeting"))),
            "last_agenda": self.plain(_LAST_AGENDA, "position"),
            "last_entries": self.last_entries(),
            "amendments": self.records(_AMENDMENTS, recording.amendments),
        }
        by_id = {name: self._by_id(name, found[name]) for name in ("participants", "attendees")}
        return made(self._session, "material", tuple(found.values()), lambda: Material(at=at, **(found | by_id)))

    def records(self, part: Part, record: Callable[[Iterable[Any], Said], Iterable[Record]]) -> tuple[Record, ...]:
        """The rows of a part as records."""
        return self._recorded(part, (), lambda said: record(self._rows(part), said))

    def plain(self, part: Part, order: str = "id") -> tuple[Record, ...]:
        """The rows of a part as records, by one of their columns."""
        return self._recorded(part, (), lambda said: (record_of(row, said) for row in self._rows(part, order)))

    def meetings(self) -> tuple[Record, ...]:
        return self._with_nested(_MEETINGS, "expected", "meeting_id", _EXPECTED)

    def series(self) -> tuple[Record, ...]:
        return self._with_nested(_SERIES, "regular", "series_id", _REGULARS)

    def participants(self) -> tuple[Record, ...]:
        return self._with_nested(_PARTICIPANTS, "court", "participant_id", _COURT)

    def agenda(self) -> tuple[Record, ...]:
        def record(said: Said) -> Iterable[Record]:
            items = (row for row in self._rows(_AGENDA, "position") if row.meeting_id == self._meeting)
            return (record_of(row, said) for row in items)

        return self._recorded(_AGENDA, (self._meeting,), record)

    def places(self, series: str) -> tuple[Record, ...]:
        """Location priorities by rank, each with the rank that the last final minutes of a series told."""
        number = row_id(Kind.SERIES, series)
        told = dict(next(row.ranks_told for row in self._rows(_SERIES) if row.id == number))

        def record(said: Said) -> Iterable[Record]:
            for row in self._rows(_PLACES, "rank"):
                before = {"previous_rank": Fact(cls=C.COMMUNITY, value=told[row.id])} if row.id in told else {}
                yield record_of(row, said, more=before)

        return self._recorded(_PLACES, (tuple(told.items()),), record)

    def evidence(self) -> tuple[Record, ...]:
        """Evidence by its place, in the order of the places, each by its day."""

        def record(said: Said) -> Iterable[Record]:
            rank = {row.id: position for position, row in enumerate(self._rows(_PLACES, "rank"))}
            return (
                record_of(row, said)
                for row in sorted(self._rows(_EVIDENCE, "on"), key=lambda one: rank[one.priority_id])
            )

        return self._recorded(_EVIDENCE, (self._values[_PLACES],), record)

    def entries(self) -> tuple[Record, ...]:
        return self._entries_of(_ENTRIES, _AGENDA)

    def last_entries(self) -> tuple[Record, ...]:
        return self._entries_of(_LAST_ENTRIES, _LAST_AGENDA)

    def _entries_of(self, part: Part, agenda: Part) -> tuple[Record, ...]:
        # Of an item nothing but its participant counts here: it changes with every key that shows the next one.
        participant = 1 + [column.attribute for column in columns_of(agenda.model)].index("participant_id")
        spoken_of = tuple((values[0], values[participant]) for values in self._values[agenda])
        rows = self._rows
        return self._recorded(
            part, spoken_of, lambda said: recording.entries(rows(part, "filed_at"), said, dict(spoken_of))
        )

    def attendees(self) -> tuple[Record, ...]:
        def record(said: Said) -> Iterable[Record]:
            events = self._nested("agreement_event", "attendee_id", _EVENTS)
            return recording.attendees(self._rows(_ATTENDEES), said, self._rows(_ROLES, "position"), events)

        return self._recorded(_ATTENDEES, (self._values[_ROLES], self._values[_EVENTS]), record)

    def attendance(self) -> tuple[Record, ...]:
        def record(said: Said) -> Iterable[Record]:
            stepped_out = self._nested("stepped_out", "attendance_id", STEPPED_OUT)
            return recording.stays(self._rows(STAYS, "arrived_at"), said, stepped_out)

        return self._recorded(STAYS, (self._values[STEPPED_OUT],), record)

    def last_minutes(self) -> Record | None:
        """The newest finalized minutes of an earlier meeting of the same series."""
        return next(iter(self.plain(_MINUTES)), None)

    # Inside

    def _by_id(self, name: str, records: tuple[Record, ...]) -> Mapping[str, Record]:
        return made(self._session, ("by id", name), records, lambda: {one.id: one for one in records})

    def _with_nested(self, part: Part, name: str, key: str, inner: Part) -> tuple[Record, ...]:
        def record(said: Said) -> Iterable[Record]:
            add = self._nested(name, key, inner)
            return (add(row, record_of(row, said)) for row in self._rows(part))

        return self._recorded(part, (self._values[inner], self._said(inner)), record)

    def _nested(self, name: str, key: str, part: Part) -> Nested:
        return recording.nested(name, key, self._rows(part), self._said(part))

    def _recorded(
        self, part: Part, besides: tuple[object, ...], record: Callable[[Said], Iterable[Record]]
    ) -> tuple[Record, ...]:
        """A part's records: made anew only if its rows, or what they point to, are not as they were."""
        said = self._said(part)
        return made(
            self._session, ("records", part), (self._values[part], said, besides), lambda: tuple(record(said))
        )

    def _rows(self, part: Part, order: str = "id") -> list[Any]:
        rows = part.rows(self._values[part])
        return rows if order == "id" else sorted(rows, key=lambda row: (getattr(row, order), row.id))

    def _said(self, part: Part) -> Said:
        """What the rows of a part point to, in words."""
        wanted = self._texts_of(part)

        def make() -> Said:
            return Said(self._names, {number: self._texts[number] for number in wanted if number in self._texts})

        return made(self._session, ("said", part), (wanted, self._names, self._texts), make)

    def _texts_of(self, part: Part) -> frozenset[int]:
        """The numbers of the texts that a part's rows point to."""
        values = self._values[part]
        return made(self._session, ("texts of", part), values, lambda: self._look_for_texts(part))

    def _look_for_texts(self, part: Part) -> frozenset[int]:
        positions = [
            position
            for position, column in enumerate(columns_of(part.model), start=1)
            if column.is_text and not part.names
        ]
        return frozenset(row[position] for row in self._values[part] for position in positions) - {None}

    def _read_texts(self) -> Mapping[int, Text]:
        numbers = sorted(frozenset().union(*map(self._texts_of, _AROUND)))
        found = values_of(self._session, (_TEXTS, _WORDINGS, _ABOUT), {"texts": json.dumps(numbers)})
        return made(self._session, "all texts", tuple(found.values()), lambda: self._make_texts(found))

    def _make_texts(self, found: Mapping[Part, tuple[Values, ...]]) -> Mapping[int, Text]:
        safe, about = _by_text(found[_WORDINGS]), _by_text(found[_ABOUT])
        of = {row[0]: (row, safe.get(row[0], _NO_ROWS), about.get(row[0], _NO_ROWS)) for row in found[_TEXTS]}

        def make(number: int) -> Text:
            row, wordings, people = of[number]
            (text,) = _TEXTS.rows([row])
            in_order = sorted(_WORDINGS.rows(wordings), key=lambda one: one.position)
            return recording.text_of(text, in_order, _ABOUT.rows(people))

        return each_made(self._session, "texts", of, make)


def _by_text(values: Iterable[Values]) -> Mapping[int, tuple[Values, ...]]:
    found: dict[int, tuple[Values, ...]] = defaultdict(tuple)
    for one in values:
        found[one[1]] += (one,)
    return found
