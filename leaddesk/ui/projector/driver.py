"""The projector as the running meeting drives it: every command takes effect with the next frame."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from leaddesk.policy.views import IdleCard, Slide
from leaddesk.ui.projector.window import ProjectorWindow

PAUSE = 400
"""Milliseconds that a narrowing passes through the idle card."""


class ProjectorDriver(QObject):
    """Drives the audience's window, and takes a narrowing through the idle card.

    Args:
        window: the audience's window, which it does not own.
        pause: milliseconds that a narrowing passes through the idle card.
    """

    def __init__(self, window: ProjectorWindow, pause: int = PAUSE) -> None:
        super().__init__()
        self.window = window
        self._resume: Callable[[], None] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause)
        self._pause.timeout.connect(self._on_pause_over)

    @property
    def pausing(self) -> bool:
        """Whether the idle card stands for something that comes back by itself."""
        return self._resume is not None

    def show_slide(self, slide: Slide) -> None:
        """Shows a slide, beginning with its first page.

        It is painted before this returns: the room waits for no console.
        """
        self._forget()
        self.window.show_slide(slide)
        self.window.repaint()

    def show_idle(self, card: IdleCard) -> None:
        """Shows the public card.

        It is painted before this returns, like everything that shows less: neither disk nor console hold it up.
        """
        self._forget()
        self.window.show_idle(card)
        self.window.repaint()

    def show_black(self) -> None:
        """Shows nothing at all, painted before this returns."""
        self._forget()
        self.window.show_black()
        self.window.repaint()

    def narrow(self, card: IdleCard, resume: Callable[[], None]) -> None:
        """Shows the public card at once, and calls ``resume`` after 400 ms unless told anything else before.

        It is painted before this returns, since the desk is written next and the room must not wait for the disk.
        """
        self.window.show_idle(card)
        self.window.repaint()
        self._resume = resume
        self._pause.start()

    def _forget(self) -> None:
        self._pause.stop()
        self._resume = None

    def _on_pause_over(self) -> None:
        resume, self._resume = self._resume, None
        if resume is not None:
            resume()
