"""Backups of an open desk: by hand, at lock, once a day, before a migration; kept by a schedule, copied elsewhere.

Each has its entry in the ledger before it is made, so that it holds its own; one that failed has a second entry.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from leaddesk.errors import KnownError
from leaddesk.models import protected_tables
from leaddesk.policy.backups import BackupFacts, BackupsView, Stamp, backups_view, kept
from leaddesk.policy.dates import local_day
from leaddesk.services.desk import Desk, Unit
from leaddesk.vault.backup import SUFFIX, copy_backup, read_header
from leaddesk.vault.copying import Progress
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.ledger import Head

T = TypeVar("T")

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
        lambda action, stamp: desk.do(_note, action, BackupKind.BY_HAND, stamp, desk.now),
        lambda _stamp: _write(desk.vault, file, progress),
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
        lambda action, stamp: desk.do(_note, action, kind, stamp, desk.now),
        lambda stamp: _write(desk.vault, _own_file(desk.vault, stamp), progress),
    )
    prune(desk.vault.backups, made.file)
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
    prune(folder, folder / made.file.name)
    return made


def drive_folder(drive: Path, desk: str) -> Path:
    """A desk's folder in the one that the user chose on another drive."""
    return drive / f"LeadDesk-{desk[:8]}"


def due(desk: Desk) -> bool:
    """Whether today has no verified backup in the desk's own folder yet, by the site's day.

    Both days are the computer's clock's, which a file is named by, and not the ledger's: that one never goes back, so
    after a clock that ran ahead it would stand still until then, and no day would ever be over. A file dated later
    than today, from before the clock was put right, is no reason to make none today.
    """
    zone = desk.do(lambda unit: unit.site.zone)
    today = local_day(desk.now, zone)
    return all(local_day(stamp.at, zone) != today for stamp in dated(desk.vault.backups))


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
        if small and not vault.copying and _has_grown(desk):
            return back_up(desk, BackupKind.AT_LOCK, progress=in_time)
    return None


class _TooSlowError(Exception):
    """Locking has no more time for a backup."""


def back_up_before_migration(opened: OpenDesk, at: datetime) -> None:
    """A verified backup of a desk whose rows are about to be changed; nobody is signed in yet.

    Raises:
        KnownError: as `leaddesk.vault.backup.write_backup`.
    """

    def note(action: str, stamp: Stamp | None) -> Stamp:
        with opened.engine.begin() as connection:
            stamp = stamp or _next_stamp(opened.ledger.head(connection), at)
            payload = {"kind": BackupKind.BEFORE_MIGRATION.value, "file": str(stamp)}
            opened.ledger.append(connection, at=at, actor=BY_ITSELF, action=action, objects={}, payload=payload)
            return stamp

    # rows are held against the ledger by whoever migrates: a desk may be older than their hashes
    made = _noted(note, lambda stamp: opened.back_up(_own_file(opened, stamp)))
    prune(opened.backups, made.file)


# What is there


def shown(desk: Desk, drive: Path | None) -> BackupsView:
    """The page of backups: those beside the desk and on the other drive, newest first; on any thread."""
    found, zone = desk.read(lambda unit: (_kinds(unit), unit.site.zone))
    now = desk.now
    own = [_facts(desk.vault, file, one.at, found, on_drive=False) for one, file in dated(desk.vault.backups).items()]
    there = {} if drive is None else dated(drive_folder(drive, desk.vault.desk_id))
    copies = [_facts(desk.vault, file, one.at, found, on_drive=True) for one, file in there.items()]
    return backups_view((*own, *copies), "" if drive is None else str(drive), now, zone)


def old_backups(desk: Desk, drive: Path | None) -> tuple[Path, ...]:
    """The backups that an earlier data key opens, and with it whoever was removed since."""
    folders = [desk.vault.backups, *([] if drive is None else [drive_folder(drive, desk.vault.desk_id)])]
    files = [file for folder in folders for file in dated(folder).values()]
    return tuple(file for file in files if _todays(desk.vault, file) is False)


def make_anew(desk: Desk, *, drive: Path | None = None, progress: Progress | None = None) -> Made:
    """A backup under today's data key in the place of all that an earlier one opens, here and on the other drive.

    Those on the other drive stay where the new one did not get there.

    Raises:
        KnownError: it could not be made; every earlier backup is still there.
    """
    made = back_up(desk, BackupKind.BY_HAND, drive=drive, progress=progress)
    reached = drive if made.not_copied is None else None
    for file in old_backups(desk, reached):
        with suppress(OSError):
            file.unlink(missing_ok=True)
    return made


def dated(folder: Path) -> dict[Stamp, Path]:
    """The backups in a folder that LeadDesk named, by when they were made."""
    found = {}
    for file in folder.glob(f"*{SUFFIX}"):
        with suppress(ValueError):
            found[Stamp.parse(file.stem)] = file
    return found


def prune(folder: Path, made: Path) -> None:
    """Removes the backups that the schedule does not keep; one that can't be removed is no reason to stop.

    Args:
        folder: where they are.
        made: the one that was just made; it stays, even if a clock that was put back makes it look like an old one.
    """
    found = dated(folder)
    for stamp in found.keys() - kept(found):
        if found[stamp] != made:
            with suppress(OSError):
                found[stamp].unlink()


# Inside


def _noted(note: Callable[[str, Stamp | None], Stamp], write: Callable[[Stamp], T]) -> T:
    """What was written, with the ledger's entry before it, and another one of the same stamp if it failed."""
    stamp = note(_MADE, None)
    try:
        return write(stamp)
    except BaseException:
        # the desk may be locked, or its disk full
        with suppress(KnownError):
            note(_FAILED, stamp)
        raise


def _write(vault: OpenDesk, file: Path, progress: Progress | None) -> Made:
    backup = vault.back_up(file, protected=protected_tables(), progress=progress)
    return Made(backup.file, backup.size)


def _own_file(vault: OpenDesk, stamp: Stamp) -> Path:
    vault.backups.mkdir(mode=0o700, exist_ok=True)
    return vault.backups / f"{stamp}{SUFFIX}"


def _note(unit: Unit, action: str, kind: BackupKind, stamp: Stamp | None, now: datetime) -> Stamp:
    stamp = stamp or _next_stamp(unit.head(), now)
    unit.note(action, kind=kind.value, file=str(stamp))
    return stamp


def _next_stamp(head: Head | None, now: datetime) -> Stamp:
    """The stamp of a backup whose entry is the ledger's next."""
    return Stamp(now.replace(microsecond=0), head.sequence + 1 if head else 1)


def _has_grown(desk: Desk) -> bool:
    """Whether there is anything in the ledger that the backups in the desk's own folder don't hold."""
    head = desk.do(Unit.head)
    return head is None or all(stamp.sequence != head.sequence for stamp in dated(desk.vault.backups))


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
