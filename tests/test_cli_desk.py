"""The commands that open a desk, as somebody types them."""

import io
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from leaddesk import cli
from leaddesk.commands.common import Secrets
from leaddesk.models import Attendee, Participant
from leaddesk.models.ids import row_id
from leaddesk.policy.records import Kind
from leaddesk.services.drafts import ParticipantForm
from leaddesk.services.opening import sign_in
from leaddesk.services.participants import save_participant
from tests.services.opened import signed_desk
from tests.vault.making import PASSPHRASE, bytes_and_times

DATA = Path(__file__).parent / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A locked desk that holds one participant."""
    desk = signed_desk(tmp_path / "desk", clock=lambda: datetime.now(UTC))
    desk.do(save_participant, ParticipantForm(given_name="Ana", family_name="Lind"), desk.everyday)
    desk.lock()
    return tmp_path / "desk"


def run(*arguments: object, secret: str | None = PASSPHRASE) -> Result:
    typed = None if secret is None else f"{secret}\n"
    return CliRunner().invoke(cli.main, list(map(str, arguments)), input=typed)


def people(folder: Path) -> tuple[int, int]:
    """How many attendees and participants the desk holds."""
    desk = sign_in(folder, PASSPHRASE, clock=lambda: datetime.now(UTC))
    with desk.unit() as unit:
        count = sa.func.count()
        attendees = unit.rows.scalar(sa.select(count).select_from(Attendee))
        participants = unit.rows.scalar(sa.select(count).select_from(Participant))
    desk.lock()
    return attendees or 0, participants or 0


def test_both_sample_files_go_in(folder: Path) -> None:
    result = run("import", "attendees", DATA / "attendees.csv", "--desk", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1] == "36 attendees were added, 54 notes."
    assert "note: row 12, Position: “Admin” is none of the roles." in result.stdout
    told = json.loads(run("import", "participants", DATA / "roster.xlsx", "--desk", folder, "--json").stdout)
    assert (told["kind"], told["added"], told["dry_run"]) == ("participants", 125, False)
    assert {"row": 5, "column": "Door", "severity": "note"}.items() <= told["findings"][0].items()
    assert people(folder) == (37, 126)


def test_a_problem_row_is_listed_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Name,Referred\nTom Ruiz,2026-04-01\n#REF!,2026-04-01\n", encoding="utf-8")
    result = run("import", "participants", tmp_path / "list.csv", "--desk", folder)
    assert result.exit_code == 1
    assert "problem: row 3, Name: “#REF!” can't be read as a name." in result.stdout.splitlines()
    assert result.stdout.splitlines()[-1] == "1 problem. Nobody was added."
    assert people(folder) == (1, 1)


def test_a_dry_run_says_what_would_be_and_writes_nothing(folder: Path) -> None:
    result = run("import", "attendees", DATA / "attendees.csv", "--desk", folder, "--dry-run")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "36 attendees would be added, 54 notes.")
    assert people(folder) == (1, 1)


@pytest.mark.parametrize(
    "command",
    [
        ("import", "attendees", DATA / "attendees.csv"),
        ("import", "participants", DATA / "roster.xlsx"),
        ("export", "--out", "all.json"),
    ],
)
def test_a_wrong_passphrase_exits_2_and_changes_nothing_on_disk(
    folder: Path, command: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = bytes_and_times(tmp_path)
    result = run(*command, "--desk", folder, secret="a kettle on the second shelf")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "This passphrase does not open the desk.",
        "Nothing on disk was changed.",
        "Check Caps Lock and the keyboard layout, and try again.",
    ]
    assert bytes_and_times(tmp_path) == before


def test_no_passphrase_no_desk_and_no_list_exit_2(folder: Path, tmp_path: Path) -> None:
    silent = run("export", "--desk", folder, "--out", tmp_path / "all.json", secret=None)
    assert (silent.exit_code, silent.stderr.splitlines()[0]) == (2, "No passphrase was given.")
    nowhere = run("import", "attendees", DATA / "attendees.csv", "--desk", tmp_path / "nowhere")
    assert (nowhere.exit_code, nowhere.stderr.splitlines()[0]) == (2, "There is no desk in this folder.")
    absent = run("import", "attendees", tmp_path / "absent.csv", "--desk", folder)
    assert (absent.exit_code, absent.stderr.splitlines()[0][:26]) == (2, "This file can't be opened ")
    without = run("export", "--out", tmp_path / "all.json")
    assert without.exit_code == 2
    assert not (tmp_path / "all.json").exists()


def test_a_passphrase_is_asked_for_on_a_terminal_and_not_shown_there(folder: Path, tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="needs a terminal of its own")
    controller, terminal = pty.openpty()
    script = "from leaddesk.cli import main; main()"
    arguments = [sys.executable, "-c", script, "export", "--desk", str(folder), "--out", str(tmp_path / "all.json")]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=terminal, stdout=pipe, stderr=pipe, start_new_session=True) as child:
        assert child.stderr is not None
        assert child.stderr.read(12) == b"Passphrase: "
        os.write(controller, f"{PASSPHRASE}\n".encode())
        said, complained = child.communicate()
    os.set_blocking(controller, False)
    with pytest.raises(BlockingIOError):  # nothing was shown
        os.read(controller, 1000)
    os.close(terminal)
    os.close(controller)
    assert (child.returncode, complained) == (0, b"\n")
    assert b"records written to all.json" in said
    assert PASSPHRASE.encode() not in said


def test_an_export_is_written_once_and_says_how_much_it_leaves_out(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.json"
    result = run("export", "--desk", folder, "--out", out)
    assert (result.exit_code, result.stderr) == (0, "")
    data = json.loads(out.read_text(encoding="utf-8"))
    assert result.stdout == (
        f"{len(data['records'])} records written to all.json; "
        f"{data['left_out']} value left out that this export may not hold.\n"
    )
    assert out.stat().st_mode & 0o777 == 0o600
    before = bytes_and_times(tmp_path)
    again = run("export", "--desk", folder, "--out", out)
    assert (again.exit_code, again.stderr.splitlines()[0]) == (2, "There is something of that name already.")
    assert bytes_and_times(tmp_path) == before
    counted = json.loads(run("export", "--desk", folder, "--out", tmp_path / "2.json", "--json").stdout)
    assert counted == {"records": len(data["records"]), "left_out": data["left_out"]}


def test_a_bug_names_its_kind_and_place_and_nobody() -> None:
    @click.command
    def broken() -> None:
        row_id(Kind.AGENCY, "Ana Lind")

    result = CliRunner().invoke(cli._Commands(commands=[broken]), ["broken"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.fullmatch(
        r"A bug in LeadDesk stopped this command: ValueError in models/ids\.py, line \d+\.\n", result.stderr
    )


def test_further_secrets_are_on_further_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("first one\r\nsécond\n".encode())))
    secrets = Secrets()
    assert [secrets.next("Passphrase"), secrets.next("New passphrase")] == ["first one", "sécond"]
