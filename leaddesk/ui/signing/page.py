"""The signing page: read, say who you are, sign, and read it back, with nothing else open behind it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLayout, QStackedLayout, QWidget
from typing_extensions import override

from leaddesk.policy.desk_views import SigningPaper
from leaddesk.policy.views import AgreementPaper
from leaddesk.policy.writing import clean
from leaddesk.services.drafts import Choice, Signed
from leaddesk.ui.console.parts import dress
from leaddesk.ui.signing.about import AboutSigner
from leaddesk.ui.signing.agreement_text import AgreementText
from leaddesk.ui.signing.frame import Frame
from leaddesk.ui.signing.handed_back import HandedBack
from leaddesk.ui.signing.look import signing_stylesheet
from leaddesk.ui.signing.prompt import PassphrasePrompt
from leaddesk.ui.signing.read_back import ReadBack
from leaddesk.ui.signing.signature import SignatureCard
from leaddesk.ui.signing.words import LANGUAGES, words_in
from leaddesk.ui.theme import Theme


class _Mode(Enum):
    FILLING = auto()
    CHECKING = auto()
    DECLINING = auto()


def _now() -> datetime:
    return datetime.now(UTC)


class SigningPage(QWidget):
    """Full screen while somebody signs. It holds one signer at a time and nothing of the desk.

    The owner shows the next signer with `set_paper`, and empties the page with `finish`; what was given stays until
    then, so that nothing is lost when it could not be kept. The window can't be closed while it holds a signer.

    Args:
        theme: the console's theme.
        clock: what the time is, aware.
    """

    signed = Signal(object)
    """The `Signed` draft, after it was read back."""
    declined = Signal(str)
    """The attendee who would rather not sign, asked once."""
    later_asked = Signal()
    """The signer would rather sign another time; nothing of them is kept."""
    leave_asked = Signal()
    """Escape, or closing the window: the owner asks for the signed-in user's passphrase."""
    next_asked = Signal()
    """Page Down, the meeting's key, except while the text is read with it."""
    blank_asked = Signal()
    """F9, the meeting's key."""

    def __init__(self, theme: Theme, clock: Callable[[], datetime] = _now) -> None:
        super().__init__()
        self.setWindowTitle("LeadDesk")
        self.setProperty("look", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme, self._clock = theme, clock
        self._paper: SigningPaper | None = None
        self._papers: Mapping[str, AgreementPaper] = {}
        self._read_at: dict[str, datetime] = {}
        self._witnesses: dict[str, str] = {}
        self._mode = _Mode.FILLING
        self._held = False
        self._words = words_in("en")
        self.text = AgreementText()
        self.about = AboutSigner(self._words)
        self.signature = SignatureCard(theme, self._words)
        self._back = ReadBack(theme, self._words)
        self._sheet = QWidget()
        self._frame = Frame(self._sheet, theme, self.text, (self.about, self.signature), self._back)
        self.language, self.go_on, self.go_back = self._frame.language, self._frame.go_on, self._frame.go_back
        self.later = self._frame.later
        self.handed_back = HandedBack(theme)
        self._stack = QStackedLayout(self)
        # The page is as large as the screen, which may be less than the grid would like.
        self._stack.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._stack.addWidget(self._sheet)
        self._stack.addWidget(self.handed_back)
        self._connect()
        self.set_theme(theme)
        self._show_state()

    def set_paper(self, paper: SigningPaper, papers: Mapping[str, AgreementPaper]) -> None:
        """Hands the page to a signer: the agreement in each language, and what is known of them."""
        self.finish()
        self._paper, self._papers = paper, papers
        languages = [language for language in paper.languages if language in papers]
        self._frame.offer_languages([(language, LANGUAGES.get(language, language)) for language in languages])
        self.about.fill(paper.name, paper.agency, paper.role)
        self._show_language()
        self.text.setFocus()

    def set_witnesses(self, witnesses: Sequence[Choice]) -> None:
        """Offers this signer those who may have seen a paper signed; forgotten with the signer."""
        self._witnesses = {choice.id: choice.words for choice in witnesses}
        self.signature.set_witnesses(witnesses)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme
        self.setStyleSheet(signing_stylesheet(theme))
        dress(self, theme)

    def read_to_end(self) -> None:
        """Scrolls the agreement to its end, as a reader does with the End key."""
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.maximum())

    def ask_passphrase(self) -> PassphrasePrompt:
        """A prompt over this page; its owner opens it, and accepts it once the passphrase was right."""
        prompt = PassphrasePrompt(self._theme, self)
        prompt.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return prompt

    def thank(self) -> None:
        """Nothing of a signer is left: whoever has the laptop is asked to hand it back."""
        words = self._words
        self.finish()
        self.handed_back.say(words)
        self._held = True
        self._stack.setCurrentWidget(self.handed_back)
        self.handed_back.to_desk.setFocus()

    def finish(self) -> None:
        """Empties the page: nothing of a signer is left, and nothing can be undone."""
        self._held = False
        self._stack.setCurrentWidget(self._sheet)
        self._paper, self._papers = None, {}
        self._read_at.clear()
        self._mode = _Mode.FILLING
        self.text.forget()
        self._back.forget()
        self.about.reset()
        self.signature.reset()
        self.set_witnesses(())
        self._show_state()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave_asked.emit()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._frame.fit(event.size())

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._paper is None and not self._held:
            event.accept()
        else:
            event.ignore()
            self.leave_asked.emit()

    def _connect(self) -> None:
        self.language.currentIndexChanged.connect(lambda _row: self._show_language())
        self.go_on.clicked.connect(self._go_on)
        self.go_back.clicked.connect(self._go_back)
        self.later.clicked.connect(self.later_asked)
        self.handed_back.to_desk.clicked.connect(self.leave_asked)
        self.text.end_seen.connect(self._on_end_seen)
        self.about.changed.connect(self._show_state)
        self.signature.changed.connect(self._show_state)
        QShortcut(QKeySequence("PgDown"), self).activated.connect(self._page_down)
        QShortcut(QKeySequence("F9"), self).activated.connect(self.blank_asked)

    def _page_down(self) -> None:
        if self.text.hasFocus() and not self.text.at_end:
            self.text.read_on()
        else:
            self.next_asked.emit()

    def _show_language(self) -> None:
        """The agreement and the page in the chosen language; each text counts as read by itself."""
        paper = self._papers.get(self.language.choice)
        if paper is None:
            return
        self._mode = _Mode.FILLING
        self._words = words_in(paper.language)
        self.about.set_words(self._words)
        self.signature.set_words(self._words)
        self._frame.set_paper(paper, self._words)
        self.text.show_agreement(paper)
        self._show_state()

    def _on_end_seen(self) -> None:
        self._read_at.setdefault(self.language.choice, self._clock())
        self._show_state()

    def _missing(self) -> str:
        """What is still to be done first, as a key of the words; empty where nothing is."""
        if self.language.choice not in self._read_at:
            return "read"
        if not clean(self.about.name.text()):
            return "name"
        if not self.about.answered:
            return "close"
        return "" if self.signature.ready else "signature"

    def _show_state(self) -> None:
        missing = self._missing()
        read = missing != "read"
        checking = self._mode is _Mode.CHECKING
        step = 3 if checking else {"read": 0, "name": 1, "close": 1}.get(missing, 2)
        self.signature.setEnabled(read)
        self._frame.show_checking(checking=checking)
        self._frame.show_step(step, self._words, read=read)
        self._show_signer()
        if self._mode is _Mode.DECLINING:
            self._frame.show_declining(self._words)
        else:
            self._frame.show_choice(self._words, missing, checking=checking)
        if self._paper is not None:
            turn = self._words.turn.format(position=self._paper.position, of=self._paper.of)
            several = self._paper.of > 1
            later = self._words.later if several and self._mode is _Mode.FILLING else ""
            self._frame.show_turn(turn if several else "", later)

    def _show_signer(self) -> None:
        paper = self._papers.get(self.language.choice)
        if paper is not None:
            who = ", ".join(part for part in (self.about.name.text(), self.about.agency.text()) if part)
            self.signature.set_signer(who, self._words.moment(self._clock(), paper.zone))

    def _go_on(self) -> None:
        assert self._paper is not None
        if self._mode is _Mode.DECLINING:
            self.declined.emit(self._paper.attendee)
        elif self._mode is _Mode.CHECKING:
            self.signed.emit(self._draft(self._paper))
        else:
            self._mode = _Mode.CHECKING
            draft = self._draft(self._paper)
            self._back.show_draft(draft, self._words, self._witnesses.get(draft.witness or "", ""))
            self._show_state()
            self.go_on.setFocus()

    def _go_back(self) -> None:
        """Declining when filling in; else back to filling in."""
        self._mode = _Mode.DECLINING if self._mode is _Mode.FILLING else _Mode.FILLING
        self._show_state()
        self.go_back.setFocus()

    def _draft(self, paper: SigningPaper) -> Signed:
        language = self.language.choice
        return Signed(
            attendee=paper.attendee,
            language=language,
            method=self.signature.method,
            printed_name=clean(self.about.name.text()),
            agency=clean(self.about.agency.text()),
            role=clean(self.about.role.text()),
            duties=clean(self.about.duties.text()),
            conflicts=self.about.conflicts,
            strokes=self.signature.strokes,
            typed=self.signature.typed_name,
            witness=self.signature.witness_id,
            read_at=self._read_at.get(language),
        )
