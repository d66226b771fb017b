"""The confidentiality agreement on paper: blank, filled in for somebody expected, or as signed."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from reportlab.lib.colors import HexColor
from typing_extensions import override

from leaddesk.documents.agreement_words import Words, words_of
from leaddesk.documents.page import INK, LETTER, Footer, Paper, build
from leaddesk.documents.story import STRONG, TYPED, Story
from leaddesk.documents.tagged import Drawing, Element, TaggedCanvas
from leaddesk.policy import dates
from leaddesk.policy.views import AgreementPaper, SignatureBlock, Stroke

_HEIGHT = 64.0
_WIDTH = 250.0
_EDGE = HexColor("#7D8288")


def agreement(view: AgreementPaper, *, paper: Paper = LETTER) -> bytes:
    """The PDF of the agreement, in the view's language: the same view gives the same bytes on any day.

    Without a signature it ends in lines to fill in by hand, with what is known of the signer on them; with one, in
    the signature's strokes and what was recorded with it: printed name, agency, role, duties, method, witness, date
    and time, version of the text and its SHA-256.

    Raises:
        KeyError: for a language in which there is no wording for the form's labels.
    """
    words = words_of(view.language)
    story = Story(paper.text_width)
    since = f"{words.since} {words.on_paper(view.in_force_since)}" if view.in_force_since else ""
    version = f"{words.version} {view.version}"
    story.opening(
        "  ·  ".join(part for part in (view.program, view.group) if part),
        view.title,
        ", ".join(part for part in (version, since) if part),
    )
    for number, clause in enumerate(view.clauses, start=1):
        story.clause(f"{number}. {clause.heading}")
        story.text(clause.body)
    first = len(story.flowables)
    story.gap(8)
    story.text(view.closing, STRONG)
    if view.signature is None:
        _lines_to_sign(story, view, words)
    else:
        _signature(story, view.signature, view, words)
    story.kept(first)
    return build(
        story.flowables,
        root=story.root,
        paper=paper,
        title=f"{words.document}, {words.version.lower()} {view.version}",
        language=words.tag,
        footer=Footer(page=words.page, of=words.of),
    )


def _lines_to_sign(story: Story, view: AgreementPaper, words: Words) -> None:
    """A line each for what a signer states, two for the duties, and for the signatures."""
    story.blanks([
        (words.name, view.name, 26),
        (words.agency, view.agency, 26),
        (words.role, view.role, 26),
        (words.duties, "", 26),
        ("", "", 22),
        (words.signature, "", 40),
        (words.date_and_time, "", 26),
        (words.witness, "", 30),
    ])  # fmt: skip


def _signature(story: Story, signed: SignatureBlock, view: AgreementPaper, words: Words) -> None:
    """The signature, unless it is on another paper, and what was recorded with it."""
    if signed.strokes:
        alt = words.alt.format(name=signed.printed_name)
        story.drawing(Signature(story.root.child("Figure", alt=alt), signed.strokes))
    elif signed.method == "typed":
        story.text(signed.printed_name, TYPED)
    local = signed.signed_at.astimezone(ZoneInfo(view.zone))
    moment = f"{words.on_paper(local.date())}, {dates.clock(signed.signed_at, view.zone)}"
    facts = [
        (words.name, signed.printed_name),
        (words.agency, signed.agency),
        (words.role, signed.role),
        (words.duties, signed.duties or words.no_duties),
        (words.method, words.methods.get(signed.method, signed.method)),
        (words.witness, signed.witness),
        (words.signed, f"{moment}\n{local.isoformat(timespec='seconds')}"),
        (words.version, view.version),
        (words.digest, signed.digest),
    ]
    story.facts([(label, text) for label, text in facts if text], label_width=150)


class Signature(Drawing):
    """A drawn signature, as large as its place allows, over a line."""

    def __init__(self, element: Element, strokes: Sequence[Stroke]) -> None:
        super().__init__(element, _WIDTH, _HEIGHT)
        self._strokes = strokes

    @override
    def paint(self, canvas: TaggedCanvas) -> None:
        """Strokes keep their proportions: the box they fill is found from their points."""
        points = [point for stroke in self._strokes for point in stroke.points]
        if points:
            left, right = min(x for x, _ in points), max(x for x, _ in points)
            top, bottom = min(y for _, y in points), max(y for _, y in points)
            room_x, room_y = _WIDTH - 20, _HEIGHT - 14
            scale = min(room_x / max(right - left, 1e-6), room_y / max(bottom - top, 1e-6), room_x)
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(1.3)
            canvas.setLineCap(1)
            canvas.setLineJoin(1)
            path = canvas.beginPath()
            for stroke in self._strokes:
                placed = [(10 + (x - left) * scale, 10 + (bottom - y) * scale) for x, y in stroke.points]
                for at, (x, y) in enumerate(placed):
                    (path.lineTo if at else path.moveTo)(x, y)
                if len(placed) == 1:
                    path.lineTo(*placed[0])  # a dot: a round cap alone
            canvas.drawPath(path, stroke=1, fill=0)
        canvas.setStrokeColor(_EDGE)
        canvas.setLineWidth(0.7)
        canvas.line(0, 4, _WIDTH, 4)
