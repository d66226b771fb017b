"""What was taken back, in words the signed-in user may read."""

from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.material import Material
from leaddesk.policy.titles import own_title

_MOST = 80
"""Letters of what was taken back: enough to know it again by."""


def undo_words(material: Material, mine: Disclosure, did: str, about: str | None) -> str:
    """Such as ``Taken back: the update “Form sent”.``

    Args:
        material: as it is before the step is taken back.
        mine: what the signed-in user may have.
        did: what was done, as a noun.
        about: the id of what it was done to, ``None`` where that has no words of its own.
    """
    what = _words_of(material, mine, about) if about else ""
    if len(what) > _MOST:
        what = f"{what[:_MOST].rstrip()}…"
    return f"Taken back: {did} “{what}”." if what else f"Taken back: {did}."


def _words_of(material: Material, mine: Disclosure, about: str) -> str:
    if about in material.items:
        return own_title(material, mine, material.items[about])
    if about in material.places_by_id:
        return mine.see(material.places_by_id[about]).text("name")
    if about in material.attendees:
        known = mine.see(material.attendees[about])
        return f"{known.text('given_name')} {known.text('family_name')}".strip()
    filed = next((one for one in (*material.entries, *material.actions) if one.id == about), None)
    return "" if filed is None else mine.see(filed).text("text")
