"""``leaddesk users``, as somebody types it."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from leaddesk import cli, paths
from leaddesk.errors import KnownError
from leaddesk.models.words import AppRole
from leaddesk.services import people, users
from leaddesk.services.backups import BackupKind, back_up, dated
from leaddesk.services.drafts import AttendeeForm
from leaddesk.services.opening import recover, sign_in
from tests.services.opened import signed_desk
from tests.vault.making import FLOOR, PASSPHRASE, bytes_and_times

THEIRS = "seven boats under a tin roof"
OTHER = "gravel road, cold lemonade, owl"


def clock() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A locked desk with a chair, a scribe, and somebody who attends and is no user."""
    desk = signed_desk(tmp_path / "desk", clock=clock)
    mia = desk.do(people.save_attendee, AttendeeForm(given_name="Mia", family_name="Hart"))
    desk.do(people.save_attendee, AttendeeForm(given_name="Tom", family_name="Bell"))
    users.add_user(desk, mia, AppRole.SCRIBE, THEIRS, kdf=FLOOR)
    desk.lock()
    return tmp_path / "desk"


def run(verb: str, folder: Path, *arguments: object, lines: tuple[str, ...] = (PASSPHRASE,)) -> Result:
    typed = "".join(f"{line}\n" for line in lines)
    return CliRunner().invoke(cli.main, ["users", verb, "--desk", str(folder), *map(str, arguments)], input=typed)


def opens(folder: Path, passphrase: str, slot: int | None = None) -> bool:
    try:
        sign_in(folder, passphrase, clock=clock, slot=slot).lock()
    except KnownError:
        return False
    return True


def test_the_users_are_listed_in_words_and_for_programs(folder: Path) -> None:
    result = run("list", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "Jo Reyes (you) · Chair · LEAD PMT · slot 1",
        "Mia Hart · Scribe · slot 2",
        "The desk has no paper key.",
    ]
    told = json.loads(run("list", folder, "--json").stdout)
    assert told["users"][1] == {"name": "Mia Hart", "agency": "", "role": "scribe", "slot": 2, "you": False}
    assert told["paper_key"] is False


def test_a_user_is_added_with_a_passphrase_of_their_own_and_slot_tries_one_alone(folder: Path) -> None:
    result = run("add", folder, "--attendee", "tom  bell", "--role", "chair", lines=(PASSPHRASE, OTHER))
    assert (result.exit_code, result.stderr) == (0, "")
    assert opens(folder, OTHER)
    assert run("list", folder, "--slot", 3, lines=(OTHER,)).exit_code == 0
    wrong = run("list", folder, "--slot", 1, lines=(OTHER,))
    assert (wrong.exit_code, wrong.stderr.splitlines()[0]) == (2, "This passphrase does not open the desk.")


@pytest.mark.parametrize(
    ("verb", "arguments", "lines", "said"),
    [
        ("add", ("--attendee", "Tom Bell", "--role", "scribe"), (PASSPHRASE, "Tom Bell Tom Bell"), "too easy"),
        ("add", ("--attendee", "Nobody", "--role", "scribe"), (PASSPHRASE, OTHER), "Nobody who could be added"),
        ("add", ("--attendee", "Tom Bell", "--role", "scribe"), (PASSPHRASE,), "No passphrase was given."),
        ("add", ("--attendee", "Tom Bell", "--role", "chair"), (THEIRS, OTHER), "Adding a user is for the chair."),
        ("role", ("--attendee", "Jo Reyes", "--role", "scribe"), (PASSPHRASE,), "without a chair"),
        ("role", ("--attendee", "Mia Hart", "--role", "chair"), (THEIRS,), "is for the chair."),
        ("remove", ("--attendee", "Mia Hart"), (PASSPHRASE,), "This can't be undone."),
        ("remove", ("--attendee", "Jo Reyes", "--yes"), (THEIRS,), "Removing a user is for the chair."),
        ("remove", ("--attendee", "Tom Bell", "--yes"), (PASSPHRASE,), "No user is called that."),
        ("paper-key", (), (THEIRS,), "Making a paper key is for the chair."),
        ("paper-key", (), (PASSPHRASE, "8M4T"), "This is no paper key"),
    ],
)
def test_what_can_not_be_done_exits_2_and_changes_no_user(
    folder: Path, verb: str, arguments: tuple[str, ...], lines: tuple[str, ...], said: str
) -> None:
    before = json.loads(run("list", folder, "--json").stdout)
    result = run(verb, folder, *arguments, lines=lines)
    assert result.exit_code == 2
    assert said in result.stderr
    assert json.loads(run("list", folder, "--json").stdout) == before


