"""The facts as they stand at one instant: who has signed, which releases are in force, who is tied to whom.

Everything that depends on the clock is resolved here, once, so that the decision itself is a few look-ups.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from leaddesk.policy.facts import (
    Agreement,
    Day,
    Facts,
    Instant,
    Participant,
    Person,
    Release,
    Revocation,
    UntilEvent,
)
from leaddesk.policy.force import end_instant, in_force, start_instant
from leaddesk.policy.vocabulary import (
    BOUND,
    RECIPIENT_CLASS,
    Cell,
    InformationClass,
    Intake,
    Part2,
    RecipientClass,
    Role,
    known_role,
)

if TYPE_CHECKING:
    from leaddesk.policy.decision import Asked, Decision

Classes = frozenset[InformationClass]
NO_CLASSES: Classes = frozenset()
_NOT_PART2 = Part2.NO
_NO_CELLS: Mapping[InformationClass, Cell] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Attending:
    """Somebody whose agreement is in force, in the role they attend in."""

    id: str
    role: Role | None
    """``None`` for one that is not known."""
    agency: str | None
    cells: Mapping[InformationClass, Cell]
    """What the role table says of the role, nothing for one that is not known."""
    recipient: RecipientClass | None
    """The recipients of a release among whom the role is."""
    likeness: int
    """The same number for everybody of this role and agency: the decision tells them apart by their ties alone."""


@dataclass(frozen=True, slots=True)
class ParticipantStanding:
    """What holds about one participant at one instant."""

    participant: Participant
    releases: tuple[Release, ...]
    """Releases in force, oldest signature first."""
    revoked: bool
    """Whether anything has been revoked by now."""
    staff_narrowed: bool
    """Whether program staff are down to identity: revoked, and nothing in force signed after that."""
    excluded: Mapping[str, Classes]
    granted: Mapping[str, Classes]
    involved: frozenset[str]
    tied: frozenset[str]
    """Everybody whom something above names: excluded, granted, involved, or a release's recipient by name."""
    intake_open: bool
    """Whether intake is known to be undecided."""
    _covering: dict[tuple[InformationClass, str | None], tuple[Release, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    resting: "dict[str, Decision]" = field(default_factory=dict, init=False, repr=False, compare=False)
    """The answer that rests on each release, by its id: nearly everybody's is one of few."""

    def releases_for(self, cls: InformationClass, source: str | None) -> tuple[Release, ...]:
        """The releases in force that let this source tell this class; none for a source that is not known."""
        known = self._covering.get((cls, source))  # asked again for everybody in the room
        if known is None:
            known = self._covering[cls, source] = tuple(
                release
                for release in self.releases
                if source and source in release.sources and cls in release.classes
            )
        return known


class Standing:
    """The facts of a desk at one instant.

    Attributes:
        facts: what the decision rests on.
        at: the instant, aware.
        attending: the people whose confidentiality agreement is in force, by their ids.
        named: who is known to be allowed the identity of whom, so that it need not be decided again for every class.
        alike: what people alike were answered, by their likeness, so that it need not be decided again for each.
    """

    def __init__(self, facts: Facts, at: Instant) -> None:
        self.facts = facts
        self.at = at
        self.named: set[tuple[str, str]] = set()
        self.alike: defaultdict[Asked, dict[int, Decision]] = defaultdict(dict)
        self._zone = ZoneInfo(facts.site.zone)
        self._participants: dict[str, ParticipantStanding | None] = {}
        self._likenesses: dict[tuple[str | None, str | None], int] = {}
        self._held: dict[str, tuple[Person, Agreement | None]] = {}

    def take_over(self, before: "Standing") -> bool:
        """Keeps what was worked out before about participants, and of whom nothing but the role has changed.

        Returns:
            Whether it is kept: site and participants are the same, and so is the instant, and nobody was asked about
            before.
        """
        now, then = self.facts, before.facts
        same = now.participants is then.participants and now.site is then.site and now.agencies is then.agencies
        if not same or self.at != before.at or "attending" in vars(self):
            return self.alike is before.alike
        self._participants = before._participants  # noqa: SLF001 - its own class
        self._likenesses = before._likenesses  # noqa: SLF001
        self._held = before._held  # noqa: SLF001
        self.alike = before.alike
        return True

    @cached_property
    def attending(self) -> Mapping[str, Attending]:
        """The people whose agreement is in force, by their ids."""
        people = self.facts.people.values()
        return {person.id: self._attending(person) for person in people if self.agreement_of(person)}

    def agreement_of(self, person: Person) -> Agreement | None:
        """The newest agreement of this person that is in force, or ``None``."""
        known = self._held.get(person.id)
        if known is not None and _signed_the_same(known[0], person):
            return known[1]
        held = [agreement for agreement in person.agreements if self._agreement_in_force(person, agreement)]
        newest = max(held, key=lambda agreement: agreement.signed or self.at, default=None)
        self._held[person.id] = (person, newest)
        return newest

    def about(self, participant_id: str) -> ParticipantStanding | None:
        """What holds about a participant, ``None`` for somebody who is not on the desk."""
        if participant_id not in self._participants:
            participant = self.facts.participants.get(participant_id)
            self._participants[participant_id] = None if participant is None else self._resolve(participant)
        return self._participants[participant_id]

    def known_not_part2(self, agency: str) -> bool:
        """Whether an agency is known not to be a 42 CFR Part 2 program; an unset one counts as the site says."""
        status = self.facts.agencies.get(agency) or self.facts.site.part2
        return status == _NOT_PART2

    def _attending(self, person: Person) -> Attending:
        role = known_role(person.role)
        return Attending(
            id=person.id,
            role=role,
            agency=person.agency,
            cells=_NO_CELLS if role is None else self.facts.site.role_table.get(role, _NO_CELLS),
            recipient=None if role is None else RECIPIENT_CLASS[role],
            likeness=self._likenesses.setdefault((person.role, person.agency), len(self._likenesses)),
        )

    def _agreement_in_force(self, person: Person, agreement: Agreement) -> bool:
        if agreement.template not in self.facts.site.accepted_templates:
            return False
        signed = agreement.signed
        if signed is None or not in_force(signed, agreement.ends, self.at, self._zone):
            return False
        if agreement.ends_at is not None and agreement.ends_at <= self.at:
            return False
        return not any(signed <= gone <= self.at for gone in person.withdrew_or_declined)

    def _resolve(self, participant: Participant) -> ParticipantStanding:
        at, zone = self.at, self._zone
        revocations = [revocation for revocation in participant.revocations if revocation.at <= at]
        releases = [r for r in participant.releases if self._release_in_force(r, revocations)]
        releases.sort(key=lambda release: start_instant(release.signed, zone) if release.signed else at)
        last = max((revocation.at for revocation in revocations), default=None)
        signed_since = last is None or any(
            release.signed is not None and start_instant(release.signed, zone) > last for release in releases
        )
        excluded = _by_person(
            # An exclusion without a readable start is held to be in force: what is unknown shows less.
            (exclusion.person, exclusion.classes or BOUND)
            for exclusion in participant.exclusions
            if exclusion.starts is None or in_force(exclusion.starts, exclusion.ends, at, zone)
        )
        granted = _by_person(
            (grant.person, grant.classes & BOUND)
            for grant in participant.grants
            if in_force(grant.starts, grant.ends, at, zone)
        )
        involved = frozenset(
            tie.person for tie in participant.involvements if in_force(tie.starts, tie.ends, at, zone)
        )
        return ParticipantStanding(
            participant=participant,
            releases=tuple(releases),
            revoked=bool(revocations),
            staff_narrowed=not signed_since,
            excluded=excluded,
            granted=granted,
            involved=involved,
            intake_open=participant.intake == Intake.OPEN,
            tied=involved.union(excluded, granted, *(release.to_people for release in releases)),
        )

    def _release_in_force(self, release: Release, revocations: Iterable[Revocation]) -> bool:
        if release.signed is None or release.ends is None or not release.classes:
            return False
        signed = start_instant(release.signed, self._zone)
        if self.at < signed or self._ended(release.ends):
            return False
        return not any(
            revocation.release == release.id or (not revocation.release and signed <= revocation.at)
            for revocation in revocations
        )

    def _ended(self, end: Day | Instant | UntilEvent) -> bool:
        if isinstance(end, UntilEvent):
            return end.recorded is not None and end.recorded <= self.at
        return end_instant(end, self._zone) <= self.at


def _signed_the_same(one: Person, other: Person) -> bool:
    """Whether two states of a person rest on the very same paperwork."""
    return one.agreements is other.agreements and one.withdrew_or_declined is other.withdrew_or_declined


def _by_person(pairs: Iterable[tuple[str, Classes]]) -> Mapping[str, Classes]:
    classes: dict[str, Classes] = {}
    for person, covered in pairs:
        classes[person] = classes.get(person, NO_CLASSES) | covered
    return classes
