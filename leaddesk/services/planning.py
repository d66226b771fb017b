"""What the page *Prepare* is composed from, besides the meeting's own material."""

from leaddesk.models import Meeting
from leaddesk.models.ids import policy_id
from leaddesk.policy.prepare import Planning
from leaddesk.policy.records import Kind
from leaddesk.services import records
from leaddesk.services.agenda import items_of
from leaddesk.services.desk import Unit
from leaddesk.services.due import missing, order_of
from leaddesk.services.series import expected


def planning_of(unit: Unit, meeting: str) -> Planning:
    """What lies around a meeting that is prepared: who is expected, what is missing, and what can be chosen."""
    row = unit.found(Meeting, Kind.MEETING, meeting)
    due = missing(unit, row, order_of(unit, row.series_id), items_of(unit, row.id))
    return Planning(
        expected=frozenset(policy_id(Kind.ATTENDEE, number) for number in expected(unit, row.id)),
        missing=tuple(policy_id(Kind.PARTICIPANT, one.subject.participant) for one in due),
        meetings=records.meetings(unit.rows),
        series=records.series(unit.rows),
        templates=records.agenda_templates(unit.rows),
    )
