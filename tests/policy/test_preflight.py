"""Pre-flight: what a room of expected people will have, said before they come."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.policy.console import private_side, user_disclosure
from leaddesk.policy.facts import Agreement, Exclusion, Facts, UntilEvent
from leaddesk.policy.material import Material
from leaddesk.policy.preflight import Preflight, invited, preflight, what_changes
from leaddesk.policy.room import Presence, Room, Watch
from leaddesk.policy.slides import slide
from leaddesk.policy.vocabulary import InformationClass
from tests.often import examples
from tests.policy import desks
from tests.policy.meeting import (
    AT,
    agenda_item,
    attendee,
    brooks,
    desk,
    here,
    material,
    meyer,
    participant_record,
    person,
    place,
    release,
    text,
    watch,
)
from tests.policy.words import EVERYDAY

C = InformationClass
AGENDA = (
    agenda_item("i0", "overview", minutes_planned=5),
    agenda_item("i1", "participant", participant="p1", minutes_planned=10),
    agenda_item("i2", "participant", participant="p2", minutes_planned=10),
    agenda_item("i3", "place", priority="l1", minutes_planned=20),
    agenda_item("i4", "next_meeting"),
)
PEOPLE = {"p1": participant_record("p1"), "p2": participant_record("p2")}
TABLE = material(agenda=AGENDA, participants=PEOPLE, places=(place("l1", 1, "Pine Street"),))
#: Both may be told to the police and the program.
OPEN = meyer(releases=(release(id="r2"),), involvements=brooks().involvements)


def outlook(*present: str, facts: Facts | None = None, of: Material = TABLE) -> Preflight:
    return preflight(of, watch(*present, facts=facts or desk(brooks(), OPEN)), AT - timedelta(hours=2))


def titles(found: Preflight) -> list[str]:
    return [turn.title for turn in found.order]


def test_it_says_who_comes_how_long_it_takes_and_what_each_item_is() -> None:
    found = outlook("okafor", "bell")
    assert found.present == ("Tom Bell", "Jo Okafor")
    assert found.starts == AT
    assert found.ends == AT + timedelta(minutes=45)
    assert [(item.number, item.title) for item in found.items] == [
        (1, "Overview"),
        (2, "Angela Brooks"),
        (3, "Carl Meyer"),
        (4, "Pine Street"),
        (5, "Next meeting"),
    ]
    assert [item.minutes for item in found.items] == [5, 10, 10, 20, 0]


def test_a_meeting_without_planned_minutes_counts_as_an_hour_and_a_half() -> None:
    bare = replace(TABLE, agenda=(agenda_item("i9", "next_meeting"),))
    assert outlook("okafor", of=bare).ends == AT + timedelta(minutes=90)


def test_an_item_about_somebody_whom_the_user_may_not_know_is_not_there() -> None:
    guest = {"okafor": person("okafor", role="guest")}
    seen = watch(here("okafor", role="guest"), facts=desk(brooks(), OPEN, people=guest))
    found = preflight(TABLE, seen, AT - timedelta(hours=2))
    assert [item.title for item in found.items if item.id in ("i1", "i2")] == []


def test_what_the_room_will_not_have_comes_with_why_and_who_could_step_out() -> None:
    found = outlook("okafor", "bell", "hart")
    item = found.items[1]
    assert (item.title, item.room_title) == ("Angela Brooks", "P-7K3F")
    assert "A. Hart" in item.withheld[0].why
    assert item.step_out == ("A. Hart",)
    assert not item.named
    assert outlook("okafor", "bell").items[1].named
    assert outlook("okafor", "bell").items[1].step_out == ()


def test_nobody_is_asked_to_step_out_where_everybody_would_have_to_or_a_release_is_missing() -> None:
    nobody_left = outlook("hart", facts=desk(brooks(), OPEN))
    assert nobody_left.items[1].withheld
    assert nobody_left.items[1].step_out == ()
    no_release = outlook("okafor", "bell", facts=desk(brooks(releases=()), OPEN))
    assert no_release.items[1].withheld
    assert no_release.items[1].step_out == ()


def test_those_whose_agreement_is_not_in_force_at_the_start_must_sign() -> None:
    ends_today = person("ruiz", agreements=(Agreement(template="v1", signed=AT - timedelta(days=9), ends_at=AT),))
    found = outlook("okafor", "novak", "ruiz", facts=desk(brooks(), OPEN, people={"ruiz": ends_today}))
    assert found.must_sign == ("Sam Novak", "Dora Ruiz")
    assert found.signers == ("novak", "ruiz")


def test_what_ends_before_or_during_the_meeting_is_told_with_its_time() -> None:
    until = AT + timedelta(minutes=20)
    signed = Agreement(template="v1", signed=AT - timedelta(days=9))
    bell = person("bell", agreements=(replace(signed, ends_at=until),))
    before = person("hart", agreements=(replace(signed, ends=date(2026, 5, 5)),))
    early = datetime(2026, 5, 5, 12, tzinfo=UTC)
    facts = desk(brooks(), OPEN, people={"bell": bell, "hart": before})
    found = preflight(TABLE, watch("okafor", "bell", "hart", facts=facts), early)
    assert [one.what for one in found.endings] == ["Agreement of A. Hart", "Agreement of T. Bell"]
    assert [one.during for one in found.endings] == [False, True]
    assert found.endings[0].when == "before the meeting, at 00:00 on Wed 6 May 2026"
    assert found.endings[1].when == "during the meeting, at 10:20 on Wed 6 May 2026"


def test_a_release_that_ends_at_midnight_is_told_to_whom_its_paperwork_may_be_told() -> None:
    late = datetime(2026, 5, 7, 6, 30, tzinfo=UTC)
    ending = brooks(releases=(release(ends=date(2026, 5, 6)), release(id="r9", ends=UntilEvent(event="exit"))))
    room = Room(signed_in="okafor").arrive(Presence(person="okafor", role="project_manager"))
    found = preflight(TABLE, Watch(room, desk(ending, OPEN), EVERYDAY, late), late)
    assert [one.what for one in found.endings] == ["Release of Angela Brooks"]
    excluded = replace(ending, exclusions=(Exclusion(person="okafor", starts=date(2026, 1, 1)),))
    narrowed = preflight(TABLE, Watch(room, desk(excluded, OPEN), EVERYDAY, late), late)
    assert narrowed.endings == (), "under a code it would say who that is"


def test_an_ending_release_is_told_of_whomever_the_meeting_speaks_of_on_its_agenda_or_not() -> None:
    """Somebody on the action board alone narrows that board as much as an item of their own."""
    late = datetime(2026, 5, 7, 6, 59, tzinfo=UTC)
    room = Room(signed_in="okafor").arrive(Presence(person="okafor", role="project_manager"))
    facts = desk(brooks(releases=(release(ends=date(2026, 5, 6)),)), OPEN)
    board_alone = replace(TABLE, agenda=tuple(item for item in TABLE.agenda if item.links.get("participant") is None))
    found = preflight(board_alone, Watch(room, facts, EVERYDAY, late), late)
    assert [one.what for one in found.endings] == ["Release of Angela Brooks"]


def test_an_expected_attendee_who_is_no_longer_on_the_desk_is_not_named() -> None:
    found = outlook("okafor", facts=desk(brooks(), OPEN))
    facts = desk(brooks(), OPEN)
    gone = replace(facts, people={key: one for key, one in facts.people.items() if key != "bell"})
    assert outlook("okafor", "bell", facts=gone).present == found.present


def test_participants_whom_the_whole_room_may_have_come_first_then_those_for_whom_fewest_step_out() -> None:
    blocked = brooks(exclusions=(Exclusion(person="bell", starts=date(2026, 1, 1)),))
    other = person("novak", agreements=person("bell").agreements)
    found = outlook("okafor", "bell", "novak", facts=desk(blocked, OPEN, people={"novak": other}))
    assert titles(found) == ["Overview", "Carl Meyer", "Angela Brooks", "Pine Street", "Next meeting"]
    assert [turn.step_out for turn in found.order] == [(), (), ("T. Bell",), (), ()]
    assert titles(outlook("okafor", "bell", facts=desk(brooks(), OPEN))) == [item.title for item in found.items]


def test_what_stepping_out_does_not_help_comes_last() -> None:
    found = outlook("okafor", "bell", "hart", facts=desk(brooks(releases=()), OPEN))
    assert titles(found)[1:3] == ["Carl Meyer", "Angela Brooks"]
    assert [turn.step_out for turn in found.order][1:3] == [("A. Hart",), ()]


def test_a_room_in_which_nobody_is_expected_is_the_public_and_nobody_can_step_out() -> None:
    item = outlook().items[1]
    assert not item.named
    assert item.step_out == ()


@given(desks.facts(), st.sets(st.sampled_from(desks.PEOPLE), min_size=1), st.sampled_from(desks.PEOPLE))
@settings(max_examples=examples(50, thorough=1000), deadline=None)
def test_it_says_of_a_room_exactly_what_that_room_then_sees_and_why_not_more(
    facts: Facts, present: set[str], user: str
) -> None:
    agenda = tuple(agenda_item(f"i{one}", "participant", participant=one) for one in desks.PARTICIPANTS)
    records = {one: replace(participant_record("p1"), id=one, about=(one,)) for one in desks.PARTICIPANTS}
    table = material(agenda=(*AGENDA[:1], *agenda), participants=records, actions=())
    room = Room(signed_in=user)
    for one in present:
        room = room.arrive(Presence(person=one, role=facts.people[one].role or ""))
    before = preflight(table, Watch(room, facts, EVERYDAY, AT), AT)
    then = Watch(Room(signed_in=user), facts, EVERYDAY, AT)
    then.move(at=AT, room=room)
    then.confirm()
    mine = user_disclosure(then)
    for item in before.items:
        assert item.slide == slide(table, then.disclosure(item.id), item.id)
        assert item.withheld == private_side(table, mine, then, item.id, "").withheld
    assert sorted(turn.id for turn in before.order) == sorted(item.id for item in before.items)
    leaving = [set(turn.step_out) for turn in before.order]
    assert all(item.step_out == turn.step_out for item in before.items for turn in before.order if item.id == turn.id)
    assert len(leaving) == len(before.items)


def test_an_operational_topic_keeps_its_place() -> None:
    topic = agenda_item("i5", "operational", title=text(C.OPERATIONS, "Radios"))
    found = outlook("okafor", "bell", "hart", of=replace(TABLE, agenda=(*AGENDA[:2], topic, *AGENDA[2:])))
    assert titles(found)[2] == "Radios"


def test_what_one_persons_coming_or_leaving_changes_is_told_once_for_all_items_it_changes_alike() -> None:
    alone, with_hart = outlook("okafor", "bell"), outlook("okafor", "bell", "hart")
    assert what_changes(alone, with_hart) == (
        "Overview: the room reads less of it.",
        "Angela Brooks: the room reads P-7K3F.",
        "Carl Meyer: the room reads P-2M9Q.",
    )
    assert what_changes(with_hart, alone) == (
        "Overview: the room reads more of it.",
        "Angela Brooks and Carl Meyer: the room reads it by name.",
    )
    assert what_changes(alone, alone) == ()
    signed = what_changes(outlook("okafor", "bell", "novak"), alone)
    assert "Angela Brooks, Carl Meyer and Pine Street: the room reads it." in signed
    nobody = what_changes(alone, outlook("okafor", "bell", "novak"))
    assert nobody[-1] == "Sam Novak must sign."
    assert "Angela Brooks, Carl Meyer and Pine Street: the room reads nothing of it." in nobody


def test_everybody_who_attends_can_be_asked_about_those_who_are_expected_first() -> None:
    records = {**TABLE.attendees, "lind": attendee("lind", active=False)}
    rows = invited(replace(TABLE, attendees=records), watch("okafor", "novak"), frozenset({"okafor", "ruiz"}))
    assert [(row.name, row.expected, row.coming) for row in rows] == [
        ("Sam Novak", False, True),
        ("Jo Okafor", True, True),
        ("Dora Ruiz", True, False),
        ("Tom Bell", False, False),
        ("Ana Hart", False, False),
    ], "by family name, as at the door"
    assert [row.name for row in rows if row.must_sign] == ["Sam Novak"]
    assert (rows[1].role, rows[1].agency) == ("project manager", "pmt")
    gone = invited(replace(TABLE, attendees=records), watch("okafor"), frozenset({"lind"}))
    assert gone[0].name == "Eva Lind"
