"""The site: its words, its settings, and its role table."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped

from leaddesk.models.base import Base, Protected, Unchanging, classed, prose
from leaddesk.models.types import Json
from leaddesk.models.words import Paper
from leaddesk.policy.vocabulary import InformationClass as C
from leaddesk.policy.vocabulary import Part2


class Site(Base):
    """The one row of the site.

    Attributes:
        program: the name of the place, such as ``Harbor County``.
        program_word: the site's wording of LEAD.
        group: what the meeting calls itself.
        zone: an IANA time zone; days begin and end in it.
        part2: what an agency counts as whose 42 CFR Part 2 status is not set; *unsure* counts as yes.
        intake_exemption: whether identity and coordination go to the referring side while intake is open.
        required_voices: roles that should be at every meeting.
        lock_minutes: idle minutes before the console locks.
    """

    __tablename__ = "site"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    program: Mapped[str] = classed(C.PUBLIC)
    program_word: Mapped[str] = classed(C.PUBLIC, default="LEAD")
    group: Mapped[str] = classed(C.PUBLIC, "group_name", default="Operational Work Group")
    goal: Mapped[str] = prose(C.PUBLIC, default="")
    paper: Mapped[Paper] = classed(C.ADMIN, default=Paper.LETTER)
    zone: Mapped[str] = classed(C.ADMIN)
    intake_window_days: Mapped[int] = classed(C.ADMIN, default=30)
    agreement_months: Mapped[int] = classed(C.ADMIN, default=12)
    part2: Mapped[Part2] = classed(C.ADMIN, default=Part2.UNSURE)
    intake_exemption: Mapped[bool] = classed(C.ADMIN, default=True)
    required_voices: Mapped[tuple[str, ...]] = classed(C.ADMIN, default=())
    lock_minutes: Mapped[int] = classed(C.ADMIN, default=10)
    retention_years: Mapped[int] = classed(C.ADMIN, default=6)


class RoleTableVersion(Unchanging, Protected, Base):
    """One version of the role table; the highest is in force, and a change is another version with its reason."""

    __tablename__ = "role_table"

    version: Mapped[int] = classed(C.OPERATIONS, unique=True)
    cells: Mapped[dict[str, dict[str, str]]] = classed(C.OPERATIONS, Json)
    reason: Mapped[str] = prose(C.OPERATIONS, default="")
    at: Mapped[datetime] = classed(C.ADMIN)
    by_id: Mapped[int | None] = classed(C.ADMIN, ForeignKey("attendee.id"), default=None)
