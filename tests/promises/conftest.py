"""What a promise's test asks for: how many times, where to say what was reached, and desks to be copied."""

import functools
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from leaddesk.services.demo import demo_desk
from leaddesk.vault import keys
from tests.journeys.stage import START
from tests.promises.batches import make_desk
from tests.promises.disk import Recorder
from tests.promises.row import FULL, Reached, Times
from tests.vault.making import FLOOR


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Times:
    return Times(full=request.config.stash.get(FULL, False), seed=request.node.nodeid)


@pytest.fixture
def reached(request: pytest.FixtureRequest) -> Reached:
    return Reached(request.node.user_properties)


@pytest.fixture
def in_full_alone(times: Times) -> None:
    """For a broken variant that starts programs: it is tried with ``--full`` only."""
    if not times.full:
        pytest.skip("tried with --full only")


@pytest.fixture(scope="package", autouse=True)
def derive_each_key_once() -> Iterator[None]:
    """The same passphrase, salt and settings give the same key: hundreds of openings needn't work it out again."""
    with patch.object(keys, "_passphrase_key", functools.cache(keys._passphrase_key)):
        yield


@pytest.fixture(scope="package")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new desk, locked, to be copied."""
    folder = tmp_path_factory.mktemp("new") / "desk"
    make_desk(folder).lock()
    return folder


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo desk, locked, to be copied; half an hour before its day ends."""
    folder = tmp_path_factory.mktemp("demo") / "desk"
    demo_desk(folder, clock=lambda: START, kdf=FLOOR).lock()
    return folder


@pytest.fixture(scope="package")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Recorder:
    return Recorder(tmp_path_factory.mktemp("workshop"))
