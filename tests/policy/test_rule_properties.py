"""Properties of the rule on random desks."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.disclosure import Appearance, Audience, Disclosure, Sight
from leaddesk.policy.facts import Facts
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.records import LINK, Text
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import BOUND, InformationClass, Reason
from tests.policy import desks
from tests.policy.words import EVERYDAY

C = InformationClass
RANK = {Appearance.ABSENT: 0, Appearance.CODE: 1, Appearance.NAME: 2}


def disclosure(facts: Facts, audience: Audience) -> Disclosure:
    return Disclosure(TextGuard(facts, EVERYDAY), Sight(Standing(facts, desks.AT), audience))


def fullness(text: Text, shown: Disclosure) -> int:
    """How much of a text is shown: 0 none, more the earlier its wording stands."""
    index = shown.choose(text).index
    return 0 if index is None else len(text.safe) + 1 - index


questions = st.builds(
    Asked,
    st.sampled_from(list(InformationClass)),
    participant=st.sampled_from([*desks.PARTICIPANTS, "p9"]),
    source=desks.maybe_agency,
)


@given(desks.facts(), desks.audiences, st.sampled_from([*desks.PEOPLE, "stranger"]), desks.texts())
def test_adding_a_person_never_shows_more(facts: Facts, people: frozenset[str], newcomer: str, text: Text) -> None:
    # Nobody is the public, who is not a smaller audience than somebody.
    before = disclosure(facts, Audience(people, public=not people))
    after = disclosure(facts, Audience(people | {newcomer}, public=not people))
    for participant in desks.PARTICIPANTS:
        assert RANK[after.appearance(participant)] <= RANK[before.appearance(participant)]
    assert fullness(text, after) <= fullness(text, before)


@given(desks.facts(), desks.audiences, st.sampled_from(desks.PEOPLE), desks.texts())
def test_the_signed_in_user_narrows_like_anybody_else(
    facts: Facts, people: frozenset[str], user: str, text: Text
) -> None:
    in_the_room = disclosure(facts, Audience(people | {user}))
    at_the_console = disclosure(facts, Audience(people, signed_in=user))
    assert in_the_room.choose(text) == at_the_console.choose(text)


@given(desks.facts(), st.sampled_from([*desks.PEOPLE, "nobody"]), questions)
def test_nothing_bound_is_had_without_identity(facts: Facts, person: str, asked: Asked) -> None:
    standing = Standing(facts, desks.AT)
    if asked.cls in BOUND and decide(standing, person, asked).allowed:
        assert decide(standing, person, Asked(C.IDENTITY, asked.participant)).allowed


@given(desks.facts(), st.sampled_from([*desks.PEOPLE, "nobody"]), questions)
def test_an_answer_allows_exactly_for_the_two_reasons_that_allow(facts: Facts, person: str, asked: Asked) -> None:
    answer = decide(Standing(facts, desks.AT), person, asked)
    assert answer.allowed == (answer.reason in (Reason.PUBLIC, Reason.ALLOWED))
    assert not (answer.release and answer.exemption)


def blanked(field: str, empty: object) -> dict[str, Any]:
    return {field: empty}


def forget(facts: Facts, data: st.DataObject) -> Facts:
    """The same desk with one fact missing or unknown that could have allowed something."""
    what = data.draw(
        st.sampled_from(
            ["role", "agency", "agreements", "template", "release", "intake", "door", "case_agency", "person",
             "participant", "grant", "involvement", "referring_agency", "unknown_role"]
        ),
        label="forgotten",
    )  # fmt: skip
    person_id = data.draw(st.sampled_from(desks.PEOPLE), label="of person")
    one_id = data.draw(st.sampled_from(desks.PARTICIPANTS), label="of participant")
    person, one = facts.people[person_id], facts.participants[one_id]
    release_fields = ("signed", "ends", "form", "sources", "to_classes", "to_agencies", "to_people", "classes")
    match what:
        case "role":
            person = replace(person, role=None)
        case "unknown_role":
            person = replace(person, role="mayor")
        case "agency":
            person = replace(person, agency=None)
        case "agreements":
            person = replace(person, agreements=tuple(replace(a, signed=None) for a in person.agreements))
        case "template":
            person = replace(person, agreements=tuple(replace(a, template=None) for a in person.agreements))
        case "release":
            blank = data.draw(st.sampled_from(release_fields), label="field")
            empty = None if blank in ("signed", "ends", "form") else frozenset[str]()
            one = replace(one, releases=tuple(replace(r, **blanked(blank, empty)) for r in one.releases))
        case "intake" | "door" | "case_agency" | "referring_agency":
            one = replace(one, **blanked(what, None))
        case "grant":
            one = replace(one, grants=tuple(replace(g, starts=None) for g in one.grants))
        case "involvement":
            one = replace(one, involvements=tuple(replace(i, starts=None) for i in one.involvements))
    people = {k: v for k, v in {**facts.people, person_id: person}.items() if (what, k) != ("person", person_id)}
    participants = {**facts.participants, one_id: one}
    if what == "participant":
        del participants[one_id]
    return replace(facts, people=people, participants=participants)


@given(desks.facts(), st.data(), questions)
def test_an_unknown_or_missing_fact_never_shows_more(facts: Facts, data: st.DataObject, asked: Asked) -> None:
    forgotten = forget(facts, data)
    for person in desks.PEOPLE:
        if decide(Standing(forgotten, desks.AT), person, asked).allowed:
            assert decide(Standing(facts, desks.AT), person, asked).allowed


@given(desks.facts(), desks.audiences, desks.texts())
def test_what_is_read_names_only_those_whom_the_audience_may_have(
    facts: Facts, people: frozenset[str], text: Text
) -> None:
    shown = disclosure(facts, Audience(people))
    words = shown.wording(text)
    if words is None:
        return
    assert LINK.search(words) is None
    for participant, (_, family) in desks.NAMES.items():
        if not shown.may_name(participant):
            assert family not in words
        if shown.appearance(participant) is Appearance.ABSENT:
            assert facts.participants[participant].code not in words


@given(desks.facts(), desks.audiences, desks.texts())
def test_everything_told_about_a_participant_is_on_the_trail(
    facts: Facts, people: frozenset[str], text: Text
) -> None:
    shown = disclosure(facts, Audience(people))
    words = shown.wording(text)
    told = {asked.participant for asked in shown.told}
    for participant, (first, family) in desks.NAMES.items():
        if words and f"{first} {family}" in words and f"{{{participant}}}" in text.text + str(text.safe):
            assert participant in told
    for asked in shown.told:
        assert asked.cls is C.OPERATIONS or shown.allows(asked)


@given(desks.facts(), st.sampled_from(desks.PEOPLE), questions, st.integers(-100_000, 100_000))
def test_the_same_question_at_the_same_instant_has_one_answer(
    facts: Facts, person: str, asked: Asked, minutes: int
) -> None:
    at = desks.AT + timedelta(minutes=minutes)
    assert decide(Standing(facts, at), person, asked) == decide(Standing(facts, at), person, asked)
