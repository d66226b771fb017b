"""Users' slots, the paper key, and which key file holds after a crash."""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection

from leaddesk.vault.desk import PAPER_SLOT, OpenDesk
from leaddesk.vault.errors import (
    AlreadyOpen,
    DeskBusy,
    DeskLocked,
    DiskRefused,
    TakenPassphrase,
    WrongPaperKey,
    WrongPassphrase,
)
from leaddesk.vault.keys import Slot, SlotKind
from leaddesk.vault.opening import create_desk, open_desk
from leaddesk.vault.recovery import new_paper_key
from leaddesk.vault.state import State
from leaddesk.vault.tries import TooManyTries
from tests.vault.making import FLOOR, NOON, PASSPHRASE, header_of, made, write
from tests.vault.making import crash as power_off

OTHER = "seven gulls over the ferry"


class Crash(Exception):
    """The power goes."""


def write_in(desk: OpenDesk, connection: Connection) -> None:
    desk.ledger.append(connection, at=NOON, actor="user:1", action="changed", objects={}, payload={})


def change(desk: OpenDesk, slot: Slot) -> None:
    with desk.engine.begin() as connection:
        desk.stage(connection, slot)
    desk.settle()


def opens(folder: Path, secret: str, kind: SlotKind = SlotKind.USER, slot: int | None = None) -> int | None:
    try:
        with open_desk(folder, secret, kind=kind, slot=slot) as desk:
            assert desk.check() == []
            return desk.slot
    except WrongPassphrase:
        return None


def settled(folder: Path) -> None:
    """No trace of a change that was being made; both copies of the key file are the same."""
    names = {path.name for path in folder.iterdir()}
    assert names == {"desk.db", "keys.json", "keys.previous.json"}
    assert (folder / "keys.json").read_bytes() == (folder / "keys.previous.json").read_bytes()


