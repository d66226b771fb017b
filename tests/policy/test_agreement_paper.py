"""The agreement on paper: blank for anybody, filled or signed for its signer."""

from dataclasses import replace
from datetime import UTC, date, datetime

from leaddesk.policy.agreements import agreement_paper, left_without
from leaddesk.policy.records import Kind, Record
from leaddesk.policy.views import Clause, SignatureBlock, Stroke
from leaddesk.policy.vocabulary import InformationClass
from tests.policy.meeting import AT, SITE, ZONE, attendee, public, shown_to, values, watch

C = InformationClass
WHERE = replace(SITE, fields={**SITE.fields, **values(C.ADMIN, zone=ZONE)})
FORM = Record(
    kind=Kind.TEMPLATE,
    id="v1",
    fields=values(
        C.ADMIN,
        language="en",
        title="Confidentiality agreement",
        version="1",
        clauses=(("Purpose", "We meet to help."), ("Term", "Until withdrawn.")),
        closing="I have read this.",
        digest="ab12",
        # The evening of the fifth in the site's zone.
        created_at=datetime(2026, 1, 6, 5, tzinfo=UTC),
    ),
)
SIGNED = Record(
    kind=Kind.AGREEMENT,
    id="g1",
    own=frozenset({"lind"}),
    fields=values(
        C.ADMIN,
        signed_at=AT,
        printed_name="Eva Lind",
        agency_text="Harbor",
        role="case manager",
        duties="Outreach",
        method="drawn",
        strokes=(((0.1, 0.2), (0.3, 0.4)),),
        witness="Jo Okafor",
    ),
)


def test_a_blank_agreement_may_be_read_by_anybody_before_signing() -> None:
    paper = agreement_paper(public(), WHERE, FORM)
    assert (paper.program, paper.group) == ("Harbor County LEAD", "Work group")
    assert (paper.language, paper.title, paper.version) == ("en", "Confidentiality agreement", "1")
    assert paper.in_force_since == date(2026, 1, 5)
    assert paper.clauses == (
        Clause(heading="Purpose", body="We meet to help."),
        Clause(heading="Term", body="Until withdrawn."),
    )
    assert (paper.closing, paper.zone) == ("I have read this.", ZONE)
    assert (paper.name, paper.agency, paper.role, paper.signature) == ("", "", "", None)


def test_a_form_without_day_or_clauses_has_none() -> None:
    paper = agreement_paper(public(), WHERE, replace(FORM, fields=values(C.ADMIN, title="Form")))
    assert (paper.in_force_since, paper.clauses) == (None, ())


def test_whoever_is_to_sign_finds_their_name_agency_and_first_role_though_they_have_not_signed() -> None:
    signer = attendee("novak", roles=("case_manager", "officer"))
    paper = agreement_paper(shown_to("novak", signed_in=None), WHERE, FORM, signer=signer)
    assert (paper.name, paper.agency, paper.role) == ("Sam Novak", "police", "case manager")
    neighbor = attendee("ruiz", agency=None, neighborhood="Lakeside", roles=None)
    paper = agreement_paper(public(), WHERE, FORM, signer=neighbor)
    assert (paper.name, paper.agency, paper.role) == ("Dora Ruiz", "Lakeside", "")


def test_what_was_signed_is_the_signers_own_to_have() -> None:
    paper = agreement_paper(shown_to("lind"), WHERE, FORM, signer=attendee("lind"), signed=SIGNED)
    assert paper.signature == SignatureBlock(
        printed_name="Eva Lind",
        agency="Harbor",
        role="case manager",
        duties="Outreach",
        method="drawn",
        strokes=(Stroke(points=((0.1, 0.2), (0.3, 0.4))),),
        witness="Jo Okafor",
        signed_at=AT,
        digest="ab12",
    )


def test_a_typed_signature_has_no_strokes() -> None:
    typed = replace(SIGNED, fields={name: one for name, one in SIGNED.fields.items() if name != "strokes"})
    paper = agreement_paper(shown_to("lind"), WHERE, FORM, signer=attendee("lind"), signed=typed)
    assert paper.signature is not None
    assert paper.signature.strokes == ()


def test_the_signature_of_somebody_else_is_not_shown() -> None:
    paper = agreement_paper(shown_to("bell", signed_in=None), WHERE, FORM, signer=attendee("lind"), signed=SIGNED)
    assert paper.signature is None


def test_ending_a_version_leaves_those_without_an_agreement_who_signed_it_and_are_here() -> None:
    room = watch("okafor", "bell", "novak")
    assert left_without(room, frozenset({"v1"})) == ("Jo Okafor", "Tom Bell")
    assert left_without(room, frozenset({"v9"})) == ()
