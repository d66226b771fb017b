"""A desk that an earlier LeadDesk wrote, brought up to date: checked, backed up, changed, its rows hashed anew."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from leaddesk.errors import KnownError
from leaddesk.models.schema import migrate, schema_state
from leaddesk.services.backups import BY_ITSELF, back_up_before_migration
from leaddesk.services.verifying import hash_all_rows, rows_changed
from leaddesk.vault.desk import OpenDesk


class ChangedRows(KnownError):
    """Rows are not as the ledger has them, and new hashes would hide that for good."""

    def __init__(self) -> None:
        super().__init__(
            "This desk must be brought up to date, and some of its rows are not as its ledger has them.",
            kept="Nothing was changed.",
            todo="Run `leaddesk verify`: it names the rows. Restore a backup that is sound.",
        )


def bring_up_to_date(opened: OpenDesk, clock: Callable[[], datetime]) -> None:
    """Brings a desk's tables to today's shape, after a verified backup.

    Raises:
        ChangedRows: protected rows are not as the ledger has them.
        KnownError: the backup could not be made; nothing was changed.
    """
    if schema_state(opened.engine) == "old":
        with opened.engine.begin() as connection:
            if rows_changed(connection, opened.ledger):
                raise ChangedRows
        back_up_before_migration(opened, clock())
        with opened.migrating() as engine:
            migrate(engine, lambda connection: _note(opened, connection, clock()))


def _note(opened: OpenDesk, connection: Connection, at: datetime) -> None:
    """The entry of the migration, and the hashes that its rows have from now on, in its own transaction."""
    opened.ledger.append(connection, at=at, actor=BY_ITSELF, action="migrated", objects={}, payload={})
    hash_all_rows(connection, opened.ledger, at=at, actor=BY_ITSELF)
