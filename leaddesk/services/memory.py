"""What was read of an open desk, kept until it is written over.

The desk is this process's alone and its transactions come one after the other, so what was read stays true until one
of them writes what it was read from. Every statement of a transaction is looked at before it is sent; from then on
nothing is kept that depends on that table, or on those of its columns that are written. What the transaction reads
anew itself is kept once it is committed. One that is taken back has therefore left nothing, and one whose statement
is not understood makes everything forgotten.

A transaction that only reads, beside whatever is being written, has a copy of its own that is true of what it sees.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, NamedTuple, TypeAlias, TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session, SessionTransaction

from leaddesk.models import Base
from leaddesk.services.batches import Parameters, Part, Values, read

T = TypeVar("T")
K = TypeVar("K")

_KEY = "leaddesk.memory"
_WRITES = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)
#: An update that sets columns to values and nothing else: other columns are as they were.
_SET = r'"?\w+"?\s*=\s*\?'
_SETS = re.compile(rf'\s*UPDATE\s+"?\w+"?\s+SET\s+({_SET}(?:\s*,\s*{_SET})*)\s+WHERE\b', re.IGNORECASE)
_COLUMN = re.compile(r"\w+")
_READS = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE|BEGIN|COMMIT)\b", re.IGNORECASE)
#: Tables that nothing is remembered of: rows are read through `Base`'s alone.
_OF_THE_VAULT = frozenset({"ledger", "vault_state"})

Read: TypeAlias = dict[Part, tuple[Parameters, tuple[Values, ...]]]


class Write(NamedTuple):
    """A table that is written, and which of its columns; ``None`` for whole rows."""

    table: str
    columns: frozenset[str] | None = None


def writes(statement: str) -> tuple[Write, ...]:
    """What a statement writes that anything may be remembered of: everything, where it is not understood."""
    if _READS.match(statement):
        return ()
    written = _WRITES.match(statement)
    table = "" if written is None else written.group(1)
    if table in _OF_THE_VAULT:
        return ()
    if table not in Base.metadata.tables:
        return tuple(map(Write, Base.metadata.tables))
    sets = _SETS.match(statement)
    return (Write(table, None if sets is None else frozenset(_COLUMN.findall(sets.group(1).lower()))),)


class Memory:
    """What was read of one desk, by transactions that it attends to; it ends with the desk's being locked."""

    def __init__(self) -> None:
        self._read: Read = {}
        self._made: dict[object, tuple[object, Any]] = {}
        self._closed = False
        self._keeping = Lock()
        self.state = object()
        #: Changes with each statement that writes, so that a transaction knows whether it was the last to write.
        self._writing = self.state

    def serve(self, session: Session) -> "_Attended":
        """Lets a session that only reads have what is remembered."""
        seen = session.info[_KEY] = _Attended(self)
        return seen

    def attend(self, session: Session) -> None:
        """Lets a session read what is remembered, and forgets what it writes, until its transaction ends."""
        seen = self.serve(session)
        event.listen(session, "after_begin", seen.listen)
        event.listen(session, "after_commit", seen.keep)

    def forget(self) -> None:
        """Forgets everything, and what was made of it."""
        with self._keeping:
            self._read.clear()
            self._made.clear()
            self._writing = self.state = object()

    def write(self, written: Write, state: object) -> None:
        """Forgets what depends on what is being written.

        Args:
            written: what.
            state: an object of its own for what the desk holds if the transaction is committed.
        """
        with self._keeping:
            _forget(self._read, written)
            self._writing = state

    def beside(self, begin: Callable[[], object]) -> "Memory":
        """A copy of its own for a transaction that only reads, true of the desk as that sees it.

        Args:
            begin: begins the transaction, anew if it is asked again: what is written in between may be in one of
                copy and transaction alone.
        """
        while True:
            with self._keeping:
                copy = Memory()
                copy._read, copy._made = dict(self._read), dict(self._made)
                copy._writing = self._writing
                if self.state is self._writing:
                    # Nothing is being written: what the transaction sees is what the desk holds.
                    copy.state = self.state
            begin()
            if self._writing is copy._writing:
                return copy

    def take_in(self, copy: "Memory") -> None:
        """Takes in what a transaction beside has read and made, where nothing was written since it began."""
        with self._keeping:
            if copy.state is self.state is self._writing and not self._closed:
                self._read = copy._read | self._read  # noqa: SLF001 - its own class
                self._made = copy._made | self._made  # noqa: SLF001

    def close(self) -> None:
        """Forgets everything and keeps nothing any more: the desk is locked."""
        self._closed = True
        self.forget()

    def keep(self, read: Read, state: object) -> None:
        """Takes in what a transaction that wrote has read anew, now that it is committed.

        On another thread the next may have begun to write already: then nothing of it is certain any more.
        """
        with self._keeping:
            last = self._writing is state
            self.state = state if last else object()
            if last and not self._closed:
                self._read.update(read)

    def values(
        self,
        connect: Callable[[], Connection],
        parts: Sequence[Part],
        parameters: Parameters,
        seen: "_Attended",
    ) -> dict[Part, tuple[Values, ...]]:
        """What each part asks for: what is remembered, and the rest read by one statement, for which it connects."""
        wanted = {part: {name: parameters[name] for name in part.parameters} for part in parts}
        known: dict[Part, tuple[Values, ...]] = {}
        for part, by in wanted.items():
            # What this transaction has written was forgotten, so that neither holds anything that is no longer true.
            before = seen.read.get(part) or self._read.get(part)
            if before is not None and before[0] == by:
                known[part] = before[1]
        unread = [part for part in wanted if part not in known]
        fresh = read(connect(), unread, parameters) if unread else {}
        for part, values in fresh.items():
            if seen.has_written(part):
                seen.read[part] = (wanted[part], values)
            elif not self._closed:
                self._read[part] = (wanted[part], values)
        return known | fresh

    def made(self, key: object, of: object, make: Callable[[], T]) -> T:
        """What is made of something: as it was made before, if it was of the same."""
        before = self._made.get(key)
        if before is not None and before[0] == of:
            known: T = before[1]
            return known
        value = make()
        self.keep_made(key, of, value)
        return value

    def made_before(self, key: object, otherwise: T) -> T:
        """What was made under a key, whatever of."""
        before = self._made.get(key)
        if before is None:
            return otherwise
        known: T = before[1]
        return known

    def keep_made(self, key: object, of: object, value: object) -> None:
        """Keeps what was made of something."""
        if not self._closed:
            self._made[key] = (of, value)


