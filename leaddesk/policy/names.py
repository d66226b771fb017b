"""Finding names in text: folding, tokens, and who is mentioned where.

Case, accents, strokes and ligatures don't matter, nor do punctuation and spaces inside a name; word boundaries do.
A name is therefore looked up as the letters between one word's beginning and another word's end.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from itertools import accumulate

from leaddesk.policy.facts import Names, Participant, Person

#: Letters that no Unicode decomposition takes apart, besides those named *with stroke* and the like.
_STROKES = {
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "ŋ": "n",
    "ı": "i",
    "ə": "e",
}
_APOSTROPHES = dict.fromkeys("’‘ʼ`´ʻ", "'")
_WORD = re.compile(r"[^\W_]+")

#: What follows an apostrophe in *they'll*, *we've*, *they're*, *don't*, *it's*, *I'd*, *I'm*.
_SHORTENED = frozenset({"ll", "ve", "re", "t", "s", "d", "m"})

#: Stands for a link while a text is looked through: no name runs across it.
LINKED = "\ufffc"
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_NUMBER = re.compile(r"\d+(st|nd|rd|th|am|pm|s|h|k|min)?")

TITLES = frozenset(
    [
        "officer",
        "ofc",
        "sergeant",
        "sgt",
        "detective",
        "det",
        "lieutenant",
        "lt",
        "captain",
        "capt",
        "cpt",
        "chief",
        "chf",
        "judge",
        "doctor",
        "dr",
        "mister",
        "mr",
        "mrs",
        "ms",
    ]
)

#: Those written with or without a period.
_SHORT_TITLES = TITLES - frozenset(
    ["officer", "sergeant", "detective", "lieutenant", "captain", "chief", "judge", "doctor", "mister"]
)

#: Words that begin family names and are no name by themselves. "St." is left out: *St. John* is used whole.
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "der",
        "den",
        "des",
        "di",
        "do",
        "da",
        "dos",
        "das",
        "du",
        "el",
        "al",
        "la",
        "las",
        "le",
        "los",
        "van",
        "von",
        "ten",
        "ter",
        "y",
    ]
)

#: Initials and abbreviations after which a period does not end the sentence.
_ABBREVIATIONS = TITLES | {"st", "ave", "blvd", "mt", "no", "vs", "jr", "sr", "dept"}


def fold(text: str) -> str:
    """The text without case, accents, strokes, ligatures and invisible characters, for comparing."""
    if text.isascii():
        # most are, and nothing in them folds to more or fewer characters
        return text.lower().replace("`", "'")
    return "".join(folded for _, folded in _folded(text))


def by_family_name(name: str) -> tuple[str, str]:
    """What a list of people is sorted by: the last word of a name, then all of it, without case and accents."""
    folded = fold(name)
    return folded.rpartition(" ")[2], folded


def letters(name: str) -> str:
    """The bare letters and digits of a name: what is looked up."""
    bare = name.replace(" ", "").replace("-", "")
    if bare.isascii() and bare.isalnum():
        return bare.lower()
    return "".join(_WORD.findall(fold(name)))


def _folded(text: str) -> Iterator[tuple[int, str]]:
    """For every character its position and what it folds to, which may be nothing."""
    for position, char in enumerate(text):
        yield position, _folded_char(char)


@cache
def _folded_char(char: str) -> str:
    """What one character folds to: its bare letters, or for what is no letter a character that is none either."""
    if char.isspace() or char in _APOSTROPHES:
        # Compatibility forms of spaces stay what they are: a known name matches with plain spaces only.
        return _APOSTROPHES.get(char, char)
    plain = unicodedata.normalize("NFKD", char.casefold())
    kept = "".join(_bare(c) for c in plain if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    if char.isalnum() or not (kept.isspace() or any(c.isalnum() for c in kept)):
        return kept
    # A sign such as ™ ends a word, and a lone accent is no space, whatever they are made of.
    return "\ufffd"


def _bare(char: str) -> str:
    if char in _STROKES:
        return _STROKES[char]
    stroked = re.match(r"LATIN SMALL LETTER ([A-Z]) WITH ", unicodedata.name(char, ""))
    return stroked.group(1).lower() if stroked else char


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its folded letters, where it stands in the folded and in the written text, and how it is written."""

    letters: str
    start: int
    end: int
    written_start: int
    written_end: int
    capital_inside: bool
    """Capitalized where the sentence alone would not capitalize it."""
    contracted: bool
    """Half of a contraction such as *don't* or *they'll*, which is no word by itself."""

    def like_a_name(self, everyday: frozenset[str]) -> bool:
        """Whether this word could be somebody's name: capitalized inside a sentence, or no everyday word.

        A number, a single letter and half of a contraction are everyday.
        """
        if self.capital_inside:
            return True
        word = self.letters
        return not (word in everyday or self.contracted or len(word) == 1 or _NUMBER.fullmatch(word))


@dataclass(frozen=True)
class Words:
    """A text taken apart for looking names up."""

    text: str
    folded: str
    tokens: tuple[Token, ...]


