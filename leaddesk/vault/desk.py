"""An open desk: its engine, its ledger, its key file; changing keys, checking and locking."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from typing_extensions import override

from leaddesk import platforms
from leaddesk.errors import KnownError
from leaddesk.vault.backup import Backup, write_backup
from leaddesk.vault.changing import KeyChanges, asking_the_disk
from leaddesk.vault.checking import check_desk
from leaddesk.vault.connection import make_engine, make_reading_engine
from leaddesk.vault.copying import Progress
from leaddesk.vault.errors import DeskBusy, DeskLocked, TakenPassphrase, WrongPassphrase
from leaddesk.vault.files import DeskFiles
from leaddesk.vault.header import Header
from leaddesk.vault.keys import (
    DEFAULT,
    DataKey,
    KdfSettings,
    Slot,
    SlotKind,
    make_slot,
    open_slot,
    rewrap_slot,
    seal_to_slot,
)
from leaddesk.vault.ledger import Finding, Head, Ledger
from leaddesk.vault.readers import Readers
from leaddesk.vault.rotation import rotate
from leaddesk.vault.tries import Tries

#: How long locking waits for a transaction that is still being written, in milliseconds.
_LOCKING_PATIENCE = 200

#: The number of the paper key's slot; users' slots begin at 1.
PAPER_SLOT = 0


@dataclass
class Held:
    """What an opening found: the files, the header that holds, the key, and the hold on the folder."""

    files: DeskFiles
    header: Header
    key: DataKey
    slot: int
    folder: int


class OpenDesk:
    """A desk whose key is in memory; a context manager that locks it.

    Attributes:
        folder: where it is, resolved.
        desk_id: its random number, 32 hex digits.
        slot: the number of the slot that opened it; `PAPER_SLOT` for the paper key.
        engine: plain SQLAlchemy; each transaction holds the write lock from its beginning. A rotation replaces it.
    """

    def __init__(self, held: Held, engine: Engine, ledger: Ledger) -> None:
        self.folder = held.files.folder
        self.desk_id = held.header.desk
        self.slot = held.slot
        self.engine = engine
        self._files = held.files
        self._changes = KeyChanges(held.files, held.header)
        self._key = held.key
        self._ledger: Ledger | None = ledger
        self._held: int | None = held.folder
        self._locked = False
        self._tries = Tries()
        self._copying = Lock()
        self._readers = Readers()
        self._reading_engine = make_reading_engine(held.files.database, held.key)

    @override
    def __repr__(self) -> str:
        return f"OpenDesk(slot={self.slot}, {'locked' if self.locked else 'open'})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.lock()

    @property
    def locked(self) -> bool:
        """Whether the desk was locked: the key is gone, or goes now."""
        return self._locked

    @property
    def _header(self) -> Header:
        return self._changes.header

    @property
    def ledger(self) -> Ledger:
        """The desk's ledger.

        Raises:
            DeskLocked: the desk was locked.
        """
        if self._ledger is None:
            raise DeskLocked
        return self._ledger

    @contextmanager
    def migrating(self) -> Iterator[Engine]:
        """An engine for schema migrations alone, with foreign keys off.

        With them on, a batch migration deletes child rows by cascade.
        """
        engine = make_engine(self._files.database, self._key, foreign_keys=False)
        try:
            yield engine
        finally:
            engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection whose transactions only read, and hold nobody up: on any thread, never inside another one.

        Each transaction sees the desk as it was when it began. A statement that writes is a bug. A rotation waits
        for those who read, and who begins to read meanwhile waits for the rotation.

        Raises:
            DeskBusy: the desk gets a new key, and that takes too long.
            DeskLocked: the desk was locked; so does every statement from then on.
        """
        with self._readers.one():
            if self._locked:
                raise DeskLocked
            with self._reading_engine.connect() as connection:
                yield connection

    def check(self, *anchors: Head, protected: Iterable[str] = ()) -> list[Finding]:
        """What is wrong with the desk: pages, structure, foreign keys, chain, the key file's anchor, row hashes.

        Args:
            *anchors: heads of the ledger that were kept outside the desk, each to be found in it.
            protected: tables whose rows have their hashes in the ledger.
        """
        held = [self._header.anchor, *anchors] if self._header.anchor else anchors
        return check_desk(self._files.database, self._key, self.engine, self.ledger, held, protected=protected)

    # Backups

    @property
    def backups(self) -> Path:
        """The folder of the desk's own backups, there or not."""
        return self._files.backups

    @property
    def copying(self) -> bool:
        """Whether a backup or a rotation is being made; another one would wait for it."""
        return self._copying.locked()

    def back_up(self, target: Path, *, protected: Iterable[str] = (), progress: Progress | None = None) -> Backup:
        """Write a verified backup into one file, in the place of any other of that name; locking the desk ends it.

        Args:
            target: the file, in a folder that is there.
            protected: tables whose rows have their hashes in the ledger.
            progress: told of pages done; what it raises ends it, and nothing is left.

        Raises:
            KnownError: as `leaddesk.vault.backup.write_backup`.
        """
        with self._copying:
            return write_backup(self._files, self._header, self._key, target, protected=protected, progress=progress)

    def made(self, header: Header) -> bool | None:
        """Whether this header, of a backup, belongs to today's data key: an older one still opens a removed key.

        ``None`` for a backup that is not of this desk's past: of another desk, or later than the backup that this
        desk was restored from.
        """
        if header.made_with(self._key):
            return True
        if header.desk != self.desk_id or header.anchor is None:
            return None
        with self.reading() as connection:
            return False if self.ledger.holds(connection, header.anchor) else None

    # Keys

    @property
    def slots(self) -> tuple[int, ...]:
        """The numbers of the users' slots."""
        return tuple(slot.number for slot in self._header.slots if slot.kind is SlotKind.USER)

    @property
    def has_paper_key(self) -> bool:
        """Whether a paper key opens the desk."""
        return self._header.has_paper_key

    @property
    def seconds_to_wait(self) -> int:
        """How long until `opens` and `rewrapped` may be asked again; 0 for now."""
        return self._tries.seconds

    def opens(self, passphrase: str) -> bool:
        """Whether this passphrase opens the slot that opened the desk; the desk stays as it is.

        Raises:
            TooManyTries: too many wrong ones in a row.
        """
        if self.locked:
            return False
        self._tries.check()
        if not self._opens(self._header.slot(self.slot), passphrase):
            self._tries.was_wrong()
            return False
        self._tries.was_right()
        return True

    def slot_opened_by(self, passphrase: str) -> int | None:
        """The number of the user's slot that this passphrase opens, ``None`` for none; the desk stays as it is.

        It takes as long as trying one slot after the other.

        Raises:
            TooManyTries: too many wrong ones in a row.
        """
        if self.locked:
            return None
        self._tries.check()
        for slot in self._header.slots:
            if slot.kind is SlotKind.USER and self._opens(slot, passphrase):
                self._tries.was_right()
                return slot.number
        self._tries.was_wrong()
        return None

    def go_on_with(self, slot: int) -> None:
        """Holds the desk open for the user of another slot, whose passphrase was the right one.

        Raises:
            WrongPassphrase: there is no such slot any more.
        """
        if slot not in self.slots:
            raise WrongPassphrase
        self.slot = slot

    def _opens(self, slot: Slot, passphrase: str) -> bool:
        key = open_slot(slot, passphrase, desk=self.desk_id)
        if key is not None:
            key.drop()
        return key is not None

    def new_slot(self, number: int, secret: str, *, kdf: KdfSettings = DEFAULT) -> Slot:
        """A slot for a passphrase or, with the number `PAPER_SLOT`, a paper key; nothing holds it yet.

        It takes as long as trying it as a passphrase.

        Raises:
            TakenPassphrase: it opens another user's slot.
        """
        self._refuse_taken(number, secret)
        return self._slot(self._key, number, secret, kdf)

    def _refuse_taken(self, number: int, secret: str) -> None:
        others = (slot for slot in self._header.slots if slot.kind is SlotKind.USER and slot.number != number)
        if number != PAPER_SLOT and any(open_slot(slot, secret, desk=self.desk_id) for slot in others):
            raise TakenPassphrase

    def _slot(self, key: DataKey, number: int, secret: str, kdf: KdfSettings) -> Slot:
        kind = SlotKind.RECOVERY if number == PAPER_SLOT else SlotKind.USER
        return make_slot(key, secret, desk=self.desk_id, number=number, kind=kind, kdf=kdf)

    def rewrapped(self, old: str, new: str, *, kdf: KdfSettings = DEFAULT) -> Slot:
        """The slot that opened the desk, under a new passphrase; nothing holds it yet.

        Raises:
            WrongPassphrase: the old one is not this slot's.
            TakenPassphrase: the new one opens another user's slot.
            TooManyTries: too many wrong ones in a row.
        """
        self._tries.check()
        slot = rewrap_slot(self._header.slot(self.slot), old, new, desk=self.desk_id, kdf=kdf)
        if slot is None:
            self._tries.was_wrong()
            raise WrongPassphrase
        self._tries.was_right()
        self._refuse_taken(self.slot, new)
        return slot

    def stage(self, connection: Connection, slot: Slot | None = None) -> None:
        """Write a key file with this slot and the ledger's head of now, to hold once the transaction has committed.

        Whoever began the transaction calls `settle` after it, however it ended.

        Raises:
            DeskBusy: another change of the key file is under way.
            DiskRefused: the disk did not take it.
        """
        self._changes.stage(connection, self._key, self.ledger.head(connection), slot)

    def settle(self) -> None:
        """After a transaction: let the key file that it staged hold if it was committed, and be gone if it was not.

        Raises:
            DiskRefused: the disk did not take it; what was committed holds, and the next opening finishes it.
        """
        self._settle(self.engine)

    def _settle(self, engine: Engine) -> None:
        try:
            settled = self._changes.settle(engine)
        except BaseException:
            self._let_go_if_locked()
            raise
        if settled:
            self._let_go_if_locked()

    def rotate(
        self,
        write: Callable[[Connection], None],
        *,
        without: Iterable[int] = (),
        with_secret: tuple[int, str] | None = None,
        progress: Progress | None = None,
        kdf: KdfSettings = DEFAULT,
        protected: Iterable[str] = (),
    ) -> None:
        """Encrypt the desk with a new data key, sealed to every slot that stays; nobody needs a new passphrase.

        Args:
            write: what changes in the rows with it, in the transaction that the new key file belongs to.
            without: numbers of slots that go.
            with_secret: the number of a slot that comes, and what opens it.
            progress: told of pages done; what it raises ends it, and nothing has changed.
            kdf: how much work each try of the new secret takes.
            protected: tables whose rows have their hashes in the ledger.

        Raises:
            DeskBusy: the key file is being changed.
            KnownError: the copy could not be made or was not sound, and the desk goes on under its old key. If the
                disk refused at the very end, the desk is `locked`, and its next opening knows which key holds.
        """
        with self._copying, self._readers.none():
            if not self._changes.claim():
                raise DeskBusy
            try:
                with self.engine.begin() as connection:
                    self._changes.adopt(connection)
                fresh, gone = DataKey.fresh(), frozenset(without)
                staying = [slot for slot in self._header.slots if slot.number not in gone]
                slots = [seal_to_slot(slot, fresh, desk=self.desk_id) for slot in staying]
                if with_secret is not None:
                    slots.append(self._slot(fresh, *with_secret, kdf))
                self._rotate(write, fresh, slots, progress, tuple(protected))
            finally:
                self._changes.release()
                self._let_go_if_locked()

    def _rotate(
        self,
        write: Callable[[Connection], None],
        fresh: DataKey,
        slots: list[Slot],
        progress: Progress | None,
        protected: tuple[str, ...],
    ) -> None:
        old = self._key

        def told(done: int, whole: int) -> None:
            if self._locked:
                raise DeskLocked
            if progress is not None:
                progress(done, whole)

        self.engine.dispose()
        self._reading_engine.dispose()
        try:
            with asking_the_disk():
                header = rotate(
                    self._files,
                    self._header.with_slots(slots),
                    (old, fresh),
                    self.ledger,
                    write=write,
                    progress=told,
                    protected=protected,
                )
        except BaseException:
            fresh.drop()
            self._locked = self._locked or old.dropped
            raise
        self._changes.header, self._key = header, fresh
        if self._locked:
            fresh.drop()
            raise DeskLocked
        self.engine = make_engine(self._files.database, fresh)
        self._reading_engine = make_reading_engine(self._files.database, fresh)

    def lock(self, *, anchoring: bool = True) -> None:
        """Close the database, forget the key and let the desk go; doing it twice changes nothing.

        The ledger's head is anchored in the key file first, unless a transaction is still being written: locking
        does not wait for it. A connection still in use is closed when it is given back. The folder stays held until
        a change of the key file that is under way has ended.

        Args:
            anchoring: off after a check alone: a ledger that may be wrong must not become the anchored one.
        """
        if self._locked:
            return
        self._locked = True
        try:
            if anchoring:
                self._anchor_ledger()
        finally:
            self._key.drop()
            self._ledger = None
            self.engine.dispose()
            self._reading_engine.dispose()
            self._let_go_if_locked()

    def _let_go_if_locked(self) -> None:
        """Let go of a locked desk's folder, once, and not while its key file is being changed."""
        if self._locked and self._changes.claim():
            try:
                held, self._held = self._held, None
                if held is not None:
                    platforms.release_folder(held)
            finally:
                self._changes.release()

    def _anchor_ledger(self) -> None:
        engine = make_engine(self._files.database, self._key, patience=_LOCKING_PATIENCE)
        try:
            try:
                with engine.begin() as connection:
                    if self.ledger.head(connection) != self._header.anchor:
                        self.stage(connection)
            finally:
                self._settle(engine)
        except (KnownError, DBAPIError, OSError):
            # busy, full or damaged: locking comes first, and the next opening says what is wrong
            return
        finally:
            engine.dispose()
