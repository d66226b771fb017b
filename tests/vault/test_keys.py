import dataclasses

import pytest

from leaddesk.vault.errors import DamagedDesk, DeskLocked
from leaddesk.vault.keys import (
    DEFAULT,
    DataKey,
    KdfOutOfBounds,
    KdfSettings,
    Slot,
    SlotKind,
    make_slot,
    open_slot,
    seal_to_slot,
)
from tests.vault.making import FLOOR, PASSPHRASE

DESK = "0123456789abcdef" * 2


@pytest.fixture(scope="module")
def key() -> DataKey:
    return DataKey(bytes(range(32)))


@pytest.fixture(scope="module")
def slot(key: DataKey) -> Slot:
    return make_slot(key, PASSPHRASE, desk=DESK, number=1, kind=SlotKind.USER, kdf=FLOOR)


def test_the_passphrase_opens_the_slot(key: DataKey, slot: Slot) -> None:
    opened = open_slot(slot, PASSPHRASE, desk=DESK)
    assert opened is not None
    assert opened.raw == key.raw


def test_another_passphrase_opens_nothing(slot: Slot) -> None:
    assert open_slot(slot, PASSPHRASE + " ", desk=DESK) is None


def test_a_letter_composed_by_another_keyboard_is_the_same_letter(key: DataKey) -> None:
    slot = make_slot(key, "caf\u00e9", desk=DESK, number=1, kind=SlotKind.USER, kdf=FLOOR)
    assert open_slot(slot, "cafe\u0301", desk=DESK) is not None


def test_half_a_surrogate_pair_typed_by_accident_is_just_a_wrong_passphrase(slot: Slot) -> None:
    assert open_slot(slot, "\ud83d", desk=DESK) is None


@pytest.mark.parametrize(
    "moved",
    [
        lambda slot: dataclasses.replace(slot, number=2),
        lambda slot: dataclasses.replace(slot, kind=SlotKind.RECOVERY),
        lambda slot: dataclasses.replace(slot, kdf=dataclasses.replace(slot.kdf, time=4)),
    ],
    ids=["number", "kind", "key settings"],
)
def test_a_slot_moved_to_another_place_does_not_open(slot: Slot, moved: object) -> None:
    assert callable(moved)
    assert open_slot(moved(slot), PASSPHRASE, desk=DESK) is None


def test_a_slot_moved_to_another_desk_does_not_open(slot: Slot) -> None:
    assert open_slot(slot, PASSPHRASE, desk="f" * 32) is None


def test_a_new_data_key_is_sealed_to_a_slot_without_its_passphrase(slot: Slot) -> None:
    fresh = DataKey.fresh()
    opened = open_slot(seal_to_slot(slot, fresh, desk=DESK), PASSPHRASE, desk=DESK)
    assert opened is not None
    assert opened.raw == fresh.raw


def test_a_seal_that_is_not_the_slots_is_damage_and_no_key(key: DataKey, slot: Slot) -> None:
    with pytest.raises(DamagedDesk):
        open_slot(dataclasses.replace(slot, ephemeral=slot.public), PASSPHRASE, desk=DESK)
    with pytest.raises(DamagedDesk):  # a point of small order would make the shared secret known to all
        open_slot(dataclasses.replace(slot, ephemeral=bytes(32)), PASSPHRASE, desk=DESK)


def test_every_wrap_uses_new_salts_and_nonces(key: DataKey, slot: Slot) -> None:
    again = make_slot(key, PASSPHRASE, desk=DESK, number=1, kind=SlotKind.USER, kdf=FLOOR)
    assert again.salt != slot.salt
    assert again.public != slot.public
    assert again.private.nonce != slot.private.nonce
    assert again.data_key.nonce != slot.data_key.nonce


def test_the_default_key_settings_are_the_recommended_ones() -> None:
    assert (DEFAULT.time, DEFAULT.memory, DEFAULT.parallelism) == (3, 256 * 1024, 4)


@pytest.mark.parametrize(
    "settings",
    [
        {"time": 2},
        {"memory": 64 * 1024 - 1},
        {"parallelism": 3},
        {"time": 13},
        {"memory": 1024 * 1024 + 1},
        {"parallelism": 17},
    ],
    ids=str,
)
def test_key_settings_out_of_bounds_cannot_be_made(settings: dict[str, int]) -> None:
    with pytest.raises(KdfOutOfBounds):
        KdfSettings(**settings)


def test_sub_keys_differ_by_label_and_from_the_data_key(key: DataKey) -> None:
    assert len({key.raw, key.subkey("header"), key.subkey("ledger")}) == 3
    assert key.subkey("ledger") == DataKey(key.raw).subkey("ledger")


def test_a_key_never_shows_itself() -> None:
    key = DataKey(b"k" * 32)
    assert repr(key) == "DataKey(held)"
    key.drop()
    assert repr(key) == "DataKey(dropped)"


def test_a_dropped_key_is_gone() -> None:
    key = DataKey.fresh()
    key.drop()
    with pytest.raises(DeskLocked):
        key.subkey("ledger")


def test_a_data_key_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        DataKey(b"short")
