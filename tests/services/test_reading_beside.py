"""What is read beside the windows' thread: one state of the desk, remembered as far as it is surely true."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from leaddesk.errors import KnownError
from leaddesk.models import Agency, Attendee
from leaddesk.services import records
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.facts import load_facts
from leaddesk.services.memory import each_made, state_of
from leaddesk.vault.errors import DeskLocked
from tests.services.opened import ledger, signed_desk
from tests.services.test_memory import add_agency, agency_names, facts_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = signed_desk(tmp_path / "desk")
    yield opened
    opened.lock()


def stored_names(unit: Unit) -> list[str]:
    """The agencies' names past what is remembered."""
    return list(unit.rows.scalars(select(Agency.name).order_by(Agency.id)))


def in_a_thread(work: Callable[[], object]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def statements_of(desk: Desk, verb: Callable[[Unit], object]) -> list[str]:
    """What reading a verb beside asks the database."""
    sent: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    engine = desk.vault._reading_engine
    event.listen(engine, "before_cursor_execute", hear)
    desk.read(verb)
    event.remove(engine, "before_cursor_execute", hear)
    return [statement for statement in sent if statement.startswith("SELECT 0,")]


def test_reading_beside_gives_what_a_verb_gives(desk: Desk) -> None:
    desk.do(add_agency, "City PD")
    assert desk.read(agency_names) == desk.do(agency_names) == ["LEAD PMT", "City PD"]
    assert desk.read(facts_of) == desk.do(facts_of)
    assert desk.read(lambda unit: unit.user) == desk.user


def test_a_verb_that_writes_waits_for_nobody_who_reads(desk: Desk) -> None:
    seen: list[list[str]] = []

    def read(unit: Unit) -> None:
        seen.append(agency_names(unit))
        in_a_thread(lambda: desk.do(add_agency, "City PD"))
        seen.extend((agency_names(unit), stored_names(unit)))

    desk.read(read)
    assert seen == [["LEAD PMT"]] * 3
    assert desk.read(agency_names) == ["LEAD PMT", "City PD"]
    assert desk.do(agency_names) == ["LEAD PMT", "City PD"]


def test_a_reader_waits_for_nobody_who_writes_and_sees_nothing_unfinished(desk: Desk) -> None:
    desk.do(facts_of)

    def write(unit: Unit) -> None:
        add_agency(unit, "City PD")
        unit.rows.flush()
        in_a_thread(lambda: seen.append(desk.read(agency_names)))

    seen: list[list[str]] = []
    desk.do(write)
    assert seen == [["LEAD PMT"]]
    assert desk.do(agency_names) == ["LEAD PMT", "City PD"], "what was read before it was finished is not kept"


def test_what_is_written_between_copying_the_memory_and_beginning_is_in_neither_alone(desk: Desk) -> None:
    desk.do(facts_of)
    begun: list[object] = []

    def write_first(connection: object) -> None:
        begun.append(connection)
        if len(begun) == 1:
            desk.do(add_agency, "City PD")

    event.listen(desk.vault._reading_engine, "begin", write_first, insert=True)
    names, stored = desk.read(lambda unit: (agency_names(unit), stored_names(unit)))
    assert names == stored == ["LEAD PMT", "City PD"]
    assert len(begun) == 2
    assert desk.read(facts_of) == desk.do(facts_of)


def test_what_is_remembered_is_not_read_beside_and_what_is_read_beside_is_remembered(desk: Desk) -> None:
    facts = desk.do(facts_of)
    assert statements_of(desk, facts_of) == []
    assert desk.read(facts_of) is facts, "the same objects, since nothing has changed"
    desk.do(add_agency, "City PD")
    assert len(statements_of(desk, facts_of)) == 1
    assert statements_of(desk, facts_of) == []
    assert desk.do(facts_of) is desk.read(facts_of)


def test_what_is_read_beside_is_not_remembered_where_anything_was_written_meanwhile(desk: Desk) -> None:
    def read(unit: Unit) -> list[str]:
        in_a_thread(lambda: desk.do(add_agency, "City PD"))
        return agency_names(unit)

    assert desk.read(read) == ["LEAD PMT"]
    assert desk.do(agency_names) == ["LEAD PMT", "City PD"]


def test_what_was_taken_back_makes_nothing_be_remembered_wrongly(desk: Desk) -> None:
    def add_and_fail(unit: Unit) -> None:
        add_agency(unit, "City PD")
        unit.rows.flush()
        in_a_thread(lambda: desk.read(agency_names))
        raise LookupError

    with pytest.raises(LookupError):
        desk.do(add_and_fail)
    assert desk.read(agency_names) == desk.do(agency_names) == ["LEAD PMT"]


def test_the_state_of_the_desk_is_the_same_for_who_reads_beside_only_while_nothing_is_being_written(
    desk: Desk,
) -> None:
    now = desk.do(lambda unit: state_of(unit.rows))
    assert desk.read(lambda unit: state_of(unit.rows)) is now
    beside: list[object] = []

    def write(unit: Unit) -> object:
        add_agency(unit, "City PD")
        unit.rows.flush()
        in_a_thread(lambda: beside.append(desk.read(lambda other: state_of(other.rows))))
        return state_of(unit.rows)

    written = desk.do(write)
    assert beside[0] is not now
    assert beside[0] is not written
    assert desk.read(lambda unit: state_of(unit.rows)) is written


def test_things_made_each_by_each_are_not_changed_under_who_reads_beside(desk: Desk) -> None:
    def shouted(unit: Unit) -> dict[str, str]:
        return each_made(unit.rows, "shouted", dict.fromkeys(agency_names(unit)), str.upper)

    desk.do(shouted)

    def read(unit: Unit) -> dict[str, str]:
        desk.do(add_agency, "City PD")
        desk.do(shouted)
        return shouted(unit)

    assert desk.read(read) == {"LEAD PMT": "LEAD PMT"}
    assert desk.do(shouted) == {"LEAD PMT": "LEAD PMT", "City PD": "CITY PD"}


def test_writing_beside_is_a_bug_that_is_told_and_leaves_no_trace(desk: Desk) -> None:
    before = len(ledger(desk))
    for wrong in (add_and_flush, lambda unit: unit.note("read"), add_city):
        with pytest.raises(OperationalError, match="readonly"):
            desk.read(wrong)
    assert desk.do(stored_names) == ["LEAD PMT"]
    assert len(ledger(desk)) == before


def add_city(unit: Unit) -> None:
    add_agency(unit, "City PD")


def add_and_flush(unit: Unit) -> None:
    add_agency(unit, "City PD")
    unit.rows.flush()


def test_locking_in_the_middle_ends_what_is_read_beside_and_leaves_nothing_remembered(desk: Desk) -> None:
    def read(unit: Unit) -> list[str]:
        agency_names(unit)
        desk.lock()
        return stored_names(unit)

    with pytest.raises(DeskLocked):
        desk.read(read)
    with pytest.raises(DeskLocked):
        desk.read(agency_names)
    assert desk._memory._read == desk._memory._made == {}


def test_a_desk_that_is_locked_before_the_last_word_keeps_nothing_of_it(desk: Desk) -> None:
    def read(unit: Unit) -> list[str]:
        names = agency_names(unit)
        desk.lock()
        return names

    assert desk.read(read) == ["LEAD PMT"]
    assert desk._memory._read == {}


def test_who_waits_to_write_keeps_the_time_and_the_names_from_nobody(desk: Desk) -> None:
    """Both are worked out once a transaction; the one that waits must not hold what the other needs."""
    waiting = threading.Event()
    told: list[object] = []

    def late() -> None:
        event.listen(desk.vault.engine, "before_cursor_execute", lambda *_: waiting.set(), once=True)
        told.append(desk.do(lambda unit: (unit.at, records.attendees(unit.rows))))

    def first(unit: Unit) -> None:
        unit.rows.execute(select(Attendee.id)).all()
        other.start()
        waiting.wait()
        told.append(unit.at)
        told.append(records.attendees(unit.rows))

    other = threading.Thread(target=late)
    try:
        desk.do(first)
    except KnownError as error:
        raise AssertionError("they waited for each other") from error
    other.join()
    assert len(told) == 3
    assert told[2] == (told[0], told[1])


def test_many_readers_and_a_writer_agree_at_every_moment(desk: Desk) -> None:
    """What comes out of the memory is what the database holds, in each transaction, whatever is written meanwhile."""
    stop = threading.Event()
    wrong: list[object] = []

    def read() -> None:
        while not stop.is_set():
            try:
                names, stored = desk.read(lambda unit: (agency_names(unit), stored_names(unit)))
                known = desk.read(lambda unit: len(load_facts(unit.rows, unit.at).agencies))
            except Exception as error:  # noqa: BLE001 - a thread's failure is told to the test
                wrong.append(error)
                return
            if names != stored or known < len(stored):
                wrong.append((names, stored, known))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(40):
        desk.do(add_agency, f"Agency {number}")
        assert len(desk.do(agency_names)) == number + 2
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
