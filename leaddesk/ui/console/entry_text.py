"""A single line of text in which found names are marked by ground and underline."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTextEdit
from typing_extensions import override

from leaddesk.policy.desk_views import FoundName, Suggestion
from leaddesk.ui.console.completion import Completion
from leaddesk.ui.console.parts import px
from leaddesk.ui.theme import Theme, Token

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_WORD = re.compile(r"@?[^\W\d_]+(?:[-'’][^\W\d_]*)*$")
_WALKING = {Qt.Key.Key_Up, Qt.Key.Key_Down}


class EntryText(QPlainTextEdit):
    """One line: Enter files it, Tab leaves it, and Up and Down are left to the window.

    While names are offered, Up and Down walk them, Tab takes one and Escape puts them away.
    """

    entered = Signal()
    escaped = Signal()
    more_asked = Signal()
    """Shift+Enter: another line is wanted."""
    word_typed = Signal(str)
    """The word before the cursor, with every change of it; empty where the cursor stands behind none."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._names: tuple[FoundName, ...] = ()
        self.setProperty("look", "line")
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        # What is typed about people is for no keyboard to learn.
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(px(self, 4))
        self.textChanged.connect(self._forget_names)
        self.completion = Completion(self)
        self.completion.taken.connect(self._complete)
        self.textChanged.connect(self._on_word)

    @property
    def text(self) -> str:
        """The text as typed."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Put another text there; what was typed can't be brought back by undo."""
        self.setPlainText(_one_line(text))
        self.moveCursor(QTextCursor.MoveOperation.End)

    def show_names(self, names: Sequence[FoundName]) -> None:
        """Mark the names that were found in the text as it stands."""
        self._names = tuple(names)
        self._mark()

    @property
    def marked(self) -> tuple[str, ...]:
        """The words that are marked now."""
        return tuple(selection.cursor.selectedText() for selection in self.extraSelections())

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self._mark()

    @override
    def sizeHint(self) -> QSize:
        return QSize(px(self, 320), px(self, 40))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(self, 120), px(self, 40))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.completion.isVisible() and self._walk_names(event):
            return
        if event.key() in _ENTER:
            more = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.more_asked if more else self.entered).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in _WALKING and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        # With nothing of its own to take back, the line leaves undo to the window.
        if isinstance(event, QKeyEvent):
            asks_undo = event.type() is QEvent.Type.ShortcutOverride and event.matches(QKeySequence.StandardKey.Undo)
            if asks_undo and not self.document().isUndoAvailable():
                event.ignore()
                return False
            # Tab would leave the line before the line is asked.
            if event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab and self.completion.isVisible():
                self.completion.take()
                return True
        return super().event(event)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(_one_line(source.text()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ensureCursorVisible()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.completion.hide()
        super().focusOutEvent(event)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.completion.hide()
        super().hideEvent(event)

    def offer(self, rows: Sequence[Suggestion]) -> None:
        """Offers names for the word that is being typed."""
        self.completion.offer(rows if self.hasFocus() else (), self)

    def _walk_names(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.completion.walk(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Escape:
                self.completion.hide()
            case _:
                return False
        return True

    def _word(self) -> str:
        cursor = QTextCursor(self.textCursor())
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        found = _WORD.search(cursor.selectedText())
        return found[0] if found else ""

    def _on_word(self) -> None:
        self.word_typed.emit(self._word())

    def _complete(self, words: str) -> None:
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(self._word()))
        cursor.insertText(f"{words} ")
        self.completion.hide()

    def _forget_names(self) -> None:
        # Positions belong to the text they were found in.
        if self._names:
            self.show_names(())

    def _mark(self) -> None:
        form = QTextCharFormat()
        form.setBackground(self._theme.color(Token.CAUTION_TINT))
        form.setForeground(self._theme.color(Token.CAUTION))
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        form.setUnderlineColor(self._theme.color(Token.CAUTION))
        selections = []
        for name in self._names:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(_qt_position(self.text, name.start))
            cursor.setPosition(_qt_position(self.text, name.end), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format = form
            selections.append(selection)
        self.setExtraSelections(selections)


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _qt_position(text: str, position: int) -> int:
    """Qt counts UTF-16 units, of which a letter outside the basic plane has two."""
    return len(text[:position].encode("utf-16-le")) // 2
