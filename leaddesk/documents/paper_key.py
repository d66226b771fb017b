"""The sheet of the paper key: one page that goes to a safe."""

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle

from leaddesk.documents import fonts
from leaddesk.documents.page import INK, LETTER, Footer, Paper, build
from leaddesk.documents.story import STRONG, Story
from leaddesk.policy import dates
from leaddesk.policy.paper_key import PaperKeySheet

#: Large enough to be read across a desk and typed without a finger on the line.
_KEY = ParagraphStyle(
    "key", fontName=fonts.BOLD, bulletFontName=fonts.BOLD, fontSize=23, leading=36, textColor=INK,
    alignment=TA_CENTER, spaceBefore=10, spaceAfter=0,
)  # fmt: skip
_FIRST_LINE = 4


def paper_key_pdf(view: PaperKeySheet, *, paper: Paper = LETTER) -> bytes:
    """The PDF of a paper key's sheet; neither title nor metadata hold the key or say whose desk it is."""
    story = Story(paper.text_width)
    story.opening("LeadDesk", "Paper key", f"Desk {view.desk}  ·  made {dates.on_paper(view.made_on)}")
    for line in (view.groups[:_FIRST_LINE], view.groups[_FIRST_LINE:]):
        story.text("\u00a0\u00a0\u00a0".join(line), _KEY)
    story.gap(10)
    story.text(
        "Letters and digits, seven groups of four. There is no letter I, L, O or U in it: what looks like one is "
        "1 or 0. Capitals, spaces and hyphens don't matter.",
        STRONG,
    )
    story.clause("What it opens")
    story.text(
        "Nothing but a new passphrase for the chair. It shows nothing of what the desk holds, and the desk's ledger "
        "says when it was used. Nobody can make it again from the desk, and nobody else has it."
    )
    story.clause("How to use it")
    story.bullets((
        "In LeadDesk’s first window: choose the desk, press “Use the paper key”, type it and a new passphrase.",
        "Or on a command line: leaddesk recover --desk FOLDER",
        "From a backup alone: “Restore a backup”, or leaddesk restore FILE FOLDER, takes it for a passphrase.",
    ))  # fmt: skip
    story.clause("Where to keep it")
    story.text(
        "In a safe or a locked cabinet, and not with the laptop. A photograph or a file of it is another key lying "
        "about: if this page was saved as a file, delete the file once it is printed. If the sheet is lost or "
        "somebody may have read it, the chair makes a new paper key under Users; this one opens nothing from then on."
    )
    return build(
        story.flowables,
        root=story.root,
        paper=paper,
        title="LeadDesk paper key",
        language="en-US",
        footer=Footer(),
    )
