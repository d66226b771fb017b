"""Why the room may not have something: who or what narrows, in words, and the cheapest lawful fix."""

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from leaddesk.policy.decision import Asked
from leaddesk.policy.disclosure import Audience
from leaddesk.policy.facts import Agreement, Exclusion, Facts, Participant, Person
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import DEFAULT_ROLE_TABLE, Cell, InformationClass, Reason, Role
from leaddesk.policy.why import Fix, obstacles, role_words, short_name, who_narrows
from leaddesk.policy.withheld import Withholding
from tests.policy.meeting import (
    AT,
    MONTH_AGO,
    agenda_item,
    brooks,
    desk,
    here,
    material,
    meyer,
    participant_record,
    person,
    release,
    shown_to,
    watch,
)

C = InformationClass
HOUR = timedelta(hours=1)
KNOWN = "okafor"


def standing(*participants: Participant, **people: Person) -> Standing:
    return Standing(desk(*participants, people=people), AT)


class Withheld(NamedTuple):
    """What a row of the private side says, with the first of its fixes."""

    what: str
    why: str
    fix: Fix
    people: tuple[str, ...]


def withheld(
    *people: str, facts: Facts | None = None, signed_in: str = KNOWN, public: bool = False, named: str = "p1"
) -> tuple[Withheld, ...]:
    """What is withheld about a participant from a room with these people and the signed-in user in it."""
    item = agenda_item("i1", "participant", participant=named)
    records = {"p1": participant_record("p1")}
    seen = watch(signed_in, *people, facts=facts, strangers=int(public), signed_in=signed_in)
    mine = shown_to(signed_in, facts=facts, signed_in=None)
    asking = Withholding(material(agenda=(item,), participants=records), mine, seen, {"i1": 1})
    return tuple(
        Withheld(row.what, row.why, row.fixes[0].fix if row.fixes else Fix.NONE, row.people)
        for row in asking.rows(item)
    )


def why(signed: tuple[Agreement, ...], *gone: timedelta) -> str:
    novak = person("novak", agreements=signed, withdrew_or_declined=tuple(AT + after for after in gone))
    facts = desk(people={"novak": novak})
    (only,) = withheld("novak", facts=facts)[:1]
    assert only.fix is Fix.SIGN
    return only.why


def signed(ago: timedelta = AT - MONTH_AGO, **more: object) -> Agreement:
    return replace(Agreement(template="v1", signed=AT - ago), **more)  # type: ignore[arg-type]


def test_nothing_is_withheld_from_those_whom_the_release_names() -> None:
    assert withheld("bell")[:1] == (Withheld("Care and health", "Officer: not by role.", Fix.STEP_OUT, ("bell",)),)
    assert not obstacles(standing(), Audience(frozenset({"bell"})), Asked(C.IDENTITY, "p1"))


def test_alike_reasons_are_told_together_in_the_words_of_the_console() -> None:
    assert withheld("novak") == (
        Withheld(
            "Name, progress, court and coordination, care and health",
            "S. Novak: has not signed.",
            Fix.SIGN,
            ("novak",),
        ),
    )


def test_people_with_the_same_reason_share_a_clause() -> None:
    facts = desk(people={"bell": person("bell", agreements=())})
    (only,) = withheld("novak", "bell", facts=facts)
    assert only.why == "T. Bell, S. Novak: have not signed."
    assert only.people == ("bell", "novak")


def test_several_reasons_stand_side_by_side() -> None:
    name = withheld("novak", "hart", "ruiz")[0]
    assert name.what.startswith("Name")
    assert name.why == "A. Hart (provider): not involved; S. Novak: has not signed; community: not by role."
    assert name.fix is Fix.NONE


def test_what_the_user_may_not_have_is_not_mentioned() -> None:
    # A project manager who is not involved may not have health.
    facts = desk(brooks(involvements=()))
    (only,) = withheld("novak", facts=facts)
    assert only.what == "Name, progress, court and coordination and care"
    excluded = brooks(exclusions=(Exclusion(person=KNOWN, starts=date(2026, 1, 1)),))
    (code,) = withheld("novak", facts=desk(excluded))
    assert code.what == "1 case code"
    assert withheld("novak", signed_in="ruiz") == ()


