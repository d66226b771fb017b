"""What is read for a meeting shows every audience the same as everything on the desk would."""

import gc
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from leaddesk.application import now
from leaddesk.models import (
    ActionItem,
    AgendaItem,
    Ask,
    Attendance,
    Base,
    Entry,
    Evidence,
    FinalizedMinutes,
    LocationPriority,
    Meeting,
    Participant,
    StoredText,
    TextAbout,
)
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import ActionOutcome, EntryKind, IntakeStatus, Lane, PlaceState
from leaddesk.policy.console import agenda_rows, private_side, user_disclosure
from leaddesk.policy.disclosure import Audience, Disclosure, Seen, Sight
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.material import Material, raw
from leaddesk.policy.records import Fact, Kind, Record, Text
from leaddesk.policy.room import Room, Watch
from leaddesk.policy.slides import slide
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import meetings, minutes, records
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.material import Loaded, load
from leaddesk.services.opening import sign_in
from leaddesk.services.registers import Registers, read_registers

C = InformationClass


@dataclass(frozen=True)
class Work:
    """A desk with finalized minutes and a meeting open, and the meeting's id."""

    desk: Desk
    meeting: str


@pytest.fixture(scope="module")
def work(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    folder = tmp_path_factory.mktemp("material") / "desk"
    shutil.copytree(demo, folder)
    desk = sign_in(folder, PASSPHRASE, clock=now)
    before = desk.do(meetings.latest)
    assert before is not None
    desk.do(meetings.close_meeting, before)
    desk.do(minutes.finalize, before)
    meeting = desk.do(meetings.plan_next, before)
    desk.do(meetings.open_meeting, meeting)
    desk.do(_beside_the_agenda, meeting)
    yield Work(desk, meeting)
    desk.lock()


def _beside_the_agenda(unit: Unit, meeting: str) -> None:
    """Of what no agenda item is about: somebody in the words of an action alone, and what is over."""
    number = row_id(Kind.MEETING, meeting)
    people = unit.rows.scalars(select(Participant.id).order_by(Participant.id.desc())).all()
    unit.rows.get_one(Participant, people[1]).intake_status = IntakeStatus.REFERRED
    text = StoredText(cls=C.PROGRESS, body="Has moved to the room by the park.")
    unit.rows.add(text)
    unit.rows.flush()
    unit.rows.add(TextAbout(text_id=text.id, participant_id=people[0]))
    for outcome, closed in (
        (ActionOutcome.OPEN, None),
        (ActionOutcome.DONE, unit.at + timedelta(minutes=1)),
        (ActionOutcome.DONE, unit.at - timedelta(days=300)),
    ):
        unit.rows.add(ActionItem(text_id=text.id, outcome=outcome, closed_at=closed, created_at=unit.at))
    for undone in (None, unit.at):
        unit.rows.add(
            Entry(meeting_id=number, kind=EntryKind.UPDATE, text_id=text.id, filed_at=unit.at, undone_at=undone)
        )
        unit.rows.add(ActionItem(text_id=text.id, created_at=unit.at, undone_at=undone))
    unit.rows.add(Ask(participant_id=people[2], text_id=text.id, to_whom="the defenders"))
    unit.rows.add(Ask(participant_id=people[2], text_id=text.id, closed_at=unit.at))
    place = unit.rows.scalars(select(LocationPriority).order_by(LocationPriority.id)).first()
    assert place is not None
    place.state = PlaceState.RESOLVED
    unit.rows.add(Evidence(priority_id=place.id, lane=Lane.DATA, on=unit.today, text_id=text.id))


def everything(unit: Unit, meeting: str, at: datetime) -> Material:
    """The meeting's material with every record of the desk in it that could have a part in it."""
    rows, number = unit.rows, row_id(Kind.MEETING, meeting)
    narrow = load(unit, meeting, at=at).material
    found: Mapping[str, Record] = {record.id: record for record in records.meetings(rows)}
    of_series = {record.id: record for record in records.series(rows)}
    places = records.places(rows)
    ranks = {place.id: number for number, place in enumerate(places)}
    lanes = [record for record in records.everything(rows) if record.kind is Kind.EVIDENCE]
    opened = raw(found[meeting], "opened_at")
    assert isinstance(opened, datetime)

    def belongs(action: Record) -> bool:
        closed = raw(action, "closed_at")
        since = isinstance(closed, datetime) and closed >= opened
        return raw(action, "outcome") == "open" or action.links.get("origin_meeting") == meeting or since

    last, series = narrow.last_minutes, of_series[str(found[meeting].links["series"])]
    return replace(
        narrow,
        site=records.site(rows),
        series=series,
        meeting=found[meeting],
        agenda=records.agenda(rows, number),
        participants={record.id: record for record in records.participants(rows)},
        places=tuple(_with_rank_told(record, series) for record in places),
        evidence=tuple(
            sorted(lanes, key=lambda record: (ranks[str(record.links["priority"])], str(raw(record, "on"))))
        ),
        actions=tuple(filter(belongs, records.actions(rows, open_only=False))),
        asks=records.asks(rows, open_only=True),
        entries=records.entries(rows, number),
        attendees={record.id: record for record in records.attendees(rows)},
        attendance=records.attendance(rows, number),
        last_meeting=None if last is None else found[str(last.links["meeting"])],
        last_agenda=() if last is None else records.agenda(rows, _number(last)),
        last_entries=() if last is None else records.entries(rows, _number(last)),
        amendments=() if last is None else records.amendments(rows, _number(last)),
    )


def _with_rank_told(place: Record, series: Record) -> Record:
    """A place with the rank that the series' last final minutes told."""
    told = raw(series, "ranks_told")
    ranks = dict(told) if isinstance(told, tuple) else {}
    number = row_id(Kind.PLACE, place.id)
    if number not in ranks:
        return place
    return replace(place, fields={**place.fields, "previous_rank": Fact(cls=C.COMMUNITY, value=ranks[number])})


def _number(last: Record) -> int:
    return row_id(Kind.MEETING, str(last.links["meeting"]))


def test_every_record_that_is_read_is_as_it_is_among_all(work: Work) -> None:
    with work.desk.unit() as unit:
        narrow, full = load(unit, work.meeting).material, everything(unit, work.meeting, unit.at)
    apart = {"participants", "evidence"}
    for one in fields(Material):
        if one.name not in apart:
            assert getattr(narrow, one.name) == getattr(full, one.name), one.name
    assert narrow.participants.items() <= full.participants.items()
    assert [record for record in full.evidence if record in narrow.evidence] == list(narrow.evidence)
    assert narrow.last_meeting is not None


def test_those_are_left_out_of_whom_nothing_speaks(work: Work) -> None:
    with work.desk.unit() as unit:
        narrow, full = load(unit, work.meeting).material, everything(unit, work.meeting, unit.at)
    spoken_of = {
        one for record in (*narrow.agenda, *narrow.actions, *narrow.asks, *narrow.entries) for one in record.about
    }
    undecided = {one for one, record in full.participants.items() if raw(record, "intake_status") == "referred"}
    assert narrow.participants.keys() >= spoken_of | undecided
    assert narrow.participants.keys() < full.participants.keys()
    on_agenda = {item.links.get("priority") for item in narrow.agenda}
    assert {record.links["priority"] for record in narrow.evidence} == on_agenda & {
        record.links["priority"] for record in full.evidence
    }


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.data())
def test_every_audience_sees_the_same_as_of_everything(work: Work, chosen: st.DataObject) -> None:
    with work.desk.unit() as unit:
        loaded, full = load(unit, work.meeting), everything(unit, work.meeting, unit.at)
    people = frozenset(chosen.draw(st.sets(st.sampled_from(sorted(loaded.facts.people)), max_size=4)))
    item = chosen.draw(st.sampled_from([None, *(one.id for one in full.agenda)]))
    assert _shown(loaded, loaded.material, people, item) == _shown(loaded, full, people, item)


