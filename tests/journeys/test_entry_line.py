"""Whatever is filed in a line, by keyboard alone, at the console of a running meeting."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from leaddesk.models import Evidence, StoredText
from leaddesk.models.ids import row_id
from leaddesk.policy.desk_views import EntryKind, Mend
from leaddesk.policy.material import raw
from leaddesk.policy.records import Kind, Record, Text
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import participants
from leaddesk.services.drafts import ParticipantForm
from leaddesk.ui.console.action_list import ActionView
from leaddesk.ui.console.chips import Chooser
from leaddesk.ui.console.keys import Command
from tests.journeys.keyboard import ALT, CTRL, SHIFT, entry, file, meeting, press, said, select, type_words
from tests.journeys.stage import Stage

C = InformationClass


@pytest.fixture
def on(tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    with meeting(tmp_path / "desk", qtbot) as made:
        yield made


def last_text(on: Stage) -> Text:
    text = on.live.material.entries[-1].fields["text"]
    assert isinstance(text, Text)
    return text


def place_item(on: Stage) -> str:
    """Selects the first place of the agenda and returns the place's id."""
    item = next(one for one in on.live.material.agenda if one.links.get("priority"))
    select(on, priority=item.links["priority"] or "")
    return item.links["priority"] or ""


def topic(on: Stage) -> str:
    """Puts a topic of its own on the agenda and selects it."""
    file(6, "winter hours")
    item = next(one for one in on.live.material.agenda if "winter" in str(one.fields.get("title")))
    on.windows.workplace.console.meeting.agenda.select(item.id)
    return item.id


def action_of(on: Stage, words: str) -> Record:
    return next(one for one in on.live.material.actions if words in str(one.fields["text"]))


def choose_class(on: Stage, cls: str) -> None:
    """Goes to the class by Tab and chooses it by its letters."""
    for _ in range(8):
        focused = QApplication.focusWidget()
        if isinstance(focused, Chooser) and focused.accessibleName() == "Class":
            break
        press(Qt.Key.Key_Tab)
    chooser = QApplication.focusWidget()
    assert isinstance(chooser, Chooser)
    type_words(cls[:4])


def opened_anew(on: Stage, qtbot: QtBot) -> None:
    """The windows are closed and made anew, as after a lock or a hand-over and back."""
    on.windows = on.windows.at(on.live.meeting)
    on.windows.open()
    console = on.windows.workplace.console
    console.activateWindow()
    qtbot.waitUntil(console.isActiveWindow)
    console.meeting.entry.focus()
    on.settle()


def test_a_line_left_unfinished_comes_back_under_its_item_and_in_its_class(on: Stage, qtbot: QtBot) -> None:
    item = select(on, participant=on.participant("Brooks"))
    type_words("wants the blue folder")
    press(Qt.Key.Key_Return, SHIFT)
    type_words("a folder is asked for")
    choose_class(on, "care")
    press(Qt.Key.Key_Escape)
    opened_anew(on, qtbot)
    assert on.live.selected == item
    assert (entry(on).text, entry(on).safe) == ("wants the blue folder", "a folder is asked for")
    press(Qt.Key.Key_Return)
    text = last_text(on)
    assert text.cls is C.CARE
    assert text.about == (on.participant("Brooks"),)
    assert [one.text for one in text.safe] == ["a folder is asked for"]


def test_a_line_left_unfinished_comes_back_about_whom_it_was(on: Stage, qtbot: QtBot) -> None:
    on.windows.workplace.console.meeting.agenda.select(on.live.material.agenda[0].id)
    on.settle()
    type_words("wants the blue folder")
    entry(on).fill(safe="", everybody="", cls="", about=on.participant("Brooks"))
    opened_anew(on, qtbot)
    press(Qt.Key.Key_Return)
    assert last_text(on).about == (on.participant("Brooks"),)


