"""The key file that holds, and the one change of it that may be under way."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, get_ident

from sqlalchemy import Connection, Engine

from leaddesk.vault import header as key_file
from leaddesk.vault.errors import DeskBusy, DiskRefused
from leaddesk.vault.files import DeskFiles
from leaddesk.vault.header import Header
from leaddesk.vault.keys import DataKey, Slot, seal_to_slot
from leaddesk.vault.ledger import Head
from leaddesk.vault.state import State


class KeyChanges:
    """Changes the key file, one change at a time: from `stage` to `settle`, or for as long as a new key is made.

    Whether a key file that waits beside the one in place holds is asked of the database, under its write lock, before
    that file is ever written over or removed.

    Attributes:
        header: the header that holds.
    """

    def __init__(self, files: DeskFiles, header: Header) -> None:
        self.header = header
        self._files = files
        self._lock = Lock()
        self._by: int | None = None

    def claim(self) -> bool:
        """Whether a change may begin; what began ends with `release`."""
        return self._lock.acquire(blocking=False)

    def release(self) -> None:
        """The change has ended."""
        self._lock.release()

    def stage(self, connection: Connection, key: DataKey, head: Head | None, slot: Slot | None) -> None:
        """As `leaddesk.vault.desk.OpenDesk.stage`.

        Raises:
            DeskBusy: another change is under way.
            DiskRefused: the disk did not take it.
        """
        if not self.claim():
            raise DeskBusy
        # whoever ends the transaction settles it
        self._by = get_ident()
        self.adopt(connection)
        header = self.header
        if slot is not None:
            # one that was worked out before a rotation holds the old key
            header = header.with_slot(seal_to_slot(slot, key, desk=header.desk))
        fresh = header.next(key, anchor=head)
        with asking_the_disk():
            key_file.write_next(self._files, fresh)
        State.of(fresh).remember(connection)

    def settle(self, engine: Engine) -> bool:
        """As `leaddesk.vault.desk.OpenDesk.settle`; whether this thread had a change to settle.

        Raises:
            KnownError: the database could not be asked, or the disk refused; the next change or opening does it.
        """
        if self._by != get_ident():
            return False
        before = self.header
        try:
            with engine.begin() as connection:
                self.adopt(connection)
        except DiskRefused:
            # what was committed holds: nobody must think that it does not, and the next change or opening tidies up
            if self.header is before:
                raise
        finally:
            self._by = None
            self.release()
        return True

    def adopt(self, connection: Connection) -> None:
        """Give a key file that waits its place if the database remembers it, else remove it.

        Args:
            connection: in a transaction that has staged nothing itself, so that what it reads is committed.

        Raises:
            DiskRefused: the disk did not take it.
        """
        with asking_the_disk():
            waiting = key_file.load_next(self._files)
            if waiting is not None and State.read(connection).is_of(waiting):
                self.header = waiting
                key_file.promote(self._files)
            else:
                self._files.next_header.unlink(missing_ok=True)


@contextmanager
def asking_the_disk() -> Iterator[None]:
    """Tells what the disk does not take as such.

    Raises:
        DiskRefused: it refused.
    """
    try:
        yield
    except OSError as error:
        raise DiskRefused from error
