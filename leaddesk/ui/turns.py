"""Work on the windows' thread that leaves room for keys and paints: a slice each turn of the loop."""

from collections.abc import Callable, Iterator
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

_SLICE = 0.01
"""Seconds after which a turn takes no further step."""
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
    }
)


class Turns(QObject):
    """Does the same work again and again, in steps; asked while it is at it, it begins anew.

    The first step comes before the next key or click in any case: nobody acts on what is no longer so.

    Args:
        work: gives the steps; each looks at what is there when it is taken.
    """

    def __init__(self, work: Callable[[], Iterator[None]]) -> None:
        super().__init__()
        self._work = work
        self._steps: Iterator[None] = iter(())
        self._next = QTimer(self)
        self._next.setInterval(0)
        self._next.timeout.connect(self._take_turn)

    @property
    def at_work(self) -> bool:
        """Whether steps are left."""
        return self._next.isActive()

    def begin(self) -> None:
        """Begins the work with the next turn, after what waits to be painted."""
        self._steps = self._work()
        self._next.start()
        self._watch_input(yes=True)

    def finish(self) -> None:
        """Does all of the work, from its beginning, before it returns."""
        self.stop()
        for _ in self._work():
            pass

    def stop(self) -> None:
        """Leaves what is left undone."""
        self._next.stop()
        self._watch_input(yes=False)
        self._steps = iter(())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._watch_input(yes=False)
            next(self._steps, None)
        return False

    def _take_turn(self) -> None:
        until = perf_counter() + _SLICE
        # A step that fails is not taken again, nor are those behind it.
        steps = self._steps
        self.stop()
        for _ in steps:
            if self._next.isActive():
                return  # begun anew meanwhile
            if perf_counter() > until:
                self._steps = steps
                self._next.start()
                return

    def _watch_input(self, *, yes: bool) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            if yes:
                application.installEventFilter(self)
