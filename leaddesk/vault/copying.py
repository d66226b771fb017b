"""An online copy of an encrypted database into another file, under the same key or a new one.

SQLite's backup takes every page as it was at one moment, while others may go on writing, and the copy is encrypted as
it is written: nothing is ever on disk in plain.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

from sqlcipher3 import dbapi2

from leaddesk import platforms
from leaddesk.vault.connection import begin_copy, connect, plainly
from leaddesk.vault.errors import DamagedDesk
from leaddesk.vault.files import create_empty, remove, with_journals
from leaddesk.vault.keys import DataKey

#: Called with pages done and pages in all; what it raises ends the copying.
Progress: TypeAlias = Callable[[int, int], None]

#: Pages between two reports of progress: 4 MiB.
_STEP = 1024


def copy_database(
    source: Path, key: DataKey, target: Path, target_key: DataKey, *, progress: Progress
) -> dict[str, int]:
    """Copy a desk's database into a new file under ``target_key``, as it is at this moment.

    Returns how many rows each table has at that moment.

    Raises:
        FileExistsError: the target is there already.
        KnownError: the source is damaged, or a disk refused.
        Exception: what ``progress`` raised; the target is gone then, as after every error.
    """
    create_empty(target)
    try:
        with closing(connect(source, key, guarded=False)) as reading, closing(begin_copy(target, target_key)) as copy:
            _refuse_damaged_pages(reading)
            # a reader's snapshot: without it the copy would begin again whenever somebody writes
            reading.execute("BEGIN")
            counts = row_counts(reading)
            reading.backup(copy, pages=_STEP, progress=_reported(progress))
            reading.execute("COMMIT")
    except BaseException as error:
        remove(with_journals(target))
        raise plainly(error) from error
    sync(target)
    return counts


def row_counts(connection: dbapi2.Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    # the names are the database's own, in double quotes as SQL writes them
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in tables
    }


def _refuse_damaged_pages(connection: dbapi2.Connection) -> None:
    """A backup would take a page whose MAC is wrong for an empty one, and say nothing."""
    # looked at twice: a page that another thread moves into the database meanwhile may be seen half-way
    if all(connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None for _ in range(2)):
        raise DamagedDesk("database", "The database desk.db is damaged.")


def sync(database: Path) -> None:
    """Return once a closed database is on the disk for good."""
    with database.open("rb+") as file:
        platforms.sync_file(file.fileno())


def _reported(progress: Progress) -> Callable[[int, int, int], None]:
    return lambda _status, left, whole: progress(whole - left, whole)
