"""Choosing a passphrase: two lines of a form, judged while the first is typed, in words and by a shape."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from leaddesk.services.passphrases import LEAST_CHARACTERS, Strength, WeakPassphrase, refuse_weak, strength
from leaddesk.ui.console.parts import label, px
from leaddesk.ui.registers.form import Form, WrongField

#: Milliseconds without a key before what was typed is judged.
_PAUSE = 150

_WORDS = {
    Strength.NONE: "Too easy to guess",
    Strength.WEAK: "Too easy to guess",
    Strength.FAIR: "Too easy to guess",
    Strength.GOOD: "Good",
    Strength.STRONG: "Very good",
}


class StrengthMeter(QWidget):
    """How hard a passphrase is to guess: a word, and so many of four bars filled."""

    def __init__(self) -> None:
        super().__init__()
        self._bars = _Bars()
        self._words = label()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(self, 8), 0, px(self, 4))
        row.setSpacing(px(self, 12))
        row.addWidget(self._bars)
        row.addWidget(self._words, 1)
        self.judge("")

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def judge(self, typed: str, known: Iterable[str] = ()) -> None:
        """Shows how hard this is to guess for somebody who knows these words."""
        if not typed:
            filled, words = 0, "Nothing typed yet"
        elif len(typed.strip()) < LEAST_CHARACTERS:
            filled, words = 1, f"Too short: {len(typed.strip())} of at least {LEAST_CHARACTERS} characters"
        else:
            found = strength(typed, known)
            filled, words = max(1, int(found)), _WORDS[found]
        self._bars.fill(filled)
        self._words.setText(words)
        self.setAccessibleDescription(words)


class _Bars(QWidget):
    """Four bars that rise, the first so many filled."""

    COUNT = 4

    def __init__(self) -> None:
        super().__init__()
        self._filled = 0
        self.setFixedSize(px(self, 60), px(self, 24))

    def fill(self, count: int) -> None:
        """Fills the first bars."""
        self._filled = count
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            step, high = self.width() / self.COUNT, float(self.height())
            colors = self.palette()
            painter.setPen(QPen(colors.color(QPalette.ColorRole.Dark), 1.5))
            for bar in range(self.COUNT):
                rise = high * (bar + 1.5) / (self.COUNT + 0.5) - 2
                accent = colors.brush(QPalette.ColorRole.Highlight)
                painter.setBrush(accent if bar < self._filled else Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(bar * step + 1, high - rise - 1, step - 4, rise), 2, 2)


class NewPassphrase(QObject):
    """The rows of a form in which somebody makes up a passphrase.

    Args:
        form: gets the rows.
        known: what anybody who knows them would try first.
        words: what the first row is called.
    """

    def __init__(self, form: Form, known: Callable[[], Iterable[str]], words: str = "Passphrase") -> None:
        super().__init__(form)
        self._known = known
        self.first = form.add_text(
            words, "", f"At least {LEAST_CHARACTERS} characters, best four or more words. Nobody can look it up."
        )
        self.meter = form.add_row("How hard to guess", StrengthMeter())
        self.second = form.add_text("The same again")
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setInputMethodHints(
                Qt.InputMethodHint.ImhSensitiveData
                | Qt.InputMethodHint.ImhNoPredictiveText
                | Qt.InputMethodHint.ImhNoAutoUppercase
            )
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(lambda: self.meter.judge(self.first.text(), self._known()))
        self.first.textChanged.connect(self._pause.start)
        form.finished.connect(lambda _result: self.forget())

    def read(self) -> str:
        """The passphrase.

        Raises:
            WrongField: it is too weak, or the two are not the same.
        """
        typed = self.first.text()
        try:
            refuse_weak(typed, self._known())
        except WeakPassphrase as error:
            raise WrongField(self.first, f"{error.happened} {error.todo}") from error
        if typed != self.second.text():
            raise WrongField(self.second, "The two passphrases are not the same.")
        return typed

    def forget(self) -> None:
        """Empties the fields; clear() could be undone."""
        self._pause.stop()
        for field in (self.first, self.second):
            field.setText("")
        self._pause.stop()
        self.meter.judge("")
