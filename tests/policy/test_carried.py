"""An action as it was, or will have been, carried over."""

from dataclasses import replace

import pytest

from leaddesk.policy.material import carried, raw
from leaddesk.policy.records import Fact
from leaddesk.policy.vocabulary import InformationClass
from tests.policy.meeting import action, text

OPEN = action("t1", text(InformationClass.OPERATIONS, "Call the landlord."), carried=2)


@pytest.mark.parametrize(("times", "then"), [(1, 3), (0, 2), (-1, 1), (-5, 0)])
def test_an_action_is_carried_once_more_with_each_opening_and_was_never_carried_less_than_not_at_all(
    times: int, then: int
) -> None:
    assert raw(carried(OPEN, times), "carried") == then
    assert carried(OPEN, times).fields.keys() == OPEN.fields.keys()


def test_an_action_that_does_not_say_how_often_it_was_carried_stays_as_it_is() -> None:
    without = {name: field for name, field in OPEN.fields.items() if name != "carried"}
    odd = {**without, "carried": Fact(cls=InformationClass.OPERATIONS, value="twice")}
    for fields in (without, odd):
        record = replace(OPEN, fields=fields)
        assert carried(record, 1) is record
