"""At the door of an open meeting, on real windows: strangers, signing in turn, conflicts; and what the room sees."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.models import ActionItem, Exclusion, StoredWording
from leaddesk.models.ids import policy_id
from leaddesk.models.words import ActionOutcome
from leaddesk.policy.desk_views import ConflictRow, Signature, Whereabouts
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import agreements, attendance
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Unit
from leaddesk.ui.console.checkin import CheckInPanel
from leaddesk.ui.console.conflicts import ConflictsDialog
from leaddesk.ui.console.keys import Command
from leaddesk.ui.registers.templates import NewVersionForm
from leaddesk.ui.signing.prompt import PassphrasePrompt
from leaddesk.ui.theme import Theme, ThemeName
from tests.journeys.stage import Clock, Stage, stage
from tests.ui.console.looking import the

KEY = Qt.Key


@pytest.fixture
def on(tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    del qtbot
    with stage(tmp_path / "desk", Clock()) as made:
        yield made


def drawer(on: Stage) -> CheckInPanel:
    return on.windows.workplace.console.check_in


def line(on: Stage) -> QLineEdit:
    return the(QLineEdit, drawer(on), "Find")


def row(on: Stage, family: str) -> tuple[Whereabouts, Signature]:
    found = next(one for one in on.windows.workplace.controller.door.people() if one.name.endswith(family))
    return found.whereabouts, found.signature


def type_name(on: Stage, letters: str, *, then: Qt.Key = KEY.Key_Return) -> None:
    line(on).setFocus()
    QTest.keyClicks(line(on), letters)
    QTest.keyClick(line(on), then)
    QApplication.processEvents()


def do(on: Stage, name: str) -> None:
    button = the(QAbstractButton, drawer(on), name)
    assert button.isVisible(), name
    button.click()
    QApplication.processEvents()


def sign(on: Stage, *close_to: str) -> None:
    """Whoever has the page signs it, by typing."""
    page = on.windows.signing
    page.read_to_end()
    if close_to:
        page.about.yes.click()
        page.about.names.setText(", ".join(close_to))
    else:
        page.about.no.click()
    page.signature.choose("typed")
    page.signature.typed.setText(page.about.name.text())
    page.go_on.click()
    page.go_on.click()
    QApplication.processEvents()


def hand_back(on: Stage, qtbot: QtBot) -> None:
    QTest.keyClick(on.windows.signing.handed_back.to_desk, KEY.Key_Return)
    prompt = on.windows.signing.findChild(PassphrasePrompt)
    assert prompt is not None
    field = the(QLineEdit, prompt)
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, KEY.Key_Return)
    qtbot.waitUntil(on.windows.workplace.console.isVisible)


def test_a_stranger_is_known_and_signed_in_a_few_keys(on: Stage) -> None:
    on.command(Command.WIDEN)
    on.show("Brooks")
    assert "Angela Brooks" in on.screen
    before = len(on.frames)
    QTest.keyClick(on.windows.workplace.console, KEY.Key_F8)
    QApplication.processEvents()
    assert not any("Brooks" in frame for frame in on.frames[before:]), "the idle card at once"
    assert drawer(on).isVisible(), "check-in is there without asking"
    assert on.live.watch.room.strangers == 1
    type_name(on, "Joan Marsh")
    agency = the(QLineEdit, drawer(on), "Agency")
    QTest.keyClicks(agency, "Old Town")
    QTest.keyClick(agency, KEY.Key_Return)
    QApplication.processEvents()
    assert on.live.watch.room.strangers == 0
    assert row(on, "Marsh") == (Whereabouts.ROOM, Signature.MUST_SIGN)
    joan = on.attendee("Marsh")
    assert on.live.watch.room.present[joan].role == "guest", "what nobody says is the least"
    do(on, "Signed on paper")
    assert row(on, "Marsh") == (Whereabouts.ROOM, Signature.SIGNED)
    on.command(Command.WIDEN)
    on.show("Brooks")
    assert "Brooks" not in on.screen, "a guest may have what is public, signed or not"
    do(on, "Undo check-in")
    assert "Brooks" not in on.screen, "taking it back widens, which waits"
    on.command(Command.WIDEN)
    on.show("Brooks")
    assert "Angela Brooks" in on.screen


def test_several_strangers_are_counted_and_each_is_somebody_or_gone(on: Stage) -> None:
    console = on.windows.workplace.console
    for _ in range(2):
        QTest.keyClick(console, KEY.Key_F8)
    QApplication.processEvents()
    assert on.live.watch.room.strangers == 2
    type_name(on, "ru", then=KEY.Key_Shift)
    do(on, "This is the walk-in")
    assert on.live.watch.room.strangers == 1
    assert row(on, "Ruiz")[0] is Whereabouts.ROOM
    do(on, "They have gone")
    assert on.live.watch.room.strangers == 0
    assert not the(QAbstractButton, drawer(on), "They have gone").isVisible()


def test_a_newcomer_called_like_somebody_from_there_is_not_added_twice(on: Stage) -> None:
    on.windows.workplace.console.open_check_in()
    drawer(on).newcomer_added.emit(_new("Tom Bell", "City PD"), False)
    assert "already" in on.told[-1].happened
    drawer(on).newcomer_added.emit(_new("Tom Bell", "Lakeside"), False)
    drawer(on).newcomer_added.emit(_new("Zed", "Ferry Line"), False)
    assert len(on.told) == 1
    assert row(on, "Zed")[0] is Whereabouts.ROOM


def _new(name: str, agency: str) -> object:
    from leaddesk.services.drafts import Newcomer

    return Newcomer(name=name, agency=agency)


def test_several_sign_in_turn_and_nothing_of_one_is_left_for_the_next(on: Stage, qtbot: QtBot) -> None:
    for letters in ("ru", "lind"):
        on.windows.workplace.console.open_check_in()
        type_name(on, letters)
    do(on, "Sign in turn")
    page, console = on.windows.signing, on.windows.workplace.console
    assert not console.isVisible()
    first = page.about.name.text()
    assert {first} < {"Dora Ruiz", "Grace Lindqvist"}
    page.about.duties.setText("Discovery")
    page.read_to_end()
    page.about.no.click()
    sign(on)
    second = page.about.name.text()
    assert {first, second} == {"Dora Ruiz", "Grace Lindqvist"}
    assert (page.about.duties.text(), page.about.answered) == ("", False)
    assert first not in texts_of(page)
    assert "Signer 2 of 2" in texts_of(page)
    page.later.click()
    assert not console.isVisible(), "who skips is not left before the console either"
    hand_back(on, qtbot)
    assert on.desk.do(agreements.has_signed, on.attendee(first.split()[1]))
    assert not on.desk.do(agreements.has_signed, on.attendee(second.split()[1]))


def test_who_declines_is_not_left_before_the_console(on: Stage, qtbot: QtBot) -> None:
    on.windows.sign(on.attendee("Ruiz"))
    page = on.windows.signing
    page.go_back.click()
    page.go_on.click()
    assert page.isVisible()
    assert not on.windows.workplace.console.isVisible()
    hand_back(on, qtbot)
    assert row(on, "Ruiz")[1] is Signature.DECLINED
    on.clock.pass_by(seconds=5)
    on.windows.sign(on.attendee("Ruiz"))
    sign(on)
    hand_back(on, qtbot)
    assert row(on, "Ruiz")[1] is Signature.SIGNED, "who declined may sign later"


def texts_of(page: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


RELEASED = "New lamps at the bus stop were asked for."


def released(unit: Unit) -> None:
    """A wording for everybody of an action, as the chair releases it."""
    action = unit.rows.query(ActionItem).filter(ActionItem.outcome == ActionOutcome.OPEN).first()
    assert action is not None
    unit.rows.add(StoredWording(text_id=action.text_id, position=9, cls=InformationClass.PUBLIC, body=RELEASED))


def test_during_signing_the_next_key_shows_what_anybody_may_have_and_nothing_else(on: Stage, qtbot: QtBot) -> None:
    on.command(Command.WIDEN)
    on.show("Brooks")
    selected = on.live.selected
    on.live.do(released)
    before = len(on.frames)
    on.windows.sign(on.attendee("Ruiz"))
    page = on.windows.signing
    seen = set()
    for _ in range(len(on.live.material.agenda) + 3):
        QTest.keyClick(page.about.duties, KEY.Key_PageDown)
        seen.add(on.screen)
        assert all(one.family_name not in on.screen for one in on.live.watch.facts.participants.values())
        assert all(one.code not in on.screen for one in on.live.watch.facts.participants.values())
        assert all(one.name.split()[-1] not in on.screen for one in on.live.watch.facts.people.values())
    assert any(RELEASED in words for words in seen)
    assert any("Operational Work Group" in words for words in seen), "after the last comes the public card"
    QTest.keyClick(page.about.duties, KEY.Key_F9)
    assert on.screen == ""
    QTest.keyClick(page.about.duties, KEY.Key_F9)
    for _ in range(9):
        if RELEASED in on.screen:
            break
        QTest.keyClick(page.about.duties, KEY.Key_PageDown)
    shown = on.screen
    assert RELEASED in shown
    frames = len(on.frames)
    sign(on, "Angela Brooks")
    assert {*on.frames[frames:]} <= {shown}, "the room sees nothing of a signature, nor of a conflict"
    assert not any("Brooks" in frame for frame in on.frames[before + 1 :])
    hand_back(on, qtbot)
    assert on.windows.workplace.controller.live.screen == "idle"
    assert on.live.selected == selected, "the chair goes on where they were"
    on.command(Command.NEXT)
    assert on.live.live_item == selected


def test_before_the_meeting_the_projector_stays_on_the_public_card(on: Stage) -> None:
    on.live.close()
    on.windows.sign(on.attendee("Ruiz"))
    card = on.screen
    QTest.keyClick(on.windows.signing.about.duties, KEY.Key_PageDown)
    assert on.screen == card


def exclusions(unit: Unit, attendee: str) -> dict[str, str]:
    rows = unit.rows.query(Exclusion).filter(Exclusion.ended_at.is_(None))
    return {
        policy_id(Kind.PARTICIPANT, one.participant_id): one.state.value
        for one in rows
        if policy_id(Kind.ATTENDEE, one.attendee_id) == attendee
    }


def test_a_conflict_told_at_the_door_narrows_in_the_next_frame(on: Stage) -> None:
    on.command(Command.WIDEN)
    on.show("Brooks")
    bell = on.attendee("Bell")
    on.windows.workplace.console.open_check_in()
    type_name(on, "be", then=KEY.Key_Shift)
    before = len(on.frames)
    do(on, "Conflict with Angela Brooks")
    assert not any("Brooks" in frame for frame in on.frames[before:])
    assert on.desk.do(exclusions, bell) == {on.participant("Brooks"): "confirmed"}
    drawer(on).conflict_named.emit(bell, "Danny, somebody else")
    assert on.desk.do(exclusions, bell)[on.participant("Kowalski")] == "unconfirmed"
    drawer(on).conflict_named.emit(bell, " , ")
    assert "no name" in on.told[-1].happened


def test_times_and_slips_are_mended_from_the_drawer(on: Stage) -> None:
    on.command(Command.WIDEN)
    on.windows.workplace.console.open_check_in()
    type_name(on, "be", then=KEY.Key_Shift)
    do(on, "Mend arrival")
    asked = the(QLineEdit, drawer(on), "Tom Bell came at")
    QTest.keyClicks(asked, "23:15")
    QTest.keyClick(asked, KEY.Key_Return)
    found = next(one for one in on.windows.workplace.controller.door.people() if one.name == "Tom Bell")
    assert found.came == "23:15"
    do(on, "Leaves")
    assert on.live.watch.waits
    on.command(Command.WIDEN)
    do(on, "Undo leaving")
    assert not on.windows.workplace.controller.live.watch.waits, "more people there is less for the room: at once"
    assert row(on, "Bell")[0] is Whereabouts.ROOM
    assert on.desk.do(attendance.room_of, on.live.number) == on.live.watch.room
    assert on.told == []


def test_a_disclosed_conflict_waits_for_the_chair_on_the_console_alone(on: Stage, qtbot: QtBot) -> None:
    console, lindqvist = on.windows.workplace.console, on.attendee("Lindqvist")
    on.live.arrive(lindqvist)
    on.windows.sign(lindqvist)
    sign(on, "Angela, Danny")
    assert "conflict" not in texts_of(on.windows.signing).lower()
    hand_back(on, qtbot)
    on.command(Command.WIDEN)
    on.show("Brooks")
    assert "Brooks" not in on.screen
    assert "Grace Lindqvist disclosed a conflict: 2 participants" in console.notice.words
    QTest.keyClick(console, KEY.Key_F3)
    dialog = on.windows.workplace.console.findChild(ConflictsDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "LeadDesk"
    entries = the(QListWidget, dialog, "Conflicts")
    assert [entries.item(at).text().partition("  ·")[0] for at in range(entries.count())] == [
        "Grace Lindqvist, and Angela Brooks",
        "Grace Lindqvist, and Danny Kowalski",
    ]
    QTest.keyClick(the(QAbstractButton, dialog, "Clear it"), KEY.Key_Space)
    on.settle()
    assert entries.count() == 1
    on.show("Brooks")
    assert "Brooks" not in on.screen, "clearing it widens, which waits"
    on.command(Command.WIDEN)
    on.show("Brooks")
    assert "Angela Brooks" in on.screen
    assert "one participant" in console.notice.words
    the(QAbstractButton, dialog, "It stands").click()
    on.settle()
    assert not any(each.isVisible() for each in on.windows.workplace.console.findChildren(ConflictsDialog))
    assert "conflict" not in console.notice.words
    assert on.desk.do(exclusions, lindqvist) == {on.participant("Kowalski"): "confirmed"}
    assert on.told == []


def test_a_scribe_sees_a_conflict_and_cannot_decide_it(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ConflictsDialog(Theme.load(ThemeName.LIGHT), may_decide=False, parent=parent)
    row = ConflictRow(id="x1", attendee="a1", who="Dora Ruiz", whom="P-7K3F", how="")
    dialog.show_rows([row])
    assert the(QListWidget, dialog, "Conflicts").count() == 1
    for name in ("It stands", "Clear it"):
        assert not the(QAbstractButton, dialog, name).isEnabled()


def test_whoever_stepped_out_is_offered_back_when_the_next_item_is_live(on: Stage) -> None:
    console, bell = on.windows.workplace.console, on.attendee("Bell")
    on.command(Command.WIDEN)
    on.show("Brooks")
    console.check_in.stepped_out.emit(bell)
    assert "stepped out" not in console.notice.words
    assert row(on, "Bell")[0] is Whereabouts.STEPPED_OUT
    item = on.live.live_item
    while on.live.live_item == item:
        on.command(Command.NEXT)
    assert "T. Bell stepped out for an item that is over." in console.notice.words
    QTest.keyClick(console, KEY.Key_F3)
    assert row(on, "Bell")[0] is Whereabouts.ROOM
    assert "stepped out" not in console.notice.words


def test_a_new_version_of_the_agreement_says_whom_it_narrows_and_now_narrows_in_the_next_frame(on: Stage) -> None:
    on.command(Command.WIDEN)
    on.show("Brooks")
    on.command(Command.NEW_AGREEMENT)
    form = on.windows.registers.forms.current
    assert isinstance(form, NewVersionForm)
    assert "Tom Bell" in texts_of(form)
    form.text.setCurrentIndex(form.text.findData("en"))
    form.version.setText("2")
    form.when.setCurrentIndex(form.when.findData("now"))
    before = len(on.frames)
    form.accepted_draft.emit(form.draft())
    QApplication.processEvents()
    assert not any("Brooks" in frame for frame in on.frames[before:])
    assert row(on, "Bell")[1] is Signature.EXPIRED
    assert on.told == []


def test_undo_takes_back_what_was_done_at_the_door(on: Stage) -> None:
    console = on.windows.workplace.console
    on.command(Command.WIDEN)
    console.open_check_in()
    type_name(on, "ha")
    assert row(on, "Hart")[0] is Whereabouts.ROOM
    console.close_check_in()
    on.command(Command.UNDO)
    assert row(on, "Hart")[0] is not Whereabouts.ROOM
    assert "Taken back: the check-in of “Mia Hart”." in console.notice.words
    assert on.live.watch.waits, "nobody widens by undoing"
    console.check_in.left.emit(on.attendee("Bell"))
    on.command(Command.WIDEN, Command.UNDO)
    assert row(on, "Bell")[0] is Whereabouts.ROOM
    assert on.desk.do(attendance.room_of, on.live.number) == on.live.watch.room


def test_a_withdrawal_by_a_wrong_key_narrows_at_once_and_is_taken_back_in_the_drawer(on: Stage) -> None:
    console, bell = on.windows.workplace.console, on.attendee("Bell")
    on.command(Command.WIDEN)
    on.show("Brooks")
    assert "Brooks" in on.screen
    console.open_check_in()
    for verb, said in (
        (console.check_in.withdrew, "withdrew their agreement"),
        (console.check_in.declined, "declined"),
    ):
        verb.emit(bell)
        assert "Brooks" not in on.screen
        assert row(on, "Bell")[1] is Signature.DECLINED
        assert said in console.notice.words
        QTest.keyClick(line(on), KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        assert row(on, "Bell")[1] is Signature.SIGNED
        assert "of “Tom Bell”." in console.notice.words
        assert on.live.watch.waits
        on.command(Command.WIDEN)
        on.show("Brooks")
        assert "Brooks" in on.screen
    assert on.told == []


def test_letters_of_a_name_are_taken_back_before_anything_at_the_door(on: Stage) -> None:
    on.windows.workplace.console.open_check_in()
    type_name(on, "ha")
    type_name(on, "dor", then=KEY.Key_Down)
    QTest.keyClick(line(on), KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert row(on, "Hart")[0] is Whereabouts.ROOM
    assert line(on).text() != "dor"
