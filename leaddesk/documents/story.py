"""Telling a document: each method sets one thing on the page and, with it, its place in the structure tree."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, KeepTogether, Spacer, Table, TableStyle
from typing_extensions import override

from leaddesk.documents import fonts
from leaddesk.documents.page import ACCENT, INK, INK_2, LINE
from leaddesk.documents.tagged import Drawing, Element, Piece, TaggedCanvas, mark_rules

#: What a heading needs below it before it may stand at the foot of a page: a table's header row and a row, in points.
_COMPANY = 84.0


def _style(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    """A style in ink; the bullet face is set too, since ReportLab's own default is not embedded."""
    base = {"fontName": fonts.REGULAR, "bulletFontName": fonts.REGULAR, "textColor": INK}
    return ParagraphStyle(name, fontSize=size, leading=leading, **{**base, **more})


#: What heads a part whose title holds nothing that can be set, so that no level of headings is skipped.
_UNTITLED = "–"

KICKER = _style("kicker", 9.5, 13, fontName=fonts.BOLD, textColor=ACCENT)
TITLE = _style("title", 22, 27, fontName=fonts.BOLD, spaceBefore=2, spaceAfter=3)
UNDER_TITLE = _style("under title", 10.5, 15, textColor=INK_2, spaceAfter=10)
HEADING = _style("heading", 13, 17, fontName=fonts.BOLD, textColor=ACCENT, spaceBefore=16, spaceAfter=3)
PART = _style("part", 10, 14.5, fontName=fonts.BOLD, textColor=INK_2, spaceBefore=10, spaceAfter=0)
ITEM = _style("item", 11, 15, fontName=fonts.BOLD, spaceBefore=9, spaceAfter=2)
BODY = _style("body", 10, 14.5, spaceAfter=5)
STRONG = _style("strong", 10, 14.5, fontName=fonts.BOLD, spaceBefore=4, spaceAfter=5)
LISTED = _style("listed", 10, 14.5, leftIndent=13, bulletIndent=2, spaceAfter=2)
CELL = _style("cell", 9.5, 13)
HEAD = _style("head", 8.5, 12, fontName=fonts.BOLD, textColor=INK_2)
TYPED = _style("typed signature", 17, 24, fontName=fonts.ITALIC, spaceBefore=2, spaceAfter=4)
LABEL = _style("label", 9.5, 13, textColor=INK_2)

