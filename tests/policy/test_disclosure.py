"""The one door: what an audience gets of records."""

import gc
from dataclasses import replace
from datetime import date
from weakref import ref

from leaddesk.policy.decision import Asked, decide, decide_each
from leaddesk.policy.disclosure import Audience, Disclosure, Sight, disclose
from leaddesk.policy.facts import Exclusion, Participant, Person
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.records import Fact, Kind, Record, Text, Wording
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import BOUND, DEFAULT_ROLE_TABLE, Cell, InformationClass, Reason, Role
from tests.policy.meeting import AT, brooks, desk, person, public, shown_to, text, values
from tests.policy.words import EVERYDAY

C = InformationClass


def test_records_come_in_their_order_with_the_fields_the_audience_may_have() -> None:
    records = [
        Record(kind=Kind.MEETING, id=f"m{n}", fields={**values(C.PUBLIC, number=n), **values(C.ADMIN, note="x")})
        for n in (2, 1)
    ]
    seen = disclose(records, public())
    assert [(one.kind, one.id, one.names, one.withheld) for one in seen] == [
        (Kind.MEETING, "m2", ("number",), ("note",)),
        (Kind.MEETING, "m1", ("number",), ("note",)),
    ]
    assert seen[0].value("note") is None
    assert seen[0].text("note") == ""


def test_what_was_read_goes_with_who_read_it_without_garbage_being_looked_for() -> None:
    record = Record(kind=Kind.MEETING, id="m1", fields=values(C.PUBLIC, place="Harbor Hall"))
    gc.disable()
    try:
        disclosure = public()
        seen = disclosure.see(record)
        assert disclosure.see(record) is seen
        assert disclosure.mentions_held("Nobody is named.", frozenset()) == ()
        kept = ref(disclosure)
        del disclosure
        assert kept() is None
        assert seen.text("place") == "Harbor Hall", "whoever still has it can read on"
    finally:
        gc.enable()


def test_a_field_without_a_class_does_not_leave_the_desk() -> None:
    record = Record(kind=Kind.MEETING, id="m1", fields={"loose": Fact(cls=None, value="x")})
    assert "loose" not in shown_to("okafor").see(record)


def test_a_wording_without_a_class_is_passed_over() -> None:
    loose = Text(
        cls=C.ADMIN,
        text="For the record.",
        safe=(Wording(cls=None, text="Loose."), Wording(cls=C.COMMUNITY, text="For all.")),
    )
    assert shown_to("ruiz").wording(loose) == "For all."


def test_a_text_whose_class_is_unknown_is_held_back_with_all_its_wordings() -> None:
    unknown = replace(text(C.ADMIN, "x", public="y"), cls=None)
    assert public().wording(unknown) is None


GOAL = Text(cls=C.CARE, text="A raw nomination.")


def test_a_bound_text_about_nobody_is_for_program_staff_whose_cell_says_yes() -> None:
    assert shown_to().wording(GOAL) == "A raw nomination."
    assert shown_to("bell").wording(GOAL) is None
    assert public().wording(GOAL) is None
    scribe = person("okafor", role="scribe")
    # A scribe's cell for care says *involved*, and with nobody there is no involvement.
    assert shown_to(facts=desk(people={"okafor": scribe})).wording(GOAL) is None


def test_a_role_without_a_row_in_the_table_may_have_no_bound_text_about_nobody() -> None:
    table = {role: cells for role, cells in DEFAULT_ROLE_TABLE.items() if role is not Role.PROJECT_MANAGER}
    assert shown_to(facts=desk(role_table=table)).wording(GOAL) is None


def test_of_somebody_whom_the_desk_does_not_know_nobody_may_have_anything_bound() -> None:
    standing = Standing(desk(), AT)
    for somebody in ("okafor", "hart", "lind"):  # by role, by a tie, by an agency
        assert decide(standing, somebody, Asked(C.CARE, "p99")).reason is Reason.NO_RELEASE
    assert decide(standing, "bell", Asked(C.PERSONNEL, "p99")).reason is Reason.NOT_INVOLVED


