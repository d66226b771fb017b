"""Minutes and agreements on paper: filtered for their reader, noted in the ledger, and only then given out.

What lays pages out is imported when a page is printed: a meeting that runs does not hold it in memory.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from leaddesk.assets import resource
from leaddesk.errors import KnownError
from leaddesk.models import Attendance
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import Paper as PaperSize
from leaddesk.policy.agreements import agreement_paper
from leaddesk.policy.disclosure import Audience, Disclosure, Sight
from leaddesk.policy.facts import Facts
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.material import Material
from leaddesk.policy.minutes import Copy, minutes
from leaddesk.policy.records import Kind, Record
from leaddesk.policy.room import Presence, Room
from leaddesk.policy.standing import Standing
from leaddesk.policy.views import AgreementPaper, CopyKind
from leaddesk.services import records
from leaddesk.services.attendance import never_identified
from leaddesk.services.desk import Unit
from leaddesk.services.disclosures import note_told
from leaddesk.services.facts import load_facts
from leaddesk.services.minutes import content
from leaddesk.services.paper_keys import FreshPaperKey

if TYPE_CHECKING:
    from leaddesk.documents.page import Paper as Sheet

_MOST_UNWRITTEN = 5
_UNIDENTIFIED = "Somebody who walked in was never identified, so this is the public copy."


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A page run, ready to be given out.

    Attributes:
        name: a file name that names nobody.
        kind: what it is, such as ``minutes, room copy``.
        audience: names of those it is for; empty for the public.
        pdf: the file.
        withheld_by_user: whether the signed-in user's own rights leave something out.
    """

    name: str
    kind: str
    audience: tuple[str, ...]
    pdf: bytes
    withheld_by_user: bool = False
    because: str = ""
    """Why it is another copy than the one that was asked for, in a sentence; empty where it is that one."""
    unwritten: tuple[str, ...] = ()
    """Words in it, such as names, that the typeface can't write in full: each letter it lacks is a ``?``."""

    @property
    def told(self) -> str:
        """What whoever prints is to know of it, in sentences; empty for nothing."""
        told = [self.because]
        if self.withheld_by_user:
            told.append("Some of it is withheld because you print it.")
        if self.unwritten:
            words = ", ".join(self.unwritten[:_MOST_UNWRITTEN]) + (" …" if self.unwritten[_MOST_UNWRITTEN:] else "")
            told.append(
                f"The typeface lacks letters of: {words}. They stand as ? on the page; write them in by hand."
            )
        return " ".join(filter(None, told))

    @property
    def sha256(self) -> str:
        """The file's hash, hexadecimal."""
        return hashlib.sha256(self.pdf).hexdigest()


def print_minutes(
    unit: Unit,
    meeting: str,
    kind: CopyKind,
    everyday: frozenset[str],
    recipient: str | None = None,
    *,
    version: int | None = None,
) -> Printed:
    """One copy of the minutes, as its readers may have them now; the ledger says so before it is given out.

    A meeting that is not finalized is printed as a draft; every version that it was ever finalized as can be printed.
    The room copy of a meeting into which somebody walked who was never identified is the public copy.

    Raises:
        KnownError: a recipient copy without its recipient, or no such version.
    """
    from leaddesk.documents.fonts import uncovered_words
    from leaddesk.documents.minutes import minutes as minutes_pdf

    told = content(unit, meeting, version)
    material = told.material
    # Somebody present and not identified is a member of the public.
    public_because = _UNIDENTIFIED if kind is CopyKind.ROOM and never_identified(unit, meeting) else ""
    kind = CopyKind.PUBLIC if public_because else kind
    facts = load_facts(unit.rows, unit.at)
    audience = _audience(unit, material, kind, recipient)
    standing = Standing(_in_their_roles(unit, facts, material), unit.at)
    guard = TextGuard(standing.facts, everyday)
    copy = Copy(
        kind=kind,
        status=told.status,
        anchor=told.anchor,
        approved=told.approved,
        amendments=told.amendments,
        approved_amendments=told.approved_amendments,
        redisclosure=_notice("long"),
        recipient="" if recipient is None else _name_and_agency(_one(records.attendees(unit.rows), recipient)),
        # The row's number: the same for the same recipient of a version, on every day.
        number=None if recipient is None else row_id(Kind.ATTENDEE, recipient),
    )
    shown = Disclosure(guard, Sight(standing, audience))
    view = minutes(material, shown, copy)
    without_user = Audience(audience.people, None, public=audience.public)
    others = minutes(material, Disclosure(guard, Sight(standing, without_user)), copy)
    pdf = minutes_pdf(view, paper=_sheet(unit.site.paper))
    printed = Printed(
        name=_file_name(view.when.isoformat(), copy, version),
        kind=f"minutes, {kind.value} copy",
        audience=_names(facts, audience, kind),
        pdf=pdf,
        withheld_by_user=audience.people != frozenset() and others != view,
        because=public_because,
        unwritten=uncovered_words(view),
    )
    note_told(
        unit, "printed", audience, shown.told, standing, purpose=printed.kind, meeting=meeting, sha256=printed.sha256
    )
    return printed


