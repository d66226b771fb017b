"""Wrong passphrases slow down: after five, everybody waits before the next."""

import time
from collections.abc import Callable
from math import ceil

from leaddesk.errors import KnownError

#: So many wrong ones in a row are taken for a slip of the fingers.
FREE = 5

#: Seconds to wait after the fifth; each further wrong one doubles it, up to a quarter of an hour.
FIRST_WAIT, LONGEST_WAIT = 30, 900


class TooManyTries(KnownError):
    """Too many wrong passphrases in a row.

    Attributes:
        seconds: how long until the next may be tried.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__(
            "Too many wrong passphrases in a row.",
            kept="Nothing on disk was changed.",
            todo=f"Wait {seconds} seconds, then try again.",
        )
        self.seconds = seconds


class Tries:
    """How many passphrases in a row were wrong in this program, and how long to wait for the next.

    What makes guessing expensive on a stolen desk is the work of each try (`KdfSettings`); this is for the person at
    the keyboard.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = 0.0
        self.wrong = 0

    @property
    def seconds(self) -> int:
        """How long until the next may be tried; 0 for now."""
        return max(0, ceil(self._until - self._clock())) if self.wrong >= FREE else 0

    def check(self) -> None:
        """Return if a passphrase may be tried now.

        Raises:
            TooManyTries: not yet.
        """
        if self.seconds:
            raise TooManyTries(self.seconds)

    def was_wrong(self) -> None:
        """Count a wrong passphrase."""
        self.wrong += 1
        if self.wrong >= FREE:
            self._until = self._clock() + min(FIRST_WAIT * 2 ** (self.wrong - FREE), LONGEST_WAIT)

    def was_right(self) -> None:
        """Begin anew."""
        self.wrong = 0
