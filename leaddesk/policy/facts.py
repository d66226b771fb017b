"""What the decision rests on: people, agreements, participants, releases, as plain frozen facts.

Services read rows and hand them over in this form; nothing here decides. Instants are aware datetimes. A value
that is missing or malformed arrives as ``None`` or an unknown string and denies when it is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from leaddesk.policy.vocabulary import DEFAULT_ROLE_TABLE, InformationClass, RoleTable

Day = date
Instant = datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The settings of a site that the rule depends on."""

    zone: str
    part2: str | None = "unsure"
    accepted_templates: frozenset[str] = frozenset()
    intake_exemption: bool = True
    role_table: RoleTable = field(default_factory=lambda: DEFAULT_ROLE_TABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A signed confidentiality agreement; ``ends`` is its last day, ``None`` until withdrawn.

    ``ends_at`` is an instant that ends it besides: the next meeting of the series, for the term *this meeting*.
    """

    template: str | None
    signed: Instant | None
    ends: Day | None = None
    ends_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who attends, in the one role they attend in."""

    id: str
    name: str
    role: str | None
    agency: str | None
    agreements: tuple[Agreement, ...] = ()
    withdrew_or_declined: tuple[Instant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UntilEvent:
    """The end of a release that is an event: in force until the event is recorded."""

    event: str
    recorded: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release of information, as signed. Without an end, a signature date or classes it is not in force."""

    id: str
    signed: Day | Instant | None
    ends: Day | UntilEvent | None
    form: str | None
    sources: frozenset[str]
    to_classes: frozenset[str] = frozenset()
    to_agencies: frozenset[str] = frozenset()
    to_people: frozenset[str] = frozenset()
    classes: frozenset[InformationClass] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """The participant took back one release, or all that were signed before."""

    at: Instant
    release: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A dated relation between one person and one participant; days are whole days in the site's zone."""

    person: str
    starts: Day | Instant | None
    ends: Day | Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion(Tie):
    """This person may not have these classes about the participant; no classes means every bound one."""

    classes: frozenset[InformationClass] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Tie):
    """The chair's recorded decision that this person needs these classes; no classes covers nothing."""

    classes: frozenset[InformationClass] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement(Tie):
    """This person is assigned to the participant, or referred them."""

    kind: str = "assigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One participant, with everything that decides who may be told what about them."""

    id: str
    code: str
    given_name: str
    family_name: str
    preferred_name: str = ""
    aliases: tuple[str, ...] = ()
    door: str | None = None
    intake: str | None = None
    case_agency: str | None = None
    referring_agency: str | None = None
    releases: tuple[Release, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    grants: tuple[Grant, ...] = ()
    involvements: tuple[Involvement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the rule may look at, at one state of the desk.

    ``agencies`` maps an agency's id to its Part 2 status (``None`` where not set); ``known_names`` are agencies,
    places and neighborhoods, which excuse a name that lies inside them.
    """

    site: Site
    people: Mapping[str, Person]
    participants: Mapping[str, Participant]
    agencies: Mapping[str, str | None] = field(default_factory=dict)
    known_names: frozenset[str] = frozenset()
