"""A series begins with its template, and an arranged agenda becomes one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaddesk.errors import KnownError
from leaddesk.services import agenda, agenda_templates, series
from leaddesk.services.desk import Desk
from leaddesk.services.drafts import SeriesForm, TemplateForm, TemplateLine
from tests.services.agendas import K, ids, items, kinds, missing, participant, place, plan, topic
from tests.services.opened import signed_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = signed_desk(tmp_path / "desk")
    yield made
    made.lock()


@pytest.fixture
def meeting(desk: Desk) -> int:
    return plan(desk)


SHORT = TemplateForm(
    name="Short",
    lines=(
        TemplateLine(kind=K.ACTIONS, section="Opening", minutes=5),
        TemplateLine(kind=K.PLACE, section="Places", minutes=7, most=1),
        TemplateLine(kind=K.NEXT_MEETING, section="Closing", minutes=2),
    ),
)


def use(desk: Desk, template: str | None) -> None:
    desk.do(series.save_series, SeriesForm(id="ser1", name="Operational Work Group", template=template))


def test_a_series_begins_with_its_template(desk: Desk) -> None:
    plan(desk)
    for rank, name in enumerate(("Market St", "Pine St"), start=1):
        place(desk, name, rank)
    use(desk, desk.do(agenda_templates.save_template, SHORT, desk.everyday))
    meeting = plan(desk, 14)
    assert [(item.kind, item.section, item.minutes_planned) for item in items(desk, meeting)] == [
        (K.ACTIONS, "Opening", 5),
        (K.PLACE, "Places", 7),
        (K.NEXT_MEETING, "Closing", 2),
    ]
    # What was removed or is in no line of the template is not missed.
    assert missing(desk, meeting) == []


def test_an_agenda_is_put_in_the_order_of_its_template_without_losing_an_item(desk: Desk, meeting: int) -> None:
    overview, actions, referrals, following = ids(desk, meeting)
    radios = topic(desk, meeting)
    desk.do(agenda.set_section, overview, "Before")
    use(desk, desk.do(agenda_templates.save_template, SHORT, desk.everyday))
    desk.do(agenda.arrange, meeting)
    assert ids(desk, meeting) == [actions, overview, referrals, radios, following]
    told = {item.kind: (item.section, item.minutes_planned) for item in items(desk, meeting)}
    assert told[K.ACTIONS] == ("Opening", 5)
    assert told[K.OVERVIEW] == ("Before", 2)
    assert told[K.NEXT_MEETING] == ("Closing", 2)


def test_the_last_minutes_come_first_in_an_order_that_does_not_know_them(desk: Desk, meeting: int) -> None:
    second = plan(desk, 14)
    minutes = ids(desk, second)[0]
    desk.do(agenda.move_item, minutes, 3)
    use(desk, desk.do(agenda_templates.save_template, SHORT, desk.everyday))
    desk.do(agenda.arrange, second)
    assert kinds(desk, second) == [K.MINUTES, K.ACTIONS, K.OVERVIEW, K.REFERRALS, K.NEXT_MEETING]
    assert ids(desk, second)[0] == minutes


def test_an_order_that_does_not_end_with_the_next_meeting_puts_what_it_does_not_know_last(
    desk: Desk, meeting: int
) -> None:
    overview, actions, referrals, following = ids(desk, meeting)
    only = TemplateForm(name="Two", lines=(SHORT.lines[2], SHORT.lines[0]))
    use(desk, desk.do(agenda_templates.save_template, only, desk.everyday))
    desk.do(agenda.arrange, meeting)
    assert ids(desk, meeting) == [following, actions, overview, referrals]


def test_last_minutes_taken_off_a_later_meeting_are_not_in_the_order_kept_there(desk: Desk, meeting: int) -> None:
    second = plan(desk, 14)
    desk.do(agenda.remove_item, ids(desk, second)[0])
    assert K.MINUTES not in [line.kind for line in desk.do(agenda.lines_of, second)]
    assert desk.do(agenda.lines_of, meeting)[0].kind == K.MINUTES, "the first has none yet, and those after it do"


def test_an_arranged_agenda_becomes_a_template(desk: Desk, meeting: int) -> None:
    topic(desk, meeting)
    first = ids(desk, meeting)[0]
    desk.do(agenda.set_section, first, "Opening")
    desk.do(agenda.move_item, ids(desk, meeting)[1], 3)
    lines = desk.do(agenda.lines_of, meeting)
    assert [(line.kind, line.section, line.minutes, line.most) for line in lines] == [
        (K.MINUTES, "", 3, 1),
        (K.OVERVIEW, "Opening", 2, 1),
        (K.REFERRALS, "", 8, 1),
        (K.ACTIONS, "", 10, 1),
        (K.NEXT_MEETING, "", 1, 1),
    ]


def test_a_template_is_mended_retired_and_offered_again(desk: Desk, meeting: int) -> None:
    short = desk.do(agenda_templates.save_template, SHORT, desk.everyday)
    use(desk, short)
    mended = TemplateForm(id=short, name="Shorter", lines=SHORT.lines[:1])
    assert desk.do(agenda_templates.save_template, mended, desk.everyday) == short
    assert kinds(desk, plan(desk, 14)) == [K.ACTIONS]
    desk.do(agenda_templates.retire_template, short)
    assert len(kinds(desk, plan(desk, 28))) == 5
    with pytest.raises(KnownError, match="retired"):
        use(desk, short)
    desk.do(agenda_templates.retire_template, short, retired=False)
    use(desk, short)
    assert kinds(desk, plan(desk, 42)) == [K.ACTIONS]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (TemplateForm(name="", lines=SHORT.lines), "needs a name"),
        (TemplateForm(name="Short", lines=SHORT.lines), "Another template"),
        (TemplateForm(name="Other"), "at least one"),
        (TemplateForm(name="Other", lines=(SHORT.lines[0], SHORT.lines[0])), "at most once"),
        (TemplateForm(name="Other", lines=(TemplateLine(kind=K.PLACE, minutes=999),)), "0 to 480 minutes"),
        (TemplateForm(name="Other", lines=(TemplateLine(kind=K.PLACE, minutes=1, most=0),)), "1 to 50 items"),
        (
            TemplateForm(name="Other", lines=(TemplateLine(kind=K.PLACE, minutes=1, section="For Okonkwo"),)),
            "can’t name a participant",
        ),
    ],
)
def test_a_template_that_could_not_be_used_is_refused(desk: Desk, form: TemplateForm, words: str) -> None:
    participant(desk, "Okonkwo")
    desk.do(agenda_templates.save_template, SHORT, desk.everyday)
    with pytest.raises(KnownError, match=words):
        desk.do(agenda_templates.save_template, form, desk.everyday)
