"""Ctrl+K finds or does anything that the user may, by keyboard alone, and leaves nothing behind."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import Found, Screen
from leaddesk.services import ties
from leaddesk.services.drafts import ExclusionForm
from leaddesk.ui.background import settle
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import BEHIND_MENU, PageName
from leaddesk.ui.locking import close_dialogs
from leaddesk.ui.registers.looked_for import COMMANDS, PAGES
from leaddesk.ui.registers.palette import Known, Palette, compared
from leaddesk.ui.theme import Theme, ThemeName
from tests.journeys.stage import Clock, Stage, stage
from tests.ui.console.looking import ChecksModels, silent

K = Qt.Key
ROWS = (
    Found(kind="item", id="i1", title="Open actions", detail="Agenda · item 2"),
    Found(kind="command", id="blank", title="Blank the screen", detail="Do · Projector · F9"),
    Found(kind="Participants", id="p1", title="José Núñez", detail="Participant · P-7K3F"),
    Found(kind="Actions", id="p1", title="Ask the court", detail="Action · Blank"),
)


def opened(on: Stage) -> Palette:
    """Ctrl+K from wherever the focus is."""
    console = on.windows.workplace.console
    console.activateWindow()
    assert QTest.qWaitForWindowActive(console)
    QTest.keyClick(console, K.Key_K, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    palette = on.windows.finding.palette
    assert palette is not None
    assert palette.isVisible()
    return palette


def take(on: Stage, words: str) -> None:
    """Types words and takes the first row with Enter."""
    palette = opened(on)
    QTest.keyClicks(palette.line, words)
    QTest.keyClick(palette.line, K.Key_Return)
    while on.windows.finding.palette is not None:
        assert palette.reading, "nothing else is waited for"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()


def titles(palette: Palette) -> list[str]:
    return [row.title for row in palette.shown]


def test_words_find_rows_whatever_their_accents_the_likeliest_first(
    qtbot: QtBot, qtmodeltester: ChecksModels
) -> None:
    palette = Palette(Theme.load(ThemeName.LIGHT), ROWS)
    qtbot.addWidget(palette)
    qtmodeltester.check(palette.model)
    assert titles(palette) == [row.title for row in ROWS]
    for typed, expected in (
        ("nunez", ["José Núñez"]),
        ("blank", ["Blank the screen", "Ask the court"]),
        ("scr bl", ["Blank the screen"]),
        ("p-7k3f", ["José Núñez"]),
        ("xyz", []),
    ):
        palette.line.setText(typed)
        assert titles(palette) == expected


def test_arrows_walk_and_enter_takes_while_the_line_keeps_the_focus(qtbot: QtBot) -> None:
    palette = Palette(Theme.load(ThemeName.LIGHT), ROWS)
    qtbot.addWidget(palette)
    taken: list[Found] = []
    palette.chosen.connect(taken.append)
    palette.open()
    assert not list(silent(palette))
    QTest.keyClick(palette.line, K.Key_Up)
    for _ in range(9):
        QTest.keyClick(palette.line, K.Key_Down)
    QTest.keyClick(palette.line, K.Key_Up)
    QTest.keyClick(palette.line, K.Key_Return)
    assert taken == [ROWS[2]]
    assert palette.shown == ()
    assert palette.line.text() == ""


def test_nothing_found_takes_nothing(qtbot: QtBot) -> None:
    palette = Palette(Theme.load(ThemeName.LIGHT), ROWS)
    qtbot.addWidget(palette)
    palette.open()
    palette.line.setText("xyz")
    with qtbot.assertNotEmitted(palette.chosen):
        QTest.keyClick(palette.line, K.Key_Return)
        QTest.keyClick(palette.line, K.Key_Down)
    assert palette.isVisible()
    QTest.keyClick(palette.line, K.Key_Escape)
    assert not palette.isVisible()


def test_it_does_a_command_and_goes_to_an_item_and_to_every_register(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        on.command(Command.WIDEN)
        on.show("Brooks")
        assert "Brooks" in on.screen
        console = on.windows.workplace.console
        take(on, "blank the")
        assert on.live.screen is Screen.BLANK
        take(on, "lakeside park")
        selected = on.live.material.items[on.live.selected or ""]
        assert selected.links.get("priority")
        assert console.page is PageName.MEETING
        for page in (PageName.PEOPLE, PageName.DOCUMENTS, PageName.PARTICIPANTS):
            take(on, page.value)
            assert console.page is page
        settle()
        console.activateWindow()
        assert QTest.qWaitForWindowActive(console)
        participants = on.windows.registers.pages[page].visit()
        assert participants.finding.hasFocus(), "what is typed next finds a row"
        QTest.keyClick(participants.finding, K.Key_Down)
        assert participants.list.hasFocus()
        assert on.live.selected == selected.id, "another page's arrows leave the agenda alone"
        for words, page in (
            ("participant fischer", PageName.PARTICIPANTS),
            ("pier 4", PageName.PLACES),
            ("mia hart", PageName.PEOPLE),
            ("return the id", PageName.ACTIONS),
        ):
            take(on, words)
            settle()
            assert console.page is page, words
            assert on.windows.registers.pages[page].visit().selected, words
        assert on.live.screen is Screen.BLANK, "going somewhere moves nothing before the room"


def test_whom_the_user_may_not_know_is_not_found(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        palette = opened(on)
        QTest.keyClicks(palette.line, "brooks")
        qtbot.waitUntil(lambda: not palette.reading)
        assert "Angela Brooks" in titles(palette)
        assert any(row.kind == PageName.PARTICIPANTS.value for row in palette.shown)
        QTest.keyClick(palette.line, K.Key_Escape)
        me = ExclusionForm(attendee=on.desk.user.id, participant=on.participant("Brooks"))
        on.live.do_narrowing(ties.exclude, me)
        palette = opened(on)
        QTest.keyClicks(palette.line, "brooks")
        qtbot.waitUntil(lambda: not palette.reading)
        assert not any("Brooks" in row.title + row.detail for row in palette.shown)


def test_the_rooms_keys_work_over_it_and_locking_leaves_nothing_in_it(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        on.command(Command.WIDEN)
        on.show("Brooks")
        palette = opened(on)
        assert palette.screen() is on.windows.workplace.console.screen()
        QTest.keyClick(palette.line, K.Key_F8)
        assert on.live.screen is Screen.IDLE
        QTest.keyClicks(palette.line, "brooks")
        held: list[tuple[Found, ...]] = []
        palette.finished.connect(lambda _result: held.append(palette.shown))
        close_dialogs()
        assert held
        assert held[-1] == ()


def test_a_row_of_one_kind_is_not_taken_for_another_with_the_same_id(qtbot: QtBot) -> None:
    twin = replace(ROWS[2], kind="Places", title="José's Bakery")
    palette = Palette(Theme.load(ThemeName.LIGHT), (ROWS[2], twin))
    qtbot.addWidget(palette)
    palette.line.setText("jose")
    QTest.keyClick(palette.line, K.Key_Down)
    with qtbot.waitSignal(palette.chosen) as taken:
        QTest.keyClick(palette.line, K.Key_Return)
    assert taken.args == [twin]


def read(*rows: Found) -> tuple[Known, ...]:
    return tuple(map(compared, rows))


def test_what_is_read_later_is_found_by_what_was_typed_meanwhile_and_enter_waits_for_it(qtbot: QtBot) -> None:
    palette = Palette(Theme.load(ThemeName.LIGHT), ROWS[:2], reading=True)
    qtbot.addWidget(palette)
    palette.open()
    taken: list[Found] = []
    palette.chosen.connect(taken.append)
    QTest.keyClicks(palette.line, "jose")
    QTest.keyClick(palette.line, K.Key_Return)
    assert not taken, "what is typed may mean something that is not read yet"
    assert palette.isVisible()
    palette.add(read(ROWS[2]))
    assert taken == [ROWS[2]]
    assert not palette.isVisible()


def test_another_letter_takes_enter_back_and_a_row_that_was_walked_to_stays(qtbot: QtBot) -> None:
    palette = Palette(Theme.load(ThemeName.LIGHT), ROWS[:2], reading=True)
    qtbot.addWidget(palette)
    palette.open()
    taken: list[Found] = []
    palette.chosen.connect(taken.append)
    QTest.keyClick(palette.line, K.Key_Return)
    QTest.keyClicks(palette.line, "e")
    palette.line.clear()
    QTest.keyClick(palette.line, K.Key_Down)
    first = replace(ROWS[2], title="")
    palette.add(read(first))
    assert not taken
    assert not palette.reading
    QTest.keyClick(palette.line, K.Key_Return)
    assert taken == [ROWS[1]], "the row that was walked to"


def test_a_row_that_was_walked_to_is_taken_without_waiting(qtbot: QtBot) -> None:
    palette = Palette(Theme.load(ThemeName.LIGHT), ROWS[:2], reading=True)
    qtbot.addWidget(palette)
    palette.open()
    QTest.keyClick(palette.line, K.Key_Down)
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(palette.line, K.Key_Return)
    assert chosen.args == [ROWS[1]]


def test_a_palette_closed_while_it_was_read_for_gets_nothing_and_a_new_one_its_own(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        first = opened(on)
        QTest.keyClick(first.line, K.Key_Escape)
        second = opened(on)
        qtbot.waitUntil(lambda: not second.reading)
        QTest.keyClicks(second.line, "brooks")
        ids = [(row.kind, row.id) for row in second.shown]
        assert len(ids) == len(set(ids)), "no answer came twice"
        assert on.told == []
    QApplication.processEvents()


def test_a_desk_locked_while_it_is_read_has_nothing_to_tell(tmp_path: Path, qtbot: QtBot) -> None:
    with stage(tmp_path / "desk", Clock()) as on:
        opened(on)
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    assert on.told == []
    assert on.desk.locked


LOOKED_FOR = {
    "import": "Import a roster of participants",
    "excel": "Import a roster of participants",
    "backup": "Backups",
    "restore": "Restore a backup",
    "export": "Export all facts",
    "print": "Documents",
    "sign": "Check in",
    "sign out": "Lock",
    "lock": "Lock",
    "theme": "Console as the system",
    "font size": "Text at 100 %",
    "password": "Users and keys",
    "help": "Sheet of keys",
    "attendance": "Check in",
    "schedule": "Prepare",
}


def test_what_people_would_look_for_is_found_by_other_words_too(tmp_path: Path, qtbot: QtBot) -> None:
    assert set(COMMANDS) == set(Command)
    assert set(PAGES) == set(PageName) - BEHIND_MENU
    with stage(tmp_path / "desk", Clock()) as on:
        palette = opened(on)
        for typed, found in LOOKED_FOR.items():
            palette.line.setText(typed)
            assert found in titles(palette)[:6], typed
        assert not any(row.also and row.also in palette.model.words_of(row) for row in palette.shown), "never shown"
        palette.close()
        take(on, "import a roster")
        said = on.windows.workplace.console.notice.words
        assert "Lock, then in a terminal: leaddesk import participants FILE --desk DIR" in said