class _Attended:
    """One transaction: what it has written so far, and what it has read of that since.

    Attributes:
        read: kept for as long as nothing of it is written again, and beyond the transaction if that is committed.
    """

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.read: Read = {}
        self._written: set[Write] = set()
        self._state: object | None = None

    @property
    def state(self) -> object:
        """The same object for as long as nothing that may be remembered is written, here or elsewhere."""
        return self._state or self.memory.state

    def has_written(self, part: Part) -> bool:
        """Whether rows of a part may not be as they were before this transaction."""
        return any(part.depends_on(*written) for written in self._written)

    def listen(self, _session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
        """Looks at every statement of a connection that the transaction begins on."""
        event.listen(connection, "before_cursor_execute", self.look)

    def look(
        self, _connection: Connection, _cursor: object, statement: str, _values: object, _context: object, _many: bool
    ) -> None:
        """Looks at a statement that is about to be sent."""
        for written in writes(statement):
            self._state = object()
            self._written.add(written)
            _forget(self.read, written)
            self.memory.write(written, self._state)

    def keep(self, _session: Session) -> None:
        """The transaction is committed: what it read of what it has written is true from now on."""
        if self._state is not None:
            self.memory.keep(self.read, self._state)


def _forget(read: Read, written: Write) -> None:
    for part in [part for part in read if part.depends_on(*written)]:
        del read[part]


def values_of(session: Session, parts: Sequence[Part], parameters: Parameters) -> dict[Part, tuple[Values, ...]]:
    """What each part asks for, as a session has it now, out of the desk's memory where it knows."""
    session.flush()
    seen = _attended(session)
    return seen.memory.values(session.connection, parts, parameters, seen)


def state_of(session: Session) -> object:
    """The same object for as long as nothing that may be remembered of the desk is written."""
    session.flush()
    return _attended(session).state


def made(session: Session, key: object, of: object, make: Callable[[], T]) -> T:
    """What is made of something, out of the desk's memory where that was made of the same."""
    return _attended(session).memory.made(key, of, make)


def each_made(session: Session, key: str, of: Mapping[K, object], make: Callable[[K], T]) -> dict[K, T]:
    """What is made of each of some things; only those are made anew that are not the same as before."""
    memory = _attended(session).memory
    before: Mapping[K, tuple[object, T]] = memory.made_before(key, {})
    known = {
        one: before[one] if one in before and before[one][0] == what else (what, make(one))
        for one, what in of.items()
    }
    memory.keep_made(key, None, known)
    return {one: value for one, (_, value) in known.items()}


def _attended(session: Session) -> _Attended:
    """The session's; one of no desk's remembers nothing beyond the question."""
    seen = session.info.get(_KEY)
    return seen if isinstance(seen, _Attended) else _Attended(Memory())
