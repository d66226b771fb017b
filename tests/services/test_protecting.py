"""Every transaction that writes protected rows leaves their hashes in the ledger."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from leaddesk.errors import KnownError
from leaddesk.models import Grant, Involvement, Release, User, protected_tables
from leaddesk.models.ids import row_id
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import InformationClass, InvolvementKind
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import ParticipantForm
from leaddesk.services.participants import save_participant
from leaddesk.services.protecting import UnseenChangeError
from leaddesk.vault.ledger import LedgerEntry
from leaddesk.vault.protected import ROWS, row_hash
from tests.services.opened import NOON, signed_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = signed_desk(tmp_path / "desk")
    made.do(save_participant, ParticipantForm(given_name="Ana", family_name="Lind"), made.everyday)
    yield made
    made.lock()


def hashed(desk: Desk) -> list[LedgerEntry]:
    """The entries with hashes of rows."""
    return list(desk.do(Unit.ledger_entries, ROWS))


def connection_of(unit: Unit) -> Connection:
    return unit.rows.connection()


def release(unit: Unit, **more: object) -> Release:
    row = Release(participant_id=1, created_at=unit.at, **more)  # type: ignore[arg-type]
    unit.rows.add(row)
    unit.rows.flush()
    return row


def release_and_fail(unit: Unit) -> None:
    release(unit)
    raise KnownError("No.")


def test_the_tables_that_decide_who_may_have_what_are_protected() -> None:
    assert protected_tables() == (
        "agreement",
        "agreement_event",
        "agreement_template",
        "amendment",
        "exclusion",
        "finalized_minutes",
        "grant",
        "involvement",
        "release",
        "revocation",
        "role_table",
        "user",
    )


def test_a_new_desk_has_the_hash_of_each_of_its_first_rows(desk: Desk) -> None:
    first = hashed(desk)[0]
    assert sorted(first.payload["rows"]) == ["agreement_template:1", "agreement_template:2", "role_table:1", "user:1"]
    assert first.actor == "a1"


def test_a_row_is_hashed_as_the_transaction_leaves_it_in_its_last_entry(desk: Desk) -> None:
    with desk.unit() as unit:
        row = release(unit)
        row.purpose = "housing"
        unit.note("something_else")
    with desk.unit() as unit:
        now = row_hash(connection_of(unit), "release", row.id)
        last = unit.ledger_entries()[-1]
    assert (last.action, last.payload) == (ROWS, {"rows": {f"release:{row.id}": now}})


def test_a_changed_row_is_hashed_anew_and_one_that_is_only_read_is_not(desk: Desk) -> None:
    with desk.unit() as unit:
        one, other = release(unit).id, release(unit).id
    with desk.unit() as unit:
        row, read = unit.rows.get_one(Release, one), unit.rows.get_one(Release, other)
        row.purpose, read.purpose = "housing", read.purpose
    before, after = [entry.payload["rows"] for entry in hashed(desk)[-2:]]
    assert sorted(before) == [f"release:{one}", f"release:{other}"]
    assert list(after) == [f"release:{one}"]
    assert after[f"release:{one}"] != before[f"release:{one}"]


def test_a_deleted_row_has_no_hash_and_is_said_to_have_none(desk: Desk) -> None:
    with desk.unit() as unit:
        one = release(unit).id
    with desk.unit() as unit:
        unit.rows.delete(unit.rows.get_one(Release, one))
    assert hashed(desk)[-1].payload == {"rows": {f"release:{one}": None}}


def test_what_is_taken_back_within_its_transaction_leaves_nothing(desk: Desk) -> None:
    before = len(hashed(desk))
    with desk.unit() as unit, unit.rows.begin_nested() as savepoint:
        release(unit)
        savepoint.rollback()
    with pytest.raises(KnownError):
        desk.do(release_and_fail)
    assert len(hashed(desk)) == before


def test_rows_of_other_tables_are_not_hashed(desk: Desk) -> None:
    before = len(hashed(desk))
    desk.do(save_participant, ParticipantForm(given_name="Tom", family_name="Ruiz"), desk.everyday)
    with desk.unit() as unit:
        unit.rows.execute(sa.update(sa.table("site", sa.column("goal"))).values(goal="fewer arrests"))
    assert len(hashed(desk)) == before


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(User).values(active=False),
        sa.delete(Grant),
        sa.insert(Involvement).values(
            attendee_id=1, participant_id=1, kind=InvolvementKind.REFERRER, from_on=NOON.date()
        ),
        sa.delete(Release.__table__),  # type: ignore[arg-type]
    ],
)
def test_a_statement_over_many_protected_rows_is_refused(desk: Desk, statement: sa.Executable) -> None:
    with pytest.raises(UnseenChangeError, match="one by one"), desk.unit() as unit:
        unit.rows.execute(statement)


def test_every_verb_is_seen_without_knowing_of_it(desk: Desk) -> None:
    """A grant written by nothing but the rows themselves."""
    with desk.unit() as unit:
        row = Grant(
            attendee_id=row_id(Kind.ATTENDEE, unit.user.id),
            participant_id=1,
            classes=(InformationClass.HEALTH.value,),
            from_on=unit.today,
            granted_by_id=unit.user.attendee,
        )
        unit.rows.add(row)
    assert list(hashed(desk)[-1].payload["rows"]) == [f"grant:{row.id}"]
