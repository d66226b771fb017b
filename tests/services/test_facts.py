from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from leaddesk.models import (
    Agency,
    AgreementEvent,
    Exclusion,
    Grant,
    LocationPriority,
    Neighborhood,
    Release,
    Revocation,
    RoleTableVersion,
)
from leaddesk.models.words import AgreementEnd, AgreementTerm, ExclusionState, IntakeStatus
from leaddesk.policy import facts
from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.facts import UntilEvent
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import (
    DEFAULT_ROLE_TABLE,
    Cell,
    Door,
    Form,
    InformationClass,
    InvolvementKind,
    Part2,
    Reason,
    Role,
)
from leaddesk.services.facts import load_facts
from tests.services import rows
from tests.services.rows import NOON, TODAY, keep

C = InformationClass
MINUTE = timedelta(minutes=1)


def signed_at(session: Session, at: datetime) -> frozenset[str]:
    """Whose agreement is in force then."""
    return frozenset(Standing(load_facts(session, at), at).attending)


def test_a_desk_without_a_site_has_no_facts(session: Session) -> None:
    with pytest.raises(NoResultFound):
        load_facts(session, NOON)


def test_the_number_of_statements_is_the_same_for_a_desk_of_any_size(session: Session) -> None:
    rows.site(session)
    counts = []
    for size in (0, 1, 700):
        template = rows.template(session, version=str(size))
        for number in range(size):
            person = rows.attendee(session, "Tom", f"Bell {number}", Role.OFFICER)
            whom = rows.participant(session, "Ana", f"Lind {number}", case_code=f"{size}-{number}")
            rows.agreement(session, person, template)
            rows.release(session, whom, C.IDENTITY)
            rows.involve(session, person, whom, InvolvementKind.REFERRER)
        session.commit()
        with rows.statements(session) as sent:
            load_facts(session, NOON)
        counts.append(len([statement for statement in sent if statement.startswith("SELECT")]))
    assert counts == [1, 1, 1]


def test_a_person_is_in_the_first_of_their_roles_and_of_their_agency(session: Session) -> None:
    rows.site(session)
    agency = keep(session, Agency(name="City PD", part2=Part2.NO))
    rows.attendee(session, "Tom", "Bell", Role.SERGEANT, Role.OFFICER, agency_id=agency.id)
    rows.attendee(session, "Mia", "Hart")
    loaded = load_facts(session, NOON)
    tom, mia = loaded.people["a1"], loaded.people["a2"]
    assert (tom.name, tom.role, tom.agency) == ("Tom Bell", Role.SERGEANT, "g1")
    assert (mia.role, mia.agency, mia.agreements) == (None, None, ())
    assert loaded.agencies == {"g1": Part2.NO}


def test_an_agreement_counts_while_its_template_is_accepted(session: Session) -> None:
    rows.site(session)
    tom = rows.attendee(session, "Tom", "Bell", Role.OFFICER)
    old = rows.template(session, accepted_until=NOON + 5 * MINUTE)
    rows.agreement(session, tom, old)
    assert signed_at(session, NOON + 4 * MINUTE) == {"a1"}
    assert signed_at(session, NOON + 5 * MINUTE) == frozenset()


def test_withdrawing_or_declining_ends_what_was_signed_until_then(session: Session) -> None:
    rows.site(session)
    tom = rows.attendee(session, "Tom", "Bell", Role.OFFICER)
    rows.agreement(session, tom, rows.template(session))
    keep(session, AgreementEvent(attendee_id=tom.id, kind=AgreementEnd.DECLINED, at=NOON + MINUTE))
    assert signed_at(session, NOON) == {"a1"}
    assert signed_at(session, NOON + MINUTE) == frozenset()


