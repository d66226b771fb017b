"""The audience's screen, what the ledger says is on it, and the public card in its place when anything goes wrong.

Whatever is raised between something that happens and its frame, the room is not left with what it saw before.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from leaddesk.errors import KnownError
from leaddesk.policy.desk_views import Screen
from leaddesk.policy.material import Material
from leaddesk.policy.room import Watch
from leaddesk.policy.views import IdleCard
from leaddesk.services.desk import Desk, Unit, is_disk_error
from leaddesk.services.disclosures import Ended, with_end
from leaddesk.services.previewing import Previewing
from leaddesk.services.shown import Projector, Shown

P = ParamSpec("P")
T = TypeVar("T")

#: The public card where not even that can be composed.
_BARE = IdleCard(program="", program_word="", group="", when=None, where="")


class OnScreen(Previewing):
    """The screen of one meeting's room, in step with the ledger.

    Args:
        desk: the open desk.
        projector: the audience's screen.
        clock: what the time is, aware.
        material: what the meeting is composed from.
        watch: what its room may have.
    """

    def __init__(
        self, desk: Desk, projector: Projector, clock: Callable[[], datetime], material: Material, watch: Watch
    ) -> None:
        super().__init__(material, watch)
        self.desk = desk
        self._projector = projector
        self._clock = clock
        self._shown: Shown | None = None
        self._ends: Ended | None = None
        self._screen = Screen.IDLE
        self._has_screen = True
        self._frozen = False
        self._pausing = False

    @property
    def screen(self) -> Screen:
        """What the projector is doing: while it passes through the public card, or shows it, it is idle."""
        if not self._has_screen:
            return Screen.NONE
        if self._screen is Screen.LIVE and not self._at_hand:
            return Screen.IDLE
        return Screen.FROZEN if self._frozen and self._screen is Screen.LIVE else self._screen

    @property
    def live_item(self) -> str | None:
        """The agenda item that is live, ``None`` while none is; without a screen, the one that was taken."""
        return self._shown.item if self._shown is not None and self._at_hand else None

    @property
    def _at_hand(self) -> bool:
        """Whether what was shown last is there, or would be if the room had a screen."""
        there = self._screen is Screen.LIVE and not self._pausing
        return there and self._shown is not None and not self._shown.is_idle

    def show_idle(self) -> None:
        """Shows the public card."""
        self._go_idle("idle card")
        self._write_end()

    def set_screen(self, *, there: bool) -> None:
        """Whether the audience has a screen now: what it saw has ended, and it begins with the public card.

        Without one nothing is projected, and the ledger says of nobody that they were shown anything; an item that is
        shown is at hand all the same.
        """
        self._has_screen = there
        self.show_idle()

    def fail(self) -> None:
        """The public card, because something went wrong; the ledger says so as soon as it can be written."""
        self._give_up("something went wrong")
        with suppress(Exception):
            self._write_end()

    # Inside

    def _pass_by_card(self, why: str, resume: Callable[[], None]) -> None:
        """The public card at once, and after the pause what is left; that what was live has ended is written next."""
        self._pausing = True
        with self._failing_closed():
            self._projector.narrow(self.idle(), resume)
        self._end_entry(why)

    def _go_idle(self, why: str) -> None:
        """The public card, and nothing to go on with; that what was live has ended is written next."""
        with self._failing_closed():
            self._projector.show_idle(self.idle())
        self._screen = Screen.IDLE
        self._pausing = False
        self._take_down(why)

    def _take_down(self, why: str) -> None:
        self._end_entry(why)
        self._shown, self._frozen = None, False

    @contextmanager
    def _failing_closed(self) -> Iterator[None]:
        """Whatever goes wrong while a frame is made, the room is left with the public card."""
        try:
            yield
        except BaseException as error:
            # Who could not write the desk has given up already.
            if not isinstance(error, KnownError) or not is_disk_error(error):
                self.fail()
            raise

    def _give_up(self, why: str) -> None:
        """The public card, whatever else does not work; what was live has ended, which is still to be written."""
        try:
            card = self.idle()
        except Exception:  # noqa: BLE001 - whatever it was, the room is not left with what it saw
            card = _BARE
        with suppress(Exception):
            self._projector.show_idle(card)
        self._screen = Screen.IDLE
        ended = self._ends or self._end_of(self._shown, why)
        self._ends = None if ended is None else replace(ended, gone=ended.gone or self._clock())
        self._shown, self._pausing, self._frozen = None, False, False

    def _end_entry(self, why: str) -> None:
        """What was live is gone from the screen: that is written with whatever is written next."""
        ended = self._end_of(self._shown, why)
        if self._shown is not None and ended is not None:
            self._ends, self._shown = ended, replace(self._shown, entry=None)

    def _end_of(self, shown: Shown | None, why: str) -> Ended | None:
        """The end of what was shown, ``None`` where it has one already."""
        if shown is None or shown.entry is None:
            return None
        return Ended(shown.entry, why, projected=shown.projected)

    def _write_end(self) -> None:
        if self._ends is not None:
            self._do(lambda _unit: None)

    def _do(self, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs a verb, what has ended being written with it; a desk that can't be used shows the public card."""
        try:
            result = self.desk.do(with_end, self._ends, verb, *args, **kwargs)
        except Exception as error:
            # What was asked for may be impossible on a sound desk; everything else says that the desk is not.
            if not isinstance(error, KnownError) or is_disk_error(error):
                self._give_up("the desk could not be written")
            raise
        self._ends = None
        return result
