"""Conflicts that wait for the chair: who disclosed one, and whom it could mean, as far as the user may know."""

from collections.abc import Iterable

from leaddesk.policy.desk_views import ConflictRow
from leaddesk.policy.disclosure import Appearance, Disclosure
from leaddesk.policy.records import Record


def conflict_rows(mine: Disclosure, exclusions: Iterable[Record]) -> tuple[ConflictRow, ...]:
    """A row for each exclusion nobody has decided on; one about whom the user may not know is not there."""
    rows = []
    for record in exclusions:
        seen = mine.see(record)
        who = seen.text("attendee")
        known = [one for one in record.about if who and mine.appearance(one) is not Appearance.ABSENT]
        rows += [
            ConflictRow(
                id=record.id,
                attendee=str(record.links.get("attendee")),
                who=who,
                whom=mine.told_apart(participant),
                how=seen.text("reason"),
            )
            for participant in known
        ]
    return tuple(sorted(rows, key=lambda row: (row.who, row.whom)))


def conflict_words(rows: Iterable[ConflictRow]) -> str:
    """What the console says of undecided conflicts, empty for none; on the user's own screen alone."""
    people: dict[str, int] = {}
    for row in rows:
        people[row.who] = people.get(row.who, 0) + 1
    if not people:
        return ""
    count = sum(people.values())
    named = ", ".join(people)
    meant = "one participant it could mean" if count == 1 else f"{count} participants it could mean"
    return f"{named} disclosed a conflict: {meant} to confirm or clear; the room has none of it from them until then."
