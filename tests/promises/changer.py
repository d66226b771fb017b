"""``python -m tests.promises.changer FOLDER CHANGE [careless]``: a program that makes one change, or one backup.

It says *begun* when the desk is open, *done* when the change has been made, and then locks the desk. A careless one
replaces the key file before the database knows of it, as a check that the promise would notice.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from sqlalchemy import Connection

from leaddesk.models.schema import migrate, schema_state
from leaddesk.vault import header as key_file
from leaddesk.vault.backup import unpack
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.files import DeskFiles, write_whole
from leaddesk.vault.header import Header, encode
from leaddesk.vault.keys import Slot
from leaddesk.vault.opening import create_desk, open_desk
from tests.vault.making import FLOOR, NOON, PASSPHRASE, write

CHANGED = "seven gulls over the ferry"
SECOND = "a ladder behind the shed"
ENTRIES, MORE = 200, 5
BACKUP = "day.leaddesk"
SECRETS = (PASSPHRASE, CHANGED, SECOND)


def make_desk(folder: Path) -> None:
    """A locked desk of two users, without tables, with a backup."""
    with create_desk(folder, PASSPHRASE, kdf=FLOOR) as desk:
        write(desk, ENTRIES)
        _with_slot(desk, desk.new_slot(2, SECOND, kdf=FLOOR))
        desk.backups.mkdir()
        desk.back_up(desk.backups / BACKUP)


def _note(desk: OpenDesk, connection: Connection) -> None:
    desk.ledger.append(connection, at=NOON, actor="user:1", action="changed", objects={}, payload={})


def _with_slot(desk: OpenDesk, slot: Slot) -> None:
    with desk.engine.begin() as connection:
        _note(desk, connection)
        desk.stage(connection, slot)
    desk.settle()


def _back_up(desk: OpenDesk) -> None:
    write(desk, MORE)
    desk.back_up(desk.backups / BACKUP)


def _migrate(desk: OpenDesk) -> None:
    with desk.migrating() as engine:
        migrate(engine)


@dataclass(frozen=True, slots=True)
class State:
    """What tells a desk before a change from one after it.

    Attributes:
        opening: the passphrases that open it.
        changes: how often the ledger says that something was changed.
        schema: the shape of its tables.
        backed_up: how many entries are in the ledger of its backup.
    """

    opening: frozenset[str]
    changes: int
    schema: str
    backed_up: int = ENTRIES + 1

    @classmethod
    def of(cls, desk: OpenDesk, opening: frozenset[str]) -> "State":
        """The state of an open desk, of which it is known what opens it."""
        with desk.engine.begin() as connection:
            changes = len(list(desk.ledger.entries(connection, action="changed")))
            return cls(opening, changes, schema_state(connection), _backed_up(desk.backups / BACKUP))


def _backed_up(file: Path) -> int:
    """How many entries are in the ledger of a backup that is sound."""
    with TemporaryDirectory() as folder:
        unpack(file, DeskFiles(Path(folder)))
        with open_desk(Path(folder), PASSPHRASE) as desk, desk.engine.begin() as connection:
            assert desk.ledger.check(connection) == []
            return len(list(desk.ledger.entries(connection)))


@dataclass(frozen=True, slots=True)
class Change:
    """Something that must happen whole or not at all, and the state of the desk afterwards."""

    make: Callable[[OpenDesk], None]
    after: State


BEFORE = State(frozenset({PASSPHRASE, SECOND}), 1, "empty")

CHANGES: Mapping[str, Change] = {
    "passphrase change": Change(
        lambda desk: _with_slot(desk, desk.rewrapped(PASSPHRASE, CHANGED, kdf=FLOOR)),
        State(frozenset({CHANGED, SECOND}), 2, "empty"),
    ),
    "key rotation": Change(
        lambda desk: desk.rotate(lambda connection: _note(desk, connection), without=[2]),
        State(frozenset({PASSPHRASE}), 2, "empty"),
    ),
    "backup": Change(_back_up, State(frozenset({PASSPHRASE, SECOND}), 1, "empty", ENTRIES + 1 + MORE)),
    "migration": Change(_migrate, State(frozenset({PASSPHRASE, SECOND}), 1, "current")),
}


def main(folder: str, change: str, careless: str = "") -> None:
    with open_desk(Path(folder), PASSPHRASE) as desk:
        _say("begun")
        if careless:
            with patch.multiple(key_file, write_next=_replace_at_once, promote=key_file.copy_to_previous):
                CHANGES[change].make(desk)
        else:
            CHANGES[change].make(desk)
        _say("done")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _replace_at_once(files: DeskFiles, header: Header) -> None:
    write_whole(files.header, encode(header))


if __name__ == "__main__":
    main(*sys.argv[1:])
