"""A new desk, the two sample spreadsheets, and a meeting held with them."""

from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.imports.attendees import read_attendees
from leaddesk.imports.participants import read_participants
from leaddesk.policy.desk_views import Whereabouts
from leaddesk.policy.views import CopyKind
from leaddesk.policy.vocabulary import BOUND, Form, RecipientClass
from leaddesk.services import agenda, agreements, meetings, minutes, papers, participants
from leaddesk.services.drafts import NewDesk, ReleaseForm
from leaddesk.services.importing import import_attendees, import_participants
from leaddesk.services.opening import new_desk
from leaddesk.services.registers import Registers
from leaddesk.ui.console.keys import Command
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.screens import Screens
from leaddesk.ui.theme import Theme, ThemeName, load_fonts
from tests.vault.making import FLOOR

DATA = Path(__file__).parent.parent / "data"


def test_a_meeting_is_held_with_an_imported_roster(tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    load_fonts()
    new = NewDesk(
        program="Harbor County", program_word="LEAD", group="Operational Work Group", agency="LEAD PMT",
        given_name="Dana", family_name="Whitfield", zone="America/Los_Angeles",
    )  # fmt: skip
    clock = lambda: datetime(2026, 5, 6, 17, tzinfo=UTC)  # noqa: E731 - the meeting's moment
    desk = new_desk(tmp_path / "desk", new, "a kettle on the third shelf", clock=clock, kdf=FLOOR)
    assert desk.do(import_attendees, read_attendees(DATA / "attendees.csv")).added == 36
    roster = read_participants(DATA / "roster.xlsx", date(2026, 5, 6))
    assert desk.do(import_participants, roster, desk.everyday).added == 125

    # Nobody counts as signed by being imported, and no imported release is in force.
    with desk.unit() as unit:
        registers = Registers(unit, desk.everyday)
        people = {row.title: row.id for row in registers.attendees()}
        assert registers.participants() == ()
    prosecutor = people["Kai Kealoha"]
    assert not desk.do(agreements.has_signed, prosecutor)

    desk.do(agreements.sign_on_paper, desk.user.id, prosecutor)
    with desk.unit() as unit:
        known = {row.title: row.id for row in Registers(unit, desk.everyday).participants()}
    assert len(known) > 100
    kealoha = known["Mary-Jane Kealoha"]
    meeting = desk.do(meetings.at_hand)
    light = Theme.load(ThemeName.LIGHT)
    windows = DeskWindows(desk, meeting, (light, light), clock, Screens(), rehearsal=True)
    try:
        windows.open()
        controller = windows.workplace.controller
        live = controller.live
        live.do(meetings.open_meeting, meeting)
        item = live.do(agenda.add_item, live.number, participant=kealoha)
        for person in (desk.user.id, prosecutor):
            windows.workplace.console.check_in.checked_in.emit(person, Whereabouts.ROOM, "")
        windows.workplace.console.check_in.signed_on_paper.emit(prosecutor, desk.user.id)
        controller.command(Command.WIDEN)
        live.select(item)
        controller.command(Command.SHOW_SELECTED)
        assert "Mary-Jane" not in screen(windows), "the imported release has no classes and no form"
        assert "P-" in screen(windows)

        # The release is completed from its paper: the room may have more once the chair confirms.
        with desk.unit() as unit:
            release = Registers(unit, desk.everyday).releases(kealoha)[0]
            form = Registers(unit, desk.everyday).release_form(release.id)
            agency = Registers(unit, desk.everyday).participant_form(kealoha).case_agency
        assert agency is not None
        complete = ReleaseForm(
            id=form.id, participant=kealoha, form=Form.PART2, sources=(agency,),
            to_classes=(RecipientClass.PROSECUTION,), classes=tuple(sorted(BOUND)), signed_on=form.signed_on,
            ends_on=date(2027, 5, 19),
        )  # fmt: skip
        live.do(participants.save_release, complete)
        controller.command(Command.SHOW_SELECTED)
        assert "Mary-Jane" not in screen(windows)
        controller.command(
            Command.WIDEN,
        )
        controller.command(Command.SHOW_SELECTED)
        assert "Mary-Jane Kealoha" in screen(windows)

        live.close()
        live.do(minutes.finalize, meeting)
        printed = desk.do(papers.print_minutes, meeting, CopyKind.ROOM, desk.everyday)
        assert printed.pdf.startswith(b"%PDF")
        assert printed.audience == ("Dana Whitfield", "Kai Kealoha")
    finally:
        windows.close()
        QApplication.processEvents()


def screen(windows: DeskWindows) -> str:
    QApplication.processEvents()
    return " ".join(windows.workplace.projector.page.texts())
