"""A room that is asked together gets the answers that everybody in it gets alone."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.policy.decision import Asked, decide, decide_each
from leaddesk.policy.disclosure import Audience, Sight
from leaddesk.policy.facts import Facts
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import Role
from tests.policy.desks import AGENCIES, AT, PARTICIPANTS, PEOPLE, classes, facts

questions = st.lists(
    st.builds(
        Asked,
        cls=classes,
        participant=st.none() | st.sampled_from([*PARTICIPANTS, "p9"]),
        source=st.none() | st.sampled_from(AGENCIES),
        subjects=st.frozensets(st.sampled_from(PEOPLE), max_size=2),
    ),
    max_size=12,
)
everybody = (*PEOPLE, "nobody")


@given(facts(), questions)
def test_people_asked_together_get_what_each_gets_alone(desk: Facts, asked: list[Asked]) -> None:
    together, alone = Standing(desk, AT), Standing(desk, AT)
    for one in asked:
        expected = [(person, decide(alone, person, one)) for person in everybody]
        assert list(decide_each(together, everybody, one)) == expected


@given(facts(), questions, st.sampled_from(PEOPLE), st.sampled_from([None, *Role]))
def test_somebody_who_joins_in_another_role_is_decided_in_that_role(
    desk: Facts, asked: list[Asked], latecomer: str, role: Role | None
) -> None:
    before = Sight(Standing(desk, AT), Audience(frozenset(PEOPLE) - {latecomer}))
    for one in asked:
        before.allows(one)
    arrived = {**desk.people, latecomer: replace(desk.people[latecomer], role=role)}
    changed = replace(desk, people=arrived)
    joined = before.joined_by(Audience(frozenset(PEOPLE)), Standing(changed, AT))
    anew = Sight(Standing(changed, AT), Audience(frozenset(PEOPLE)))
    assert [joined.allows(one) for one in asked] == [anew.allows(one) for one in asked]
