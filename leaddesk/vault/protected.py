"""Hashes of the rows that decide who may have what: an older page put back over a newer one shows in them alone.

Tables are passed by name, so that nothing here depends on today's rows: a hash is of the columns as they are stored.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, column, select, table, text

from leaddesk.vault.ledger import KEEP_AND_RESTORE, Finding, instant

#: The ledger's action of the entries that hold row hashes.
ROWS = "rows"

_COMPARE = f"Do not rely on this row before it was compared with the paper. {KEEP_AND_RESTORE}"


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


@dataclass(frozen=True, slots=True)
class _Kept:
    """What an entry says of a row: its hash, ``None`` for deleted."""

    value: str | None
    sequence: int
    at: str


def check_rows(connection: Connection, names: Iterable[str]) -> list[Finding]:
    """The rows of these tables that are not as the ledger has them last, or that no entry knows."""
    names = frozenset(names)
    last, first = _kept(connection)
    stored = all_hashes(connection, names)
    findings = []
    for key in sorted({*stored, *(key for key in last if key.partition(":")[0] in names)}, key=_order):
        kept, value = last.get(key), stored.get(key)
        if kept is None:
            findings.append(_finding(key, "is in no entry of the ledger"))
        elif kept.value != value:
            findings.append(_finding(key, _how(kept, value, first.get((key, value))), kept))
    return findings


def _kept(connection: Connection) -> tuple[dict[str, _Kept], dict[tuple[str, str | None], int]]:
    """For each row what its last entry says, and for each of its states the first entry that says it."""
    last: dict[str, _Kept] = {}
    first: dict[tuple[str, str | None], int] = {}
    entries = connection.exec_driver_sql(
        "SELECT sequence, at, payload FROM ledger WHERE action = ? ORDER BY sequence", (ROWS,)
    )
    for sequence, at, payload in entries:
        for key, value in _rows_of(payload).items():
            last[key] = _Kept(value, sequence, at)
            first.setdefault((key, value), sequence)
    return last, first


def _rows_of(payload: str) -> dict[str, str | None]:
    """The hashes that an entry holds; none where it holds something else, which the chain's check names."""
    try:
        rows: dict[str, str | None] = json.loads(payload)["rows"]
        return dict(rows.items())
    except (ValueError, LookupError, TypeError, AttributeError):
        return {}


def _how(kept: _Kept, value: str | None, earlier: int | None) -> str:
    if kept.value is None:
        return f"is there again, though entry {kept.sequence} says that it was deleted"
    if value is None:
        return f"is gone, though entry {kept.sequence} has it"
    if earlier is not None:
        return f"was put back: it is as entry {earlier} has it, and not as entry {kept.sequence} has it"
    return f"is not as entry {kept.sequence} has it"


def _finding(key: str, how: str, kept: _Kept | None = None) -> Finding:
    name, _, row = key.partition(":")
    return Finding(
        f"Row {row} of the table {name} {how}.",
        f"table {name}, row {row}",
        _COMPARE,
        instant(kept.at) if kept else None,
        kept.sequence if kept else None,
    )


def _order(key: str) -> tuple[str, int, str]:
    name, _, row = key.partition(":")
    return name, len(row), row
