"""Names in text: what counts as the same name, and which longer names excuse it."""

import pytest

from leaddesk.policy.facts import Facts, Participant, Person, Site
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.names import Kind
from tests.policy.words import EVERYDAY


def mentioned(words: str, *participants: Participant, attendees: tuple[str, ...] = ()) -> list[tuple[str, Kind]]:
    people = {name: Person(id=name, name=name, role="officer", agency="police") for name in attendees}
    facts = Facts(site=Site(zone="UTC"), people=people, participants={one.id: one for one in participants})
    return [(one.written, one.kind) for one in TextGuard(facts, EVERYDAY).mentions(words)]


def participant(given: str, family: str, **more: object) -> Participant:
    return Participant(id="p1", code="P-7K3F", given_name=given, family_name=family, **more)  # type: ignore[arg-type]


GOODMAN = participant("Ina", "Goodman", aliases=("TJ", "–", ""))


def test_a_name_without_a_letter_is_no_name() -> None:
    assert mentioned("A dash – here, and nothing: .", GOODMAN) == []
    assert mentioned("Ina came.", participant("", "")) == []


@pytest.mark.parametrize("words", ["He is a good man.", "Good men and a good man came."])
def test_everyday_words_that_make_up_a_name_by_chance_are_not_it(words: str) -> None:
    assert mentioned(words, GOODMAN) == []


@pytest.mark.parametrize(
    ("words", "written"),
    [("Mr. good Man came.", "good Man"), ("We saw goodman.", "goodman"), ("Then t. j. came.", "t. j")],
)
def test_a_name_written_apart_counts_where_it_looks_like_one(words: str, written: str) -> None:
    assert mentioned(words, GOODMAN)[0][0] == written


@pytest.mark.parametrize("words", ["Ina™Goodman came.", "Ina´Goodman came."])
def test_a_sign_between_letters_ends_a_word_whatever_it_is_made_of(words: str) -> None:
    """™ folds to two letters and ´ to a space: neither may hide a name."""
    assert mentioned(words, GOODMAN)


@pytest.mark.parametrize("words", ["{x}. Then it rained.", "We saw {x}. Then it rained."])
def test_a_sentence_may_begin_after_one_that_ends_with_a_link(words: str) -> None:
    facts = Facts(site=Site(zone="UTC"), people={}, participants={})
    assert TextGuard(facts, EVERYDAY).name_like(words) == ()
    assert TextGuard(facts, EVERYDAY).name_like(words.replace(".", ",")) != ()


CRUZ = participant("Luis", "Cruz")


@pytest.mark.parametrize(
    "words", ["Ofc. de la Cruz came.", "Ofc la Cruz came.", "Officer Cruz came.", "Ana de la Cruz came."]
)
def test_an_attendee_of_several_words_excuses_their_last_name_after_a_title(words: str) -> None:
    assert mentioned(words, CRUZ, attendees=("Ana de la Cruz",)) == []


@pytest.mark.parametrize(
    "words", ["Officer, Cruz came.", "Officer. Cruz came.", "Ofc.\nCruz came.", "Ofc.. Cruz came."]
)
def test_a_title_excuses_only_what_follows_it_directly(words: str) -> None:
    assert mentioned(words, CRUZ, attendees=("Ana de la Cruz",)) == [("Cruz", Kind.LAST)]


def test_a_title_before_somebody_who_does_not_attend_excuses_nothing() -> None:
    assert mentioned("Officer Cruz came.", CRUZ, attendees=("Tom Bell",)) == [("Cruz", Kind.LAST)]
