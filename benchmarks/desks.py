"""The ten-year desk, the one-year desk and a small one: made once, kept, and copied for each use.

Made through the services that users use, from a fixed seed. The group that meets is the same on all of them (60
known, 40 present), and so is what is open; what piles up over the years is a tenth on the one-year desk and a
hundredth on the small one. By itself: ``python -m benchmarks.desks --years 10 DIR``.
"""

import hashlib
import shutil
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from platformdirs import user_cache_path
from sqlalchemy.schema import CreateTable

from leaddesk.models import Base
from leaddesk.services.desk import Desk
from leaddesk.services.opening import sign_in
from leaddesk.vault.keys import KdfSettings

#: Counts up with every change of what the desks hold.
GENERATOR = 1

#: The parts of the program whose rows are in; calls for service come with theirs.
PARTS = ("participants", "releases", "meetings", "minutes", "actions", "priorities", "entries", "ledger")

PASSPHRASE = "nine kettles under the pear tree"  # noqa: S105 - of invented desks

#: The least key work that LeadDesk accepts: opening's is measured nowhere here.
FLOOR = KdfSettings(time=3, memory=64 * 1024, parallelism=4)

#: The desks' now: ten o'clock on the day of the meeting that is open.
NOW = datetime(2026, 5, 6, 17, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is on a desk.

    Attributes:
        name: what it is kept as.
        open_intakes: participants whose intake is not decided.
        open_actions: about so many actions are open.
        active_places: priorities that are worked on; the others are resolved.
    """

    name: str
    participants: int
    meetings: int
    actions: int
    priorities: int
    evidence: int
    entries: int
    ledger: int
    open_intakes: int = 100
    open_actions: int = 150
    active_places: int = 30


def _part_of_ten_years(name: str, divisor: int) -> Size:
    return Size(
        name=name,
        participants=2_000 // divisor,
        meetings=400 // divisor,
        actions=8_000 // divisor,
        priorities=300 // divisor,
        evidence=3_000 // divisor,
        entries=20_000 // divisor,
        ledger=150_000 // divisor,
        open_intakes=min(100, 1_000 // divisor),
    )


TEN_YEARS = _part_of_ten_years("ten-years", 1)
ONE_YEAR = _part_of_ten_years("one-year", 10)
SMALL = _part_of_ten_years("small", 100)


class DeskClock:
    """Starts at an instant and goes on from there with the real time, or jumps to where it is told to."""

    def __init__(self, at: datetime = NOW) -> None:
        self._offset = at - datetime.now(UTC)

    def __call__(self) -> datetime:
        """What the time is at the desk, aware."""
        return datetime.now(UTC) + self._offset

    def pass_by(self, time: timedelta) -> None:
        """Lets time go by."""
        self._offset += time


def kept(size: Size, folder: Path | None = None) -> Path:
    """The folder of a locked desk of this size, made if it is not kept yet. Use a copy of it: see `copied`.

    Args:
        size: how much is on it.
        folder: where desks are kept, by default where the system keeps what can be made again.
    """
    place = (folder or user_cache_path("LeadDesk", appauthor=False) / "benchmarks") / _version(size)
    if not place.is_dir():
        from benchmarks.making import make_desk  # noqa: PLC0415 - a kept desk needs none of it

        place.parent.mkdir(parents=True, exist_ok=True)
        print(f"Making the desk {size.name}, once, in {place}", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix=f"{size.name}-", dir=place.parent) as unfinished:
            made = Path(unfinished) / "desk"
            make_desk(made, size)
            made.rename(place)
    return place


@contextmanager
def copied(size: Size, folder: Path | None = None) -> Iterator[Path]:
    """A copy of a kept desk, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="leaddesk-benchmark-", ignore_cleanup_errors=True) as place:
        yield Path(shutil.copytree(kept(size, folder), Path(place) / "desk"))


@contextmanager
def opened(size: Size, clock: DeskClock, folder: Path | None = None) -> Iterator[Desk]:
    """A copy of a kept desk with its chair signed in, locked again when the block ends."""
    with copied(size, folder) as place:
        desk = sign_in(place, PASSPHRASE, clock=clock)
        try:
            yield desk
        finally:
            desk.lock()


def _version(size: Size) -> str:
    """What a desk is kept under: another generator, size or schema is another desk."""
    tables = "".join(str(CreateTable(table)) for table in Base.metadata.sorted_tables)
    digest = hashlib.sha256(f"{GENERATOR} {size} {tables}".encode()).hexdigest()
    return f"{size.name}-{digest[:12]}"


def main(arguments: list[str] | None = None) -> None:
    """Makes a desk in a folder of its own, for looking at."""
    from benchmarks.making import make_desk  # noqa: PLC0415 - see `kept`

    parser = ArgumentParser(prog="python -m benchmarks.desks", description=__doc__)
    sizes = {"10": TEN_YEARS, "1": ONE_YEAR, "0.1": SMALL}
    parser.add_argument("--years", choices=sizes, default="10", help="how much is on it")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder")
    options = parser.parse_args(arguments)
    make_desk(options.folder, sizes[options.years])
    print(f"passphrase: {PASSPHRASE}")


if __name__ == "__main__":
    main()
