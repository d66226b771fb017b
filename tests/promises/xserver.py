"""An X server without a display: monitors that come and go, and the pixels that each would show. Linux alone."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import pytest
from Xlib import X, display
from Xlib.protocol import rq

from tests.promises.row import NOT_HERE

Place = tuple[int, int, int, int]
"""Left, top, width and height."""
_STRIP = 16
"""How many rows of the picture are asked for at once."""


class _SetMonitor(rq.Request):  # type: ignore[misc]
    """RandR's SetMonitor; the library's own packs the list of outputs wrongly."""

    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(43),
        rq.RequestLength(),
        rq.Window("window"),
        rq.Card32("name"),
        rq.Bool("primary"),
        rq.Bool("automatic"),
        rq.LengthOf("outputs", 2),
        rq.Int16("x"),
        rq.Int16("y"),
        rq.Card16("width"),
        rq.Card16("height"),
        rq.Card32("width_mm"),
        rq.Card32("height_mm"),
        rq.List("outputs", rq.Card32Obj),
    )


class XServer:
    """A running server, asked over a connection of its own: it knows nothing of Qt."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._display: Any = display.Display(name)
        self._root = self._display.screen().root
        self._outputs = list(self._root.xrandr_get_screen_resources().outputs)
        self._monitors: list[str] = []

    def arrange(self, monitors: Mapping[str, Place], primary: str) -> None:
        """These are the monitors from now on, all at once.

        Qt reads the place of a monitor only when one of that name appears: one that moves needs another name.
        """
        self._display.grab_server()
        for name in self._monitors:
            self._root.xrandr_delete_monitor(self._display.intern_atom(name))
        outputs = self._outputs  # the server makes a monitor of its own of an output that none has
        for name, place in monitors.items():
            self._set(name, place, outputs, is_primary=name == primary)
            outputs = []
        self._display.ungrab_server()
        self._display.sync()
        self._monitors = list(monitors)

    def pixels(self, place: Place, color: bytes) -> int:
        """How many pixels of a color the picture has in a place; the color as blue, green, red."""
        left, top, width, height = place
        found = 0
        for row in range(top, top + height, _STRIP):  # the library takes in a long answer many times over
            rows = min(_STRIP, top + height - row)
            image = self._root.get_image(left, row, width, rows, X.ZPixmap, 0xFFFFFFFF)
            found += bytes(image.data).count(color)
        return found

    def close(self) -> None:
        self._display.close()

    def _set(self, name: str, place: Place, outputs: list[int], *, is_primary: bool) -> None:
        x, y, width, height = place
        _SetMonitor(
            display=self._display.display,
            opcode=self._display.display.get_extension_major("RANDR"),
            window=self._root,
            name=self._display.intern_atom(name),
            primary=is_primary,
            automatic=False,
            x=x,
            y=y,
            width=width,
            height=height,
            width_mm=width // 4,
            height_mm=height // 4,
            outputs=outputs,
        )


@contextmanager
def x_server(width: int, height: int) -> Iterator[XServer]:
    """A server whose picture has a size, on a display that is free; skips where there is none."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip(f"{NOT_HERE}: there is no Xvfb")
    reading, writing = os.pipe()
    command = [
        program,
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        f"{width}x{height}x24",
        "-nolisten",
        "tcp",
    ]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        with closing(XServer(f":{number}")) as found:
            yield found
    finally:
        server.terminate()
        server.wait()
