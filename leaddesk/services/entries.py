"""What is filed while a meeting goes on: updates, decisions, actions, and the line that is not finished yet."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from leaddesk.errors import KnownError
from leaddesk.models import ActionItem, AgendaItem, Attendee, DraftLine, Entry, Meeting, PrivateNote
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import ActionOutcome, EntryKind, LineKind
from leaddesk.policy.records import Kind
from leaddesk.policy.writing import clean, typed
from leaddesk.services.desk import Unit
from leaddesk.services.meetings import changeable
from leaddesk.services.texts import Words, Writer, source_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A line to file under an agenda item.

    Attributes:
        item: the agenda item, ``None`` for the meeting as a whole.
        words: the full wording and its class.
        safe: safe wordings, fullest first.
        about: participants it is about, besides those it names.
        owner: for an action, who does it.
        due: for an action, by when.
    """

    meeting: int
    item: str | None
    words: Words
    safe: tuple[Words, ...] = ()
    about: tuple[str, ...] = ()
    owner: str | None = None
    due: date | None = None
    place: str | None = None
    """For an action, the location priority it is for, where that is not the agenda item's."""
    kind: EntryKind = field(default=EntryKind.UPDATE)


def file_entry(unit: Unit, filing: Filing, writer: Writer) -> str:
    """The id of an update or decision, on disk when the transaction ends.

    Raises:
        KnownError: there are no words, or a wording for everybody may hold a name.
    """
    text = writer.save(
        _worded(unit, filing), about=filing.about, source=_source(unit, filing, writer), safe=filing.safe
    )
    entry = Entry(
        meeting_id=filing.meeting,
        agenda_item_id=_item(unit, filing),
        kind=filing.kind,
        text_id=text.id,
        author_id=unit.user.attendee,
        filed_at=unit.at,
    )
    unit.rows.add(entry)
    unit.rows.flush()
    id_ = policy_id(Kind.ENTRY, entry.id)
    unit.note("entry_filed", {"entry": id_, "item": filing.item}, kind=filing.kind.value, cls=text.cls.value)
    return id_


def file_action(unit: Unit, filing: Filing, writer: Writer) -> str:
    """The id of an action item, open from now."""
    text = writer.save(
        _worded(unit, filing), about=filing.about, source=_source(unit, filing, writer), safe=filing.safe
    )
    owner = unit.found(Attendee, Kind.ATTENDEE, filing.owner) if filing.owner else None
    item = unit.found(AgendaItem, Kind.AGENDA_ITEM, filing.item) if filing.item else None
    action = ActionItem(
        text_id=text.id,
        owner_id=None if owner is None else owner.id,
        owner_agency_id=None if owner is None else owner.agency_id,
        due=filing.due,
        origin_meeting_id=filing.meeting,
        agenda_item_id=None if item is None else item.id,
        participant_id=row_id(Kind.PARTICIPANT, filing.about[0]) if filing.about else None,
        priority_id=row_id(Kind.PLACE, filing.place) if filing.place else item.priority_id if item else None,
        created_at=unit.at,
    )
    unit.rows.add(action)
    unit.rows.flush()
    id_ = policy_id(Kind.ACTION, action.id)
    unit.note("action_filed", {"action": id_, "item": filing.item}, cls=text.cls.value)
    return id_


def set_outcome(unit: Unit, action: str, outcome: str) -> None:
    """Closes an action as done, not possible or not done, or opens it again."""
    row = unit.found(ActionItem, Kind.ACTION, action)
    row.outcome = ActionOutcome(outcome)
    row.closed_at = None if row.outcome is ActionOutcome.OPEN else unit.at
    unit.note("action_outcome", {"action": action}, outcome=outcome)


def keep_draft(unit: Unit, meeting: int, kind: str, body: str) -> None:
    """Keeps the unfinished entry line of the signed-in user, so that a crash loses no more than two seconds of it."""
    row = _draft(unit, meeting)
    if row is None:
        row = DraftLine(meeting_id=meeting, user_id=unit.user.user, kind=LineKind(kind), body="", updated_at=unit.at)
        unit.rows.add(row)
    row.kind, row.body, row.updated_at = LineKind(kind), clean(body), unit.at


def draft(unit: Unit, meeting: int) -> tuple[str, str]:
    """Kind and words of the line the signed-in user had not finished, the words empty where there is none."""
    row = _draft(unit, meeting)
    return (LineKind.UPDATE.value, "") if row is None else (row.kind.value, row.body)


def keep_note(unit: Unit, meeting: int, item: str | None, body: str) -> None:
    """Keeps the signed-in user's private note on an item: for its author alone, never printed."""
    row = _private_note(unit, meeting, item)
    if row is None:
        number = row_id(Kind.AGENDA_ITEM, item) if item else None
        row = PrivateNote(meeting_id=meeting, agenda_item_id=number, author_id=unit.user.attendee, body="")
        unit.rows.add(row)
    row.body = typed(body)


def note_on(unit: Unit, meeting: int, item: str | None) -> str:
    """The signed-in user's private note on an item, empty where there is none."""
    row = _private_note(unit, meeting, item)
    return "" if row is None else row.body


def _private_note(unit: Unit, meeting: int, item: str | None) -> PrivateNote | None:
    number = row_id(Kind.AGENDA_ITEM, item) if item else None
    return unit.rows.scalars(
        select(PrivateNote).where(
            PrivateNote.meeting_id == meeting,
            PrivateNote.agenda_item_id.is_(None) if number is None else PrivateNote.agenda_item_id == number,
            PrivateNote.author_id == unit.user.attendee,
        )
    ).first()


def _draft(unit: Unit, meeting: int) -> DraftLine | None:
    return unit.rows.scalars(
        select(DraftLine).where(DraftLine.meeting_id == meeting, DraftLine.user_id == unit.user.user)
    ).first()


def _worded(unit: Unit, filing: Filing) -> Words:
    changeable(unit.rows.get_one(Meeting, filing.meeting))
    if not typed(filing.words.text):
        raise KnownError("There are no words to file yet.", kept="Nothing was filed.")
    return filing.words


def _item(unit: Unit, filing: Filing) -> int | None:
    return unit.found(AgendaItem, Kind.AGENDA_ITEM, filing.item).id if filing.item else None


def _source(unit: Unit, filing: Filing, writer: Writer) -> int | None:
    """The agency that it is heard from, by all whom it is about, those its words name included."""
    return source_of(unit, writer.prepare(filing.words, filing.about).about)
