"""Verifying a desk: pages, structure, chain, anchors, finalized minutes, and the hashes of the protected rows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from leaddesk.errors import KnownError
from leaddesk.models import User, protected_tables
from leaddesk.models.schema import schema_state
from leaddesk.services.frozen import digest
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.errors import DamagedDesk, HeaderMismatch, NewerDesk
from leaddesk.vault.ledger import KEEP_AND_RESTORE, Finding, Head, Ledger, Wanted, instant
from leaddesk.vault.opening import open_desk
from leaddesk.vault.protected import ROWS, all_hashes, check_rows
from leaddesk.vault.state import ledger_key

_FILES = {"header": "keys.json", "database": "desk.db"}


class UnfinishedDesk(KnownError):
    """The desk's making was cut short, before its first user was written down."""

    def __init__(self) -> None:
        super().__init__(
            "This desk was never finished: making it was cut short.",
            kept="Nothing was ever filed on it.",
            todo="Delete its folder, then make the desk anew.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check of a desk came to.

    Attributes:
        findings: what is wrong; nothing on a sound desk.
        head: the ledger's last entry, to be kept elsewhere as an anchor; ``None`` where something is wrong.
    """

    findings: tuple[Finding, ...]
    head: Head | None = None

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def read_anchors(texts: Iterable[str]) -> tuple[Head, ...]:
    """The anchors that were written down as ``SEQ:MAC``.

    Raises:
        KnownError: one is none.
    """
    try:
        return tuple(Head.parse(text) for text in texts)
    except ValueError as error:
        raise KnownError(
            "An anchor is a number, a colon and 64 hex digits.",
            kept="Nothing was opened.",
            todo="Copy it as it stands at the foot of the minutes.",
        ) from error


def verify(folder: Path, passphrase: str, anchors: Iterable[Head] = (), *, slot: int | None = None) -> Report:
    """What is wrong with the desk in a folder; nothing on it is changed but what opening tidies up.

    That key file and database are damaged, that one is older than the other, or that the desk was never finished, is
    a finding. Everything else that stops it from being opened means that nobody could look.

    Args:
        folder: the desk's folder.
        passphrase: any user's.
        anchors: heads of the ledger that were kept outside the desk.
        slot: the number of the one slot to try; all, if it is not given.

    Raises:
        KnownError: as `leaddesk.vault.opening.open_desk`, but for damage and age.
    """
    try:
        opened = open_desk(folder, passphrase, slot=slot, check_schema=refuse_unusable)
    except DamagedDesk as error:
        return Report(findings=(Finding(error.happened, _FILES[error.part], error.todo),))
    except HeaderMismatch as error:
        return Report(findings=(Finding(error.happened, _FILES[error.older], f"{error.todo} {KEEP_AND_RESTORE}"),))
    except UnfinishedDesk as error:
        return Report(findings=(Finding(error.happened, _FILES["database"], error.todo),))
    try:
        return report(opened, anchors)
    finally:
        opened.lock(anchoring=False)


def report(opened: OpenDesk, anchors: Iterable[Head] = ()) -> Report:
    """What is wrong with an open desk, held against these anchors and those that it knows itself.

    Raises:
        DiskRefused: the disk would not let all of it be read.
    """
    anchored, wrong = _minutes(opened)
    findings = opened.check(*anchors, *anchored, protected=protected_tables())
    if findings or wrong:
        return Report(findings=(*findings, *wrong))
    with opened.engine.begin() as connection:
        return Report(findings=(), head=opened.ledger.head(connection))


def refuse_newer(connection: Connection) -> None:
    """Refuses a database that a later LeadDesk wrote.

    Raises:
        NewerDesk: it is one.
    """
    if schema_state(connection) == "newer":
        raise NewerDesk("database")


def refuse_unusable(connection: Connection) -> None:
    """Refuses a database that a later LeadDesk wrote, and that of a desk whose making was cut short.

    Raises:
        NewerDesk: it is one.
        UnfinishedDesk: nothing is in its ledger, and it has no user.
    """
    refuse_newer(connection)
    begun = Ledger(ledger_key(connection)).head(connection) is not None
    if not begun and (schema_state(connection) == "empty" or connection.scalar(select(User.id).limit(1)) is None):
        raise UnfinishedDesk


def rows_changed(connection: Connection, ledger: Ledger) -> list[Finding]:
    """The protected rows that are not as the ledger has them, to be asked before a migration changes them all.

    Nothing on a desk whose ledger has never held the hash of a row: there is nothing to hold it against.
    """
    if not ledger.count(connection, Wanted(actions=(ROWS,))):
        return []
    return check_rows(connection, protected_tables())


def hash_all_rows(connection: Connection, ledger: Ledger, *, at: datetime, actor: str) -> None:
    """Writes the hash of every protected row in one entry, in the transaction of the migration that changed them."""
    rows = all_hashes(connection, protected_tables())
    ledger.append(connection, at=at, actor=actor, action=ROWS, objects={}, payload={"rows": rows})


def _minutes(opened: OpenDesk) -> tuple[list[Head], list[Finding]]:
    """The anchors in finalized minutes, and the minutes that are not what was finalized."""
    try:
        with opened.engine.begin() as connection:
            stored = connection.exec_driver_sql(
                "SELECT id, content, digest, anchor, at FROM finalized_minutes ORDER BY id"
            ).all()
    except DamagedDesk:
        # the check of pages and structure says what is wrong
        return [], []
    anchors, findings = [], []
    for row, content, kept, anchor, at in stored:
        try:
            anchors.append(Head.parse(str(anchor)))
        except ValueError:
            findings.append(_wrong_minutes(row, "have an anchor that is none", at))
        if _digest(str(content)) != kept:
            findings.append(_wrong_minutes(row, "are not what was finalized", at))
    return anchors, findings


def _digest(content: str) -> str | None:
    try:
        return digest(json.loads(content))
    except ValueError:
        return None


def _wrong_minutes(row: int, how: str, at: str) -> Finding:
    return Finding(
        f"Finalized minutes {row} {how}.",
        f"table finalized_minutes, row {row}",
        f"Compare them with a printed copy. {KEEP_AND_RESTORE}",
        instant(at),
    )
