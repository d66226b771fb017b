"""The confidentiality agreement as a view: anybody's when blank, its signer's when filled or signed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from leaddesk.policy.disclosure import Disclosure
from leaddesk.policy.material import raw
from leaddesk.policy.records import Record
from leaddesk.policy.room import Watch
from leaddesk.policy.standing import Standing
from leaddesk.policy.views import AgreementPaper, Clause, SignatureBlock, Stroke


def agreement_paper(
    shown: Disclosure, site: Record, template: Record, *, signer: Record | None = None, signed: Record | None = None
) -> AgreementPaper:
    """The agreement as an audience may have it.

    The text of a template is read without asking: whoever is to sign it may read it first. What was signed passes the
    disclosure.

    Args:
        shown: what the audience may have: the public for a blank form, else the signer (and the signed-in user).
        site: the site's record.
        template: the version of the agreement.
        signer: who is to sign or has signed, ``None`` for a blank form.
        signed: the agreement as signed.
    """
    program = shown.see(site)
    since, zone = raw(template, "created_at"), ZoneInfo(str(raw(site, "zone")))
    # The name, agency and role of whoever is expected are known in the room, signed or not.
    name, agency, role = ("", "", "") if signer is None else _known_of(signer)
    return AgreementPaper(
        program=f"{program.text('program')} {program.text('program_word')}".strip(),
        group=program.text("group"),
        language=str(raw(template, "language")),
        title=str(raw(template, "title")),
        version=str(raw(template, "version")),
        in_force_since=since.astimezone(zone).date() if isinstance(since, datetime) else None,
        clauses=tuple(Clause(heading=heading, body=body) for heading, body in _pairs(raw(template, "clauses"))),
        closing=str(raw(template, "closing")),
        name=name,
        agency=agency,
        role=role,
        signature=None if signed is None else _signature(shown, signed, str(raw(template, "digest"))),
        zone=zone.key,
    )


def left_without(watch: Watch, templates: frozenset[str]) -> tuple[str, ...]:
    """Who in the room would be without an agreement in force if these versions ended now, by name."""
    facts = watch.facts
    fewer = replace(facts, site=replace(facts.site, accepted_templates=facts.site.accepted_templates - templates))
    before, after = Standing(facts, watch.at).attending, Standing(fewer, watch.at).attending
    gone = [one for one in watch.room.present if one in before and one not in after]
    return tuple(sorted(facts.people[one].name for one in gone))


def _known_of(signer: Record) -> tuple[str, str, str]:
    words = (str(raw(signer, part) or "") for part in ("given_name", "family_name"))
    agency = str(raw(signer, "agency") or raw(signer, "neighborhood") or "")
    return " ".join(words).strip(), agency, " ".join(_words(raw(signer, "roles"))[:1]).replace("_", " ")


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
