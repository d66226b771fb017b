"""What a running meeting holds in memory: the resident part of its process, ten seconds after unlocking.

Both are programs of their own on the offscreen platform; this process looks at them from outside, as the system
counts.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.desks import copied
from benchmarks.frame import Conditions, Figure, Goal, NotHere, Pair, mebibytes
from benchmarks.meeting import large

AFTER = 10.0
"""Seconds after unlocking at which the memory is looked at."""


@contextmanager
def running_meeting(how: Conditions) -> Iterator[Pair]:
    """A meeting with a slide live, and a window with nothing in it."""
    _require_system()
    with copied(large(how), how.desks) as folder:
        after = 0.0 if how.quick else AFTER
        yield Pair(
            work=lambda: _resident("meeting", str(folder), after=after),
            yardstick=lambda: _resident("bare", after=0.0),
        )


def _resident(*program: str, after: float) -> float:
    """Bytes that a program of `benchmarks.resident` holds so many seconds after it says that it is unlocked."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(  # noqa: S603 - this Python and a module of ours
        [sys.executable, "-m", "benchmarks.resident", *program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    ) as running:
        assert running.stdout is not None
        if running.stdout.readline() != "unlocked\n":
            raise RuntimeError(f"The program {program[0]} has not unlocked its desk")
        unlocked = perf_counter()
        if running.stdout.readline() != "painted\n":
            raise RuntimeError(f"The program {program[0]} has painted nothing")
        sleep(max(0.0, unlocked + after - perf_counter()))  # it is the figure that names these seconds
        held = resident_memory(running.pid)
        running.communicate("end\n", timeout=60)
    return held


def resident_memory(process: int) -> float:
    """Bytes of a process that are in memory, as its system counts them.

    Raises:
        NotHere: this system does not tell.
    """
    _require_system()
    if sys.platform == "linux":
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:"))
    else:
        asked = ["/bin/ps", "-o", "rss=", "-p", str(process)]
        kilobytes = subprocess.run(asked, check=True, capture_output=True, text=True).stdout  # noqa: S603 - of the system
    return float(kilobytes) * 1024


def _require_system() -> None:
    if sys.platform not in ("linux", "darwin"):
        raise NotHere("this system does not tell another program's memory without more packages")


FIGURES = (
    Figure(
        name="memory",
        work="resident, a running meeting on the ten-year desk with a slide live, 10 s after unlocking",
        yardstick="a bare PySide6 window",
        goal=Goal(2),
        prepare=running_meeting,
        written=mebibytes,
    ),
)
