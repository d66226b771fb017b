"""The slides of places and topics: both lanes of evidence alike, and what was filed under an item."""

from dataclasses import replace
from datetime import date

import pytest

from leaddesk.policy.last_minutes import line
from leaddesk.policy.records import Fact, Kind
from leaddesk.policy.slides import place_rows, slide
from leaddesk.policy.views import IdleCard, Mark, Marked, PlaceSlide, TopicSlide, Voice
from leaddesk.policy.vocabulary import InformationClass
from tests.policy.meeting import (
    MEETING,
    TODAY,
    agenda_item,
    attendee,
    brooks,
    desk,
    entry,
    evidence,
    material,
    meyer,
    participant_record,
    place,
    public,
    release,
    shown_to,
    text,
    values,
)

C = InformationClass
LAMP = agenda_item("i3", "place", priority="l1")
IDLE = IdleCard(program="Harbor County", program_word="LEAD", group="Work group", when=TODAY, where="Town Hall")


@pytest.mark.parametrize(
    ("before", "mark"),
    [
        (None, Marked(mark=Mark.NEW, words="new")),
        (2, Marked(mark=Mark.SAME, words="same")),
        (4, Marked(mark=Mark.UP, words="up from 4")),
        (1, Marked(mark=Mark.DOWN, words="down from 1")),
    ],
)
def test_how_a_place_moved_is_a_mark_with_words(before: int | None, mark: Marked) -> None:
    (only,) = place_rows(material(places=(place("l1", 2, "Pine Street", previous_rank=before),)), shown_to("ruiz"))
    assert only.change == mark


def test_a_place_without_rank_or_name_is_not_listed() -> None:
    places = (place("l1", None, "Pine Street"), place("l2", 2, None))
    assert place_rows(material(places=places), shown_to("ruiz")) == ()
    for item in ("l1", "l2", "l3", None):
        agenda = (agenda_item("i3", "place", priority=item),)
        assert slide(material(agenda=agenda, places=places), shown_to("ruiz"), "i3") == IDLE


def test_a_place_that_is_resolved_is_on_no_list_and_has_its_own_slide() -> None:
    resolved, active = place("l1", 1, "Fifth & Elm", state="resolved"), place("l2", 2, "The library", state="active")
    around = material(places=(resolved, active), agenda=(LAMP,))
    assert [row.name for row in place_rows(around, shown_to("okafor"))] == ["The library"]
    assert isinstance(slide(around, shown_to("okafor"), "i3"), PlaceSlide)


def test_a_place_is_shown_with_both_lanes_and_what_was_said_today() -> None:
    meeting = material(
        agenda=(LAMP,),
        places=(
            place(
                "l1",
                1,
                "Pine Street",
                lead="bell",
                neighborhood="Lakeside",
                response=text(C.COMMUNITY, "A lamp by June."),
                not_heard_from="Night workers",
                review_on=date(2026, 6, 3),
            ),
        ),
        evidence=(
            evidence("l1", text(C.COMMUNITY, "It is dark."), "qualitative", source="tenants", voices=7),
            evidence("l1", text(C.COMMUNITY, "I slipped."), "qualitative", voices=1),
            evidence("l1", text(C.COMMUNITY, "41 calls."), "calls", source="911"),
            evidence("l1", text(C.OPERATIONS, "By unit."), "calls"),
            evidence("l2", text(C.COMMUNITY, "Elsewhere."), "calls"),
        ),
        entries=(entry("e1", "i3", text(C.COMMUNITY, "The lamp is ordered.")),),
        attendees={"bell": attendee("bell", title="Officer")},
    )
    shown = slide(meeting, shown_to("ruiz"), "i3")
    assert isinstance(shown, PlaceSlide)
    assert (shown.rank, shown.name, shown.neighborhood) == (1, "Pine Street", "Lakeside")
    assert shown.told == (
        Voice(text="It is dark.", source="7 voices, tenants", quoted=True),
        Voice(text="I slipped.", source="1 voice", quoted=True),
    )
    assert shown.counted == (Voice(text="41 calls.", source="911", quoted=False),)
    assert shown.not_heard_from == "Night workers"
    assert shown.response == "A lamp by June.\nThe lamp is ordered."
    assert shown.lead == "Officer Bell"
    assert shown.review == date(2026, 6, 3)


