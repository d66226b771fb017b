"""The meeting page: agenda, stage and private side next to each other, or as tabs, over the entry line."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from leaddesk.ui.console.agenda import AgendaPanel
from leaddesk.ui.console.entry import EntryLine
from leaddesk.ui.console.parts import NO_LIMIT, px
from leaddesk.ui.console.private import PrivatePanel
from leaddesk.ui.console.stage import StagePanel
from leaddesk.ui.theme import Theme

_AGENDA = 272
_ENTRY = 80
_LEAST_PRIVATE = 440
_LEAST_STAGE = 496


class MeetingPage(QWidget):
    """Owns the four panels and their places, and nothing else."""

    def __init__(self, projector_theme: Theme, theme: Theme) -> None:
        super().__init__()
        self.agenda = AgendaPanel(theme)
        self.stage = StagePanel(projector_theme, theme)
        self.private = PrivatePanel(theme)
        self.entry = EntryLine(theme)
        self._compact: bool | None = None
        self._panels = QWidget()
        self._side_by_side = QHBoxLayout(self._panels)
        self._side_by_side.setContentsMargins(0, 0, 0, 0)
        self._side_by_side.setSpacing(0)
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName("Panels")
        self._tabs.setDocumentMode(True)
        beside = QWidget()
        self._corner = QHBoxLayout(beside)
        self._corner.setContentsMargins(px(self, 16), 0, px(self, 16), 0)
        self._tabs.setCornerWidget(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._panels, 1)
        column.addWidget(self._tabs, 1)
        column.addWidget(self.entry)
        self.set_compact(compact=False)

    @property
    def compact(self) -> bool:
        """Whether the panels are tabs."""
        return bool(self._compact)

    def set_compact(self, *, compact: bool) -> None:
        """Make tabs of the panels, or put them side by side."""
        if compact == self._compact:
            return
        self._compact = compact
        # On a page behind another nothing has the focus, and nothing is to take it.
        focused = self.focusWidget() if self.isVisible() else None
        panels = (("Agenda", self.agenda), ("Room", self.stage), ("Private", self.private))
        if compact:
            for name, panel in panels:
                panel.setMinimumWidth(0)
                panel.setMaximumWidth(NO_LIMIT)
                self._tabs.addTab(panel, name)
            # Beside the tabs is room; the agenda needs all of its own. Qt puts it as low as it goes: it stands level.
            self._corner.addWidget(self.agenda.ending)
            above = self._tabs.tabBar().sizeHint().height() - self.agenda.ending.sizeHint().height()
            self._corner.setContentsMargins(px(self, 16), 0, px(self, 16), max(0, above // 2))
        else:
            for _, panel in panels:
                self._side_by_side.addWidget(panel, panel is self.private)
                panel.show()
        self._tabs.setVisible(compact)
        self._panels.setVisible(not compact)
        for part in (self.agenda, self.stage, self.private, self.entry):
            part.set_compact(compact=compact)
        if focused is not None:
            focused.setFocus()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(self, 480), px(self, 188))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = event.size()
        if not self._compact:
            agenda = px(self, _AGENDA) + max(0, size.width() - px(self, 1366)) // 24
            room = size.width() - agenda - px(self, _LEAST_PRIVATE)
            # Not the entry line's height of the moment: the stage must not move sideways while somebody types.
            high = size.height() - px(self, _ENTRY)
            self.agenda.setFixedWidth(agenda)
            self.stage.setFixedWidth(max(px(self, _LEAST_STAGE), min(room, self.stage.width_for(high))))
