"""Two letters and Enter check somebody in; every other way to come and go is one key or button away."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import CheckInRow, Signature, Whereabouts
from leaddesk.policy.names import fold
from leaddesk.policy.vocabulary import Role
from leaddesk.services.drafts import Newcomer
from leaddesk.ui.console.checkin import CheckInPanel
from leaddesk.ui.console.checkin_list import CheckInModel, where_words
from leaddesk.ui.console.chips import Chooser
from leaddesk.ui.console.finding import find_people, meant
from leaddesk.ui.console.told import Told
from leaddesk.ui.theme import Theme
from tests.ui.console.looking import ChecksModels, caught, cut, the
from tests.ui.console.sample import PEOPLE, person

GIVEN = ("Ana", "Ángel", "Łucja", "Tom", "Øyvind", "Mary Jo", "Soo-jin")
FAMILY = ("Bell", "Éluard", "Nguyễn", "O'Dell", "Haddad", "van der Berg")
MORE = (
    *PEOPLE,
    person(10, "Pavel Czerny", "City PD", "officer", Whereabouts.LEFT),
    person(11, "Uma Unger", "Lakeside", "community", Whereabouts.ROOM, Signature.MUST_SIGN),
)
names = st.builds(lambda one, two: f"{one} {two}", st.sampled_from(GIVEN), st.sampled_from(FAMILY))


@pytest.fixture
def panel(qtbot: QtBot, light: Theme) -> CheckInPanel:
    made = CheckInPanel(light)
    qtbot.addWidget(made)
    made.resize(520, 712)
    made.show_people(MORE, 1, "a1", "P-7K3F", "P-7K3F")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.focus()
    return made


def line(panel: CheckInPanel) -> QLineEdit:
    return the(QLineEdit, panel)


def button(panel: CheckInPanel, name: str) -> QAbstractButton:
    return the(QAbstractButton, panel, name)


def highlight(panel: CheckInPanel, letters: str) -> None:
    panel.focus()
    QTest.keyClicks(line(panel), letters)


@given(st.lists(names, min_size=1, max_size=12, unique=True))
def test_whoever_is_expected_is_found_by_two_letters_of_either_name(everybody: list[str]) -> None:
    rows = [person(number, name, "City PD", "officer") for number, name in enumerate(everybody)]
    for row in rows:
        words = fold(row.name).split()
        for letters in (words[0][:2], words[-1][:2], words[0][0]):
            assert row in find_people(rows, letters)
            assert row in find_people(rows, letters.upper())


def test_accents_and_strokes_do_not_matter() -> None:
    assert [row.name for row in find_people(PEOPLE, "lu")] == ["Łucja Éluard"]
    assert [row.name for row in find_people(PEOPLE, "el")] == ["Łucja Éluard"]


def test_an_apostrophe_may_be_left_out_so_that_nobody_is_added_twice() -> None:
    maeve = replace(PEOPLE[0], name="Maeve O\u2019Neill")
    for typed in ("oneill", "o'neill", "O\u2019Ne", "maeve on"):
        assert find_people((maeve,), typed) == (maeve,), typed


def test_initials_find_too_but_come_after_names_that_begin_so() -> None:
    found = [row.name for row in find_people(PEOPLE, "mh")]
    assert found == ["Martin Haddad", "Mary Hart"]
    assert find_people(PEOPLE, "zz") == ()


def test_who_is_not_here_yet_comes_first() -> None:
    assert find_people(PEOPLE, "ma")[0].name == "Martin Haddad"
    assert find_people(PEOPLE, "ma")[-1].whereabouts is Whereabouts.OUT_OF_VIEW


def test_the_model_is_one_that_qt_understands(qtmodeltester: ChecksModels) -> None:
    model = CheckInModel()
    model.set_rows(PEOPLE)
    qtmodeltester.check(model)
    words = model.data(model.index(3), Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Dora Ruiz, City Attorney  ·  prosecutor, expected, must sign"
    assert model.data(model.index(2), Qt.ItemDataRole.AccessibleTextRole).endswith("by phone 10:05, signed")
    for where, told in ((Whereabouts.OUT_OF_VIEW, "out of view"), (Whereabouts.STEPPED_OUT, "stepped out")):
        assert where_words(replace(PEOPLE[0], whereabouts=where, came="10:05")) == told, "10:05 is when they came"


def test_two_letters_and_enter_check_in_and_the_line_is_free_for_the_next(panel: CheckInPanel, qtbot: QtBot) -> None:
    came = caught(panel.checked_in)
    QTest.keyClicks(line(panel), "ru")
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    assert came == [("a4", Whereabouts.ROOM, "prosecutor")]
    assert line(panel).text() == ""
    assert line(panel).hasFocus()


def test_arrows_choose_where_several_fit(panel: CheckInPanel, qtbot: QtBot) -> None:
    came = caught(panel.checked_in)
    QTest.keyClicks(line(panel), "ma")
    assert [row.id for row in panel.found] == ["a8", "a9", "a7"]
    QTest.keyClick(line(panel), Qt.Key.Key_Down)
    QTest.keyClick(line(panel), Qt.Key.Key_Down)
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    assert came == [("a9", Whereabouts.ROOM, "sergeant")]


SIOBHAN = (
    person(20, "Siobhán Begaye", "City PD", "officer", Whereabouts.ROOM),
    person(21, "Siobhan Reyes", "Lakeside", "community", Whereabouts.ABSENT),
    person(22, "Su Kim", "Public Defense", "defender"),
    person(23, "Susan Kimball", "Bay Clinic", "provider"),
)


def told(panel: CheckInPanel) -> str:
    return the(Told, panel).text()


@pytest.mark.parametrize("whereabouts", sorted(set(Whereabouts) - {Whereabouts.EXPECTED}))
def test_where_two_fit_alike_enter_takes_neither_and_says_so(panel: CheckInPanel, whereabouts: Whereabouts) -> None:
    came, back = caught(panel.checked_in), caught(panel.came_back)
    panel.show_people((replace(SIOBHAN[0], whereabouts=whereabouts), *SIOBHAN[1:]))
    QTest.keyClicks(line(panel), "siob")
    assert panel.current is None
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    assert (came, back) == ([], [])
    assert told(panel).startswith("2 fit alike: Siobh")
    assert {"Siobhan Reyes", "Siobhán Begaye"} == set(told(panel).split(": ")[1].split(".")[0].split(", "))
    QTest.keyClicks(line(panel), "han r")
    assert told(panel) == ""
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    assert came == [("a21", Whereabouts.ROOM, "community")]


def test_of_two_with_the_same_letters_enter_takes_the_one_who_is_expected(panel: CheckInPanel) -> None:
    came = caught(panel.checked_in)
    panel.show_people((SIOBHAN[0], replace(SIOBHAN[1], whereabouts=Whereabouts.EXPECTED)))
    QTest.keyClicks(line(panel), "si")
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    assert came == [("a21", Whereabouts.ROOM, "community")]


def test_somebody_who_is_called_just_that_fits_better_than_one_whose_name_begins_so(panel: CheckInPanel) -> None:
    came = caught(panel.checked_in)
    panel.show_people(SIOBHAN)
    for letters in ("su", "kim"):
        QTest.keyClicks(line(panel), letters)
        QTest.keyClick(line(panel), Qt.Key.Key_Return)
    assert [each[0] for each in came] == ["a22", "a22"]
    assert [row.id for row in meant(find_people(SIOBHAN, "sus"), "sus")] == ["a23"]


def test_no_other_key_takes_one_of_two_either(panel: CheckInPanel) -> None:
    left = caught(panel.left)
    panel.show_people((SIOBHAN[0], replace(SIOBHAN[0], id="a24", name="Siobhan Adams")))
    QTest.keyClicks(line(panel), "siob")
    QTest.keyClick(line(panel), Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert not button(panel, "Leaves").isVisible()
    assert left == []


def test_enter_on_somebody_who_is_here_says_so(panel: CheckInPanel) -> None:
    highlight(panel, "bell")
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    assert told(panel) == "Tom Bell is here already."
    QTest.keyClicks(line(panel), "x")
    assert told(panel) == ""


def test_enter_pressed_twice_checks_in_one_person(panel: CheckInPanel) -> None:
    came = caught(panel.checked_in)
    QTest.keyClicks(line(panel), "ru")
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    assert [told[0] for told in came] == ["a4"]
    QTest.keyClick(line(panel), Qt.Key.Key_Down)
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    assert len(came) == 2


def test_enter_brings_somebody_back_and_leaves_who_is_here_alone(panel: CheckInPanel, qtbot: QtBot) -> None:
    back, came = caught(panel.came_back), caught(panel.checked_in)
    highlight(panel, "ki")
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    highlight(panel, "be")
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    assert back == [("a5",)]
    assert came == []


def test_the_role_they_attend_in_can_be_chosen(panel: CheckInPanel, qtbot: QtBot) -> None:
    came = caught(panel.checked_in)
    highlight(panel, "al")
    role = the(Chooser, panel, "Role")
    assert role.isVisible()
    role.setCurrentIndex(role.findData("officer"))
    button(panel, "By video").click()
    assert came == [("a9", Whereabouts.VIDEO, "officer")]


@pytest.mark.parametrize(
    ("letters", "name", "signal", "told"),
    [
        ("be", "Leaves", "left", ("a2",)),
        ("be", "Out of view", "out_of_view", ("a2",)),
        ("be", "Steps out", "stepped_out", ("a2",)),
        ("ki", "Back again", "came_back", ("a5",)),
        ("ru", "Sign now", "signing_asked", ("a4",)),
        ("ru", "Signed on paper", "signed_on_paper", ("a4", "a1")),
        ("ru", "Declines", "declined", ("a4",)),
        ("ru", "This is the walk-in", "stranger_identified", ("a4",)),
        ("ru", "They have gone", "stranger_left", ()),
        ("be", "Undo check-in", "arrival_taken_back", ("a2",)),
        ("cz", "Undo leaving", "leaving_taken_back", ("a10",)),
        ("be", "Withdraws", "withdrew", ("a2",)),
        ("be", "Conflict with", "conflict_told", ("a2",)),
        ("ru", "Sign in turn", "turn_asked", (("a11",),)),
        ("ru", "Close", "closed", ()),
    ],
)
def test_each_button_says_what_happened(
    panel: CheckInPanel, letters: str, name: str, signal: str, told: tuple[str, ...]
) -> None:
    heard = caught(getattr(panel, signal))
    highlight(panel, letters)
    assert button(panel, name).isVisible()
    QTest.keyClick(button(panel, name), Qt.Key.Key_Space)
    assert heard == [told]


def test_enter_on_a_button_means_the_button_and_checks_nobody_in(panel: CheckInPanel) -> None:
    came, declined = caught(panel.checked_in), caught(panel.declined)
    highlight(panel, "ru")
    button(panel, "Declines").setFocus()
    QTest.keyClick(button(panel, "Declines"), Qt.Key.Key_Return)
    assert (came, declined) == ([], [("a4",)])


@pytest.mark.parametrize(
    ("letters", "key", "says"),
    [
        ("ru", Qt.Key.Key_P, ("checked_in", ("a4", Whereabouts.PHONE, "prosecutor"))),
        ("ru", Qt.Key.Key_V, ("checked_in", ("a4", Whereabouts.VIDEO, "prosecutor"))),
        ("ki", Qt.Key.Key_B, ("came_back", ("a5",))),
        ("be", Qt.Key.Key_L, ("left", ("a2",))),
        ("be", Qt.Key.Key_O, ("out_of_view", ("a2",))),
        ("be", Qt.Key.Key_S, ("stepped_out", ("a2",))),
        ("be", Qt.Key.Key_U, ("arrival_taken_back", ("a2",))),
        ("cz", Qt.Key.Key_U, ("leaving_taken_back", ("a10",))),
        ("un", Qt.Key.Key_R, ("signed_on_paper", ("a11", "a1"))),
        ("un", Qt.Key.Key_N, ("signing_asked", ("a11",))),
        ("un", Qt.Key.Key_D, ("declined", ("a11",))),
        ("be", Qt.Key.Key_H, ("withdrew", ("a2",))),
        ("be", Qt.Key.Key_C, ("conflict_told", ("a2",))),
        ("be", Qt.Key.Key_I, ("turn_asked", (("a11",),))),
        ("ru", Qt.Key.Key_W, ("stranger_identified", ("a4",))),
        ("ru", Qt.Key.Key_G, ("stranger_left", ())),
    ],
)
def test_every_way_is_one_key_from_the_line_which_stays_ready(
    panel: CheckInPanel, qtbot: QtBot, letters: str, key: Qt.Key, says: tuple[str, tuple[object, ...]]
) -> None:
    signal, told = says
    highlight(panel, letters)
    heard = caught(getattr(panel, signal))
    QTest.keyClick(line(panel), key, Qt.KeyboardModifier.AltModifier)
    # A button shows that it is pressed before it does something.
    qtbot.waitUntil(lambda: heard == [told])
    assert line(panel).hasFocus()


def test_whoever_came_stays_highlighted_for_the_next_step(panel: CheckInPanel) -> None:
    highlight(panel, "ru")
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    came = [replace(row, whereabouts=Whereabouts.ROOM, came="10:40") if row.id == "a4" else row for row in MORE]
    panel.show_people(came, 0, "a1")
    assert panel.current is not None
    assert panel.current.id == "a4"
    assert line(panel).text() == ""
    shown = [button(panel, name) for name in ("Signed on paper", "Sign now", "Out of view", "Declines")]
    assert all(each.isVisible() for each in shown)
    places = [each.mapTo(panel, each.rect().topLeft()) for each in shown]
    assert sorted(places, key=lambda at: (at.y(), at.x())) == places, "the quick ways come first"
    QTest.keyClicks(line(panel), "ha")
    assert panel.current.id != "a4"


@pytest.mark.parametrize(
    ("letters", "name", "question", "begins"),
    [
        ("be", "Mend arrival", "Tom Bell came at", "10:05"),
        ("cz", "Mend leaving", "Pavel Czerny left at", "10:40"),
    ],
)
def test_a_time_is_mended_by_typing_it(
    panel: CheckInPanel, letters: str, name: str, question: str, begins: str
) -> None:
    mended, came = caught(panel.time_mended), caught(panel.checked_in)
    highlight(panel, letters)
    row = panel.current
    button(panel, name).click()
    asked = the(QLineEdit, panel, question)
    assert asked.hasFocus()
    assert asked.text() == begins
    QTest.keyClicks(asked, "9:55")
    QTest.keyClick(asked, Qt.Key.Key_Return)
    assert row is not None
    assert (mended, came) == ([(row.id, question.split()[2], "9:55")], [])
    assert line(panel).hasFocus()
    assert not asked.isVisible()


def test_a_conflict_is_told_by_name_and_escape_tells_nothing(panel: CheckInPanel) -> None:
    named, closed = caught(panel.conflict_named), caught(panel.closed)
    highlight(panel, "be")
    button(panel, "Conflict, by name").click()
    asked = the(QLineEdit, panel, "Tom Bell should not hear of")
    QTest.keyClicks(asked, "Sam Reyes")
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert (named, closed, asked.text()) == ([], [], "")
    button(panel, "Conflict, by name").click()
    QTest.keyClicks(asked, "Sam Reyes")
    QTest.keyClick(asked, Qt.Key.Key_Return)
    assert named == [("a2", "Sam Reyes")]


def test_stepping_out_names_the_item_and_is_offered_only_where_there_is_one(panel: CheckInPanel) -> None:
    highlight(panel, "be")
    assert button(panel, "Steps out for P-7K3F").isVisible()
    long = "Fish & Chips corner, where the night buses turn and nobody ever looked at the lamps"
    panel.show_people(MORE, 0, "a1", "", long)
    step = button(panel, f"Steps out for {long}")
    assert step.isVisible()
    assert step.text().startswith(" &Steps out for Fish && Chips")
    assert step.geometry().right() < panel.width()
    panel.show_people(MORE, 0, "a1")
    assert not button(panel, "Steps out").isVisible()


def test_a_conflict_with_the_item_is_offered_only_where_it_is_about_somebody(panel: CheckInPanel) -> None:
    highlight(panel, "be")
    assert button(panel, "Conflict with P-7K3F").isVisible()
    panel.show_people(MORE, 0, "a1")
    assert not button(panel, "Conflict with").isVisible()


def test_somebody_unknown_is_added_in_three_fields_by_keyboard_alone(panel: CheckInPanel) -> None:
    added = caught(panel.newcomer_added)
    QTest.keyClicks(line(panel), "Joan Marsh")
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    agency = the(QLineEdit, panel, "Agency")
    assert agency.hasFocus()
    QTest.keyClicks(agency, "Old Town")
    QTest.keyClick(agency, Qt.Key.Key_Tab)
    role = the(Chooser, panel, "Newcomer’s role")
    assert role.hasFocus()
    QTest.keyClicks(role, "comm")
    QTest.keyClick(role, Qt.Key.Key_Return)
    assert added == [(Newcomer(name="Joan Marsh", agency="Old Town", role=Role.COMMUNITY), True)]
    assert agency.isVisible(), "what was typed stays until it is kept"
    panel.show_people((*MORE, person(12, "Joan Marsh", "Old Town", "community", Whereabouts.ROOM)), 0, "a1")
    panel.welcome("a12")
    assert panel.current is not None
    assert panel.current.id == "a12"
    assert (agency.isVisible(), agency.text(), line(panel).hasFocus()) == (False, "", True)


def test_nobody_is_added_without_a_name_and_escape_gives_up(panel: CheckInPanel) -> None:
    added, closed = caught(panel.newcomer_added), caught(panel.closed)
    button(panel, "Not on the list").click()
    name = the(QLineEdit, panel, "Name of somebody new")
    assert name.hasFocus()
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert added == []
    assert any("name is still missing" in label.text() and label.isVisible() for label in panel.findChildren(QLabel))
    QTest.keyClick(name, Qt.Key.Key_Escape)
    assert (name.isVisible(), closed, line(panel).hasFocus()) == (False, [], True)


def test_a_signed_person_is_not_asked_to_sign_and_an_absent_one_cannot_leave(
    panel: CheckInPanel, qtbot: QtBot
) -> None:
    highlight(panel, "be")
    assert not button(panel, "Sign now").isVisible()
    assert not button(panel, "By phone").isVisible()
    highlight(panel, "ru")
    assert not button(panel, "Leaves").isVisible()


def test_nobody_is_the_witness_of_their_own_signature(panel: CheckInPanel, qtbot: QtBot) -> None:
    alone: list[CheckInRow] = [replace(PEOPLE[0], signature=Signature.MUST_SIGN)]
    panel.show_people(alone, 0, "a1")
    assert button(panel, "Signed on paper").isVisible()
    assert not button(panel, "Signed on paper").isEnabled()


def test_strangers_are_spoken_of_only_while_there_are_any(panel: CheckInPanel) -> None:
    assert button(panel, "They have gone").isVisible()
    panel.show_people(PEOPLE, 0, "a1")
    assert not button(panel, "They have gone").isVisible()


def test_a_name_that_nobody_has_says_so_and_enter_does_nothing(panel: CheckInPanel, qtbot: QtBot) -> None:
    came = caught(panel.checked_in)
    highlight(panel, "zq")
    QTest.keyClick(line(panel), Qt.Key.Key_Return)
    assert came == []
    assert panel.current is None
    QTest.keyClick(line(panel), Qt.Key.Key_Escape)
    assert any("Nobody on the list" in label.text() and label.isVisible() for label in panel.findChildren(QLabel))
    assert not the(QListView, panel).isVisible()
    assert not [
        button.text()
        for button in panel.findChildren(QAbstractButton)
        if "check-in" in button.text() and button.isVisible()
    ]


def test_showing_people_anew_keeps_the_highlight(panel: CheckInPanel, qtbot: QtBot) -> None:
    QTest.keyClicks(line(panel), "ma")
    QTest.keyClick(line(panel), Qt.Key.Key_Down)
    panel.show_people(MORE, 2, "a1")
    assert panel.current is not None
    assert panel.current.id == "a8"


def test_what_can_be_done_takes_no_more_room_than_it_needs(panel: CheckInPanel, qtbot: QtBot) -> None:
    people = the(QListView, panel)
    names = [row.name for row in panel.found]
    people.setCurrentIndex(people.model().index(names.index("Tom Bell"), 0))
    QApplication.processEvents()
    with_much = people.height()
    assert list(cut(panel)) == []
    people.setCurrentIndex(people.model().index(names.index("Dora Ruiz"), 0))
    qtbot.waitUntil(lambda: people.height() > with_much)
    assert list(cut(panel)) == []


def test_what_can_be_done_stands_right_under_the_people_who_were_found(panel: CheckInPanel, qtbot: QtBot) -> None:
    panel.resize(520, 1600)
    people, act = the(QListView, panel), button(panel, "Not on the list")
    qtbot.waitUntil(lambda: people.height() >= len(MORE) * people.sizeHintForRow(0))
    for letters in ("", "be"):
        highlight(panel, letters)
        qtbot.waitUntil(lambda: act.mapTo(panel, QPoint()).y() - people.geometry().bottom() < 2 * act.height())
        assert not people.verticalScrollBar().isVisible()


def test_escape_closes(panel: CheckInPanel, qtbot: QtBot) -> None:
    closed = caught(panel.closed)
    QTest.keyClick(line(panel), Qt.Key.Key_Escape)
    assert closed == [()]


def test_a_name_without_end_neither_widens_the_drawer_nor_covers_where_somebody_is(panel: CheckInPanel) -> None:
    def drawn(name: str) -> QImage:
        panel.show_people((replace(SIOBHAN[0], name=name, whereabouts=Whereabouts.ROOM, came="10:05"),))
        QTest.keyClicks(line(panel), name[:2])
        QApplication.processEvents()
        people = next(one for one in panel.findChildren(QListView) if isinstance(one.model(), CheckInModel))
        picture = people.grab().toImage()
        line(panel).clear()
        return picture.copy(picture.width() - 130, 0, 130, 50)

    wide = panel.minimumSizeHint().width()
    assert drawn("W" * 300) == drawn("Will")
    drawn("W" * 300)
    assert panel.minimumSizeHint().width() <= wide
