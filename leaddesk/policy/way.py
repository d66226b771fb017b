"""A meeting's way from planned to approved, as the signed-in user may have it, and what can be done with it next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from leaddesk.policy.course import Course
from leaddesk.policy.dates import clock, local_day, short
from leaddesk.policy.desk_views import Found, MeetingWay, Move, Offer, Reached, WayStep
from leaddesk.policy.disclosure import Disclosure, Seen
from leaddesk.policy.records import Record

_STEPS = ("planned", "open", "closed", "finalized", "approved")
_WORDS: Mapping[str, str] = {
    "planned": "Planned",
    "open": "Open",
    "closed": "Closed",
    "finalized": "Final",
    "approved": "Approved",
}
_SAYS: Mapping[str, str] = {
    "planned": "The meeting is planned.",
    "open": "The meeting is open. Minutes print as a draft.",
    "closed": "The meeting is closed. Minutes print as a draft until they are finalized.",
    "approved": "The minutes are approved. A correction stands with them as an amendment.",
    "canceled": "The meeting is canceled.",
}
_FOR_THE_CHAIR = frozenset({Move.FINALIZE, Move.APPROVE, Move.TAKE_BACK, Move.REOPEN, Move.AMEND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is around a meeting when its way is asked for.

    Attributes:
        at_hand: whether it is the meeting that the windows are at.
        may_go: whether the windows may go to it: none is open at hand.
        chair: whether the signed-in user is the chair.
        today: the site's day.
        zone: the site's IANA time zone.
    """

    at_hand: bool
    may_go: bool
    chair: bool
    today: date
    zone: str


def meeting_way(meeting: Record, mine: Disclosure, course: Course, around: Around) -> MeetingWay:
    """Where a meeting stands, and what can be done with it next."""
    seen = mine.see(meeting)
    moves = _moves(course, around, seen)
    next_day = seen.value("next_meeting_on")
    return MeetingWay(
        meeting=meeting.id,
        title=_title(seen),
        state=course.state,
        says=_says(course),
        steps=_steps(seen, course, around.zone),
        offers=tuple(
            Offer(move=move, words=words, may=around.chair or move not in _FOR_THE_CHAIR) for move, words in moves
        ),
        next_day=next_day if isinstance(next_day, date) else None,
        versions=tuple(range(course.versions, 0, -1)),
        needs_reason=course.needs_reason,
    )


def held_rows(
    meetings: Sequence[Record], mine: Disclosure, versions: Mapping[str, int], amendments: Iterable[Record]
) -> tuple[Found, ...]:
    """Every meeting with its state and papers, the newest first.

    Args:
        meetings: their records.
        mine: what the signed-in user may have.
        versions: how often the minutes of each were finalized, by id.
        amendments: of all of them; those that the user may have are counted.
    """
    counts: dict[str | None, int] = {}
    for record in amendments:
        if mine.see(record).text("text"):
            meeting = record.links.get("meeting")
            counts[meeting] = counts.get(meeting, 0) + 1
    several = len({record.links.get("series") for record in meetings}) > 1
    rows = []
    for record in meetings:
        seen = mine.see(record)
        count, approved, held = counts.get(record.id, 0), seen.value("approved_on"), seen.value("held_on")
        parts = [
            seen.text("series") if several else "",
            _WORDS.get(seen.text("state"), "Canceled").lower()
            + (f" on {short(approved)}" if isinstance(approved, date) else ""),
            f"version {versions[record.id]}" if versions.get(record.id) else "",
            f"{count} amendment{'' if count == 1 else 's'}" if count else "",
        ]
        detail = " · ".join(part for part in parts if part)
        found = Found(kind=record.kind.value, id=record.id, title=_title(seen), detail=detail)
        rows.append((str(held or ""), found))
    return tuple(found for _, found in sorted(rows, key=lambda pair: pair[0], reverse=True))


def unfinished_words(seen: Seen) -> str:
    """What is said of an earlier meeting of the series whose minutes are not final, empty where they are."""
    number = seen.text("number")
    match seen.text("state"):
        case "open":
            return f"Meeting {number} is still open."
        case "closed":
            return f"The minutes of meeting {number} are not final yet."
        case _:
            return ""


def _title(seen: Seen) -> str:
    held = seen.value("held_on")
    day = short(held) if isinstance(held, date) else ""
    return " · ".join(part for part in (f"Meeting {seen.text('number')}", day) if part)


def _says(course: Course) -> str:
    if course.state == "closed" and course.versions:
        kept, new = course.versions, course.versions + 1
        return f"The minutes are reopened. Version {kept} is kept; finalizing makes version {new}."
    if course.state != "finalized":
        return _SAYS.get(course.state, "")
    if course.can_reopen:
        return "The minutes are final. Until the next meeting opens they can be reopened."
    return "The minutes are final. A correction stands with them as an amendment."


def _steps(seen: Seen, course: Course, zone: str) -> tuple[WayStep, ...]:
    if course.state not in _STEPS:
        return ()
    now = _STEPS.index(course.state)
    details = (
        _day(seen.value("held_on")),
        _time(seen.value("opened_at"), zone, after=seen.value("held_on")),
        _time(seen.value("closed_at"), zone, after=seen.value("opened_at")),
        f"version {course.versions}" if course.versions else "",
        _day(seen.value("approved_on")),
    )
    return tuple(
        WayStep(
            words=_WORDS[step],
            reached=Reached.DONE if number < now else Reached.NOW if number == now else Reached.AHEAD,
            detail=detail,
        )
        for number, (step, detail) in enumerate(zip(_STEPS, details, strict=True))
    )


def _day(value: object) -> str:
    return short(value) if isinstance(value, date) else ""


def _time(value: object, zone: str, *, after: object) -> str:
    """The time of day, with the day where that is another than the one of what came before."""
    if not isinstance(value, datetime):
        return ""
    day = local_day(value, zone)
    before = local_day(after, zone) if isinstance(after, datetime) else after
    return clock(value, zone) if before in (None, day) else f"{short(day)}, {clock(value, zone)}"


def _moves(course: Course, around: Around, seen: Seen) -> list[tuple[Move, str]]:
    approved_today = seen.value("approved_on") == around.today
    here = {
        "planned": (Move.OPEN, "Open the meeting"),
        "open": (Move.CLOSE, "Close the meeting"),
    }
    moves = [here[course.state]] if around.at_hand and course.state in here else []
    if course.can_finalize:
        version = f" as version {course.versions + 1}" if course.versions else ""
        moves.append((Move.FINALIZE, f"Finalize the minutes{version}"))
    if course.can_approve:
        moves.append((Move.APPROVE, "The group approves them"))
    if around.at_hand and course.is_final:
        moves.append((Move.PLAN, "Plan the next meeting"))
    if course.can_amend:
        moves.append((Move.AMEND, "Add an amendment"))
    if course.can_reopen:
        moves.append((Move.REOPEN, "Reopen the minutes"))
    if course.state == "approved" and course.followed_by_open and approved_today:
        moves.append((Move.TAKE_BACK, "Take the approval back"))
    if not around.at_hand and around.may_go:
        moves.append((Move.GO, "Go to this meeting"))
    return moves
