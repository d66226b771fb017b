"""The composition root: vault, services and windows meet here and nowhere else.

From unlocking to locking: an unlock window, then the two windows of the meeting at hand, then unlocking again. What
is only needed behind the unlock window is imported while the key is worked out, so that the window is there at once.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

import leaddesk.ui  # noqa: F401 - before anything else of ours: see there
from leaddesk import paths, platforms
from leaddesk.errors import KnownError, redacted
from leaddesk.ui.appearance import Dresser, System
from leaddesk.ui.background import Task, collect_everything, spare_the_program
from leaddesk.ui.screens import Screens
from leaddesk.ui.unlock import UnlockWindow
from leaddesk.vault.tries import Tries

if TYPE_CHECKING:
    import tempfile

    from leaddesk.services.desk import Desk
    from leaddesk.ui.console.boxes import Box
    from leaddesk.ui.desk_windows import DeskWindows
    from leaddesk.ui.lock_watch import LockWatch
    from leaddesk.ui.restoring import Restoring

BANNER = "For authorized staff. What is opened, shown and printed goes on record."
CAPTURED = "This computer can't keep the console out of screenshots and screen sharing."


def now() -> datetime:
    """What the time is."""
    return datetime.now(UTC)


class Application(QObject):
    """LeadDesk on one computer: at most one desk is open at a time.

    Args:
        folder: the desk to begin with, ``None`` for the one that was open last.
        clock: what the time is, aware.
        system: what the system asks of how LeadDesk looks; by default the one that there is.
    """

    def __init__(
        self, folder: Path | None, clock: Callable[[], datetime] = now, system: System | None = None
    ) -> None:
        super().__init__()
        self._real_clock = self._clock = clock
        self._folder = folder or paths.last_desk()
        app = cast("QApplication", QApplication.instance())
        self._dresser = Dresser(app, system or System(app), paths.appearance(), paths.remember_appearance)
        self._dresser.recolored.connect(self._on_recolored)
        self._dresser.outgrown.connect(self._on_outgrown)
        self._screens = Screens(self)
        self._rehearsal = False
        self._tries = Tries()
        self._sample: tempfile.TemporaryDirectory[str] | None = None
        self._watch: LockWatch | None = None
        self.windows: DeskWindows | None = None
        self._bug: Box | None = None
        """What tells of a bug: the next ones, which often are the same, are only printed while it is open."""
        self.unlock = self._make_unlock()

    def start(self) -> None:
        """Shows the unlock window."""
        if not self.unlock.fits:
            self._renew_unlock()
        self.unlock.set_folder(self._folder)
        self.unlock.wait(self._tries.seconds)
        self.unlock.show()

    def unlock_with(self, passphrase: str) -> None:
        """Opens the desk in the background: the key takes its time, and the window must not stand still."""
        folder = self._folder
        if folder is None:
            self.unlock.show_error(
                KnownError("No desk is chosen yet.", todo="Choose Another desk, or make a new one.")
            )
            return
        self._rehearsal, self._clock = False, self._real_clock
        self.unlock.set_busy(busy=True)
        self._in_background(lambda: _sign_in(folder, passphrase, self._clock, self._tries))

    def open_sample(self) -> None:
        """Opens a desk of invented people in a temporary folder, in mid-meeting."""
        import tempfile

        from leaddesk.workday import WorkdayClock

        self._rehearsal = True
        self.unlock.set_busy(busy=True)
        self._sample = tempfile.TemporaryDirectory(prefix="leaddesk-", ignore_cleanup_errors=True)
        folder = Path(self._sample.name) / "desk"
        self._clock = WorkdayClock()
        self._in_background(lambda: _demo_desk(folder, self._clock))

    def lock(self) -> None:
        """Locks the desk: windows closed, key dropped, the unlock window again."""
        if self.windows is None:
            return
        windows, self.windows = self.windows, None
        self._stop_watching()
        try:
            windows.close()
        except KnownError as error:
            self.start()
            self.unlock.show_error(error)
        else:
            self.start()
        finally:
            self._remove_sample()
            # Windows and what they showed are gone once they are deleted and nothing points at them any more.
            QTimer.singleShot(0, collect_everything)

    def tell_bug(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None = None) -> None:
        """Tells of a bug without a value or a name, which what it says may hold; the room sees the public card."""
        from leaddesk.ui.console.boxes import told

        words = f"A bug in LeadDesk: {redacted(error)}."
        if self.windows is not None:
            self.windows.fail_closed()
        print(words, file=sys.stderr)
        if self._bug is not None:
            return
        what = "Something went wrong that should not have. What was filed before is on the desk."
        console = None if self.windows is None else self.windows.workplace.console
        self._bug = told(console or self.unlock, self._dresser.themes[1], what, f"{words} Please report this line.")
        self._bug.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bug.destroyed.connect(self._on_bug_told)
        if console is not None:
            console.open_over(self._bug)
        else:
            self._bug.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._bug.open()

    def _on_bug_told(self) -> None:
        self._bug = None

    def _in_background(self, open_desk: Callable[[], "Desk"]) -> None:
        Task(open_desk).start(succeeded=self._opened, failed=self._failed)

    def _opened(self, desk: "Desk") -> None:
        try:
            self._work_at(desk)
        except BaseException as error:  # noqa: BLE001 - it is told or raised again once the desk is locked
            self.lock()
            desk.lock()
            self.start()
            self._failed(error)

    def _work_at(self, desk: "Desk") -> None:
        from leaddesk.services import meetings
        from leaddesk.services.desk import lock_after
        from leaddesk.ui.desk_windows import DeskWindows
        from leaddesk.ui.lock_watch import LockWatch

        spare_the_program()
        meeting, patience = desk.do(meetings.at_hand), desk.do(lock_after)
        themes = self._dresser.themes
        windows = DeskWindows(desk, meeting, themes, self._clock, self._screens, rehearsal=self._rehearsal)
        if self._folder is not None and not self._rehearsal:
            paths.remember_desk(self._folder)
        self.unlock.set_busy(busy=False)
        self.unlock.hide()
        self._show(windows)
        self._watch = LockWatch(patience, lambda: self.windows is not None and self.windows.meeting_open)
        self._watch.lock_asked.connect(self.lock)
        self._watch.warned.connect(self._warn_of_lock)

    def _reopen(self, meeting: str) -> None:
        """Another meeting of the same desk, such as the one just planned."""
        if self.windows is not None:
            self._show(self.windows.at(meeting))

    def _go_on_with(self, desk: "Desk") -> None:
        """Another user of the same desk goes on with the meeting that is open."""
        if self.windows is not None:
            self._show(self.windows.with_user(desk))

    def _show(self, windows: "DeskWindows") -> None:
        self.windows = windows
        windows.lock_asked.connect(self.lock)
        windows.reopened.connect(self._reopen)
        windows.handed_over.connect(self._go_on_with)
        windows.appearance_asked.connect(self._dresser.choose)
        windows.workplace.console.show_appearance(self._dresser.appearance.chosen)
        windows.told.connect(self._on_told)
        windows.use_drive(paths.backup_drive())
        windows.backups.drive_chosen.connect(paths.remember_backup_drive)
        windows.open()
        windows.backups.make_if_due()

    def _on_recolored(self) -> None:
        themes, chosen = self._dresser.themes, self._dresser.appearance.chosen
        self.unlock.set_theme(themes[1])
        self.unlock.show_appearance(chosen)
        if self.windows is not None:
            self.windows.set_themes(themes, chosen)

    def _on_outgrown(self) -> None:
        """Windows for letters of another size: at once, unless that would break off what is being done."""
        if self.windows is None:
            if self.unlock.idle:
                self._renew_unlock()
                self.start()
        elif self.windows.busy:
            self.windows.offer_new_windows(self._renew_windows)
        else:
            self._renew_windows()

    def _renew_windows(self) -> None:
        """The same meeting in windows made anew, at the same page; the room sees the idle card meanwhile."""
        if self.windows is not None:
            page = self.windows.workplace.console.page
            self._show(self.windows.at(self.windows.meeting))
            self.windows.workplace.console.go_to(page)

    def _renew_unlock(self) -> None:
        before, self.unlock = self.unlock, self._make_unlock()
        if before.isVisible():
            self.unlock.show()
        before.close()
        before.deleteLater()

    def _make_unlock(self) -> UnlockWindow:
        unlock = UnlockWindow(self._dresser.themes[1])
        kept_out = platforms.exclude_from_capture(int(unlock.winId()))
        unlock.set_banner(BANNER if kept_out else f"{BANNER}\n{CAPTURED}")
        unlock.unlock_asked.connect(self.unlock_with)
        unlock.another_desk_asked.connect(self._choose_desk)
        unlock.new_desk_asked.connect(self._new_desk)
        unlock.sample_asked.connect(self.open_sample)
        unlock.restore_asked.connect(self._restore)
        unlock.paper_key_asked.connect(self._use_paper_key)
        unlock.appearance_asked.connect(self._dresser.choose)
        unlock.font_changed.connect(self._dresser.look_at_font)
        unlock.show_appearance(self._dresser.appearance.chosen)
        return unlock

    def _on_told(self, error: KnownError) -> None:
        """A desk that its disk has locked has no windows to say so in: the unlock window does."""
        if self.windows is not None and self.windows.desk.locked:
            self.lock()
            self.unlock.show_error(error)

    def _warn_of_lock(self, seconds: int) -> None:
        if self.windows is not None:
            self.windows.warn_of_lock(seconds)

    def _stop_watching(self) -> None:
        if self._watch is not None:
            watch, self._watch = self._watch, None
            watch.stop()

    def _remove_sample(self) -> None:
        """The sample's folder goes with the sample."""
        if self._sample is not None:
            sample, self._sample = self._sample, None
            sample.cleanup()

    def _failed(self, error: BaseException) -> None:
        self._rehearsal = False
        self._remove_sample()
        self.unlock.set_busy(busy=False)
        if not isinstance(error, KnownError):
            raise error
        self.unlock.show_error(error)
        self.unlock.wait(self._tries.seconds)

    def _choose_desk(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self.unlock, "LeadDesk")
        if chosen:
            self._choose(Path(chosen))

    def _restore(self) -> None:
        self._restoring().restore()

    def _use_paper_key(self) -> None:
        if self._folder is None:
            self.unlock.show_error(KnownError("No desk is chosen yet.", todo="Choose Another desk first."))
        else:
            self._restoring().use_paper_key(self._folder)

    def _restoring(self) -> "Restoring":
        from leaddesk.ui.restoring import Restoring

        restoring = Restoring(self.unlock, self._real_clock)
        restoring.restored.connect(self._choose)
        return restoring

    def _choose(self, folder: Path) -> None:
        self._folder = folder
        self.unlock.set_folder(folder)

    def _new_desk(self) -> None:
        from leaddesk.services.opening import new_desk
        from leaddesk.ui.newdesk import NewDeskDialog

        asked = NewDeskDialog.ask(self.unlock, self._real_clock().astimezone().date())
        if asked is not None:
            folder, new, passphrase, paper_key = asked
            self._folder, self._rehearsal, self._clock = folder, False, self._real_clock
            self.unlock.set_busy(busy=True)
            self._in_background(lambda: new_desk(folder, new, passphrase, clock=self._clock, paper_key=paper_key))


def run(folder: Path | None, *, sample: bool = False) -> int:
    """Runs LeadDesk until its last window is closed.

    Args:
        folder: the desk to begin with.
        sample: whether to open the demo desk at once.
    """
    qt = cast("QApplication", QApplication.instance() or QApplication(sys.argv[:1]))
    qt.setApplicationName("LeadDesk")
    application = Application(folder)
    sys.excepthook = application.tell_bug
    qt.aboutToQuit.connect(application.lock)
    application.start()
    if sample:
        application.open_sample()
    return qt.exec()


def demo_into(folder: Path) -> str:
    """Makes the demo desk in a folder and locks it; returns its passphrase."""
    from leaddesk.services.demo import PASSPHRASE
    from leaddesk.workday import WorkdayClock

    _demo_desk(folder, WorkdayClock()).lock()
    return PASSPHRASE


def _sign_in(folder: Path, passphrase: str, clock: Callable[[], datetime], tries: Tries) -> "Desk":
    from leaddesk.services.opening import sign_in

    return sign_in(folder, passphrase, clock=clock, tries=tries)


def _demo_desk(folder: Path, clock: Callable[[], datetime]) -> "Desk":
    from leaddesk.services.demo import demo_desk

    return demo_desk(folder, clock=clock)
