"""A desk's participants are made one by one when they are asked for, and are then what they always were."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.policy.facts import Facts, Names, Participant, Roster, Site
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.names import _folded, fold, letters
from leaddesk.policy.room import Boundaries, Room, Watch
from tests.policy import desks
from tests.policy.meeting import AT
from tests.policy.words import EVERYDAY


def roster(of: Mapping[str, Participant], asked: list[str] | None = None) -> Roster:
    facts = Facts(site=Site(zone="UTC"), people={}, participants=of)

    def make(id_: str) -> Participant:
        if asked is not None:
            asked.append(id_)
        return of[id_]

    return Roster(source=tuple(of.items()), names=facts.names, moments=facts.moments, make=make)


ANA = Participant(id="p1", code="P-1", given_name="Ana", family_name="Lind", aliases=("Nana",))
BO = Participant(id="p2", code="P-2", given_name="Bo", family_name="Berg", preferred_name="Bobo")
BOTH = {"p1": ANA, "p2": BO}


def test_a_participant_is_made_once_and_only_when_asked_for() -> None:
    asked: list[str] = []
    made = roster(BOTH, asked)
    assert "p1" in made
    assert "p3" not in made
    assert list(made) == ["p1", "p2"]
    assert len(made) == 2
    assert asked == []
    assert made["p1"] is made["p1"] is ANA
    assert asked == ["p1"]


def test_somebody_who_is_not_on_the_desk_is_not_made() -> None:
    asked: list[str] = []
    made = roster(BOTH, asked)
    assert made.get("p3") is None
    with pytest.raises(KeyError):
        made["p3"]
    assert asked == []


def test_rosters_are_equal_when_they_are_made_of_the_same_without_anybody_being_made() -> None:
    asked: list[str] = []
    assert roster(BOTH, asked) == roster(BOTH, asked)
    assert roster(BOTH, asked) != roster({"p1": ANA}, asked)
    assert asked == []
    assert roster(BOTH) == BOTH
    assert roster(BOTH) != {"p1": ANA}
    assert roster(BOTH) != "p1"


def test_what_participants_can_be_called_is_known_of_a_roster_as_of_any_mapping() -> None:
    expected = (Names("p1", "P-1", "Ana", "Lind", "", ("Nana",)), Names("p2", "P-2", "Bo", "Berg", "Bobo"))
    facts = Facts(site=Site(zone="UTC"), people={}, participants=BOTH)
    assert facts.names == replace(facts, participants=roster(BOTH)).names == expected


@given(desks.facts())
def test_a_roster_has_the_boundaries_and_the_guard_of_its_participants(facts: Facts) -> None:
    lazy = replace(facts, participants=roster(facts.participants))
    plain, of_roster = Boundaries(facts), Boundaries(lazy)
    at = AT
    while (following := plain.next_after(at)) is not None:
        assert of_roster.next_after(at) == following
        at = following
    assert of_roster.next_after(at) is None
    for one in facts.participants.values():
        words = f"We met {one.given_name} {one.family_name}, {one.code}."
        assert TextGuard(facts, EVERYDAY).mentions(words) == TextGuard(lazy, EVERYDAY).mentions(words)


def test_facts_that_change_nobodys_name_keep_the_guard_and_a_new_name_is_found() -> None:
    facts = Facts(site=Site(zone="UTC"), people={}, participants=BOTH)
    watch = Watch(Room(signed_in="a1"), facts, EVERYDAY, AT)
    guard = watch.guard
    watch.move(at=AT, facts=replace(facts, participants={**BOTH, "p1": replace(ANA, case_agency="g1")}))
    assert watch.guard is guard
    watch.move(at=AT, facts=replace(facts, participants={**BOTH, "p1": replace(ANA, family_name="Holm")}))
    assert "Ana Holm" in [one.written for one in watch.guard.mentions("We met Ana Holm.")]


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_fold_as_all_others_do(text: str) -> None:
    one_by_one = "".join(folded for _, folded in _folded(text))
    assert fold(text) == one_by_one
    assert letters(text) == "".join(char for char in one_by_one if char.isalnum())