def _shown(loaded: Loaded, material: Material, people: frozenset[str], item: str | None) -> tuple[object, ...]:
    standing = Standing(loaded.facts, material.at)
    guard = TextGuard(loaded.facts, frozenset())
    audience = Disclosure(guard, Sight(standing, Audience(people)))
    user = next(iter(people), "a1")
    watch = Watch(Room(signed_in=user), loaded.facts, frozenset(), material.at)
    mine = user_disclosure(watch)
    return (
        slide(material, audience, item),
        audience.told,
        agenda_rows(material, mine, {}, None, None),
        private_side(material, mine, watch, item, ""),
    )


def _statements(desk: Desk, meeting: str) -> list[str]:
    sent: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(desk.vault.engine, "before_cursor_execute", hear)
    desk.do(load, meeting)
    event.remove(desk.vault.engine, "before_cursor_execute", hear)
    return [statement for statement in sent if statement.startswith("SELECT") and "FROM ledger" not in statement]


def test_a_meeting_is_read_in_three_statements_and_then_in_none(work: Work) -> None:
    work.desk._memory.forget()
    assert len(_statements(work.desk, work.meeting)) == 3
    assert _statements(work.desk, work.meeting) == []


def test_of_what_grows_with_the_years_nothing_is_gone_through_from_end_to_end(work: Work) -> None:
    grows: set[type[Base]] = {
        ActionItem,
        Entry,
        Evidence,
        StoredText,
        TextAbout,
        Attendance,
        FinalizedMinutes,
        AgendaItem,
    }
    steps: list[str] = []

    def plan(_connection: object, cursor: Any, statement: str, parameters: object, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps.extend(words for *_, words in cursor.fetchall())

    work.desk._memory.forget()
    event.listen(work.desk.vault.engine, "before_cursor_execute", plan)
    work.desk.do(load, work.meeting)
    event.remove(work.desk.vault.engine, "before_cursor_execute", plan)
    through = {words.split()[1] for words in steps if words.startswith("SCAN")}
    assert Participant.__tablename__ in through, "everybody is asked whether their intake is open"
    assert not through & {model.__tablename__ for model in grows}


def test_only_what_was_written_is_made_anew(work: Work) -> None:
    before = work.desk.do(load, work.meeting).material
    with work.desk.unit() as unit:
        unit.rows.get_one(Meeting, row_id(Kind.MEETING, work.meeting)).place = "Room 4"
    after = work.desk.do(load, work.meeting).material
    assert raw(after.meeting, "place") == "Room 4"
    assert after.actions is before.actions
    assert after is not before
    assert after.participants.keys() == before.participants.keys()
    assert all(after.participants[one] is record for one, record in before.participants.items())


def _words(record: Record) -> str:
    text = record.fields["text"]
    assert isinstance(text, Text)
    return text.text


def test_a_text_that_was_written_is_read_with_every_record_that_has_it(work: Work) -> None:
    before = work.desk.do(load, work.meeting).material
    changed = next(one for one in before.actions if _words(one) == "Has moved to the room by the park.")
    with work.desk.unit() as unit:
        row = unit.rows.get_one(ActionItem, row_id(Kind.ACTION, changed.id))
        unit.rows.get_one(StoredText, row.text_id).body = "Has moved again."
    after = work.desk.do(load, work.meeting).material
    (same,) = (one for one in after.actions if one.id == changed.id)
    assert _words(same) == "Has moved again."
    with work.desk.unit() as unit:
        assert after.actions == everything(unit, work.meeting, unit.at).actions


def test_the_material_is_the_same_until_something_in_it_changes(work: Work) -> None:
    before = work.desk.do(load, work.meeting)
    with work.desk.unit() as unit:
        unit.note("looked")
    after = work.desk.do(load, work.meeting)
    assert after.material is before.material
    assert after.facts is before.facts
    with work.desk.unit() as unit:
        tomorrow = load(unit, work.meeting, at=after.at + timedelta(days=1))
    assert tomorrow.material.today == before.material.today + timedelta(days=1)


def test_another_meeting_of_the_desk_is_read_as_itself(work: Work) -> None:
    with work.desk.unit() as unit:
        others = [policy_id(Kind.MEETING, number) for number in unit.rows.scalars(select(Meeting.id))]
        for other in (*others, *others):
            material = load(unit, other).material
            assert material.meeting.id == other
            assert material.agenda == records.agenda(unit.rows, row_id(Kind.MEETING, other))


def test_what_a_register_was_composed_of_goes_with_the_reading_and_waits_for_no_garbage_collector(work: Work) -> None:
    def seen() -> int:
        return sum(isinstance(one, Seen) for one in gc.get_objects())

    gc.collect()
    before = seen()
    gc.disable()
    try:
        assert work.desk.do(read_registers, work.desk.everyday, Registers.participants)
        assert seen() == before
    finally:
        gc.enable()
