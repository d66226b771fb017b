"""The restore drill: a backup, the paper key and the README alone, in a folder that has never seen the desk."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from leaddesk.models import Base
from leaddesk.policy.paper_key import groups_of_four
from leaddesk.services.backups import BackupKind, back_up
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Unit
from leaddesk.services.opening import sign_in
from leaddesk.vault.desk import PAPER_SLOT
from leaddesk.vault.recovery import new_paper_key
from tests.journeys.stage import START
from tests.promises.row import Reached, Times
from tests.vault.making import FLOOR

README = Path(__file__).parents[2] / "README.md"
NEW = "seven gulls over the ferry landing"


def commands() -> list[list[str]]:
    """The commands of the drill, as the README has them."""
    section = README.read_text(encoding="utf-8").split("### Backups, and the restore drill")[1].split("\n### ")[0]
    return [line.split()[1:] for line in re.findall(r"^ {4}(leaddesk .+)$", section, flags=re.MULTILINE)]


def run(place: Path, arguments: list[str], typed: str) -> "subprocess.CompletedProcess[str]":
    """A command in a home of its own, with nothing of this computer's settings."""
    clean = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    home = {"HOME": str(place / "home"), "PYTHONPATH": str(README.parent), "PYTHONUTF8": "1"}
    program = [sys.executable, "-c", "from leaddesk.cli import main; main()"]
    return subprocess.run(
        [*program, *arguments], cwd=place, env=clean | home, input=typed, capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip


def rows(unit: Unit) -> dict[str, int]:
    """How many rows each table has."""
    counts = {}
    for name, table in Base.metadata.tables.items():
        counts[name] = unit.rows.scalar(select(func.count()).select_from(table)) or 0
    return counts


@pytest.fixture(scope="module")
def backed_up(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, dict[str, int]]:
    """A backup on another drive of a desk in mid-meeting, its paper key, and what was on the desk, which is gone."""
    place = tmp_path_factory.mktemp("place")
    folder, drive = place / "desk", place / "drive"
    shutil.copytree(demo, folder)
    desk = sign_in(folder, PASSPHRASE, clock=lambda: START)
    paper_key = new_paper_key()
    slot = desk.new_slot(PAPER_SLOT, paper_key, kdf=FLOOR)
    desk.do(lambda unit: unit.put_slot(slot))
    drive.mkdir()
    made = back_up(desk, BackupKind.BY_HAND, drive=drive)
    held = desk.do(rows)
    desk.lock()
    shutil.rmtree(folder)
    (copy,) = drive.rglob(made.file.name)
    return copy, " ".join(groups_of_four(paper_key)), held


@pytest.mark.promise("restore drill from a backup and the paper key alone, as the README says", "works")
def test_the_drill_works_on_a_fresh_machine(
    backed_up: tuple[Path, str, dict[str, int]], tmp_path: Path, reached: Reached, times: Times
) -> None:
    copy, paper_key, held = backed_up
    fresh, count = tmp_path / "fresh", times(1, full=3)
    works = 0
    for number in range(count):
        place = fresh / str(number)
        (place / "home").mkdir(parents=True)
        shutil.copy(copy, place / "desk.leaddesk")
        (restore, verify) = commands()
        restored = run(place, restore, f"{paper_key}\n{NEW}\n")
        verified = run(place, verify, f"{NEW}\n")
        assert (restored.returncode, restored.stderr, verified.returncode, verified.stderr) == (0, "", 0, "")
        assert re.match(r"The desk from Wednesday 6 May 2026 \(2026-05-06\), \d+ days old, was", restored.stdout)
        desk = sign_in(place / "restored", NEW, clock=lambda: START)
        works += desk.do(rows) == held
        desk.lock()
    reached("works" if works == count else f"{count - works} desks came back incomplete", times=count)
    assert works == count


@pytest.mark.usefixtures("in_full_alone")
def test_the_drill_without_the_right_paper_key_restores_nothing(
    backed_up: tuple[Path, str, dict[str, int]], tmp_path: Path
) -> None:
    copy, _, _ = backed_up
    (tmp_path / "home").mkdir()
    shutil.copy(copy, tmp_path / "desk.leaddesk")
    failed = run(tmp_path, commands()[0], f"{' '.join(groups_of_four(new_paper_key()))}\n{NEW}\n")
    assert failed.returncode == 2
    assert not (tmp_path / "restored").exists()
