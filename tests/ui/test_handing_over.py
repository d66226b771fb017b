"""One user hands the open desk to another: the room sees the idle card, and nothing of the former is left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from leaddesk.application import Application
from leaddesk.policy.desk_views import EntryKind
from leaddesk.services import entries, users
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Unit
from leaddesk.ui.console.keys import Command
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.registers.forms import ExclusionFormDialog
from leaddesk.ui.signing.prompt import PassphrasePrompt
from leaddesk.vault.tries import FREE
from tests.vault.making import FLOOR

LUNDS = "a ladder behind the second barn"


@pytest.fixture
def windows(application: Application, qtbot: QtBot) -> DeskWindows:
    """The demo desk, unlocked by the chair, with a scribe as its second user; somebody's item is live."""
    application.unlock.unlock_asked.emit(PASSPHRASE)
    qtbot.waitUntil(lambda: application.windows is not None, timeout=60_000)
    assert application.windows is not None
    made = application.windows
    users.add_user(made.desk, attendee(made, "Lund"), "scribe", LUNDS, kdf=FLOOR)
    made.workplace.cover.restored.emit()
    live = made.workplace.controller.live
    one = next(each.id for each in live.watch.facts.participants.values() if each.family_name == "Brooks")
    live.select(next(item.id for item in live.material.agenda if item.links.get("participant") == one))
    made.workplace.controller.command(Command.WIDEN)
    made.workplace.controller.command(Command.SHOW_SELECTED)
    assert "Brooks" in screen(made)
    return made


def attendee(windows: DeskWindows, family: str) -> str:
    people = windows.workplace.controller.live.watch.facts.people.values()
    return next(person.id for person in people if person.name.endswith(family))


def screen(windows: DeskWindows) -> str:
    QApplication.processEvents()
    return " ".join(windows.workplace.projector.page.texts())


def asked(windows: DeskWindows) -> PassphrasePrompt:
    """Ctrl+Shift+L, and the prompt."""
    console = windows.workplace.console
    console.activateWindow()
    assert QTest.qWaitForWindowActive(console)
    QTest.keyClick(console, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QApplication.processEvents()
    prompt = windows.handing_over.prompt
    assert prompt is not None
    assert prompt.isVisible()
    return prompt


def give(prompt: PassphrasePrompt, typed: str) -> None:
    """Types a passphrase and presses Enter."""
    line = prompt.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)


def said(prompt: PassphrasePrompt) -> str:
    return " ".join(label.text() for label in prompt.findChildren(QLabel) if label.isVisible())


def handed_over(application: Application, windows: DeskWindows, qtbot: QtBot) -> DeskWindows:
    """The scribe's windows."""
    give(asked(windows), LUNDS)
    qtbot.waitUntil(lambda: application.windows is not windows, timeout=60_000)
    after = application.windows
    assert after is not None
    QApplication.processEvents()
    return after


def actions(unit: Unit) -> list[tuple[str, str, object]]:
    found = unit.ledger_entries()
    return [(entry.actor, entry.action, entry.objects.get("attendee")) for entry in found]


def test_the_other_user_goes_on_and_the_room_begins_as_the_public(
    application: Application, windows: DeskWindows, qtbot: QtBot
) -> None:
    projector, former = windows.workplace.projector, windows.desk.user.id
    frames: list[str] = []
    projector.painted.connect(lambda page: frames.append(" ".join(page.texts())))
    shown: list[bool] = []
    windows.workplace.console.destroyed.connect(lambda: shown.append(projector.isVisible()))
    after = handed_over(application, windows, qtbot)
    lund = attendee(after, "Lund")
    assert after.workplace.projector is projector
    assert projector.isVisible()
    assert shown == [True]
    assert not any("Brooks" in frame for frame in frames)
    live = after.workplace.controller.live
    assert live.watch.room.signed_in == lund
    assert "Harbor County" in screen(after)
    assert after.desk.user.id == lund
    assert not after.desk.user.is_chair
    assert after.workplace.console.isVisible(), "the screens are the confirmed ones"
    # As after a restart: nothing about anybody before the new user has looked and confirmed.
    brooks = next(each.id for each in live.watch.facts.participants.values() if each.family_name == "Brooks")
    item = next(item.id for item in live.material.agenda if item.links.get("participant") == brooks)
    live.show(item)
    assert after.meeting_open
    assert "Brooks" not in screen(after)
    after.workplace.controller.command(Command.WIDEN)
    live.show(item)
    assert "Brooks" in screen(after)
    assert (former, "handed_over", lund) in after.desk.do(actions)
    assert (lund, "widening_confirmed", None) in after.desk.do(actions)


def test_nothing_of_the_former_user_is_left_and_their_line_is_kept(
    application: Application, windows: DeskWindows, qtbot: QtBot
) -> None:
    console = windows.workplace.console
    console.meeting.entry.restore(EntryKind.DECISION, "One list for both")
    after = handed_over(application, windows, qtbot)
    assert not isValid(console)
    assert after.workplace.console.meeting.entry.text == ""
    number = after.workplace.controller.live.number
    assert after.desk.do(entries.draft, number).words == ""
    kept = windows.desk.do(entries.draft, number)
    assert (kept.kind, kept.words) == ("decision", "One list for both")


