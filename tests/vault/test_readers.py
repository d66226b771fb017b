"""Who reads beside holds up nobody, sees one state of the desk, changes nothing, and ends with the key."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from leaddesk.vault.connection import make_reading_engine
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.errors import DeskBusy, DeskLocked
from leaddesk.vault.opening import open_desk
from leaddesk.vault.readers import Readers
from tests.vault.making import FLOOR, NOON, PASSPHRASE, write


def entries(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM ledger").scalar_one())


def in_a_thread(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_a_reader_holds_up_no_writer_and_goes_on_seeing_what_it_saw(desk: OpenDesk) -> None:
    write(desk)
    with desk.reading() as connection, connection.begin():
        write(desk, 2)  # with the write lock in no time: it waits 30 s where a reader has it
        assert entries(connection) == 1
    with desk.reading() as connection, connection.begin():
        assert entries(connection) == 3


def test_what_a_reader_sees_is_fixed_when_it_begins_and_not_with_its_first_question(desk: OpenDesk) -> None:
    with desk.reading() as connection, connection.begin():
        write(desk)
        assert entries(connection) == 0


def test_a_writer_in_the_middle_holds_up_no_reader(desk: OpenDesk) -> None:
    with desk.engine.begin() as writing:
        desk.ledger.append(writing, at=NOON, actor="user:1", action="checked_in", objects={}, payload={})
        with desk.reading() as connection, connection.begin():
            assert entries(connection) == 0


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE letters (id INTEGER)", "INSERT INTO ledger SELECT * FROM ledger", "DELETE FROM vault_state"],
)
def test_what_a_reader_writes_is_a_bug_and_changes_nothing(desk: OpenDesk, statement: str) -> None:
    write(desk)
    with desk.reading() as connection, connection.begin():
        with pytest.raises(OperationalError, match="readonly"):
            connection.exec_driver_sql(statement)
        assert entries(connection) == 1
    with desk.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'letters'").first() is None
        assert connection.exec_driver_sql("SELECT count(*) FROM vault_state").scalar() == 1


def test_a_reader_may_not_let_itself_write(desk: OpenDesk) -> None:
    refused = pytest.raises(Exception, match="not authorized")
    with desk.reading() as connection, connection.begin(), refused:
        connection.exec_driver_sql("PRAGMA query_only = OFF")


def test_locking_in_the_middle_ends_what_is_read_with_its_next_statement(desk: OpenDesk) -> None:
    with desk.reading() as connection, connection.begin():
        desk.lock()
        with pytest.raises(DeskLocked):
            entries(connection)
    with pytest.raises(DeskLocked), desk.reading():
        pass
    assert desk._reading_engine.pool.checkedin() == 0, "no connection outlives the key"  # type: ignore[attr-defined]


def test_a_locked_desk_opens_again_while_a_reader_still_holds_its_connection(desk: OpenDesk) -> None:
    with desk.reading() as connection, connection.begin():
        desk.lock()
        with open_desk(desk.folder, PASSPHRASE) as again:
            write(again)


def test_a_dropped_key_begins_no_reading(desk: OpenDesk) -> None:
    engine = make_reading_engine(desk.folder / "desk.db", desk._key)
    with engine.connect() as connection:
        desk._key.drop()
        with pytest.raises(DeskLocked):
            connection.begin()
    engine.dispose()


def rotate(desk: OpenDesk) -> None:
    def note(connection: Connection) -> None:
        desk.ledger.append(connection, at=NOON, actor="user:1", action="rotated", objects={}, payload={})

    desk.rotate(note, kdf=FLOOR)


def test_a_rotation_waits_for_those_who_read_and_who_comes_meanwhile_reads_the_new_desk(desk: OpenDesk) -> None:
    write(desk)
    seen: list[int] = []

    def read() -> None:
        with desk.reading() as connection, connection.begin():
            seen.append(entries(connection))

    before = desk.engine
    with desk.reading() as connection, connection.begin():
        rotating = in_a_thread(lambda: rotate(desk))
        while rotating.is_alive() and not desk._readers._kept_out:
            pass
        reading = in_a_thread(read)
        assert entries(connection) == 1
        assert desk.engine is before
        assert seen == []
    rotating.join()
    reading.join()
    assert desk.engine is not before
    assert seen == [2]


def test_nobody_waits_for_ever_for_readers_or_for_a_rotation() -> None:
    readers = Readers(patience=0.01)
    with readers.one(), pytest.raises(DeskBusy), readers.none():
        pass
    with readers.none(), pytest.raises(DeskBusy), readers.one():
        pass
    with readers.one(), readers.one():
        pass
