"""The paper key is shown once, put on paper, and typed back before anything goes on."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from leaddesk.services.paper_keys import FreshPaperKey, for_new_desk
from leaddesk.services.papers import print_paper_key
from leaddesk.ui.paper_key import PaperKeyDialog
from leaddesk.ui.printing import print_pdf
from leaddesk.ui.theme import load_fonts
from tests.ui.console.looking import caught, cut, silent


@pytest.fixture
def fresh() -> FreshPaperKey:
    return for_new_desk(date(2026, 5, 6))


@pytest.fixture
def dialog(fresh: FreshPaperKey, qtbot: QtBot) -> PaperKeyDialog:
    load_fonts()
    made = PaperKeyDialog(fresh)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def seen(dialog: PaperKeyDialog) -> str:
    return " ".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


def test_it_is_shown_in_groups_and_not_while_it_is_typed_back(dialog: PaperKeyDialog, fresh: FreshPaperKey) -> None:
    groups = " ".join(fresh.sheet.groups)
    assert groups in seen(dialog)
    first = next(each for each in dialog.findChildren(QLabel) if each.text() == fresh.sheet.groups[0])
    assert first.accessibleName() == f"Group 1 of 7: {' '.join(fresh.sheet.groups[0])}"
    dialog._ask_back()
    assert fresh.sheet.groups[0] not in seen(dialog)
    dialog._show_again()
    assert groups in seen(dialog)


@pytest.mark.parametrize("slip", ["missing", "swapped", "other"])
def test_a_slip_is_said_and_nothing_goes_on(dialog: PaperKeyDialog, fresh: FreshPaperKey, slip: str) -> None:
    confirmed = caught(dialog.confirmed)
    key = fresh.secret
    typed = {
        "missing": key[:-1],
        "swapped": key[::-1],
        "other": for_new_desk(date(2026, 5, 6)).secret,
    }[slip]
    dialog._ask_back()
    QTest.keyClicks(dialog.typed, typed)
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert confirmed == []
    said = "This is another paper key." if slip == "other" else "This is no paper key:"
    assert said in seen(dialog)
    assert said in dialog.typed.accessibleDescription()
    assert dialog.typed.hasFocus()


def test_typed_back_right_it_goes_on_and_the_closed_dialog_holds_nothing(
    dialog: PaperKeyDialog, fresh: FreshPaperKey
) -> None:
    confirmed = caught(dialog.confirmed)
    dialog._ask_back()
    QTest.keyClicks(dialog.typed, "-".join(fresh.sheet.groups).lower())
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert confirmed == [(fresh,)]
    dialog.accept()
    held = [each.text() + each.accessibleName() for each in dialog.findChildren(QLabel)]
    held += [each.text() for each in dialog.findChildren(QLineEdit)]
    assert not [words for words in held if fresh.sheet.groups[0] in words or fresh.secret.lower()[:4] in words]


def test_a_saved_sheet_says_that_it_must_go_and_nothing_is_written_over(
    dialog: PaperKeyDialog, tmp_path: Path, fresh: FreshPaperKey
) -> None:
    file = tmp_path / "sheet.pdf"
    dialog.save_to(file)
    assert "Delete this file once it is printed." in seen(dialog)
    assert file.read_bytes() == print_paper_key(fresh)
    dialog.save_to(file)
    assert "There is something of that name already." in seen(dialog)


def test_everything_has_a_name_and_room_for_its_words(dialog: PaperKeyDialog) -> None:
    assert list(silent(dialog)) == []
    assert list(cut(dialog)) == []
    dialog._ask_back()
    dialog.say("This is no paper key: a character is wrong, missing or in the wrong place.")
    assert list(cut(dialog)) == []


def test_a_page_is_printed_from_memory_in_its_own_size(qtbot: QtBot, tmp_path: Path, fresh: FreshPaperKey) -> None:
    del qtbot
    pdf, out = print_paper_key(fresh), tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    print_pdf(pdf, printer)
    (page, size), (printed, printed_size) = drawn(pdf), drawn(out.read_bytes())
    assert printed_size == pytest.approx(size, abs=1)
    dark = [sum(pixel < 128 for pixel in picture) / len(picture) for picture in (page, printed)]
    assert dark[0] > 0.01
    assert dark[1] == pytest.approx(dark[0], rel=0.15)
    assert [file.name for file in tmp_path.iterdir()] == ["printed.pdf"]


def drawn(pdf: bytes) -> tuple[bytes, tuple[float, float]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        return bytes(document[0].render(grayscale=True).buffer), document[0].get_size()
    finally:
        document.close()
