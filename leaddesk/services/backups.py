"""Backups of an open desk: by hand, at lock, once a day, before a migration; kept by a schedule, copied elsewhere.

Each has its entry in the ledger before it is made, so that it holds its own; one that failed has a second entry.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from leaddesk.errors import KnownError
from leaddesk.models import protected_tables
from leaddesk.policy.backups import BackupFacts, BackupsView, backups_view, kept
from leaddesk.policy.dates import local_day
from leaddesk.services.desk import Desk, Unit
from leaddesk.vault.backup import SUFFIX, copy_backup, read_header
from leaddesk.vault.copying import Progress
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.ledger import LedgerEntry, Wanted

T = TypeVar("T")

#: Backups in the desk's own folder are named by when they were made, in UTC, and by nothing else.
_STAMP = "%Y-%m-%dT%H%M%SZ"

#: What locking has for a backup: copying must be done in this many seconds, and checking the copy takes about as long
#: again. A desk of more bytes would not be: it has its daily backups.
LOCK_SECONDS, LOCK_BYTES = 0.25, 4_000_000

#: Who the ledger says it was, where nobody had signed in yet.
BY_ITSELF = "leaddesk"

_MADE, _FAILED = "backup_made", "backup_failed"


class BackupKind(StrEnum):
    """Why a backup is made."""

    BY_HAND = "by_hand"
    AT_LOCK = "at_lock"
    DAILY = "daily"
    BEFORE_MIGRATION = "before_migration"


class FileExists(KnownError):
    """A backup made by hand overwrites nothing."""

    def __init__(self) -> None:
        super().__init__(
            "There is a file of this name already.",
            kept="It was not touched, and no backup was made.",
            todo="Choose another name.",
        )


@dataclass(frozen=True, slots=True)
class Made:
    """A verified backup.

    Attributes:
        file: where it is.
        size: its bytes.
        not_copied: why it is not on the other drive as well; ``None`` where it is, or where no drive was chosen.
    """

    file: Path
    size: int
    not_copied: KnownError | None = None


# By hand, to a file of the user's choice


def refuse_existing(file: Path) -> None:
    """Returns if there is no file of this name yet.

    Raises:
        FileExists: there is one.
    """
    if file.exists():
        raise FileExists


def back_up_to(desk: Desk, file: Path, *, progress: Progress | None = None) -> Made:
    """A verified backup in a new file.

    Raises:
        FileExists: there is one of that name.
        KnownError: as `leaddesk.vault.backup.write_backup`.
    """
    refuse_existing(file)
    return _noted(
        lambda: desk.do(_note, _MADE, BackupKind.BY_HAND),
        lambda: desk.do(_note, _FAILED, BackupKind.BY_HAND),
        lambda _at: _write(desk.vault, file, progress),
    )


# In the desk's own folder


def back_up(desk: Desk, kind: BackupKind, *, drive: Path | None = None, progress: Progress | None = None) -> Made:
    """A verified backup in the desk's own folder, with a copy on the other drive; what is too old goes.

    Args:
        desk: the open desk.
        kind: why it is made.
        drive: a folder on another drive. That it is missing does not fail the backup.
        progress: told of pages done; what it raises ends it, and nothing is left.

    Raises:
        KnownError: as `leaddesk.vault.backup.write_backup`.
    """
    made = _noted(
        lambda: desk.do(_note, _MADE, kind),
        lambda: desk.do(_note, _FAILED, kind),
        lambda at: _write(desk.vault, _own_file(desk.vault, at), progress),
    )
    prune(desk.vault.backups)
    return made if drive is None else copy_to_drive(made, drive, desk.vault.desk_id)


def copy_to_drive(made: Made, drive: Path, desk: str) -> Made:
    """The backup, and whether it is on the other drive now; needs no key.

    Args:
        made: a verified backup.
        drive: the folder that the user chose.
        desk: the desk's number: each desk has a folder of its own there.
    """
    folder = drive_folder(drive, desk)
    try:
        copy_backup(made.file, folder, desk)
    except KnownError as error:
        return Made(made.file, made.size, error)
    prune(folder)
    return made


def drive_folder(drive: Path, desk: str) -> Path:
    """A desk's folder in the one that the user chose on another drive."""
    return drive / f"LeadDesk-{desk[:8]}"


def due(desk: Desk) -> bool:
    """Whether today has no backup yet, by the site's day."""
    return desk.do(_due)


def back_up_at_lock(desk: Desk) -> Made | None:
    """A backup before locking, where there is something new and it is done in no time; else ``None``.

    Locking waits for nothing and fails for nothing: neither does this. It does not go to the other drive.
    """
    began = time.monotonic()

    def in_time(_done: int, _whole: int) -> None:
        if time.monotonic() - began > LOCK_SECONDS:
            raise _TooSlowError

    with suppress(KnownError, OSError, _TooSlowError):
        vault = desk.vault
        small = sum(file.stat().st_size for file in vault.folder.glob("desk.db*")) <= LOCK_BYTES
        if small and not vault.copying and desk.do(_has_grown):
            return back_up(desk, BackupKind.AT_LOCK, progress=in_time)
    return None


class _TooSlowError(Exception):
    """Locking has no more time for a backup."""


