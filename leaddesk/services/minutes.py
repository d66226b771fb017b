"""The minutes of a meeting on their way: finalized, reopened, amended, approved."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from leaddesk.errors import KnownError
from leaddesk.models import Amendment, FinalizedMinutes, Meeting, MeetingSeries
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import MeetingState
from leaddesk.policy.course import Course
from leaddesk.policy.desk_views import Found, MeetingWay
from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.material import Material, carried, raw
from leaddesk.policy.records import Kind, Record
from leaddesk.policy.way import Around, held_rows, meeting_way, unfinished_words
from leaddesk.policy.writing import typed
from leaddesk.services import records
from leaddesk.services.batches import Part
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import AmendmentForm
from leaddesk.services.frozen import digest, freeze, thaw
from leaddesk.services.material import load
from leaddesk.services.memory import made, values_of
from leaddesk.services.places import remember_ranks, restore_ranks
from leaddesk.services.recording import Said, record_of
from leaddesk.services.texts import Words, Writer, source_of

#: What the list of every meeting tells of each.
_HELD = Part(Meeting, "", ("series_id", "number", "held_on", "state", "approved_on"))
_SERIES = Part(MeetingSeries, "", ("name",))
_OF_THIS = "(SELECT this.{} FROM meeting AS this WHERE this.id = :meeting)"
#: The meetings of a series before this one whose minutes are not final.
UNFINISHED = Part(
    Meeting,
    f"series_id = {_OF_THIS.format('series_id')} AND number < {_OF_THIS.format('number')}"
    f" AND state IN ('{MeetingState.OPEN.value}', '{MeetingState.CLOSED.value}')",
)

_AS_IT_WAS = "The minutes are as they were."


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What minutes are printed from.

    Attributes:
        material: what is told, as it was finalized.
        status: such as ``draft`` or ``final, version 2``.
        anchor: the ledger's head when the version was finalized, empty for a draft.
        approved: when they were approved, ``None`` for not yet.
        amendments: those that stand with them, oldest first.
        approved_amendments: how many of those they were approved with.
    """

    material: Material
    status: str
    anchor: str = ""
    approved: date | None = None
    amendments: tuple[Record, ...] = ()
    approved_amendments: int = 0


def way(unit: Unit, meeting: str, mine: Disclosure, at_hand: str) -> MeetingWay:
    """Where a meeting stands on its way and what can be done with it, as the signed-in user may have it.

    Args:
        meeting: its id.
        mine: what the user may have.
        at_hand: the id of the meeting that the windows are at.
    """
    row = unit.found(Meeting, Kind.MEETING, meeting)
    (record,) = records.meetings(unit.rows, row.id)
    around = Around(
        at_hand=meeting == at_hand,
        may_go=unit.found(Meeting, Kind.MEETING, at_hand).state is not MeetingState.OPEN,
        chair=unit.user.is_chair,
        today=unit.today,
        zone=unit.site.zone,
    )
    return meeting_way(record, mine, _course(unit, row), around)


def held(unit: Unit, mine: Disclosure) -> tuple[Found, ...]:
    """Every meeting with its state and papers, the newest first, as the signed-in user may have them."""
    counted = unit.rows.execute(
        select(FinalizedMinutes.meeting_id, func.max(FinalizedMinutes.version)).group_by(FinalizedMinutes.meeting_id)
    )
    versions = {policy_id(Kind.MEETING, number): version for number, version in counted}
    values = values_of(unit.rows, (_HELD, _SERIES), {})
    said = Said({policy_id(Kind.SERIES, series.id): series.name for series in _SERIES.rows(values[_SERIES])})
    meetings = made(
        unit.rows, "held", values, lambda: tuple(record_of(row, said) for row in _HELD.rows(values[_HELD]))
    )
    return held_rows(meetings, mine, versions, records.amendments(unit.rows))


def unfinished(unit: Unit, meeting: str, mine: Disclosure) -> tuple[str, str]:
    """The id of the newest earlier meeting of the series whose minutes are not final, and what is said of it.

    Both are empty where there is none.
    """
    found = values_of(unit.rows, [UNFINISHED], {"meeting": row_id(Kind.MEETING, meeting)})[UNFINISHED]
    if not found:
        return "", ""
    newest = record_of(max(UNFINISHED.rows(found), key=lambda row: row.number), Said())
    return newest.id, unfinished_words(mine.see(newest))


def to_approve(unit: Unit, meeting: str) -> str:
    """The id of the meeting whose minutes an open meeting approves first: the newest before it that are only final.

    Raises:
        KnownError: there are none.
    """
    row = unit.found(Meeting, Kind.MEETING, meeting)
    newest = unit.rows.scalars(
        select(Meeting.id)
        .where(
            Meeting.series_id == row.series_id,
            Meeting.number < row.number,
            Meeting.state == MeetingState.FINALIZED,
        )
        .order_by(Meeting.number.desc())
        .limit(1)
    ).first()
    if newest is None:
        raise KnownError("No earlier minutes wait to be approved.", kept="Nothing was changed.")
    return policy_id(Kind.MEETING, newest)


