"""The projector's window: it holds views alone, and shows exactly one page."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from leaddesk.policy.views import IdleCard, Slide
from leaddesk.ui.projector.canvas import Page, paint
from leaddesk.ui.projector.pages import Layouts, blank
from leaddesk.ui.theme import Theme


class ProjectorWindow(QWidget):
    """What the room looks at: the idle card, black, or one page of a slide, never two and never a blend.

    Every ``show_`` method switches at once: no frame painted after it returns shows anything of what was there
    before. The window's accessible description is what it shows, line by line.

    Attributes:
        layouts: lays its slides out; whoever shows them too may use it.
    """

    painted = Signal(object)
    """The `Page` that has just been painted, after every paint."""
    page_changed = Signal(object)
    """The `Page` that the next paint will show."""

    def __init__(self, theme: Theme, idle: IdleCard, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._theme = theme
        self._clock = ""
        self.layouts = Layouts()
        self._slide: Slide | None = idle
        self._pages: tuple[Page, ...] = self.layouts.pages(idle, self.size())
        self._number = 0
        self.setWindowTitle("LeadDesk")
        self.setAccessibleName("Projector")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # Every paint covers the whole window, so Qt need not clear it to another color first.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._describe()

    @property
    def page(self) -> Page:
        """The one page that is shown."""
        return self._pages[self._number]

    @property
    def slide(self) -> Slide | None:
        """The view that is shown; ``None`` while the window is black."""
        return self._slide

    def show_slide(self, slide: Slide, page: int = 0) -> None:
        """Show a page of a slide, counted from 0; the last one where the slide has fewer."""
        self._switch(slide, self.layouts.pages(slide, self.size()), page)

    def show_idle(self, card: IdleCard) -> None:
        """Show the public card."""
        self.show_slide(card)

    def show_black(self) -> None:
        """Show nothing at all."""
        self._switch(None, (blank(self.size()),), 0)

    def next_page(self) -> bool:
        """Show the slide's next page; ``False``, and nothing changed, on its last."""
        return self._turn(self._number + 1)

    def previous_page(self) -> bool:
        """Show the slide's page before; ``False``, and nothing changed, on its first."""
        return self._turn(self._number - 1)

    def forget(self) -> None:
        """Keep nothing of the slides that were shown before: another user's would be found here."""
        self.layouts = Layouts()

    def set_clock(self, text: str) -> None:
        """Put a time of day in the footer, such as ``10:37``."""
        if text != self._clock:
            self._clock = text
            self._describe()
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(1280, 720)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        page = self.page
        painter = QPainter(self)
        try:
            paint(page, painter, QRectF(self.rect()), self._theme, self._clock)
        except BaseException:
            # What is not painted over would stay as it was before.
            painter.fillRect(self.rect(), Qt.GlobalColor.black)
            raise
        finally:
            painter.end()
        self.painted.emit(page)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._slide is None:
            self._switch(None, (blank(event.size()),), 0)
        else:
            self._switch(self._slide, self.layouts.pages(self._slide, event.size()), self._number)

    def _turn(self, number: int) -> bool:
        if not 0 <= number < len(self._pages):
            return False
        self._switch(self._slide, self._pages, number)
        return True

    def _switch(self, slide: Slide | None, pages: tuple[Page, ...], number: int) -> None:
        self._slide, self._pages = slide, pages
        self._number = max(0, min(number, len(pages) - 1))
        self._describe()
        self.page_changed.emit(self.page)
        self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription("\n".join(self.page.texts(self._clock)))
