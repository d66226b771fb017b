"""The documents page says how printing went where it is seen, and forgets no choice."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from leaddesk.policy.desk_views import Check
from leaddesk.services.drafts import Choice
from leaddesk.ui.registers.documents import DocumentsPage
from leaddesk.ui.theme import Theme, ThemeName, load_fonts
from tests.ui.console.looking import caught, cut, silent


@pytest.fixture
def page(qtbot: QtBot) -> DocumentsPage:
    load_fonts()
    made = DocumentsPage(Theme.load(ThemeName.LIGHT))
    qtbot.addWidget(made)
    made.set_state("open")
    made.set_checks([Check(words="Two open actions have no owner.", item=None)])
    made.set_people([Choice(id="a1", words="Tom Bell"), Choice(id="a2", words="Mia Hart")])
    made.resize(1286, 480)
    made.show()
    return made


def test_how_printing_went_is_seen_without_scrolling(page: DocumentsPage) -> None:
    page.say("The room copy was saved.")
    QApplication.processEvents()
    told = next(each for each in page.findChildren(QLabel) if each.text() == "The room copy was saved.")
    assert told.isVisible()
    assert page.rect().contains(told.geometry())
    page.say("")
    assert not told.isVisible()


def test_a_half_typed_recipient_prints_nothing(page: DocumentsPage) -> None:
    asked = caught(page.print_asked)
    line = next(each for each in page.findChildren(QLineEdit) if each.accessibleName() == "Whose copy")
    line.setText("Tom Be")
    button = next(b for b in page.findChildren(QPushButton) if b.accessibleName() == "Save as PDF: One person's copy")
    button.click()
    assert asked == []
    line.setText("tom bell")
    button.click()
    assert asked == [("recipient", "a1")]


def test_everything_on_the_page_has_its_name_and_room_for_its_words(page: DocumentsPage) -> None:
    assert list(silent(page)) == []
    assert list(cut(page)) == []
