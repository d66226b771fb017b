from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from leaddesk.models import (
    ActionItem,
    Agency,
    AgendaItem,
    AgendaTemplate,
    AgreementEvent,
    Amendment,
    Ask,
    Attendance,
    CourtItem,
    DraftLine,
    Entry,
    Evidence,
    Exclusion,
    Expected,
    FinalizedMinutes,
    Grant,
    LocationPriority,
    MeetingRegular,
    Neighborhood,
    PrivateNote,
    Revocation,
    RoleTableVersion,
    SteppedOut,
    User,
)
from leaddesk.models.words import (
    ActionOutcome,
    AgendaKind,
    AgreementEnd,
    AppRole,
    EntryKind,
    Lane,
    LineKind,
)
from leaddesk.policy.disclosure import Audience, Disclosure, Sight, disclose
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.records import Fact, Kind, Record, Text, Wording
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass, InvolvementKind, Part2, Role
from leaddesk.services import records
from leaddesk.services.facts import load_facts
from tests.services import rows
from tests.services.rows import NOON, TODAY, keep

C = InformationClass


def audience(session: Session, *people: str) -> Disclosure:
    facts = load_facts(session, NOON)
    sight = Sight(Standing(facts, NOON), Audience(frozenset(people)))
    return Disclosure(TextGuard(facts, frozenset()), sight)


def of(kind: Kind, found: Iterable[Record]) -> list[Record]:
    return [record for record in found if record.kind is kind]


def facts_of(record: Record) -> dict[str, object]:
    return {name: item.value for name, item in record.fields.items() if isinstance(item, Fact)}


def full_desk(session: Session, size: int = 1) -> None:
    """A desk with something of every kind, ``size`` times over."""
    chair = rows.attendee(session, "Jo", "Reyes", Role.PROJECT_MANAGER)
    rows.site(session, goal="Nobody is worse off.")
    keep(session, User(attendee_id=chair.id, slot=1, app_role=AppRole.CHAIR))
    keep(session, RoleTableVersion(version=1, cells={}, reason="As agreed", at=NOON, by_id=chair.id))
    usual = keep(session, AgendaTemplate(name="Usual", lines=({"kind": "minutes", "minutes": 3},)))
    group = rows.series(session, template_id=usual.id)
    keep(session, MeetingRegular(series_id=group.id, attendee_id=chair.id))
    form = rows.template(session)
    for n in range(size):
        agency = keep(session, Agency(name=f"City PD {n}", part2=Part2.NO))
        keep(session, Neighborhood(name=f"Eastside {n}"))
        tom = rows.attendee(session, "Tom", f"Bell {n}", Role.OFFICER, agency_id=agency.id, phone="555 0100")
        rows.agreement(session, tom, form, duties="I report to my sergeant.", conflicts_disclosed=f"Ana Lind {n}")
        keep(session, AgreementEvent(attendee_id=tom.id, kind=AgreementEnd.WITHDRAWN, at=NOON))
        progress = rows.text(session, C.PROGRESS, "Settled in.", safe=[(C.OPERATIONS, "On track.")])
        ana = rows.participant(
            session, "Ana", f"Lind {n}", progress_text_id=progress.id, referrer_id=tom.id, flagged_by_id=tom.id
        )
        asked = rows.text(session, C.COORDINATION, "A letter to the court", ana)
        keep(session, CourtItem(participant_id=ana.id, court="Municipal", ask_text_id=asked.id, owner_id=tom.id))
        tie: dict[str, Any] = {"attendee_id": tom.id, "participant_id": ana.id}
        keep(session, Exclusion(**tie, from_on=TODAY, reason="asked for it"))
        keep(session, Grant(**tie, classes=("care",), from_on=TODAY, granted_by_id=chair.id, reason="covers"))
        rows.involve(session, tom, ana, InvolvementKind.REFERRER)
        signed = rows.release(session, ana, C.IDENTITY, purpose="Planning")
        keep(session, Revocation(participant_id=ana.id, release_id=signed.id, at=NOON, how="by letter"))
        priority = keep(session, LocationPriority(name=f"Market & 3rd, {n}", rank=n + 1, lead_id=tom.id))
        heard = rows.text(session, C.COMMUNITY, "The lamps are out.")
        keep(session, Evidence(priority_id=priority.id, lane=Lane.DATA, on=TODAY, text_id=heard.id))
        meeting = rows.meeting(session, group, n + 1, chair)
        keep(session, Expected(meeting_id=meeting.id, attendee_id=tom.id))
        keep(session, Amendment(meeting_id=meeting.id, text_id=heard.id, by_id=chair.id, at=NOON))
        item = keep(
            session,
            AgendaItem(meeting_id=meeting.id, position=1, kind=AgendaKind.PARTICIPANT, participant_id=ana.id),
        )
        here = keep(
            session, Attendance(meeting_id=meeting.id, attendee_id=tom.id, role=Role.OFFICER, arrived_at=NOON)
        )
        keep(session, SteppedOut(attendance_id=here.id, agenda_item_id=item.id, from_at=NOON))
        keep(session, Entry(meeting_id=meeting.id, kind=EntryKind.UPDATE, text_id=heard.id, filed_at=NOON))
        keep(session, ActionItem(text_id=heard.id, owner_id=tom.id, created_at=NOON))
        keep(session, Ask(participant_id=ana.id, text_id=asked.id, to_whom="the defenders", by=TODAY))
        keep(
            session,
            FinalizedMinutes(
                meeting_id=meeting.id,
                version=1,
                content={"items": []},
                digest="00",
                by_id=chair.id,
                at=NOON,
                anchor="1:00",
            ),
        )
    session.commit()


