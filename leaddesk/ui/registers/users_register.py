"""Users and keys behind the console's menu: whatever takes its time runs in the background."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from leaddesk.errors import KnownError
from leaddesk.policy.users import UsersView
from leaddesk.services import backups, paper_keys, users
from leaddesk.services.desk import Desk
from leaddesk.services.drafts import Choice
from leaddesk.services.paper_keys import FreshPaperKey
from leaddesk.ui.background import Guarded, Newest, Task
from leaddesk.ui.console.boxes import asked
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.paper_key import PaperKeyDialog
from leaddesk.ui.registers.form import Form
from leaddesk.ui.registers.users import ChangePassphraseForm, HandOverForm, RoleForm, UserForm, UsersPage

_KEY = "A key is being worked out…"
_ROTATING = "The desk gets a new key…"
_REMOVING = (
    "They can’t unlock the desk any more, and the desk gets a new key. Everybody else keeps their passphrase, and "
    "the paper key still opens.\n\nCopies of the desk that they may have kept still open with what they know: this "
    "can’t take back what they have."
)


class UsersRegister(QObject):
    """The users behind the console's menu.

    Args:
        desk: the open desk.
        console: the window whose page it is.
    """

    failed = Signal(object)
    """A `KnownError` that the user is to be told."""

    def __init__(self, desk: Desk, console: ConsoleWindow) -> None:
        super().__init__()
        self._guarded = Guarded(self.failed.emit)
        self._desk = desk
        self._console = console
        self._listing = Newest(self._on_listed, self.failed.emit, console)
        self._running: Task | None = None
        self._dialog: Form | PaperKeyDialog | None = None
        self._done_words = ""
        self._drive: Path | None = None
        self._closed = False
        self._page = console.set_page(PageName.USERS, self._make_page)
        console.page_asked.connect(self._on_page)

    @property
    def page(self) -> UsersPage:
        """The page, made at its first visit."""
        return self._page.visit()

    @property
    def running(self) -> bool:
        """Whether a key is being worked out, of which the end has not been told yet."""
        return self._running is not None

    def use_drive(self, drive: Path | None) -> None:
        """Looks for backups that the key before still opens in this folder too."""
        self._drive = drive

    def show(self) -> None:
        """Reads the users anew, beside the page."""
        self._read()

    def close(self) -> None:
        """Ends what is running and empties the page; how that ends is told no more."""
        self._closed = True
        self._cancel()
        self._listing.forget()
        self._page.tell(UsersPage.forget)

    def _make_page(self) -> UsersPage:
        page = UsersPage(self._console.theme)
        page.add_asked.connect(lambda: self._guarded(self._add))
        page.role_asked.connect(self._change_role)
        page.remove_asked.connect(self._ask_to_remove)
        page.passphrase_asked.connect(lambda: self._guarded(self._change_passphrase))
        page.paper_key_asked.connect(lambda: self._guarded(self._new_paper_key))
        page.canceled.connect(self._cancel)
        page.backups_asked.connect(self._go_to_backups)
        return page

    # What the page asks for

    def _add(self) -> None:
        view = self._desk.do(users.list_users, self._desk.everyday, has_paper_key=self._desk.has_paper_key)
        words = {one.id: ", ".join(part for part in (one.title, one.detail) if part) for one in view.candidates}
        names = {one.id: one.title for one in view.candidates}
        form = UserForm([Choice(id=id_, words=each) for id_, each in words.items()], self._console)

        def hand_over(draft: tuple[str, str]) -> None:
            form.accept()
            who, role = draft
            self._guarded(lambda: self._hand_over(who, names[who], role))

        self._open(form, hand_over)

    def _hand_over(self, who: str, name: str, role: str) -> None:
        form = HandOverForm(name, self._desk.do(users.words_about, who), self._console)

        def add(passphrase: str) -> None:
            self._run(lambda _task: users.add_user(self._desk, who, role, passphrase), f"{name} can unlock the desk.")

        self._open(form, add)

    def _change_role(self, user: str) -> None:
        form = RoleForm(self.page.row(user), self._console)

        def change(role: str) -> None:
            try:
                self._desk.do(users.change_role, user, role)
            except KnownError as error:
                form.say(str(error))
                return
            form.accept()
            self._read()
            self.page.say("The role holds from the next time they unlock the desk.")

        self._open(form, change)

    def _ask_to_remove(self, user: str) -> None:
        name = self.page.row(user).name
        theme, question = self._console.theme, f"Remove {name}?"
        box, sure = asked(self._console, theme, question, _REMOVING, do="Remove", keep="Cancel")
        sure.clicked.connect(lambda: self._remove(user, name))
        self._console.open_over(box)

    def _remove(self, user: str, name: str) -> None:
        self._run(
            lambda task: users.remove_user(self._desk, user, progress=task.report),
            f"{name} can’t unlock the desk any more.",
            rotating=True,
        )

    def _change_passphrase(self) -> None:
        form = ChangePassphraseForm(self._desk.do(users.words_about, self._desk.user.id), self._console)

        def change(given: tuple[str, str]) -> None:
            self._run(lambda _task: users.change_passphrase(self._desk, *given), "Your new passphrase holds.")

        self._open(form, change)

    def _new_paper_key(self) -> None:
        dialog = PaperKeyDialog(paper_keys.for_desk(self._desk), self._console)
        dialog.confirmed.connect(self._use_paper_key)
        self._show_dialog(dialog)

    def _use_paper_key(self, fresh: FreshPaperKey) -> None:
        self._run(
            lambda task: users.replace_paper_key(self._desk, fresh, progress=task.report),
            "The new paper key holds; an earlier one opens nothing any more.",
            rotating=self._desk.has_paper_key,
        )

    def _go_to_backups(self) -> None:
        self._console.show_page(PageName.BACKUPS)
        self._console.page_asked.emit(PageName.BACKUPS)

    # Running

    def _open(self, form: Form, on_draft: Callable[..., None]) -> None:
        form.accepted_draft.connect(on_draft)
        self._show_dialog(form)

    def _show_dialog(self, dialog: Form | PaperKeyDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._on_closed)
        self._console.open_over(dialog)

    def _on_closed(self) -> None:
        # The new user's form opens when the one before it has closed already.
        if self._dialog is self.sender():
            self._dialog = None

    def _run(self, work: Callable[[Task], None], done: str, *, rotating: bool = False) -> None:
        """Works in the background while page and form say so; a form stays open until it has worked."""
        if self._dialog is not None:
            self._dialog.setEnabled(False)
        self._done_words = done
        self.page.set_busy(_ROTATING if rotating else _KEY, cancelable=rotating)
        task: Task = Task(lambda: work(task))
        self._running = task
        task.start(succeeded=self._on_done, failed=self._on_failed, progressed=self.page.set_progress)

    def _on_done(self, _result: object) -> None:
        self._running = None
        if self._closed:
            return
        self.page.set_busy("")
        if self._dialog is not None:
            self._dialog.accept()
        self._guarded(self._tell_done)

    def _tell_done(self) -> None:
        self._read()
        old = backups.old_backups(self._desk, self._drive)
        also = f" The key before still opens backups ({len(old)}): make them anew." if old else ""
        self.page.say(self._done_words + also, offers_backups=bool(old))

    def _on_failed(self, error: BaseException) -> None:
        self._running = None
        if self._closed:
            return
        self.page.set_busy("")
        self.page.say("")
        if self._dialog is not None:
            self._dialog.setEnabled(True)
        if not isinstance(error, KnownError):
            raise error
        if self._desk.locked:
            # the disk refused when the old key was gone already: there is nothing to go on with here
            self.failed.emit(error)
        else:
            (self._dialog or self.page).say(str(error))

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    # Reading

    def _on_page(self, name: PageName) -> None:
        if name is PageName.USERS:
            self.show()

    def _read(self) -> None:
        desk = self._desk
        self._listing.ask(partial(desk.read, users.list_users, desk.everyday, has_paper_key=desk.has_paper_key))

    def _on_listed(self, view: UsersView) -> None:
        self.page.set_view(view)
