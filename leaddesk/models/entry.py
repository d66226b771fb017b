"""What is written while the meeting goes on.

A column that has the class of its text counts by itself as the narrowest there is.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped

from leaddesk.models.base import Base, classed, prose
from leaddesk.models.words import EntryKind, LineKind
from leaddesk.policy.vocabulary import InformationClass as C


class Entry(Base):
    """An update, decision or note, filed under an agenda item. Its kind and time have the class of its text."""

    __tablename__ = "entry"

    meeting_id: Mapped[int] = classed(C.HEALTH, ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int | None] = classed(C.HEALTH, ForeignKey("agenda_item.id"), default=None)
    kind: Mapped[EntryKind] = classed(C.HEALTH)
    text_id: Mapped[int] = classed(C.HEALTH, ForeignKey("text.id"))
    author_id: Mapped[int | None] = classed(C.PERSONNEL, ForeignKey("attendee.id"), default=None)
    filed_at: Mapped[datetime] = classed(C.HEALTH)
    undone_at: Mapped[datetime | None] = classed(C.ADMIN, default=None)


class DraftLine(Base):
    """The entry line of a user as it stands, unfinished: it survives a crash and belongs to its writer alone.

    Attributes:
        agenda_item_id: the item under which it is typed.
        participant_id: whom it is about besides the item's own.
        cls: the class chosen for it, if one was.
        safe: its safe wording.
        everybody: its wording for everybody.
    """

    __tablename__ = "draft_line"
    __table_args__ = (UniqueConstraint("meeting_id", "user_id"),)

    meeting_id: Mapped[int] = classed(C.ADMIN, ForeignKey("meeting.id"))
    user_id: Mapped[int] = classed(C.ADMIN, ForeignKey("user.id"))
    agenda_item_id: Mapped[int | None] = classed(
        C.ADMIN, ForeignKey("agenda_item.id", ondelete="SET NULL"), default=None
    )
    participant_id: Mapped[int | None] = classed(
        C.ADMIN, ForeignKey("participant.id", ondelete="SET NULL"), default=None
    )
    kind: Mapped[LineKind] = classed(C.ADMIN)
    cls: Mapped[C | None] = classed(C.ADMIN, "class", default=None)
    body: Mapped[str] = prose(C.HEALTH)
    safe: Mapped[str] = prose(C.HEALTH, default="")
    everybody: Mapped[str] = prose(C.HEALTH, default="")
    updated_at: Mapped[datetime] = classed(C.ADMIN)


class PrivateNote(Base):
    """A note for its author alone; it is never shown to others, printed or exported."""

    __tablename__ = "private_note"

    meeting_id: Mapped[int] = classed(C.ADMIN, ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int | None] = classed(C.ADMIN, ForeignKey("agenda_item.id"), default=None)
    author_id: Mapped[int] = classed(C.ADMIN, ForeignKey("attendee.id"))
    body: Mapped[str] = prose(C.HEALTH)