def back_up_before_migration(opened: OpenDesk, at: datetime) -> None:
    """A verified backup of a desk whose rows are about to be changed; nobody is signed in yet.

    Raises:
        KnownError: as `leaddesk.vault.backup.write_backup`.
    """

    def note(action: str) -> datetime:
        with opened.engine.begin() as connection:
            now = opened.ledger.now(connection, at)
            payload = {"kind": BackupKind.BEFORE_MIGRATION.value, "file": now.strftime(_STAMP)}
            opened.ledger.append(connection, at=now, actor=BY_ITSELF, action=action, objects={}, payload=payload)
            return now

    _noted(
        lambda: note(_MADE),
        lambda: note(_FAILED),
        # rows are held against the ledger by whoever migrates: a desk may be older than their hashes
        lambda now: opened.back_up(_own_file(opened, now)),
    )
    prune(opened.backups)


# What is there


def shown(desk: Desk, drive: Path | None) -> BackupsView:
    """The page of backups: those beside the desk and on the other drive, newest first."""
    found = desk.do(_kinds)
    with desk.unit() as unit:
        now, zone = unit.at, unit.site.zone
    own = [_facts(desk.vault, file, at, found, on_drive=False) for at, file in dated(desk.vault.backups).items()]
    there = {} if drive is None else dated(drive_folder(drive, desk.vault.desk_id))
    copies = [_facts(desk.vault, file, at, found, on_drive=True) for at, file in there.items()]
    return backups_view((*own, *copies), "" if drive is None else str(drive), now, zone)


def old_backups(desk: Desk, drive: Path | None) -> tuple[Path, ...]:
    """The backups that an earlier data key opens, and with it whoever was removed since."""
    folders = [desk.vault.backups, *([] if drive is None else [drive_folder(drive, desk.vault.desk_id)])]
    files = [file for folder in folders for file in dated(folder).values()]
    return tuple(file for file in files if _todays(desk.vault, file) is False)


def make_anew(desk: Desk, *, drive: Path | None = None, progress: Progress | None = None) -> Made:
    """A backup under today's data key in the place of all that an earlier one opens, here and on the other drive.

    Raises:
        KnownError: it could not be made; every earlier backup is still there.
    """
    made = back_up(desk, BackupKind.BY_HAND, drive=drive, progress=progress)
    # asked only now: the new one may have taken the place of one of the same second
    for file in old_backups(desk, drive):
        with suppress(OSError):
            file.unlink(missing_ok=True)
    return made


def dated(folder: Path) -> dict[datetime, Path]:
    """The backups in a folder that LeadDesk named, by when they were made."""
    found = {}
    for file in folder.glob(f"*{SUFFIX}"):
        with suppress(ValueError):
            found[datetime.strptime(file.stem, _STAMP).replace(tzinfo=UTC)] = file
    return found


def prune(folder: Path) -> None:
    """Removes the backups that the schedule does not keep; one that can't be removed is no reason to stop."""
    found = dated(folder)
    for at in found.keys() - kept(found):
        with suppress(OSError):
            found[at].unlink()


# Inside


def _noted(made: Callable[[], datetime], failed: Callable[[], object], write: Callable[[datetime], T]) -> T:
    """What was written, with the ledger's entry before it, and another one if it failed."""
    at = made()
    try:
        return write(at)
    except BaseException:
        # the desk may be locked, or its disk full
        with suppress(KnownError):
            failed()
        raise


def _write(vault: OpenDesk, file: Path, progress: Progress | None) -> Made:
    backup = vault.back_up(file, protected=protected_tables(), progress=progress)
    return Made(backup.file, backup.size)


def _own_file(vault: OpenDesk, at: datetime) -> Path:
    vault.backups.mkdir(mode=0o700, exist_ok=True)
    return vault.backups / f"{at.astimezone(UTC).strftime(_STAMP)}{SUFFIX}"


def _note(unit: Unit, action: str, kind: BackupKind) -> datetime:
    unit.note(action, kind=kind.value, file=unit.at.astimezone(UTC).strftime(_STAMP))
    return unit.at


def _newest(unit: Unit, wanted: Wanted) -> LedgerEntry | None:
    return next(iter(unit.newest_entries(wanted, before=None, limit=1)), None)


def _due(unit: Unit) -> bool:
    last = _newest(unit, Wanted(actions=(_MADE, _FAILED)))
    return last is None or last.action == _FAILED or local_day(last.at, unit.site.zone) < unit.today


def _has_grown(unit: Unit) -> bool:
    last = _newest(unit, Wanted())
    return last is None or last.action != _MADE


def _kinds(unit: Unit) -> dict[str, str]:
    """Why each backup was made, by its name without the ending."""
    return {entry.payload.get("file", ""): entry.payload.get("kind", "") for entry in unit.ledger_entries(_MADE)}


def _facts(vault: OpenDesk, file: Path, at: datetime, kinds: dict[str, str], *, on_drive: bool) -> BackupFacts:
    size = file.stat().st_size if file.exists() else 0
    kind = kinds.get(file.stem, "")
    return BackupFacts(at=at, size=size, kind=kind, todays_key=_todays(vault, file), on_drive=on_drive)


def _todays(vault: OpenDesk, file: Path) -> bool | None:
    try:
        return vault.made(read_header(file))
    except KnownError:
        return None
