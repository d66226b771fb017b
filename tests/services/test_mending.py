"""Releases and ties as the registers read them: how each stands, and what the time of day decides."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from leaddesk.errors import KnownError
from leaddesk.policy.vocabulary import BOUND, InformationClass, InvolvementKind, RecipientClass
from leaddesk.policy.vocabulary import Form as ReleaseKind
from leaddesk.services import participants, people, ties
from leaddesk.services.desk import Desk
from leaddesk.services.drafts import (
    AgencyForm,
    ExclusionForm,
    GrantForm,
    InvolvementForm,
    ParticipantForm,
    ReleaseForm,
    RevocationForm,
)
from leaddesk.services.facts import load_facts
from leaddesk.services.registers import Registers, read_registers
from tests.services.opened import NOON, signed_desk

#: Noon in Harbor County.
TODAY = date(2026, 5, 6)
RELEASE = ReleaseForm(
    participant="p1",
    form=ReleaseKind.PART2,
    sources=("g1",),
    to_classes=(RecipientClass.PROGRAM,),
    classes=tuple(sorted(BOUND)),
    signed_on=date(2026, 4, 1),
    ends_on=date(2026, 12, 31),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = signed_desk(tmp_path / "desk", lambda: NOON)
    agency = made.do(people.save_agency, AgencyForm(name="Harbor House", kind="case management"))
    form = ParticipantForm(given_name="Angela", family_name="Brooks", case_agency=agency)
    made.do(participants.save_participant, form, made.everyday)
    yield made
    made.lock()


def states(desk: Desk) -> list[str]:
    return [row.detail for row in desk.do(read_registers, desk.everyday, lambda read: read.releases("p1"))]


def test_a_release_that_lacks_its_days_says_so_in_words(desk: Desk) -> None:
    desk.do(participants.save_release, ReleaseForm(participant="p1"))
    titles = [row.title for row in desk.do(read_registers, desk.everyday, lambda read: read.releases("p1"))]
    assert "No signature date, no end" in titles


@pytest.mark.parametrize(
    ("signed", "state"),
    [
        (time(11, 59), "revoked 2026-05-06"),
        (time(12, 0), "revoked 2026-05-06"),
        (time(12, 1), "begins 2026-05-06"),
    ],
)
def test_on_the_day_of_a_revocation_the_time_decides(desk: Desk, signed: time, state: str) -> None:
    desk.do(participants.revoke, RevocationForm(participant="p1"))
    desk.do(participants.save_release, replace(RELEASE, signed_on=TODAY, signed_time=signed))
    assert states(desk) == [state]


def test_a_time_that_was_recorded_is_mended_and_goes_with_its_day(desk: Desk) -> None:
    id_ = desk.do(participants.save_release, replace(RELEASE, signed_time=time(9, 30)))
    form = desk.do(read_registers, desk.everyday, lambda read: read.release_form(id_))
    assert (form.signed_on, form.signed_time) == (date(2026, 4, 1), time(9, 30))
    desk.do(participants.save_release, replace(form, signed_on=date(2026, 4, 2)))
    form = desk.do(read_registers, desk.everyday, lambda read: read.release_form(id_))
    assert (form.signed_on, form.signed_time) == (date(2026, 4, 2), time(9, 30))
    desk.do(participants.save_release, replace(form, signed_time=None))
    form = desk.do(read_registers, desk.everyday, lambda read: read.release_form(id_))
    assert (form.signed_on, form.signed_time) == (date(2026, 4, 2), None)


def test_a_release_says_how_it_stands_and_which_wait_for_their_event(desk: Desk) -> None:
    ends = desk.do(participants.save_release, replace(RELEASE, ends_on=None, ends_event="the case is closed"))
    desk.do(participants.save_release, RELEASE)
    desk.do(participants.save_release, replace(RELEASE, classes=()))
    assert states(desk) == ["in force", "in force", "not in force: lacks classes"]
    waiting = desk.do(read_registers, desk.everyday, lambda read: read.waiting_for_events("p1"))
    assert [row.id for row in waiting] == [ends]
    desk.do(participants.record_event, ends)
    assert states(desk)[0] == "ended 2026-05-06"
    assert desk.do(read_registers, desk.everyday, lambda read: read.waiting_for_events("p1")) == ()


def test_involvements_and_exclusions_say_since_when_and_whether_they_are_over(desk: Desk) -> None:
    tie = InvolvementForm(attendee="a1", participant="p1", kind=InvolvementKind.CASE_MANAGER, starts=date(2026, 1, 2))
    desk.do(ties.end_involvement, desk.do(ties.involve, tie))
    desk.do(ties.involve, tie)

    def involved(read: Registers) -> list[str]:
        return [row.detail for row in read.involvements("p1")]

    assert desk.do(read_registers, desk.everyday, involved) == [
        "case manager, since 2026-01-02, over",
        "case manager, since 2026-01-02",
    ]
    now = desk.do(read_registers, desk.everyday, lambda read: read.involvements("p1", open_only=True))
    assert len(now) == 1
    desk.do(participants.save_participant, ParticipantForm(family_name="Webb"), desk.everyday)
    desk.do(ties.exclude, ExclusionForm(attendee="a1", participant="p2", ends=date(2026, 6, 1), reason="asked"))
    # The user is the one who is excluded: they learn nothing of it.
    assert desk.do(read_registers, desk.everyday, lambda read: read.exclusions("p2")) == ()


def test_a_tie_ends_at_the_moment_at_which_it_was_ended_and_once(desk: Desk) -> None:
    tie = InvolvementForm(attendee="a1", participant="p1", kind=InvolvementKind.CASE_MANAGER)
    grant = GrantForm(
        attendee="a1",
        participant="p1",
        classes=(InformationClass.CARE,),
        reason="covers",
        starts=date(2027, 1, 2),
        ends=date(2027, 2, 2),
    )
    involvement, granted = desk.do(ties.involve, tie), desk.do(ties.grant, grant)
    before = desk.do(lambda unit: unit.at)
    desk.do(ties.end_involvement, involvement)
    desk.do(ties.end_grant, granted)
    one = desk.do(lambda unit: load_facts(unit.rows, unit.at)).participants["p1"]
    ends = [tie.ends for tie in (*one.involvements, *one.grants)]
    assert all(isinstance(end, datetime) and end >= before for end in ends), "what was shown until then rested on it"
    for verb, id_ in ((ties.end_involvement, involvement), (ties.end_grant, granted)):
        with pytest.raises(KnownError, match="over already"):
            desk.do(verb, id_)
    over = desk.do(ties.involve, replace(tie, starts=date(2026, 1, 2), ends=date(2026, 1, 3)))
    with pytest.raises(KnownError, match="over already"):
        desk.do(ties.end_involvement, over)
    assert desk.do(read_registers, desk.everyday, lambda read: read.grants("p1")) == ()
