"""Handing the open desk over to another user, who types their passphrase with nothing behind it."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from leaddesk.errors import KnownError
from leaddesk.services.desk import Desk
from leaddesk.ui.background import Task
from leaddesk.ui.console.controller import MeetingController
from leaddesk.ui.console.parts import dress, label
from leaddesk.ui.signing.prompt import PassphrasePrompt, PromptWords
from leaddesk.ui.theme import Theme
from leaddesk.ui.workplace import Workplace

HANDING_OVER = PromptWords(
    title="Hand over the desk",
    why="Whoever goes on types their own passphrase. The meeting stays open; the room sees the idle card meanwhile.",
    go_on="Go on as this user",
    stay="Back",
)


class HandOverPage(QWidget):
    """The whole of the chair's screen while the laptop goes from one user to the other, with nothing of either."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("LeadDesk")
        layout = QVBoxLayout(self)
        layout.addWidget(label("The desk is being handed over.", "hint"), alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.setAlignment(Qt.AlignmentFlag.AlignBottom)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


class HandingOver(QObject):
    """Asks the other user's passphrase, and gives the desk with them signed in; else everything is as it was.

    Args:
        desk: the open desk.
        controller: the meeting at hand.
        workplace: the screens.
    """

    done = Signal(object)
    """The `Desk` with the other user signed in."""

    def __init__(self, desk: Desk, controller: MeetingController, workplace: Workplace) -> None:
        super().__init__()
        self._desk = desk
        self._controller = controller
        self._workplace = workplace
        self._page = HandOverPage()
        self._page.closed.connect(self._back)
        self.prompt: PassphrasePrompt | None = None

    def begin(self) -> None:
        """Takes the console away and asks; the room sees the public card from the first moment.

        Raises:
            KnownError: nobody else is a user of this desk.
        """
        if not self._desk.has_other_users:
            raise KnownError(
                "Nobody else can unlock this desk.",
                kept="You are still signed in.",
                todo="Users and keys, in the menu, makes somebody a user.",
            )
        self._controller.live.show_idle()
        self._controller.line.keep_draft()
        self._workplace.hand_over(self._page)
        prompt = self.prompt = PassphrasePrompt(self._workplace.console.theme, self._page, HANDING_OVER)
        prompt.passphrase_given.connect(self._try)
        prompt.rejected.connect(self._back)
        if seconds := self._desk.seconds_to_wait:
            prompt.refuse("", seconds)
        prompt.open()

    def set_theme(self, theme: Theme) -> None:
        """Paints what asks in other colors."""
        dress(self._page, theme)

    def close(self) -> None:
        """Ends it without going back to anything, for good: the windows are being closed."""
        self.end()
        self._page.blockSignals(True)
        self._page.close()
        self._page.deleteLater()

    def end(self) -> None:
        """Asks no more; who asked again begins anew."""
        prompt, self.prompt = self.prompt, None
        if prompt is not None:
            prompt.rejected.disconnect(self._back)
            prompt.done(PassphrasePrompt.DialogCode.Rejected)
            prompt.deleteLater()

    def _back(self) -> None:
        """The user who is signed in goes on."""
        if self.prompt is not None:
            self.end()
            self._workplace.take_back(self._page)
            self._controller.refresh()

    def _try(self, typed: str) -> None:
        """Tries the passphrase in the background: it takes its time, longer with more users."""
        if self.prompt is not None:
            self.prompt.set_busy(busy=True)
        Task(lambda: self._desk.slot_opened_by(typed)).start(succeeded=self._on_tried, failed=self._on_not_tried)

    def _on_tried(self, slot: int | None) -> None:
        if self.prompt is None or self._desk.locked:
            return
        if slot is None:
            self.prompt.refuse("This is no user's passphrase.", self._desk.seconds_to_wait)
            return
        try:
            after = self._desk.handed_over(slot)
        except KnownError as error:
            self.prompt.refuse(str(error), self._desk.seconds_to_wait)
        else:
            self.done.emit(after)

    def _on_not_tried(self, error: BaseException) -> None:
        """Too many wrong ones in a row count as wrong; anything else is a bug."""
        self._on_tried(None)
        if not isinstance(error, KnownError):
            raise error
