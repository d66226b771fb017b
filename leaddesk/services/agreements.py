"""Confidentiality agreements: signing, declining, withdrawing, and the paper."""

from calendar import monthrange
from datetime import date
from itertools import pairwise
from math import dist

from sqlalchemy import select

from leaddesk.errors import KnownError
from leaddesk.models import Agreement, AgreementEvent, AgreementTemplate, Attendee
from leaddesk.models.ids import policy_id
from leaddesk.models.words import AgreementEnd, AgreementTerm, SigningMethod
from leaddesk.policy.records import Kind
from leaddesk.policy.standing import Standing
from leaddesk.policy.writing import typed
from leaddesk.services.desk import Unit, named
from leaddesk.services.drafts import Signed
from leaddesk.services.facts import load_facts
from leaddesk.services.ties import exclude_disclosed

#: The least ink of a drawn signature, as a part of the pad's width.
_LEAST_INK = 0.15


def sign(unit: Unit, signed: Signed, meeting: int | None = None) -> str:
    """The id of the agreement that was signed, in force from now.

    A conflict that the signer disclosed excludes them at once from every participant it could mean.

    Raises:
        KnownError: there is no name, no ink, no typed name, or no witness to the paper.
    """
    attendee = unit.found(Attendee, Kind.ATTENDEE, signed.attendee)
    template = accepted_template(unit, signed.language)
    method = SigningMethod(signed.method)
    name = named(signed.printed_name, "The signature")
    witness = unit.found(Attendee, Kind.ATTENDEE, signed.witness) if signed.witness else None
    _require_signature(signed, method, attendee, witness)
    row = Agreement(
        attendee_id=attendee.id,
        template_id=template.id,
        signed_at=unit.at,
        method=method,
        strokes=tuple(stroke.points for stroke in signed.strokes) if method is SigningMethod.DRAWN else (),
        typed_name=typed(signed.typed) if method is SigningMethod.TYPED else "",
        printed_name=name,
        agency_text=typed(signed.agency),
        role=typed(signed.role),
        duties=typed(signed.duties),
        conflicts_disclosed="; ".join(typed(conflict) or "somebody, not named" for conflict in signed.conflicts),
        witness_id=None if witness is None else witness.id,
        ends_on=_last_day(unit.today, template),
        meeting_id=meeting if template.term is AgreementTerm.THIS_MEETING else None,
    )
    unit.rows.add(row)
    unit.rows.flush()
    id_ = policy_id(Kind.AGREEMENT, row.id)
    unit.note("agreement_signed", {"attendee": signed.attendee, "agreement": id_}, method=method.value)
    exclude_disclosed(unit, attendee, signed.conflicts)
    return id_


def sign_on_paper(unit: Unit, attendee: str, witness: str, meeting: int | None = None) -> str:
    """The id of an agreement recorded from paper, with whoever saw it signed: the quick way in an open meeting."""
    person = unit.found(Attendee, Kind.ATTENDEE, attendee)
    paper = Signed(
        attendee=attendee,
        language="en",
        method=SigningMethod.PAPER.value,
        printed_name=person.name,
        agency="",
        role="",
        duties="",
        conflicts=(),
        witness=witness,
    )
    return sign(unit, paper, meeting)


def decline(unit: Unit, attendee: str, meeting: int | None = None) -> None:
    """Somebody declines to sign: every agreement they signed until now is over."""
    _end(unit, attendee, AgreementEnd.DECLINED, meeting)


def withdraw(unit: Unit, attendee: str, meeting: int | None = None) -> None:
    """Somebody withdraws: every agreement they signed until now is over."""
    _end(unit, attendee, AgreementEnd.WITHDRAWN, meeting)


def _end(unit: Unit, attendee: str, kind: AgreementEnd, meeting: int | None) -> None:
    person = unit.found(Attendee, Kind.ATTENDEE, attendee)
    unit.rows.add(AgreementEvent(attendee_id=person.id, kind=kind, at=unit.at, meeting_id=meeting))
    unit.note(f"agreement_{kind.value}", {"attendee": attendee})


def has_signed(unit: Unit, attendee: str) -> bool:
    """Whether somebody's agreement is in force now."""
    return attendee in Standing(load_facts(unit.rows, unit.at), unit.at).attending


def newest(unit: Unit) -> str:
    """The id of the agreement that was signed last.

    Raises:
        KnownError: nobody has signed yet.
    """
    row = unit.rows.scalars(select(Agreement).order_by(Agreement.signed_at.desc(), Agreement.id.desc())).first()
    if row is None:
        raise KnownError("Nobody has signed yet.")
    return policy_id(Kind.AGREEMENT, row.id)


def accepted_template(unit: Unit, language: str) -> AgreementTemplate:
    """The newest version in a language that the desk accepts now.

    Raises:
        KnownError: there is none.
    """
    found = unit.rows.scalars(
        select(AgreementTemplate).where(AgreementTemplate.language == language).order_by(AgreementTemplate.id.desc())
    )
    for template in found:
        if template.accepted_until is None or unit.at < template.accepted_until:
            return template
    raise KnownError("The desk accepts no version of the agreement in this language.", kept="Nothing was signed.")


def _require_signature(signed: Signed, method: SigningMethod, attendee: Attendee, witness: Attendee | None) -> None:
    if method is SigningMethod.PAPER:
        if witness is None or witness.id == attendee.id:
            raise KnownError("A paper signature needs somebody else who saw it.", kept="Nothing was signed.")
    elif method is SigningMethod.TYPED:
        if not typed(signed.typed):
            raise KnownError("The name is not typed yet.", kept="Nothing was signed.")
    elif sum(_length(stroke.points) for stroke in signed.strokes) < _LEAST_INK:
        raise KnownError("There is too little ink to be a signature.", kept="Nothing was signed.")


def _length(points: tuple[tuple[float, float], ...]) -> float:
    return sum(dist(one, other) for one, other in pairwise(points))


def _last_day(today: date, template: AgreementTemplate) -> date | None:
    """The last day of the term *months*, the day before today's day of the month; else ``None``."""
    if template.term is not AgreementTerm.MONTHS or template.months is None:
        return None
    months = today.month - 1 + template.months
    year, month = today.year + months // 12, months % 12 + 1
    day = min(today.day, monthrange(year, month)[1])
    return date.fromordinal(date(year, month, day).toordinal() - 1)
