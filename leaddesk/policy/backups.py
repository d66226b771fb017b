"""Backups in words: which are kept, how old one is, and what the page of backups shows. They name nobody."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Self

from typing_extensions import override

from leaddesk.policy.dates import clock, local_day, on_paper
from leaddesk.policy.desk_views import Found

NEWEST, DAYS, WEEKS, MONTHS = 3, 7, 4, 12
"""How many backups are kept: the newest, then one for each of the last days, weeks and months that have any."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z)(?:-([1-9]\d*))?", re.ASCII)
_INSTANT = "%Y-%m-%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """When a backup was made, as its name tells: ``2026-05-06T190000Z-17``.

    Attributes:
        at: what the computer's clock said, aware, in whole seconds.
        sequence: the number of its entry in the ledger, which no other backup of the desk has, whatever the clock
            says; 0 where its name tells none.
    """

    at: datetime
    sequence: int = 0

    @override
    def __str__(self) -> str:
        instant = self.at.astimezone(UTC).strftime(_INSTANT)
        return f"{instant}-{self.sequence}" if self.sequence else instant

    @classmethod
    def parse(cls, name: str) -> Self:
        """The stamp that a name without its ending says.

        Raises:
            ValueError: it says none.
        """
        match = _NAME.fullmatch(name)
        if match is None:
            raise ValueError("The name of a backup is an instant and a number")
        return cls(datetime.strptime(match[1], _INSTANT).replace(tzinfo=UTC), int(match[2] or 0))


def kept(stamps: Iterable[Stamp]) -> frozenset[Stamp]:
    """Which backups are kept: the newest 3, and the newest of each of 7 days, of 4 weeks and of 12 months.

    A day, week or month without any counts for nothing; each begins and ends in UTC.
    """
    newest_first = sorted(set(stamps), reverse=True)
    return frozenset(
        [
            *newest_first[:NEWEST],
            *_newest_of_each(newest_first, datetime.date)[:DAYS],
            *_newest_of_each(newest_first, lambda at: at.isocalendar()[:2])[:WEEKS],
            *_newest_of_each(newest_first, lambda at: (at.year, at.month))[:MONTHS],
        ]
    )


def _newest_of_each(newest_first: Sequence[Stamp], period: Callable[[datetime], object]) -> list[Stamp]:
    found: dict[object, Stamp] = {}
    for stamp in newest_first:
        found.setdefault(period(stamp.at.astimezone(UTC)), stamp)
    return list(found.values())


def age_words(day: date, today: date) -> str:
    """How old a backup is: ``from Wednesday 6 May 2026 (2026-05-06), 3 days old``."""
    days = (today - day).days
    age = "less than a day old" if days <= 0 else "1 day old" if days == 1 else f"{days} days old"
    return f"from {on_paper(day)}, {age}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFacts:
    """A backup file of the desk.

    Attributes:
        at: when it was made, aware.
        size: its bytes.
        kind: why it was made: ``by_hand``, ``at_lock``, ``daily``, ``before_migration``; empty where nothing tells.
        todays_key: whether today's data key opens it; ``None`` where it can't be read.
        on_drive: whether it lies on the other drive.
    """

    at: datetime
    size: int
    kind: str
    todays_key: bool | None
    on_drive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsView:
    """The page of backups."""

    summary: str
    """When the last one was made and verified."""
    rows: tuple[Found, ...]
    drive: str
    """Where each is copied to."""
    old: str
    """How many somebody who was removed may still open, and what that means; empty for none."""


_KINDS = {
    "by_hand": "by hand",
    "at_lock": "by itself, when the desk was locked",
    "daily": "by itself, once a day",
    "before_migration": "by itself, before an update of the desk",
}
_KEYS = {
    True: "opens with the passphrases of its day",
    False: "a removed user’s key may still open it",
    None: "can't be read",
}


def backups_view(backups: Iterable[BackupFacts], drive: str, now: datetime, zone: str) -> BackupsView:
    """The page of backups, newest first.

    Args:
        backups: those beside the desk and on the other drive.
        drive: the folder on another drive, empty where none is chosen; said even while the drive is missing.
        now: what the time is, aware.
        zone: the site's.
    """
    newest_first = sorted(backups, key=lambda one: (one.at, not one.on_drive), reverse=True)
    rows = tuple(_row(position, one, zone) for position, one in enumerate(newest_first))
    sound = next((one for one in newest_first if one.todays_key), None)
    return BackupsView(
        summary="There is no backup yet. Make the first one now." if sound is None else _last(sound, now, zone),
        rows=rows,
        old=_old(sum(one.todays_key is False for one in newest_first)),
        drive=f"Each backup is copied to {drive}" if drive else "Backups lie beside the desk, on this disk alone.",
    )


def _last(newest: BackupFacts, now: datetime, zone: str) -> str:
    words = age_words(local_day(newest.at, zone), local_day(now, zone))
    return f"The last backup is {words}. It was verified when it was made, at {clock(newest.at, zone)}."


def _old(count: int) -> str:
    if not count:
        return ""
    which = "1 backup is" if count == 1 else f"{count} backups are"
    return f"{which} from before the desk got its present key: whoever was removed since may still open them."


def _row(position: int, backup: BackupFacts, zone: str) -> Found:
    details = (
        "on the other drive" if backup.on_drive else "",
        _KINDS.get(backup.kind, ""),
        _size(backup.size),
        _KEYS[backup.todays_key],
    )
    return Found(
        kind="backup",
        id=str(position),
        title=f"{on_paper(local_day(backup.at, zone))}, {clock(backup.at, zone)}",
        detail="  ·  ".join(filter(None, details)),
    )


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size < 100_000_000 else f"{size / 1_000_000:.0f} MB"
