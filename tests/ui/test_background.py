"""Work beside the windows."""

import gc
import threading
import weakref
from functools import partial

from PySide6.QtCore import QObject, Qt, QThread, Slot
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from leaddesk.errors import KnownError
from leaddesk.ui.background import _PATIENT, Collector, Newest, Task, settle


class Told(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []

    @Slot(object)
    def tell(self, result: object) -> None:
        self.results.append(result)


def test_what_tells_of_a_task_ends_on_the_windows_thread_and_after_it_was_told(qtbot: QtBot) -> None:
    told, ended = Told(), list[tuple[bool, list[object]]]()
    here = QThread.currentThread()
    task = Task(lambda: "worked out")

    def on_end() -> None:
        ended.append((QThread.currentThread() is here, list(told.results)))

    task.signals.destroyed.connect(on_end, Qt.ConnectionType.DirectConnection)
    task.start(succeeded=told.tell)
    del task
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [(True, ["worked out"])]


class Ring:
    """Two of them that point at each other are garbage that is not gone until it is collected."""

    def __init__(self) -> None:
        self.other: Ring | None = None


def make_rings(number: int) -> None:
    for _ in range(number):
        one, other = Ring(), Ring()
        one.other, other.other = other, one


def test_garbage_is_collected_on_the_windows_thread_whoever_made_it(qtbot: QtBot) -> None:
    told, where = Told(), list[threading.Thread]()
    one, other = Ring(), Ring()
    one.other, other.other = other, one
    weakref.finalize(one, lambda: where.append(threading.current_thread()))
    del one, other
    # Far more than Python's own thresholds: by itself it would collect there and then, all generations of it.
    Task(lambda: make_rings(200_000)).start(succeeded=told.tell)
    qtbot.waitUntil(lambda: bool(told.results), timeout=30_000)
    qtbot.waitUntil(lambda: bool(where), timeout=30_000)
    assert where == [threading.main_thread()]


class Watched:
    """What Python's collector was asked for while somebody looks, by generation."""

    def __init__(self) -> None:
        self.generations: list[int] = []

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            self.generations.append(info["generation"])


def test_old_objects_are_gone_through_once_they_are_many_more_and_not_before(qtbot: QtBot) -> None:
    parent = QObject()
    collector, watched = Collector(parent), Watched()
    gc.collect()
    thresholds = gc.get_threshold()
    gc.callbacks.append(watched)
    gc.set_threshold(700, 0, 0)
    try:
        for _ in range(3):
            gc.collect(0)
            gc.collect(1)
        watched.generations.clear()
        collector.collect()
        assert watched.generations == [1], "they are as many as ever"
        kept = [[number] for number in range(2 * len(gc.get_objects()))]
        gc.collect(0)
        gc.collect(1)
        watched.generations.clear()
        collector.collect()
        assert watched.generations == [2]
        gc.collect(1)
        watched.generations.clear()
        collector.collect()
        assert watched.generations == [1], "again they are as many as before"
        assert kept
    finally:
        gc.set_threshold(*thresholds)
        gc.callbacks.remove(watched)


class Answers:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.given: list[object] = []
        self.failures: list[KnownError] = []
        self.slow = 0
        self.window = QObject()
        self.newest = Newest(self.given.append, self.failures.append, self.window, slow=self.on_slow)

    def on_slow(self) -> None:
        self.slow += 1


def test_of_several_questions_the_newest_is_answered_and_those_between_are_not_even_worked_out(qtbot: QtBot) -> None:
    answers, worked = Answers(), list[int]()
    begun, go_on = threading.Event(), threading.Event()

    def first() -> int:
        begun.set()
        go_on.wait()
        return 0

    answers.newest.ask(first)
    begun.wait()
    for number in (1, 2, 3):
        answers.newest.ask(partial(worked_on, worked, number))
    go_on.set()
    settle()
    assert answers.given == [3]
    assert worked == [3]
    answers.newest.ask(lambda: "again")
    settle()
    assert answers.given == [3, "again"]


def test_what_was_forgotten_is_answered_no_more_and_neither_is_its_failure(qtbot: QtBot) -> None:
    def fail() -> None:
        raise KnownError("Nothing to read.", kept="Nothing was changed.")

    answers = Answers()
    for work in (lambda: 1, fail, broken):
        answers.newest.ask(work)
        answers.newest.forget()
        settle()
    answers.newest.ask(lambda: 1)
    answers.newest.ask(lambda: 2)
    answers.newest.forget()
    settle()
    assert answers.given == answers.failures == []
    answers.newest.ask(fail)
    settle()
    assert [error.happened for error in answers.failures] == ["Nothing to read."]


def worked_on(worked: list[int], number: int) -> int:
    worked.append(number)
    return number


def broken() -> None:
    raise LookupError("a bug")


def test_a_bug_beside_the_windows_is_raised_and_the_next_question_is_answered(qtbot: QtBot) -> None:
    answers = Answers()
    with qtbot.captureExceptions() as raised:
        answers.newest.ask(broken)
        settle()
    assert [str(error) for _, error, _ in raised] == ["a bug"]
    answers.newest.ask(lambda: 1)
    settle()
    assert answers.given == [1]
    assert answers.failures == []


def test_an_answer_that_takes_its_time_is_told_of_once_and_a_quick_one_is_not(qtbot: QtBot) -> None:
    answers, go_on = Answers(), threading.Event()
    answers.newest.ask(lambda: "quick")
    settle()
    answers.newest.ask(lambda: go_on.wait() and "slow")
    qtbot.waitUntil(lambda: answers.slow == 1)
    go_on.set()
    settle()
    assert answers.given == ["quick", "slow"]
    assert not answers.newest._moment.isActive()
    assert answers.slow == 1


def test_who_asked_goes_with_the_window_and_is_answered_no_more(qtbot: QtBot) -> None:
    answers = Answers()
    answers.newest.ask(lambda: 1)
    delete(answers.window)
    settle()
    assert answers.given == []


def test_what_is_worked_out_beside_is_not_gone_through_for_garbage_and_what_it_leaves_is(qtbot: QtBot) -> None:
    parent, begun, go_on, gone = QObject(), threading.Event(), threading.Event(), list[str]()
    collector, watched = Collector(parent), Watched()

    def work() -> None:
        one, other = Ring(), Ring()
        one.other, other.other = other, one
        weakref.finalize(one, gone.append, "gone")
        del one, other
        make_rings(2_000)
        begun.set()
        go_on.wait()

    Task(work).start()
    begun.wait()
    gc.callbacks.append(watched)
    collector.collect()
    gc.callbacks.remove(watched)
    assert watched.generations == []
    for _ in range(_PATIENT):
        collector.collect()
    assert gone == ["gone"], "what takes very long is not waited for"
    go_on.set()
    settle()
    make_rings(2_000)
    gc.callbacks.append(watched)
    collector.collect()
    gc.callbacks.remove(watched)
    assert watched.generations