def test_asked_together_whoever_a_record_concerns_is_not_answered_like_their_colleagues() -> None:
    colleague = person("novak", agreements=(person("bell").agreements))
    standing = Standing(desk(people={"novak": colleague}), AT)
    about_bell = Asked(C.PERSONNEL, "p1", subjects=frozenset({"bell"}))
    told = dict(decide_each(standing, ("novak", "bell"), about_bell))
    assert told == {one: decide(standing, one, about_bell) for one in ("novak", "bell")}
    assert (told["bell"].allowed, told["novak"].allowed) == (True, False)


def test_admin_about_a_participant_needs_their_identity_besides() -> None:
    record = Record(kind=Kind.RELEASE, id="r1", about=("p1",), fields=values(C.ADMIN, form="part2"))
    assert shown_to().see(record).text("form") == "part2"
    excluded = brooks(exclusions=(Exclusion(person="okafor", starts=AT.date()),))
    assert "form" not in shown_to(facts=desk(excluded)).see(record)


def test_a_disclosure_to_no_sight_allows_nothing() -> None:
    shut = Disclosure(TextGuard(desk(), EVERYDAY))
    assert not shut.allows(Asked(C.PUBLIC))
    assert shut.wording(GOAL) is None
    assert shut.wording(text(C.PUBLIC, "A word.")) is None


def larger(before: Sight, *people: str, changed: dict[str, Person] | None = None, anew: bool = False) -> Sight:
    facts = before.standing.facts
    facts = desk(brooks(), people=changed) if anew else replace(facts, people={**facts.people, **(changed or {})})
    return before.joined_by(Audience(before.audience.people | set(people)), Standing(facts, AT))


def test_a_larger_audience_may_have_what_the_smaller_may_and_those_who_joined() -> None:
    before = Sight(Standing(desk(), AT), Audience(frozenset({"okafor"})))
    name = Asked(C.IDENTITY, "p1")
    assert before.allows(name)
    for anew in (False, True):
        assert larger(before, "bell", anew=anew).allows(name)
        assert not larger(before, "hart", anew=anew).allows(name)
        joined = larger(before, "hart", changed={"hart": person("hart", role="officer")}, anew=anew)
        assert joined.allows(name)


def test_what_was_worked_out_at_another_instant_is_not_kept() -> None:
    facts = desk()
    assert Standing(facts, AT).take_over(Standing(facts, AT))
    assert not Standing(facts, AT).take_over(Standing(facts, AT.replace(hour=1)))
    assert not Standing(desk(), AT).take_over(Standing(facts, AT))


def test_whoever_was_asked_about_already_is_counted_as_they_were() -> None:
    facts, before = desk(), Standing(desk(), AT)
    asked = Standing(facts, AT)
    assert asked.attending
    assert not asked.take_over(Standing(facts, AT))
    joined = Standing(before.facts, AT)
    assert joined.take_over(before)
    assert joined.attending
    assert joined.take_over(before)


def test_an_agreement_that_was_worked_out_is_kept_for_as_long_as_the_paperwork_is_the_very_same() -> None:
    facts = desk()
    before = Standing(facts, AT)
    assert "bell" in before.attending
    bell = facts.people["bell"]
    for changed, signed in (
        (replace(bell, role="guest"), True),
        (replace(bell, agreements=()), False),
        (replace(bell, withdrew_or_declined=(AT,)), False),
    ):
        after = Standing(replace(facts, people={**facts.people, "bell": changed}), AT)
        assert after.take_over(before)
        assert ("bell" in after.attending) is signed
        assert (before.agreement_of(bell) is not None) is True


def test_a_record_that_was_read_anew_is_seen_anew() -> None:
    shown = shown_to("bell")
    before, after = (
        Record(kind=Kind.ACTION, id="x", fields={"carried": Fact(cls=C.OPERATIONS, value=n)}) for n in (1, 2)
    )
    assert shown.see(before) is shown.see(before)
    assert [shown.see(one).value("carried") for one in (before, after, before)] == [1, 2, 1]


