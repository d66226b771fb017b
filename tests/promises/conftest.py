"""What a promise's test asks for: how many times, and where to say what was reached."""

import pytest

from tests.promises.row import FULL, Reached, Times


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Times:
    return Times(full=request.config.stash.get(FULL, False), seed=request.node.nodeid)


@pytest.fixture
def reached(request: pytest.FixtureRequest) -> Reached:
    return Reached(request.node.user_properties)
