"""A program that shows one window and ends once it is painted: ``python -m benchmarks.first_paint bare|unlock``.

It says so on standard output, and whoever started it looks at the clock. It imports what its window needs, no more.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override


class FirstPaint(QObject):
    """Ends the program once a window and what is in it have been painted.

    It hears of that window's events alone: of all others the program would not hear either.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets every event through; behind the first painting of a window comes the end."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        print("painted", flush=True)
        QApplication.exit()


def bare(qt: QApplication) -> None:
    """A window with nothing in it."""
    window = QWidget()
    first_paint = FirstPaint(window)
    window.resize(960, 600)
    window.show()
    qt.exec()
    first_paint.deleteLater()


def unlock(qt: QApplication) -> None:
    """LeadDesk as it starts, for a folder that holds no desk: only what comes before unlocking counts."""
    from leaddesk.application import Application  # noqa: PLC0415 - the bare window must not pay for it

    application = Application(Path("no-desk"))
    first_paint = FirstPaint(application.unlock)
    application.start()
    qt.exec()
    first_paint.deleteLater()


def main(window: str) -> None:
    """Shows one of the two windows."""
    {"bare": bare, "unlock": unlock}[window](QApplication(sys.argv[:1]))


if __name__ == "__main__":
    main(sys.argv[1])
