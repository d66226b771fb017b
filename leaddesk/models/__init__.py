"""The rows of a desk, one file an aggregate. Each column has a class of information; nothing here decides."""

from leaddesk.models.action import ActionItem, Ask
from leaddesk.models.agreement import Agreement, AgreementEvent, AgreementTemplate
from leaddesk.models.base import Base, Protected, protected_tables
from leaddesk.models.entry import DraftLine, Entry, PrivateNote
from leaddesk.models.meeting import (
    AgendaItem,
    AgendaTemplate,
    Attendance,
    Expected,
    Meeting,
    MeetingRegular,
    MeetingSeries,
    SteppedOut,
)
from leaddesk.models.minutes import Amendment, FinalizedMinutes
from leaddesk.models.participant import CourtItem, Participant
from leaddesk.models.people import Agency, Attendee, AttendeeRole, Neighborhood, User
from leaddesk.models.place import Evidence, LocationPriority
from leaddesk.models.release import Release, Revocation
from leaddesk.models.site import RoleTableVersion, Site
from leaddesk.models.text import StoredText, StoredWording, TextAbout
from leaddesk.models.ties import Exclusion, Grant, Involvement

__all__ = [
    "ActionItem",
    "Agency",
    "AgendaItem",
    "AgendaTemplate",
    "Agreement",
    "AgreementEvent",
    "AgreementTemplate",
    "Amendment",
    "Ask",
    "Attendance",
    "Attendee",
    "AttendeeRole",
    "Base",
    "CourtItem",
    "DraftLine",
    "Entry",
    "Evidence",
    "Exclusion",
    "Expected",
    "FinalizedMinutes",
    "Grant",
    "Involvement",
    "LocationPriority",
    "Meeting",
    "MeetingRegular",
    "MeetingSeries",
    "Neighborhood",
    "Participant",
    "PrivateNote",
    "Protected",
    "Release",
    "Revocation",
    "RoleTableVersion",
    "Site",
    "SteppedOut",
    "StoredText",
    "StoredWording",
    "TextAbout",
    "User",
    "protected_tables",
]  # fmt: skip
