"""The slides: what the audience may have, and no trace of what it may not."""

from dataclasses import replace
from datetime import date

import pytest

from leaddesk.policy.facts import Exclusion, Facts
from leaddesk.policy.minutes import Copy, minutes
from leaddesk.policy.records import Fact, Record
from leaddesk.policy.slides import PART2_SENTENCE, action_row, idle_card, name_row, slide
from leaddesk.policy.views import (
    ActionBoard,
    ActionRow,
    AskRow,
    CopyKind,
    Frame,
    IdleCard,
    Mark,
    Marked,
    NameRow,
    Overview,
    ParticipantSlide,
)
from leaddesk.policy.vocabulary import InformationClass
from tests.policy.meeting import (
    MEETING,
    TODAY,
    action,
    agenda_item,
    attendee,
    brooks,
    desk,
    entry,
    material,
    meyer,
    participant_record,
    place,
    public,
    shown_to,
    text,
    values,
)

C = InformationClass
ANGELA = agenda_item("i1", "participant", participant="p1")
CARL = agenda_item("i2", "participant", participant="p2")
LAMP = agenda_item("i3", "place", priority="l1")
IDLE = IdleCard(program="Harbor County", program_word="LEAD", group="Work group", when=TODAY, where="Town Hall")


def participant_slide(name: str, *, notice: str = "", **more: object) -> ParticipantSlide:
    around = Frame(program="Harbor County LEAD", notice=notice)
    bare = ParticipantSlide(frame=around, name=name, progress=(), asks=(), actions=())
    return replace(bare, **more)  # type: ignore[arg-type]


def ask(id_: str, what: str, to_whom: str, cls: InformationClass = C.PROGRESS) -> Record:
    return replace(
        action(id_, text(cls, what, "p1"), to_whom=text(cls, to_whom, "p1")),
        links={"participant": "p1"},
    )


ABOUT_ANGELA = material(
    agenda=(ANGELA,),
    participants={
        "p1": participant_record(
            "p1",
            progress=text(C.PROGRESS, "{p1} is meeting weekly.", "p1", operations="A line of business."),
        )
    },
    asks=(ask("q1", "A ride to court", "Officer Bell"), ask("q2", "A bed", "Harbor", C.CARE)),
    actions=(
        action("t1", text(C.OPERATIONS, "Housing form for {p1}", "p1", operations="A form"), owner="lind"),
        action("t2", text(C.OPERATIONS, "Call the clinic", "p1", operations="A call"), owner="bell"),
        action("t3", text(C.OPERATIONS, "Somebody else's", "p2"), owner="bell"),
    ),
    entries=(
        entry("e1", "i1", text(C.PROGRESS, "Came on time.", "p1")),
        entry("e2", "i1", text(C.HEALTH, "A private thing.", "p1")),
        entry("e3", "i9", text(C.PROGRESS, "Under another item.", "p1")),
    ),
)


def test_the_idle_card_tells_everybody_the_program_the_day_and_the_place() -> None:
    assert slide(material(), public(), None) == IDLE


def test_a_meeting_without_a_day_or_a_place_leaves_them_out() -> None:
    bare = replace(MEETING, fields=values(C.PUBLIC, number=14))
    assert slide(material(meeting=bare), public(), None) == replace(IDLE, when=None, where="")


def test_a_participant_whom_everybody_may_know_is_shown_by_name_with_what_all_may_have() -> None:
    assert slide(ABOUT_ANGELA, shown_to("bell"), "i1") == participant_slide(
        "Angela Brooks",
        progress=("Angela Brooks is meeting weekly.", "Came on time."),
        asks=(AskRow(what="A ride to court", of_whom="Officer Bell"),),
        actions=(
            row("Housing form for Angela Brooks", "E. Lind, harbor", "Lind"),
            row("Call the clinic", "T. Bell, police", "Bell"),
        ),
    )


def row(what: str, owner: str, owner_short: str) -> ActionRow:
    return ActionRow(what=what, owner=owner, owner_short=owner_short, due=None, state=None)


def test_beside_a_code_stand_operations_wordings_alone_and_no_case_manager_as_owner() -> None:
    assert slide(ABOUT_ANGELA, shown_to("hart"), "i1") == participant_slide(
        "P-7K3F",
        progress=("A line of business.",),
        actions=(row("A form", "", ""), row("A call", "T. Bell, police", "Bell")),
    )


def test_a_preferred_name_is_the_one_that_is_read_out() -> None:
    shown = shown_to("bell", facts=desk(brooks(preferred_name="Angie")))
    assert slide(material(agenda=(ANGELA,), participants={"p1": participant_record("p1")}), shown, "i1") == (
        participant_slide("Angie Brooks")
    )


