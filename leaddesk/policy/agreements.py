"""The confidentiality agreement as a view: anybody's when blank, its signer's when filled or signed."""

from collections.abc import Iterable
from datetime import datetime

from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.material import raw
from leaddesk.policy.records import Record
from leaddesk.policy.views import AgreementPaper, Clause, SignatureBlock, Stroke


def agreement_paper(
    shown: Disclosure, site: Record, template: Record, *, signer: Record | None = None, signed: Record | None = None
) -> AgreementPaper:
    """The agreement as an audience may have it.

    The text of a template is read without asking: whoever is to sign it may read it first. Everything about a signer
    passes the disclosure.

    Args:
        shown: what the audience may have: the public for a blank form, else the signer (and the signed-in user).
        site: the site's record.
        template: the version of the agreement.
        signer: who is to sign or has signed, ``None`` for a blank form.
        signed: the agreement as signed.
    """
    program, person = shown.see(site), None if signer is None else shown.see(signer)
    since = raw(template, "created_at")
    name = "" if person is None else f"{person.text('given_name')} {person.text('family_name')}".strip()
    return AgreementPaper(
        program=f"{program.text('program')} {program.text('program_word')}".strip(),
        group=program.text("group"),
        language=str(raw(template, "language")),
        title=str(raw(template, "title")),
        version=str(raw(template, "version")),
        in_force_since=since.date() if isinstance(since, datetime) else None,
        clauses=tuple(Clause(heading=heading, body=body) for heading, body in _pairs(raw(template, "clauses"))),
        closing=str(raw(template, "closing")),
        name=name,
        agency="" if person is None else person.text("agency") or person.text("neighborhood"),
        role=""
        if person is None
        else ", ".join(role.replace("_", " ") for role in _words(person.value("roles"))[:1]),
        signature=None if signed is None else _signature(shown, signed, str(raw(template, "digest"))),
        zone=str(raw(site, "zone")),
    )


def _signature(shown: Disclosure, signed: Record, digest: str) -> SignatureBlock | None:
    seen = shown.see(signed)
    at = seen.value("signed_at")
    if not isinstance(at, datetime):
        return None
    strokes = seen.value("strokes")
    return SignatureBlock(
        printed_name=seen.text("printed_name"),
        agency=seen.text("agency_text"),
        role=seen.text("role"),
        duties=seen.text("duties"),
        method=seen.text("method"),
        strokes=tuple(Stroke(points=tuple(points)) for points in strokes) if isinstance(strokes, tuple) else (),
        witness=seen.text("witness"),
        signed_at=at,
        digest=digest,
    )


def _pairs(value: object) -> Iterable[tuple[str, str]]:
    return value if isinstance(value, tuple) else ()


def _words(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