def finalize(unit: Unit, meeting: str, reason: str = "") -> int:
    """The version that the minutes of a closed meeting were finalized as.

    Args:
        meeting: its id.
        reason: why a new version differs from the one before; the first needs none.

    Raises:
        KnownError: the user is not the chair, the meeting is not closed, or a new version has no reason.
    """
    unit.chair_only("Finalizing minutes")
    row = unit.found(Meeting, Kind.MEETING, meeting)
    now, why = _course(unit, row), typed(reason)
    if not now.can_finalize:
        raise KnownError("Only a closed meeting can be finalized.", kept="The meeting is as it was.")
    if now.needs_reason and not why:
        raise KnownError(
            "A new version of the minutes says why it differs.",
            kept=f"Version {now.versions} is kept, and what was mended since.",
            todo="Say in a few words what was mended.",
        )
    content = freeze(_as_it_stands(unit, row))
    version = now.versions + 1
    head = unit.note("minutes_finalized", {"meeting": meeting}, version=version, digest=digest(content))
    unit.rows.add(
        FinalizedMinutes(
            meeting_id=row.id,
            version=version,
            content=content,
            digest=digest(content),
            by_id=unit.user.attendee,
            at=unit.at,
            reason=why,
            anchor=str(head),
        )
    )
    row.state = MeetingState.FINALIZED
    if not now.followed:
        # These minutes tell the changes of rank so far; from here on later ones are told. Where the next meeting has
        # begun meanwhile, the changes made in it are still to be told in its own.
        remember_ranks(unit, row.series_id)
    return version


def reopen(unit: Unit, meeting: str) -> None:
    """Reopens the latest minutes of a series, to be mended and finalized as a new version; the one before is kept.

    Raises:
        KnownError: the user is not the chair, they are not final, or a later meeting has opened.
    """
    unit.chair_only("Reopening minutes")
    row = unit.found(Meeting, Kind.MEETING, meeting)
    now = _course(unit, row)
    if not now.can_reopen:
        if now.is_final:
            raise KnownError(
                "Only the latest minutes can be reopened, and only until the next meeting opens.",
                kept=_AS_IT_WAS,
                todo="Add an amendment: it stands with them.",
            )
        raise KnownError(
            "These minutes are not final.",
            kept=_AS_IT_WAS,
            todo="What this meeting says can be mended as it is; the minutes before it by an amendment.",
        )
    row.state = MeetingState.CLOSED
    restore_ranks(unit, row.series_id, _ranks_before(thaw(_finalized(unit, row.id, now.versions).content)))
    unit.note("minutes_reopened", {"meeting": meeting}, version=now.versions)


def amend(unit: Unit, form: AmendmentForm, everyday: frozenset[str], marked: frozenset[str] = frozenset()) -> str:
    """The id of an amendment, written once: a wrong one is followed by another.

    Raises:
        KnownError: the user is not the chair, there are no words, or the minutes are not final or can be reopened.
        LooksLikeAName: a wording for the public or the community may hold somebody's name.
    """
    unit.chair_only("Amending minutes")
    row = unit.found(Meeting, Kind.MEETING, form.meeting)
    now = _course(unit, row)
    if now.can_reopen:
        raise KnownError(
            "These minutes can still be reopened.",
            kept="Nothing was saved; your words are still here.",
            todo="Reopen them and mend them: amendments are for when the next meeting has opened.",
        )
    if not now.can_amend:
        raise KnownError("Only final minutes can be amended.", kept="Nothing was saved; your words are still here.")
    if not typed(form.text):
        raise KnownError("An amendment needs words.", kept=_AS_IT_WAS)
    writer, words = Writer(unit, everyday), Words(form.text, form.cls, marked)
    text = writer.save(
        words,
        about=form.about,
        source=source_of(unit, writer.prepare(words, form.about).about),
        safe=[Words(safe, cls, marked) for cls, safe in form.safe],
    )
    amendment = Amendment(meeting_id=row.id, text_id=text.id, by_id=unit.user.attendee, at=unit.at)
    unit.rows.add(amendment)
    unit.rows.flush()
    id_ = policy_id(Kind.AMENDMENT, amendment.id)
    unit.note("minutes_amended", {"meeting": form.meeting, "amendment": id_}, cls=text.cls.value)
    return id_


