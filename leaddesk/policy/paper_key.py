"""The sheet of the paper key as a view: what stands on it, and nothing that says whose desk it opens."""

from dataclasses import dataclass
from datetime import date

_GROUP = 4

#: So much of a desk's number tells two sheets in one safe apart.
_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKeySheet:
    """What is printed of a paper key.

    Attributes:
        groups: the key in groups of four.
        desk: the first groups of the desk's number, so that the right sheet is found.
        made_on: the day on which it was made.
    """

    groups: tuple[str, ...]
    desk: str
    made_on: date


def paper_key_sheet(paper_key: str, desk_number: str, made_on: date) -> PaperKeySheet:
    """The sheet of a paper key, without spaces as it was made, of the desk with this number."""
    return PaperKeySheet(groups=groups_of_four(paper_key), desk=short_number(desk_number), made_on=made_on)


def short_number(desk_number: str) -> str:
    """The first groups of a desk's number, as sheets and windows show it."""
    return " ".join(groups_of_four(desk_number[:_SHOWN].upper()))


def groups_of_four(text: str) -> tuple[str, ...]:
    """A paper key or a number as people see and type it."""
    return tuple(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))
