"""The agenda of a meeting: built from what is due, arranged, timed and put into sections until it is over."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from leaddesk.errors import KnownError
from leaddesk.models import (
    ActionItem,
    AgendaItem,
    Entry,
    LocationPriority,
    Meeting,
    Participant,
    PrivateNote,
    SteppedOut,
)
from leaddesk.models.ids import policy_id
from leaddesk.models.words import NOT_OVER, AgendaKind
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.writing import typed
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import TemplateLine
from leaddesk.services.due import Due, due, missing, order_of
from leaddesk.services.texts import Words, Writer
from leaddesk.vault.ledger import Wanted

C = InformationClass

#: Longest time that may be planned for one item: a working day.
MOST_MINUTES = 480
_LONGEST_SECTION = 60
_USUAL_MINUTES = 5
#: What the ledger calls an act by which somebody is told something.
_TOLD = ("projected", "item_taken", "printed", "exported", "spoken", "other")


def build(unit: Unit, meeting: Meeting) -> None:
    """Gives a meeting that was just planned its agenda: what is due, in the order of its series."""
    for position, one in enumerate(due(unit, meeting, order_of(unit, meeting.series_id)), start=1):
        unit.rows.add(_item(meeting.id, one, position))


def add_item(
    unit: Unit,
    meeting: int,
    *,
    participant: str | None = None,
    priority: str | None = None,
    title: str = "",
    everyday: frozenset[str] = frozenset(),
) -> str:
    """The id of an item put on the agenda, before the word about the next meeting: a participant, a place, a topic.

    Raises:
        KnownError: it is there already, a topic has no title, or the meeting is over.
    """
    _arrangeable(unit, meeting)
    agenda = list(items_of(unit, meeting))
    item = AgendaItem(
        meeting_id=meeting, position=len(agenda) + 1, kind=AgendaKind.OPERATIONAL, minutes_planned=_USUAL_MINUTES
    )
    if participant is not None:
        item.kind, item.participant_id = (
            AgendaKind.PARTICIPANT,
            unit.found(Participant, Kind.PARTICIPANT, participant).id,
        )
    elif priority is not None:
        item.kind, item.priority_id = AgendaKind.PLACE, unit.found(LocationPriority, Kind.PLACE, priority).id
    elif typed(title):
        item.title_text_id = Writer(unit, everyday).save(Words(title, C.OPERATIONS)).id
    else:
        raise KnownError("A topic needs a title.", kept="The agenda is as it was.")
    if item.title_text_id is None and any(_same(item, one) for one in agenda):
        raise KnownError("That is on the agenda already.", kept="The agenda is as it was.")
    unit.rows.add(item)
    unit.rows.flush()
    ends = bool(agenda) and agenda[-1].kind is AgendaKind.NEXT_MEETING
    agenda.insert(len(agenda) - ends, item)
    _number(agenda)
    item.section = agenda[agenda.index(item) - 1].section if len(agenda) > 1 else ""
    id_ = policy_id(Kind.AGENDA_ITEM, item.id)
    unit.note("agenda_item_added", {"item": id_})
    return id_


def move_item(unit: Unit, item: str, to: int) -> None:
    """Moves an item to a place of the agenda, counted from 1; the others close up, and it comes under the heading
    where it lands.

    Raises:
        KnownError: the meeting is over.
    """
    moved = _found(unit, item)
    order = [one for one in items_of(unit, moved.meeting_id) if one.id != moved.id]
    place = max(0, min(to - 1, len(order)))
    if order:
        moved.section = order[max(0, place - 1)].section
    order.insert(place, moved)
    _number(order)
    unit.note("agenda_reordered", {"item": item}, to=place + 1)


def set_minutes(unit: Unit, item: str, minutes: int) -> None:
    """Plans so many minutes for an item.

    Raises:
        KnownError: that is no time to plan, or the meeting is over.
    """
    row = _found(unit, item)
    if not 0 <= minutes <= MOST_MINUTES:
        raise KnownError(f"An item takes 0 to {MOST_MINUTES} minutes.", kept="The agenda is as it was.")
    row.minutes_planned = minutes
    unit.note("agenda_item_timed", {"item": item}, minutes=minutes)


def set_section(unit: Unit, item: str, section: str, everyday: frozenset[str] = frozenset()) -> None:
    """Puts an item under a heading, or under none where it is empty.

    Raises:
        KnownError: the heading names a participant or is too long, or the meeting is over.
    """
    row = _found(unit, item)
    row.section = heading(unit, section, everyday)
    unit.note("agenda_item_sectioned", {"item": item})


def remove_item(unit: Unit, item: str) -> None:
    """Takes an item off the agenda; the others close up.

    Raises:
        KnownError: somebody was shown it, something was filed or noted under it, or the meeting is over.
    """
    row = _found(unit, item)
    order = [one for one in items_of(unit, row.meeting_id) if one.id != row.id]
    _take_off(unit, row)
    _number(order)
    unit.note("agenda_item_removed", {"item": item})


def offer_due(unit: Unit, meeting: int) -> tuple[str, ...]:
    """The ids of the items that were added: what is due and was missing. What the chair has arranged stays as it is.

    Each comes behind the last one of its kind, else before what follows it in the order of the series.

    Raises:
        KnownError: the meeting is over.
    """
    row = _arrangeable(unit, meeting)
    order = order_of(unit, row.series_id)
    agenda = list(items_of(unit, meeting))
    added = []
    kinds = [AgendaKind(line.kind) for line in order]
    for one in list(missing(unit, row, order, agenda)):
        item = _item(meeting, one, len(agenda) + 1)
        unit.rows.add(item)
        agenda.insert(_place_for(item, agenda, kinds), item)
        added.append(item)
    _number(agenda)
    unit.note("agenda_offered", {"meeting": policy_id(Kind.MEETING, meeting)}, added=len(added))
    return tuple(policy_id(Kind.AGENDA_ITEM, item.id) for item in added)


def arrange(unit: Unit, meeting: int) -> None:
    """Puts an agenda in the order of its series, with its headings and minutes; nothing is added or removed.

    What the order does not know keeps its heading and comes last, before the word about the next meeting; but the
    last minutes come first, for a meeting begins by approving them.

    Raises:
        KnownError: the meeting is over.
    """
    row = _arrangeable(unit, meeting)
    order = order_of(unit, row.series_id)
    lines = {AgendaKind(line.kind): (position, line) for position, line in reversed(list(enumerate(order)))}
    closes = bool(order) and order[-1].kind == AgendaKind.NEXT_MEETING

    def place(item: AgendaItem) -> float:
        known = None if item.title_text_id is not None else lines.get(item.kind)
        if known is not None:
            return known[0]
        return -1 if item.kind is AgendaKind.MINUTES else len(order) - (1.5 if closes else 0)

    agenda = sorted(items_of(unit, meeting), key=place)
    for item in agenda:
        if item.title_text_id is None and item.kind in lines:
            item.section, item.minutes_planned = lines[item.kind][1].section, lines[item.kind][1].minutes
    _number(agenda)
    unit.note("agenda_arranged", {"meeting": policy_id(Kind.MEETING, meeting)})


def take_order(unit: Unit, meeting: int, order: Sequence[str]) -> None:
    """Puts these items in this order, into the places that they have now; every other item keeps its own.

    Headings belong to the places: an item comes under the one where it lands.

    Raises:
        KnownError: the meeting is over, or one of the items is no longer on its agenda.
    """
    _arrangeable(unit, meeting)
    agenda = list(items_of(unit, meeting))
    by_id = {policy_id(Kind.AGENDA_ITEM, item.id): item for item in agenda}
    if not set(order) <= by_id.keys():
        raise KnownError(
            "The agenda has changed since.", kept="It is as it was.", todo="Look at the order that is proposed now."
        )
    wanted = [by_id[one] for one in dict.fromkeys(order)]
    places = [(item.position, item.section) for item in agenda if item in wanted]
    for item, (position, section) in zip(wanted, places, strict=True):
        item.position, item.section = position, section
    unit.note("agenda_reordered", {"meeting": policy_id(Kind.MEETING, meeting)}, moved=len(wanted))


def lines_of(unit: Unit, meeting: int) -> tuple[TemplateLine, ...]:
    """An agenda as the lines of a template: its kinds in their order, each where it first stands."""
    lines: dict[AgendaKind, TemplateLine] = {}
    count: dict[AgendaKind, int] = {}
    for item in items_of(unit, meeting):
        if item.title_text_id is None:
            count[item.kind] = count.get(item.kind, 0) + 1
            lines.setdefault(
                item.kind,
                TemplateLine(kind=item.kind, section=item.section, minutes=item.minutes_planned or 0),
            )
    row = unit.rows.get_one(Meeting, meeting)
    order = order_of(unit, row.series_id)
    approving = [line for line in order if line.kind is AgendaKind.MINUTES]
    if not list(due(unit, row, approving)):
        # The first meeting of a series has nothing to approve; those that begin with its order do.
        lines = {AgendaKind(line.kind): line for line in approving} | lines
        count |= {AgendaKind(line.kind): 1 for line in approving}
    usual = {line.kind: line.most for line in order}
    return tuple(
        TemplateLine(kind=kind, section=line.section, minutes=line.minutes, most=max(count[kind], usual.get(kind, 1)))
        for kind, line in lines.items()
    )


def heading(unit: Unit, words: str, everyday: frozenset[str]) -> str:
    """A heading as it is kept. It belongs to the business of the meeting, so it can name no participant.

    Raises:
        KnownError: it does, or it is too long.
    """
    kept = " ".join(typed(words).split())
    if len(kept) > _LONGEST_SECTION:
        raise KnownError(f"A heading has at most {_LONGEST_SECTION} letters.", kept="The agenda is as it was.")
    if kept and Writer(unit, everyday).prepare(Words(kept, C.OPERATIONS), ()).named:
        raise KnownError(
            "A heading can’t name a participant.",
            kept="The agenda is as it was.",
            todo="Put the item under it instead.",
        )
    return kept


def items_of(unit: Unit, meeting: int) -> Sequence[AgendaItem]:
    """The rows of a meeting's agenda, given its row number, in their order."""
    return unit.rows.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting).order_by(AgendaItem.position, AgendaItem.id)
    ).all()


