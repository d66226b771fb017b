"""Desks that are written to in batches, each one transaction, so that a lost or a partial one shows."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sqlalchemy import select

from leaddesk.models import Attendee, protected_tables
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import NewDesk
from leaddesk.services.opening import new_desk, sign_in
from tests.vault.making import FLOOR, NOON, PASSPHRASE

ROWS = 4
_FAMILY = "Batch"


def make_desk(folder: Path) -> Desk:
    """A new desk with its chair signed in."""
    new = NewDesk(
        program="Harbor County",
        program_word="LEAD",
        group="Operational Work Group",
        agency="Harbor County LEAD",
        given_name="Dana",
        family_name="Whitfield",
        zone="America/Los_Angeles",
    )
    return new_desk(folder, new, PASSPHRASE, clock=lambda: NOON, kdf=FLOOR)


def opened(folder: Path, passphrase: str = PASSPHRASE) -> Desk:
    """The desk in a folder, its chair signed in."""
    return sign_in(folder, passphrase, clock=lambda: datetime.now(UTC))


def write_batch(unit: Unit, number: int) -> None:
    """Adds some attendees with long notes, and a ledger entry about them."""
    words = Random(number)
    for row in range(ROWS):
        note = words.randbytes(words.randrange(8_000)).hex()
        unit.rows.add(Attendee(given_name=str(row), family_name=f"{_FAMILY}{number}", note=note))
    unit.note("imported", batch=number, added=ROWS)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a desk holds of the batches that were acknowledged before a crash.

    Attributes:
        lost: how many acknowledged batches are not there.
        partial: how many are there in part, or not as their ledger entry says.
        findings: what the desk's check says.
    """

    lost: int
    partial: int
    findings: tuple[str, ...]


def kept(folder: Path, acknowledged: Iterable[int]) -> Kept:
    """What a desk holds, after opening and checking it.

    Raises:
        KnownError: it can't be opened.
    """
    desk = opened(folder)
    try:
        rows, noted = desk.do(_batches)
        findings = tuple(finding.what for finding in desk._opened.check(protected=protected_tables()))
    finally:
        desk.lock()
    partial = [number for number in rows.keys() | noted if rows[number] != ROWS or number not in noted]
    return Kept(len(set(acknowledged) - rows.keys()), len(partial), findings)


def _batches(unit: Unit) -> tuple[Counter[int], set[int]]:
    """How many rows of each batch there are, and which batches the ledger has."""
    names = unit.rows.scalars(select(Attendee.family_name).where(Attendee.family_name.startswith(_FAMILY)))
    rows = Counter(int(name.removeprefix(_FAMILY)) for name in names)
    return rows, {entry.payload["batch"] for entry in unit.ledger_entries("imported")}
