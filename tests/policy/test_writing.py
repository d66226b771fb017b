"""What happens to a text before it is saved: names become links, its class is raised, words for all are checked."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.policy.facts import Facts, Participant
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.names import Kind
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.writing import Prepared, clean, prepare, typed
from tests.policy.meeting import brooks, desk, meyer
from tests.policy.words import EVERYDAY

C = InformationClass
OTHER_BROOKS = Participant(id="p3", code="P-9X4T", given_name="Maya", family_name="Brooks")
TWO_NAMED_BROOKS = desk(brooks(), meyer(), OTHER_BROOKS)


def anybody(_: str) -> bool:
    return True


def prepared(
    words: str,
    cls: InformationClass = C.OPERATIONS,
    *about: str,
    facts: Facts | None = None,
    may_link: Callable[[str], bool] = anybody,
    marked: frozenset[str] = frozenset(),
) -> Prepared:
    guard = TextGuard(facts or desk(), EVERYDAY)
    return prepare(words, cls, about, guard, may_link=may_link, marked=marked)


@pytest.mark.parametrize(
    ("words", "saved"),
    [
        ("Angela Brooks came.", "{p1} came."),
        ("brooks came.", "{p1} came."),
        ("Ask BROOKS and Carl Meyer.", "Ask {p1} and {p2}."),
        ("{p1} and Brooks", "{p1} and {p1}"),
    ],
)
def test_a_typed_name_becomes_a_link_and_raises_the_class(words: str, saved: str) -> None:
    found = prepared(words)
    assert found.text == saved
    assert found.cls is C.IDENTITY
    assert found.about[0] == "p1"
    assert found.refused == ()


def test_a_text_that_names_nobody_stays_as_it_is() -> None:
    assert prepared("Count the beds.") == Prepared(
        text="Count the beds.", cls=C.OPERATIONS, about=(), named=(), refused=()
    )


def test_a_typed_code_becomes_a_link_and_names_nobody() -> None:
    found = prepared("P-7K3F needs a form.")
    assert (found.text, found.cls, found.about) == ("{p1} needs a form.", C.OPERATIONS, ("p1",))
    assert [one.kind for one in found.named] == [Kind.CODE]


def test_a_name_beside_a_code_raises_the_class() -> None:
    assert prepared("P-7K3F and Meyer").cls is C.IDENTITY


def test_the_class_is_kept_where_the_chair_says_why_though_the_link_is_made() -> None:
    found = prepare("Brooks came.", C.OPERATIONS, (), TextGuard(desk(), EVERYDAY), may_link=anybody, keeps_class=True)
    assert (found.text, found.cls, found.about) == ("{p1} came.", C.OPERATIONS, ("p1",))
    assert found.raises
    assert prepared("Brooks came.").raises
    assert not prepared("Brooks came.", C.PROGRESS).raises
    assert not prepared("Count the beds.").raises


@pytest.mark.parametrize("cls", [C.PROGRESS, C.COORDINATION, C.CARE, C.HEALTH, C.IDENTITY, C.PERSONNEL, C.ADMIN])
def test_a_class_that_is_no_wider_than_identity_is_kept(cls: InformationClass) -> None:
    found = prepared("Brooks came.", cls)
    assert (found.text, found.cls, found.about) == ("{p1} came.", cls, ("p1",))


def test_a_name_that_two_participants_have_is_told_and_not_linked() -> None:
    found = prepared("Brooks came.", facts=TWO_NAMED_BROOKS)
    assert (found.text, found.cls, found.about) == ("Brooks came.", C.OPERATIONS, ())
    assert {one.participant for one in found.named} == {"p1", "p3"}


def test_where_several_share_a_name_the_one_whom_the_text_is_about_is_meant() -> None:
    found = prepared("Brooks came.", C.PROGRESS, "p3", facts=TWO_NAMED_BROOKS)
    assert (found.text, found.about) == ("{p3} came.", ("p3",))


def test_the_longest_name_at_a_place_is_the_one_that_is_linked() -> None:
    found = prepared("Maya Brooks came, Brooks did not.", facts=TWO_NAMED_BROOKS)
    assert (found.text, found.about) == ("{p3} came, Brooks did not.", ("p3",))


def test_a_first_name_is_linked_only_where_the_text_is_about_that_participant() -> None:
    assert prepared("Angela came.", C.PROGRESS, "p1").text == "{p1} came."
    assert prepared("Angela came.", C.PROGRESS).text == "Angela came."


def test_somebody_whom_the_writer_may_not_know_is_neither_linked_nor_told() -> None:
    found = prepared("Brooks and Meyer", may_link=lambda participant: participant != "p1")
    assert (found.text, found.about) == ("Brooks and {p2}", ("p2",))
    assert {one.participant for one in found.named} == {"p2"}


def test_whom_the_text_is_about_comes_first_and_once() -> None:
    assert prepared("Meyer and Brooks", C.PROGRESS, "p1", "p1").about == ("p1", "p2")


@pytest.mark.parametrize("cls", [C.PUBLIC, C.COMMUNITY])
def test_a_wording_for_all_links_nobody_and_is_refused_for_every_name_like_phrase(cls: InformationClass) -> None:
    found = prepared("We thank Angela Brooks and Pat Doyle.", cls)
    assert found.text == "We thank Angela Brooks and Pat Doyle."
    assert (found.cls, found.about) == (cls, ())
    assert [one.written for one in found.refused] == ["Angela Brooks", "Pat Doyle"]
    assert not found.cleared


def test_a_wording_for_all_is_cleared_once_every_phrase_is_reworded_or_marked() -> None:
    assert prepared("The lamp is fixed.", C.COMMUNITY).cleared
    assert prepared("Thanks to the Doyle.", C.PUBLIC, marked=frozenset({"Doyle"})).cleared
    assert not prepared("{p1} is thanked.", C.COMMUNITY).cleared
    assert not prepared("The lamp is fixed.", C.OPERATIONS).cleared


def test_what_is_typed_is_cleaned_and_makes_no_link_by_itself() -> None:
    assert typed("  a{p1}\u202eb\x00 ") == "a(p1)b"
    assert clean("one\r\ntwo\x07 {p1}\u200b\n") == "one\ntwo {p1}"


@given(st.text(max_size=60), st.sampled_from(sorted(C)))
def test_preparing_what_was_prepared_changes_nothing_more(words: str, cls: InformationClass) -> None:
    once = prepared(words, cls, facts=TWO_NAMED_BROOKS)
    again = prepared(once.text, once.cls, *once.about, facts=TWO_NAMED_BROOKS)
    assert (again.text, again.cls) == (once.text, once.cls)


@given(
    st.lists(st.sampled_from(["Brooks", "angela", "Maya Brooks", "P-7K3F", "{p1}", "Carl", "came", ".", " ", "-"]))
)
def test_no_name_that_means_one_participant_alone_is_left_in_what_is_saved(parts: list[str]) -> None:
    found = prepared(" ".join(parts), facts=TWO_NAMED_BROOKS)
    left = TextGuard(TWO_NAMED_BROOKS, EVERYDAY).mentions(found.text, frozenset(found.about))
    assert all(one.kind is Kind.LAST or one.kind is Kind.FIRST for one in left)
