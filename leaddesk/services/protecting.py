"""The hashes of the protected rows that a transaction wrote, for its ledger entry: no verb can forget them."""

from collections.abc import Iterable

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from leaddesk.models import Base, Protected, protected_tables
from leaddesk.vault.protected import row_hash, row_key


class UnseenChangeError(RuntimeError):
    """A bug: a statement would have changed protected rows without the session seeing which."""


class WrittenRows:
    """Keeps in mind which protected rows a session writes, from now on."""

    def __init__(self, rows: Session) -> None:
        self._rows = rows
        self._kept: dict[tuple[str, int], None] = {}
        self._deleted: dict[tuple[str, int], None] = {}
        event.listen(rows, "after_flush", self._after_flush)
        event.listen(rows, "do_orm_execute", _refuse_unseen_change)

    def hashes(self) -> dict[str, str | None]:
        """Each row that was written with its hash as it is now; ``None`` where it was deleted."""
        self._rows.flush()
        hashes: dict[str, str | None] = {}
        for name, row in self._kept | self._deleted:
            value = row_hash(self._rows.connection(), name, row)
            # a row that was added and taken back with its savepoint was never there
            if value is not None or (name, row) in self._deleted:
                hashes[row_key(name, row)] = value
        return hashes

    def _after_flush(self, rows: Session, _flushing: UOWTransaction) -> None:
        changed = [row for row in rows.dirty if rows.is_modified(row)]
        self._kept |= _keys([*rows.new, *changed])
        self._deleted |= _keys(rows.deleted)


def _keys(rows: Iterable[object]) -> dict[tuple[str, int], None]:
    return {(row.__tablename__, row.id): None for row in rows if isinstance(row, Base) and isinstance(row, Protected)}


def _refuse_unseen_change(asked: ORMExecuteState) -> None:
    if asked.is_insert or asked.is_update or asked.is_delete:
        name = getattr(getattr(asked.statement, "table", None), "name", None)
        if name is None or name in protected_tables():
            raise UnseenChangeError(f"rows of {name} are written one by one, as objects")
