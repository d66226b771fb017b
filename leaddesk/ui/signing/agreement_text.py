"""The agreement to read: sized to read, by mouse or keyboard, and it tells when its end has been seen."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget
from typing_extensions import override

from leaddesk.policy.views import AgreementPaper
from leaddesk.ui.console.parts import px, sized

_POINTS, _LINE_POINTS = 13.5, 19.5


class AgreementText(QTextEdit):
    """A scrolled text that is read with Space, the arrows, Page Down and End."""

    end_seen = Signal()
    """The last line has come into view, once for every text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen = True
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("look", "agreement")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._look)
        self.verticalScrollBar().rangeChanged.connect(self._look)

    @property
    def at_end(self) -> bool:
        """Whether the last line is in view."""
        bar = self.verticalScrollBar()
        below = self.document().size().height() - bar.value() - self.viewport().height()
        return below <= px(self, 4)

    def show_agreement(self, paper: AgreementPaper) -> None:
        """Shows an agreement from its beginning."""
        self._seen = True
        self.setPlainText("")
        cursor = QTextCursor(self.document())
        for number, clause in enumerate(paper.clauses, start=1):
            self._write(cursor, f"{number}.  {clause.heading}", bold=True, above=18 if number > 1 else 0)
            self._write(cursor, clause.body, above=3)
        self._write(cursor, paper.closing, bold=True, above=18)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        self._seen = False
        self._look()

    def forget(self) -> None:
        """Shows nothing."""
        self._seen = True
        self.setPlainText("")

    def read_on(self) -> None:
        """Scrolls a page down, but for one line that is kept in view."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.viewport().height() - px(self, _LINE_POINTS * 96 / 72))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        step = px(self, 2 * _LINE_POINTS * 96 / 72)
        places = {
            Qt.Key.Key_Down: bar.value() + step,
            Qt.Key.Key_Up: bar.value() - step,
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_PageUp: bar.value() - self.viewport().height() + step,
        }
        if event.key() in places:
            bar.setValue(places[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space:
            self.read_on()
        else:
            event.ignore()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def _look(self) -> None:
        if not self._seen and self.isVisible() and self.at_end:
            self._seen = True
            self.end_seen.emit()

    def _write(self, cursor: QTextCursor, words: str, *, above: float, bold: bool = False) -> None:
        block = QTextBlockFormat()
        line_height = px(self, _LINE_POINTS * 96 / 72)
        block.setLineHeight(line_height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        block.setTopMargin(px(self, above))
        if self.document().isEmpty():
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        form = cursor.charFormat()
        form.setFont(sized(self.font(), _POINTS, bold=bold))
        cursor.insertText(words, form)
