"""Facts are mended in the room, by keyboard, without leaving the meeting; every painted frame is held to the rule."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from leaddesk.models.words import AppRole
from leaddesk.policy.desk_views import Screen
from leaddesk.policy.vocabulary import BOUND
from leaddesk.policy.vocabulary import Form as ReleaseKind
from leaddesk.services import participants, ties
from leaddesk.services.drafts import GrantForm, ReleaseForm
from leaddesk.services.registers import read_registers
from leaddesk.ui.console.keys import Command
from leaddesk.ui.registers.form import Form, Picker
from leaddesk.ui.registers.forms import ReleaseFormDialog
from tests.journeys.stage import Clock, Stage, stage

K = Qt.Key


def press(on: Stage, key: Qt.Key) -> None:
    # A window that stood over it leaves the console active, once the system has told so.
    on.windows.workplace.console.activateWindow()
    assert QTest.qWaitForWindowActive(on.windows.workplace.console)
    QTest.keyClick(on.windows.workplace.console, key)
    QApplication.processEvents()


def mend(on: Stage, letter: str) -> None:
    """F2, and the letter of what is to be mended."""
    press(on, K.Key_F2)
    menu = on.windows.registers.mending.menu
    assert menu.isVisible()
    QTest.keyClicks(menu, letter)
    QApplication.processEvents()
    assert not menu.isVisible()


def form(on: Stage) -> Form:
    found = on.windows.registers.forms.current
    assert found is not None
    assert found.isVisible()
    return found


def pick(picker: Picker, words: str) -> None:
    """Types into a list until it holds one choice that begins so, as by its completer."""
    (full,) = [picker.itemText(row) for row in range(picker.count()) if picker.itemText(row).startswith(words)]
    picker.setEditText("")
    line = picker.lineEdit()
    assert line is not None
    QTest.keyClicks(line, full)


def save(on: Stage) -> None:
    """Tabs to Save and presses it; the form is gone."""
    open_form = form(on)
    button = open_form.findChild(QDialogButtonBox)
    assert button is not None
    QTest.keyClick(button.button(QDialogButtonBox.StandardButton.Save), K.Key_Space)
    error = " ".join(label.text() for label in open_form.findChildren(QLabel) if label.property("look") == "caution")
    assert on.windows.registers.forms.current is None, error


def settled(on: Stage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not on.windows.workplace.driver.pausing)


def told(on: Stage) -> str:
    return on.windows.workplace.console.notice.words


def by_name(on: Stage, family: str) -> None:
    """Shows a participant by name, before those who are checked in."""
    on.show(family)
    on.command(Command.WIDEN)
    on.show(family)
    assert family in on.screen


def code_of(on: Stage, family: str) -> str:
    return on.live.watch.facts.participants[on.participant(family)].code


def test_a_revocation_narrows_the_next_frame_and_offers_a_new_code(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        by_name(on, "Brooks")
        before = code_of(on, "Brooks")
        mend(on, "v")
        assert "Brooks" in on.screen, "an open form holds nothing up"
        seen = len(on.frames)
        save(on)
        settled(on, qtbot)
        assert not any("Brooks" in frame for frame in on.frames[seen:])
        assert "The room no longer has name" in told(on)
        press(on, K.Key_F3)
        assert code_of(on, "Brooks") != before
        assert code_of(on, "Brooks") in told(on)
        assert "Brooks" not in on.screen


def test_a_new_code_is_never_seen_in_the_place_of_the_old_one(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        by_name(on, "Brooks")
        on.live.arrive(on.attendee("Hart"))
        settled(on, qtbot)
        on.show("Brooks")
        before = code_of(on, "Brooks")
        assert before in on.screen
        mend(on, "n")
        settled(on, qtbot)
        assert on.live.screen is Screen.IDLE
        assert code_of(on, "Brooks") != before
        assert code_of(on, "Brooks") not in on.screen


def test_an_exclusion_narrows_and_its_end_waits_for_the_chair(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        by_name(on, "Brooks")
        mend(on, "x")
        excluding = form(on)
        pick(excluding.findChildren(Picker)[0], "Tom Bell")
        save(on)
        settled(on, qtbot)
        assert "Brooks" not in on.screen
        assert "The room no longer has name" in told(on)
        assert "may know who" in told(on)
        mend(on, "c")
        deciding = form(on)
        pick(deciding.findChildren(Picker)[0], "Tom Bell")
        pick(deciding.findChildren(Picker)[1], "it is over")
        save(on)
        assert "The room may now have name" in told(on)
        on.show("Brooks")
        assert "Brooks" not in on.screen
        on.command(Command.WIDEN)
        on.show("Brooks")
        assert "Brooks" in on.screen


def test_a_release_is_recorded_and_ends_with_its_event(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        on.live.select(item_of(on, "Yamada"))
        mend(on, "r")
        release = form(on)
        assert isinstance(release, ReleaseFormDialog)
        assert "Teresa Yamada" in {one.text() for one in release.findChildren(QLabel) if one.isVisible()}
        pick(release.form, "part 2")
        for several in (release.sources, release.to_classes, release.to_agencies, release.classes):
            for box in several.boxes:
                QTest.keyClick(box, K.Key_Space)
        QTest.keyClicks(release.signed, "5/6/2026")
        QTest.keyClicks(release.time, "11:15 pm")
        QTest.keyClicks(release.ends_with, "the court has ruled")
        save(on)
        assert "The room may now have name" in told(on)
        on.command(Command.WIDEN)
        on.show("Yamada")
        assert "Yamada" in on.screen
        mend(on, "h")
        seen = len(on.frames)
        save(on)
        settled(on, qtbot)
        assert not any("Yamada" in frame for frame in on.frames[seen:])
        one = on.participant("Yamada")
        (found,) = on.desk.do(read_registers, on.desk.everyday, lambda registers: registers.releases(one))
        assert found.detail == "ended 2026-05-06"


def test_an_involvement_ends_and_begins_again(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        one = on.participant("Brooks")
        release = ReleaseForm(
            participant=one,
            form=ReleaseKind.PART2,
            sources=(str(on.live.watch.facts.participants[one].case_agency),),
            to_people=(on.attendee("Pak"),),
            classes=tuple(BOUND),
            signed_on=date(2026, 5, 1),
            ends_on=date(2026, 6, 1),
        )
        on.live.do(participants.save_release, release)
        by_name(on, "Brooks")
        mend(on, "i")
        involving = form(on)
        pick(involving.findChildren(Picker)[0], "Joon Pak")
        save(on)
        on.live.arrive(on.attendee("Pak"))
        settled(on, qtbot)
        on.command(Command.WIDEN)
        on.show("Brooks")
        assert "Brooks" in on.screen, "he is involved now"
        seen = len(on.frames)
        mend(on, "e")
        pick(form(on).findChildren(Picker)[0], "Joon Pak")
        save(on)
        settled(on, qtbot)
        assert not any("Brooks" in frame for frame in on.frames[seen:])
        assert "The room no longer has" in told(on)


def test_somebody_present_signs_on_paper_and_withdraws(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        by_name(on, "Brooks")
        on.live.arrive(on.attendee("Lindqvist"))
        settled(on, qtbot)
        assert "Brooks" not in on.screen
        mend(on, "p")
        signer, witness = form(on).findChildren(Picker)
        pick(signer, "Grace Lindqvist")
        pick(witness, "Tom Bell")
        save(on)
        assert "may now have" in told(on)
        on.command(Command.WIDEN)
        on.show("Brooks")
        assert "Brooks" in on.screen
        mend(on, "d")
        seen = len(on.frames)
        pick(form(on).findChildren(Picker)[0], "Grace Lindqvist")
        save(on)
        settled(on, qtbot)
        assert not any("Brooks" in frame for frame in on.frames[seen:])


def test_the_public_card_is_painted_before_what_may_narrow_is_written(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        by_name(on, "Brooks")
        painted: list[str] = []
        on.windows.registers.forms.save(lambda _unit: painted.append(on.frames[-1]))
        assert painted
        assert "Brooks" not in painted[0]
        settled(on, qtbot)
        assert "Brooks" in on.screen, "nothing was taken from the room"
        on.windows.registers.forms.save(lambda _unit: painted.append(on.frames[-1]), narrows=False)
        assert "Brooks" in painted[1], "what can only give does not disturb the room"


def test_a_grant_says_why_and_until_when_or_stays_open(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        by_name(on, "Brooks")
        mend(on, "g")
        granting = form(on)
        pick(granting.findChildren(Picker)[0], "Mia Hart")
        button = granting.findChild(QDialogButtonBox)
        assert button is not None
        QTest.keyClick(button.button(QDialogButtonBox.StandardButton.Save), K.Key_Space)
        assert form(on) is granting
        QTest.keyClick(granting, K.Key_Escape)
        assert on.windows.registers.forms.current is None
        assert "Brooks" in on.screen


def test_a_grant_ends_at_once_and_takes_what_it_gave(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        one, hart = on.participant("Brooks"), on.attendee("Hart")
        until = date(2026, 6, 1)
        on.live.do(
            participants.save_release,
            ReleaseForm(
                participant=one,
                form=ReleaseKind.PART2,
                sources=(str(on.live.watch.facts.participants[one].case_agency),),
                to_people=(hart,),
                classes=tuple(BOUND),
                signed_on=date(2026, 5, 1),
                ends_on=until,
            ),
        )
        given = GrantForm(
            attendee=hart, participant=one, classes=tuple(BOUND), reason="covers for a week", ends=until
        )
        on.live.do(ties.grant, given)
        on.live.arrive(hart)
        by_name(on, "Brooks")
        mend(on, "t")
        pick(form(on).findChildren(Picker)[0], "Mia Hart")
        seen = len(on.frames)
        save(on)
        settled(on, qtbot)
        assert not any("Brooks" in frame for frame in on.frames[seen:])
        assert "The room no longer has" in told(on)
        ended = on.desk.do(lambda unit: unit.ledger_entries("grant_ended"))
        assert [entry.objects["participant"] for entry in ended] == [one]
        mend(on, "t")
        assert on.windows.registers.forms.current is None
        assert "Nobody has a grant" in told(on)


def test_an_exclusion_told_at_the_door_or_confirmed_offers_a_new_code_to_whom_may_have_it(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        by_name(on, "Brooks")
        on.windows.workplace.console.check_in.conflict_told.emit(on.attendee("Bell"))
        settled(on, qtbot)
        assert f"know who {code_of(on, 'Brooks')} is" in told(on)
        santos = code_of(on, "Santos")
        on.windows.workplace.console.check_in.conflict_named.emit(on.attendee("Ellis"), "Santos")
        settled(on, qtbot)
        assert santos not in told(on), "nobody has decided yet"
        on.command(Command.CONFLICTS)
        deciding = on.windows.workplace.controller.door._deciding
        assert deciding is not None
        QTest.keyClick(deciding._stands, K.Key_Space)
        QApplication.processEvents()
        assert f"know who {santos} is" in told(on)


def test_the_rooms_keys_work_while_a_form_is_open(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        by_name(on, "Brooks")
        mend(on, "x")
        QTest.keyClick(form(on), K.Key_F8)
        assert on.live.screen is Screen.IDLE
        assert on.live.watch.room.strangers == 1
        assert "Brooks" not in on.screen
        assert form(on).isVisible()


def test_the_form_is_on_the_chairs_screen_alone(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        by_name(on, "Brooks")
        press(on, K.Key_F2)
        assert on.windows.registers.mending.menu.screen() is on.windows.workplace.console.screen()
        QTest.keyClicks(on.windows.registers.mending.menu, "x")
        assert form(on).screen() is on.windows.workplace.console.screen()
        on.windows.workplace.hide_first()
        assert not on.windows.registers.mending.menu.isVisible()
        assert not (on.windows.registers.forms.current or on.windows.workplace.console).isVisible()


def test_what_is_the_chairs_is_not_a_scribes(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        by_name(on, "Brooks")
        on.desk.user = replace(on.desk.user, app_role=AppRole.SCRIBE)
        press(on, K.Key_F2)
        entries = on.windows.registers.mending.menu.actions()
        barred = {entry.text().replace("&", "") for entry in entries if not entry.isEnabled() and entry.text()}
        assert barred == {
            "Angela Brooks",
            "Conflicts and exclusions (for the chair)",
            "Grant need to know (for the chair)",
            "End a grant of need to know (for the chair)",
        }
        on.windows.registers.mending.menu.close()
        on.windows.registers.mending.act("grant", on.participant("Brooks"))
        granting = form(on)
        pick(granting.findChildren(Picker)[0], "Mia Hart")
        button = granting.findChild(QDialogButtonBox)
        assert button is not None
        QTest.keyClick(button.button(QDialogButtonBox.StandardButton.Save), K.Key_Space)
        assert any("for the chair" in label.text() for label in granting.findChildren(QLabel))


def test_nothing_of_an_item_without_a_participant_but_agreements(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        place = next(item.id for item in on.live.material.agenda if item.links.get("priority"))
        on.live.select(place)
        press(on, K.Key_F2)
        words = [action.text() for action in on.windows.registers.mending.menu.actions()]
        assert len(words) == 3
        assert all("gree" in each for each in words)
        on.windows.registers.mending.menu.close()


@pytest.mark.parametrize("verb", ["event", "end_involvement"])
def test_where_there_is_nothing_to_mend_it_is_said(tmp_path: Path, qtbot: QtBot, verb: str) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        one = on.participant("Fischer")
        for tie in on.desk.do(read_registers, on.desk.everyday, lambda registers: registers.involvements(one)):
            on.desk.do(ties.end_involvement, tie.id)
        on.windows.registers.mending.act(verb, one)
        assert on.windows.registers.forms.current is None
        assert told(on).startswith("No")


def item_of(on: Stage, family: str) -> str:
    one = on.participant(family)
    return next(item.id for item in on.live.material.agenda if item.links.get("participant") == one)
