"""The data key, the slots that wrap it, and the keys derived from it.

A slot holds the data key for one user or for the paper key: an X25519 key pair whose private half the passphrase
wraps, and the data key sealed to the public half, so that a new data key can be sealed without any passphrase.
"""

import json
import os
import unicodedata
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Self

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from typing_extensions import override

from leaddesk.vault.errors import DamagedDesk, DeskLocked

#: The version of the header's format, bound into every slot.
FORMAT_VERSION = 1

#: Lengths of keys, AES-GCM nonces and tags, and salts.
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
SALT_BYTES = 16


class KdfOutOfBounds(ValueError):
    """Key settings weaker than the floor or heavier than the ceiling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfSettings:
    """How much work Argon2id (RFC 9106) puts into one try of a passphrase.

    Attributes:
        time: passes, 3 to 12.
        memory: KiB, 65,536 (64 MiB) to 1,048,576 (1 GiB).
        parallelism: lanes, 4 to 16.

    Raises:
        KdfOutOfBounds: below the floor a stolen desk is cheap to guess; above the ceiling a forged header would take
            the computer's memory before anything is checked.
    """

    time: int = 3
    memory: int = 256 * 1024
    parallelism: int = 4

    def __post_init__(self) -> None:
        within = 3 <= self.time <= 12 and 64 * 1024 <= self.memory <= 1024 * 1024 and 4 <= self.parallelism <= 16
        if not within:
            raise KdfOutOfBounds("Key settings out of bounds")


DEFAULT = KdfSettings()


class SlotKind(StrEnum):
    """Who holds what opens a slot."""

    USER = "user"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Sealed:
    """Something encrypted with AES-256-GCM, with the nonce made for it."""

    nonce: bytes
    box: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One way to the data key. A slot has a number; it names nobody."""

    number: int
    kind: SlotKind
    kdf: KdfSettings
    salt: bytes
    public: bytes
    private: Sealed
    ephemeral: bytes
    data_key: Sealed


class DataKey:
    """The desk's 32-byte key while the desk is open; it never shows itself, and `drop` ends it."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError("A data key has 32 bytes")
        self._raw: bytes | None = raw

    @classmethod
    def fresh(cls) -> Self:
        """A new random key."""
        return cls(os.urandom(KEY_BYTES))

    @override
    def __repr__(self) -> str:
        return "DataKey(dropped)" if self.dropped else "DataKey(held)"

    @property
    def dropped(self) -> bool:
        """Whether the key is gone."""
        return self._raw is None

    @property
    def raw(self) -> bytes:
        """The 32 bytes.

        Raises:
            DeskLocked: the key was dropped.
        """
        if self._raw is None:
            raise DeskLocked
        return self._raw

    def drop(self) -> None:
        """Forget the key; the desk can't be reached with this object again."""
        self._raw = None

    def subkey(self, label: str) -> bytes:
        """The 32-byte key for one purpose: HKDF-SHA256 (RFC 5869) with the purpose as its label."""
        return _hkdf(self.raw, f"leaddesk {label}")


def _hkdf(secret: bytes, label: str, salt: bytes | None = None) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=label.encode()).derive(secret)


def _passphrase_key(passphrase: str, salt: bytes, kdf: KdfSettings) -> bytes:
    # composed like RFC 8265's OpaqueString, as keyboards differ in how they send one and the same letter
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return hash_secret_raw(secret, salt, kdf.time, kdf.memory, kdf.parallelism, KEY_BYTES, Type.ID)


def _bound_to(slot: Slot, desk: str, purpose: str) -> bytes:
    """The associated data: a box moved to another desk, slot, kind or strength does not open."""
    facts = {
        "desk": desk,
        "kdf": asdict(slot.kdf),
        "kind": slot.kind,
        "purpose": purpose,
        "slot": slot.number,
        "version": FORMAT_VERSION,
    }
    return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()


