"""Damage of single bits and bytes, and settings made weaker: each is named, and no wrong key is accepted."""

import functools
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from leaddesk.errors import KnownError
from leaddesk.models import protected_tables
from leaddesk.vault.errors import DamagedDesk, NewerDesk
from leaddesk.vault.keys import KdfSettings
from leaddesk.vault.opening import create_desk, open_desk
from tests.promises.batches import opened, write_batch
from tests.promises.row import Reached, Times
from tests.vault.making import PASSPHRASE, flip, forge

PAGE = 4096

#: In a page: its head, its cells, and at its end the random number and the MAC of SQLCipher.
REGIONS = (range(64), range(64, PAGE - 80), range(PAGE - 80, PAGE - 64), range(PAGE - 64, PAGE))


@pytest.fixture(scope="module")
def made(new: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A locked desk of some dozens of pages, some of them free."""
    folder = Path(shutil.copytree(new, tmp_path_factory.mktemp("made") / "desk"))
    desk = opened(folder)
    for number in range(3):
        desk.do(write_batch, number)
    with desk.unit() as unit:
        connection = unit.rows.connection()
        connection.exec_driver_sql("CREATE TABLE passing AS SELECT note FROM attendee")
        connection.exec_driver_sql("DROP TABLE passing")
    desk.lock()
    return folder


def named(folder: Path, *, checking: bool = True) -> bool:
    """Whether opening a desk, or the check of it, says in a sentence that something is wrong."""
    try:
        with open_desk(folder, PASSPHRASE) as desk:
            found = desk.check(protected=protected_tables()) if checking else []
            desk.lock(anchoring=False)
            return bool(found)
    except KnownError as error:
        return bool(error.happened and error.todo)


def damaged(made: Path, target: Path, damage: Callable[[Path], None]) -> Path:
    """The target folder with a fresh copy of the desk, damaged."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(made, target)
    damage(target)
    return target


def flips(made: Path, times: Times, count: int) -> list[tuple[int, int]]:
    """Places and bits, spread over all pages of the database and all regions of a page."""
    random, pages = times.random(), (made / "desk.db").stat().st_size // PAGE
    chosen = [(random.choice(REGIONS[number % len(REGIONS)]), random.randrange(8)) for number in range(count)]
    return [(number * pages // count * PAGE + place, bit) for number, (place, bit) in enumerate(chosen)]


@pytest.mark.promise("one flipped bit anywhere in the database", "every one named")
def test_a_flipped_bit_in_the_database(made: Path, tmp_path: Path, reached: Reached, times: Times) -> None:
    places = flips(made, times, times(20, full=4_000))
    unnamed = [
        (place, bit)
        for place, bit in places
        if not named(damaged(made, tmp_path / "desk", lambda desk: flip(desk / "desk.db", place, bit)))  # noqa: B023
    ]
    reached(f"{len(places) - len(unnamed)} of {len(places)} named", times=len(places))
    assert unnamed == []


def test_a_flipped_bit_is_no_news_to_a_desk_that_is_only_opened(made: Path, tmp_path: Path) -> None:
    last = (made / "desk.db").stat().st_size - PAGE
    folder = damaged(made, tmp_path / "desk", lambda desk: flip(desk / "desk.db", last + 2_000))
    assert not named(folder, checking=False)
    assert named(folder)


@pytest.mark.promise("one changed byte in keys.json", "every one named, no wrong key")
def test_a_changed_byte_of_the_key_file(made: Path, tmp_path: Path, reached: Reached, times: Times) -> None:
    random, size = times.random(), (made / "keys.json").stat().st_size
    changes = [(place, value) for place in range(size) for value in random.sample(range(1, 256), 8)]
    changes = random.sample(changes, times(20, full=len(changes)))
    accepted = []
    for place, value in changes:

        def change(desk: Path, place: int = place, value: int = value) -> None:
            data = bytearray((desk / "keys.json").read_bytes())
            data[place] ^= value
            (desk / "keys.json").write_bytes(data)

        try:
            open_desk(damaged(made, tmp_path / "desk", change), PASSPHRASE).lock()
        except (DamagedDesk, NewerDesk):
            continue
        accepted.append((place, value))
    reached(f"{len(changes) - len(accepted)} of {len(changes)} named", times=len(changes))
    assert accepted == []


def values(facts: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to all values of a JSON document."""
    inside = facts.items() if isinstance(facts, dict) else enumerate(facts) if isinstance(facts, list) else None
    if inside is None:
        yield path
        return
    for name, value in inside:
        yield from values(value, (*path, name))


def forged(path: tuple[Any, ...], value: Any) -> Callable[[Path], None]:
    """Puts a value into a desk's key file, and makes the checksum fit, which anybody can."""

    def change(facts: dict[str, Any]) -> None:
        inside: Any = facts
        for name in path[:-1]:
            inside = inside[name]
        inside[path[-1]] = value

    return lambda desk: forge(desk, change)


def other(value: Any) -> Any:
    """A value of the same kind, with one digit changed."""
    if isinstance(value, str) and value:
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    return (value or 0) + 1


@pytest.mark.promise("one value in keys.json changed, its checksum made to fit", "every one named, no wrong key")
def test_a_forged_key_file(made: Path, tmp_path: Path, reached: Reached, times: Times) -> None:
    facts = json.loads((made / "keys.json").read_bytes())
    paths = [path for path in values(facts) if path != ("checksum",)]
    accepted = []
    for path in paths:
        now = functools.reduce(lambda inside, name: inside[name], path, facts)
        if not named(damaged(made, tmp_path / "desk", forged(path, other(now))), checking=False):
            accepted.append(path)
    reached(f"{len(paths) - len(accepted)} of {len(paths)} named", times=len(paths))
    assert accepted == []


@pytest.mark.promise("a KDF setting lowered or raised", "every one named, no wrong key")
def test_another_kdf_setting(tmp_path: Path, reached: Reached, times: Times) -> None:
    create_desk(tmp_path / "made", PASSPHRASE, kdf=KdfSettings(time=4, memory=72 * 1024, parallelism=5)).lock()
    tried: dict[str, list[Any]] = {
        "time": [3, *times([], full=[5, 12]), 2, 1, 0, -1, 13, 10**9, "4", 4.0, None],
        "memory": [64 * 1024, *times([], full=[71 * 1024, 73 * 1024, 2**20]), 64 * 1024 - 1, 8, 0, 2**20 + 1, 10**12],
        "parallelism": [4, *times([], full=[6, 16]), 3, 1, 0, 17, True],
    }
    changes = [(("slots", 0, "kdf", name), value) for name, all_ in tried.items() for value in all_]
    accepted = [
        (path, value)
        for path, value in changes
        if not named(damaged(tmp_path / "made", tmp_path / "desk", forged(path, value)), checking=False)
    ]
    reached(f"{len(changes) - len(accepted)} of {len(changes)} named", times=len(changes))
    assert accepted == []