def test_an_agreement_for_this_meeting_ends_when_the_next_of_its_series_opens(session: Session) -> None:
    rows.site(session)
    tom = rows.attendee(session, "Tom", "Bell", Role.OFFICER)
    group, other = rows.series(session), rows.series(session, "Another group")
    form = rows.template(session, term=AgreementTerm.THIS_MEETING)
    rows.meeting(session, group, 13, tom, opened_at=NOON + 10 * MINUTE)  # opened late, but it is no later meeting
    this = rows.meeting(session, group, 14, tom, opened_at=NOON + MINUTE)
    rows.meeting(session, other, 99, tom, opened_at=NOON + 20 * MINUTE)
    rows.meeting(session, group, 16, tom)
    rows.agreement(session, tom, form, meeting_id=this.id)
    assert signed_at(session, NOON + timedelta(days=364)) == {"a1"}
    rows.meeting(session, group, 15, tom, opened_at=NOON + timedelta(days=7))
    assert signed_at(session, NOON + timedelta(days=7) - MINUTE) == {"a1"}
    assert signed_at(session, NOON + timedelta(days=7)) == frozenset()


@pytest.mark.parametrize("signed", [NOON, datetime(2028, 2, 29, 12, tzinfo=NOON.tzinfo)])
def test_an_agreement_for_this_meeting_lasts_a_year_at_most(session: Session, signed: datetime) -> None:
    rows.site(session)
    tom = rows.attendee(session, "Tom", "Bell", Role.OFFICER)
    this = rows.meeting(session, rows.series(session), 1, tom)
    form = rows.template(session, term=AgreementTerm.THIS_MEETING)
    rows.agreement(session, tom, form, meeting_id=this.id, signed_at=signed)
    assert signed_at(session, signed + timedelta(days=363)) == {"a1"}
    assert signed_at(session, signed + timedelta(days=365)) == frozenset()


@pytest.mark.parametrize("term", [AgreementTerm.THIS_MEETING, AgreementTerm.MONTHS])
def test_an_agreement_that_does_not_say_how_long_is_never_in_force(session: Session, term: AgreementTerm) -> None:
    rows.site(session)
    tom = rows.attendee(session, "Tom", "Bell", Role.OFFICER)
    rows.agreement(session, tom, rows.template(session, term=term))
    assert signed_at(session, NOON) == frozenset()


def test_an_agreement_for_months_includes_its_last_day(session: Session) -> None:
    rows.site(session)
    tom = rows.attendee(session, "Tom", "Bell", Role.OFFICER)
    rows.agreement(session, tom, rows.template(session, term=AgreementTerm.MONTHS, months=12), ends_on=TODAY)
    assert signed_at(session, NOON + timedelta(hours=11)) == {"a1"}
    assert signed_at(session, NOON + timedelta(hours=12)) == frozenset()


@pytest.mark.parametrize(
    ("status", "intake"),
    [
        (None, None),
        (IntakeStatus.REFERRED, "open"),
        (IntakeStatus.SCREENING, "open"),
        (IntakeStatus.NOT_APPROVED, "decided"),
        (IntakeStatus.DECLINED, "decided"),
        (IntakeStatus.ENROLLED, "decided"),
        (IntakeStatus.INTAKE_MISSED, "decided"),
    ],
)
def test_intake_is_open_until_it_is_decided(
    session: Session, status: IntakeStatus | None, intake: str | None
) -> None:
    rows.site(session)
    rows.participant(session, "Ana", "Lind", intake_status=status)
    assert load_facts(session, NOON).participants["p1"].intake == intake


