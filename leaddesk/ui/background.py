"""Work that must not hold the windows up: one object that says how it ended."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, Signal
from typing_extensions import override


class TaskSignals(QObject):
    """How a task ended; received on the thread of whoever connected."""

    succeeded = Signal(object)
    failed = Signal(object)


class Task(QRunnable):
    """Runs a function on a thread of the pool.

    Args:
        work: what to do; what it returns comes with ``succeeded``, what it raises with ``failed``.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self.signals = TaskSignals()
        self._work = work

    @override
    def run(self) -> None:
        try:
            result = self._work()
        except BaseException as error:  # noqa: BLE001 - it is raised again where it can be told
            self.signals.failed.emit(error)
        else:
            self.signals.succeeded.emit(result)
