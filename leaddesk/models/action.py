"""Action items, and what is asked of the group."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from leaddesk.models.base import Base, classed, prose
from leaddesk.models.words import ActionOutcome
from leaddesk.policy.vocabulary import InformationClass as C


class ActionItem(Base):
    """Something somebody will do. Closed, never deleted; where only places are linked its columns are `community`.

    Attributes:
        carried: to how many later meetings it was carried over.
        undone_at: taken back by its writer.
    """

    __tablename__ = "action_item"

    text_id: Mapped[int] = classed(C.OPERATIONS, ForeignKey("text.id"))
    owner_id: Mapped[int | None] = classed(C.OPERATIONS, ForeignKey("attendee.id"), default=None)
    owner_agency_id: Mapped[int | None] = classed(C.OPERATIONS, ForeignKey("agency.id"), default=None)
    due: Mapped[date | None] = classed(C.OPERATIONS, default=None)
    outcome: Mapped[ActionOutcome] = classed(C.OPERATIONS, default=ActionOutcome.OPEN, index=True)
    closed_at: Mapped[datetime | None] = classed(C.OPERATIONS, default=None, index=True)
    carried: Mapped[int] = classed(C.OPERATIONS, default=0)
    origin_meeting_id: Mapped[int | None] = classed(C.OPERATIONS, ForeignKey("meeting.id"), default=None, index=True)
    agenda_item_id: Mapped[int | None] = classed(C.OPERATIONS, ForeignKey("agenda_item.id"), default=None)
    participant_id: Mapped[int | None] = classed(C.IDENTITY, ForeignKey("participant.id"), default=None, index=True)
    priority_id: Mapped[int | None] = classed(
        C.COMMUNITY, ForeignKey("location_priority.id"), default=None, index=True
    )
    created_at: Mapped[datetime] = classed(C.OPERATIONS)
    undone_at: Mapped[datetime | None] = classed(C.ADMIN, default=None)


class Ask(Base):
    """Something asked of the group for a participant: what, of whom, by when, all in the class of the wording."""

    __tablename__ = "ask"

    participant_id: Mapped[int] = classed(C.IDENTITY, ForeignKey("participant.id"), index=True)
    text_id: Mapped[int] = classed(C.HEALTH, ForeignKey("text.id"))
    to_whom: Mapped[str] = prose(C.HEALTH, default="")
    by: Mapped[date | None] = classed(C.HEALTH, default=None)
    closed_at: Mapped[datetime | None] = classed(C.HEALTH, default=None)
