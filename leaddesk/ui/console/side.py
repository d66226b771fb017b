"""The private side as it is now: what is withheld from the room, and why, is worked out between the keys."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from leaddesk.policy.console import private_side_at_once, withheld_steps
from leaddesk.policy.desk_views import WithheldRow
from leaddesk.services import entries
from leaddesk.services.live import LiveMeeting
from leaddesk.ui.console.private import PrivatePanel

_SLICE = 0.01
"""Seconds that it may take of what the user does; most items need no second slice."""


class SideShower(QObject):
    """Keeps the private side equal to the selected item, the desk and the room.

    What is withheld is shown when it is worked out for exactly these; until then the panel says that it is not.

    Args:
        live: the meeting at hand.
        panel: shows it.
    """

    def __init__(self, live: LiveMeeting, panel: PrivatePanel) -> None:
        super().__init__()
        self._live, self._panel = live, panel
        self._of: tuple[object, ...] = ()
        self._steps: Iterator[tuple[WithheldRow, ...] | None] | None = None
        self._withheld: tuple[WithheldRow, ...] | None = None
        self._between = QTimer(self)
        self._between.setInterval(0)
        self._between.timeout.connect(self._go_on)

    def show(self) -> None:
        """Shows the private side as far as it is known, and goes on working out the rest."""
        live = self._live
        of = (live.material, live.watch.moments, live.selected)
        if len(of) != len(self._of) or any(one is not before for one, before in zip(of, self._of, strict=True)):
            self._of, self._withheld = of, None
            self._steps = withheld_steps(live.material, live.mine(), live.watch, live.selected)
        self._work()
        note = live.desk.do(entries.note_on, live.number, live.selected)
        compose = partial(private_side_at_once, live.material, live.mine(), live.watch, live.selected, "")
        side = live.composed(("side", live.selected), compose)
        known = self._withheld
        self._panel.show_side(replace(side, note=note, withheld=known or (), working=known is None))

    def stop(self) -> None:
        """Works nothing out any more, and holds nothing that was."""
        self._between.stop()
        self._of, self._steps, self._withheld = (), None, None

    def _go_on(self) -> None:
        if self._live.desk.locked:
            self.stop()
        else:
            self.show()

    def _work(self) -> None:
        """Works a slice of what is withheld out."""
        until = perf_counter() + _SLICE
        for known in self._steps or ():
            if known is not None:
                self._withheld, self._steps = known, None
                break
            if perf_counter() > until:
                break
        if self._steps is None:
            self._between.stop()
        else:
            self._between.start()
