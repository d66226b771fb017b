from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from leaddesk.models import Agreement, AgreementTemplate, Attendee, Base, Participant, Release, Site
from leaddesk.models.base import ChangedForeverError, class_of, columns, is_prose
from leaddesk.models.ids import PREFIXES, policy_id, row_id
from leaddesk.models.words import AgreementTerm, SigningMethod
from leaddesk.policy.records import LINK, Kind
from leaddesk.policy.vocabulary import InformationClass

NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)


def participant(**more: object) -> Participant:
    values = {"case_code": "P-7K3F", "given_name": "Ana", "family_name": "Lind", "created_at": NOON}
    return Participant(**(values | more))  # type: ignore[arg-type]


def signed(session: Session) -> Agreement:
    signer = Attendee(given_name="Tom", family_name="Bell")
    template = AgreementTemplate(
        language="en",
        version="1",
        title="Confidentiality",
        clauses=(("Purpose", "Why we meet."),),
        closing="I agree.",
        term=AgreementTerm.UNTIL_WITHDRAWN,
        digest="00",
        created_at=NOON,
    )
    session.add_all([signer, template])
    session.flush()
    agreement = Agreement(
        attendee_id=signer.id,
        template_id=template.id,
        signed_at=NOON,
        method=SigningMethod.DRAWN,
        strokes=(((0.0, 0.1), (0.5, 0.25)),),
        printed_name="Tom Bell",
    )
    session.add(agreement)
    session.flush()
    return agreement


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=str)
def test_every_column_has_a_class(table: sa.Table) -> None:
    assert [column.name for column in table.columns if class_of(column) is None] == []


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=str)
def test_every_vocabulary_is_checked_by_the_database_in_its_own_words(table: sa.Table) -> None:
    for column in table.columns:
        if isinstance(column.type, sa.Enum):
            assert column.type.create_constraint
            assert not column.type.native_enum
            words = column.type.enum_class
            assert isinstance(words, type)
            assert issubclass(words, Enum)
            assert column.type.enums == [word.value for word in words]


def test_free_words_are_never_a_participants_name() -> None:
    names = dict(columns(Participant))
    assert is_prose(names["referrer_text"])
    assert not is_prose(names["family_name"])
    assert class_of(names["family_name"]) is InformationClass.IDENTITY


def test_every_kind_has_a_table_of_its_name_and_letters_of_its_own() -> None:
    assert {kind.value for kind in Kind} <= set(Base.metadata.tables)
    assert set(PREFIXES) == set(Kind)
    assert len(set(PREFIXES.values())) == len(Kind)


@given(kind=st.sampled_from(Kind), row=st.integers(min_value=1, max_value=2**59))
def test_an_id_leads_back_to_its_row_and_can_be_linked(kind: Kind, row: int) -> None:
    name = policy_id(kind, row)
    assert row_id(kind, name) == row
    assert LINK.fullmatch("{" + name + "}")


@given(st.text(alphabet="pa0129 -\n", max_size=5))
def test_what_is_no_id_of_the_kind_is_refused(word: str) -> None:
    try:
        row = row_id(Kind.PARTICIPANT, word)
    except ValueError:
        return
    assert word == f"p{row}"


def test_no_row_has_no_id() -> None:
    assert policy_id(Kind.AGENCY, None) is None


def test_an_instant_comes_back_as_the_same_instant_in_utc(session: Session) -> None:
    local = datetime(2026, 5, 6, 5, 0, tzinfo=timezone(timedelta(hours=-7)))
    session.add(participant(created_at=local))
    session.commit()
    kept = session.scalars(sa.select(Participant.created_at)).one()
    assert kept == NOON
    assert kept.utcoffset() == timedelta(0)
    assert session.scalar(sa.text("SELECT created_at FROM participant")) == "2026-05-06T12:00:00.000000+00:00"


def test_an_instant_without_a_zone_is_refused(session: Session) -> None:
    session.add(participant(created_at=NOON.replace(tzinfo=None)))
    with pytest.raises(StatementError, match="needs its zone"):
        session.flush()


def test_lists_come_back_as_tuples_all_the_way_down(session: Session) -> None:
    agreement = signed(session)
    session.add(participant(aliases=("Annie", "Łucja")))
    session.commit()
    session.expire_all()
    assert agreement.strokes == (((0.0, 0.1), (0.5, 0.25)),)
    assert session.scalars(sa.select(Participant.aliases)).one() == ("Annie", "Łucja")


def test_a_word_that_is_not_in_the_vocabulary_is_refused_by_the_database(session: Session) -> None:
    session.add(participant())
    session.flush()
    with pytest.raises(IntegrityError):
        session.execute(sa.text("UPDATE participant SET door = 'window'"))


def test_a_repr_names_nobody(session: Session) -> None:
    somebody = participant()
    assert repr(somebody) == "<Participant unsaved>"
    session.add(somebody)
    session.flush()
    assert repr(somebody) == f"<Participant {somebody.id}>"


def test_a_signed_agreement_is_never_changed(session: Session) -> None:
    agreement = signed(session)
    agreement.ends_on = date(2027, 1, 1)
    with pytest.raises(ChangedForeverError):
        session.flush()


def test_a_signed_agreement_can_be_destroyed_when_its_time_is_over(session: Session) -> None:
    session.delete(signed(session))
    session.flush()
    assert session.scalars(sa.select(Agreement)).all() == []


def test_a_release_ends_on_a_day_or_with_an_event_but_not_both(session: Session) -> None:
    session.add(participant())
    session.flush()
    session.add(
        Release(participant_id=1, ends_on=date(2026, 12, 31), ends_event="the case is closed", created_at=NOON)
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_desk_has_one_site(session: Session) -> None:
    session.add(Site(program="Harbor County", zone="America/Los_Angeles"))
    session.flush()
    session.add(Site(program="Elsewhere", zone="America/Los_Angeles"))
    with pytest.raises(IntegrityError):
        session.flush()
