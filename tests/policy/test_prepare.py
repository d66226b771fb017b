"""The page *Prepare*: the agenda with its times, what is due, who is expected, as the signed-in user may have it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from leaddesk.policy.desk_views import Found
from leaddesk.policy.facts import Exclusion
from leaddesk.policy.prepare import (
    ExpectedRow,
    Planning,
    PrepareView,
    SeriesRow,
    TemplateRow,
    prepare_view,
)
from leaddesk.policy.records import Kind, Record
from leaddesk.policy.vocabulary import InformationClass
from tests.policy.meeting import (
    AT,
    MEETING,
    TODAY,
    action,
    agenda_item,
    attendee,
    brooks,
    desk,
    material,
    meyer,
    participant_record,
    place,
    shown_to,
    text,
    values,
)

C = InformationClass
STARTS = AT + timedelta(days=1)
PLANNED = replace(
    MEETING,
    fields=values(C.PUBLIC, number=14, held_on=TODAY, starts_at=STARTS, place="Town Hall", state="planned"),
    links={"series": "ser1"},
)
SERIES = Record(
    kind=Kind.SERIES,
    id="ser1",
    fields=values(C.COMMUNITY, name="Work group", cadence="weekly", every_days=7),
    links={"regular.1.attendee": "bell", "regular.1.series": "ser1", "template": "agt1"},
)
NOTHING = Planning(expected=frozenset(), missing=(), meetings=(), series=(), templates=())


def prepared(user: str = "okafor", planning: Planning = NOTHING, **more: object) -> PrepareView:
    table = material(**{"meeting": PLANNED, "series": SERIES, **more})
    return prepare_view(table, shown_to(user, signed_in=None), planning)


def meeting(id_: str, number: object, state: str, series: str = "ser1", held_on: object = TODAY) -> Record:
    fields = values(C.PUBLIC, number=number, state=state, held_on=held_on)
    return Record(kind=Kind.MEETING, id=id_, fields=fields, links={"series": series})


def detail_of(item: Record, planning: Planning = NOTHING, user: str = "okafor", **more: object) -> str:
    (row,) = prepared(user, planning, agenda=(item,), **more).items
    return row.detail


def test_each_item_begins_when_those_before_it_have_taken_their_minutes() -> None:
    agenda = (
        agenda_item("i1", "overview", minutes_planned=5, section=text(C.OPERATIONS, "Opening")),
        agenda_item("i2", "operational", minutes_planned=10),
        agenda_item("i3", "next_meeting"),
    )
    view = prepared(agenda=agenda)
    assert [(row.number, row.starts, row.section) for row in view.items] == [
        (1, "10:00", "Opening"),
        (2, "10:05", ""),
        (3, "10:15", ""),
    ]
    assert (view.minutes, view.ends, view.starts) == (15, "10:15", STARTS)
    assert (view.id, view.title, view.when, view.held_on, view.place) == (
        "m14",
        "Meeting 14",
        "Wed 6 May 2026",
        TODAY,
        "Town Hall",
    )
    assert (view.planned, view.arrangeable) == (True, True)


def test_an_open_meeting_counts_from_when_it_was_opened() -> None:
    opened = replace(PLANNED, fields={**PLANNED.fields, **values(C.PUBLIC, state="open", opened_at=AT)})
    view = prepared(meeting=opened, agenda=(agenda_item("i1", "overview", minutes_planned=5),))
    assert (view.items[0].starts, view.ends) == ("10:00", "10:05")
    assert (view.planned, view.arrangeable) == (False, True)


def test_a_meeting_without_a_day_is_as_of_today_and_one_that_is_over_stays_as_it_is() -> None:
    over = replace(PLANNED, fields=values(C.PUBLIC, number=14, state="closed"))
    view = prepared(meeting=over)
    assert (view.when, view.held_on, view.starts) == ("", TODAY, AT)
    assert (view.planned, view.arrangeable, view.items, view.minutes) == (False, False, (), 0)


def test_items_about_people_whom_the_user_may_not_know_are_not_there() -> None:
    agenda = (
        agenda_item("i1", "participant", participant="p1", minutes_planned=4),
        agenda_item("i2", "place", priority="l1", minutes_planned=5),
    )
    people = {"p1": participant_record("p1", flagged=True)}
    view = prepared("ruiz", agenda=agenda, participants=people, places=(place("l1", 1, "Pine Street"),))
    assert [(row.title, row.number) for row in view.items] == [("Pine Street", 1)]
    assert view.minutes == 0  # her role may not know what is planned either


def test_a_participant_is_flagged_or_has_so_many_days_to_intake() -> None:
    item = agenda_item("i1", "participant", participant="p1")

    def told(**more: object) -> str:
        return detail_of(item, participants={"p1": participant_record("p1", **more)})

    assert told() == ""
    assert told(flagged=True) == "flagged"
    assert (
        told(flagged=True, intake_status="referred", intake_due=date(2026, 5, 11)) == "flagged, 5 days left to intake"
    )
    assert told(intake_status="screening", intake_due=date(2026, 5, 7)) == "1 day left to intake"
    assert told(intake_status="screening", intake_due=date(2026, 5, 1)) == "intake overdue since 1 May"
    assert told(intake_status="screening", intake_due=date(2024, 5, 1)) == "intake overdue since 1 May 2024"
    assert told(intake_status="screening") == ""
    assert told(intake_status="enrolled", intake_due=date(2026, 5, 1)) == ""
    assert detail_of(item) == ""


def test_of_somebody_known_by_code_nothing_else_is_said() -> None:
    excluded = desk(brooks(exclusions=(Exclusion(person="okafor", starts=date(2026, 1, 1)),)), meyer())
    item = agenda_item("i1", "participant", participant="p1")
    table = material(meeting=PLANNED, agenda=(item,), participants={"p1": participant_record("p1", flagged=True)})
    (row,) = prepare_view(table, shown_to("okafor", facts=excluded, signed_in=None), NOTHING).items
    assert (row.title, row.detail) == ("P-7K3F", "")


def test_a_place_has_its_rank_and_its_review() -> None:
    item = agenda_item("i1", "place", priority="l1")

    def told(**more: object) -> str:
        return detail_of(item, places=(place("l1", more.pop("rank", 2), "Pine Street", **more),))  # type: ignore[arg-type]

    assert told() == "rank 2"
    assert told(review_on=date(2026, 6, 3)) == "rank 2, review 3 June"
    assert told(rank=None, review_on=TODAY) == "review due 6 May"


def test_the_title_of_a_place_that_is_gone_is_empty_and_so_is_its_item() -> None:
    assert prepared(agenda=(agenda_item("i1", "place", priority="l1"),)).items == ()


def test_last_minutes_say_whether_they_are_for_approval() -> None:
    item = agenda_item("i1", "minutes")

    def told(*before: Record) -> str:
        return detail_of(item, replace(NOTHING, meetings=(*before, PLANNED, meeting("m15", 15, "finalized"))))

    assert told() == ""
    assert told(meeting("m12", 12, "approved"), meeting("m13", 13, "finalized")) == "of meeting 13, for approval"
    assert told(meeting("m13", 13, "approved")) == "of meeting 13, approved"
    assert told(meeting("m13", 13, "closed")) == "of meeting 13, not final yet"
    assert told(meeting("m12", 12, "finalized"), meeting("m13", 13, "canceled")) == "of meeting 12, for approval"
    assert told(meeting("m7", 7, "finalized", series="ser2")) == ""


def test_actions_are_counted_as_the_user_may_have_them() -> None:
    item = agenda_item("i1", "actions")
    late = action("a1", "Call the clinic", due=date(2026, 5, 1))
    due = action("a2", "Bring chairs", due=date(2026, 5, 9))
    done = action("a3", "Write", outcome="done")
    hidden = action("a4", text(C.HEALTH, "Fetch the results", "p2"))
    assert detail_of(item, actions=(late, due, done)) == "2 open, 1 overdue"
    assert detail_of(item, actions=(due,)) == "1 open"
    assert detail_of(item, actions=(done, hidden)) == "none open"


def test_referrals_are_counted_with_the_days_of_the_one_that_is_due_first() -> None:
    item = agenda_item("i1", "referrals")

    def told(**people: Mapping[str, object]) -> str:
        return detail_of(item, participants={id_: participant_record(id_, **more) for id_, more in people.items()})

    soon = {"intake_status": "referred", "intake_due": date(2026, 5, 8)}
    later = {"intake_status": "screening", "intake_due": date(2026, 5, 20)}
    assert told(p1=later, p2=soon) == "2 new, the first 2 days left to intake"
    assert told(p1={"intake_status": "referred"}) == "1 new"
    assert told(p1={"intake_status": "enrolled"}) == "none new"


def test_a_topic_of_its_own_has_no_more_to_it() -> None:
    assert detail_of(agenda_item("i1", "actions", title=text(C.OPERATIONS, "Radios"))) == ""
    assert detail_of(agenda_item("i1", "next_meeting")) == ""


def test_days_are_counted_from_the_meeting_and_once_that_has_passed_from_today() -> None:
    item = agenda_item("i1", "participant", participant="p1")
    people = {"p1": participant_record("p1", intake_status="referred", intake_due=date(2026, 5, 20))}

    def told(held: object) -> str:
        when = replace(PLANNED, fields={**PLANNED.fields, **values(C.PUBLIC, held_on=held)})
        return detail_of(item, meeting=when, participants=people)

    assert told(date(2026, 5, 13)) == "7 days left to intake"
    assert told(date(2026, 4, 1)) == "14 days left to intake"
    undated = replace(PLANNED, fields=values(C.PUBLIC, number=14, state="planned"))
    assert detail_of(item, meeting=undated, participants=people) == "14 days left to intake"


def test_what_is_missing_counts_only_what_the_user_may_know_of() -> None:
    planning = replace(NOTHING, missing=(None, "p1", "p9"))
    assert prepared("okafor", planning).missing == 2
    assert prepared("ruiz", planning).missing == 0


def test_the_expected_come_first_and_regulars_are_marked() -> None:
    gone = attendee("novak", active=False)
    people = {id_: attendee(id_) for id_ in ("ruiz", "hart", "bell")} | {"novak": gone}
    nameless = Record(kind=Kind.ATTENDEE, id="a9", fields=values(C.COMMUNITY, neighborhood="Old Town"))
    planning = replace(NOTHING, expected=frozenset({"ruiz", "novak"}))
    found = prepared(planning=planning, attendees={**people, "a9": nameless}).people
    assert found == (
        ExpectedRow(id="ruiz", name="Dora Ruiz", detail="lakeside", expected=True, regular=False),
        ExpectedRow(id="a9", name="", detail="Old Town", expected=False, regular=False),
        ExpectedRow(id="bell", name="Tom Bell", detail="police", expected=False, regular=True),
        ExpectedRow(id="hart", name="Ana Hart", detail="clinic", expected=False, regular=False),
    )


def test_series_and_templates_are_told_by_name_as_they_were_written() -> None:
    lines = ({"kind": "actions", "section": "Opening", "minutes": 5, "most": 1},)
    short = Record(
        kind=Kind.AGENDA_TEMPLATE, id="agt1", fields=values(C.OPERATIONS, name="Short", lines=lines, retired=True)
    )
    bare = Record(kind=Kind.AGENDA_TEMPLATE, id="agt2", fields=values(C.OPERATIONS, name="Bare", retired=False))
    other = Record(kind=Kind.SERIES, id="ser2", fields=values(C.COMMUNITY, name="leadership"))
    view = prepared(planning=replace(NOTHING, series=(SERIES, other), templates=(short, bare)))
    assert view.series == SeriesRow(id="ser1", name="Work group", cadence="weekly", every_days=7, template="agt1")
    assert [(row.name, row.every_days, row.template) for row in view.all_series] == [
        ("leadership", 14, ""),
        ("Work group", 7, "agt1"),
    ]
    assert view.templates == (
        TemplateRow(id="agt2", name="Bare", lines=(), retired=False),
        TemplateRow(id="agt1", name="Short", lines=(("actions", "Opening", 5, 1),), retired=True),
    )


def test_the_meetings_that_can_be_prepared_are_offered_by_their_day() -> None:
    meetings = (
        meeting("m16", 16, "planned", held_on=date(2026, 6, 3)),
        meeting("m15", 15, "planned", held_on=date(2026, 5, 20)),
        meeting("m14", 14, "open"),
        meeting("m13", 13, "closed"),
        meeting("m12", 12, "planned", held_on=None),
    )
    found: tuple[Found, ...] = prepared(planning=replace(NOTHING, meetings=meetings)).others
    assert [(one.id, one.title) for one in found] == [
        ("m14", "Wed 6 May 2026 · Meeting 14"),
        ("m15", "Wed 20 May 2026 · Meeting 15"),
        ("m16", "Wed 3 Jun 2026 · Meeting 16"),
    ]


def test_a_meeting_whose_number_is_unknown_follows_no_other() -> None:
    bare = replace(PLANNED, fields=values(C.PUBLIC, state="planned", held_on=TODAY, number="fourteen"))
    before = replace(NOTHING, meetings=(meeting("m13", 13, "finalized"),))
    assert detail_of(agenda_item("i1", "minutes"), before, meeting=bare) == ""
