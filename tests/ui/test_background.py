"""Work beside the windows."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject, Qt, QThread, Slot
from pytestqt.qtbot import QtBot

from leaddesk.ui.background import Collector, Task


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
