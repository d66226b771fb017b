"""The paper key: what opens the desk to a new passphrase when the chair's is lost.

130 random bits in Crockford's base 32 (no I, L, O or U), 26 characters and 2 check characters.
"""

import secrets
from typing import Final

from leaddesk.errors import KnownError

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 130
_CHARACTERS, _CHECKS = 26, 2

#: The largest prime under 32 x 32: two check characters hold the remainder. It divides no difference that one wrong
#: character or two swapped ones make, so each of these is noticed.
_PRIME = 1021

#: What people read and type for the characters that are in the alphabet.
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


class MistypedPaperKey(KnownError):
    """What was typed can't be a paper key; nothing has been tried with it."""

    def __init__(self) -> None:
        super().__init__(
            "This is no paper key: a character is wrong, missing or in the wrong place.",
            kept="Nothing was changed.",
            todo="Compare it with the sheet, group by group: it has seven groups of four letters and digits.",
        )


def new_paper_key() -> str:
    """A new random paper key, 28 characters without spaces."""
    value = secrets.randbits(_BITS)
    return _written(value, _CHARACTERS) + _written(value % _PRIME, _CHECKS)


def read_paper_key(typed: str) -> str:
    """The paper key that somebody typed, whatever the case, spaces and hyphens, with I and L for 1 and O for 0.

    Raises:
        MistypedPaperKey: it has another length, a foreign character, or check characters that don't fit.
    """
    text = "".join(typed.split()).replace("-", "").upper().translate(_MISREAD)
    if len(text) != _CHARACTERS + _CHECKS or not set(text) <= set(_ALPHABET):
        raise MistypedPaperKey
    value, check = _read(text[:_CHARACTERS]), _read(text[_CHARACTERS:])
    if value % _PRIME != check:
        raise MistypedPaperKey
    return text


def looks_like_paper_key(typed: str) -> bool:
    """Whether this is a paper key by its form; no passphrase that people make up is."""
    try:
        read_paper_key(typed)
    except MistypedPaperKey:
        return False
    return True


def _written(value: int, characters: int) -> str:
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(characters)))


def _read(text: str) -> int:
    value = 0
    for character in text:
        value = value * 32 + _ALPHABET.index(character)
    return value
