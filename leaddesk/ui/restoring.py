"""From the unlock window: a backup made a desk again, and a new passphrase for the chair by the paper key."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QFileDialog, QLineEdit, QWidget
from typing_extensions import override

from leaddesk.errors import KnownError
from leaddesk.services.opening import recover
from leaddesk.services.restoring import Restored, restore
from leaddesk.ui.background import Task
from leaddesk.ui.console.parts import open_at
from leaddesk.ui.new_passphrase import NewPassphrase
from leaddesk.ui.place_field import PlaceField
from leaddesk.ui.registers.form import Form, WrongField
from leaddesk.ui.unlock import UnlockWindow

Wish = tuple[Path, Path, str]
Recovery = tuple[str, str]


class RestoreDialog(Form):
    """Asks which backup becomes a desk again, where, and what opens it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Restore a backup", parent)
        self.file = self.add_row("Backup", PlaceField(self._file), "A file whose name ends in .leaddesk.")
        self.folder = self.add_row(
            "New folder",
            PlaceField(self._folder, str(Path.home() / "LeadDesk restored")),
            "Empty or not there yet; a desk that is there is never overwritten.",
        )
        self.secret = self.add_text(
            "Passphrase or paper key", "", "Of the day of the backup. The paper key then asks for a new passphrase."
        )
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_typed = self.add_row("Show it", QCheckBox("Show what is typed"))
        self.show_typed.toggled.connect(self._show_typed)
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setText("Restore")
        open_at(self, 680, 480)
        self.finished.connect(lambda _result: self.secret.setText(""))

    @override
    def draft(self) -> Wish:
        file, folder, secret = self.file.path, self.folder.path, self.secret.text()
        if file is None:
            raise WrongField(self.file, "Choose the backup.")
        if folder is None:
            raise WrongField(self.folder, "Choose where the desk is to be.")
        if not secret:
            raise WrongField(self.secret, "The passphrase or the paper key is still missing.")
        return file, folder, secret

    def _show_typed(self, shown: bool) -> None:
        self.secret.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _file(self) -> str:
        return QFileDialog.getOpenFileName(self, "LeadDesk", "", "Backups (*.leaddesk);;All files (*)")[0]

    def _folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, "LeadDesk")


class PaperKeyForm(Form):
    """Asks for the paper key, and for the chair's new passphrase.

    Args:
        paper_key: as typed already; it is not asked for again.
        parent: the window it stands over.
    """

    def __init__(self, paper_key: str = "", parent: QWidget | None = None) -> None:
        super().__init__("A new passphrase for the chair", parent)
        self._paper_key = paper_key
        self.key: QLineEdit | None = None
        if not paper_key:
            self.key = self.add_text(
                "Paper key", "", "As on its sheet; capitals, spaces and hyphens don’t matter. Its use goes on record."
            )
        # whoever comes with the paper key is not signed in: names are judged by the service
        self.passphrase = NewPassphrase(self, lambda: (), "New passphrase")
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setText("Set the passphrase")
        open_at(self, 680, 480)
        self.finished.connect(lambda _result: self._forget())

    @override
    def draft(self) -> Recovery:
        paper_key = self._paper_key if self.key is None else self.key.text().strip()
        if not paper_key:
            assert self.key is not None
            raise WrongField(self.key, "The paper key is still missing.")
        return paper_key, self.passphrase.read()

    def _forget(self) -> None:
        self._paper_key = ""
        if self.key is not None:
            self.key.setText("")


class Restoring(QObject):
    """Carries out both, in the background, and says at the unlock window how it went.

    Args:
        unlock: the window it starts from.
        clock: what the time is, aware.
    """

    restored = Signal(object)
    """The folder of a desk that can be opened now, a `Path`."""

    def __init__(self, unlock: UnlockWindow, clock: Callable[[], datetime]) -> None:
        super().__init__(unlock)
        self._unlock = unlock
        self._clock = clock
        self._form: Form | None = None
        self._secret = ""
        self._folder: Path | None = None
        self._words = ""

    def restore(self) -> None:
        """Asks for a backup and restores it."""
        self._ask(RestoreDialog(self._unlock), self._begin_restore)

    def use_paper_key(self, folder: Path, typed: str = "") -> None:
        """Asks for the paper key, if it is not known yet, and for a passphrase for the chair of the desk there."""
        self._folder = folder
        self._ask(PaperKeyForm(typed, self._unlock), self._begin_recovery)

    # Inside

    def _ask(self, form: Form, go_on: Callable[..., None]) -> None:
        form.accepted_draft.connect(go_on)
        self._form = form
        form.open()

    def _begin_restore(self, wish: Wish) -> None:
        file, folder, self._secret = wish
        secret = self._secret
        self._run(lambda: restore(file, folder, secret, clock=self._clock), self._on_restored)

    def _begin_recovery(self, recovery: Recovery) -> None:
        folder, (paper_key, passphrase) = self._folder, recovery
        assert folder is not None
        self._run(lambda: recover(folder, paper_key, passphrase, clock=self._clock), self._on_recovered)

    def _run(self, work: Callable[[], object], on_done: Callable[..., None]) -> None:
        """Does the work while the form stays as it is: what was typed is still there if it fails."""
        self._show_busy(busy=True)
        Task(work).start(succeeded=on_done, failed=self._on_failed)

    def _on_restored(self, restored: Restored) -> None:
        secret, self._secret = self._secret, ""
        self._close_form()
        self._words = f"The desk {restored.words}, was restored and verified."
        self.restored.emit(restored.folder)
        self._unlock.say_done(self._words)
        if restored.by_paper_key:
            self.use_paper_key(restored.folder, secret)

    def _on_recovered(self, _nothing: object) -> None:
        self._close_form()
        self._unlock.say_done(f"{self._words} The chair’s new passphrase opens the desk.".strip())
        self._words = ""

    def _on_failed(self, error: BaseException) -> None:
        self._secret = ""
        self._show_busy(busy=False)
        if not isinstance(error, KnownError):
            raise error
        if self._form is not None:
            self._form.say(str(error))

    def _show_busy(self, *, busy: bool) -> None:
        self._unlock.set_busy(busy=busy)
        if self._form is not None:
            self._form.setEnabled(not busy)
            self._form.say("Working… a large desk takes a minute." if busy else "")

    def _close_form(self) -> None:
        self._show_busy(busy=False)
        form, self._form = self._form, None
        if form is not None:
            form.accept()
            form.deleteLater()
