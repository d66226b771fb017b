"""What encryption costs: the same statements on the vault's connection and on plain sqlite3.

Both sides are asked through the driver itself, as SQLAlchemy would only add the same to both. The plain side has
every setting of the vault that sqlite3 knows, read back as the vault does; it has no key, no authorizer and no
locked memory.
"""

import hmac
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection

from benchmarks.frame import Conditions, Figure, Goal, Pair, seconds
from leaddesk.vault.connection import PATIENCE
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.keys import KdfSettings
from leaddesk.vault.ledger import JsonValue
from leaddesk.vault.opening import create_desk
from leaddesk.vault.protected import ROWS, check_rows

ENTRIES, MEETINGS = 20_000, 400
LEDGER_ENTRIES = 100_000
QUICK_ENTRIES = 400

#: How often a run does its reads, its commits and its openings, so that it is long enough to be timed.
READS, COMMITS, OPENINGS = 30, 40, 20
QUICK_TIMES = 2

_FLOOR = KdfSettings(time=3, memory=64 * 1024, parallelism=4)

_SETTINGS = {
    "temp_store": ("MEMORY", 2),
    "foreign_keys": (1, 1),
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "fullfsync": ("ON", 1),
    "secure_delete": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "busy_timeout": (PATIENCE, PATIENCE),
}

#: Either driver's connection: they have the same methods and no type in common.
Driver = Any


@contextmanager
def warm_reads(how: Conditions) -> Iterator[Pair]:
    """A meeting's entries and one row after another by number, again and again, in transactions of their own."""
    with _two_databases(how.quick) as (encrypted, plain):
        times = QUICK_TIMES if how.quick else READS
        yield Pair(
            work=lambda: seconds(lambda: _read(encrypted, times)),
            yardstick=lambda: seconds(lambda: _read(plain, times)),
        )


@contextmanager
def small_commits(how: Conditions) -> Iterator[Pair]:
    """One entry a transaction, each on disk before the next."""
    with _two_databases(how.quick) as (encrypted, plain):
        times = QUICK_TIMES if how.quick else COMMITS
        yield Pair(
            work=lambda: seconds(lambda: _commit(encrypted, times)),
            yardstick=lambda: seconds(lambda: _commit(plain, times)),
        )


@contextmanager
def cold_opening(how: Conditions) -> Iterator[Pair]:
    """A new connection with all settings, and the first row read over it; the passphrase's own work apart."""
    with _folder() as (desk, file):
        with closing(_encrypted(desk)) as encrypted, closing(_plain(file)) as plain:
            _fill(encrypted, how.quick)
            _fill(plain, how.quick)
        times = QUICK_TIMES if how.quick else OPENINGS

        def open_encrypted() -> None:
            for _ in range(times):
                with closing(_encrypted(desk)) as connection:
                    _first_row(connection)

        def open_plain() -> None:
            for _ in range(times):
                with closing(_plain(file)) as connection:
                    _first_row(connection)

        yield Pair(work=lambda: seconds(open_encrypted), yardstick=lambda: seconds(open_plain))


@contextmanager
def verifying(how: Conditions) -> Iterator[Pair]:
    """The chain of a long ledger and the hashes of rows in it, against hashing its entries bare."""
    with _folder() as (desk, _file), desk.engine.begin() as connection:
        for number in range(QUICK_ENTRIES if how.quick else LEDGER_ENTRIES):
            _append(desk, connection, number)
        rows = connection.exec_driver_sql("SELECT sequence, at, actor, action, objects, payload FROM ledger").all()
        messages = ["".join(map(str, row)).encode() for row in rows]

        def check() -> None:
            if desk.ledger.check(connection) or check_rows(connection, ()):
                raise RuntimeError("The ledger is not sound")

        def hash_bare() -> None:
            for message in messages:
                hmac.digest(b"k" * 32, message, "sha256")

        yield Pair(work=lambda: seconds(check), yardstick=lambda: seconds(hash_bare))


