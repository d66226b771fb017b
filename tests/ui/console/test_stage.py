"""The stage shows the pages the projector shows, from the very same views."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import Screen, Upcoming
from leaddesk.policy.views import TopicSlide
from leaddesk.ui.console.chips import Chip
from leaddesk.ui.console.stage import StagePanel
from leaddesk.ui.projector.pages import paginate
from leaddesk.ui.projector.thumbnail import SlideThumbnail
from leaddesk.ui.theme import Theme
from tests.ui.console.looking import caught, the
from tests.ui.console.sample import FRAME, PLACE, SPENT, STAGE, UPCOMING

LONG = TopicSlide(
    frame=FRAME, kicker="Report-backs", title="Report-backs due", lines=tuple(f"Line {n}" for n in range(20))
)


@pytest.fixture
def stage(qtbot: QtBot, light: Theme) -> StagePanel:
    made = StagePanel(light, light)
    qtbot.addWidget(made)
    made.resize(496, 632)
    with qtbot.waitExposed(made):
        made.show()
    made.show_stage(STAGE)
    made.show_upcoming(UPCOMING)
    made.show_time("10:37", SPENT, 5)
    return made


def turn(stage: StagePanel, name: str) -> QAbstractButton:
    return the(QAbstractButton, stage, name)


def said(stage: StagePanel) -> set[str]:
    return {label.text() for label in stage.findChildren(QLabel) if label.isVisible()}


def test_live_and_next_are_the_projectors_own_pages(stage: StagePanel) -> None:
    assert stage.live_texts == paginate(PLACE, QSize(1920, 1080))[0].texts("10:37")
    assert "P-7K3F" in stage.next_texts
    assert "Angela Brooks" not in stage.next_texts
    assert {"by case code", "3:10 of 5 min"} <= said(stage)


def test_a_screen_reader_is_told_what_the_room_reads(stage: StagePanel) -> None:
    live = stage.findChildren(SlideThumbnail)[0]
    assert live.accessibleName() == "Live"
    assert "Market St & 3rd Ave" in live.accessibleDescription()


@pytest.mark.parametrize("screen", Screen)
def test_the_chip_names_what_the_projector_does(stage: StagePanel, screen: Screen) -> None:
    stage.show_stage(replace(STAGE, screen=screen))
    words = stage.findChildren(Chip)[0].accessibleName()
    assert words in {"LIVE", "Idle card", "Blank", "Frozen", "No second screen"}
    assert (screen is Screen.NONE) == ("nobody sees this" in said(stage))


def test_a_blank_screen_is_black_here_too(stage: StagePanel) -> None:
    stage.show_stage(replace(STAGE, screen=Screen.BLANK))
    assert stage.live_texts == ()


def test_pages_are_turned_by_buttons_that_ask(stage: StagePanel, qtbot: QtBot) -> None:
    asked = caught(stage.page_asked)
    assert len(paginate(LONG, QSize(1920, 1080))) > 2
    stage.show_stage(replace(STAGE, live=LONG, live_page=1))
    turn(stage, "Next page").click()
    turn(stage, "Page before").click()
    assert asked == [(1,), (-1,)]


def test_one_page_needs_no_buttons_and_the_last_has_no_next(stage: StagePanel) -> None:
    stage.show_stage(replace(STAGE, live=LONG, live_page=99))
    assert not turn(stage, "Next page").isEnabled()
    stage.show_stage(replace(STAGE, live=replace(LONG, lines=("One",)), live_page=0))
    assert not turn(stage, "Next page").isVisible()


def test_after_the_last_item_it_says_that_nothing_comes(stage: StagePanel) -> None:
    stage.show_upcoming(Upcoming(slide=None, appears=""))
    assert stage.next_texts == ()
    assert "Nothing comes after this item." in said(stage)


def test_an_item_that_runs_over_shows_its_minutes(stage: StagePanel) -> None:
    stage.show_time("10:48", timedelta(minutes=14, seconds=5), 5)
    assert "9:05 over" in said(stage)
    stage.show_time("10:48", None, 0)
    assert not any("of 5 min" in words for words in said(stage))


def test_slides_keep_the_ratio_of_the_projector(stage: StagePanel, light: Theme) -> None:
    stage.set_projector(QSize(1024, 768))
    for thumbnail in stage.findChildren(SlideThumbnail):
        assert (thumbnail.width() - 6) / (thumbnail.height() - 6) == pytest.approx(4 / 3, rel=0.01)
        assert stage.rect().contains(thumbnail.rect().translated(thumbnail.mapTo(stage, thumbnail.rect().topLeft())))


def test_at_the_designs_size_the_thumbnails_are_those_of_the_design(stage: StagePanel) -> None:
    assert stage.width_for(632) == pytest.approx(496, abs=2)
    sizes = {(each.width() - 6, each.height() - 6) for each in stage.findChildren(SlideThumbnail)}
    assert sizes == {(448, 252)}
