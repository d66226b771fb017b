"""The signing page: read to the end, say who you are, sign, read it back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import SigningPaper
from leaddesk.policy.views import AgreementPaper, Clause
from leaddesk.services.drafts import Choice, Signed
from leaddesk.ui.signing.pad import LEAST_INK, SignaturePad, ink, unit_point
from leaddesk.ui.signing.page import SigningPage
from leaddesk.ui.theme import Theme, ThemeName, load_fonts


def paper(language: str, title: str) -> AgreementPaper:
    return AgreementPaper(
        program="Harbor County LEAD",
        group="Operational Work Group",
        language=language,
        title=title,
        version="1",
        in_force_since=date(2026, 1, 1),
        clauses=tuple(
            Clause(heading=f"Clause {n}", body="I keep it to myself. <b>Always.</b> " * 30) for n in range(9)
        ),
        closing="I agree.",
        name="Dora Ruiz",
        agency="Lakeside",
        role="community",
        signature=None,
        zone="America/Los_Angeles",
    )


PAPERS = {"en": paper("en", "Confidentiality agreement"), "es": paper("es", "Acuerdo de confidencialidad")}


@pytest.fixture
def page(qtbot: QtBot) -> SigningPage:
    load_fonts()
    page = SigningPage(Theme.load(ThemeName.LIGHT))
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    one = SigningPaper(
        attendee="a7", name="Dora Ruiz", agency="Lakeside", role="community", languages=("en", "es"), position=1, of=2
    )
    page.set_paper(one, PAPERS)
    page.set_witnesses([Choice(id="a1", words="Dana Whitfield")])
    return page


def press(page: SigningPage, words: str) -> None:
    button = next(b for b in page.findChildren(QPushButton) if b.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def draw(pad: SignaturePad) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 20))
    for step in range(1, 12):
        QTest.mouseMove(pad, QPoint(20 + step * 25, 20 + (step % 2) * 60))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton)


def test_nothing_can_be_signed_before_the_end_was_read(page: SigningPage) -> None:
    page.signature.choose("typed")
    page.signature.typed.setText("Dora Ruiz")
    assert not page.go_on.isEnabled()
    assert not page.signature.isEnabled()
    page.read_to_end()
    assert page.go_on.isEnabled()


def test_a_typed_signature_is_read_back_and_then_given(page: SigningPage, qtbot: QtBot) -> None:
    page.read_to_end()
    page.signature.choose("typed")
    QTest.keyClicks(page.signature.typed, "Dora Ruiz")
    page.about.duties.setText("I report back.")
    press(page, "Read it back")
    assert not page.about.isVisible()
    with qtbot.waitSignal(page.signed) as given_signal:
        press(page, "Sign")
    signed = given_signal.args[0]
    assert isinstance(signed, Signed)
    assert (signed.attendee, signed.method, signed.typed, signed.duties) == (
        "a7",
        "typed",
        "Dora Ruiz",
        "I report back.",
    )
    assert signed.conflicts == ()
    assert signed.strokes == ()


def test_a_drawn_signature_needs_some_ink_and_is_kept_as_vectors(page: SigningPage) -> None:
    page.read_to_end()
    assert not page.go_on.isEnabled()
    draw(page.signature.pad)
    assert page.go_on.isEnabled()
    before = page.draft.strokes
    page.resize(1600, 900)
    assert page.draft.strokes == before
    press(page, "Undo")
    assert not page.go_on.isEnabled()


def test_a_paper_signature_needs_a_witness(page: SigningPage) -> None:
    page.read_to_end()
    page.signature.choose("paper")
    assert not page.go_on.isEnabled()
    page.signature.witness.setCurrentIndex(1)
    assert page.go_on.isEnabled()
    assert page.draft.witness == "a1"


@pytest.mark.parametrize(
    ("typed", "conflicts"), [("", ("",)), ("Angela", ("Angela",)), ("Angela, my cousin", ("Angela", "my cousin"))]
)
def test_somebody_close_is_asked_for_freely_and_without_a_list(
    page: SigningPage, typed: str, conflicts: tuple[str, ...]
) -> None:
    page.about.yes.setChecked(True)
    page.about.close_to.setText(typed)
    assert page.draft.conflicts == conflicts
    assert page.about.close_to.completer() is None


def test_declining_is_asked_once_in_plain_words(page: SigningPage, qtbot: QtBot) -> None:
    press(page, "I decline")
    with qtbot.waitSignal(page.declined) as declined:
        press(page, "Yes, I decline")
    assert declined.args == ["a7"]


def test_the_agreement_is_there_in_both_languages_and_its_words_are_plain(page: SigningPage) -> None:
    languages = page.findChild(QComboBox)
    assert languages is not None
    page.read_to_end()
    languages.setCurrentIndex(1)
    assert not page.signature.isEnabled(), "the other language is read to its end too"
    assert "<b>Always.</b>" in page._text.toPlainText()


def test_escape_asks_its_owner_and_the_meetings_keys_stay_alive(page: SigningPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.leave_asked):
        QTest.keyClick(page, Qt.Key.Key_Escape)
    prompt = page.ask_passphrase()
    prompt.field.setText("a kettle on the third shelf")
    with qtbot.waitSignal(prompt.passphrase_given) as given_signal:
        QTest.keyClick(prompt.field, Qt.Key.Key_Return)
    assert given_signal.args == ["a kettle on the third shelf"]
    assert prompt.field.text() == ""


def test_nothing_of_a_signer_is_left_when_the_page_is_finished(page: SigningPage) -> None:
    page.read_to_end()
    draw(page.signature.pad)
    page.about.yes.setChecked(True)
    page.about.close_to.setText("Angela")
    page.finish()
    assert all(field.text() == "" for field in page.findChildren(QLineEdit))
    assert not any(field.isUndoAvailable() for field in page.findChildren(QLineEdit))
    assert page.signature.pad.strokes == ()
    assert page._text.toPlainText() == ""


def test_everything_that_takes_the_focus_has_an_accessible_name(page: SigningPage) -> None:
    nameless = [
        type(widget).__name__
        for widget in page.findChildren(QWidget)
        if widget.window() is page
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []


@given(st.floats(-500, 5000), st.floats(-500, 5000), st.integers(1, 4000), st.integers(1, 2000))
def test_a_point_of_a_signature_always_lies_in_the_box(x: float, y: float, width: int, height: int) -> None:
    across, down = unit_point(x, y, width, height)
    assert 0 <= across <= 1
    assert 0 <= down <= height / width + 1e-4


def test_ink_is_measured_in_parts_of_the_width() -> None:
    assert ink([[(0.0, 0.0), (LEAST_INK, 0.0)]]) == pytest.approx(LEAST_INK)
    assert ink([[(0.5, 0.5)]]) == 0