LOADERS: dict[str, Callable[[Session], object]] = {
    "attendees": records.attendees,
    "participants": records.participants,
    "places": records.places,
    "actions": lambda session: records.actions(session, open_only=True),
    "asks": lambda session: records.asks(session, open_only=False),
    "meetings": records.meetings,
    "amendments": lambda session: records.amendments(session, 1),
    "agenda": lambda session: records.agenda(session, 1),
    "attendance": lambda session: records.attendance(session, 1),
    "entries": lambda session: records.entries(session, 1),
    "everything": lambda session: list(records.everything(session)),
}


def test_every_loader_takes_the_same_number_of_statements_for_a_desk_of_any_size(session: Session) -> None:
    def counted() -> dict[str, int]:
        counts = {}
        for name, load in LOADERS.items():
            with rows.statements(session) as sent:
                load(session)
            counts[name] = len([statement for statement in sent if statement.startswith("SELECT")])
            session.expunge_all()
        return counts

    empty = counted()
    full_desk(session, size=40)
    assert counted() == empty
    assert max(count for name, count in empty.items() if name != "everything") <= 9


def test_everything_is_every_kind_and_no_field_is_without_a_class(session: Session) -> None:
    full_desk(session)
    found = list(records.everything(session))
    assert {record.kind for record in found} == set(Kind)
    assert len({record.id for record in found}) == len(found)
    for record in found:
        assert all(item.cls is not None for item in record.fields.values()), record.kind


def test_no_id_is_a_field(session: Session) -> None:
    full_desk(session)
    for record in records.everything(session):
        for link in record.links.values():
            assert link not in facts_of(record).values()
        assert "id" not in record.fields


def test_private_notes_and_unfinished_lines_never_leave(session: Session) -> None:
    full_desk(session)
    keep(session, PrivateNote(meeting_id=1, author_id=1, body="ask about heron"))
    keep(session, DraftLine(meeting_id=1, user_id=1, kind=LineKind.UPDATE, body="heron", updated_at=NOON))
    assert "heron" not in str(list(records.everything(session)))


def test_finalized_minutes_as_a_whole_are_for_nobody(session: Session) -> None:
    full_desk(session)
    rows.agreement(session, rows.attendee(session, "Al", "Moss", Role.CASE_SUPERVISOR), rows.template(session, "2"))
    (minutes,) = of(Kind.MINUTES, records.everything(session))
    (seen,) = disclose([minutes], audience(session, "a3"))
    assert "content" not in seen
    assert seen.value("version") == 1


def test_a_participants_facts_are_in_their_classes_and_about_them(session: Session) -> None:
    agency = keep(session, Agency(name="Harbor Case Management"))
    tom = rows.attendee(session, "Tom", "Bell")
    ana = rows.participant(
        session,
        "Ana",
        "Lind",
        case_agency_id=agency.id,
        referrer_id=tom.id,
        referrer_text="the shelter on Pine",
        flagged_by_id=tom.id,
        birth_date=date(1990, 1, 2),
    )
    (record,) = records.participants(session)
    assert (record.kind, record.id, record.about) == (Kind.PARTICIPANT, "p1", ("p1",))
    assert record.fields["family_name"] == Fact(cls=C.IDENTITY, value="Lind")
    assert record.fields["case_code"] == Fact(cls=C.OPERATIONS, value=ana.case_code)
    assert record.fields["birth_date"] == Fact(cls=C.IDENTITY, value=date(1990, 1, 2))
    assert record.fields["case_agency"] == Fact(cls=C.IDENTITY, value="Harbor Case Management")
    assert record.fields["referrer"] == Fact(cls=C.IDENTITY, value="Tom Bell")
    assert record.fields["referrer_text"] == Text(cls=C.IDENTITY, text="the shelter on Pine", about=("p1",))
    assert record.fields["flagged_by"] == Fact(cls=C.PERSONNEL, value="Tom Bell")
    assert record.fields["flagged"] == Fact(cls=C.PROGRESS, value=False)
    assert record.links == {"case_agency": "g1", "referrer": "a1", "flagged_by": "a1"}
    assert record.subjects == {"a1"}
    assert not {"preferred_name", "aliases", "door", "progress"} & set(record.fields), "empty is no field"


