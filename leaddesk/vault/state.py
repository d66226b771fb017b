"""What the database remembers of the key file and for the ledger, in a table of one row."""

import secrets
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection

from leaddesk.vault.header import Header
from leaddesk.vault.keys import KEY_BYTES

#: The key of the ledger's MACs is random and stays with the rows: anchors on paper outlive a new data key.
SCHEMA = """CREATE TABLE vault_state (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL,
    header_mac BLOB NOT NULL,
    ledger_key BLOB NOT NULL
) STRICT"""


def first_state(header: Header) -> tuple[str, tuple[int, bytes, bytes]]:
    """The statement that makes a new database belong to its key file, and gives its ledger a key."""
    values = (header.generation, header.mac, secrets.token_bytes(KEY_BYTES))
    return "INSERT INTO vault_state VALUES (1, ?, ?, ?)", values


@dataclass(frozen=True, slots=True)
class State:
    """The generation and the MAC of the key file that belongs to a database."""

    generation: int
    mac: bytes

    @classmethod
    def of(cls, header: Header) -> Self:
        """The state of a database that belongs to this header."""
        return cls(header.generation, header.mac)

    @classmethod
    def read(cls, connection: Connection) -> Self:
        """What the database remembers."""
        return cls(*connection.exec_driver_sql("SELECT generation, header_mac FROM vault_state").one())

    def is_of(self, header: Header) -> bool:
        """Whether the database belongs to this header."""
        return self == State.of(header)

    def remember(self, connection: Connection) -> None:
        """Make the database belong to this header once the transaction has committed."""
        connection.exec_driver_sql(
            "UPDATE vault_state SET generation = ?, header_mac = ?", (self.generation, self.mac)
        )


def ledger_key(connection: Connection) -> bytes:
    """The key of the ledger's MACs."""
    key: bytes = connection.exec_driver_sql("SELECT ledger_key FROM vault_state").scalar_one()
    return key