def approve(unit: Unit, meeting: str) -> None:
    """Records that the open meeting of the series approved the minutes of an earlier one, with their amendments.

    Raises:
        KnownError: the user is not the chair, the minutes are not final or approved already, or no later meeting of
            the series is open.
    """
    unit.chair_only("Recording an approval")
    row = unit.found(Meeting, Kind.MEETING, meeting)
    now = _course(unit, row)
    if not now.can_approve:
        if now.state == "approved":
            raise KnownError("These minutes are approved already.", kept=_AS_IT_WAS)
        if not now.is_final:
            raise KnownError(
                "Only final minutes can be approved.",
                kept=_AS_IT_WAS,
                todo="Close the meeting and finalize them first.",
            )
        raise KnownError(
            "Minutes are approved at the next meeting.", kept=_AS_IT_WAS, todo="Open the next meeting of the series."
        )
    row.state, row.approved_on = MeetingState.APPROVED, unit.today
    row.approved_amendments = _amendment_count(unit, row.id)
    unit.note("minutes_approved", {"meeting": meeting}, amendments=row.approved_amendments)


def take_back_approval(unit: Unit, meeting: str) -> None:
    """Takes back an approval that the open meeting recorded: it was recorded by mistake.

    Raises:
        KnownError: the user is not the chair, or it was not recorded today at a meeting that is still open.
    """
    unit.chair_only("Taking back an approval")
    row = unit.found(Meeting, Kind.MEETING, meeting)
    now = _course(unit, row)
    if now.state != "approved" or not now.followed_by_open or row.approved_on != unit.today:
        raise KnownError("This approval can't be taken back any more.", kept=_AS_IT_WAS)
    row.state, row.approved_on, row.approved_amendments = MeetingState.FINALIZED, None, 0
    unit.note("approval_taken_back", {"meeting": meeting})


def content(unit: Unit, meeting: str, version: int | None = None) -> Content:
    """What the minutes of a meeting are printed from.

    Args:
        meeting: its id.
        version: an earlier one; by default the final one, or the meeting as it stands while it has none or was
            reopened.

    Raises:
        KnownError: there is no such version.
    """
    row = unit.found(Meeting, Kind.MEETING, meeting)
    now = _course(unit, row)
    if version is None and not now.is_final:
        return Content(material=_as_it_stands(unit, row), status=now.status_of(None))
    wanted = now.versions if version is None else version
    finalized = _finalized(unit, row.id, wanted)
    newest = now.is_final and wanted == now.versions
    return Content(
        material=thaw(finalized.content),
        status=now.status_of(wanted),
        anchor=finalized.anchor,
        approved=row.approved_on if newest else None,
        amendments=records.amendments(unit.rows, row.id) if newest else (),
        approved_amendments=row.approved_amendments,
    )


def _opened_after(unit: Unit, row: Meeting) -> dict[int, MeetingState]:
    """The states of the later meetings of the same series that have been opened, by their rows."""
    later = select(Meeting.id, Meeting.state).where(
        Meeting.series_id == row.series_id, Meeting.number > row.number, Meeting.opened_at.is_not(None)
    )
    return {one.id: one.state for one in unit.rows.execute(later)}


def _course(unit: Unit, row: Meeting) -> Course:
    later = _opened_after(unit, row).values()
    versions = select(func.max(FinalizedMinutes.version)).where(FinalizedMinutes.meeting_id == row.id)
    return Course(
        state=row.state.value,
        versions=unit.rows.scalar(versions) or 0,
        followed=bool(later),
        followed_by_open=MeetingState.OPEN in later,
    )


def _finalized(unit: Unit, meeting: int, version: int) -> FinalizedMinutes:
    found = unit.rows.scalars(
        select(FinalizedMinutes).where(FinalizedMinutes.meeting_id == meeting, FinalizedMinutes.version == version)
    ).one_or_none()
    if found is None:
        raise KnownError(f"There is no version {version} of these minutes.", kept="Nothing was printed.")
    return found


def _amendment_count(unit: Unit, meeting: int) -> int:
    return unit.rows.scalar(select(func.count()).select_from(Amendment).where(Amendment.meeting_id == meeting)) or 0


def _ranks_before(finalized: Material) -> dict[int, int]:
    """The ranks that finalized minutes tell changes against, by the row of the place."""
    before = ((place.id, raw(place, "previous_rank")) for place in finalized.places)
    return {row_id(Kind.PLACE, id_): rank for id_, rank in before if isinstance(rank, int)}


def _as_it_stands(unit: Unit, row: Meeting) -> Material:
    """What the minutes of a meeting tell that are not final: without what belongs to later meetings of its series."""
    material = load(unit, policy_id(Kind.MEETING, row.id)).material
    later = _opened_after(unit, row)
    if not later:
        return material
    opened_later = frozenset(policy_id(Kind.MEETING, number) for number in later)
    elsewhere = frozenset(
        policy_id(Kind.MEETING, id_)
        for id_ in unit.rows.scalars(select(Meeting.id).where(Meeting.series_id != row.series_id))
    )
    actions = (one for one in material.actions if one.links.get("origin_meeting") not in opened_later)
    return replace(
        material,
        actions=tuple(
            action if action.links.get("origin_meeting") in elsewhere else carried(action, -len(later))
            for action in actions
        ),
    )
