"""A new data key: the desk is copied under it, checked, and takes the old one's place in one step.

Removing a user or a paper key needs it, since an old copy of the key file still opens the old key.
"""

from collections.abc import Callable
from contextlib import closing, suppress

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from leaddesk import platforms
from leaddesk.errors import KnownError
from leaddesk.vault import header as key_file
from leaddesk.vault.checking import check_desk
from leaddesk.vault.connection import connect, make_engine, plainly
from leaddesk.vault.copying import Progress, copy_database, row_counts, sync
from leaddesk.vault.files import DeskFiles, remove, with_journals
from leaddesk.vault.header import Header
from leaddesk.vault.keys import DataKey
from leaddesk.vault.ledger import Ledger
from leaddesk.vault.state import State


class UnsoundCopy(KnownError):
    """The copy under the new key did not pass its check."""

    def __init__(self) -> None:
        super().__init__(
            "The desk could not be copied under a new key without a fault.",
            kept="Nothing was changed; the desk goes on as it was.",
            todo="Check the disk, run a check of the desk, and try again.",
        )


def rotate(
    files: DeskFiles,
    header: Header,
    keys: tuple[DataKey, DataKey],
    ledger: Ledger,
    *,
    write: Callable[[Connection], None],
    progress: Progress,
    protected: tuple[str, ...],
) -> Header:
    """The header that holds, once the desk has been copied under its new key and has taken the old one's place.

    The old key goes before the write lock is let go: a transaction that waited for it must not commit to a database
    that is about to be replaced. Should the disk refuse after that, the desk is locked, and opens as it was.

    Args:
        files: the desk's files; no connection is open but those that wait.
        header: with the new key in every slot that is to open it, not signed yet.
        keys: the old key, dropped when this returns, and the new one.
        ledger: the desk's ledger.
        write: what changes in the rows, in the copy.
        progress: told of pages done, and once more before the point of no return; what it raises ends it.
        protected: tables whose rows have their hashes in the ledger.

    Raises:
        KnownError: the copy could not be made or was not sound.
    """
    old, fresh = keys
    try:
        with closing(connect(files.database, old, guarded=False)) as holding:
            holding.execute("BEGIN IMMEDIATE")
            counts = copy_database(files.database, old, files.next_database, fresh, progress=progress)
            _refuse_unlike(files, fresh, counts)
            header = _fill(files, fresh, header, ledger, write=write, protected=protected)
            key_file.write_next(files, header)
            progress(1, 1)
            old.drop()
            holding.execute("COMMIT")
            _empty_journal(holding)
        _swap(files)
    except BaseException as error:
        fresh.drop()
        if files.next_database.exists():
            remove(files.leftovers)
        raise plainly(error) from error
    # the new key holds now: what the disk refuses from here on, the next change or opening makes up for
    with suppress(OSError):
        key_file.promote(files)
    return header


def _fill(
    files: DeskFiles,
    key: DataKey,
    header: Header,
    ledger: Ledger,
    *,
    write: Callable[[Connection], None],
    protected: tuple[str, ...],
) -> Header:
    """Write what changes into the copy, check all of it, close it; returns the signed header it belongs to."""
    engine = make_engine(files.next_database, key)
    try:
        with engine.begin() as connection:
            write(connection)
            signed = header.next(key, anchor=ledger.head(connection))
            State.of(signed).remember(connection)
        anchors = [signed.anchor] if signed.anchor else []
        if check_desk(files.next_database, key, engine, ledger, anchors, protected=protected):
            raise UnsoundCopy
    finally:
        engine.dispose()
    sync(files.next_database)
    return signed


def _refuse_unlike(files: DeskFiles, key: DataKey, counts: dict[str, int]) -> None:
    """Return if each table of the copy has as many rows as it had in the desk."""
    with closing(connect(files.next_database, key, guarded=False)) as copy:
        if row_counts(copy) != counts:
            raise UnsoundCopy


def _empty_journal(connection: dbapi2.Connection) -> None:
    busy, _frames, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise UnsoundCopy


def _swap(files: DeskFiles) -> None:
    """The step with which the new key holds: a crash before it leaves the old one, a crash after it the new."""
    # empty since the checkpoint; left beside the new database they would be taken for its own
    remove(with_journals(files.database)[1:])
    files.next_database.replace(files.database)
    with suppress(OSError):
        platforms.sync_folder(files.folder)
