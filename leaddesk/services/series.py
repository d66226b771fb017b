"""Meeting series: what they are called, how often they meet, who comes, and who is expected at one meeting."""

from collections.abc import Iterable

from sqlalchemy import select

from leaddesk.errors import KnownError
from leaddesk.models import AgendaTemplate, Attendance, Attendee, Expected, Meeting, MeetingRegular, MeetingSeries
from leaddesk.models.ids import policy_id
from leaddesk.models.words import NOT_OVER
from leaddesk.policy.records import Kind
from leaddesk.policy.writing import typed
from leaddesk.services.batches import Part
from leaddesk.services.desk import Unit, named
from leaddesk.services.drafts import SeriesForm
from leaddesk.services.memory import values_of
from leaddesk.services.texts import refuse_full_name

_YEAR = 366

_WORDS = Part(Expected, "meeting_id = :meeting", ("attendee_id", "coming"))
_REGULARS = Part(MeetingRegular, "series_id = (SELECT series_id FROM meeting WHERE id = :meeting)", ("attendee_id",))
_COME = Part(Attendance, "meeting_id = :meeting", ("attendee_id",))
_GONE = Part(Attendee, "NOT active", ("active",))
_CHAIR = Part(Meeting, "id = :meeting", ("chair_id",))
#: What tells who is expected at a meeting.
EXPECTED = (_WORDS, _REGULARS, _COME, _GONE, _CHAIR)


def save_series(unit: Unit, form: SeriesForm) -> str:
    """The id of the series that was added or mended.

    Raises:
        KnownError: it has no name or another's, or names a participant, its days are no number of days, or its
            template is retired.
    """
    name = named(form.name, "A meeting series")
    refuse_full_name(unit, f"{name}\n{form.cadence}", "A meeting series")
    series = unit.found(MeetingSeries, Kind.SERIES, form.id) if form.id else MeetingSeries(name=name)
    others = unit.rows.scalars(select(MeetingSeries).where(MeetingSeries.name == name))
    if any(other is not series for other in others):
        raise KnownError("Another series is called that.", kept="Nothing was saved.", todo="Give it another name.")
    if not 1 <= form.every_days <= _YEAR:
        raise KnownError(f"A series meets every 1 to {_YEAR} days.", kept="Nothing was saved.")
    template = unit.found(AgendaTemplate, Kind.AGENDA_TEMPLATE, form.template) if form.template else None
    if template is not None and template.retired:
        raise KnownError("This template is retired.", kept="Nothing was saved.", todo="Choose another one.")
    series.name, series.cadence, series.every_days = name, typed(form.cadence), form.every_days
    series.template_id = None if template is None else template.id
    unit.rows.add(series)
    unit.rows.flush()
    id_ = policy_id(Kind.SERIES, series.id)
    unit.note("series_saved", {"series": id_}, new=form.id is None)
    return id_


def set_regulars(unit: Unit, series: str, attendees: Iterable[str], *, regular: bool) -> None:
    """Makes attendees regulars of a series, or no longer."""
    row = unit.found(MeetingSeries, Kind.SERIES, series)
    for one in attendees:
        attendee = unit.found(Attendee, Kind.ATTENDEE, one)
        before = unit.rows.scalars(
            select(MeetingRegular).where(
                MeetingRegular.series_id == row.id, MeetingRegular.attendee_id == attendee.id
            )
        ).first()
        if regular and before is None:
            unit.rows.add(MeetingRegular(series_id=row.id, attendee_id=attendee.id))
        elif not regular and before is not None:
            unit.rows.delete(before)
        if regular is (before is None):
            unit.note("regular_added" if regular else "regular_removed", {"series": series, "attendee": one})


def expect(unit: Unit, meeting: str, attendee: str, *, coming: bool) -> None:
    """Expects somebody at one meeting, or no longer: a guest, a regular who sent word, or who comes after all.

    Raises:
        KnownError: the meeting is over.
    """
    row = unit.found(Meeting, Kind.MEETING, meeting)
    if row.state not in NOT_OVER:
        raise KnownError("The meeting is over: nobody is expected any more.", kept="Nothing was changed.")
    person = unit.found(Attendee, Kind.ATTENDEE, attendee)
    word = unit.rows.scalars(
        select(Expected).where(Expected.meeting_id == row.id, Expected.attendee_id == person.id)
    ).first()
    if coming is (person.id in {row.chair_id, *regulars(unit, row.series_id)}):
        if word is not None:
            unit.rows.delete(word)
    elif word is None:
        unit.rows.add(Expected(meeting_id=row.id, attendee_id=person.id, coming=coming))
    else:
        word.coming = coming
    unit.note("expected" if coming else "not_expected", {"meeting": meeting, "attendee": attendee})


def regulars(unit: Unit, series: int) -> frozenset[int]:
    """Row numbers of the regulars of a series, by its row number."""
    return frozenset(unit.rows.scalars(select(MeetingRegular.attendee_id).where(MeetingRegular.series_id == series)))


def expected(unit: Unit, meeting: int) -> frozenset[int]:
    """Row numbers of the attendees expected at a meeting: its chair, regulars and guests who come, whoever came.

    Whoever does not attend any more is not expected.
    """
    found = values_of(unit.rows, EXPECTED, {"meeting": meeting})
    words = _WORDS.rows(found[_WORDS])
    coming = {word.attendee_id for word in words if word.coming}
    staying_away = {word.attendee_id for word in words if not word.coming}
    gone = {row.id for row in _GONE.rows(found[_GONE])}
    come = {row.attendee_id for row in _COME.rows(found[_COME])}
    usual = {row.attendee_id for row in _REGULARS.rows(found[_REGULARS])}
    usual |= {row.chair_id for row in _CHAIR.rows(found[_CHAIR])}
    return frozenset((usual - staying_away | coming) - gone | come)
