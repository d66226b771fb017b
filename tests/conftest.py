from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from leaddesk.models.schema import migrate
from leaddesk.vault.desk import OpenDesk, create_desk
from leaddesk.vault.keys import KdfSettings


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    """A new desk with its tables, opened with the least key work that LeadDesk accepts."""
    least = KdfSettings(time=3, memory=64 * 1024, parallelism=4)
    with create_desk(tmp_path / "desk", "a kettle on the third shelf", kdf=least) as opened:
        with opened.migrating() as engine:
            migrate(engine)
        yield opened


@pytest.fixture
def session(desk: OpenDesk) -> Iterator[Session]:
    with Session(desk.engine) as opened:
        yield opened
