"""The text guard: what counts as a name, when saved and when shown."""

import gc
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.policy.disclosure import Audience, Disclosure, Sight
from leaddesk.policy.facts import Agreement, Facts, Participant, Person, Site
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.names import Kind
from leaddesk.policy.records import Text
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass
from tests.policy import desks
from tests.policy.words import EVERYDAY

C = InformationClass


def participant(given: str, family: str, **more: object) -> Participant:
    return Participant(id="p1", code="P-7K3F", given_name=given, family_name=family, **more)  # type: ignore[arg-type]


def desk(*participants: Participant, known: frozenset[str] = frozenset()) -> Facts:
    ready = (Agreement(template="v1", signed=desks.AT),)
    ruiz = Person(id="ruiz", name="Dora Ruiz", role="community", agency="lakeside", agreements=ready)
    bell = Person(id="bell", name="Tom Bell", role="officer", agency="police", agreements=ready)
    return Facts(
        site=Site(zone="UTC", accepted_templates=frozenset({"v1"})),
        people={"ruiz": ruiz, "bell": bell},
        participants={one.id: one for one in participants},
        known_names=known,
    )


def mentioned(
    text: str, *participants: Participant, about: bool = False, known: frozenset[str] = frozenset()
) -> bool:
    guard = TextGuard(desk(*participants, known=known), EVERYDAY)
    return bool(guard.mentions(text, frozenset({"p1"}) if about else frozenset()))


ONEILL = participant("Anaïs", "O'Neill", aliases=("J.J.",), preferred_name="Ana")


@pytest.mark.parametrize(
    "text",
    ["ask O'Neill", "ask oneill", "ask O Neill.", "O’NEILL!", "(o-neill)", "met J J today", "JJ came", "ana said"],
)
def test_case_accents_punctuation_and_spaces_inside_a_name_do_not_matter(text: str) -> None:
    assert mentioned(text, ONEILL, about=True)


@pytest.mark.parametrize("text", ["ask Neill", "oneills place", "banana", "JJK came", "anaconda"])
def test_word_boundaries_matter(text: str) -> None:
    assert not mentioned(text, ONEILL, about=True)


def test_a_first_name_counts_only_where_the_text_is_about_that_participant() -> None:
    assert mentioned("anais came by", ONEILL, about=True)
    assert not mentioned("anais came by", ONEILL)
    assert mentioned("anais oneill came by", ONEILL)


@pytest.mark.parametrize(
    ("given", "family"), [("Olena", "Young"), ("Kai", "May"), ("Grant", "Park"), ("Rose", "Hill")]
)
def test_a_name_that_is_an_everyday_word_counts_only_where_it_is_capitalized_inside_a_sentence(
    given: str, family: str
) -> None:
    person = participant(given, family)
    assert mentioned(f"we met {family} there", person)
    assert not mentioned(f"we met {family.lower()} there", person)
    assert not mentioned(f"{family} is a word. {family} again.", person)
    assert mentioned(f"with Ofc. {family} there", person)


def test_a_title_or_an_initial_does_not_begin_a_new_sentence() -> None:
    assert mentioned("Seen by Mr. Young at noon", participant("Olena", "Young"))
    assert mentioned("Seen with O. Young at noon", participant("Olena", "Young"))


@pytest.mark.parametrize(
    "text", ["Tom Bell closes.", "Ofc. Bell closes.", "Officer Bell closes.", "Bell Street is closed."]
)
def test_what_lies_inside_a_longer_known_name_is_no_mention(text: str) -> None:
    assert not mentioned(text, participant("Gary", "Bell"), known=frozenset({"Bell Street"}))


@pytest.mark.parametrize(
    "text", ["Bell closes.", "Tom, Bell closes.", "Tom\u00a0Bell closes.", "Gary Bell", "Tom-Bell"]
)
def test_a_bare_last_name_or_a_known_name_with_anything_but_plain_spaces_excuses_nothing(text: str) -> None:
    assert mentioned(text, participant("Gary", "Bell"))


def test_a_known_name_that_equals_the_mention_excuses_nothing() -> None:
    assert mentioned("Tom Bell closes.", participant("Tom", "Bell"))


def test_parts_of_a_family_name_of_several_words_count_but_its_particles_do_not() -> None:
    cruz = participant("María Elena", "de la Cruz")
    assert mentioned("cruz brings the banner", cruz)
    assert mentioned("Maria Cruz brings it", cruz)
    assert not mentioned("de la Rosa Bakery", cruz)
    assert not mentioned("Elena brings it", cruz, about=True)
    assert mentioned("St. John came", participant("Wei", "St. John"))
    assert not mentioned("john came", participant("Wei", "St. John"))


