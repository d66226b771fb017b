from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.vault.desk import OpenDesk
from tests.vault.making import make


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[OpenDesk]:
    with make(tmp_path / "desk") as opened:
        yield opened
