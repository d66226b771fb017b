"""What the user has of an agenda item and the room has not: row by row, who or what narrows, and the lawful fixes.

For the signed-in user alone. A row is composed by the functions that compose the slides, once for the user and once
for the room; where the two differ it is told here, in the user's words, with what the room reads instead. What is
withheld from the user is not mentioned.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.desk_views import FixOffer, WithheldPart, WithheldRow
from leaddesk.policy.disclosure import (
    NOBODY,
    Appearance,
    Audience,
    Disclosure,
    Sight,
    asked_of_fact,
    asked_of_wording,
)
from leaddesk.policy.material import Material, raw
from leaddesk.policy.records import LINK, Fact, Record, Text, Wording
from leaddesk.policy.room import Watch
from leaddesk.policy.slides import slide
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import BOUND, InformationClass
from leaddesk.policy.why import (
    WORDS_FOR,
    Fix,
    Obstacle,
    capital,
    fix_for,
    listed,
    obstacles,
    obstacles_unbound,
    short_name,
    together,
)
from leaddesk.policy.withheld_lines import Line, gate, item_lines, may_know

C = InformationClass

_WAITS = "Everybody here may have it now; the room gets it once you let it see more."
_SIGNED_IN = "Withheld because you are signed in, and may not have it yourself."

#: Rows that go without saying where the class that they are is told.
_SAID_BY_CLASS = {"name": WORDS_FOR[C.IDENTITY], "progress line": WORDS_FOR[C.PROGRESS]}


@dataclass(frozen=True, slots=True)
class _Because:
    """Who and what keeps something from the room; nothing of either where it only waits to be confirmed."""

    obstacles: tuple[Obstacle, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of those who narrow."""
        return tuple(dict.fromkeys(obstacle.person for obstacle in self.obstacles))

    @property
    def words(self) -> str:
        """A sentence or two."""
        said = [together(self.obstacles) + "."] if self.obstacles else []
        if self.names:
            said.append(f"Held back because it names {listed(self.names)} without a link.")
        return " ".join(said) or _WAITS


@dataclass(frozen=True, slots=True)
class _Found:
    """A row that the room lacks, or reads less of."""

    line: Line
    mine: str
    room: str


class Withholding:
    """What the items of an agenda keep from the room that the user may have.

    Args:
        material: the meeting's records.
        mine: what the signed-in user may have.
        watch: the room.
        numbers: the number that the user reads before each item of the agenda.

    Attributes:
        standing: the room's facts at its moment.
    """

    def __init__(self, material: Material, mine: Disclosure, watch: Watch, numbers: Mapping[str, int]) -> None:
        self.material, self.mine, self.watch, self.numbers = material, mine, watch, numbers
        self.standing = Standing(watch.room.facts(watch.facts), watch.at)
        self._known: dict[tuple[Audience, Asked, frozenset[str]], tuple[Obstacle, ...]] = {}

    def rows(self, item: Record | None) -> tuple[WithheldRow, ...]:
        """What is withheld of an item, ``None`` for the overview: alike reasons together."""
        *_, rows = self.steps(item)
        return rows or ()

    def steps(self, item: Record | None) -> Iterator[tuple[WithheldRow, ...] | None]:
        """What `rows` returns, last of all; ``None`` before it, after each piece of the work."""
        return _Item(self, item).steps()

    def who(self, audience: Audience, asked: Asked, own: frozenset[str] = NOBODY) -> tuple[Obstacle, ...]:
        """Everybody in an audience who may not have what is asked, in words; worked out once for all items."""
        key = (audience, asked, own)
        if key not in self._known:
            self._known[key] = obstacles(self.standing, audience, asked, own)
        return self._known[key]


