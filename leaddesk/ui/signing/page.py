"""The signing page: read, say who you are, sign, and read it back, with nothing else open behind it."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from leaddesk.policy.dates import long
from leaddesk.policy.desk_views import SigningPaper
from leaddesk.policy.views import AgreementPaper
from leaddesk.services.drafts import Choice, Signed
from leaddesk.ui.console.look import console_stylesheet
from leaddesk.ui.console.parts import Icon
from leaddesk.ui.signing.about import AboutSigner, SignatureCard
from leaddesk.ui.signing.prompt import PassphrasePrompt
from leaddesk.ui.theme import Theme, Token

_LANGUAGES = {"en": "English", "es": "Español"}
_STEPS = ("Read", "About you", "Sign", "Check")


class SigningPage(QWidget):
    """Full screen on the laptop while somebody signs. It holds one signer at a time and nothing of the desk."""

    signed = Signal(object)
    """The `Signed` draft, after it was read back."""
    declined = Signal(str)
    """The attendee who would rather not sign."""
    leave_asked = Signal()
    next_asked = Signal()
    blank_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("LeadDesk")
        self.setStyleSheet(console_stylesheet(theme))
        self._theme = theme
        self._paper: SigningPaper | None = None
        self._papers: Mapping[str, AgreementPaper] = {}
        self._read = False
        self._loading = False
        self._checking = False
        self._declining = False
        self.about = AboutSigner()
        self.signature = SignatureCard(theme)
        self._make_parts()
        self._lay_out()
        self._connect()

    def set_paper(self, paper: SigningPaper, papers: Mapping[str, AgreementPaper]) -> None:
        """Shows the agreement to the next signer."""
        self.finish()
        self._paper, self._papers = paper, papers
        self._language.blockSignals(True)
        self._language.clear()
        for language in paper.languages:
            self._language.addItem(_LANGUAGES.get(language, language), language)
        self._language.blockSignals(False)
        self.about.name.setText(paper.name)
        self.about.agency.setText(paper.agency)
        self.about.role.setText(paper.role)
        self._turn.setText(f"Signer {paper.position} of {paper.of}" if paper.of > 1 else "")
        self._show_text()
        self._text.setFocus()

    def set_witnesses(self, witnesses: Sequence[Choice]) -> None:
        """Who may have seen a paper signed."""
        self.signature.set_witnesses(witnesses)

    def read_to_end(self) -> None:
        """Scrolls the agreement to its end, as a reader does with the End key."""
        bar = self._text.verticalScrollBar()
        bar.setValue(bar.maximum())
        self._look_at_scroll()

    def ask_passphrase(self) -> PassphrasePrompt:
        """A prompt over this page; its owner opens it."""
        return PassphrasePrompt(self)

    def finish(self) -> None:
        """Empties the page: nothing of a signer is left, and nothing can be undone."""
        self._paper, self._papers = None, {}
        self._read = self._checking = self._declining = False
        self._text.setPlainText("")
        self._back.setPlainText("")
        self.about.reset()
        self.signature.reset()
        self._show_state()

    @property
    def draft(self) -> Signed:
        """What the signer has given so far."""
        assert self._paper is not None
        return Signed(
            attendee=self._paper.attendee,
            language=str(self._language.currentData()),
            method=self.signature.method,
            printed_name=self.about.name.text(),
            agency=self.about.agency.text(),
            role=self.about.role.text(),
            duties=self.about.duties.text(),
            conflicts=self.about.conflicts,
            strokes=self.signature.pad.strokes if self.signature.method == "drawn" else (),
            typed=self.signature.typed.text() if self.signature.method == "typed" else "",
            witness=(self.signature.witness.currentData() or None) if self.signature.method == "paper" else None,
        )

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave_asked.emit()
        else:
            super().keyPressEvent(event)

    # Inside

    def _make_parts(self) -> None:
        self._title = QLabel("Confidentiality agreement")
        self._title.setProperty("look", "name")
        self._whose = QLabel()
        self._whose.setProperty("look", "hint")
        self._steps = QLabel()
        self._steps.setProperty("look", "strong")
        self._language = QComboBox()
        self._language.setAccessibleName("Language")
        self._text = QTextBrowser()
        self._text.setAccessibleName("The agreement")
        self._text.setOpenLinks(False)
        self._ended = QLabel()
        self._ended.setProperty("look", "strong")
        self._version = QLabel()
        self._version.setProperty("look", "hint")
        self._back = QTextBrowser()
        self._back.setAccessibleName("What you are about to sign")
        self._turn = QLabel()
        self._turn.setProperty("look", "hint")
        self._decline = QPushButton("I decline")
        self.go_on = QPushButton("Read it back")
        self.go_on.setProperty("look", "main")
        for button in (self._decline, self.go_on):
            button.setMinimumSize(168, 48)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._top())
        middle = QGridLayout()
        middle.setContentsMargins(40, 24, 40, 24)
        middle.setHorizontalSpacing(32)
        middle.setColumnStretch(0, 1)
        middle.setColumnStretch(1, 1)
        middle.addWidget(self._reading(), 0, 0, 2, 1)
        middle.addWidget(self.about, 0, 1)
        middle.addWidget(self.signature, 1, 1)
        middle.addWidget(self._back, 0, 1, 2, 1)
        middle.setRowStretch(1, 1)
        layout.addLayout(middle, 1)
        layout.addWidget(self._foot())

    def _top(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("look", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(40, 12, 40, 12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._whose)
        row.addLayout(words)
        row.addStretch()
        row.addWidget(self._steps)
        row.addStretch()
        row.addWidget(self._language)
        return bar

    def _reading(self) -> QWidget:
        card = QFrame()
        card.setProperty("look", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 16, 8, 12)
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        layout.addWidget(self._text, 1)
        row = QHBoxLayout()
        row.addWidget(self._ended)
        row.addStretch()
        row.addWidget(self._version)
        layout.addLayout(row)
        return card

    def _foot(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("look", "entry")
        row = QHBoxLayout(bar)
        row.setContentsMargins(40, 14, 40, 14)
        row.setSpacing(16)
        row.addWidget(Icon(self._theme, "shield-check", Token.ACCENT, 22))
        self._said = QLabel("Nothing else is open behind this page.\nThe projector shows only the program's name.")
        self._said.setWordWrap(True)
        row.addWidget(self._said, 1)
        row.addWidget(self._turn)
        row.addWidget(self._decline)
        row.addWidget(self.go_on)
        return bar

    def _connect(self) -> None:
        self._language.currentIndexChanged.connect(lambda _: self._show_text())
        bar = self._text.verticalScrollBar()
        bar.valueChanged.connect(lambda _: self._look_at_scroll())
        bar.rangeChanged.connect(lambda *_: self._look_at_scroll())
        self.signature.changed.connect(self._show_state)
        self.about.name.textChanged.connect(lambda _: self._show_state())
        self.go_on.clicked.connect(self._on_go_on)
        self._decline.clicked.connect(self._on_decline)
        for key, signal in (("PgDown", self.next_asked), ("F9", self.blank_asked)):
            # Page Down reads on while the text has the focus; elsewhere it is the presenter's.
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(self._page_down if key == "PgDown" else signal.emit)

    def _page_down(self) -> None:
        bar = self._text.verticalScrollBar()
        if self._text.hasFocus() and bar.value() < bar.maximum():
            bar.setValue(bar.value() + bar.pageStep())
        else:
            self.next_asked.emit()

    def _show_text(self) -> None:
        paper = self._papers.get(str(self._language.currentData()))
        if paper is None:
            return
        self._title.setText(paper.title)
        self._whose.setText(f"{paper.program}  ·  {paper.group}")
        since = f", in force since {long(paper.in_force_since)}" if paper.in_force_since else ""
        self._version.setText(f"Version {paper.version}{since}")
        self._read, self._loading = False, True
        self._text.setHtml(_as_html(paper))
        self._text.verticalScrollBar().setValue(0)
        self._loading = False
        self._look_at_scroll()

    def _look_at_scroll(self) -> None:
        bar = self._text.verticalScrollBar()
        # While a text is being put in, the bar has no length yet, which is not to have read it.
        if self._paper is not None and not self._loading and self.isVisible() and bar.value() >= bar.maximum():
            self._read = True
        self._show_state()

    def _show_state(self) -> None:
        """Where the signer is: which step, and what can be done now."""
        ready = self._read and self.signature.ready and bool(self.about.name.text().strip())
        step = 0 if not self._read else 3 if self._checking else 2 if self.about.name.text().strip() else 1
        self._steps.setText("   ".join(f"● {word}" if n == step else f"○ {word}" for n, word in enumerate(_STEPS)))
        self._steps.setAccessibleName(f"Step {step + 1} of {len(_STEPS)}: {_STEPS[step]}")
        self._ended.setText("Read to the end" if self._read else "Read on to the end, then sign")
        self.about.setVisible(not self._checking)
        self.signature.setVisible(not self._checking)
        self.signature.setEnabled(self._read)
        self._back.setVisible(self._checking)
        self.go_on.setText("Sign" if self._checking else "Read it back")
        self.go_on.setAccessibleName(self.go_on.text())
        self.go_on.setEnabled(ready)
        self._decline.setText("Back" if self._checking else "Yes, I decline" if self._declining else "I decline")
        self._decline.setAccessibleName(self._decline.text())
        self._said.setText(
            "You stay welcome, and see what is public. That you declined goes on record."
            if self._declining
            else "Nothing else is open behind this page.\nThe projector shows only the program's name."
        )

    def _on_go_on(self) -> None:
        self._declining = False
        if self._checking:
            self.signed.emit(self.draft)
            return
        self._checking = True
        self._back.setHtml(_read_back(self.draft))
        self._show_state()
        self.go_on.setFocus()

    def _on_decline(self) -> None:
        if self._checking:
            self._checking = False
        elif self._declining and self._paper is not None:
            self.declined.emit(self._paper.attendee)
            return
        else:
            self._declining = True
        self._show_state()


def _as_html(paper: AgreementPaper) -> str:
    """The agreement in 13.5 point type on 19.5 point lines, every word escaped."""
    clauses = "".join(
        f"<p style='margin-bottom:4px'><b>{number}.&nbsp; {escape(clause.heading)}</b></p>"
        f"<p style='margin-bottom:16px'>{escape(clause.body)}</p>"
        for number, clause in enumerate(paper.clauses, start=1)
    )
    return f"<div style='font-size:13.5pt; line-height:145%'>{clauses}<p><b>{escape(paper.closing)}</b></p></div>"


def _read_back(draft: Signed) -> str:
    lines = (
        ("Name", draft.printed_name),
        ("Agency or neighborhood", draft.agency),
        ("Role here", draft.role),
        ("Duties that may require sharing", draft.duties or "none stated"),
        ("Somebody close", ", ".join(name or "somebody, not named" for name in draft.conflicts) or "no"),
        ("Signed", {"drawn": "by hand, above", "typed": f"as {draft.typed}"}.get(draft.method, "on paper")),
    )
    rows = "".join(
        f"<p style='margin:10px'><span>{escape(label)}</span><br><b>{escape(words)}</b></p>" for label, words in lines
    )
    return f"<div style='font-size:13.5pt'><h3>This is what you sign</h3>{rows}</div>"