def _arrangeable(unit: Unit, meeting: int) -> Meeting:
    row = unit.rows.get_one(Meeting, meeting)
    if row.state not in NOT_OVER:
        raise KnownError("Its agenda can be changed only until a meeting is over.", kept="The agenda is as it was.")
    return row


def _found(unit: Unit, item: str) -> AgendaItem:
    row = unit.found(AgendaItem, Kind.AGENDA_ITEM, item)
    _arrangeable(unit, row.meeting_id)
    return row


def _item(meeting: int, one: Due, position: int) -> AgendaItem:
    return AgendaItem(
        meeting_id=meeting,
        position=position,
        kind=AgendaKind(one.wanted.kind),
        section=one.wanted.section,
        minutes_planned=one.wanted.minutes,
        participant_id=one.subject.participant,
        priority_id=one.subject.place,
        flagged_by_id=one.subject.flagged_by,
    )


def _same(item: AgendaItem, other: AgendaItem) -> bool:
    """Whether two items are about the same participant or place."""
    return (item.kind, item.participant_id, item.priority_id) == (
        other.kind,
        other.participant_id,
        other.priority_id,
    )


def _place_for(item: AgendaItem, agenda: Sequence[AgendaItem], kinds: Sequence[AgendaKind]) -> int:
    """Where something due belongs: behind the last of its kind, else before the first that follows in the order."""
    alike = [position for position, one in enumerate(agenda) if one.kind is item.kind]
    if alike:
        return alike[-1] + 1
    later = set(kinds[kinds.index(item.kind) + 1 :])
    return next((position for position, one in enumerate(agenda) if one.kind in later), len(agenda))