def test_a_lead_who_is_no_attendee_is_told_in_words() -> None:
    meeting = material(agenda=(LAMP,), places=(place("l1", 1, "Pine Street", lead_text="The parks office"),))
    shown = slide(meeting, shown_to("ruiz"), "i3")
    assert isinstance(shown, PlaceSlide)
    assert (shown.lead, shown.review) == ("The parks office", None)


def test_a_lead_whose_name_the_audience_may_not_have_is_left_out() -> None:
    led = place("l1", 1, "Pine Street", lead="bell")
    held = replace(led, fields={**led.fields, "lead": Fact(cls=C.OPERATIONS, value="Tom Bell")})
    shown = slide(material(agenda=(LAMP,), places=(held,)), shown_to("ruiz"), "i3")
    assert isinstance(shown, PlaceSlide)
    assert shown.lead == ""


def topic(kind: str, *people: str, **more: object) -> TopicSlide | IdleCard:
    title = more.pop("title", None)
    meeting = material(agenda=(agenda_item("i6", kind, title=title),), **more)
    shown = slide(meeting, shown_to(*people), "i6")
    assert isinstance(shown, TopicSlide | IdleCard)
    return shown


def lines(kind: str, **more: object) -> tuple[str, ...]:
    shown = topic(kind, "bell", **more)
    assert isinstance(shown, TopicSlide)
    return shown.lines


def test_a_topic_has_its_own_title_or_the_agendas_word_for_it() -> None:
    plain = topic("operational", "bell")
    assert isinstance(plain, TopicSlide)
    assert (plain.kicker, plain.title) == ("Meeting 14", "Operational business")
    titled = topic("operational", "bell", title=text(C.OPERATIONS, "Radios"))
    assert isinstance(titled, TopicSlide)
    assert titled.title == "Radios"


def test_a_topic_that_the_audience_may_not_know_of_is_the_idle_card() -> None:
    assert topic("operational", "ruiz") == IDLE


def test_what_is_filed_under_a_topic_stands_on_it() -> None:
    said = (entry("e1", "i6", text(C.OPERATIONS, "Two radios more.")), entry("e2", "i6", text(C.ADMIN, "Hidden.")))
    assert lines("administrative", entries=said) == ("Two radios more.",)


def test_the_last_minutes_are_told_by_number_day_and_version() -> None:
    assert lines("minutes") == ("There are no earlier minutes.",)
    earlier = replace(MEETING, id="m13", fields=values(C.PUBLIC, number=13, held_on=date(2026, 4, 8)))
    final = replace(MEETING, id="f1", fields=values(C.PUBLIC, version=2))
    assert lines("minutes", last_meeting=earlier) == ("There are no earlier minutes.",)
    assert lines("minutes", last_meeting=earlier, last_minutes=final) == ("Meeting 13 of Wed 8 Apr 2026, version 2.",)
    undated = replace(earlier, fields=values(C.PUBLIC, number=13))
    assert lines("minutes", last_meeting=undated, last_minutes=final) == ("Meeting 13, version 2.",)


def earlier_minutes(state: str = "finalized", **more: object) -> dict[str, object]:
    """The minutes of the meeting before: business, a place, somebody, and an amendment."""
    amended = replace(entry("amd1", "", text(C.COMMUNITY, "The lamp is mended.")), kind=Kind.AMENDMENT)
    return {
        "places": (place("l1", 1, "Pine Street"),),
        "last_meeting": replace(MEETING, id="m13", fields=values(C.PUBLIC, number=13, state=state, **more)),
        "last_minutes": replace(MEETING, id="f1", fields=values(C.PUBLIC, version=2)),
        "last_agenda": (
            agenda_item("j1", "participant", participant="p1"),
            agenda_item("j2", "place", priority="l1"),
        ),
        "last_entries": (
            entry("e1", "j2", text(C.COMMUNITY, "The lamp is ordered."), kind="decision"),
            entry("e2", "j1", text(C.PROGRESS, "Came on time.", "p1", operations="A follow-up.")),
            replace(entry("e3", "", text(C.OPERATIONS, "Said at large.")), links={"agenda_item": None}),
            entry("e4", "gone", text(C.OPERATIONS, "Agreed at large."), kind="decision"),
        ),
        "amendments": (replace(amended, links={"meeting": "m13"}),),
    }


