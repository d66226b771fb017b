"""The projector's window shows one page, tells exactly that, and switches between two paints."""

from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leaddesk.policy.views import Frame, IdleCard, ParticipantSlide, TopicSlide
from leaddesk.ui.projector.canvas import Page, drawable
from leaddesk.ui.projector.driver import ProjectorDriver
from leaddesk.ui.projector.pages import paginate
from leaddesk.ui.projector.thumbnail import SlideThumbnail
from leaddesk.ui.projector.window import ProjectorWindow
from leaddesk.ui.theme import Theme, ThemeName, load_fonts

IDLE = IdleCard(
    program="Harbor County",
    program_word="LEAD",
    group="Operational Work Group",
    when=date(2026, 5, 6),
    where="Harbor Hall, Room 2",
)
PERSON = ParticipantSlide(
    frame=Frame(program="Harbor County LEAD"),
    name="Maria Santos",
    progress=("In regular contact with the case manager.",),
    asks=(),
    actions=(),
)
LONG = TopicSlide(
    frame=Frame(program="Harbor County LEAD"),
    kicker="Report-backs",
    title="Report-backs due",
    lines=tuple(f"Line {number}" for number in range(15)),
)


@pytest.fixture
def light() -> Theme:
    return Theme.load(ThemeName.LIGHT)


@pytest.fixture
def window(qtbot: QtBot, light: Theme) -> ProjectorWindow:
    made = ProjectorWindow(light, IDLE)
    qtbot.addWidget(made)
    made.resize(960, 540)
    with qtbot.waitExposed(made):
        made.show()
    return made


def told(window: ProjectorWindow) -> str:
    return QAccessible.queryAccessibleInterface(window).text(QAccessible.Text.Description)


def test_a_new_window_shows_the_idle_card(window: ProjectorWindow) -> None:
    assert told(window).splitlines() == [
        "Harbor County",
        "LEAD",
        "Operational Work Group",
        "Wednesday, 6 May 2026",
        "Harbor Hall, Room 2",
    ]


def test_no_frame_after_a_switch_holds_what_was_there_before(window: ProjectorWindow, qtbot: QtBot) -> None:
    window.show_slide(PERSON)
    frames: list[Page] = []
    window.painted.connect(frames.append)
    window.repaint()
    window.show_idle(IDLE)
    window.repaint()
    qtbot.waitUntil(lambda: len(frames) >= 2)
    assert "Maria Santos" in frames[0].texts()
    assert all("Maria Santos" not in page.texts() for page in frames[1:])
    assert "Maria Santos" not in told(window)


def test_what_is_told_is_what_is_painted_and_the_time(window: ProjectorWindow) -> None:
    frames: list[Page] = []
    window.painted.connect(frames.append)
    window.set_clock("10:37")
    window.show_slide(PERSON)
    window.repaint()
    assert told(window).splitlines() == list(frames[-1].texts("10:37"))
    assert told(window).endswith("10:37")


def test_black_tells_nothing_and_paints_nothing(window: ProjectorWindow) -> None:
    window.show_slide(PERSON)
    window.show_black()
    assert told(window) == ""
    image = window.grab().toImage()
    assert {image.pixelColor(x, y).name() for x in range(0, 960, 7) for y in range(0, 540, 7)} == {"#000000"}


def test_pages_turn_forward_and_back_and_stop_at_the_ends(window: ProjectorWindow) -> None:
    window.show_slide(LONG)
    assert not window.previous_page()
    assert window.next_page()
    assert window.next_page()
    assert "Line 14" in window.page.texts()
    assert not window.next_page()
    assert window.page.number == 3
    assert window.previous_page()
    assert window.page.number == 2


def test_a_page_beyond_the_last_shows_the_last(window: ProjectorWindow) -> None:
    window.show_slide(LONG, 7)
    assert window.page.number == 3


def test_the_title_names_nobody_whatever_is_shown(window: ProjectorWindow) -> None:
    window.show_slide(PERSON)
    assert window.windowTitle() == "LeadDesk"
    assert window.accessibleName() == "Projector"


def test_the_window_takes_no_focus_and_shows_no_frame_or_pointer(window: ProjectorWindow) -> None:
    assert window.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert window.cursor().shape() == Qt.CursorShape.BlankCursor


def test_another_screen_lays_the_same_slide_out_again(window: ProjectorWindow) -> None:
    window.show_slide(LONG, 1)
    wide = window.page
    window.resize(800, 600)
    assert window.page.width < wide.width
    assert window.page.number == 2


def test_a_black_window_stays_black_on_another_screen(window: ProjectorWindow) -> None:
    window.show_black()
    window.resize(800, 600)
    assert window.slide is None
    assert window.page.black


def test_a_live_thumbnail_wears_the_live_frame_and_tells_its_page(qtbot: QtBot, light: Theme) -> None:
    thumbnail = SlideThumbnail("Live", light, light)
    qtbot.addWidget(thumbnail)
    thumbnail.resize(454, 258)
    (page,) = paginate(PERSON, QSize(1920, 1080))
    thumbnail.show_page(page, live=True, clock_text="10:37")
    edge = thumbnail.grab().toImage().pixelColor(1, 129)
    assert edge.name() == light.live.lower()
    assert thumbnail.accessibleDescription().splitlines() == list(page.texts("10:37"))
    thumbnail.show_page(None)
    assert thumbnail.accessibleDescription() == ""
    assert thumbnail.grab().toImage().pixelColor(1, 129).name() != light.live.lower()


def test_a_thumbnail_keeps_the_ratio_of_its_page(qtbot: QtBot, light: Theme) -> None:
    thumbnail = SlideThumbnail("Next", light, light)
    qtbot.addWidget(thumbnail)
    thumbnail.show_page(paginate(PERSON, QSize(1024, 768))[0])
    assert thumbnail.heightForWidth(406) == 306


def test_what_shows_less_is_painted_before_anything_else_is_done(window: ProjectorWindow) -> None:
    driver = ProjectorDriver(window)
    painted: list[Page] = []
    window.painted.connect(painted.append)
    window.show_slide(PERSON)
    driver.show_idle(IDLE)
    assert painted[-1:] == list(paginate(IDLE, window.size()))
    window.show_slide(PERSON)
    driver.show_black()
    assert painted[-1].texts() == ()
    assert len(painted) == 2


def test_a_slide_is_painted_before_the_console_is_given_anything_to_do(window: ProjectorWindow) -> None:
    driver = ProjectorDriver(window)
    painted: list[Page] = []
    window.painted.connect(painted.append)
    driver.show_slide(PERSON)
    assert painted == [window.page]
    assert "Maria Santos" in painted[0].texts()


@pytest.mark.parametrize(
    ("text", "painted"),
    [
        ("Ann Lee", "Ann Lee"),
        ("Nguyễn Thị Phương Thảo", "Nguyễn Thị Phương Thảo"),
        ("Ελένη Александра", "Ελένη Александра"),
        ("Ann\u200d\u00a0Lee", "Ann\u200d\u00a0Lee"),
        ("Ann \ue123", "Ann ?"),
    ],
)
def test_a_letter_that_no_typeface_has_is_a_question_mark_and_never_a_box(
    text: str, painted: str, qapp: QApplication
) -> None:
    load_fonts()
    assert drawable(text) == painted