def _append(desk: OpenDesk, connection: Connection, number: int) -> None:
    """An entry of a meeting; each tenth holds the hash of a row."""
    payload: dict[str, JsonValue] = {"people": [f"a{one}" for one in range(1, 15)], "told": {"p1": ["identity"]}}
    desk.ledger.append(
        connection,
        at=datetime(2026, 5, 6, tzinfo=UTC) + timedelta(seconds=number),
        actor="a1",
        action="projected" if number % 10 else ROWS,
        objects={"meeting": "m1", "item": f"i{number}"},
        payload=payload if number % 10 else {"rows": {f"release:{number % 500}": f"{number:064x}"}},
    )


@contextmanager
def _folder() -> Iterator[tuple[OpenDesk, Path]]:
    """An open desk, and where the plain database goes beside it."""
    with (
        TemporaryDirectory() as folder,
        create_desk(Path(folder) / "desk", "four plain words here", kdf=_FLOOR) as desk,
    ):
        yield desk, Path(folder) / "plain.db"


@contextmanager
def _two_databases(quick: bool) -> Iterator[tuple[Driver, Driver]]:
    with _folder() as (desk, file), closing(_encrypted(desk)) as encrypted, closing(_plain(file)) as plain:
        _fill(encrypted, quick)
        _fill(plain, quick)
        yield encrypted, plain


def _encrypted(desk: OpenDesk) -> Driver:
    """A new connection of the desk's own making, taken out of its pool."""
    pooled = desk.engine.raw_connection()
    connection = pooled.driver_connection
    pooled.detach()
    return connection


def _plain(file: Path) -> Driver:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for name, (value, expected) in _SETTINGS.items():
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        if connection.execute(f"PRAGMA {name}").fetchone() != (expected,):
            raise RuntimeError(f"sqlite3 did not take {name}")
    return connection


def _fill(connection: Driver, quick: bool) -> None:
    random = Random(42)
    words = [
        "met",
        "with",
        "at",
        "the",
        "library",
        "and",
        "will",
        "call",
        "again",
        "before",
        "the",
        "next",
        "meeting",
        "about",
        "housing",
    ]
    rows = [
        (number, number % MEETINGS, " ".join(random.choices(words, k=20)))
        for number in range(QUICK_ENTRIES if quick else ENTRIES)
    ]
    with _transaction(connection):
        connection.execute(
            "CREATE TABLE sample (id INTEGER PRIMARY KEY, meeting INTEGER NOT NULL, words TEXT) STRICT"
        )
        connection.execute("CREATE INDEX sample_of_meeting ON sample (meeting)")
        connection.executemany("INSERT INTO sample VALUES (?, ?, ?)", rows)


@contextmanager
def _transaction(connection: Driver) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("COMMIT")


def _read(connection: Driver, times: int) -> None:
    for _ in range(times):
        with _transaction(connection):
            connection.execute("SELECT id, meeting, words FROM sample WHERE meeting = ? ORDER BY id", (7,)).fetchall()
            for number in range(60):
                connection.execute("SELECT id, meeting, words FROM sample WHERE id = ?", (number,)).fetchone()


def _commit(connection: Driver, times: int) -> None:
    for _ in range(times):
        with _transaction(connection):
            connection.execute("INSERT INTO sample (meeting, words) VALUES (7, 'Calls on Friday about the lease.')")


def _first_row(connection: Driver) -> None:
    connection.execute("SELECT id, meeting, words FROM sample WHERE id = 1").fetchone()


def _figure(name: str, work: str, limit: float, prepare: Callable[[Conditions], Any]) -> Figure:
    return Figure(
        name=f"cost of encryption: {name}",
        work=f"{work}, all of the vault's settings on",
        yardstick="the same on plain sqlite3",
        goal=Goal(limit),
        prepare=prepare,
    )


FIGURES = (
    _figure("warm reads", "a meeting's 50 entries and 60 single rows, 30 times", 1.3, warm_reads),
    _figure("small commits", "40 transactions of one row", 2, small_commits),
    _figure("cold opening", "20 connections, keyed and set up, one row read over each", 3.5, cold_opening),
    Figure(
        name="verifying the ledger",
        work="the chain of 100,000 entries, a tenth of them with hashes of rows",
        yardstick="hashing the same bytes",
        goal=Goal(5),
        prepare=verifying,
    ),
)
