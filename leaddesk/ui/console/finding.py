"""Finding a person by two letters."""

from collections.abc import Sequence

from leaddesk.policy.desk_views import CheckInRow, Whereabouts
from leaddesk.policy.names import fold

HERE = frozenset({Whereabouts.ROOM, Whereabouts.PHONE, Whereabouts.VIDEO})
AWAY = frozenset({Whereabouts.EXPECTED, Whereabouts.ABSENT, Whereabouts.LEFT})
_FIRST = (Whereabouts.EXPECTED, Whereabouts.ABSENT, Whereabouts.LEFT)
"""Who most likely comes in: the expected, then others, then who has left."""


def searched(words: str) -> str:
    """Words as they are looked up: without case, accents and apostrophes, so that ``oneill`` finds O'Neill."""
    return fold(words).replace("'", "")


def begin(words: str, typed: str) -> bool:
    """Whether each typed word begins one of the words, or what follows a hyphen in one."""
    beginnings = [each for word in searched(words).split() for each in (word, *word.split("-")[1:])]
    return all(any(each.startswith(part) for each in beginnings) for part in searched(typed).split())


def find_people(rows: Sequence[CheckInRow], typed: str) -> tuple[CheckInRow, ...]:
    """The people whom the letters may mean, the likeliest first.

    Given or family name may begin with the letters, or the first two letters may be the initials. Case, accents,
    strokes and apostrophes don't matter. Who is expected comes before who is not, both before who is
    here, and without letters everybody is found.
    """
    ranked = [(rank, row) for row in rows if (rank := _rank(row.name, typed)) is not None]
    return tuple(row for _, row in sorted(ranked, key=lambda each: (each[0], _order(each[1]))))


def _rank(name: str, typed: str) -> int | None:
    if begin(name, typed):
        return 0
    initials = "".join(word[0] for word in searched(name).split())
    letters = searched(typed).split()
    return 1 if letters == [initials[:1] + initials[-1:]] else None


def _order(row: CheckInRow) -> tuple[int, str]:
    return _FIRST.index(row.whereabouts) if row.whereabouts in AWAY else len(_FIRST), fold(row.name)
