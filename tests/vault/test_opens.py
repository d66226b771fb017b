"""Whether a passphrase is the one that opened the desk, asked while it stays open."""

from pathlib import Path

import pytest

from leaddesk.vault.desk import PAPER_SLOT, OpenDesk
from leaddesk.vault.errors import WrongPassphrase
from leaddesk.vault.opening import open_desk
from leaddesk.vault.tries import FREE, TooManyTries
from tests.vault.making import FLOOR, PASSPHRASE, bytes_and_times, made, write

SECOND = "a ladder behind the second barn"


def add_slot(desk: OpenDesk, number: int, secret: str) -> None:
    slot = desk.new_slot(number, secret, kdf=FLOOR)
    with desk.engine.begin() as connection:
        desk.stage(connection, slot)
    desk.settle()


def test_the_passphrase_that_opened_the_desk_opens_it_again_and_the_desk_stays_open(desk: OpenDesk) -> None:
    assert desk.opens(PASSPHRASE)
    assert not desk.locked
    write(desk)


def test_another_passphrase_does_not_open_it_and_the_desk_stays_open(desk: OpenDesk) -> None:
    assert not desk.opens("a kettle on the fourth shelf")
    assert not desk.opens("")
    assert not desk.locked
    write(desk)


def test_after_locking_no_passphrase_opens_it(desk: OpenDesk) -> None:
    desk.lock()
    assert not desk.opens(PASSPHRASE)
    assert desk.locked


def test_asking_leaves_every_byte_on_disk_as_it_was(tmp_path: Path) -> None:
    with open_desk(made(tmp_path / "desk"), PASSPHRASE) as again:
        before = bytes_and_times(tmp_path / "desk")
        assert again.opens(PASSPHRASE)
        assert not again.opens("no")
        assert bytes_and_times(tmp_path / "desk") == before


def test_a_passphrase_finds_its_slot_while_the_desk_stays_open(desk: OpenDesk) -> None:
    add_slot(desk, 2, SECOND)
    assert desk.slot_opened_by(PASSPHRASE) == 1
    assert desk.slot_opened_by(SECOND) == 2
    assert desk.slot_opened_by("a kettle on the fourth shelf") is None
    assert desk.slot == 1
    write(desk)
    desk.lock()
    assert desk.slot_opened_by(SECOND) is None


def test_a_paper_key_finds_no_slot(desk: OpenDesk) -> None:
    add_slot(desk, PAPER_SLOT, SECOND)
    assert desk.slot_opened_by(SECOND) is None


def test_too_many_wrong_ones_in_a_row_make_everybody_wait(desk: OpenDesk) -> None:
    for _ in range(FREE):
        assert desk.slot_opened_by("no") is None
    with pytest.raises(TooManyTries):
        desk.slot_opened_by(PASSPHRASE)
    assert desk.seconds_to_wait


def test_a_right_one_begins_the_count_anew(desk: OpenDesk) -> None:
    for _ in range(FREE - 1):
        assert desk.slot_opened_by("no") is None
    assert desk.slot_opened_by(PASSPHRASE) == 1
    assert desk.slot_opened_by("no") is None
    assert not desk.seconds_to_wait


def test_the_desk_goes_on_with_another_slot_which_is_then_the_one_that_opens_it(desk: OpenDesk) -> None:
    add_slot(desk, 2, SECOND)
    desk.go_on_with(2)
    assert desk.opens(SECOND)
    assert not desk.opens(PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        desk.go_on_with(3)
    assert desk.slot == 2
