"""Work that must not hold the windows up, and verbs that may fail for a reason to tell."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ParamSpec, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QRunnable, QThreadPool, QTimer, Signal
from typing_extensions import override

from leaddesk.errors import KnownError

P = ParamSpec("P")
T = TypeVar("T")


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


_MOMENT = 300
"""Milliseconds after which somebody wonders whether anything is being done."""
_THREADS = 4
"""At least: what is read for a page does not wait for a backup, however few processors there are."""
_ROUNDS = 3
_COLLECT = 500
"""Milliseconds between looks whether there is garbage to collect."""
_PATIENT = 20
"""Looks at most that are put off for what is worked out beside the windows."""
_MANY_MORE = 1.25
"""Old objects must have become that many times as many before all of them are gone through."""


def collect_garbage_here() -> None:
    """From now on Python collects garbage on the thread of the windows alone; asking twice changes nothing.

    By itself it does so on whichever thread happens to allocate. Closed windows that point at each other would then
    be destroyed on a thread of the pool, which ends the process.
    """
    application = QCoreApplication.instance()
    if application is None or not gc.isenabled():
        return
    gc.disable()
    Collector(application).start(_COLLECT)


def collect_what_is_due() -> None:
    """Collects the oldest generation of objects that has grown past Python's own threshold, and those younger."""
    due = [generation for generation in range(3) if _is_due(generation)]
    if due:
        gc.collect(due[-1])


class Collector(QTimer):
    """Collects what is due; the oldest objects, which takes longer than any key may, only once they are many more.

    While something is worked out beside, what there is of it is needed, and most of it goes without being looked for
    when it is done: going through it kept the windows' thread for a quarter of a second.

    Args:
        parent: it goes with this one.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known: int | None = None
        self._put_off = 0
        self.timeout.connect(self.collect)

    def collect(self) -> None:
        """Collects what is due now."""
        if QThreadPool.globalInstance().activeThreadCount() and self._put_off < _PATIENT:
            self._put_off += 1
            return
        self._put_off = 0
        if not _is_due(2):
            collect_what_is_due()
            return
        there = len(gc.get_objects(generation=2))
        self._known = there if self._known is None else self._known
        # As Python itself does: else each costs as much as all that is kept, and finds next to nothing.
        if there <= self._known * _MANY_MORE:
            gc.collect(1)
        else:
            gc.collect()
            self._known = len(gc.get_objects(generation=2))


def _is_due(generation: int) -> bool:
    return gc.get_count()[generation] > gc.get_threshold()[generation]


def spare_the_program() -> None:
    """What there is so far, the program itself above all, is no longer gone through when garbage is looked for.

    Going through all of it takes longer than any key may. To be asked before there is anything private.
    """
    gc.freeze()


def collect_everything() -> None:
    """Collects all garbage there is, that among what was spared too."""
    gc.unfreeze()
    gc.collect()


class Task(QRunnable):
    """Runs a function on a thread of the pool.

    Args:
        work: what to do; what it returns comes with ``succeeded``, what it raises with ``failed``.
    """

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        # The pool's: a task ends on its thread of the pool, and what Qt still has to tell must not end there with it.
        self.signals = TaskSignals(QThreadPool.globalInstance())
        self._work = work
        self._canceled = False

    def start(
        self,
        *,
        succeeded: Callable[..., object] | None = None,
        failed: Callable[..., object] | None = None,
        progressed: Callable[..., object] | None = None,
    ) -> None:
        """Begins the work; each is a method of a `QObject`, which is told on that object's thread."""
        collect_garbage_here()
        signals = self.signals
        for signal, told in (
            (signals.succeeded, succeeded),
            (signals.failed, failed),
            (signals.progressed, progressed),
        ):
            if told is not None:
                signal.connect(told)
        pool = QThreadPool.globalInstance()
        pool.setMaxThreadCount(max(_THREADS, pool.maxThreadCount()))
        pool.start(self)

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
        finally:
            self.signals.deleteLater()


class Newest(QObject):
    """Answers questions beside the windows: of several in a row the newest, and none that was forgotten.

    They are worked out one at a time, so that a row of them is no row of work.

    Args:
        answered: gets the answer.
        failed: gets a `KnownError` that there is instead; any other error is a bug, and is raised.
        parent: the window that shows the answers; who asks goes with it.
        slow: told when an answer is not there after a moment, so that the user can be.
    """

    def __init__(
        self,
        answered: Callable[[Any], object],
        failed: Callable[[KnownError], object],
        parent: QObject,
        *,
        slow: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._answered, self._failed, self._slow = answered, failed, slow
        self._number = 0
        self._open = self._running = False
        self._next: Callable[[], Ended] | None = None
        self._moment = QTimer(self, singleShot=True, interval=_MOMENT)
        # A method, not what was given: what a signal of no widget holds would stay for good.
        self._moment.timeout.connect(self._on_slow)

    @property
    def asking(self) -> bool:
        """Whether an answer is still to come."""
        return self._open

    def ask(self, work: Callable[[], object]) -> None:
        """Asks; what was asked before is answered no more."""
        self._number += 1
        self._open = True
        self._next = partial(_ended, self._number, work)
        self._moment.start()
        self._work()

    def forget(self) -> None:
        """Nothing that was asked is answered any more: the page is closed, or empty for good."""
        self._number += 1
        self._open, self._next = False, None
        self._moment.stop()

    def _work(self) -> None:
        if self._next is not None and not self._running:
            task, self._next, self._running = Task(self._next), None, True
            task.start(succeeded=self._on_end)

    def _on_slow(self) -> None:
        if self._slow is not None:
            self._slow()

    def _on_end(self, ended: "Ended") -> None:
        self._running = False
        self._work()
        if ended.number != self._number:
            return
        self._open = False
        self._moment.stop()
        if ended.error is None:
            self._answered(ended.answer)
        elif isinstance(ended.error, KnownError):
            self._failed(ended.error)
        else:
            raise ended.error


@dataclass(frozen=True, slots=True)
class Ended:
    """How one of several questions ended."""

    number: int
    answer: object = None
    error: BaseException | None = None


def _ended(number: int, work: Callable[[], object]) -> Ended:
    try:
        return Ended(number, answer=work())
    except BaseException as error:  # noqa: BLE001 - it is told, or raised again, where the question came from
        return Ended(number, error=error)


def settle() -> None:
    """Returns when what was asked beside the windows has been answered and shown: for pictures of them."""
    pool = QThreadPool.globalInstance()
    rounds = 0
    # An answer may ask further, and what it changes may be laid out and painted in turns.
    while rounds < _ROUNDS or pool.activeThreadCount():
        pool.waitForDone()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        rounds += 1


class Guarded:
    """Calls verbs, and tells what can be told of those that fail; bugs go on.

    Args:
        tell: told of each `KnownError`.
    """

    def __init__(self, tell: Callable[[KnownError], object]) -> None:
        self._tell = tell

    def __call__(self, verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What the verb returns, ``None`` where it failed."""
        try:
            return verb(*args, **kwargs)
        except KnownError as error:
            self._tell(error)
            return None
