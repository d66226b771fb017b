"""Random meetings: whatever happens, no frame shows what somebody there may not have, and the ledger agrees."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from tests.journeys import random_rooms
from tests.often import examples

#: One event: what, to whom and about what by number, and in which role or for how many minutes.
EVENTS = st.tuples(st.sampled_from(random_rooms.EVENTS), st.integers(0, 59), st.integers(0, 59), st.integers(0, 59))


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Path:
    """The desk of random rooms, locked, to be copied."""
    return random_rooms.make_desk(tmp_path_factory.mktemp("rooms") / "desk", qapp)


@settings(
    max_examples=examples(5, thorough=30),
    deadline=None,
    # A shorter meeting that fails too would take minutes to find; the seed and the frame say enough.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(st.lists(EVENTS, min_size=30, max_size=40))
def test_whatever_happens_no_frame_shows_what_somebody_there_may_not_have(
    rooms: Path, events: list[tuple[str, int, int, int]]
) -> None:
    with random_rooms.meeting(rooms) as on:
        on.play("confirm")
        for event in events:
            on.play(*event)
