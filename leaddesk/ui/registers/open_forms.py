"""Forms beside the running meeting: each stays open, with everything in it, until what it holds could be saved."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog

from leaddesk.errors import KnownError
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import Choice
from leaddesk.services.live import LiveMeeting
from leaddesk.services.registers import Registers, read_registers
from leaddesk.services.texts import LooksLikeAName
from leaddesk.services.undo import Did, Step, recorded, stands
from leaddesk.ui.background import Newest
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.registers.form import Form

_NO_HAND_OVER = "The desk is handed over once this form is closed: Ctrl+Enter saves it, Esc closes it without."

DraftT = TypeVar("DraftT")
SavedT = TypeVar("SavedT")


def marking(verb: Callable[[Unit, DraftT, frozenset[str]], str]) -> Callable[[Unit, DraftT], str]:
    """A verb that takes, when it comes again, what it refused because it may hold somebody's name.

    Args:
        verb: gets the phrases that are marked as a place, a thing or a public figure, besides the draft.
    """
    marked: set[str] = set()

    def save(unit: Unit, draft: DraftT) -> str:
        try:
            return verb(unit, draft, frozenset(marked))
        except LooksLikeAName as error:
            marked.update(error.phrases)
            raise

    return save


class OpenForms(QObject):
    """Opens forms over the console, one at a time, and saves what they give into the room that is there.

    The projector's and the room's keys work while a form is open: the room waits for nobody who types.

    Args:
        live: the meeting at hand, whose room a saved fact may narrow.
        console: the window over which they stand.
    """

    changed = Signal()
    """A fact was saved."""

    def __init__(self, live: LiveMeeting, console: ConsoleWindow) -> None:
        super().__init__()
        self._live = live
        self._console = console
        self.current: Form | None = None
        self._participants = Newest(self._on_participants, self._on_none, console)

    def show(
        self,
        form: Form,
        save: Callable[..., object],
        *,
        narrows: bool = True,
        saved: Callable[[Any], object] | None = None,
    ) -> None:
        """Opens a form.

        Args:
            form: the form.
            save: the verb that gets its draft.
            narrows: whether it may take something from the room; what can only give waits for the chair anyway, and
                the room's slide stays as it is.
            saved: gets what the verb returned, once it is saved.
        """
        self._open(
            form, lambda draft: self.try_to(form, lambda unit: save(unit, draft), narrows=narrows, saved=saved)
        )

    def choose(self, form: Form, go_on: Callable[..., None]) -> None:
        """Opens a form that only chooses; its draft goes on to another form, or wherever it is told."""

        def chosen(draft: object) -> None:
            form.done(QDialog.DialogCode.Accepted)
            go_on(draft)

        self._open(form, chosen)

    def try_to(
        self,
        form: Form,
        verb: Callable[[Unit], object],
        *,
        narrows: bool = True,
        saved: Callable[[Any], object] | None = None,
    ) -> None:
        """Does what an open form asks for and closes it; where that is not possible, the form says why and stays."""
        try:
            done, change = self._save(recorded, verb, narrows=narrows)
        except KnownError as error:
            form.say(str(error))
            return
        did = f"what was saved in “{form.heading}”"
        # What was added stands, for the ledger may speak of it: undo says so, and takes back nothing before it.
        if change.touched:
            self._live.undo.push(Step(Did(did), change) if change.only_mends else stands(did, form.corrected))
        form.done(QDialog.DialogCode.Accepted)
        if saved is not None:
            saved(done)

    def save(self, verb: Callable[[Unit], object], *, narrows: bool = True) -> object:
        """What a verb returns that saves something without a form.

        Raises:
            KnownError: it could not be saved.
        """
        return self._save(verb, narrows=narrows)

    def close(self) -> None:
        """Closes the open form, saving nothing."""
        self._participants.forget()
        if self.current is not None:
            self.current.close()

    def _save(self, verb: Callable[..., SavedT], *args: object, narrows: bool) -> SavedT:
        # What may narrow shows the public card until it is known what is left.
        done = (self._live.do_narrowing if narrows else self._live.do)(verb, *args)
        self.changed.emit()
        return done

    def _open(self, form: Form, on_draft: Callable[[object], None]) -> None:
        self.close()
        self.current = form
        form.accepted_draft.connect(on_draft)
        form.finished.connect(lambda _result: self._on_closed(form))
        # What is half filled in would be gone with the windows of the one who filled it in.
        handing_over = QAction(form)
        handing_over.setShortcuts(self._console.sequences_of(Command.HAND_OVER))
        handing_over.triggered.connect(lambda: form.say(_NO_HAND_OVER))
        form.addAction(handing_over)
        self._console.open_over(form)
        if form.participants is not None:
            desk = self._live.desk
            read = partial(desk.read, read_registers, desk.everyday, Registers.participants_to_choose)
            self._participants.ask(read)

    def _on_participants(self, participants: tuple[Choice, ...]) -> None:
        if self.current is not None and self.current.participants is not None:
            self.current.participants.offer(participants)

    def _on_none(self, error: KnownError) -> None:
        if self.current is not None:
            self.current.say(str(error))

    def _on_closed(self, form: Form) -> None:
        # Another form may be open already.
        if self.current is form:
            self.current = None
            self._participants.forget()
