"""How facts stand, in words, and what mending one changed for the room."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from leaddesk.policy.disclosure import Audience, Disclosure, Sight
from leaddesk.policy.facts import Exclusion, Release, Revocation, UntilEvent
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.mending import RoomChange, new_code_words, release_words, rights, room_change, span_words
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import BOUND, InformationClass
from tests.policy.meeting import AT, brooks, desk, release

C = InformationClass
HOUR = timedelta(hours=1)
ZONE = "America/Los_Angeles"


def words(one: Release, *revocations: Revocation) -> str:
    standing = Standing(desk(brooks(releases=(one,), revocations=revocations)), AT)
    return release_words(standing, "p1", one.id)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "in force"),
        ({"signed": AT + HOUR}, "begins 2026-05-06"),
        ({"ends": date(2026, 4, 1)}, "ended 2026-04-01"),
        ({"ends": UntilEvent(event="ruled", recorded=None)}, "in force"),
        ({"ends": UntilEvent(event="ruled", recorded=AT + HOUR)}, "in force"),
        ({"ends": UntilEvent(event="ruled", recorded=AT - HOUR)}, "ended 2026-05-06"),
        ({"signed": None}, ""),
        ({"ends": None}, ""),
    ],
)
def test_a_release_says_how_it_stands(changed: dict[str, object], expected: str) -> None:
    assert words(replace(release(), **changed)) == expected  # type: ignore[arg-type]


def test_a_revocation_ends_the_one_it_names_or_all_that_were_signed_before() -> None:
    one = release()
    assert words(one, Revocation(at=AT - HOUR)) == "revoked 2026-05-06"
    assert words(one, Revocation(at=AT - HOUR, release=one.id)) == "revoked 2026-05-06"
    assert words(one, Revocation(at=AT - HOUR, release="another")) == "in force"
    assert words(one, Revocation(at=AT + HOUR)) == "in force"
    assert words(replace(one, signed=AT - HOUR), Revocation(at=AT - 2 * HOUR)) == "in force"


def test_nothing_is_said_of_what_is_not_there() -> None:
    standing = Standing(desk(), AT)
    assert release_words(standing, "p99", "r1") == ""
    assert release_words(standing, "p1", "no release") == ""


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (date(2026, 1, 2), None, "since 2026-01-02"),
        (date(2026, 1, 2), date(2026, 6, 1), "since 2026-01-02, until 2026-06-01"),
        (date(2026, 1, 2), date(2026, 2, 1), "since 2026-01-02, over"),
        (date(2026, 1, 2), AT - HOUR, "since 2026-01-02, over"),
        (date(2026, 6, 1), date(2026, 6, 2), "begins 2026-06-01, until 2026-06-02"),
        (None, date(2026, 2, 1), "over"),
        (None, None, ""),
    ],
)
def test_a_span_says_whether_it_is_over_or_not_begun(starts: date | None, ends: date | None, expected: str) -> None:
    assert span_words(starts, ends, AT, ZONE) == expected


def test_rights_are_those_that_everybody_has() -> None:
    facts = desk()
    standing = Standing(facts, AT)
    guard = TextGuard(facts, frozenset())

    def of(*people: str) -> frozenset[InformationClass]:
        return rights(Disclosure(guard, Sight(standing, Audience(frozenset(people)))), "p1", standing)

    assert of("okafor") == BOUND
    assert of("okafor", "bell") == {C.IDENTITY, C.PROGRESS, C.COORDINATION}
    assert of("novak") == frozenset()
    nobody = Disclosure(guard, Sight(standing, Audience(frozenset({"bell"}))))
    assert rights(nobody, "p99", standing) == frozenset()


def test_a_change_tells_what_is_lost_and_what_waits_and_nothing_that_the_user_may_not_have() -> None:
    partners = frozenset({C.IDENTITY, C.PROGRESS, C.COORDINATION})
    assert room_change(partners, frozenset(), partners, BOUND) == RoomChange(
        lost=("name", "progress", "court and coordination"), waits=("name", "progress", "court and coordination")
    )
    assert room_change(partners, partners, BOUND, partners | {C.CARE}) == RoomChange(lost=(), waits=("care",))
    assert room_change(BOUND, BOUND - {C.HEALTH}, BOUND - {C.HEALTH}, partners) == RoomChange(lost=(), waits=())


@pytest.mark.parametrize("excluded", [False, True])
def test_a_new_code_is_told_to_whom_may_know_whose_it_is(excluded: bool) -> None:
    out = (Exclusion(person="okafor", starts=AT - HOUR),) if excluded else ()
    facts = desk(brooks(releases=(release(),), exclusions=out))
    sight = Sight(Standing(facts, AT), Audience(frozenset(), signed_in="okafor"))
    told = new_code_words(Disclosure(TextGuard(facts, frozenset()), sight), "p1", "P-9XYZ")
    assert ("P-9XYZ" in told) is not excluded