def _seal(key: bytes, secret: bytes, bound: bytes) -> Sealed:
    nonce = os.urandom(NONCE_BYTES)
    return Sealed(nonce, AESGCM(key).encrypt(nonce, secret, bound))


def _unseal(key: bytes, sealed: Sealed, bound: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed.nonce, sealed.box, bound)


def _sealing_key(shared: bytes, ephemeral: bytes, public: bytes) -> bytes:
    return _hkdf(shared, "leaddesk data key", salt=ephemeral + public)


def make_slot(
    data_key: DataKey, passphrase: str, *, desk: str, number: int, kind: SlotKind, kdf: KdfSettings
) -> Slot:
    """A slot that opens to the data key with this passphrase, with a new key pair and fresh salts and nonces."""
    nothing = Sealed(b"", b"")
    pair = X25519PrivateKey.generate()
    slot = Slot(
        number=number,
        kind=kind,
        kdf=kdf,
        salt=os.urandom(SALT_BYTES),
        public=pair.public_key().public_bytes_raw(),
        private=nothing,
        ephemeral=b"",
        data_key=nothing,
    )
    wrapping_key = _passphrase_key(passphrase, slot.salt, kdf)
    slot = replace(slot, private=_seal(wrapping_key, pair.private_bytes_raw(), _bound_to(slot, desk, "private half")))
    return seal_to_slot(slot, data_key, desk=desk)


def seal_to_slot(slot: Slot, data_key: DataKey, *, desk: str) -> Slot:
    """The slot with this data key in it; needs the slot's public half alone, not its passphrase."""
    ephemeral = X25519PrivateKey.generate()
    ephemeral_public = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(slot.public))
    sealing_key = _sealing_key(shared, ephemeral_public, slot.public)
    sealed = _seal(sealing_key, data_key.raw, _bound_to(slot, desk, "data key"))
    return replace(slot, ephemeral=ephemeral_public, data_key=sealed)


def rewrap_slot(slot: Slot, old: str, new: str, *, desk: str, kdf: KdfSettings) -> Slot | None:
    """The slot under a new passphrase, its key pair as before; ``None`` if the old one is not this slot's."""
    private = _private_half(slot, old, desk=desk)
    if private is None:
        return None
    data_key = _open_with(slot, private, desk=desk)
    fresh = replace(slot, kdf=kdf, salt=os.urandom(SALT_BYTES))
    wrapping_key = _passphrase_key(new, fresh.salt, kdf)
    fresh = replace(fresh, private=_seal(wrapping_key, private, _bound_to(fresh, desk, "private half")))
    return seal_to_slot(fresh, data_key, desk=desk)


def open_slot(slot: Slot, passphrase: str, *, desk: str) -> DataKey | None:
    """The data key, or ``None`` if the passphrase is not this slot's.

    Raises:
        DamagedDesk: the passphrase is right and the rest of the slot is not.
    """
    private = _private_half(slot, passphrase, desk=desk)
    return None if private is None else _open_with(slot, private, desk=desk)


def _private_half(slot: Slot, passphrase: str, *, desk: str) -> bytes | None:
    wrapping_key = _passphrase_key(passphrase, slot.salt, slot.kdf)
    try:
        return _unseal(wrapping_key, slot.private, _bound_to(slot, desk, "private half"))
    except InvalidTag:
        return None


def _open_with(slot: Slot, private: bytes, *, desk: str) -> DataKey:
    try:
        pair = X25519PrivateKey.from_private_bytes(private)
        shared = pair.exchange(X25519PublicKey.from_public_bytes(slot.ephemeral))
        sealing_key = _sealing_key(shared, slot.ephemeral, slot.public)
        return DataKey(_unseal(sealing_key, slot.data_key, _bound_to(slot, desk, "data key")))
    except (InvalidTag, ValueError) as error:
        raise DamagedDesk("header", "The key file keys.json is damaged.") from error
