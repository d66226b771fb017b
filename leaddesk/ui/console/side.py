"""The private side as it is now: a long list of actions, and what is withheld and why, come between the keys."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from leaddesk.policy.console import action_steps, private_side_at_once, withheld_steps
from leaddesk.policy.desk_views import PrivateAction, WithheldRow
from leaddesk.services import entries
from leaddesk.services.live import LiveMeeting
from leaddesk.ui.console.private import PrivatePanel

_SLICE = 0.01
"""Seconds that it may take of what the user does; most items need no second slice."""


T = TypeVar("T")


class _Working(Generic[T]):
    """Something that is worked out in steps: the last answers, those before are ``None``."""

    def __init__(self, steps: Iterator[T | None]) -> None:
        self._steps = steps
        self.known: T | None = None

    def go_on(self, until: float) -> bool:
        """Takes steps, one at least, until the answer is known or it is late; returns whether it is known."""
        late = False
        while self.known is None and not late:
            self.known, late = next(self._steps), perf_counter() > until
        return self.known is not None


class SideShower(QObject):
    """Keeps the private side equal to the selected item, the desk and the room.

    Its actions, and what is withheld, are shown when they are worked out for exactly these; until then the panel
    says that they are not.

    Args:
        live: the meeting at hand.
        panel: shows it.
    """

    def __init__(self, live: LiveMeeting, panel: PrivatePanel) -> None:
        super().__init__()
        self._live, self._panel = live, panel
        self._of: tuple[object, ...] = ()
        self._actions: _Working[tuple[PrivateAction, ...]] | None = None
        self._withheld: _Working[tuple[WithheldRow, ...]] | None = None
        self._between = QTimer(self)
        self._between.setInterval(0)
        self._between.timeout.connect(self._go_on)

    def show(self) -> None:
        """Shows the private side as far as it is known, and goes on working out the rest."""
        live = self._live
        of = (live.material, live.watch.moments, live.selected)
        actions, withheld = self._actions, self._withheld
        known = len(of) == len(self._of) and all(one is before for one, before in zip(of, self._of, strict=True))
        if actions is None or withheld is None or not known:
            asked = (live.material, live.mine(), live.watch, live.selected)
            actions, withheld = _Working(action_steps(*asked)), _Working(withheld_steps(*asked))
            self._of, self._actions, self._withheld = of, actions, withheld
        until = perf_counter() + _SLICE
        if actions.go_on(until) and withheld.go_on(until):
            self._between.stop()
        else:
            self._between.start()
        note = live.desk.do(entries.note_on, live.number, live.selected)
        compose = partial(private_side_at_once, live.material, live.mine(), live.watch, live.selected, "")
        side = live.composed(("side", live.selected), compose)
        self._panel.show_side(
            replace(
                side,
                note=note,
                actions=actions.known or (),
                gathering=actions.known is None,
                withheld=withheld.known or (),
                working=withheld.known is None,
            )
        )

    def stop(self) -> None:
        """Works nothing out any more, and holds nothing that was."""
        self._between.stop()
        self._of, self._actions, self._withheld = (), None, None

    def _go_on(self) -> None:
        if self._live.desk.locked:
            self.stop()
        else:
            self.show()