def test_a_wrong_passphrase_leaves_everything_as_it_was(windows: DeskWindows, qtbot: QtBot) -> None:
    console = windows.workplace.console
    console.meeting.entry.restore(EntryKind.DECISION, "One list for both")
    prompt = asked(windows)
    assert not console.isVisible(), "nothing of the former user is behind the prompt"
    assert "Brooks" not in screen(windows)
    give(prompt, "a kettle on the fourth shelf")
    qtbot.waitUntil(lambda: "no user's passphrase" in said(prompt), timeout=60_000)
    assert windows.desk.vault.slot == 1
    QTest.keyClick(prompt, Qt.Key.Key_Escape)
    assert console.isVisible()
    assert console.meeting.entry.text == "One list for both"
    assert windows.handing_over.prompt is None
    assert ("handed_over" in {action for _, action, _ in windows.desk.do(actions)}) is False
    assert asked(windows).isVisible(), "it can be asked again"


def test_the_own_passphrase_hands_nothing_over(windows: DeskWindows, qtbot: QtBot) -> None:
    prompt = asked(windows)
    give(prompt, PASSPHRASE)
    qtbot.waitUntil(lambda: "your own passphrase" in said(prompt), timeout=60_000)
    assert windows.desk.user.is_chair


def test_too_many_wrong_ones_in_a_row_wait(windows: DeskWindows, qtbot: QtBot) -> None:
    for _ in range(FREE):
        windows.desk.slot_opened_by("no")
    assert "Wait" in said(asked(windows))


def test_nobody_to_hand_over_to_is_said(application: Application, qtbot: QtBot) -> None:
    application.unlock.unlock_asked.emit(PASSPHRASE)
    qtbot.waitUntil(lambda: application.windows is not None, timeout=60_000)
    assert application.windows is not None
    only = application.windows
    only.workplace.cover.restored.emit()
    with qtbot.waitSignal(only.told) as told:
        only.workplace.controller.command(Command.HAND_OVER)
    assert "Nobody else" in str(told.args)
    assert only.workplace.console.isVisible()


def test_screens_that_changed_meanwhile_are_asked_about_first(
    application: Application, windows: DeskWindows, qtbot: QtBot
) -> None:
    asked(windows)
    windows.workplace.hide_first()
    after = windows.with_user(windows.desk.handed_over(2))
    after.open()
    assert not after.workplace.console.isVisible()
    assert after.workplace.cover.isVisible()
    assert not after.workplace.projector.isVisible()
    after.close()
    application.windows = None


def test_locking_after_a_hand_over_leaves_nothing(
    application: Application, windows: DeskWindows, qtbot: QtBot
) -> None:
    after = handed_over(application, windows, qtbot)
    after.workplace.console.meeting.entry.restore(EntryKind.UPDATE, "The blue folder")
    QTest.keyClick(after.workplace.console, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert application.unlock.isVisible()
    assert after.desk.locked
    assert windows.desk.locked
    assert after.workplace.console.meeting.entry.text == ""
    assert not after.workplace.projector.isVisible()
    # The same folder opens for the new user, whose line is there again.
    application.unlock.unlock_asked.emit(LUNDS)
    qtbot.waitUntil(lambda: application.windows not in (None, after), timeout=60_000)
    assert application.windows is not None
    assert application.windows.workplace.console.meeting.entry.text == "The blue folder"


def test_locking_while_it_is_asked_shows_the_console_no_more(
    application: Application, windows: DeskWindows, qtbot: QtBot
) -> None:
    prompt = asked(windows)
    seen: list[bool] = []
    prompt.finished.connect(lambda _result: seen.append(windows.workplace.console.isVisible()))
    application.lock()
    assert seen
    assert not any(seen)
    assert windows.desk.locked
    assert not windows.workplace.console.isVisible()


def test_rights_are_the_new_users_from_the_first_frame(
    application: Application, windows: DeskWindows, qtbot: QtBot
) -> None:
    """Whom the new user may not know, no room may while they run it."""
    live = windows.workplace.controller.live
    one = next(each.id for each in live.watch.facts.participants.values() if each.family_name == "Brooks")
    windows.registers.mending.act("exclude", one)
    form = windows.registers.forms.current
    assert isinstance(form, ExclusionFormDialog)
    form.attendee.setCurrentIndex(form.attendee.findData(attendee(windows, "Lund")))
    form._save()
    qtbot.waitUntil(lambda: not windows.workplace.driver.pausing)
    after = handed_over(application, windows, qtbot)
    now = after.workplace.controller.live
    after.workplace.controller.command(Command.WIDEN)
    now.show(next(item.id for item in now.material.agenda if item.links.get("participant") == one))
    assert "Brooks" not in screen(after)
    private = after.workplace.console.meeting.private
    assert not any("Brooks" in label.text() for label in private.findChildren(QLabel))
