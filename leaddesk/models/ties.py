"""What ties an attendee to a participant, or keeps them apart, for a time."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from leaddesk.models.base import Base, Protected, classed, prose
from leaddesk.models.words import ExclusionState
from leaddesk.policy.vocabulary import InformationClass as C
from leaddesk.policy.vocabulary import InvolvementKind


class Involvement(Protected, Base):
    """The attendee works with the participant, or referred them; both days are included.

    ``ended_at`` is when it was ended before its last day.
    """

    __tablename__ = "involvement"

    attendee_id: Mapped[int] = classed(C.PROGRESS, ForeignKey("attendee.id"), index=True)
    participant_id: Mapped[int] = classed(C.PROGRESS, ForeignKey("participant.id"), index=True)
    kind: Mapped[InvolvementKind] = classed(C.PROGRESS)
    from_on: Mapped[date] = classed(C.PROGRESS)
    until_on: Mapped[date | None] = classed(C.PROGRESS, default=None)
    ended_at: Mapped[datetime | None] = classed(C.PROGRESS, default=None)


class Exclusion(Protected, Base):
    """The attendee may not have these classes about the participant; no classes means every bound one.

    An unconfirmed one comes from a conflict disclosed at signing and counts like any other. ``ended_at`` is when the
    chair ended it.
    """

    __tablename__ = "exclusion"

    attendee_id: Mapped[int] = classed(C.ADMIN, ForeignKey("attendee.id"), index=True)
    participant_id: Mapped[int] = classed(C.ADMIN, ForeignKey("participant.id"), index=True)
    classes: Mapped[tuple[str, ...]] = classed(C.ADMIN, default=())
    reason: Mapped[str] = prose(C.ADMIN, default="")
    from_on: Mapped[date] = classed(C.ADMIN)
    until_on: Mapped[date | None] = classed(C.ADMIN, default=None)
    state: Mapped[ExclusionState] = classed(C.ADMIN, default=ExclusionState.CONFIRMED)
    ended_at: Mapped[datetime | None] = classed(C.ADMIN, default=None)


class Grant(Protected, Base):
    """The chair's recorded decision that the attendee needs these classes about the participant.

    ``ended_at`` is when the chair ended it before its last day.
    """

    __tablename__ = "grant"

    attendee_id: Mapped[int] = classed(C.ADMIN, ForeignKey("attendee.id"), index=True)
    participant_id: Mapped[int] = classed(C.ADMIN, ForeignKey("participant.id"), index=True)
    classes: Mapped[tuple[str, ...]] = classed(C.ADMIN)
    reason: Mapped[str] = prose(C.ADMIN, default="")
    from_on: Mapped[date] = classed(C.ADMIN)
    until_on: Mapped[date | None] = classed(C.ADMIN, default=None)
    granted_by_id: Mapped[int] = classed(C.ADMIN, ForeignKey("attendee.id"))
    ended_at: Mapped[datetime | None] = classed(C.ADMIN, default=None)
