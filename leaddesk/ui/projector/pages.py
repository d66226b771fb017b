"""From a view to its finished pages: the one door to the slides' layouts."""

from collections import deque

from PySide6.QtCore import QSize

from leaddesk.policy.views import (
    ActionBoard,
    IdleCard,
    Overview,
    ParticipantSlide,
    PlaceSlide,
    Slide,
    TopicSlide,
)
from leaddesk.ui.projector.board import action_board
from leaddesk.ui.projector.canvas import HEIGHT, Page, black_page
from leaddesk.ui.projector.idle import idle
from leaddesk.ui.projector.place import place_slide
from leaddesk.ui.projector.slides import overview, participant, topic
from leaddesk.ui.projector.typeset import Typesetter

NARROWEST = HEIGHT * 4 / 3
WIDEST = HEIGHT * 16 / 9

#: What is live, what comes next, and the idle card between them.
_KEPT = 4


def page_width(size: QSize) -> float:
    """How wide a page is, in page lengths, on a screen of that size: 4:3 at the narrowest, 16:9 at the widest."""
    if size.height() <= 0:
        return WIDEST
    return min(WIDEST, max(NARROWEST, HEIGHT * size.width() / size.height()))


def paginate(slide: Slide, size: QSize, setter: Typesetter | None = None) -> tuple[Page, ...]:
    """Lay a slide out for a screen of that size, over as many pages as it needs: one at least.

    Only the ratio of the size counts, so a thumbnail shows the same pages as the projector. The fonts must have been
    loaded (`leaddesk.ui.theme.load_fonts`).

    Args:
        slide: the view.
        size: the screen's.
        setter: measures and wraps; one that has set most of the slide before makes this quick.
    """
    width, setter = page_width(size), setter or Typesetter()
    match slide:
        case IdleCard():
            return idle(slide, width, setter)
        case Overview():
            return overview(slide, width, setter)
        case ParticipantSlide():
            return participant(slide, width, setter)
        case PlaceSlide():
            return place_slide(slide, width, setter)
        case ActionBoard():
            return action_board(slide, width, setter)
        case TopicSlide():
            return topic(slide, width, setter)


class Layouts:
    """Lays slides out and keeps the last few, so that a view shown again and again is laid out once.

    What is kept goes with its owner: it says what the slides say.
    """

    def __init__(self) -> None:
        self._kept: deque[tuple[float, Slide, tuple[Page, ...]]] = deque(maxlen=_KEPT)
        self._setter = Typesetter()

    def pages(self, slide: Slide, size: QSize) -> tuple[Page, ...]:
        """The same as `paginate`."""
        width = page_width(size)
        for kept_width, kept, pages in self._kept:
            if kept_width == width and kept == slide:
                return pages
        made = paginate(slide, size, self._setter)
        self._kept.append((width, slide, made))
        return made


def blank(size: QSize) -> Page:
    """The black page."""
    return black_page(page_width(size))
