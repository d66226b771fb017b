"""Participants, and the court dates the group helps them with."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from leaddesk.models.base import Base, classed, prose
from leaddesk.models.words import Engagement, IntakeStatus
from leaddesk.policy.vocabulary import Door
from leaddesk.policy.vocabulary import InformationClass as C


class Participant(Base):
    """A participant. What is said of them in words is a text, with its own class, source and wordings.

    Attributes:
        case_code: random, nothing derived.
        intake_status: ``None`` where it is not known; nothing then counts as open.
        intake_due: the last day of the intake window.
        case_agency_id: the agency that serves them or, before that, has been asked to do the intake.
        referring_agency_id: the agency whose officer referred them.
        flagged: asked onto the next agenda, by ``flagged_by_id``.
        merged_into_id: the participant who turned out to be the same person.
    """

    __tablename__ = "participant"

    case_code: Mapped[str] = classed(C.OPERATIONS, unique=True)
    given_name: Mapped[str] = classed(C.IDENTITY)
    family_name: Mapped[str] = classed(C.IDENTITY)
    preferred_name: Mapped[str] = classed(C.IDENTITY, default="")
    aliases: Mapped[tuple[str, ...]] = classed(C.IDENTITY, default=())
    birth_date: Mapped[date | None] = classed(C.IDENTITY, default=None)
    door: Mapped[Door | None] = classed(C.IDENTITY, default=None)
    referral_date: Mapped[date | None] = classed(C.IDENTITY, default=None)
    referrer_id: Mapped[int | None] = classed(C.IDENTITY, ForeignKey("attendee.id"), default=None)
    referrer_text: Mapped[str] = prose(C.IDENTITY, default="")
    intake_status: Mapped[IntakeStatus | None] = classed(C.PROGRESS, default=None)
    not_approved_reason: Mapped[str] = prose(C.PROGRESS, default="")
    intake_due: Mapped[date | None] = classed(C.PROGRESS, default=None)
    engagement: Mapped[Engagement | None] = classed(C.PROGRESS, default=None)
    progress_text_id: Mapped[int | None] = classed(C.PROGRESS, ForeignKey("text.id"), default=None)
    case_agency_id: Mapped[int | None] = classed(C.IDENTITY, ForeignKey("agency.id"), default=None)
    referring_agency_id: Mapped[int | None] = classed(C.IDENTITY, ForeignKey("agency.id"), default=None)
    whereabouts_text_id: Mapped[int | None] = classed(C.COORDINATION, ForeignKey("text.id"), default=None)
    safety_text_id: Mapped[int | None] = classed(C.COORDINATION, ForeignKey("text.id"), default=None)
    care_text_id: Mapped[int | None] = classed(C.CARE, ForeignKey("text.id"), default=None)
    health_text_id: Mapped[int | None] = classed(C.HEALTH, ForeignKey("text.id"), default=None)
    note_text_id: Mapped[int | None] = classed(C.CARE, ForeignKey("text.id"), default=None)
    flagged: Mapped[bool] = classed(C.PROGRESS, default=False)
    flagged_by_id: Mapped[int | None] = classed(C.PERSONNEL, ForeignKey("attendee.id"), default=None)
    merged_into_id: Mapped[int | None] = classed(C.IDENTITY, ForeignKey("participant.id"), default=None)
    created_at: Mapped[datetime] = classed(C.ADMIN)

    @property
    def name(self) -> str:
        """The full name: given name, then family name."""
        return f"{self.given_name} {self.family_name}".strip()


class CourtItem(Base):
    """A court date or matter of a participant, what is asked, and who follows up."""

    __tablename__ = "court_item"

    participant_id: Mapped[int] = classed(C.COORDINATION, ForeignKey("participant.id"), index=True)
    court: Mapped[str] = classed(C.COORDINATION, default="")
    matter: Mapped[str] = classed(C.COORDINATION, default="")
    next_date: Mapped[date | None] = classed(C.COORDINATION, default=None)
    ask_text_id: Mapped[int | None] = classed(C.COORDINATION, ForeignKey("text.id"), default=None)
    owner_id: Mapped[int | None] = classed(C.COORDINATION, ForeignKey("attendee.id"), default=None)
