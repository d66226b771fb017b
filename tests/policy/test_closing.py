"""What is looked at before a meeting is closed: each with the way to mend it, and nothing the user may not have."""

from dataclasses import replace
from datetime import date

import pytest

from leaddesk.policy.closing import Unfinished, closing_checks
from leaddesk.policy.desk_views import Check, Mend
from leaddesk.policy.records import Kind, Record
from leaddesk.policy.vocabulary import InformationClass
from tests.policy.meeting import (
    AT,
    MEETING,
    SITE,
    TODAY,
    action,
    agenda_item,
    entry,
    material,
    place,
    shown_to,
    stay,
    text,
    values,
    watch,
)

C = InformationClass

I5 = agenda_item("i5", "operational")
AGENDA = (
    agenda_item("i1", "participant", participant="p1"),
    agenda_item("i2", "operational"),
    agenda_item("i3", "administrative", discussed_at=AT),
    agenda_item("i4", "overview"),
    replace(I5, fields={**I5.fields, "outcome": text(C.OPERATIONS, "Two radios more.")}),
)
IN_ORDER = replace(
    MEETING,
    fields={**MEETING.fields, **values(C.COMMUNITY, statement_read=True, next_meeting_on=date(2026, 6, 3))},
)


def checks(
    *items: str, user: str = "okafor", strangers: int = 0, left: Unfinished | None = None, **more: object
) -> list[Check]:
    meeting = material(**{"meeting": IN_ORDER, "agenda": AGENDA, "attendance": (stay("bell"),), **more})
    unfinished = replace(left or Unfinished(), shown=items)
    room = watch("okafor", "bell", strangers=strangers)
    return list(closing_checks(meeting, shown_to(user, signed_in=None), room, unfinished))


def conflict(id_: str, who: str, name: str, participant: str) -> Record:
    return Record(
        kind=Kind.EXCLUSION,
        id=id_,
        about=(participant,),
        fields=values(C.ADMIN, attendee=name, state="unconfirmed"),
        links={"attendee": who, "participant": participant},
    )


def test_a_meeting_in_order_has_nothing_to_check() -> None:
    assert checks() == []


def test_a_meeting_without_anybody_is_noticed() -> None:
    assert checks(attendance=()) == [
        Check(words="Nobody was marked present.", mend=Mend.CHECK_IN, mend_words="Open check-in")
    ]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 person who walked in was never identified."),
        (2, "2 people who walked in were never identified."),
    ],
)
def test_who_walked_in_and_was_never_identified_is_noticed(count: int, words: str) -> None:
    assert [(one.words, one.mend) for one in checks(strangers=count)] == [(words, Mend.CHECK_IN)]


def test_those_who_were_there_without_signing_are_named_once() -> None:
    again = replace(stay("novak"), id="stay-novak-2")
    assert [one.words for one in checks(attendance=(stay("bell"), stay("novak"), again))] == ["Not signed: S. Novak."]


def test_conflicts_that_are_not_decided_are_named_by_participant_as_far_as_the_user_may_know() -> None:
    left = Unfinished(
        conflicts=(
            conflict("x1", "bell", "Tom Bell", "p1"),
            conflict("x2", "hart", "Ana Hart", "p2"),
            conflict("x3", "novak", "Sam Novak", "p1"),
        )
    )
    assert [(one.words, one.mend, one.target) for one in checks(left=left)] == [
        ("Conflict not decided: T. Bell, S. Novak about Angela Brooks.", Mend.CONFLICT, "p1"),
        ("Conflict not decided: A. Hart about Carl Meyer.", Mend.CONFLICT, "p2"),
    ]
    assert checks(left=left, user="bell") == []


