"""Makes backups from the console, in the background: now, once a day, and when the desk locks."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from leaddesk.errors import KnownError
from leaddesk.policy.backups import BackupsView
from leaddesk.services import backups
from leaddesk.services.backups import BackupKind, Made
from leaddesk.services.desk import Desk
from leaddesk.ui.background import Canceled, Newest, Task
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.registers.backups import BackupsPage

HOUR = 60 * 60 * 1000
"""Milliseconds between two looks at whether the backup of the day is due: a desk may be open past midnight."""


class BackupsRegister(QObject):
    """The backups behind the console's menu.

    Args:
        desk: the open desk.
        console: the window whose page it is.
        automatic: whether it makes some by itself; not at the sample desk.
    """

    failed = Signal(object)
    """A `KnownError` that the user is to be told."""
    drive_chosen = Signal(object)
    """The folder on another drive, to be remembered for this computer."""

    def __init__(self, desk: Desk, console: ConsoleWindow, *, automatic: bool) -> None:
        super().__init__()
        self._desk = desk
        self._console = console
        self._automatic = automatic
        self._listing = Newest(self._on_listed, self.failed.emit, console)
        self._drive: Path | None = None
        self._running: Task | None = None
        self._daily = False
        self._at_lock: Made | None = None
        self._look = QTimer(self)
        self._look.setInterval(HOUR)
        self._look.timeout.connect(self.make_if_due)
        self._said, self._caution = "", False
        self._page = console.set_page(PageName.BACKUPS, self._make_page)
        console.page_asked.connect(self._on_page)

    @property
    def page(self) -> BackupsPage:
        """The page, made at its first visit: it shows what is being made then, and how the last one went."""
        return self._page.visit()

    def use_drive(self, drive: Path | None) -> None:
        """Copies each backup to this folder from now on."""
        self._drive = drive

    def make_if_due(self) -> None:
        """Makes the backup of the day, where there is none yet, and asks again every hour."""
        if not self._automatic:
            return
        self._look.start()
        try:
            due = backups.due(self._desk)
        except KnownError as error:
            self.failed.emit(error)
            return
        if due:
            self._begin(partial(backups.back_up, kind=BackupKind.DAILY), daily=True)

    def lock_desk(self) -> None:
        """Locks the desk, with a backup first where that takes no time."""
        try:
            if self._automatic:
                self._at_lock = backups.back_up_at_lock(self._desk)
        finally:
            self._desk.lock()

    def copy_what_was_made_at_lock(self) -> None:
        """Takes the backup made at lock to the other drive; it needs no key, so nothing waits for it."""
        if self._at_lock is not None and self._drive is not None:
            made, drive, desk = self._at_lock, self._drive, self._desk.vault.desk_id
            Task(lambda: backups.copy_to_drive(made, drive, desk)).start()

    def close(self) -> None:
        """Empties the page; no backup is made any more but the one at lock."""
        self._look.stop()
        self._cancel()
        self._listing.forget()
        self._page.tell(BackupsPage.forget)

    # Inside

    def _make_page(self) -> BackupsPage:
        page = BackupsPage(self._console.theme)
        page.asked.connect(lambda: self._begin(partial(backups.back_up, kind=BackupKind.BY_HAND)))
        page.anew_asked.connect(lambda: self._begin(backups.make_anew))
        page.canceled.connect(self._cancel)
        page.drive_chosen.connect(self._on_drive)
        page.set_busy(busy=self._running is not None)
        page.say(self._said, caution=self._caution)
        return page

    def _say(self, words: str, *, caution: bool = False) -> None:
        self._said, self._caution = words, caution
        self._page.tell(lambda page: page.say(words, caution=caution))

    def _on_page(self, name: PageName) -> None:
        if name is PageName.BACKUPS:
            self._show()

    def _show(self) -> None:
        self._listing.ask(partial(backups.shown, self._desk, self._drive))

    def _on_listed(self, view: BackupsView) -> None:
        self.page.set_view(view)

    def _on_drive(self, drive: Path) -> None:
        self._drive = drive
        self.drive_chosen.emit(drive)
        self._show()

    def _begin(self, make: Callable[..., Made], *, daily: bool = False) -> None:
        """Makes a backup by a verb of the service, unless one is being made already."""
        if self._running is not None:
            return
        self._daily = daily
        self._say("")
        self._page.tell(lambda page: page.set_busy(busy=True))
        drive = self._drive
        task = self._running = Task(lambda: make(self._desk, drive=drive, progress=task.report))
        task.start(succeeded=self._on_made, failed=self._on_failed, progressed=self._on_progress)

    def _on_progress(self, done: int, whole: int) -> None:
        self._page.tell(lambda page: page.set_progress(done, whole))

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def _on_made(self, made: Made) -> None:
        if not self._end():
            return
        if made.not_copied is None:
            self._say("The backup was made and verified.")
            self._console.notice.say("backup", "")
        else:
            words = "The backup was made and verified. It is not on the other drive: connect that and try again."
            self._say(words, caution=True)
        self._page.tell(lambda _page: self._show())

    def _on_failed(self, error: BaseException) -> None:
        if not self._end():
            return
        if isinstance(error, Canceled):
            self._say("The backup was canceled; nothing is left of it.")
        elif isinstance(error, KnownError):
            self._say(str(error), caution=True)
            if self._daily:
                self._console.notice.say("backup", f"The backup of the day failed. {error.happened}")
        else:
            raise error

    def _end(self) -> bool:
        """Whether the desk is still open: an emptied page stays empty."""
        self._running = None
        if self._desk.locked:
            return False
        self._page.tell(lambda page: page.set_busy(busy=False))
        return True