def test_a_participants_text_comes_with_its_wordings_and_is_about_them(session: Session) -> None:
    agency = keep(session, Agency(name="Harbor Case Management"))
    ben = rows.participant(session, "Ben", "Cole")
    line = rows.text(
        session,
        C.PROGRESS,
        "Moved in with {p1}.",
        ben,
        safe=[(C.OPERATIONS, "Has a place."), (C.COMMUNITY, "Well.")],
        source_id=agency.id,
    )
    rows.participant(session, "Ana", "Lind", progress_text_id=line.id)
    _, ana = records.participants(session)
    assert ana.fields["progress"] == Text(
        cls=C.PROGRESS,
        text="Moved in with {p1}.",
        about=("p1", "p2"),
        source="g1",
        safe=(Wording(cls=C.OPERATIONS, text="Has a place."), Wording(cls=C.COMMUNITY, text="Well.")),
    )
    assert ana.about == ("p2",)


def test_a_text_in_a_bound_field_is_never_of_an_unbound_class(session: Session) -> None:
    mistaken = rows.text(session, C.COMMUNITY, "Sleeps behind the library.")
    rows.participant(session, "Ana", "Lind", whereabouts_text_id=mistaken.id)
    (ana,) = records.participants(session)
    assert ana.fields["whereabouts"].cls is C.COORDINATION


def test_court_items_are_part_of_the_participant(session: Session) -> None:
    tom = rows.attendee(session, "Tom", "Bell")
    ana = rows.participant(session, "Ana", "Lind")
    rows.participant(session, "Ben", "Cole")
    asked = rows.text(session, C.COORDINATION, "Ask for a later date")
    keep(
        session,
        CourtItem(participant_id=ana.id, court="Municipal", next_date=TODAY, ask_text_id=asked.id, owner_id=tom.id),
    )
    first, second = records.participants(session)
    assert first.fields["court.1.court"] == Fact(cls=C.COORDINATION, value="Municipal")
    assert first.fields["court.1.owner"] == Fact(cls=C.COORDINATION, value="Tom Bell")
    assert first.fields["court.1.ask"] == Text(cls=C.COORDINATION, text="Ask for a later date", about=("p1",))
    assert first.links["court.1.owner"] == "a1"
    assert not any(name.startswith("court.") for name in second.fields)


def test_an_attendee_has_their_own_private_contact_details(session: Session) -> None:
    rows.site(session)
    agency = keep(session, Agency(name="City PD"))
    form = rows.template(session)
    for given in ("Tom", "Mia"):
        officer = rows.attendee(
            session, given, "Bell", Role.SERGEANT, Role.OFFICER, agency_id=agency.id, phone="555 0100"
        )
        rows.agreement(session, officer, form)
    own, other = disclose(records.attendees(session), audience(session, "a1"))
    assert own.value("phone") == "555 0100"
    assert "phone" not in other
    assert other.value("agency") == "City PD"
    assert other.value("roles") == (Role.SERGEANT, Role.OFFICER)


def test_an_agreement_is_its_signers_own_whomever_it_names(session: Session) -> None:
    full_desk(session)
    (record,) = of(Kind.AGREEMENT, records.everything(session))
    assert record.own == {"a2"}
    assert record.fields["duties"] == Fact(cls=C.ADMIN, value="I report to my sergeant.")
    (seen,) = disclose([record], audience(session, "a2"))
    assert seen.value("printed_name") == "Tom Bell 0"
    assert seen.value("conflicts_disclosed") == "Ana Lind 0"


def test_paperwork_about_a_participant_is_about_them(session: Session) -> None:
    full_desk(session)
    found = list(records.everything(session))
    for kind in (Kind.EXCLUSION, Kind.GRANT, Kind.INVOLVEMENT, Kind.RELEASE, Kind.REVOCATION, Kind.AGENDA_ITEM):
        (record,) = of(kind, found)
        assert record.about == ("p1",), kind
        assert record.links["participant"] == "p1"
        assert all(item.about == ("p1",) for item in record.fields.values() if isinstance(item, Text))


