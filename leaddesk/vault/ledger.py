"""The ledger: what was done and shown, in rows that only grow, each bound to the one before by a MAC.

Payloads hold ids, classes and counts, never names or text. It serves the accounting of disclosures of 45 CFR 164.528
and 42 CFR 2.24, among others.
"""

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any, Self, TypeAlias

from sqlalchemy import ColumnElement, Connection, column, func, or_, select, table
from typing_extensions import override

JsonValue: TypeAlias = str | int | float | bool | Sequence["JsonValue"] | Mapping[str, "JsonValue"] | None

#: The previous MAC of the first entry.
_NO_MAC = bytes(32)

#: The ledger's table. The triggers stop mistakes; the chain of MACs finds intent.
SCHEMA: tuple[str, ...] = (
    """CREATE TABLE ledger (
        sequence INTEGER NOT NULL PRIMARY KEY,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        objects TEXT NOT NULL,
        payload TEXT NOT NULL,
        previous_mac BLOB NOT NULL,
        mac BLOB NOT NULL
    ) STRICT""",
    """CREATE TRIGGER ledger_keeps_entries BEFORE UPDATE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    """CREATE TRIGGER ledger_loses_nothing BEFORE DELETE ON ledger
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
    # INSERT OR REPLACE deletes without the trigger above
    """CREATE TRIGGER ledger_grows_at_its_end BEFORE INSERT ON ledger
        WHEN EXISTS (SELECT 1 FROM ledger WHERE sequence >= NEW.sequence)
        BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END""",
)

_LEDGER = table("ledger", *map(column, ("sequence", "at", "actor", "action", "objects", "payload", "mac")))
_ENTRIES = select(_LEDGER)
_IN = _LEDGER.c

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


#: An entry as the table holds it, without its own MAC: sequence, at, actor, action, objects, payload, previous MAC.
_Row: TypeAlias = tuple[int, str, str, str, str, str, bytes]


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry's number and its MAC in hex: an anchor when kept outside, written ``SEQ:MAC``."""

    sequence: int
    mac: str

    @override
    def __str__(self) -> str:
        return f"{self.sequence}:{self.mac}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The head that ``SEQ:MAC`` says.

        Raises:
            ValueError: it says none.
        """
        sequence, _, mac = text.strip().partition(":")
        digits = bytes.fromhex(mac)
        if len(digits) != len(_NO_MAC):
            raise ValueError("An anchor is a number, a colon and 64 hex digits")
        # as it is written, whatever spaces and breaks came along from a page
        return cls(int(sequence), digits.hex())


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One thing that was done or shown; ``at`` is aware and in UTC."""

    sequence: int
    at: datetime
    actor: str
    action: str
    objects: Mapping[str, Any]
    payload: Mapping[str, Any]
    mac: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries to read: those that meet every condition that is set.

    Attributes:
        actions: of these actions alone.
        without: not of these.
        person: done by this id or speaking of it, attendee or participant.
        since: not before this instant.
        until: before this instant.
    """

    actions: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found wrong, in plain sentences without names.

    Attributes:
        what: what is wrong.
        where: the file, table or entry.
        todo: what to do about it.
        since: the last moment at which it is known to have been right, aware; ``None`` where nothing tells.
        sequence: the ledger entry it is about, if it is about one.
    """

    what: str
    where: str
    todo: str
    since: datetime | None = None
    sequence: int | None = None

    @property
    def facts(self) -> dict[str, str | None]:
        """What, where, since when (in UTC, ISO 8601) and what to do, for JSON and for a line."""
        since = None if self.since is None else self.since.astimezone(UTC).isoformat(timespec="seconds")
        return {"what": self.what, "where": self.where, "since": since, "todo": self.todo}


#: What to do about everything that only somebody with the key, or with an old copy of the files, can have done.
KEEP_AND_RESTORE = (
    "Keep a copy of the whole folder as it is, tell whoever answers for privacy, and restore the newest backup that"
    " is sound and holds the anchor."
)


