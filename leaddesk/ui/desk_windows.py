"""All windows of an open desk: the two of the meeting, the registers and documents behind the rail, signing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from leaddesk.errors import KnownError
from leaddesk.services.desk import Desk
from leaddesk.ui.background import Guarded
from leaddesk.ui.console.boxes import told
from leaddesk.ui.console.hearing_opener import HearingOpener
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.preparing import Preparing
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.handing_over import HandingOver
from leaddesk.ui.locking import forget, lock
from leaddesk.ui.projector.window import ProjectorWindow
from leaddesk.ui.registers.backups_register import BackupsRegister
from leaddesk.ui.registers.documents import DocumentsPage
from leaddesk.ui.registers.documents_register import DocumentsRegister
from leaddesk.ui.registers.finding import Finding
from leaddesk.ui.registers.ledger_register import LedgerRegister
from leaddesk.ui.registers.pages import RegisterPages
from leaddesk.ui.registers.preflight_register import PreflightRegister
from leaddesk.ui.registers.users_register import UsersRegister
from leaddesk.ui.screens import Screens
from leaddesk.ui.signing.turn import SigningTurn
from leaddesk.ui.theme import Theme
from leaddesk.ui.workplace import Workplace


class DeskWindows(QObject):
    """The windows of a desk with one meeting at hand.

    Args:
        desk: the open desk.
        meeting: the meeting's id.
        themes: the projector's theme and the console's.
        clock: what the time is, aware.
        screens: the one object that knows the screens.
        rehearsal: whether the audience's window may stand beside the console.
        projector: the audience's window of the user before, where another one goes on.
    """

    lock_asked = Signal()
    """By the lock key, by closing the console, or by minimizing it while no meeting is open."""
    told = Signal(object)
    """A `KnownError` to be told to the user, by a box here while the desk is open."""
    handed_over = Signal(object)
    """Another user goes on; with the `Desk` at which they are signed in."""
    appearance_asked = Signal(object)
    """A `Command` of how LeadDesk looks."""
    reopened = Signal(str)
    """Another meeting is to be worked on; with its id."""

    def __init__(
        self,
        desk: Desk,
        meeting: str,
        themes: tuple[Theme, Theme],
        clock: Callable[[], datetime],
        screens: Screens,
        *,
        rehearsal: bool = False,
        projector: ProjectorWindow | None = None,
    ) -> None:
        super().__init__()
        self._guarded = Guarded(self.tell)
        self.desk = desk
        self._themes = themes
        self._again = (themes, clock, screens, rehearsal)
        self._goes_on = projector is not None
        self.workplace = Workplace(desk, meeting, themes, clock, screens, rehearsal=rehearsal, projector=projector)
        self._controller = self.workplace.controller
        self._live = self._controller.live
        self.turn = SigningTurn(desk, self.workplace, themes[1], clock)
        self.signing = self.turn.page
        self.registers = RegisterPages(desk, self._live, self.workplace.console)
        self.preparing = Preparing(desk, self._live, self.workplace.console)
        self.users = UsersRegister(desk, self.workplace.console)
        self.ledger = LedgerRegister(desk, self.workplace.console)
        self.hearing = HearingOpener(self._live, self.workplace.console)
        self.preflight = PreflightRegister(self._live, self.workplace.console)
        self.backups = BackupsRegister(desk, self.workplace.console, automatic=not rehearsal)
        self.papers = DocumentsRegister(self._controller)
        self.finding = Finding(self._controller, self.registers)
        self.handing_over = HandingOver(desk, self._controller, self.workplace)
        self._connect()
        if self._controller.state == "planned":
            self.preparing.show()

    @property
    def documents(self) -> DocumentsPage:
        """The page of the meeting's last steps and its papers."""
        return self.papers.page

    @property
    def meeting_open(self) -> bool:
        """Whether the meeting at hand is open now."""
        return self._controller.state == "open"

    def at(self, meeting: str) -> "DeskWindows":
        """The windows of the same desk at another meeting; these are closed.

        The room goes on seeing the idle card, and the chair is not asked about the same screens again.
        """
        themes, clock, screens, rehearsal = self._again
        projector = self.workplace.give_projector()
        self._close_windows()
        return DeskWindows(self.desk, meeting, themes, clock, screens, rehearsal=rehearsal, projector=projector)

    def with_user(self, desk: Desk) -> "DeskWindows":
        """The windows of the same meeting with another user signed in; these are closed, nothing of theirs is left.

        The room goes on seeing the idle card: its window stays.
        """
        themes, clock, screens, rehearsal = self._again
        projector = self.workplace.give_projector()
        private = (self.workplace.console, self.signing)
        self._close_windows()
        forget(private)
        meeting = self._live.meeting
        return DeskWindows(desk, meeting, themes, clock, screens, rehearsal=rehearsal, projector=projector)

    def open(self) -> None:
        """Shows the windows; a user who has not signed yet signs first."""
        self.workplace.open(again=self._goes_on)
        if not self._live.user_signed:
            self.sign(self.desk.user.id)

    def close(self) -> None:
        """Closes every window and locks the desk, whatever else goes wrong.

        Raises:
            KnownError: something could not be written any more; the desk is locked nevertheless.
        """
        place, live = self.workplace, self._live
        self.handing_over.end()
        try:
            lock(
                (place.console, self.signing),
                show_idle=lambda: place.driver.show_idle(live.idle()),
                keep_typed=self._controller.stop,
                close_windows=self._close_windows,
                drop_key=self.backups.lock_desk,
            )
        finally:
            self.backups.copy_what_was_made_at_lock()

    def use_drive(self, drive: Path | None) -> None:
        """Copies each backup to this folder from now on, and looks for earlier ones there."""
        self.backups.use_drive(drive)
        self.users.use_drive(drive)

    def set_themes(self, themes: tuple[Theme, Theme], chosen: frozenset[Command]) -> None:
        """Paints every window in other colors, the projector's and the console's; the menu marks what is chosen."""
        self._themes = themes
        self._again = (themes, *self._again[1:])
        self.workplace.set_themes(*themes)
        self.workplace.console.show_appearance(chosen)
        self.signing.set_theme(themes[1])
        self.handing_over.set_theme(themes[1])

    @property
    def meeting(self) -> str:
        """The id of the meeting at hand."""
        return self._live.meeting

    @property
    def busy(self) -> bool:
        """Whether windows made anew would break something off: an open meeting, or what is being typed over one."""
        alone = self.workplace.console.isVisible() and QApplication.activeModalWidget() is None
        return self.meeting_open or not alone

    def offer_new_windows(self, renew: Callable[[], None]) -> None:
        """Says that the windows were made for letters of another size, and offers to make them anew."""
        words = "Letters have another size now. New windows have room for them; the room sees its idle card."
        self.workplace.console.notice.say("letters", words, ("New windows", renew))

    def warn_of_lock(self, seconds: int) -> None:
        """Says that the desk will lock by itself in so many seconds; 0 for not yet."""
        words = f"Nobody has touched the desk: it locks in {seconds} s. Any key or the mouse keeps it open."
        self.workplace.console.notice.say("lock", words if seconds else "")

    def sign(self, *attendees: str) -> None:
        """Hands the laptop to these signers in turn: nothing is behind the page, and the room sees what is public."""
        self.turn.begin(attendees)

    def finish_signing(self) -> None:
        """Takes the laptop back from whoever has it; the page holds nothing of them any more."""
        self.turn.finish()

    def tell(self, error: KnownError) -> None:
        """Says what happened, what was kept and what to do, without holding anything up."""
        if self.desk.locked and self.users.running:
            return  # the new key that is being made tells why
        self.told.emit(error)
        if self.desk.locked:
            return
        console, more = self.workplace.console, " ".join(part for part in (error.kept, error.todo) if part)
        console.open_over(told(console, console.theme, error.happened, more))

    def fail_closed(self) -> None:
        """The room sees the public card: something went wrong, and nobody knows what it did not do."""
        self._live.fail()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Minimizing the console locks the desk, unless a meeting is open."""
        console = self.workplace.console
        minimized = watched is console and event.type() is QEvent.Type.WindowStateChange and console.isMinimized()
        if minimized and not self.meeting_open:
            self.lock_asked.emit()
        return False

    # Inside

    def _connect(self) -> None:
        controller = self._controller
        controller.failed.connect(self.tell)
        controller.lock_asked.connect(self.lock_asked)
        # Methods, not lambdas: what a signal of no widget holds would keep the desk's windows after it is locked.
        controller.hand_over_asked.connect(self._on_hand_over)
        self.handing_over.done.connect(self.handed_over)
        self.workplace.closed.connect(self.lock_asked)
        self.workplace.console.appearance_asked.connect(self.appearance_asked)
        self.workplace.console.installEventFilter(self)
        controller.signing_asked.connect(self.turn.begin)
        self.turn.failed.connect(self.tell)
        self.turn.finished.connect(self._after_signing)
        controller.form_asked.connect(self.registers.open_form)
        controller.excluded.connect(self.registers.mending.offer_new_codes)
        controller.find_asked.connect(self._on_find)
        controller.mend_asked.connect(self.registers.mending.ask)
        self.registers.mending.signing_asked.connect(self.sign)
        self.registers.failed.connect(self.tell)
        self.preparing.failed.connect(self.tell)
        self.preparing.changed.connect(self._controller.refresh_soon)
        self.preparing.reopened.connect(self.reopened)
        self.ledger.failed.connect(self.tell)
        self.users.failed.connect(self.tell)
        controller.hearing_asked.connect(self.hearing.open)
        self.hearing.failed.connect(self.tell)
        controller.refreshed.connect(self.hearing.refresh)
        self.finding.failed.connect(self.tell)
        self.preflight.failed.connect(self.tell)
        self.preflight.signing_asked.connect(controller.signing_asked)
        self.preflight.form_asked.connect(self.registers.open_form)
        self.preflight.changed.connect(self._controller.refresh)
        self.preflight.reword_asked.connect(controller.reword)
        self.backups.failed.connect(self.tell)
        self.backups.drive_chosen.connect(self.users.use_drive)
        self.registers.changed.connect(self._facts_changed)
        controller.taken_back.connect(self.registers.refresh)
        self.papers.failed.connect(self.tell)
        self.papers.reopened.connect(self.reopened)
        self.papers.conflicts_asked.connect(self._on_conflicts)

    def _on_find(self) -> None:
        self._guarded(self.finding.open)

    def _on_conflicts(self, participant: str) -> None:
        self.registers.open_form("conflicts", participant)

    def _after_signing(self) -> None:
        """Whoever signs may have more than before: the chair of a new desk, whose page was read without it."""
        if self.workplace.console.page is PageName.PREPARE:
            self.preparing.show()

    def _facts_changed(self) -> None:
        self._guarded(self._live.refresh)
        self._controller.refresh()
        self.preflight.refresh()

    def _on_hand_over(self) -> None:
        self._guarded(self._hand_over)

    def _hand_over(self) -> None:
        if self.users.running:
            raise KnownError(
                "The desk's key is being changed.",
                kept="You are still signed in.",
                todo="Hand over once that has ended.",
            )
        self.handing_over.begin()

    def _close_windows(self) -> None:
        self.handing_over.close()
        self.workplace.console.removeEventFilter(self)
        self.turn.close()
        self.finding.close()
        self.registers.close()
        self.preparing.close()
        self.ledger.close()
        self.preflight.close()
        self.hearing.close()
        self.users.close()
        self.backups.close()
        self.papers.close()
        self.workplace.close()
