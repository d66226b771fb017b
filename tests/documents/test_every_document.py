"""What holds for each PDF, whatever it tells."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, HRFlowable, Paragraph

from leaddesk.documents import fonts
from leaddesk.documents.agreement import agreement
from leaddesk.documents.minutes import minutes
from leaddesk.documents.page import LETTER, Footer, build
from leaddesk.documents.paper_key import paper_key_pdf
from leaddesk.documents.story import Story
from leaddesk.documents.tagged import UnmarkedDrawing
from tests.documents.sample_views import (
    PAPER_KEY,
    agreement_view,
    attendee,
    elements,
    item,
    minutes_view,
    opened,
    roles,
    signature,
    text,
    text_boxes,
)
from tests.often import examples

NAMES = "Thùy Nguyễn, Ελένη Παππά, Олена Коваль, Łukasz Žižka, O’Brien & Sons <b>"

DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "minutes": lambda: minutes(
        minutes_view(
            present=tuple(attendee(name) for name in NAMES.split(", ")) * 12, recipient="Jordan Ellis, Legal Aid"
        )
    ),
    "blank agreement": lambda: agreement(agreement_view()),
    "signed agreement": lambda: agreement(agreement_view(signed=signature())),
    "typed agreement": lambda: agreement(agreement_view(signed=signature(method="typed"))),
    "paper key": lambda: paper_key_pdf(PAPER_KEY),
}

every_document = pytest.mark.parametrize("made", DOCUMENTS.values(), ids=DOCUMENTS.keys())


@every_document
def test_the_same_view_gives_the_same_bytes(made: Callable[[], bytes]) -> None:
    assert made() == made()


@every_document
def test_every_font_is_embedded_and_tells_its_text(made: Callable[[], bytes]) -> None:
    with opened(made()) as pdf:
        fonts_found = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each]
        assert fonts_found
        for font in fonts_found:
            assert "FiraSans" in str(font.BaseFont)
            assert "/FontFile2" in font.FontDescriptor
            assert "/ToUnicode" in font


@every_document
def test_metadata_names_nobody(made: Callable[[], bytes]) -> None:
    with opened(made()) as pdf:
        said = " ".join(str(value) for value in pdf.docinfo.values()) + pdf.Root.Metadata.read_bytes().decode()
        for name in ("Jordan", "Ellis", "Reyes", "Nguyễn", "Bell", "Prosecutor"):
            assert name not in said
        assert "anonymous" not in said


@every_document
def test_a_document_shows_its_title_and_says_its_language_and_that_it_is_tagged(made: Callable[[], bytes]) -> None:
    with opened(made()) as pdf:
        assert str(pdf.docinfo.Title)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en-US"
        assert pdf.pdf_version == "1.7"


@every_document
def test_every_mark_on_a_page_belongs_to_one_element_and_finds_it_back(made: Callable[[], bytes]) -> None:
    with opened(made()) as pdf:
        claimed: dict[tuple[int, int], pikepdf.Object] = {}
        for element in elements(pdf):
            for kid in element.get("/K", pikepdf.Array()).as_list():
                if "/MCID" in kid:
                    page = pdf.pages.index(pikepdf.Page(kid.Pg))
                    assert (page, int(kid.MCID)) not in claimed
                    claimed[page, int(kid.MCID)] = element
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        for number, page_object in enumerate(pdf.pages):
            owners = numbers[2 * number + 1]
            drawn = [
                int(instruction.operands[1].MCID)
                for instruction in pikepdf.parse_content_stream(page_object)
                if str(instruction.operator) == "BDC" and "/MCID" in instruction.operands[1]
            ]
            assert page_object.obj.StructParents == number == numbers[2 * number]
            assert drawn == list(range(len(owners)))
            for mark in drawn:
                assert claimed[number, mark].objgen == owners[mark].objgen


@every_document
def test_headings_begin_at_the_first_level_and_skip_none(made: Callable[[], bytes]) -> None:
    with opened(made()) as pdf:
        levels = [int(role[1]) for role in roles(pdf) if role[0] == "H" and role[1:].isdigit()]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@every_document
def test_every_heading_has_a_bookmark(made: Callable[[], bytes]) -> None:
    def count(entries: list[pikepdf.OutlineItem]) -> int:
        return sum(1 + count(list(entry.children)) for entry in entries)

    with opened(made()) as pdf, pdf.open_outline() as outline:
        headings = [role for role in roles(pdf) if role in {"H1", "H2", "H3"}]
        assert count(list(outline.root)) == len(headings)


def test_a_table_has_header_cells_and_is_one_table_over_all_its_pages() -> None:
    with opened(DOCUMENTS["minutes"]()) as pdf:
        tables = [element for element in elements(pdf) if element.S == "/Table"]
        heads = [[str(cell.S) for cell in table.K[0].K.as_list()] for table in tables]
        assert heads[0] == ["/TH", "/TD"]  # the facts at the top
        assert heads[1] == ["/TH"] * 6  # who was present
        assert len(tables[1].K) == 61
        assert {str(cell.A.Scope) for cell in tables[1].K[0].K.as_list()} == {"/Column"}
        assert len({kid.Pg.objgen for row in tables[1].K.as_list() for kid in row.K[0].K.as_list()}) > 1


def test_a_paragraph_broken_over_two_pages_stays_one_element() -> None:
    long = "word " * 1500
    with opened(minutes(minutes_view(items=(item(1, "Referrals", updates=(long,)),)))) as pdf:
        bodies = [element for element in elements(pdf) if element.S == "/LBody"]
        assert len({kid.Pg.objgen for kid in bodies[0].K.as_list()}) > 1


@pytest.mark.parametrize(
    "stray",
    [lambda: Paragraph("Jordan Ellis", ParagraphStyle("stray", fontName=fonts.REGULAR)), HRFlowable],
    ids=["text", "line"],
)
def test_painting_outside_the_structure_is_refused_without_telling_what_it_was(stray: Callable[[], Flowable]) -> None:
    story = Story(LETTER.text_width)
    with pytest.raises(UnmarkedDrawing) as caught:
        build([stray()], root=story.root, paper=LETTER, title="Stray", language="en-US", footer=Footer())
    assert "Jordan" not in str(caught.value)


def test_names_in_many_alphabets_and_markup_are_set_as_they_are_written() -> None:
    found = text(minutes(minutes_view(present=tuple(attendee(name) for name in NAMES.split(", ")))))
    for name in NAMES.split(", "):
        assert name in found


def test_a_name_in_pieces_is_composed_before_it_is_set() -> None:
    assert "Nguyễn" in text(minutes(minutes_view(present=(attendee("Nguye\u0302\u0303n"),))))


def test_a_name_that_no_font_covers_is_told_before_printing_and_marked_on_the_page() -> None:
    view = minutes_view(present=(attendee("Li 王伟"), attendee("Jordan Ellis")))
    assert fonts.uncovered("Li 王伟") == {"王", "伟"}
    assert fonts.uncovered_words(view) == ("王伟",)
    assert "Li ??" in text(minutes(view))


def test_nothing_is_told_of_a_view_that_can_be_written_in_full() -> None:
    assert fonts.uncovered_words(minutes_view(present=(attendee(NAMES),))) == ()
    assert fonts.uncovered_words(agreement_view(language="es", signed=signature())) == ()


STRANGE = st.one_of(
    st.text(max_size=300),
    st.sampled_from([NAMES, "<b>", "&amp;", "</para>", "<br/>", "x" * 900, "\u202eevil", "\x00", "a\nb", " ", "🙂"]),
)


@settings(max_examples=examples(12, thorough=250), deadline=None)
@given(name=STRANGE, words=STRANGE, title=STRANGE)
def test_any_text_lays_out_inside_the_margins(name: str, words: str, title: str) -> None:
    view = minutes_view(
        present=(attendee(name, agency=words, note=title),),
        items=(item(1, title, updates=(words,), what=name),),
        recipient=name,
        meeting=title,
    )
    for pdf in (minutes(view), agreement(agreement_view(name=name, signed=replace(signature(), duties=words)))):
        assert all(left >= 55 and right <= LETTER.width - 55 for left, _, right, _ in text_boxes(pdf))
        assert all(bottom >= 25 and top <= LETTER.height - 40 for _, bottom, _, top in text_boxes(pdf))


@settings(max_examples=examples(25, thorough=500), deadline=None)
@given(words=st.text(max_size=200))
def test_all_that_can_be_written_reads_back_as_it_was(words: str) -> None:
    view = minutes_view(present=(), items=(item(1, "Referrals", updates=(f"begins {words} ends",)),))
    found = "".join(text(minutes(view)).split())
    expected = "".join(fonts.printable(words).split())
    if expected.isascii():
        assert f"begins{expected}ends" in found
