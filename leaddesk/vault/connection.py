"""Keyed connections to the encrypted database, opened in one fixed order, each setting read back.

Everything that is special to SQLCipher is here: callers get a plain SQLAlchemy engine.
"""

import re
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlcipher3 import dbapi2

from leaddesk.vault.errors import DamagedDesk, DeskBusy, DeskLocked, DiskRefused
from leaddesk.vault.keys import DataKey

#: How long a transaction waits for another one to end, in milliseconds.
PATIENCE = 30_000

#: Few connections, so that waiting threads queue up in turn here and not by chance in the database.
_POOL_SIZE = 4

_RAW_KEY: Final = re.compile(r"[0-9a-f]{64}")
_TEMP_STORE_MEMORY = 2
_SYNCHRONOUS_FULL = 2

#: Settings that the opening order fixes: statements may read them, not change them.
_FIXED_SETTINGS = frozenset({
    "cell_size_check", "foreign_keys", "fullfsync", "journal_mode", "query_only", "secure_delete", "synchronous",
    "temp_store", "trusted_schema", "writable_schema",
})  # fmt: skip
_KEY_PRAGMAS = frozenset({"activate_extensions", "hexkey", "hexrekey", "key", "rekey", "textkey", "textrekey"})
_DENIED_FUNCTIONS = frozenset({"load_extension", "sqlcipher_export"})
#: A statement that is wrong in itself, on a table that is not there for example, or that is denied: a bug.
_WRONG_STATEMENT = frozenset({dbapi2.SQLITE_ERROR, dbapi2.SQLITE_AUTH})
_BUSY = frozenset({dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED})
#: Any statement that reads fixes what a transaction sees.
_LOOK = "SELECT 1 FROM sqlite_master"
_DENIED_ACTIONS = frozenset({dbapi2.SQLITE_ATTACH, dbapi2.SQLITE_DETACH})


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
    """Deny what could copy the database in plain, change its key or loosen its settings."""
    denied = action in _DENIED_ACTIONS
    if action == dbapi2.SQLITE_PRAGMA:
        name = (first or "").lower()
        denied = (
            name in _KEY_PRAGMAS or name.startswith("cipher_") or (name in _FIXED_SETTINGS and second is not None)
        )
    elif action == dbapi2.SQLITE_FUNCTION:
        denied = (second or "").lower() in _DENIED_FUNCTIONS
    return int(dbapi2.SQLITE_DENY if denied else dbapi2.SQLITE_OK)


def _set(connection: dbapi2.Connection, name: str, value: str | int, reads_back: str | int) -> None:
    connection.execute(f"PRAGMA {name} = {value}").fetchall()
    (now,) = connection.execute(f"PRAGMA {name}").fetchone()
    if now != reads_back:
        raise RuntimeError(f"The database did not take the setting {name}")


def _keyed(path: Path, key: DataKey) -> dbapi2.Connection:
    """A connection with its key, quiet and with no temporary files; nothing has been read yet."""
    raw = key.raw.hex()
    # any other shape would be taken for a passphrase, silently, and none at all makes a plaintext file
    if not _RAW_KEY.fullmatch(raw):
        raise RuntimeError("The data key has not the shape of a raw key")
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute(f"PRAGMA key = \"x'{raw}'\"").fetchall()
        _set(connection, "cipher_log_level", "NONE", "NONE")
        _set(connection, "cipher_memory_security", "ON", "1")
        # 1 would write plaintext to the system's temporary folder
        _set(connection, "temp_store", "MEMORY", _TEMP_STORE_MEMORY)
    except BaseException:
        connection.close()
        raise
    return connection