def test_everything_bound_that_was_read_is_on_the_trail_with_its_source() -> None:
    shown = shown_to()
    fields = {cls.value: Fact(cls=cls, value="x", source="harbor") for cls in BOUND - {C.CARE, C.HEALTH}}
    seen = shown.see(Record(kind=Kind.PARTICIPANT, id="p1", about=("p1",), fields=fields))
    assert not shown.told
    for name in seen.names:
        seen.value(name)
    assert shown.told == {Asked(cls, "p1", "harbor") for cls in (C.IDENTITY, C.PROGRESS, C.COORDINATION)}


def _told(text_: Text, *people: str, about: tuple[str, ...] = ()) -> set[Asked]:
    shown = shown_to(*people)
    assert shown.wording(text_, frozenset(about)) is not None
    return set(shown.told)


def test_who_is_named_without_a_link_is_told_like_whoever_is_linked() -> None:
    named = {Asked(C.IDENTITY, "p1")}
    assert _told(Text(cls=C.OPERATIONS, text="Somebody saw {p1}.")) == named
    assert _told(Text(cls=C.OPERATIONS, text="Somebody saw Angela Brooks.")) == named
    assert _told(Text(cls=C.OPERATIONS, text="Somebody saw Brooks."), "bell") == named
    assert _told(Text(cls=C.OPERATIONS, text="Somebody saw P-7K3F.")) == {Asked(C.OPERATIONS, "p1")}


def test_a_first_name_tells_of_those_alone_whom_it_is_about() -> None:
    said = Text(cls=C.OPERATIONS, text="Somebody saw Angela.")
    assert _told(said, about=("p1",)) == {Asked(C.IDENTITY, "p1")}
    assert _told(said) == set()


def test_what_lies_inside_a_longer_known_name_tells_of_nobody() -> None:
    facts = desk(people={"bell": replace(person("bell"), name="Tom Brooks")})
    shown = shown_to(facts=facts)
    assert shown.wording(Text(cls=C.OPERATIONS, text="Ask Tom Brooks.")) == "Ask Tom Brooks."
    assert not shown.told


def test_words_that_were_cleared_for_everybody_tell_of_nobody() -> None:
    assert _told(Text(cls=C.COMMUNITY, text="Lights at Brooks Square.", cleared=True), "ruiz") == set()


def namesake(**more: object) -> Participant:
    """A second Angela Brooks, written in another way."""
    given: dict[str, object] = {"id": "p2", "code": "P-2M9Q", "given_name": "Ángela", "family_name": "BROOKS", **more}
    return brooks(**given)


def test_two_of_one_name_are_told_apart_by_code_on_the_users_own_screen_alone() -> None:
    mine = shown_to("okafor", facts=desk(brooks(), namesake()), signed_in=None)
    assert [mine.told_apart(one) for one in ("p1", "p2")] == ["Angela Brooks (P-7K3F)", "Ángela BROOKS (P-2M9Q)"]
    assert [mine.reads_as(one) for one in ("p1", "p2")] == ["Angela Brooks", "Ángela BROOKS"]
    assert (C.OPERATIONS, "p1") in {(asked.cls, asked.participant) for asked in mine.told}


def test_a_namesake_whom_the_user_may_not_know_makes_no_difference() -> None:
    hidden = namesake(exclusions=(Exclusion(person="okafor", starts=date(2026, 1, 1)),))
    mine = shown_to("okafor", facts=desk(brooks(), hidden), signed_in=None)
    assert mine.told_apart("p1") == "Angela Brooks"
    assert mine.told_apart("p2") == "P-2M9Q", "by code alone, as before"
    assert mine.told_apart("p9") == ""


def test_who_has_a_name_alone_or_may_have_no_codes_reads_it_alone() -> None:
    assert shown_to("okafor", signed_in=None).told_apart("p1") == "Angela Brooks"
    table = {
        **DEFAULT_ROLE_TABLE,
        Role.PROJECT_MANAGER: {**DEFAULT_ROLE_TABLE[Role.PROJECT_MANAGER], C.OPERATIONS: Cell.NO},
    }
    facts = desk(brooks(), namesake(), role_table=table)
    assert shown_to("okafor", facts=facts, signed_in=None).told_apart("p1") == "Angela Brooks"
