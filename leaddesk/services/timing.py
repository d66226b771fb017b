"""The time that each item has had in the meeting at hand: out of the ledger, then as the room turns.

Nothing is stored for it: what was shown from when to when is in the ledger anyway, so a restart goes on from there.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from leaddesk.policy.desk_views import Screen
from leaddesk.policy.material import raw
from leaddesk.policy.timing import Turned, spent_on
from leaddesk.services.desk import Unit
from leaddesk.vault.ledger import LedgerEntry, Wanted

if TYPE_CHECKING:
    from leaddesk.services.live import LiveMeeting

_MOST = 2000
"""Ledger entries that are looked through: far more than one meeting has."""
_GOES_ON = frozenset({"blank", "next", "the room changed", "the basis changed", "looked at anew"})
"""Ends of what was shown that don't end the talk about it: a black screen, or the same before other eyes."""
_ACTIONS = ("projected", "item_taken", "shown_until", "taken_until", "signed_in", "meeting_closed")


class ItemClock:
    """Knows how long each item has had.

    Args:
        live: the meeting at hand.
    """

    def __init__(self, live: "LiveMeeting") -> None:
        self._live = live
        self._turns = list(live.desk.do(turns, live.meeting, raw(live.material.meeting, "opened_at")))

    def look(self, now: datetime) -> Mapping[str, timedelta]:
        """The time that each item has had until now; what is before the room now counts from the first look on."""
        before = self._turns[-1].item if self._turns else None
        item = before if self._live.screen is Screen.BLANK else self._live.live_item
        if item != before:
            self._turns.append(Turned(now, item))
        return spent_on(self._turns, now)


def turns(unit: Unit, meeting: str, opened: object) -> tuple[Turned, ...]:
    """When which item was before the room, as the ledger has it, up to a program that ended without a word."""
    if not isinstance(opened, datetime):
        return ()
    wanted = Wanted(actions=_ACTIONS, since=opened)
    found = unit.newest_entries(wanted, before=None, limit=_MOST)
    return tuple(turn for entry in reversed(found) if (turn := _turn(entry, meeting)))


def _turn(entry: LedgerEntry, meeting: str) -> Turned | None:
    if entry.action in ("projected", "item_taken"):
        item = entry.objects.get("item")
        here = entry.objects.get("meeting") == meeting
        return Turned(entry.at, item if isinstance(item, str) else None) if here else None
    if entry.action in ("shown_until", "taken_until") and entry.payload.get("why") in _GOES_ON:
        return None
    until = entry.payload.get("until")
    return Turned(datetime.fromisoformat(until) if isinstance(until, str) else entry.at, None)
