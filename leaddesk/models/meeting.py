"""Meetings of a series, their agenda, and who was there."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped

from leaddesk.models.base import Base, classed, prose
from leaddesk.models.types import Json
from leaddesk.models.words import AgendaKind, AttendanceMode, MeetingState
from leaddesk.policy.vocabulary import InformationClass as C
from leaddesk.policy.vocabulary import Role


class AgendaTemplate(Base):
    """How an agenda of this site begins: what it offers, in which order, under which headings.

    Attributes:
        lines: one object a line: ``kind`` (a word of `AgendaKind`), ``section``, ``minutes`` each, and ``most``, the
            largest number of items that a kind offering several may add.
        retired: no longer offered; one that was used is never deleted.
    """

    __tablename__ = "agenda_template"

    name: Mapped[str] = classed(C.OPERATIONS, unique=True)
    lines: Mapped[tuple[dict[str, str | int], ...]] = classed(C.OPERATIONS, Json, default=())
    retired: Mapped[bool] = classed(C.OPERATIONS, default=False)


class MeetingSeries(Base):
    """A group that meets again and again.

    Attributes:
        cadence: how often, in words.
        every_days: days from one meeting to the next one that is proposed.
        template_id: what the agendas of its meetings begin with, ``None`` for the program's own order.
        ranks_told: the row and rank of each location priority as its last final minutes told them: changes since are
            told against these.
    """

    __tablename__ = "meeting_series"

    name: Mapped[str] = classed(C.COMMUNITY, unique=True)
    cadence: Mapped[str] = classed(C.COMMUNITY, default="")
    every_days: Mapped[int] = classed(C.COMMUNITY, default=14)
    template_id: Mapped[int | None] = classed(C.COMMUNITY, ForeignKey("agenda_template.id"), default=None)
    ranks_told: Mapped[tuple[tuple[int, int], ...]] = classed(C.COMMUNITY, Json, default=())


class MeetingRegular(Base):
    """An attendee who is expected at every meeting of a series."""

    __tablename__ = "meeting_regular"
    __table_args__ = (UniqueConstraint("series_id", "attendee_id"),)

    series_id: Mapped[int] = classed(C.COMMUNITY, ForeignKey("meeting_series.id"))
    attendee_id: Mapped[int] = classed(C.COMMUNITY, ForeignKey("attendee.id"))


class Meeting(Base):
    """One meeting; its number counts within the series.

    Attributes:
        approved_on: the day on which a later meeting approved its minutes.
        approved_amendments: how many amendments they were approved with; later ones were made after that.
    """

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("series_id", "number"),)

    series_id: Mapped[int] = classed(C.PUBLIC, ForeignKey("meeting_series.id"))
    number: Mapped[int] = classed(C.PUBLIC)
    held_on: Mapped[date] = classed(C.PUBLIC)
    starts_at: Mapped[datetime] = classed(C.PUBLIC)
    place: Mapped[str] = classed(C.PUBLIC, default="")
    chair_id: Mapped[int] = classed(C.PUBLIC, ForeignKey("attendee.id"))
    scribe_id: Mapped[int | None] = classed(C.PUBLIC, ForeignKey("attendee.id"), default=None)
    state: Mapped[MeetingState] = classed(C.PUBLIC, default=MeetingState.PLANNED)
    opened_at: Mapped[datetime | None] = classed(C.COMMUNITY, default=None)
    closed_at: Mapped[datetime | None] = classed(C.COMMUNITY, default=None)
    statement_read: Mapped[bool] = classed(C.COMMUNITY, default=False)
    next_meeting_on: Mapped[date | None] = classed(C.PUBLIC, default=None)
    approved_on: Mapped[date | None] = classed(C.PUBLIC, default=None)
    approved_amendments: Mapped[int] = classed(C.OPERATIONS, default=0)


class Expected(Base):
    """Somebody expected at one meeting besides the series' regulars, or a regular who sent word of not coming."""

    __tablename__ = "expected"
    __table_args__ = (UniqueConstraint("meeting_id", "attendee_id"),)

    meeting_id: Mapped[int] = classed(C.COMMUNITY, ForeignKey("meeting.id"))
    attendee_id: Mapped[int] = classed(C.COMMUNITY, ForeignKey("attendee.id"))
    coming: Mapped[bool] = classed(C.COMMUNITY, default=True)


class AgendaItem(Base):
    """One item of a meeting's agenda.

    Attributes:
        section: the heading that it stands under, empty for none.
        minutes_planned: how long it should take.
        discussed_at: when it was marked as discussed.
        outcome_text_id: what came of it, in words.
    """

    __tablename__ = "agenda_item"

    meeting_id: Mapped[int] = classed(C.OPERATIONS, ForeignKey("meeting.id"), index=True)
    position: Mapped[int] = classed(C.OPERATIONS)
    kind: Mapped[AgendaKind] = classed(C.OPERATIONS)
    section: Mapped[str] = prose(C.OPERATIONS, default="")
    title_text_id: Mapped[int | None] = classed(C.OPERATIONS, ForeignKey("text.id"), default=None)
    participant_id: Mapped[int | None] = classed(C.IDENTITY, ForeignKey("participant.id"), default=None)
    priority_id: Mapped[int | None] = classed(C.COMMUNITY, ForeignKey("location_priority.id"), default=None)
    minutes_planned: Mapped[int | None] = classed(C.OPERATIONS, default=None)
    flagged_by_id: Mapped[int | None] = classed(C.PERSONNEL, ForeignKey("attendee.id"), default=None)
    discussed_at: Mapped[datetime | None] = classed(C.OPERATIONS, default=None)
    outcome_text_id: Mapped[int | None] = classed(C.OPERATIONS, ForeignKey("text.id"), default=None)


class Attendance(Base):
    """One stay of an attendee at a meeting, in one role.

    Attributes:
        out_of_view_from: from when they sit apart, until further notice; ``None`` while they are in view.
    """

    __tablename__ = "attendance"

    meeting_id: Mapped[int] = classed(C.COMMUNITY, ForeignKey("meeting.id"), index=True)
    attendee_id: Mapped[int] = classed(C.COMMUNITY, ForeignKey("attendee.id"), index=True)
    role: Mapped[Role | None] = classed(C.COMMUNITY)
    arrived_at: Mapped[datetime] = classed(C.COMMUNITY)
    left_at: Mapped[datetime | None] = classed(C.COMMUNITY, default=None)
    mode: Mapped[AttendanceMode] = classed(C.COMMUNITY, default=AttendanceMode.ROOM)
    out_of_view_from: Mapped[datetime | None] = classed(C.COMMUNITY, default=None)
    note: Mapped[str] = prose(C.OPERATIONS, default="")


class SteppedOut(Base):
    """Somebody left the room for one item."""

    __tablename__ = "stepped_out"

    attendance_id: Mapped[int] = classed(C.COMMUNITY, ForeignKey("attendance.id"), index=True)
    agenda_item_id: Mapped[int | None] = classed(C.COMMUNITY, ForeignKey("agenda_item.id"), default=None)
    from_at: Mapped[datetime] = classed(C.COMMUNITY)
    until_at: Mapped[datetime | None] = classed(C.COMMUNITY, default=None)
