"""An open desk with somebody signed in: where every use case gets its rows, its clock and its ledger.

A verb is a function whose first argument is a `Unit`. ``desk.do(verb, …)`` runs it in one transaction: what it
changed and its ledger entries are on disk when it returns, and nothing is when it raises.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from leaddesk.errors import KnownError
from leaddesk.models import Base, Site, User, protected_tables
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import AppRole
from leaddesk.policy.records import Kind
from leaddesk.policy.writing import typed
from leaddesk.services.memory import Memory
from leaddesk.services.once import Once
from leaddesk.services.protecting import WrittenRows
from leaddesk.services.verifying import Report, report
from leaddesk.vault.copying import Progress
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.errors import DamagedDesk, DeskBusy, DeskLocked, DiskRefused
from leaddesk.vault.keys import DEFAULT, KdfSettings, Slot
from leaddesk.vault.ledger import Head, JsonValue, LedgerEntry, Wanted
from leaddesk.vault.protected import ROWS

P = ParamSpec("P")
T = TypeVar("T")
Row = TypeVar("Row", bound=Base)
Clock = Callable[[], datetime]


class NotForThisUser(KnownError):
    """The signed-in user's app role does not allow it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is for the chair.", kept="Nothing was changed.", todo="Ask the chair to do it.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The user whose passphrase opened the desk."""

    user: int
    attendee: int
    app_role: AppRole

    @property
    def id(self) -> str:
        """The user as the rule knows them: their attendee's id."""
        return policy_id(Kind.ATTENDEE, self.attendee)

    @property
    def is_chair(self) -> bool:
        """Whether they may do what is for the chair alone."""
        return self.app_role is AppRole.CHAIR


class Unit:
    """One transaction: rows to read and change, the moment it happens at, and the ledger.

    It begins with the first statement: what is remembered is answered without one.

    Attributes:
        rows: the session; it is committed by the desk, never by a verb.
        user: who is signed in.
    """

    def __init__(self, rows: Session, opened: OpenDesk, user: SignedIn, at: datetime) -> None:
        self.rows = rows
        self.user = user
        self._opened = opened
        self._began = at

    @Once
    def at(self) -> datetime:
        """Now, which is when the transaction began, and never earlier than the last ledger entry."""
        return self._opened.ledger.now(self.rows.connection(), self._began)

    @property
    def site(self) -> Site:
        """The site's one row."""
        return self.rows.execute(select(Site)).scalar_one()

    @property
    def today(self) -> date:
        """The site's calendar day."""
        return self.at.astimezone(ZoneInfo(self.site.zone)).date()

    def note(
        self,
        action: str,
        objects: Mapping[str, JsonValue] | None = None,
        **payload: str | int | bool | Sequence[str] | Mapping[str, JsonValue] | None,
    ) -> Head:
        """Writes a ledger entry in this transaction: ids, classes and counts, never names or text."""
        self.rows.flush()
        return self._opened.ledger.append(
            self.rows.connection(),
            at=self.at,
            actor=self.user.id,
            action=action,
            objects=objects or {},
            payload=payload,
        )

    def found(self, model: type[Row], kind: Kind, id_: str) -> Row:
        """The row that a policy id names.

        Raises:
            KnownError: it is no longer there.
        """
        row = self.rows.get(model, row_id(kind, id_))
        if row is None:
            raise KnownError("That is no longer on the desk.", kept="Nothing was changed.")
        return row

    def ledger_entries(self, action: str | None = None) -> tuple[LedgerEntry, ...]:
        """What the ledger holds, oldest first; of one action alone, if it is named."""
        return tuple(self._opened.ledger.entries(self.rows.connection(), action=action))

    def newest_entries(self, wanted: Wanted, *, before: int | None, limit: int | None) -> tuple[LedgerEntry, ...]:
        """At most ``limit`` of the wanted ledger entries, newest first, from the one before number ``before`` on."""
        return self._opened.ledger.newest(self.rows.connection(), wanted, before=before, limit=limit)

    def count_entries(self, wanted: Wanted) -> int:
        """How many ledger entries are wanted."""
        return self._opened.ledger.count(self.rows.connection(), wanted)

    def head(self) -> Head | None:
        """The ledger's head as this transaction sees it."""
        self.rows.flush()
        return self._opened.ledger.head(self.rows.connection())

    def put_slot(self, slot: Slot) -> None:
        """Makes a slot of the key file hold with this transaction; after the last ledger entry about it.

        Raises:
            DiskRefused: the key file could not be written.
        """
        self.rows.flush()
        self._opened.stage(self.rows.connection(), slot)

    def chair_only(self, what: str) -> None:
        """Lets the chair alone go on.

        Raises:
            NotForThisUser: says what is for the chair.
        """
        if not self.user.is_chair:
            raise NotForThisUser(what)


