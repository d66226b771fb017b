"""A new paper key: shown large, put on paper, and typed back before anything goes on."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from leaddesk.errors import KnownError
from leaddesk.services.exporting import write_new
from leaddesk.services.paper_keys import FreshPaperKey
from leaddesk.services.papers import print_paper_key
from leaddesk.ui.console.parts import Button, framed, label, open_at, px, scrolling, sized
from leaddesk.ui.printing import has_printer, print_pdf

_WHY = (
    "It is the one way back in when the chair’s passphrase is lost: it sets a new one, and opens nothing else. "
    "Put it on paper now and keep it in a safe, not with the laptop. It is not shown again."
)
_BACK = "Type it from the paper. Capitals, spaces and hyphens don’t matter."
_GROUPS_A_ROW = 4
_KEY_POINTS = 22


class PaperKeyDialog(QDialog):
    """Shows a paper key that nothing holds yet, and asks for it from the paper.

    Args:
        fresh: the key and what its sheet needs.
        parent: the window it stands over.
    """

    confirmed = Signal(object)
    """The key was typed back right; with the `FreshPaperKey`."""

    def __init__(self, fresh: FreshPaperKey, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("LeadDesk")
        self._fresh = fresh
        self._said = label(look="hint", wraps=True)
        self._problem = label(look="caution", wraps=True)
        self._problem.hide()
        self._keys: list[QLabel] = []
        self.typed = QLineEdit()
        self.typed.setAccessibleName("The paper key, typed from the paper")
        self.typed.setFont(sized(self.font(), _KEY_POINTS - 6))
        self._pages = QStackedWidget()
        self._pages.addWidget(scrolling(self._shown()))
        self._pages.addWidget(scrolling(self._asked()))
        column = QVBoxLayout(self)
        column.setContentsMargins(*(px(self, 24),) * 4)
        column.setSpacing(px(self, 16))
        column.addWidget(label("Paper key", "name"))
        column.addWidget(self._pages, 1)
        open_at(self, 640, 440)
        self.finished.connect(lambda _result: self._forget())

    @classmethod
    def ask(cls, fresh: FreshPaperKey, parent: QWidget) -> bool:
        """Whether the key is on paper: it was typed back right."""
        dialog = cls(fresh, parent)
        dialog.confirmed.connect(lambda _fresh: dialog.accept())
        return dialog.exec() == QDialog.DialogCode.Accepted

    def say(self, words: str) -> None:
        """Says what is wrong; what was typed stays."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.typed.setAccessibleDescription(words or _BACK)
        self.typed.setFocus()

    # The two steps

    def _shown(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(self, 16))
        column.addWidget(label(_WHY, wraps=True))
        column.addWidget(self._key())
        column.addWidget(self._said)
        column.addStretch()
        row = QHBoxLayout()
        self.print_button = self._button("Print…", self._print)
        self.print_button.setVisible(has_printer())
        row.addWidget(self.print_button)
        row.addWidget(self._button("Save as PDF…", self._save))
        row.addStretch()
        row.addWidget(self._button("Cancel", self.reject))
        onward = self._button("It is on paper", self._ask_back)
        onward.setProperty("look", "main")
        row.addWidget(onward)
        column.addLayout(row)
        return page

    def _key(self) -> QWidget:
        """The groups, each its own label, which a screen reader spells out."""
        ground = framed("sunken")
        grid = QGridLayout(ground)
        grid.setContentsMargins(*(px(self, 20),) * 4)
        grid.setSpacing(px(self, 12))
        for number, group in enumerate(self._fresh.sheet.groups):
            shown = label(group)
            font = sized(self.font(), _KEY_POINTS, bold=True, tabular=True)
            shown.setFont(font)
            # A stylesheet of the window would set its own size.
            shown.setStyleSheet(f"font-size: {font.pointSizeF():g}pt; font-weight: bold;")
            shown.setAccessibleName(f"Group {number + 1} of 7: {' '.join(group)}")
            grid.addWidget(shown, number // _GROUPS_A_ROW, number % _GROUPS_A_ROW)
            self._keys.append(shown)
        return ground

    def _asked(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(self, 12))
        column.addWidget(label(_BACK, wraps=True))
        column.addWidget(self.typed)
        column.addWidget(self._problem)
        column.addStretch()
        row = QHBoxLayout()
        row.addWidget(self._button("Show it again", self._show_again))
        row.addStretch()
        row.addWidget(self._button("Cancel", self.reject))
        self.done_button = self._button("Check it", self._check)
        self.done_button.setProperty("look", "main")
        row.addWidget(self.done_button)
        column.addLayout(row)
        self.typed.returnPressed.connect(self._check)
        return page

    def _button(self, words: str, act: object) -> QPushButton:
        button = Button(words)
        button.setAccessibleName(words.rstrip("…"))
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _ask_back(self) -> None:
        self._pages.setCurrentIndex(1)
        self.say("")

    def _show_again(self) -> None:
        self.typed.setText("")
        self._pages.setCurrentIndex(0)

    def _check(self) -> None:
        try:
            self._fresh.read_back(self.typed.text())
        except KnownError as error:
            self.say(f"{error.happened} {error.todo}")
        else:
            self.confirmed.emit(self._fresh)

    # To paper

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self._to(printer)

    def _to(self, printer: QPrinter) -> None:
        print_pdf(print_paper_key(self._fresh), printer)
        self._said.setText("Sent to the printer. Look that the page came out, and that nobody else takes it.")

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            "LeadDesk",
            "LeadDesk paper key.pdf",
            "PDF (*.pdf)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Writes the sheet to a new file and says that it must go once it is printed."""
        try:
            write_new(print_paper_key(self._fresh), file)
        except KnownError as error:
            self._said.setText(str(error))
        else:
            self._said.setText(f"Saved as {file.name}. Delete this file once it is printed.")

    def _forget(self) -> None:
        self.typed.setText("")
        for shown in self._keys:
            shown.setText("")
            shown.setAccessibleName("")
