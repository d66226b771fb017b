"""Work that must not hold the windows up: one object that says how it ended."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, Signal
from typing_extensions import override

from leaddesk.errors import KnownError


class Canceled(KnownError):
    """The user would rather not wait for the rest."""

    def __init__(self) -> None:
        super().__init__("Canceled.", kept="Nothing was changed.")


class TaskSignals(QObject):
    """How a task ended; received on the thread of whoever connected."""

    succeeded = Signal(object)
    failed = Signal(object)
    progressed = Signal(int, int)
    """How much is done, of how much."""


class Task(QRunnable):
    """Runs a function on a thread of the pool.

    Args:
        work: what to do; what it returns comes with ``succeeded``, what it raises with ``failed``.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self.signals = TaskSignals()
        self._work = work
        self._canceled = False

    def cancel(self) -> None:
        """Ends the work the next time that it reports how far it is."""
        self._canceled = True

    def report(self, done: int, whole: int) -> None:
        """Tells how far the work is; it calls this.

        Raises:
            Canceled: the user would rather not wait for the rest.
        """
        if self._canceled:
            raise Canceled
        self.signals.progressed.emit(done, whole)

    @override
    def run(self) -> None:
        try:
            result = self._work()
        except BaseException as error:  # noqa: BLE001 - it is raised again where it can be told
            self.signals.failed.emit(error)
        else:
            self.signals.succeeded.emit(result)
