"""Who here may hear this: each person and class by the decision alone, and nothing that the user may not have."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.policy.console import user_disclosure
from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.facts import Exclusion, Facts
from leaddesk.policy.hearing import Hearing, hearing, told_of, what_is_told
from leaddesk.policy.room import Presence, Room, Watch
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import BOUND, InformationClass
from tests.often import examples
from tests.policy import desks
from tests.policy.meeting import AT, brooks, desk, here, meyer, watch
from tests.policy.words import EVERYDAY

C = InformationClass


def heard(seen: Watch, participant: str | None = "p1", item: str | None = "i1") -> Hearing:
    return hearing(seen, user_disclosure(seen), participant, item)


def test_a_table_of_those_present_and_the_classes_with_a_reason_where_somebody_may_not() -> None:
    found = heard(watch("okafor", "bell", "hart"))
    assert (found.participant, found.title) == ("p1", "Angela Brooks")
    assert [one.words for one in found.classes] == [
        "name", "progress", "court and coordination", "care", "health", "operations",
    ]  # fmt: skip
    assert [(one.name, one.reasons) for one in found.people] == [
        ("Tom Bell", ("", "", "", "not by role", "not by role", "")),
        ("Ana Hart", ("not involved", "not involved", "not by role", "not involved", "not involved", "")),
        ("Jo Okafor", ("", "", "", "", "", "")),
    ]


def test_it_is_said_in_a_sentence_what_all_may_hear_and_who_would_have_to_leave_for_the_rest() -> None:
    assert heard(watch("okafor", "bell", "hart")).summary == (
        "Everybody here may hear: operations.",
        "Name, progress and court and coordination: only T. Bell and J. Okafor; A. Hart would have to leave.",
        "Care and health: only J. Okafor; T. Bell and A. Hart would have to leave.",
    )
    assert heard(watch("okafor")).summary == (
        "Everybody here may hear: name, progress, court and coordination, care, health and operations.",
    )


def test_many_are_counted_and_somebody_unidentified_stands_last() -> None:
    found = heard(watch("okafor", "bell", "hart", "ruiz", "novak", strangers=1))
    assert found.people[-1].name == "Somebody not identified"
    assert found.summary[1] == "Care and health: only J. Okafor; 5 people would have to leave."
    assert found.summary[-1].endswith("S. Novak, D. Ruiz and Somebody not identified would have to leave.")


def test_where_nobody_may_hear_it_nobody_is_said_to_stay() -> None:
    found = heard(watch("okafor", "novak", strangers=1), "p2")
    assert found.summary[0].endswith("S. Novak and Somebody not identified would have to leave.")


def test_where_nobody_is_there_nobody_is_said_to_have_to_leave() -> None:
    found = heard(watch())
    assert [one.name for one in found.people] == ["Jo Okafor", "Anybody else"]
    assert found.summary[-1].endswith(": only J. Okafor; nobody else is checked in and in view.")


def test_whoever_stepped_out_for_the_item_or_sits_apart_is_not_there() -> None:
    out = here("hart", stepped_out=frozenset({"i1"}))
    seen = watch("okafor", out, here("bell", out_of_view=True))
    assert [one.name for one in heard(seen).people] == ["Jo Okafor"]
    assert len(heard(seen, item="i2").people) == 2


def test_those_who_may_not_hear_what_is_chosen_are_named() -> None:
    found = heard(watch("okafor", "bell", "hart"))
    assert found.denied([C.IDENTITY]) == ("Ana Hart",)
    assert found.denied([C.IDENTITY, C.CARE]) == ("Tom Bell", "Ana Hart")
    assert found.denied([C.OPERATIONS, C.PERSONNEL]) == ()


def test_business_in_general_is_about_nobody() -> None:
    found = heard(watch("okafor", "ruiz"), None)
    assert (found.participant, found.title) == ("", "Business in general")
    assert [one.words for one in found.classes] == ["community", "operations"]
    assert found.summary[-1] == "Operations: only J. Okafor; D. Ruiz would have to leave."


def test_what_the_user_may_not_have_is_not_mentioned() -> None:
    excluded = brooks(exclusions=(Exclusion(person="okafor", starts=date(2026, 1, 1)),))
    by_code = heard(watch("okafor", "bell", facts=desk(excluded, meyer())))
    assert by_code.title == "P-7K3F"
    assert [one.cls for one in by_code.classes] == [C.OPERATIONS]
    nothing = heard(watch("ruiz", signed_in="ruiz"))
    assert (nothing.participant, nothing.title) == ("", "Business in general")
    assert heard(watch("okafor"), "p9").title == "Business in general"


def test_whoever_tells_something_of_somebody_tells_who_it_is() -> None:
    standing = Standing(desk(), AT)
    assert told_of(standing, "p1", [C.CARE]) == {
        Asked(C.CARE, "p1", "harbor"),
        Asked(C.IDENTITY, "p1", "harbor"),
    }
    assert told_of(standing, "p1", [C.OPERATIONS]) == {Asked(C.OPERATIONS, "p1")}
    assert what_is_told(standing, C.CARE, "p9") == Asked(C.CARE, "p9", None)
    assert what_is_told(standing, C.COMMUNITY, None) == Asked(C.COMMUNITY)


@given(desks.facts(), st.sets(st.sampled_from(desks.PEOPLE), min_size=1), st.sampled_from(desks.PEOPLE))
@settings(max_examples=examples(30, thorough=600), deadline=None)
def test_the_table_is_the_decision_for_everybody_who_is_there(facts: Facts, present: set[str], user: str) -> None:
    room = Room(signed_in=user)
    for one in present:
        room = room.arrive(Presence(person=one, role=facts.people[one].role or ""))
    seen = Watch(room, facts, EVERYDAY, AT)
    standing = Standing(room.facts(facts), AT)
    for participant in desks.PARTICIPANTS:
        found = heard(seen, participant)
        assert {one.id for one in found.people} == present | {user}
        for number, column in enumerate(found.classes):
            asked = what_is_told(standing, column.cls, found.participant or None)
            assert decide(standing, user, asked).allowed
            for row in found.people:
                assert decide(standing, row.id, asked).allowed is (row.reasons[number] == "")
        told = {column.cls for column in found.classes} & BOUND
        if found.participant:
            assert told == {
                cls for cls in BOUND if decide(standing, user, what_is_told(standing, cls, participant)).allowed
            }
