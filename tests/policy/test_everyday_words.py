"""The list that tells an everyday word from a name where capitals can't."""

import re

import pytest

from leaddesk.assets import resource

WORDS = resource("words/everyday-en.txt").read_text(encoding="ascii").splitlines()


def test_the_list_is_sorted_and_every_word_stands_in_it_once() -> None:
    assert sorted(set(WORDS)) == WORDS


def test_every_word_is_bare_lower_case_letters() -> None:
    assert [word for word in WORDS if not re.fullmatch("[a-z]+", word)] == []


def test_the_list_is_long_enough_for_a_meeting() -> None:
    assert len(WORDS) > 6_000
    assert {"meeting", "sidewalks", "walked", "housing", "quickly", "rainy", "tuesday", "eleven"} <= set(WORDS)


@pytest.mark.parametrize("month", ["january", "april", "may", "june", "july", "august", "september"])
def test_months_are_words(month: str) -> None:
    assert month in WORDS


def test_names_that_are_plainly_words_are_words() -> None:
    words = """young park rose grant hill wood woods long hope faith joy grace will mark bill price love rich art
    white black brown green gray king stone street summer winter day rivers lake fields banks star rain"""
    assert set(words.split()) - set(WORDS) == set()


def test_words_that_are_rather_names_are_left_out() -> None:
    names = """bell brooks baker carter mason cruz lee cole hart kim pepe smith jones cook taylor ward reed webb
    frank jack tom angela dean ray kelly bob dick harry drew sue pat nick rob sandy robin dale glen cliff brook ash
    hunter"""
    assert set(names.split()) & set(WORDS) == set()