def test_kinds_of_voice_that_are_required_and_were_missing_are_named() -> None:
    required = values(C.ADMIN, required_voices=("officer", "case_manager", "community"))
    site = replace(SITE, fields={**SITE.fields, **required})
    assert [one.words for one in checks(site=site)] == ["Nobody spoke for: case manager, community."]
    assert checks(site=site, attendance=(stay("bell"), stay("lind"), stay("ruiz"))) == []
    assert checks(site=site, user="bell") == []


def test_an_action_of_this_meeting_without_owner_or_day_is_noticed_and_gets_them() -> None:
    links = {"origin_meeting": "m14", "agenda_item": "i2"}
    found = checks(
        actions=(
            action("t1", "Count the beds", links=links),
            action("t2", "Call", owner="bell", links=links),
            action("t3", "Write", links=links, due=TODAY),
            action("t4", "All there", owner="bell", links=links, due=TODAY),
            action("t5", "Of an earlier meeting", links={"origin_meeting": "m13"}),
            action("t6", "Done at once", links=links, outcome="done"),
        )
    )
    assert [(one.words, one.mend_words, one.target) for one in found] == [
        ("“Count the beds” lacks an owner and a due date.", "Give it an owner and a due date", "t1"),
        ("“Call” lacks a due date.", "Give it a due date", "t2"),
        ("“Write” lacks an owner.", "Give it an owner", "t3"),
    ]
    assert {one.mend for one in found} == {Mend.ACTION}


def test_an_action_that_the_user_may_not_have_is_not_mentioned() -> None:
    unfinished = action("t1", text(C.HEALTH, "Private", "p1"), links={"origin_meeting": "m14"})
    assert checks(actions=(unfinished,), user="bell") == []


def test_an_item_that_was_shown_and_has_nothing_in_the_minutes_is_noticed_once() -> None:
    filed = (entry("e1", "i2", text(C.OPERATIONS, "Said.")),)
    assert checks("i1", "i2", "i1", "i3", "i5", "i77", entries=filed) == [
        Check(
            words="“Angela Brooks” was taken, and nothing is minuted.",
            mend=Mend.ITEM,
            mend_words="Go to the item",
            target="i1",
        ),
        Check(
            words="“Administrative business” was taken, and nothing is minuted.",
            mend=Mend.ITEM,
            mend_words="Go to the item",
            target="i3",
        ),
    ]


def test_an_item_with_an_action_of_this_meeting_is_minuted_and_one_of_an_earlier_is_not() -> None:
    def agreed(origin: str) -> list[Check]:
        links = {"origin_meeting": origin, "agenda_item": "i2"}
        return checks("i2", actions=(action("t1", "Call", owner="bell", links=links, due=TODAY),))

    assert agreed("m14") == []
    assert [one.target for one in agreed("m13")] == ["i2"]


def test_a_place_that_was_given_another_rank_is_minuted_unless_it_was_given_back() -> None:
    def shown(rank: int, *ranked: str) -> list[Check]:
        item = agenda_item("i6", "place", priority="l1")
        told = place("l1", rank, "Pine Street", previous_rank=2)
        return checks("i6", agenda=(item,), places=(told,), left=Unfinished(ranked=frozenset(ranked)))

    assert shown(1, "l1") == []
    assert [one.words for one in shown(2, "l1")] == ["“Pine Street” was taken, and nothing is minuted."]
    assert len(shown(1)) == 1, "moved by another place's rank alone"


def test_an_item_about_nobody_and_no_business_needs_no_minutes() -> None:
    assert checks("i4") == []


def test_an_item_that_the_user_may_not_know_of_is_not_mentioned() -> None:
    assert checks("i1", "i2", user="ruiz") == []


def test_what_the_meeting_owes_its_form_comes_last() -> None:
    found = checks(meeting=MEETING, left=Unfinished(line=True))
    assert [(one.words, one.mend) for one in found] == [
        ("A line is begun and not filed.", Mend.LINE),
        ("The confidentiality statement was not read.", Mend.STATEMENT),
        ("The next meeting has no day yet.", Mend.NEXT_DAY),
    ]
