"""Makes a desk of many years through the services that users use, meeting after meeting, from a fixed seed.

Batched: what happens around one meeting is one transaction, not one a verb, and within it the clock goes on. Where
the services have no verb (resolving a priority, who comes regularly), the row is written as the demo writes it. Case
codes are random by the product's rule: two desks of one seed differ in them alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.desks import FLOOR, NOW, PASSPHRASE, Size
from benchmarks.making_facts import Cases, Places
from benchmarks.making_group import PROGRAM, WORD, make_group, renew_agreements
from benchmarks.making_meetings import Meetings
from leaddesk.services.desk import Desk
from leaddesk.services.drafts import NewDesk
from leaddesk.services.opening import new_desk
from leaddesk.services.texts import Writer

#: Days between two meetings, so that 400 of them take ten years.
APART = 9.125


@dataclass
class Time:
    """A clock that stands where it is put."""

    at: datetime

    def __call__(self) -> datetime:
        """What the time is."""
        return self.at


def make_desk(folder: Path, size: Size) -> None:
    """Makes a desk of this size in a new folder and locks it.

    Raises:
        KnownError: the folder holds something already.
    """
    random = Random(42)
    time = Time(_day(size, 0) - timedelta(days=30))
    new = NewDesk(
        program=PROGRAM,
        program_word=WORD,
        group="Operational Work Group",
        agency=f"{PROGRAM} {WORD}",
        given_name="Dana",
        family_name="Whitfield",
        zone="America/Los_Angeles",
    )
    desk = new_desk(folder, new, PASSPHRASE, clock=time, kdf=FLOOR)
    try:
        _fill(desk, size, time, random)
    finally:
        desk.lock()


def _fill(desk: Desk, size: Size, time: Time, random: Random) -> None:
    with desk.unit() as unit:
        group = make_group(unit, random)
    cases = Cases(size, group, random, desk.everyday)
    places = Places(size, group, random, desk.everyday)
    meetings = Meetings(size, group, cases, random, desk.everyday)
    signed: dict[str, datetime] = {}
    for number in range(size.meetings):
        time.at = _day(size, number) - timedelta(days=2)
        with desk.unit() as unit:
            renew_agreements(unit, group, signed)
            writer = Writer(unit, desk.everyday)
            cases.come_in(unit, writer, number)
            places.are_heard_of(unit, writer, number)
            unit.at = _day(size, number) - timedelta(hours=1)
            meetings.hold(unit, number)


def _day(size: Size, number: int) -> datetime:
    """When a meeting begins; the last one begins now."""
    return NOW - timedelta(days=round(APART * (size.meetings - 1 - number)))
