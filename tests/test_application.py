"""LeadDesk from its unlock window: the sample, a desk of one's own, a wrong passphrase, locking."""

import gc
import json
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from leaddesk import platforms
from leaddesk.application import Application, now
from leaddesk.errors import KnownError
from leaddesk.policy.desk_views import EntryKind
from leaddesk.services import agreements, meetings
from leaddesk.services.backups import back_up_to, dated
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import Signed
from leaddesk.services.opening import sign_in
from leaddesk.ui.background import Task, settle
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.newdesk import NewDeskDialog
from leaddesk.ui.paper_key import PaperKeyDialog
from leaddesk.ui.restoring import PaperKeyForm, RestoreDialog
from leaddesk.vault import rotation
from leaddesk.vault.files import DeskFiles
from tests.vault.making import bytes_and_times


def opened(application: Application, qtbot: QtBot) -> DeskWindows:
    """The windows of the desk that was just unlocked."""
    qtbot.waitUntil(lambda: application.windows is not None, timeout=60_000)
    assert application.windows is not None
    return application.windows


def words(application: Application) -> str:
    return " ".join(label.text() for label in application.unlock.findChildren(QLabel))


def test_a_wrong_passphrase_is_said_and_the_right_one_opens_the_meeting(
    application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    application.unlock.unlock_asked.emit("not the passphrase")
    qtbot.waitUntil(lambda: "does not open" in words(application), timeout=20_000)
    assert application.windows is None
    application.unlock.unlock_asked.emit(PASSPHRASE)
    windows = opened(application, qtbot)
    assert not application.unlock.isVisible()
    # Nothing private before the chair has looked at the screens.
    place = windows.workplace
    assert not place.console.isVisible()
    place.cover.restored.emit()
    assert place.console.isVisible()
    assert json.loads((tmp_path / "settings" / "settings.json").read_text(encoding="utf-8")) == {
        "desk": str((tmp_path / "desk").resolve())
    }


def test_garbage_is_not_looked_for_in_the_program_itself_while_a_desk_is_open(
    application: Application, qtbot: QtBot
) -> None:
    application.unlock.unlock_asked.emit(PASSPHRASE)
    windows = opened(application, qtbot)
    # Going through all of the program takes longer than any key may.
    assert gc.get_freeze_count() > len(gc.get_objects())
    assert any(one is windows for one in gc.get_objects()), "what holds anything private is looked at as ever"
    application.lock()
    qtbot.waitUntil(lambda: gc.get_freeze_count() == 0)


def test_locking_closes_everything_and_comes_back_to_unlocking(application: Application, qtbot: QtBot) -> None:
    application.unlock.unlock_asked.emit(PASSPHRASE)
    windows = opened(application, qtbot)
    windows.workplace.cover.restored.emit()
    windows.workplace.console.go_to(PageName.PEOPLE)
    settle()
    (page,) = filter(None, (page.made for page in windows.registers.pages.values()))
    assert page.shown
    windows.workplace.controller.lock_asked.emit()
    assert application.windows is None
    assert windows.desk.locked
    assert application.unlock.isVisible()
    assert not windows.workplace.console.isVisible()
    assert not page.shown


def test_a_desk_of_ones_own_is_no_rehearsal_after_the_sample(application: Application, qtbot: QtBot) -> None:
    application.unlock.sample_asked.emit()
    assert opened(application, qtbot).workplace.console.isVisible()
    application.lock()
    application.unlock.unlock_asked.emit(PASSPHRASE)
    place = opened(application, qtbot).workplace
    assert not place.console.isVisible()
    assert place.cover.isVisible()


def test_nobody_at_the_desk_for_ten_minutes_locks_it_once_the_meeting_is_closed(
    application: Application, qtbot: QtBot
) -> None:
    application.unlock.unlock_asked.emit(PASSPHRASE)
    windows = opened(application, qtbot)
    windows.workplace.cover.restored.emit()
    watch, notice = application._watch, windows.workplace.console.notice
    assert watch is not None
    watch._touched -= 600
    watch.look()
    assert not application.unlock.isVisible(), "a meeting is open"
    windows._live.close()
    watch._touched += 15
    watch.look()
    assert "it locks in 15 s" in notice.words
    watch._touched -= 15
    watch.look()
    assert windows.desk.locked
    assert application.unlock.isVisible()


def test_a_desk_that_can_no_longer_be_written_is_locked_and_it_is_said(
    application: Application, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    application.unlock.unlock_asked.emit(PASSPHRASE)
    windows = opened(application, qtbot)
    windows.workplace.cover.restored.emit()
    windows.workplace.console.meeting.entry.restore(EntryKind.UPDATE, "Half a line")
    full = KnownError("The disk is full.")

    def refuse(*_: object) -> None:
        raise full

    monkeypatch.setattr(windows._live, "do_quietly", refuse)
    application.lock()
    assert windows.desk.locked
    assert "The disk is full." in words(application)


def test_a_desk_that_can_not_be_shown_is_locked_and_it_is_said(
    application: Application, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(_unit: Unit) -> None:
        raise KnownError("The disk is full.")

    monkeypatch.setattr(meetings, "at_hand", refuse)
    application.unlock.unlock_asked.emit(PASSPHRASE)
    qtbot.waitUntil(lambda: "The disk is full." in words(application), timeout=20_000)
    assert application.unlock.isVisible()
    assert application.unlock.passphrase.isEnabled()
    sign_in(tmp_path / "desk", PASSPHRASE, clock=now).lock()


def test_a_desk_that_the_disk_has_locked_under_a_new_key_closes_its_windows_and_it_is_said(
    application: Application, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    application.unlock.unlock_asked.emit(PASSPHRASE)
    windows = opened(application, qtbot)
    windows.workplace.cover.restored.emit()

    locked, told = Event(), Event()

    def refuse(_files: DeskFiles) -> None:
        raise OSError

    def rotate(_task: Task) -> None:
        try:
            windows.desk.rotate(lambda _unit: None)
        finally:
            locked.set()
            told.wait()

    with monkeypatch.context() as patched:
        patched.setattr(rotation, "_swap", refuse)
        windows.users._run(rotate, "Done.", rotating=True)
        qtbot.waitUntil(locked.is_set, timeout=30_000)
        windows.ledger.show()  # whatever wants the desk first says only that it is locked
        assert not application.unlock.isVisible()
        told.set()
        qtbot.waitUntil(application.unlock.isVisible, timeout=30_000)
    assert application.windows is None
    assert "The disk refused" in words(application)
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [application.unlock]
    application.unlock.unlock_asked.emit(PASSPHRASE)
    opened(application, qtbot)


def test_the_samples_folder_goes_with_the_sample(application: Application, qtbot: QtBot) -> None:
    application.unlock.sample_asked.emit()
    folder = opened(application, qtbot).desk._opened.folder
    assert folder.is_dir()
    application.lock()
    assert not folder.parent.exists()


def test_the_unlock_window_says_that_screenshots_are_possible_here(application: Application) -> None:
    kept_out = platforms.exclude_from_capture(int(application.unlock.winId()))
    assert ("screenshots and screen sharing" in words(application)) is not kept_out


def has_counted(application: Application, wrong: int) -> bool:
    return application._tries.wrong == wrong


def test_after_five_wrong_passphrases_nothing_is_tried_and_reopening_the_window_changes_nothing(
    application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    before = bytes_and_times(tmp_path / "desk")
    for number in range(1, 6):
        application.unlock.unlock_asked.emit("not the passphrase")
        qtbot.waitUntil(partial(has_counted, application, number), timeout=20_000)
        QThreadPool.globalInstance().waitForDone()
        QApplication.processEvents()
    qtbot.waitUntil(lambda: "Wait " in words(application))
    assert not application.unlock.passphrase.isEnabled()
    application.unlock.hide()
    application.start()
    assert not application.unlock.passphrase.isEnabled()
    application.unlock.unlock_asked.emit(PASSPHRASE)
    QThreadPool.globalInstance().waitForDone()
    qtbot.waitUntil(lambda: "Wait " in words(application))
    assert application.windows is None
    assert bytes_and_times(tmp_path / "desk") == before


def test_a_new_desk_is_made_once_its_paper_key_was_typed_back_and_not_before(
    application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "new"

    def on_paper(form: NewDeskDialog, *, right: bool) -> None:
        paper = next(each for each in form.findChildren(PaperKeyDialog) if each.isVisible())
        assert not folder.exists()
        paper._ask_back()
        paper.typed.setText(" ".join(paper._fresh.sheet.groups).lower() if right else "8M4T")
        paper.done_button.click()
        if not right:
            paper.reject()

    def fill() -> None:
        form = application.unlock.findChild(NewDeskDialog)
        assert form is not None
        form.folder.line.setText(str(folder))
        for field, typed in (
            (form.program, "Harbor County"),
            (form.agency, "LEAD PMT"),
            (form.family, "Reyes"),
            (form.first, "a kettle on the third shelf"),
            (form.second, "a kettle on the third shelf"),
        ):
            field.setText(typed)
        QTimer.singleShot(0, lambda: on_paper(form, right=False))
        form._save()
        assert form.isVisible()
        assert not folder.exists()
        QTimer.singleShot(0, lambda: on_paper(form, right=True))
        form._save()

    QTimer.singleShot(0, fill)
    application.unlock.new_desk_asked.emit()
    windows = opened(application, qtbot)
    assert windows.desk.has_paper_key
    chair = windows.desk.user.id
    signed = Signed(
        attendee=chair,
        language="en",
        method="typed",
        printed_name="Reyes",
        typed="Reyes",
        agency="",
        role="",
        duties="",
        conflicts=(),
    )
    windows.desk.do(agreements.sign, signed)
    windows.finish_signing()
    settle()
    agenda = windows.preparing.page.agenda.rows.rows
    assert [row.title for row in agenda][:2] == ["Overview", "Open actions"], "read anew for who has signed now"


def test_a_folder_that_can_not_hold_a_desk_is_refused_before_the_paper_key(
    application: Application, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("mine", encoding="utf-8")

    def fill() -> None:
        form = application.unlock.findChild(NewDeskDialog)
        assert form is not None
        form.accepted_draft.emit((tmp_path / "other", None, ""))
        said = " ".join(label.text() for label in form.findChildren(QLabel))
        assert "folder" in said
        assert form.findChild(PaperKeyDialog) is None
        form.reject()

    QTimer.singleShot(0, fill)
    application.unlock.new_desk_asked.emit()
    assert [file.name for file in (tmp_path / "other").iterdir()] == ["letter.txt"]


def test_the_daily_backup_and_the_one_at_lock_lie_beside_the_desk(
    application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    application.unlock.unlock_asked.emit(PASSPHRASE)
    windows = opened(application, qtbot)
    folder = tmp_path / "desk" / "backups"
    qtbot.waitUntil(lambda: len(dated(folder)) == 1, timeout=30_000)
    qtbot.waitUntil(lambda: not windows.desk.vault.copying, timeout=30_000)
    (daily,) = dated(folder).values()
    windows.desk.do(lambda unit: unit.note("agenda_reordered"))
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    application.lock()
    assert daily.exists()
    assert len(list(folder.iterdir())) == len(dated(folder))


def test_another_meeting_of_the_desk_asks_again_for_the_backup_of_the_day(
    application: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    application.unlock.unlock_asked.emit(PASSPHRASE)
    windows = opened(application, qtbot)
    folder = tmp_path / "desk" / "backups"
    qtbot.waitUntil(lambda: len(dated(folder)) == 1, timeout=30_000)
    QThreadPool.globalInstance().waitForDone()
    # as if it had been canceled with the windows that are closed now
    next(iter(dated(folder).values())).unlink()
    windows.workplace.restore()
    windows.reopened.emit(windows.desk.do(meetings.at_hand))
    assert application.windows is not None
    assert application.windows is not windows
    assert application.windows.workplace.console.isVisible(), "the screens are as they were confirmed"
    assert not application.windows.workplace.cover.isVisible()
    qtbot.waitUntil(lambda: len(dated(folder)) == 1, timeout=30_000)
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()


def test_a_restored_desk_is_the_one_to_be_unlocked(application: Application, qtbot: QtBot, tmp_path: Path) -> None:
    desk = sign_in(tmp_path / "desk", PASSPHRASE, clock=now)
    back_up_to(desk, tmp_path / "now.leaddesk")
    desk.lock()
    application.unlock.restore_asked.emit()
    (dialog,) = application.unlock.findChildren(RestoreDialog)
    dialog.file.line.setText(str(tmp_path / "now.leaddesk"))
    dialog.folder.line.setText(str(tmp_path / "again"))
    dialog.secret.setText(PASSPHRASE)
    dialog._save()
    qtbot.waitUntil(lambda: "was restored and verified" in words(application), timeout=30_000)
    assert "Desk: again" in words(application)
    application.unlock.unlock_asked.emit(PASSPHRASE)
    assert opened(application, qtbot).desk.vault.folder == tmp_path / "again"


def test_the_paper_key_is_for_a_chosen_desk(application: Application) -> None:
    application.unlock.paper_key_asked.emit()
    (form,) = application.unlock.findChildren(PaperKeyForm)
    assert form.isVisible()
    form.reject()
    application._folder = None
    application.unlock.paper_key_asked.emit()
    assert "No desk is chosen yet." in words(application)
