"""Changes of keys and schema, and backups, ended half-way at each of their steps."""

import functools
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import TypeAlias

import pytest

from leaddesk.errors import KnownError
from leaddesk.vault.errors import WrongPassphrase
from leaddesk.vault.opening import open_desk
from tests.promises.changer import BEFORE, CHANGES, SECRETS, Change, State, make_desk
from tests.promises.disk import Disk, Kind, Recorder, Step
from tests.promises.row import Reached, Times

PROJECT = Path(__file__).parents[2]
#: Chooses the moments at which a change is ended, out of its steps.
Choice: TypeAlias = Callable[[list[Step]], set[int]]

FILES = {"desk.db", "keys.json", "keys.previous.json"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "desk"
    make_desk(folder)
    return folder


def changer(folder: Path, env: dict[str, str], *change: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.promises.changer", str(folder), *change]
    return subprocess.run(command, check=False, cwd=PROJECT, env=env, stdout=subprocess.PIPE, text=True, timeout=60)


def state(folder: Path) -> State:
    """The state of a desk after a crash, seen by everybody who might try to open it, twice.

    Raises:
        AssertionError: it is not sound, or not the same the second time, or something was left behind.
    """
    seen = []
    for _ in range(2):
        opening = frozenset(secret for secret in SECRETS if opens(folder, secret))
        assert opening, "nobody can open the desk"
        with open_desk(folder, min(opening)) as desk:
            assert desk.check() == []
            seen.append(State.of(desk, opening))
        assert {path.name for path in folder.iterdir() if path.is_file()} == FILES
        assert (folder / "keys.json").read_bytes() == (folder / "keys.previous.json").read_bytes()
    assert seen[0] == seen[1]
    return seen[0]


def opens(folder: Path, secret: str) -> bool:
    try:
        open_desk(folder, secret).lock()
    except WrongPassphrase:
        return False
    return True


def fault(folder: Path, change: Change, said: bytes) -> str:
    """What is wrong with a desk after a crash, given what the program had said until then; empty if nothing is."""
    try:
        now = state(folder)
    except (AssertionError, KnownError) as error:
        return str(error) or repr(error)
    allowed = [change.after] if b"done" in said else [BEFORE, change.after] if b"begun" in said else [BEFORE]
    return "" if now in allowed else f"neither before nor after: {now}"


def at_some(times: Times) -> Choice:
    """Ends a change at each step besides writes of pages, and at a hundred of those; at a few, in small."""

    def choose(steps: list[Step]) -> set[int]:
        random = times.random()
        telling = [moment for moment, step in enumerate(steps) if step.kind not in (Kind.WRITTEN, Kind.SAID)]
        pages = [moment for moment, step in enumerate(steps) if step.kind is Kind.WRITTEN]
        some = random.sample(telling, min(times(1, full=1_000), len(telling)))
        return {*some, *random.sample(pages, min(times(1, full=100), len(pages)))}

    return choose


def before_each_sync_of_the_folder(steps: list[Step]) -> set[int]:
    return {moment for moment, step in enumerate(steps) if step.kind is Kind.LISTED}


def faults(made: Path, workshop: Path, recorder: Recorder, choose: Choice, random: Random, *change: str) -> list[str]:
    """What is wrong with the desks that a change leaves where it is ended half-way, by a kill and by a power cut."""
    folder = Path(shutil.copytree(made, workshop / "desk"))
    disk, crashed, said, found = Disk(folder), workshop / "crashed", b"", []
    assert changer(folder, recorder.watching(folder), *change).stdout.split() == ["begun", "done"]
    steps = recorder.steps()
    ends = choose(steps)
    for moment, step in enumerate(steps):
        if moment in ends:
            for leave in (disk.after_kill, functools.partial(disk.after_power_cut, random=random)):
                leave(crashed)
                found.append(fault(crashed, CHANGES[change[0]], said))
                shutil.rmtree(crashed)
        disk.take(step)
        if step.kind is Kind.SAID:
            said += step.data
    return found


def killed(made: Path, workshop: Path, recorder: Recorder, count: int, change: str) -> Iterator[str]:
    """What is wrong with the desks of programs that were really killed, each a step later."""
    for step in range(1, count + 1):
        folder = Path(shutil.copytree(made, workshop / f"killed{step}"))
        ended = changer(folder, recorder.watching(folder, dies_at=step), change)
        assert ended.returncode == -signal.SIGKILL
        yield fault(folder, CHANGES[change], ended.stdout.encode())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(name, marks=pytest.mark.promise(f"{name} ended half-way", "one consistent state, 0 lock-outs"))
        for name in CHANGES
    ],
)
def test_a_change_ended_half_way(
    made: Path, tmp_path: Path, recorder: Recorder, change: str, *, reached: Reached, times: Times
) -> None:
    found = faults(made, tmp_path, recorder, at_some(times), times.random(), change)
    found += killed(made, tmp_path, recorder, times(0, full=15), change)
    broken = [sentence for sentence in found if sentence]
    reached(f"{len(broken)} desks in another state or locked out", times=len(found))
    assert broken == []


@pytest.mark.usefixtures("in_full_alone")
def test_a_key_file_replaced_before_the_database_knows_of_it_is_noticed(
    made: Path, tmp_path: Path, recorder: Recorder, times: Times
) -> None:
    choose = before_each_sync_of_the_folder
    assert any(faults(made, tmp_path, recorder, choose, times.random(), "passphrase change", "careless"))
