"""The one door of the private side: every private window passes it, whoever opens it and whenever."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from typing_extensions import override

from leaddesk import platforms
from leaddesk.ui.screens import ScreenFacts, Screens


class PrivateWindows(QObject):
    """Lets private windows be seen on the chair's confirmed screen only, behind no signer, and in no screenshot.

    Every window is private unless it was named as public: console, signing page, forms, message boxes, menus,
    tooltips. One that is opened while the door is shut is never painted, and holds nothing up: a form comes back with
    the door, a question that somebody waits for counts as not answered.

    Args:
        screens: the one object that knows the screens.
        public: the windows that hold nothing private.
    """

    strayed = Signal()
    """A private window is on a screen that is not the chair's."""

    def __init__(self, screens: Screens, public: tuple[QWidget, ...]) -> None:
        super().__init__()
        self._screens = screens
        self._public = public
        self._open = False
        self._alone: QWidget | None = None
        self._held: list[tuple[QDialog, bool]] = []
        self._moving: QWidget | None = None
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def shut(self) -> None:
        """Nothing private is visible when this returns."""
        self._open = False
        self._hide(QApplication.topLevelWidgets())

    def open(self, alone: QWidget | None = None) -> None:
        """Windows may be seen from now on; with a signer's page, that page and what belongs to it alone."""
        self._open, self._alone = True, alone
        self._hide(window for window in QApplication.topLevelWidgets() if not self._belongs(window))

    def let_back(self) -> None:
        """Shows the forms again that the door held back, with all that was typed into them."""
        held, self._held = self._held, []
        for window, modal in held:
            # What was deleted meanwhile is no window any more.
            if window not in QApplication.topLevelWidgets():
                continue
            if not self._belongs(window):
                self._held.append((window, modal))
            elif modal:
                window.open()
            else:
                window.show()

    def remove(self) -> None:
        """Takes the door away, once no private window is left."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._held.clear()
        # What is connected to it holds the desk's windows for as long as it is there.
        self.deleteLater()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees every window that is about to be shown, and every one that moves or grows."""
        kind = event.type()
        if (
            kind in (QEvent.Type.Show, QEvent.Type.Move, QEvent.Type.Resize)
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched not in self._public
            and watched is not self._moving
        ):
            if kind is QEvent.Type.Show:
                platforms.exclude_from_capture(int(watched.winId()))
                if not self._may_show(watched):
                    self._hold_back(watched)
            elif self._open and _is_seen(watched) and not self._is_home(watched):
                self.strayed.emit()
        return False

    def _may_show(self, window: QWidget) -> bool:
        confirmed = self._screens.confirmed
        if confirmed is None:
            # Nobody may have told of the change yet; other windows can't be hidden while this one is being shown.
            QTimer.singleShot(0, self._screens, self._screens.look)
        if confirmed is None or confirmed.mine is None or not self._open or not self._belongs(window):
            return False
        if not confirmed.is_mine_alone(window.geometry()):
            self._bring_home(window, confirmed.mine)
        return confirmed.is_mine_alone(window.geometry())

    def _is_home(self, window: QWidget) -> bool:
        """Whether a visible window is on the chair's screen alone; one that its frame pushed off it is put back."""
        confirmed = self._screens.confirmed
        if confirmed is None or confirmed.mine is None:
            return False
        place = window.geometry()
        pushed = place.topLeft() - window.frameGeometry().topLeft()
        if not confirmed.is_mine_alone(place) and confirmed.is_mine_alone(place.translated(-pushed)):
            self._bring_home(window, confirmed.mine)
        return confirmed.is_mine_alone(window.geometry())

    def _bring_home(self, window: QWidget, mine: ScreenFacts) -> None:
        self._moving = window
        self._screens.put(window, mine)
        self._moving = None

    def _belongs(self, window: QWidget) -> bool:
        """Whether a window may stand beside a signer's page; a message says what happened and names nobody."""
        if self._alone is None or window in self._public or isinstance(window, QMessageBox):
            return True
        above: QWidget | None = window
        while above is not None and above is not self._alone:
            above = above.parentWidget()
        return above is not None

    def _hide(self, windows: Iterable[QWidget]) -> None:
        for window in windows:
            if window.isVisible() and window not in self._public:
                # Whoever waits for an answer goes on without one, and nobody has that window any more.
                if isinstance(window, QDialog) and window.windowModality() is not Qt.WindowModality.ApplicationModal:
                    self._held.append((window, window.isModal()))
                    window.finished.connect(partial(self._forget, window))
                window.hide()

    def _forget(self, window: QDialog, _result: int) -> None:
        """A form that was closed while it was held back stays closed."""
        self._held = [held for held in self._held if held[0] is not window]

    def _hold_back(self, window: QWidget) -> None:
        """Keeps a window that is being shown off every screen, and hides it as soon as it can be hidden."""
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        QTimer.singleShot(0, window, lambda: self._take_off(window))

    def _take_off(self, window: QWidget) -> None:
        modality = window.windowModality()
        self._hide([window])
        if isinstance(window, QDialog) and modality is not Qt.WindowModality.NonModal:
            # Qt believes that a message box still holds up others unless it was off every screen from its first
            # moment to its last, and does so even after the box is gone.
            self._moving = window
            if modality is Qt.WindowModality.WindowModal:
                window.open()
            else:
                window.show()
            window.hide()
            self._moving = None
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, on=False)


def _is_seen(window: QWidget) -> bool:
    """Whether a window is on a screen: one that is held back is visible to Qt for a moment, and must not be hidden
    before whoever shows it has begun to wait for it.
    """
    return window.isVisible() and not window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
