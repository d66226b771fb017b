"""Everything a signer is about to sign, read back to them."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from leaddesk.policy.views import Stroke
from leaddesk.services.drafts import Signed
from leaddesk.ui.console.parts import empty, framed, label, px
from leaddesk.ui.signing.pad import paint_strokes, scale_for
from leaddesk.ui.signing.words import Words
from leaddesk.ui.theme import Theme


class ReadBack(QFrame):
    """A line for each thing, and the signature as it will be kept."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "signature")
        inside = framed("plain")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(*(px(self, length) for length in (8, 4, 8, 4)))
        self._column.setSpacing(px(self, 2))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        scroll.setAccessibleName(words.check)
        scroll.setProperty("look", "reading")
        row = QHBoxLayout(self)
        row.setContentsMargins(*(px(self, 16),) * 4)
        row.addWidget(scroll)
        self._scroll = scroll

    def show_draft(self, draft: Signed, words: Words, witness: str) -> None:
        """Read a draft back; ``witness`` is who saw the paper signed, in words."""
        self.forget()
        self._scroll.setAccessibleName(words.check)
        self._column.addWidget(label(words.check, "title"))
        self._column.addSpacing(px(self, 8))
        close = ", ".join(name or words.unnamed for name in draft.conflicts) or words.nobody
        for caption, answer in (
            (words.name, draft.printed_name),
            (words.agency, draft.agency),
            (words.role, draft.role),
            (words.duties, draft.duties or words.none_stated),
            (words.close, close),
            (words.how, words.methods[draft.method]),
        ):
            self._add(caption, answer)
        if draft.method == "drawn":
            self._column.addWidget(label(words.signature, "hint"))
            self._column.addWidget(DrawnSignature(self._theme, draft.strokes, words.signature))
        elif draft.method == "typed":
            self._add(words.signature, draft.typed)
        else:
            self._add(words.witness, witness)
        self._column.addStretch()

    def forget(self) -> None:
        """Shows nothing."""
        empty(self._column)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from the next reading on."""
        self._theme = theme

    def _add(self, caption: str, answer: str) -> None:
        self._column.addWidget(label(caption, "hint"))
        self._column.addWidget(label(answer, "answer", wraps=True))
        self._column.addSpacing(px(self, 8))


class DrawnSignature(QWidget):
    """A drawn signature as large as its place allows."""

    def __init__(self, theme: Theme, strokes: tuple[Stroke, ...], name: str) -> None:
        super().__init__()
        self._theme, self._strokes = theme, strokes
        self.setAccessibleName(name)
        self.setMinimumHeight(px(self, 96))

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(self, 320), px(self, 96))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn = [stroke.points for stroke in self._strokes]
        lowest = max((y for points in drawn for _, y in points), default=0.0)
        paint_strokes(painter, drawn, scale_for(self.width(), self.height() - px(self, 4), lowest), self._theme)
        painter.end()
