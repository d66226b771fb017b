"""All windows of an open desk: the two of the meeting, the registers and documents behind the rail, signing."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox
from typing_extensions import override

from leaddesk.errors import KnownError
from leaddesk.policy.checkin import check_in_rows, witnesses
from leaddesk.policy.desk_views import SigningPaper
from leaddesk.policy.views import CopyKind
from leaddesk.services import agreements, exporting, meetings, minutes, papers
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import Choice, Signed
from leaddesk.services.papers import Printed
from leaddesk.services.registers import Registers
from leaddesk.ui.background import Guarded, Task
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.locking import lock
from leaddesk.ui.registers.backups_register import BackupsRegister
from leaddesk.ui.registers.documents import DocumentsPage
from leaddesk.ui.registers.ledger_register import LedgerRegister
from leaddesk.ui.registers.pages import RegisterPages
from leaddesk.ui.registers.preflight_register import PreflightRegister
from leaddesk.ui.registers.users_register import UsersRegister
from leaddesk.ui.screens import Screens
from leaddesk.ui.signing.page import SigningPage
from leaddesk.ui.signing.prompt import PassphrasePrompt
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
    """

    lock_asked = Signal()
    """By the lock key, by closing the console, or by minimizing it while no meeting is open."""
    told = Signal(object)
    """A `KnownError` to be told to the user, by a box here while the desk is open."""
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
    ) -> None:
        super().__init__()
        self._guarded = Guarded(self.tell)
        self.desk = desk
        self._themes = themes
        self._again = (themes, clock, screens, rehearsal)
        self.workplace = Workplace(desk, meeting, themes, clock, screens, rehearsal=rehearsal)
        self._controller = self.workplace.controller
        self._live = self._controller.live
        self.signing = SigningPage(themes[1], clock)
        self.registers = RegisterPages(desk, self._live, self.workplace.console, themes[1])
        self.users = UsersRegister(desk, self.workplace.console, themes[1])
        self.ledger = LedgerRegister(desk, self.workplace.console, themes[1])
        self.preflight = PreflightRegister(self._live, self.workplace.console, themes)
        self.backups = BackupsRegister(desk, self.workplace.console, themes[1], automatic=not rehearsal)
        self.documents = DocumentsPage(themes[1])
        self._prompt: PassphrasePrompt | None = None
        self.workplace.console.set_page(PageName.DOCUMENTS, self.documents)
        self._connect()
        self._show_documents()

    @property
    def meeting_open(self) -> bool:
        """Whether the meeting at hand is open now."""
        return self._controller.state == "open"

    def at(self, meeting: str) -> "DeskWindows":
        """The windows of the same desk at another meeting; these are closed."""
        self._close_windows()
        themes, clock, screens, rehearsal = self._again
        return DeskWindows(self.desk, meeting, themes, clock, screens, rehearsal=rehearsal)

    def open(self) -> None:
        """Shows the windows; a user who has not signed yet signs first."""
        self.workplace.open()
        if not self.desk.do(agreements.has_signed, self.desk.user.id):
            self.sign(self.desk.user.id)

    def close(self) -> None:
        """Closes every window and locks the desk, whatever else goes wrong.

        Raises:
            KnownError: something could not be written any more; the desk is locked nevertheless.
        """
        place, live = self.workplace, self._live
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

    def warn_of_lock(self, seconds: int) -> None:
        """Says that the desk will lock by itself in so many seconds; 0 for not yet."""
        words = f"Nobody has touched the desk: it locks in {seconds} s. Any key or the mouse keeps it open."
        self.workplace.console.notice.say("lock", words if seconds else "")

    def sign(self, attendee: str) -> None:
        """Hands the laptop to a signer: nothing is behind the page, and the room sees the public card."""
        self._live.show_idle()
        to_sign = self.desk.do(papers.papers_to_sign, attendee)
        first = next(iter(to_sign.values()))
        paper = SigningPaper(
            attendee=attendee,
            name=first.name,
            agency=first.agency,
            role=first.role,
            languages=tuple(to_sign),
            position=1,
            of=1,
        )
        self.signing.set_paper(paper, to_sign)
        here = witnesses(check_in_rows(self._live.material, self._live.watch), attendee)
        self.signing.set_witnesses([Choice(id=row.id, words=row.name) for row in here])
        self.workplace.hand_over(self.signing)

    def finish_signing(self) -> None:
        """Takes the laptop back from the signer; the page holds nothing of them any more."""
        self.signing.finish()
        self.workplace.take_back(self.signing)
        self._controller.refresh()

    def tell(self, error: KnownError) -> None:
        """Says what happened, what was kept and what to do, without holding anything up."""
        if self.desk.locked and self.users.running:
            return  # the new key that is being made tells why
        self.told.emit(error)
        if self.desk.locked:
            return
        box = QMessageBox(self.workplace.console)
        box.setWindowTitle("LeadDesk")
        box.setText(error.happened)
        box.setInformativeText(" ".join(part for part in (error.kept, error.todo) if part))
        box.open()

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
        controller, documents, signing = self._controller, self.documents, self.signing
        controller.failed.connect(self.tell)
        controller.lock_asked.connect(self.lock_asked)
        self.workplace.closed.connect(self.lock_asked)
        self.workplace.console.installEventFilter(self)
        controller.signing_asked.connect(lambda them: self.sign(them[0]))
        controller.form_asked.connect(self.registers.open_form)
        controller.find_asked.connect(self.registers.find)
        controller.mend_asked.connect(self.registers.mending.ask)
        self.registers.mending.signing_asked.connect(self.sign)
        self.registers.failed.connect(self.tell)
        self.ledger.failed.connect(self.tell)
        self.users.failed.connect(self.tell)
        self.preflight.failed.connect(self.tell)
        self.preflight.signing_asked.connect(controller.signing_asked)
        self.preflight.form_asked.connect(self.registers.open_form)
        self.preflight.changed.connect(self._controller.refresh)
        self.backups.failed.connect(self.tell)
        self.backups.drive_chosen.connect(self.users.use_drive)
        self.registers.changed.connect(self._facts_changed)
        self.workplace.console.page_asked.connect(lambda _page: self._show_documents())
        signing.signed.connect(self._on_signed)
        signing.declined.connect(self._on_declined)
        signing.leave_asked.connect(self._on_leave)
        signing.next_asked.connect(lambda: None)
        signing.blank_asked.connect(lambda: self._guarded(self._live.blank))
        documents.open_meeting_asked.connect(lambda: self._step(meetings.open_meeting))
        documents.close_asked.connect(self._on_close)
        documents.finalize_asked.connect(lambda: self._step(minutes.finalize))
        documents.plan_meeting_asked.connect(self._on_plan)
        documents.next_meeting_set.connect(self._on_next_day)
        documents.print_asked.connect(self._on_print)

    def _facts_changed(self) -> None:
        self._guarded(self._live.refresh)
        self._controller.refresh()
        self.preflight.refresh()

    def _on_next_day(self, day: date | None) -> None:
        self._guarded(lambda: self._live.do(meetings.set_next_meeting, self._live.meeting, day))
        self._controller.refresh()
        self.documents.say("The day is set." if day else "No day is set.")

    def _on_close(self) -> None:
        self._guarded(self._live.close)
        self._controller.refresh()
        self._show_documents()

    def _step(self, verb: Callable[[Unit, str], object]) -> None:
        """A step of the meeting: opening, closing, finalizing; the room sees the public card."""
        if verb is not meetings.open_meeting:
            self._live.show_idle()
        self._guarded(lambda: self._live.do(verb, self._live.meeting))
        self._controller.refresh()
        self._show_documents()

    def _show_documents(self) -> None:
        self.documents.set_state(self._controller.state)
        self.documents.set_checks(self._controller.closing_checks())
        self.documents.set_people(self._attendees())
        self.documents.set_agreements(self.desk.do(_signed_agreements, self.desk.everyday))

    def _attendees(self) -> tuple[Choice, ...]:
        return self.desk.do(_attendee_choices, self.desk.everyday)

    def _on_signed(self, signed: Signed) -> None:
        done = self._guarded(lambda: self._live.do(agreements.sign, signed, self._live.number))
        if done is not None:
            self.finish_signing()

    def _on_declined(self, attendee: str) -> None:
        self._guarded(lambda: self._live.do_narrowing(agreements.decline, attendee, self._live.number))
        self.finish_signing()

    def _on_leave(self) -> None:
        """Leaving the page unsigned needs the signed-in user, who is the only one to know the passphrase."""
        self._prompt = self.signing.ask_passphrase()
        self._prompt.passphrase_given.connect(self._leave_with)
        self._prompt.finished.connect(self._on_prompt_closed)
        if seconds := self.desk.seconds_to_wait:
            self._prompt.refuse("", seconds)
        self._prompt.open()

    def _on_prompt_closed(self) -> None:
        self._prompt = None

    def _leave_with(self, typed: str) -> None:
        """Tries the passphrase in the background: it takes its time, and the signer's page must not stand still."""
        if self._prompt is not None:
            self._prompt.set_busy(busy=True)
        Task(lambda: self.desk.is_passphrase(typed)).start(succeeded=self._on_tried, failed=self._on_not_tried)

    def _on_tried(self, right: bool) -> None:
        prompt = self._prompt
        if prompt is None or self.desk.locked:
            return
        if right:
            prompt.accept()
            self.finish_signing()
        else:
            prompt.refuse("This is not the passphrase. The page stays open.", self.desk.seconds_to_wait)

    def _on_not_tried(self, error: BaseException) -> None:
        """Too many wrong ones in a row count as wrong; anything else is a bug."""
        self._on_tried(right=False)
        if not isinstance(error, KnownError):
            raise error

    def _on_plan(self) -> None:
        planned = self._guarded(lambda: self.desk.do(meetings.plan_next, self._live.meeting))
        if isinstance(planned, str):
            self.reopened.emit(planned)

    def _on_print(self, kind: str, who: str) -> None:
        printed = self._guarded(lambda: self._printed(kind, who))
        if isinstance(printed, Printed):
            self._save(printed)

    def _printed(self, kind: str, who: str) -> Printed:
        if kind.startswith("agreement"):
            language = kind.removeprefix("agreement").strip("-") or "en"
            return self.desk.do(papers.print_agreement, language, who or None)
        everyday = self.desk.everyday
        return self.desk.do(papers.print_minutes, self._live.meeting, CopyKind(kind), everyday, who or None)

    def _save(self, printed: Printed) -> None:
        """Asks where to and writes the file; nothing of it is anywhere else."""
        if printed.withheld_by_user:
            self.documents.say("Some of it is withheld because you print it.")
        chosen, _ = QFileDialog.getSaveFileName(self.documents, "LeadDesk", printed.name, "PDF (*.pdf)")
        if chosen:
            try:
                # the dialog has asked whether a file of that name may go
                exporting.write_over(printed.pdf, Path(chosen))
            except KnownError as error:
                self.tell(error)
            else:
                self.documents.say(f"Saved: {printed.kind}.")

    def _close_windows(self) -> None:
        self.workplace.console.removeEventFilter(self)
        self.signing.finish()
        self.signing.close()
        self.signing.deleteLater()
        self.registers.close()
        self.ledger.close()
        self.preflight.close()
        self.users.close()
        self.backups.close()
        self.workplace.close()


def _attendee_choices(unit: Unit, everyday: frozenset[str]) -> tuple[Choice, ...]:
    return Registers(unit, everyday).choices().attendees


def _signed_agreements(unit: Unit, everyday: frozenset[str]) -> tuple[Choice, ...]:
    return Registers(unit, everyday).signed_agreements()