def test_a_participant_comes_with_everything_that_decides(session: Session) -> None:
    rows.site(session)
    agency = keep(session, Agency(name="Harbor Case Management", part2=None))
    police = keep(session, Agency(name="City PD"))
    tom = rows.attendee(session, "Tom", "Bell", Role.OFFICER)
    ana = rows.participant(
        session,
        "Ana",
        "Lind",
        preferred_name="Annie",
        aliases=("Red",),
        door=Door.ARREST,
        case_agency_id=agency.id,
        referring_agency_id=police.id,
    )
    rows.release(
        session,
        ana,
        C.IDENTITY,
        form=Form.PART2,
        source_agencies=(agency.id,),
        recipient_classes=("law_enforcement",),
        recipient_agencies=(police.id,),
        recipient_attendees=(tom.id,),
    )
    keep(session, Revocation(participant_id=ana.id, release_id=1, at=NOON))
    keep(session, Exclusion(attendee_id=tom.id, participant_id=ana.id, classes=("care",), from_on=TODAY))
    keep(
        session,
        Grant(attendee_id=tom.id, participant_id=ana.id, classes=("care",), from_on=TODAY, granted_by_id=tom.id),
    )
    rows.involve(session, tom, ana, InvolvementKind.REFERRER)
    assert load_facts(session, NOON).participants["p1"] == facts.Participant(
        id="p1",
        code="P-0000",
        given_name="Ana",
        family_name="Lind",
        preferred_name="Annie",
        aliases=("Red",),
        door="arrest",
        case_agency="g1",
        referring_agency="g2",
        releases=(
            facts.Release(
                id="r1",
                signed=TODAY,
                ends=date(2027, 5, 5),
                form="part2",
                sources=frozenset({"g1"}),
                to_classes=frozenset({"law_enforcement"}),
                to_agencies=frozenset({"g2"}),
                to_people=frozenset({"a1"}),
                classes=frozenset({C.IDENTITY}),
            ),
        ),
        revocations=(facts.Revocation(at=NOON, release="r1"),),
        exclusions=(facts.Exclusion(person="a1", starts=TODAY, classes=frozenset({C.CARE})),),
        grants=(facts.Grant(person="a1", starts=TODAY, classes=frozenset({C.CARE})),),
        involvements=(facts.Involvement(person="a1", starts=TODAY, kind="referrer"),),
    )


def test_a_release_signed_at_an_instant_begins_then_and_ends_with_its_event(session: Session) -> None:
    rows.site(session)
    ana = rows.participant(session, "Ana", "Lind")
    more = {"signed_at": NOON, "ends_on": None, "ends_event": "the case is closed"}
    rows.release(session, ana, C.IDENTITY, event_recorded_at=NOON + MINUTE, **more)
    (loaded,) = load_facts(session, NOON).participants["p1"].releases
    assert loaded.signed == NOON
    assert loaded.ends == UntilEvent(event="the case is closed", recorded=NOON + MINUTE)


def test_a_release_from_a_roster_is_not_in_force(session: Session) -> None:
    rows.site(session)
    ana = rows.participant(session, "Ana", "Lind")
    keep(session, Release(participant_id=ana.id, signed_on=TODAY, imported=True, created_at=NOON))
    standing = Standing(load_facts(session, NOON), NOON).about("p1")
    assert standing is not None
    assert standing.releases == ()


def test_words_that_are_no_class_widen_nothing(session: Session) -> None:
    rows.site(session)
    tom = rows.attendee(session, "Tom", "Bell")
    ana = rows.participant(session, "Ana", "Lind")
    rows.release(session, ana).classes = ("identity", "everything")
    tie: dict[str, Any] = {
        "attendee_id": tom.id,
        "participant_id": ana.id,
        "from_on": TODAY,
        "classes": ("care", "everything"),
    }
    keep(session, Grant(granted_by_id=tom.id, **tie))
    keep(session, Exclusion(**tie))
    loaded = load_facts(session, NOON).participants["p1"]
    assert loaded.releases[0].classes == {C.IDENTITY}
    assert loaded.grants[0].classes == {C.CARE}
    assert loaded.exclusions[0].classes == frozenset(), "that is, every bound class"


