"""What a promise's test asks for: how many times, and where to say what was reached."""

import functools
from collections.abc import Iterator
from unittest.mock import patch

import pytest

from leaddesk.vault import keys
from tests.promises.row import FULL, Reached, Times


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Times:
    return Times(full=request.config.stash.get(FULL, False), seed=request.node.nodeid)


@pytest.fixture
def reached(request: pytest.FixtureRequest) -> Reached:
    return Reached(request.node.user_properties)


@pytest.fixture(scope="module")
def derive_each_key_once() -> Iterator[None]:
    """The same passphrase, salt and settings give the same key: hundreds of openings needn't work it out again."""
    with patch.object(keys, "_passphrase_key", functools.cache(keys._passphrase_key)):
        yield
