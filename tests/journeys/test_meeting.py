"""One meeting through the real windows on two screens, from check-in to minutes, with everything that can happen."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from leaddesk.models import Agreement, Meeting
from leaddesk.models.ids import row_id
from leaddesk.models.words import SigningMethod
from leaddesk.policy.desk_views import EntryKind, Screen
from leaddesk.policy.material import raw
from leaddesk.policy.records import Kind
from leaddesk.policy.views import CopyKind
from leaddesk.services import agreements, papers
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Unit
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.registers.forms import RevocationFormDialog
from leaddesk.ui.signing.prompt import PassphrasePrompt
from tests.journeys.stage import Clock, Stage, stage


def type_entry(on: Stage, kind: EntryKind, words: str, safe: str = "") -> None:
    """Types into the entry line and presses Enter."""
    entry = on.windows.workplace.console.meeting.entry
    entry.restore(kind, words, safe)
    line = entry.findChild(QPlainTextEdit)
    assert isinstance(line, QPlainTextEdit)
    QTest.keyClick(line, Qt.Key.Key_Return)


def check_in(on: Stage, letters: str) -> None:
    """Two letters and Enter in the drawer."""
    on.windows.workplace.console.open_check_in()
    line = on.windows.workplace.console.check_in.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setText("")
    QTest.keyClicks(line, letters)
    QTest.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()


def back_to_the_desk(on: Stage, qtbot: QtBot) -> None:
    """The laptop was handed back: the chair types their passphrase."""
    QTest.keyClick(on.windows.signing.handed_back.to_desk, Qt.Key.Key_Return)
    prompt = on.windows.signing.findChild(PassphrasePrompt)
    assert prompt is not None
    field = prompt.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(on.windows.workplace.console.isVisible)


def settled(on: Stage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not on.windows.workplace.driver.pausing)


def ends_today(unit: Unit, attendee: str) -> None:
    """An agreement whose last day is today."""
    template = agreements.accepted_template(unit, "en")
    number = row_id(Kind.ATTENDEE, attendee)
    unit.rows.add(
        Agreement(
            attendee_id=number,
            template_id=template.id,
            signed_at=unit.at,
            method=SigningMethod.TYPED,
            typed_name="signed",
            printed_name="signed",
            ends_on=unit.today,
        )
    )


def test_a_meeting_runs_from_check_in_to_printed_minutes(tmp_path: Path, qtbot: QtBot) -> None:
    clock = Clock()
    with stage(tmp_path / "desk", clock) as on:
        console, projector = on.windows.workplace.console, on.windows.workplace.projector
        # The console is on the chair's screen, the projector on the other one.
        assert console.screen() is not projector.screen()
        assert projector.geometry() == projector.screen().geometry()
        assert console.windowTitle() == projector.windowTitle() == "LeadDesk"

        # Nothing about anybody before the chair has looked and confirmed.
        on.show("Brooks")
        assert "Harbor County" in on.screen
        assert "Brooks" not in on.screen
        on.command(Command.WIDEN)
        on.show("Brooks")
        assert "Angela Brooks" in on.screen
        assert "Meets weekly" in on.screen

        # A latecomer without an agreement: the next frame is the public card, and stays it.
        check_in(on, "ru")
        assert "Brooks" not in on.screen
        settled(on, qtbot)
        assert "Brooks" not in on.screen
        ruiz = on.attendee("Ruiz")
        on.windows.workplace.console.check_in.out_of_view.emit(ruiz)
        on.show("Brooks")
        assert "Brooks" not in on.screen, "leaving the view widens, which waits"
        on.command(Command.WIDEN)
        on.show("Brooks")
        assert "Angela Brooks" in on.screen

        # A provider who is not involved: by code, and only when the chair shows it anew.
        check_in(on, "ha")
        assert "Brooks" not in on.screen
        settled(on, qtbot)
        code = on.live.watch.facts.participants[on.participant("Brooks")].code
        assert code not in on.screen
        on.command(Command.SHOW_SELECTED)
        assert code in on.screen
        assert "Meets weekly" not in on.screen
        why = on.windows.workplace.controller.console.meeting.private
        assert any("M. Hart (provider)" in label for label in texts_of(why))
        on.windows.workplace.console.check_in.left.emit(on.attendee("Hart"))
        on.command(Command.WIDEN, Command.SHOW_SELECTED)
        assert "Angela Brooks" in on.screen

        # Filed with Enter: on disk at once, live only when it is shown again; a typed name becomes a link.
        type_entry(on, EntryKind.UPDATE, "Angela asks for the blue folder.")
        assert "blue folder" not in on.screen
        on.command(Command.SHOW_SELECTED)
        assert "Angela Brooks asks for the blue folder." in on.screen
        type_entry(on, EntryKind.DECISION, "One court date for both matters.")
        type_entry(on, EntryKind.ACTION, "ask the clinic for a letter okafor 20 may")
        action = next(a for a in on.live.material.actions if "letter" in str(a.fields["text"]))
        assert action.links["owner"] == on.attendee("Okafor")
        assert str(raw(action, "due")) == "2026-05-20"
        type_entry(on, EntryKind.UPDATE, "A slip.")
        on.command(Command.UNDO)
        assert not any("A slip" in str(entry.fields["text"]) for entry in on.live.material.entries)

        # A release revoked while its participant is live: gone in the next frame, and not back by itself.
        on.command(Command.SHOW_SELECTED)
        before = len(on.frames)
        console.show_page(PageName.PARTICIPANTS)
        on.windows.registers.pages[PageName.PARTICIPANTS].visit().acted.emit("revoke", on.participant("Brooks"))
        form = on.windows.registers.forms.current
        assert isinstance(form, RevocationFormDialog)
        form.accepted_draft.emit(form.draft())
        QApplication.processEvents()
        assert not any("Brooks" in frame for frame in on.frames[before + 1 :])
        settled(on, qtbot)
        assert "Brooks" not in on.screen
        console.show_page(PageName.MEETING)

        # An agreement that ends at midnight in the site's zone, by the clock.
        lindqvist = on.attendee("Lindqvist")
        on.live.do(ends_today, lindqvist)
        check_in(on, "lind")
        settled(on, qtbot)
        on.command(Command.WIDEN)
        on.show("Kowalski")
        assert "Danny Kowalski" in on.screen
        type_entry(on, EntryKind.DECISION, "One list for both courts.")
        clock.pass_by(minutes=29, seconds=59)
        on.windows.workplace.controller.tick()
        assert "Danny Kowalski" in on.screen
        clock.pass_by(seconds=1)
        on.windows.workplace.controller.tick()
        assert "Kowalski" not in on.screen
        settled(on, qtbot)
        assert "Kowalski" not in on.screen
        on.windows.workplace.console.check_in.left.emit(lindqvist)
        on.command(Command.WIDEN)

        # Walk-in, blank, freeze.
        on.show("Kowalski")
        on.command(Command.WALK_IN)
        assert "Operational Work Group" in on.screen
        on.windows.workplace.console.check_in.stranger_left.emit()
        on.command(Command.WIDEN)
        on.show("Kowalski")
        on.command(Command.BLANK)
        assert on.screen == ""
        on.command(Command.BLANK)
        assert "Danny Kowalski" in on.screen
        on.command(Command.FREEZE, Command.NEXT)
        assert on.live.screen is Screen.FROZEN
        assert "Danny Kowalski" in on.screen
        check_in(on, "ha")
        assert "Kowalski" not in on.screen, "a narrowing overrules freeze"
        settled(on, qtbot)

        # Somebody signs on the sealed page, and reads it back.
        on.windows.sign(ruiz)
        offered = on.windows.signing.signature.witness
        named = {offered.itemData(row) for row in range(offered.count())} - {""}
        in_the_room = {one for one in on.live.watch.room.present if one != ruiz}
        assert named, "somebody in the room can be the witness of a paper"
        assert named <= in_the_room, "whoever is not here is not named to the signer"
        page = on.windows.signing
        assert page.isVisible()
        assert not console.isVisible()
        assert "Operational Work Group" in on.screen
        page.read_to_end()
        page.about.no.click()
        page.signature.choose("typed")
        page.signature.typed.setText("Dora Ruiz")
        page.go_on.click()
        page.go_on.click()
        assert page.about.name.text() == ""
        assert not console.isVisible(), "whoever signed is not left before the console"
        back_to_the_desk(on, qtbot)
        assert not page.isVisible()
        assert on.desk.do(agreements.has_signed, ruiz)

        # Close, check, finalize, print.
        documents = on.windows.documents
        on.command(Command.CLOSE_MEETING)
        for _step in ("close", "finalize"):
            assert documents.card.step is not None
            QTest.keyClick(documents.card.step, Qt.Key.Key_Return)
        assert on.desk.do(state_of, on.live.number) == "finalized"
        room = read(on, CopyKind.ROOM)
        record = read(on, CopyKind.RECORD)
        public = read(on, CopyKind.PUBLIC)
        assert "One list for both courts." in record
        # After a revocation program staff have identity alone, and the copy says that it leaves something out.
        assert "One court date for both matters." not in record
        assert "left out" in record
        assert "Brooks" not in room
        assert "Okafor" not in public
        assert "final, version 1" in record.lower()
        assert on.told == []
        shown = on.desk.do(projected)
        assert on.participant("Brooks") in shown
        assert any(on.attendee("Bell") in people for people in shown[on.participant("Brooks")])


def texts_of(widget: object) -> list[str]:
    from PySide6.QtWidgets import QLabel, QWidget

    assert isinstance(widget, QWidget)
    return [label.text() for label in widget.findChildren(QLabel)]


def state_of(unit: Unit, meeting: int) -> str:
    return unit.rows.get_one(Meeting, meeting).state.value


def projected(unit: Unit) -> dict[str, list[list[str]]]:
    """Whom the ledger says who was shown to, by participant."""
    shown: dict[str, list[list[str]]] = {}
    for entry in unit.ledger_entries("projected"):
        for one in entry.payload["told"]:
            shown.setdefault(one, []).append(list(entry.payload["people"]))
    return shown


def read(on: Stage, kind: CopyKind) -> str:
    printed = on.desk.do(papers.print_minutes, on.live.meeting, kind, on.desk.everyday)
    document = pypdfium2.PdfDocument(printed.pdf)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


CHILD = """
    import sys
    from datetime import UTC, datetime
    from pathlib import Path
    from PySide6.QtWidgets import QApplication
    from PySide6.QtCore import QTimer
    from leaddesk.policy.desk_views import EntryKind
    from leaddesk.ui.console.keys import Command
    from leaddesk.ui.signing.prompt import PassphrasePrompt
    from tests.journeys.stage import Clock, stage

    application = QApplication([])
    with stage(Path(sys.argv[1]), Clock()) as on:
        on.command(Command.WIDEN)
        on.show("Brooks")
        entry = on.windows.workplace.console.meeting.entry
        entry.filed.emit(EntryKind.UPDATE, "Filed before the light went out.", "", "")
        on.windows.workplace.console.check_in.left.emit(on.attendee("Kim"))
        entry.restore(EntryKind.ACTION, "not finished ye")
        QTimer.singleShot(2500, lambda: print("ready", flush=True))
        application.exec()
