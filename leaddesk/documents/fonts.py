"""The one typeface on paper, Fira Sans: embedded always, and asked beforehand what it cannot write.

A character that no embedded face holds would come out as an empty box without a word from the PDF library. So text
is made printable here before it is set, and what could not be kept is told to whoever prints.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from html import escape
from types import MappingProxyType

import fontpkg_fira_sans
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "FiraSans-Regular"
BOLD = "FiraSans-SemiBold"
ITALIC = "FiraSans-Italic"

#: What stands where a character has no glyph: visible, so that nobody takes the text for complete.
MISSING = "?"


@cache
def faces() -> Mapping[str, TTFont]:
    """The embedded faces by name, made known to ReportLab, which looks fonts up by name for the whole process."""
    found = {}
    for name in (REGULAR, BOLD, ITALIC):
        found[name] = TTFont(name, str(fontpkg_fira_sans.ROOT / "files" / f"{name}.ttf"))
        pdfmetrics.registerFont(found[name])
    return MappingProxyType(found)


@cache
def _written() -> frozenset[int]:
    """The code points that every face holds: which face a text gets is a matter of style, not of spelling."""
    return frozenset.intersection(*(frozenset(face.face.charToGlyph) for face in faces().values()))


def plain(text: str) -> str:
    """The text as it is set: composed (NFC), its blanks simple, without control and direction characters."""
    return "".join(_set(character) for character in unicodedata.normalize("NFC", text))


def _set(character: str) -> str:
    if character in {"\n", "\u00a0"}:
        return character
    category = unicodedata.category(character)
    if category[0] == "Z" or character == "\t":
        return " "
    return "" if category[0] == "C" and category != "Co" else character


def uncovered(text: str) -> set[str]:
    """The characters of a text that no embedded face can write; empty for nearly every name."""
    return {character for character in plain(text) if character != "\n" and ord(character) not in _written()}


def printable(text: str) -> str:
    """The text as it is set, with ``?`` for each character that no embedded face can write."""
    missing = uncovered(text)
    return "".join(MISSING if character in missing else character for character in plain(text))


def markup(text: str) -> str:
    """The text for a ReportLab paragraph: printable, and escaped, so that no text can be taken for markup."""
    return escape(printable(text), quote=False).replace("\n", "<br/>")


def uncovered_words(view: object) -> tuple[str, ...]:
    """The words of a view that cannot be written in full, each once, in the view's order.

    To be said before printing: on the page each missing character reads ``?``.
    """
    words = (word for text in _texts(view) for word in plain(text).split())
    return tuple(dict.fromkeys(word for word in words if uncovered(word)))


def _texts(value: object) -> Iterator[str]:
    """Every string in a view, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
