"""Disclosure: what an audience gets of the desk's records. Everything shown, printed or exported passes here.

An audience may be shown a thing only if every member may. What it gets is a `Seen`, which answers with nothing else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from leaddesk.policy.decision import Asked, decide_each
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.names import Kind as MentionKind
from leaddesk.policy.names import Mention
from leaddesk.policy.records import LINK, Fact, Record, Text
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import (
    BOUND,
    CASE_AGENCY_SOURCED,
    PROGRAM_STAFF,
    Cell,
    InformationClass,
    InvolvementKind,
)

C = InformationClass

NOBODY: frozenset[str] = frozenset()

#: Stands for the public in an audience: no person has it as an id.
THE_PUBLIC = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """People who get the same rendering, and the signed-in user whose screen or hands it passes.

    Attributes:
        people: ids of those it is for; an unknown id is a member of the public.
        signed_in: the signed-in user's id, ``None`` where nobody handles it.
        public: whether somebody unidentified is among them.
        nobody: whether it counts as the public because nobody is there; for telling why.
    """

    people: frozenset[str]
    signed_in: str | None = None
    public: bool = False
    nobody: bool = False

    @property
    def members(self) -> frozenset[str]:
        """Everybody who must be allowed; an audience that names nobody is the public."""
        named = self.people if self.signed_in is None else self.people | {self.signed_in}
        return named | {THE_PUBLIC} if self.public or not named else named


class Appearance(StrEnum):
    """How a participant appears to an audience."""

    NAME = "name"
    CODE = "code"
    ABSENT = "absent"


class Sight:
    """What one audience may have at one instant."""

    def __init__(self, standing: Standing, audience: Audience) -> None:
        self.standing = standing
        self.audience = audience
        self._to_ask: frozenset[str] = audience.members
        self._answers: dict[tuple[Asked, frozenset[str]], bool] = {}
        self._before: Sight | None = None

    def joined_by(self, audience: Audience, standing: Standing) -> "Sight":
        """The sight of a larger audience: only those who joined are asked anew.

        Args:
            audience: this audience and those who joined.
            standing: the same facts at the same instant, with the joiners in the roles they checked in with.

        Raises:
            ValueError: somebody of this audience is missing from the larger one.
        """
        if not self.audience.members <= audience.members:
            raise ValueError("an audience that lost a member may have more and is decided anew")
        joined = Sight(standing, audience)
        standing.take_over(self.standing)
        joined._to_ask = audience.members - self.audience.members
        joined._before = self
        return joined

    def allows(self, asked: Asked, own: frozenset[str] = NOBODY) -> bool:
        """Whether every member may have what is asked, or always may because it is their ``own``."""
        key = (asked, own)
        answer = self._answers.get(key)
        if answer is None:
            answer = (self._before is None or self._before.allows(asked, own)) and self._all_may(asked, own)
            self._answers[key] = answer
        return answer

    def _all_may(self, asked: Asked, own: frozenset[str]) -> bool:
        for member, decision in decide_each(self.standing, self._to_ask, asked):
            if not decision.allowed and member not in own:
                return False
        return True

    def allows_unbound_text(self, cls: InformationClass) -> bool:
        """Whether every member may have a text of a bound class about nobody."""
        return all(may_have_unbound(self.standing, member, cls) for member in self.audience.members)


def may_have_unbound(standing: Standing, person: str, cls: InformationClass) -> bool:
    """Whether somebody may have a text of a bound class about nobody: program staff whose cell says yes."""
    who = standing.attending.get(person)
    return who is not None and who.role in PROGRAM_STAFF and who.cells.get(cls) is Cell.YES


def asked_of_fact(record: Record, fact: Fact) -> tuple[Asked, ...]:
    """What an audience must be allowed to have a fact; nothing where nobody may have it."""
    cls = fact.cls
    if not isinstance(cls, C):
        return ()
    if cls in BOUND or (cls is C.ADMIN and record.about):
        return tuple(Asked(cls, participant, fact.source) for participant in record.about)
    return (Asked(cls, subjects=record.subjects),)


def asked_of_wording(text: Text, cls: InformationClass, subjects: frozenset[str], *, full: bool) -> tuple[Asked, ...]:
    """What an audience must be allowed to have a wording of a text, its links and typed names apart.

    A text of a bound class about nobody is not asked for: `may_have_unbound` decides.
    """
    if not text.about:
        return (Asked(cls, subjects=subjects),)
    if cls in BOUND or cls is C.ADMIN:
        return tuple(Asked(cls, participant, text.source) for participant in text.about)
    named = tuple(Asked(C.IDENTITY, participant) for participant in text.about) if full else ()
    return (*named, Asked(cls, subjects=subjects))


Told = frozenset[Asked]

Read = tuple[object, Told]
"""What an audience has of a field, and what that tells."""


class Trail:
    """What a rendering has told about participants: filled as values are read, for the ledger and the notices."""

    def __init__(self) -> None:
        self._told: set[Asked] = set()

    def add(self, told: Told) -> None:
        """Notes what a value that was read says about participants."""
        self._told |= told

    @property
    def told(self) -> Told:
        """Participant, class and source of everything that was read and is bound to somebody, or shows their code."""
        return frozenset(self._told)


class Seen:
    """A record as an audience may have it: only the fields that it may have, texts as their fullest wording.

    Attributes:
        kind: what the record is.
        id: its id, never shown.
    """

    __slots__ = ("_decide", "_decided", "_names", "_trail", "id", "kind")

    def __init__(
        self, kind: str, id_: str, names: tuple[str, ...], decide: Callable[[str], Read | None], trail: Trail
    ) -> None:
        self.kind = kind
        self.id = id_
        self._names = names
        self._decide = decide
        self._decided: dict[str, Read | None] = {}
        self._trail = trail

    def __contains__(self, name: str) -> bool:
        return self._read(name) is not None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the fields that the audience may have."""
        return tuple(name for name in self._names if name in self)

    @property
    def withheld(self) -> tuple[str, ...]:
        """The names of the fields that were left out, for the console alone."""
        return tuple(name for name in self._names if name not in self)

    def value(self, name: str) -> object:
        """A field's value, ``None`` where the audience may not have it."""
        read = self._read(name)
        if read is None:
            return None
        self._trail.add(read[1])
        return read[0]

    def _read(self, name: str) -> Read | None:
        """A field is decided when it is asked for: of most, a view needs a few."""
        if name not in self._decided:
            self._decided[name] = self._decide(name) if name in self._names else None
        return self._decided[name]

    def text(self, name: str) -> str:
        """A field as words, empty where the audience may not have it."""
        value = self.value(name)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which wording of a text an audience gets: ``-1`` the full one, else the index of a safe one, ``None`` none."""

    index: int | None
    held: tuple[Mention, ...] = ()
    """Mentions that held a fuller wording back, for the console alone."""


class _Reading:
    """What one audience gets of facts, wordings and names; no record that was read is kept in it.

    So what is seen can go on asking it and points in no circle: in one, all that was read would wait for a look at
    all garbage, which after thousands of records holds up keys.
    """

    def __init__(
        self,
        guards: tuple[TextGuard, ...],
        sights: tuple[Sight, ...],
        trail: Trail,
        appearances: dict[str, Appearance],
    ) -> None:
        self._guards = guards
        self._sights = sights
        self._trail = trail
        self._appearances = appearances

    @property
    def told(self) -> Told:
        """What has been read so far that speaks of participants: the ledger's *which participant, which classes*."""
        return self._trail.told

    @property
    def needs_part2_notice(self) -> bool:
        """Whether something was read whose source is not known to be no 42 CFR Part 2 program (2.31, 2.32)."""
        return any(asked.cls in BOUND and not self._known_not_part2(asked) for asked in self.told)

    def _known_not_part2(self, asked: Asked) -> bool:
        standing = self._sights[-1].standing
        source = asked.source
        if asked.cls in CASE_AGENCY_SOURCED:
            about = standing.about(asked.participant or "")
            source = None if about is None else about.participant.case_agency
        return source is not None and standing.known_not_part2(source)

    def allows(self, asked: Asked, own: frozenset[str] = NOBODY) -> bool:
        """Whether everybody in the audience may have what is asked, or always may as their own, at every sight."""
        for sight in self._sights:
            if not sight.allows(asked, own):
                return False
        return bool(self._sights)

    def may_name(self, participant: str) -> bool:
        """Whether the audience may know who this participant is."""
        return self.allows(Asked(C.IDENTITY, participant))

    def appearance(self, participant: str) -> Appearance:
        """By name, by case code, or not at all."""
        known = self._appearances.get(participant)
        if known is None:
            known = self._appearances[participant] = self._appearance(participant)
        return known

    def _appearance(self, participant: str) -> Appearance:
        if not self._known(participant):
            return Appearance.ABSENT
        if self.may_name(participant):
            return Appearance.NAME
        return Appearance.CODE if self.allows(Asked(C.OPERATIONS)) else Appearance.ABSENT

    def case_managers(self, participant: str) -> frozenset[str]:
        """Ids of the attendees who have the case of a participant; for leaving them out, never for showing."""
        one = self._sights[-1].standing.facts.participants.get(participant)
        ties = () if one is None else one.involvements
        return frozenset(tie.person for tie in ties if tie.kind == InvolvementKind.CASE_MANAGER)

    def reads_as(self, participant: str) -> str:
        """A participant's name or code as the audience may have it, empty where it may have neither."""
        appearance = self.appearance(participant)
        if appearance is not Appearance.ABSENT:
            cls = C.IDENTITY if appearance is Appearance.NAME else C.OPERATIONS
            self._trail.add(frozenset({Asked(cls, participant)}))
        return self._name_or_code(participant)

    def told_apart(self, participant: str) -> str:
        """As `reads_as`, with the case code beside a name that the audience knows somebody else by too.

        For the signed-in user's own screen: nowhere else does a code stand beside a name. Whom the user may not know
        makes no difference to it.
        """
        words = self.reads_as(participant)
        if self.appearance(participant) is not Appearance.NAME or not self.allows(Asked(C.OPERATIONS)):
            return words
        others = self._guards[0].namesakes(words) - {participant}
        if not any(map(self.may_name, others)):
            return words
        self._trail.add(frozenset({Asked(C.OPERATIONS, participant)}))
        return f"{words} ({self._sights[-1].standing.facts.participants[participant].code})"

    def _name_or_code(self, participant: str) -> str:
        appearance = self.appearance(participant)
        if appearance is Appearance.ABSENT:
            return ""
        facts = self._sights[-1].standing.facts.participants[participant]
        if appearance is Appearance.CODE:
            return facts.code
        return f"{facts.preferred_name or facts.given_name} {facts.family_name}".strip()

    def unread(self, record: Record) -> Seen:
        """The fields of a record that the audience may have, none of them read yet."""
        return Seen(record.kind, record.id, tuple(record.fields), partial(self._decided, record), self._trail)

    def _decided(self, record: Record, name: str) -> Read | None:
        """A field of a record with what it tells, ``None`` where the audience may not have it."""
        item = record.fields[name]
        if isinstance(item, Text):
            about = frozenset(record.about)
            choice = self.choose(item, about, record.own, record.subjects)
            return None if choice.index is None else self._read(item, choice.index, about)
        if not self._may_have(record, item):
            return None
        return item.value, _told(item.cls, record.about, item.source)

    def wording(self, text: Text, item_about: frozenset[str] = frozenset()) -> str | None:
        """The fullest wording that the audience may have, links read out; ``None`` where it may have none."""
        choice = self.choose(text, item_about)
        if choice.index is None:
            return None
        words, told = self._read(text, choice.index, item_about)
        self._trail.add(told)
        return words

    def choose(
        self,
        text: Text,
        item_about: frozenset[str] = frozenset(),
        own: frozenset[str] = NOBODY,
        subjects: frozenset[str] = NOBODY,
    ) -> Choice:
        """Which wording the audience gets.

        A text whose class is unknown is held back with all its wordings. The full text about a participant needs
        their ``identity`` besides its own class; safe wordings keep theirs. A wording that links somebody who may
        appear neither by name nor by code, or that names somebody without a link, is held back whole.
        """
        if not isinstance(text.cls, C):
            return Choice(None)
        about = frozenset(text.about) | item_about
        held: list[Mention] = []
        wordings = [(text.cls, text.text, text.cleared), *((w.cls, w.text, w.cleared) for w in text.safe)]
        for position, (cls, words, cleared) in enumerate(wordings):
            full = position == 0
            if not self._may_have_wording(text, cls, own, subjects, full=full) or not self._links_readable(words):
                continue
            mentions = () if cleared else self.mentions_held(words, about)
            if not mentions:
                return Choice(position - 1, tuple(held))
            held.extend(mentions)
        return Choice(None, tuple(held))

    def mentions_held(self, words: str, about: frozenset[str]) -> tuple[Mention, ...]:
        """The unlinked names in a wording that this audience may not have."""
        may_code = self.allows(Asked(C.OPERATIONS))
        for guard in self._guards:
            held = guard.withheld_mentions(words, about, may_name=self.may_name, may_code=may_code)
            if held:
                return held
        return ()

    def _may_have_wording(
        self, text: Text, cls: InformationClass | None, own: frozenset[str], subjects: frozenset[str], *, full: bool
    ) -> bool:
        if not isinstance(cls, C):
            return False
        if not text.about and cls in BOUND:
            return bool(self._sights) and all(sight.allows_unbound_text(cls) for sight in self._sights)
        always = NOBODY if text.about else own
        return all(self.allows(asked, always) for asked in asked_of_wording(text, cls, subjects, full=full))

    def _may_have(self, record: Record, fact: Fact) -> bool:
        needed = asked_of_fact(record, fact)
        always = record.own if needed and needed[0].participant is None else NOBODY
        return bool(needed) and all(self.allows(asked, always) for asked in needed)

    def _links_readable(self, words: str) -> bool:
        return all(self.appearance(match.group(1)) is not Appearance.ABSENT for match in LINK.finditer(words))

    def _read(self, text: Text, index: int, item_about: frozenset[str]) -> tuple[str, Told]:
        """A wording with its links read out, and what it tells about participants."""
        wording = text if index < 0 else text.safe[index]
        cls, words = wording.cls, wording.text
        told = set(_told(cls, text.about, text.source))
        if index < 0:
            told |= _told(C.IDENTITY, text.about, None)
        if not wording.cleared:
            told |= self._told_without_a_link(words, item_about.union(text.about))
        for match in LINK.finditer(words):
            linked = match.group(1)
            named = self.appearance(linked) is Appearance.NAME
            told.add(Asked(C.IDENTITY if named else C.OPERATIONS, linked))
        return LINK.sub(lambda match: self._name_or_code(match.group(1)), words), frozenset(told)

    def _told_without_a_link(self, words: str, about: frozenset[str]) -> Told:
        """Who is named by bare words is told like whoever is named by a link."""
        mentions = self._guards[0].told_mentions(words, about, may_name=self.may_name)
        return frozenset(
            Asked(C.OPERATIONS if mention.kind is MentionKind.CODE else C.IDENTITY, mention.participant)
            for mention in mentions
        )

    def _known(self, participant: str) -> bool:
        return all(participant in sight.standing.facts.participants for sight in self._sights)


class Disclosure(_Reading):
    """The one door: what an audience gets of records.

    More than one sight means *what has been allowed at every one of them*: a room whose widening is not yet confirmed
    holds its earlier sights, so that nothing shows more before the chair says so.
    """

    def __init__(self, guard: TextGuard, *sights: Sight, before: tuple[TextGuard, ...] = ()) -> None:
        super().__init__((guard, *before), sights, Trail(), {})
        self._reading = _Reading(self._guards, sights, self._trail, self._appearances)
        self._seen: dict[tuple[str, str], tuple[Record, Seen]] = {}

    def see(self, record: Record) -> Seen:
        """The fields of a record that the audience may have."""
        known = self._seen.get((record.kind, record.id))
        if known is None or known[0] is not record:
            known = self._seen[record.kind, record.id] = (record, self._reading.unread(record))
        return known[1]


def _told(cls: InformationClass | None, about: Iterable[str], source: str | None) -> Told:
    if cls not in BOUND:
        return frozenset()
    return frozenset(Asked(cls, participant, source) for participant in about)


def disclose(records: Iterable[Record], disclosure: Disclosure) -> tuple[Seen, ...]:
    """What the audience of a disclosure gets of these records, in their order."""
    return tuple(disclosure.see(record) for record in records)
