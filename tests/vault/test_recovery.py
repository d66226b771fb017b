"""The paper key's letters, and the slips of hand and eye that its check characters notice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.policy.paper_key import groups_of_four
from leaddesk.vault.recovery import (
    MistypedPaperKey,
    looks_like_paper_key,
    new_paper_key,
    read_paper_key,
)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY = "8M4T0ZQWERTYH1J2K3N5P6R7S9"


def finished(characters: str) -> str:
    """A key with the check characters that fit."""
    fitting = (characters + a + b for a in ALPHABET for b in ALPHABET)
    return next(key for key in fitting if looks_like_paper_key(key))


keys = st.text(ALPHABET, min_size=26, max_size=26).map(finished)


def test_a_new_key_has_130_random_bits_and_reads_back() -> None:
    made = {new_paper_key() for _ in range(200)}
    assert len(made) == 200
    assert {len(key) for key in made} == {28}
    assert all(read_paper_key(" ".join(groups_of_four(key))) == key for key in made)
    assert set("".join(made)) == set(ALPHABET)


def test_it_is_written_in_seven_groups_of_four() -> None:
    assert [len(group) for group in groups_of_four(new_paper_key())] == [4] * 7


@given(keys, st.sampled_from([" ", "-", "\n", ""]))
def test_case_spaces_hyphens_and_misread_letters_do_not_matter(key: str, between: str) -> None:
    typed = between.join(groups_of_four(key)).lower().replace("1", "l").replace("0", "o")
    assert read_paper_key(typed) == key
    assert read_paper_key(key.replace("1", "I")) == key


def test_a_passphrase_is_no_paper_key_and_neither_is_a_key_with_a_slip() -> None:
    key = finished(KEY)
    assert looks_like_paper_key(key.lower())
    assert not looks_like_paper_key(key[:-1] + ("8" if key[-1] != "8" else "9"))
    assert not looks_like_paper_key("a kettle on the third shelf")


@given(keys, st.integers(0, 27), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(key: str, at: int, wrong: str) -> None:
    typed = key[:at] + wrong + key[at + 1 :]
    assert looks_like_paper_key(typed) is (typed == key)


@given(keys, st.integers(0, 25), st.integers(0, 25))
def test_two_swapped_characters_are_noticed(key: str, one: int, other: int) -> None:
    letters = list(key)
    letters[one], letters[other] = letters[other], letters[one]
    assert looks_like_paper_key("".join(letters)) is ("".join(letters) == key)


@pytest.mark.parametrize("typed", ["", "8M4T", KEY, KEY + "U0", KEY + "é0", "a kettle on the third shelf"])
def test_what_can_be_no_key_is_said_so(typed: str) -> None:
    with pytest.raises(MistypedPaperKey, match="no paper key"):
        read_paper_key(typed)
