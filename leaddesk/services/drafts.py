"""What forms hand to services: plain frozen values, as the user left them.

``id`` is ``None`` for something new, else it names what is mended. Ids are policy ids (``a12``, ``p7``, ``g3``).
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from leaddesk.policy.views import Stroke
from leaddesk.policy.vocabulary import Door, Form, InformationClass, InvolvementKind, Part2, RecipientClass, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to choose from a list: its id, and the words the user may read."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDesk:
    """What a new desk is made from, besides the passphrase."""

    program: str
    program_word: str
    group: str
    agency: str
    given_name: str
    family_name: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyForm:
    """An agency; ``part2`` is ``None`` where it is not set."""

    id: str | None = None
    name: str = ""
    kind: str = ""
    part2: Part2 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendeeForm:
    """Somebody who attends, with one or more roles, the first being the usual one."""

    id: str | None = None
    given_name: str = ""
    family_name: str = ""
    title: str = ""
    agency: str | None = None
    neighborhood: str | None = None
    roles: tuple[Role, ...] = ()
    email: str = ""
    phone: str = ""
    active: bool = True
    keeps_contact: bool = False
    """Whether e-mail and phone stay as they are, because the user may not have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody new at the door; the agency may be a neighborhood, one the desk does not know yet, or none."""

    name: str
    agency: str = ""
    role: Role = Role.GUEST


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantForm:
    """A participant's own facts."""

    id: str | None = None
    given_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    aliases: tuple[str, ...] = ()
    birth_date: date | None = None
    door: Door | None = None
    referral_date: date | None = None
    referrer: str | None = None
    referring_agency: str | None = None
    case_agency: str | None = None
    intake_status: str | None = None
    engagement: str | None = None
    progress: str = ""
    """The shareable progress line."""
    progress_safe: str = ""
    """What a room that may have ``operations`` alone reads instead."""
    flagged: bool = False
    keeps_progress: bool = False
    """Whether intake, engagement and progress stay as they are, because the user may not have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseForm:
    """A release of information. Without classes, form, signature date or end it is not in force."""

    id: str | None = None
    participant: str = ""
    form: Form | None = None
    sources: tuple[str, ...] = ()
    to_classes: tuple[RecipientClass, ...] = ()
    to_agencies: tuple[str, ...] = ()
    to_people: tuple[str, ...] = ()
    classes: tuple[InformationClass, ...] = ()
    purpose: str = ""
    signed_on: date | None = None
    signed_time: time | None = None
    """The time of day in the site's zone; it decides on the day of a revocation."""
    ends_on: date | None = None
    ends_event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationForm:
    """The participant takes back one release or, where ``release`` is ``None``, all signed before now."""

    participant: str
    release: str | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieForm:
    """What an involvement, an exclusion and a grant have in common."""

    attendee: str = ""
    participant: str = ""
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvolvementForm(TieForm):
    """This attendee is involved with this participant."""

    kind: InvolvementKind = InvolvementKind.CASE_MANAGER


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionForm(TieForm):
    """This attendee may not have these classes about the participant; none means every bound one."""

    classes: tuple[InformationClass, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantForm(TieForm):
    """The chair decides that this attendee needs these classes."""

    classes: tuple[InformationClass, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityForm:
    """A location priority."""

    id: str | None = None
    name: str = ""
    place: str = ""
    neighborhood: str = ""
    rank: int = 1
    rank_reason: str = ""
    description: str = ""
    response: str = ""
    lead: str | None = None
    review_on: date | None = None
    told: str = ""
    """A piece of qualitative evidence to add."""
    told_by: str = ""
    voices: int | None = None
    counted: str = ""
    """A piece of data or an officer's observation to add."""
    counted_from: str = ""
    not_heard_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionForm:
    """Who does an action, and by when."""

    id: str
    owner: str | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentForm:
    """A correction that stands with final minutes: its full wording, whom it is about, and its safe wordings."""

    meeting: str
    text: str = ""
    cls: InformationClass = InformationClass.OPERATIONS
    about: tuple[str, ...] = ()
    safe: tuple[tuple[InformationClass, str], ...] = ()
    """Class and words of each, fullest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What a signer did on the signing page."""

    attendee: str
    language: str
    method: str
    """``drawn``, ``typed`` or ``paper``."""
    printed_name: str
    agency: str
    role: str
    duties: str
    conflicts: tuple[str, ...]
    """Names typed freely; an empty name among them means *somebody, not named*."""
    strokes: tuple[Stroke, ...] = ()
    typed: str = ""
    witness: str | None = None
    """The attendee who saw the paper signed."""
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLine:
    """One line of an agenda template.

    Attributes:
        kind: a word of `AgendaKind`.
        section: the heading its items stand under, empty for none.
        minutes: planned for each item.
        most: how many items it may offer.
    """

    kind: str
    section: str = ""
    minutes: int
    most: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateForm:
    """How an agenda begins."""

    id: str | None = None
    name: str = ""
    lines: tuple[TemplateLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesForm:
    """A meeting series; ``template`` is ``None`` for the program's own order."""

    id: str | None = None
    name: str = ""
    cadence: str = ""
    every_days: int = 14
    template: str | None = None
