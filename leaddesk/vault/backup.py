"""Backups: the whole desk in one file, verified as a restore would before it counts.

A backup is a plain zip of two members that are not compressed: ``keys.json`` and ``desk.db``, an online copy under
the desk's own key. The copy belongs to the key file beside it, which is signed anew with the ledger's head of then: a
backup opens with the passphrases and the paper key of its day.
"""

import hashlib
import shutil
import struct
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from leaddesk import platforms
from leaddesk.errors import KnownError
from leaddesk.vault.checking import check_desk
from leaddesk.vault.connection import connect, make_engine
from leaddesk.vault.copying import Progress, copy_database, row_counts
from leaddesk.vault.errors import DamagedDesk, DeskBusy, DeskLocked, DiskRefused
from leaddesk.vault.files import DeskFiles, create_empty, write_whole
from leaddesk.vault.header import MOST_BYTES, Header, decode, encode
from leaddesk.vault.keys import DataKey
from leaddesk.vault.ledger import Finding, Head, Ledger
from leaddesk.vault.state import State, ledger_key

#: How a backup's name ends.
SUFFIX = ".leaddesk"

_HEADER, _DATABASE = "keys.json", "desk.db"
_CHUNK = 1024 * 1024

#: No copy to another drive takes as long, in seconds: what is older was left by a crash.
_DAY = 24 * 60 * 60

_ANOTHER = "Make another backup."

#: What Python's zipfile raises on files that are none, or no longer whole.
_BROKEN = (BadZipFile, EOFError, NotImplementedError, OverflowError, RuntimeError, ValueError, struct.error)


class NotABackup(KnownError):
    """The file is no backup, or its end is missing."""

    def __init__(self) -> None:
        super().__init__(
            "This file is no LeadDesk backup, or only a part of one.",
            kept="Nothing was changed.",
            todo=f"Choose a file whose name ends in {SUFFIX}, and take another backup if this one was cut short.",
        )


class DamagedBackup(KnownError):
    """The file was a backup, and a part of it is not what was written."""

    def __init__(self) -> None:
        super().__init__(
            "This backup is damaged.",
            kept="Nothing was changed.",
            todo="Take another backup, or the copy of this one on another drive.",
        )


class UnreadableBackup(KnownError):
    """The system would not let the file be read."""

    def __init__(self) -> None:
        super().__init__(
            "The backup could not be read.",
            kept="Nothing was changed.",
            todo="Check its name, and that its drive is connected.",
        )


class BackupRefused(KnownError):
    """The disk did not take the backup."""

    def __init__(self) -> None:
        super().__init__(
            "The backup could not be written.",
            kept="The desk is as it was, and so is every earlier backup.",
            todo="Check that the disk is connected, not full and not write-protected, then try again.",
        )