def _utc_text(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("A ledger entry needs an aware time")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class Ledger:
    """The ledger of an open desk. Every method works in the transaction of the connection it is given."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def append(
        self,
        connection: Connection,
        *,
        at: datetime,
        actor: str,
        action: str,
        objects: Mapping[str, JsonValue],
        payload: Mapping[str, JsonValue],
    ) -> Head:
        """Write one entry at the end and return the new head; the time never goes back (see `now`)."""
        last = self._last(connection)
        sequence, previous = (last[0] + 1, last[2]) if last else (1, _NO_MAC)
        when = _latest(at, last)
        row: _Row = (sequence, when, actor, action, _encode(objects), _encode(payload), previous)
        mac = self._mac(row)
        connection.exec_driver_sql("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, mac))
        return Head(sequence, mac.hex())

    def now(self, connection: Connection, at: datetime) -> datetime:
        """``at``, or the time of the last entry if that is later: a clock set back revives nothing expired.

        Raises:
            ValueError: ``at`` is naive.
        """
        return datetime.fromisoformat(_latest(at, self._last(connection)))

    def head(self, connection: Connection) -> Head | None:
        """The last entry's number and MAC; ``None`` while the ledger is empty."""
        last = self._last(connection)
        return Head(last[0], last[2].hex()) if last else None

    def holds(self, connection: Connection, anchor: Head) -> bool:
        """Whether the entry that an anchor names is here, with that MAC."""
        row = connection.exec_driver_sql("SELECT mac FROM ledger WHERE sequence = ?", (anchor.sequence,)).first()
        return row is not None and row[0].hex() == anchor.mac

    def entries(self, connection: Connection, *, after: int = 0, action: str | None = None) -> Iterator[LedgerEntry]:
        """The entries in order, from the one behind number ``after`` on, of one action or of all."""
        wanted = Wanted(actions=None if action is None else (action,))
        asked = _ENTRIES.where(_IN.sequence > after, *_conditions(wanted)).order_by(_IN.sequence)
        yield from map(_entry, connection.execute(asked))

    def newest(
        self, connection: Connection, wanted: Wanted, *, before: int | None = None, limit: int | None
    ) -> tuple[LedgerEntry, ...]:
        """At most ``limit`` of the wanted entries, newest first, from the one before number ``before`` on."""
        further = [] if before is None else [_IN.sequence < before]
        asked = _ENTRIES.where(*_conditions(wanted), *further).order_by(_IN.sequence.desc()).limit(limit)
        return tuple(map(_entry, connection.execute(asked)))

    def count(self, connection: Connection, wanted: Wanted) -> int:
        """How many entries are wanted."""
        asked = select(func.count()).select_from(_LEDGER).where(*_conditions(wanted))
        return connection.execute(asked).scalar_one()

    def check(self, connection: Connection, *anchors: Head) -> list[Finding]:
        """What is wrong with the chain: entries edited, deleted, inserted or swapped; nothing, if it is sound.

        A cut-off end shows only against an anchor, a head that was kept outside the database.
        """
        findings: list[Finding] = []
        expected, previous, sound_at = 1, _NO_MAC, ""
        rows = connection.exec_driver_sql(
            "SELECT sequence, at, actor, action, objects, payload, previous_mac, mac FROM ledger ORDER BY sequence"
        )
        for stored in rows:
            row, mac = stored[:7], stored[7]
            sequence, at = row[:2]
            if sequence > expected:
                findings.append(_missing(expected, sequence - 1, sound_at))
            elif row[6] != previous:
                findings.append(_wrong(sequence, "does not follow the entry before it", sound_at))
            if mac == self._mac(row):
                sound_at = at
            else:
                findings.append(_wrong(sequence, "was changed or not written by this desk", sound_at))
            expected, previous = sequence + 1, mac
        return [*findings, *self._check_anchors(connection, anchors, expected, sound_at)]

    def _check_anchors(
        self, connection: Connection, anchors: Iterable[Head], end: int, last_at: str
    ) -> Iterator[Finding]:
        """Whoever holds the key could make a whole chain anew: up to an anchor that is held, nobody has."""
        held_at = ""
        for anchor in sorted(set(anchors), key=lambda one: (one.sequence, one.mac)):
            if anchor.sequence >= end:
                yield _missing(end, anchor.sequence, last_at)
            elif self.holds(connection, anchor):
                held = connection.exec_driver_sql("SELECT at FROM ledger WHERE sequence = ?", (anchor.sequence,))
                held_at = held.scalar_one()
            else:
                yield _wrong(anchor.sequence, "is not the one that was anchored", held_at)

    @staticmethod
    def _last(connection: Connection) -> tuple[int, str, bytes] | None:
        row = connection.exec_driver_sql(
            "SELECT sequence, at, mac FROM ledger ORDER BY sequence DESC LIMIT 1"
        ).first()
        return (row[0], row[1], row[2]) if row else None

    def _mac(self, row: _Row) -> bytes:
        sequence, at, actor, action, objects, payload, previous = row
        # the row's canonical JSON, put together by hand: the encoder would take most of a long check's time
        message = (
            f'{{"action":{_quoted(action)},"actor":{_quoted(actor)},"at":{_quoted(at)},"objects":{_quoted(objects)},'
            f'"payload":{_quoted(payload)},"previous":"{previous.hex()}","sequence":{sequence}}}'
        )
        return hmac.digest(self._key, message.encode(), "sha256")


def _latest(at: datetime, last: tuple[int, str, bytes] | None) -> str:
    """An instant as an entry says it, never before the last one."""
    text = _utc_text(at)
    return text if last is None else max(text, last[1])


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [_IN.action.not_in(wanted.without)]
    if wanted.actions is not None:
        conditions.append(_IN.action.in_(wanted.actions))
    if wanted.person is not None:
        # an id stands in quotes wherever canonical JSON has one
        quoted = f'"{wanted.person}"'
        spoken_of = (func.instr(part, quoted) > 0 for part in (_IN.objects, _IN.payload))
        conditions.append(or_(_IN.actor == wanted.person, *spoken_of))
    if wanted.since is not None:
        since = _utc_text(wanted.since)
        # time never goes back from entry to entry, so that what is older need not be looked through
        older = select(_IN.sequence).where(_IN.at < since).order_by(_IN.sequence.desc()).limit(1).scalar_subquery()
        conditions += [_IN.at >= since, _IN.sequence > func.coalesce(older, 0)]
    if wanted.until is not None:
        conditions.append(_IN.at < _utc_text(wanted.until))
    return conditions


def _entry(row: Sequence[Any]) -> LedgerEntry:
    sequence, at, actor, action, objects, payload, mac = row
    return LedgerEntry(
        sequence=sequence,
        at=datetime.fromisoformat(at),
        actor=actor,
        action=action,
        objects=json.loads(objects),
        payload=json.loads(payload),
        mac=mac.hex(),
    )


def instant(text: str) -> datetime | None:
    """The time that an entry says, ``None`` where it says none: an entry that was changed may hold anything."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _wrong(sequence: int, how: str, sound_at: str) -> Finding:
    return Finding(
        f"Entry {sequence} {how}.", f"ledger, entry {sequence}", KEEP_AND_RESTORE, instant(sound_at), sequence
    )


def _missing(first: int, last: int, sound_at: str) -> Finding:
    what = f"Entry {first} is missing." if first == last else f"Entries {first} to {last} are missing."
    return Finding(what, f"ledger, entry {first}", KEEP_AND_RESTORE, instant(sound_at), first)
