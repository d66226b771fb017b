"""A program that shows one window and ends once it is painted: ``python -m benchmarks.first_paint bare|unlock``.

It says so on standard output, and whoever started it looks at the clock. It imports what its window needs, no more.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override


class FirstPaint(QObject):
    """Ends the program once a window and what is in it have been painted."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets every event through; behind the first painting of a window comes the end."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        print("painted", flush=True)
        QApplication.exit()


def bare() -> None:
    """A window with nothing in it."""
    window = QWidget()
    window.resize(960, 600)
    window.show()
    QApplication.exec()


def unlock() -> None:
    """LeadDesk as it starts, for a folder that holds no desk: only what comes before unlocking counts."""
    from leaddesk.application import run  # noqa: PLC0415 - the bare window must not pay for it

    run(Path("no-desk"))


def main(window: str) -> None:
    """Shows one of the two windows."""
    qt = QApplication(sys.argv[:1])
    first_paint = FirstPaint()
    qt.installEventFilter(first_paint)
    {"bare": bare, "unlock": unlock}[window]()


if __name__ == "__main__":
    main(sys.argv[1])
