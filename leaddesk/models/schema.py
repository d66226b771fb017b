"""The shape of the database: bringing it up to date, and saying whether it is.

Alembic is imported where the shape changes: a desk of today's shape, which is nearly every one, opens without it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, String, column, inspect, select, table

_MIGRATIONS = Path(__file__).parent / "migrations"
#: Where Alembic keeps the revision that a database has.
_REVISION = "alembic_version"

SchemaState = Literal["empty", "old", "current", "newer"]


class BrokenMigrationError(RuntimeError):
    """A bug: a migration left rows that point nowhere, or was about to run where it would delete some."""


def migrate(engine: Engine, then: Callable[[Connection], None] | None = None) -> None:
    """Bring the tables to today's shape, all of it or nothing, in one transaction.

    Args:
        engine: one whose connections leave foreign keys off, since a batch migration drops tables, which would delete
            child rows by cascade, and whose transactions begin in the database before any table is changed.
        then: what is written with it, at the end of that transaction.

    Raises:
        BrokenMigrationError: foreign keys are on, or the result has rows that point nowhere; nothing was changed.
    """
    from alembic import command  # noqa: PLC0415 - heavy, and seldom needed
    from alembic.config import Config  # noqa: PLC0415

    with engine.begin() as connection:
        if connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one():
            raise BrokenMigrationError("foreign keys are on")
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise BrokenMigrationError("a migration left rows that point nowhere")
        if then is not None:
            then(connection)


def schema_state(database: Engine | Connection) -> SchemaState:
    """Whether the database has no tables of rows, old ones, today's, or a later LeadDesk's; changes nothing."""
    if isinstance(database, Engine):
        with database.connect() as connection:
            return schema_state(connection)
    has = None
    if inspect(database).has_table(_REVISION):
        has = database.execute(
            select(column("version_num", String)).select_from(table(_REVISION))
        ).scalar_one_or_none()
    if has is None:
        return "empty"
    known = revisions()
    if has == known[-1]:
        return "current"
    return "old" if has in known else "newer"


def revisions() -> tuple[str, ...]:
    """The revisions that this LeadDesk knows, the newest last: each migration's file begins with its own."""
    files = (_MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return tuple(sorted(file.name.partition("_")[0] for file in files))
