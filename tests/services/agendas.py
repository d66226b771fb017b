"""What the tests of agendas have in common: a planned meeting, what can be due, and how its agenda stands."""

from datetime import timedelta

from leaddesk.models import AgendaItem, LocationPriority
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import AgendaKind, PlaceState
from leaddesk.policy.records import Kind
from leaddesk.services import agenda, meetings, participants
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import ParticipantForm
from leaddesk.services.meetings import MeetingForm
from leaddesk.services.planning import planning_of
from tests.services.opened import NOON
from tests.services.rows import keep

K = AgendaKind


def plan(desk: Desk, days: int = 0) -> int:
    day = NOON + timedelta(days=days)
    return row_id(Kind.MEETING, desk.do(meetings.plan, MeetingForm(held_on=day.date(), starts_at=day)))


def participant(
    desk: Desk, family: str, *, flagged: bool = False, status: str = "enrolled", referred: int = 0
) -> str:
    form = ParticipantForm(
        given_name="Ana",
        family_name=family,
        flagged=flagged,
        intake_status=status,
        referral_date=(NOON - timedelta(days=referred)).date(),
    )
    return desk.do(participants.save_participant, form, desk.everyday)


def place(desk: Desk, name: str, rank: int, review: int | None = None, state: PlaceState = PlaceState.ACTIVE) -> str:
    def add(unit: Unit) -> str:
        on = None if review is None else (NOON + timedelta(days=review)).date()
        row = keep(unit.rows, LocationPriority(name=name, rank=rank, review_on=on, state=state))
        return policy_id(Kind.PLACE, row.id)

    return desk.do(add)


def items(desk: Desk, meeting: int) -> list[AgendaItem]:
    return list(desk.do(agenda.items_of, meeting))


def ids(desk: Desk, meeting: int) -> list[str]:
    return [policy_id(Kind.AGENDA_ITEM, item.id) for item in items(desk, meeting)]


def kinds(desk: Desk, meeting: int) -> list[AgendaKind]:
    return [item.kind for item in items(desk, meeting)]


def topic(desk: Desk, meeting: int, title: str = "Radios") -> str:
    return desk.do(agenda.add_item, meeting, title=title, everyday=desk.everyday)


def missing(desk: Desk, meeting: int) -> list[str | None]:
    """Whom what is due and not on the agenda is about."""
    return list(desk.do(planning_of, policy_id(Kind.MEETING, meeting)).missing)
