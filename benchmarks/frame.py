"""The frame of every figure: work and yardstick by turns, the ratio of each pair, its median and its spread.

Machines are noisy, so no time counts by itself. A miss is told as a miss, and a figure whose parts are not on this
machine as not run.
"""

import gc
import platform
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import metadata
from os import cpu_count
from pathlib import Path
from statistics import median
from time import perf_counter

from typing_extensions import override

#: Runs of work and of yardstick that a figure is the median of; a quick look takes one.
RUNS = 9

#: Runs something once and returns the seconds that its measured part took, or whatever else the figure counts.
Timed = Callable[[], float]


class NotHere(Exception):
    """A part that the figure needs is not on this machine; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Goal:
    """How far the work may be from its yardstick."""

    limit: float
    faster: bool = False
    """Whether the limit says how many times faster the work must be, not how many times slower it may be."""

    @override
    def __str__(self) -> str:
        return f"{self.limit:g} times faster" if self.faster else f"at most {self.limit:g}"

    def ratio(self, work: float, yardstick: float) -> float:
        """Yardstick by work where the work must be faster, else work by yardstick."""
        return yardstick / work if self.faster else work / yardstick

    def met(self, ratio: float) -> bool:
        """Whether a ratio is good enough."""
        return ratio >= self.limit if self.faster else ratio <= self.limit


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a figure is to be measured.

    Attributes:
        quick: whether small and few are enough, to show that it runs.
        desks: where the benchmarks' desks are kept, ``None`` for where the system keeps what can be made again.
    """

    quick: bool = False
    desks: Path | None = None


def duration(seconds: float) -> str:
    """A time in words."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def mebibytes(amount: float) -> str:
    """An amount of memory in words."""
    return f"{amount / 2**20:.0f} MiB"


def plain(number: float) -> str:
    """A number of something."""
    return f"{number:g}"


def _one() -> float:
    return 1.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Work and yardstick, ready to run.

    Attributes:
        work: what LeadDesk does.
        yardstick: what it is held against; by default one of whatever is counted.
        share: the part of the whole that the yardstick does in one run; its time is scaled up by it.
    """

    work: Timed
    yardstick: Timed = _one
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row of the table.

    Attributes:
        name: what ``--only`` takes.
        work: what is measured, in words.
        yardstick: what it is held against, in words; empty where the goal is a number of its own.
        goal: how far it may be from it.
        prepare: makes the pair, small when a quick look is wanted, and clears up after it. It raises `NotHere`
            where a part is missing.
        written: how what is counted is written.
        runs: how many runs it is the median of.
    """

    name: str
    work: str
    yardstick: str = ""
    goal: Goal
    prepare: Callable[[Conditions], AbstractContextManager[Pair]]
    written: Callable[[float], str] = duration
    runs: int = RUNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a figure: medians in what is counted, and the ratio with the lowest and highest of its pairs."""

    figure: Figure
    runs: int = 0
    work: float = 0.0
    yardstick: float = 0.0
    ratio: float = 0.0
    lowest: float = 0.0
    highest: float = 0.0
    missing: str = ""
    """Why it was not run here; empty where it was."""

    @property
    def verdict(self) -> str:
        """``met``, ``MISSED`` or ``not run here``."""
        if self.missing:
            return "not run here"
        return "met" if self.figure.goal.met(self.ratio) else "MISSED"


def seconds(run: Callable[[], object]) -> float:
    """How long one call takes, with the garbage of what was before out of the way."""
    gc.collect()
    began = perf_counter()
    run()
    return perf_counter() - began


def measure(figure: Figure, how: Conditions) -> Result:
    """The median of the figure's pairs, each of one run of the work and one of the yardstick, by turns."""
    try:
        with figure.prepare(how) as pair:
            if not how.quick:
                pair.work(), pair.yardstick()  # once unmeasured, so that no first time counts
            wanted = 1 if how.quick else figure.runs
            runs = [(pair.work(), pair.yardstick() / pair.share) for _ in range(wanted)]
    except NotHere as missing:
        return Result(figure=figure, missing=str(missing))
    ratios = [figure.goal.ratio(work, yardstick) for work, yardstick in runs]
    return Result(
        figure=figure,
        runs=len(runs),
        work=median(work for work, _ in runs),
        yardstick=median(yardstick for _, yardstick in runs),
        ratio=median(ratios),
        lowest=min(ratios),
        highest=max(ratios),
    )


def table(results: Iterable[Result]) -> str:
    """The results as aligned lines under a heading."""
    heading = ("figure", "time", "yardstick", "its time", "ratio (spread)", "goal", "verdict")
    lines = [heading, *map(_line, results)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    ruled = [lines[0], tuple("-" * width for width in widths), *lines[1:]]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in ruled
    )


def _line(result: Result) -> tuple[str, ...]:
    figure, written = result.figure, result.figure.written
    against, goal = figure.yardstick or "-", str(figure.goal)
    if not figure.yardstick:
        goal = f"at most {written(figure.goal.limit)}"
    if result.missing:
        return (figure.name, "-", against, "-", "-", goal, f"not run here: {result.missing}")
    if figure.yardstick:
        yardstick = written(result.yardstick)
        spread = f"{result.ratio:.3g} ({result.lowest:.3g} to {result.highest:.3g})"
    else:
        yardstick, spread = "-", f"({written(result.lowest)} to {written(result.highest)})"
    return (figure.name, written(result.work), against, yardstick, spread, goal, result.verdict)


def as_json(results: Iterable[Result]) -> dict[str, object]:
    """The results and the machine they were measured on, ready for JSON; times in seconds, memory in bytes."""
    return {"machine": dict(machine()), "figures": [_facts(result) for result in results]}


def _facts(result: Result) -> dict[str, object]:
    figure = result.figure
    named = {"figure": figure.name, "work": figure.work, "yardstick": figure.yardstick}
    goal = {"goal": figure.goal.limit, "goal_is_times_faster": figure.goal.faster, "verdict": result.verdict}
    if result.missing:
        return {**named, **goal, "missing": result.missing}
    measured = {
        "runs": result.runs,
        "value": result.work,
        "yardstick_value": result.yardstick,
        "ratio": result.ratio,
        "lowest": result.lowest,
        "highest": result.highest,
    }
    return {**named, **measured, **goal}


def machine() -> Iterator[tuple[str, str]]:
    """What the figures were measured on."""
    yield "system", f"{platform.system()} {platform.machine()}"
    yield "processors", str(cpu_count())
    yield "python", platform.python_version()
    for part in ("leaddesk", "sqlcipher3", "PySide6-Essentials", "pycasbin"):
        try:
            yield part, metadata.version(part)
        except metadata.PackageNotFoundError:
            yield part, "not installed"
