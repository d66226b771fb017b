"""What was read of an open desk, kept until it is written over.

The desk is this process's alone and its transactions come one after the other, so what was read stays true until one
of them writes one of the tables it was read from. Every statement of a transaction is looked at before it is sent;
from then on nothing is kept that depends on that table, until a later transaction reads it again. A transaction that
is taken back has therefore left nothing, and one whose statement is not understood makes everything forgotten.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session, SessionTransaction

from leaddesk.models import Base
from leaddesk.services.batches import Parameters, Part, Values, read

T = TypeVar("T")
K = TypeVar("K")

_KEY = "leaddesk.memory"
_WRITES = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)
_READS = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)\b", re.IGNORECASE)
#: Tables that nothing is remembered of: rows are read through `Base`'s alone.
_OF_THE_VAULT = frozenset({"ledger", "vault_state"})


class Memory:
    """What was read of one desk, by transactions that it attends to; it ends with the desk's being locked."""

    def __init__(self) -> None:
        self._read: dict[Part, tuple[Parameters, tuple[Values, ...]]] = {}
        self._made: dict[object, tuple[object, Any]] = {}
        self._closed = False

    def attend(self, session: Session) -> None:
        """Lets a session read what is remembered, and forgets what it writes, until its transaction ends."""
        seen = _Attended(self)
        session.info[_KEY] = seen
        event.listen(session, "after_begin", seen.listen)

    def forget(self, tables: frozenset[str] | None = None) -> None:
        """Forgets what was read from these tables; everything, and what was made of it, if none are given."""
        for part in [part for part in self._read if tables is None or part.tables & tables]:
            del self._read[part]
        if tables is None:
            self._made.clear()

    def close(self) -> None:
        """Forgets everything and keeps nothing any more: the desk is locked."""
        self._closed = True
        self.forget()

    def values(
        self,
        connect: Callable[[], Connection],
        parts: Sequence[Part],
        parameters: Parameters,
        written: AbstractSet[str],
    ) -> dict[Part, tuple[Values, ...]]:
        """What each part asks for: what is remembered, and the rest read by one statement, for which it connects."""
        wanted = {part: {name: parameters[name] for name in part.parameters} for part in parts}
        unread = [part for part, by in wanted.items() if part not in self._read or self._read[part][0] != by]
        fresh = read(connect(), unread, parameters) if unread else {}
        known = {part: fresh[part] if part in fresh else self._read[part][1] for part in wanted}
        for part, values in fresh.items():
            if not (self._closed or part.tables & written):
                self._read[part] = (wanted[part], values)
        return known

    def made(self, key: object, of: object, make: Callable[[], T]) -> T:
        """What is made of something: as it was made before, if it was of the same."""
        before = self._made.get(key)
        if before is not None and before[0] == of:
            known: T = before[1]
            return known
        value = make()
        if not self._closed:
            self._made[key] = (of, value)
        return value


class _Attended:
    """One transaction, and which tables it has written so far."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.written: set[str] = set()

    def listen(self, _session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
        """Looks at every statement of a connection that the transaction begins on."""
        event.listen(connection, "before_cursor_execute", self.look)

    def look(
        self, _connection: Connection, _cursor: object, statement: str, _values: object, _context: object, _many: bool
    ) -> None:
        """Looks at a statement that is about to be sent."""
        if _READS.match(statement):
            return
        written = _WRITES.match(statement)
        table = "" if written is None else written.group(1)
        everything = Base.metadata.tables.keys()
        tables = frozenset({table} if table in everything else () if table in _OF_THE_VAULT else everything)
        if not tables <= self.written:
            self.written |= tables
            self.memory.forget(tables)


def values_of(session: Session, parts: Sequence[Part], parameters: Parameters) -> dict[Part, tuple[Values, ...]]:
    """What each part asks for, as a session has it now, out of the desk's memory where it knows."""
    session.flush()
    seen = _attended(session)
    return seen.memory.values(session.connection, parts, parameters, seen.written)


def made(session: Session, key: object, of: object, make: Callable[[], T]) -> T:
    """What is made of something, out of the desk's memory where that was made of the same."""
    return _attended(session).memory.made(key, of, make)


def each_made(session: Session, key: str, of: Mapping[K, object], make: Callable[[K], T]) -> dict[K, T]:
    """What is made of each of some things; only those are made anew that are not the same as before."""
    before: dict[K, tuple[object, T]] = made(session, key, None, dict)
    known = {
        one: before[one] if one in before and before[one][0] == what else (what, make(one))
        for one, what in of.items()
    }
    before.clear()
    before.update(known)
    return {one: value for one, (_, value) in known.items()}


def _attended(session: Session) -> _Attended:
    """The session's; one of no desk's remembers nothing beyond the question."""
    seen = session.info.get(_KEY)
    return seen if isinstance(seen, _Attended) else _Attended(Memory())
