"""The minutes of the meeting before, as an audience may have them: what a group looks at and then approves."""

from collections.abc import Iterator
from datetime import date

from leaddesk.policy.course import FINAL
from leaddesk.policy.dates import short
from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.material import Material, linked, raw
from leaddesk.policy.records import Kind, Record
from leaddesk.policy.titles import item_title


def heading(material: Material, shown: Disclosure) -> str:
    """Which minutes they are, and whether they are approved."""
    if material.last_minutes is None or material.last_meeting is None:
        return "There are no earlier minutes."
    last, minutes = shown.see(material.last_meeting), shown.see(material.last_minutes)
    held, approved = last.value("held_on"), last.value("approved_on")
    when = f" of {short(held)}" if isinstance(held, date) else ""
    words = f"Meeting {last.text('number')}{when}, version {minutes.text('version')}"
    if isinstance(approved, date):
        return f"{words}: approved {'today' if approved == material.today else f'on {short(approved)}'}."
    return f"{words}: to be approved." if last.text("state") == "finalized" else f"{words}."


def told(material: Material) -> Iterator[tuple[Record | None, Record]]:
    """What they tell, item by item: the agenda item, if any, and the entry or amendment.

    Nothing of minutes that are being mended: they are no longer what was final.
    """
    last = material.last_meeting
    if last is None or raw(last, "state") not in FINAL:
        return
    items = {item.id for item in material.last_agenda}
    for item in material.last_agenda:
        for entry in linked(material.last_entries, "agenda_item", item.id):
            yield item, entry
    for entry in material.last_entries:
        if entry.links.get("agenda_item") not in items:
            yield None, entry
    for amendment in material.amendments:
        yield None, amendment


def line(material: Material, item: Record | None, record: Record, shown: Disclosure) -> str:
    """One thing that they tell, empty where the audience may have nothing of it."""
    seen = shown.see(record)
    words = seen.text("text")
    if not words:
        return ""
    title = "" if item is None else item_title(material, shown, item)
    decided = "decided" if seen.text("kind") == "decision" else ""
    if record.kind is Kind.AMENDMENT:
        decided = "amended"
    before = ", ".join(part for part in (title, decided) if part)
    return f"{before[:1].upper()}{before[1:]}: {words}" if before else words
