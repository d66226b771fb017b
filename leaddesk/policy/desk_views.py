"""What the console, check-in and the registers show the signed-in user: frozen, filtered for that user.

Ids in these views name a row to the services when the user acts on it; they are never shown. What the user may not
have is not there.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from leaddesk.policy.views import Marked, Slide
from leaddesk.policy.why import Fix


class Screen(StrEnum):
    """What the projector is doing."""

    IDLE = "idle"
    LIVE = "live"
    BLANK = "blank"
    FROZEN = "frozen"
    NONE = "none"
    """There is no second screen that the chair has confirmed."""


class ItemState(StrEnum):
    """Where an agenda item stands."""

    OPEN = "open"
    DONE = "done"
    LIVE = "live"
    AT_HAND = "at hand"
    """Taken, on no screen that the room could see."""
    NEXT = "next"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """One line of the agenda."""

    id: str
    number: int
    title: str
    minutes: int
    state: ItemState
    flagged: bool
    part_withheld: bool
    """Whether the room would see less of it than the user may."""
    section: str = ""
    """The heading it stands under, empty for none."""
    starts: str = ""
    """The time of day at which it begins, where that is planned."""
    detail: str = ""
    """What else there is to say of it while the meeting is prepared."""
    spent: int = 0
    """Whole minutes that it has had so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The bar over the console."""

    meeting: str
    when: date
    state: str
    """``planned``, ``open``, ``closed``, ``finalized`` or ``approved``."""
    opened_at: datetime | None
    minutes_planned: int
    screen: Screen
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChip:
    """How many are there, who waits unsigned, who narrows, and whether something waits to widen."""

    present: int
    strangers: int
    unsigned: tuple[str, ...]
    narrowed_by: tuple[str, ...]
    waits: bool
    conflicts: int = 0
    """How many disclosed conflicts the chair has not decided on, as far as the user may know."""
    missing: tuple[str, ...] = ()
    """Kinds of voice that should be there and are not, in words."""
    declined: tuple[str, ...] = ()
    """Who is in view and has declined or withdrawn, on record: nobody asks them again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixOffer:
    """A lawful fix that the user can ask for at once."""

    fix: Fix
    words: str
    """What a button says."""
    people: tuple[str, ...] = ()
    """Ids of the attendees who narrow."""
    about: str = ""
    """Whom or what the fix is made to: a participant's id, an agenda item's, or that of a record with words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldPart:
    """One row of an item that the room lacks or reads less of."""

    kind: str
    """What it is, such as ``action`` or ``update``."""
    words: str
    """As the user reads it."""
    room_reads: str
    """What the room reads instead, empty for nothing."""
    record: str = ""
    """The id of the record whose words can be written anew for the room, empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldRow:
    """One line of *withheld from the room, and why*; nobody is named whom the user may not have."""

    what: str
    why: str
    fixes: tuple[FixOffer, ...]
    """The cheapest lawful one first; none where it stays private."""
    people: tuple[str, ...]
    """Ids of the attendees who narrow."""
    parts: tuple[WithheldPart, ...]
    """The rows it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateAction:
    """An action of the selected item, as the user may have it, and as the room would read it."""

    id: str
    what: str
    due: date | None
    state: Marked | None
    carried: int
    room_reads: str
    """Empty where the room would read nothing of it."""
    since: date | None = None
    """The day on which it was filed, where the user may know it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledEntry:
    """An update, decision or note on the selected item, as the user may have it, and as the room would read it."""

    id: str
    kind: str
    what: str
    room_reads: str
    """Empty where the room would read nothing of it."""
    whole: bool
    """Whether the user may have all of its words, and so mend it."""
    kept: str = ""
    """Why its class was kept though it names a participant, in words; empty where it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labeled:
    """A field with its label."""

    label: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateSide:
    """The private side of the console for the selected item."""

    item: str = ""
    """The item's id, which is never shown; empty for the overview."""
    title: str
    code: str
    """The case code beside a participant's name: on the user's own console alone."""
    flagged_by: str
    facts: tuple[Labeled, ...]
    withheld: tuple[WithheldRow, ...]
    actions: tuple[PrivateAction, ...]
    note: str
    filed: tuple[FiledEntry, ...] = ()
    working: bool = False
    """Whether what is withheld is still being worked out."""
    gathering: bool = False
    """Whether the actions are still being gathered; then none are there yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The middle of the console: exactly what the room sees."""

    screen: Screen
    live: Slide
    live_page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """Under it, the next item as this room would see it."""

    slide: Slide | None
    appears: str
    """``by name``, ``by case code``, ``nothing of it`` or empty where that says nothing."""


