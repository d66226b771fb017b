"""What the tests of minutes have in common: meetings as far on their way as a test wants, and what is on them."""

from datetime import datetime, timedelta

from leaddesk.models import ActionItem, Meeting
from leaddesk.models.ids import row_id
from leaddesk.models.words import AppRole, MeetingState
from leaddesk.policy.records import Kind
from leaddesk.policy.views import CopyKind
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import entries, meetings, minutes, papers
from leaddesk.services.desk import Desk, SignedIn, Unit
from leaddesk.services.material import load
from leaddesk.services.texts import Words, Writer
from tests.documents.sample_views import text as text_of
from tests.services.opened import NOON, ledger

C = InformationClass
WEEK = timedelta(days=7)


class Clock:
    """What the time is: the tests say when it goes on."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def planned(desk: Desk, series: str = "Operational Work Group") -> str:
    return desk.do(meetings.plan, meetings.MeetingForm(held_on=desk.now.date(), starts_at=desk.now, series=series))


def opened(desk: Desk, series: str = "Operational Work Group") -> str:
    meeting = planned(desk, series)
    desk.do(meetings.open_meeting, meeting)
    return meeting


def closed(desk: Desk, series: str = "Operational Work Group") -> str:
    meeting = opened(desk, series)
    desk.do(meetings.close_meeting, meeting)
    return meeting


def finalized(desk: Desk, series: str = "Operational Work Group") -> str:
    meeting = closed(desk, series)
    assert desk.do(minutes.finalize, meeting) == 1
    return meeting


def state(desk: Desk, meeting: str) -> MeetingState:
    with desk.unit() as unit:
        return unit.found(Meeting, Kind.MEETING, meeting).state


def filed(desk: Desk, meeting: str, words: str) -> str:
    return desk.do(file_words, meeting, words)


def file_words(unit: Unit, meeting: str, words: str) -> str:
    filing = entries.Filing(meeting=row_id(Kind.MEETING, meeting), item=None, words=Words(words, C.OPERATIONS))
    return entries.file_entry(unit, filing, Writer(unit, frozenset()))


def mend_words(unit: Unit, meeting: str, entry: str, words: str) -> str:
    filing = entries.Filing(meeting=row_id(Kind.MEETING, meeting), item=None, words=Words(words, C.OPERATIONS))
    return entries.mend(unit, entry, filing, Writer(unit, frozenset()))


def first_item(unit: Unit, meeting: str) -> str:
    return load(unit, meeting).material.agenda[0].id


def action(desk: Desk, meeting: str, words: str) -> str:
    return desk.do(file_action, meeting, words)


def file_action(unit: Unit, meeting: str, words: str) -> str:
    filing = entries.Filing(meeting=row_id(Kind.MEETING, meeting), item=None, words=Words(words, C.OPERATIONS))
    return entries.file_action(unit, filing, Writer(unit, frozenset()))


def carried(desk: Desk, action: str) -> int:
    with desk.unit() as unit:
        return unit.found(ActionItem, Kind.ACTION, action).carried


def printed(desk: Desk, meeting: str, version: int | None = None, kind: CopyKind = CopyKind.RECORD) -> str:
    return text_of(desk.do(papers.print_minutes, meeting, kind, desk.everyday, version=version).pdf)


def as_scribe(desk: Desk) -> None:
    desk.user = SignedIn(desk.user.user, desk.user.attendee, AppRole.SCRIBE)


def actions_of(desk: Desk) -> list[str]:
    return [entry.action for entry in ledger(desk)]
