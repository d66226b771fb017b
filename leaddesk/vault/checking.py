"""Checking a desk from its pages up: what `leaddesk verify` says is wrong, in plain sentences."""

import re
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InvalidRequestError

from leaddesk.vault.connection import connect
from leaddesk.vault.errors import DamagedDesk
from leaddesk.vault.keys import DataKey
from leaddesk.vault.ledger import KEEP_AND_RESTORE, Finding, Head, Ledger
from leaddesk.vault.ledger import SCHEMA as LEDGER_SCHEMA
from leaddesk.vault.protected import check_rows

_DATABASE = "desk.db"
_DAMAGED = "Make a copy of the whole folder, then restore the newest backup. Have the disk looked at."
_PAGE = re.compile(r"page \d+")


def check_desk(
    path: Path,
    key: DataKey,
    engine: Engine,
    ledger: Ledger,
    anchors: Iterable[Head],
    *,
    protected: Iterable[str] = (),
) -> list[Finding]:
    """What is wrong with an open desk's database, nothing if it is sound; damaged pages end the check.

    Args:
        path: the database file.
        key: the desk's data key.
        engine: the open desk's engine.
        ledger: the open desk's ledger.
        anchors: heads of the ledger that were kept elsewhere, each to be found in it.
        protected: tables whose rows have their hashes in the ledger.

    Raises:
        DiskRefused: the database could not be read to its end for another reason than damage.
    """
    looks: tuple[Callable[[Connection], list[Finding]], ...] = (
        _structure,
        _guards,
        lambda connection: ledger.check(connection, *anchors),
        partial(check_rows, names=protected),
    )
    damaged = _looked(partial(_pages, path, key))
    return damaged or [finding for look in looks for finding in _looked(partial(_in_transaction, engine, look))]


def _looked(look: Callable[[], list[Finding]]) -> list[Finding]:
    """What a look found; that it could not be brought to its end because of damage is a finding too."""
    try:
        return look()
    except DamagedDesk as error:
        return [Finding(error.happened, _DATABASE, _DAMAGED)]
    except (DBAPIError, InvalidRequestError, LookupError, RecursionError, TypeError, ValueError):
        # whoever has the key can write anything: what LeadDesk never writes is a finding, and not a bug
        return [Finding("A part of the database is not as LeadDesk writes it.", _DATABASE, KEEP_AND_RESTORE)]


def _in_transaction(engine: Engine, look: Callable[[Connection], list[Finding]]) -> list[Finding]:
    with engine.begin() as connection:
        return look(connection)


def _pages(path: Path, key: DataKey) -> list[Finding]:
    """Each page whose own MAC is wrong, after everything in the journal has been moved into the database."""
    with closing(connect(path, key, guarded=False)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        said = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    return [_damaged_page(sentence) for (sentence,) in said]


def _damaged_page(sentence: str) -> Finding:
    page = _PAGE.search(sentence)
    where = f"{_DATABASE}, {page.group()}" if page else _DATABASE
    return Finding(f"The database is damaged: {sentence}.", where, _DAMAGED)


def _guards(connection: Connection) -> list[Finding]:
    """The triggers that keep the ledger are there, and nothing else acts or stands in by itself."""
    found = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type IN ('trigger', 'view')").scalars()
    if set(found) == {statement for statement in LEDGER_SCHEMA if "TRIGGER" in statement}:
        return []
    what = "A guard of the ledger is missing, or something else acts by itself in the database."
    return [Finding(what, _DATABASE, KEEP_AND_RESTORE)]


def _structure(connection: Connection) -> list[Finding]:
    structure = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    tables = sorted({str(row[0]) for row in orphans})
    return [
        *(
            Finding(f"The database's structure is wrong: {sentence}.", _DATABASE, KEEP_AND_RESTORE)
            for sentence in structure
            if sentence != "ok"
        ),
        *(
            Finding(f"Rows of the table {table} refer to rows that are gone.", f"table {table}", KEEP_AND_RESTORE)
            for table in tables
        ),
    ]
