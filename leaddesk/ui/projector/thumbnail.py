"""A page in the console: painted by the very code that paints the projector, and told the same way."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from leaddesk.ui.projector.canvas import HEIGHT, Page, paint
from leaddesk.ui.theme import Theme, Token

_LIVE_FRAME = 3
_FRAME = 1
_RADIUS = 4.0


class SlideThumbnail(QWidget):
    """A page, scaled, in a frame: 3 pixels of the live color where it is what the room sees, else a thin edge.

    The page keeps the projector's theme; the frame is of the console's.
    """

    def __init__(self, name: str, projector_theme: Theme, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._projector_theme = projector_theme
        self._theme = theme
        self._page: Page | None = None
        self._clock = ""
        self._live = False
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def page(self) -> Page | None:
        """The page that is shown, if any."""
        return self._page

    def show_page(self, page: Page | None, *, live: bool = False, clock_text: str = "") -> None:
        """Show a page, or an empty frame; ``live`` where it is what the room sees now."""
        self._page, self._live, self._clock = page, live, clock_text
        self.setAccessibleDescription("\n".join(page.texts(clock_text)) if page else "")
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint the frame in other colors from now on."""
        self._theme = theme
        self.update()

    def set_projector_theme(self, theme: Theme) -> None:
        """Paint the page in the projector's other colors from now on."""
        self._projector_theme = theme
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(448, self.heightForWidth(448))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(192, self.heightForWidth(192))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        ratio = self._page.width / HEIGHT if self._page else 16 / 9
        return round((width - 2 * _LIVE_FRAME) / ratio) + 2 * _LIVE_FRAME

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # The page's place is the same with either frame, so that nothing moves when it goes live.
        inside = QRectF(self.rect()).adjusted(_LIVE_FRAME, _LIVE_FRAME, -_LIVE_FRAME, -_LIVE_FRAME)
        if self._page:
            paint(self._page, painter, inside, self._projector_theme, self._clock)
        else:
            painter.fillRect(inside, self._theme.color(Token.SUNKEN))
        width = _LIVE_FRAME if self._live else _FRAME
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color(Token.LIVE if self._live else Token.EDGE), width))
        outset = width / 2
        painter.drawRoundedRect(inside.adjusted(-outset, -outset, outset, outset), _RADIUS, _RADIUS)
        painter.end()
