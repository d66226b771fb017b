"""Checking a desk from its pages up: what `leaddesk verify` says is wrong, in plain sentences."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from leaddesk.vault.connection import connect
from leaddesk.vault.keys import DataKey
from leaddesk.vault.ledger import Finding, Head, Ledger


def check_desk(path: Path, key: DataKey, engine: Engine, ledger: Ledger, anchors: Iterable[Head]) -> list[Finding]:
    """What is wrong with an open desk's database, nothing if it is sound; damaged pages end the check.

    Args:
        path: the database file.
        key: the desk's data key.
        engine: the open desk's engine.
        ledger: the open desk's ledger.
        anchors: heads of the ledger that were kept elsewhere, each to be found in it.
    """
    return _pages(path, key) or [*_structure(engine), *_chain(engine, ledger, anchors)]


def _pages(path: Path, key: DataKey) -> list[Finding]:
    """Each page whose own MAC is wrong, after everything in the journal has been moved into the database."""
    with closing(connect(path, key, guarded=False)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        said = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    return [Finding(f"The database is damaged: {sentence}.") for (sentence,) in said]


def _structure(engine: Engine) -> list[Finding]:
    with engine.begin() as connection:
        structure = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    tables = sorted({str(row[0]) for row in orphans})
    return [
        *(Finding(f"The database's structure is wrong: {sentence}.") for sentence in structure if sentence != "ok"),
        *(Finding(f"Rows of the table {table} refer to rows that are gone.") for table in tables),
    ]


def _chain(engine: Engine, ledger: Ledger, anchors: Iterable[Head]) -> list[Finding]:
    with engine.begin() as connection:
        return ledger.check(connection, *anchors)
