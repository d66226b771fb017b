from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from leaddesk.models import Agency, AgendaItem, Attendee, Base, MeetingSeries, StoredText
from leaddesk.models.schema import BrokenMigrationError, migrate, revisions, schema_state
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.keys import KdfSettings
from leaddesk.vault.opening import create_desk

VAULT_TABLES = {"ledger", "vault_state"}
LEAST = KdfSettings(time=3, memory=64 * 1024, parallelism=4)


@pytest.fixture
def bare(tmp_path: Path) -> OpenDesk:
    """A desk without any of our tables."""
    return create_desk(tmp_path / "bare", "a kettle on the third shelf", kdf=LEAST)


def checks(database: sa.Engine | sa.Connection, table: str) -> set[tuple[str | None, str]]:
    found = sa.inspect(database).get_check_constraints(table)
    return {(check["name"], check["sqltext"]) for check in found}


def test_migrations_and_models_agree(desk: OpenDesk) -> None:
    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _to: object) -> bool:
        return not (kind == "table" and name in VAULT_TABLES)

    with desk.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_check_the_same_words_as_the_models(desk: OpenDesk) -> None:
    fresh = sa.create_engine("sqlite://")
    Base.metadata.create_all(fresh)
    for table in Base.metadata.tables:
        assert checks(desk.engine, table) == checks(fresh, table), table
    fresh.dispose()


def test_a_desk_is_empty_before_its_first_migration_and_current_after_it(bare: OpenDesk) -> None:
    assert schema_state(bare.engine) == "empty"
    with bare.migrating() as engine:
        migrate(engine)
    assert schema_state(bare.engine) == "current"
    bare.lock()


def test_a_desk_of_a_later_program_is_newer(desk: OpenDesk) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        assert schema_state(connection) == "newer"


def test_the_revisions_known_by_their_files_are_those_that_the_migrations_say() -> None:
    config = Config()
    config.set_main_option("script_location", "leaddesk.models:migrations")
    config.set_main_option("path_separator", "os")
    said = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert revisions() == tuple(reversed(said))


def test_migrating_twice_changes_nothing(desk: OpenDesk) -> None:
    with Session(desk.engine) as session, session.begin():
        session.add(Agency(name="City PD"))
    with desk.migrating() as engine:
        migrate(engine)
    with Session(desk.engine) as session:
        assert session.scalars(sa.select(Agency.name)).all() == ["City PD"]


def test_migrating_with_foreign_keys_on_is_refused(bare: OpenDesk) -> None:
    with pytest.raises(BrokenMigrationError):
        migrate(bare.engine)
    assert schema_state(bare.engine) == "empty"
    bare.lock()


def test_a_migration_that_leaves_rows_pointing_nowhere_changes_nothing(bare: OpenDesk) -> None:
    with bare.migrating() as engine:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
            connection.exec_driver_sql("CREATE TABLE child (parent INTEGER REFERENCES parent)")
            connection.exec_driver_sql("INSERT INTO child VALUES (1)")
        with pytest.raises(BrokenMigrationError):
            migrate(engine)
    assert schema_state(bare.engine) == "empty"
    assert set(sa.inspect(bare.engine).get_table_names()) == VAULT_TABLES | {"parent", "child"}
    bare.lock()


def test_a_row_that_points_nowhere_is_refused(session: Session) -> None:
    session.add(Attendee(given_name="Tom", family_name="Bell", agency_id=7))
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()


def test_outcomes_and_ranks_from_before_are_where_they_belong_now(bare: OpenDesk) -> None:
    with bare.migrating() as engine:
        with engine.begin() as connection:
            config = Config()
            config.set_main_option("script_location", "leaddesk.models:migrations")
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
            for row in (
                "meeting_series (id, name, cadence) VALUES (1, 'Work group', '')",
                (
                    "attendee (id, given_name, family_name, title, active, phone, email, note)"
                    " VALUES (1, 'Jo', 'Okafor', '', 1, '', '', '')"
                ),
                (
                    "meeting (id, series_id, number, held_on, starts_at, place, chair_id, state, statement_read)"
                    " VALUES (1, 1, 1, '2026-05-06', '2026-05-06T17:00:00.000000+00:00', '', 1, 'open', 0)"
                ),
                (
                    "location_priority (id, name, place, description, state, rank, previous_rank, rank_reason,"
                    " lead_text, resource_gap, not_heard_from)"
                    " VALUES (1, 'Pine', '', '', 'active', 1, NULL, '', '', '', ''),"
                    " (2, 'Oak', '', '', 'active', 2, 1, '', '', '', '')"
                ),
                (
                    "agenda_item (id, meeting_id, position, kind, outcome)"
                    " VALUES (1, 1, 1, 'overview', ''), (2, 1, 2, 'place', 'lights were asked for')"
                ),
            ):
                connection.exec_driver_sql(f"INSERT INTO {row}")
        migrate(engine)
    with Session(bare.engine) as session:
        assert session.scalars(sa.select(MeetingSeries.ranks_told)).all() == [((2, 1),)]
        empty, said = session.scalars(sa.select(AgendaItem).order_by(AgendaItem.id))
        assert empty.outcome_text_id is None
        text = session.get_one(StoredText, said.outcome_text_id)
        assert (text.cls, text.body, text.marked) == (InformationClass.OPERATIONS, "lights were asked for", ())
    bare.lock()
