"""What is mended in the room: how a fact stands now, and what the room has less or may have more of since.

For the signed-in user alone, and only about what that user may have.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from leaddesk.policy.decision import Asked
from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.facts import Release, UntilEvent
from leaddesk.policy.force import end_instant, in_force, start_instant
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.why import WORDS_FOR

Classes = frozenset[InformationClass]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChange:
    """What a mended fact changes for the room about one participant, as far as the user may have it."""

    lost: tuple[str, ...]
    """What the room no longer has, in words."""
    waits: tuple[str, ...]
    """What it may have as soon as the chair lets it, in words."""


def rights(disclosure: Disclosure, participant: str, standing: Standing) -> Classes:
    """The bound classes that an audience may have of a participant, from the case agency."""
    about = standing.about(participant)
    source = None if about is None else about.participant.case_agency
    return frozenset(cls for cls in WORDS_FOR if disclosure.allows(Asked(cls, participant, source)))


def room_change(before: Classes, now: Classes, once_confirmed: Classes, mine: Classes) -> RoomChange:
    """What changed for the room.

    Args:
        before: what it had.
        now: what it has.
        once_confirmed: what it may have as soon as the chair confirms.
        mine: what the user may have, before or now; nothing else is mentioned.
    """
    return RoomChange(lost=_words((before - now) & mine), waits=_words((once_confirmed - now) & mine))


def release_words(standing: Standing, participant: str, release: str) -> str:
    """How a release that is complete stands now, in words; empty for one that is not there."""
    about = standing.about(participant)
    if about is None:
        return ""
    zone = ZoneInfo(standing.facts.site.zone)
    one = next((each for each in about.participant.releases if each.id == release), None)
    if one is None or one.signed is None or one.ends is None:
        return ""
    signed = start_instant(one.signed, zone)
    ended = _ended(one, standing.at, zone)
    revoked = [
        each.at
        for each in about.participant.revocations
        if each.at <= standing.at and (each.release == release or (not each.release and signed <= each.at))
    ]
    if revoked:
        return f"revoked {_day(min(revoked), zone)}"
    if ended:
        return ended
    if standing.at < signed:
        return f"begins {_day(one.signed, zone)}"
    return "in force"


def span_words(starts: date | None, ends: date | datetime | None, at: datetime, zone: str) -> str:
    """From when until when something holds, in words, and whether it is over or has not begun."""
    there = ZoneInfo(zone)
    since = "" if starts is None else f"since {starts.isoformat()}"
    until = "" if ends is None else f"until {_day(ends, there)}"
    if starts is not None and at < start_instant(starts, there):
        since = f"begins {starts.isoformat()}"
    elif ends is not None and not in_force(starts or date.min, ends, at, there):
        until = "over"
    return ", ".join(part for part in (since, until) if part)


def _ended(release: Release, at: datetime, zone: ZoneInfo) -> str:
    if isinstance(release.ends, UntilEvent):
        recorded = release.ends.recorded
        return f"ended {_day(recorded, zone)}" if recorded is not None and recorded <= at else ""
    if release.ends is not None and end_instant(release.ends, zone) <= at:
        return f"ended {release.ends.isoformat()}"
    return ""


def _day(moment: date | datetime, zone: ZoneInfo) -> str:
    return (moment.astimezone(zone).date() if isinstance(moment, datetime) else moment).isoformat()


def _words(classes: Classes) -> tuple[str, ...]:
    return tuple(words for cls, words in WORDS_FOR.items() if cls in classes)


def new_code_words(mine: Disclosure, participant: str, code: str) -> str:
    """What is told to the user who gave a participant a new case code: the code only if they may know whose it is."""
    may = mine.may_name(participant) and mine.allows(Asked(InformationClass.OPERATIONS))
    told = code if may else "another one"
    return f"The case code is {told} from now on. The one before is nobody's."