class Desk:
    """An open desk, and who is signed in at it.

    Args:
        opened: the unlocked vault.
        user: whose passphrase opened it.
        clock: what the time is, aware.
        everyday: everyday words for the text guard.
    """

    def __init__(self, opened: OpenDesk, user: SignedIn, clock: Clock, everyday: frozenset[str]) -> None:
        self.user = user
        self.everyday = everyday
        self._opened = opened
        self._clock = clock
        self._memory = Memory()

    @property
    def locked(self) -> bool:
        """Whether the key is gone."""
        return self._opened.locked

    def lock(self) -> None:
        """Closes the database, forgets the key and what was read; doing it twice changes nothing."""
        self._memory.close()
        self._opened.lock()

    def verify(self) -> Report:
        """What is wrong with the desk; it takes some seconds, and may be asked on any thread."""
        return report(self._opened)

    def is_passphrase(self, typed: str) -> bool:
        """Whether this is the passphrase of the signed-in user; takes as long as unlocking.

        Raises:
            TooManyTries: too many wrong ones in a row.
        """
        return self._opened.opens(typed)

    def slot_opened_by(self, typed: str) -> int | None:
        """The number of the slot whose passphrase this is, ``None`` for none; takes as long as unlocking, or longer.

        Raises:
            TooManyTries: too many wrong ones in a row.
        """
        return self._opened.slot_opened_by(typed)

    def handed_over(self, slot: int) -> "Desk":
        """The same open desk with the user of another slot signed in; the ledger says from whom to whom.

        Args:
            slot: as `slot_opened_by` found it.

        Raises:
            KnownError: the slot is the signed-in user's own, or belongs to nobody now; nothing has changed.
        """
        with self.unit() as unit:
            user = signed_in(unit.rows, slot)
            if user.id == self.user.id:
                raise KnownError(
                    "This is your own passphrase.",
                    kept="You are still signed in.",
                    todo="Let the other user type theirs, or go back.",
                )
            unit.note("handed_over", {"from": self.user.id, "attendee": user.id}, slot=slot)
        self._opened.go_on_with(slot)
        self._memory.close()
        return Desk(self._opened, user, self._clock, self.everyday)

    @property
    def has_other_users(self) -> bool:
        """Whether anybody else could unlock the desk."""
        return len(self._opened.slots) > 1

    @property
    def seconds_to_wait(self) -> int:
        """How long until a passphrase may be asked for again; 0 for now."""
        return self._opened.seconds_to_wait

    @property
    def number(self) -> str:
        """The desk's random number, 32 hex digits; it says nothing of the desk."""
        return self._opened.desk_id

    @property
    def now(self) -> datetime:
        """What the computer's clock says, aware; it may be before the ledger's last entry, see `Unit.at`."""
        return self._clock()

    @property
    def vault(self) -> OpenDesk:
        """The unlocked vault, for backups of all of it."""
        return self._opened

    @property
    def has_paper_key(self) -> bool:
        """Whether a paper key can give the chair's slot a new passphrase."""
        return self._opened.has_paper_key

    def new_slot(self, number: int, secret: str, *, kdf: KdfSettings = DEFAULT) -> Slot:
        """A slot for a passphrase, for `Unit.put_slot`; takes as long as unlocking."""
        return self._opened.new_slot(number, secret, kdf=kdf)

    def rewrapped(self, old: str, new: str, *, kdf: KdfSettings = DEFAULT) -> Slot:
        """The signed-in user's slot under a new passphrase, for `Unit.put_slot`; takes as long as unlocking twice.

        Raises:
            KnownError: the old passphrase is wrong, or too many were in a row.
        """
        return self._opened.rewrapped(old, new, kdf=kdf)

    def rotate(
        self,
        verb: Callable[[Unit], None],
        *,
        without: Sequence[int] = (),
        with_secret: tuple[int, str] | None = None,
        progress: Progress | None = None,
        kdf: KdfSettings = DEFAULT,
    ) -> None:
        """Encrypts the desk with a new data key; nobody who stays needs a new passphrase.

        Args:
            verb: what changes in the rows with it.
            without: numbers of the slots that go.
            with_secret: the number of a slot that comes, and what opens it.
            progress: told of pages done; what it raises ends it, and nothing has changed.
            kdf: how much work each try of the new secret takes.

        Raises:
            KnownError: the disk refused, or the copy was not sound; nothing has changed.
        """

        def write(connection: Connection) -> None:
            with Session(connection, expire_on_commit=False) as rows:
                with _working(rows, self._opened, self._clock, lambda _: self.user) as unit:
                    verb(unit)
                rows.commit()
            # nobody else reads until the copy that this was written to is the desk
            self._memory.forget()

        self._opened.rotate(
            write,
            without=without,
            with_secret=with_secret,
            progress=progress,
            kdf=kdf,
            protected=protected_tables(),
        )

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        """One transaction, committed when the block ends and rolled back when it raises."""
        with transaction(self._opened, self._clock, lambda _: self.user) as unit:
            self._memory.attend(unit.rows)
            yield unit

    def do(self, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a verb returns, run in one transaction of its own."""
        with self.unit() as unit:
            return verb(unit, *args, **kwargs)

    def read(self, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a verb returns that only reads, for other threads than the windows': it holds up nobody who writes.

        It sees the desk as it was when it began. What it wrote would be a bug, and is refused by the database.

        Raises:
            DeskBusy: the desk gets a new key, and that takes too long.
            DeskLocked: the desk was locked, perhaps meanwhile.
        """
        with self._opened.reading() as connection:

            def begin() -> None:
                connection.rollback()
                connection.begin()

            memory = self._memory.beside(begin)
            with Session(connection, expire_on_commit=False) as rows:
                memory.serve(rows)
                result = verb(Unit(rows, self._opened, self.user, self._clock()), *args, **kwargs)
                # what it would have written without a word is a bug, too
                rows.flush()
        self._memory.take_in(memory)
        return result


@contextmanager
def transaction(opened: OpenDesk, clock: Clock, who: Callable[[Session], SignedIn]) -> Iterator[Unit]:
    """One transaction of an open desk, with the hashes of the protected rows it wrote as its last ledger entry.

    Args:
        opened: the unlocked vault.
        clock: what the time is, aware.
        who: finds or makes the user, before anything else is done in the transaction.
    """
    if opened.locked:
        raise DeskLocked
    try:
        with (
            Session(opened.engine, expire_on_commit=False) as rows,
            rows.begin(),
            _working(rows, opened, clock, who) as unit,
        ):
            yield unit
    finally:
        opened.settle()


@contextmanager
def _working(rows: Session, opened: OpenDesk, clock: Clock, who: Callable[[Session], SignedIn]) -> Iterator[Unit]:
    written = WrittenRows(rows)
    unit = Unit(rows, opened, who(rows), clock())
    yield unit
    if hashes := written.hashes():
        unit.note(ROWS, rows=hashes)


def lock_after(unit: Unit) -> timedelta:
    """How long nobody may touch the console before it locks: the site's minutes, at least 1 and at most 30."""
    minutes = unit.rows.execute(select(Site.lock_minutes)).scalar_one()
    return timedelta(minutes=min(max(minutes, 1), 30))


def is_disk_error(error: KnownError) -> bool:
    """Whether an error says that the desk's own files can't be used now: what was not written must not be shown."""
    return isinstance(error, (DiskRefused, DamagedDesk, DeskBusy, DeskLocked))


def signed_in(rows: Session, slot: int) -> SignedIn:
    """The user whose slot opened the desk.

    Raises:
        KnownError: the slot belongs to no active user.
    """
    user = rows.execute(select(User).where(User.slot == slot, User.active)).scalar_one_or_none()
    if user is None:
        raise KnownError(
            "This passphrase belongs to nobody who uses the desk now.",
            kept="Nothing was changed.",
            todo="Ask the chair to make you a user.",
        )
    return SignedIn(user.id, user.attendee_id, user.app_role)


def named(name: str, what: str) -> str:
    """A name as typed, cleaned.

    Raises:
        KnownError: it is empty.
    """
    words = typed(name)
    if not words:
        raise KnownError(f"{what} needs a name.", kept="Nothing was saved; your words are still here.")
    return words
