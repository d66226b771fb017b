"""Work beside the windows."""

import threading
import weakref

from PySide6.QtCore import QObject, Qt, QThread, Slot
from pytestqt.qtbot import QtBot

from leaddesk.ui.background import Task


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
