"""Whatever a view holds, its pages hold all of it, legibly, and nothing over anything else."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from leaddesk.policy.views import (
    ActionBoard,
    ActionRow,
    AskRow,
    Frame,
    IdleCard,
    Mark,
    Marked,
    NameRow,
    Overview,
    OwnerGroup,
    ParticipantSlide,
    PlaceRow,
    PlaceSlide,
    Slide,
    TopicSlide,
    Voice,
)
from leaddesk.ui.projector.canvas import HEIGHT, Box, Clock, Page, Shape, Text, paint
from leaddesk.ui.projector.pages import Layouts, blank, paginate
from leaddesk.ui.theme import Theme, ThemeName, Token

SCREENS = [QSize(1366, 768), QSize(1920, 1080), QSize(1920, 1200), QSize(1024, 768), QSize(3840, 2160)]
NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
LETTERS = "abcdefghij MNOPQ'-.0123 ếữợđằ ΑΒΓαβγ ЖЩдёю Łøß 中文"

layouts = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
screens = st.sampled_from(SCREENS)
words = st.one_of(
    st.sampled_from(
        [
            "Maria Santos",
            "P-7K3F",
            "Nguyễn Thị Phương Thảo",
            "Ελένη Παπαδοπούλου-Χατζηγεωργίου",
            "Александра Константинопольская",
            "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft",
            "Market St & 3rd Ave, by the bus stop in front of the pharmacy and the laundromat",
        ]
    ),
    st.text(LETTERS, min_size=1, max_size=120).map(lambda text: " ".join(text.split())).filter(bool),
)
details = st.one_of(st.just(""), words)
marks = st.one_of(
    st.none(), st.builds(lambda mark, text: Marked(mark=mark, words=text), st.sampled_from(Mark), words)
)
days = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2040, 12, 31)))
frames = st.builds(
    lambda program, notice: Frame(program=program, notice=notice), words, st.sampled_from(["", NOTICE])
)
name_rows = st.builds(lambda name, detail: NameRow(name=name, detail=detail), words, details)
place_rows = st.builds(
    lambda rank, name, hood, change: PlaceRow(rank=rank, name=name, neighborhood=hood, change=change),
    st.integers(1, 250),
    words,
    details,
    marks,
)
action_rows = st.builds(
    lambda what, owner, due, state, carried: ActionRow(
        what=what, owner=owner, owner_short=owner, due=due, state=state, carried=carried
    ),
    words,
    words,
    days,
    marks,
    st.integers(0, 12),
)
ask_rows = st.builds(lambda what, whom: AskRow(what=what, of_whom=whom), words, details)
voices = st.builds(
    lambda text, source, quoted: Voice(text=text, source=source, quoted=quoted), words, details, st.booleans()
)


def rows(of: st.SearchStrategy, most: int = 60) -> st.SearchStrategy:
    return st.one_of(st.just(()), st.lists(of, max_size=6).map(tuple), st.lists(of, max_size=most).map(tuple))


idle_cards = st.builds(
    lambda program, word, group, when, where: IdleCard(
        program=program, program_word=word, group=group, when=when, where=where
    ),
    words,
    details,
    details,
    days,
    details,
)
overviews = st.builds(
    lambda frame, meeting, people, places, actions: Overview(
        frame=frame, when=date(2026, 5, 6), meeting=meeting, participants=people, places=places, actions=actions
    ),
    frames,
    words,
    rows(name_rows),
    rows(place_rows, 20),
    rows(action_rows, 30),
)
participants = st.builds(
    lambda frame, name, progress, asks, actions: ParticipantSlide(
        frame=frame, name=name, progress=progress, asks=asks, actions=actions
    ),
    frames,
    words,
    rows(words, 20),
    rows(ask_rows, 20),
    rows(action_rows, 20),
)
places = st.builds(
    lambda frame, change, hood, name, told, silent, counted, response, lead, review: PlaceSlide(
        frame=frame,
        rank=3,
        change=change,
        neighborhood=hood,
        name=name,
        told=told,
        not_heard_from=silent,
        counted=counted,
        response=response,
        lead=lead,
        review=review,
    ),
    frames,
    marks,
    details,
    words,
    rows(voices, 12),
    details,
    rows(voices, 12),
    details,
    details,
    days,
)
boards = st.builds(
    lambda frame, groups: ActionBoard(frame=frame, groups=groups),
    frames,
    rows(
        st.builds(
            lambda owner, actions: OwnerGroup(owner=owner, actions=tuple(actions)),
            words,
            st.lists(action_rows, min_size=1, max_size=8),
        ),
        8,
    ),
)
topics = st.builds(
    lambda frame, kicker, title, lines: TopicSlide(frame=frame, kicker=kicker, title=title, lines=lines),
    frames,
    details,
    words,
    rows(words),
)
slides = st.one_of(idle_cards, overviews, participants, places, boards, topics)


def text_boxes(page: Page) -> list[Box]:
    return [item.box for item in page.items if isinstance(item, (Text, Clock))]


def overlap(one: Box, other: Box) -> bool:
    return (
        min(one.right, other.right) - max(one.x, other.x) > 0.5
        and min(one.bottom, other.bottom) - max(one.y, other.y) > 0.5
    )


def all_texts(pages: Iterable[Page]) -> Counter[str]:
    return Counter(text for page in pages for text in page.texts())


@given(slide=slides, screen=screens)
@layouts
def test_everything_on_a_page_lies_inside_it(slide: Slide, screen: QSize) -> None:
    for page in paginate(slide, screen):
        ground = Box(0, 0, page.width, HEIGHT)
        assert all(ground.holds(item.box) for item in page.items)


@given(slide=slides, screen=screens)
@layouts
def test_no_text_stands_over_another(slide: Slide, screen: QSize) -> None:
    for page in paginate(slide, screen):
        boxes = text_boxes(page)
        assert not [(a, b) for n, a in enumerate(boxes) for b in boxes[n + 1 :] if overlap(a, b)]


@given(slide=slides, screen=screens)
@layouts
def test_a_text_lies_inside_every_card_that_it_touches(slide: Slide, screen: QSize) -> None:
    for page in paginate(slide, screen):
        cards = [i.box for i in page.items if isinstance(i, Shape) and i.fill in {Token.SURFACE, Token.TINT}]
        assert all(card.holds(box, slack=1) for card in cards for box in text_boxes(page) if overlap(card, box))


@given(slide=slides, screen=screens)
@layouts
def test_no_text_is_under_a_28th_of_the_height(slide: Slide, screen: QSize) -> None:
    for page in paginate(slide, screen):
        assert all(item.style.size >= HEIGHT / 28 for item in page.items if isinstance(item, (Text, Clock)))


@given(slide=slides, screen=screens)
@layouts
def test_pages_are_numbered_and_there_is_always_one(slide: Slide, screen: QSize) -> None:
    pages = paginate(slide, screen)
    assert [(page.number, page.count) for page in pages] == [(n, len(pages)) for n in range(1, len(pages) + 1)]
    assert pages


@given(lines=st.lists(words, max_size=60), screen=screens)
@layouts
def test_every_line_of_a_topic_is_on_exactly_one_page(lines: list[str], screen: QSize) -> None:
    numbered = tuple(f"{number}. {line}" for number, line in enumerate(lines))
    pages = paginate(TopicSlide(frame=Frame(program="Harbor"), kicker="", title="", lines=numbered), screen)
    told = all_texts(pages)
    assert all(told[line] == 1 for line in numbered)
    assert all(sum(line in page.texts() for line in numbered) <= 7 for page in pages)


@given(names=st.lists(words, max_size=60), screen=screens)
@layouts
def test_every_participant_of_the_overview_is_on_exactly_one_page(names: list[str], screen: QSize) -> None:
    numbered = tuple(NameRow(name=f"{number} {name}", detail="Follow-up") for number, name in enumerate(names))
    slide = Overview(
        frame=Frame(program="Harbor"),
        when=date(2026, 5, 6),
        meeting="Meeting 14",
        participants=numbered,
        places=(),
        actions=(),
    )
    pages = paginate(slide, screen)
    told = all_texts(pages)
    assert all(told[row.name] == 1 for row in numbered)
    assert all(page.texts().count("Follow-up") <= 5 for page in pages)


@given(counts=st.lists(st.integers(1, 9), max_size=9), screen=screens)
@layouts
def test_every_action_of_the_board_is_there_once_and_under_its_owner(counts: list[int], screen: QSize) -> None:
    groups = tuple(
        OwnerGroup(
            owner=f"Owner {owner}",
            actions=tuple(action(f"action {owner}/{number}", carried=number % 3) for number in range(count)),
        )
        for owner, count in enumerate(counts)
    )
    owner = ""
    found: list[str] = []
    for page in paginate(ActionBoard(frame=Frame(program="Harbor"), groups=groups), screen):
        owner = ""
        for text in page.texts():
            if text.startswith("Owner"):
                owner = text
            elif text.startswith("action"):
                assert text.split("/")[0].removeprefix("action") == owner.removeprefix("Owner")
                found.append(text)
    assert found == [each.what for group in groups for each in group.actions]


@given(slide=places, screen=screens)
@layouts
def test_both_lanes_are_of_one_size_and_on_one_line(slide: PlaceSlide, screen: QSize) -> None:
    for page in paginate(slide, screen):
        cards = [i.box for i in page.items if isinstance(i, Shape) and i.fill is Token.SURFACE]
        if cards:
            (left, right) = cards
            assert (left.y, left.width, left.height) == (right.y, right.width, right.height)
            assert left.y <= HEIGHT / 2


@pytest.mark.parametrize("screen", SCREENS)
def test_a_text_far_longer_than_a_page_is_cut_nowhere(screen: QSize) -> None:
    long = " ".join(f"word{number}" for number in range(600))
    pages = paginate(TopicSlide(frame=Frame(program="Harbor"), kicker="", title="Long", lines=(long,)), screen)
    written = "".join(
        item.text for page in pages for item in page.items if isinstance(item, Text) and "word" in item.text
    )
    assert written == long


def test_columns_page_together_and_the_shorter_stays_on_its_last_page() -> None:
    slide = Overview(
        frame=Frame(program="Harbor County LEAD", notice=NOTICE),
        when=date(2026, 5, 6),
        meeting="Meeting 14",
        participants=tuple(NameRow(name=f"P-{n}", detail="Follow-up") for n in range(6)),
        places=(PlaceRow(rank=1, name="Lakeside Park", neighborhood="Lakeside", change=None),),
        actions=tuple(action(f"Action {n}") for n in range(12)),
    )
    pages = paginate(slide, QSize(1920, 1080))
    assert [[text for text in page.texts() if " of " in text and len(text) < 8] for page in pages] == [
        ["1 of 2", "1 of 3"],
        ["2 of 2", "2 of 3"],
        ["2 of 2", "3 of 3"],
    ]
    assert all("Lakeside Park" in page.texts() for page in pages)
    assert "P-5" in pages[2].texts()


def test_an_empty_list_leaves_no_heading_behind() -> None:
    slide = Overview(
        frame=Frame(program="Harbor"),
        when=date(2026, 5, 6),
        meeting="Meeting 14",
        participants=(),
        places=(),
        actions=(),
    )
    (page,) = paginate(slide, QSize(1920, 1080))
    assert page.texts("10:04") == ("Wed 6 May 2026", "Meeting 14", "Today at a glance", "Harbor", "Overview", "10:04")


def test_a_thumbnail_has_the_very_page_of_the_projector() -> None:
    slide = TopicSlide(frame=Frame(program="Harbor"), kicker="Minutes", title="Last minutes", lines=("Approved",))
    assert paginate(slide, QSize(448, 252)) == paginate(slide, QSize(3840, 2160))


def test_a_view_that_is_shown_again_is_not_laid_out_again_and_another_one_or_another_screen_is() -> None:
    def topic(line: str) -> TopicSlide:
        return TopicSlide(frame=Frame(program="Harbor"), kicker="Minutes", title="Last minutes", lines=(line,))

    kept, wide = Layouts(), QSize(1920, 1080)
    first = kept.pages(topic("Approved"), wide)
    assert kept.pages(topic("Approved"), QSize(448, 252)) is first
    for slide, screen in ((topic("Not approved"), wide), (topic("Approved"), QSize(1024, 768))):
        assert kept.pages(slide, screen) == paginate(slide, screen) != first
    for number in range(9):
        kept.pages(topic(f"Line {number}"), wide)
    assert kept.pages(topic("Approved"), wide) is not first, "only the last few are kept"


def test_a_word_with_a_letter_the_typeface_lacks_is_set_in_one_typeface_throughout() -> None:
    slide = ParticipantSlide(
        frame=Frame(program="Harbor"), name="Nguyễn Thị Thảo", progress=("Éva Łukács",), asks=(), actions=()
    )
    (page,) = paginate(slide, QSize(1920, 1080))
    second = {item.text: item.second for item in page.items if isinstance(item, Text)}
    assert second == {"Participant": False, "Nguyễn Thị Thảo": True, "Éva Łukács": False, "Harbor": False}


def test_a_black_page_paints_nothing_but_black(qapp: QApplication) -> None:
    page = blank(QSize(320, 180))
    assert page.texts("10:04") == ()
    assert colors_of(painted(page, QSize(320, 180))) == {"#000000"}


@pytest.mark.parametrize("screen", [QSize(1366, 768), QSize(1024, 768)])
def test_ink_stays_in_the_boxes_of_what_is_painted(screen: QSize) -> None:
    slide = TopicSlide(
        frame=Frame(program="Harbor", notice=NOTICE),
        kicker="New referrals",
        title="Ngọc Đặng, Ζωή Ψυχάρη, Щукина",
        lines=("Ễ jgq Ằ", "By social contact: 2", "Ålesund ÇŞ yjg"),
    )
    (page,) = paginate(slide, screen)
    image = painted(page, screen)
    scale = image.height() / HEIGHT
    painter = QPainter(image)
    for item in page.items:
        grown = QRectF(item.box.x * scale - 2, item.box.y * scale - 2, 0, 0)
        grown.setSize(QRectF(0, 0, item.box.width * scale + 4, item.box.height * scale + 4).size())
        painter.fillRect(grown, Theme.load(ThemeName.LIGHT).color(Token.PAPER))
    painter.end()
    assert colors_of(image) == {"#faf8f4"}


def painted(page: Page, size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(page, painter, QRectF(0, 0, size.width(), size.height()), Theme.load(ThemeName.LIGHT), "10:04")
    painter.end()
    return image


def colors_of(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def action(what: str, *, carried: int = 0) -> ActionRow:
    return ActionRow(
        what=what,
        owner="T. Bell, City PD",
        owner_short="Bell",
        due=date(2026, 5, 4),
        state=Marked(mark=Mark.OVERDUE, words="overdue"),
        carried=carried,
    )
