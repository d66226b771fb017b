"""Somebody signs: read, say who they are, sign, read it back; or declines; and nothing of them is left."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import SigningPaper
from leaddesk.policy.views import Clause
from leaddesk.services.drafts import Signed
from leaddesk.ui.signing.page import SigningPage
from leaddesk.ui.theme import Theme, ThemeName
from tests.ui.console.looking import caught, cut, silent, the
from tests.ui.signing.conftest import FIRST, NOW, PAPERS

KEY = Qt.Key


def shown(page: SigningPage) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def tab_to(page: SigningPage, widget: QWidget) -> None:
    """Reach a widget by the Tab key alone."""
    for _ in range(30):
        if page.focusWidget() is widget:
            return
        QTest.keyClick(page.focusWidget(), KEY.Key_Tab)
    raise AssertionError(f"Tab never reaches {widget.accessibleName()}")


def draw(page: SigningPage) -> None:
    pad = page.signature.pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    for x in range(80, 400, 20):
        QTest.mouseMove(pad, QPoint(x, 40 + x % 60))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(400, 60))


def read_and_say_who(page: SigningPage) -> None:
    page.read_to_end()
    page.about.no.click()


def test_somebody_signs_by_keyboard_alone(page: SigningPage) -> None:
    signed = caught(page.signed)
    assert page.focusWidget() is page.text
    QTest.keyClick(page.text, KEY.Key_End)
    tab_to(page, page.about.duties)
    QTest.keyClicks(page.about.duties, "Discovery, by law")
    tab_to(page, page.about.no)
    QTest.keyClick(page.about.no, KEY.Key_Space)
    drawn = the(QPushButton, page, "How you sign: Draw")
    tab_to(page, drawn)
    typed = the(QPushButton, page, "How you sign: Type")
    typed.setFocus()
    QTest.keyClick(typed, KEY.Key_Space)
    tab_to(page, page.signature.typed)
    QTest.keyClicks(page.signature.typed, "Jordan Ellis")
    tab_to(page, page.go_on)
    QTest.keyClick(page.go_on, KEY.Key_Return)
    assert signed == []
    assert "Is everything right?" in shown(page)
    QTest.keyClick(page.go_on, KEY.Key_Return)
    assert signed == [
        (
            Signed(
                attendee="a3",
                language="en",
                method="typed",
                printed_name="Jordan Ellis",
                agency="County Prosecutor",
                role="prosecutor",
                duties="Discovery, by law",
                conflicts=(),
                typed="Jordan Ellis",
                read_at=NOW,
            ),
        )
    ]


def test_nothing_can_be_signed_before_the_text_was_scrolled_to_its_end(page: SigningPage) -> None:
    page.about.no.click()
    assert not page.signature.isEnabled()
    assert not page.go_on.isEnabled()
    assert "First read the agreement to its end." in shown(page)
    for _ in range(40):
        QTest.keyClick(page.text, KEY.Key_Space)
    assert page.signature.isEnabled()
    assert "Read to the end" in shown(page)


@pytest.mark.parametrize("key", [KEY.Key_Down, KEY.Key_Space, KEY.Key_PageDown])
def test_the_text_can_be_read_to_its_end_with_any_reading_key(page: SigningPage, key: Qt.Key) -> None:
    for _ in range(120):
        if page.signature.isEnabled():
            break
        QTest.keyClick(page.text, key)
    assert page.signature.isEnabled()


def test_another_language_is_another_text_to_read(page: SigningPage) -> None:
    page.read_to_end()
    page.language.setCurrentIndex(1)
    assert "Acuerdo de confidencialidad" in shown(page)
    assert "Lea hasta el final y luego firme" in shown(page)
    assert not page.signature.isEnabled()
    assert page.about.duties.accessibleName() == "Deberes que pueden exigir compartir"
    page.read_to_end()
    assert page.signature.isEnabled()
    page.language.setCurrentIndex(0)
    assert page.signature.isEnabled()


def test_a_drawn_signature_goes_into_the_draft_as_vectors(page: SigningPage) -> None:
    signed = caught(page.signed)
    read_and_say_who(page)
    assert not page.go_on.isEnabled()
    draw(page)
    page.go_on.click()
    page.go_on.click()
    ((draft,),) = signed
    assert isinstance(draft, Signed)
    assert draft.method == "drawn"
    assert len(draft.strokes) == 1
    assert draft.typed == ""
    assert draft.witness is None


def test_a_signature_on_paper_needs_a_witness(page: SigningPage) -> None:
    signed = caught(page.signed)
    read_and_say_who(page)
    the(QPushButton, page, "How you sign: Signed on paper").click()
    assert not page.go_on.isEnabled()
    page.signature.witness.setCurrentIndex(2)
    page.go_on.click()
    assert "Ofc. Bell" in shown(page)
    page.go_on.click()
    ((draft,),) = signed
    assert isinstance(draft, Signed)
    assert (draft.method, draft.witness, draft.strokes) == ("paper", "a2", ())


@pytest.mark.parametrize(
    ("typed", "conflicts"),
    [
        ("", ("",)),
        ("Sam Reyes", ("Sam Reyes",)),
        (" Sam Reyes , ,Ana\u202e Ruiz\t", ("Sam Reyes", "Ana Ruiz")),
    ],
)
def test_somebody_close_is_named_freely_or_not_at_all(
    page: SigningPage, typed: str, conflicts: tuple[str, ...]
) -> None:
    signed = caught(page.signed)
    page.read_to_end()
    page.about.yes.click()
    assert page.about.names.isVisible()
    page.about.names.setText(typed)
    draw(page)
    page.go_on.click()
    page.go_on.click()
    ((draft,),) = signed
    assert isinstance(draft, Signed)
    assert draft.conflicts == conflicts


def test_the_question_about_somebody_close_must_be_answered(page: SigningPage) -> None:
    page.read_to_end()
    draw(page)
    assert not page.go_on.isEnabled()
    assert "Please answer the question about somebody close to you." in shown(page)
    page.about.no.click()
    assert page.go_on.isEnabled()


def test_everything_is_read_back_and_can_be_mended(page: SigningPage) -> None:
    read_and_say_who(page)
    page.about.duties.setText("Discovery, by law")
    draw(page)
    page.go_on.click()
    for words in ("Jordan Ellis", "County Prosecutor", "prosecutor", "Discovery, by law", "No", "Draw"):
        assert words in shown(page).splitlines()
    page.go_back.click()
    assert page.about.duties.isVisible()
    assert page.about.duties.text() == "Discovery, by law"
    assert page.go_on.isEnabled()


def test_the_name_can_be_mended_but_not_left_out(page: SigningPage) -> None:
    read_and_say_who(page)
    draw(page)
    page.about.name.setText("  ")
    assert not page.go_on.isEnabled()
    assert "Your name is missing." in shown(page)


def test_declining_is_asked_once_and_says_what_it_means(page: SigningPage) -> None:
    declined = caught(page.declined)
    page.go_back.click()
    assert "You are shown what is public and no more. That you declined goes on record." in shown(page)
    assert declined == []
    page.go_back.click()
    assert "Do you decline to sign?" not in shown(page)
    page.go_back.click()
    page.go_on.click()
    assert declined == [("a3",)]


def test_a_double_press_on_declining_declines_nothing(page: SigningPage) -> None:
    declined = caught(page.declined)
    QTest.mouseDClick(page.go_back, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.go_back, Qt.MouseButton.LeftButton)
    assert declined == []


def test_escape_and_closing_ask_the_owner_and_leave_the_page_as_it_is(page: SigningPage) -> None:
    asked = caught(page.leave_asked)
    QTest.keyClick(page.about.duties, KEY.Key_Escape)
    page.close()
    assert len(asked) == 2
    assert page.isVisible()
    page.finish()
    page.close()
    assert not page.isVisible()


def test_the_meetings_keys_stay_alive(page: SigningPage) -> None:
    following, blank = caught(page.next_asked), caught(page.blank_asked)
    page.about.duties.setFocus()
    QTest.keyClick(page.about.duties, KEY.Key_PageDown)
    QTest.keyClick(page.about.duties, KEY.Key_F9)
    assert (len(following), len(blank)) == (1, 1)
    page.text.setFocus()
    QTest.keyClick(page.text, KEY.Key_PageDown)
    assert len(following) == 1
    page.read_to_end()
    QTest.keyClick(page.text, KEY.Key_PageDown)
    assert len(following) == 2


def test_nothing_of_a_signer_is_left_for_the_next_one(page: SigningPage) -> None:
    read_and_say_who(page)
    page.about.yes.click()
    page.about.names.setText("Sam Reyes")
    page.about.duties.setText("Discovery, by law")
    page.signature.typed.setText("Jordan Ellis")
    draw(page)
    page.go_on.click()
    page.finish()
    for line in page.findChildren(QLineEdit):
        assert line.text() == ""
        line.undo()
        assert line.text() == ""
    assert not page.signature.pad.strokes
    assert page.text.toPlainText() == ""
    assert "Jordan" not in shown(page)
    following = SigningPaper(
        attendee="a4", name="Lee Okafor", agency="Harbor House", role="provider", languages=("es",), position=3, of=4
    )
    page.set_paper(following, PAPERS)
    assert page.about.name.text() == "Lee Okafor"
    assert not page.about.answered
    assert not page.signature.isEnabled()
    assert "Acuerdo de confidencialidad" in shown(page)
    assert "Firmante 3 de 4" in shown(page)


def test_the_tab_key_does_not_stop_where_the_signer_before_had_answered(page: SigningPage) -> None:
    read_and_say_who(page)
    drawn = next(each for each in page.findChildren(QPushButton) if each.accessibleName().endswith(": Draw"))
    tab_to(page, page.about.no)
    QTest.keyClick(page.about.no, KEY.Key_Right)
    assert page.about.yes.isChecked()
    tab_to(page, drawn)
    QTest.keyClick(drawn, KEY.Key_Right)
    assert page.signature.method == "typed"
    QTest.keyClicks(page.signature.typed, "Jordan Ellis")
    page.go_on.click()
    page.finish()
    page.set_paper(FIRST, PAPERS)
    page.read_to_end()
    tab_to(page, page.about.duties)
    QTest.keyClick(page.about.duties, KEY.Key_Tab)
    assert page.focusWidget() is page.about.no
    page.about.no.click()
    QTest.keyClick(page.about.no, KEY.Key_Tab)
    assert page.focusWidget() is drawn


def test_what_was_given_stays_until_the_owner_has_kept_it(page: SigningPage) -> None:
    signed = caught(page.signed)
    read_and_say_who(page)
    draw(page)
    page.go_on.click()
    page.go_on.click()
    page.go_on.click()
    assert len(signed) == 2
    assert signed[0] == signed[1]


def test_no_field_completes_what_is_typed(page: SigningPage) -> None:
    assert all(line.completer() is None for line in page.findChildren(QLineEdit))


def test_the_step_is_told_in_words(page: SigningPage) -> None:
    def step() -> str:
        return next(w.accessibleName() for w in page.findChildren(QWidget) if w.accessibleName().startswith("Step"))

    assert step() == "Step 1 of 4: Read"
    page.read_to_end()
    assert step() == "Step 2 of 4: About you"
    page.about.no.click()
    assert step() == "Step 3 of 4: Sign"
    draw(page)
    page.go_on.click()
    assert step() == "Step 4 of 4: Check"


def test_who_signs_and_when_stands_under_the_line_in_the_sites_zone(page: SigningPage) -> None:
    assert "Jordan Ellis, County Prosecutor" in shown(page)
    assert "Wednesday, 6 May 2026, 9:52 am" in shown(page)


@pytest.mark.parametrize("name", ThemeName)
def test_every_control_has_a_name_and_nothing_is_cut(page: SigningPage, name: ThemeName) -> None:
    page.set_theme(Theme.load(name))
    assert list(silent(page)) == []
    assert list(cut(page)) == []
    page.language.setCurrentIndex(1)
    page.go_back.click()
    QApplication.processEvents()
    assert list(cut(page)) == []


def test_the_passphrase_prompt_gives_what_was_typed_and_keeps_nothing(page: SigningPage, qtbot: QtBot) -> None:
    prompt = page.ask_passphrase()
    given = caught(prompt.passphrase_given)
    with qtbot.waitActive(prompt):
        prompt.open()
    line = the(QLineEdit, prompt, "Passphrase")
    QTest.keyClicks(line, "a kettle on the third shelf")
    QTest.keyClick(line, KEY.Key_Return)
    assert given == [("a kettle on the third shelf",)]
    assert line.text() == ""
    prompt.refuse("This is not the passphrase. The page stays.")
    assert "This is not the passphrase. The page stays." in "".join(w.text() for w in prompt.findChildren(QLabel))
    assert list(silent(prompt)) == []
    assert prompt.windowTitle() == page.windowTitle() == "LeadDesk"
    prompt.reject()


def test_the_agreements_words_are_plain_whatever_they_hold(page: SigningPage) -> None:
    odd = replace(PAPERS["en"], clauses=(Clause(heading="<i>One</i>", body="<b>Always.</b> &amp;"),))
    page.set_paper(FIRST, {"en": odd, "es": PAPERS["es"]})
    assert "<i>One</i>" in page.text.toPlainText()
    assert "<b>Always.</b> &amp;" in page.text.toPlainText()


def test_a_double_click_on_reading_back_does_not_sign(page: SigningPage) -> None:
    signed = caught(page.signed)
    read_and_say_who(page)
    draw(page)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    at, button = page.go_on.rect().center(), page.go_on
    for kind, held in (
        (QEvent.Type.MouseButtonPress, left),
        (QEvent.Type.MouseButtonRelease, none),
        (QEvent.Type.MouseButtonDblClick, left),
        (QEvent.Type.MouseButtonRelease, none),
    ):
        there, everywhere = QPointF(at), QPointF(button.mapToGlobal(at))
        QApplication.sendEvent(
            button, QMouseEvent(kind, there, everywhere, left, held, Qt.KeyboardModifier.NoModifier)
        )
    assert "Is everything right?" in shown(page)
    assert signed == []


def test_holding_enter_reads_back_and_does_not_sign(page: SigningPage) -> None:
    signed = caught(page.signed)
    read_and_say_who(page)
    draw(page)
    for repeats in (False, True, True):
        QApplication.sendEvent(
            page.go_on,
            QKeyEvent(QEvent.Type.KeyPress, KEY.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeats),
        )
    assert "Is everything right?" in shown(page)
    assert signed == []


def test_no_name_of_a_witness_outlasts_the_signer(page: SigningPage) -> None:
    page.finish()
    witness = page.signature.witness
    assert [witness.itemData(row) for row in range(witness.count())] == [""]


def test_a_touch_keyboard_is_asked_to_learn_nothing(page: SigningPage) -> None:
    for field in (page.about.name, page.about.names, page.about.duties):
        assert field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
        assert field.inputMethodHints() & Qt.InputMethodHint.ImhNoPredictiveText


def test_the_prompt_waits_out_a_pause_and_takes_nothing_while_one_is_tried(page: SigningPage, qtbot: QtBot) -> None:
    prompt = page.ask_passphrase()
    prompt.open()
    line = the(QLineEdit, prompt, "Passphrase")
    prompt.set_busy(busy=True)
    assert not line.isEnabled()
    prompt.refuse("This is not the passphrase.", 1)
    assert "Wait 1 second." in line.accessibleDescription()
    assert not line.isEnabled()
    qtbot.waitUntil(line.isEnabled, timeout=3000)
    assert line.accessibleDescription() == ""
    prompt.reject()


def test_the_last_signer_is_asked_to_hand_the_laptop_back_and_nothing_of_them_is_left(page: SigningPage) -> None:
    asked = caught(page.leave_asked)
    read_and_say_who(page)
    draw(page)
    page.language.setCurrentIndex(1)
    page.thank()
    QApplication.processEvents()
    assert "Gracias." in shown(page)
    assert "Jordan" not in shown(page)
    assert page.about.name.text() == ""
    assert page.handed_back.to_desk.hasFocus()
    assert list(silent(page)) == []
    page.close()
    assert page.isVisible(), "closing it is no way to the desk"
    QTest.keyClick(page.handed_back.to_desk, KEY.Key_Return)
    QTest.keyClick(page, KEY.Key_Escape)
    assert len(asked) == 3
    page.set_paper(FIRST, PAPERS)
    assert page.about.name.isVisible()


def test_whoever_would_rather_sign_later_hands_on_unless_they_sign_alone(page: SigningPage) -> None:
    later = caught(page.later_asked)
    assert page.later.isVisible()
    tab_to(page, page.later)
    QTest.keyClick(page.later, KEY.Key_Return)
    assert later == [()]
    page.go_back.click()
    assert not page.later.isVisible(), "declining is asked by itself"
    page.set_paper(replace(FIRST, of=1, position=1), PAPERS)
    assert not page.later.isVisible()


AT_LARGE_TYPE = """
import sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from leaddesk.services.drafts import Choice
from leaddesk.ui import theme as themes
from leaddesk.ui.signing.page import SigningPage
from tests.ui.console.looking import cut
from tests.ui.signing.conftest import FIRST, NOW, PAPERS

