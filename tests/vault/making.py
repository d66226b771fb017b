"""Small desks for the tests, with the least key work that LeadDesk accepts."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leaddesk import platforms
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.header import Header, decode
from leaddesk.vault.keys import KdfSettings
from leaddesk.vault.ledger import Head
from leaddesk.vault.opening import create_desk

FLOOR = KdfSettings(time=3, memory=64 * 1024, parallelism=4)
PASSPHRASE = "a kettle on the third shelf"
NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


def make(folder: Path) -> OpenDesk:
    return create_desk(folder, PASSPHRASE, kdf=FLOOR)


def made(folder: Path, entries: int = 3) -> Path:
    """A locked desk with a few ledger entries."""
    with make(folder) as desk:
        write(desk, entries)
    return folder


def write(desk: OpenDesk, entries: int = 1) -> Head:
    with desk.engine.begin() as connection:
        for number in range(entries):
            head = desk.ledger.append(
                connection, at=NOON, actor="user:1", action="checked_in", objects={"person": number}, payload={}
            )
    return head


def bytes_and_times(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, and the folder itself, as it is on disk."""
    files = {
        str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in folder.rglob("*")
        if file.is_file()
    }
    return files | {".": (b"", folder.stat().st_mtime_ns)}


def header_of(folder: Path) -> Header:
    return decode((folder / "keys.json").read_bytes())


def forge(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the key file as somebody would who knows its format and holds no key."""
    facts = json.loads((folder / "keys.json").read_bytes())
    change(facts)
    del facts["checksum"]
    canonical = json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()
    facts["checksum"] = hashlib.sha256(canonical).hexdigest()
    (folder / "keys.json").write_bytes(json.dumps(facts, sort_keys=True, indent=1).encode() + b"\n")


def crash(desk: OpenDesk) -> None:
    """What the end of the process leaves of an open desk: nothing is written any more."""
    desk.engine.dispose()
    desk._locked = True
    desk._key.drop()
    held, desk._held = desk._held, None
    if held is not None:
        platforms.release_folder(held)


def flip(path: Path, offset: int, bit: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[offset] ^= 1 << bit
    path.write_bytes(data)
