"""A window and state of the gallery looks the same made in a theme as changed to it while it is open.

A sixth of the states is changed here, from light to white on black and back; all, and to every theme, with
``--every-state``.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, cycle
from pathlib import Path
from zlib import crc32

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from leaddesk.application import now
from leaddesk.services import meetings
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.opening import sign_in
from leaddesk.ui.appearance import Appearance
from leaddesk.ui.background import settle
from leaddesk.ui.console.parts import Dressed, dress
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.gallery import before, forms, meeting, pages
from leaddesk.ui.screens import Screens
from leaddesk.ui.theme import Theme, ThemeName, apply, recolor

States = Iterator[tuple[str, QWidget]]
_SIZE = QSize(1366, 768)
_SHARE = 6
_FURTHEST = (ThemeName.LIGHT, ThemeName.HIGH_CONTRAST_DARK)
_NEVER_ALIKE = frozenset({"form-paperkey", "signing-read-back"})
"""Each paper key is another one; what is read back has its colors from the signing page, which the gallery spares."""


def _of_the_meeting(windows: DeskWindows, theme: Theme) -> States:
    return meeting.shown(windows, theme)


def _all_others(windows: DeskWindows, theme: Theme) -> States:
    return chain(pages.shown(windows), forms.shown(windows, theme, _SIZE), before.shown(theme))


@pytest.mark.parametrize("part", [_of_the_meeting, _all_others])
def test_a_window_changed_to_a_theme_looks_as_if_made_in_it(
    part: Callable[[DeskWindows, Theme], States],
    demo: Path,
    tmp_path: Path,
    qapp: QApplication,
    request: pytest.FixtureRequest,
) -> None:
    share, themes = (1, tuple(ThemeName)) if request.config.getoption("--every-state") else (_SHARE, _FURTHEST)

    def tried(windows: DeskWindows, theme: Theme) -> States:
        return (state for state in part(windows, theme) if crc32(state[0].encode()) % share == 0)

    at, blinks = now(), qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    try:
        made = {name: _made_in(name, tried, demo, tmp_path / name, at) for name in themes}
        differing = [
            f"{state} {theme}"
            for state, theme, picture in _changed(tried, themes, demo, tmp_path / "changed", at)
            if picture != made[theme][state]
        ]
    finally:
        qapp.setCursorFlashTime(blinks)
    assert differing == []


def _made_in(
    name: ThemeName, part: Callable[[DeskWindows, Theme], States], demo: Path, folder: Path, at: datetime
) -> dict[str, QImage]:
    theme = Theme.load(name)
    with _opened(demo, folder, theme, at) as windows:
        return {state: _picture(widget) for state, widget in _alike(part(windows, theme))}


def _changed(
    part: Callable[[DeskWindows, Theme], States],
    names: Sequence[ThemeName],
    demo: Path,
    folder: Path,
    at: datetime,
) -> Iterator[tuple[str, ThemeName, QImage]]:
    """Each state made in the theme before, and changed to the next one; the projector's goes along."""
    theme, themes = Theme.load(names[0]), cycle((*names[1:], names[0]))
    with _opened(demo, folder, theme, at) as windows:
        for state, widget in _alike(part(windows, theme)):
            name = next(themes)
            change_to(windows, widget, Theme.load(name))
            yield state, name, _picture(widget)


def change_to(windows: DeskWindows, widget: QWidget, theme: Theme) -> None:
    """Changes the application and everything that is open, as the composition root does."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    recolor(app, theme)
    windows.set_themes((theme, theme), Appearance().chosen)
    # What the gallery alone made is no window of the desk, nor over one.
    alone: QObject = widget.window()
    if isinstance(alone, Dressed):
        alone.set_theme(theme)
    elif widget.window().parentWidget() is None:
        dress(widget.window(), theme)


def _picture(widget: QWidget) -> QImage:
    settle()
    return widget.grab().toImage()


def _alike(states: States) -> States:
    for name, widget in states:
        # What was closed before would be painted along, unseen, more of it with each state.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if name not in _NEVER_ALIKE:
            yield name, widget


@contextmanager
def _opened(demo: Path, folder: Path, theme: Theme, at: datetime) -> Iterator[DeskWindows]:
    """The windows of a copy of the demo desk, made in a theme; the clock stands still."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply(app, theme)
    shutil.copytree(demo, folder)
    desk = sign_in(folder, PASSPHRASE, clock=lambda: at)
    found = desk.do(meetings.latest)
    assert found is not None
    windows = DeskWindows(desk, found, (theme, theme), lambda: at, Screens(), rehearsal=True)
    windows.open()
    windows.workplace.console.resize(_SIZE)
    windows.workplace.projector.resize(_SIZE)
    try:
        yield windows
    finally:
        windows.close()
