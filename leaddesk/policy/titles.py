"""What agenda items are called."""

from collections.abc import Mapping
from typing import Final

from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.material import Material, raw
from leaddesk.policy.records import Record

#: What is neither person nor place, by the agenda's word for it.
TITLES: Mapping[str, str] = {
    "overview": "Overview",
    "minutes": "Last minutes",
    "actions": "Open actions",
    "referrals": "New referrals",
    "operational": "Operational business",
    "administrative": "Administrative business",
    "next_meeting": "Next meeting",
}
#: What has a slide for everybody: it goes by what is on it, which may be public, as a meeting's day is.
_FOR_EVERYBODY: Final = frozenset({"overview", "next_meeting"})


def own_title(material: Material, mine: Disclosure, item: Record) -> str:
    """What an agenda item is called on the signed-in user's own screen, where two of one name are told apart."""
    participant = item.links.get("participant")
    return item_title(material, mine, item) if participant is None else mine.told_apart(participant)


def item_title(material: Material, shown: Disclosure, item: Record) -> str:
    """What an agenda item is called for an audience, empty where it may not know of it."""
    participant, place = item.links.get("participant"), item.links.get("priority")
    if participant is not None:
        return shown.reads_as(participant)
    if place is not None:
        record = material.places_by_id.get(place)
        return "" if record is None else shown.see(record).text("name")
    seen = shown.see(item)
    kind = str(raw(item, "kind"))
    return seen.text("title") or (TITLES.get(kind, "") if "kind" in seen or kind in _FOR_EVERYBODY else "")