class UnsoundBackup(KnownError):
    """A new backup did not pass its check and was thrown away.

    Attributes:
        findings: what the check found.
    """

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(
            f"The new backup did not pass its check: {findings[0].what}",
            kept="It was thrown away; the desk is as it was, and so is every earlier backup.",
            todo="Run a check of the desk, and have the disk looked at.",
        )
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written and verified.

    Attributes:
        file: where it is.
        size: its bytes.
        head: the ledger's last entry in it.
    """

    file: Path
    size: int
    head: Head | None


def write_backup(
    files: DeskFiles,
    header: Header,
    key: DataKey,
    target: Path,
    *,
    protected: Iterable[str] = (),
    progress: Progress | None = None,
) -> Backup:
    """Write a backup of an open desk and verify it; only then does it get its name, in the place of any other file.

    Args:
        files: the desk's files.
        header: the key file that holds.
        key: the desk's data key; dropping it ends the backup.
        target: the new file, in a folder that is there.
        protected: tables whose rows have their hashes in the ledger.
        progress: told of pages copied; what it raises ends it, and nothing is left.

    Raises:
        DamagedDesk: the desk itself is damaged.
        UnsoundBackup: the backup did not pass its check.
        BackupRefused: the disk did not take it.
        DeskBusy: the key file was changed meanwhile.
        DeskLocked: the desk was locked meanwhile.
    """

    def refuse_locked() -> None:
        if key.dropped:
            raise DeskLocked

    def told(done: int, whole: int) -> None:
        refuse_locked()
        if progress is not None:
            progress(done, whole)

    with _asking_the_disk():
        remove_leftovers(target.parent, header.desk)
        with _workshop(target.parent, _prefix(header.desk)) as workshop:
            copy, fresh = workshop / _DATABASE, workshop / "backup"
            counts = copy_database(files.database, key, copy, key, progress=told)
            head = _pack(copy, header, key, fresh)
            refuse_locked()
            if findings := _verify(fresh, workshop, key, counts, protected):
                raise UnsoundBackup(findings)
            refuse_locked()
            fresh.replace(target)
        platforms.sync_folder(target.parent)
        return Backup(target, target.stat().st_size, head)


@contextmanager
def _asking_the_disk() -> Iterator[None]:
    try:
        yield
    except (OSError, DiskRefused) as error:
        raise BackupRefused from error


def _prefix(desk: str) -> str:
    return f".leaddesk-{desk}-"


def _copy_prefix(desk: str) -> str:
    return f".leaddesk-copy-{desk}-"


@contextmanager
def _workshop(folder: Path, prefix: str) -> Iterator[Path]:
    """A private folder beside the file that is being made, gone afterwards; it holds encrypted bytes alone."""
    workshop = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
    try:
        yield workshop
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def remove_leftovers(folder: Path, desk: str) -> None:
    """Remove what a crash left of backups of this desk; whoever asks holds the desk, so nobody is making one.

    Copies of backups are not touched: they need no key, and one may still be made while the desk is opened again.
    """
    for left in folder.glob(f"{_prefix(desk)}*"):
        shutil.rmtree(left, ignore_errors=True)


def _remove_old_copies(folder: Path, desk: str) -> None:
    """Remove what a crash left of copies; a younger one may be somebody's who is still at it."""
    for left in folder.glob(f"{_copy_prefix(desk)}*"):
        with suppress(FileNotFoundError):  # somebody's, who is done with it meanwhile
            if time.time() - left.stat().st_mtime > _DAY:
                shutil.rmtree(left, ignore_errors=True)


def _pack(copy: Path, header: Header, key: DataKey, target: Path) -> Head | None:
    """Make the copy and a key file belong to each other, and put both into one file; returns the ledger's head."""
    engine = make_engine(copy, key)
    try:
        with engine.begin() as connection:
            if not State.read(connection).is_of(header):
                # somebody's passphrase was changed between the two: the old one would open the backup
                raise DeskBusy
            head = Ledger(ledger_key(connection)).head(connection)
            # of the same generation: no opening takes it for a later key file of the desk it came from
            signed = replace(header, anchor=head).signed(key)
            State.of(signed).remember(connection)
    finally:
        engine.dispose()
    with target.open("xb") as file:
        with ZipFile(file, "w", ZIP_STORED) as archive:
            archive.writestr(ZipInfo(_HEADER), encode(signed))
            member = ZipInfo(_DATABASE)
            member.file_size = copy.stat().st_size
            with copy.open("rb") as source, archive.open(member, "w") as packed:
                shutil.copyfileobj(source, packed, _CHUNK)
        file.flush()
        platforms.sync_file(file.fileno())
    copy.unlink()
    return head


