"""Finding a person by two letters."""

from collections.abc import Sequence

from leaddesk.policy.desk_views import CheckInRow, Whereabouts
from leaddesk.policy.names import fold

HERE = frozenset({Whereabouts.ROOM, Whereabouts.PHONE, Whereabouts.VIDEO})
AWAY = frozenset({Whereabouts.EXPECTED, Whereabouts.ABSENT, Whereabouts.LEFT})
_FIRST = (Whereabouts.EXPECTED, Whereabouts.ABSENT, Whereabouts.LEFT)
"""Who most likely comes in: the expected, then others, then who has left."""
_WHOLE, _BEGUN, _INITIALS = range(3)


def searched(words: str) -> str:
    """Words as they are looked up: without case, accents and apostrophes, so that ``oneill`` finds O'Neill."""
    return fold(words).replace("'", "")


def begin(words: str, typed: str) -> bool:
    """Whether each typed word begins one of the words, or what follows a hyphen in one."""
    beginnings = [each for word in searched(words).split() for each in (word, *word.split("-")[1:])]
    return all(any(each.startswith(part) for each in beginnings) for part in searched(typed).split())


def find_people(rows: Sequence[CheckInRow], typed: str) -> tuple[CheckInRow, ...]:
    """The people whom the letters may mean, the likeliest first, else in the order in which they were given.

    Given or family name may begin with the letters, or the first two letters may be the initials. Case, accents,
    strokes and apostrophes don't matter. Who is expected comes before who is not, among each whoever is called just
    that, and who is here comes last; without letters everybody is found.
    """
    fitting = [(fit, row) for row in rows if (fit := _fit(row, typed)) is not None]
    return tuple(row for _, row in sorted(fitting, key=lambda each: (each[0], _order(each[1]))))


def meant(rows: Sequence[CheckInRow], typed: str) -> tuple[CheckInRow, ...]:
    """Of the people found, those who fit best: several where the letters and who is expected don't tell them apart.

    Somebody here counts as much as somebody whom nobody expects: the letters may be theirs.
    """
    return tuple(row for row in rows if _fit(row, typed) == _fit(rows[0], typed))


def _fit(row: CheckInRow, typed: str) -> tuple[bool, bool, int] | None:
    """How well the letters fit, the least best; ``None`` where they don't."""
    how = _how(row.name, typed)
    return None if how is None else (how == _INITIALS, row.whereabouts is not Whereabouts.EXPECTED, how)


def _how(name: str, typed: str) -> int | None:
    words, letters = searched(name).split(), searched(typed).split()
    if letters and set(letters) <= set(words):
        return _WHOLE
    if begin(name, typed):
        return _BEGUN
    initials = "".join(word[0] for word in words)
    return _INITIALS if letters == [initials[:1] + initials[-1:]] else None


def _order(row: CheckInRow) -> int:
    return _FIRST.index(row.whereabouts) if row.whereabouts in AWAY else len(_FIRST)