def test_an_unconfirmed_exclusion_counts_until_the_chair_ends_it(session: Session) -> None:
    rows.site(session)
    tom = rows.attendee(session, "Tom", "Bell", Role.PROJECT_MANAGER)
    rows.agreement(session, tom, rows.template(session))
    ana = rows.participant(session, "Ana", "Lind")
    exclusion = Exclusion(attendee_id=tom.id, participant_id=ana.id, from_on=TODAY, state=ExclusionState.UNCONFIRMED)
    keep(session, exclusion).ended_at = NOON + 5 * MINUTE
    loaded = load_facts(session, NOON)
    during, after = (Standing(loaded, at) for at in (NOON + 4 * MINUTE, NOON + 5 * MINUTE))
    assert decide(during, "a1", Asked(C.IDENTITY, "p1")).reason is Reason.EXCLUDED
    assert decide(after, "a1", Asked(C.IDENTITY, "p1")).allowed


def test_rows_that_are_one_person_share_one_standing(session: Session) -> None:
    rows.site(session)
    tom = rows.attendee(session, "Tom", "Bell")
    kept = rows.participant(session, "Ana", "Lind", intake_status=IntakeStatus.ENROLLED)
    middle = rows.participant(session, "Anna", "Lind", merged_into_id=kept.id)
    first = rows.participant(session, "Ana", "Lindt", merged_into_id=middle.id, intake_status=IntakeStatus.REFERRED)
    keep(session, Exclusion(attendee_id=tom.id, participant_id=first.id, from_on=TODAY))
    rows.release(session, kept, C.IDENTITY)
    loaded = load_facts(session, NOON).participants
    assert {one.family_name for one in loaded.values()} == {"Lind", "Lindt"}
    assert {one.intake for one in loaded.values()} == {"decided"}
    for one in loaded.values():
        assert [exclusion.person for exclusion in one.exclusions] == ["a1"]
        assert [signed.id for signed in one.releases] == ["r1"]


def test_rows_merged_in_a_ring_share_one_standing_too(session: Session) -> None:
    rows.site(session)
    tom = rows.attendee(session, "Tom", "Bell")
    one, two = rows.participant(session, "Ana", "Lind"), rows.participant(session, "Anna", "Lind")
    one.merged_into_id, two.merged_into_id = two.id, one.id
    keep(session, Exclusion(attendee_id=tom.id, participant_id=two.id, from_on=TODAY))
    loaded = load_facts(session, NOON).participants
    assert loaded["p1"].exclusions == loaded["p2"].exclusions != ()


def test_the_latest_role_table_counts_and_what_is_no_word_of_it_denies(session: Session) -> None:
    rows.site(session)
    assert load_facts(session, NOON).site.role_table == DEFAULT_ROLE_TABLE
    cells = {"officer": {"community": "yes", "care": "perhaps", "all": "yes"}, "mayor": {"community": "yes"}}
    keep(session, RoleTableVersion(version=2, cells=cells, reason="Agreed on 6 May", at=NOON))
    keep(session, RoleTableVersion(version=1, cells={}, reason="The table a new desk starts with", at=NOON))
    assert load_facts(session, NOON).site.role_table == {Role.OFFICER: {C.COMMUNITY: Cell.YES}}


def test_the_site_settings_that_the_rule_depends_on_are_the_rows(session: Session) -> None:
    rows.site(session, part2=Part2.NO, intake_exemption=False)
    loaded = load_facts(session, NOON).site
    assert (loaded.zone, loaded.part2, loaded.intake_exemption) == ("UTC", "no", False)


def test_agencies_neighborhoods_and_places_are_known_names(session: Session) -> None:
    rows.site(session)
    keep(session, Agency(name="City PD"))
    keep(session, Neighborhood(name="Capitol Hill"))
    keep(session, LocationPriority(name="The Denny corner", place="3rd & Denny", rank=1))
    keep(session, LocationPriority(name="The park", rank=2))
    assert load_facts(session, NOON).known_names == {
        "City PD",
        "Capitol Hill",
        "The Denny corner",
        "3rd & Denny",
        "The park",
    }