def test_letters_beyond_latin_are_found() -> None:
    assert mentioned("видели Шевченко утром", participant("Тарас", "Шевченко"))
    assert mentioned("είδε τον Παπαδόπουλο", participant("Γιάννης", "Παπαδοπουλο"))
    assert mentioned("ask nguyen thi", participant("Thị", "Nguyễn"))
    assert mentioned("zero\u200bwidth bro\u200boks", participant("A", "Brooks"))


def test_a_contraction_names_nobody() -> None:
    assert not mentioned("we don't know", participant("Don", "Revels"), about=True)
    assert mentioned("don came", participant("Don", "Revels"), about=True)
    assert not mentioned("they're late", participant("Ana", "Re"))


def test_a_link_is_no_mention_and_no_name_runs_across_it() -> None:
    assert not mentioned("{p1} came", participant("Angela", "Brooks"))
    assert not mentioned("Bro{p1}oks", participant("Angela", "Brooks"))


def test_a_mention_tells_who_and_how() -> None:
    guard = TextGuard(desk(participant("Angela", "Brooks")), EVERYDAY)
    mention = guard.mentions("then ANGELA  BROOKS came")[0]
    assert (mention.participant, mention.kind, mention.written) == ("p1", Kind.FULL, "ANGELA  BROOKS")


# What is saved for the community


def name_like(text: str, *marked: str) -> list[str]:
    guard = TextGuard(desk(known=frozenset({"Harbor House", "Old Town"})), EVERYDAY)
    return [phrase.written for phrase in guard.name_like(text, frozenset(marked))]


def test_every_name_like_phrase_is_asked_about_participant_or_not() -> None:
    assert name_like("We met Angela Brooks near the park.") == ["Angela Brooks"]
    assert name_like("Kowalski sleeps there.") == ["Kowalski"]
    assert name_like("the man they call lecki") == ["lecki"]
    assert name_like("More light at the bus stop.") == []
    assert name_like("I think people are afraid to call.") == []
    assert name_like("They don't call by Friday; we've asked, and they'll see in March.") == ["March"]
    assert name_like("Don said so.") == ["Don"]


def test_what_the_desk_knows_and_what_the_writer_marks_is_no_name() -> None:
    assert name_like("Tom Bell and Harbor House in Old Town.") == []
    assert name_like("More light on Pike.") == ["Pike"]
    assert name_like("More light on Pike.", "Pike") == []
    assert name_like("Ofc. Bell asks; Bell too.") == ["Bell"]


def test_a_case_code_looks_like_a_name_whether_or_not_it_is_one() -> None:
    assert name_like("we saw P-9Q2X there") == ["P-9Q2X"]
    assert name_like("back on the 3rd at 7pm, bus 12") == []


TOKENS = st.sampled_from(
    (
        "Brooks|brooks|angela|Angela|the|park|Park|O'Neill|may|May|P-7K3F|lecki|Pike|Tom Bell|Ofc. Bell|Bell|"
        "young|Young|Harbor House|de la|Cruz|J.J.|i|I|to|3rd"
    ).split("|")
)
GAPS = st.sampled_from([" ", " ", " ", ". ", "-", ", ", "\n"])


@given(st.lists(st.tuples(TOKENS, GAPS), min_size=1, max_size=8), st.frozensets(TOKENS, max_size=4), st.data())
def test_what_the_community_reads_is_the_same_whether_or_not_somebody_is_enrolled(
    parts: list[tuple[str, str]], marked: frozenset[str], data: st.DataObject
) -> None:
    words = "".join(token + gap for token, gap in parts)
    enrolled = participant(
        data.draw(st.sampled_from(["Angela", "Tom", "May", "Young"])),
        data.draw(st.sampled_from(["Brooks", "Bell", "Park", "O'Neill", "Cruz", "de la Cruz", "Ito", "Pike"])),
        aliases=(data.draw(st.sampled_from(["J.J.", "Pike", "lecki", "The Park"])),),
    )
    empty, full = desk(), desk(enrolled)
    cleared = TextGuard(empty, EVERYDAY).name_like(words, marked) == ()
    assert cleared == (TextGuard(full, EVERYDAY).name_like(words, marked) == ())
    if cleared:
        text = Text(cls=C.COMMUNITY, text=words, cleared=True)
        read = [community_reads(facts, text) for facts in (empty, full)]
        assert read == [words, words]


def community_reads(facts: Facts, text: Text) -> str | None:
    sight = Sight(Standing(facts, desks.AT), Audience(frozenset({"ruiz"})))
    return Disclosure(TextGuard(facts, EVERYDAY), sight).wording(text)


def test_a_guard_that_nobody_needs_any_more_is_gone_without_garbage_being_looked_for() -> None:
    gc.disable()
    try:
        guard = TextGuard(desk(participant("Angela", "Brooks")), EVERYDAY)
        assert guard.mentions("We saw Angela Brooks.")
        kept = ref(guard)
        del guard
        assert kept() is None
    finally:
        gc.enable()
