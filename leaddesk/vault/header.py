"""The key file ``keys.json``: the desk's number, its slots, how often it was rewritten, and a MAC over all of it.

Two seals guard it. The checksum needs no key, so damage is told from a wrong passphrase before one is asked for; the
MAC needs the data key, so a forgery is found as soon as the right passphrase is given. The file is accepted in
exactly the bytes that `encode` writes. Every later version keeps ``version`` and ``checksum`` as they are here.

The database is where a change of the key file is decided: the new one is written beside the old (`write_next`), the
database remembers it in one transaction with whatever else changes, and then it takes the old one's place
(`promote`). A crash leaves both, and the one that the database remembers is the desk's.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from leaddesk import platforms
from leaddesk.vault.errors import DamagedDesk, NewerDesk
from leaddesk.vault.files import DeskFiles, write_whole
from leaddesk.vault.keys import (
    FORMAT_VERSION,
    KEY_BYTES,
    NONCE_BYTES,
    SALT_BYTES,
    TAG_BYTES,
    DataKey,
    KdfOutOfBounds,
    KdfSettings,
    Sealed,
    Slot,
    SlotKind,
)
from leaddesk.vault.ledger import Head

#: Slots for users; each costs a full key derivation when a passphrase is tried.
MOST_USER_SLOTS = 8

#: No key file that LeadDesk writes is as large.
MOST_BYTES = 64 * 1024

_DAMAGED = "The key file keys.json is damaged."


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What ``keys.json`` says.

    Attributes:
        desk: the desk's random number, 32 hex digits.
        generation: 1 for a new desk, one more each time the file is rewritten.
        anchor: the ledger's head then, ``None`` for an empty ledger.
        mac: over everything else, by a sub-key of the data key.
    """

    desk: str
    generation: int
    slots: tuple[Slot, ...]
    anchor: Head | None = None
    mac: bytes = b""

    def signed(self, key: DataKey) -> Self:
        """The header with its MAC."""
        return replace(self, mac=self._true_mac(key))

    def next(self, key: DataKey, *, anchor: Head | None) -> Self:
        """The next generation, with the ledger's head of now, signed."""
        return replace(self, generation=self.generation + 1, anchor=anchor).signed(key)

    def slot(self, number: int) -> Slot:
        """The slot with this number.

        Raises:
            StopIteration: there is none.
        """
        return next(slot for slot in self.slots if slot.number == number)

    def with_slot(self, slot: Slot) -> Self:
        """The header with this slot, in the place of the one with its number if there is one; not signed yet."""
        return self.with_slots([*(other for other in self.slots if other.number != slot.number), slot])

    def with_slots(self, slots: Iterable[Slot]) -> Self:
        """The header with these slots and no others; not signed yet."""
        return replace(self, slots=tuple(sorted(slots, key=lambda slot: slot.number)))

    @property
    def has_paper_key(self) -> bool:
        """Whether a paper key opens the desk."""
        return any(slot.kind is SlotKind.RECOVERY for slot in self.slots)

    def made_with(self, key: DataKey) -> bool:
        """Whether a holder of this data key wrote it: not so for the header of a backup from before a rotation."""
        return hmac.compare_digest(self.mac, self._true_mac(key))

    def check(self, key: DataKey) -> None:
        """Return if the header is the one that a holder of this data key wrote.

        Raises:
            DamagedDesk: somebody without the key changed it.
        """
        if not self.made_with(key):
            raise DamagedDesk("header", "The key file keys.json was changed by something other than LeadDesk.")

    def _true_mac(self, key: DataKey) -> bytes:
        return hmac.digest(key.subkey("header"), _canonical(_facts(self)), "sha256")


