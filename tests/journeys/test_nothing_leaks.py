"""For random desks nothing an audience may not have is in its views, on its screen, or in its papers."""

from io import BytesIO

import pikepdf
import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from leaddesk.documents.minutes import minutes as minutes_pdf
from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.disclosure import Audience, Disclosure, Sight
from leaddesk.policy.facts import Facts, Site
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.minutes import Copy, minutes
from leaddesk.policy.slides import idle_card, slide
from leaddesk.policy.standing import Standing
from leaddesk.policy.views import CopyKind, IdleCard
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.ui.projector.pages import paginate
from leaddesk.ui.projector.window import ProjectorWindow
from leaddesk.ui.theme import Theme, ThemeName, load_fonts
from tests.journeys.marked import MARKER, material
from tests.often import examples
from tests.policy import desks
from tests.policy.words import EVERYDAY

C = InformationClass
SIZE = QSize(1920, 1080)


def allowed(facts: Facts, audience: Audience, marker: tuple[str, str, str], own: frozenset[str]) -> bool:
    """Whether everybody may have what a marker stands for, asked of the bare decision."""
    about, cls, source = marker
    asked = Asked(
        C(cls),
        None if about == "none" else about,
        None if source == "unknown" else source,
    )
    standing = Standing(facts, desks.AT)
    return all(member in own or decide(standing, member, asked).allowed for member in audience.members)


def check(words: str, facts: Facts, audience: Audience) -> None:
    own = frozenset({"a1"})
    for marker in MARKER.findall(words):
        assert allowed(facts, audience, marker, own), marker
    standing = Standing(facts, desks.AT)
    for participant, (first, family) in desks.NAMES.items():
        named = all(decide(standing, member, Asked(C.IDENTITY, participant)).allowed for member in audience.members)
        coded = all(decide(standing, member, Asked(C.OPERATIONS)).allowed for member in audience.members)
        assert named or (first not in words and family not in words)
        assert coded or facts.participants[participant].code not in words


audiences = st.builds(
    Audience,
    desks.audiences,
    st.none() | st.sampled_from(desks.PEOPLE),
    st.sampled_from([False, False, False, True]),
)


@given(desks.facts(), audiences, desks.maybe_agency)
@settings(max_examples=examples(25, thorough=300), deadline=None)
def test_no_slide_holds_or_paints_what_its_audience_may_not_have(
    qapp: object, facts: Facts, audience: Audience, source: str | None
) -> None:
    load_fonts()
    shown = Disclosure(TextGuard(facts, EVERYDAY), Sight(Standing(facts, desks.AT), audience))
    meeting = material(source)
    for item in (None, *(one.id for one in meeting.agenda)):
        view = slide(meeting, shown, item)
        check(repr(view), facts, audience)
        for page in paginate(view, SIZE):
            check(" ".join(page.texts("10:37")), facts, audience)


@given(desks.facts(), audiences, desks.maybe_agency, st.sampled_from(list(CopyKind)))
@settings(max_examples=examples(12, thorough=100), deadline=None)
def test_no_minutes_hold_or_print_what_their_readers_may_not_have(
    facts: Facts, audience: Audience, source: str | None, kind: CopyKind
) -> None:
    shown = Disclosure(TextGuard(facts, EVERYDAY), Sight(Standing(facts, desks.AT), audience))
    copy = Copy(kind=kind, status="draft", anchor="", redisclosure="The long statement.")
    view = minutes(material(source), shown, copy)
    check(repr(view), facts, audience)
    pdf = minutes_pdf(view)
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    # Long markers may break over lines on paper.
    check(words.replace("\r\n", "").replace("\n", ""), facts, audience)
    with pikepdf.open(BytesIO(pdf)) as opened:
        check(str(dict(opened.docinfo)) + str(opened.open_metadata()), facts, audience)


def test_the_accessible_tree_says_exactly_what_is_shown(qtbot: QtBot) -> None:
    load_fonts()
    theme = Theme.load(ThemeName.LIGHT)
    window = ProjectorWindow(theme, _card())
    qtbot.addWidget(window)
    window.resize(SIZE)
    window.show_slide(_card())
    interface = QAccessible.queryAccessibleInterface(window)
    told = interface.text(QAccessible.Text.Name) + interface.text(QAccessible.Text.Description)
    for words in window.page.texts():
        assert words in told
    assert window.windowTitle() == "LeadDesk"


def _card() -> IdleCard:
    empty = Facts(site=Site(zone="UTC"), people={}, participants={})
    shown = Disclosure(TextGuard(empty, EVERYDAY), Sight(Standing(empty, desks.AT), Audience(frozenset())))
    return idle_card(material(None), shown)
