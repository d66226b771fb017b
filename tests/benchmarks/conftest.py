"""The small desk of the benchmarks, made once for all their tests."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the benchmarks' desks are kept."""
    return tmp_path_factory.mktemp("desks")