def words_of(text: str) -> Words:
    """The words of a text, with what decides whether each could be a name."""
    positions: Sequence[int] = range(len(text))
    if text.isascii():
        folded_text = fold(text)
    else:
        characters = list(_folded(text))
        positions = [position for position, folded in characters for _ in folded]
        folded_text = "".join(folded for _, folded in characters)
    tokens: list[Token] = []
    for match in _WORD.finditer(folded_text):
        start, end = match.span()
        written_start, written_end = positions[start], positions[end - 1] + 1
        opens = _opens_sentence(folded_text, start, tokens)
        written = text[written_start:written_end]
        capital = any(c.isupper() or c.istitle() for c in written) and written != "I"
        contracted = _contracted(folded_text, start, end)
        tokens.append(Token(match.group(), start, end, written_start, written_end, capital and not opens, contracted))
    return Words(text, folded_text, tuple(tokens))


def _contracted(folded: str, start: int, end: int) -> bool:
    is_first = folded[end - 1] == "n" and folded[end : end + 2] == "'t" and not folded[end + 2 : end + 3].isalnum()
    return is_first or (folded[start:end] in _SHORTENED and folded[max(0, start - 1) : start] == "'")


def _opens_sentence(folded: str, start: int, before: list[Token]) -> bool:
    gap = folded[before[-1].end if before else 0 : start]
    if LINKED in gap:
        gap = gap[gap.rindex(LINKED) :]
    elif not before:
        return True
    if "\n" in gap or any(mark in gap for mark in "!?…"):
        return True
    if "." not in gap or " " not in gap:
        return False
    if gap[0] == LINKED:
        return True
    previous = before[-1].letters
    return previous not in _ABBREVIATIONS and not (len(previous) == 1 and previous.isalpha())


class Kind(StrEnum):
    """As what a name mentions a participant."""

    FULL = "full name"
    PREFERRED = "preferred name"
    ALIAS = "alias"
    LAST = "last name"
    FIRST = "first name"
    CODE = "case code"


@dataclass(frozen=True, slots=True)
class Mention:
    """A participant named in a text: who, as what, and from where to where."""

    participant: str
    kind: Kind
    start: int
    end: int
    """Position in the folded text, for comparing with known names."""
    written: str
    written_start: int
    written_end: int
    """Position in the text as written."""
    as_read_out: bool = False
    """Whether it is a full name with plain spaces only, which excuses what lies inside it where it may be known."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to mention a participant."""

    participant: str
    kind: Kind
    everyday: bool
    """Whether the name is an everyday word or a month: it counts only where it is capitalized inside a sentence."""
    breaks: frozenset[int]
    """After how many letters the name itself has a space, a hyphen, an apostrophe."""
    read_out: str
    """A full name as it is read out, folded, with plain spaces; else empty."""


class NameIndex:
    """Every form under which a participant of the desk can be mentioned.

    Args:
        participants: whom to look for; a desk has thousands, so a form is taken apart when its letters are met.
        everyday: folded everyday words.
    """

    def __init__(self, participants: Iterable[Names | Participant], everyday: frozenset[str]) -> None:
        self._everyday = everyday
        self._called: dict[str, list[Names | Participant]] = {}
        self._known: dict[str, tuple[_Form, ...]] = {}
        for participant in participants:
            for key in {letters(words) for words, _ in _forms(participant)}:
                self._called.setdefault(key, []).append(participant)
        self._called.pop("", None)
        self._longest = max(map(len, self._called), default=0)

    def namesakes(self, name: str) -> frozenset[str]:
        """The ids of all whose full name this is."""
        return frozenset(form.participant for form in self._named(letters(name)) if form.kind is Kind.FULL)

    def _named(self, key: str) -> tuple[_Form, ...]:
        """The forms that have these letters."""
        if key not in self._called:
            return ()
        if key not in self._known:
            self._known[key] = tuple(
                self._form(key, words, participant.id, kind)
                for participant in self._called[key]
                for words, kind in dict.fromkeys(_forms(participant))
                if letters(words) == key
            )
        return self._known[key]

    def _form(self, key: str, words: str, participant: str, kind: Kind) -> _Form:
        return _Form(
            participant,
            kind,
            kind not in (Kind.FULL, Kind.CODE) and key in self._everyday,
            _breaks(words_of(words).tokens),
            _plain(words) if kind is Kind.FULL else "",
        )

    def mentions(self, words: Words) -> tuple[Mention, ...]:
        """Every mention in a text, in the order of its beginnings."""
        found: list[Mention] = []
        tokens = words.tokens
        for first in range(len(tokens)):
            joined = ""
            for last in range(first, len(tokens)):
                if last > first and LINKED in words.folded[tokens[last - 1].end : tokens[last].start]:
                    break
                joined += tokens[last].letters
                if len(joined) > self._longest:
                    break
                span = tokens[first : last + 1]
                found.extend(_mention(words, span, form) for form in self._named(joined) if self._counts(form, span))
        return tuple(found)

    def _counts(self, form: _Form, span: tuple[Token, ...]) -> bool:
        """Whether these words, which have the letters of a name, are one.

        Spaces and punctuation inside a name don't matter. Words that break elsewhere (*in a* for Ina, *good man* for
        Goodman) are the name only where one of them is no everyday word, or all are single letters (*t.j.* for TJ).
        """
        if form.kind is Kind.CODE:
            return True
        if any(token.contracted for token in span):
            return any(token.capital_inside for token in span)
        if form.everyday:
            return any(token.capital_inside for token in span)
        if _breaks(span) <= form.breaks:
            return True
        return any(token.like_a_name(self._everyday) for token in span) or all(len(t.letters) == 1 for t in span)


