"""The console: what the signed-in user may have, and why the room has less."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from leaddesk.policy.console import (
    agenda_rows,
    header,
    last_filed,
    private_side,
    room_chip,
    room_reads_as,
    user_disclosure,
)
from leaddesk.policy.desk_views import (
    AgendaRow,
    FixOffer,
    Header,
    ItemState,
    Labeled,
    PrivateAction,
    RoomChip,
    Screen,
    WithheldPart,
)
from leaddesk.policy.facts import Exclusion, Facts
from leaddesk.policy.records import Fact, Record
from leaddesk.policy.room import Watch
from leaddesk.policy.slides import slide
from leaddesk.policy.titles import item_title
from leaddesk.policy.views import IdleCard, Mark, Marked, carried_words
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.why import Fix
from tests.policy.meeting import (
    AT,
    MEETING,
    TODAY,
    ZONE,
    action,
    agenda_item,
    attendee,
    brooks,
    desk,
    entry,
    here,
    material,
    meyer,
    participant_record,
    person,
    place,
    public,
    shown_to,
    text,
    values,
    watch,
)

C = InformationClass
AGENDA = (
    agenda_item("i0", "overview", minutes_planned=5),
    agenda_item("i1", "participant", participant="p1", minutes_planned=10, discussed_at=AT),
    agenda_item("i2", "participant", participant="p2", minutes_planned="some"),
    agenda_item("i3", "place", priority="l1"),
    agenda_item("i4", "operational", title=text(C.OPERATIONS, "Radios")),
)
PEOPLE = {"p1": participant_record("p1"), "p2": participant_record("p2")}
TABLE = material(agenda=AGENDA, participants=PEOPLE, places=(place("l1", 1, "Pine Street"),))
NOT_BELL = brooks(exclusions=(Exclusion(person="bell", starts=date(2026, 1, 1)),))
NOT_OKAFOR = brooks(exclusions=(Exclusion(person="okafor", starts=date(2026, 1, 1)),))


def rows_for(
    user: str, *room: str, live: str | None = None, upcoming: str | None = None, facts: Facts | None = None
) -> tuple[AgendaRow, ...]:
    seen = shown_to(*room, facts=facts)
    return agenda_rows(
        TABLE, shown_to(user, facts=facts, signed_in=None), {item.id: seen for item in AGENDA}, live, upcoming
    )


def test_the_bar_tells_the_meeting_its_state_and_its_planned_minutes() -> None:
    opened = replace(MEETING, fields={**MEETING.fields, **values(C.PUBLIC, opened_at=AT)})
    assert header(replace(TABLE, meeting=opened), shown_to(), Screen.LIVE) == Header(
        meeting="Meeting 14",
        when=TODAY,
        state="open",
        opened_at=AT,
        minutes_planned=15,
        screen=Screen.LIVE,
        zone=ZONE,
    )


def test_a_meeting_that_has_no_day_and_has_not_opened_is_as_of_today() -> None:
    bare = replace(MEETING, fields=values(C.PUBLIC, number=15, state="planned"))
    found = header(material(meeting=bare), shown_to(), Screen.NONE)
    assert (found.when, found.opened_at, found.minutes_planned) == (TODAY, None, 0)


def test_the_agenda_of_somebody_who_may_know_everybody_names_them() -> None:
    rows = rows_for("okafor", "okafor", live="i3", upcoming="i4")
    assert [(row.number, row.title, row.minutes, row.state) for row in rows] == [
        (1, "Overview", 5, ItemState.OPEN),
        (2, "Angela Brooks", 10, ItemState.DONE),
        (3, "Carl Meyer", 0, ItemState.OPEN),
        (4, "Pine Street", 0, ItemState.LIVE),
        (5, "Radios", 0, ItemState.NEXT),
    ]


def test_two_participants_of_one_name_are_told_apart_on_the_agenda() -> None:
    other = brooks(id="p2", code="P-2M9Q")
    rows = rows_for("okafor", facts=desk(brooks(), other))
    assert [row.title for row in rows[1:3]] == ["Angela Brooks (P-7K3F)", "Angela Brooks (P-2M9Q)"]


def test_an_item_of_which_the_room_sees_less_says_so() -> None:
    assert [row.id for row in rows_for("okafor", "bell") if row.part_withheld] == ["i2"]
    assert [row.id for row in rows_for("okafor", "ruiz") if row.part_withheld] == ["i1", "i2"]
    assert not any(row.part_withheld for row in agenda_rows(TABLE, shown_to(), {}, None, None))


def test_somebody_whom_the_user_may_not_know_stands_on_the_agenda_by_code() -> None:
    rows = rows_for("okafor", "bell", facts=desk(NOT_OKAFOR, meyer()))
    assert [row.title for row in rows[1:3]] == ["P-7K3F", "Carl Meyer"]


def test_items_that_the_user_may_not_know_of_are_not_on_the_agenda() -> None:
    # The meeting runs for a user who has not signed, too; there is nothing of anybody in it then.
    assert [row.title for row in rows_for("novak", "okafor")] == ["Overview"]
    assert [row.title for row in rows_for("ruiz", "okafor")] == ["Overview", "Pine Street"]


def test_who_had_an_item_flagged_counts_as_a_flag_whoever_may_know_the_name() -> None:
    by_link = replace(agenda_item("i1", "participant", participant="p1"), links={"flagged_by": "bell"})
    by_fact = agenda_item("i2", "operational", flagged_by_id="bell")
    plain = agenda_item("i3", "operational")
    rows = agenda_rows(material(agenda=(by_link, by_fact, plain)), shown_to(), {}, None, None)
    assert [(row.id, row.flagged) for row in rows] == [("i2", True), ("i3", False)]


def test_what_is_at_hand_on_no_screen_is_not_called_live() -> None:
    rows = agenda_rows(TABLE, shown_to(), {}, "i4", None, seen_by_room=False)
    assert ItemState.LIVE not in {row.state for row in rows}
    assert [row.id for row in rows if row.state is ItemState.AT_HAND] == ["i4"]


def test_a_flag_on_somebody_is_told_to_nobody_who_may_not_know_who_it_is() -> None:
    flagged = agenda_item("i1", "participant", participant="p1", flagged_by_id="bell")
    people = angela()
    for who, facts, told in (("bell", desk(), True), ("okafor", desk(NOT_OKAFOR), False)):
        rows = agenda_rows(
            material(agenda=(flagged,), participants=people), shown_to(who, facts=facts), {}, None, None
        )
        assert [row.flagged for row in rows] == [told], who


def test_a_topic_is_called_by_its_title_or_the_agendas_word_and_a_lost_place_by_nothing() -> None:
    table = replace(TABLE, places=())
    assert item_title(table, shown_to(), AGENDA[3]) == ""
    assert item_title(table, shown_to(), agenda_item("i9", "next_meeting")) == "Next meeting"
    assert item_title(table, shown_to(), agenda_item("i9", "anything")) == ""
    assert item_title(table, public(), agenda_item("i9", "operational")) == ""


def chip(seen: Watch, *, user: str = "okafor", waits: bool = False) -> RoomChip:
    return room_chip(TABLE, shown_to(user, facts=seen.facts, signed_in=None), seen, waits=waits)


def test_the_chip_counts_the_room_and_names_who_has_not_signed() -> None:
    seen = watch("okafor", "bell", "novak", here("lind", out_of_view=True), strangers=2)
    assert chip(seen, waits=True) == RoomChip(
        present=4, strangers=2, unsigned=("S. Novak",), narrowed_by=(), waits=True
    )


def test_somebody_who_has_not_signed_and_sits_apart_narrows_nothing() -> None:
    seen = watch("okafor", here("novak", out_of_view=True))
    assert chip(seen).unsigned == ()
    assert chip(seen).narrowed_by == ()


def test_who_declined_is_counted_as_that_and_not_as_somebody_to_ask() -> None:
    declined = person("novak", withdrew_or_declined=(AT,))
    seen = watch("okafor", "novak", facts=desk(people={"novak": declined}))
    assert (chip(seen).unsigned, chip(seen).declined) == ((), ("S. Novak",))


def test_the_chip_names_who_alone_narrows_an_item_on_the_agenda() -> None:
    assert chip(watch("okafor", "bell")).narrowed_by == ("T. Bell",)
    assert chip(watch("okafor", "lind")).narrowed_by == ()


def test_the_chip_says_nothing_of_those_whom_the_user_may_not_have() -> None:
    # Bell alone narrows the name of Brooks, which the user may not have either.
    seen = watch("okafor", "bell", facts=desk(replace(NOT_BELL, grants=())))
    assert chip(seen).narrowed_by == ("T. Bell",)
    hidden = watch("ruiz", "bell", facts=desk(NOT_BELL), signed_in="ruiz")
    assert chip(hidden, user="ruiz").narrowed_by == ()
    excluded = watch("okafor", "bell", facts=desk(NOT_OKAFOR))
    assert chip(excluded).narrowed_by == ()


def test_strangers_and_people_the_desk_does_not_know_are_not_named() -> None:
    unknown = replace(here("bell"), person="nobody")
    found = chip(watch("okafor", unknown))
    assert (found.present, found.unsigned, found.narrowed_by) == (2, (), ())
    assert chip(watch("okafor", strangers=1)).narrowed_by == ()


def test_a_role_checked_in_with_is_the_one_that_narrows() -> None:
    seen = watch("okafor", here("lind", role="community"))
    assert chip(seen).narrowed_by == ("E. Lind",)


def test_without_an_item_the_private_side_is_about_the_overview() -> None:
    for item in (None, "i77"):
        side = private_side(TABLE, shown_to(), watch("okafor"), item, "bring keys")
        assert (side.title, side.code, side.facts, side.note) == ("Overview", "", (), "bring keys")
        assert (side.flagged_by, side.actions) == ("", ())


TOLD = {
    "progress": text(C.PROGRESS, "{p1} is meeting weekly.", "p1"),
    "intake_status": "referred",
    "intake_due": date(2026, 5, 20),
    "court.1.court": Fact(cls=C.COORDINATION, value="County Court"),
    "court.2.court": Fact(cls=C.COORDINATION, value="City Court"),
    "case_agency": Fact(cls=C.IDENTITY, value="Harbor"),
    "whereabouts": text(C.COORDINATION, "By the library.", "p1"),
    "safety": text(C.COORDINATION, "Meet in pairs.", "p1"),
}


def about_angela(**more: object) -> Record:
    record = participant_record("p1")
    told = {**TOLD, **more}
    fields = {
        name: value if isinstance(value, Fact) else values(C.PROGRESS, **{name: value})[name]
        for name, value in told.items()
        if value is not None
    }
    return replace(record, fields={**record.fields, **fields})


def angela(**more: object) -> dict[str, Record]:
    return {"p1": about_angela(**more)}


def test_the_private_side_tells_what_the_user_may_have_with_the_code_beside_the_name() -> None:
    flagged = replace(AGENDA[1], fields={**AGENDA[1].fields, "flagged_by": Fact(cls=C.PERSONNEL, value="Tom Bell")})
    table = replace(TABLE, agenda=(flagged,), participants=angela())
    side = private_side(table, shown_to(), watch("okafor"), "i1", "")
    assert (side.title, side.code, side.flagged_by) == ("Angela Brooks", "P-7K3F", "T. Bell")
    assert side.facts == (
        Labeled(label="Progress", words="Angela Brooks is meeting weekly."),
        Labeled(label="Court", words="County Court; City Court"),
        Labeled(label="Intake", words="referred, intake due 20 May"),
        Labeled(label="Case agency", words="Harbor"),
        Labeled(label="Case manager", words="Eva Lind"),
        Labeled(label="Where found", words="By the library."),
        Labeled(label="Safety", words="Meet in pairs."),
    )
    assert side.withheld == ()


def facts_of(*, status: str | None, due: date | None, facts: Facts | None = None) -> dict[str, str]:
    table = replace(TABLE, participants=angela(intake_status=status, intake_due=due))
    side = private_side(table, shown_to(facts=facts), watch("okafor", facts=facts), "i1", "")
    return {one.label: one.words for one in side.facts}


def test_the_intake_is_told_with_its_day_only_while_it_is_open() -> None:
    assert facts_of(status="screening", due=None)["Intake"] == "screening"
    assert facts_of(status="intake_missed", due=TODAY)["Intake"] == "intake missed"
    assert "Intake" not in facts_of(status=None, due=TODAY)


def test_a_case_manager_is_told_only_to_somebody_who_may_know_the_participant() -> None:
    assert facts_of(status=None, due=None)["Case manager"] == "Eva Lind"
    assert facts_of(status=None, due=None, facts=desk(NOT_OKAFOR)) == {}
    assert "Case manager" not in facts_of(status=None, due=None, facts=desk(brooks(involvements=())))


def test_a_case_manager_who_is_no_attendee_any_more_is_left_out() -> None:
    table = replace(TABLE, participants=angela(), attendees={"bell": attendee("bell")})
    side = private_side(table, shown_to(), watch("okafor"), "i1", "")
    assert "Case manager" not in [one.label for one in side.facts]


def test_a_participant_whom_the_user_has_by_code_has_no_second_code_and_no_facts() -> None:
    facts = desk(NOT_OKAFOR)
    side = private_side(
        replace(TABLE, participants=angela()), shown_to(facts=facts), watch("okafor", "bell", facts=facts), "i1", ""
    )
    assert (side.title, side.code, side.facts, side.withheld) == ("P-7K3F", "", (), ())


def test_what_the_room_may_not_have_is_told_with_who_narrows_and_the_fix() -> None:
    side = private_side(TABLE, shown_to(), watch("okafor", "bell", "novak"), "i1", "")
    name, care = side.withheld
    assert (name.what, name.why) == ("Name, progress and court and coordination", "S. Novak: has not signed.")
    assert name.fixes == (FixOffer(fix=Fix.SIGN, words="Sign now", people=("novak",)),)
    assert name.parts == (WithheldPart(kind="name", words="Angela Brooks", room_reads=""),)
    assert (care.what, care.why) == ("Care and health", "Officer: not by role; S. Novak: has not signed.")
    assert [offer.words for offer in care.fixes] == ["T. Bell and S. Novak step out"]
    assert (care.people, care.parts) == (("bell", "novak"), ())


def test_one_person_who_narrows_is_asked_by_name_to_step_out() -> None:
    (care,) = private_side(TABLE, shown_to(), watch("okafor", "bell"), "i1", "").withheld
    assert care.fixes == (FixOffer(fix=Fix.STEP_OUT, words="T. Bell steps out", people=("bell",)),)
    assert care.people == ("bell",)


def test_somebody_who_stepped_out_for_the_item_narrows_it_no_longer() -> None:
    out = here("novak", stepped_out=frozenset({"i1"}))
    assert private_side(TABLE, shown_to(), watch("okafor", out), "i1", "").withheld == ()


def test_an_item_about_a_place_has_no_code_and_tells_its_rank_and_why() -> None:
    side = private_side(TABLE, shown_to(), watch("okafor", "bell"), "i3", "")
    assert (side.title, side.code, side.withheld) == ("Pine Street", "", ())
    assert side.facts == (Labeled(label="Rank", words="1"),)
    ranked = place("l1", 2, "Pine Street", rank_reason="More calls at night", review_on=date(2027, 5, 6))
    told = private_side(replace(TABLE, places=(ranked,)), shown_to(), watch("okafor", "bell"), "i3", "")
    assert [(one.label, one.words) for one in told.facts] == [
        ("Rank", "2"),
        ("Why this rank", "More calls at night"),
        ("Review", "6 May 2027"),
    ]
    assert private_side(TABLE, shown_to(), watch("okafor", "bell"), "i4", "").facts == ()


def test_an_item_about_somebody_who_is_not_on_the_desk_has_neither() -> None:
    side = private_side(replace(TABLE, participants={}), shown_to(), watch("okafor", "novak"), "i1", "")
    assert (side.code, side.facts) == ("", ())


ACTIONS = (
    action("t1", text(C.OPERATIONS, "Form for {p1}", "p1", operations="A form"), owner="hart", due=TODAY, carried=1),
    action("t2", text(C.HEALTH, "Private", "p1")),
    action("t3", text(C.COMMUNITY, "Fix the lamp"), links={"priority": "l1"}),
    action("t4", "Buy radios", links={"agenda_item": "i4"}, outcome="done"),
)


def actions_of(item: str, *room: str, user: str = "okafor") -> list[str]:
    agenda = (*AGENDA, agenda_item("i5", "actions"))
    table = replace(TABLE, agenda=agenda, actions=ACTIONS)
    side = private_side(table, shown_to(user, signed_in=None), watch(*room), item, "")
    return [one.id for one in side.actions]


def test_the_actions_of_an_item_are_those_about_it_that_the_user_may_have() -> None:
    assert actions_of("i1", "okafor") == ["t1", "t2"]
    assert actions_of("i1", "okafor", user="bell") == ["t1"]
    assert actions_of("i3", "okafor") == ["t3"]
    assert actions_of("i4", "okafor") == ["t4"]
    assert actions_of("i5", "okafor") == ["t1", "t2", "t3", "t4"]
    assert actions_of("i2", "okafor") == []


def test_an_action_stands_as_the_user_may_have_it_beside_what_the_room_would_read() -> None:
    table = replace(TABLE, actions=ACTIONS)
    (form, private) = private_side(table, shown_to(), watch("okafor", "hart"), "i1", "").actions
    assert form == PrivateAction(
        id="t1",
        what="Hart: Form for Angela Brooks",
        due=TODAY,
        state=None,
        carried=1,
        room_reads="A form",
    )
    assert (private.what, private.room_reads) == ("Private", "")
    (radios,) = private_side(table, shown_to(), watch("okafor", "hart"), "i4", "").actions
    assert radios.state == Marked(mark=Mark.DONE, words="done")
    assert radios.room_reads == "Buy radios"


def test_the_user_alone_decides_what_stands_on_their_console() -> None:
    mine = user_disclosure(watch("okafor", "ruiz", "novak", strangers=1))
    assert mine.may_name("p2")
    assert not user_disclosure(watch("okafor", "bell", signed_in="ruiz")).may_name("p1")


def test_what_was_filed_on_an_item_is_there_as_the_user_may_have_it_and_as_the_room_reads_it() -> None:
    item = agenda_item("i1", "participant", participant="p1")
    said = text(C.PROGRESS, "{p1} met", "p1", operations="a meeting took place")
    known = material(
        agenda=(item,),
        participants={"p1": participant_record("p1")},
        entries=(entry("e1", "i1", said, kind="decision"), entry("e2", "i2", said)),
    )
    room = watch("okafor", "hart")
    (row,) = private_side(known, user_disclosure(room), room, "i1", "").filed
    assert (row.id, row.kind, row.what, row.whole) == ("e1", "decision", "Angela Brooks met", True)
    assert row.room_reads == "a meeting took place"
    other = watch("hart", signed_in="hart")
    (row,) = private_side(known, user_disclosure(other), other, "i1", "").filed
    assert (row.what, row.whole) == ("a meeting took place", False)
    stranger = watch("ruiz", signed_in="ruiz")
    assert private_side(known, user_disclosure(stranger), stranger, "i1", "").filed == ()


def test_actions_come_overdue_and_soonest_first_and_closed_ones_last_with_since_when_they_are_open() -> None:
    opened = datetime(2026, 4, 8, 17, tzinfo=UTC)
    known = material(
        agenda=(agenda_item("i1", "actions"),),
        actions=(
            action("act1", "no day"),
            action("act2", "closed", due=date(2026, 5, 1), outcome="done"),
            action("act3", "late", due=date(2026, 5, 2), carried=3, created_at=opened),
            action("act4", "soon", due=date(2026, 5, 9)),
        ),
    )
    room = watch("okafor")
    rows = private_side(known, user_disclosure(room), room, "i1", "").actions
    assert [row.what for row in rows] == ["late", "soon", "no day", "closed"]
    assert [row.since for row in rows] == [date(2026, 4, 8), None, None, None]


def test_what_was_filed_last_on_an_item_comes_first() -> None:
    def at(minute: int) -> datetime:
        return AT + timedelta(minutes=minute)

    def filed(id_: str, item: str, minute: int) -> Record:
        one = entry(id_, item, text(C.OPERATIONS, id_))
        return replace(one, fields={**one.fields, **values(C.OPERATIONS, filed_at=at(minute))})

    here = {"agenda_item": "i1", "origin_meeting": "m14"}
    known = material(
        entries=(
            filed("e1", "i1", 1),
            filed("e2", "i1", 5),
            filed("e3", "i2", 9),
            entry("e4", "i1", text(C.CARE, "x")),
        ),
        actions=(
            action("act1", "a", links=here, created_at=at(3)),
            action("act2", "b", links={**here, "origin_meeting": "m13"}, created_at=at(8)),
        ),
    )
    assert last_filed(known, "i1") == ("e2", "act1", "e1")
    assert last_filed(known, None) == ()


@pytest.mark.parametrize(
    ("times", "words"), [(0, ""), (1, "carried once"), (2, "carried 2 times"), (12, "carried 12 times")]
)
def test_how_often_an_action_was_carried_is_said_in_words(times: int, words: str) -> None:
    assert carried_words(times) == words


def test_why_a_class_was_kept_is_told_to_whoever_has_the_words_in_full() -> None:
    called = text(C.OPERATIONS, "Call Angela Brooks.", "p1")
    kept = replace(called, kept_because="Carl Meyer asked for it.")
    table = replace(TABLE, entries=(entry("e1", "i1", kept), entry("e2", "i1", called)))

    def told(*excluded: str) -> list[str]:
        shut_out = meyer(exclusions=(Exclusion(person="okafor", starts=date(2026, 1, 1)),))
        facts = desk(brooks(), shut_out if excluded else meyer())
        mine = shown_to(facts=facts)
        return [row.kept for row in private_side(table, mine, watch("okafor", facts=facts), "i1", "").filed]

    assert told() == ["kept as operations: Carl Meyer asked for it.", ""]
    assert told("okafor") == ["", ""], "a reason names nobody whom the user may not have"


@pytest.mark.parametrize(
    ("present", "words"),
    [(("okafor", "bell"), "by name"), (("okafor", "hart"), "by case code"), (("okafor", "ruiz"), "nothing of it")],
)
def test_it_is_said_how_the_room_would_read_whom_an_item_is_about(present: tuple[str, ...], words: str) -> None:
    table = material(agenda=(agenda_item("i0", "overview"), agenda_item("i1", "participant", participant="p1")))
    room = watch(*present, facts=desk(brooks())).disclosure("i1")
    assert room_reads_as(table, room, "i1", None) == words
    told = [room_reads_as(table, room, about, None) for about in ("i0", "i9", None)]
    assert told == ["", "", ""], "it is about nobody"


def test_an_item_of_which_there_is_nothing_to_show_says_why_it_is_the_idle_card() -> None:
    table = material(agenda=(agenda_item("i0", "overview"),), places=(), actions=())
    room = watch("okafor", facts=desk(brooks())).disclosure("i0")
    shown = slide(table, room, "i0")
    assert isinstance(shown, IdleCard)
    assert room_reads_as(table, room, "i0", shown) == "nothing of it"
