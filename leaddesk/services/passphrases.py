"""Whether a passphrase is good enough to stand between a stolen laptop and the desk."""

import re
from collections.abc import Iterable
from enum import IntEnum

from leaddesk.errors import KnownError

#: A sentence is easier to keep than a word with signs in it.
LEAST_CHARACTERS = 12

#: The judge's work grows with the square of the length, and nothing behind it makes a good start weak.
_JUDGED = 72


class Strength(IntEnum):
    """How hard a passphrase is to guess, as zxcvbn estimates it (Wheeler, USENIX Security 2016)."""

    NONE = 0
    WEAK = 1
    FAIR = 2
    GOOD = 3
    STRONG = 4


class WeakPassphrase(KnownError):
    """A passphrase that is too easy to guess."""

    def __init__(self, why: str) -> None:
        super().__init__(
            why,
            kept="Nothing was changed.",
            todo="Take four or more words that have nothing to do with each other or with you.",
        )


def strength(passphrase: str, known: Iterable[str] = ()) -> Strength:
    """How hard it is to guess for somebody who knows these words, such as the user's and the program's names."""
    # imported here: its word lists take their time, and most commands never need them
    from zxcvbn import zxcvbn  # noqa: PLC0415

    words = {word for name in ("leaddesk", *known) for word in re.findall(r"\w{3,}", name.casefold())}
    without = passphrase.casefold()
    for word in words:
        without = without.replace(word, "")
    scores = [zxcvbn(text[:_JUDGED])["score"] for text in (passphrase, without) if text.strip()]
    return Strength(min(scores)) if without.strip() else Strength.NONE


def refuse_weak(passphrase: str, known: Iterable[str] = ()) -> None:
    """Returns if a passphrase is good enough.

    Raises:
        WeakPassphrase: it is too short or too easy to guess.
    """
    if len(passphrase.strip()) < LEAST_CHARACTERS:
        raise WeakPassphrase(f"The passphrase has fewer than {LEAST_CHARACTERS} characters.")
    if strength(passphrase, known) < Strength.GOOD:
        raise WeakPassphrase("The passphrase is too easy to guess.")
