"""The list of an agenda: walked, rearranged by keyboard and by mouse, and timed in place."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QListView, QSpinBox, QStyleOptionViewItem, QWidget
from typing_extensions import override

from leaddesk.policy.desk_views import AgendaRow, ItemState
from leaddesk.services.agenda import MOST_MINUTES
from leaddesk.ui.console.agenda_delegate import AgendaDelegate, minutes_words
from leaddesk.ui.console.parts import px
from leaddesk.ui.console.rows import Index, RowsModel
from leaddesk.ui.theme import Theme, Token

_EDGE = 24
_STATE_WORDS = {ItemState.DONE: "done", ItemState.LIVE: "live", ItemState.AT_HAND: "at hand", ItemState.NEXT: "next"}


class AgendaModel(RowsModel[AgendaRow]):
    """The agenda's rows."""

    @override
    def id_of(self, row: AgendaRow) -> str:
        return row.id

    @override
    def words_of(self, row: AgendaRow) -> str:
        told = [f"{row.number}. {row.title}", minutes_words(row)]
        told += [row.detail] if row.detail else []
        told += [f"at {row.starts}"] if row.starts else []
        told += [f"under {row.section}"] if row.section else []
        told += [_STATE_WORDS[row.state]] if row.state in _STATE_WORDS else []
        told += ["flagged"] if row.flagged else []
        told += ["part withheld"] if row.part_withheld else []
        return ", ".join(told)

    @override
    def sort_key_of(self, row: AgendaRow) -> int:
        return row.number

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable if index.isValid() else super().flags(index)


class TimedDelegate(AgendaDelegate):
    """Also takes the minutes of an item where they stand."""

    def __init__(self, theme: Theme, view: "AgendaView") -> None:
        super().__init__(theme, view)
        self._owner = view
        self.editor: QSpinBox | None = None

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QSpinBox(parent)
        editor.setRange(0, MOST_MINUTES)
        editor.setSuffix(" min")
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setAccessibleName(f"Minutes for {self.row_of(index).title}")
        self.editor = editor
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QSpinBox):
            editor.setValue(self.row_of(index).minutes)
            editor.selectAll()

    @override
    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        row = self.row_of(index)
        if isinstance(editor, QSpinBox) and editor.value() != row.minutes:
            self._owner.timed.emit(row.id, editor.value())

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        place = self.minutes_rect(option.rect, index)
        editor.setGeometry(place)


class AgendaView(QListView):
    """A list that keeps Up and Down for itself and leaves the presenter's keys to the window.

    Items are dragged within the list alone, by the list itself: nothing of the agenda is handed to the system's drag
    and drop, where other programs could have it.
    """

    moved = Signal(str, str)
    """The id of an item, and of the one whose place it is to take."""
    timed = Signal(str, int)
    """The id of an item, and the minutes typed for it."""
    removed = Signal(str)
    """The id of an item to take off the agenda."""
    heading_asked = Signal()
    """The heading of the selected item is to be typed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows = AgendaModel(self)
        self.setModel(self.rows)
        self.setProperty("look", "rows")
        self.setAccessibleName("Agenda")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.delegate = TimedDelegate(theme, self)
        self.setItemDelegate(self.delegate)
        self._pressed: tuple[str, QPoint] | None = None
        self._gap: int | None = None

    @property
    def current(self) -> AgendaRow | None:
        """The selected item."""
        return self.rows.row_at(self.currentIndex())

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self.delegate.set_theme(theme)
        self.viewport().update()

    def move_current(self, places: int) -> None:
        """Ask for the selected item to be moved so many places down, or up where ``places`` is negative."""
        here = self.currentIndex().row()
        there = here + places
        if here >= 0 and 0 <= there < len(self.rows.rows) and places:
            self.moved.emit(self.rows.rows[here].id, self.rows.rows[there].id)

    def edit_minutes(self) -> None:
        """Let the minutes of the selected item be typed, where they stand."""
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self.current
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape and self._gap is not None:
            self._stop_dragging()
        elif key in {Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right}:
            event.ignore()
        elif current is not None and plain and event.text().isdecimal():
            self.edit_minutes()
            if self.delegate.editor is not None:
                QApplication.sendEvent(self.delegate.editor, event)
        elif current is not None and plain and key == Qt.Key.Key_Delete:
            self.removed.emit(current.id)
        elif current is not None and plain and key == Qt.Key.Key_H:
            self.heading_asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        row = self.rows.row_at(self.indexAt(event.position().toPoint()))
        if event.button() is Qt.MouseButton.LeftButton and row is not None:
            self._pressed = row.id, event.position().toPoint()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # Not the list's own: with a button held it would select whatever the mouse passes.
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        here = event.position().toPoint()
        if self._gap is None and (here - self._pressed[1]).manhattanLength() < QApplication.startDragDistance():
            return
        self._scroll_for(here)
        self._gap = self._gap_at(here)
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.viewport().update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, gap = self._pressed, self._gap
        self._stop_dragging()
        if pressed is None or gap is None:
            return
        here = self.rows.index_of(pressed[0]).row()
        there = gap - 1 if gap > here else gap
        if here >= 0 and there != here:
            self.moved.emit(pressed[0], self.rows.rows[there].id)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        index = self.indexAt(here)
        if index.isValid() and self.delegate.minutes_rect(self.visualRect(index), index).contains(here):
            self.setCurrentIndex(index)
            self.edit_minutes()
        else:
            super().mouseDoubleClickEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap is None:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(self._theme.color(Token.ACCENT), px(self, 3)))
        side, top = px(self, 8), self._top_of(self._gap)
        painter.drawLine(side, top, self.viewport().width() - side, top)
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Long titles wrap, so the height of a row follows from the width.
        self.scheduleDelayedItemsLayout()
        self.scrollTo(self.currentIndex())

    def _stop_dragging(self) -> None:
        self._pressed, self._gap = None, None
        self.unsetCursor()
        self.viewport().update()

    def _gap_at(self, point: QPoint) -> int:
        """Between which rows something let go there would come: before the row of that number."""
        for number in range(len(self.rows.rows)):
            if point.y() < self.visualRect(self.rows.index(number)).center().y():
                return number
        return len(self.rows.rows)

    def _top_of(self, gap: int) -> int:
        if gap < len(self.rows.rows):
            return max(px(self, 2), self.visualRect(self.rows.index(gap)).top())
        return self.visualRect(self.rows.index(gap - 1)).bottom()

    def _scroll_for(self, point: QPoint) -> None:
        """Scroll while something is held at the edge."""
        bar, edge = self.verticalScrollBar(), px(self, _EDGE)
        if point.y() < edge:
            bar.setValue(bar.value() - edge)
        elif point.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + edge)

    def select(self, item: str) -> None:
        """Select an item."""
        index = self.rows.index_of(item)
        self.setCurrentIndex(index if index.isValid() else QModelIndex())
