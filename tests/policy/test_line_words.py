"""What the entry line says that filing it would do, and what is missing yet."""

import pytest

from leaddesk.policy.line_parts import AgendaLine, PlaceLine, RankLine
from leaddesk.policy.line_words import of_agenda, of_outcome, of_place, of_rank, of_refused
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.writing import Prepared
from tests.policy.meeting import desk, meyer, shown_to

PLACES = {"l1": "Market St"}


def test_a_rank_needs_a_number_and_a_reason() -> None:
    assert of_rank(None, PLACES)[0] == ""
    assert of_rank(None, PLACES)[1].startswith("Type the new rank and the reason")
    assert of_rank(RankLine("l1", 2, ""), PLACES) == ("", "Market St becomes number 2. Type the reason too.")
    assert of_rank(RankLine("l1", 2, "shops agree"), PLACES) == ("Market St becomes number 2: shops agree", "")


@pytest.mark.parametrize(
    ("read", "does"),
    [
        (PlaceLine("Pike St", "", ""), "A new priority, Pike St, ranked last."),
        (
            PlaceLine("Pike St", "Lakeside", "more people"),
            "A new priority, Pike St in Lakeside, ranked last, with what was told of it: more people.",
        ),
    ],
)
def test_a_new_priority_says_all_that_was_read(read: PlaceLine, does: str) -> None:
    assert of_place(read) == (does, "")
    assert of_place(None)[0] == ""


def test_what_goes_on_the_agenda_is_named_as_the_user_may_have_it() -> None:
    mine = shown_to(facts=desk(meyer()))
    assert of_agenda(AgendaLine("", "p2", None, None), mine, PLACES) == ("Puts Carl Meyer on the agenda.", "")
    by_code = shown_to("hart", facts=desk(meyer()))
    five = AgendaLine("", "p2", None, 5)
    assert of_agenda(five, by_code, PLACES)[0] == "Puts P-2M9Q on the agenda, 5 min."
    assert of_agenda(AgendaLine("", None, "l1", None), mine, PLACES)[0] == "Puts Market St on the agenda."
    assert (
        of_agenda(AgendaLine("Chairs", None, None, None), mine, PLACES)[0] == "Puts the topic “Chairs” on the agenda."
    )
    alike = AgendaLine("Brooks", None, None, None, ("p2", "p1"))
    assert of_agenda(alike, shown_to(), PLACES) == (
        "",
        "“Brooks” may mean Angela Brooks and Carl Meyer. Type more of the name, or the case code.",
    )
    assert of_agenda(None, mine, PLACES) == ("", "Type a name, a place or a topic.")


def test_each_phrase_that_may_be_a_name_is_quoted() -> None:
    assert of_refused(["Zanzibar House", "Ann"]).startswith("“Zanzibar House”, “Ann” may be a name: reword it")
    assert of_refused([]) == ""


@pytest.mark.parametrize(
    ("raises", "words"),
    [
        (False, "Says what came of this item; operations."),
        (True, "Says what came of this item; name. It names a participant."),
    ],
)
def test_a_line_that_says_what_came_of_an_item_says_who_may_read_it(raises: bool, words: str) -> None:
    cls = InformationClass.IDENTITY if raises else InformationClass.OPERATIONS
    read = Prepared(text="settled", cls=cls, about=(), named=(), refused=(), raises=raises)
    assert of_outcome(read) == (words, "")
