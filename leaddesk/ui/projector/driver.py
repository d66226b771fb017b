"""The projector as the running meeting drives it: every command takes effect with the next frame."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from leaddesk.policy.views import IdleCard, Slide
from leaddesk.ui.background import Guarded
from leaddesk.ui.projector.window import ProjectorWindow

PAUSE = 400
"""Milliseconds that a narrowing passes through the idle card."""
_NOTHING: tuple[Slide | None, int] = (None, 0)


class ProjectorDriver(QObject):
    """Drives the audience's window, and takes a narrowing through the idle card.

    Args:
        window: the audience's window, which it does not own.
        pause: milliseconds that a narrowing passes through the idle card.
    """

    failed = Signal(object)
    """A `KnownError` to tell: what comes after the card could not be written."""

    def __init__(self, window: ProjectorWindow, pause: int = PAUSE) -> None:
        super().__init__()
        self.window = window
        self._guarded = Guarded(self.failed.emit)
        self._before = _NOTHING
        self._resume: Callable[[], None] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause)
        self._pause.timeout.connect(self._on_pause_over)

    @property
    def pausing(self) -> bool:
        """Whether the idle card stands for something that comes back by itself."""
        return self._resume is not None

    def show_slide(self, slide: Slide, *, again: bool = False) -> None:
        """Shows a slide, beginning with its first page; ``again`` at the page where the same one was before.

        It is painted before this returns: the room waits for no console.
        """
        self._remember()
        before, page = self._before
        self._switch(lambda: self.window.show_slide(slide, page if again and before == slide else 0))

    def show_idle(self, card: IdleCard) -> None:
        """Shows the public card.

        It is painted before this returns, like everything that shows less: neither disk nor console hold it up.
        """
        self._switch(lambda: self.window.show_idle(card))
        self._before = _NOTHING

    def show_black(self) -> None:
        """Shows nothing at all, painted before this returns."""
        self._remember()
        self._switch(self.window.show_black)

    def narrow(self, card: IdleCard, resume: Callable[[], None]) -> None:
        """Shows the public card at once, and calls ``resume`` after 400 ms unless told anything else before.

        It is painted before this returns, since the desk is written next and the room must not wait for the disk.
        """
        self._remember()
        self._switch(lambda: self.window.show_idle(card))
        self._resume = resume
        self._pause.start()

    def _remember(self) -> None:
        """Remembers the page that is shown, for when the same slide is shown again; the card has only one."""
        if self.window.slide is not None and not isinstance(self.window.slide, IdleCard):
            self._before = self.window.slide, self.window.page.number - 1

    def _switch(self, show: Callable[[], None]) -> None:
        """Paints what is shown now; where that can't be laid out, nothing instead of what was there before."""
        self._forget()
        try:
            show()
            self.window.repaint()
        except BaseException:
            self._before = _NOTHING
            self.window.show_black()
            self.window.repaint()
            raise

    def _forget(self) -> None:
        self._pause.stop()
        self._resume = None

    def _on_pause_over(self) -> None:
        resume, self._resume = self._resume, None
        if resume is not None:
            self._guarded(resume)
