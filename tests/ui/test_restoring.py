"""From the unlock window: a backup restored, and the chair's new passphrase by the paper key."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.policy.paper_key import groups_of_four
from leaddesk.services.backups import back_up_to
from leaddesk.services.opening import sign_in
from leaddesk.ui.restoring import PaperKeyForm, RestoreDialog, Restoring
from leaddesk.ui.theme import Theme, ThemeName, apply, load_fonts
from leaddesk.ui.unlock import UnlockWindow
from leaddesk.vault.desk import PAPER_SLOT
from leaddesk.vault.recovery import new_paper_key
from tests.services.opened import NOON, signed_desk
from tests.vault.making import FLOOR, PASSPHRASE

PAPER = " ".join(groups_of_four(new_paper_key()))
NEW = "seven gulls over the ferry landing"
LATER = NOON + timedelta(days=3)


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    desk = signed_desk(tmp_path / "desk")
    slot = desk.new_slot(PAPER_SLOT, PAPER.replace(" ", ""), kdf=FLOOR)
    desk.do(lambda unit: unit.put_slot(slot))
    back_up_to(desk, tmp_path / "now.leaddesk")
    desk.lock()
    return tmp_path / "now.leaddesk"


@pytest.fixture
def unlock(qtbot: QtBot) -> UnlockWindow:
    load_fonts()
    qt = QApplication.instance()
    assert isinstance(qt, QApplication)
    apply(qt, Theme.load(ThemeName.LIGHT))
    window = UnlockWindow(Theme.load(ThemeName.LIGHT))
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def restoring(unlock: UnlockWindow) -> Iterator[Restoring]:
    yield Restoring(unlock, lambda: LATER)
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()


def words(window: QWidget) -> str:
    return " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def fill(dialog: RestoreDialog, file: Path, folder: Path, secret: str) -> None:
    dialog.file.line.setText(str(file))
    dialog.folder.line.setText(str(folder))
    dialog.secret.setText(secret)


def save(restoring: Restoring) -> None:
    assert restoring._form is not None
    restoring._form._save()


def asked(restoring: Restoring) -> RestoreDialog:
    restoring.restore()
    assert isinstance(restoring._form, RestoreDialog)
    return restoring._form


def test_a_passphrase_restores_and_the_window_offers_that_desk(
    restoring: Restoring, unlock: UnlockWindow, backup: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = asked(restoring)
    fill(dialog, backup, tmp_path / "again", PASSPHRASE)
    with qtbot.waitSignal(restoring.restored, timeout=30_000) as restored:
        save(restoring)
        assert not dialog.isEnabled()
    assert restored.args == [tmp_path / "again"]
    assert "The desk from Wednesday 6 May 2026 (2026-05-06), 3 days old, was restored and verified." in words(unlock)
    assert not dialog.isVisible()
    assert dialog.secret.text() == ""
    sign_in(tmp_path / "again", PASSPHRASE, clock=lambda: LATER).lock()


def test_the_paper_key_then_asks_for_a_new_passphrase(
    restoring: Restoring, unlock: UnlockWindow, backup: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    fill(asked(restoring), backup, tmp_path / "again", PAPER)
    with qtbot.waitSignal(restoring.restored, timeout=30_000):
        save(restoring)
    form = restoring._form
    assert isinstance(form, PaperKeyForm)
    assert form.key is None
    form.passphrase.first.setText(NEW)
    form.passphrase.second.setText(NEW)
    save(restoring)
    qtbot.waitUntil(lambda: "The chair’s new passphrase opens the desk." in words(unlock), timeout=30_000)
    assert "3 days old, was restored" in words(unlock)
    sign_in(tmp_path / "again", NEW, clock=lambda: LATER).lock()


def test_the_paper_key_gives_a_desk_that_is_there_a_new_passphrase(
    restoring: Restoring, unlock: UnlockWindow, backup: Path, qtbot: QtBot
) -> None:
    restoring.use_paper_key(backup.parent / "desk")
    form = restoring._form
    assert isinstance(form, PaperKeyForm)
    assert form.key is not None
    save(restoring)
    assert "The paper key is still missing." in words(form)
    form.key.setText(PAPER[:-1])
    form.passphrase.first.setText(NEW)
    form.passphrase.second.setText(NEW)
    save(restoring)
    qtbot.waitUntil(lambda: "This is no paper key" in words(form), timeout=30_000)
    form.key.setText(PAPER.lower())
    save(restoring)
    qtbot.waitUntil(lambda: "The chair’s new passphrase opens the desk." in words(unlock), timeout=30_000)
    sign_in(backup.parent / "desk", NEW, clock=lambda: LATER).lock()


def test_what_goes_wrong_is_said_in_the_form_and_nothing_typed_is_lost(
    restoring: Restoring, backup: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = asked(restoring)
    save(restoring)
    assert "Choose the backup." in words(dialog)
    fill(dialog, backup, tmp_path / "again", "not this one")
    save(restoring)
    qtbot.waitUntil(lambda: "This opens nothing here" in words(dialog), timeout=30_000)
    assert dialog.isEnabled()
    assert dialog.file.line.text() == str(backup)
    assert not (tmp_path / "again").exists()
    fill(dialog, backup, Path(), PASSPHRASE)
    dialog.folder.line.setText(" ")
    save(restoring)
    assert "Choose where the desk is to be." in words(dialog)
    fill(dialog, backup, tmp_path / "again", "")
    save(restoring)
    assert "The passphrase or the paper key is still missing." in words(dialog)
    dialog.reject()


def test_files_are_looked_for_and_what_is_typed_can_be_shown(
    restoring: Restoring, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = asked(restoring)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/media/stick/now.leaddesk", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    before = dialog.folder.line.text()
    dialog.file._choose.click()
    dialog.folder._choose.click()
    assert (dialog.file.line.text(), dialog.folder.line.text()) == ("/media/stick/now.leaddesk", before)
    assert dialog.secret.echoMode() is QLineEdit.EchoMode.Password
    dialog.show_typed.click()
    assert dialog.secret.echoMode() is QLineEdit.EchoMode.Normal
    names = {one.accessibleName() or one.text() for one in dialog.findChildren(QAbstractButton)}
    assert {"Choose: Backup", "Choose: New folder"} <= names
    dialog.reject()


def test_the_unlock_window_offers_both(unlock: UnlockWindow, qtbot: QtBot) -> None:
    for text, signal in (
        ("Restore a backup…", unlock.restore_asked),
        ("Use the paper key…", unlock.paper_key_asked),
    ):
        (button,) = (one for one in unlock.findChildren(QAbstractButton) if one.text() == text)
        with qtbot.waitSignal(signal):
            button.click()
        unlock.set_busy(busy=True)
        assert not button.isEnabled()
        unlock.set_busy(busy=False)