def _verify(
    backup: Path, workshop: Path, key: DataKey, counts: dict[str, int], protected: Iterable[str]
) -> list[Finding]:
    """What is wrong with a backup, unpacked as a restore would; each table must have as many rows as when copied."""
    files = DeskFiles(workshop / "unpacked")
    files.folder.mkdir(mode=0o700)
    try:
        unpack(backup, files)
        header = decode(files.header.read_bytes())
        header.check(key)
        engine = make_engine(files.database, key)
        try:
            with engine.begin() as connection:
                ledger = Ledger(ledger_key(connection))
                belongs = State.read(connection).is_of(header)
            anchors = [header.anchor] if header.anchor else []
            findings = check_desk(files.database, key, engine, ledger, anchors, protected=protected)
        finally:
            engine.dispose()
        with closing(connect(files.database, key, guarded=False)) as connection:
            whole = row_counts(connection) == counts
    except (DamagedDesk, DamagedBackup, NotABackup):
        return [Finding("It can't be opened.", "backup", _ANOTHER)]
    if not belongs or not whole:
        findings.append(Finding("It does not hold all that the desk held.", "backup", _ANOTHER))
    return findings


# Reading


def read_header(file: Path) -> Header:
    """The key file in a backup; nothing in it is trusted before `Header.check`.

    Raises:
        NotABackup, UnreadableBackup: there is none to read.
        DamagedBackup: it is not what was written.
        NewerDesk: a later LeadDesk wrote it.
    """
    try:
        with _reading(file) as archive:
            return decode(_header_bytes(archive))
    except DamagedDesk as error:
        raise DamagedBackup from error
    except OSError as error:
        raise UnreadableBackup from error


def unpack(file: Path, files: DeskFiles) -> None:
    """Put a backup's database and then its key file into a folder that holds neither.

    Raises:
        NotABackup, UnreadableBackup: it can't be read; nothing was written.
        DamagedBackup: a part of it is not what was written.
        OSError: the disk did not take it.
    """
    with _reading(file) as archive:
        header = _header_bytes(archive)
        create_empty(files.database)
        with files.database.open("rb+") as target, archive.open(_DATABASE) as packed:
            shutil.copyfileobj(packed, target, _CHUNK)
            target.flush()
            platforms.sync_file(target.fileno())
        # last: a folder with a key file holds a whole desk
        write_whole(files.header, header)


@contextmanager
def _reading(file: Path) -> Iterator[ZipFile]:
    """A backup's archive, which holds what a backup holds and nothing else; damage in it is told as such."""
    with _archive(file) as archive:
        members = archive.infolist()
        stored = all(one.compress_type == ZIP_STORED and one.compress_size == one.file_size for one in members)
        if sorted(one.filename for one in members) != [_DATABASE, _HEADER] or not stored:
            raise NotABackup
        try:
            yield archive
        except _BROKEN as error:
            raise DamagedBackup from error


def _archive(file: Path) -> ZipFile:
    try:
        return ZipFile(file)
    except _BROKEN as error:
        raise NotABackup from error
    except OSError as error:
        raise UnreadableBackup from error


def _header_bytes(archive: ZipFile) -> bytes:
    if archive.getinfo(_HEADER).file_size > MOST_BYTES:
        raise DamagedBackup
    return archive.read(_HEADER)


# A copy on another drive


def copy_backup(backup: Path, folder: Path, desk: str) -> Path:
    """The copy of a backup in a folder on another drive, read back and found to be the same.

    Args:
        backup: a verified backup.
        folder: where the copy goes; made if it is missing.
        desk: the desk's number.

    Raises:
        BackupRefused: the drive is not there, did not take it, or gave back something else.
    """
    with _asking_the_disk():
        folder.mkdir(mode=0o700, exist_ok=True)
        _remove_old_copies(folder, desk)
        with _workshop(folder, _copy_prefix(desk)) as workshop:
            fresh = workshop / backup.name
            with backup.open("rb") as source, fresh.open("xb") as target:
                shutil.copyfileobj(source, target, _CHUNK)
                target.flush()
                platforms.sync_file(target.fileno())
            if _digest(fresh) != _digest(backup):
                raise BackupRefused
            copy = fresh.replace(folder / backup.name)
            platforms.sync_folder(folder)
            return copy


def _digest(file: Path) -> bytes:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").digest()
