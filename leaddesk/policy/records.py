"""What the desk holds, as the rule sees it: fields that each carry a class, and texts with their wordings.

Services make records from rows; nothing else leaves a row. A record is not for showing: it goes to `disclosure`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from leaddesk.policy.vocabulary import InformationClass

#: A participant linked in a text: the id between braces.
LINK = re.compile(r"\{([A-Za-z0-9_-]+)\}")


class Kind(StrEnum):
    """What a record is about; also its stable name in exports."""

    SITE = "site"
    AGENCY = "agency"
    NEIGHBORHOOD = "neighborhood"
    ATTENDEE = "attendee"
    TEMPLATE = "agreement_template"
    AGREEMENT = "agreement"
    EXCLUSION = "exclusion"
    GRANT = "grant"
    PARTICIPANT = "participant"
    INVOLVEMENT = "involvement"
    RELEASE = "release"
    REVOCATION = "revocation"
    AGENDA_TEMPLATE = "agenda_template"
    SERIES = "meeting_series"
    MEETING = "meeting"
    AGENDA_ITEM = "agenda_item"
    ATTENDANCE = "attendance"
    ENTRY = "entry"
    ACTION = "action_item"
    ASK = "ask"
    PLACE = "location_priority"
    EVIDENCE = "evidence"
    MINUTES = "finalized_minutes"
    AMENDMENT = "amendment"
    ROLE_TABLE = "role_table"
    USER = "user"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One safe wording of a text: what is said instead to those who may not have the full one.

    ``cleared`` means that every name-like phrase was reworded or marked when it was saved, so that nothing in it is
    a mention from then on.
    """

    cls: InformationClass | None
    text: str
    cleared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text, its class, its source agency, the participants it is about, and its safe wordings in order.

    ``kept_because`` is why the chair kept its class though it names a participant: for whoever may have it in full.
    """

    cls: InformationClass | None
    text: str
    about: tuple[str, ...] = ()
    source: str | None = None
    safe: tuple[Wording, ...] = ()
    cleared: bool = False
    kept_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One value that is not free text, with its class and, for care and health, the agency that recorded it."""

    cls: InformationClass | None
    value: object
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing the desk holds.

    Attributes:
        kind: what it is.
        id: its id, never shown.
        about: the participants it concerns; a bound fact needs every one of them.
        subjects: attendees a ``personnel`` fact is about, or who supervise or review it.
        own: attendees who may always have it: their own attendance, agreement, and actions without a participant.
        fields: its facts and texts by stable name.
        links: ids of other records it points to, by stable name; never shown themselves.
    """

    kind: Kind
    id: str
    about: tuple[str, ...] = ()
    subjects: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    fields: Mapping[str, Fact | Text] = field(default_factory=dict)
    links: Mapping[str, str | None] = field(default_factory=dict)
