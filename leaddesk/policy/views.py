"""What a renderer gets: frozen, already filtered, and made by `policy` alone.

A view holds nothing that its audience may not have, so a window or a page may show all of it. Dates are dates in
the site's zone; how they are written is the renderer's business. Empty strings and empty tuples mean that there is
nothing to show, never that something was left out: on the audience's side absence does not speak.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Mark(StrEnum):
    """A state that is shown as a shape and a word, never by color alone."""

    OVERDUE = "overdue"
    CARRIED = "carried"
    UP = "up"
    DOWN = "down"
    SAME = "same"
    NEW = "new"
    OPEN = "open"
    DONE = "done"
    NOT_POSSIBLE = "not_possible"
    NOT_DONE = "not_done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A mark with the words beside its shape, such as ``up from 4``."""

    mark: Mark
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds every slide but the idle card: the program's name and a notice where the law asks for one."""

    program: str
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleCard:
    """The public card: program, group, day and place."""

    program: str
    """The name of the place, such as ``Harbor County``."""
    program_word: str
    """The site's wording of LEAD, set on a line of its own."""
    group: str
    when: date | None
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """A participant in a list: a name or a code, alike, and one line the whole room may have."""

    name: str
    detail: str = ""
    due: date | None = None
    """A day that belongs behind the line, as in ``Intake due 20 May``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A location priority in a list."""

    rank: int
    name: str
    neighborhood: str
    change: Marked | None


def carried_words(times: int) -> str:
    """How often an action was carried over, empty for never."""
    return "" if times == 0 else "carried once" if times == 1 else f"carried {times} times"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """An action item: what, who (``T. Bell, City PD``; last name alone in ``owner_short``), and by when."""

    what: str
    owner: str
    owner_short: str
    due: date | None
    state: Marked | None
    carried: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRow:
    """Something asked of this group: what, and of whom."""

    what: str
    of_whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Today at a glance: the three lists."""

    frame: Frame
    when: date
    meeting: str
    participants: tuple[NameRow, ...]
    places: tuple[PlaceRow, ...]
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantSlide:
    """One participant: name or code, the progress the room may have, asks and open actions."""

    frame: Frame
    name: str
    progress: tuple[str, ...]
    """Lines of the panel under the title: the progress line, court lines, updates taken in this meeting."""
    asks: tuple[AskRow, ...]
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One piece of evidence, in either lane: the words, and who or what they come from (``7 voices, tenants``)."""

    text: str
    source: str
    quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSlide:
    """One location priority: rank and change, both evidence lanes alike, and the planned response."""

    frame: Frame
    rank: int
    change: Marked | None
    neighborhood: str
    name: str
    told: tuple[Voice, ...]
    """What people tell us: the qualitative lane."""
    not_heard_from: str
    counted: tuple[Voice, ...]
    """What is counted or observed: calls, other data, officers' observations."""
    response: str
    lead: str
    review: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerGroup:
    """One owner's open actions on the action board."""

    owner: str
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionBoard:
    """Open actions: overdue first, then by owner."""

    frame: Frame
    groups: tuple[OwnerGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSlide:
    """An item that is neither person nor place: a title, and lines the room may read."""

    frame: Frame
    kicker: str
    title: str
    lines: tuple[str, ...]


Slide = IdleCard | Overview | ParticipantSlide | PlaceSlide | ActionBoard | TopicSlide


class CopyKind(StrEnum):
    """For whom minutes are printed."""

    PUBLIC = "public"
    ROOM = "room"
    RECIPIENT = "recipient"
    RECORD = "record"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentRow:
    """Somebody at the meeting: name, agency, role in words, and when they came and went."""

    name: str
    agency: str
    role: str
    arrived: datetime | None
    left: datetime | None
    note: str = ""
    """Such as ``by phone`` or ``stepped out for item 5``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesItem:
    """One agenda item as minuted: number and title as the audience may have it, and what was done."""

    number: int
    title: str
    section: str
    """The heading that it stands under, empty for none."""
    outcome: str
    updates: tuple[str, ...]
    decisions: tuple[str, ...]
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentRow:
    """A correction that stands with final minutes, and when it was made."""

    when: date | None
    text: str
    after_approval: bool
    """Whether it was made after the minutes had been approved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Minutes as one audience may have them."""

    kind: CopyKind
    program: str
    group: str
    meeting: str
    when: date
    opened: datetime | None
    closed: datetime | None
    where: str
    presided: str
    status: str
    """``draft``, ``draft of version 2`` or ``final, version 2``."""
    approved: date | None
    """When they were approved, ``None`` for not yet."""
    as_amended: bool
    """Whether they were approved with an amendment that is among `amendments`."""
    recipient: str
    """Name and agency of the one reader of a recipient copy, else empty."""
    copy_number: int | None
    present: tuple[PresentRow, ...]
    absent: tuple[str, ...]
    statement_read: bool
    items: tuple[MinutesItem, ...]
    places: tuple[PlaceRow, ...]
    carried: tuple[ActionRow, ...]
    amendments: tuple[AmendmentRow, ...]
    next_meeting: date | None
    part2_notice: str
    """The short sentence of 42 CFR 2.32 where a page carries what it applies to, else empty."""
    redisclosure: str
    """The long statement of 42 CFR 2.32 for the end of a hand-out, else empty."""
    left_out: int
    """How many facts of the record copy its reader may not have; 0 and unsaid on every other copy."""
    anchor: str
    """The ledger's head when the version was finalized, as ``SEQ:MAC``."""
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """One stroke of a drawn signature: points in a box one unit wide, y downwards, resolution independent."""

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A numbered clause of the agreement."""

    heading: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBlock:
    """What stands under a signed agreement."""

    printed_name: str
    agency: str
    role: str
    duties: str
    method: str
    """``drawn``, ``typed`` or ``paper``."""
    strokes: tuple[Stroke, ...]
    witness: str
    signed_at: datetime
    digest: str
    """SHA-256 of the agreement's text as signed, hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPaper:
    """The confidentiality agreement: blank where ``signature`` is ``None`` and the name is empty."""

    program: str
    group: str
    language: str
    title: str
    version: str
    in_force_since: date | None
    clauses: tuple[Clause, ...]
    closing: str
    """The sentence above the signature."""
    name: str
    agency: str
    role: str
    signature: SignatureBlock | None
    zone: str
