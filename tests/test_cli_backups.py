"""``leaddesk backup``, ``restore``, ``recover`` and ``verify --backup``, as somebody types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leaddesk import cli
from leaddesk.policy.paper_key import groups_of_four
from leaddesk.services.opening import sign_in
from leaddesk.vault.desk import PAPER_SLOT
from leaddesk.vault.recovery import new_paper_key
from tests.services.opened import NOON, signed_desk
from tests.vault.making import FLOOR, PASSPHRASE, bytes_and_times

PAPER = " ".join(groups_of_four(new_paper_key()))
NEW = "seven gulls over the ferry landing"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to type commands in, with a desk in it."""
    desk = signed_desk(tmp_path / "desk")
    slot = desk.new_slot(PAPER_SLOT, PAPER.replace(" ", ""), kdf=FLOOR)
    desk.do(lambda unit: unit.put_slot(slot))
    desk.lock()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(line: str, *secrets: str) -> Result:
    return CliRunner().invoke(cli.main, line.split(), input="".join(f"{secret}\n" for secret in secrets))


def test_a_backup_is_written_verified_and_restored_by_a_passphrase(place: Path) -> None:
    made = run("backup --desk desk now.leaddesk", PASSPHRASE)
    assert (made.exit_code, made.stderr) == (0, "")
    assert made.stdout.startswith("now.leaddesk was written and verified, ")
    again = run("restore now.leaddesk again", PASSPHRASE)
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.startswith("The desk from ")
    assert "old, was restored to again and verified." in again.stdout
    sign_in(place / "again", PASSPHRASE, clock=lambda: NOON).lock()


def test_the_paper_key_restores_it_and_sets_a_new_passphrase(place: Path) -> None:
    told = json.loads(run("backup --desk desk now.leaddesk --json", PASSPHRASE).stdout)
    assert told == {"file": "now.leaddesk", "bytes": (place / "now.leaddesk").stat().st_size, "verified": True}
    again = run("restore now.leaddesk again", PAPER, NEW)
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.endswith("The chair's passphrase is the new one.\n")
    sign_in(place / "again", NEW, clock=lambda: NOON).lock()


def test_a_weak_new_passphrase_leaves_a_restored_desk_that_recover_opens(place: Path) -> None:
    run("backup --desk desk now.leaddesk", PASSPHRASE)
    again = run("restore now.leaddesk again --json", PAPER, "short")
    assert again.exit_code == 2
    assert json.loads(again.stdout)["needs_passphrase"]
    assert again.stderr.startswith("The desk is there. Give it a passphrase with `leaddesk recover --desk ")
    assert run("recover --desk again", PAPER, NEW).stdout == "The chair's passphrase is the new one.\n"
    sign_in(place / "again", NEW, clock=lambda: NOON).lock()


def test_a_backup_is_verified_against_an_anchor(place: Path) -> None:
    run("backup --desk desk now.leaddesk", PASSPHRASE)
    sound = run("verify --backup now.leaddesk --json", PAPER)
    told = json.loads(sound.stdout)
    assert (sound.exit_code, told["sound"]) == (0, True)
    assert run(f"verify --backup now.leaddesk --anchor {told['head']}", PASSPHRASE).exit_code == 0
    assert run(f"verify --backup now.leaddesk --anchor 99:{'a' * 64}", PASSPHRASE).exit_code == 1
    data = bytearray((place / "now.leaddesk").read_bytes())
    data[20_000] ^= 1
    (place / "now.leaddesk").write_bytes(data)
    damaged = run("verify --backup now.leaddesk", PASSPHRASE)
    assert damaged.exit_code == 1
    assert damaged.stdout.startswith("This backup is damaged. Where: now.leaddesk.")


@pytest.mark.parametrize(
    ("line", "secrets", "said"),
    [
        ("backup --desk desk taken", [PASSPHRASE], "There is a file of this name already."),
        ("backup --desk desk missing/now.leaddesk", [PASSPHRASE], "The backup could not be written."),
        ("backup --desk desk now.leaddesk", ["not this one"], "This passphrase does not open the desk."),
        ("restore taken again", [PASSPHRASE], "This file is no LeadDesk backup"),
        ("restore nowhere again", [PASSPHRASE], "The backup could not be read."),
        ("restore taken desk", [PASSPHRASE], "This folder already holds a desk"),
        ("restore taken again", [], "No passphrase was given."),
        ("recover --desk desk", [PAPER[:-1], NEW], "This is no paper key"),
        (
            "recover --desk desk",
            [" ".join(groups_of_four(new_paper_key())), NEW],
            "This paper key does not open the desk.",
        ),
        ("verify --backup taken", [PASSPHRASE], "This file is no LeadDesk backup"),
        ("verify --backup taken --desk desk", [PASSPHRASE], "Usage: "),
    ],
)
def test_what_could_not_be_done_exits_2_and_leaves_nothing(
    place: Path, line: str, secrets: list[str], said: str
) -> None:
    (place / "taken").write_bytes(b"something else")
    before = {name for name in bytes_and_times(place) if "desk/" not in name}
    result = run(line, *secrets)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(said)
    assert {name for name in bytes_and_times(place) if "desk/" not in name} == before


def test_on_a_terminal_a_new_passphrase_is_typed_twice(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([PAPER, NEW, "seven gulls under the ferry landing"])
    monkeypatch.setattr("leaddesk.commands.common.getpass", lambda _prompt: next(typed))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    from leaddesk.commands.common import Secrets
    from leaddesk.errors import KnownError

    secrets = Secrets()
    assert secrets.next("Paper key") == PAPER
    with pytest.raises(KnownError, match="not the same"):
        secrets.new("New passphrase")
