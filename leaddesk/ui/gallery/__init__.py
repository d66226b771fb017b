"""Every window and page as a picture: for looking at, and as the check that each can be shown at all.

Each module shows the states of one part, as pairs of a name and a widget that is ready to be looked at. What a state
needs is made when its turn comes and taken back after it, so that any one can be left out.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, starmap
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from leaddesk.ui.background import settle
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.gallery import before, forms, meeting, pages, slides
from leaddesk.ui.theme import Theme, ThemeName


def pictures(windows: DeskWindows, theme: ThemeName, sizes: Sequence[tuple[int, int]], out: Path) -> list[Path]:
    """Writes a picture of each window and state of the demo desk, in one theme and some sizes; returns the files."""
    written = []
    for size in starmap(QSize, sizes):
        for name, widget in shown(windows, Theme.load(theme), size):
            settle()
            path = out / f"{name.replace(' ', '-')}-{theme.value}-{size.width()}.png"
            widget.grab().save(str(path))
            written.append(path)
    return written


def shown(windows: DeskWindows, theme: Theme, size: QSize) -> Iterator[tuple[str, QWidget]]:
    """Each window in each state, ready to be looked at until the next one is asked for."""
    windows.workplace.console.resize(size)
    windows.workplace.projector.resize(size)
    return chain(
        meeting.shown(windows, theme),
        pages.shown(windows),
        forms.shown(windows, theme, size),
        before.shown(theme),
        slides.shown(windows),
    )