class Signature(StrEnum):
    """How it stands with somebody's agreement."""

    SIGNED = "signed"
    MUST_SIGN = "must_sign"
    EXPIRED = "expired"
    DECLINED = "declined"


class Whereabouts(StrEnum):
    """Where somebody is, for the meeting."""

    ABSENT = "absent"
    """Neither here nor expected."""
    EXPECTED = "expected"
    ROOM = "room"
    PHONE = "phone"
    VIDEO = "video"
    OUT_OF_VIEW = "out_of_view"
    STEPPED_OUT = "stepped_out"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInRow:
    """Somebody who can be checked in."""

    id: str
    name: str
    agency: str
    role: str
    """The role's value, such as ``case_manager``."""
    roles: tuple[str, ...]
    signature: Signature
    whereabouts: Whereabouts
    came: str
    """The time of day at which they came, empty where they have not."""
    gone: str
    """The time of day at which they left, empty while they are here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """A conflict somebody disclosed, and one participant it could mean; not decided yet."""

    id: str
    """The exclusion's."""
    attendee: str
    who: str
    whom: str
    how: str


class EntryKind(StrEnum):
    """What the entry line files."""

    UPDATE = "update"
    DECISION = "decision"
    ACTION = "action"
    PRIORITY = "priority"
    PLACE = "place"
    """A new location priority."""
    AGENDA = "agenda"
    """Something put on the agenda."""
    OUTCOME = "outcome"
    """What came of the agenda item, in a few words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundName:
    """A typed name in the entry line: where it stands, and whom it would link to."""

    written: str
    start: int
    end: int
    participant: str | None
    """The participant's id if the user may know who it is, else ``None``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Somebody whom the entry line may be about, or nobody, with an empty id."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A name that may be meant by the word that is being typed."""

    words: str
    """What goes into the line."""
    detail: str
    """What tells it from others: a case code, an agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPreview:
    """What filing the entry line would do."""

    about: str
    """Whom or what it is about, as the user may have it, such as ``P-7K3F``."""
    cls: str
    classes: tuple[str, ...]
    """The classes the user may choose, the proposed one first."""
    names: tuple[FoundName, ...]
    room_reads: str
    """The wording this room would read, empty for nothing of it."""
    owner: str
    due: date | None
    problem: str
    """Why it can't be filed as it stands, else empty."""
    does: str = ""
    """What filing it does besides, or instead of, filing words."""
    raised: bool = False
    """Whether it was raised to ``identity`` because it names a participant."""
    asks_reason: bool = False
    """Whether the class that the user chose needs a reason: the chair's, why it stays though it names somebody."""


class Mend(StrEnum):
    """How something that a closing check found is mended."""

    CHECK_IN = "check_in"
    ITEM = "item"
    """By minuting the agenda item that the check names."""
    ACTION = "action"
    """By giving the action that the check names its owner and day."""
    LINE = "line"
    NEXT_DAY = "next_day"
    STATEMENT = "statement"
    CONFLICT = "conflict"
    """By deciding the exclusions of the participant that the check names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something a closing check found: a warning, never a bar."""

    words: str
    mend: Mend
    mend_words: str
    """What the way to mend it is called."""
    target: str = ""
    """The id of what is mended, if it is one thing."""


class Reached(StrEnum):
    """Whether a meeting has come to a step of its way."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayStep:
    """One step of a meeting's way from planned to approved."""

    words: str
    reached: Reached
    detail: str
    """When, or which version; empty where that says nothing."""


class Move(StrEnum):
    """What can be done with a meeting next."""

    OPEN = "open"
    CLOSE = "close"
    FINALIZE = "finalize"
    APPROVE = "approve"
    TAKE_BACK = "take_back"
    REOPEN = "reopen"
    AMEND = "amend"
    PLAN = "plan"
    GO = "go"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A move that is offered."""

    move: Move
    words: str
    may: bool
    """Whether the signed-in user may make it; else it is the chair's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingWay:
    """Where a meeting stands on its way, and what can be done with it next; the likeliest move comes first."""

    meeting: str
    """Its id."""
    title: str
    state: str
    says: str
    steps: tuple[WayStep, ...]
    offers: tuple[Offer, ...]
    next_day: date | None
    """When the group meets next."""
    versions: tuple[int, ...]
    """Those that can be printed, the newest first."""
    needs_reason: bool
    """Whether finalizing asks why the new version differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One row of a register or of find-as-you-type."""

    kind: str
    id: str
    title: str
    detail: str
    also: str = ""
    """Further words that it is found by; never shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPaper:
    """What the signing page shows: the agreement to sign and what is known of the signer."""

    attendee: str
    name: str
    agency: str
    role: str
    languages: tuple[str, ...]
    position: int
    of: int
    """Signer ``position`` of ``of`` in turn."""
