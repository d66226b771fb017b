"""Releases of information, as signed, and their revocations (42 CFR 2.31, 45 CFR 164.508)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped

from leaddesk.models.base import Base, Protected, Unchanging, classed, prose
from leaddesk.policy.vocabulary import Form
from leaddesk.policy.vocabulary import InformationClass as C


class Release(Protected, Base):
    """A release of information. Without a signature date, an end or classes it is not in force.

    Attributes:
        source_agencies: agencies who may disclose, by row number.
        recipient_classes: groups of recipients in the words of `RecipientClass`.
        signed_at: the instant, where the time of day matters: on the day of a revocation.
        ends_on: its last day; a release ends on a day or with an event, not both.
        ends_event: the event in words; in force until ``event_recorded_at``.
        original_where: where the paper is kept.
        imported: read from a roster, to be completed from the paper.
    """

    __tablename__ = "release"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_event = ''", name="one_end"),)

    participant_id: Mapped[int] = classed(C.ADMIN, ForeignKey("participant.id"), index=True)
    form_version: Mapped[str] = classed(C.ADMIN, default="")
    form: Mapped[Form | None] = classed(C.ADMIN, default=None)
    source_agencies: Mapped[tuple[int, ...]] = classed(C.ADMIN, default=())
    recipient_classes: Mapped[tuple[str, ...]] = classed(C.ADMIN, default=())
    recipient_agencies: Mapped[tuple[int, ...]] = classed(C.ADMIN, default=())
    recipient_attendees: Mapped[tuple[int, ...]] = classed(C.ADMIN, default=())
    classes: Mapped[tuple[str, ...]] = classed(C.ADMIN, default=())
    purpose: Mapped[str] = prose(C.ADMIN, default="")
    signed_on: Mapped[date | None] = classed(C.ADMIN, default=None)
    signed_at: Mapped[datetime | None] = classed(C.ADMIN, default=None)
    ends_on: Mapped[date | None] = classed(C.ADMIN, default=None)
    ends_event: Mapped[str] = prose(C.ADMIN, default="")
    event_recorded_at: Mapped[datetime | None] = classed(C.ADMIN, default=None)
    original_where: Mapped[str] = prose(C.ADMIN, default="")
    imported: Mapped[bool] = classed(C.ADMIN, default=False)
    created_at: Mapped[datetime] = classed(C.ADMIN)


class Revocation(Unchanging, Protected, Base):
    """The participant took back one release or, where none is named, all that were signed before."""

    __tablename__ = "revocation"

    participant_id: Mapped[int] = classed(C.ADMIN, ForeignKey("participant.id"), index=True)
    release_id: Mapped[int | None] = classed(C.ADMIN, ForeignKey("release.id"), default=None)
    at: Mapped[datetime] = classed(C.ADMIN)
    how: Mapped[str] = prose(C.ADMIN, default="")
