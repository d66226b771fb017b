"""Conflicts nobody has decided on, as the signed-in user may know of them."""

from datetime import date

import pytest

from leaddesk.policy.conflicts import conflict_rows, conflict_words
from leaddesk.policy.desk_views import ConflictRow
from leaddesk.policy.facts import Exclusion
from leaddesk.policy.records import Fact, Kind, Record
from leaddesk.policy.vocabulary import InformationClass
from tests.policy.meeting import brooks, desk, meyer, shown_to

C = InformationClass


def undecided(id_: str, attendee: str, participant: str) -> Record:
    facts = {"attendee": Fact(cls=C.ADMIN, value=attendee.title()), "reason": Fact(cls=C.ADMIN, value="when signing")}
    return Record(kind=Kind.EXCLUSION, id=id_, about=(participant,), fields=facts, links={"attendee": attendee})


TWO = (undecided("x2", "ruiz", "p2"), undecided("x1", "ruiz", "p1"))


def test_the_chair_is_told_who_disclosed_and_whom_it_could_mean() -> None:
    rows = conflict_rows(shown_to("okafor", signed_in=None), TWO)
    assert rows == (
        ConflictRow(id="x1", attendee="ruiz", who="Ruiz", whom="Angela Brooks", how="when signing"),
        ConflictRow(id="x2", attendee="ruiz", who="Ruiz", whom="Carl Meyer", how="when signing"),
    )
    assert conflict_words(rows).startswith("Ruiz disclosed a conflict: 2 participants it could mean")
    assert "one participant" in conflict_words(rows[:1])
    assert conflict_words(()) == ""


@pytest.mark.parametrize("user", ["bell", "ruiz"])
def test_whoever_may_not_have_the_paperwork_is_told_nothing(user: str) -> None:
    assert conflict_rows(shown_to(user, signed_in=None), TWO) == ()


def test_a_user_excluded_from_one_of_them_is_not_told_of_that_one() -> None:
    out = brooks(exclusions=(Exclusion(person="okafor", starts=date(2026, 1, 1)),))
    rows = conflict_rows(shown_to("okafor", facts=desk(out, meyer()), signed_in=None), TWO)
    assert [row.whom for row in rows] == ["Carl Meyer"]


def test_two_whom_one_name_could_mean_are_told_apart_by_their_codes() -> None:
    other = meyer(given_name="ANGELA", family_name="Brooks")
    rows = conflict_rows(shown_to("okafor", facts=desk(brooks(), other), signed_in=None), TWO)
    assert [row.whom for row in rows] == ["ANGELA Brooks (P-2M9Q)", "Angela Brooks (P-7K3F)"]
