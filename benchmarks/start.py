"""How long LeadDesk takes to start: from the process's start until its unlock window is painted.

Both are programs of their own on the offscreen platform, which end with their first painted window.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.frame import Conditions, Figure, Goal, NotHere, Pair

PATIENCE = 60
"""Seconds after which a program that has painted its window and does not end is given up."""


@contextmanager
def start(_how: Conditions) -> Iterator[Pair]:
    """Both programs, started anew for each run, their modules compiled as they are from the second start on."""
    if find_spec("leaddesk.application") is None:
        raise NotHere("there is no application yet")
    with TemporaryDirectory() as compiled:
        yield Pair(
            work=lambda: _until_painted("unlock", compiled), yardstick=lambda: _until_painted("bare", compiled)
        )


def _until_painted(window: str, compiled: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": compiled}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = perf_counter()
    with subprocess.Popen(  # noqa: S603 - this Python and a module of ours
        [sys.executable, "-m", "benchmarks.first_paint", window],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    ) as program:
        assert program.stdout is not None
        said = program.stdout.readline()
        took = perf_counter() - began
        _, complaints = program.communicate(timeout=PATIENCE)
    if said != "painted\n":
        raise RuntimeError(f"The program for the window {window} painted nothing: {complaints}")
    return took


FIGURES = (
    Figure(
        name="start",
        work="from the process's start until the unlock window is painted, offscreen",
        yardstick="a bare PySide6 window",
        goal=Goal(1.5),
        prepare=start,
    ),
)
