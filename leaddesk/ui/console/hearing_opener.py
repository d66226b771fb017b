"""Opens *who here may hear this* for the selected item, and has what was said recorded."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from leaddesk.policy.checkin import check_in_rows
from leaddesk.policy.hearing import hearing
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import CLASS_WORDS
from leaddesk.policy.why import listed, role_words
from leaddesk.services.drafts import Choice
from leaddesk.services.live import LiveMeeting
from leaddesk.services.registers import Registers, read_registers
from leaddesk.services.telling import Telling, record
from leaddesk.ui.background import Guarded, Newest
from leaddesk.ui.console.hearing import HearingDialog
from leaddesk.ui.console.window import ConsoleWindow


class HearingOpener(QObject):
    """Answers from the room as it is now, each time that it is asked.

    Args:
        live: the meeting.
        console: the chair's window.
    """

    failed = Signal(object)
    """A `KnownError` that the user is to be told."""

    def __init__(self, live: LiveMeeting, console: ConsoleWindow) -> None:
        super().__init__()
        self._live, self._console = live, console
        self._guarded = Guarded(self.failed.emit)
        self.dialog: HearingDialog | None = None
        self._people = Newest(self._on_read, self.failed.emit, console)

    def open(self) -> None:
        """Opens the dialog for whomever the selected item is about; it is there once at most."""
        self.close()
        live, desk = self._live, self._live.desk
        item = live.material.items.get(live.selected or "")
        about = "" if item is None else item.links.get("participant") or ""
        subject = (
            [Choice(id=about, words=live.mine().told_apart(about))] if about and live.mine().may_name(about) else []
        )
        rows = check_in_rows(live.material, live.watch)
        told = ((row.id, filter(None, (row.name, row.agency, role_words(row.role)))) for row in rows)
        attendees = [Choice(id=id_, words=", ".join(words)) for id_, words in told]
        self.dialog = HearingDialog(self._console.theme, subject, attendees, self._console)
        self.dialog.finished.connect(self._on_finished)
        self.dialog.asked.connect(self._show)
        self.dialog.told.connect(self._record)
        self._show(about)
        self._console.open_over(self.dialog)
        # Whoever else it could be about is read beside it: of a large desk that takes a while.
        self._people.ask(partial(desk.read, read_registers, desk.everyday, Registers.participants_to_choose))

    def refresh(self) -> None:
        """Shows the room as it is now, where the dialog is open."""
        if self.dialog is not None:
            self._show(self.dialog.participant)

    def close(self) -> None:
        """Closes the dialog."""
        if self.dialog is not None:
            self.dialog.close()

    # Inside

    def _on_read(self, participants: tuple[Choice, ...]) -> None:
        if self.dialog is not None:
            self.dialog.about.offer(participants)

    def _on_finished(self) -> None:
        self.dialog = None
        self._people.forget()

    def _show(self, participant: str) -> None:
        if self.dialog is not None:
            live = self._live
            self.dialog.show_hearing(hearing(live.watch, live.mine(), participant or None, live.selected))

    def _record(self, telling: Telling) -> None:
        """Records it against the room at this moment: whoever came or ended meanwhile counts."""
        live = self._live
        self._guarded(live.refresh)
        here = live.watch.room.audience(live.selected)
        standing = Standing(live.watch.room.facts(live.watch.facts), live.watch.at)
        entry = self._guarded(
            live.do_quietly, record, telling, standing, here, meeting=live.meeting, item=live.selected
        )
        if entry is None or self.dialog is None:
            return
        people = here.members if telling.people is None else telling.people
        told = listed([CLASS_WORDS[cls] for cls in telling.classes])
        count = len(people)
        self.dialog.say_recorded(
            f"Recorded as entry {entry}: {told}, to {count} {'person' if count == 1 else 'people'}."
        )
        self.refresh()
