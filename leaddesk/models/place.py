"""Location priorities, and what people say and records count about them."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from leaddesk.models.base import Base, classed, prose
from leaddesk.models.words import Lane, PlaceState
from leaddesk.policy.vocabulary import InformationClass as C


class LocationPriority(Base):
    """A place the group works on, ranked by people, with the reason for its rank.

    Attributes:
        place: where it is.
        lead_text: who leads, where that is no attendee.
        resource_gap: what is missing to do what was planned.
        not_heard_from: who near the place has not been asked or has not answered.
    """

    __tablename__ = "location_priority"

    name: Mapped[str] = prose(C.COMMUNITY)
    place: Mapped[str] = prose(C.COMMUNITY, default="")
    neighborhood_id: Mapped[int | None] = classed(C.COMMUNITY, ForeignKey("neighborhood.id"), default=None)
    description: Mapped[str] = prose(C.COMMUNITY, default="")
    state: Mapped[PlaceState] = classed(C.COMMUNITY, default=PlaceState.ACTIVE)
    rank: Mapped[int] = classed(C.COMMUNITY)
    rank_reason: Mapped[str] = prose(C.COMMUNITY, default="")
    response_text_id: Mapped[int | None] = classed(C.COMMUNITY, ForeignKey("text.id"), default=None)
    lead_id: Mapped[int | None] = classed(C.COMMUNITY, ForeignKey("attendee.id"), default=None)
    lead_text: Mapped[str] = prose(C.COMMUNITY, default="")
    review_on: Mapped[date | None] = classed(C.COMMUNITY, default=None)
    resource_gap: Mapped[str] = prose(C.COMMUNITY, default="")
    not_heard_from: Mapped[str] = prose(C.COMMUNITY, default="")


class Evidence(Base):
    """One piece of evidence about a place, in one lane; the lanes stand side by side.

    Attributes:
        source: who or what it comes from, in words.
        voices: how many people said so.
        complained_id: who complained.
    """

    __tablename__ = "evidence"

    priority_id: Mapped[int] = classed(C.COMMUNITY, ForeignKey("location_priority.id"), index=True)
    lane: Mapped[Lane] = classed(C.COMMUNITY)
    source: Mapped[str] = prose(C.COMMUNITY, default="")
    on: Mapped[date] = classed(C.COMMUNITY, "on_day")
    voices: Mapped[int | None] = classed(C.COMMUNITY, default=None)
    text_id: Mapped[int] = classed(C.COMMUNITY, ForeignKey("text.id"))
    complained_id: Mapped[int | None] = classed(C.PERSONNEL, ForeignKey("attendee.id"), default=None)
