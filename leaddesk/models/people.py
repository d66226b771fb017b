"""Agencies, neighborhoods, those who come to the meeting, and the users among them."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped

from leaddesk.models.base import Base, Protected, classed, prose
from leaddesk.models.words import AppRole
from leaddesk.policy.vocabulary import InformationClass as C
from leaddesk.policy.vocabulary import Part2, Role


class Agency(Base):
    """An agency; ``part2`` says whether it is a 42 CFR Part 2 program, ``None`` where nobody has said yet."""

    __tablename__ = "agency"

    name: Mapped[str] = classed(C.OPERATIONS, unique=True)
    kind: Mapped[str] = classed(C.OPERATIONS, default="")
    part2: Mapped[Part2 | None] = classed(C.OPERATIONS, default=None)


class Neighborhood(Base):
    """A neighborhood, and whether it is known that less is reported there than happens."""

    __tablename__ = "neighborhood"

    name: Mapped[str] = classed(C.PUBLIC, unique=True)
    under_reported: Mapped[bool] = classed(C.PUBLIC, default=False)


class Attendee(Base):
    """Somebody who comes to the meeting, for an agency or a neighborhood."""

    __tablename__ = "attendee"

    given_name: Mapped[str] = classed(C.COMMUNITY)
    family_name: Mapped[str] = classed(C.COMMUNITY)
    title: Mapped[str] = classed(C.COMMUNITY, default="")
    agency_id: Mapped[int | None] = classed(C.COMMUNITY, ForeignKey("agency.id"), default=None)
    neighborhood_id: Mapped[int | None] = classed(C.COMMUNITY, ForeignKey("neighborhood.id"), default=None)
    active: Mapped[bool] = classed(C.COMMUNITY, default=True)
    phone: Mapped[str] = classed(C.PERSONNEL, default="")
    email: Mapped[str] = classed(C.PERSONNEL, default="")
    note: Mapped[str] = prose(C.ADMIN, default="")

    @property
    def name(self) -> str:
        """The full name, without title: given name, then family name."""
        return f"{self.given_name} {self.family_name}".strip()


class AttendeeRole(Base):
    """A role somebody may attend in; the first by position counts until they check in with another."""

    __tablename__ = "attendee_role"
    __table_args__ = (UniqueConstraint("attendee_id", "position"),)

    attendee_id: Mapped[int] = classed(C.COMMUNITY, ForeignKey("attendee.id"))
    position: Mapped[int] = classed(C.ADMIN)
    role: Mapped[Role] = classed(C.COMMUNITY)


class User(Protected, Base):
    """An attendee who can unlock the desk, with the slot of the key file that is theirs."""

    __tablename__ = "user"

    attendee_id: Mapped[int] = classed(C.ADMIN, ForeignKey("attendee.id"), unique=True)
    slot: Mapped[int] = classed(C.ADMIN, unique=True)
    app_role: Mapped[AppRole] = classed(C.ADMIN)
    active: Mapped[bool] = classed(C.ADMIN, default=True)