def _number(agenda: Iterable[AgendaItem]) -> None:
    for position, one in enumerate(agenda, start=1):
        one.position = position


def removable(unit: Unit, row: AgendaItem) -> None:
    """Returns for an item that nobody was shown and nothing hangs on.

    Raises:
        KnownError: somebody was, or something does.
    """
    under = (Entry, ActionItem, SteppedOut)
    used = any(
        unit.rows.scalar(select(func.count()).select_from(model).where(model.agenda_item_id == row.id))
        for model in under
    )
    if used or any(note.body for note in _notes(unit, row)) or _was_shown(unit, policy_id(Kind.AGENDA_ITEM, row.id)):
        raise KnownError(
            "This item was shown, or something is recorded under it.",
            kept="It stays on the agenda.",
            todo="Move it to the end instead.",
        )


def _take_off(unit: Unit, row: AgendaItem) -> None:
    """Deletes an item that can be removed; empty notes go with it."""
    removable(unit, row)
    for note in _notes(unit, row):
        unit.rows.delete(note)
    unit.rows.flush()
    unit.rows.delete(row)
    unit.rows.flush()


def _notes(unit: Unit, row: AgendaItem) -> Sequence[PrivateNote]:
    return unit.rows.scalars(select(PrivateNote).where(PrivateNote.agenda_item_id == row.id)).all()


def _was_shown(unit: Unit, item: str) -> bool:
    """Whether the ledger says of an item that somebody was shown it or told of it."""
    return unit.count_entries(Wanted(actions=_TOLD, person=item)) > 0