_NARROW = [("LEFTPADDING", (0, 0), (0, -1), 0), ("RIGHTPADDING", (-1, 0), (-1, -1), 0)]
_CELLS = [
    ("FONT", (0, 0), (-1, -1), fonts.REGULAR, 9.5, 13),  # the default is Helvetica, not embedded
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 5),
    ("RIGHTPADDING", (0, 0), (-1, -1), 5),
    ("TOPPADDING", (0, 0), (-1, -1), 3.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4.5),
    *_NARROW,
]
_GRID = TableStyle([
    *_CELLS,
    ("LINEBELOW", (0, 0), (-1, 0), 0.9, ACCENT),
    ("LINEBELOW", (0, 1), (-1, -2), 0.5, LINE),
])  # fmt: skip
_FACTS = TableStyle([*_CELLS, ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5)])
_BLANKS = TableStyle([
    *_CELLS,
    ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ("LINEBELOW", (1, 0), (1, -1), 0.7, INK_2),
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its heading, and its share of the width in proportion to the others'."""

    heading: str
    share: float


class _Rule(HRFlowable):
    """The rule below the title: decoration."""

    @override
    def draw(self) -> None:
        canvas: TaggedCanvas = self.canv
        with canvas.artifact():
            super().draw()


class Story:
    """A document as it is told: `flowables` in reading order, and the structure tree below `root`."""

    def __init__(self, width: float) -> None:
        """A story for a text width in points."""
        fonts.faces()
        self.root = Element("Document")
        self.flowables: list[Flowable] = []
        self._width = width

    def opening(self, kicker: str, title: str, under: str = "") -> None:
        """The head of the first page: whose it is, what it is, one line below, and a rule."""
        if kicker:
            self._add("P", kicker, KICKER)
        self._heading("H1", title, TITLE)
        if under:
            self._add("P", under, UNDER_TITLE)
        self.flowables += [_Rule(width="100%", thickness=1.6, color=ACCENT, spaceBefore=0, spaceAfter=9)]

    def section(self, title: str) -> None:
        """A heading of the second level, with a bookmark."""
        self._heading("H2", title, HEADING)

    def clause(self, title: str) -> None:
        """A heading of the second level in running text, with a bookmark."""
        self._heading("H2", title, ITEM)

    def part(self, title: str) -> None:
        """A heading of the third level over several items, with a bookmark."""
        self._heading("H3", title, PART)

    def item(self, title: str, *, in_part: bool = False) -> None:
        """A heading of the third level, or of the fourth within a part, with a bookmark."""
        self._heading("H4" if in_part else "H3", title, ITEM)

    def text(self, text: str, style: ParagraphStyle = BODY) -> None:
        """A paragraph, or none if there is no text."""
        if text:
            self._add("P", text, style)

    def bullets(self, texts: Sequence[str], *, lead: str = "") -> None:
        """A list, a bullet a text, each after the same lead in bold if given; or none if there are no texts."""
        if texts:
            group = self.root.child("L")
            for text in texts:
                entry = group.child("LI")
                label = entry.child("Lbl")
                piece = _piece(entry.child("LBody"), text, LISTED, lead=lead)
                piece.label = ("•", label)
                self.flowables.append(piece)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """A table whose header row is repeated on every page it reaches, or none if there are no rows."""
        if not rows:
            return
        table = self.root.child("Table")
        head = table.child("TR")
        cells: list[list[Flowable]] = [[]]
        for column in columns:
            piece = _piece(head.child("TH", scope="Column"), column.heading, HEAD)
            piece.repeats = True
            cells[0].append(piece)
        for row in rows:
            line = table.child("TR")
            cells.append([_cell(line.child("TD"), text, CELL) for text in row])
        whole = sum(column.share for column in columns)
        widths = [self._width * column.share / whole for column in columns]
        self._table(cells, widths, _GRID, repeat=1)

    def facts(self, facts: Sequence[tuple[str, str]], *, label_width: float = 92.0) -> None:
        """Labels and what they say, side by side; the labels head their rows."""
        self.flowables.append(self._pairs(facts, label_width, _FACTS))

    def _pairs(
        self, pairs: Sequence[tuple[str, str]], label_width: float, style: TableStyle, **more: object
    ) -> Flowable:
        table = self.root.child("Table")
        cells: list[list[Flowable]] = []
        for label, text in pairs:
            row = table.child("TR")
            head = row.child("TH", scope="Row") if label else row.child("TD")
            cells.append([_cell(head, label, LABEL), _cell(row.child("TD"), text, CELL)])
        widths = [label_width, self._width - label_width]
        return _ruled(cells, widths, style, **more)

    def blanks(self, blanks: Sequence[tuple[str, str, float]], *, label_width: float = 150.0) -> None:
        """Lines to fill in by hand: label, what is filled in already, and the height in points."""
        pairs = [(label, text) for label, text, _ in blanks]
        least = [height for _, _, height in blanks]
        self.flowables.append(self._pairs(pairs, label_width, _BLANKS, minRowHeights=least))

    def drawing(self, drawing: Drawing) -> None:
        """A figure whose element is already below `root`."""
        self.flowables.append(drawing)

    def gap(self, points: float) -> None:
        """An empty space of a height in points."""
        self.flowables.append(Spacer(1, points))

    def kept(self, first: int) -> None:
        """Keeps all that was told since the story was `first` parts long on one page, if it fits on one."""
        self.flowables[first:] = [KeepTogether(self.flowables[first:])]

    def _heading(self, role: str, title: str, style: ParagraphStyle) -> None:
        if role != "H1":
            self.flowables.append(CondPageBreak(_COMPANY))
        shown = " ".join(fonts.printable(title).split()) or _UNTITLED
        piece = self._add(role, shown, style)
        piece.outline = shown

    def _add(self, role: str, text: str, style: ParagraphStyle) -> Piece:
        piece = _piece(self.root.child(role), text, style)
        self.flowables.append(piece)
        return piece

    def _table(self, cells: list[list[Flowable]], widths: list[float], style: TableStyle, *, repeat: int) -> None:
        self.flowables.append(_ruled(cells, widths, style, repeatRows=repeat, spaceBefore=2, spaceAfter=6))


def _piece(element: Element, text: str, style: ParagraphStyle, *, lead: str = "") -> Piece:
    bold = f'<font name="{fonts.BOLD}">{fonts.markup(lead)}</font> ' if lead else ""
    piece = Piece(bold + fonts.markup(text), style)
    piece.element = element
    return piece


def _cell(element: Element, text: str, style: ParagraphStyle) -> Flowable:
    """A cell's content; an empty cell is a flowable too, since ReportLab would set an empty string in Helvetica."""
    return _piece(element, text, style) if text else Spacer(0, 0)


def _ruled(cells: list[list[Flowable]], widths: list[float], style: TableStyle, **more: object) -> Table:
    """A table that may break inside a row, so that no text is too long for a page."""
    return Table(cells, colWidths=widths, style=style, splitInRow=1, renderCB=mark_rules, hAlign="LEFT", **more)