app = QApplication([])
light = themes.Theme.load(themes.ThemeName.LIGHT)
themes.apply(app, light)
page = SigningPage(light, clock=lambda: NOW)
page.resize(1366, 768)
page.set_paper(FIRST, PAPERS)
page.set_witnesses([Choice(id="a1", words="Dana Whitfield")])
page.show()
assert QTest.qWaitForWindowExposed(page)
page.read_to_end()
page.about.yes.click()
QTest.qWait(1)
assert (page.width(), page.height()) == (1366, 768), page.size()
fields = (page.about.name, page.about.names, page.signature.pad, page.later, page.go_back, page.go_on, page.language)
for language in (1, 0):
    page.language.setCurrentIndex(language)
    page.read_to_end()
    for method in ("drawn", "typed", "paper"):
        page.signature.choose(method)
        QTest.qWait(1)
        assert list(cut(page)) == [], list(cut(page))
for widget in (*fields, page.signature.witness):
    page.signature.choose("paper" if widget is page.signature.witness else "drawn")
    QTest.qWait(1)
    for area in page.findChildren(QScrollArea):
        if area.isAncestorOf(widget):
            area.ensureWidgetVisible(widget)
    seen = widget.visibleRegion().boundingRect()
    assert seen.width() == widget.width() and seen.height() >= min(widget.height(), 48), widget.accessibleName()
"""


@pytest.mark.parametrize("dpi", [96, 144, 192])
def test_at_larger_type_every_control_can_be_reached_on_a_small_screen(tmp_path: Path, dpi: int) -> None:
    screen = {"name": "small", "x": 0, "y": 0, "width": 1366, "height": 768}
    screen |= {"logicalDpi": dpi, "logicalBaseDpi": dpi, "dpr": 1}
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    root = Path(__file__).parents[3]
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screens}", "PYTHONPATH": str(root)}
    run = subprocess.run(
        [sys.executable, "-c", AT_LARGE_TYPE], env=environment, cwd=root, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
