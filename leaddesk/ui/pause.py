"""The pause after too many wrong passphrases, counted down in words."""

from PySide6.QtCore import QObject, QTimer, Signal

_SECOND = 1000
_MINUTE = 60


class Pause(QObject):
    """Counts down until a passphrase may be tried again; whoever keeps the count of wrong ones begins it."""

    said = Signal(str)
    """What to say now; empty once it is over."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = 0
        self._timer = QTimer(self, interval=_SECOND)
        self._timer.timeout.connect(self._on_second)

    @property
    def waiting(self) -> bool:
        """Whether it goes on."""
        return self._left > 0

    def begin(self, seconds: int) -> None:
        """Begins, or begins anew, with so many seconds; 0 ends it."""
        was, self._left = self._left, seconds
        if seconds:
            self._timer.start()
            self.said.emit(f"Too many wrong passphrases in a row. Wait {_in_words(seconds)}.")
        else:
            self._timer.stop()
            if was:
                self.said.emit("")

    def _on_second(self) -> None:
        self.begin(self._left - 1)


def _in_words(seconds: int) -> str:
    minutes, rest = divmod(seconds, _MINUTE)
    parts = [_counted(minutes, "minute"), _counted(rest, "second")]
    return " ".join(part for part in parts if part)


def _counted(number: int, what: str) -> str:
    return "" if not number else f"1 {what}" if number == 1 else f"{number} {what}s"
