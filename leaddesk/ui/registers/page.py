"""One register: a list with find-as-you-type, and what can be done with the selected row."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from leaddesk.policy.desk_views import Found
from leaddesk.ui.console.finding import searched
from leaddesk.ui.console.flow import Flow
from leaddesk.ui.console.parts import Button, label, px, sized
from leaddesk.ui.console.rows import Index, RowDelegate, RowRole, RowsModel
from leaddesk.ui.theme import BODY_POINTS, Theme, Token

ROW_HEIGHT = 52
"""Of a row in two lines, on the console's grid."""
_SECOND_POINTS = 10.5
_READING = "Reading…"


class FoundModel(RowsModel[Found]):
    """The rows of a register, each in two parts."""

    @override
    def id_of(self, row: Found) -> str:
        return row.id

    @override
    def words_of(self, row: Found) -> str:
        return f"{row.title}\n{row.detail}" if row.detail else row.title

    @override
    def sort_key_of(self, row: Found) -> str:
        return row.title.casefold()


class FoundDelegate(RowDelegate):
    """Paints a row in two lines, the first of them bold, with a hairline under it."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(self._view, 320), px(self._view, ROW_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Found = index.data(RowRole.ROW)
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(self._theme.color(Token.ACCENT), 2))
            painter.setBrush(self._theme.color(Token.TINT))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 8, 8)
        else:
            painter.setPen(self._theme.color(Token.LINE))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(px(self._view, 12), px(self._view, 6), -px(self._view, 12), -px(self._view, 6))
        upper = QRectF(inside.x(), inside.y(), inside.width(), inside.height() / 2)
        for words, bold, points, token, place in (
            (row.title, True, BODY_POINTS, Token.INK, upper),
            (row.detail, False, _SECOND_POINTS, Token.INK_2, upper.translated(0, inside.height() / 2)),
        ):
            painter.setFont(sized(self._view.font(), points, bold=bold))
            painter.setPen(self._theme.color(token))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class SoughtModel(FoundModel):
    """Of its rows those that have the typed letters, whatever their accents."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._typed = ""
        self._all: tuple[Found, ...] = ()
        self._words: tuple[str, ...] | None = None
        """Each row's words as they are compared, once something was typed."""

    @property
    def everything(self) -> tuple[Found, ...]:
        """The rows, whether they have the letters or not."""
        return self._all

    @override
    def set_rows(self, rows: Sequence[Found]) -> None:
        self._all, self._words = tuple(rows), None
        super().set_rows(self._sought())

    def find(self, typed: str) -> None:
        """Keeps the rows with these letters from now on."""
        self._typed = searched(typed.strip())
        super().set_rows(self._sought())

    def _sought(self) -> tuple[Found, ...]:
        if not self._typed:
            return self._all
        if self._words is None:
            self._words = tuple(searched(self.words_of(row)) for row in self._all)
        return tuple(row for row, words in zip(self._all, self._words, strict=True) if self._typed in words)


class RegisterPage(QWidget):
    """A register with its list and its buttons.

    Args:
        theme: the console's.
        title: its name, in words.
        empty: what goes in it, for when it is empty.
        actions: key and words of each button; the first works without a selected row.
    """

    acted = Signal(str, str)
    """The key of the button, and the selected row's id (empty for the first button)."""

    def __init__(self, theme: Theme, title: str, empty: str, actions: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._empty_words = empty
        self._read = self._slow = False
        """Whether there are rows, or none, by what was read; and whether that takes its time."""
        self._model = SoughtModel(self)
        self.finding = QLineEdit()
        self.finding.setPlaceholderText("Find")
        self.finding.setAccessibleName(f"Find in {title.lower()}")
        self.finding.textChanged.connect(self._on_typed)
        self.setFocusProxy(self.finding)
        self.list = QListView()
        self.list.setModel(self._model)
        # Thousands of rows: none of them is asked how high it is.
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(title)
        self.list.setProperty("look", "framed-rows")
        self.list.setItemDelegate(FoundDelegate(theme, self.list))
        self.list.activated.connect(lambda _: self._act(1 if len(actions) > 1 else 0))
        self._nothing = label(look="heading", wraps=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count = QLabel()
        self._count.setProperty("look", "hint")
        self._actions = tuple(actions)
        heading = QLabel(title)
        heading.setProperty("look", "name")
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch()
        top.addWidget(self._count)
        buttons = Flow(px(self, 12))
        for position, (key, words) in enumerate(actions):
            button = Button(words)
            if key == "new":
                button.setProperty("look", "main")
            button.clicked.connect(lambda _=False, which=position: self._act(which))
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(16)
        layout.addLayout(top)
        layout.addWidget(self.finding)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._nothing, 1)
        layout.addLayout(buttons)
        self._say_count()

    @property
    def selected(self) -> str:
        """The id of the selected row, empty for none."""
        return str(self.list.currentIndex().data(RowRole.ID) or "")

    @property
    def count(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._model.everything)

    @property
    def shown(self) -> tuple[str, ...]:
        """The words of the rows that are shown, for reading and tests."""
        return tuple(map(self._model.words_of, self._model.rows))

    def set_rows(self, rows: Sequence[Found]) -> None:
        """Shows these rows instead; one that was just added is selected, else whichever was, where it is there."""
        before = self.selected
        added = {row.id for row in rows} - {row.id for row in self._model.everything}
        if self._read and len(added) == 1:
            (before,) = added
        self._read = True
        self._model.set_rows(rows)
        self._select(before)

    def select(self, row: str) -> None:
        """Selects a row, with every other shown too, and puts the focus on it."""
        self.finding.setText("")
        self.list.setCurrentIndex(self._model.index_of(row))
        self.list.scrollTo(self.list.currentIndex())
        self.list.setFocus()

    def forget(self) -> None:
        """Empties the list: nothing of the desk is left in it."""
        self._read = self._slow = False
        self._model.set_rows(())
        self.finding.setText("")
        self._say_count()

    def say_reading(self) -> None:
        """Says that the rows are being read, where there are none yet."""
        self._slow = True
        self._say_count()

    def say(self, words: str) -> None:
        """Says something in the place of the count, until the rows are shown anew."""
        self._count.setText(words)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.finding.hasFocus():
            self.list.setCurrentIndex(self._model.index(max(self.list.currentIndex().row(), 0)))
            self.list.setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.finding.text():
            self.finding.clear()
            self.finding.setFocus()
        else:
            super().keyPressEvent(event)

    def _on_typed(self, typed: str) -> None:
        before = self.selected
        self._model.find(typed)
        self._select(before)

    def _select(self, row: str) -> None:
        self.list.setCurrentIndex(self._model.index_of(row))
        self._say_count()

    def _say_count(self) -> None:
        count, everything = self._model.rowCount(), len(self._model.everything)
        typed = self.finding.text().strip()
        if not self._read:
            self._nothing.setText(_READING if self._slow else "")
        else:
            self._nothing.setText(f"Nothing here has “{typed}”." if everything else self._empty_words)
        self._nothing.setVisible(not count)
        self.list.setVisible(bool(count))
        # A screen reader says it with the line, where the focus is.
        self.finding.setAccessibleDescription("" if count else self._nothing.text())
        self._count.setText("" if not everything else f"{count} found" if typed else f"{everything} in all")

    def _act(self, position: int) -> None:
        key, _ = self._actions[position]
        if position == 0 or self.selected:
            self.acted.emit(key, "" if position == 0 else self.selected)
        else:
            self.say("Choose a row first")
