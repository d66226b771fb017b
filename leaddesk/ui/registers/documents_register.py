"""The documents page at work: a meeting's last steps, its minutes on their way, and printing."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from leaddesk.errors import KnownError
from leaddesk.policy.desk_views import Check, Found, Mend, Move
from leaddesk.policy.views import CopyKind
from leaddesk.services import closing, exporting, meetings, minutes, papers
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import AmendmentForm, Choice
from leaddesk.services.papers import Printed
from leaddesk.services.registers import Choices, Registers, read_registers
from leaddesk.services.undo import Did, Step
from leaddesk.ui.background import Guarded, Newest
from leaddesk.ui.console.keys import Command, cap
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.registers.documents import DocumentsPage
from leaddesk.ui.registers.form import Form
from leaddesk.ui.registers.minutes_forms import ActionFormDialog, AmendmentFormDialog, ReasonForm
from leaddesk.ui.registers.open_forms import OpenForms, marking

if TYPE_CHECKING:
    from leaddesk.ui.console.controller import MeetingController

_NOTICE = "minutes"


class DocumentsRegister(QObject):
    """Carries out what the documents page and the commands about minutes ask for.

    The page is about the meeting at hand or, once one was chosen, about an earlier one.

    Args:
        controller: of the meeting at hand.
    """

    failed = Signal(object)
    """A `KnownError` that the user is to be told."""
    reopened = Signal(str)
    """Another meeting is to be worked on; with its id."""
    conflicts_asked = Signal(str)
    """The exclusions of a participant are to be decided; with the participant's id."""

    def __init__(self, controller: "MeetingController") -> None:
        super().__init__()
        self._guarded = Guarded(self.failed.emit)
        self._controller = controller
        self._live = controller.live
        self._desk = controller.live.desk
        self._console = controller.console
        self._chosen = ""
        self._listing = Newest(self._on_papers, self.failed.emit, self._console)
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self._on_turn)
        self.forms = OpenForms(controller.live, controller.console)
        self.forms.changed.connect(self._after)
        self._page = self._console.set_page(PageName.DOCUMENTS, self._make_page)
        self._console.page_asked.connect(self._on_page)
        controller.minutes_asked.connect(self._on_command)
        self._moves: dict[Move, Callable[[], object]] = {
            Move.OPEN: lambda: self._live.do(meetings.open_meeting, self._live.meeting),
            Move.CLOSE: self._close_meeting,
            Move.FINALIZE: self._finalize,
            Move.APPROVE: lambda: self._approve(self._meeting),
            Move.TAKE_BACK: lambda: self._live.do(minutes.take_back_approval, self._meeting),
            Move.REOPEN: lambda: self._live.do(minutes.reopen, self._meeting),
            Move.AMEND: lambda: self._amend(self._meeting),
            Move.PLAN: self._plan_next,
            Move.GO: lambda: self.reopened.emit(self._meeting),
        }
        self.show()

    @property
    def page(self) -> DocumentsPage:
        """The page, made at its first visit."""
        return self._page.visit()

    def show(self) -> None:
        """Reads everything anew, and says where earlier minutes were left unfinished."""
        self._say_unfinished()
        if self._console.page is PageName.DOCUMENTS:
            self._fill()

    def close(self) -> None:
        """Closes the open form and empties the page."""
        self.forms.close()
        self._listing.forget()
        self._turn.stop()
        self._page.tell(DocumentsPage.forget)

    # Inside

    def _make_page(self) -> DocumentsPage:
        page = DocumentsPage(self._console.theme)
        page.print_asked.connect(self._on_print)
        page.meeting_chosen.connect(self._on_chosen)
        page.card.asked.connect(self._on_move)
        page.card.mend_asked.connect(self._on_mend)
        page.card.next_meeting_set.connect(self._on_next_day)
        return page

    def _say(self, words: str) -> None:
        """Says how something went where the chair is: a command about minutes comes from any page."""
        if self._console.page is PageName.DOCUMENTS:
            self.page.say(words)
        else:
            self._console.notice.say("news", words, calm=True)

    @property
    def _meeting(self) -> str:
        """The id of the meeting that the page is about."""
        return self._chosen or self._live.meeting

    def _fill(self) -> None:
        mine, at_hand = self._live.mine(), self._live.meeting
        way = self._desk.do(minutes.way, self._meeting, mine, at_hand)
        self.page.show_way(way, at_hand=self._meeting == at_hand)
        ends = not self._chosen and way.state in ("open", "closed")
        self.page.card.set_checks(self._controller.closing_checks() if ends else ())
        self._listing.ask(partial(self._desk.read, _papers, self._desk.everyday))

    def _on_papers(self, papers: "Papers") -> None:
        self.page.show_held(papers.held)
        self.page.set_people(papers.people)
        self.page.set_agreements(papers.agreements)

    def _say_unfinished(self) -> None:
        meeting, words = self._desk.do(minutes.unfinished, self._live.meeting, self._live.mine())
        self._console.notice.say(_NOTICE, words, ("Show it", lambda: self._go_to(meeting)) if words else None)

    def _go_to(self, meeting: str) -> None:
        """The page about one meeting, with the focus where Enter makes its next step."""
        self._chosen = "" if meeting == self._live.meeting else meeting
        self._console.show_page(PageName.DOCUMENTS)
        self._say("")
        self._fill()
        self.page.show_top()

    def _on_page(self, name: PageName) -> None:
        if name is PageName.DOCUMENTS:
            self._chosen = ""
            self._say("")
        self._say_unfinished()
        if name is PageName.DOCUMENTS:
            # The page is there first: made and filled in one it would keep the next key waiting.
            self._turn.start()

    def _on_turn(self) -> None:
        if self._console.page is PageName.DOCUMENTS:
            self._guarded(self._fill)

    def _on_chosen(self, meeting: str) -> None:
        self._go_to(meeting or self._live.meeting)

    def _on_command(self, command: Command) -> None:
        """A command goes to the page; one that can be done at once is."""
        match command:
            case Command.APPROVE:
                self._guarded(lambda: self._approve(self._desk.do(minutes.to_approve, self._live.meeting)))
                self._after()
            case Command.AMEND:
                last = self._live.material.last_meeting
                self._guarded(lambda: self._amend(self._live.meeting if last is None else last.id))
            case Command.CLOSE_MEETING:
                self._go_to(self._live.meeting)
            case Command.FINALIZE:
                self._go_to(self._live.meeting)
                self._guarded(self._finalize)
                self._after()
            case _:
                self._go_to(self._live.meeting)
                self._on_move(Move.REOPEN)

    def _on_move(self, move: Move) -> None:
        # What was said of the step before, such as that it can be taken back, need not be so after this one.
        self._console.notice.say("news", "")
        self._say("")
        self._guarded(self._moves[move])
        if not self._desk.locked:
            self._after()

    def _after(self) -> None:
        """Shows everything as it is now, at the console too."""
        self._controller.refresh()
        self.show()

    # The meeting's steps

    def _close_meeting(self) -> None:
        self._live.close()
        self._live.undo.push(Step(Did("the closing of the meeting"), self._live.take_back_closing))
        self._say("The meeting is closed: everybody is out, and the room sees the public card.")
        words = f"The meeting is closed. {cap(Command.UNDO)} takes it back, and everybody is here again."
        self._console.notice.say("news", words, calm=True)

    def _finalize(self) -> None:
        """As the first version at once; as a later one with its reason."""
        meeting = self._meeting
        if meeting == self._live.meeting:
            self._live.show_idle()
        if self._desk.do(minutes.way, meeting, self._live.mine(), self._live.meeting).needs_reason:
            form = ReasonForm(self._console)
            self._show(form, lambda unit, reason: minutes.finalize(unit, meeting, reason), "The minutes are final.")
        else:
            version = self._live.do(minutes.finalize, meeting)
            self._say(f"The minutes are final, version {version}.")

    def _approve(self, meeting: str) -> None:
        self._live.do(minutes.approve, meeting)
        back = Step(Did("the approval of the minutes"), lambda: self._live.do(minutes.take_back_approval, meeting))
        self._live.undo.push(back)
        self._say("The approval is recorded.")
        # Until the next command, wherever the chair is.
        self._console.notice.say("news", f"The minutes are approved. {cap(Command.UNDO)} takes it back.", calm=True)

    def _amend(self, meeting: str) -> None:
        everyday = self._desk.everyday
        way = self._desk.do(minutes.way, meeting, self._live.mine(), self._live.meeting)
        if not any(offer.move is Move.AMEND and offer.may for offer in way.offers):
            # The verb says why not; what would be typed for nothing is not asked for.
            self._desk.do(minutes.amend, AmendmentForm(meeting=meeting), everyday)
        form = AmendmentFormDialog(AmendmentForm(meeting=meeting), self._choices(), self._console)

        def save(unit: Unit, draft: AmendmentForm, marked: frozenset[str]) -> str:
            return minutes.amend(unit, draft, everyday, marked)

        self._show(form, marking(save), "The amendment stands with the minutes.")

    def _plan_next(self) -> None:
        self.reopened.emit(self._desk.do(meetings.plan_next, self._live.meeting))

    def _on_next_day(self, day: date | None) -> None:
        self._guarded(lambda: self._live.do(meetings.set_next_meeting, self._meeting, day))
        self._after()
        self._say("The day is set." if day else "No day is set.")

    # Mending what the checks found

    def _on_mend(self, check: Check) -> None:
        match check.mend:
            case Mend.CHECK_IN:
                self._console.open_check_in()
            case Mend.ITEM:
                self._live.select(check.target)
                self._to_the_line()
            case Mend.LINE:
                self._to_the_line()
            case Mend.ACTION:
                draft = self._desk.do(closing.action_form, check.target)
                self._show(
                    ActionFormDialog(draft, check.words, self._choices(), self._console), closing.assign, "Saved."
                )
            case Mend.NEXT_DAY:
                self.page.card.next_day.setFocus(Qt.FocusReason.OtherFocusReason)
            case Mend.STATEMENT:
                self._guarded(lambda: self._live.do(meetings.read_statement, self._live.meeting))
                self._after()
            case Mend.CONFLICT:
                self.conflicts_asked.emit(check.target)

    def _to_the_line(self) -> None:
        self._controller.refresh()
        self._console.show_page(PageName.MEETING)
        self._console.meeting.entry.focus()

    def _choices(self) -> Choices:
        return self._desk.do(_choices, self._desk.everyday)

    def _show(self, form: Form, save: Callable[..., object], told: str) -> None:
        self.forms.show(form, save, narrows=False, saved=lambda _: self._say(told))

    # Printing

    def _on_print(self, kind: str, who: str) -> None:
        printed = self._guarded(lambda: self._printed(kind, who))
        if printed is not None:
            self._save(printed)

    def _printed(self, kind: str, who: str) -> Printed:
        if kind.startswith("agreement"):
            language = kind.removeprefix("agreement").strip("-") or "en"
            return self._desk.do(papers.print_agreement, language, who or None)
        everyday, version = self._desk.everyday, self.page.version
        return self._desk.do(
            papers.print_minutes, self._meeting, CopyKind(kind), everyday, who or None, version=version
        )

    def _save(self, printed: Printed) -> None:
        """Asks where to and writes the file; nothing of it is anywhere else."""
        self._say(printed.told)
        chosen, _ = QFileDialog.getSaveFileName(self.page, "LeadDesk", printed.name, "PDF (*.pdf)")
        if chosen:
            try:
                # the dialog has asked whether a file of that name may go
                exporting.write_over(printed.pdf, Path(chosen))
            except KnownError as error:
                self.failed.emit(error)
            else:
                self._say(f"Saved: {printed.kind}. {printed.told}".strip())


def _choices(unit: Unit, everyday: frozenset[str]) -> Choices:
    return read_registers(unit, everyday, Registers.choices)


class Papers(NamedTuple):
    """What the page lists that grows with the years: every meeting, whom a copy can be for, signed agreements."""

    held: tuple[Found, ...]
    people: tuple[Choice, ...]
    agreements: tuple[Choice, ...]


def _papers(unit: Unit, everyday: frozenset[str]) -> Papers:
    def of(registers: Registers) -> Papers:
        people = tuple(Choice(id=one.id, words=f"{one.title}, {one.detail}") for one in registers.attendees())
        return Papers(minutes.held(unit, registers.mine), people, registers.signed_agreements())

    return read_registers(unit, everyday, of)
