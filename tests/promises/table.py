"""A plugin that listens to pytest and makes the table of promises."""

import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import metadata
from itertools import zip_longest
from os import cpu_count
from textwrap import wrap
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from tests.promises.row import BROKEN, FULL, KEPT, NOT_HERE, Row

#: How wide each column may be, in characters.
_WIDTHS = {"promise": 46, "promised": 24, "reached": 40, "times": 7, "seconds": 7, "verdict": 12}


@dataclass
class _Seen:
    """What pytest said of one test."""

    seconds: float = 0.0
    failed: bool = False
    skipped: str = ""
    said: dict[str, Any] = field(default_factory=dict)


class Promises:
    """Collects a row for each test that is marked as a promise."""

    def __init__(self, *, full: bool) -> None:
        self._full = full
        self._promises: dict[str, tuple[str, str]] = {}
        self._seen: dict[str, _Seen] = {}

    def pytest_configure(self, config: pytest.Config) -> None:
        """Tells the tests how often to try."""
        config.stash[FULL] = self._full

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Notes which tests are promises."""
        for item in items:
            if mark := item.get_closest_marker("promise"):
                self._promises[item.nodeid] = mark.args

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notes how a test went."""
        seen = self._seen.setdefault(report.nodeid, _Seen())
        seen.seconds += report.duration
        seen.failed |= report.failed
        seen.said |= dict(report.user_properties)
        if report.skipped and isinstance(report.longrepr, tuple):
            seen.skipped = report.longrepr[2].removeprefix("Skipped: ").removeprefix(f"{NOT_HERE}: ")

    def rows(self) -> list[Row]:
        """The promises in the order in which their tests ran."""
        return [self._row(name, seen) for name, seen in self._seen.items() if name in self._promises]

    def _row(self, name: str, seen: _Seen) -> Row:
        promise, promised = self._promises[name]
        kept = not seen.failed and "reached" in seen.said
        return Row(
            promise=promise,
            promised=promised,
            reached=seen.skipped or seen.said.get("reached", "nothing was said"),
            times=seen.said.get("times", 0),
            seconds=seen.seconds,
            verdict=NOT_HERE if seen.skipped else KEPT if kept else BROKEN,
        )


def machine() -> dict[str, str]:
    """What the promises were shown on."""
    parts = {part: metadata.version(part) for part in ("leaddesk", "sqlcipher3", "SQLAlchemy", "PySide6-Essentials")}
    return {
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "processors": str(cpu_count()),
        "python": platform.python_version(),
        "sqlite": dbapi2.sqlite_version,
        **parts,
    }


def table(rows: Iterable[Row]) -> str:
    """The rows under their headings, long cells over several lines."""
    lines = [_line(list(_WIDTHS)), _line(["-" * width for width in _WIDTHS.values()])]
    for row in rows:
        cells = (row.promise, row.promised, row.reached, f"{row.times:,}", f"{row.seconds:.1f}", row.verdict)
        wrapped = [wrap(cell, width) for cell, width in zip(cells, _WIDTHS.values(), strict=True)]
        lines += [_line(list(parts)) for parts in zip_longest(*wrapped, fillvalue="")]
    return "\n".join(lines)


def _line(cells: list[str]) -> str:
    numbers = ("times", "seconds")
    padded: Iterator[str] = (
        cell.rjust(width) if name in numbers else cell.ljust(width)
        for cell, (name, width) in zip(cells, _WIDTHS.items(), strict=True)
    )
    return "  ".join(padded).rstrip()