def test_safe_wordings_of_two_classes_are_typed_under_the_line(on: Stage) -> None:
    select(on, participant=on.participant("Brooks"))
    type_words("wants the blue folder")
    press(Qt.Key.Key_Return, SHIFT)
    type_words("a folder is asked for")
    press(Qt.Key.Key_Return, SHIFT)
    type_words("paper is needed")
    press(Qt.Key.Key_Return)
    text = last_text(on)
    assert text.cls is C.PROGRESS
    assert [(one.cls, one.text) for one in text.safe] == [
        (C.OPERATIONS, "a folder is asked for"),
        (C.COMMUNITY, "paper is needed"),
    ]
    assert entry(on).text == entry(on).safe == entry(on).everybody == ""
    assert on.told == []


def test_a_wording_for_everybody_that_may_hold_a_name_is_refused_and_kept(on: Stage) -> None:
    select(on, participant=on.participant("Brooks"))
    type_words("wants the blue folder")
    press(Qt.Key.Key_Return, SHIFT)
    press(Qt.Key.Key_Return, SHIFT)
    type_words("ask at Zanzibar House")
    assert "Zanzibar House" in entry(on).hint
    press(Qt.Key.Key_Return)
    assert "Zanzibar House" in on.windows.workplace.console.notice.words
    assert on.live.material.entries == ()
    assert (entry(on).text, entry(on).everybody) == ("wants the blue folder", "ask at Zanzibar House")


def test_a_name_that_is_begun_is_offered_and_taken_by_tab(on: Stage) -> None:
    topic(on)
    press(Qt.Key.Key_1, CTRL)
    type_words("call Bro")
    line = QApplication.focusWidget()
    assert line.completion.offered == ("Angela Brooks",)  # type: ignore[union-attr]
    press(Qt.Key.Key_Tab)
    assert entry(on).text == "call Angela Brooks "
    type_words("@oka")
    press(Qt.Key.Key_Tab)
    assert entry(on).text.startswith("call Angela Brooks ")
    assert "Okafor" in entry(on).text
    assert line is QApplication.focusWidget()


def test_ordinary_words_offer_nothing_and_escape_puts_offers_away(on: Stage) -> None:
    type_words("bro")
    line = QApplication.focusWidget()
    assert line.completion.offered == ()  # type: ignore[union-attr]
    type_words("om B")
    assert line.completion.offered == ()  # type: ignore[union-attr]
    type_words("r")
    assert line.completion.offered != ()  # type: ignore[union-attr]
    press(Qt.Key.Key_Escape)
    assert line.completion.offered == ()  # type: ignore[union-attr]
    assert entry(on).text == "broom Br"


def test_naming_a_participant_raises_the_class_and_the_chair_keeps_it_with_a_reason(on: Stage) -> None:
    topic(on)
    press(Qt.Key.Key_1, CTRL)
    type_words("call Angela Brooks")
    assert "Raised to the class name" in entry(on).hint
    choose_class(on, "operations")
    assert "Raised to the class name" in entry(on).hint, "not without a reason"
    press(Qt.Key.Key_Tab)
    type_words("her own wish")
    assert "Raised" not in entry(on).hint
    press(Qt.Key.Key_Return)
    text = last_text(on)
    assert (text.cls, text.about) == (C.OPERATIONS, (on.participant("Brooks"),))
    with on.desk.unit() as unit:
        noted = unit.ledger_entries("class_kept")[-1]
        kept = unit.rows.query(StoredText).order_by(StoredText.id.desc()).first()
        assert kept is not None
        assert kept.class_reason == "her own wish"
    assert noted.objects == {"entry": on.live.material.entries[-1].id}
    assert "wish" not in str(noted.payload)
    assert "kept as operations: her own wish" in [
        label.text() for label in on.windows.workplace.console.findChildren(QLabel)
    ]


def test_without_a_reason_it_is_filed_as_identity(on: Stage) -> None:
    topic(on)
    file(1, "call Angela Brooks")
    assert last_text(on).cls is C.IDENTITY


