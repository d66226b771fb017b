"""The ledger against somebody who has the desk's key, held against an anchor that was kept elsewhere."""

import hmac
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TypeAlias

import pytest
from sqlalchemy import Connection

from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.ledger import Head
from leaddesk.vault.opening import open_desk
from leaddesk.vault.protected import ROWS, check_rows
from tests.promises.row import Reached, Times
from tests.vault.making import NOON, PASSPHRASE, make

ENTRIES, ANCHORED = 40, 30
COLUMNS = "sequence, at, actor, action, objects, payload, previous_mac, mac"
ACTIONS = ("signed_in", "projected", "release_revoked", "excluded", ROWS)


def write(desk: OpenDesk, connection: Connection, number: int) -> Head:
    """One entry like those of a meeting; each tenth holds the hash of a row."""
    return desk.ledger.append(
        connection,
        at=NOON + timedelta(minutes=number),
        actor=f"a{number % 5 + 1}",
        action=ROWS if number % 10 == 0 else ACTIONS[number % 4],
        objects={"meeting": "m1", "participant": f"p{number % 7 + 1}"},
        payload={"rows": {f"release:{number % 50}": f"{number:064x}"}} if number % 10 == 0 else {
            "people": [f"a{one}" for one in range(1, 15)], "told": {f"p{number % 7 + 1}": ["identity", "progress"]}
        },
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with an empty ledger, locked, to be copied."""
    folder = tmp_path_factory.mktemp("made") / "desk"
    make(folder).lock()
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[OpenDesk]:
    with open_desk(Path(shutil.copytree(made, tmp_path / "desk")), PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def anchor(desk: OpenDesk) -> Head:
    """The head after the first 30 of 40 entries, as it stands at the foot of printed minutes."""
    with desk.engine.begin() as connection:
        heads = [write(desk, connection, number) for number in range(1, ENTRIES + 1)]
    return heads[ANCHORED - 1]


def edited(connection: Connection, chance: Random) -> None:
    column = chance.choice(["at", "actor", "action", "objects", "payload"])
    connection.exec_driver_sql(
        f"UPDATE ledger SET {column} = {column} || 'x' WHERE sequence = {chance.randint(1, ANCHORED)}"
    )


def deleted(connection: Connection, chance: Random) -> None:
    connection.exec_driver_sql(f"DELETE FROM ledger WHERE sequence = {chance.randint(1, ANCHORED)}")
    if chance.random() < 0.5:
        close_up(connection)


def inserted(connection: Connection, chance: Random) -> None:
    place = chance.randint(1, ANCHORED)
    connection.exec_driver_sql(f"UPDATE ledger SET sequence = -sequence - 1 WHERE sequence >= {place}")
    connection.exec_driver_sql("UPDATE ledger SET sequence = -sequence WHERE sequence < 0")
    connection.exec_driver_sql(
        f"INSERT INTO ledger SELECT {place}, at, 'a9', action, objects, payload, previous_mac, mac FROM ledger"
        f" WHERE sequence = {place + 1}"
    )


def swapped(connection: Connection, chance: Random) -> None:
    one, other = chance.sample(range(1, ANCHORED + 1), 2)
    for before, after in ((one, -1), (other, one), (-1, other)):
        connection.exec_driver_sql(f"UPDATE ledger SET sequence = {after} WHERE sequence = {before}")


def truncated(connection: Connection, chance: Random) -> None:
    connection.exec_driver_sql(f"DELETE FROM ledger WHERE sequence > {chance.randint(0, ANCHORED - 1)}")


def close_up(connection: Connection) -> None:
    """Numbers the entries without a gap."""
    rows = connection.exec_driver_sql("SELECT sequence FROM ledger ORDER BY sequence").scalars().all()
    for number, sequence in enumerate(rows, 1):
        connection.exec_driver_sql(f"UPDATE ledger SET sequence = {number} WHERE sequence = {sequence}")


def make_anew(desk: OpenDesk, connection: Connection) -> None:
    """Gives every entry the MAC that belongs to what it now says: the key is in the intruder's hands."""
    close_up(connection)
    previous = bytes(32)
    rows = connection.exec_driver_sql(f"SELECT {COLUMNS} FROM ledger ORDER BY sequence").all()
    for sequence, at, actor, action, objects, payload, _, _ in rows:
        mac = desk.ledger._mac((sequence, at, actor, action, objects, payload, previous))
        connection.exec_driver_sql(
            "UPDATE ledger SET previous_mac = ?, mac = ? WHERE sequence = ?", (previous, mac, sequence)
        )
        previous = mac


Tampering: TypeAlias = Callable[[Connection, Random], None]
TAMPERINGS: tuple[Tampering, ...] = (edited, deleted, inserted, swapped, truncated)


@contextmanager
def unguarded(desk: OpenDesk) -> Iterator[Connection]:
    """The database without the triggers that keep the ledger, as they are put back afterwards."""
    with desk.engine.begin() as connection:
        guards = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        for name, _ in guards:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        for _, statement in guards:
            connection.exec_driver_sql(statement)


def tried(desk: OpenDesk, tampering: Tampering, chance: Random, anchors: list[Head], *, anew: bool) -> bool:
    """Whether a check finds what was done to the ledger; afterwards it is as it was."""
    with unguarded(desk) as connection:
        rows = connection.exec_driver_sql(f"SELECT {COLUMNS} FROM ledger").all()
        tampering(connection, chance)
        if anew:
            make_anew(desk, connection)
    found = bool(desk.check(*anchors))
    with unguarded(desk) as connection:
        connection.exec_driver_sql("DELETE FROM ledger")
        for row in rows:
            connection.exec_driver_sql("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?)", tuple(row))
    return found


@pytest.mark.parametrize(
    "tampering",
    [
        pytest.param(
            one,
            id=one.__name__,
            marks=pytest.mark.promise(
                f"ledger {one.__name__} before an anchor, by somebody with the key", "every one found"
            ),
        )
        for one in TAMPERINGS
    ],
)
def test_what_was_done_to_the_ledger_is_found(
    desk: OpenDesk, anchor: Head, tampering: Tampering, times: Times, reached: Reached
) -> None:
    assert desk.check(anchor) == []
    chance, count = times.random(), times(3, full=50)
    found = sum(tried(desk, tampering, chance, [anchor], anew=turn % 2 == 1) for turn in range(count))
    reached(f"{found} of {count} found", times=count)
    assert found == count
    assert desk.check(anchor) == []


@pytest.mark.promise("ledger rolled back with the whole folder", "every one found")
def test_an_older_state_of_the_whole_folder_is_found(
    made: Path, tmp_path: Path, times: Times, reached: Reached
) -> None:
    folder, chance, count = tmp_path / "desk", times.random(), times(3, full=50)
    shutil.copytree(made, folder)
    states = []
    for number in range(4):
        with open_desk(folder, PASSPHRASE) as opened, opened.engine.begin() as connection:
            head = [write(opened, connection, one) for one in range(number + 1)][-1]
        states.append(shutil.copytree(folder, tmp_path / f"state-{number}"))
    *older, newest = states
    assert not is_found(newest, head)
    found = sum(is_found(chance.choice(older), head) for _ in range(count))
    reached(f"{found} of {count} found", times=count)
    assert found == count


def is_found(folder: Path, anchor: Head) -> bool:
    with open_desk(folder, PASSPHRASE) as opened:
        return bool(opened.check(anchor))


@pytest.mark.promise("check of 100,000 ledger entries, a tenth with hashes of rows", "at most 5 times hashing them")
def test_a_long_ledger_is_checked_quickly(desk: OpenDesk, times: Times, reached: Reached) -> None:
    count = times(2_000, full=100_000)
    with desk.engine.begin() as connection:
        for number in range(1, count + 1):
            write(desk, connection, number)
        rows = connection.exec_driver_sql(f"SELECT {COLUMNS} FROM ledger").all()
        messages = ["\n".join(map(str, row[:7])).encode() for row in rows]
        ratio = min(checking(desk, connection) / hashing(messages) for _ in range(5))
    reached(f"{ratio:.1f} times", times=count)
    assert ratio <= 5


def checking(desk: OpenDesk, connection: Connection) -> float:
    began = perf_counter()
    assert desk.ledger.check(connection) == []
    check_rows(connection, ())
    return perf_counter() - began


def hashing(messages: list[bytes]) -> float:
    began = perf_counter()
    for message in messages:
        hmac.digest(b"k" * 32, message, "sha256")
    return perf_counter() - began


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_without_an_anchor_a_chain_made_anew_goes_unseen(
    desk: OpenDesk, anchor: Head, tampering: Tampering, times: Times
) -> None:
    """The broken variant: what is done above is really done, and the chain alone does not show it."""
    assert not tried(desk, tampering, times.random(), [], anew=True)
