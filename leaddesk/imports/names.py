"""Names of people as lists write them, taken apart without guessing more than is told."""

import re
from dataclasses import dataclass

from leaddesk.policy.names import fold, letters

_WORDS = re.compile(r"[^\W_]+")
_SUFFIXES = re.compile("jr|sr|ii|iii|iv|md|phd|rn|esq|msw|lcsw|jd")
_SIGNS = frozenset("#=<>@{}[]|\\^~_+*%$:;!")

#: Words that begin a family name of several words.
_PARTICLES = re.compile("al|bin|da|das|de|del|della|den|der|di|dos|du|el|ibn|la|le|mac|san|st|saint|ter|van|von|zu")


class UnreadNameError(ValueError):
    """A name that can't be read; its text says why."""


@dataclass(frozen=True, slots=True)
class SplitName:
    """A name in its parts.

    Attributes:
        given: all given names; empty where only one word is known.
        family: the family name.
        doubt: why a person should look at the split; empty when there is no reason to.
    """

    given: str
    family: str
    doubt: str = ""


def has_lost_letters(name: str) -> bool:
    """Whether an earlier program put question marks where it could not write a letter."""
    return "?" in name or "\ufffd" in name


def name_key(name: str) -> tuple[str, ...]:
    """The folded words of a name in alphabetical order: the same for ``Begaye, Søren`` and ``Søren Begaye``."""
    return tuple(sorted(_WORDS.findall(fold(name))))


def readable(name: str) -> str:
    """The name itself.

    Raises:
        UnreadNameError: when it is empty, has no letter, or holds a digit or a sign, as totals, case numbers and a
            spreadsheet's error values do.
    """
    if not name:
        raise UnreadNameError("There is no name in this row.")
    if not any(c.isalpha() for c in name) or any(c.isdigit() or c in _SIGNS for c in name):
        raise UnreadNameError(f"“{name}” can't be read as a name.")
    return name


def full_name(name: str) -> str:
    """A name in the order in which it is spoken: ``Bell, Ana`` becomes ``Ana Bell``; ``Ana Bell, RN`` stays.

    Raises:
        UnreadNameError: as `readable` does.
    """
    family, comma, given = readable(name).partition(",")
    if not comma or "," in given or _SUFFIXES.fullmatch(letters(given)):
        return name
    return f"{given.strip()} {family.strip()}".strip()


def split_name(name: str) -> SplitName:
    """The parts of a name written ``Family, Given`` or ``Given Family``.

    Without a comma two words are given and family name. In a longer name the family name begins at a particle
    (*van*, *de la*, *St.*), else it is the last word, and the split is doubted: texts are searched for family names.

    Raises:
        UnreadNameError: as `readable` does, and for a name with more than one comma or with a suffix after it.
    """
    family, comma, given = (part.strip() for part in readable(name).partition(","))
    if comma:
        if not letters(family) or not letters(given) or "," in given or _SUFFIXES.fullmatch(letters(given)):
            raise UnreadNameError(f"“{name}” can't be told apart into family name and given name.")
        return SplitName(given, family)
    words = family.split()
    if len(words) == 1:
        return SplitName("", family, "This is one word. It was taken for the family name.")
    at = next((i for i, word in enumerate(words[:-1]) if i and _PARTICLES.fullmatch(letters(word))), len(words) - 1)
    given, family = " ".join(words[:at]), " ".join(words[at:])
    return SplitName(given, family, f"The family name was taken to be “{family}”." if len(words) > 2 else "")
