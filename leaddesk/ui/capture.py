"""Keeping what is private out of screenshots and screen sharing."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from leaddesk import platforms
from leaddesk.ui.cover import RehearsalFrame
from leaddesk.ui.projector.window import ProjectorWindow


class CaptureGuard(QObject):
    """Leaves every window but the audience's out of what is captured, before it is seen; where the system can."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QCoreApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def leave_out(self, window: QWidget) -> bool:
        """Leaves a window out; returns whether the system promises it."""
        return platforms.exclude_from_capture(int(window.winId()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window is about to be shown: dialogs, menus and lists are windows too."""
        if event.type() is not QEvent.Type.Show or not isinstance(watched, QWidget):
            return False
        if watched.isWindow() and not isinstance(watched, ProjectorWindow | RehearsalFrame):
            self.leave_out(watched)
        return False
