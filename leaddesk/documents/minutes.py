"""Minutes of a meeting, as one audience may have them: what was done, not what was said."""

from collections.abc import Sequence

from leaddesk.documents.page import LETTER, Footer, Paper, build
from leaddesk.documents.story import STRONG, Column, Story
from leaddesk.policy import dates
from leaddesk.policy.views import ActionRow, CopyKind, Marked, Minutes, MinutesItem, carried_words

_COPY = {
    CopyKind.PUBLIC: "Public part",
    CopyKind.ROOM: "Room copy",
    CopyKind.RECIPIENT: "Recipient copy",
    CopyKind.RECORD: "Record copy",
}


def minutes(view: Minutes, *, paper: Paper = LETTER) -> bytes:
    """The PDF of finalized minutes: the same view gives the same bytes on any day.

    An empty part of the view leaves no trace. Where the view carries them, every page has the short sentence of
    42 CFR 2.32 and the last one the long statement.
    """
    story = Story(paper.text_width)
    story.opening(_line(view.program, view.group), view.meeting or "Meeting", _line(*_under(view)))
    story.facts(_facts(view))
    _attendance(story, view)
    _items(story, view)
    _priorities(story, view)
    if view.carried:
        story.section("Carried actions")
        _actions(story, view.carried)
    _amendments(story, view)
    if view.next_meeting:
        story.section("Next meeting")
        story.text(dates.on_paper(view.next_meeting))
    if view.part2_notice or view.redisclosure:
        story.section("Notice to whoever holds this copy")
        story.text(view.part2_notice, STRONG)
        for paragraph in view.redisclosure.splitlines():
            story.text(paragraph)
    footer = Footer(
        reader=_reader(view),
        notice=view.part2_notice,
        anchor=f"Ledger anchor {view.anchor}" if view.anchor else "",
    )
    title = f"Minutes, {view.when.isoformat()}"
    return build(story.flowables, root=story.root, paper=paper, title=title, language="en-US", footer=footer)


def _line(*parts: str) -> str:
    """The parts that say something, on one line."""
    return "  ·  ".join(part for part in parts if part)


def _under(view: Minutes) -> tuple[str, ...]:
    status = view.status[:1].upper() + view.status[1:]
    approved = "" if view.approved is None else "Approved"
    return ("Minutes", status, approved, _COPY[view.kind])


def _reader(view: Minutes) -> str:
    """Who holds this copy, and its number, as every footer of a recipient's copy says."""
    number = "" if view.copy_number is None else f"Copy {view.copy_number}"
    return _line(number, view.recipient)


def _facts(view: Minutes) -> list[tuple[str, str]]:
    """When, where, who presided, for whom this copy is, and how much a record copy leaves out."""
    when = ", ".join([dates.on_paper(view.when), *([" to ".join(hours)] if (hours := _hours(view)) else [])])
    facts = [("When", when), ("Where", view.where), ("Presided", view.presided), ("Approved", _approved(view))]
    facts.append(("This copy", _reader(view)))
    if view.statement_read:
        facts.append(("Statement", "The confidentiality statement was read."))
    if view.kind is CopyKind.RECORD:
        facts.append(("Left out", _left_out(view.left_out)))
    return [(label, text) for label, text in facts if text]


def _hours(view: Minutes) -> list[str]:
    """When the meeting was opened and closed, with the day where that is another than the one before it."""
    day, hours = view.when, []
    for instant in (view.opened, view.closed):
        if instant is not None:
            before, day = day, dates.local_day(instant, view.zone)
            hour = dates.clock(instant, view.zone)
            hours.append(hour if day == before else f"{dates.on_paper(day)}, {hour}")
    return hours


def _approved(view: Minutes) -> str:
    if view.approved is None:
        return ""
    return dates.on_paper(view.approved) + (", as amended" if view.as_amended else "")


def _left_out(count: int) -> str:
    if count == 1:
        return "1 fact is left out that the reader of this copy may not have."
    return f"{count or 'No'} facts are left out that the reader of this copy may not have."


def _attendance(story: Story, view: Minutes) -> None:
    if view.present:
        story.section("Present")
        columns = [
            Column("Name", 24),
            Column("Agency", 24),
            Column("Role", 19),
            Column("In", 8),
            Column("Out", 8),
            Column("Note", 17),
        ]
        rows = [
            (
                row.name,
                row.agency,
                row.role,
                dates.clock(row.arrived, view.zone) if row.arrived else "",
                dates.clock(row.left, view.zone) if row.left else "",
                row.note,
            )
            for row in view.present
        ]
        story.table(columns, rows)
    if view.absent:
        story.section("Absent")
        story.text("; ".join(view.absent))


def _items(story: Story, view: Minutes) -> None:
    if view.items:
        story.section("What was done")
        under = ""
        for item in view.items:
            if item.section != under:
                under = item.section
                if under:
                    story.part(under)
            _item(story, item)


def _item(story: Story, item: MinutesItem) -> None:
    """One item: its outcome, updates, decisions and actions, as far as there are any."""
    story.item(f"{item.number}. {item.title}", in_part=bool(item.section))
    story.text(item.outcome)
    story.bullets(item.updates)
    story.bullets(item.decisions, lead="Decided:")
    _actions(story, item.actions)


def _amendments(story: Story, view: Minutes) -> None:
    """What was corrected since, each with its day; the minutes above are as they were finalized."""
    if view.amendments:
        story.section("Amendments")
        rows = [
            (
                dates.on_paper(row.when) if row.when else "",
                row.text + (" (made after the approval)" if row.after_approval else ""),
            )
            for row in view.amendments
        ]
        story.table([Column("Made on", 30), Column("Amendment", 70)], rows)


def _actions(story: Story, actions: Sequence[ActionRow]) -> None:
    """Actions as what, who and by when; how they stand, where any of them says so."""
    stands = [_stands(action) for action in actions]
    columns = [Column("Action", 48), Column("Owner", 24), Column("Due", 28)]
    rows = [(action.what, action.owner, dates.on_paper(action.due) if action.due else "") for action in actions]
    if any(stands):
        columns = [Column("Action", 38), Column("Owner", 21), Column("Due", 24), Column("Status", 17)]
        story.table(columns, [(*row, stand) for row, stand in zip(rows, stands, strict=True)])
    else:
        story.table(columns, rows)


def _stands(action: ActionRow) -> str:
    """How an action stands, in words: its mark, and how often it was carried over."""
    stand = ", ".join(part for part in (_words(action.state), carried_words(action.carried)) if part)
    return stand[:1].upper() + stand[1:]


def _words(marked: Marked | None) -> str:
    return "" if marked is None else marked.words or marked.mark.value.replace("_", " ")


def _priorities(story: Story, view: Minutes) -> None:
    if view.places:
        story.section("Location priorities")
        columns = [Column("Rank", 9), Column("Place", 40), Column("Neighborhood", 28), Column("Change", 23)]
        story.table(
            columns,
            [(str(place.rank), place.name, place.neighborhood, _words(place.change)) for place in view.places],
        )
