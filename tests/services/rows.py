"""Ordinary rows for the tests, each with what the test does not care about filled in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from leaddesk.models import (
    Agreement,
    AgreementTemplate,
    Attendee,
    AttendeeRole,
    Base,
    Involvement,
    Meeting,
    MeetingSeries,
    Participant,
    Release,
    Site,
    StoredText,
    StoredWording,
    TextAbout,
)
from leaddesk.models.words import AgreementTerm, SigningMethod
from leaddesk.policy.vocabulary import Form, InformationClass, InvolvementKind, Role

C = InformationClass
NOON = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)
TODAY = date(2026, 5, 6)
R = TypeVar("R", bound=Base)


def keep(session: Session, row: R) -> R:
    session.add(row)
    session.flush()
    return row


def site(session: Session, **more: Any) -> Site:
    return keep(session, Site(program="Harbor County", zone="UTC", **more))


def attendee(session: Session, given: str, family: str, *roles: Role, **more: Any) -> Attendee:
    row = keep(session, Attendee(given_name=given, family_name=family, **more))
    for position, role in enumerate(roles):
        keep(session, AttendeeRole(attendee_id=row.id, position=position, role=role))
    return row


def template(session: Session, version: str = "1", **more: Any) -> AgreementTemplate:
    values: dict[str, Any] = {"term": AgreementTerm.UNTIL_WITHDRAWN, "language": "en", "title": "Agreement"}
    values |= {"clauses": (), "closing": "", "digest": "", "created_at": NOON, "version": version}
    return keep(session, AgreementTemplate(**(values | more)))


def agreement(session: Session, who: Attendee, form: AgreementTemplate, **more: Any) -> Agreement:
    values: dict[str, Any] = {"signed_at": NOON, "method": SigningMethod.TYPED, "printed_name": who.name}
    return keep(session, Agreement(attendee_id=who.id, template_id=form.id, **(values | more)))


def participant(session: Session, given: str, family: str, **more: Any) -> Participant:
    code = f"P-{session.scalar(sa.select(sa.func.count()).select_from(Participant)):04}"
    values: dict[str, Any] = {"case_code": code, "created_at": NOON}
    return keep(session, Participant(given_name=given, family_name=family, **(values | more)))


def release(session: Session, who: Participant, *classes: C, **more: Any) -> Release:
    values: dict[str, Any] = {"signed_on": TODAY, "ends_on": date(2027, 5, 5), "form": Form.GENERAL}
    values |= {"created_at": NOON, "classes": classes}
    return keep(session, Release(participant_id=who.id, **(values | more)))


def involve(session: Session, who: Attendee, whom: Participant, kind: InvolvementKind) -> Involvement:
    return keep(session, Involvement(attendee_id=who.id, participant_id=whom.id, kind=kind, from_on=TODAY))


def text(
    session: Session, cls: C, body: str, *about: Participant, safe: Sequence[tuple[C, str]] = (), **more: Any
) -> StoredText:
    row = keep(session, StoredText(cls=cls, body=body, **more))
    for whom in about:
        keep(session, TextAbout(text_id=row.id, participant_id=whom.id))
    for position, (lower, words) in enumerate(safe):
        keep(session, StoredWording(text_id=row.id, position=position, cls=lower, body=words))
    return row


def series(session: Session, name: str = "Operational Work Group", **more: Any) -> MeetingSeries:
    return keep(session, MeetingSeries(name=name, **more))


def meeting(session: Session, of: MeetingSeries, number: int, chair: Attendee, **more: Any) -> Meeting:
    values: dict[str, Any] = {"held_on": TODAY, "starts_at": NOON}
    return keep(session, Meeting(series_id=of.id, number=number, chair_id=chair.id, **(values | more)))


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile, transactions aside."""
    sent: list[str] = []
    session.flush()

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    engine = session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", hear)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", hear)
