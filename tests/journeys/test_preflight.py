"""Pre-flight of a room equals what that room then sees, whoever comes and whatever the facts are by then."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from leaddesk.policy.console import private_side
from leaddesk.services import meetings, preflight
from tests.journeys import random_rooms
from tests.often import examples

#: What changes facts, agendas and actions before the next meeting.
_BEFORE = (
    "sign", "decline", "release", "mend_release", "event", "revoke", "involve", "end_involvement", "exclude", "grant",
    "named_conflict", "rename", "supersede", "line", "place", "rank", "outcome", "item_outcome", "look", "midnight",
)  # fmt: skip
EVENTS = st.tuples(st.sampled_from(_BEFORE), st.integers(0, 59), st.integers(0, 59), st.integers(0, 59))


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Path:
    """The desk of random rooms, locked, to be copied."""
    return random_rooms.make_desk(tmp_path_factory.mktemp("rooms") / "desk", qapp)


@settings(
    max_examples=examples(3, thorough=20),
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(st.lists(EVENTS, min_size=6, max_size=14), st.sets(st.integers(0, 13), min_size=1, max_size=9))
def test_the_room_is_shown_what_preflight_said_of_it_and_has_the_rest_withheld_for_those_reasons(
    rooms: Path, events: list[tuple[str, int, int, int]], coming: set[int]
) -> None:
    with random_rooms.meeting(rooms) as on:
        on.play("confirm")
        for event in events:
            on.play(*event)
        present = sorted({on.people[number % len(on.people)] for number in coming})
        on.close_meeting()
        desk = on.windows.desk
        upcoming = desk.do(meetings.plan_next, on.live.meeting)
        said = desk.do(preflight.preflight, upcoming, present, desk.everyday)
        on.clock.now = said.starts
        on.go_to(upcoming)
        for person in present:
            on.play_for("arrive", person)
        on.play("confirm")
        live = on.live
        for item in said.items:
            on.shows(item.id)
            assert on.windows.workplace.projector.slide == item.slide
            assert private_side(live.material, live.mine(), live.watch, item.id, "").withheld == item.withheld
        standing = live.watch.standing
        assert set(said.signers) == {one for one in present if one not in standing.attending}
