"""Pre-flight as somebody types it, on the demo desk."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leaddesk import cli
from leaddesk.services.demo import PASSPHRASE, demo_desk
from leaddesk.workday import WorkdayClock
from tests.vault.making import FLOOR


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("preflight") / "desk"
    demo_desk(folder, clock=WorkdayClock(), kdf=FLOOR).lock()
    return folder


def run(folder: Path, *arguments: str) -> Result:
    command = ["preflight", "--desk", str(folder), *arguments]
    return CliRunner().invoke(cli.main, command, input=f"{PASSPHRASE}\n")


def test_it_tells_who_narrows_each_item_and_an_order(folder: Path) -> None:
    said = run(folder, "--present", "Dana Whitfield;Tom Bell;MIA  hart")
    assert (said.exit_code, said.stderr) == (0, "")
    lines = said.stdout.splitlines()
    assert lines[0] == "3 expected: Tom Bell, Mia Hart, Dana Whitfield."
    assert any("the room reads: P-" in line for line in lines)
    assert any("M. Hart" in line and "→" in line for line in lines)


def test_in_json_every_item_has_what_the_room_reads_and_why_not_more(folder: Path) -> None:
    told = json.loads(run(folder, "--present", "Whitfield; mia hart;", "--json").stdout)
    assert told["present"] == ["Mia Hart", "Dana Whitfield"]
    assert set(told["items"][0]) == {"number", "title", "room_reads", "minutes", "by_name", "withheld", "step_out"}
    (row, *_) = next(item["withheld"] for item in told["items"] if item["withheld"])
    assert set(row) == {"what", "why", "fixes", "rows"}
    assert [turn["id"] for turn in told["order"]]


def test_without_names_the_regulars_are_expected(folder: Path) -> None:
    assert json.loads(run(folder, "--json").stdout)["present"]


def test_a_name_is_found_without_its_accents(folder: Path) -> None:
    told = json.loads(run(folder, "--present", "Nguyen", "--json").stdout)
    assert told["present"] == ["Linh Nguyễn"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--present", "Nobody Atall"), "Nobody who attends is called “Nobody Atall”."),
        (("--present", "Lund;LEAD"), "Nobody who attends is called “LEAD”."),
        (("--meeting", "99"), "There is no meeting 99."),
    ],
)
def test_a_name_or_number_that_nobody_has_is_said_so(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(folder, *arguments)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0] == said