@pytest.mark.parametrize("facts", [desk(), desk(meyer())])
def test_somebody_whom_the_audience_may_not_know_at_all_is_the_idle_card(facts: Facts) -> None:
    assert slide(ABOUT_ANGELA, shown_to("bell", "ruiz", facts=facts), "i1") == IDLE


def test_an_item_whose_participant_is_not_on_the_desk_is_the_idle_card() -> None:
    assert slide(material(agenda=(ANGELA,)), shown_to("bell"), "i1") == IDLE
    assert slide(material(agenda=(agenda_item("i1", "participant"),)), shown_to("bell"), "i1") == IDLE


def test_the_idle_card_and_the_minutes_are_of_the_group_whose_meetings_the_series_are() -> None:
    second = replace(MEETING, fields={**MEETING.fields, **values(C.PUBLIC, series="Provider roundtable")})
    table = material(meeting=second)
    assert idle_card(table, public()) == replace(IDLE, group="Provider roundtable")
    copy = Copy(kind=CopyKind.PUBLIC, status="draft", anchor="", redisclosure="")
    assert minutes(table, public(), copy).group == "Provider roundtable"


def test_an_item_that_has_left_the_agenda_shows_the_overview_or_the_idle_card() -> None:
    assert slide(ABOUT_ANGELA, public(), "i77") == IDLE
    assert isinstance(slide(ABOUT_ANGELA, shown_to("bell"), "i77"), Overview)


@pytest.mark.parametrize(("part2", "notice"), [("yes", PART2_SENTENCE), (None, PART2_SENTENCE), ("no", "")])
def test_the_notice_stands_where_the_source_is_not_known_to_be_outside_part_2(part2: str | None, notice: str) -> None:
    shown = slide(ABOUT_ANGELA, shown_to("bell", facts=desk(part2=part2)), "i1")
    assert isinstance(shown, ParticipantSlide)
    assert shown.frame.notice == notice


def test_no_notice_stands_beside_a_code() -> None:
    shown = slide(ABOUT_ANGELA, shown_to("hart", facts=desk(part2="yes")), "i1")
    assert isinstance(shown, ParticipantSlide)
    assert shown.name == "P-7K3F"
    assert shown.frame.notice == ""


def test_the_notice_goes_by_the_source_of_what_was_read() -> None:
    told = ABOUT_ANGELA.participants["p1"]
    fields = {"care": Fact(cls=C.CARE, value="A goal", source=None)}
    shown = shown_to("bell", facts=desk(part2="no"))
    shown.see(replace(told, fields=fields)).value("care")
    assert not shown.told
    assert not shown.needs_part2_notice


COURT = {
    "court.1.court": "County Court",
    "court.1.matter": "warrant",
    "court.1.next_date": date(2026, 5, 20),
    "court.1.ask": text(C.COORDINATION, "Ask for a continuance.", "p1"),
    "court.2.ask": text(C.COORDINATION, "Find the file.", "p1"),
    "court.3.court": "City Court",
    "court.4.owner": "Eva Lind",
}


def test_court_dates_are_told_a_line_each() -> None:
    record = participant_record("p1")
    with_court = replace(record, fields={**record.fields, **values(C.COORDINATION, **COURT)})
    meeting = material(agenda=(ANGELA,), participants={"p1": with_court})
    lines = ("County Court, warrant, 20 May. Ask for a continuance.", "Find the file.", "City Court")
    assert slide(meeting, shown_to("bell"), "i1") == participant_slide("Angela Brooks", progress=lines)
    assert slide(meeting, shown_to("hart"), "i1") == participant_slide("P-7K3F")


@pytest.mark.parametrize(
    ("facts", "detail", "due"),
    [
        ({"intake_status": "referred", "intake_due": TODAY}, "Intake due", TODAY),
        ({"intake_status": "screening"}, "Follow-up", None),
        ({"intake_status": "enrolled", "intake_due": TODAY}, "Enrolled", None),
        ({"intake_status": "enrolled", "engagement": "light_touch"}, "Light touch", None),
        ({}, "Follow-up", None),
    ],
)
def test_a_participant_by_name_has_one_line_and_by_code_none_of_it(
    facts: dict[str, object], detail: str, due: date | None
) -> None:
    record = participant_record("p1", **facts)
    assert name_row(shown_to("bell"), record) == NameRow(name="Angela Brooks", detail=detail, due=due)
    assert name_row(shown_to("hart"), record) == NameRow(name="P-7K3F", detail="Follow-up")
    assert name_row(shown_to("ruiz"), record) is None
    assert name_row(shown_to("bell"), None) is None


GLANCE = material(
    agenda=(ANGELA, CARL, agenda_item("i4", "participant", participant="p1"), LAMP),
    participants={"p1": participant_record("p1"), "p2": participant_record("p2")},
    places=(place("l1", 1, "Pine Street", neighborhood="Lakeside"),),
    actions=(action("t1", text(C.COMMUNITY, "Fix the lamp")), action("t2", "Count the beds")),
)


