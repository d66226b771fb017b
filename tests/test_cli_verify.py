"""``leaddesk verify``, as somebody types it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leaddesk import cli
from leaddesk.services.backups import back_up_to
from leaddesk.services.opening import sign_in
from leaddesk.vault.opening import open_desk
from tests.services.opened import NOON, signed_desk
from tests.vault.making import PASSPHRASE, bytes_and_times, flip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    signed_desk(tmp_path / "desk").lock()
    return tmp_path / "desk"


def run(*arguments: object, secret: str = PASSPHRASE) -> Result:
    return CliRunner().invoke(cli.main, ["verify", *map(str, arguments)], input=f"{secret}\n")


def anchor(folder: Path) -> str:
    return str(json.loads(run("--desk", folder, "--json").stdout)["head"])


def test_a_sound_desk_exits_0_and_gives_an_anchor_that_it_holds(folder: Path) -> None:
    result = run("--desk", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.fullmatch(
        r"Nothing is wrong\. The ledger ends with \d+:[0-9a-f]{64}: keep this elsewhere as an anchor\.\n",
        result.stdout,
    )
    again = run("--desk", folder, "--anchor", anchor(folder), "--json")
    assert (again.exit_code, json.loads(again.stdout)) == (0, {"sound": True, "head": anchor(folder), "findings": []})


def test_each_finding_is_a_line_of_what_where_since_when_and_what_to_do(folder: Path) -> None:
    with open_desk(folder, PASSPHRASE) as opened, opened.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE user SET app_role = 'scribe'")
    result = run("--desk", folder, "--anchor", f"40:{'a' * 64}")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0].startswith("Entries 5 to 40 are missing. Where: ledger, entry 5. Since: after 2026-05-06T19:00")
    assert lines[1].startswith(
        "Row 1 of the table user is not as entry 2 has it. Where: table user, row 1. Since: after "
    )
    assert all("What to do: " in line for line in lines)
    told = json.loads(run("--desk", folder, "--json").stdout)
    assert (told["sound"], told["head"]) == (False, None)
    assert told["findings"][0].keys() == {"what", "where", "since", "todo"}


def test_a_damaged_key_file_is_something_found(folder: Path) -> None:
    (folder / "keys.json").write_bytes(b"{}")
    result = run("--desk", folder)
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "The key file keys.json is damaged. Where: keys.json. Since: not known. What to do: "
    )


def test_a_backup_is_verified_like_a_desk_and_against_the_same_anchors(folder: Path, tmp_path: Path) -> None:
    backup = tmp_path / "monday.leaddesk"
    desk = sign_in(folder, PASSPHRASE, clock=lambda: NOON)
    back_up_to(desk, backup)
    desk.lock()
    told = run("--backup", backup, "--json")
    assert (told.exit_code, told.stderr) == (0, "")
    head = json.loads(told.stdout)["head"]
    assert run("--backup", backup, "--anchor", head).exit_code == 0
    newer = run("--backup", backup, "--anchor", f"90:{'a' * 64}")
    assert newer.exit_code == 1
    assert "are missing. Where: ledger" in newer.stdout
    flip(backup, backup.stat().st_size // 2)
    damaged = run("--backup", backup)
    assert damaged.exit_code == 1
    assert damaged.stdout.startswith("This backup is damaged. Where: monday.leaddesk. Since: not known. What to do: ")


@pytest.mark.parametrize(
    ("arguments", "secret", "said"),
    [
        (("--desk", "nowhere"), PASSPHRASE, "There is no desk in this folder."),
        (("--desk", "desk"), "not this one", "This passphrase does not open the desk."),
        (("--desk", "desk"), "", "No passphrase was given."),
        (("--desk", "desk", "--anchor", "12"), PASSPHRASE, "An anchor is a number, a colon and 64 hex digits."),
        ((), PASSPHRASE, "Usage: "),
        (("--desk", "desk", "--backup", "x.leaddesk"), PASSPHRASE, "Usage: "),
        (("--backup", "x.leaddesk", "--slot", "1"), PASSPHRASE, "Usage: "),
        (("--backup", "x.leaddesk"), PASSPHRASE, "The backup could not be read."),
    ],
)
def test_what_could_not_be_looked_at_exits_2_and_changes_nothing(
    folder: Path, arguments: tuple[str, ...], secret: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    before = bytes_and_times(folder)
    result = run(*arguments, secret=secret)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(said)
    assert bytes_and_times(folder) == before