def create_database(path: Path, key: DataKey, statements: Iterable[tuple[str, tuple[Any, ...]]]) -> None:
    """Turn an empty file into an encrypted database by these statements, all of them or none."""
    with closing(_keyed(path, key)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        for statement, values in statements:
            connection.execute(statement, values)
        connection.execute("COMMIT")


def begin_copy(path: Path, key: DataKey) -> dbapi2.Connection:
    """A keyed connection to an empty file that is to become the copy of a database."""
    return _keyed(path, key)


def connect(
    path: Path,
    key: DataKey,
    *,
    foreign_keys: bool = True,
    guarded: bool = True,
    reading: bool = False,
    patience: int = PATIENCE,
) -> dbapi2.Connection:
    """A connection to a desk's database, ready for use.

    Args:
        path: the database file.
        key: the desk's data key.
        foreign_keys: off for migrations alone: a batch migration would delete child rows by cascade.
        guarded: off for checking pages, backup and rotation alone: lifts the authorizer.
        reading: on where nothing is to be written: the database refuses it.
        patience: milliseconds to wait for another transaction.

    Raises:
        DamagedDesk: the key is right by the header, and the database is not what it opens.
        DiskRefused: the system would not let it be read or written.
    """
    if not path.exists():
        raise DamagedDesk("database", "The database desk.db is missing.")
    connection = None
    try:
        connection = _keyed(path, key)
        _settle(connection, foreign_keys=foreign_keys, patience=patience)
        _set(connection, "query_only", int(reading), int(reading))
        if guarded:
            connection.set_authorizer(_authorize)
    except BaseException as error:
        if connection is not None:
            connection.close()
        raise plainly(error) from error
    return connection


def _settle(connection: dbapi2.Connection, *, foreign_keys: bool, patience: int) -> None:
    # a wrong key is silent until the first read; an emptied file reads as a database with no tables
    tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'vault_state'").fetchone()
    if tables != (1,):
        raise dbapi2.DatabaseError("not a desk")
    if connection.execute("PRAGMA cipher_status").fetchone() != ("1",):
        raise RuntimeError("The database is not encrypted")
    _set(connection, "foreign_keys", int(foreign_keys), int(foreign_keys))
    _set(connection, "journal_mode", "WAL", "wal")
    # NORMAL loses acknowledged commits on power loss; macOS needs fullfsync besides
    _set(connection, "synchronous", "FULL", _SYNCHRONOUS_FULL)
    _set(connection, "fullfsync", "ON", 1)
    _set(connection, "secure_delete", "ON", 1)
    _set(connection, "trusted_schema", "OFF", 0)
    _set(connection, "cell_size_check", "ON", 1)
    _set(connection, "busy_timeout", patience, patience)


def plainly(error: BaseException, *, reading: bool = False) -> BaseException:
    """What an error of the database means to the person at the desk; any other error, and any bug, as it is.

    Args:
        error: any.
        reading: whether nothing was to be written, so that a statement that writes is a bug.
    """
    # the low byte is the kind, the others say more of it
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _WRONG_STATEMENT or (reading and code == dbapi2.SQLITE_READONLY):
        return error
    if code in _BUSY:
        return DeskBusy()
    if isinstance(error, dbapi2.OperationalError):
        return DiskRefused()
    if type(error) is dbapi2.DatabaseError:  # its other kinds, such as a broken constraint, are bugs
        return DamagedDesk("database", "The database desk.db is damaged.")
    return error


def make_engine(path: Path, key: DataKey, *, foreign_keys: bool = True, patience: int = PATIENCE) -> Engine:
    """An engine on the desk's database; every transaction takes the write lock when it begins.

    A full, damaged or vanished disk is told as the `KnownError` that it is.

    It refuses with `DeskLocked` once the key is dropped: a transaction that waited for its turn meanwhile, too. A
    connection that was out then is closed on return.
    """
    engine = _engine(lambda: connect(path, key, foreign_keys=foreign_keys, patience=patience), key)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # the driver begins none by itself, or DDL would survive a rollback
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        if key.dropped:
            connection.exec_driver_sql("ROLLBACK")
            raise DeskLocked

    return engine


def make_reading_engine(path: Path, key: DataKey) -> Engine:
    """An engine whose transactions only read, hold nobody up and wait for nobody, with connections of its own.

    Each sees the desk as it was when it began, whatever is written meanwhile. A statement that writes is a bug, and
    changes nothing. It refuses with `DeskLocked` once the key is dropped, in the middle of a transaction too.
    """

    engine = _engine(lambda: connect(path, key, reading=True), key, reading=True)

    @event.listens_for(engine, "before_cursor_execute")
    def _refuse_when_locked(*_about: object) -> None:
        if key.dropped:
            raise DeskLocked

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql(_LOOK).close()

    return engine


def _engine(creator: Callable[[], dbapi2.Connection], key: DataKey, *, reading: bool = False) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=creator,
        # the default for this URL is one connection a thread, which crashes from about five threads on
        poolclass=QueuePool,
        pool_size=_POOL_SIZE,
        max_overflow=0,
        hide_parameters=True,
    )

    @event.listens_for(engine, "handle_error")
    def _tell_plainly(context: ExceptionContext) -> None:
        plain = plainly(context.original_exception, reading=reading)
        if plain is not context.original_exception:
            raise plain from context.original_exception

    @event.listens_for(engine, "checkin")
    def _close_after_lock(_connection: dbapi2.Connection | None, entry: ConnectionPoolEntry) -> None:
        if key.dropped:
            entry.invalidate()

    return engine