@pytest.mark.parametrize(
    ("links_participant", "links_place", "expected"),
    [
        (False, True, C.COMMUNITY),
        (True, True, C.OPERATIONS),
        (True, False, C.OPERATIONS),
        (False, False, C.OPERATIONS),
    ],
)
def test_an_actions_owner_due_and_outcome_are_community_where_only_places_are_linked(
    session: Session, links_participant: bool, links_place: bool, expected: C
) -> None:
    tom = rows.attendee(session, "Tom", "Bell")
    ana = rows.participant(session, "Ana", "Lind")
    place = keep(session, LocationPriority(name="Market & 3rd", rank=1))
    words = rows.text(session, C.OPERATIONS, "Mend the lamps")
    keep(
        session,
        ActionItem(
            text_id=words.id,
            owner_id=tom.id,
            due=TODAY,
            created_at=NOON,
            participant_id=ana.id if links_participant else None,
            priority_id=place.id if links_place else None,
        ),
    )
    (record,) = records.actions(session, open_only=True)
    assert record.fields["owner"] == Fact(cls=expected, value="Tom Bell")
    assert record.fields["due"] == Fact(cls=expected, value=TODAY)
    assert record.fields["outcome"] == Fact(cls=expected, value=ActionOutcome.OPEN)
    assert record.about == (("p1",) if links_participant else ())
    assert record.own == (frozenset() if links_participant else {"a1"})


def test_an_action_whose_text_is_about_a_participant_is_nobodys_own(session: Session) -> None:
    tom = rows.attendee(session, "Tom", "Bell")
    words = rows.text(session, C.IDENTITY, "Drive {p1} home", rows.participant(session, "Ana", "Lind"))
    place = keep(session, LocationPriority(name="Market & 3rd", rank=1))
    keep(session, ActionItem(text_id=words.id, owner_id=tom.id, priority_id=place.id, created_at=NOON))
    (record,) = records.actions(session, open_only=True)
    assert (record.about, record.own) == (("p1",), frozenset())
    assert record.fields["owner"].cls is C.OPERATIONS


def test_closed_actions_are_left_out_when_asked_and_undone_ones_always(session: Session) -> None:
    words = rows.text(session, C.OPERATIONS, "Mend the lamps")
    open_one = ActionItem(text_id=words.id, created_at=NOON)
    done = ActionItem(text_id=words.id, created_at=NOON, outcome=ActionOutcome.DONE, closed_at=NOON)
    undone = ActionItem(text_id=words.id, created_at=NOON, undone_at=NOON)
    for action in (open_one, done, undone):
        keep(session, action)
    assert [record.id for record in records.actions(session, open_only=True)] == ["act1"]
    assert [record.id for record in records.actions(session, open_only=False)] == ["act1", "act2"]


def test_an_entrys_kind_comes_with_whatever_wording_can_be_had(session: Session) -> None:
    rows.site(session)
    chair = rows.attendee(session, "Jo", "Reyes", Role.PROJECT_MANAGER)
    community = rows.attendee(session, "Mia", "Hart", Role.COMMUNITY)
    rows.agreement(session, community, rows.template(session))
    meeting = rows.meeting(session, rows.series(session), 1, chair)
    ana = rows.participant(session, "Ana", "Lind")
    about_her = rows.text(session, C.PROGRESS, "{p1} moved in.", ana, safe=[(C.COMMUNITY, "One flat is taken.")])
    unsaid = rows.text(session, C.PROGRESS, "{p1} is well.", ana)
    for number, words in enumerate((about_her, unsaid)):
        at = NOON + timedelta(minutes=number)
        keep(
            session,
            Entry(
                meeting_id=meeting.id,
                kind=EntryKind.DECISION,
                text_id=words.id,
                author_id=chair.id,
                filed_at=at,
            ),
        )
    said, silent = disclose(records.entries(session, meeting.id), audience(session, "a2"))
    assert {name: said.value(name) for name in said.names} == {"kind": "decision", "text": "One flat is taken."}
    assert silent.names == ()


