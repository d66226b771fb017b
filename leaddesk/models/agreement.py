"""Confidentiality agreements: templates, what was signed, and what ended it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped

from leaddesk.models.base import Base, Protected, Unchanging, classed
from leaddesk.models.types import Json
from leaddesk.models.words import AgreementEnd, AgreementTerm, SigningMethod
from leaddesk.policy.vocabulary import InformationClass as C


class AgreementTemplate(Protected, Base):
    """One version of the agreement in one language.

    Attributes:
        clauses: pairs of heading and body.
        closing: the sentence above the signature.
        months: how long the term *months* is.
        accepted_until: agreements of this version count until just before then; ``None`` while it is accepted.
        digest: SHA-256 of the text, hexadecimal.
    """

    __tablename__ = "agreement_template"
    __table_args__ = (UniqueConstraint("language", "version"),)

    language: Mapped[str] = classed(C.ADMIN)
    version: Mapped[str] = classed(C.ADMIN)
    title: Mapped[str] = classed(C.ADMIN)
    clauses: Mapped[tuple[tuple[str, str], ...]] = classed(C.ADMIN, Json)
    closing: Mapped[str] = classed(C.ADMIN)
    term: Mapped[AgreementTerm] = classed(C.ADMIN)
    months: Mapped[int | None] = classed(C.ADMIN, default=None)
    accepted_until: Mapped[datetime | None] = classed(C.ADMIN, default=None)
    digest: Mapped[str] = classed(C.ADMIN)
    created_at: Mapped[datetime] = classed(C.ADMIN)


class Agreement(Unchanging, Protected, Base):
    """An agreement as signed; renewing adds a row, declining and withdrawing add an `AgreementEvent`.

    Attributes:
        strokes: a drawn signature as strokes of points in a box one unit wide, y downwards.
        duties: the organizational duties the signer stated, as on the paper.
        conflicts_disclosed: names the signer typed; whom they mean is not said here. No text, since its being held
            back from the signer's own copy would tell that it means a participant.
        ends_on: its last day.
        meeting_id: for the term *this meeting*, which one.
    """

    __tablename__ = "agreement"

    attendee_id: Mapped[int] = classed(C.ADMIN, ForeignKey("attendee.id"), index=True)
    template_id: Mapped[int] = classed(C.ADMIN, ForeignKey("agreement_template.id"))
    signed_at: Mapped[datetime] = classed(C.ADMIN)
    method: Mapped[SigningMethod] = classed(C.ADMIN)
    strokes: Mapped[tuple[tuple[tuple[float, float], ...], ...]] = classed(C.ADMIN, Json, default=())
    typed_name: Mapped[str] = classed(C.ADMIN, default="")
    printed_name: Mapped[str] = classed(C.ADMIN)
    agency_text: Mapped[str] = classed(C.ADMIN, default="")
    role: Mapped[str] = classed(C.ADMIN, default="")
    duties: Mapped[str] = classed(C.ADMIN, default="")
    conflicts_disclosed: Mapped[str] = classed(C.ADMIN, default="")
    witness_id: Mapped[int | None] = classed(C.ADMIN, ForeignKey("attendee.id"), default=None)
    ends_on: Mapped[date | None] = classed(C.ADMIN, default=None)
    meeting_id: Mapped[int | None] = classed(C.ADMIN, ForeignKey("meeting.id"), default=None)


class AgreementEvent(Unchanging, Protected, Base):
    """Somebody declined to sign, or withdrew: every agreement they signed until then is over."""

    __tablename__ = "agreement_event"

    attendee_id: Mapped[int] = classed(C.ADMIN, ForeignKey("attendee.id"), index=True)
    kind: Mapped[AgreementEnd] = classed(C.ADMIN)
    at: Mapped[datetime] = classed(C.ADMIN)
    meeting_id: Mapped[int | None] = classed(C.ADMIN, ForeignKey("meeting.id"), default=None)
