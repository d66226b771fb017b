"""Making, opening, checking and locking a desk."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from typing_extensions import override

from leaddesk import platforms
from leaddesk.errors import KnownError
from leaddesk.vault import files as disk
from leaddesk.vault import header as key_file
from leaddesk.vault.checking import check_desk
from leaddesk.vault.connection import create_database, make_engine, plainly
from leaddesk.vault.errors import DeskLocked, HeaderMismatch, WrongPassphrase
from leaddesk.vault.files import DeskFiles
from leaddesk.vault.header import Header
from leaddesk.vault.keys import DEFAULT, DataKey, KdfSettings, SlotKind, make_slot, open_slot
from leaddesk.vault.ledger import SCHEMA as LEDGER_SCHEMA
from leaddesk.vault.ledger import Finding, Head, Ledger

#: What the database remembers of the key file, so that an old one beside it is noticed.
_STATE_SCHEMA = """CREATE TABLE vault_state (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL,
    header_mac BLOB NOT NULL
) STRICT"""

#: How long locking waits for a transaction that is still being written, in milliseconds.
_LOCKING_PATIENCE = 200


class OpenDesk:
    """A desk whose key is in memory; a context manager that locks it.

    Attributes:
        folder: where it is, resolved.
        desk_id: its random number, 32 hex digits.
        slot: the number of the slot that opened it.
        engine: plain SQLAlchemy; each transaction holds the write lock from its beginning.
    """

    def __init__(self, files: DeskFiles, header: Header, key: DataKey, *, slot: int, held: int) -> None:
        self.folder = files.folder
        self.desk_id = header.desk
        self.slot = slot
        self.engine: Engine = make_engine(files.database, key)
        self._files = files
        self._header = header
        self._key = key
        self._ledger: Ledger | None = Ledger(key.subkey("ledger"))
        self._held = held

    @override
    def __repr__(self) -> str:
        return f"OpenDesk(slot={self.slot}, {'locked' if self.locked else 'open'})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.lock()

    @property
    def locked(self) -> bool:
        """Whether the key is gone."""
        return self._key.dropped

    @property
    def ledger(self) -> Ledger:
        """The desk's ledger.

        Raises:
            DeskLocked: the desk was locked.
        """
        if self._ledger is None:
            raise DeskLocked
        return self._ledger

    @contextmanager
    def migrating(self) -> Iterator[Engine]:
        """An engine for schema migrations alone, with foreign keys off.

        With them on, a batch migration deletes child rows by cascade.
        """
        engine = make_engine(self._files.database, self._key, foreign_keys=False)
        try:
            yield engine
        finally:
            engine.dispose()

    def check(self, *anchors: Head) -> list[Finding]:
        """What is wrong with the desk: pages, structure, foreign keys, the ledger's chain, the key file's anchor.

        Args:
            *anchors: heads of the ledger that were kept outside the desk, each to be found in it.
        """
        own = [self._header.anchor] if self._header.anchor else []
        return check_desk(self._files.database, self._key, self.engine, self.ledger, [*own, *anchors])

    def opens(self, passphrase: str) -> bool:
        """Whether this passphrase opens the slot that opened the desk; the desk stays as it is."""
        if self.locked:
            return False
        slot = next(slot for slot in self._header.slots if slot.number == self.slot)
        key = open_slot(slot, passphrase, desk=self.desk_id)
        if key is None:
            return False
        key.drop()
        return True

    def lock(self) -> None:
        """Close the database, forget the key and let the desk go; doing it twice changes nothing.

        The ledger's head is anchored in the key file first, unless a transaction is still being written: locking
        does not wait for it. A connection still in use is closed when it is given back.
        """
        if self.locked:
            return
        try:
            self._anchor_ledger()
        finally:
            self._ledger = None
            self._key.drop()
            self.engine.dispose()
            platforms.release_folder(self._held)

    def _anchor_ledger(self) -> None:
        engine = make_engine(self._files.database, self._key, patience=_LOCKING_PATIENCE)
        try:
            with engine.begin() as connection:
                head = self.ledger.head(connection)
                if head != self._header.anchor:
                    fresh = self._header.next(self._key, anchor=head)
                    key_file.save(self._files, fresh)
                    _remember(connection, fresh)
        except (DBAPIError, KnownError, OSError):
            # busy, full or damaged: locking comes first, and the next opening says what is wrong
            return
        finally:
            engine.dispose()


def _remember(connection: Connection, header: Header) -> None:
    connection.exec_driver_sql(
        "UPDATE vault_state SET generation = ?, header_mac = ?", (header.generation, header.mac)
    )


def create_desk(folder: Path, passphrase: str, *, kdf: KdfSettings = DEFAULT) -> OpenDesk:
    """A new desk in an empty or missing folder, open, with one slot for this passphrase.

    Raises:
        DeskExists: the folder holds a desk or parts of one.
        UnsafeFolder: it holds other things, is synchronized, or is on a network disk.
        AlreadyOpen: another program is making a desk there.
    """
    platforms.harden_process()
    files = DeskFiles(folder.resolve())
    disk.refuse_unsafe_place(files.folder)
    disk.refuse_occupied(files)
    files.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = disk.hold_folder(files.folder)
    try:
        disk.refuse_occupied(files)  # again, now that nobody else can be making one here
        key, header = _make_files(files, passphrase, kdf)
        return OpenDesk(files, header, key, slot=1, held=held)
    except BaseException:
        platforms.release_folder(held)
        raise


def _make_files(files: DeskFiles, passphrase: str, kdf: KdfSettings) -> tuple[DataKey, Header]:
    key, desk = DataKey.fresh(), secrets.token_hex(16)
    slot = make_slot(key, passphrase, desk=desk, number=1, kind=SlotKind.USER, kdf=kdf)
    header = Header(desk=desk, generation=1, slots=(slot,)).signed(key)
    state = ("INSERT INTO vault_state VALUES (1, ?, ?)", (header.generation, header.mac))
    try:
        disk.create_empty(files.database)
        create_database(
            files.database, key, [*((statement, ()) for statement in (_STATE_SCHEMA, *LEDGER_SCHEMA)), state]
        )
        key_file.save(files, header)  # last: a folder with a key file holds a whole desk
        disk.make_private(files)
    except BaseException:
        for file in files.all:
            file.unlink(missing_ok=True)
        raise
    return key, header


def open_desk(folder: Path, passphrase: str, *, check_schema: Callable[[Connection], None] | None = None) -> OpenDesk:
    """The desk in a folder, opened by any user's passphrase.

    The database is not touched before the passphrase has opened a slot and the key file has proved to be genuine.

    Args:
        folder: the desk's folder.
        passphrase: as typed.
        check_schema: asked before anything else happens in the database; it may refuse with `NewerDesk`.

    Raises:
        NoDesk: the folder holds none.
        UnsafeFolder: it is synchronized or on a network disk.
        AlreadyOpen: another window or program has it open.
        WrongPassphrase: no slot opens.
        DamagedDesk: key file or database is damaged.
        HeaderMismatch: one of them is older than the other.
        NewerDesk: a later LeadDesk wrote one of them.
        DiskRefused: the system would not let the database be opened.
    """
    platforms.harden_process()
    files = DeskFiles(folder.resolve())
    disk.refuse_unsafe_place(files.folder)
    held = disk.hold(files)
    try:
        header = key_file.load(files)
        slot, key = _unlock(header, passphrase)
        header.check(key)
        desk = OpenDesk(files, header, key, slot=slot, held=held)
        try:
            _compare(desk, header, check_schema)
        except BaseException:
            desk.engine.dispose()
            raise
        key_file.copy_to_previous(files)
        disk.make_private(files)
    except BaseException:
        platforms.release_folder(held)
        raise
    return desk


def _unlock(header: Header, passphrase: str) -> tuple[int, DataKey]:
    for slot in header.slots:
        if slot.kind is SlotKind.USER and (key := open_slot(slot, passphrase, desk=header.desk)):
            return slot.number, key
    raise WrongPassphrase


def _compare(desk: OpenDesk, header: Header, check_schema: Callable[[Connection], None] | None) -> None:
    """Return if key file and database belong together; a database one rewriting behind is brought up to date.

    One behind is what a crash leaves between the two writes, and only a holder of the key could have signed the later
    key file.
    """
    try:
        with desk.engine.begin() as connection:
            generation, mac = connection.exec_driver_sql("SELECT generation, header_mac FROM vault_state").one()
            rolled_back = header.anchor and not desk.ledger.holds(connection, header.anchor)
    except DBAPIError as error:
        raise plainly(error.orig or error) from error
    behind = generation + 1 == header.generation
    if (generation, mac) != (header.generation, header.mac) and not behind:
        raise HeaderMismatch("header" if generation >= header.generation else "database")
    if rolled_back:
        raise HeaderMismatch("database")
    with desk.engine.begin() as connection:
        if check_schema:
            check_schema(connection)
        if behind:
            _remember(connection, header)
