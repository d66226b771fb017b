"""What should be looked at before the meeting at hand is closed, and mending it."""

from typing import TYPE_CHECKING

from leaddesk.errors import KnownError
from leaddesk.models import ActionItem, Attendee, Meeting
from leaddesk.models.ids import policy_id
from leaddesk.policy import closing
from leaddesk.policy.desk_views import Check
from leaddesk.policy.records import Kind
from leaddesk.services import entries, ties
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import ActionForm
from leaddesk.services.voices import voices_before
from leaddesk.vault.ledger import Wanted

if TYPE_CHECKING:
    from leaddesk.services.live import LiveMeeting

_MOST_SHOWN = 2000
"""Ledger entries that are looked through for what a meeting was shown: far more than one has."""


def closing_checks(live: "LiveMeeting") -> tuple[Check, ...]:
    """What should be looked at before the meeting at hand is closed, for the signed-in user alone."""
    return closing.closing_checks(live.material, live.mine(), live.watch, live.desk.do(_left, live.meeting))


def action_form(unit: Unit, action: str) -> ActionForm:
    """The form to give an action its owner and day."""
    row = unit.found(ActionItem, Kind.ACTION, action)
    return ActionForm(id=action, owner=policy_id(Kind.ATTENDEE, row.owner_id), due=row.due)


def assign(unit: Unit, form: ActionForm) -> None:
    """Gives an action its owner, with their agency, and the day it is due; or takes them away.

    Raises:
        KnownError: it was taken back, or is closed.
    """
    row = unit.found(ActionItem, Kind.ACTION, form.id)
    if row.undone_at is not None or row.closed_at is not None:
        raise KnownError("This action is no longer open.", kept="Nothing was changed.")
    owner = unit.found(Attendee, Kind.ATTENDEE, form.owner) if form.owner else None
    row.owner_id = None if owner is None else owner.id
    row.owner_agency_id = None if owner is None else owner.agency_id
    row.due = form.due
    unit.note("action_assigned", {"action": form.id})


def _left(unit: Unit, meeting: str) -> closing.Unfinished:
    row = unit.found(Meeting, Kind.MEETING, meeting)
    return closing.Unfinished(
        shown=_shown(unit, row),
        ranked=_ranked(unit, row),
        line=bool(entries.draft(unit, row.id).words.strip()),
        before=voices_before(unit, meeting),
        conflicts=ties.undecided(unit),
    )


def _shown(unit: Unit, row: Meeting) -> tuple[str, ...]:
    """The agenda items that were taken, in their order: the ledger knows, whatever happened in between."""
    if row.opened_at is None:
        return ()
    wanted = Wanted(actions=("projected", "item_taken"), since=row.opened_at)
    meeting = policy_id(Kind.MEETING, row.id)
    found = unit.newest_entries(wanted, before=None, limit=_MOST_SHOWN)
    items = (one.objects.get("item") for one in reversed(found) if one.objects.get("meeting") == meeting)
    return tuple(dict.fromkeys(item for item in items if isinstance(item, str)))


def _ranked(unit: Unit, row: Meeting) -> frozenset[str]:
    """The location priorities that were given a rank since the meeting was opened."""
    if row.opened_at is None:
        return frozenset()
    wanted = Wanted(actions=("priority_ranked",), since=row.opened_at)
    found = unit.newest_entries(wanted, before=None, limit=_MOST_SHOWN)
    return frozenset(place for one in found if isinstance(place := one.objects.get("place"), str))
