"""Many threads at one desk, in a program of its own, so that a crash is seen."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.promises.batches import Kept, kept
from tests.promises.row import Reached, Times
from tests.promises.threads import THREADS

PROJECT = Path(__file__).parents[2]
TRANSACTIONS = 40


def run(folder: Path, transactions: int, pool: str = "") -> "subprocess.CompletedProcess[str]":
    """Twenty threads at a desk, with its own pool or another."""
    command = [sys.executable, "-m", "tests.promises.threads", str(folder), str(transactions), pool]
    return subprocess.run(command, check=False, cwd=PROJECT, capture_output=True, text=True, timeout=300)


@pytest.mark.promise(f"{THREADS} threads × {TRANSACTIONS} transactions × 10 runs", "0 crashes, 0 “locked”")
def test_threads(new: Path, tmp_path: Path, reached: Reached, times: Times) -> None:
    count, transactions = times(1, full=10), times(2, full=TRANSACTIONS)
    ends, failures = [], []
    for number in range(count):
        desk = Path(shutil.copytree(new, tmp_path / f"desk{number}"))
        ended = run(desk, transactions)
        *failed, written = ended.stdout.splitlines() or [""]
        failures += failed
        ends.append((ended.returncode, written, kept(desk, ())))
    crashes, locked = sum(code != 0 for code, _, _ in ends), sum("locked" in failure for failure in failures)
    reached(f"{crashes} crashes, {locked} “locked”", times=count)
    assert failures == []
    assert ends == [(0, f"written: {THREADS * transactions}", Kept(0, 0, ()))] * count


@pytest.mark.usefixtures("in_full_alone")
def test_threads_crash_or_fail_with_another_pool(new: Path, tmp_path: Path) -> None:
    ended = run(Path(shutil.copytree(new, tmp_path / "desk")), 5, "SingletonThreadPool")
    assert ended.returncode != 0 or len(ended.stdout.splitlines()) > 1
