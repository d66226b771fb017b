"""The sheet of the paper key, as an independent reader finds it."""

import pikepdf
import pypdfium2
import pytest

from leaddesk.documents.page import A4, LETTER, Paper
from leaddesk.documents.paper_key import paper_key_pdf
from tests.documents.sample_views import PAPER_KEY, opened, pages, text


@pytest.mark.parametrize("paper", [LETTER, A4])
def test_the_key_is_on_one_page_in_groups_of_four_in_one_order(paper: Paper) -> None:
    pdf = paper_key_pdf(PAPER_KEY, paper=paper)
    (page,) = pages(pdf)
    assert "8M4T 0ZQW ERTY H1J2 K3N5 P6R7 S9XA" in " ".join(page.split())
    document = pypdfium2.PdfDocument(pdf)
    assert document[0].get_size() == pytest.approx((paper.width, paper.height), abs=0.1)
    document.close()


def test_it_says_what_it_is_what_it_opens_how_it_is_used_and_where_to_keep_it() -> None:
    found = text(paper_key_pdf(PAPER_KEY))
    for words in (
        "Paper key",
        "Desk 3F2A 91BC",
        "made Wednesday 6 May 2026 (2026-05-06)",
        "Nothing but a new passphrase for the chair.",
        "“Use the paper key”",
        "leaddesk recover --desk",
        "not with the laptop",
        "delete the file once it is printed",
    ):
        assert words in " ".join(found.split())


def test_title_and_metadata_hold_no_part_of_the_key() -> None:
    with opened(paper_key_pdf(PAPER_KEY)) as pdf:
        said = [str(pdf.docinfo.Title), *map(str, pdf.docinfo.values()), pdf.Root.Metadata.read_bytes().decode()]
        with pdf.open_outline() as outline:
            said += [entry.title for entry in walk(list(outline.root))]
        assert not [group for group in (*PAPER_KEY.groups, PAPER_KEY.desk) for one in said if group in one]


def walk(entries: list[pikepdf.OutlineItem]) -> list[pikepdf.OutlineItem]:
    return [one for entry in entries for one in (entry, *walk(list(entry.children)))]
