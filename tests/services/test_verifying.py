"""Verifying a desk in its folder and while it is open."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from leaddesk.models import protected_tables
from leaddesk.services import meetings, minutes
from leaddesk.services.meetings import MeetingForm
from leaddesk.services.verifying import hash_all_rows, report, rows_changed, verify
from leaddesk.vault.errors import AlreadyOpen, NewerDesk, NoDesk, WrongPassphrase
from leaddesk.vault.ledger import Head
from leaddesk.vault.opening import open_desk
from tests.services.opened import NOON, signed_desk
from tests.vault.making import PASSPHRASE, bytes_and_times, flip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A locked desk with finalized minutes."""
    desk = signed_desk(tmp_path / "desk")
    meeting = desk.do(meetings.plan, MeetingForm(held_on=NOON.date(), starts_at=NOON))
    desk.do(meetings.open_meeting, meeting)
    desk.do(meetings.close_meeting, meeting)
    desk.do(minutes.finalize, meeting)
    desk.lock()
    return tmp_path / "desk"


def tamper(folder: Path, *statements: str) -> None:
    """Change the desk as somebody would who has its key and leaves the ledger alone."""
    with open_desk(folder, PASSPHRASE) as opened, opened.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def whats(folder: Path, *anchors: Head) -> list[str]:
    return [finding.what for finding in verify(folder, PASSPHRASE, anchors).findings]


def test_a_sound_desk_is_sound_and_gives_its_head_as_the_anchor(folder: Path) -> None:
    told = verify(folder, PASSPHRASE)
    assert told.sound
    assert told.head is not None
    assert verify(folder, PASSPHRASE, [told.head]).sound


def test_verifying_changes_nothing_on_disk(folder: Path) -> None:
    before = {name: data for name, (data, _) in bytes_and_times(folder).items()}
    assert verify(folder, PASSPHRASE).sound
    assert {name: data for name, (data, _) in bytes_and_times(folder).items()} == before


def test_an_anchor_that_the_desk_does_not_hold_is_found(folder: Path) -> None:
    head = verify(folder, PASSPHRASE).head
    assert head is not None
    assert whats(folder, Head(head.sequence + 2, head.mac)) == [
        f"Entries {head.sequence + 1} to {head.sequence + 2} are missing."
    ]


def test_changed_minutes_are_found_by_their_own_hash_and_by_the_rows(folder: Path) -> None:
    tamper(folder, "UPDATE finalized_minutes SET content = replace(content, 'Harbor', 'Barbor')")
    assert whats(folder)[-1] == "Finalized minutes 1 are not what was finalized."
    assert whats(folder)[0].startswith("Row 1 of the table finalized_minutes is not as entry")


@pytest.mark.parametrize("content", ["", "[", "5"])
def test_minutes_that_are_no_minutes_are_found(folder: Path, content: str) -> None:
    tamper(folder, f"UPDATE finalized_minutes SET content = '{content}', anchor = 'x'")
    findings = verify(folder, PASSPHRASE).findings
    assert [finding.what for finding in findings[-2:]] == [
        "Finalized minutes 1 have an anchor that is none.",
        "Finalized minutes 1 are not what was finalized.",
    ]
    assert findings[-1].since == NOON


def test_the_anchor_of_the_minutes_is_looked_for(folder: Path) -> None:
    tamper(folder, f"UPDATE finalized_minutes SET anchor = '2:{'0' * 64}'")
    assert "Entry 2 is not the one that was anchored." in whats(folder)


@pytest.mark.parametrize(
    ("break_it", "what", "where"),
    [
        (lambda folder: flip(folder / "keys.json", 100), "The key file keys.json is damaged.", "keys.json"),
        (lambda folder: (folder / "desk.db").unlink(), "The database desk.db is missing.", "desk.db"),
        (lambda folder: flip(folder / "desk.db", 40), "The database desk.db is damaged.", "desk.db"),
    ],
)
def test_a_desk_that_does_not_open_because_it_is_damaged_is_a_finding(
    folder: Path, break_it: Callable[[Path], None], what: str, where: str
) -> None:
    break_it(folder)
    told = verify(folder, PASSPHRASE)
    assert [(finding.what, finding.where) for finding in told.findings] == [(what, where)]
    assert not told.sound
    assert told.head is None


def test_an_old_database_beside_a_newer_key_file_is_a_finding(folder: Path) -> None:
    old = (folder / "desk.db").read_bytes()
    with open_desk(folder, PASSPHRASE) as opened, opened.engine.begin() as connection:
        opened.ledger.append(connection, at=NOON, actor="a1", action="left", objects={}, payload={})
    (folder / "desk.db").write_bytes(old)
    (finding,) = verify(folder, PASSPHRASE).findings
    assert finding.what == "The database is older than the key file beside it: later changes are missing."


def test_what_stops_anybody_from_looking_is_no_finding(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        verify(folder, "another passphrase altogether")
    with pytest.raises(NoDesk):
        verify(tmp_path / "nowhere", PASSPHRASE)
    with open_desk(folder, PASSPHRASE) as opened:
        with pytest.raises(AlreadyOpen):
            verify(folder, PASSPHRASE)
        with opened.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDesk):
        verify(folder, PASSPHRASE)


def test_damage_met_while_the_minutes_are_read_is_told_by_the_pages(folder: Path) -> None:
    with open_desk(folder, PASSPHRASE) as opened:
        for page in range(1, (folder / "desk.db").stat().st_size // 4096):
            flip(folder / "desk.db", page * 4096 + 50)
        opened.engine.dispose()
        told = report(opened)
        assert [finding.what for finding in told.findings] == ["The database desk.db is damaged."]


def test_an_open_desk_is_verified_too(folder: Path) -> None:
    desk = signed_desk(folder.parent / "other")
    assert desk.verify().sound
    desk.lock()


def test_rows_are_compared_before_a_migration_and_hashed_anew_after_it(folder: Path) -> None:
    with open_desk(folder, PASSPHRASE) as opened:
        with opened.engine.begin() as connection:
            assert rows_changed(connection, opened.ledger) == []
            connection.exec_driver_sql("ALTER TABLE release ADD COLUMN language TEXT DEFAULT 'en'")
            connection.exec_driver_sql("ALTER TABLE user ADD COLUMN language TEXT DEFAULT 'en'")
            (changed,) = rows_changed(connection, opened.ledger)
            assert changed.where == "table user, row 1"
            hash_all_rows(connection, opened.ledger, at=NOON, actor="a1")
            assert rows_changed(connection, opened.ledger) == []
        assert opened.check(protected=protected_tables()) == []


def test_a_ledger_that_never_held_a_hash_has_nothing_to_compare(tmp_path: Path) -> None:
    desk = signed_desk(tmp_path / "desk")
    with desk.unit() as unit:
        connection: Connection = unit.rows.connection()
        connection.exec_driver_sql("DROP TRIGGER ledger_keeps_entries")
        connection.exec_driver_sql("UPDATE ledger SET action = 'older' WHERE action = 'rows'")
        assert rows_changed(connection, desk._opened.ledger) == []
    desk.lock()
