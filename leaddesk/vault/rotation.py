"""A new data key: the desk is copied under it, checked, and takes the old one's place in one step.

Removing a user or a paper key needs it, since an old copy of the key file still opens the old key.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Engine
from sqlcipher3 import dbapi2

from leaddesk import platforms
from leaddesk.errors import KnownError
from leaddesk.vault import header as key_file
from leaddesk.vault.checking import check_desk
from leaddesk.vault.connection import connect, make_engine, plainly
from leaddesk.vault.copying import Progress, copy_database, sync
from leaddesk.vault.files import DeskFiles, remove, with_journals
from leaddesk.vault.header import Header
from leaddesk.vault.keys import DataKey, Slot, seal_to_slot
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


@dataclass(frozen=True)
class Rotated:
    """The header, the key and the engine of a desk under its new key."""

    header: Header
    key: DataKey
    engine: Engine


def rotate(
    files: DeskFiles,
    header: Header,
    key: DataKey,
    ledger: Ledger,
    *,
    write: Callable[[Connection], None],
    without: frozenset[int],
    with_slot: Callable[[DataKey], Slot] | None,
    progress: Progress | None,
) -> Rotated:
    """As `leaddesk.vault.desk.OpenDesk.rotate`; the old key is dropped when this returns.

    The old key goes before the write lock is let go: a transaction that waited for it must not commit to a database
    that is about to be replaced. Should the disk refuse after that, the desk is locked, and opens as it was.
    """
    fresh_key = DataKey.fresh()
    try:
        with closing(connect(files.database, key, guarded=False)) as holding:
            holding.execute("BEGIN IMMEDIATE")
            copy_database(files.database, key, files.next_database, fresh_key, progress=progress)
            sealed = _sealed(header, fresh_key, without, with_slot)
            fresh = _fill(files, fresh_key, sealed, ledger, write)
            key_file.write_next(files, fresh)
            key.drop()
            holding.execute("COMMIT")
            _empty_journal(holding)
        _swap(files)
    except BaseException as error:
        fresh_key.drop()
        if files.next_database.exists():
            remove(files.leftovers)
        raise plainly(error) from error
    key_file.promote(files)
    return Rotated(fresh, fresh_key, make_engine(files.database, fresh_key))


def _sealed(
    header: Header, key: DataKey, without: frozenset[int], with_slot: Callable[[DataKey], Slot] | None
) -> Header:
    """The header with the new key in every slot that stays."""
    staying = (slot for slot in header.slots if slot.number not in without)
    sealed = replace(header, slots=tuple(seal_to_slot(slot, key, desk=header.desk) for slot in staying))
    return sealed if with_slot is None else sealed.with_slot(with_slot(key))


def _fill(
    files: DeskFiles, key: DataKey, header: Header, ledger: Ledger, write: Callable[[Connection], None]
) -> Header:
    """Write what changes into the copy, check all of it, close it; returns the signed header it belongs to."""
    engine = make_engine(files.next_database, key)
    try:
        with engine.begin() as connection:
            write(connection)
            fresh = header.next(key, anchor=ledger.head(connection))
            State.of(fresh).remember(connection)
        if check_desk(files.next_database, key, engine, ledger, [fresh.anchor] if fresh.anchor else []):
            raise UnsoundCopy
    finally:
        engine.dispose()
    sync(files.next_database)
    return fresh


def _empty_journal(connection: dbapi2.Connection) -> None:
    busy, _frames, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise UnsoundCopy


def _swap(files: DeskFiles) -> None:
    """The step with which the new key holds: a crash before it leaves the old one, a crash after it the new."""
    # empty since the checkpoint; left beside the new database they would be taken for its own
    remove(with_journals(files.database)[1:])
    files.next_database.replace(files.database)
    platforms.sync_folder(files.folder)
