"""The room narrows at once and widens only when the chair confirms."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.policy.decision import Asked
from leaddesk.policy.disclosure import Appearance, Audience, Disclosure, Sight
from leaddesk.policy.facts import (
    Agreement,
    Exclusion,
    Facts,
    Participant,
    Person,
    Release,
    Revocation,
    Site,
    UntilEvent,
)
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.room import Boundaries, Presence, Room, Watch
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import BOUND, InformationClass, RecipientClass
from tests.policy import desks
from tests.policy.words import EVERYDAY

C = InformationClass
AT = desks.AT
MINUTE = timedelta(minutes=1)


def person(id_: str, role: str, agency: str, **more: object) -> Person:
    ready = (Agreement(template="v1", signed=AT - timedelta(days=9)),)
    return Person(id=id_, name=id_.title(), role=role, agency=agency, **{"agreements": ready, **more})  # type: ignore[arg-type]


def desk(**more: object) -> Facts:
    release = Release(
        id="r1",
        signed=date(2026, 2, 2),
        ends=date(2026, 5, 6),
        form="part2",
        sources=frozenset({"harbor"}),
        to_classes=frozenset({RecipientClass.LAW_ENFORCEMENT, RecipientClass.PROVIDER}),
        classes=BOUND,
    )
    fields = {"releases": (release,), **more}
    angela = Participant(
        id="p1",
        code="P-7K3F",
        given_name="Angela",
        family_name="Brooks",
        case_agency="harbor",
        **fields,  # type: ignore[arg-type]
    )
    return Facts(
        site=Site(zone="America/Los_Angeles", accepted_templates=frozenset({"v1"})),
        people={
            one.id: one
            for one in (
                person("okafor", "project_manager", "pmt"),
                person("bell", "officer", "police"),
                person("hart", "provider", "clinic"),
                person("ruiz", "community", "lakeside"),
                person("new", "officer", "police", agreements=()),
            )
        },
        participants={"p1": angela},
    )


def here(name: str, role: str) -> Presence:
    return Presence(person=name, role=role)


OKAFOR, BELL = here("okafor", "project_manager"), here("bell", "officer")
HART, RUIZ, NEW = here("hart", "provider"), here("ruiz", "community"), here("new", "officer")


def watch(*present: Presence, facts: Facts | None = None) -> Watch:
    room = Room(signed_in="okafor")
    for presence in present:
        room = room.arrive(presence)
    return Watch(room, facts or desk(), EVERYDAY, AT)


def appears(seen: Watch, item: str | None = None) -> Appearance:
    return seen.disclosure(item).appearance("p1")


def test_a_room_that_nobody_has_checked_into_is_the_public() -> None:
    assert appears(watch()) is Appearance.ABSENT
    assert appears(watch(OKAFOR)) is Appearance.NAME


def test_a_check_in_narrows_at_once() -> None:
    seen = watch(OKAFOR, BELL)
    assert appears(seen) is Appearance.NAME
    seen.move(at=AT + MINUTE, room=seen.room.arrive(HART))
    assert appears(seen) is Appearance.CODE
    seen.move(at=AT + MINUTE, room=seen.room.arrive(RUIZ))
    assert appears(seen) is Appearance.ABSENT
    assert not seen.waits


def test_somebody_without_an_agreement_makes_the_room_public() -> None:
    seen = watch(OKAFOR, BELL)
    seen.move(at=AT, room=seen.room.arrive(NEW))
    assert appears(seen) is Appearance.ABSENT
    assert not seen.disclosure().allows(Asked(C.COMMUNITY))


def test_leaving_widens_only_when_the_chair_confirms() -> None:
    seen = watch(OKAFOR, BELL, HART)
    seen.move(at=AT + MINUTE, room=seen.room.leave("hart"))
    assert appears(seen) is Appearance.CODE
    assert seen.waits
    assert seen.disclosure_once_confirmed().appearance("p1") is Appearance.NAME
    seen.confirm()
    assert appears(seen) is Appearance.NAME
    assert not seen.waits


def test_a_stranger_makes_the_room_public_until_confirmed_after_identification() -> None:
    seen = watch(OKAFOR, BELL)
    seen.move(at=AT, room=seen.room.walk_in())
    assert appears(seen) is Appearance.ABSENT
    seen.move(at=AT, room=seen.room.identified().arrive(HART))
    assert appears(seen) is Appearance.ABSENT
    seen.confirm()
    assert appears(seen) is Appearance.CODE


def test_a_swap_of_people_shows_what_both_rooms_may_have() -> None:
    seen = watch(OKAFOR, BELL, HART)
    seen.move(at=AT, room=seen.room.leave("hart").arrive(RUIZ))
    assert appears(seen) is Appearance.ABSENT
    seen.move(at=AT, room=seen.room.leave("ruiz"))
    assert appears(seen) is Appearance.ABSENT
    seen.confirm()
    assert appears(seen) is Appearance.NAME


def test_an_agreement_that_ends_narrows_when_the_clock_says_so() -> None:
    ends = Agreement(template="v1", signed=AT - timedelta(days=9), ends=date(2026, 5, 6))
    facts = desk()
    bell = person("bell", "officer", "police", agreements=(ends,))
    facts = replace(facts, people={**facts.people, "bell": bell})
    seen = watch(OKAFOR, BELL, facts=facts)
    midnight = datetime(2026, 5, 7, 7, tzinfo=UTC)
    assert seen.next_change() == midnight
    seen.move(at=midnight - timedelta(seconds=1))
    assert appears(seen) is Appearance.NAME
    seen.move(at=midnight)
    assert appears(seen) is Appearance.ABSENT


def test_a_revocation_narrows_at_once_and_a_new_release_waits() -> None:
    seen = watch(OKAFOR, BELL)
    seen.move(at=AT + MINUTE, facts=desk(revocations=(Revocation(at=AT + MINUTE),)))
    assert appears(seen) is Appearance.CODE
    seen.move(at=AT + 2 * MINUTE, facts=desk())
    assert appears(seen) is Appearance.CODE
    seen.confirm()
    assert appears(seen) is Appearance.NAME


def test_an_exclusion_that_ends_waits() -> None:
    excluded = desk(exclusions=(Exclusion(person="bell", starts=date(2026, 1, 1), ends=AT + MINUTE),))
    seen = watch(OKAFOR, BELL, facts=excluded)
    assert appears(seen) is Appearance.CODE
    seen.move(at=AT + 2 * MINUTE)
    assert appears(seen) is Appearance.CODE
    assert seen.waits


def test_facts_read_anew_without_a_difference_change_nothing() -> None:
    seen = watch(OKAFOR, BELL)
    before = seen.facts
    seen.move(at=AT + MINUTE, facts=desk())
    assert seen.facts is before
    assert not seen.waits


def test_the_clock_set_back_brings_nothing_back() -> None:
    seen = watch(OKAFOR, BELL)
    seen.move(at=datetime(2026, 5, 7, 7, tzinfo=UTC))
    assert appears(seen) is Appearance.CODE
    seen.move(at=AT)
    assert appears(seen) is Appearance.CODE
    assert seen.at == datetime(2026, 5, 7, 7, tzinfo=UTC)


def test_a_later_moment_is_the_last_that_was_looked_at_though_nothing_changed_by_then() -> None:
    seen = watch(OKAFOR, BELL)
    before = seen.moments
    seen.move(at=AT + 3 * MINUTE)
    assert (seen.at, seen.moments) == (AT + 3 * MINUTE, before)
    seen.move(at=AT)
    assert seen.at == AT + 3 * MINUTE


def test_stepping_out_concerns_one_item_and_waits_like_every_widening() -> None:
    seen = watch(OKAFOR, BELL, HART)
    out = Presence(person="hart", role="provider", stepped_out=frozenset({"i5"}))
    seen.move(at=AT, room=seen.room.arrive(out))
    assert appears(seen, "i5") is Appearance.CODE
    seen.confirm()
    assert appears(seen, "i5") is Appearance.NAME
    assert appears(seen) is Appearance.CODE
    seen.move(at=AT, room=seen.room.arrive(HART))
    assert appears(seen, "i5") is Appearance.CODE


def test_somebody_out_of_view_is_no_part_of_the_audience() -> None:
    seen = watch(OKAFOR, BELL)
    apart = Presence(person="new", role="officer", out_of_view=True)
    seen.move(at=AT, room=seen.room.arrive(apart))
    assert appears(seen) is Appearance.NAME


def test_a_role_is_the_one_checked_in_with() -> None:
    seen = watch(OKAFOR, here("bell", "community"))
    assert appears(seen) is Appearance.ABSENT
    seen.move(at=AT, room=seen.room.arrive(BELL))
    assert appears(seen) is Appearance.ABSENT
    seen.confirm()
    assert appears(seen) is Appearance.NAME


def test_a_sight_of_a_smaller_audience_is_never_taken_from_a_larger_one() -> None:
    facts = desk()
    standing = Standing(facts, AT)
    sight = Sight(standing, Audience(frozenset({"okafor", "bell"})))
    with pytest.raises(ValueError, match="decided anew"):
        sight.joined_by(Audience(frozenset({"okafor"})), standing)


def test_boundaries_are_every_instant_at_which_something_begins_or_ends() -> None:
    release = Release(
        id="r", signed=date(2026, 5, 1), ends=UntilEvent(event="e", recorded=AT), form=None, sources=frozenset()
    )
    open_end = Release(id="s", signed=None, ends=UntilEvent(event="e"), form=None, sources=frozenset())
    facts = desk(releases=(release, open_end), exclusions=(Exclusion(person="x", starts=None),))
    boundaries = Boundaries(facts)
    assert boundaries.next_after(AT - MINUTE) == AT
    assert boundaries.next_after(AT) is None
    assert boundaries.crossed(AT - MINUTE, AT)
    assert not boundaries.crossed(AT, AT + MINUTE)


def test_a_release_without_an_end_has_no_instant_at_which_it_ends() -> None:
    endless = Release(id="r", signed=AT.date(), ends=None, form=None, sources=frozenset())
    boundaries = Boundaries(desk(releases=(endless,)))
    signed = datetime(2026, 5, 6, 7, tzinfo=UTC)
    assert boundaries.next_after(signed - MINUTE) == signed
    assert boundaries.next_after(signed) is None


ROLES = {"okafor": "project_manager", "bell": "officer", "hart": "provider", "ruiz": "community", "new": "officer"}
events = st.lists(
    st.tuples(
        st.sampled_from(
            ["arrive", "leave", "walk_in", "identified", "apart", "out", "tick", "revoke", "restore", "confirm"]
        ),
        st.sampled_from(sorted(ROLES)),
    ),
    max_size=14,
)


@given(events)
def test_what_the_room_may_have_is_what_every_moment_since_the_last_confirmation_allowed(
    happened: list[tuple[str, str]],
) -> None:
    seen = watch(OKAFOR, BELL)
    at = AT
    moments = [(seen.room, seen.facts, at)]
    for event, who in happened:
        at += timedelta(hours=1)
        room, facts = seen.room, seen.facts
        match event:
            case "arrive":
                room = room.arrive(here(who, ROLES[who]))
            case "apart":
                room = room.arrive(Presence(person=who, role=ROLES[who], out_of_view=True))
            case "out":
                room = room.arrive(Presence(person=who, role=ROLES[who], stepped_out=frozenset({"i1"})))
            case "leave":
                room = room.leave(who)
            case "walk_in" | "identified":
                room = room.walk_in() if event == "walk_in" else room.identified()
            case "revoke":
                facts = desk(revocations=(Revocation(at=at),))
            case "restore":
                facts = desk()
            case "confirm":
                seen.confirm()
                moments = []
        seen.move(at=at, room=room, facts=facts)
        moments.append((room, facts, at))
        for item in (None, "i1"):
            expected = all(
                Disclosure(TextGuard(f, EVERYDAY), Sight(Standing(r.facts(f), t), r.audience(item))).may_name("p1")
                for r, f, t in moments
            )
            assert seen.disclosure(item).may_name("p1") == expected


def test_what_anybody_may_have_is_asked_of_every_moment_since_the_chair_confirmed() -> None:
    made = watch(here("okafor", "project_manager"), here("bell", "officer"))
    made.move(at=made.at, room=made.room.leave("bell"))
    assert made.disclosure().appearance("p1") is Appearance.NAME
    assert made.public_disclosure().appearance("p1") is Appearance.ABSENT


def test_what_the_user_may_have_is_the_same_whoever_comes_and_another_users_own_for_another_user() -> None:
    made = watch(OKAFOR)
    for room in (made.room.arrive(RUIZ), made.room.arrive(NEW), made.room.leave("okafor")):
        made.move(at=AT, room=room)
        assert made.disclosure_of_user().may_name("p1")
    made.move(at=AT, room=replace(made.room, signed_in="ruiz"))
    assert not made.disclosure_of_user().may_name("p1")
    made.move(at=AT, room=replace(made.room, signed_in="okafor"))
    assert made.disclosure_of_user().may_name("p1")


def test_everybody_stands_in_the_role_they_checked_in_with() -> None:
    made = watch(OKAFOR, here("bell", "provider"))
    assert made.standing.facts.people["bell"].role == "provider"
    assert made.standing.at == made.at
    assert made.facts.people["bell"].role == "officer"


def test_the_moments_are_the_same_for_as_long_as_nothing_changes_what_anybody_may_have() -> None:
    room = watch(OKAFOR)
    moments, asked = room.moments, room.disclosure_of_user().may_name("brooks")
    room.move(at=AT + MINUTE)
    room.move(at=AT + 2 * MINUTE, room=room.room, facts=replace(room.facts))
    assert room.moments is moments
    assert room.disclosure_of_user().may_name("brooks") is asked
    room.move(at=AT + 3 * MINUTE, room=room.room.walk_in())
    assert room.moments is not moments


def test_the_signed_in_user_sees_their_own_console_in_the_role_they_checked_in_with() -> None:
    identity = Asked(C.IDENTITY, "p1")
    assert watch(BELL).disclosure_of_user().allows(identity)
    assert not watch(BELL, here("okafor", "community")).disclosure_of_user().allows(identity)