def test_nothing_is_told_of_somebody_who_is_not_on_the_desk() -> None:
    assert withheld("novak", named="p9") == ()


def test_a_stranger_is_to_be_identified() -> None:
    (only,) = withheld("bell", public=True)[:1]
    assert only.why == "Somebody is not identified yet."
    assert only.fix is Fix.IDENTIFY
    assert only.people == ("",)


def test_where_nobody_is_there_nobody_is_said_to_wait_for_a_name() -> None:
    item = agenda_item("i1", "participant", participant="p1")
    for there in ((), (here("bell", out_of_view=True),)):
        asking = Withholding(
            material(agenda=(item,), participants={"p1": participant_record("p1")}),
            shown_to(KNOWN, signed_in=None),
            watch(*there),
            {"i1": 1},
        )
        row = next(iter(asking.rows(item)))
        assert row.why == "Nobody is checked in and in view."
        assert row.fixes[0].fix is Fix.IDENTIFY, "check-in is what helps"


def test_somebody_who_is_excluded_can_step_out() -> None:
    facts = desk(brooks(exclusions=(Exclusion(person="bell", starts=date(2026, 1, 1)),)))
    (only,) = withheld("bell", facts=facts)
    assert only.why == "T. Bell: excluded."
    assert only.fix is Fix.STEP_OUT


def test_an_exclusion_is_told_as_one_only_to_whoever_may_have_administrative_records() -> None:
    excluded = brooks(exclusions=(Exclusion(person="novak", starts=date(2026, 1, 1)),))
    signed_novak = person("novak", agreements=(signed(),))
    told = withheld("novak", facts=desk(excluded, people={"novak": signed_novak}), signed_in="bell")
    assert told[0].why == "S. Novak: may not have it."


def test_an_intake_that_is_decided_ends_what_an_open_one_allowed() -> None:
    decided = brooks(releases=(), intake="decided", referring_agency="police", involvements=())
    told = withheld("bell", facts=desk(decided))
    assert told[0].why == "Law enforcement: no release, and intake is decided."
    elsewhere = withheld("bell", facts=desk(replace(decided, referring_agency="sheriff")))
    assert elsewhere[0].why == "Law enforcement: no release."
    assert withheld("bell", facts=desk(decided, intake_exemption=False))[0].why == "Law enforcement: no release."


def test_without_a_release_the_fix_is_one_and_the_recipients_are_named_by_class() -> None:
    (only,) = withheld("bell", facts=desk(brooks(releases=())))
    assert (only.what, only.why, only.fix) == (
        "Name, progress and court and coordination",
        "Law enforcement: no release.",
        Fix.RELEASE,
    )


def test_a_release_that_is_no_part_2_release_is_told_as_such() -> None:
    facts = desk(brooks(releases=(release(form="general"),)), part2="yes")
    name = withheld("bell", facts=facts)[0]
    assert name.why == "Law enforcement: no release that meets 42 CFR 2.31."
    assert name.fix is Fix.RELEASE


def test_a_participant_without_a_case_agency_has_no_release_that_covers_it() -> None:
    (name, *_) = withheld("bell", facts=desk(brooks(case_agency=None)))
    assert name.why == "No case agency is recorded, so no release covers it."
    assert name.fix is Fix.RELEASE


def test_a_bound_class_about_nobody_has_no_release() -> None:
    (bell,) = obstacles(standing(), Audience(frozenset({"bell"})), Asked(C.IDENTITY))
    assert (bell.reason, bell.who, bell.words) == (Reason.NO_RELEASE, "law enforcement", "no release")


def test_somebody_whose_role_no_release_can_name_is_named_themselves() -> None:
    guests_may = {**DEFAULT_ROLE_TABLE, Role.GUEST: {C.IDENTITY: Cell.YES}}
    guest = person("novak", role=Role.GUEST, agreements=(signed(),))
    known = Standing(desk(people={"novak": guest}, role_table=guests_may), AT)
    (novak,) = obstacles(known, Audience(frozenset({"novak"})), Asked(C.IDENTITY, "p2"))
    assert (novak.who, novak.words) == ("S. Novak", "no release")