def test_a_role_is_changed_and_a_user_removed_while_everybody_else_stays(folder: Path) -> None:
    assert run("role", folder, "--attendee", "Mia Hart", "--role", "chair").exit_code == 0
    assert json.loads(run("list", folder, "--json").stdout)["users"][1]["role"] == "chair"
    removed = run("remove", folder, "--attendee", "Mia Hart", "--yes")
    assert (removed.exit_code, removed.stderr) == (0, "")
    assert not opens(folder, THEIRS)
    assert opens(folder, PASSPHRASE)


def test_ones_own_passphrase_is_changed_by_a_scribe_too(folder: Path) -> None:
    result = run("passphrase", folder, "--slot", 2, lines=(THEIRS, OTHER))
    assert (result.exit_code, result.stderr) == (0, "")
    assert (opens(folder, OTHER), opens(folder, THEIRS), opens(folder, PASSPHRASE)) == (True, False, True)


def test_a_paper_key_holds_once_it_was_typed_back_from_its_sheet(folder: Path, tmp_path: Path) -> None:
    sheet, script = tmp_path / "sheet.pdf", "from leaddesk.cli import main; main()"
    arguments = [sys.executable, "-c", script, "users", "paper-key", "--desk", str(folder), "--sheet", str(sheet)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(f"{PASSPHRASE}\n".encode())
        child.stdin.flush()
        assert child.stdout.readline() == b"Print sheet.pdf, then delete the file." + os.linesep.encode()
        key = key_on(sheet)
        said, complained = child.communicate(f"{key.lower()}\n".encode())
    assert (child.returncode, complained) == (0, b"")
    assert key.encode() not in said
    if os.name == "posix":
        assert sheet.stat().st_mode & 0o777 == 0o600
    assert json.loads(run("list", folder, "--json").stdout)["paper_key"] is True
    recover(folder, key, OTHER, clock=clock, kdf=FLOOR)
    assert opens(folder, OTHER)


def key_on(sheet: Path) -> str:
    document = pypdfium2.PdfDocument(sheet)
    lines = document[0].get_textpage().get_text_bounded().splitlines()
    document.close()
    return " ".join(" ".join(line.split()) for line in lines[3:5])


def test_without_a_sheet_the_key_is_told_once_and_an_existing_file_is_not_written_over(
    folder: Path, tmp_path: Path
) -> None:
    result = run("paper-key", folder, lines=(PASSPHRASE, "no"))
    assert result.stdout.startswith("Write this on paper, it is not told again: ")
    assert len(result.stdout.split(": ")[1].split()) == 7
    (tmp_path / "here.pdf").write_bytes(b"mine")
    before = bytes_and_times(tmp_path)
    again = run("paper-key", folder, "--sheet", tmp_path / "here.pdf")
    assert (again.exit_code, again.stderr.splitlines()[0]) == (2, "There is something of that name already.")
    assert bytes_and_times(tmp_path) == before


def test_backups_that_a_removed_user_still_opens_are_named_or_made_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "_settings", lambda: folder.parent / "settings.json")
    desk = sign_in(folder, PASSPHRASE, clock=clock)
    old = back_up(desk, BackupKind.DAILY).file
    tom = desk.do(people.save_attendee, AttendeeForm(given_name="Tom", family_name="Rye"))
    users.add_user(desk, tom, AppRole.SCRIBE, OTHER, kdf=FLOOR)
    desk.lock()
    removed = run("remove", folder, "--attendee", "Mia Hart", "--yes")
    assert f"The old key still opens this backup: {old}" in removed.stdout.splitlines()
    again = run("remove", folder, "--attendee", "Tom Rye", "--yes", "--renew-backups")
    assert (again.exit_code, again.stderr) == (0, "")
    assert "still opens" not in again.stdout
    (new,) = dated(folder / "backups").values()
    assert new.name != old.name
