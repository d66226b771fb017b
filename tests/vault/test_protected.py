"""Rows of protected tables against the hashes that the ledger keeps of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.ledger import Finding
from leaddesk.vault.protected import ROWS, all_hashes, check_rows, row_hash, table_hashes
from tests.vault.making import NOON, make

TABLES = ("grant", "release")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    """A desk with two tables whose names are words of SQL or not, and three rows that the ledger knows."""
    with make(tmp_path / "desk") as opened:
        with opened.engine.begin() as connection:
            for statement in (
                'CREATE TABLE "grant" (id INTEGER PRIMARY KEY, classes TEXT)',
                "CREATE TABLE release (id INTEGER PRIMARY KEY, purpose, signed)",
                "INSERT INTO \"grant\" VALUES (1, 'care')",
                "INSERT INTO release VALUES (1, 'housing', NULL), (12, 'court', 1.5)",
            ):
                connection.exec_driver_sql(statement)
            keep(opened, connection)
        yield opened


def keep(desk: OpenDesk, connection: Connection, **more: str | None) -> int:
    """Writes the hashes of all rows, or of those named, into the ledger; returns the entry's number."""
    rows = {key.replace("_", ":"): value for key, value in more.items()} or all_hashes(connection, TABLES)
    head = desk.ledger.append(connection, at=NOON, actor="a1", action=ROWS, objects={}, payload={"rows": rows})
    return head.sequence


def found(desk: OpenDesk, *statements: str) -> list[Finding]:
    with desk.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        return check_rows(connection, TABLES)


def test_rows_that_are_as_they_were_written_have_no_findings(desk: OpenDesk) -> None:
    assert found(desk) == []
    assert found(desk, "UPDATE release SET purpose = 'housing' WHERE id = 1") == []


def test_a_changed_row_is_named_with_its_table_its_entry_and_since_when(desk: OpenDesk) -> None:
    (finding,) = found(desk, "UPDATE release SET purpose = 'all' WHERE id = 12")
    assert finding.what == "Row 12 of the table release is not as entry 1 has it."
    assert (finding.where, finding.since, finding.sequence) == ("table release, row 12", NOON, 1)
    assert "paper" in finding.todo


def test_an_older_state_put_back_is_told_from_a_new_one(desk: OpenDesk) -> None:
    found(desk, "UPDATE release SET signed = 2 WHERE id = 12")
    with desk.engine.begin() as connection:
        assert keep(desk, connection) == 2
    (finding,) = found(desk, "UPDATE release SET signed = 1.5 WHERE id = 12")
    assert (
        finding.what
        == "Row 12 of the table release was put back: it is as entry 1 has it, and not as entry 2 has it."
    )


def test_a_row_that_is_gone_one_that_is_back_and_one_that_nobody_wrote_are_told_apart(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection:
        keep(desk, connection, grant_2=None)
    findings = found(
        desk,
        "DELETE FROM release WHERE id = 12",
        "INSERT INTO \"grant\" VALUES (2, 'health')",
        "INSERT INTO release VALUES (9, '', NULL)",
    )
    assert [(finding.what, finding.since) for finding in findings] == [
        ("Row 2 of the table grant is there again, though entry 2 says that it was deleted.", NOON),
        ("Row 9 of the table release is in no entry of the ledger.", None),
        ("Row 12 of the table release is gone, though entry 1 has it.", NOON),
    ]


def test_a_table_that_is_gone_has_lost_its_rows(desk: OpenDesk) -> None:
    (finding,) = found(desk, 'DROP TABLE "grant"')
    assert finding.what == "Row 1 of the table grant is gone, though entry 1 has it."


@pytest.mark.parametrize("payload", ["", "[]", "{}", '{"rows": 5}', '{"rows": ["release:12"]}'])
def test_an_entry_that_was_changed_into_something_else_says_nothing(desk: OpenDesk, payload: str) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER ledger_keeps_entries")
        connection.exec_driver_sql("UPDATE ledger SET payload = ?", (payload,))
    assert [finding.what for finding in found(desk)] == [
        f"Row {row} of the table {table} is in no entry of the ledger."
        for table, row in (("grant", 1), ("release", 1), ("release", 12))
    ]


def test_tables_that_are_not_asked_about_are_left_alone(desk: OpenDesk) -> None:
    assert [finding.where for finding in found(desk, "DELETE FROM release", 'DELETE FROM "grant"')] == [
        "table grant, row 1",
        "table release, row 1",
        "table release, row 12",
    ]
    with desk.engine.begin() as connection:
        assert [finding.where for finding in check_rows(connection, ["grant"])] == ["table grant, row 1"]
        assert check_rows(connection, []) == []


def test_a_hash_is_of_table_column_type_and_value(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE other (id INTEGER PRIMARY KEY, purpose, signed)")
        states = [("a", 1), ("a", 1.0), ("a", "1"), (b"a", 1), ("61", 1), (None, 1), (1, "a"), ("a", '{"blob":"61"}')]
        hashes = set()
        for table in ("release", "other"):
            for number, state in enumerate(states, 100):
                connection.exec_driver_sql(f"INSERT INTO {table} VALUES (?, ?, ?)", (number, *state))
                connection.exec_driver_sql(f"UPDATE {table} SET id = 50 WHERE id = {number}")
                hashes.add(row_hash(connection, table, 50))
                connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = 50")
        assert len(hashes) == 2 * len(states)
        assert row_hash(connection, "release", 50) is None


def test_one_row_is_hashed_like_all_of_its_table(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection:
        assert dict(table_hashes(connection, "release")) == {
            f"release:{row}": row_hash(connection, "release", row) for row in (1, 12)
        }
