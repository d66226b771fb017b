"""Tagged PDF (ISO 32000-1, 14.7 and 14.8; PDF/UA-1): what is drawn says what it is.

The structure tree is laid out with the story: each flowable is given its `Element` when it is made, and drawing
only adds marks to it. So a paragraph broken over two pages stays one paragraph, and the reading order is the order
in which the story was told. Whatever is painted outside a mark is refused: an untagged line would be invisible to a
reader who listens.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table
from typing_extensions import override

#: Operators that paint nothing (ISO 32000-1, table 51): saving, moving, colors and line styles.
_STATE_OPERATORS = frozenset({"q", "Q", "cm", "w", "J", "j", "M", "d", "gs", "G", "g", "RG", "rg", "K", "k"})
_OPERAND = re.compile(r"[-+.\d\[\]]+|/\S+")

#: Roles that may stand empty: a cell keeps its place in the row.
_MAY_BE_EMPTY = frozenset({"TD", "TH"})


class UnmarkedDrawing(Exception):
    """Something was painted that is neither content nor an artifact: a bug of ours, never of the reader's data."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One run of marked content: which page, counted from 0, and which run on it."""

    page: int
    number: int


@dataclass(eq=False, slots=True)
class Element:
    """A node of the structure tree: a standard structure type, its children in reading order, what describes it."""

    role: str
    alt: str = ""
    scope: str = ""
    """``Row`` or ``Column`` for a header cell."""
    box: tuple[float, float, float, float] | None = None
    """Where a figure stands on its page, in points: left, bottom, right, top."""
    kids: list["Element | Mark"] = field(default_factory=list)

    def child(self, role: str, *, alt: str = "", scope: str = "") -> "Element":
        """A new element that is read after all that this one holds so far."""
        made = Element(role, alt=alt, scope=scope)
        self.kids.append(made)
        return made


class TaggedCanvas(Canvas):
    """A canvas that writes the structure tree it was given, and refuses to paint outside it."""

    def __init__(self, *args: object, root: Element, title: str, **options: object) -> None:
        super().__init__(*args, **{**options, "pdfVersion": (1, 7)})
        self._root = root
        self._title = title
        self._pages: list[list[Element]] = []
        self._marked: list[Element] = []
        self._open = False
        self._bookmarks = 0

    def bookmark(self, title: str, *, level: int, top: float) -> None:
        """An outline entry that leads to this height of this page; level 0 is the top of the outline."""
        self._bookmarks += 1
        key = f"bookmark-{self._bookmarks}"
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(title, key, level=level)

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """What is painted inside is this element's."""
        mark = Mark(len(self._pages), len(self._marked))
        element.kids.append(mark)
        self._marked.append(element)
        self._begin(f"/{element.role} <</MCID {mark.number}>> BDC")
        yield
        self.end()

    @contextmanager
    def artifact(self, *, of_pages: bool = False) -> Iterator[None]:
        """What is painted inside is decoration; of the pages: footers, and a header row told once already."""
        if of_pages:
            self._begin("/Artifact <</Type /Pagination>> BDC")
        else:
            self.begin_artifact()
        yield
        self.end()

    def begin_artifact(self) -> None:
        """Begin decoration; `end` ends it."""
        self._begin("/Artifact BMC")

    def end(self) -> None:
        """End the run of content or decoration that is open."""
        self.addLiteral("EMC")
        self._open = False

    def _begin(self, operator: str) -> None:
        if self._open:
            raise UnmarkedDrawing("a mark inside a mark")
        self._open = True
        self.addLiteral(operator)

    @override
    def showPage(self) -> None:
        _refuse_unmarked(self._code)
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._pages)
        page.Tabs = pdfdoc.PDFName("S")
        self._pages.append(self._marked)
        self._marked = []

    @override
    def save(self) -> None:
        self.setViewerPreference("DisplayDocTitle", "true")
        self.setCatalogEntry("MarkInfo", {"Marked": "true"})
        self.setCatalogEntry("Metadata", pdfdoc.XMP(creator=lambda _document: _metadata(self._title).encode()))
        self.setCatalogEntry("StructTreeRoot", self._structure())
        super().save()

    def _structure(self) -> pdfdoc.PDFDictionary:
        """The structure tree, and the parent tree by which a mark finds its element."""
        top = pdfdoc.PDFDictionary({"Type": "/StructTreeRoot"})
        written: dict[int, object] = {}
        top["K"] = self._write(self._root, self._doc.Reference(top), written)
        numbers: list[object] = []
        for page, marked in enumerate(self._pages):
            owners = pdfdoc.PDFArray([written[id(element)] for element in marked])
            numbers += [page, self._doc.Reference(owners)]
        tree = pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)})
        top["ParentTree"] = self._doc.Reference(tree)
        top["ParentTreeNextKey"] = len(self._pages)
        return top

    def _write(self, element: Element, parent: object, written: dict[int, object]) -> object:
        """A reference to one element and all below it."""
        entry = pdfdoc.PDFDictionary({"Type": "/StructElem", "S": f"/{element.role}", "P": parent})
        own = written[id(element)] = self._doc.Reference(entry)
        kids: list[object] = []
        for kid in element.kids:
            if isinstance(kid, Mark):
                page = self._doc.Reference(self._doc.Pages.pages[kid.page])
                kids.append(pdfdoc.PDFDictionary({"Type": "/MCR", "Pg": page, "MCID": kid.number}))
            elif kid.kids or kid.role in _MAY_BE_EMPTY:
                kids.append(self._write(kid, own, written))
        if kids:
            entry["K"] = pdfdoc.PDFArray(kids)
        if element.alt:
            entry["Alt"] = pdfdoc.PDFString(element.alt)
        if element.scope:
            entry["A"] = pdfdoc.PDFDictionary({"O": "/Table", "Scope": f"/{element.scope}"})
        if element.box:
            box = pdfdoc.PDFArray(list(element.box))
            entry["A"] = pdfdoc.PDFDictionary({"O": "/Layout", "Placement": "/Block", "BBox": box})
        return own


