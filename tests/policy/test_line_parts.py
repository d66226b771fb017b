"""What is typed into the entry line besides words to file."""

from dataclasses import replace
from datetime import date

import pytest

from leaddesk.policy.desk_views import Suggestion, Whom
from leaddesk.policy.line_parts import (
    AgendaLine,
    PlaceLine,
    RankLine,
    minutes_aside,
    next_meeting_day,
    place_names,
    read_agenda,
    read_place,
    read_rank,
    suggestions,
    whom,
)
from leaddesk.policy.records import Kind, Record
from leaddesk.policy.vocabulary import DEFAULT_ROLE_TABLE, Cell, InformationClass, Role
from tests.policy.meeting import MEETING, agenda_item, brooks, desk, material, meyer, place, shown_to, values

C = InformationClass
PLACES = {"l1": "Market St", "l2": "Market St & 3rd", "l3": "Cal Anderson Park", "l4": ""}


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("2 shops agree", RankLine("l9", 2, "shops agree")),
        (" #12: riders, too ", RankLine("l9", 12, "riders, too")),
        ("3", RankLine("l9", 3, "")),
        ("market st & 3rd 1 more calls", RankLine("l2", 1, "more calls")),
        ("Market St: 4 quiet", RankLine("l1", 4, "quiet")),
        ("1000 reasons", None),
        ("rank it", None),
        ("", None),
    ],
)
def test_a_rank_is_read_for_the_place_at_hand_or_the_one_that_is_named(line: str, read: RankLine | None) -> None:
    assert read_rank(line, "l9", PLACES) == read


def test_where_no_place_is_at_hand_one_must_be_named() -> None:
    assert read_rank("2 shops agree", None, PLACES) is None
    assert read_rank("cal anderson park 2 shops agree", None, PLACES) == RankLine("l3", 2, "shops agree")


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Pike St & 4th, Lakeside: more people", PlaceLine("Pike St & 4th", "Lakeside", "more people")),
        ("Pike St: more people: every night", PlaceLine("Pike St", "", "more people: every night")),
        (" Pike St ", PlaceLine("Pike St", "", "")),
        (", Lakeside: more", None),
        ("", None),
    ],
)
def test_a_new_priority_is_its_name_its_neighborhood_and_what_was_told(line: str, read: PlaceLine | None) -> None:
    assert read_place(line) == read


@pytest.mark.parametrize(
    ("line", "named", "read"),
    [
        ("Angela Brooks", ("p1",), AgendaLine("Angela Brooks", "p1", None, None)),
        ("p-7k3f 10 min", (), AgendaLine("p-7k3f", "p1", None, 10)),
        ("market st", (), AgendaLine("market st", None, "l1", None)),
        ("cal anderson", (), AgendaLine("cal anderson", None, "l3", None)),
        ("market", (), AgendaLine("market", None, None, None)),
        ("winter hours 5 minutes", (), AgendaLine("winter hours", None, None, 5)),
        ("12 min", (), AgendaLine("12 min", None, None, None)),
        ("!", (), AgendaLine("!", None, None, None)),
        ("Brooks 5 min", ("p1", "p2"), AgendaLine("Brooks", None, None, 5, ("p1", "p2"))),
        ("  ", (), None),
    ],
)
def test_something_for_the_agenda_is_somebody_a_place_or_a_topic(
    line: str, named: tuple[str, ...], read: AgendaLine | None
) -> None:
    assert read_agenda(line, [("p1", "P-7K3F")], PLACES, named=named) == read


def test_minutes_are_taken_from_the_words() -> None:
    assert minutes_aside(" winter hours 5 min. ") == "winter hours"
    assert minutes_aside("winter hours ") == "winter hours"


def test_the_next_meeting_is_the_day_that_was_set_or_as_often_as_the_series_meets() -> None:
    often = Record(kind=Kind.SERIES, id="ser1", fields=values(C.COMMUNITY, every_days=14))
    assert next_meeting_day(material()) is None
    assert next_meeting_day(material(series=often)) == date(2026, 5, 20)
    fields = {**MEETING.fields, **values(C.PUBLIC, next_meeting_on=date(2026, 5, 27))}
    assert next_meeting_day(material(series=often, meeting=replace(MEETING, fields=fields))) == date(2026, 5, 27)


