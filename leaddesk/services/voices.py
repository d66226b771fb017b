"""The kinds of voice that a site wants at every meeting, and which of them the last meetings had."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from leaddesk.models import Attendance, Meeting
from leaddesk.models.words import MeetingState
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import Role
from leaddesk.services.desk import Unit

#: How many meetings back it is counted how often a voice was missing.
LAST = 5


def require_voices(unit: Unit, roles: Iterable[Role]) -> None:
    """Sets the roles that should be at every meeting.

    Raises:
        NotForThisUser: the signed-in user is not the chair.
    """
    unit.chair_only("Setting the kinds of voice")
    wanted = frozenset(roles)
    unit.site.required_voices = tuple(role.value for role in Role if role in wanted)
    unit.note("voices_required", roles=[role.value for role in Role if role in wanted])


def required_voices(unit: Unit) -> tuple[Role, ...]:
    """The roles that should be at every meeting."""
    return tuple(role for role in Role if role.value in unit.site.required_voices)


def voices_before(unit: Unit, meeting: str) -> tuple[frozenset[str], ...]:
    """The roles that were at each of the last meetings of the same series that were held, the latest first."""
    here = unit.found(Meeting, Kind.MEETING, meeting)
    held = unit.rows.scalars(
        select(Meeting.id)
        .where(
            Meeting.series_id == here.series_id,
            Meeting.number < here.number,
            Meeting.state.in_([MeetingState.CLOSED, MeetingState.FINALIZED, MeetingState.APPROVED]),
        )
        .order_by(Meeting.number.desc())
        .limit(LAST)
    ).all()
    there: dict[int, set[str]] = defaultdict(set)
    stays = select(Attendance.meeting_id, Attendance.role).where(
        Attendance.meeting_id.in_(held), Attendance.role.is_not(None)
    )
    for row, role in unit.rows.execute(stays):
        there[row].add(str(role))
    return tuple(frozenset(there[row]) for row in held)
