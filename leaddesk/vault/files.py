"""The desk's folder: where it may be, who may read it, and how a small file in it is replaced whole."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from leaddesk import platforms
from leaddesk.vault.errors import AlreadyOpen, DeskExists, NoDesk, UnsafeFolder

#: Folder names that synchronizing programs give the folder they copy elsewhere, in lower case.
_SYNCED_NAMES = frozenset({
    "box", "box sync", "cloudstorage", "dropbox", "google drive", "googledrive", "icloud drive", "iclouddrive",
    "mega", "mobile documents", "my drive", "nextcloud", "onedrive", "owncloud", "pclouddrive", "seafile",
    "synologydrive",
})  # fmt: skip

#: What they leave in that folder when it bears another name.
_SYNC_MARKS = (".stfolder", ".dropbox.cache", ".nextcloudsync.log", ".owncloudsync.log", ".tmp.drivedownload")

#: Where Windows says that OneDrive's folders are; Desktop and Documents may lie in them.
_SYNC_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")


@dataclass(frozen=True, slots=True)
class DeskFiles:
    """The names of a desk's files in its folder."""

    folder: Path

    @property
    def header(self) -> Path:
        """The key file."""
        return self.folder / "keys.json"

    @property
    def previous(self) -> Path:
        """The key file's second copy."""
        return self.folder / "keys.previous.json"

    @property
    def next_header(self) -> Path:
        """The key file of a change that is being made: it holds once the database remembers it."""
        return self.folder / "keys.next.json"

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.folder / "desk.db"

    @property
    def next_database(self) -> Path:
        """The database under a new key, until it takes the old one's place."""
        return self.folder / "desk.next.db"

    @property
    def backups(self) -> Path:
        """The folder of the desk's own backups."""
        return self.folder / "backups"

    @property
    def leftovers(self) -> tuple[Path, ...]:
        """What a crash may leave of a change that was not finished."""
        return (self.next_header, _half_written(self.next_header), *with_journals(self.next_database))

    @property
    def all(self) -> tuple[Path, ...]:
        """Every file that belongs to a desk, there or not; its backups aside."""
        databases = (*with_journals(self.database), *with_journals(self.next_database))
        return (self.header, self.previous, self.next_header, *databases)


def _half_written(path: Path) -> Path:
    """Where `write_whole` gathers a file's bytes before they take its place."""
    return path.with_name(f".{path.name}.new")


def with_journals(database: Path) -> tuple[Path, ...]:
    """A database and the files that SQLite may keep beside it."""
    return (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal")))


def _sync_program_folder(folder: Path) -> bool:
    roots = [Path(os.environ[name]).resolve() for name in _SYNC_VARIABLES if os.environ.get(name)]
    if any(folder.is_relative_to(root) for root in roots):
        return True
    for place in (folder, *folder.parents):
        name = place.name.casefold()
        if name in _SYNCED_NAMES or name.startswith("onedrive - "):
            return True
        # ~/.dropbox is a folder of settings; the synchronized folder itself holds a file of that name
        if any((place / mark).exists() for mark in _SYNC_MARKS) or (place / ".dropbox").is_file():
            return True
    return False


def refuse_unsafe_place(folder: Path) -> None:
    """Refuse a folder that other programs copy elsewhere or that is not on a local disk, as far as can be told.

    A synchronized copy tears a database in use and keeps old keys alive; a network disk has no dependable locks.

    Raises:
        UnsafeFolder: with the reason.
    """
    folder = folder.resolve()
    if _sync_program_folder(folder):
        raise UnsafeFolder("This folder is synchronized with other computers or a cloud.")
    if kind := platforms.network_kind(folder):
        raise UnsafeFolder(f"This folder is on a network or shared disk ({kind}).")


def refuse_occupied(files: DeskFiles) -> None:
    """Refuse a folder for a new desk unless it is missing or empty; hidden files (a desktop's own) don't count.

    Raises:
        DeskExists: it holds a desk, or any file of one.
        UnsafeFolder: it holds other things, or is no folder.
    """
    if any(file.exists() for file in files.all):
        raise DeskExists
    if files.folder.exists() and not files.folder.is_dir():
        raise UnsafeFolder("A desk needs a folder, and this is a file.")
    if files.folder.exists() and any(not entry.name.startswith(".") for entry in files.folder.iterdir()):
        raise UnsafeFolder("This folder holds other things; a desk needs a folder of its own.")


def hold(files: DeskFiles) -> int:
    """Hold the desk for this process; give the result to `platforms.release_folder`.

    Raises:
        NoDesk: the folder holds none of a desk's files.
        AlreadyOpen: another window or program holds it.
    """
    if not any(file.exists() for file in files.all):
        raise NoDesk
    return hold_folder(files.folder)


def hold_folder(folder: Path) -> int:
    """Hold a folder, with or without a desk in it yet.

    Raises:
        AlreadyOpen: another window or program holds it.
    """
    try:
        return platforms.hold_folder(folder)
    except BlockingIOError as error:
        raise AlreadyOpen from error


def make_private(files: DeskFiles) -> None:
    """Set the folder to 0700 and its files to 0600, whatever a copy from elsewhere left."""
    files.folder.chmod(0o700)
    for file in files.all:
        if file.exists():
            file.chmod(0o600)


def remove(files: Iterable[Path]) -> None:
    """Remove these files where they are there."""
    for file in files:
        file.unlink(missing_ok=True)


def create_empty(path: Path) -> None:
    """Make an empty file that the user alone may read.

    Raises:
        FileExistsError: there is one.
    """
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file so that a reader, a crash or a power cut meets the old bytes or the new, never a mix.

    Raises:
        OSError: the disk refused; the old bytes are there, and nothing of the new.
    """
    fresh = _half_written(path)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            platforms.sync_file(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    platforms.sync_folder(path.parent)