def test_somebody_without_a_role_is_denied_by_role() -> None:
    (only,) = obstacles(standing(bell=person("bell", role=None)), Audience(frozenset({"bell"})), Asked(C.OPERATIONS))
    assert (only.who, only.words) == ("role not set", "not by role")


@pytest.mark.parametrize(
    ("agreements", "words"),
    [
        ((), "has not signed"),
        ((signed(template="v0"),), "signed a version that is no longer accepted"),
        ((signed(ends=date(2026, 4, 30)),), "agreement ended 2026-04-30"),
        # The evening of the fifth in the site's zone, the sixth in UTC.
        ((signed(ends_at=AT - 12 * HOUR),), "agreement ended 2026-05-05"),
        (
            (signed(2 * HOUR, template="v0"), signed(ends=date(2026, 4, 30))),
            "signed a version that is no longer accepted",
        ),
        ((signed(-HOUR),), "has not signed"),
        ((replace(signed(), signed=None),), "has not signed"),
    ],
)
def test_why_an_agreement_is_not_in_force(agreements: tuple[Agreement, ...], words: str) -> None:
    assert why(agreements) == f"S. Novak: {words}."


@pytest.mark.parametrize(
    ("agreements", "gone", "words"),
    [
        ((signed(),), -HOUR, "declined or withdrew"),
        ((), -HOUR, "declined or withdrew"),
        ((), HOUR, "has not signed"),
        # Whoever signed again after withdrawing, and whose new agreement has ended, has not withdrawn it.
        ((signed(HOUR, ends=date(2026, 5, 5)),), -2 * HOUR, "agreement ended 2026-05-05"),
    ],
)
def test_declining_and_withdrawing_count_for_what_was_signed_before(
    agreements: tuple[Agreement, ...], gone: timedelta, words: str
) -> None:
    assert why(agreements, gone) == f"S. Novak: {words}."


def test_those_who_alone_keep_the_rest_from_a_name_come_in_the_order_of_how_much_they_narrow() -> None:
    facts = desk(brooks(exclusions=(Exclusion(person="lind", starts=date(2026, 1, 1)),)), meyer())
    known = Standing(facts, AT)
    assert who_narrows(known, Audience(frozenset({"lind", KNOWN})), ["p1", "p2"]) == ("lind",)
    room = Audience(frozenset({"lind", "bell", KNOWN}))
    assert who_narrows(known, room, ["p1", "p2"]) == ("bell", "lind")
    bell_twice = desk(brooks(releases=()), meyer(), replace(meyer(), id="p3", releases=(release(),)))
    excluded = replace(bell_twice.participants["p3"], exclusions=(Exclusion(person="lind", starts=date(2026, 1, 1)),))
    facts = replace(bell_twice, participants={**bell_twice.participants, "p3": excluded})
    assert who_narrows(Standing(facts, AT), room, ["p3", "p1", "p2"]) == ("bell", "lind")


def test_nobody_alone_narrows_where_two_do() -> None:
    assert who_narrows(standing(), Audience(frozenset({"novak", "ruiz"})), ["p1"]) == ()
    assert who_narrows(standing(), Audience(frozenset({"bell"})), ["p1"]) == ()


def test_people_and_roles_are_written_short() -> None:
    assert short_name("Dora Ruiz") == "D. Ruiz"
    assert short_name("Ana de la Cruz") == "A. de la Cruz"
    assert short_name("Dora Van der Berg") == "D. Van der Berg"
    assert short_name("Ana Maria Ruiz") == "A. Ruiz"
    assert short_name("Van Ruiz") == "V. Ruiz"
    assert short_name("Wei St. John") == "W. St. John"
    assert short_name("Madonna") == "Madonna"
    assert role_words("case_manager") == "case manager"
    assert role_words(None) == "role not set"
