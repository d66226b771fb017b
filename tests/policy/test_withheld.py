"""What the room lacks of an item and the user has: every row of it, why, and what can be done about it."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from leaddesk.policy.console import item_numbers, user_disclosure
from leaddesk.policy.desk_views import FixOffer, WithheldRow
from leaddesk.policy.facts import Exclusion, Facts, Involvement
from leaddesk.policy.material import Material
from leaddesk.policy.records import Fact, Kind, Record
from leaddesk.policy.room import Presence, Room, Watch
from leaddesk.policy.slides import slide
from leaddesk.policy.views import Frame, IdleCard, Slide
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.why import Fix
from leaddesk.policy.withheld import Withholding
from tests.often import examples
from tests.policy import desks
from tests.policy.meeting import (
    AT,
    MEETING,
    TODAY,
    action,
    agenda_item,
    brooks,
    desk,
    entry,
    evidence,
    material,
    meyer,
    participant_record,
    place,
    text,
    values,
    watch,
)
from tests.policy.words import EVERYDAY

C = InformationClass


def ask(id_: str, participant: str, words: str, to_whom: str = "") -> Record:
    told = text(C.COORDINATION, words, participant, operations="Something is asked")
    return Record(
        kind=Kind.ASK,
        id=id_,
        about=(participant,),
        fields={"text": told, **values(C.OPERATIONS, to_whom=to_whom or None)},
        links={"participant": participant},
    )


ANGELA = participant_record("p1", intake_status="referred", intake_due=date(2026, 5, 20))
ANGELA = replace(
    ANGELA,
    fields={
        **ANGELA.fields,
        "progress": text(C.PROGRESS, "Meets weekly.", "p1"),
        "court.7.court": Fact(cls=C.COORDINATION, value="Municipal"),
        "court.7.next_date": Fact(cls=C.COORDINATION, value=date(2026, 5, 14)),
    },
)
PEOPLE = {"p1": ANGELA, "p2": participant_record("p2", engagement="active")}
AGENDA = (
    agenda_item("i0", "overview"),
    agenda_item("i1", "participant", participant="p1"),
    agenda_item("i2", "participant", participant="p2"),
    agenda_item("i3", "place", priority="l1"),
    agenda_item("i4", "operational", title=text(C.OPERATIONS, "Radios")),
    agenda_item("i5", "actions"),
    agenda_item("i6", "referrals"),
    agenda_item("i7", "minutes"),
    agenda_item("i8", "next_meeting"),
)
LAST_MEETING = replace(MEETING, id="m13", fields=values(C.PUBLIC, number=13, state="finalized"))
LAST_MINUTES = replace(MEETING, id="f1", fields=values(C.PUBLIC, version=2))
FORM = text(C.OPERATIONS, "Form for {p1}", "p1", operations="Complete the form")
TABLE = material(
    agenda=AGENDA,
    participants=PEOPLE,
    places=(
        place(
            "l1",
            1,
            "Pine Street",
            neighborhood="Old Town",
            previous_rank=4,
            not_heard_from="Riders at night",
            response=text(C.COMMUNITY, "Outreach walk."),
            lead="bell",
            review_on=date(2026, 6, 3),
        ),
    ),
    evidence=(
        evidence("l1", text(C.COMMUNITY, "Too dark."), "qualitative", voices=7, source="shops"),
        evidence("l1", text(C.COMMUNITY, "41 calls."), "data"),
    ),
    actions=(
        action(
            "t1", text(C.OPERATIONS, "Form for {p1}", "p1", operations="Complete the form"), owner="lind", due=TODAY
        ),
        action("t2", "Buy radios", owner="bell", carried=2),
        action("t3", text(C.HEALTH, "Detox bed", "p1")),
    ),
    asks=(ask("q1", "p1", "Agree on one date", "prosecution"),),
    entries=(
        entry("e1", "i1", text(C.PROGRESS, "Moved in.", "p1", operations="In contact")),
        entry("e2", "i4", text(C.OPERATIONS, "Ask Meyer."), kind="decision"),
        entry("e3", "i3", text(C.COMMUNITY, "Lamp is fixed.")),
        entry("e4", "i4", text(C.OPERATIONS, "{p2} carried the radio.")),
        entry("e5", "i4", text(C.HEALTH, "Somebody was unwell.")),
    ),
)


def rows(item: str | None, seen: Watch, table: Material = TABLE) -> tuple[WithheldRow, ...]:
    mine = user_disclosure(seen)
    asking = Withholding(table, mine, seen, item_numbers(table, mine))
    return asking.rows(None if item is None else table.items[item])


def parts(*told: WithheldRow) -> list[tuple[str, str, str]]:
    return [(part.kind, part.words, part.room_reads) for row in told for part in row.parts]


def test_nothing_is_withheld_from_a_room_that_may_have_what_the_user_may() -> None:
    seen = watch("okafor")
    assert [rows(item.id, seen) for item in AGENDA] == [()] * len(AGENDA)


def test_a_participant_keeps_each_row_from_the_room_with_what_it_reads_instead() -> None:
    name, court = rows("i1", watch("okafor", "hart"))
    assert (name.what, name.why) == (
        "Name, progress, care and health; 2 actions and 1 update",
        "A. Hart (provider): not involved.",
    )
    assert parts(name) == [
        ("name", "Angela Brooks", "P-7K3F"),
        ("progress line", "Meets weekly.", ""),
        ("action", "Form for Angela Brooks  ·  E. Lind, harbor  ·  due 6 May", "Complete the form  ·  due 6 May"),
        ("action", "Detox bed", ""),
        ("update", "Moved in.", "In contact"),
    ]
    assert [part.record for part in name.parts] == ["", "", "t1", "t3", "e1"]
    assert (court.what, court.why) == ("Court and coordination; 1 court date and 1 ask", "Provider: not by role.")
    assert parts(court) == [
        ("court date", "Municipal, 14 May", ""),
        ("ask", "Agree on one date  ·  prosecution", "Something is asked  ·  prosecution"),
    ]


def test_the_overview_tells_its_people_and_actions_alike_reasons_together() -> None:
    (told,) = rows(None, watch("okafor", "hart"))
    assert (told.what, told.people) == ("2 participants and 2 actions", ("hart",))
    assert rows("i0", watch("okafor", "hart")) == (told,)
    assert parts(told)[0] == ("participant", "Angela Brooks  ·  Intake due 20 May", "P-7K3F  ·  Follow-up")
    assert [offer.words for offer in told.fixes] == ["A. Hart steps out"]


def test_action_board_and_referrals_tell_their_rows() -> None:
    (board,) = rows("i5", watch("okafor", "ruiz"))
    assert board.what == "3 actions"
    assert parts(board)[1] == ("action", "Buy radios  ·  T. Bell, police  ·  carried 2 times", "")
    (referrals,) = rows("i6", watch("okafor", "hart"))
    assert parts(referrals) == [("referral", "Angela Brooks: intake due 20 May", "")]


def test_a_topic_is_withheld_with_its_title_and_what_was_filed_under_it() -> None:
    (told,) = rows("i4", watch("okafor", "ruiz"))
    assert told.what == "1 title, 1 decision and 1 update"
    assert told.why == "Community: not by role."
    assert [one.what for item in ("i7", "i8") for one in rows(item, watch("okafor", "ruiz"))] == ["1 line", "1 line"]


def test_of_the_last_minutes_each_line_is_told_and_none_can_be_written_anew() -> None:
    said = entry("e91", "j1", text(C.PROGRESS, "Came on time.", "p1", operations="A follow-up."))
    table = replace(
        TABLE,
        last_meeting=LAST_MEETING,
        last_minutes=LAST_MINUTES,
        last_agenda=(agenda_item("j1", "participant", participant="p1"),),
        last_entries=(said, entry("e92", "", text(C.OPERATIONS, "Said at large."), kind="decision")),
    )
    told = rows("i7", watch("okafor", "hart"), table)
    assert [part for row in told for part in parts(row)] == [
        ("line of the minutes", "Angela Brooks: Came on time.", "P-7K3F: A follow-up.")
    ]
    assert not any(part.record for row in told for part in row.parts)
    twice = replace(table, last_entries=(said, replace(said, id="e93")))
    assert rows("i7", watch("okafor", "hart"), twice)[0].what == "2 lines of the minutes"


def test_a_place_is_withheld_from_whoever_has_not_signed() -> None:
    (told,) = rows("i3", watch("okafor", "novak"))
    assert told.why == "S. Novak: has not signed."
    assert told.fixes == (FixOffer(fix=Fix.SIGN, words="Sign now", people=("novak",)),)
    assert parts(told) == [
        ("place", "Pine Street  ·  Old Town  ·  rank 1  ·  up from 4", ""),
        ("line on whom we have not heard from", "Riders at night", ""),
        ("response", "Outreach walk.", ""),
        ("lead", "Bell", ""),
        ("review date", "2026-06-03", ""),
        ("voice", "Too dark.  ·  7 voices, shops", ""),
        ("figure", "41 calls.", ""),
        ("update", "Lamp is fixed.", ""),
    ]
    assert rows("i3", watch("okafor", "novak"), replace(TABLE, places=())) == ()


def test_an_item_about_somebody_without_a_record_tells_the_classes_alone() -> None:
    told = rows("i1", watch("okafor", "novak"), replace(TABLE, participants={}, actions=(), entries=()))
    assert [row.parts for row in told] == [()]


def test_a_typed_name_holds_a_wording_back_and_says_so() -> None:
    decision, update = rows("i4", watch("okafor", "bell"))
    assert (decision.what, decision.why) == ("1 decision", "Held back because it names Meyer without a link.")
    assert decision.fixes == ()
    assert decision.parts[0].record == "e2"
    assert (update.why, parts(update)) == (
        "Law enforcement: no release.",
        [("update", "Carl Meyer carried the radio.", "P-2M9Q carried the radio.")],
    )
    assert update.fixes == (FixOffer(fix=Fix.RELEASE, words="Record a release", people=("bell",), about="p2"),)


def test_a_typed_name_that_the_user_may_not_know_is_not_mentioned() -> None:
    facts = desk(brooks(), meyer(exclusions=(Exclusion(person="okafor", starts=date(2026, 1, 1)),)))
    told = rows("i4", watch("okafor", "hart", facts=facts))
    assert "Meyer" not in repr(told)


def test_a_typed_name_says_nothing_more_where_the_text_is_about_that_very_person() -> None:
    table = replace(TABLE, entries=(entry("e1", "i1", text(C.OPERATIONS, "Brooks moved.", "p1")),))
    (name, _court) = rows("i1", watch("okafor", "hart"), table)
    assert name.why == "A. Hart (provider): not involved."
    assert parts(name)[-1] == ("update", "Brooks moved.", "")


def test_a_wording_that_passed_the_guard_is_held_back_by_no_name() -> None:
    words = replace(text(C.OPERATIONS, "Ask Meyer."), cleared=True)
    assert rows("i4", watch("okafor", "bell"), replace(TABLE, entries=(entry("e2", "i4", words),))) == ()


def test_a_text_of_a_bound_class_about_nobody_is_for_program_staff() -> None:
    table = replace(TABLE, entries=(entry("e5", "i4", text(C.PROGRESS, "Somebody moved.")),))
    (told,) = rows("i4", watch("okafor", "bell"), table)
    assert (told.why, parts(told)) == ("Officer: not program staff.", [("update", "Somebody moved.", "")])
    unsigned = rows("i4", watch("okafor", "novak"), table)
    assert unsigned[-1].why == "S. Novak: has not signed."


def test_what_waits_to_be_confirmed_says_so() -> None:
    seen = watch("okafor", "hart")
    seen.move(at=AT, room=seen.room.leave("hart"))
    (told,) = rows("i1", seen)
    assert told.why == "Everybody here may have it now; the room gets it once you let it see more."
    assert told.fixes == (FixOffer(fix=Fix.CONFIRM, words="Let the room see more"),)
    assert told.what.startswith("Name, progress, court and coordination, care and health")
    seen.confirm()
    assert rows("i1", seen) == ()


def test_what_only_the_signed_in_user_withholds_is_told_without_what_it_is() -> None:
    facts = desk(brooks(exclusions=(Exclusion(person="okafor", starts=date(2026, 1, 1)),)), meyer())
    told = rows("i1", watch("lind", facts=facts))
    assert told == (
        WithheldRow(
            what="Part of this item",
            why="Withheld because you are signed in, and may not have it yourself.",
            fixes=(),
            people=(),
            parts=(),
        ),
    )
    assert rows("i1", watch("okafor", "lind", facts=facts)) == ()


def test_a_participant_whom_the_user_has_by_code_is_told_by_code() -> None:
    facts = desk(brooks(exclusions=(Exclusion(person="okafor", starts=date(2026, 1, 1)),)), meyer())
    (told,) = rows("i1", watch("okafor", "ruiz", facts=facts))
    assert told.what == "1 case code, 1 ask, 1 action and 1 update"
    assert parts(told)[0] == ("case code", "P-7K3F", "")
    assert "Angela" not in repr(told)
    assert "Brooks" not in repr(told)


def test_an_item_is_offered_to_be_taken_after_the_last_for_which_the_same_people_may_stay() -> None:
    facts = desk(brooks(involvements=(*brooks().involvements, Involvement(person="hart", starts=TODAY))), meyer())
    agenda = (AGENDA[2], AGENDA[1], AGENDA[3])
    open_to_hart = replace(facts.participants["p1"], grants=())
    facts = replace(facts, participants={**facts.participants, "p1": open_to_hart})
    named = replace(
        facts.participants["p1"],
        releases=(replace(brooks().releases[0], to_people=frozenset({"hart"})),),
    )
    facts = replace(facts, participants={**facts.participants, "p1": named})
    seen = watch("okafor", "hart", facts=facts)
    told = rows("i2", seen, replace(TABLE, agenda=agenda))
    assert [offer.words for offer in told[0].fixes] == ["A. Hart steps out", "Take after item 2"]
    assert told[0].fixes[1].about == "i1"
    done = replace(AGENDA[1], fields={**AGENDA[1].fields, **values(C.OPERATIONS, discussed_at=AT)})
    later = rows("i2", seen, replace(TABLE, agenda=(AGENDA[2], done)))
    assert [offer.words for offer in later[0].fixes] == ["A. Hart steps out"]


def test_nobody_is_asked_to_step_out_where_nobody_would_be_left() -> None:
    assert [row.fixes for row in rows("i1", watch("hart"))] == [(), ()]


def test_a_stranger_is_to_be_checked_in_and_three_who_narrow_are_a_private_matter() -> None:
    (told,) = rows("i3", watch("okafor", strangers=1))
    assert told.fixes == (FixOffer(fix=Fix.IDENTIFY, words="Check in", people=("",)),)
    (three,) = (row for row in rows("i1", watch("okafor", "hart", "ruiz", "novak")) if "name" in row.what.lower())
    assert three.fixes == ()


def test_two_participants_without_a_release_are_no_one_form() -> None:
    facts = desk(brooks(releases=()), meyer())
    told = rows(None, watch("okafor", "bell", facts=facts))
    assert [row.fixes for row in told if row.why == "Law enforcement: no release."] == [()]


def test_somebody_who_is_not_on_the_desk_is_not_named_among_those_who_step_out() -> None:
    facts = desk()
    gone = replace(facts, people={key: one for key, one in facts.people.items() if key != "hart"})
    told = rows("i1", watch("okafor", "bell", "hart", facts=gone))
    assert all("Hart" not in row.why for row in told)


def test_a_link_that_reads_alike_for_the_room_keeps_nothing_back() -> None:
    table = replace(TABLE, entries=(entry("e1", "i1", text(C.HEALTH, "{p1} is unwell.", "p1")),), actions=())
    (told,) = rows("i1", watch("okafor", "bell"), table)
    assert (told.what, told.why) == ("Care and health; 1 update", "Officer: not by role.")


def test_a_name_that_everybody_may_have_now_only_waits_to_be_confirmed() -> None:
    table = replace(TABLE, entries=(entry("e2", "i4", text(C.OPERATIONS, "Ask Brooks.")),))
    seen = watch("okafor", "hart")
    assert "names Brooks" in rows("i4", seen, table)[0].why
    seen.move(at=AT, room=seen.room.leave("hart"))
    (told,) = rows("i4", seen, table)
    assert told.fixes == (FixOffer(fix=Fix.CONFIRM, words="Let the room see more"),)


# Nothing is forgotten, and nothing comes from beyond the user's rights.


def words_in(shown: object) -> Iterator[str]:
    """Every word on a slide, but what surrounds it."""
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, tuple):
        for one in shown:
            yield from words_in(one)
    elif is_dataclass(shown) and not isinstance(shown, Frame):
        for field in fields(shown):
            if field.name not in ("kicker", "meeting", "owner_short", "mark", "title"):
                yield from words_in(getattr(shown, field.name))


def on(shown: Slide) -> set[str]:
    if isinstance(shown, IdleCard):
        return set()
    # What stands for an owner who is not told is nobody's.
    return {words for words in words_in(shown) if words} - {"More actions"}


def said(told: Iterable[WithheldRow]) -> str:
    return "\n".join(part.words for row in told for part in row.parts)


@given(desks.facts(), st.sets(st.sampled_from(desks.PEOPLE), min_size=1), st.sampled_from(desks.PEOPLE), st.data())
@settings(max_examples=examples(40, thorough=1000), deadline=None)
def test_the_rooms_slide_and_what_is_withheld_are_exactly_what_the_user_may_have(
    facts: Facts, present: set[str], user: str, data: st.DataObject
) -> None:
    agenda = tuple(agenda_item(f"i{one}", "participant", participant=one) for one in desks.PARTICIPANTS)
    records = {one: replace(ANGELA, id=one, about=(one,)) for one in desks.PARTICIPANTS}
    drawn = [data.draw(desks.texts()) for _ in range(6)]
    table = replace(
        TABLE,
        agenda=(*agenda, *(item for item in AGENDA if item.id not in ("i1", "i2"))),
        participants=records,
        actions=(*(action(f"t{n}", one, owner=None, due=TODAY) for n, one in enumerate(drawn[:2])), TABLE.actions[1]),
        entries=(entry("e1", "i4", drawn[2]), entry("e2", "ip1", drawn[3])),
        last_meeting=LAST_MEETING,
        last_minutes=LAST_MINUTES,
        last_agenda=agenda[:1],
        last_entries=(entry("e91", agenda[0].id, drawn[4]), entry("e92", "", drawn[5], kind="decision")),
    )
    room = Room(signed_in=user)
    for one in present:
        room = room.arrive(Presence(person=one, role=facts.people[one].role or ""))
    seen = Watch(room, facts, EVERYDAY, AT)
    if data.draw(st.booleans()):
        seen.move(at=AT + timedelta(minutes=1), room=room.leave(data.draw(st.sampled_from(sorted(present)))))
    mine = user_disclosure(seen)
    asking = Withholding(table, mine, seen, item_numbers(table, mine))
    for item in table.agenda:
        told = asking.rows(item)
        for_user, for_room = on(slide(table, mine, item.id)), on(slide(table, seen.disclosure(item.id), item.id))
        forgotten = {words for words in for_user - for_room if words not in said(told)}
        assert not forgotten, item.id
        for row in told:
            assert row.people or seen.waits or "names" in row.why or "signed in" in row.why
            for part in row.parts:
                assert part.words != part.room_reads
                pieces = part.words.split("  ·  ")
                # A day is on the slide as a day, and every topic has a title.
                assert part.kind in ("review date", "title") or any(piece in "\n".join(for_user) for piece in pieces)


def test_what_is_filed_for_all_under_somebody_whom_the_room_may_not_know_waits_with_them() -> None:
    table = replace(TABLE, entries=(entry("e1", "i1", text(C.COMMUNITY, "The bus runs again.")),), actions=())
    (told,) = rows("i1", watch("okafor", "ruiz"), table)
    assert (told.why, parts(told)[-1]) == ("Community: not by role.", ("update", "The bus runs again.", ""))
