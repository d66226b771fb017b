import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import QueuePool
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlcipher3 import dbapi2

from leaddesk.vault import connection as rooms
from leaddesk.vault.connection import connect, make_engine
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.errors import DamagedDesk, DeskBusy, DeskLocked, DiskRefused
from leaddesk.vault.keys import DataKey
from leaddesk.vault.opening import open_desk
from tests.vault.making import PASSPHRASE, flip, made, write


def database(desk: OpenDesk) -> Path:
    return desk.folder / "desk.db"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("foreign_keys", 1),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("fullfsync", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("temp_store", 2),
        ("busy_timeout", 30_000),
    ],
)
def test_a_connection_has_every_setting(desk: OpenDesk, setting: str, value: str | int) -> None:
    with desk.engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {setting}").scalar() == value


def test_the_pages_are_encrypted_and_memory_is_wiped(desk: OpenDesk) -> None:
    with closing(connect(database(desk), desk._key, guarded=False)) as connection:
        assert connection.execute("PRAGMA cipher_status").fetchone() == ("1",)
        assert connection.execute("PRAGMA cipher_memory_security").fetchone() == ("1",)
        assert connection.execute("PRAGMA cipher_log_level").fetchone() == ("NONE",)


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE 'plain.db' AS plain KEY ''",
        "DETACH DATABASE main",
        "VACUUM INTO 'plain.db'",
        "VACUUM",
        "PRAGMA rekey = 'guessed'",
        "PRAGMA ReKey = 'guessed'",
        "PRAGMA hexrekey = 'ab'",
        "PRAGMA key = 'guessed'",
        "PRAGMA cipher_page_size = 1024",
        "PRAGMA cipher_status",
        "PRAGMA cipher_export",
        "SELECT sqlcipher_export('main')",
        "SELECT load_extension('anything')",
        "PRAGMA temp_store = 1",
        "PRAGMA synchronous = OFF",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA writable_schema = ON",
    ],
)
def test_a_statement_that_could_open_the_vault_is_denied(desk: OpenDesk, statement: str) -> None:
    refused = pytest.raises(dbapi2.DatabaseError, match=r"not authorized|prohibited|authorization denied")
    with closing(connect(database(desk), desk._key)) as connection, refused:
        connection.execute(statement)
    assert {path.name for path in desk.folder.iterdir()}.isdisjoint({"plain.db"})


def test_ordinary_statements_are_allowed(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE found USING fts5(words)")
        connection.exec_driver_sql("INSERT INTO found VALUES (lower('Kettle'))")
        assert connection.exec_driver_sql("SELECT count(*) FROM found('kettle')").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA table_info(found)").all()
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_the_engine_has_a_queue_of_connections_and_hides_values(desk: OpenDesk) -> None:
    assert isinstance(desk.engine.pool, QueuePool)
    assert desk.engine.hide_parameters
    with desk.engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (?)", ("a private word",))
    assert "a private word" not in str(caught.value)


def test_a_change_of_the_schema_is_undone_by_a_rollback(desk: OpenDesk) -> None:
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE passing (id INTEGER)")
        connection.rollback()
        assert connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'passing'").first() is None


def test_a_migration_has_foreign_keys_off_and_is_a_connection_of_its_own(desk: OpenDesk) -> None:
    with desk.migrating() as engine, engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
    with desk.engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_many_threads_writing_at_once_neither_crash_nor_find_it_locked(desk: OpenDesk) -> None:
    failures: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(4):
                write(desk)
        except Exception as error:  # noqa: BLE001 - a thread's failure is told to the test
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with desk.engine.begin() as connection:
        head = desk.ledger.head(connection)
        assert head is not None
        assert head.sequence == 80
        assert desk.ledger.check(connection) == []


def test_the_file_on_disk_has_no_plaintext_header(desk: OpenDesk) -> None:
    write(desk)
    for file in (database(desk), database(desk).with_name("desk.db-wal")):
        assert b"SQLite format 3" not in file.read_bytes()
        assert b"checked_in" not in file.read_bytes()


def test_a_key_of_another_desk_does_not_open_it(desk: OpenDesk) -> None:
    with pytest.raises(DamagedDesk) as caught:
        connect(database(desk), DataKey.fresh())
    assert caught.value.part == "database"


def test_an_emptied_database_is_damage_and_stays_empty(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.touch()
    with pytest.raises(DamagedDesk):
        connect(path, DataKey.fresh())
    assert path.read_bytes() == b""


def test_a_missing_database_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(DamagedDesk, match="missing"):
        connect(tmp_path / "desk.db", DataKey.fresh())
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_refuses_is_not_called_damage(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk")
    (folder / "desk.db").unlink()
    (folder / "desk.db").mkdir()
    with pytest.raises(DiskRefused):
        connect(folder / "desk.db", DataKey.fresh())


def test_a_full_disk_and_a_damaged_page_are_told_in_words_and_a_wrong_statement_is_a_bug(tmp_path: Path) -> None:
    folder = made(tmp_path / "desk", entries=400)
    pages = (folder / "desk.db").stat().st_size // 4096
    flip(folder / "desk.db", pages // 2 * 4096 + 700)
    with open_desk(folder, PASSPHRASE) as desk:
        with pytest.raises(DamagedDesk), desk.engine.connect() as connection:
            connection.exec_driver_sql("SELECT * FROM ledger").all()
        desk.engine.dispose()
        with desk.engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            with pytest.raises(DiskRefused):
                connection.exec_driver_sql("CREATE TABLE letters AS SELECT zeroblob(100000) AS letter")
        with pytest.raises(OperationalError, match="no such table"), desk.engine.connect() as connection:
            connection.exec_driver_sql("SELECT * FROM nowhere")
        with pytest.raises(IntegrityError), desk.engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO vault_state SELECT * FROM vault_state")


def test_a_busy_desk_is_not_called_a_bad_disk_nor_a_denied_statement_a_damaged_one(desk: OpenDesk) -> None:
    impatient = make_engine(database(desk), desk._key, patience=1)
    with desk.engine.begin(), pytest.raises(DeskBusy), impatient.begin():
        pass
    impatient.dispose()
    with pytest.raises(DBAPIError, match="not authorized"), desk.engine.connect() as connection:
        connection.exec_driver_sql("ATTACH DATABASE 'plain.db' AS plain KEY ''")


def test_a_dropped_key_opens_no_connection(desk: OpenDesk) -> None:
    key = DataKey.fresh()
    key.drop()
    with pytest.raises(DeskLocked), make_engine(database(desk), key).connect():
        pass


def test_a_key_of_the_wrong_shape_never_reaches_the_database(desk: OpenDesk) -> None:
    key = DataKey.fresh()
    key._raw = b"short"
    with pytest.raises(RuntimeError, match="shape"):
        connect(database(desk), key)


def test_a_setting_that_does_not_hold_is_a_bug_and_closes_the_connection(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "_TEMP_STORE_MEMORY", 1)
    with pytest.raises(RuntimeError, match="temp_store"):
        connect(database(desk), desk._key)


def test_a_database_without_encryption_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with closing(dbapi2.connect(str(path))) as plain:
        plain.execute("CREATE TABLE vault_state (id INTEGER)")
        plain.commit()
        with pytest.raises(RuntimeError, match="not encrypted"):
            rooms._settle(plain, foreign_keys=True, patience=1)
    with pytest.raises(DamagedDesk):
        connect(path, DataKey.fresh())
