"""Work beside the windows."""

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
