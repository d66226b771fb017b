"""New desks, signing in, and the paper key's one use."""

from pathlib import Path

import pytest

from leaddesk.errors import KnownError
from leaddesk.models.words import AppRole
from leaddesk.services import paper_keys, people, users
from leaddesk.services.desk import Desk
from leaddesk.services.drafts import AttendeeForm
from leaddesk.services.opening import new_desk, recover, refuse_place, sign_in
from leaddesk.services.paper_keys import FreshPaperKey
from leaddesk.services.passphrases import WeakPassphrase
from leaddesk.vault.errors import WrongPaperKey, WrongPassphrase
from leaddesk.vault.recovery import MistypedPaperKey
from leaddesk.vault.tries import TooManyTries, Tries
from tests.services.opened import NEW, NOON, ledger
from tests.vault.making import FLOOR, PASSPHRASE, bytes_and_times

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
