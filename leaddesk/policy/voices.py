"""Kinds of voice that should be at every meeting, and those that are missing; for the console alone."""

from collections import Counter
from collections.abc import Collection, Sequence

from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.material import Material, raw
from leaddesk.policy.room import Room
from leaddesk.policy.why import role_words


def required_voices(material: Material, mine: Disclosure) -> tuple[str, ...]:
    """The roles that the site wants at every meeting, as far as the user may know them."""
    required = mine.see(material.site).value("required_voices")
    return tuple(str(role) for role in required) if isinstance(required, tuple) else ()


def missing_now(material: Material, mine: Disclosure, room: Room) -> tuple[str, ...]:
    """The kinds of voice that are not in the room now, in words; none before anybody has been checked in."""
    here = {presence.role for presence in room.present.values()}
    return tuple(role_words(role) for role in required_voices(material, mine) if role not in here) if here else ()


def missing_at(material: Material, mine: Disclosure, before: Sequence[Collection[str]]) -> tuple[str, ...]:
    """The kinds of voice that were missing from the whole meeting, in words, each with how often it was before.

    Args:
        material: the meeting.
        mine: what the signed-in user may have.
        before: the roles that were at each of the last meetings of the series.
    """
    required = required_voices(material, mine)
    here = {str(raw(stay, "role")) for stay in material.attendance}
    missed = Counter(role for there in before for role in required if role not in there)
    return tuple(
        f"{role_words(role)} (missing at {missed[role]} of the last {len(before)} meetings too)"
        if missed[role]
        else role_words(role)
        for role in required
        if role not in here
    )
