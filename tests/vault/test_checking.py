"""What a check of an open desk finds, from its pages up."""

from pathlib import Path

import pytest

from leaddesk.vault.connection import connect
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.errors import DamagedDesk, DiskRefused
from leaddesk.vault.protected import ROWS, all_hashes
from tests.vault.making import NOON, flip, write


def test_a_sound_desk_has_no_findings(desk: OpenDesk) -> None:
    write(desk, 3)
    with desk.engine.begin() as connection:
        rows = all_hashes(connection, ["vault_state"])
        head = desk.ledger.append(connection, at=NOON, actor="a1", action=ROWS, objects={}, payload={"rows": rows})
    assert desk.check(head, protected=["vault_state"]) == []


def test_a_row_of_a_protected_table_that_the_ledger_does_not_know_is_found(desk: OpenDesk) -> None:
    (finding,) = desk.check(protected=["vault_state"])
    assert finding.what == "Row 1 of the table vault_state is in no entry of the ledger."


def test_a_damaged_page_ends_the_check_and_is_named(desk: OpenDesk) -> None:
    write(desk, 400)
    assert desk.check() == []
    path = desk.folder / "desk.db"
    page = path.stat().st_size // 4096 // 2
    flip(path, page * 4096 + 77)
    (finding,) = desk.check()
    assert finding.where == f"desk.db, page {page + 1}"
    assert "restore" in finding.todo
    assert finding.since is None


def test_a_database_that_is_gone_is_found(desk: OpenDesk) -> None:
    (desk.folder / "desk.db").rename(desk.folder / "taken.db")
    assert [finding.what for finding in desk.check()] == ["The database desk.db is missing."]


def test_a_structure_that_is_wrong_is_told_and_the_rest_is_looked_at(desk: OpenDesk) -> None:
    head = write(desk, 3)
    with desk.engine.begin() as connection:
        for statement in (
            "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT NOT NULL)",
            "INSERT INTO a VALUES (1, 'x')",
        ):
            connection.exec_driver_sql(statement)
    raw = connect(desk.folder / "desk.db", desk._key, guarded=False)
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("UPDATE sqlite_master SET sql = 'CREATE TABLE a (id INTEGER PRIMARY KEY, b INT CHECK (b < 5))'"
                " WHERE name = 'a'")  # fmt: skip
    raw.execute("PRAGMA writable_schema = RESET")
    raw.close()
    desk.engine.dispose()
    head_of_another = type(head)(head.sequence, "0" * 64)
    assert [(finding.what, finding.where) for finding in desk.check(head_of_another)] == [
        ("The database's structure is wrong: CHECK constraint failed in a.", "desk.db"),
        (f"Entry {head.sequence} is not the one that was anchored.", f"ledger, entry {head.sequence}"),
    ]


def test_what_cannot_be_read_to_its_end_is_damage(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise DamagedDesk("database", "The database desk.db is damaged.")

    monkeypatch.setattr(desk.ledger, "check", broken)
    (finding,) = desk.check()
    assert (finding.what, finding.where) == ("The database desk.db is damaged.", "desk.db")


def test_a_disk_that_refuses_is_no_finding(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise DiskRefused

    monkeypatch.setattr(desk.ledger, "check", refused)
    with pytest.raises(DiskRefused):
        desk.check()


def test_locking_without_anchoring_leaves_the_key_file_as_it_is(desk: OpenDesk, tmp_path: Path) -> None:
    before = (desk.folder / "keys.json").read_bytes()
    write(desk)
    desk.lock(anchoring=False)
    assert (desk.folder / "keys.json").read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    ["DROP TRIGGER ledger_loses_nothing", "CREATE TRIGGER quiet AFTER INSERT ON ledger BEGIN SELECT 1; END"],
)
def test_a_missing_guard_of_the_ledger_or_one_too_many_is_found(desk: OpenDesk, statement: str) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert [finding.what[:22] for finding in desk.check()] == ["A guard of the ledger "]


@pytest.mark.parametrize("statement", ["DROP TABLE ledger", "UPDATE ledger SET payload = ?"])
def test_what_leaddesk_never_writes_is_a_finding_and_no_bug(desk: OpenDesk, statement: str) -> None:
    write(desk)
    values = ("[" * 100_000,) if "?" in statement else ()
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER ledger_keeps_entries")
        connection.exec_driver_sql("UPDATE ledger SET action = 'rows'")
        connection.exec_driver_sql(statement, values)
    assert "A part of the database is not as LeadDesk writes it." in {finding.what for finding in desk.check()}
