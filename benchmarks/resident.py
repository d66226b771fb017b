"""A program to look at from outside: ``python -m benchmarks.resident bare`` or ``meeting DIR``.

It says when the desk is unlocked and when everything is painted, and goes on until its standard input says something.
"""

import sys
import threading
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override


class Inbox(QObject):
    """Ends the program when its standard input says something."""

    def __init__(self) -> None:
        super().__init__()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        sys.stdin.readline()
        QTimer.singleShot(0, self, QApplication.exit)


class FirstPaint(QObject):
    """Says once that a window has been painted."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets every event through."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, lambda: print("painted", flush=True))
        return False


def bare() -> None:
    """A window with nothing in it."""
    application = QApplication(sys.argv[:1])
    print("unlocked", flush=True)
    window, paint, inbox = QWidget(), FirstPaint(), Inbox()
    window.installEventFilter(paint)
    window.resize(960, 600)
    window.show()
    application.exec()
    inbox.deleteLater()


def meeting(folder: Path) -> None:
    """The windows of the open meeting, a participant's slide live."""
    import leaddesk.application  # noqa: F401, PLC0415 - what is behind its unlock window is imported after it
    from benchmarks.desks import PASSPHRASE, DeskClock  # noqa: PLC0415 - the bare window must not pay for it
    from benchmarks.windows import Room, application  # noqa: PLC0415
    from leaddesk.services.opening import sign_in  # noqa: PLC0415

    qt, clock = application(), DeskClock()
    desk = sign_in(folder, PASSPHRASE, clock=clock)
    print("unlocked", flush=True)
    room, inbox = Room(desk, clock), Inbox()
    room.show(room.items_by_name()[0])
    print("painted", flush=True)
    qt.exec()
    inbox.deleteLater()
    room.close()


def main(window: str, *folder: str) -> None:
    """Shows one of the two."""
    if window == "bare":
        bare()
    else:
        meeting(Path(folder[0]))


if __name__ == "__main__":
    main(*sys.argv[1:])
