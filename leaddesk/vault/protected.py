"""Hashes of the rows that decide who may have what: an older page put back over a newer one shows in them alone.

Tables are passed by name, so that nothing here depends on today's rows: a hash is of the columns as they are stored.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, RowMapping, column, select, table, text

#: The ledger's action of the entries that hold row hashes.
ROWS = "rows"


def row_key(name: str, row: int) -> str:
    """A row as the ledger names it, such as ``release:12``."""
    return f"{name}:{row}"


def row_hash(connection: Connection, name: str, row: int) -> str | None:
    """The hash of a row as it is stored, hexadecimal; ``None`` where there is no such row."""
    stored = connection.execute(_all_columns(name).where(column("id") == row)).mappings().first()
    return None if stored is None else _hash(name, stored)


def table_hashes(connection: Connection, name: str) -> Iterator[tuple[str, str]]:
    """Each row of a table, in order, by its key with its hash; nothing where the database has no such table."""
    tables = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,))
    if tables.first() is not None:
        for stored in connection.execute(_all_columns(name).order_by(column("id"))).mappings():
            yield row_key(name, stored["id"]), _hash(name, stored)


def all_hashes(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """Every row of these tables by its key with its hash."""
    return {key: value for name in names for key, value in table_hashes(connection, name)}


def _all_columns(name: str) -> Any:
    return select(text("*")).select_from(table(name))


def _hash(name: str, stored: RowMapping) -> str:
    """SHA-256 of the canonical JSON of a table's name and a row's columns; no value reads like another type's."""
    values = {key: {"blob": value.hex()} if isinstance(value, bytes) else value for key, value in stored.items()}
    canonical = json.dumps([name, values], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
