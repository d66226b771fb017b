"""A meeting's way: its steps in words, what is offered at each place of it, and every meeting with its papers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from leaddesk.policy.course import Course
from leaddesk.policy.desk_views import MeetingWay, Move, Reached
from leaddesk.policy.records import Kind, Record
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.way import Around, held_rows, meeting_way, unfinished_words
from tests.policy.meeting import AT, TODAY, ZONE, public, shown_to, text, values

C = InformationClass
HERE = Around(at_hand=True, may_go=False, chair=True, today=TODAY, zone=ZONE)
ELSEWHERE = replace(HERE, at_hand=False)


def meeting(state: str = "open", number: int = 14, **more: object) -> Record:
    fields = {
        **values(C.PUBLIC, number=number, held_on=TODAY, state=state, series="Work group"),
        **values(C.COMMUNITY, opened_at=AT, closed_at=AT + timedelta(hours=1)),
        **values(C.PUBLIC, **more),
    }
    return Record(kind=Kind.MEETING, id=f"m{number}", fields=fields, links={"series": "ser1"})


def course(state: str, *, versions: int = 0, followed: bool = False, open_: bool = False) -> Course:
    return Course(state=state, versions=versions, followed=followed or open_, followed_by_open=open_)


def way(where: Course, around: Around = HERE, **more: object) -> MeetingWay:
    return meeting_way(meeting(where.state, 14, **more), shown_to(), where, around)


def moves(where: Course, around: Around = HERE, **more: object) -> list[Move]:
    return [offer.move for offer in way(where, around, **more).offers]


def test_the_steps_tell_how_far_it_is_and_when_it_was() -> None:
    told = way(course("closed", versions=1))
    assert [(step.words, step.reached, step.detail) for step in told.steps] == [
        ("Planned", Reached.DONE, "Wed 6 May 2026"),
        ("Open", Reached.DONE, "10:00"),
        ("Closed", Reached.NOW, "11:00"),
        ("Final", Reached.AHEAD, "version 1"),
        ("Approved", Reached.AHEAD, ""),
    ]
    assert (told.title, told.versions, told.needs_reason) == ("Meeting 14 · Wed 6 May 2026", (1,), True)


def test_a_step_on_another_day_than_the_one_before_says_its_day() -> None:
    record = meeting("closed")
    later = {
        **record.fields,
        **values(C.COMMUNITY, opened_at=AT + timedelta(days=1), closed_at=AT + timedelta(days=2)),
    }
    told = meeting_way(replace(record, fields=later), shown_to(), course("closed"), HERE)
    assert [step.detail for step in told.steps[1:3]] == ["Thu 7 May 2026, 10:00", "Fri 8 May 2026, 10:00"]
    without = {name: field for name, field in later.items() if name != "opened_at"}
    told = meeting_way(replace(record, fields=without), shown_to(), course("closed"), HERE)
    assert [step.detail for step in told.steps[1:3]] == ["", "10:00"]


def test_the_day_of_approval_and_the_next_day_are_told() -> None:
    told = way(course("approved", versions=2), approved_on=date(2026, 5, 20), next_meeting_on=date(2026, 6, 3))
    assert told.steps[-1].detail == "Wed 20 May 2026"
    assert told.versions == (2, 1)
    assert told.next_day == date(2026, 6, 3)
    assert way(course("planned")).next_day is None


def test_what_the_user_may_not_have_of_a_meeting_is_not_in_its_way() -> None:
    told = meeting_way(meeting("closed"), public(), course("closed"), HERE)
    assert [step.detail for step in told.steps] == ["Wed 6 May 2026", "", "", "", ""]


def test_a_canceled_meeting_has_no_steps_and_offers_nothing() -> None:
    told = way(course("canceled"))
    assert (told.says, told.steps, told.offers) == ("The meeting is canceled.", (), ())


@pytest.mark.parametrize(
    ("where", "offered"),
    [
        (course("planned"), [Move.OPEN]),
        (course("open"), [Move.CLOSE]),
        (course("closed"), [Move.FINALIZE]),
        (course("finalized", versions=1), [Move.PLAN, Move.REOPEN]),
        (course("finalized", versions=1, followed=True), [Move.PLAN, Move.AMEND]),
        (course("approved", versions=1, followed=True), [Move.PLAN, Move.AMEND]),
    ],
)
def test_the_meeting_at_hand_offers_its_next_moves(where: Course, offered: list[Move]) -> None:
    assert moves(where) == offered


@pytest.mark.parametrize(
    ("where", "offered"),
    [
        (course("planned"), []),
        (course("open"), []),
        (course("closed"), [Move.FINALIZE]),
        (course("finalized", versions=1), [Move.REOPEN]),
        (course("finalized", versions=1, open_=True), [Move.APPROVE, Move.AMEND]),
        (course("finalized", versions=1, followed=True), [Move.AMEND]),
    ],
)
def test_another_meeting_offers_what_needs_no_room(where: Course, offered: list[Move]) -> None:
    assert moves(where, ELSEWHERE) == offered
    assert moves(where, replace(ELSEWHERE, may_go=True)) == [*offered, Move.GO]


def test_an_approval_is_taken_back_on_its_day_while_the_meeting_is_open() -> None:
    where = course("approved", versions=1, open_=True)
    assert moves(where, ELSEWHERE, approved_on=TODAY) == [Move.AMEND, Move.TAKE_BACK]
    assert moves(where, ELSEWHERE, approved_on=TODAY - timedelta(days=1)) == [Move.AMEND]
    closed = course("approved", versions=1, followed=True)
    assert moves(closed, ELSEWHERE, approved_on=TODAY) == [Move.AMEND]


def test_the_scribe_is_told_what_is_the_chairs() -> None:
    scribe = replace(HERE, chair=False)
    assert [(offer.move, offer.may) for offer in way(course("closed"), scribe).offers] == [(Move.FINALIZE, False)]
    final = way(course("finalized", versions=1), scribe)
    assert [(offer.move, offer.may) for offer in final.offers] == [(Move.PLAN, True), (Move.REOPEN, False)]
    assert all(offer.may for offer in way(course("open"), scribe).offers)


@pytest.mark.parametrize(
    ("where", "says"),
    [
        (course("closed"), "The meeting is closed. Minutes print as a draft until they are finalized."),
        (
            course("closed", versions=1),
            "The minutes are reopened. Version 1 is kept; finalizing makes version 2.",
        ),
        (
            course("finalized", versions=1),
            "The minutes are final. Until the next meeting opens they can be reopened.",
        ),
        (
            course("finalized", versions=1, followed=True),
            "The minutes are final. A correction stands with them as an amendment.",
        ),
    ],
)
def test_where_it_stands_is_said_in_a_sentence(where: Course, says: str) -> None:
    assert way(where).says == says


def test_finalizing_again_names_the_version() -> None:
    assert [offer.words for offer in way(course("closed", versions=1)).offers] == [
        "Finalize the minutes as version 2"
    ]


def amendment(id_: str, of: str, cls: InformationClass) -> Record:
    return Record(kind=Kind.AMENDMENT, id=id_, fields={"text": text(cls, "Six beds.")}, links={"meeting": of})


def test_every_meeting_is_listed_with_its_papers_the_newest_first() -> None:
    earlier = TODAY - timedelta(days=14)
    found = held_rows(
        (
            meeting("approved", 12, held_on=earlier, approved_on=TODAY),
            meeting("open", 13),
            meeting("canceled", 11, held_on=earlier - timedelta(days=14)),
        ),
        shown_to(),
        {"m12": 2},
        (amendment("amd1", "m12", C.OPERATIONS), amendment("amd2", "m12", C.PUBLIC)),
    )
    assert [(row.id, row.title, row.detail) for row in found] == [
        ("m13", "Meeting 13 · Wed 6 May 2026", "open"),
        (
            "m12",
            "Meeting 12 · Wed 22 Apr 2026",
            "approved on Wed 6 May 2026 · version 2 · 2 amendments",
        ),
        ("m11", "Meeting 11 · Wed 8 Apr 2026", "canceled"),
    ]


def test_amendments_that_the_user_may_not_have_are_not_counted_and_several_groups_are_named() -> None:
    other = replace(meeting("finalized", 3, series="Leadership team"), links={"series": "ser2"})
    rows = held_rows(
        (meeting("finalized", 12), other),
        shown_to("ruiz"),
        {"m12": 1, "m3": 1},
        (amendment("amd1", "m12", C.OPERATIONS), amendment("amd2", "m3", C.PUBLIC)),
    )
    assert {row.id: row.detail for row in rows} == {
        "m12": "Work group · final · version 1",
        "m3": "Leadership team · final · version 1 · 1 amendment",
    }


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("open", "Meeting 14 is still open."),
        ("closed", "The minutes of meeting 14 are not final yet."),
        ("finalized", ""),
    ],
)
def test_an_earlier_meeting_that_was_left_unfinished_is_told(state: str, words: str) -> None:
    assert unfinished_words(shown_to().see(meeting(state))) == words


def test_a_meeting_without_a_day_is_called_by_its_number() -> None:
    undated = Record(kind=Kind.MEETING, id="m1", fields=values(C.PUBLIC, number=1, state="planned"))
    told = meeting_way(undated, shown_to(), course("planned"), HERE)
    assert (told.title, told.steps[0].detail) == ("Meeting 1", "")
    assert held_rows((undated,), shown_to(), {}, ())[0].title == "Meeting 1"
