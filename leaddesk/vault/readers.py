"""Who reads the desk beside its windows, and how a rotation has nobody do so while it replaces the files."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition

from leaddesk.vault.connection import PATIENCE
from leaddesk.vault.errors import DeskBusy

_SECONDS = PATIENCE / 1000


class Readers:
    """Lets any number of threads read, or one have it that none does; nobody waits longer than for a transaction.

    Args:
        patience: seconds to wait for others.
    """

    def __init__(self, patience: float = _SECONDS) -> None:
        self._patience = patience
        self._turn = Condition()
        self._reading = 0
        self._kept_out = False

    @contextmanager
    def one(self) -> Iterator[None]:
        """Reads for as long as the block runs; never inside another one.

        Raises:
            DeskBusy: readers are kept out for too long.
        """
        with self._turn:
            self._wait_until(lambda: not self._kept_out)
            self._reading += 1
        try:
            yield
        finally:
            with self._turn:
                self._reading -= 1
                self._turn.notify_all()

    @contextmanager
    def none(self) -> Iterator[None]:
        """Keeps readers out for as long as the block runs, which begins when the last has ended.

        Raises:
            DeskBusy: one of them reads for too long.
        """
        with self._turn:
            self._kept_out = True
        try:
            with self._turn:
                self._wait_until(lambda: not self._reading)
            yield
        finally:
            with self._turn:
                self._kept_out = False
                self._turn.notify_all()

    def _wait_until(self, free: Callable[[], bool]) -> None:
        if not self._turn.wait_for(free, self._patience):
            raise DeskBusy
