"""The ledger for the screen: a part of it at a time, in words, as the signed-in user may have it."""

from leaddesk.policy.disclosure import Audience, Disclosure, Sight
from leaddesk.policy.ledger_rows import (
    LedgerView,
    LedgerWish,
    LedgerWords,
    VerifiedView,
    since_instant,
    until_instant,
    verified,
)
from leaddesk.policy.ledger_words import LedgerKind, actions_of, known_actions
from leaddesk.policy.standing import Standing
from leaddesk.services import records
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import Choice
from leaddesk.services.facts import guard_of, load_facts
from leaddesk.services.registers import read_registers
from leaddesk.vault.ledger import Wanted
from leaddesk.vault.protected import ROWS

#: Entries that are read at a time.
LIMIT = 200


def read_ledger(
    unit: Unit, everyday: frozenset[str], wish: LedgerWish, before: int | None = None, limit: int = LIMIT
) -> LedgerView:
    """The newest entries that are wanted, or those before number ``before``; nothing for who may not read it."""
    facts = load_facts(unit.rows, unit.at)
    sight = Sight(Standing(facts, unit.at), Audience(frozenset(), signed_in=unit.user.id))
    attendees = {record.id: record for record in records.attendees(unit.rows)}
    words = LedgerWords(Disclosure(guard_of(unit.rows, facts, everyday), sight), attendees, facts.site.zone)
    if not words.readable:
        return words.view(wish, (), count=0, limit=limit)
    wanted = _wanted(wish, facts.site.zone)
    entries = unit.newest_entries(wanted, before=before, limit=limit)
    return words.view(wish, entries, count=unit.count_entries(wanted), limit=limit)


def ledger_people(unit: Unit, everyday: frozenset[str]) -> tuple[Choice, ...]:
    """By whom entries can be chosen: those who attend, and the participants whom the user may know."""
    return read_registers(unit, everyday, lambda all_: (*all_.choices().attendees, *all_.participants_to_choose()))


def verify_in_words(desk: Desk) -> VerifiedView:
    """What a check of the whole desk comes to; it takes some seconds, and may be asked on any thread."""
    report = desk.verify()
    return verified(report.findings, report.head, desk.do(_zone))


def _zone(unit: Unit) -> str:
    return unit.site.zone


def _wanted(wish: LedgerWish, zone: str) -> Wanted:
    """Fingerprints of rows follow nearly every other entry, so that they are shown only when they are asked for."""
    actions: tuple[str, ...] | None = None
    without: tuple[str, ...] = (ROWS,)
    if wish.kind is LedgerKind.OTHER:
        without = known_actions()
    elif wish.kind is not None:
        actions, without = actions_of(wish.kind), ()
    return Wanted(
        actions=actions,
        without=without,
        person=wish.person,
        since=None if wish.since is None else since_instant(wish.since, zone),
        until=None if wish.until is None else until_instant(wish.until, zone),
    )
