"""Signing in turn: the laptop goes from one signer to the next, and back to whoever is signed in."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from leaddesk.errors import KnownError
from leaddesk.policy.checkin import check_in_rows, witnesses
from leaddesk.policy.desk_views import SigningPaper
from leaddesk.services import agreements, papers
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import Choice, Signed
from leaddesk.ui.background import Guarded, Task
from leaddesk.ui.signing.page import SigningPage
from leaddesk.ui.signing.prompt import PassphrasePrompt
from leaddesk.ui.theme import Theme
from leaddesk.ui.workplace import Workplace


class SigningTurn(QObject):
    """Hands the laptop to one signer after the other; nothing of one is left for the next.

    The room sees what is public meanwhile. The laptop comes back by the signed-in user's passphrase alone, unless the
    user was the only signer: whoever signs or declines last must not be left before the console.

    Args:
        desk: the open desk.
        place: the windows of the meeting.
        theme: the console's theme.
        clock: what the time is, aware.
    """

    failed = Signal(object)
    """A `KnownError` to tell."""
    finished = Signal()
    """The laptop is the chair's again."""

    def __init__(self, desk: Desk, place: Workplace, theme: Theme, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._guarded = Guarded(self.failed.emit)
        self._desk, self._place = desk, place
        self._live = place.controller.live
        self._queue: tuple[str, ...] = ()
        self._at = 0
        self._prompt: PassphrasePrompt | None = None
        self.page = SigningPage(theme, clock)
        self.page.signed.connect(self._on_signed)
        self.page.declined.connect(self._on_declined)
        self.page.later_asked.connect(self._next)
        self.page.leave_asked.connect(self._on_leave)
        self.page.next_asked.connect(lambda: self._guarded(self._show_next))
        self.page.blank_asked.connect(lambda: self._guarded(self._live.blank))

    def begin(self, attendees: Sequence[str]) -> None:
        """Hands the laptop to the first signer: nothing is behind the page, and the room sees the public card."""
        self._live.show_idle()
        self._queue, self._at = tuple(dict.fromkeys(attendees)), 0
        if self._guarded(self._show_signer):
            self._place.hand_over(self.page)

    def finish(self) -> None:
        """Takes the laptop back; the page holds nothing of a signer any more, and the room sees the public card."""
        self._queue = ()
        self.page.finish()
        self._guarded(self._live.stop_public)
        self._place.take_back(self.page)
        self._place.controller.refresh()
        self.finished.emit()

    def close(self) -> None:
        """Empties and closes the page."""
        self.page.finish()
        self.page.close()
        self.page.deleteLater()

    def _show_signer(self) -> bool:
        """Puts the paper of whoever is next before them.

        Raises:
            KnownError: the desk accepts no version of the agreement.
        """
        attendee = self._queue[self._at]
        to_sign = self._desk.do(papers.papers_to_sign, attendee)
        if not to_sign:
            raise KnownError("The desk accepts no version of the agreement.", kept="Nothing was signed.")
        first = next(iter(to_sign.values()))
        paper = SigningPaper(
            attendee=attendee,
            name=first.name,
            agency=first.agency,
            role=first.role,
            languages=tuple(to_sign),
            position=self._at + 1,
            of=len(self._queue),
        )
        self.page.set_paper(paper, to_sign)
        here = witnesses(check_in_rows(self._live.material, self._live.watch), attendee)
        self.page.set_witnesses([Choice(id=row.id, words=row.name) for row in here])
        return True

    def _next(self) -> None:
        """The next signer's page; after the last, the laptop is to be handed back."""
        self._at += 1
        if self._at < len(self._queue):
            self._guarded(self._show_signer)
        elif self._queue == (self._desk.user.id,):
            self.finish()
        else:
            self.page.thank()

    def _show_next(self) -> None:
        """The next page or slide of what anybody may have; before the meeting the public card stays."""
        place, live = self._place, self._live
        if place.controller.state != "open":
            return
        if not place.controller.pages.turn(1):
            live.show_public_next()

    def _on_signed(self, signed: Signed) -> None:
        if self._guarded(self._live.do, agreements.sign, signed, self._live.number):
            self._next()

    def _on_declined(self, attendee: str) -> None:
        # The room sees what is public: there is nothing that this could narrow, and no frame tells of it.
        if self._guarded(self._live.do, _declined, attendee, self._live.number):
            self._next()

    def _on_leave(self) -> None:
        """Leaving the page needs the signed-in user, who is the only one to know the passphrase."""
        self._prompt = self.page.ask_passphrase()
        self._prompt.passphrase_given.connect(self._leave_with)
        self._prompt.finished.connect(self._on_prompt_closed)
        if seconds := self._desk.seconds_to_wait:
            self._prompt.refuse("", seconds)
        self._prompt.open()

    def _on_prompt_closed(self) -> None:
        self._prompt = None

    def _leave_with(self, typed: str) -> None:
        """Tries the passphrase in the background: it takes its time, and the signer's page must not stand still."""
        if self._prompt is not None:
            self._prompt.set_busy(busy=True)
        Task(lambda: self._desk.is_passphrase(typed)).start(succeeded=self._on_tried, failed=self._on_not_tried)

    def _on_tried(self, right: bool) -> None:
        prompt = self._prompt
        if prompt is None or self._desk.locked:
            return
        if right:
            prompt.accept()
            self.finish()
        else:
            prompt.refuse("This is not the passphrase. The page stays open.", self._desk.seconds_to_wait)

    def _on_not_tried(self, error: BaseException) -> None:
        """Too many wrong ones in a row count as wrong; anything else is a bug."""
        self._on_tried(right=False)
        if not isinstance(error, KnownError):
            raise error


def _declined(unit: Unit, attendee: str, meeting: int) -> bool:
    agreements.decline(unit, attendee, meeting)
    return True
