"""What is filed while a meeting goes on: updates, decisions, actions, and the line that is not finished yet."""

from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select

from leaddesk.errors import KnownError
from leaddesk.models import ActionItem, AgendaItem, Attendee, DraftLine, Entry, Meeting, PrivateNote, StoredText
from leaddesk.models.ids import PREFIXES, policy_id, row_id
from leaddesk.models.words import ActionOutcome, EntryKind, LineKind
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.writing import clean, typed
from leaddesk.services.batches import Part
from leaddesk.services.desk import Unit
from leaddesk.services.meetings import changeable
from leaddesk.services.memory import values_of
from leaddesk.services.texts import Words, Writer, source_of

#: The line that a user has not finished in a meeting.
DRAFT = Part(
    DraftLine,
    "meeting_id = :meeting AND user_id = :user",
    ("kind", "body", "agenda_item_id", "participant_id", "cls", "safe", "everybody"),
)
#: The private notes of somebody on a meeting's items.
NOTES = Part(PrivateNote, "meeting_id = :meeting AND author_id = :author", ("agenda_item_id", "body"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """An entry line that is not filed yet, with all that decides who could read it.

    Attributes:
        kind: the word for its kind.
        words: what is typed, empty for nothing.
        item: the id of the agenda item under which it is typed.
        about: the id of the participant it is about besides the item's own, empty for nobody else.
        cls: the class chosen for it, ``None`` for the proposed one.
        safe: its safe wording.
        everybody: its wording for everybody.
    """

    kind: str = LineKind.UPDATE.value
    words: str = ""
    item: str | None = None
    about: str = ""
    cls: InformationClass | None = None
    safe: str = ""
    everybody: str = ""


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
    _note_kept_class(unit, Kind.ENTRY, id_, text)
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
    _note_kept_class(unit, Kind.ACTION, id_, text)
    return id_


def mend(unit: Unit, filed: str, filing: Filing, writer: Writer) -> str:
    """The id of an entry or action filed anew instead of one that is on the desk; the old one stays, as undone.

    An action keeps what became of it, since when it is open and how often it was carried.

    Raises:
        KnownError: it was taken back already, there are no words, or a wording for everybody may hold a name.
    """
    if is_action(filed):
        id_ = _mend_action(unit, unit.found(ActionItem, Kind.ACTION, filed), filing, writer)
    else:
        old = unit.found(Entry, Kind.ENTRY, filed)
        _undo_now(unit, old)
        id_ = file_entry(unit, replace(filing, kind=old.kind), writer)
        unit.found(Entry, Kind.ENTRY, id_).agenda_item_id = old.agenda_item_id
    unit.note("mended", {"filed": id_, "instead_of": filed})
    return id_


def _mend_action(unit: Unit, old: ActionItem, filing: Filing, writer: Writer) -> str:
    _undo_now(unit, old)
    id_ = file_action(unit, filing, writer)
    now = unit.found(ActionItem, Kind.ACTION, id_)
    for kept in _KEPT:
        setattr(now, kept, getattr(old, kept))
    return id_


_KEPT = (
    "outcome",
    "closed_at",
    "carried",
    "origin_meeting_id",
    "agenda_item_id",
    "participant_id",
    "priority_id",
    "created_at",
)


def is_action(filed: str) -> bool:
    """Whether the id of something filed is an action's."""
    return filed.startswith(PREFIXES[Kind.ACTION])


def _undo_now(unit: Unit, row: Entry | ActionItem) -> None:
    if row.undone_at is not None:
        raise KnownError("That was taken back already.", kept="Nothing was changed.")
    if isinstance(row, Entry):
        # The words of an action go on being those of an action that is open.
        changeable(unit.rows.get_one(Meeting, row.meeting_id))
    row.undone_at = unit.at


def close_with_words(unit: Unit, action: str, outcome: str, filing: Filing, writer: Writer) -> str:
    """Closes an action and files why, as an update of the meeting it is closed in; returns the update's id."""
    set_outcome(unit, action, outcome)
    return file_entry(unit, filing, writer)


def set_outcome(unit: Unit, action: str, outcome: str) -> None:
    """Closes an action as done, not possible or not done, or opens it again."""
    row = unit.found(ActionItem, Kind.ACTION, action)
    row.outcome = ActionOutcome(outcome)
    row.closed_at = None if row.outcome is ActionOutcome.OPEN else unit.at
    unit.note("action_outcome", {"action": action}, outcome=outcome)


def keep_draft(unit: Unit, meeting: int, line: Unfinished) -> None:
    """Keeps the unfinished entry line of the signed-in user, so that a crash loses no more than two seconds of it."""
    row = _draft(unit, meeting)
    if row is None:
        kind = LineKind(line.kind)
        row = DraftLine(meeting_id=meeting, user_id=unit.user.user, kind=kind, body="", updated_at=unit.at)
        unit.rows.add(row)
    row.kind, row.body, row.updated_at = LineKind(line.kind), clean(line.words), unit.at
    row.agenda_item_id = row_id(Kind.AGENDA_ITEM, line.item) if line.item else None
    row.participant_id = row_id(Kind.PARTICIPANT, line.about) if line.about else None
    row.cls, row.safe, row.everybody = line.cls, clean(line.safe), clean(line.everybody)


def draft(unit: Unit, meeting: int) -> Unfinished:
    """The line the signed-in user had not finished, its words empty where there is none."""
    found = values_of(unit.rows, [DRAFT], {"meeting": meeting, "user": unit.user.user})
    row = next(iter(DRAFT.rows(found[DRAFT])), None)
    if row is None:
        return Unfinished()
    return Unfinished(
        kind=row.kind.value,
        words=row.body,
        item=policy_id(Kind.AGENDA_ITEM, row.agenda_item_id) if row.agenda_item_id else None,
        about=policy_id(Kind.PARTICIPANT, row.participant_id) if row.participant_id else "",
        cls=row.cls,
        safe=row.safe,
        everybody=row.everybody,
    )


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
    number = row_id(Kind.AGENDA_ITEM, item) if item else None
    found = values_of(unit.rows, [NOTES], {"meeting": meeting, "author": unit.user.attendee})
    return next((row.body for row in NOTES.rows(found[NOTES]) if row.agenda_item_id == number), "")


def _private_note(unit: Unit, meeting: int, item: str | None) -> PrivateNote | None:
    number = row_id(Kind.AGENDA_ITEM, item) if item else None
    return unit.rows.scalars(
        select(PrivateNote).where(
            PrivateNote.meeting_id == meeting,
            PrivateNote.agenda_item_id.is_(None) if number is None else PrivateNote.agenda_item_id == number,
            PrivateNote.author_id == unit.user.attendee,
        )
    ).first()


def _note_kept_class(unit: Unit, kind: Kind, filed: str, text: StoredText) -> None:
    """Writes that the chair kept a class that naming a participant would have raised; why is on the text."""
    if text.class_reason:
        unit.note("class_kept", {kind.value: filed}, cls=text.cls.value, instead_of=InformationClass.IDENTITY.value)


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