def test_the_overview_counts_only_what_the_audience_has() -> None:
    police = slide(GLANCE, shown_to("bell"), None)
    assert isinstance(police, Overview)
    assert (police.when, police.meeting) == (TODAY, "Meeting 14")
    assert [one.name for one in police.participants] == ["Angela Brooks", "P-2M9Q"]
    assert [one.what for one in police.actions] == ["Fix the lamp", "Count the beds"]
    lakeside = slide(GLANCE, shown_to("ruiz"), None)
    assert isinstance(lakeside, Overview)
    assert lakeside.participants == ()
    assert [one.name for one in lakeside.places] == ["Pine Street"]
    assert [one.what for one in lakeside.actions] == ["Fix the lamp"]


def test_a_meeting_whose_day_is_not_set_is_overviewed_as_of_today() -> None:
    undated = replace(GLANCE, meeting=replace(MEETING, fields=values(C.PUBLIC, number=15)))
    shown = slide(undated, shown_to("bell"), None)
    assert isinstance(shown, Overview)
    assert (shown.when, shown.meeting) == (TODAY, "Meeting 15")


def test_the_action_board_has_overdue_first_then_the_owners() -> None:
    board = slide(
        material(
            agenda=(agenda_item("i5", "actions"),),
            actions=(
                action("t1", "No day", owner="bell"),
                action("t2", "Next week", owner="hart", due=date(2026, 5, 13)),
                action("t3", "Late", owner="bell", due=date(2026, 5, 1), carried=2),
                action("t4", "Nobody's", due=date(2026, 5, 12)),
                action("t5", "Their agency's", owner_agency="harbor", due=date(2026, 5, 14)),
                action("t6", text(C.HEALTH, "Private", "p1")),
            ),
        ),
        shown_to("bell"),
        "i5",
    )
    assert isinstance(board, ActionBoard)
    assert [(group.owner, [one.what for one in group.actions]) for group in board.groups] == [
        ("T. Bell, police", ["Late", "No day"]),
        ("More actions", ["Nobody's"]),
        ("A. Hart, clinic", ["Next week"]),
        ("harbor", ["Their agency's"]),
    ]
    late = board.groups[0].actions[0]
    assert (late.carried, late.state) == (2, Marked(mark=Mark.OVERDUE, words="overdue"))


def test_an_action_board_on_which_the_audience_may_have_nothing_is_the_idle_card() -> None:
    meeting = material(agenda=(agenda_item("i5", "actions"),), actions=(action("t1", "Count the beds"),))
    assert slide(meeting, shown_to("ruiz"), "i5") == IDLE


@pytest.mark.parametrize(
    ("outcome", "mark"), [("done", Mark.DONE), ("not_done", Mark.NOT_DONE), ("not_possible", Mark.NOT_POSSIBLE)]
)
def test_a_closed_action_says_how_it_ended_however_late(outcome: str, mark: Mark) -> None:
    found = action_row(
        material(), shown_to("bell"), action("t1", "Count", outcome=outcome, due=date(2026, 1, 1), carried="often")
    )
    assert found is not None
    assert found.state == Marked(mark=mark, words=outcome.replace("_", " "))
    assert found.carried == 0


def test_an_owner_who_is_no_longer_an_attendee_keeps_the_short_name() -> None:
    found = action_row(material(attendees={}), shown_to("bell"), action("t1", "Count", owner="hart"))
    assert found is not None
    assert (found.owner, found.owner_short) == ("A. Hart", "A. Hart")


def test_somebody_of_a_neighborhood_is_told_with_it() -> None:
    there = {"ruiz": attendee("ruiz", agency=None, neighborhood="Lakeside")}
    found = action_row(material(attendees=there), shown_to("bell"), action("t1", "Count", owner="ruiz"))
    assert found is not None
    assert found.owner == "D. Ruiz, Lakeside"


def test_the_agency_of_an_owner_who_has_the_case_stays_away_from_the_code_too() -> None:
    about = action("t1", text(C.OPERATIONS, "{p1}", "p1", operations="A form"), owner="lind", owner_agency="harbor")
    found = action_row(material(), shown_to("hart"), about)
    assert found is not None
    assert (found.what, found.owner, found.owner_short) == ("A form", "", "")


def test_an_excluded_person_meets_the_code_of_somebody_they_are_excluded_from() -> None:
    facts = desk(brooks(exclusions=(Exclusion(person="bell", starts=date(2026, 1, 1)),)))
    assert slide(ABOUT_ANGELA, shown_to("bell", facts=facts), "i1") == participant_slide(
        "P-7K3F",
        progress=("A line of business.",),
        actions=(row("A form", "", ""), row("A call", "T. Bell, police", "Bell")),
    )