def test_whom_an_entry_is_about_can_be_chosen(on: Stage) -> None:
    topic(on)
    press(Qt.Key.Key_1, CTRL)
    type_words("asked for a letter")
    about = next(one for one in entry(on).findChildren(Chooser) if one.accessibleName() == "About")
    about.setFocus()
    type_words("Angela")
    press(Qt.Key.Key_1, CTRL)
    press(Qt.Key.Key_Return)
    text = last_text(on)
    assert (text.cls, text.about) == (C.PROGRESS, (on.participant("Brooks"),))
    file(1, "opens at nine")
    assert last_text(on).about == (), "the next entry begins anew"


def test_an_action_says_who_and_when_while_it_is_typed(on: Stage) -> None:
    select(on, participant=on.participant("Brooks"))
    press(Qt.Key.Key_3, CTRL)
    type_words("ask the clinic")
    assert entry(on).hint.startswith("No owner yet, no due date yet.")
    type_words(" okafor next meeting")
    day = on.live.material.today + timedelta(days=14)
    assert f"Okafor, due {day.day} May" in entry(on).hint
    press(Qt.Key.Key_Return)
    assert raw(action_of(on, "ask the clinic"), "due") == day


def test_a_new_priority_is_named_in_a_line(on: Stage) -> None:
    press(Qt.Key.Key_5, CTRL)
    type_words("Pike St & 4th, Lakeside: more people every night")
    assert entry(on).hint.startswith("A new priority, Pike St & 4th in Lakeside, ranked last")
    press(Qt.Key.Key_Return)
    new = on.live.material.places[-1]
    assert str(raw(new, "rank")) == str(len(on.live.material.places))
    with on.desk.unit() as unit:
        told = unit.rows.query(Evidence).filter_by(priority_id=row_id(Kind.PLACE, new.id)).one()
        assert unit.rows.get_one(StoredText, told.text_id).body == "more people every night"
    press(Qt.Key.Key_Z, CTRL)
    assert said(on) == "Taken back: the new priority “Pike St & 4th”."
    assert new.id not in on.live.material.places_by_id


def test_a_priority_that_is_there_is_not_added_twice(on: Stage) -> None:
    place = place_item(on)
    name = on.live.mine().see(on.live.material.places_by_id[place]).text("name")
    file(5, name.upper())
    assert "is a priority already" in on.windows.workplace.console.notice.words


@pytest.mark.parametrize("whom", ["by name", "by code"])
def test_somebody_is_put_on_the_agenda_by_name_or_code(on: Stage, whom: str) -> None:
    on_agenda = {one.links.get("participant") for one in on.live.material.agenda}
    one = next(p for p in on.live.watch.facts.participants.values() if p.id not in on_agenda)
    typed = one.code.lower() if whom == "by code" else f"{one.given_name} {one.family_name}"
    file(6, f"{typed} 8 min")
    item = next(row for row in on.live.material.agenda if row.links.get("participant") == one.id)
    assert raw(item, "minutes_planned") == 8
    press(Qt.Key.Key_Z, CTRL)
    assert item.id not in on.live.material.items


def test_what_came_of_an_item_is_said_in_a_line_and_taken_back(on: Stage) -> None:
    item = select(on, participant=on.participant("Brooks"))
    file(7, "stays with the clinic")
    assert "stays with the clinic" in str(on.live.material.items[item].fields["outcome"])
    press(Qt.Key.Key_Z, CTRL)
    assert "outcome" not in on.live.material.items[item].fields


def test_a_place_is_ranked_in_place_with_a_reason(on: Stage) -> None:
    place = place_item(on)
    before = raw(on.live.material.places_by_id[place], "rank")
    assert isinstance(before, int)
    press(Qt.Key.Key_Down, ALT | SHIFT)
    press(Qt.Key.Key_Down, ALT | SHIFT)
    assert (entry(on).kind, entry(on).text) == (EntryKind.PRIORITY, f"{before + 2} ")
    assert "Type the reason too" in entry(on).hint
    press(Qt.Key.Key_Return)
    assert on.windows.workplace.console.notice.words, "nothing is ranked without a reason"
    assert raw(on.live.material.places_by_id[place], "rank") == before
    type_words("shops and riders agree")
    press(Qt.Key.Key_Up, ALT | SHIFT)
    assert entry(on).text == f"{before + 1} shops and riders agree"
    press(Qt.Key.Key_Return)
    assert raw(on.live.material.places_by_id[place], "rank") == before + 1
    on.command(Command.SHOW_SELECTED)
    assert str(before + 1) in on.screen


