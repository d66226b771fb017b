"""The sheet every document stands on: paper, margins, the footer of every page, and the bytes at the end."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph
from typing_extensions import override

from leaddesk.documents import fonts
from leaddesk.documents.tagged import Element, TaggedCanvas

INK = HexColor("#17212B")
INK_2 = HexColor("#3F4A55")
ACCENT = HexColor("#0B4F5E")
LINE = HexColor("#DDD8CD")

_SIDE = 62.0
_TOP = 56.0
_FOOT = 34.0
_GAP = 14.0
_PAGE_WIDTH = 110.0
_TOTAL = "total"

_SMALL = ParagraphStyle(
    "footer", fontName=fonts.REGULAR, fontSize=8, leading=11, textColor=INK_2, bulletFontName=fonts.REGULAR
)
_RIGHT = ParagraphStyle("footer right", parent=_SMALL, alignment=TA_RIGHT)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet upright, in points (1/72 inch)."""

    name: str
    width: float
    height: float

    @property
    def text_width(self) -> float:
        """The width between the margins, in points."""
        return self.width - 2 * _SIDE


LETTER = Paper("Letter", 612.0, 792.0)
A4 = Paper("A4", 595.28, 841.89)


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """What stands at the foot of every page, besides which page it is of how many."""

    page: str = "Page"
    of: str = "of"
    reader: str = ""
    """Name, agency and copy number where there is one reader."""
    notice: str = ""
    """The short sentence of 42 CFR 2.32 where a page carries what it applies to."""
    anchor: str = ""
    """The ledger's head by which the paper can be checked against the desk."""


class _Sheet(TaggedCanvas):
    """A canvas that counts its pages: how many there are is filled in when the last one is done."""

    @override
    def save(self) -> None:
        total = str(self.getPageNumber() - 1)
        self.beginForm(_TOTAL)
        self.setFont(_SMALL.fontName, _SMALL.fontSize)
        self.setFillColor(INK_2)
        self.drawString(0, 0, total)
        self.endForm()
        super().save()


def build(story: list[Flowable], *, root: Element, paper: Paper, title: str, language: str, footer: Footer) -> bytes:
    """The finished PDF: tagged, reproducible to the byte, and without a name in its metadata.

    Args:
        story: what is told, in reading order, each part with its element below ``root``.
        root: the top of the structure tree.
        paper: the sheet.
        title: what a window shows as the document's title; it must name nobody.
        language: a BCP 47 tag such as ``en-US``.
        footer: what stands at the foot of every page.
    """
    foot = _foot(footer, paper.text_width)
    bottom = _FOOT + sum(height for _, height in foot) + _GAP
    frame = Frame(
        _SIDE, bottom, paper.text_width, paper.height - bottom - _TOP,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    written = BytesIO()
    document = BaseDocTemplate(
        written,
        pagesize=(paper.width, paper.height),
        pageTemplates=[PageTemplate(frames=[frame], onPageEnd=_draw_foot(foot, footer, paper))],
        title=title,
        author="",
        subject="",
        creator="LeadDesk",
        lang=language,
        invariant=1,
        pageCompression=1,
        initialFontName=fonts.REGULAR,
    )

    def sheet(*args: object, **options: object) -> _Sheet:
        return _Sheet(*args, root=root, title=title, **options)

    document.build(story, canvasmaker=sheet)
    return written.getvalue()


def _foot(footer: Footer, width: float) -> list[tuple[Paragraph | None, float]]:
    """The footer's lines with their heights; the first shares its line with the page number."""
    fonts.faces()
    wide = width - _PAGE_WIDTH
    lines: list[tuple[Paragraph | None, float]] = [(None, _SMALL.leading)]
    if footer.reader:
        reader = Paragraph(fonts.markup(footer.reader), _RIGHT)
        lines = [(reader, reader.wrap(wide, _TOP)[1])]
    for text in (footer.notice, footer.anchor):
        if text:
            line = Paragraph(fonts.markup(text), _SMALL)
            lines.append((line, line.wrap(width, _TOP)[1]))
    return lines


def _draw_foot(
    foot: list[tuple[Paragraph | None, float]], footer: Footer, paper: Paper
) -> Callable[[TaggedCanvas, BaseDocTemplate], None]:
    """What draws the footer on each page; it is decoration, said once in the text where it matters."""

    def draw(canvas: TaggedCanvas, _document: BaseDocTemplate) -> None:
        y = _FOOT + sum(height for _, height in foot)
        with canvas.artifact(of_pages=True):
            canvas.saveState()
            canvas.setStrokeColor(LINE)
            canvas.setLineWidth(0.6)
            canvas.line(_SIDE, y + 4, paper.width - _SIDE, y + 4)
            canvas.setFillColor(INK_2)
            canvas.setFont(_SMALL.fontName, _SMALL.fontSize)
            count = f"{footer.page} {canvas.getPageNumber()} {footer.of} "
            baseline = y - _SMALL.fontSize
            canvas.drawString(_SIDE, baseline, count)
            canvas.translate(_SIDE + canvas.stringWidth(count, _SMALL.fontName, _SMALL.fontSize), baseline)
            canvas.doForm(_TOTAL)
            canvas.restoreState()
            for line, height in foot:
                y -= height
                if line:
                    line.drawOn(canvas, _SIDE + (_PAGE_WIDTH if line.style is _RIGHT else 0), y)

    return draw
