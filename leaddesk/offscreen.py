"""The windows without a display: playing the demo meeting into files, and the gallery of every window."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from leaddesk.errors import KnownError
from leaddesk.workday import WorkdayClock

SIZES = ((1366, 768), (1920, 1080))
"""Of the windows in the gallery, where nobody asks for others."""

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from leaddesk.ui.desk_windows import DeskWindows
    from leaddesk.ui.theme import ThemeName


def export_demo(out: Path) -> list[Path]:
    """Plays one whole meeting on the demo desk and writes its papers and pictures; returns the files.

    Raises:
        KnownError: the folder holds something already.
    """
    _require_empty(out)
    from leaddesk.ui.rehearsal import Rehearsal
    from leaddesk.ui.theme import ThemeName

    with _demo_windows(ThemeName.LIGHT) as (clock, windows):
        return Rehearsal(windows.desk, windows, out, clock.pass_by).play()


def make_gallery(
    out: Path,
    *,
    themes: Sequence[str] = (),
    projector: str = "light",
    sizes: Sequence[tuple[int, int]] = SIZES,
    text: int = 100,
) -> list[Path]:
    """Every window and page as a picture; returns the files.

    Args:
        out: the folder they are written to.
        themes: the console's, by name; all of them where none is named.
        projector: the projector's theme, by name.
        sizes: of the windows, in pixels.
        text: how large letters are, in percent.

    Raises:
        KnownError: the folder holds something already.
    """
    _require_empty(out)
    from leaddesk.ui.gallery import pictures
    from leaddesk.ui.theme import ThemeName

    written = []
    for theme in map(ThemeName, themes or ThemeName):
        with _demo_windows(theme, max(sizes), text / 100, ThemeName(projector)) as (_, windows):
            written += pictures(windows, theme, sizes, out)
    return written


def application(
    name: "ThemeName",
    make: "Callable[[list[str]], QApplication] | None" = None,
    *,
    screen: tuple[int, int] = (1920, 1080),
    scale: float = 1,
) -> "QApplication":
    """The application in a theme, off screen where no platform is asked for, with a screen for each window.

    Args:
        name: the theme's.
        make: makes the application where there is none yet; by default an ordinary one.
        screen: how large each screen is, in pixels.
        scale: of the letters.
    """
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from leaddesk.ui.theme import Theme, apply, load_fonts

    qInstallMessageHandler(lambda *_: None)  # the platform without a display lacks much, and says so each time
    with _two_screens(*screen):
        qt = QApplication.instance() or (make or QApplication)(["leaddesk"])
    assert isinstance(qt, QApplication)
    load_fonts()
    apply(qt, Theme.load(name), scale)
    return qt


@contextmanager
def _demo_windows(
    name: "ThemeName",
    screen: tuple[int, int] = (1920, 1080),
    scale: float = 1,
    projector: "ThemeName | None" = None,
) -> Iterator[tuple[WorkdayClock, "DeskWindows"]]:
    """The windows of a demo desk in a temporary folder, open off screen."""
    from leaddesk.services import meetings
    from leaddesk.services.demo import demo_desk
    from leaddesk.ui.desk_windows import DeskWindows
    from leaddesk.ui.screens import Screens
    from leaddesk.ui.theme import Theme, ThemeName

    clock = WorkdayClock()
    qt = application(name, screen=screen, scale=scale)
    with tempfile.TemporaryDirectory(prefix="leaddesk-") as folder:
        desk = demo_desk(Path(folder) / "desk", clock=clock)
        meeting = desk.do(meetings.latest)
        assert meeting is not None
        themes = (Theme.load(projector or ThemeName.LIGHT), Theme.load(name))
        windows = DeskWindows(desk, meeting, themes, clock, Screens(), rehearsal=True)
        try:
            windows.open()
            yield clock, windows
        finally:
            windows.close()
            qt.processEvents()


@contextmanager
def _two_screens(width: int = 1920, height: int = 1080) -> Iterator[None]:
    """Off screen, on a laptop's screen and a projector's; the platform reads the file once, when it starts."""
    if os.environ.get("QT_QPA_PLATFORM", "offscreen") != "offscreen":
        yield
        return
    with tempfile.TemporaryDirectory(prefix="leaddesk-screens-") as folder:
        one = {"y": 0, "width": width, "height": height, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        screens = [one | {"name": "Laptop", "x": 0}, one | {"name": "Room 2 projector", "x": width}]
        file = Path(folder) / "screens.json"
        file.write_text(json.dumps({"synchronousWindowSystemEvents": False, "screens": screens}), encoding="utf-8")
        try:
            # A drive's colon would end the platform's argument.
            named = os.path.relpath(file)
        except ValueError:
            named = str(file)
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={named}"
        try:
            yield
        finally:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _require_empty(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        raise KnownError(
            f"The folder {out} holds something already.",
            kept="Nothing was written.",
            todo="Name a new or an empty folder.",
        )
    out.mkdir(parents=True, exist_ok=True)