def print_agreement(unit: Unit, language: str = "en", agreement: str | None = None) -> Printed:
    """The confidentiality agreement: blank for anybody, or as signed for its signer."""
    from leaddesk.documents.agreement import agreement as agreement_pdf
    from leaddesk.documents.fonts import uncovered_words

    facts = load_facts(unit.rows, unit.at)
    standing = Standing(facts, unit.at)
    signed = None if agreement is None else _one(records.agreements(unit.rows), agreement)
    signer = None if signed is None else str(signed.links["attendee"])
    audience = Audience(
        frozenset() if signer is None else frozenset({signer}), None if signer is None else unit.user.id
    )
    shown = Disclosure(TextGuard(facts, frozenset()), Sight(standing, audience))
    view = _agreement_view(unit, shown, language, signed, signer)
    printed = Printed(
        name="agreement-blank.pdf" if signed is None else f"agreement-{agreement}.pdf",
        kind="agreement, blank" if signed is None else "agreement, signed",
        audience=() if signer is None else (facts.people[signer].name,),
        pdf=agreement_pdf(view, paper=_sheet(unit.site.paper)),
        unwritten=uncovered_words(view),
    )
    note_told(
        unit,
        "printed",
        audience,
        shown.told,
        standing,
        purpose=printed.kind,
        agreement=agreement,
        sha256=printed.sha256,
    )
    return printed


def print_paper_key(fresh: FreshPaperKey) -> bytes:
    """The sheet of a paper key that nothing holds yet."""
    from leaddesk.documents.paper_key import paper_key_pdf

    return paper_key_pdf(fresh.sheet, paper=_sheet(fresh.paper))


def papers_to_sign(unit: Unit, attendee: str) -> dict[str, AgreementPaper]:
    """The agreement in each language with what is known of the signer, for the signing page."""
    facts = load_facts(unit.rows, unit.at)
    shown = Disclosure(
        TextGuard(facts, frozenset()), Sight(Standing(facts, unit.at), Audience(frozenset({attendee})))
    )
    signer = _one(records.attendees(unit.rows), attendee)
    site = records.site(unit.rows)
    accepted = [one for one in records.templates(unit.rows) if one.id in facts.site.accepted_templates]
    return {
        str(getattr(template.fields["language"], "value", "")): agreement_paper(shown, site, template, signer=signer)
        for template in accepted
    }


def _agreement_view(
    unit: Unit, shown: Disclosure, language: str, signed: Record | None, signer: str | None
) -> AgreementPaper:
    templates = records.templates(unit.rows)
    if signed is not None:
        template = _one(templates, str(signed.links["template"]))
    else:
        template = next(
            one for one in reversed(templates) if getattr(one.fields["language"], "value", "") == language
        )
    person = None if signer is None else _one(records.attendees(unit.rows), signer)
    return agreement_paper(shown, records.site(unit.rows), template, signer=person, signed=signed)


def _audience(unit: Unit, material: Material, kind: CopyKind, recipient: str | None) -> Audience:
    match kind:
        case CopyKind.PUBLIC:
            return Audience(frozenset(), unit.user.id, public=True)
        case CopyKind.ROOM:
            people = _ever_in_view(unit, material)
            return Audience(people, unit.user.id, public=not people)
        case CopyKind.RECIPIENT:
            if recipient is None:
                raise KnownError("A recipient copy needs its recipient.", kept="Nothing was printed.")
            return Audience(frozenset({recipient}), unit.user.id)
        case CopyKind.RECORD:
            return Audience(frozenset(), unit.user.id)


def _ever_in_view(unit: Unit, material: Material) -> frozenset[str]:
    """Everybody who was present and in view at any time."""
    stays = unit.rows.scalars(
        select(Attendance).where(Attendance.meeting_id == row_id(Kind.MEETING, material.meeting.id))
    )
    return frozenset(
        policy_id(Kind.ATTENDEE, stay.attendee_id)
        for stay in stays
        if stay.out_of_view_from is None or stay.out_of_view_from > stay.arrived_at
    )


def _in_their_roles(unit: Unit, facts: Facts, material: Material) -> Facts:
    """The facts with everybody in the role they attended this meeting in."""
    room = Room(signed_in=unit.user.id)
    for stay in material.attendance:
        role = getattr(stay.fields.get("role"), "value", None)
        room = room.arrive(Presence(person=str(stay.links["attendee"]), role="" if role is None else str(role)))
    return room.facts(facts)


def _names(facts: Facts, audience: Audience, kind: CopyKind) -> tuple[str, ...]:
    if kind is CopyKind.PUBLIC:
        return ()
    return tuple(sorted(facts.people[one].name for one in audience.members if one in facts.people))


def _name_and_agency(attendee: Record) -> str:
    fields = attendee.fields
    words = (getattr(fields.get(name), "value", "") for name in ("given_name", "family_name"))
    agency = getattr(fields.get("agency") or fields.get("neighborhood"), "value", "")
    return ", ".join(part for part in (" ".join(filter(None, words)), agency) if part)


def _file_name(day: str, copy: Copy, version: int | None) -> str:
    number = f"-{copy.number}" if copy.number is not None else ""
    which = f"-version-{version}" if version is not None else ""
    return f"minutes-{day}{which}-{copy.kind.value}{number}.pdf"


def _one(found: tuple[Record, ...], id_: str) -> Record:
    for record in found:
        if record.id == id_:
            return record
    raise KnownError("That is no longer on the desk.", kept="Nothing was printed.")


def _notice(name: str) -> str:
    return str(json.loads(resource("notices/en.json").read_text(encoding="utf-8"))[name])


def _sheet(size: PaperSize) -> "Sheet":
    from leaddesk.documents.page import A4, LETTER

    return {PaperSize.LETTER: LETTER, PaperSize.A4: A4}[size]