def test_the_last_minutes_are_told_as_the_room_may_have_them() -> None:
    assert lines("minutes", **earlier_minutes()) == (
        "Meeting 13, version 2: to be approved.",
        "Angela Brooks: Came on time.",
        "Pine Street, decided: The lamp is ordered.",
        "Said at large.",
        "Decided: Agreed at large.",
        "Amended: The lamp is mended.",
    )
    by_code = topic("minutes", "bell", "hart", **earlier_minutes())
    assert isinstance(by_code, TopicSlide)
    assert "P-7K3F: A follow-up." in by_code.lines
    assert not any("Brooks" in line for line in by_code.lines)
    nothing_safe = entry("e9", "", text(C.PROGRESS, "Came on time.", "p1"))
    assert line(material(), None, nothing_safe, shown_to("bell", "hart")) == ""


@pytest.mark.parametrize(
    ("state", "approved", "ends"),
    [
        ("approved", TODAY, ": approved today."),
        ("approved", date(2026, 4, 22), ": approved on Wed 22 Apr 2026."),
        ("closed", None, "version 2."),
    ],
)
def test_the_last_minutes_say_whether_they_are_approved(state: str, approved: date | None, ends: str) -> None:
    told = lines("minutes", **earlier_minutes(state, approved_on=approved))
    assert told[0].endswith(ends)
    # What is being mended is no longer what was final.
    assert len(told) == (1 if state == "closed" else 6)


def test_new_referrals_are_those_whose_status_the_audience_may_have() -> None:
    people = {
        "p1": participant_record("p1", intake_status="referred", intake_due=date(2026, 5, 20)),
        "p2": participant_record("p2", intake_status="referred", intake_due=date(2026, 5, 20)),
    }
    assert lines("referrals", participants=people) == ("Angela Brooks: intake due 20 May",)
    later = {
        "p1": participant_record("p1", intake_status="screening"),
        "p2": participant_record("p2", intake_status="enrolled"),
    }
    assert lines("referrals", participants=later) == ("Angela Brooks: follow-up",)


def test_new_referrals_are_counted_by_door_and_only_those_whom_the_audience_has() -> None:
    people = {
        "p1": participant_record("p1", intake_status="referred", door="social"),
        "p2": participant_record("p2", intake_status="referred", door="arrest"),
    }
    assert lines("referrals", participants=people)[0] == "By door: 1 social contact referral"
    both = desk(brooks(), meyer(releases=(release(),)))
    shown = slide(
        material(agenda=(agenda_item("i6", "referrals"),), participants=people), shown_to("bell", facts=both), "i6"
    )
    assert isinstance(shown, TopicSlide)
    assert shown.lines[0] == "By door: 1 arrest diversion, 1 social contact referral"
    assert len(shown.lines) == 3


def test_a_status_says_nothing_of_somebody_who_is_not_on_the_desk() -> None:
    record = participant_record("p1")
    open_to_all = replace(record, fields=values(C.PUBLIC, intake_status="referred"))
    meeting = material(agenda=(agenda_item("i6", "referrals"),), participants={"p1": open_to_all})
    shown = slide(meeting, shown_to("bell", facts=desk(meyer())), "i6")
    assert isinstance(shown, TopicSlide)
    assert shown.lines == ()


def test_the_day_of_the_next_meeting_is_everybodys_and_what_was_filed_under_it_is_not() -> None:
    planned = replace(MEETING, fields={**MEETING.fields, **values(C.PUBLIC, next_meeting_on=date(2026, 6, 3))})
    item = agenda_item("i6", "next_meeting", title=text(C.OPERATIONS, "Budget talk"))
    shown = slide(material(agenda=(item,), meeting=planned), public(), "i6")
    assert isinstance(shown, TopicSlide)
    assert (shown.title, shown.lines) == ("Next meeting", ("Wednesday, 3 June 2026",))


def test_the_next_meeting_is_told_or_said_not_to_be_set() -> None:
    assert lines("next_meeting") == ("Not set yet.",)
    planned = replace(MEETING, fields={**MEETING.fields, **values(C.PUBLIC, next_meeting_on=date(2026, 6, 3))})
    assert lines("next_meeting", meeting=planned) == ("Wednesday, 3 June 2026",)