def test_a_rank_is_changed_from_anywhere_by_the_places_name(on: Stage) -> None:
    place = on.live.material.places[-1]
    name = on.live.mine().see(place).text("name")
    file(4, f"{name} 1 shops agree")
    assert raw(on.live.material.places_by_id[place.id], "rank") == 1


def test_a_place_that_was_ranked_is_minuted_until_that_is_taken_back(on: Stage, qtbot: QtBot) -> None:
    def lacks_minutes() -> bool:
        checks = on.windows.workplace.controller.closing_checks()
        return on.live.live_item in {one.target for one in checks if one.mend is Mend.ITEM}

    # The demo's first two places have changed ranks since the last minutes.
    select(on, priority=on.live.material.places[2].id)
    on.command(Command.SHOW_SELECTED)
    assert lacks_minutes()
    file(4, "5 quieter since the lamps work")
    assert not lacks_minutes()
    press(Qt.Key.Key_Z, CTRL)
    # What is said of a place may be before the room: it leaves first.
    qtbot.waitUntil(lambda: not on.windows.workplace.driver.pausing)
    assert lacks_minutes()


def test_a_name_that_two_participants_have_makes_no_topic(on: Stage) -> None:
    everyday = on.desk.everyday
    again = ParticipantForm(given_name="Angela", family_name="Brooks")
    on.live.do(participants.save_participant, again, everyday)
    before = len(on.live.material.agenda)
    file(6, "angela brooks")
    code = on.live.watch.facts.participants[on.participant("Brooks")].code
    assert f"Angela Brooks ({code})" in entry(on).hint
    assert "Type more of the name, or the case code." in said(on)
    assert (len(on.live.material.agenda), entry(on).text) == (before, "angela brooks"), "nothing is lost"


def test_what_was_meant_for_one_item_is_not_meant_for_the_next(on: Stage) -> None:
    place_item(on)
    press(Qt.Key.Key_Down, ALT | SHIFT)
    item = select(on, participant=on.participant("Brooks"))
    assert (entry(on).kind, entry(on).text) == (EntryKind.UPDATE, ""), "a rank is a place's"
    press(Qt.Key.Key_7, CTRL)
    while on.live.selected == item:
        on.command(Command.NEXT)
    assert entry(on).kind is EntryKind.UPDATE, "what came of an item is that item's"
    press(Qt.Key.Key_2, CTRL)
    place_item(on)
    assert entry(on).kind is EntryKind.DECISION
    press(Qt.Key.Key_4, CTRL)
    type_words("2 shops agree")
    select(on, participant=on.participant("Brooks"))
    assert (entry(on).kind, entry(on).text) == (EntryKind.PRIORITY, "2 shops agree"), "typed words stay"


def test_where_no_place_is_selected_the_rank_keys_say_so(on: Stage) -> None:
    select(on, participant=on.participant("Brooks"))
    press(Qt.Key.Key_Up, ALT | SHIFT)
    assert "Select a place" in said(on)


def test_what_was_filed_last_is_mended_and_the_old_words_leave_the_room(on: Stage, qtbot: QtBot) -> None:
    on.show("Brooks")
    file(2, "One court date on the ninth.")
    on.command(Command.SHOW_SELECTED)
    assert "on the ninth" in on.screen
    press(Qt.Key.Key_E, CTRL)
    assert entry(on).text == "One court date on the ninth."
    assert entry(on).kind is EntryKind.DECISION
    assert "Mending" in entry(on).task
    painted = len(on.frames)
    type_words(" At ten.")
    press(Qt.Key.Key_Return)
    assert "on the ninth" not in on.screen
    assert not any("on the ninth" in frame for frame in on.frames[painted:])
    qtbot.waitUntil(lambda: not on.windows.workplace.driver.pausing)
    assert len(on.live.material.entries) == 1
    assert last_text(on).text == "One court date on the ninth. At ten."
    assert entry(on).task == ""
    on.command(Command.SHOW_SELECTED)
    assert "At ten." in on.screen
    press(Qt.Key.Key_Z, CTRL)
    assert last_text(on).text == "One court date on the ninth."