def test_each_user_opens_the_desk_with_their_own_passphrase(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    with open_desk(folder, PASSPHRASE) as desk:
        change(desk, desk.new_slot(2, OTHER, kdf=FLOOR))
        assert desk.slots == (1, 2)
        assert not desk.has_paper_key
    assert (opens(folder, PASSPHRASE), opens(folder, OTHER)) == (1, 2)
    settled(folder)


def test_nobody_takes_a_passphrase_that_opens_the_desk_already(tmp_path: Path) -> None:
    with open_desk(made(tmp_path / "desk"), PASSPHRASE) as desk:
        with pytest.raises(TakenPassphrase):
            desk.new_slot(2, PASSPHRASE, kdf=FLOOR)
        change(desk, desk.new_slot(2, OTHER, kdf=FLOOR))
        with pytest.raises(TakenPassphrase):
            desk.rewrapped(PASSPHRASE, OTHER, kdf=FLOOR)


def test_one_slot_alone_is_tried_where_it_is_named(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    assert opens(folder, PASSPHRASE, slot=1) == 1
    assert opens(folder, PASSPHRASE, slot=2) is None


def test_a_changed_passphrase_opens_and_the_old_one_does_not(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    before = header_of(folder).slot(1)
    with open_desk(folder, PASSPHRASE) as desk:
        change(desk, desk.rewrapped(PASSPHRASE, OTHER, kdf=FLOOR))
        assert desk.opens(OTHER)
        assert not desk.opens(PASSPHRASE)
    after = header_of(folder).slot(1)
    assert (opens(folder, PASSPHRASE), opens(folder, OTHER)) == (None, 1)
    assert after.public == before.public
    assert {after.salt, after.private.nonce, after.data_key.nonce}.isdisjoint({
        before.salt, before.private.nonce, before.data_key.nonce,
    })  # fmt: skip
    settled(folder)


def test_a_passphrase_is_not_changed_without_the_old_one(desk: OpenDesk) -> None:
    with pytest.raises(WrongPassphrase):
        desk.rewrapped("no", OTHER, kdf=FLOOR)


def test_five_wrong_passphrases_make_everybody_wait(desk: OpenDesk) -> None:
    for _ in range(5):
        assert desk.seconds_to_wait == 0
        assert not desk.opens("no")
    assert 0 < desk.seconds_to_wait <= 30
    with pytest.raises(TooManyTries):
        desk.opens(PASSPHRASE)
    with pytest.raises(TooManyTries):
        desk.rewrapped(PASSPHRASE, OTHER)


def test_the_paper_key_opens_the_desk_and_no_passphrase_does_in_its_place(tmp_path: Path) -> None:
    paper = new_paper_key()
    number = "3f2a91bc" * 4
    with create_desk(tmp_path / "desk", PASSPHRASE, paper_key=paper, number=number, kdf=FLOOR) as desk:
        write(desk)
        assert desk.slots == (1,)
        assert desk.desk_id == number
        assert desk.has_paper_key
    assert opens(tmp_path / "desk", paper, SlotKind.RECOVERY) == PAPER_SLOT
    assert opens(tmp_path / "desk", paper) is None
    assert opens(tmp_path / "desk", PASSPHRASE, SlotKind.RECOVERY) is None
    assert opens(tmp_path / "desk", PASSPHRASE) == 1
    with pytest.raises(WrongPaperKey, match="paper key"):
        open_desk(tmp_path / "desk", new_paper_key(), kind=SlotKind.RECOVERY)


def test_a_change_that_is_rolled_back_leaves_the_key_file_as_it_was(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    with open_desk(folder, PASSPHRASE) as desk:
        crash_before_the_commit(desk, desk.new_slot(2, OTHER, kdf=FLOOR))
        desk.settle()
        assert desk.slots == (1,)
    assert opens(folder, OTHER) is None
    settled(folder)


def test_nothing_is_settled_where_nothing_was_staged(desk: OpenDesk) -> None:
    before = (desk.folder / "keys.json").read_bytes()
    desk.settle()
    assert (desk.folder / "keys.json").read_bytes() == before


def crash_before_the_commit(desk: OpenDesk, slot: Slot) -> None:
    with suppress(Crash), desk.engine.begin() as connection:
        desk.stage(connection, slot)
        raise Crash


def crash_after_the_commit(desk: OpenDesk, slot: Slot) -> None:
    with desk.engine.begin() as connection:
        desk.stage(connection, slot)


def crash_before_the_second_copy(desk: OpenDesk, slot: Slot) -> None:
    crash_after_the_commit(desk, slot)
    (desk.folder / "keys.next.json").replace(desk.folder / "keys.json")


@pytest.mark.parametrize(
    ("crash", "holds"),
    [(crash_before_the_commit, False), (crash_after_the_commit, True), (crash_before_the_second_copy, True)],
)
def test_after_a_crash_either_the_old_passphrase_opens_or_the_new_and_never_both(
    tmp_path: Path, crash: Callable[[OpenDesk, Slot], None], holds: bool
) -> None:
    folder = made(tmp_path / "desk")
    desk = open_desk(folder, PASSPHRASE)
    crash(desk, desk.rewrapped(PASSPHRASE, OTHER, kdf=FLOOR))
    power_off(desk)
    assert (folder / "keys.next.json").exists() is (crash is not crash_before_the_second_copy)
    assert opens(folder, PASSPHRASE) == (None if holds else 1)
    assert opens(folder, OTHER) == (1 if holds else None)
    settled(folder)


def refuse(*_args: object) -> State:
    raise DiskRefused


def test_a_committed_change_that_could_not_be_settled_holds_and_is_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made(tmp_path / "desk")
    desk = open_desk(folder, PASSPHRASE)
    slot = desk.rewrapped(PASSPHRASE, OTHER, kdf=FLOOR)
    with desk.engine.begin() as connection:
        write_in(desk, connection)
        desk.stage(connection, slot)
    with monkeypatch.context() as patched:
        patched.setattr(State, "read", refuse)
        with pytest.raises(DiskRefused):
            desk.settle()
    with monkeypatch.context() as patched:
        patched.setattr(State, "remember", refuse)
        desk.lock()
    assert (opens(folder, OTHER), opens(folder, PASSPHRASE)) == (1, None)
    settled(folder)


def test_a_key_file_that_could_not_take_its_place_at_once_takes_it_with_the_next_change(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    with open_desk(folder, PASSPHRASE) as desk:
        blocked = folder / ".keys.previous.json.new"
        blocked.mkdir()
        with desk.engine.begin() as connection:
            desk.stage(connection, desk.new_slot(2, OTHER, kdf=FLOOR))
        desk.settle()
        assert desk.slots == (1, 2)
        blocked.rmdir()
        change(desk, desk.rewrapped(PASSPHRASE, "a third one that is long", kdf=FLOOR))
    assert opens(folder, OTHER) == 2
    assert opens(folder, "a third one that is long") == 1
    settled(folder)


def test_what_a_newer_leaddesk_left_half_made_is_no_key_file(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    (folder / "keys.next.json").write_bytes(b"{}")
    assert opens(folder, PASSPHRASE) == 1
    settled(folder)


def test_one_change_of_the_key_file_at_a_time_and_each_thread_settles_its_own(desk: OpenDesk) -> None:
    outcomes: list[str] = []

    def other() -> None:
        desk.settle()
        outcomes.append("nothing to settle")
        try:
            with desk.engine.begin() as connection:
                desk.stage(connection)
        except DeskBusy:
            outcomes.append("busy")

    with desk.engine.begin() as connection:
        desk.stage(connection, desk.new_slot(2, OTHER, kdf=FLOOR))
    thread = threading.Thread(target=other)
    thread.start()
    thread.join(10)
    assert outcomes == ["nothing to settle", "busy"]
    desk.settle()
    assert desk.slots == (1, 2)


def test_locking_lets_the_folder_go_only_once_a_change_of_the_key_file_has_ended(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    desk = open_desk(folder, PASSPHRASE)
    slot = desk.rewrapped(PASSPHRASE, OTHER, kdf=FLOOR)
    with desk.engine.begin() as connection:
        desk.stage(connection, slot)
        locking = threading.Thread(target=desk.lock)
        locking.start()
        locking.join(10)
        with pytest.raises(AlreadyOpen):
            open_desk(folder, PASSPHRASE)
    with pytest.raises(DeskLocked):
        desk.settle()
    assert opens(folder, OTHER) == 1
    settled(folder)
