"""Whether windows can be seen here; asked before anything of Qt is loaded."""

import os
import sys


def has_display() -> bool:
    """Whether this computer can show windows: always on Windows and macOS, elsewhere where a display is named.

    A platform that was chosen by hand counts as one, unless it draws off screen.
    """
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return chosen.partition(":")[0] not in ("offscreen", "minimal")
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