def test_places_are_named_as_the_user_may_have_them() -> None:
    known = material(places=(place("l1", 1, "Market St"),))
    assert place_names(known, shown_to()) == {"l1": "Market St"}
    assert place_names(known, shown_to(signed_in="novak")) == {"l1": ""}


AGENDA = (
    agenda_item("i1", "participant", participant="p1"),
    agenda_item("i2", "participant", participant="p2"),
    agenda_item("i3", "operational"),
)


def test_an_entry_may_be_about_the_item_and_others_of_the_agenda_whom_the_user_may_know() -> None:
    known = material(agenda=AGENDA)
    mine = shown_to()
    assert whom(known, mine, known.items["i1"]) == (
        Whom(id="", words="Angela Brooks"),
        Whom(id="p2", words="also Carl Meyer"),
    )
    namesakes = desk(brooks(), brooks(id="p2", code="P-2M9Q"))
    apart = whom(known, shown_to("okafor", facts=namesakes), known.items["i1"])
    assert apart[1] == Whom(id="p2", words="also Angela Brooks (P-2M9Q)")
    nobody = Whom(id="", words="nobody")
    angela, carl = Whom(id="p1", words="Angela Brooks"), Whom(id="p2", words="Carl Meyer")
    assert whom(known, mine, known.items["i3"]) == (nobody, angela, carl)
    assert whom(known, mine, None) == (nobody, angela, carl)
    assert whom(known, shown_to(signed_in="novak"), None) == (nobody,)
    by_code = whom(known, shown_to(signed_in="hart"), None)
    assert [one.words for one in by_code] == ["nobody", "P-2M9Q", "P-7K3F"]


def test_names_are_suggested_as_far_as_the_user_may_know_them() -> None:
    facts = desk()
    assert suggestions("br", facts, shown_to()) == (Suggestion(words="Angela Brooks", detail="participant P-7K3F"),)
    assert suggestions("Bel", facts, shown_to()) == (Suggestion(words="Tom Bell", detail="officer"),)
    assert suggestions("br", facts, shown_to(signed_in="ruiz")) == ()
    assert suggestions("", facts, shown_to()) == ()
    assert suggestions("!", facts, shown_to()) == ()


def test_two_of_one_name_are_told_apart_by_their_codes() -> None:
    facts = desk(brooks(), meyer(given_name="Angela", family_name="Brooks"))
    found = suggestions("ange", facts, shown_to(facts=facts))
    assert [one.words for one in found] == ["P-2M9Q", "P-7K3F"]
    assert {one.detail for one in found} == {"participant Angela Brooks"}


def test_whoever_is_called_by_another_name_is_found_by_it() -> None:
    facts = desk(brooks(preferred_name="Gigi"), meyer(preferred_name="Carl"))
    mine = shown_to(facts=facts)
    called = Suggestion(words="Angela Brooks", detail="participant P-7K3F, called Gigi")
    assert suggestions("gig", facts, mine) == suggestions("brook", facts, mine) == (called,)
    assert suggestions("carl", facts, mine)[0].detail == "participant P-2M9Q"


def test_without_the_right_to_codes_none_is_said() -> None:
    cells = {**DEFAULT_ROLE_TABLE[Role.PROJECT_MANAGER], C.OPERATIONS: Cell.NO}
    facts = desk(role_table={**DEFAULT_ROLE_TABLE, Role.PROJECT_MANAGER: cells})
    mine = shown_to(facts=facts)
    assert suggestions("br", facts, mine) == (Suggestion(words="Angela Brooks", detail="participant"),)


def test_only_a_few_names_are_suggested() -> None:
    many = [meyer(id=f"p{n}", code=f"P-{n}", given_name=f"Carl{n}") for n in range(10)]
    facts = desk(*many)
    assert len(suggestions("carl", facts, shown_to(facts=facts))) == 6
