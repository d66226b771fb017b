"""Reading what a meeting is composed from."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from leaddesk.models import FinalizedMinutes, Meeting
from leaddesk.models.ids import policy_id, row_id
from leaddesk.policy.facts import Facts
from leaddesk.policy.material import Material, raw
from leaddesk.policy.records import Fact, Kind, Record
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import records
from leaddesk.services.desk import Unit
from leaddesk.services.facts import load_facts


@dataclass(frozen=True, slots=True)
class Loaded:
    """The facts that decide and the records that are composed, of the same moment."""

    facts: Facts
    material: Material


def load(unit: Unit, meeting: str, *, at: datetime | None = None) -> Loaded:
    """Everything around one meeting, read in one transaction, as it stands at an aware instant; now by default."""
    number = row_id(Kind.MEETING, meeting)
    rows, at = unit.rows, at or unit.at
    facts = load_facts(rows, at)
    meetings = {record.id: record for record in records.meetings(rows)}
    places = records.places(rows)
    attendees = {record.id: record for record in records.attendees(rows)}
    last = _last_minutes(unit, number)
    this = meetings[meeting]
    series = {record.id: record for record in records.series(rows)}
    material = Material(
        site=records.site(rows),
        series=series[str(this.links.get("series"))],
        meeting=this,
        agenda=records.agenda(rows, number),
        participants={record.id: record for record in records.participants(rows)},
        places=tuple(record for record in places if record.kind is Kind.PLACE),
        evidence=tuple(record for record in places if record.kind is Kind.EVIDENCE),
        actions=_actions(unit, this),
        asks=records.asks(rows, open_only=True),
        entries=records.entries(rows, number),
        attendees=attendees,
        attendance=records.attendance(rows, number),
        today=at.astimezone(ZoneInfo(facts.site.zone)).date(),
        at=at,
        zone=facts.site.zone,
        last_minutes=last,
        last_meeting=None if last is None else meetings.get(str(last.links.get("meeting"))),
    )
    return Loaded(facts, material)


def _actions(unit: Unit, meeting: Record) -> tuple[Record, ...]:
    """Open actions, those of this meeting, and those that were closed since it began."""
    opened = raw(meeting, "opened_at")

    def belongs(action: Record) -> bool:
        closed = raw(action, "closed_at")
        since = isinstance(opened, datetime) and isinstance(closed, datetime) and closed >= opened
        return raw(action, "outcome") == "open" or action.links.get("origin_meeting") == meeting.id or since

    return tuple(record for record in records.actions(unit.rows, open_only=False) if belongs(record))


def _last_minutes(unit: Unit, meeting: int) -> Record | None:
    """The newest finalized minutes of an earlier meeting of the same series."""
    here = unit.rows.get_one(Meeting, meeting)
    # Their content stays where it is: it is large, and read where it is wanted.
    newest = unit.rows.execute(
        select(FinalizedMinutes.id, FinalizedMinutes.meeting_id, FinalizedMinutes.version)
        .join(Meeting, Meeting.id == FinalizedMinutes.meeting_id)
        .where(Meeting.series_id == here.series_id, Meeting.number < here.number)
        .order_by(Meeting.number.desc(), FinalizedMinutes.version.desc())
        .limit(1)
    ).first()
    if newest is None:
        return None
    return Record(
        kind=Kind.MINUTES,
        id=policy_id(Kind.MINUTES, newest.id),
        fields={"version": Fact(cls=InformationClass.PUBLIC, value=newest.version)},
        links={"meeting": policy_id(Kind.MEETING, newest.meeting_id)},
    )