def _refuse_unmarked(code: list[str]) -> None:
    """Nothing, if all of a page's painting is inside marks.

    Raises:
        UnmarkedDrawing: with the operator alone, since what was painted may be private.
    """
    marked = False
    for chunk in code:
        if chunk.endswith(("BDC", "BMC")):
            marked = True
        elif chunk == "EMC":
            marked = False
        elif not marked:
            for token in chunk.split():
                if token not in _STATE_OPERATORS and not _OPERAND.fullmatch(token):
                    raise UnmarkedDrawing(f"unmarked painting in {chunk.split()[-1]}")


def _metadata(title: str) -> str:
    """XMP that shows the title and claims PDF/UA-1 (ISO 14289-1, 5); it names nobody and holds no time."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\n'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>\n'
        "<pdfuaid:part>1</pdfuaid:part>\n"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    )


class Piece(Paragraph):
    """A paragraph that knows its element; a piece split off over a page knows the same one."""

    element: Element
    repeats = False
    """Whether it may be drawn again, as a table's header row is on every page, and is then decoration."""
    outline = ""
    """The title of the bookmark that leads here, if one does."""
    label: tuple[str, Element] | None = None
    """What stands before the first line of a list item, and its own element."""

    @override
    def draw(self) -> None:
        canvas: TaggedCanvas = self.canv
        if self.repeats and self.element.kids:
            with canvas.artifact(of_pages=True):
                super().draw()
            return
        if self.outline:
            canvas.bookmark(self.outline, level=int(self.element.role[1]) - 1, top=self.height)
        if self.label:
            text, element = self.label
            with canvas.content(element):
                canvas.setFont(self.style.fontName, self.style.fontSize)
                canvas.setFillColor(self.style.textColor)
                canvas.drawString(self.style.bulletIndent, self.height - self.style.fontSize, text)
        with canvas.content(self.element):
            super().draw()

    @override
    def split(self, availWidth: float, availHeight: float) -> list["Piece"]:
        pieces: list[Piece] = super().split(availWidth, availHeight)
        for piece in pieces:
            piece.element = self.element
        for first in pieces[:1]:
            first.outline, first.label = self.outline, self.label
        return pieces


def mark_rules(table: Table, command: str, *_where: object) -> None:
    """A `Table(renderCB=...)` that makes its grounds and rules decoration; its cells are marked by themselves."""
    canvas: TaggedCanvas = table.canv
    if command in ("startBG", "startLines"):
        canvas.begin_artifact()
    elif command in ("endBG", "endLines"):
        canvas.end()


class Drawing(Flowable):
    """A figure of the height given, that tells a listener what it shows and where it stands."""

    def __init__(self, element: Element, width: float, height: float) -> None:
        super().__init__()
        self.element = element
        self.width = width
        self.height = height

    @override
    def draw(self) -> None:
        canvas: TaggedCanvas = self.canv
        left, bottom = canvas.absolutePosition(0, 0)
        self.element.box = (left, bottom, left + self.width, bottom + self.height)
        with canvas.content(self.element):
            self.paint(canvas)

    def paint(self, canvas: TaggedCanvas) -> None:
        """Paint the figure with its lower left corner at the origin."""
        raise NotImplementedError