"""


def test_what_was_filed_survives_the_process_being_killed(tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    folder = tmp_path / "desk"
    child = subprocess.Popen(
        [sys.executable, "-c", dedent(CHILD), str(folder)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "ready"
    child.kill()
    child.wait()
    child.stdout.close()
    with stage(folder, Clock(), fresh=False, passphrase=PASSPHRASE) as on:
        assert any("Filed before the light" in str(entry.fields["text"]) for entry in on.live.material.entries)
        line = on.windows.workplace.console.meeting.entry
        assert (line.kind, line.text) == (EntryKind.ACTION, "not finished ye")
        assert on.attendee("Kim") not in on.live.watch.room.present
        assert on.attendee("Bell") in on.live.watch.room.present
        # The room begins again as the public until the chair has looked.
        on.show("Brooks")
        assert "Brooks" not in on.screen
        on.command(Command.WIDEN)
        on.show("Brooks")
        assert "Filed before the light went out." in on.screen


def test_a_lost_screen_hides_both_windows_until_the_chair_restores_them(tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    with stage(tmp_path / "desk", Clock()) as on:
        place = on.windows.workplace
        on.command(Command.WIDEN)
        on.show("Brooks")
        place.hide_first()
        assert not place.console.isVisible()
        assert not place.projector.isVisible()
        assert place.cover.isVisible()
        place.cover.restored.emit()
        assert place.console.isVisible()
        assert "Operational Work Group" in on.screen


@pytest.mark.parametrize("line", ["2", "rank it", "99 because"])
def test_a_line_that_cannot_be_filed_says_why_and_stays(tmp_path: Path, qtbot: QtBot, line: str) -> None:
    del qtbot
    with stage(tmp_path / "desk", Clock()) as on:
        place = next(item.id for item in on.live.material.agenda if item.links.get("priority"))
        on.live.select(place)
        type_entry(on, EntryKind.PRIORITY, line)
        said = on.windows.workplace.console.notice.words
        assert said
        assert on.told == [], "a box would hold the meeting up"
        assert on.windows.workplace.console.meeting.entry.text == line
        assert [raw(record, "rank") for record in on.live.material.places] == list(range(1, 10))
        on.windows.workplace.console.meeting.entry.restore(EntryKind.PRIORITY, f"{line} ")
        assert said not in on.windows.workplace.console.notice.words
