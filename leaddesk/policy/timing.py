"""How long each item of an agenda has been before the room, from the moments at which that changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Turned:
    """From this moment on an item was before the room, or none was."""

    at: datetime
    item: str | None


def spent_on(turns: Iterable[Turned], now: datetime) -> Mapping[str, timedelta]:
    """The time that each item has had until now, all its turns together; a clock set back takes none away.

    Args:
        turns: in their order.
        now: the end of the turn that is not over.
    """
    spent: dict[str, timedelta] = defaultdict(timedelta)
    turned = [*turns, Turned(now, None)]
    for turn, after in pairwise(turned):
        if turn.item is not None:
            spent[turn.item] += max(timedelta(), after.at - turn.at)
    return dict(spent)


def minutes(spent: timedelta) -> int:
    """Whole minutes, as they are said."""
    return int(spent.total_seconds()) // 60
