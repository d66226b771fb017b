"""What the decision rests on: people, agreements, participants, releases, as plain frozen facts.

Services read rows and hand them over in this form; nothing here decides. Instants are aware datetimes. A value
that is missing or malformed arrives as ``None`` or an unknown string and denies when it is asked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from typing_extensions import override

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


class Names(NamedTuple):
    """What a participant can be called."""

    id: str
    code: str
    given_name: str
    family_name: str
    preferred_name: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """When something about a participant begins or ends by itself; days as days."""

    starts: frozenset[Day | Instant]
    ends: frozenset[Day | Instant]


class Roster(Mapping[str, Participant]):
    """The participants of a desk by id, each made when it is first asked for.

    A desk has thousands, of whom a meeting looks at some dozens; of the others only the names are wanted, and when
    anything about anybody changes by itself.

    Args:
        source: what they are made of; rosters of the same source are equal.
        names: of every participant, in their order.
        moments: of all of them.
        make: makes a participant of an id; always the same one.
    """

    def __init__(
        self, *, source: object, names: tuple[Names, ...], moments: Moments, make: Callable[[str], Participant]
    ) -> None:
        self.names = names
        self.moments = moments
        self._source = source
        self._make = make
        self._made: dict[str, Participant | None] = {one.id: None for one in names}

    @override
    def __getitem__(self, key: str) -> Participant:
        made = self._made[key]
        if made is None:
            made = self._made[key] = self._make(key)
        return made

    @override
    def __contains__(self, key: object) -> bool:
        return key in self._made

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    @override
    def __len__(self) -> int:
        return len(self._made)

    @override
    def __eq__(self, other: object) -> bool:
        if isinstance(other, Roster):
            return self._source == other._source
        return isinstance(other, Mapping) and dict(self) == dict(other)

    __hash__ = None  # type: ignore[assignment] # as of any mapping


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

    @property
    def names(self) -> tuple[Names, ...]:
        """What each participant can be called."""
        of = self.participants
        if isinstance(of, Roster):
            return of.names
        return tuple(
            Names(one.id, one.code, one.given_name, one.family_name, one.preferred_name, one.aliases)
            for one in of.values()
        )

    @property
    def moments(self) -> Moments:
        """When something about a participant begins or ends by itself."""
        of = self.participants
        return of.moments if isinstance(of, Roster) else _moments(of.values())


def _moments(participants: Iterable[Participant]) -> Moments:
    starts: set[Day | Instant | None] = set()
    ends: set[Day | Instant | None] = set()
    for one in participants:
        ends.update(revocation.at for revocation in one.revocations)
        for release in one.releases:
            starts.add(release.signed)
            ends.add(release.ends.recorded if isinstance(release.ends, UntilEvent) else release.ends)
        for tie in (*one.exclusions, *one.grants, *one.involvements):
            starts.add(tie.starts)
            ends.add(tie.ends)
    return Moments(
        starts=frozenset(moment for moment in starts if moment is not None),
        ends=frozenset(moment for moment in ends if moment is not None),
    )
