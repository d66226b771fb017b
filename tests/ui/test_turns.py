"""Work in turns: keys and paints come between its slices, and never meet what is no longer so."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from leaddesk.ui import turns
from leaddesk.ui.turns import Turns


class Work:
    """Four steps, each of which is written down; somebody may do something in one of them."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.in_second: Callable[[], None] = lambda: None
        self.turns = Turns(self._steps)

    def _steps(self) -> Iterator[None]:
        for number in range(1, 5):
            self.done.append(number)
            if number == 2:
                self.in_second()
            yield


@pytest.fixture
def work(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    monkeypatch.setattr(turns, "_SLICE", 0.0)
    made = Work()
    yield made
    made.turns.stop()


def turn_over(work: Work) -> None:
    """Lets the loop do what is due until one more step was taken."""
    before = len(work.done)
    while len(work.done) == before:
        QApplication.processEvents()


def test_nothing_is_done_before_the_next_turn_and_a_slice_in_each(work: Work) -> None:
    work.turns.begin()
    assert work.done == []
    for number in range(1, 5):
        turn_over(work)
        assert work.done == list(range(1, number + 1)), "no turn takes more than its slice"
    while work.turns.at_work:
        QApplication.processEvents()
    assert work.done == [1, 2, 3, 4]


def test_steps_that_take_no_time_share_a_turn(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_SLICE", 60.0)
    work.turns.begin()
    turn_over(work)
    assert work.done == [1, 2, 3, 4]
    assert not work.turns.at_work


def test_asked_again_it_begins_anew(work: Work) -> None:
    work.turns.begin()
    turn_over(work)
    turn_over(work)
    work.turns.begin()
    turn_over(work)
    assert work.done == [1, 2, 1]


def test_a_step_that_asks_for_it_begins_it_anew(work: Work, qtbot: QtBot) -> None:
    work.in_second = lambda: work.turns.begin() if work.done == [1, 2] else None
    work.turns.begin()
    qtbot.waitUntil(lambda: not work.turns.at_work)
    assert work.done == [1, 2, 1, 2, 3, 4]


def test_no_key_meets_what_is_no_longer_so(work: Work, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    seen: list[list[int]] = []
    field.textEdited.connect(lambda _: seen.append(list(work.done)))
    work.turns.begin()
    QTest.keyClicks(field, "ab")
    assert seen == [[1], [1]], "the first step and no other"
    work.turns.begin()
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert work.done == [1, 1]


def test_what_is_finished_at_once_has_nothing_left(work: Work) -> None:
    work.turns.begin()
    turn_over(work)
    work.turns.finish()
    assert work.done == [1, 1, 2, 3, 4]
    assert not work.turns.at_work


def test_what_is_stopped_stays_undone(work: Work, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    work.turns.begin()
    work.turns.stop()
    QTest.keyClicks(field, "a")
    QApplication.processEvents()
    assert work.done == []


def test_a_step_that_fails_is_not_taken_again(work: Work, qtbot: QtBot) -> None:
    def fails() -> None:
        raise ZeroDivisionError

    work.in_second = fails
    with qtbot.captureExceptions() as raised:
        work.turns.begin()
        turn_over(work)
        turn_over(work)
        QApplication.processEvents()
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]
    assert not work.turns.at_work
    assert work.done == [1, 2]
