"""Minutes: what was done, for one audience; what it may not have leaves no gap."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from leaddesk.policy.facts import Facts
from leaddesk.policy.material import Material
from leaddesk.policy.minutes import Copy, minutes
from leaddesk.policy.records import Kind, Record, Text
from leaddesk.policy.slides import PART2_SENTENCE
from leaddesk.policy.views import CopyKind, Minutes, MinutesItem, PresentRow
from leaddesk.policy.vocabulary import InformationClass
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
    material,
    person,
    place,
    public,
    shown_to,
    stay,
    text,
    values,
)

C = InformationClass
HOUR = timedelta(hours=1)
LONG = "The long statement."
HELD = replace(
    MEETING,
    fields={
        **MEETING.fields,
        **values(
            C.COMMUNITY, opened_at=AT, closed_at=AT + HOUR, statement_read=True, next_meeting_on=date(2026, 6, 3)
        ),
    },
)
SERIES = replace(
    MEETING,
    id="ser1",
    fields=values(
        C.COMMUNITY, **{"regular.1.attendee": "Tom Bell", "regular.2.attendee": "Ana Hart", "regular.3.note": "x"}
    ),
    links={
        "regular.1.attendee": "bell",
        "regular.2.attendee": "hart",
        "regular.4.attendee": "gone",
        "chair": "lind",
    },
)
AGENDA = (
    agenda_item("i0", "overview", discussed_at=AT),
    agenda_item("i1", "participant", participant="p1"),
    agenda_item("i2", "participant", participant="p2", discussed_at=AT),
    agenda_item("i3", "place", priority="l1"),
    agenda_item("i4", "operational", outcome="Two radios more."),
)
THIS = {"origin_meeting": "m14"}
WHOLE = material(
    meeting=HELD,
    series=SERIES,
    agenda=AGENDA,
    places=(place("l1", 1, "Pine Street"),),
    entries=(
        entry("e1", "i1", text(C.PROGRESS, "{p1} came on time.", "p1", operations="A follow-up.")),
        entry("e2", "i1", text(C.PROGRESS, "{p1} gets a ride.", "p1"), kind="decision"),
        entry("e3", "i1", text(C.HEALTH, "A private thing.", "p1")),
        entry("e4", "i3", text(C.COMMUNITY, "The lamp is ordered."), kind="decision"),
    ),
    actions=(
        action("t1", text(C.COMMUNITY, "Check the lamp"), owner="bell", links={**THIS, "agenda_item": "i3"}),
        action("t2", text(C.COMMUNITY, "Of the last meeting"), links={"agenda_item": "i3"}, carried=2, due=TODAY),
        action("t3", text(C.COMMUNITY, "Older, no day"), links={}, carried=1),
        action("t4", text(C.COMMUNITY, "Not carried yet"), links={}),
        action("t5", text(C.HEALTH, "Private", "p1"), links={**THIS, "agenda_item": "i1"}),
    ),
    attendance=(stay("bell", left_at=AT + HOUR), stay("okafor")),
)


def copy_for(
    *people: str,
    meeting: Material = WHOLE,
    kind: CopyKind = CopyKind.ROOM,
    facts: Facts | None = None,
    signed_in: str | None = "okafor",
) -> Minutes:
    which = Copy(kind=kind, status="final, version 1", anchor="12:ab", redisclosure=LONG)
    return minutes(meeting, shown_to(*people, facts=facts, signed_in=signed_in), which)


def test_the_room_copy_says_what_was_done_as_the_whole_room_may_have_it() -> None:
    told = copy_for("bell")
    assert [(one.number, one.title, one.outcome) for one in told.items] == [
        (1, "Angela Brooks", ""),
        (2, "P-2M9Q", "Discussed."),
        (3, "Pine Street", ""),
        (4, "Operational business", "Two radios more."),
    ]
    assert told.items[0].updates == ("Angela Brooks came on time.",)
    assert told.items[0].decisions == ("Angela Brooks gets a ride.",)
    assert told.items[2].decisions == ("The lamp is ordered.",)
    assert [one.what for one in told.items[2].actions] == ["Check the lamp"]


def test_the_head_of_the_minutes_tells_when_where_and_who_presided() -> None:
    told = copy_for("bell")
    assert (told.program, told.group, told.meeting, told.where, told.presided) == (
        "Harbor County LEAD",
        "Work group",
        "Meeting 14",
        "Town Hall",
        "Jo Okafor",
    )
    assert (told.when, told.opened, told.closed, told.next_meeting) == (TODAY, AT, AT + HOUR, date(2026, 6, 3))
    assert (told.status, told.anchor, told.zone, told.statement_read) == ("final, version 1", "12:ab", ZONE, True)
    assert (told.recipient, told.copy_number) == ("", None)


def test_a_draft_of_a_meeting_without_a_day_is_as_of_today() -> None:
    told = copy_for("bell", meeting=material(meeting=replace(MEETING, fields=values(C.PUBLIC, number=14))))
    assert (told.when, told.opened, told.closed, told.next_meeting) == (TODAY, None, None, None)
    assert not told.statement_read


def test_what_a_copy_may_not_have_leaves_no_gap_in_its_numbers() -> None:
    told = copy_for("bell", "ruiz")
    assert [(one.number, one.title) for one in told.items] == [(1, "Pine Street")]


def test_somebody_by_code_stands_with_business_wordings_alone() -> None:
    assert copy_for("hart").items[0] == MinutesItem(
        number=1, title="P-7K3F", section="", outcome="", updates=("A follow-up.",), decisions=(), actions=()
    )


def test_an_item_about_somebody_whom_the_desk_has_no_longer_is_not_in_the_minutes() -> None:
    told = copy_for("bell", facts=desk(brooks()))
    assert [one.title for one in told.items] == ["Angela Brooks", "Pine Street", "Operational business"]


def test_what_is_filed_under_the_overview_is_business() -> None:
    said = (entry("e1", "i0", text(C.COMMUNITY, "A guest was welcomed.")),)
    assert copy_for("ruiz", meeting=material(agenda=AGENDA[:1], entries=said)).items == (
        MinutesItem(
            number=1,
            title="Business",
            section="",
            outcome="",
            updates=("A guest was welcomed.",),
            decisions=(),
            actions=(),
        ),
    )
    assert copy_for("bell", meeting=material(agenda=AGENDA[:1])).items == ()


def test_what_was_carried_comes_with_the_earliest_day_first() -> None:
    assert [one.what for one in copy_for("bell").carried] == ["Of the last meeting", "Older, no day"]


def test_the_public_copy_holds_what_was_released_and_nothing_else() -> None:
    released = text(C.OPERATIONS, "Radios for the team", public="Better radios")
    meeting = replace(WHOLE, entries=(*WHOLE.entries, entry("e9", "i4", released)))
    told = minutes(meeting, public(), Copy(kind=CopyKind.PUBLIC, status="draft", anchor="12:ab", redisclosure=LONG))
    assert [(one.number, one.title, one.updates) for one in told.items] == [(1, "Business", ("Better radios",))]
    assert (told.present, told.places, told.carried, told.absent) == ((), (), (), ())
    assert (told.opened, told.statement_read, told.where, told.anchor) == (None, False, "Town Hall", "")


@pytest.mark.parametrize(("part2", "short", "long"), [("yes", PART2_SENTENCE, LONG), ("no", "", "")])
def test_the_notices_stand_on_a_copy_that_has_something_they_apply_to(part2: str, short: str, long: str) -> None:
    told = copy_for("bell", facts=desk(part2=part2))
    assert (told.part2_notice, told.redisclosure) == (short, long)
    community = copy_for("ruiz", facts=desk(part2="yes"))
    assert (community.part2_notice, community.redisclosure) == ("", "")


def test_only_the_record_copy_says_how_much_its_reader_may_not_have() -> None:
    assert copy_for(kind=CopyKind.RECORD).left_out == 0
    hidden = copy_for(kind=CopyKind.RECORD, signed_in="bell")
    # Two texts about health with the kind of one of them.
    assert hidden.left_out == 3
    assert copy_for("bell").left_out == 0


def test_a_recipient_copy_is_numbered_and_names_its_reader() -> None:
    which = Copy(
        kind=CopyKind.RECIPIENT, status="draft", anchor="", redisclosure="", recipient="Tom Bell, police", number=3
    )
    told = minutes(WHOLE, shown_to("bell"), which)
    assert (told.kind, told.recipient, told.copy_number) == (CopyKind.RECIPIENT, "Tom Bell, police", 3)


def test_regulars_who_did_not_come_are_told_by_name() -> None:
    assert copy_for("ruiz").absent == ("Ana Hart",)


def present(record: Record, **more: object) -> PresentRow:
    (found,) = copy_for("bell", meeting=replace(WHOLE, attendance=(record,), **more)).present  # type: ignore[arg-type]
    return found


def test_who_was_there_is_told_with_agency_role_and_times() -> None:
    assert present(stay("lind", left_at=AT + HOUR)) == PresentRow(
        name="Eva Lind", agency="harbor", role="case manager", arrived=AT, left=AT + HOUR
    )
    neighbor = {"ruiz": attendee("ruiz", agency=None, neighborhood="Lakeside")}
    assert present(stay("ruiz"), attendees=neighbor).agency == "Lakeside"
    assert present(stay("ruiz"), attendees={}).agency == ""


def test_a_stay_whose_name_the_audience_may_not_have_is_left_out() -> None:
    hidden = replace(stay("lind"), fields=values(C.ADMIN, attendee="Eva Lind"))
    table = material(attendance=(hidden,))
    assert copy_for("novak", meeting=table, kind=CopyKind.RECIPIENT).present == ()
    assert copy_for("ruiz", meeting=replace(table, attendees={})).present == ()


def test_those_who_were_there_are_known_to_all_who_were_there_signed_or_not() -> None:
    table = replace(WHOLE, attendance=(stay("lind"), stay("novak")))
    told = copy_for("lind", "novak", meeting=table).present
    assert [(one.name, one.agency) for one in told] == [("Eva Lind", "harbor"), ("Sam Novak", "police")]
    nobody = replace(table, attendees={"lind": Record(kind=Kind.ATTENDEE, id="lind")})
    assert "Eva Lind" not in [one.name for one in copy_for("lind", "novak", meeting=nobody).present]


@pytest.mark.parametrize("reader", ["came", "is a regular", "signed", "neither"])
def test_whoever_came_or_was_expected_reads_in_their_own_copy_who_else_was_there(reader: str) -> None:
    """Names, agencies and roles are known to everybody expected, signed or not; when others came is not."""
    unsigned = person("hart", agreements=())
    who, there = {
        "came": ("novak", ("lind", "novak")),
        "is a regular": ("hart", ("lind",)),
        "signed": ("ruiz", ("lind",)),
        "neither": ("novak", ("lind",)),
    }[reader]
    table = replace(WHOLE, attendance=tuple(map(stay, there)))
    told = copy_for(who, meeting=table, kind=CopyKind.RECIPIENT, facts=desk(people={"hart": unsigned}))
    known = {one.name: (one.agency, one.role, one.arrived) for one in told.present}
    assert known.get("Eva Lind") == {
        "came": ("harbor", "case manager", None),
        "is a regular": ("harbor", "case manager", None),
        "signed": ("harbor", "case manager", AT),
        "neither": None,
    }.get(reader)
    assert told.absent == (() if reader == "neither" else ("Tom Bell", "Ana Hart"))


def test_a_user_who_was_not_there_and_has_not_signed_withholds_the_names_from_the_copies_they_print() -> None:
    table = replace(WHOLE, attendance=(stay("lind"),))
    assert copy_for("lind", meeting=table, signed_in="novak", kind=CopyKind.RECIPIENT).absent == ()


@pytest.mark.parametrize(
    ("record", "note"),
    [
        (stay("lind", arrived_at=AT + timedelta(minutes=6)), "came late"),
        (stay("lind", arrived_at=AT + timedelta(minutes=5)), ""),
        (stay("lind", left_at=AT + timedelta(minutes=54)), "left early"),
        (stay("lind", left_at=AT + timedelta(minutes=55)), ""),
        (stay("lind", arrived_at=AT + timedelta(minutes=6), mode="phone"), "came late; by phone"),
        (stay("lind", mode="phone"), "by phone"),
        (stay("lind", mode="video", out_of_view_from=AT), "by video; out of view"),
        (stay("lind", {"stepped_out.1.agenda_item": "i1"}), "stepped out for item 1"),
        (
            stay("lind", {"stepped_out.1.agenda_item": "i3", "stepped_out.2.agenda_item": "i1"}),
            "stepped out for items 1, 3",
        ),
        # Nothing was done under the overview, so it has no number.
        (stay("lind", {"stepped_out.1.agenda_item": "i0", "stepped_out.2.agenda_item": None}), ""),
        (stay("lind", {"stepped_out.1.by": "i1", "witness": "i1"}), ""),
    ],
)
def test_how_somebody_was_there_is_a_note(record: Record, note: str) -> None:
    assert present(record).note == note


def test_stepping_out_for_an_item_that_the_reader_may_not_have_is_not_told() -> None:
    out = stay("lind", {"stepped_out.1.agenda_item": "i1"})
    (found,) = copy_for("ruiz", meeting=replace(WHOLE, attendance=(out,))).present
    assert found.note == ""


def test_an_entry_without_a_kind_is_an_update() -> None:
    words = text(C.OPERATIONS, "Said.")
    said = replace(entry("e1", "i4", words), fields={"text": words})
    assert copy_for("bell", meeting=material(agenda=AGENDA[4:], entries=(said,))).items[0].updates == ("Said.",)


def test_late_and_early_are_told_of_a_meeting_that_has_begun_and_ended() -> None:
    record = stay("lind", arrived_at=AT + HOUR, left_at=AT - HOUR)
    assert present(record, meeting=MEETING).note == ""
    assert present(stay("lind", arrived_at=None)).note == ""


def test_an_item_says_under_which_section_it_stands_to_those_who_may_have_it() -> None:
    agenda = (
        agenda_item("i4", "operational", outcome="Two radios more.", section="Business"),
        agenda_item("i3", "place", priority="l1", section="Places"),
    )
    meeting = replace(WHOLE, agenda=agenda)
    assert [one.section for one in copy_for("bell", meeting=meeting).items] == ["Business", "Places", ""]
    assert [one.section for one in copy_for("ruiz", meeting=meeting).items] == [""]


def test_what_was_filed_under_no_item_of_the_agenda_is_minuted_last() -> None:
    loose = {"agenda_item": None}
    meeting = material(
        agenda=AGENDA[4:],
        entries=(
            replace(entry("e1", "", text(C.OPERATIONS, "Said at large.")), links=loose),
            replace(entry("e2", "", text(C.OPERATIONS, "Agreed at large."), kind="decision"), links=loose),
        ),
        actions=(action("t1", "Ring the clinic", links=THIS),),
    )
    business, rest = copy_for("bell", meeting=meeting).items
    assert business.outcome == "Two radios more."
    assert (rest.number, rest.title, rest.updates, rest.decisions) == (
        2,
        "Other business",
        ("Said at large.",),
        ("Agreed at large.",),
    )
    assert [one.what for one in rest.actions] == ["Ring the clinic"]
    (only,) = copy_for("bell", meeting=replace(meeting, agenda=())).items
    assert (only.number, only.title) == (1, "Business")
    assert copy_for("ruiz", meeting=meeting).items == ()


def amendment(id_: str, words: Text, day: int) -> Record:
    """A correction made at ten in the morning of a day in May."""
    made = replace(words, text=f"2026-05-{day:02}T17:00:00+00:00", cleared=True)
    safe = tuple(replace(one, text=made.text, cleared=True) for one in words.safe)
    fields = {"text": words, "at": replace(made, safe=safe)}
    return Record(kind=Kind.AMENDMENT, id=id_, about=words.about, fields=fields)


AMENDED = (
    amendment("amd1", text(C.PROGRESS, "{p1} came on Monday.", "p1", operations="It was on a Monday."), 20),
    amendment("amd2", text(C.HEALTH, "A private thing.", "p1"), 20),
    amendment("amd3", text(C.COMMUNITY, "The lamp is mended."), 21),
)


def amended_for(*people: str, approved: date | None = None, of: int = 0) -> Minutes:
    which = Copy(
        kind=CopyKind.ROOM,
        status="final, version 1",
        anchor="",
        redisclosure="",
        approved=approved,
        amendments=AMENDED,
        approved_amendments=of,
    )
    return minutes(WHOLE, shown_to(*people), which)


def test_amendments_are_told_with_their_day_in_the_words_that_the_reader_may_have() -> None:
    assert [(row.when, row.text) for row in amended_for("bell").amendments] == [
        (date(2026, 5, 20), "Angela Brooks came on Monday."),
        (date(2026, 5, 21), "The lamp is mended."),
    ]
    assert [row.text for row in amended_for("hart").amendments] == ["It was on a Monday.", "The lamp is mended."]
    assert [row.when for row in amended_for("hart").amendments] == [date(2026, 5, 20), date(2026, 5, 21)]
    assert [row.text for row in amended_for("ruiz").amendments] == ["The lamp is mended."]


def test_approved_as_amended_is_said_to_those_who_may_have_such_an_amendment() -> None:
    day = date(2026, 5, 20)
    assert (amended_for("bell").approved, amended_for("bell").as_amended) == (None, False)
    told = amended_for("bell", approved=day, of=2)
    assert (told.approved, told.as_amended) == (day, True)
    assert [row.after_approval for row in told.amendments] == [False, True]
    # The community may have the third alone, which was made later: nothing tells it of the others.
    told = amended_for("ruiz", approved=day, of=2)
    assert (told.approved, told.as_amended) == (day, False)
    assert [row.after_approval for row in told.amendments] == [True]
    assert not amended_for("bell", approved=day, of=0).as_amended


def test_the_record_copy_counts_what_it_leaves_out_of_amendments_too() -> None:
    which = Copy(kind=CopyKind.RECORD, status="", anchor="", redisclosure="")
    plain, amended = (
        minutes(WHOLE, shown_to(signed_in="bell"), replace(which, amendments=some)) for some in ((), AMENDED)
    )
    # Words and day of the one about health.
    assert amended.left_out - plain.left_out == 2


def test_an_amendment_whose_day_is_not_known_stands_without_it() -> None:
    undated = replace(AMENDED[2], fields={"text": AMENDED[2].fields["text"]})
    which = Copy(kind=CopyKind.ROOM, status="", anchor="", redisclosure="", amendments=(undated,))
    assert [row.when for row in minutes(WHOLE, shown_to("bell"), which).amendments] == [None]
