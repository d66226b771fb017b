"""The fixed words of the desk's rows, besides those of the rule."""

from enum import StrEnum


class Paper(StrEnum):
    """The sheet that pages are made for."""

    LETTER = "letter"
    A4 = "a4"


class AppRole(StrEnum):
    """What a user may do, whoever presides."""

    CHAIR = "chair"
    SCRIBE = "scribe"


class AgreementTerm(StrEnum):
    """For how long an agreement is signed."""

    THIS_MEETING = "this_meeting"
    MONTHS = "months"
    UNTIL_WITHDRAWN = "until_withdrawn"


class SigningMethod(StrEnum):
    """How an agreement was signed."""

    DRAWN = "drawn"
    TYPED = "typed"
    PAPER = "paper"


class AgreementEnd(StrEnum):
    """What ends every agreement a person has signed."""

    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class ExclusionState(StrEnum):
    """Whether an exclusion stands by the chair's word, or by a conflict that a signer disclosed."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


class IntakeStatus(StrEnum):
    """How far a referral has come."""

    REFERRED = "referred"
    SCREENING = "screening"
    NOT_APPROVED = "not_approved"
    DECLINED = "declined"
    ENROLLED = "enrolled"
    INTAKE_MISSED = "intake_missed"


#: Intake is undecided in these; every other known status is a decision.
OPEN_INTAKE = frozenset({IntakeStatus.REFERRED, IntakeStatus.SCREENING})


class Engagement(StrEnum):
    """How a participant and the program stand."""

    ACTIVE = "active"
    LIGHT_TOUCH = "light_touch"
    NOT_ENGAGED = "not_engaged"
    PAUSED = "paused"
    EXITED = "exited"
    DECEASED = "deceased"


class MeetingState(StrEnum):
    """Where a meeting is on its way from planned to approved; a canceled one never opens."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    FINALIZED = "finalized"
    APPROVED = "approved"
    CANCELED = "canceled"


#: A meeting in these is not over: its agenda, its guests and its room can still change.
NOT_OVER = frozenset({MeetingState.PLANNED, MeetingState.OPEN})


class AgendaKind(StrEnum):
    """What an agenda item is about."""

    OVERVIEW = "overview"
    MINUTES = "minutes"
    ACTIONS = "actions"
    REFERRALS = "referrals"
    PARTICIPANT = "participant"
    PLACE = "place"
    OPERATIONAL = "operational"
    ADMINISTRATIVE = "administrative"
    NEXT_MEETING = "next_meeting"


class AttendanceMode(StrEnum):
    """How somebody is present."""

    ROOM = "room"
    PHONE = "phone"
    VIDEO = "video"


class EntryKind(StrEnum):
    """What is filed under an agenda item."""

    UPDATE = "update"
    DECISION = "decision"
    NOTE = "note"


class LineKind(StrEnum):
    """What the entry line would file."""

    UPDATE = "update"
    DECISION = "decision"
    NOTE = "note"
    ACTION = "action"
    PRIORITY = "priority"
    PLACE = "place"
    AGENDA = "agenda"
    OUTCOME = "outcome"


class ActionOutcome(StrEnum):
    """What became of an action item."""

    OPEN = "open"
    DONE = "done"
    NOT_POSSIBLE = "not_possible"
    NOT_DONE = "not_done"


class PlaceState(StrEnum):
    """Whether a location priority is worked on."""

    ACTIVE = "active"
    WATCH = "watch"
    RESOLVED = "resolved"


class Lane(StrEnum):
    """Where evidence about a place comes from; the lanes stand side by side."""

    QUALITATIVE = "qualitative"
    DATA = "data"
    OBSERVATION = "observation"
