"""New desks, signing in, and the paper key's one use."""

import sys
from datetime import datetime
from pathlib import Path

import pytest

from leaddesk.errors import KnownError
from leaddesk.models.schema import migrate
from leaddesk.models.words import AppRole
from leaddesk.services import paper_keys, people, users
from leaddesk.services.desk import Desk
from leaddesk.services.drafts import AttendeeForm
from leaddesk.services.opening import new_desk, recover, refuse_place, sign_in
from leaddesk.services.paper_keys import FreshPaperKey
from leaddesk.services.passphrases import WeakPassphrase
from leaddesk.services.verifying import UnfinishedDesk, verify
from leaddesk.vault.errors import DiskRefused, WrongPaperKey, WrongPassphrase
from leaddesk.vault.recovery import MistypedPaperKey
from leaddesk.vault.tries import TooManyTries, Tries
from tests.services.opened import NEW, NOON, ledger
from tests.vault.making import FLOOR, PASSPHRASE, bytes_and_times, make

LATER = "new words for an old chair"


@pytest.fixture
def fresh() -> FreshPaperKey:
    return paper_keys.for_new_desk(NOON.date())


@pytest.fixture
def folder(tmp_path: Path, fresh: FreshPaperKey) -> Path:
    new_desk(tmp_path / "desk", NEW, PASSPHRASE, clock=lambda: NOON, paper_key=fresh, kdf=FLOOR).lock()
    return tmp_path / "desk"


def at(folder: Path, passphrase: str, tries: Tries | None = None) -> Desk:
    return sign_in(folder, passphrase, clock=lambda: NOON, tries=tries)


def recovered(folder: Path, paper_key: str, passphrase: str = LATER) -> None:
    recover(folder, paper_key, passphrase, clock=lambda: NOON, kdf=FLOOR)


def test_a_new_desk_has_the_number_that_stands_on_its_sheet(folder: Path, fresh: FreshPaperKey) -> None:
    desk = at(folder, PASSPHRASE)
    assert (desk.number, desk.has_paper_key, desk.user.app_role) == (fresh.desk, True, AppRole.CHAIR)
    desk.lock()


@pytest.mark.parametrize("passphrase", ["too short", "Jo Reyes Harbor County", "aaaaaaaaaaaaaaaa"])
def test_a_weak_passphrase_makes_no_desk(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(WeakPassphrase):
        new_desk(tmp_path / "desk", NEW, passphrase, clock=lambda: NOON, kdf=FLOOR)
    assert list(tmp_path.iterdir()) == []


class NoClockError(Exception):
    """What stops a desk from being finished, once it has its tables."""


@pytest.mark.parametrize("was_there", [True, False])
def test_nothing_is_left_of_a_desk_that_could_not_be_finished(tmp_path: Path, was_there: bool) -> None:
    folder = tmp_path / "desk"
    if was_there:
        folder.mkdir()

    def stopped() -> datetime:
        assert (folder / "desk.db").exists()
        raise NoClockError

    with pytest.raises(NoClockError):
        new_desk(folder, NEW, PASSPHRASE, clock=stopped, kdf=FLOOR)
    assert list(tmp_path.rglob("*")) == ([folder] if was_there else [])
    new_desk(folder, NEW, PASSPHRASE, clock=lambda: NOON, kdf=FLOOR).lock()


@pytest.mark.parametrize("tables", [True, False])
def test_a_desk_whose_making_was_killed_says_so(tmp_path: Path, tables: bool) -> None:
    with make(tmp_path / "desk") as opened:
        if tables:
            with opened.migrating() as engine:
                migrate(engine)
    with pytest.raises(UnfinishedDesk, match="never finished"):
        at(tmp_path / "desk", PASSPHRASE)
    (finding,) = verify(tmp_path / "desk", PASSPHRASE).findings
    assert "never finished" in finding.what


def test_a_place_is_refused_before_anything_is_made_there(folder: Path, tmp_path: Path) -> None:
    refuse_place(tmp_path / "free")
    assert not (tmp_path / "free").exists()
    with pytest.raises(KnownError):
        refuse_place(folder)


def test_the_paper_key_sets_the_chairs_passphrase_and_the_ledger_says_so(folder: Path, fresh: FreshPaperKey) -> None:
    recovered(folder, " ".join(fresh.sheet.groups).lower())
    with pytest.raises(WrongPassphrase):
        at(folder, PASSPHRASE)
    desk = at(folder, LATER)
    used = next(entry for entry in ledger(desk) if entry.actor == "paper_key")
    assert (used.action, used.objects, used.payload) == ("passphrase_set", {"attendee": "a1"}, {"slot": 1})
    desk.lock()


def test_of_several_chairs_it_is_the_first_whose_passphrase_is_set(folder: Path, fresh: FreshPaperKey) -> None:
    desk = at(folder, PASSPHRASE)
    mia = desk.do(people.save_attendee, AttendeeForm(given_name="Mia", family_name="Hart"))
    users.add_user(desk, mia, AppRole.CHAIR, "seven boats under a tin roof", kdf=FLOOR)
    desk.do(users.change_role, "a1", AppRole.SCRIBE)
    desk.lock()
    recovered(folder, fresh.secret)
    desk = at(folder, LATER)
    assert desk.user.id == mia
    desk.lock()
    at(folder, PASSPHRASE).lock()


def test_a_wrong_or_mistyped_paper_key_and_a_weak_passphrase_change_nothing(
    folder: Path, fresh: FreshPaperKey
) -> None:
    before = {name: data for name, (data, _) in bytes_and_times(folder).items()}
    with pytest.raises(MistypedPaperKey):
        recovered(folder, fresh.secret[::-1])
    with pytest.raises(WrongPaperKey):
        recovered(folder, paper_keys.for_new_desk(NOON.date()).secret)
    assert {name: data for name, (data, _) in bytes_and_times(folder).items()} == before
    with pytest.raises(WeakPassphrase):
        recovered(folder, fresh.secret, "Jo Reyes Jo Reyes")
    at(folder, PASSPHRASE).lock()


@pytest.mark.skipif(sys.platform == "win32", reason="files have no largest size there")
def test_a_paper_key_that_a_full_disk_stops_leaves_the_passphrase_and_no_key_file(
    folder: Path, fresh: FreshPaperKey
) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def last_moment() -> datetime:
        # room for the key file, and none for a page of the database
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, limits[1]))
        return NOON

    try:
        with pytest.raises(DiskRefused):
            recover(folder, fresh.secret, LATER, clock=last_moment, kdf=FLOOR)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not (folder / "keys.next.json").exists()
    at(folder, PASSPHRASE).lock()


def test_the_paper_key_is_no_passphrase_and_a_passphrase_no_paper_key(folder: Path, fresh: FreshPaperKey) -> None:
    with pytest.raises(WrongPassphrase):
        at(folder, fresh.secret)
    with pytest.raises(MistypedPaperKey):
        recovered(folder, PASSPHRASE)


def test_five_wrong_passphrases_make_everybody_wait_and_the_right_one_is_noted_with_them(folder: Path) -> None:
    seconds = 0.0
    tries = Tries(lambda: seconds)
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            at(folder, "not the passphrase", tries)
    with pytest.raises(TooManyTries):
        at(folder, PASSPHRASE, tries)
    seconds = 31.0
    desk = at(folder, PASSPHRASE, tries)
    assert ledger(desk)[-1].payload == {"slot": 1, "wrong_before": 5}
    assert tries.seconds == 0
    desk.lock()