class _Item:
    """One item before one room."""

    def __init__(self, asking: Withholding, item: Record | None) -> None:
        self._material, self._mine, self._watch = asking.material, asking.mine, asking.watch
        self._asking, self._item = asking, item
        self._id = None if item is None else item.id
        self._audience = asking.watch.room.audience(self._id)
        self._room = asking.watch.disclosure(self._id)
        self._participant = None if item is None else item.links.get("participant")

    def steps(self) -> Iterator[tuple[WithheldRow, ...] | None]:
        """``None`` after each line that was looked at, and then the rows."""
        classes = self._classes()
        groups: dict[_Because, list[_Found]] = {because: [] for because in classes}
        for found in self._found():
            if found is not None:
                groups.setdefault(self._because(found.line), []).append(found)
            yield None
        rows = tuple(self._rows(classes, groups))
        yield None
        if self._withheld_by_user():
            rows += (WithheldRow(what="Part of this item", why=_SIGNED_IN, fixes=(), people=(), parts=()),)
        yield rows

    def _rows(
        self, classes: Mapping[_Because, list[str]], groups: Mapping[_Because, list[_Found]]
    ) -> Iterator[WithheldRow]:
        """A row for each group of alike reasons."""
        for because, some in groups.items():
            told = classes.get(because, [])
            counted = _counted(one.line.kind for one in some if _SAID_BY_CLASS.get(one.line.kind) not in told)
            yield WithheldRow(
                what=capital("; ".join(part for part in (listed(told), counted) if part)),
                why=because.words,
                fixes=tuple(self._offers(because, some)),
                people=because.people,
                parts=tuple(
                    WithheldPart(kind=one.line.kind, words=one.mine, room_reads=one.room, record=one.line.reworded)
                    for one in some
                ),
            )

    # What there is

    def _found(self) -> Iterator[_Found | None]:
        """Each row that the user has and the room lacks or reads less of; ``None`` for one that it has as well."""
        if not may_know(self._material, self._mine, self._item):
            return
        known = may_know(self._material, self._room, self._item)
        for line in item_lines(self._material, self._mine, self._item):
            mine = line.words(self._mine)
            room = line.words(self._room) if known else ""
            yield _Found(line, mine, room) if mine and mine != room else None

    def _classes(self) -> dict[_Because, list[str]]:
        """The classes about the item's participant that the user may have and the room may not."""
        told: dict[_Because, list[str]] = {}
        standing = self._asking.standing
        about = None if self._participant is None else standing.about(self._participant)
        if about is None:
            return told
        for cls, words in WORDS_FOR.items():
            asked = Asked(cls, self._participant, about.participant.case_agency)
            if decide(standing, self._watch.room.signed_in, asked).allowed and not self._room.allows(asked):
                told.setdefault(_Because(self._who(asked)), []).append(words)
        return told

    def _withheld_by_user(self) -> bool:
        """Whether the people in the room could have more if the signed-in user were not there to see it."""
        audience = self._audience
        if audience.public or audience.signed_in in audience.people:
            return False
        without = Sight(self._asking.standing, replace(audience, signed_in=None))
        theirs = slide(self._material, Disclosure(self._watch.guard, without), self._id)
        return theirs != slide(self._material, self._watch.disclosure_once_confirmed(self._id), self._id)

    # What can be done

    def _offers(self, because: _Because, found: list[_Found]) -> Iterator[FixOffer]:
        if not because.obstacles:
            if not because.names:
                yield FixOffer(fix=Fix.CONFIRM, words="Let the room see more")
            return
        people = because.people
        match fix_for(because.obstacles):
            case Fix.SIGN:
                yield FixOffer(fix=Fix.SIGN, words="Sign now", people=people)
            case Fix.IDENTIFY:
                yield FixOffer(fix=Fix.IDENTIFY, words="Check in", people=people)
            case Fix.RELEASE:
                about = self._participants(found)
                if len(about) == 1:
                    yield FixOffer(fix=Fix.RELEASE, words="Record a release", people=people, about=about[0])
            case Fix.STEP_OUT:
                # Where nobody else is left, there is nobody to discuss it with.
                if self._audience.people > set(people):
                    yield FixOffer(fix=Fix.STEP_OUT, words=self._step_out(people), people=people)
                after = self._take_after(frozenset(people)) if self._participant is not None else ""
                if after in self._asking.numbers:
                    words = f"Take after item {self._asking.numbers[after]}"
                    yield FixOffer(fix=Fix.TAKE_AFTER, words=words, people=people, about=after)
            case _:
                pass

    def _participants(self, found: list[_Found]) -> tuple[str, ...]:
        """Those whom withheld rows, or the item itself, are about."""
        about = [] if self._participant is None else [self._participant]
        for one in found:
            about += one.line.named
            for record, fields in one.line.of:
                texts = (record.fields.get(name) for name in fields)
                about += record.about
                about += [link for text in texts if isinstance(text, Text) for link in LINK.findall(text.text)]
        return tuple(dict.fromkeys(about))

    def _step_out(self, people: tuple[str, ...]) -> str:
        known = self._watch.facts.people
        who = listed([short_name(known[one].name) for one in people if one in known])
        return f"{who} {'steps' if len(people) == 1 else 'step'} out"

    def _take_after(self, people: frozenset[str]) -> str:
        """The id of the last item behind this one that is about somebody of whom all these people may hear by name.

        Empty where there is none: then nothing is gained by waiting.
        """
        last, behind = "", False
        for item in self._material.agenda:
            participant = item.links.get("participant")
            if behind and participant is not None and raw(item, "discussed_at") is None:
                narrows = {one.person for one in self._who(Asked(C.IDENTITY, participant))}
                last = last if people & narrows else item.id
            behind = behind or item is self._item
        return last

    # Why

    def _because(self, line: Line) -> _Because:
        """Who and what keeps a row from the room."""
        who: list[Obstacle] = []
        held: dict[str, str] = {}
        for record, fields in line.of:
            seen = self._mine.see(record)
            for name in (one for one in fields if one in seen):
                item = record.fields[name]
                if isinstance(item, Fact):
                    who += self._of_fact(record, item)
                else:
                    who += self._of_text(record, item)
                    held |= self._names_in(record, item)
        for one in line.named:
            who += self._of_appearance(one)
        people = {one.person for one in who}
        # A name that only those keep back who keep back the rest anyway says nothing more.
        names = tuple(written for written, meant in held.items() if not self._keep_back(meant, people))
        if not who and not names:
            who += self._of_item()
        told = {(one.person, one.words): one for one in who}
        return _Because(tuple(sorted(told.values(), key=lambda one: (one.person, one.words))), names)

    def _keep_back(self, named: str, people: set[str]) -> bool:
        """Whether those who keep a name back are all among these people."""
        narrowing = {one.person for one in self._who(Asked(C.IDENTITY, named))}
        return bool(narrowing) and narrowing <= people

    def _of_fact(self, record: Record, fact: Fact) -> Iterator[Obstacle]:
        needed = asked_of_fact(record, fact)
        always = record.own if needed[0].participant is None else NOBODY
        for asked in needed:
            yield from self._who(asked, always)

    def _of_text(self, record: Record, text: Text) -> Iterator[Obstacle]:
        """Who keeps the wording that the user reads from the room."""
        mine = self._mine_of(record, text)
        cls = mine.cls or C.HEALTH  # what the user reads has a class
        if not text.about and cls in BOUND:
            yield from obstacles_unbound(self._asking.standing, self._audience, cls)
        else:
            for asked in asked_of_wording(text, cls, record.subjects, full=mine is text):
                yield from self._who(asked, NOBODY if text.about else record.own)
        for match in LINK.finditer(mine.text):
            yield from self._of_appearance(match.group(1))

    def _names_in(self, record: Record, text: Text) -> dict[str, str]:
        """The typed names that hold the wording that the user reads back from the room, and whom each means."""
        mine = self._mine_of(record, text)
        about = frozenset({*record.about, *text.about})
        # What only waits to be confirmed is held back by no name.
        now = self._watch.disclosure_once_confirmed(self._id)
        held = () if mine.cleared else now.mentions_held(mine.text, about)
        return {mention.written: mention.participant for mention in held}

    def _mine_of(self, record: Record, text: Text) -> Text | Wording:
        """The wording that the user reads of a text of which they read one."""
        index = self._mine.choose(text, frozenset(record.about), record.own, record.subjects).index
        return text if index in (None, -1) else text.safe[index]

    def _of_appearance(self, participant: str) -> tuple[Obstacle, ...]:
        """Who keeps a participant's name or code, whichever the user reads, from the room."""
        mine, room = self._mine.appearance(participant), self._room.appearance(participant)
        if mine is room:
            return ()
        return self._who(Asked(C.IDENTITY, participant) if mine is Appearance.NAME else Asked(C.OPERATIONS))

    def _of_item(self) -> Iterator[Obstacle]:
        """Who keeps the item as such from the room."""
        if self._participant is not None:
            yield from self._of_appearance(self._participant)
        for record, name in gate(self._material, self._item):
            item = record.fields[name]
            yield from self._of_fact(record, item) if isinstance(item, Fact) else self._of_text(record, item)

    def _who(self, asked: Asked, own: frozenset[str] = NOBODY) -> tuple[Obstacle, ...]:
        return self._asking.who(self._audience, asked, own)


def _counted(kinds: Iterable[str]) -> str:
    counts: dict[str, int] = {}
    for kind in kinds:
        counts[kind] = counts.get(kind, 0) + 1
    return listed([f"{count} {kind if count == 1 else _plural(kind)}" for kind, count in counts.items()])


def _plural(kind: str) -> str:
    """``lines of the minutes``, ``court dates``."""
    noun, of, whole = kind.partition(" of ")
    return f"{noun}s{of}{whole}"
