"""How long each item has been before the room."""

from datetime import timedelta

from leaddesk.policy.console import agenda_rows
from leaddesk.policy.timing import Turned, minutes, spent_on
from tests.policy.meeting import AT, agenda_item, material, shown_to

MINUTE = timedelta(minutes=1)


def turned(*turns: tuple[int, str | None]) -> list[Turned]:
    return [Turned(AT + at * MINUTE, item) for at, item in turns]


def test_an_item_has_the_time_of_all_its_turns_together() -> None:
    turns = turned((0, "i1"), (3, "i2"), (4, None), (6, "i1"))
    assert spent_on(turns, AT + 10 * MINUTE) == {"i1": 7 * MINUTE, "i2": MINUTE}
    assert spent_on(turns, AT + 6 * MINUTE) == {"i1": 3 * MINUTE, "i2": MINUTE}
    assert spent_on([], AT) == {}


def test_a_clock_set_back_takes_no_time_away() -> None:
    assert spent_on(turned((0, "i1"), (-5, "i1")), AT) == {"i1": 5 * MINUTE}


def test_minutes_are_whole_ones() -> None:
    assert [minutes(timedelta(seconds=seconds)) for seconds in (0, 59, 60, 150)] == [0, 0, 1, 2]


def test_the_agenda_says_the_minutes_that_each_item_has_had() -> None:
    known = material(agenda=(agenda_item("i1", "operational", minutes_planned=5), agenda_item("i2", "minutes")))
    rows = agenda_rows(known, shown_to(), {}, None, None, spent={"i1": 7 * MINUTE})
    assert [row.spent for row in rows] == [7, 0]