def test_mending_is_left_by_escape_and_changes_nothing(on: Stage) -> None:
    on.show("Brooks")
    file(1, "Form sent.")
    press(Qt.Key.Key_E, CTRL)
    press(Qt.Key.Key_Escape)
    assert (entry(on).text, entry(on).task) == ("", "")
    file(1, "Clinic called back.")
    assert len(on.live.material.entries) == 2


def test_a_mended_action_keeps_how_often_it_was_carried(on: Stage) -> None:
    select(on, participant=on.participant("Brooks"))
    file(3, "ask the clinic okafor 20 may")
    before = action_of(on, "ask the clinic")
    press(Qt.Key.Key_E, CTRL)
    assert entry(on).text.startswith("ask the clinic ")
    assert entry(on).text.endswith("Okafor 2026-05-20")
    press(Qt.Key.Key_Home)
    type_words("please ")
    press(Qt.Key.Key_Return)
    after = action_of(on, "please ask the clinic")
    assert after.id != before.id
    assert not any(one.id == before.id for one in on.live.material.actions)
    assert (raw(after, "due"), after.links["owner"], raw(after, "created_at")) == (
        raw(before, "due"),
        before.links["owner"],
        raw(before, "created_at"),
    )


def action_in_focus() -> str:
    focused = QApplication.focusWidget()
    assert isinstance(focused, ActionView)
    assert focused.current is not None
    return focused.current.id


def test_actions_are_closed_by_one_key_each(on: Stage) -> None:
    board = next(one.id for one in on.live.material.agenda if str(raw(one, "kind")) == "actions")
    on.windows.workplace.console.meeting.agenda.select(board)
    press(Qt.Key.Key_J, CTRL)
    first = action_in_focus()
    press(Qt.Key.Key_D)
    outcome = {one.id: raw(one, "outcome") for one in on.live.material.actions}
    assert outcome[first] == "done"
    on.settle()
    press(Qt.Key.Key_J, CTRL)
    press(Qt.Key.Key_Down)
    second = action_in_focus()
    assert second != first
    press(Qt.Key.Key_N)
    assert {one.id: raw(one, "outcome") for one in on.live.material.actions}[second] == "not_done"


def test_not_possible_asks_why_and_files_it(on: Stage) -> None:
    select(on, participant=on.participant("Brooks"))
    file(3, "ask the clinic okafor 20 may")
    action = action_of(on, "ask the clinic").id
    press(Qt.Key.Key_J, CTRL)
    while action_in_focus() != action:
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_P)
    assert "Why is “ask the clinic” not possible?" in entry(on).task
    assert raw(action_of(on, "ask the clinic"), "outcome") == "open", "not before it is said why"
    type_words("the clinic closed")
    press(Qt.Key.Key_Return)
    assert raw(action_of(on, "ask the clinic"), "outcome") == "not_possible"
    assert last_text(on).text == "the clinic closed"
    assert on.participant("Brooks") in last_text(on).about
    press(Qt.Key.Key_Z, CTRL)
    assert raw(action_of(on, "ask the clinic"), "outcome") == "open"
    assert on.live.material.entries == ()


def test_an_item_is_marked_as_discussed_by_a_key_and_back(on: Stage) -> None:
    item = select(on, participant=on.participant("Brooks"))
    press(Qt.Key.Key_D, CTRL)
    assert raw(on.live.material.items[item], "discussed_at") is not None
    press(Qt.Key.Key_D, CTRL)
    assert raw(on.live.material.items[item], "discussed_at") is None
    press(Qt.Key.Key_Z, CTRL)
    assert raw(on.live.material.items[item], "discussed_at") is not None
