"""The text guard: typed names leak, so a text is looked through when it is saved and again when it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from leaddesk.policy.facts import Facts, Names
from leaddesk.policy.names import (
    LINKED,
    Kind,
    KnownNames,
    Mention,
    NameIndex,
    Words,
    excused,
    words_of,
)
from leaddesk.policy.records import LINK

_DAYS = "monday tuesday wednesday thursday friday saturday sunday"

#: Days, and months that are nobody's name, are always capitalized and say nothing of anybody.
_CALENDAR = frozenset(
    f"{_DAYS} {_DAYS.replace('day', 'days')} january february july september october november december".split()
)


def without_links(text: str) -> str:
    """The text with its links blotted out, as long as before, so that positions in it are those of the text."""
    return LINK.sub(lambda match: LINKED * len(match.group()), text)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name-like phrase of a text, as written, with its position in it."""

    written: str
    start: int
    end: int


class TextGuard:
    """Finds the names in texts of one desk.

    Args:
        facts: whose names to look for, and which names excuse them.
        everyday: folded everyday words of the desk's language, which alone are no sign of a name.
    """

    def __init__(self, facts: Facts, everyday: frozenset[str]) -> None:
        self._everyday = everyday
        self._of = _named_by(facts)
        self._index = NameIndex(facts.names, everyday)
        self._known = KnownNames(facts.known_names, facts.people.values())
        # Not of a method: the guard would point at itself, and be there until garbage is looked for.
        self._look = lru_cache(maxsize=4096)(partial(_look_through, self._index, self._known))

    def is_of(self, facts: Facts) -> bool:
        """Whether everybody and everything is called in these facts as in those that it was made of."""
        return self._of == _named_by(facts)

    def namesakes(self, name: str) -> frozenset[str]:
        """The ids of all participants whose full name this is, by which none of them can be told from another."""
        return self._index.namesakes(name)

    def mentions(self, text: str, about: frozenset[str] = frozenset()) -> tuple[Mention, ...]:
        """Every participant this text names without a link, whoever reads it.

        A first name counts only for a participant that the text or its item is ``about``.
        """
        return self.withheld_mentions(text, about, may_name=lambda _: False, may_code=False)

    def withheld_mentions(
        self, text: str, about: frozenset[str], *, may_name: Callable[[str], bool], may_code: bool
    ) -> tuple[Mention, ...]:
        """The mentions in a text that hold it back from an audience.

        Args:
            text: a wording as stored; links don't count.
            about: participants that the text or its item is about, whose first names count.
            may_name: whether the audience may have this participant's ``identity``.
            may_code: whether the audience may have ``operations``, and so case codes.
        """
        found, known = self._look(text)
        if not found:
            return ()
        by_name = tuple((m.start, m.end) for m in found if m.as_read_out and may_name(m.participant))
        return tuple(
            mention
            for mention in found
            if _withheld(mention, about, may_name=may_name, may_code=may_code)
            and (mention.kind is Kind.CODE or not excused(mention, known + by_name))
        )

    def told_mentions(
        self, text: str, about: frozenset[str], *, may_name: Callable[[str], bool]
    ) -> tuple[Mention, ...]:
        """The mentions in a text that an audience reads: by name of those whom it may know, and by code.

        A name that several share may mean each of them; what lies inside a longer known name means nobody else.

        Args:
            text: a wording as stored that is not held back; links don't count.
            about: participants that the text or its item is about, whose first names count.
            may_name: whether the audience may have this participant's ``identity``.
        """
        found, known = self._look(text)
        by_name = tuple((m.start, m.end) for m in found if m.as_read_out and may_name(m.participant))
        return tuple(
            mention
            for mention in found
            if mention.kind is Kind.CODE
            or (
                (mention.kind is not Kind.FIRST or mention.participant in about)
                and may_name(mention.participant)
                and not excused(mention, known + by_name)
            )
        )

    def name_like(self, text: str, marked: frozenset[str] = frozenset()) -> tuple[Phrase, ...]:
        """The phrases of a wording for ``public`` or ``community`` that still look like a name, participant or not.

        A word looks like a name where it is capitalized inside a sentence, and wherever it is no everyday word. What
        the desk knows as an attendee's full name, an agency, a place or a neighborhood does not, nor does what the
        writer has ``marked`` as a place, a thing or a public figure. Who is enrolled makes no difference.
        """
        words = words_of(without_links(text))
        spared = self._known.spans(words) + KnownNames(marked).spans(words)
        flagged = [
            token.like_a_name(self._everyday)
            and token.letters not in _CALENDAR
            and not any(start <= token.start and token.end <= end for start, end in spared)
            for token in words.tokens
        ]
        return _runs(words, flagged)


def _named_by(facts: Facts) -> tuple[tuple[Names, ...], frozenset[str], tuple[str, ...]]:
    return facts.names, facts.known_names, tuple(person.name for person in facts.people.values())


def _withheld(mention: Mention, about: frozenset[str], *, may_name: Callable[[str], bool], may_code: bool) -> bool:
    if mention.kind is Kind.CODE:
        return not may_code
    if mention.kind is Kind.FIRST and mention.participant not in about:
        return False
    return not may_name(mention.participant)


def _runs(words: Words, flagged: list[bool]) -> tuple[Phrase, ...]:
    """Neighboring flagged words as one phrase, where nothing but a space, hyphen or apostrophe is between."""
    phrases: list[Phrase] = []
    open_run: tuple[int, int] | None = None
    for token, is_flagged in zip(words.tokens, flagged, strict=True):
        if not is_flagged:
            open_run = None
            continue
        start, end = token.written_start, token.written_end
        if open_run is not None and words.text[open_run[1] : start].strip(" '’-.") == "":
            start = open_run[0]
            phrases.pop()
        open_run = (start, end)
        phrases.append(Phrase(words.text[start:end], start, end))
    return tuple(phrases)


def _look_through(
    index: NameIndex, known: KnownNames, text: str
) -> tuple[tuple[Mention, ...], tuple[tuple[int, int], ...]]:
    """Every mention in a text, and where a known name stands."""
    words = words_of(without_links(text))
    return index.mentions(words), known.spans(words)
