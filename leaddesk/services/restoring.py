"""A backup made into a desk again, in a new folder; and a backup verified as it lies there."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from leaddesk import platforms
from leaddesk.errors import KnownError
from leaddesk.models.schema import schema_state
from leaddesk.policy.backups import age_words
from leaddesk.policy.dates import local_day
from leaddesk.services.desk import Clock, signed_in
from leaddesk.services.opening import PAPER_KEY
from leaddesk.services.verifying import Report, refuse_newer, report
from leaddesk.vault.backup import DamagedBackup, read_header, unpack
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.errors import AlreadyOpen, DamagedDesk, HeaderMismatch, WrongPassphrase
from leaddesk.vault.files import DeskFiles, hold_folder, refuse_occupied, refuse_unsafe_place, remove
from leaddesk.vault.keys import SlotKind
from leaddesk.vault.ledger import Finding, Head, Wanted
from leaddesk.vault.opening import open_desk
from leaddesk.vault.recovery import looks_like_paper_key, read_paper_key

_OTHER = "Take another backup, or the copy of this one on another drive."


class WrongSecret(KnownError):
    """What was typed opens no slot of the backup."""

    def __init__(self) -> None:
        super().__init__(
            "This opens nothing here: it is neither a passphrase nor the paper key of the day of this backup.",
            kept="Nothing was written.",
            todo="Type a passphrase of that day, or the paper key of that day, group by group.",
        )


class NotUnpacked(KnownError):
    """The disk did not take what is in the backup."""

    def __init__(self) -> None:
        super().__init__(
            "The backup could not be unpacked.",
            kept="Nothing was restored, and the backup is as it was.",
            todo="Check that the disk is connected, not full and not write-protected, then try again.",
        )


class UnsoundRestore(KnownError):
    """The backup opens, and what is in it is not sound.

    Attributes:
        findings: what a check found.
    """

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            f"This backup is not sound: {findings[0].what}",
            kept="Nothing was restored.",
            todo=f"{_OTHER} `leaddesk verify --backup FILE` tells all that is wrong with this one.",
        )
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Restored:
    """A desk that was restored.

    Attributes:
        folder: where it is.
        at: when the backup was made, aware.
        age: how long ago that is.
        words: how old it is: ``from Wednesday 6 May 2026 (2026-05-06), 3 days old``.
        by_paper_key: whether the chair needs a new passphrase, see `leaddesk.services.opening.recover`.
    """

    folder: Path
    at: datetime
    age: timedelta
    words: str
    by_paper_key: bool


def restore(file: Path, folder: Path, secret: str, *, clock: Clock) -> Restored:
    """Makes a backup into a desk in a new folder, verified, with an entry in its ledger; and locks it.

    Args:
        file: the backup.
        folder: missing or empty.
        secret: a passphrase or the paper key, as typed; of the day of the backup.
        clock: what the time is, aware.

    Raises:
        WrongSecret: the secret opens nothing in it.
        UnsoundRestore: it is not sound.
        KnownError: the file is no backup or damaged, or the folder is no place for a desk. Nothing is left behind.
    """
    files = DeskFiles(folder.expanduser().resolve())
    refuse_unsafe_place(files.folder)
    refuse_occupied(files)
    read_header(file)
    with _asking_the_disk(), _made(files.folder):
        _unpack_alone(file, files)
        try:
            with _opened(files, secret) as opened:
                return _checked(opened, clock())
        except BaseException:
            # whoever holds it now has opened what was unpacked: it is theirs
            with suppress(AlreadyOpen), _held(files.folder):
                remove((*files.all, *files.leftovers))
            raise


def verify_backup(file: Path, secret: str, anchors: Iterable[Head] = ()) -> Report:
    """What is wrong with a backup, held against these anchors; it is looked at in a private folder that goes again.

    Args:
        file: the backup.
        secret: a passphrase or the paper key, as typed; of the day of the backup.
        anchors: heads of the ledger that were kept elsewhere.

    Raises:
        WrongSecret: the secret opens nothing in it.
        KnownError: the file can't be read or is no backup, or the disk has no room to unpack it.
    """
    with _asking_the_disk(), tempfile.TemporaryDirectory(prefix="leaddesk-") as folder:
        files = DeskFiles(Path(folder).resolve())
        try:
            unpack(file, files)
            opened = _opened(files, secret)
        except (DamagedBackup, DamagedDesk, HeaderMismatch) as error:
            return Report(findings=(Finding(error.happened, file.name, _OTHER),))
        try:
            return report(opened, anchors)
        finally:
            opened.lock(anchoring=False)


@contextmanager
def _asking_the_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NotUnpacked from error


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Makes a folder and those above it that are missing; they go again if the block fails and they are empty."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield
    except BaseException:
        with suppress(OSError):
            for one in missing:
                one.rmdir()
        raise


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    held = hold_folder(folder)
    try:
        yield
    finally:
        platforms.release_folder(held)


def _unpack_alone(file: Path, files: DeskFiles) -> None:
    """Unpacks a backup where nobody else can be making a desk meanwhile; what it wrote goes if it fails."""
    with _held(files.folder):
        refuse_occupied(files)
        try:
            unpack(file, files)
        except BaseException:
            remove((*files.all, *files.leftovers))
            raise


def _opened(files: DeskFiles, secret: str) -> OpenDesk:
    """A backup that was unpacked, opened."""
    by_paper_key = looks_like_paper_key(secret)
    typed, kind = (read_paper_key(secret), SlotKind.RECOVERY) if by_paper_key else (secret, SlotKind.USER)
    try:
        return open_desk(files.folder, typed, kind=kind, check_schema=refuse_newer)
    except WrongPassphrase as error:
        raise WrongSecret from error


def _checked(opened: OpenDesk, at: datetime) -> Restored:
    """Says how old it is and writes the ledger's entry, once everything in it is found to be sound."""
    if findings := report(opened).findings:
        raise UnsoundRestore(findings)
    by_paper_key = opened.slot not in opened.slots
    actor = PAPER_KEY if by_paper_key else _actor(opened)
    with opened.engine.begin() as connection:
        last = next(iter(opened.ledger.newest(connection, Wanted(), limit=1)), None)
        made = last.at if last else at
        # as every version of the table has it: an older desk is restored before it is brought up to date
        zone = connection.exec_driver_sql("SELECT zone FROM site").scalar_one()
        opened.ledger.append(
            connection,
            at=at,
            actor=actor,
            action="restored",
            objects={},
            payload={"slot": opened.slot, "entry": last.sequence if last else 0},
        )
    words = age_words(local_day(made, zone), local_day(at, zone))
    return Restored(opened.folder, made, max(at - made, timedelta()), words, by_paper_key)


def _actor(opened: OpenDesk) -> str:
    """Whose passphrase it was; an older desk is asked for it only after it was brought up to date."""
    if schema_state(opened.engine) != "current":
        return f"slot:{opened.slot}"
    with Session(opened.engine) as rows, rows.begin():
        return signed_in(rows, opened.slot).id