def test_an_entry_concerns_the_participant_of_its_item(session: Session) -> None:
    chair = rows.attendee(session, "Jo", "Reyes")
    meeting = rows.meeting(session, rows.series(session), 1, chair)
    ana, ben = rows.participant(session, "Ana", "Lind"), rows.participant(session, "Ben", "Cole")
    item = keep(
        session,
        AgendaItem(meeting_id=meeting.id, position=1, kind=AgendaKind.PARTICIPANT, participant_id=ana.id),
    )
    words = rows.text(session, C.PROGRESS, "Went with {p2}.", ben)
    for undone in (None, NOON):
        keep(
            session,
            Entry(
                meeting_id=meeting.id,
                agenda_item_id=item.id,
                kind=EntryKind.UPDATE,
                text_id=words.id,
                filed_at=NOON,
                undone_at=undone,
            ),
        )
    (record,) = records.entries(session, meeting.id)
    assert record.about == ("p1", "p2")
    assert isinstance(text := record.fields["text"], Text)
    assert text.about == ("p1", "p2")
    assert record.fields["filed_at"] == Fact(cls=C.PROGRESS, value=NOON)
    assert record.links == {"meeting": "m1", "agenda_item": "i1"}


def test_an_ask_has_the_class_and_source_of_its_wording(session: Session) -> None:
    agency = keep(session, Agency(name="Harbor Case Management"))
    ana = rows.participant(session, "Ana", "Lind")
    words = rows.text(session, C.CARE, "A bed for tonight", safe=[(C.OPERATIONS, "A referral")], source_id=agency.id)
    keep(session, Ask(participant_id=ana.id, text_id=words.id, to_whom="the shelters", by=TODAY))
    keep(session, Ask(participant_id=ana.id, text_id=words.id, closed_at=NOON))
    (record,) = records.asks(session, open_only=True)
    assert record.fields["by"] == Fact(cls=C.CARE, value=TODAY, source="g1")
    assert record.fields["to_whom"] == Text(
        cls=C.CARE,
        text="the shelters",
        about=("p1",),
        source="g1",
        safe=(Wording(cls=C.OPERATIONS, text="the shelters"),),
    )
    assert len(records.asks(session, open_only=False)) == 2


def test_places_come_by_rank_each_with_its_evidence(session: Session) -> None:
    neighbor = rows.attendee(session, "Mia", "Hart")
    area = keep(session, Neighborhood(name="Eastside"))
    heard = rows.text(session, C.COMMUNITY, "The lamps are out.", cleared=True)
    second = keep(session, LocationPriority(name="The park", rank=2))
    first = keep(session, LocationPriority(name="Market & 3rd", rank=1, neighborhood_id=area.id))
    for place in (first, second):
        evidence = Evidence(priority_id=place.id, lane=Lane.QUALITATIVE, on=TODAY, text_id=heard.id)
        keep(session, evidence).complained_id = neighbor.id
    session.flush()
    found = records.places(session)
    assert [(record.kind, record.id) for record in found] == [(Kind.PLACE, "l2"), (Kind.PLACE, "l1")]
    assert records.places(session, second.id) == found[1:]
    assert found[0].fields["name"] == Text(cls=C.COMMUNITY, text="Market & 3rd")
    assert found[0].fields["neighborhood"] == Fact(cls=C.COMMUNITY, value="Eastside")
    lanes = [record for record in records.everything(session) if record.kind is Kind.EVIDENCE]
    assert [record.links["priority"] for record in lanes] == ["l2", "l1"]
    assert lanes[0].fields["text"] == Text(cls=C.COMMUNITY, text="The lamps are out.", cleared=True)
    assert lanes[0].fields["complained"] == Fact(cls=C.PERSONNEL, value="Mia Hart")
    assert lanes[0].subjects == {"a1"}


def test_attendance_is_the_attendees_own_with_what_they_stepped_out_for(session: Session) -> None:
    full_desk(session, size=2)
    (record,) = records.attendance(session, 2)
    assert record.own == {"a3"}
    assert record.fields["attendee"] == Fact(cls=C.COMMUNITY, value="Tom Bell 1")
    assert record.fields["stepped_out.2.from_at"] == Fact(cls=C.COMMUNITY, value=NOON)
    assert record.links["stepped_out.2.agenda_item"] == "i2"


def test_a_meetings_agenda_is_in_order_and_the_meeting_itself_is_public(session: Session) -> None:
    chair = rows.attendee(session, "Jo", "Reyes")
    meeting = rows.meeting(session, rows.series(session), 14, chair, place="City Hall")
    for position, kind in ((2, AgendaKind.PLACE), (1, AgendaKind.OVERVIEW)):
        keep(session, AgendaItem(meeting_id=meeting.id, position=position, kind=kind))
    assert [record.id for record in records.agenda(session, meeting.id)] == ["i2", "i1"]
    (record,) = records.meetings(session)
    rows.site(session)
    (seen,) = disclose([record], audience(session))
    assert seen.value("chair") == "Jo Reyes"
    assert seen.value("series") == "Operational Work Group"
    assert (seen.value("number"), seen.value("place")) == (14, "City Hall")
