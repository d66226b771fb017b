import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leaddesk.vault.errors import DamagedDesk, NewerDesk, WrongPassphrase
from leaddesk.vault.files import DeskFiles
from leaddesk.vault.header import copy_to_previous, decode, encode, load, load_next, promote, write_next
from leaddesk.vault.keys import DataKey
from leaddesk.vault.opening import open_desk
from tests.vault.making import PASSPHRASE, bytes_and_times, flip, forge, header_of, made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("header") / "desk")


@pytest.fixture
def files(folder: Path) -> DeskFiles:
    """The desk with its key file as it was made."""
    files = DeskFiles(folder)
    files.header.write_bytes(files.previous.read_bytes())
    return files


def test_what_is_encoded_is_decoded(folder: Path, files: DeskFiles) -> None:
    header = header_of(folder)
    assert decode(encode(header)) == header


def test_every_flipped_byte_is_named_as_damage(files: DeskFiles) -> None:
    good = files.header.read_bytes()
    for offset in range(len(good)):
        data = bytearray(good)
        data[offset] ^= 1 << offset % 8
        with pytest.raises(DamagedDesk) as caught:
            decode(bytes(data))
        assert caught.value.part == "header"


@pytest.mark.parametrize("share", [0, 0.3, 0.6, 0.9])
def test_a_flipped_byte_keeps_the_desk_shut_and_untouched(files: DeskFiles, share: float) -> None:
    flip(files.header, int(files.header.stat().st_size * share))
    before = bytes_and_times(files.folder)
    with pytest.raises(DamagedDesk):
        open_desk(files.folder, PASSPHRASE)
    assert bytes_and_times(files.folder) == before


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[]", b"{}", b"\xff", b"[" * 60_000, b" " * 70_000, b'{"version": 1, "checksum": 5}'],
    ids=["empty", "null", "list", "object", "not text", "deep", "huge", "odd"],
)
def test_what_is_no_key_file_is_damage(data: bytes) -> None:
    with pytest.raises(DamagedDesk):
        decode(data)


def test_the_same_facts_in_another_layout_are_damage(files: DeskFiles) -> None:
    with pytest.raises(DamagedDesk):
        decode(json.dumps(json.loads(files.header.read_bytes())).encode())


def lower(facts: dict[str, Any]) -> None:
    facts["slots"][0]["kdf"]["memory"] = 1024


def heighten(facts: dict[str, Any]) -> None:
    facts["slots"][0]["kdf"]["memory"] = 2**40


@pytest.mark.parametrize("change", [lower, heighten])
def test_key_settings_out_of_bounds_are_refused_before_any_work(
    files: DeskFiles, change: Callable[[dict[str, Any]], None]
) -> None:
    forge(files.folder, change)
    with pytest.raises(DamagedDesk, match="weaker or heavier"):
        open_desk(files.folder, PASSPHRASE)


def shorten_salt(facts: dict[str, Any]) -> None:
    facts["slots"][0]["salt"] = "00"


def add_slots(facts: dict[str, Any]) -> None:
    facts["slots"] *= 9


def add_a_fact(facts: dict[str, Any]) -> None:
    facts["comment"] = "hello"


def make_a_number_odd(facts: dict[str, Any]) -> None:
    facts["generation"] = True


@pytest.mark.parametrize("change", [shorten_salt, add_slots, add_a_fact, make_a_number_odd])
def test_a_forged_key_file_that_leaddesk_would_not_write_is_damage(
    files: DeskFiles, change: Callable[[dict[str, Any]], None]
) -> None:
    forge(files.folder, change)
    with pytest.raises(DamagedDesk, match="damaged"):
        load(files)


def raise_generation(facts: dict[str, Any]) -> None:
    facts["generation"] += 1


def drop_anchor(facts: dict[str, Any]) -> None:
    facts["anchor"] = None


@pytest.mark.parametrize("change", [raise_generation, drop_anchor])
def test_a_forged_header_is_found_by_its_mac(files: DeskFiles, change: Callable[[dict[str, Any]], None]) -> None:
    forge(files.folder, change)
    before = bytes_and_times(files.folder)
    with pytest.raises(DamagedDesk, match="other than LeadDesk"):
        open_desk(files.folder, PASSPHRASE)
    assert bytes_and_times(files.folder) == before


def swap_kind(facts: dict[str, Any]) -> None:
    facts["slots"][0]["kind"] = "recovery"


def strengthen(facts: dict[str, Any]) -> None:
    facts["slots"][0]["kdf"]["time"] = 4


def rename_desk(facts: dict[str, Any]) -> None:
    facts["desk"] = "0" * 32


@pytest.mark.parametrize("change", [swap_kind, strengthen, rename_desk])
def test_a_slot_bound_to_other_facts_opens_to_nobody(
    files: DeskFiles, change: Callable[[dict[str, Any]], None]
) -> None:
    forge(files.folder, change)
    with pytest.raises(WrongPassphrase):
        open_desk(files.folder, PASSPHRASE)


def make_newer(facts: dict[str, Any]) -> None:
    facts["version"] = 2
    facts["something_new"] = []


def test_a_newer_key_file_is_left_alone(files: DeskFiles) -> None:
    forge(files.folder, make_newer)
    before = bytes_and_times(files.folder)
    with pytest.raises(NewerDesk) as caught:
        open_desk(files.folder, PASSPHRASE)
    assert caught.value.part == "header"
    assert bytes_and_times(files.folder) == before


def test_a_missing_key_file_beside_a_database_is_damage_not_an_empty_folder(files: DeskFiles) -> None:
    files.header.unlink()
    with pytest.raises(DamagedDesk, match="missing"):
        open_desk(files.folder, PASSPHRASE)


def test_the_key_file_names_nobody(files: DeskFiles) -> None:
    facts = json.loads(files.header.read_bytes())
    assert set(facts) == {"anchor", "checksum", "desk", "generation", "mac", "slots", "version"}
    assert facts["slots"][0]["number"] == 1


def test_rewriting_leaves_no_old_copy_behind(files: DeskFiles) -> None:
    header = load(files)
    write_next(files, header.next(DataKey.fresh(), anchor=None))
    assert load(files) == header
    promote(files)
    assert load(files).generation == header.generation + 1
    assert files.previous.read_bytes() == files.header.read_bytes()
    assert {path.name for path in files.folder.iterdir()} == {"desk.db", "keys.json", "keys.previous.json"}
    files.previous.write_bytes(encode(header))


def test_a_disk_that_loses_the_new_key_file_is_noticed_before_the_old_one_goes(
    files: DeskFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = load(files)
    files.next_header.write_bytes(b"half")
    monkeypatch.setattr(Path, "replace", lambda self, _target: self)
    with pytest.raises(OSError, match="read back"):
        write_next(files, header.next(DataKey.fresh(), anchor=None))
    assert load(files) == header
    assert load_next(files) is None
    for left in (files.next_header, files.folder / ".keys.next.json.new"):
        left.unlink()


def test_a_second_copy_that_is_missing_is_made(files: DeskFiles) -> None:
    files.previous.unlink()
    copy_to_previous(files)
    assert files.previous.read_bytes() == files.header.read_bytes()
