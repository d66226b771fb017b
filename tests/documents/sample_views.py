"""Invented views, and what an independent reader finds in the PDFs made of them."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pypdfium2

from leaddesk.assets import resource
from leaddesk.policy.paper_key import paper_key_sheet
from leaddesk.policy.views import (
    ActionRow,
    AgreementPaper,
    Clause,
    CopyKind,
    Mark,
    Marked,
    Minutes,
    MinutesItem,
    PlaceRow,
    PresentRow,
    SignatureBlock,
    Stroke,
)

PAPER_KEY = paper_key_sheet("8M4T0ZQWERTYH1J2K3N5P6R7S9XA", "3f2a91bc" + "0" * 24, date(2026, 5, 6))
SHORT_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


def at(hour: int, minute: int = 0) -> datetime:
    """A time of the meeting's day, in Los Angeles."""
    return datetime(2026, 5, 6, hour + 7, minute, tzinfo=UTC)


def attendee(name: str, *, agency: str = "Legal Aid", note: str = "") -> PresentRow:
    return PresentRow(name=name, agency=agency, role="Defender", arrived=at(10), left=None, note=note)


def action(
    what: str, *, owner: str = "T. Bell, City Police", carried: int = 0, state: Marked | None = None
) -> ActionRow:
    return ActionRow(what=what, owner=owner, owner_short="Bell", due=date(2026, 5, 20), state=state, carried=carried)


def item(number: int, title: str, *, updates: tuple[str, ...] = (), what: str = "", section: str = "") -> MinutesItem:
    return MinutesItem(
        number=number,
        title=title,
        section=section,
        outcome="Taken up.",
        updates=updates,
        decisions=("Referrals are sent within two days.",),
        actions=(action(what),) if what else (),
    )


def minutes_view(
    *,
    kind: CopyKind = CopyKind.ROOM,
    present: tuple[PresentRow, ...] = (attendee("Jordan Ellis"),),
    items: tuple[MinutesItem, ...] = (item(1, "Referrals", updates=("Intake was held.",), what="Send the form"),),
    recipient: str = "",
    copy_number: int | None = None,
    part2_notice: str = "",
    redisclosure: str = "",
    left_out: int = 0,
    meeting: str = "Operational Work Group meeting",
) -> Minutes:
    return Minutes(
        kind=kind,
        program="Harbor County LEAD",
        group="Operational Work Group",
        meeting=meeting,
        when=date(2026, 5, 6),
        opened=at(10, 2),
        closed=at(11, 24),
        where="Library, Room 2",
        presided="Alma Reyes",
        status="final, version 2",
        approved=None,
        as_amended=False,
        recipient=recipient,
        copy_number=copy_number,
        present=present,
        absent=("Sam Okafor, Probation",),
        statement_read=True,
        items=items,
        places=(
            PlaceRow(
                rank=2,
                name="Library steps",
                neighborhood="Center",
                change=Marked(mark=Mark.UP, words="up from 4"),
            ),
        ),
        carried=(action("Find an interpreter", carried=2, state=Marked(mark=Mark.OVERDUE, words="overdue")),),
        amendments=(),
        next_meeting=date(2026, 5, 20),
        part2_notice=part2_notice,
        redisclosure=redisclosure,
        left_out=left_out,
        anchor="1287:9f2c4a7be1d05586",
        zone="America/Los_Angeles",
    )


def signature(*, method: str = "drawn", duties: str = "Discovery, by law") -> SignatureBlock:
    strokes = (Stroke(points=((0.1, 0.2), (0.5, 0.1), (0.9, 0.3))), Stroke(points=((0.5, 0.05),)))
    return SignatureBlock(
        printed_name="Jordan Ellis",
        agency="County Prosecutor",
        role="Prosecutor",
        duties=duties,
        method=method,
        strokes=strokes if method == "drawn" else (),
        witness="Alma Reyes",
        signed_at=at(9, 52),
        digest="9f86d081884c7d659a2feaa0c55ad015" * 2,
    )


def agreement_view(
    *, language: str = "en", name: str = "", agency: str = "", signed: SignatureBlock | None = None
) -> AgreementPaper:
    shipped = json.loads(resource(f"agreements/{language}.json").read_text("utf-8"))
    return AgreementPaper(
        program="Harbor County LEAD",
        group="Operational Work Group",
        language=language,
        title=shipped["title"],
        version=shipped["version"],
        in_force_since=date(2026, 1, 1),
        clauses=tuple(Clause(heading=each["heading"], body=each["body"]) for each in shipped["clauses"]),
        closing=shipped["closing"],
        name=name,
        agency=agency,
        role="",
        signature=signed,
        zone="America/Los_Angeles",
    )


def pages(pdf: bytes) -> list[str]:
    """The text of each page as PDFium reads it, its blanks single."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def text_boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Where text stands, as PDFium finds it: left, bottom, right, top in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            words = page.get_textpage()
            found += [words.get_rect(number) for number in range(words.count_rects())]
        return found
    finally:
        document.close()


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every structure element, parents before children, in reading order."""

    def below(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
        yield node
        for kid in node.get("/K", pikepdf.Array()):
            if "/S" in kid:
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot.K)


def roles(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S)[1:] for element in elements(pdf)]