def _breaks(tokens: Iterable[Token]) -> frozenset[int]:
    """After how many letters one word ends and another begins."""
    lengths = list(accumulate(len(token.letters) for token in tokens))
    return frozenset(lengths[:-1])


def _mention(words: Words, span: tuple[Token, ...], form: _Form) -> Mention:
    begin, stop = span[0].written_start, span[-1].written_end
    start, end = span[0].start, span[-1].end
    return Mention(
        form.participant,
        form.kind,
        start,
        end,
        words.text[begin:stop],
        begin,
        stop,
        form.kind is Kind.FULL and _plain(words.folded[start:end]) == form.read_out,
    )


def _forms(participant: Names | Participant) -> Iterator[tuple[str, Kind]]:
    family = participant.family_name
    for given in (participant.given_name, participant.preferred_name):
        if given.strip():
            yield f"{given} {family}", Kind.FULL
            yield given.split()[0], Kind.FIRST
    if participant.preferred_name:
        yield participant.preferred_name, Kind.PREFERRED
    for alias in participant.aliases:
        yield alias, Kind.ALIAS
    yield family, Kind.LAST
    for part in _family_parts(family):
        yield part, Kind.LAST
    yield participant.code, Kind.CODE


def _family_parts(family: str) -> list[str]:
    """The words of a family name that are used alone: of *de la Cruz* the last, of *García Márquez* either."""
    words = family.split()
    if len(words) < 2 or letters(words[0]) == "st":
        return []
    return [word for word in words if letters(word) not in _PARTICLES]


class KnownNames:
    """Names that everybody may know, which excuse a mention lying inside a longer one of them.

    Attendees' full names, or last names after a title or rank; agencies, places, neighborhoods. A known name matches
    with plain spaces only.
    """

    def __init__(self, names: Iterable[str], people: Iterable[Person] = ()) -> None:
        self._names: set[str] = set()
        self._titled: set[str] = set()
        for name in names:
            self._names.add(_plain(name))
        for person in people:
            self._names.add(_plain(person.name))
            words = person.name.split()
            start = len(words) - 1
            while start > 1 and letters(words[start - 1]) in _PARTICLES:
                start -= 1
            self._titled.update(_plain(" ".join(words[k:])) for k in range(max(start, 0), len(words)))
        self._names.discard("")
        self._titled.discard("")

    @cached_property
    def _longest(self) -> int:
        return max((len(_WORD.findall(fold(name))) for name in self._names | self._titled), default=0) + 1

    @cached_property
    def _firsts(self) -> frozenset[str]:
        return frozenset(found.group() for name in self._names if (found := _WORD.search(fold(name))))

    def spans(self, words: Words) -> tuple[tuple[int, int], ...]:
        """Where a known name stands, as spans of the folded text."""
        tokens = words.tokens
        found: list[tuple[int, int]] = []
        for first, token in enumerate(tokens):
            titled = token.letters in TITLES
            if not titled and token.letters not in self._firsts:
                continue
            for last in range(first, min(first + self._longest, len(tokens))):
                span = (token.start, tokens[last].end)
                if _plain(words.folded[slice(*span)]) in self._names:
                    found.append(span)
                if titled and last > first and self._follows_title(words, first, last):
                    found.append(span)
        return tuple(found)

    def _follows_title(self, words: Words, title: int, last: int) -> bool:
        tokens = words.tokens
        gap = words.folded[tokens[title].end : tokens[title + 1].start]
        abbreviated = tokens[title].letters in _SHORT_TITLES
        if not re.fullmatch(r"\.? +" if abbreviated else " +", gap):
            return False
        return _plain(words.folded[tokens[title + 1].start : tokens[last].end]) in self._titled


def _plain(name: str) -> str:
    """A name folded, its runs of plain spaces made one; other white space stays and so never matches."""
    return _EDGES.sub("", re.sub(" +", " ", fold(name)))


def excused(mention: Mention, known: Iterable[tuple[int, int]]) -> bool:
    """Whether a mention lies inside a longer known name; one that equals it excuses nothing."""
    return any(
        start <= mention.start and mention.end <= end and (end - start) > (mention.end - mention.start)
        for start, end in known
    )
