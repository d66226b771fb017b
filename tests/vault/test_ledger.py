import random
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.ledger import Head, Wanted, instant
from tests.vault.making import NOON, write


def sentences(desk: OpenDesk, *anchors: Head) -> list[str]:
    with desk.engine.begin() as connection:
        return [finding.what for finding in desk.ledger.check(connection, *anchors)]


def tamper(desk: OpenDesk, *statements: str) -> None:
    """Change the ledger as somebody would who got past everything but its key."""
    with desk.engine.begin() as connection:
        triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
        for trigger in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.exec_driver_sql(statement)


def add(desk: OpenDesk, connection: Connection, at: datetime, action: str = "shown") -> Head:
    return desk.ledger.append(
        connection,
        at=at,
        actor="user:1",
        action=action,
        objects={"participant": 7},
        payload={"classes": ["identity"]},
    )


def test_entries_come_back_in_order_as_they_were_written(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection:
        assert desk.ledger.head(connection) is None
        add(desk, connection, NOON)
        head = add(desk, connection, NOON.astimezone(timezone(-timedelta(hours=7))), action="printed")
        entries = list(desk.ledger.entries(connection))
        assert desk.ledger.head(connection) == head
    assert [entry.sequence for entry in entries] == [1, 2]
    assert entries[1].at == NOON
    assert entries[1].at.tzinfo is UTC
    assert entries[1].actor == "user:1"
    assert entries[1].objects == {"participant": 7}
    assert entries[1].payload == {"classes": ["identity"]}
    assert entries[1].mac == head.mac


def test_entries_are_narrowed_by_number_and_action(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection:
        for action in ("shown", "printed", "shown"):
            add(desk, connection, NOON, action)
        assert [entry.sequence for entry in desk.ledger.entries(connection, action="shown")] == [1, 3]
        assert [entry.sequence for entry in desk.ledger.entries(connection, after=2)] == [3]


def test_an_entry_goes_with_the_transaction_it_was_written_in(desk: OpenDesk) -> None:
    with desk.engine.connect() as connection:
        add(desk, connection, NOON)
        connection.rollback()
        assert desk.ledger.head(connection) is None


def test_time_never_goes_back(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection:
        earlier = NOON - timedelta(days=3)
        assert desk.ledger.now(connection, NOON) == NOON
        add(desk, connection, NOON)
        add(desk, connection, earlier)
        assert [entry.at for entry in desk.ledger.entries(connection)] == [NOON, NOON]
        assert desk.ledger.now(connection, earlier) == NOON
        assert desk.ledger.now(connection, NOON + timedelta(microseconds=1)) > NOON


def test_a_naive_time_is_a_mistake(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection, pytest.raises(ValueError, match="aware"):
        add(desk, connection, NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET actor = 'nobody' WHERE sequence = 2",
        "DELETE FROM ledger WHERE sequence = 2",
        "INSERT OR REPLACE INTO ledger SELECT * FROM ledger WHERE sequence = 2",
    ],
)
def test_the_table_refuses_anything_but_growth(desk: OpenDesk, statement: str) -> None:
    write(desk, 3)
    with pytest.raises(DBAPIError, match="only grows"), desk.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert sentences(desk) == []


def test_a_sound_chain_has_no_findings_and_holds_its_anchors(desk: OpenDesk) -> None:
    first, last = write(desk), write(desk, 4)
    assert sentences(desk, first, last) == []


@pytest.mark.parametrize("column", ["at", "actor", "action", "objects", "payload"])
def test_an_edited_entry_is_named(desk: OpenDesk, column: str) -> None:
    write(desk, 4)
    tamper(desk, f"UPDATE ledger SET {column} = {column} || ' ' WHERE sequence = 3")
    assert sentences(desk) == ["Entry 3 was changed or not written by this desk."]


def test_a_changed_mac_breaks_the_entry_and_the_one_behind_it(desk: OpenDesk) -> None:
    write(desk, 4)
    tamper(desk, "UPDATE ledger SET mac = zeroblob(32) WHERE sequence = 2")
    assert sentences(desk) == [
        "Entry 2 was changed or not written by this desk.",
        "Entry 3 does not follow the entry before it.",
    ]


def test_deleted_entries_are_named(desk: OpenDesk) -> None:
    write(desk, 6)
    tamper(desk, "DELETE FROM ledger WHERE sequence IN (1, 3, 4)")
    assert sentences(desk) == ["Entry 1 is missing.", "Entries 3 to 4 are missing."]


def test_an_entry_taken_out_with_the_rest_moved_up_is_found(desk: OpenDesk) -> None:
    write(desk, 5)
    tamper(
        desk,
        "DELETE FROM ledger WHERE sequence = 3",
        "UPDATE ledger SET sequence = sequence - 1 WHERE sequence > 3",
    )
    assert any("Entry 3" in sentence for sentence in sentences(desk))


def test_an_inserted_entry_is_found(desk: OpenDesk) -> None:
    write(desk, 2)
    tamper(
        desk,
        "INSERT INTO ledger SELECT 3, at, actor, action, objects, payload, mac, zeroblob(32) FROM ledger"
        " WHERE sequence = 2",
    )
    assert sentences(desk) == ["Entry 3 was changed or not written by this desk."]


def test_swapped_entries_are_found(desk: OpenDesk) -> None:
    write(desk, 4)
    tamper(
        desk,
        "UPDATE ledger SET sequence = -2 WHERE sequence = 2",
        "UPDATE ledger SET sequence = 2 WHERE sequence = 3",
        "UPDATE ledger SET sequence = 3 WHERE sequence = -2",
    )
    assert any("Entry 2" in sentence for sentence in sentences(desk))
    assert any("Entry 3" in sentence for sentence in sentences(desk))


def test_a_cut_off_end_shows_against_an_anchor_alone(desk: OpenDesk) -> None:
    head = write(desk, 5)
    tamper(desk, "DELETE FROM ledger WHERE sequence > 3")
    assert sentences(desk) == []
    assert sentences(desk, head) == ["Entries 4 to 5 are missing."]


def test_an_end_cut_off_and_written_anew_shows_against_an_anchor(desk: OpenDesk) -> None:
    head = write(desk, 3)
    tamper(desk, "DELETE FROM ledger WHERE sequence = 3")
    with desk.engine.begin() as connection:
        add(desk, connection, NOON)
    assert sentences(desk) == []
    assert sentences(desk, head) == ["Entry 3 is not the one that was anchored."]


def test_a_random_byte_changed_in_any_entry_is_found(desk: OpenDesk) -> None:
    write(desk, 20)
    chance = random.Random(20260506)
    tamper(desk)
    for _ in range(50):
        sequence, column = chance.randint(1, 20), chance.choice(["at", "actor", "action", "objects", "payload"])
        with desk.engine.begin() as connection:
            where = f"WHERE sequence = {sequence}"
            (old,) = connection.exec_driver_sql(f"SELECT {column} FROM ledger {where}").one()
            spot = chance.randrange(len(old))
            new = old[:spot] + chr(ord(old[spot]) ^ 1) + old[spot + 1 :]
            connection.exec_driver_sql(f"UPDATE ledger SET {column} = ? {where}", (new,))
            assert [finding.sequence for finding in desk.ledger.check(connection)] == [sequence]
            connection.exec_driver_sql(f"UPDATE ledger SET {column} = ? {where}", (old,))
    assert sentences(desk) == []


def test_a_head_is_written_and_read_as_number_and_mac() -> None:
    head = Head(12, "ab" * 32)
    assert str(head) == "12:" + "ab" * 32
    assert Head.parse(f" {str(head).upper()}\n") == head


@pytest.mark.parametrize("text", ["", "12", "12:ab", "x:" + "ab" * 32, "12:" + "xy" * 32])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each kind of nonsense has its own message
        Head.parse(text)


def test_entries_are_read_newest_first_by_every_condition(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection:
        for hour, (actor, action, participant) in enumerate(
            [("a1", "shown", "p1"), ("a12", "printed", "p2"), ("a1", "rows", "p1"), ("a2", "shown", "p12")]
        ):
            desk.ledger.append(
                connection,
                at=NOON + timedelta(hours=hour),
                actor=actor,
                action=action,
                objects={"participant": participant},
                payload={"people": ["a3"] if action == "printed" else []},
            )

        def read(before: int | None = None, limit: int = 9, **wanted: Any) -> list[int]:
            entries = desk.ledger.newest(connection, Wanted(**wanted), before=before, limit=limit)
            if before is None and limit > 4:
                assert desk.ledger.count(connection, Wanted(**wanted)) == len(entries)
            return [entry.sequence for entry in entries]

        assert read() == [4, 3, 2, 1]
        assert read(limit=2) == [4, 3]
        assert read(before=3, limit=1) == [2]
        assert read(actions=("shown", "printed")) == [4, 2, 1]
        assert read(actions=()) == []
        assert read(without=("rows",)) == [4, 2, 1]
        assert read(person="a1") == [3, 1]
        assert read(person="p1") == [3, 1]
        assert read(person="a3") == [2]
        assert read(since=NOON + timedelta(hours=1), until=NOON + timedelta(hours=3)) == [3, 2]


def test_a_finding_says_where_what_to_do_and_until_when_all_was_well(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection:
        for day in range(4):
            add(desk, connection, NOON + timedelta(days=day))
    tamper(desk, "UPDATE ledger SET actor = 'x' WHERE sequence = 1", "UPDATE ledger SET at = 'x' WHERE sequence = 3")
    with desk.engine.begin() as connection:
        first, second = desk.ledger.check(connection)
    assert (first.where, first.since, first.sequence) == ("ledger, entry 1", None, 1)
    assert (second.where, second.since) == ("ledger, entry 3", NOON + timedelta(days=1))
    assert "backup" in first.todo
    assert first.facts["since"] is None
    assert second.facts == {
        "what": "Entry 3 was changed or not written by this desk.",
        "where": "ledger, entry 3",
        "since": "2026-05-07T12:00:00+00:00",
        "todo": second.todo,
    }


def test_a_chain_made_anew_with_the_key_is_found_from_the_anchor_that_still_holds_on(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection:
        anchors = [add(desk, connection, NOON + timedelta(days=day)) for day in range(4)]
    tamper(desk, "DELETE FROM ledger WHERE sequence > 2")
    with desk.engine.begin() as connection:
        for _ in range(2):
            add(desk, connection, NOON + timedelta(days=3), action="printed")
        assert desk.ledger.check(connection, *anchors[:2]) == []
        found = desk.ledger.check(connection, *reversed(anchors))
    assert [(finding.sequence, finding.since) for finding in found] == [
        (3, NOON + timedelta(days=1)),
        (4, NOON + timedelta(days=1)),
    ]


def test_a_time_that_is_none_or_naive_says_nothing() -> None:
    assert instant("2026-05-06T12:00:00.000000+00:00") == NOON
    assert instant("2026-05-06T12:00:00") is None
    assert instant("soon") is None