def _canonical(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()


def _facts(header: Header) -> dict[str, Any]:
    return {
        "anchor": asdict(header.anchor) if header.anchor else None,
        "desk": header.desk,
        "generation": header.generation,
        "slots": [_slot_facts(slot) for slot in header.slots],
        "version": FORMAT_VERSION,
    }


def _slot_facts(slot: Slot) -> dict[str, Any]:
    return {
        "data_key": _sealed_facts(slot.data_key),
        "ephemeral": slot.ephemeral.hex(),
        "kdf": asdict(slot.kdf),
        "kind": slot.kind,
        "number": slot.number,
        "private": _sealed_facts(slot.private),
        "public": slot.public.hex(),
        "salt": slot.salt.hex(),
    }


def _sealed_facts(sealed: Sealed) -> dict[str, str]:
    return {"box": sealed.box.hex(), "nonce": sealed.nonce.hex()}


def encode(header: Header) -> bytes:
    """The bytes of ``keys.json``."""
    facts = _facts(header) | {"mac": header.mac.hex()}
    facts["checksum"] = hashlib.sha256(_canonical(facts)).hexdigest()
    return json.dumps(facts, sort_keys=True, indent=1).encode() + b"\n"


def decode(data: bytes) -> Header:
    """The header that these bytes are; nothing in it is trusted before `Header.check`.

    Raises:
        NewerDesk: a later LeadDesk wrote it.
        DamagedDesk: they are not, byte for byte, what LeadDesk writes, or ask for key settings out of bounds.
    """
    try:
        facts = _checked_facts(data)
        if facts["version"] > FORMAT_VERSION:
            raise NewerDesk("header")
        header = _header(facts)
    except KdfOutOfBounds as error:
        raise DamagedDesk(
            "header", "The key file keys.json asks for key settings weaker or heavier than LeadDesk accepts."
        ) from error
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise DamagedDesk("header", _DAMAGED) from error
    if encode(header) != data:
        raise DamagedDesk("header", _DAMAGED)
    return header


def _checked_facts(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise ValueError("larger than any key file")
    facts: dict[str, Any] = json.loads(data)
    checksum = facts.pop("checksum")
    if checksum != hashlib.sha256(_canonical(facts)).hexdigest():
        raise ValueError("checksum")
    return facts


def _header(facts: dict[str, Any]) -> Header:
    slots = tuple(_slot(slot) for slot in facts["slots"])
    if sum(slot.kind is SlotKind.USER for slot in slots) > MOST_USER_SLOTS:
        raise ValueError("more slots than LeadDesk makes")
    return Header(
        desk=str(facts["desk"]),
        generation=int(facts["generation"]),
        slots=slots,
        anchor=Head(**facts["anchor"]) if facts["anchor"] else None,
        mac=bytes.fromhex(facts["mac"]),
    )


def _slot(facts: dict[str, Any]) -> Slot:
    return Slot(
        number=int(facts["number"]),
        kind=SlotKind(facts["kind"]),
        kdf=KdfSettings(**facts["kdf"]),
        salt=_bytes(facts["salt"], SALT_BYTES),
        public=_bytes(facts["public"], KEY_BYTES),
        private=_sealed(facts["private"]),
        ephemeral=_bytes(facts["ephemeral"], KEY_BYTES),
        data_key=_sealed(facts["data_key"]),
    )


def _sealed(facts: dict[str, str]) -> Sealed:
    return Sealed(nonce=_bytes(facts["nonce"], NONCE_BYTES), box=_bytes(facts["box"], KEY_BYTES + TAG_BYTES))


def _bytes(text: str, length: int) -> bytes:
    data = bytes.fromhex(text)
    if len(data) != length:
        raise ValueError("a length that LeadDesk does not write")
    return data


def load(files: DeskFiles) -> Header:
    """The header of a desk's folder.

    Raises:
        NewerDesk, DamagedDesk: as `decode`; a missing key file beside a database counts as damage.
    """
    try:
        data = files.header.read_bytes()
    except FileNotFoundError as error:
        raise DamagedDesk("header", "The key file keys.json is missing.") from error
    return decode(data)


def load_next(files: DeskFiles) -> Header | None:
    """The header of a change that a crash left half made; ``None`` where there is none, or no whole one."""
    try:
        return decode(files.next_header.read_bytes())
    except (FileNotFoundError, DamagedDesk, NewerDesk):
        return None


def write_next(files: DeskFiles, header: Header) -> None:
    """Put a key file beside the one that holds; `promote` makes it the one.

    Raises:
        OSError: the disk did not take it.
    """
    data = encode(header)
    write_whole(files.next_header, data)
    if files.next_header.read_bytes() != data:
        raise OSError("The key file did not read back as written")


def promote(files: DeskFiles) -> None:
    """Let the key file that waits replace the one before, then make its second copy the same.

    A second copy left as it was would still open with a passphrase that has been changed since.

    Raises:
        OSError: the disk did not take it.
    """
    files.next_header.replace(files.header)
    platforms.sync_folder(files.folder)
    copy_to_previous(files)


def copy_to_previous(files: DeskFiles) -> None:
    """Make the second copy of the key file the same as the first, if it is not yet."""
    data = files.header.read_bytes()
    if not files.previous.exists() or files.previous.read_bytes() != data:
        write_whole(files.previous, data)
