"""A desk of an earlier program is brought up to date: checked and backed up first, its rows hashed anew."""

import shutil
from pathlib import Path

import pytest

from leaddesk.models import schema
from leaddesk.models.schema import schema_state
from leaddesk.services.backups import dated
from leaddesk.services.migrating import ChangedRows
from leaddesk.services.opening import sign_in
from leaddesk.services.restoring import verify_backup
from leaddesk.vault.backup import BackupRefused
from leaddesk.vault.desk import OpenDesk
from leaddesk.vault.opening import open_desk
from tests.services.opened import NOON, ledger, signed_desk
from tests.vault.making import PASSPHRASE

LATER = '''"""A further column on a protected table."""

from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.execute("ALTER TABLE user ADD COLUMN seen TEXT DEFAULT 'never'")
'''


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk that was made before the last migration came."""
    signed_desk(tmp_path / "desk").lock()
    head = schema.revisions()[-1]
    scripts = Path(schema.__file__).parent / "migrations"
    shutil.copytree(scripts, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "migrations" / "versions" / "9999_later.py").write_text(LATER.format(head=head), encoding="utf-8")
    monkeypatch.setattr(schema, "_MIGRATIONS", tmp_path / "migrations")
    return tmp_path / "desk"


def state(folder: Path) -> str:
    with open_desk(folder, PASSPHRASE) as opened:
        return schema_state(opened.engine)


def test_a_verified_backup_comes_first_and_every_protected_row_gets_a_new_hash(folder: Path) -> None:
    assert state(folder) == "old"
    desk = sign_in(folder, PASSPHRASE, clock=lambda: NOON)
    (backup,) = dated(desk.vault.backups).values()
    actions = [entry.action for entry in ledger(desk)]
    assert actions[actions.index("backup_made") :] == ["backup_made", "migrated", "signed_in"]
    assert {entry.actor for entry in ledger(desk) if entry.action in ("backup_made", "migrated")} == {"leaddesk"}
    assert desk.verify().sound
    with desk.vault.engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT seen FROM user").scalar_one() == "never"
    desk.lock()
    assert state(folder) == "current"
    assert verify_backup(backup, PASSPHRASE).sound
    sign_in(folder, PASSPHRASE, clock=lambda: NOON).lock()
    assert len(dated(folder / "backups")) == 1


def test_without_its_backup_nothing_is_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BackupRefused

    with monkeypatch.context() as patched:
        patched.setattr(OpenDesk, "back_up", refuse)
        with pytest.raises(BackupRefused):
            sign_in(folder, PASSPHRASE, clock=lambda: NOON)
    assert state(folder) == "old"


def test_rows_changed_behind_the_ledgers_back_are_not_given_new_hashes(folder: Path) -> None:
    with open_desk(folder, PASSPHRASE) as opened, opened.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE user SET app_role = 'scribe'")
    with pytest.raises(ChangedRows):
        sign_in(folder, PASSPHRASE, clock=lambda: NOON)
    assert state(folder) == "old"
    assert not (folder / "backups").exists()
