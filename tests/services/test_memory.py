"""What was read of a desk is kept until it is written over, and never longer than the desk is open."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from secrets import token_hex

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from leaddesk.models import Agency, Attendee, Involvement, Meeting, Participant, Release
from leaddesk.models.words import IntakeStatus
from leaddesk.policy.facts import Facts
from leaddesk.policy.vocabulary import Form, InvolvementKind
from leaddesk.services.batches import Part
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.facts import PARTS, load_facts
from leaddesk.services.memory import Memory, Read, Write, each_made, made, state_of, values_of, writes
from leaddesk.vault.errors import DeskLocked
from tests.services.opened import NOON, signed_desk

_NAMES = Part(Agency, "", ("name",))
_BY_KIND = Part(Agency, "kind = :kind", ("name",))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = signed_desk(tmp_path / "desk")
    yield opened
    opened.lock()


def facts_of(unit: Unit) -> Facts:
    return load_facts(unit.rows, unit.at)


def add_agency(unit: Unit, name: str) -> None:
    unit.rows.add(Agency(name=name))


def agency_names(unit: Unit) -> list[str]:
    return [row.name for row in _NAMES.rows(values_of(unit.rows, [_NAMES], {})[_NAMES])]


def sent_by(desk: Desk, verb: Callable[[Unit], object]) -> list[str]:
    """The statements that a verb sends."""
    sent: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(desk.vault.engine, "before_cursor_execute", hear)
    desk.do(verb)
    event.remove(desk.vault.engine, "before_cursor_execute", hear)
    return sent


def reads(desk: Desk, verb: Callable[[Unit], object]) -> int:
    """How many batches a verb reads."""
    return sum(statement.startswith("SELECT 0,") for statement in sent_by(desk, verb))


def test_what_nothing_has_written_over_is_not_read_again(desk: Desk) -> None:
    before = desk.do(facts_of)
    assert reads(desk, facts_of) == 0
    assert desk.do(facts_of) is before


def test_what_is_remembered_is_answered_without_a_statement_and_by_no_locked_desk(desk: Desk) -> None:
    assert len(sent_by(desk, agency_names)) > 0
    assert sent_by(desk, agency_names) == []
    desk.lock()
    with pytest.raises(DeskLocked):
        desk.do(lambda unit: unit.user)


def test_a_table_that_was_written_is_read_again_and_the_others_are_not(desk: Desk) -> None:
    before = desk.do(facts_of)
    desk.do(add_agency, "City PD")
    assert reads(desk, facts_of) == 1
    after = desk.do(facts_of)
    assert set(after.agencies) - set(before.agencies) == {"g2"}
    assert after.participants is before.participants
    assert after.people is before.people


def test_a_table_that_decides_nothing_makes_nothing_be_read_again(desk: Desk) -> None:
    desk.do(facts_of)
    desk.do(lambda unit: unit.note("looked"))
    assert reads(desk, facts_of) == 0


def test_a_transaction_reads_what_it_has_written_itself(desk: Desk) -> None:
    desk.do(agency_names)

    def add_and_read(unit: Unit) -> list[str]:
        add_agency(unit, "City PD")
        return agency_names(unit)

    assert desk.do(add_and_read) == ["LEAD PMT", "City PD"]


def test_what_was_taken_back_was_never_there(desk: Desk) -> None:
    before = desk.do(facts_of)

    def add_read_and_fail(unit: Unit) -> None:
        add_agency(unit, "City PD")
        assert "City PD" in agency_names(unit)
        assert "City PD" in facts_of(unit).known_names
        raise LookupError

    with pytest.raises(LookupError):
        desk.do(add_read_and_fail)
    assert desk.do(facts_of) == before
    assert desk.do(agency_names) == ["LEAD PMT"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agency SET name = 'City PD'",
        "update agency set name = 'City PD'",
        "UPDATE \"agency\" SET name = 'City PD'",
        "UPDATE OR REPLACE agency SET name = 'City PD'",
        "UPDATE main.agency SET name = 'City PD'",
        "WITH x AS (SELECT 'City PD' AS name) UPDATE agency SET name = (SELECT name FROM x)",
        "INSERT INTO agency (name, kind) VALUES ('City PD', '')",
        "INSERT OR REPLACE INTO agency (id, name, kind) VALUES (1, 'City PD', '')",
        "REPLACE INTO agency (id, name, kind) VALUES (1, 'City PD', '')",
    ],
)
def test_however_a_table_is_written_it_is_read_again(desk: Desk, statement: str) -> None:
    desk.do(agency_names)
    desk.do(lambda unit: unit.rows.connection().exec_driver_sql(statement))
    assert "City PD" in desk.do(agency_names)


_OF_KIND = Part(Agency, "kind = 'program'", ("name",))


@pytest.mark.parametrize(
    ("statement", "again"),
    [
        ("UPDATE agency SET part2=? WHERE agency.id = ?", []),
        ("update agency set NAME = ? where id = ?", [_NAMES, _OF_KIND]),
        ("UPDATE agency SET kind=? WHERE agency.id = ?", [_OF_KIND]),
        ("UPDATE agency SET part2=?, name=? WHERE agency.id = ?", [_NAMES, _OF_KIND]),
        ("UPDATE agency SET part2=name WHERE agency.id = ?", [_NAMES, _OF_KIND]),
        ("UPDATE agency SET id=? WHERE agency.id = ?", [_NAMES, _OF_KIND]),
        ("UPDATE agency SET part2=?", [_NAMES, _OF_KIND]),
        ("DELETE FROM agency WHERE agency.id = ?", [_NAMES, _OF_KIND]),
        ("INSERT INTO agency (name) VALUES (?)", [_NAMES, _OF_KIND]),
        ("UPDATE meeting SET name=? WHERE meeting.id = ?", []),
        ("ROLLBACK TO SAVEPOINT sa_savepoint_1", [_NAMES, _OF_KIND]),
        ("INSERT INTO ledger VALUES (?)", []),
        ("SELECT name FROM agency", []),
    ],
)
def test_a_statement_forgets_what_depends_on_the_columns_that_it_sets(statement: str, again: list[Part]) -> None:
    written = writes(statement)
    assert [part for part in (_NAMES, _OF_KIND) if any(part.depends_on(*one) for one in written)] == again


def test_a_column_that_nothing_asks_for_makes_nothing_be_read_again(desk: Desk) -> None:
    before = desk.do(facts_of)
    desk.do(_entitle, 1)
    assert reads(desk, facts_of) == 0
    desk.do(_rename, 1)
    assert reads(desk, facts_of) == 1
    assert desk.do(facts_of) != before


def test_what_a_transaction_reads_of_what_it_wrote_is_kept_once_it_is_committed(desk: Desk) -> None:
    def add_and_read(unit: Unit) -> object:
        add_agency(unit, "City PD")
        agency_names(unit)
        return state_of(unit.rows)

    after = desk.do(add_and_read)
    assert sent_by(desk, agency_names) == []
    assert desk.do(agency_names) == ["LEAD PMT", "City PD"]
    assert desk.do(lambda unit: state_of(unit.rows)) is after


def test_what_it_reads_before_it_writes_again_is_not_kept(desk: Desk) -> None:
    def add_read_and_add(unit: Unit) -> None:
        add_agency(unit, "City PD")
        agency_names(unit)
        add_agency(unit, "County PD")

    desk.do(add_read_and_add)
    assert desk.do(agency_names) == ["LEAD PMT", "City PD", "County PD"]


def test_the_state_is_another_one_once_something_was_written_and_the_same_again_if_that_was_taken_back(
    desk: Desk,
) -> None:
    seen: list[object] = []

    def state(unit: Unit) -> object:
        return state_of(unit.rows)

    def write_twice_and_fail(unit: Unit) -> None:
        for name in ("City PD", "County PD"):
            add_agency(unit, name)
            seen.append(state(unit))
        raise LookupError

    before = desk.do(state)
    assert desk.do(state) is before
    with pytest.raises(LookupError):
        desk.do(write_twice_and_fail)
    assert desk.do(state) is before
    desk.do(add_agency, "City PD")
    seen += [before, desk.do(state)]
    assert len({id(one) for one in seen}) == 4


def test_nothing_is_kept_of_a_transaction_after_which_the_next_has_begun_to_write() -> None:
    memory, first, second = Memory(), object(), object()
    read: Read = {_NAMES: ({}, ((1, "LEAD PMT"),))}
    memory.write(Write("agency"), first)
    memory.write(Write("agency"), second)
    memory.keep(read, first)
    assert memory._read == {}
    assert memory.state not in (first, second)
    memory.keep(read, second)
    assert (memory._read, memory.state) == (read, second)


def test_other_parameters_are_another_question(desk: Desk) -> None:
    def of_kind(unit: Unit, kind: str) -> list[str]:
        return [name for _, name in values_of(unit.rows, [_BY_KIND], {"kind": kind})[_BY_KIND]]

    assert desk.do(of_kind, "program") == ["LEAD PMT"]
    assert desk.do(of_kind, "police") == []
    assert desk.do(of_kind, "program") == ["LEAD PMT"]


def test_what_is_made_of_the_same_is_made_once(desk: Desk) -> None:
    def twice(unit: Unit) -> tuple[object, object, object]:
        first = made(unit.rows, "sum", (1, 2), object)
        return first, made(unit.rows, "sum", (1, 2), object), made(unit.rows, "sum", (1, 3), object)

    first, second, other = desk.do(twice)
    assert first is second
    assert other is not first


def test_of_many_only_those_are_made_anew_that_differ(desk: Desk) -> None:
    calls: list[str] = []

    def make(name: str) -> str:
        calls.append(name)
        return name.upper()

    cases: list[dict[str, int]] = [{"a": 1, "b": 1}, {"a": 1, "b": 2, "c": 1}, {"c": 1}]
    for of in cases:
        with desk.unit() as unit:
            assert each_made(unit.rows, "upper", of, make) == {one: one.upper() for one in of}
    assert calls == ["a", "b", "b", "c"]


def test_a_locked_desk_remembers_nothing_and_takes_nothing_in(desk: Desk) -> None:
    desk.do(facts_of)
    memory: Memory = desk._memory
    with desk.unit() as unit:
        desk._memory.close()
        facts_of(unit)
    assert (memory._read, memory._made) == ({}, {})


def test_a_new_key_makes_everything_be_read_again(desk: Desk) -> None:
    desk.do(facts_of)
    desk.rotate(lambda unit: add_agency(unit, "City PD"))
    assert reads(desk, facts_of) == 1
    assert desk.do(agency_names) == ["LEAD PMT", "City PD"]


def test_a_session_of_no_desk_reads_each_time(desk: Desk) -> None:
    with Session(desk.vault.engine) as session:
        assert values_of(session, [_NAMES], {})[_NAMES] == ((1, "LEAD PMT"),)
        session.execute(sa.text("UPDATE agency SET name = 'County PD'"))
        assert values_of(session, [_NAMES], {})[_NAMES] == ((1, "County PD"),)


def _participant(unit: Unit, number: int) -> None:
    unit.rows.add(
        Participant(case_code=f"P-{number}-{token_hex(8)}", given_name="Ana", family_name="Lind", created_at=NOON)
    )


def _release(unit: Unit, number: int) -> None:
    row = Release(participant_id=number, form=Form.GENERAL, signed_on=date(2026, 1, 1), created_at=NOON)
    unit.rows.add(row)


def _involve(unit: Unit, number: int) -> None:
    kind = InvolvementKind.REFERRER
    unit.rows.add(Involvement(attendee_id=1, participant_id=number, kind=kind, from_on=date(2026, 1, number)))


def _decide_intake(unit: Unit, number: int) -> None:
    unit.rows.get_one(Participant, number).intake_status = IntakeStatus.ENROLLED


def _merge(unit: Unit, number: int) -> None:
    unit.rows.get_one(Participant, number).merged_into_id = 1


def _rename(unit: Unit, number: int) -> None:
    unit.rows.get_one(Attendee, 1).family_name = f"Reyes {number}"


def _entitle(unit: Unit, number: int) -> None:
    unit.rows.get_one(Attendee, 1).title = f"Chair {number}"


def _meet(unit: Unit, number: int) -> None:
    unit.rows.execute(sa.update(Meeting).values(number=number))


def _and_read(unit: Unit, verb: Callable[[Unit, int], None], number: int, fails: bool) -> None:
    """Reads before and after, and is taken back where it fails."""
    facts_of(unit)
    verb(unit, number)
    facts_of(unit)
    if fails:
        raise LookupError


_VERBS = [_participant, _release, _involve, _decide_intake, _merge, _rename, _entitle, _meet]


@pytest.fixture(scope="module")
def long_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = signed_desk(tmp_path_factory.mktemp("memory") / "desk")
    for number in (1, 2, 3):
        opened.do(_participant, number)
    yield opened
    opened.lock()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(_VERBS), st.integers(1, 3), st.booleans()), max_size=5))
def test_after_whatever_was_done_what_is_remembered_is_what_a_new_reader_reads(
    long_desk: Desk, done: list[tuple[Callable[[Unit, int], None], int, bool]]
) -> None:
    for verb, number, fails in done:
        with suppress(LookupError):
            long_desk.do(_and_read, verb, number, fails)
    remembered = long_desk.do(facts_of)
    values = long_desk.do(lambda unit: values_of(unit.rows, PARTS, {}))
    with Session(long_desk.vault.engine) as reader:
        fresh = load_facts(reader, NOON)
        assert values_of(reader, PARTS, {}) == values
    assert dict(remembered.participants) == dict(fresh.participants)
    assert remembered == fresh
