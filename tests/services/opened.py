"""New desks as a user makes them, the chair signed, with the least key work that LeadDesk accepts."""

from datetime import UTC, datetime
from pathlib import Path

from leaddesk.services.agreements import sign
from leaddesk.services.desk import Clock, Desk
from leaddesk.services.drafts import NewDesk, Signed
from leaddesk.services.opening import new_desk
from leaddesk.vault.ledger import LedgerEntry
from leaddesk.vault.protected import ROWS
from tests.vault.making import FLOOR, PASSPHRASE

NEW = NewDesk(
    program="Harbor County",
    program_word="LEAD",
    group="Operational Work Group",
    agency="LEAD PMT",
    given_name="Jo",
    family_name="Reyes",
    zone="America/Los_Angeles",
)
NOON = datetime(2026, 5, 6, 19, 0, tzinfo=UTC)


def signed_desk(folder: Path, clock: Clock = lambda: NOON) -> Desk:
    """A new desk whose chair, attendee ``a1``, has signed."""
    desk = new_desk(folder, NEW, PASSPHRASE, clock=clock, kdf=FLOOR)
    desk.do(
        sign,
        Signed(
            attendee=desk.user.id,
            language="en",
            method="typed",
            printed_name="Jo Reyes",
            typed="Jo Reyes",
            agency="LEAD PMT",
            role="Project manager",
            duties="",
            conflicts=(),
        ),
    )
    return desk


def ledger(desk: Desk) -> list[LedgerEntry]:
    """Every entry of the desk's ledger, those with the hashes of rows aside."""
    with desk.unit() as unit:
        entries = desk._opened.ledger.entries(unit.rows.connection())
        return [entry for entry in entries if entry.action != ROWS]
