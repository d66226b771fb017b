"""Minutes as they were finalized."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped

from leaddesk.models.base import Base, Protected, Unchanging, classed, prose
from leaddesk.models.types import Json
from leaddesk.policy.vocabulary import InformationClass as C


class FinalizedMinutes(Unchanging, Protected, Base):
    """One finalized version of a meeting's minutes. A correction is a new version with its reason.

    Attributes:
        content: the minutes in canonical form, each part with its class; as a whole it leaves the desk for nobody.
        digest: SHA-256 of the content, hexadecimal.
        anchor: the ledger's head when it was finalized, as ``SEQ:MAC``.
    """

    __tablename__ = "finalized_minutes"
    __table_args__ = (UniqueConstraint("meeting_id", "version"),)

    meeting_id: Mapped[int] = classed(C.PUBLIC, ForeignKey("meeting.id"))
    version: Mapped[int] = classed(C.PUBLIC)
    content: Mapped[dict[str, Any]] = classed(C.HEALTH, Json)
    digest: Mapped[str] = classed(C.ADMIN)
    by_id: Mapped[int] = classed(C.ADMIN, ForeignKey("attendee.id"))
    at: Mapped[datetime] = classed(C.ADMIN)
    reason: Mapped[str] = prose(C.ADMIN, default="")
    anchor: Mapped[str] = classed(C.PUBLIC)


class Amendment(Unchanging, Protected, Base):
    """A correction of minutes that can no longer be reopened: they stay as they are, and this stands with them.

    Its columns count by themselves as the narrowest there is; they have the class of its text.
    """

    __tablename__ = "amendment"

    meeting_id: Mapped[int] = classed(C.HEALTH, ForeignKey("meeting.id"), index=True)
    text_id: Mapped[int] = classed(C.HEALTH, ForeignKey("text.id"))
    by_id: Mapped[int] = classed(C.ADMIN, ForeignKey("attendee.id"))
    at: Mapped[datetime] = classed(C.HEALTH)
