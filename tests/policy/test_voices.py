"""Kinds of voice that are missing today, and how often they were before: for the console alone."""

from dataclasses import replace

from leaddesk.policy.console import room_chip, user_disclosure
from leaddesk.policy.material import Material
from leaddesk.policy.preflight import preflight
from leaddesk.policy.room import Room
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.voices import missing_at, missing_now, required_voices
from tests.policy.meeting import AT, SITE, here, material, shown_to, stay, values, watch

C = InformationClass


def wanting(*roles: str, **more: object) -> Material:
    """A meeting whose site wants these roles."""
    wanted = values(C.ADMIN, required_voices=roles)
    return material(site=replace(SITE, fields={**SITE.fields, **wanted}), **more)


def room(*people: str) -> Room:
    found = Room(signed_in="okafor")
    for one in people:
        found = found.arrive(here(one))
    return found


WANTED = wanting("officer", "community", "case_manager")


def test_what_is_required_and_not_in_the_room_is_missing_now() -> None:
    assert missing_now(WANTED, shown_to(), room("okafor", "bell")) == ("community", "case manager")
    assert missing_now(WANTED, shown_to(), room("bell", "ruiz", "lind")) == ()


def test_an_empty_room_misses_nobody_yet() -> None:
    assert missing_now(WANTED, shown_to(), room()) == ()


def test_nothing_is_missing_where_nothing_is_required_or_the_user_may_not_know() -> None:
    assert missing_now(material(), shown_to(), room("bell")) == ()
    assert required_voices(WANTED, shown_to(signed_in="bell")) == ()


def test_the_whole_meeting_is_asked_at_its_end_and_those_before_are_counted() -> None:
    held = wanting("officer", "community", "defender", attendance=(stay("bell"),))
    before = (frozenset({"officer"}), frozenset({"officer", "defender"}), frozenset({"defender"}))
    assert missing_at(held, shown_to(), before) == (
        "community (missing at 3 of the last 3 meetings too)",
        "defender (missing at 1 of the last 3 meetings too)",
    )
    assert missing_at(held, shown_to(), ()) == ("community", "defender")


def test_pre_flight_says_whose_voice_would_be_missing() -> None:
    seen = watch("okafor", "bell")
    assert preflight(WANTED, seen, AT).missing_voices == ("community", "case manager")


def test_the_room_chip_says_it_while_the_meeting_is_open() -> None:
    seen = watch("okafor", "bell")
    told = room_chip(WANTED, user_disclosure(seen), seen, waits=False)
    assert told.missing == ("community", "case manager")
    fields = {**WANTED.meeting.fields, **values(C.PUBLIC, state="planned")}
    planned = replace(WANTED, meeting=replace(WANTED.meeting, fields=fields))
    assert room_chip(planned, user_disclosure(seen), seen, waits=False).missing == ()
