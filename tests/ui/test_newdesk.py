"""A new desk is asked for in one form, which says beside the field what it still needs."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.services.drafts import NewDesk
from leaddesk.ui.new_passphrase import StrengthMeter
from leaddesk.ui.newdesk import NewDeskDialog
from leaddesk.ui.theme import load_fonts
from tests.ui.console.looking import caught, cut, silent

PHRASE = "a kettle on the third shelf"


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> NewDeskDialog:
    load_fonts()
    made = NewDeskDialog()
    qtbot.addWidget(made)
    made.folder.line.setText(str(tmp_path / "desk"))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def said(dialog: NewDeskDialog) -> list[str]:
    labels = dialog.findChildren(QLabel)
    return [each.text() for each in labels if each.property("look") == "caution" and each.isVisible()]


def save(dialog: NewDeskDialog) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    box.button(QDialogButtonBox.StandardButton.Save).click()


def fill(dialog: NewDeskDialog) -> None:
    for field, words in (
        (dialog.program, "Harbor County"),
        (dialog.agency, "Harbor County LEAD"),
        (dialog.given, "Dana"),
        (dialog.family, "Whitfield"),
        (dialog.first, PHRASE),
        (dialog.second, PHRASE),
    ):
        field.setFocus()
        QTest.keyClicks(field, words)


def test_one_thing_after_the_other_is_asked_for_beside_its_field(dialog: NewDeskDialog) -> None:
    drafts = caught(dialog.accepted_draft)
    for field, words, missing in (
        (dialog.program, "Harbor County", "The program is still missing."),
        (dialog.agency, "Harbor County LEAD", "Your agency is still missing."),
        (dialog.family, "Whitfield", "Your family name is still missing."),
        (
            dialog.first,
            PHRASE,
            (
                "The passphrase has fewer than 12 characters. "
                "Take four or more words that have nothing to do with each other or with you."
            ),
        ),
        (dialog.second, PHRASE, "The two passphrases are not the same."),
    ):
        save(dialog)
        assert said(dialog) == [missing]
        assert field.hasFocus()
        QTest.keyClicks(field, words)
    assert drafts == []
    save(dialog)
    assert said(dialog) == []
    assert len(drafts) == 1


def test_enter_gives_folder_draft_and_passphrase(dialog: NewDeskDialog, tmp_path: Path) -> None:
    drafts = caught(dialog.accepted_draft)
    fill(dialog)
    QTest.keyClick(dialog.second, Qt.Key.Key_Return)
    ((given,),) = drafts
    assert given == (
        tmp_path / "desk",
        NewDesk(
            program="Harbor County",
            program_word="LEAD",
            group="Operational Work Group",
            agency="Harbor County LEAD",
            given_name="Dana",
            family_name="Whitfield",
            zone=str(dialog.zone.chosen),
        ),
        PHRASE,
    )


def test_the_folder_is_typed_or_chosen_and_never_empty(
    dialog: NewDeskDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(dialog)
    dialog.folder.line.setText(" ")
    save(dialog)
    assert said(dialog) == ["The folder is still missing."]
    assert dialog.folder.line.hasFocus()
    choose = dialog.folder.findChild(QPushButton)
    assert choose is not None
    for chosen, folder in ((tmp_path / "chosen", tmp_path / "chosen"), ("", tmp_path / "chosen")):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, chosen=chosen: str(chosen))
        choose.click()
        assert dialog.draft()[0] == folder


def test_a_zone_that_is_none_is_refused_and_one_is_found_by_typing(dialog: NewDeskDialog) -> None:
    fill(dialog)
    line = dialog.zone.lineEdit()
    assert line is not None
    line.setText("Mars/Olympus")
    save(dialog)
    assert said(dialog) == ["Time zone: this is not on the list. Choose one from it."]
    line.setText("america/chicago")
    assert dialog.draft()[1].zone == "America/Chicago"
    line.setText("america/los angeles")
    assert dialog.draft()[1].zone == "America/Los_Angeles"


@pytest.mark.skipif(sys.platform == "win32", reason="TZ does not set the zone there")
@pytest.mark.parametrize("zone", ["America/Chicago", "Pacific/Honolulu"])
def test_the_zone_of_the_computer_is_proposed(zone: str) -> None:
    words = "from leaddesk.ui.newdesk import _local_zone; print(_local_zone())"
    told = subprocess.run(
        [sys.executable, "-c", words], env={**os.environ, "TZ": zone}, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == zone


def test_passphrases_are_not_shown_and_everything_has_its_name_and_room(dialog: NewDeskDialog) -> None:
    assert dialog.first.echoMode() is dialog.second.echoMode() is QLineEdit.EchoMode.Password
    assert list(silent(dialog)) == []
    assert list(cut(dialog)) == []


def says(meter: StrengthMeter, words: str) -> bool:
    return meter.words == words


def test_the_passphrase_is_judged_while_it_is_typed_by_a_word_and_a_shape(
    dialog: NewDeskDialog, qtbot: QtBot
) -> None:
    meter = dialog.passphrase.meter
    fill(dialog)
    qtbot.waitUntil(lambda: meter.words == "Very good")
    full = meter.grab().toImage()
    for typed, words in (
        ("", "Nothing typed yet"),
        ("short", "Too short: 5 of at least 12 characters"),
        ("passwordpassword", "Too easy to guess"),
        ("Dana Whitfield 2026", "Too easy to guess"),
    ):
        dialog.first.setText(typed)
        qtbot.waitUntil(partial(says, meter, words))
        assert meter.grab().toImage() != full
        assert meter.accessibleDescription() == words
    save(dialog)
    assert said(dialog)[0].startswith("The passphrase is too easy to guess.")


def test_closing_the_form_leaves_no_passphrase_in_it(dialog: NewDeskDialog) -> None:
    fill(dialog)
    dialog.reject()
    assert dialog.first.text() == dialog.second.text() == ""
    assert not dialog.first.isUndoAvailable()
