"""The shape of the database: bringing it up to date, and saying whether it is."""

from collections.abc import Callable
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

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
    with engine.begin() as connection:
        if connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one():
            raise BrokenMigrationError("foreign keys are on")
        config = _config()
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
    has = MigrationContext.configure(database).get_current_revision()
    if has is None:
        return "empty"
    scripts = ScriptDirectory.from_config(_config())
    if has == scripts.get_current_head():
        return "current"
    known = {script.revision for script in scripts.walk_revisions()}
    return "old" if has in known else "newer"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "leaddesk.models:migrations")
    config.set_main_option("path_separator", "os")
    return config
