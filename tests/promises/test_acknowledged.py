"""No acknowledged change lost, whatever ends the writing; and wrong passphrases on what was left."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from leaddesk.errors import KnownError
from leaddesk.vault.errors import WrongPassphrase
from tests.promises.batches import Kept, kept, opened
from tests.promises.disk import Disk, Kind, Recorder, Step
from tests.promises.row import Reached, Times
from tests.vault.making import bytes_and_times

PROJECT = Path(__file__).parents[2]
PROMISE = "no acknowledged change lost"


@pytest.fixture
def folder(new: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(new, tmp_path / "desk"))


def writer(*arguments: object, env: dict[str, str] | None = None) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.promises.writer", *map(str, arguments)]
    return subprocess.Popen(command, cwd=PROJECT, env=env, stdout=subprocess.PIPE, text=True)


def numbers(lines: Iterable[str]) -> list[int]:
    """The batches that a writer said were on disk; a line cut off in the middle was not said."""
    return [int(line) for line in lines if line.endswith("\n") and line.strip().isdigit()]


def killed_while_writing(folder: Path, first: int, lines: int) -> list[int]:
    """The batches that a writer acknowledged before it was killed with -9."""
    with writer(folder, first, 1_000) as process:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(lines + 1)]
        process.kill()
        return numbers([*said, *process.stdout])


@pytest.mark.promise(f"{PROMISE}: kill -9 while writing", "0 lost, 0 partial")
def test_a_kill_while_writing(folder: Path, reached: Reached, times: Times) -> None:
    count, random = times(1, full=100), times.random()
    acknowledged: list[int] = []
    ends = []
    for _ in range(count):
        first = max(acknowledged, default=-1) + 2  # one more may have been written and not told
        acknowledged += killed_while_writing(folder, first, random.randrange(1, 30))
        ends.append(kept(folder, acknowledged))
    judge(ends, reached)


def judge(ends: list[Kept], reached: Reached) -> None:
    lost, partial = sum(end.lost for end in ends), sum(end.partial for end in ends)
    reached(f"{lost} lost, {partial} partial", times=len(ends))
    assert [end for end in ends if end != Kept(0, 0, ())] == []


@pytest.mark.promise("three wrong passphrases on a desk killed while writing", "0 damage")
def test_wrong_passphrases_after_a_kill(folder: Path, reached: Reached, times: Times) -> None:
    count, random = times(1, full=20), times.random()
    changed, ends = 0, []
    acknowledged: list[int] = []
    for _ in range(count):
        acknowledged += killed_while_writing(folder, max(acknowledged, default=-1) + 2, random.randrange(1, 30))
        assert (folder / "desk.db-wal").stat().st_size
        before = bytes_and_times(folder)
        for wrong in ("", "a kettle on the fourth shelf", "A kettle on the third shelf"):
            with pytest.raises(WrongPassphrase):
                opened(folder, wrong)
        changed += bytes_and_times(folder) != before
        ends.append(kept(folder, acknowledged))
    reached(f"{changed} desks changed", times=count)
    assert changed == 0
    assert [end for end in ends if end != Kept(0, 0, ())] == []


def recorded(recorder: Recorder, folder: Path, batches: int, synchronous: str = "FULL") -> list[Step]:
    """What a program does that writes batches to a desk and locks it."""
    with writer(folder, 0, batches, synchronous, env=recorder.watching(folder)) as process:
        assert process.stdout
        assert process.stdout.read().splitlines()[-1] == "locked"
    return recorder.steps()


def power_cuts(disk: Disk, steps: list[Step], times: Times, count: int, target: Path) -> list[Kept | str]:
    """What a desk holds after the power was cut at random moments; a sentence where it does not open."""
    random = times.random()
    # half of the moments are near the end, where the desk is being locked
    moments = sorted(random.randrange(len(steps) // 2 * (cut % 2), len(steps)) for cut in range(count))
    said = b""
    ends: list[Kept | str] = []
    for moment, step in enumerate(steps):
        disk.take(step)
        if step.kind is Kind.SAID:
            said += step.data
        for _ in range(moments.count(moment)):
            disk.after_power_cut(target, random)
            try:
                ends.append(kept(target, numbers(said.decode().splitlines(keepends=True))))
            except KnownError as error:
                ends.append(str(error))
            shutil.rmtree(target)
    return ends


@pytest.mark.promise(f"{PROMISE}: power cut, as far as the disk was not told to sync", "0 lost, 0 partial")
def test_a_power_cut(folder: Path, recorder: Recorder, tmp_path: Path, reached: Reached, times: Times) -> None:
    disk = Disk(folder)
    steps = recorded(recorder, folder, times(20, full=200))
    ends = power_cuts(disk, steps, times, times(10, full=500), tmp_path / "cut")
    assert [end for end in ends if isinstance(end, str)] == []
    judge([end for end in ends if isinstance(end, Kept)], reached)


@pytest.mark.usefixtures("in_full_alone")
def test_a_power_cut_is_noticed_where_the_disk_is_not_told_to_sync(
    new: Path, recorder: Recorder, tmp_path: Path, times: Times
) -> None:
    for synchronous in ("OFF", "NORMAL"):
        folder = Path(shutil.copytree(new, tmp_path / synchronous))
        disk = Disk(folder)
        steps = recorded(recorder, folder, 20, synchronous)
        ends = power_cuts(disk, steps, times, 6, tmp_path / "cut")
        assert any(isinstance(end, str) or end != Kept(0, 0, ()) for end in ends)


@pytest.mark.promise(f"{PROMISE}: full disk", "0 lost, 0 partial")
def test_a_full_disk(folder: Path, recorder: Recorder, tmp_path: Path, reached: Reached, times: Times) -> None:
    random = times.random()
    ends = []
    for number in range(times(1, full=100)):
        desk = Path(shutil.copytree(folder, tmp_path / f"desk{number}"))
        env = recorder.watching(desk, room_left=random.randrange(3_000_000))
        with writer(desk, 0, 1_000, env=env) as process:
            assert process.stdout
            said = process.stdout.readlines()
        assert process.returncode == 0
        assert said[-2].startswith("refused: ")
        ends.append(kept(desk, numbers(said)))
    judge(ends, reached)
