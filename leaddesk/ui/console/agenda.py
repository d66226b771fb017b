"""The agenda: a list that is walked by the keyboard, with the time it will take under it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from leaddesk.policy import dates
from leaddesk.policy.desk_views import AgendaRow, Header, ItemState
from leaddesk.ui.console.agenda_list import AgendaView
from leaddesk.ui.console.parts import hairline, label, px
from leaddesk.ui.theme import Theme


class AgendaPanel(QFrame):
    """Shows the agenda, keeps the selection, and emits what the user asks for. Selecting never changes live."""

    selected = Signal(str)
    """The id of the item that the user selected."""
    activated = Signal(str)
    """The id of the item that the user wants to go live."""
    moved = Signal(str, str)
    """The id of an item, and of the one whose place it is to take."""
    timed = Signal(str, int)
    """The id of an item, and the minutes typed for it."""
    removed = Signal(str)
    """The id of an item to take off the agenda."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "agenda")
        self._selected = ""
        self._view = AgendaView(theme)
        self._model, self._delegate = self._view.rows, self._view.delegate
        self._view.moved.connect(self.moved)
        self._view.timed.connect(self.timed)
        self._view.removed.connect(self.removed)
        self._view.selectionModel().currentChanged.connect(self._on_current)
        self._view.activated.connect(self._on_activated)
        self._clock = label(look="hint")
        self._ends = label(look="strong")
        self._over = label(look="hint")
        for told in (self._ends, self._over):
            # As wide with every time, so that nothing beside it moves with the minutes.
            figures = told.font()
            figures.setFeature(QFont.Tag("tnum"), 1)
            told.setFont(figures)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Agenda done")
        self._progress.setFixedHeight(px(self, 8))
        self._empty = label("No items yet. Items that are due are offered when the meeting is planned.", wraps=True)
        self._lay_out()

    def show_agenda(self, rows: Sequence[AgendaRow]) -> None:
        """Show these items and emit nothing; the selection stays, else it is the next item, else the first."""
        if not any(row.id == self._selected for row in rows):
            preferred = [row.id for row in rows if row.state is ItemState.NEXT] or [row.id for row in rows]
            self._selected = preferred[0] if preferred else ""
        self._model.set_rows(rows)
        self._empty.setVisible(not rows)
        self._view.setVisible(bool(rows))
        self._delegate.forget()
        self._view.setCurrentIndex(self._model.index_of(self._selected))
        done = sum(row.minutes for row in rows if row.state is ItemState.DONE)
        self._progress.setRange(0, max(1, sum(row.minutes for row in rows)))
        self._progress.setValue(done)

    def show_time(self, header: Header, now: datetime, live_spent: timedelta = timedelta()) -> None:
        """Show the time, and when the agenda will be through if each item takes the minutes planned for it.

        Args:
            header: the meeting.
            now: the time, an aware instant.
            live_spent: how long the live item has been live.
        """
        self._clock.setText(dates.clock(now, header.zone))
        left = timedelta()
        for row in self._model.rows:
            planned = timedelta(minutes=row.minutes)
            if row.state in (ItemState.LIVE, ItemState.AT_HAND):
                left += max(timedelta(), planned - live_spent)
            elif row.state is not ItemState.DONE:
                left += planned
        if header.opened_at is None or header.state != "open":
            self._ends.setText(f"{header.minutes_planned} min planned")
            self._over.setText("")
            return
        # To the nearest minute, so that both numbers agree.
        ends = now + timedelta(minutes=round(left.total_seconds() / 60))
        self._ends.setText(f"Ends about {dates.clock(ends, header.zone)}")
        over = round((ends - header.opened_at).total_seconds() / 60) - header.minutes_planned
        self._over.setText(f"{over} min over" if over > 0 else f"{-over} min left over" if over < 0 else "on time")

    @property
    def selected_id(self) -> str:
        """The id of the selected item, empty for none."""
        return self._selected

    def select(self, item: str) -> None:
        """Select an item, as if the user had."""
        self._view.setCurrentIndex(self._model.index_of(item))

    def walk(self, steps: int) -> None:
        """Select the item so many places further down, or up where ``steps`` is negative."""
        row = self._view.currentIndex().row() + steps
        if 0 <= row < self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(row))

    def move_selected(self, places: int) -> None:
        """Ask for the selected item to be moved."""
        self._view.move_current(places)

    def set_compact(self, *, compact: bool) -> None:
        """Leave out what the tab says already, the bar, and `ending`, which is its owner's then; or back."""
        for part in (self._heading, self._clock, self._line, self._progress):
            part.setVisible(not compact)
        if not compact:
            self._bar.insertWidget(1, self.ending)
        above, below = (4, 4) if compact else (14, 26)
        self._column.setContentsMargins(0, px(self, above), 0, px(self, below))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(self, 240), px(self, 96))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(px(self, 8))
        self._heading = label("Agenda", "heading")
        column.addLayout(self._pair(self._heading, self._clock))
        self._empty.setContentsMargins(px(self, 16), 0, px(self, 16), 0)
        column.addWidget(self._empty)
        column.addWidget(self._view, 1)
        self._line = hairline()
        bar = QVBoxLayout()
        bar.setContentsMargins(px(self, 16), 0, px(self, 16), 0)
        bar.setSpacing(px(self, 10))
        bar.addWidget(self._line)
        bar.addWidget(self._progress)
        self._bar = bar
        self.ending = QWidget()
        self.ending.setLayout(self._pair(self._ends, self._over, margin=0))
        column.addLayout(bar)
        self._column = column
        self.set_compact(compact=False)

    def _pair(self, left: QLabel, right: QLabel, margin: int = 16) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(px(self, margin), 0, px(self, margin), 0)
        row.addWidget(left)
        row.addStretch()
        row.addWidget(right)
        return row

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self._model.row_at(current)
        if row is not None and row.id != self._selected:
            self._selected = row.id
            self.selected.emit(row.id)

    def _on_activated(self, index: QModelIndex) -> None:
        row = self._model.row_at(index)
        if row is not None:
            self.activated.emit(row.id)
