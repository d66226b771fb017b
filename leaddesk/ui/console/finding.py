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


def find_people(rows: Sequence[CheckInRow], typed: str) -> tuple[CheckInRow, ...]:
    """The people whom the letters may mean, the likeliest first.

    Given or family name may begin with the letters, or the first two letters may be the initials. Case, accents,
    strokes and apostrophes don't matter. Who is expected comes before who is not, both before who is
    here, and without letters everybody is found.
    """
    wanted = searched(typed).split()
    ranked = [(rank, row) for row in rows if (rank := _rank(searched(row.name).split(), wanted)) is not None]
    return tuple(row for _, row in sorted(ranked, key=lambda each: (each[0], _order(each[1]))))


def _rank(names: list[str], wanted: list[str]) -> int | None:
    if not wanted:
        return 0
    if len(wanted) > 1:
        return 0 if all(any(name.startswith(part) for name in names) for part in wanted) else None
    letters = wanted[0]
    if any(name.startswith(letters) for name in names):
        return 0
    initials = "".join(name[0] for name in names)
    return 1 if len(letters) == 2 and letters == initials[:1] + initials[-1:] else None


def _order(row: CheckInRow) -> tuple[int, str]:
    return _FIRST.index(row.whereabouts) if row.whereabouts in AWAY else len(_FIRST), fold(row.name)
