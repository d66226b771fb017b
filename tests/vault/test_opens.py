"""Whether a passphrase is the one that opened the desk, asked while it stays open."""

from pathlib import Path

from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.opening import open_desk
from tests.vault.making import PASSPHRASE, bytes_and_times, made, write


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
