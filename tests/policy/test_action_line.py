"""An action typed in one line: what, who, by when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.policy.action_line import ActionLine, read_action
from leaddesk.policy.facts import Person

WEDNESDAY = date(2026, 5, 6)


def person(id_: str, name: str) -> Person:
    return Person(id=id_, name=name, role="officer", agency="police")


OKAFOR, BELL, CRUZ = person("okafor", "Jo Okafor"), person("bell", "Tom Bell"), person("cruz", "Ana de la Cruz")
OTHER_BELL = person("bell2", "Rita Bell")
PEOPLE = (OKAFOR, BELL, CRUZ)


def read(line: str, *people: Person, today: date = WEDNESDAY) -> tuple[str, str | None, date | None]:
    found = read_action(line, people or PEOPLE, today)
    return found.text, found.owner, found.due


def due(words: str, today: date = WEDNESDAY) -> date | None:
    return read(f"housing form {words}", today=today)[2]


@pytest.mark.parametrize(
    "line",
    [
        "housing form okafor 20 may",
        "housing form 20 may okafor",
        "housing form, Okafor, by 20 May",
        "housing form - jo okafor due May 20",
        "  housing form: OKAFOR until 2026-05-20  ",
        "housing form okafor 5/20",
    ],
)
def test_owner_and_due_day_are_read_from_the_end_in_either_order(line: str) -> None:
    assert read(line) == ("housing form", "okafor", date(2026, 5, 20))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 5, 6)),
        ("tomorrow", date(2026, 5, 7)),
        ("friday", date(2026, 5, 8)),
        ("Wednesday", date(2026, 5, 13)),
        ("by Tuesday.", date(2026, 5, 12)),
        ("2026-06-01", date(2026, 6, 1)),
        ("5/20", date(2026, 5, 20)),
        ("5/6", date(2026, 5, 6)),
        ("5/20/27", date(2027, 5, 20)),
        ("5/20/2028", date(2028, 5, 20)),
        ("20 may", date(2026, 5, 20)),
        ("20. May 2027", date(2027, 5, 20)),
        ("sept 3", date(2026, 9, 3)),
        ("May 20, 2027", date(2027, 5, 20)),
        ("in 2 weeks", date(2026, 5, 20)),
        ("in a week", date(2026, 5, 13)),
        ("in 10 days", date(2026, 5, 16)),
        ("in one day", date(2026, 5, 7)),
        ("in 1 month", date(2026, 6, 6)),
        ("in 8 months", date(2027, 1, 6)),
    ],
)
def test_a_due_day_can_be_said_in_many_ways(words: str, day: date) -> None:
    assert due(words) == day


def test_a_day_without_a_year_is_the_next_one_there_is() -> None:
    assert due("5 may") == date(2027, 5, 5)
    assert due("1/2", today=date(2026, 12, 30)) == date(2027, 1, 2)


@pytest.mark.parametrize("words", ["13/45", "31 june", "2026-02-30", "20 ma", "5 apple", "banana 5", "20/20/20"])
def test_what_is_no_day_stays_in_the_words(words: str) -> None:
    assert read(f"housing form {words}") == (f"housing form {words}", None, None)


def test_a_month_from_the_last_of_a_long_one_is_the_last_of_a_short_one() -> None:
    assert due("in a month", today=date(2026, 1, 31)) == date(2026, 2, 28)


def test_the_next_meeting_is_a_day_as_soon_as_anybody_knows_it() -> None:
    line = "housing form okafor next meeting"
    assert read_action(line, PEOPLE, WEDNESDAY, date(2026, 5, 20)) == ActionLine(
        "housing form", "okafor", date(2026, 5, 20)
    )
    assert read(line) == ("housing form okafor next meeting", None, None)


def test_the_owner_may_come_first() -> None:
    assert read("okafor housing form 20 may") == ("housing form", "okafor", date(2026, 5, 20))
    assert read("Ana de la Cruz: call the clinic") == ("call the clinic", "cruz", None)
    assert read("bell call okafor") == ("bell call", "okafor", None)
    assert read("bell call the clinic", BELL, OTHER_BELL) == ("bell call the clinic", None, None)


def test_a_last_name_or_a_longer_part_of_the_name_makes_the_owner() -> None:
    assert read("call the clinic cruz") == ("call the clinic", "cruz", None)
    assert read("call the clinic de la cruz") == ("call the clinic", "cruz", None)
    assert read("call the clinic ana de la cruz friday") == ("call the clinic", "cruz", date(2026, 5, 8))


def test_a_last_name_that_two_people_have_makes_no_owner() -> None:
    assert read("fix the lamp bell friday", BELL, OTHER_BELL) == ("fix the lamp bell", None, date(2026, 5, 8))
    assert read("fix the lamp tom bell friday", BELL, OTHER_BELL) == ("fix the lamp", "bell", date(2026, 5, 8))


def test_a_first_name_alone_makes_no_owner() -> None:
    assert read("call tom") == ("call tom", None, None)


def test_a_line_that_is_nothing_but_a_name_or_a_day_stays_as_it_is() -> None:
    assert read("okafor") == ("okafor", None, None)
    assert read("friday") == ("friday", None, None)
    assert read("   ") == ("", None, None)


def test_a_line_that_says_nothing_besides_owner_and_day_stays_whole() -> None:
    assert read("by 20 may") == ("by 20 may", None, None)


@given(st.text(max_size=40))
def test_a_line_without_owner_and_day_keeps_every_word(line: str) -> None:
    found = read_action(line, PEOPLE, WEDNESDAY)
    if found.owner is None and found.due is None:
        assert found == ActionLine(line.strip(), None, None)
    assert line.strip().startswith(found.text)
