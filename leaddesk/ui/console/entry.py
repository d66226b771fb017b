"""The entry line: what is typed, what this room would read of it, and what filing it would do."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget
from typing_extensions import override

from leaddesk.policy import dates
from leaddesk.policy.desk_views import EntryKind, EntryPreview, Suggestion
from leaddesk.policy.vocabulary import CLASS_WORDS, InformationClass
from leaddesk.ui.console.chips import Chooser
from leaddesk.ui.console.entry_more import MoreLines
from leaddesk.ui.console.entry_text import EntryText
from leaddesk.ui.console.parts import Button, Icon, label, px
from leaddesk.ui.console.states import KINDS
from leaddesk.ui.theme import Theme, Token

_PROMPTS = {
    EntryKind.UPDATE: "What is new? Typed names become links.",
    EntryKind.DECISION: "What was decided?",
    EntryKind.ACTION: "Who does what by when, such as: okafor housing form 20 may",
    EntryKind.PRIORITY: "The new rank and why, such as: 2 shops and riders agree",
    EntryKind.PLACE: "A new priority, such as: Pike St & 4th, Lakeside: more people every night",
    EntryKind.AGENDA: "What goes on the agenda: a name, a place or a topic, with 10 min behind it or not",
    EntryKind.OUTCOME: "What came of this item, in a few words",
}
_OPEN = {"operations", "community"}
_FILES_WORDS = {EntryKind.UPDATE, EntryKind.DECISION, EntryKind.ACTION}
_NAMES_BEGIN = {EntryKind.ACTION: 3, EntryKind.AGENDA: 3}
"""From how many letters on a word that is not capitalized may be a name, where names are mostly what is typed."""


class EntryLine(QFrame):
    """Takes whatever is filed in a line, without a mouse."""

    text_changed = Signal(object, str, str)
    """The `EntryKind`, the text and the safe wording, with every change."""
    about_chosen = Signal(str)
    """The id of what the text is about."""
    class_chosen = Signal(str)
    """The information class that the user chose instead of the proposed one."""
    word_typed = Signal(str)
    """The word that is being typed and may be a name, empty for none."""
    left = Signal()
    """What was begun, such as mending, is given up."""
    filed = Signal(object, str, str, str)
    """The `EntryKind`, the text, its class and the safe wording, which is empty for none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "entry")
        self._theme = theme
        self._chosen_class = ""
        self._compact = False
        self._whom: list[tuple[str, str]] = []
        self._preview: EntryPreview | None = None
        self._kind = Chooser(theme, "Kind of entry")
        self._kind.set_choices([(kind.value, words) for kind, (words, _) in KINDS.items()])
        self._kind.set_icons({kind.value: name for kind, (_, name) in KINDS.items()})
        self._text = EntryText(theme, "Entry")
        self._more = MoreLines(theme)
        self._task = label(look="strong-hint", wraps=True)
        self._task.hide()
        self._about = Chooser(theme, "About", prefix="about")
        self._about.set_choices(())
        self._class = Chooser(theme, "Class", prefix="class")
        self._class.set_choices(())
        self._file = Button("File")
        self._file.setProperty("look", "main")
        self._sign = Icon(theme)
        self._hint = label(look="hint")
        self._add_safe = Button("Add a safe wording")
        self._add_safe.setProperty("look", "link")
        self._how = label("Enter files it  ·  Shift+Enter: safe wording  ·  Ctrl+1 to 7: kind", "hint")
        self._lay_out()
        self._connect()
        self._show_kind()
        self._tell()

    @property
    def kind(self) -> EntryKind:
        """The kind of entry that is chosen."""
        # A closed line is emptied of its choices and may still be laid out anew, as when the theme changes.
        return EntryKind(self._kind.choice or EntryKind.UPDATE)

    @property
    def text(self) -> str:
        """What is typed."""
        return self._text.text

    @property
    def safe(self) -> str:
        """The safe wording, empty for none."""
        return self._more.text("safe")

    @property
    def everybody(self) -> str:
        """The wording for everybody, empty for none."""
        return self._more.text("everybody")

    @property
    def reason(self) -> str:
        """Why the class stays though a participant is named, empty for no reason."""
        return self._more.text("reason")

    @property
    def about(self) -> str:
        """The id of whom it is about besides the item's own, empty for nobody."""
        return self._about.choice

    @property
    def task(self) -> str:
        """What was begun, in words; empty while the line is for something new."""
        return self._task.text()

    @property
    def hint(self) -> str:
        """What the hint line says."""
        return self._hint.text()

    def choose_kind(self, kind: EntryKind) -> None:
        """Choose a kind and go on typing."""
        self._kind.setCurrentIndex(self._kind.findData(kind.value))
        self._text.setFocus()

    def show_preview(self, preview: EntryPreview) -> None:
        """Show what filing the line as it stands would do."""
        self._preview = preview
        self._text.show_names(preview.names)
        choices = list(dict.fromkeys((*preview.classes, *([preview.cls] if preview.cls else ()))))
        chosen = self._chosen_class if self._chosen_class in preview.classes and not preview.raised else preview.cls
        self._class.set_choices([(cls, CLASS_WORDS[InformationClass(cls)]) for cls in choices], chosen)
        self._more.offer_for(preview.cls)
        self._tell()

    def suggest(self, rows: Sequence[Suggestion]) -> None:
        """Offer names for the word that is being typed."""
        self._text.offer(rows)

    def begin(self, words: str, kind: EntryKind, text: str = "") -> None:
        """Begin something that Enter ends and Escape leaves, such as mending an entry; the words stand over it."""
        self.clear()
        self._kind.setCurrentIndex(self._kind.findData(kind.value))
        self._kind.setEnabled(False)
        self._text.setPlaceholderText("")
        self._task.setText(words)
        self._task.show()
        self._text.set_text(text)
        self._text.setFocus()
        self._tell()

    def open_safe(self) -> None:
        """Open the next safe wording, ready to be typed."""
        self._more.open_next()
        self._tell()

    def fill(self, *, safe: str, everybody: str, cls: str, about: str) -> None:
        """Put back what belonged to a line besides its words."""
        self._more.fill("safe", safe)
        self._more.fill("everybody", everybody)
        self._chosen_class = cls
        self._about.setCurrentIndex(max(0, self._about.findData(about)))
        self._on_text()

    def show_about(self, choices: Sequence[tuple[str, str]], current: str) -> None:
        """Offer what an entry may be about: ids and words."""
        if choices != self._whom:
            self._whom = list(choices)
            self._about.set_choices(choices, current)

    def clear(self) -> None:
        """Empty the line for the next entry of the same kind; undo does not bring the text back."""
        if self._more.has_focus:
            # A line that goes with the focus would hand it on to whatever comes next.
            self._text.setFocus()
        self._chosen_class = ""
        self._preview = None
        self._class.set_choices(())
        self._task.hide()
        self._task.setText("")
        self._kind.setEnabled(True)
        self._text.setPlaceholderText(_PROMPTS[self.kind])
        self._about.setCurrentIndex(0 if self._about.count() else -1)
        for name in ("safe", "everybody", "reason"):
            self._more.fill(name, "")
        self._text.set_text("")

    def restore(self, kind: EntryKind, text: str, safe: str = "") -> None:
        """Put back what was typed before, such as after unlocking."""
        self._kind.setCurrentIndex(self._kind.findData(kind.value))
        self._more.fill("safe", safe)
        self._text.set_text(text)

    def focus(self) -> None:
        """Put the cursor into the line."""
        self._text.setFocus()

    def set_compact(self, *, compact: bool) -> None:
        """Put the choosers under the line, or back beside it."""
        for part in (self._about, self._class):
            self._grid.removeWidget(part)
        self._compact = compact
        self._beside.removeWidget(self._about)
        self._beside.removeWidget(self._class)
        for part in (self._about, self._class):
            if compact:
                self._beside.insertWidget(self._beside.count() - 1, part)
            else:
                self._grid.addWidget(part, 1, 2 if part is self._about else 3)
        self._tell()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_hint()

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colors from now on."""
        self._theme = theme

    def _connect(self) -> None:
        self._kind.currentIndexChanged.connect(self._show_kind)
        self._text.textChanged.connect(self._on_text)
        self._text.word_typed.connect(self._on_word)
        self._more.changed.connect(self._on_text)
        for part in (self._text, self._more):
            part.entered.connect(self._on_file)
            part.escaped.connect(self._on_escape)
            part.more_asked.connect(self.open_safe)
        self._file.clicked.connect(self._on_file)
        self._add_safe.clicked.connect(self.open_safe)
        self._about.activated.connect(lambda _: self.about_chosen.emit(self._about.choice))
        self._class.activated.connect(self._on_class)

    def _show_kind(self) -> None:
        self._text.setPlaceholderText(_PROMPTS[self.kind])
        self._on_text()

    def _on_text(self) -> None:
        self._file.setEnabled(bool(self.text.strip()))
        if not self.text:
            self._chosen_class = ""
        self.text_changed.emit(self.kind, self.text, self.safe)
        self._tell()

    def _on_file(self) -> None:
        if self.text.strip():
            self.filed.emit(self.kind, self.text, self._class.choice, self.safe)

    def _on_class(self) -> None:
        self._chosen_class = self._class.choice
        if self._preview is not None and self._preview.asks_reason and self._chosen_class in _OPEN:
            # It names a participant: the class stays with a reason alone.
            self._more.open("reason")
        self.class_chosen.emit(self._chosen_class)

    def _on_escape(self) -> None:
        if self.task:
            self.clear()
            self._text.setFocus()
            self.left.emit()

    def _on_word(self, word: str) -> None:
        """Only what begins like a name is asked about: ordinary words must not flicker."""
        letters = word.removeprefix("@")
        least = 1 if word != letters else 2 if letters[:1].isupper() else _NAMES_BEGIN.get(self.kind, 0)
        self.word_typed.emit(letters if least and len(letters) >= least else "")

    def _tell(self) -> None:
        preview = self._preview if self.text.strip() else None
        words = "" if preview is None else preview_words(self.kind, self.text, preview)
        cautious = preview is not None and bool(
            preview.problem or preview.names or not (preview.room_reads or preview.does)
        )
        files_words = self.kind in _FILES_WORDS
        # Where there is little room, what is chosen of a line is there once there is a line.
        chosen = files_words and (bool(self.text.strip()) or not self._compact)
        self._class.setVisible(chosen)
        self._about.setVisible(chosen and any(one for one, _ in self._whom))
        self._hint.setText(words)
        self._how.setVisible(not self._compact)
        self._under.setVisible(preview is not None or not self._compact)
        self._sign.set_icon(*(("warning-fill", Token.CAUTION) if cautious else ("eye-bold", Token.INK_2)))
        self._sign.setVisible(preview is not None)
        self._add_safe.setVisible(
            preview is not None
            and self.kind in _FILES_WORDS
            and preview.room_reads != self.text.strip()
            and self._more.none_open
        )
        self._fit_hint()

    def _fit_hint(self) -> None:
        """Let a long hint wrap: it is never cut. A short one keeps to one line, its button beside it."""
        inset = 0 if self._compact else self._text.x() - self._kind.x()
        self._foot.setContentsMargins(inset, 0, 0, 0)
        beside = (part for part in (self._sign, self._add_safe, self._how) if part.isVisibleTo(self))
        room = self.width() - px(self, 56) - inset - sum(part.sizeHint().width() + px(self, 6) for part in beside)
        wraps = self._hint.fontMetrics().horizontalAdvance(self._hint.text()) > room
        self._hint.setWordWrap(wraps)
        # All the room that is left, not half of it.
        self._foot.setStretchFactor(self._hint, 100 * wraps)

    def _lay_out(self) -> None:
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(px(self, 16), px(self, 7), px(self, 24), px(self, 5))
        grid.setHorizontalSpacing(px(self, 8))
        grid.setVerticalSpacing(px(self, 5))
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._task, 0, 0, 1, 5)
        grid.addWidget(self._kind, 1, 0)
        grid.addWidget(self._text, 1, 1)
        grid.addWidget(self._about, 1, 2)
        grid.addWidget(self._class, 1, 3)
        grid.addWidget(self._file, 1, 4)
        self._file.setFixedHeight(px(self, 40))
        grid.addWidget(self._more, 2, 0, 1, 2)
        self._more.set_label_width(self._kind.sizeHint().width())
        self._beside = QHBoxLayout()
        self._beside.setSpacing(px(self, 8))
        self._beside.addStretch(1)
        grid.addLayout(self._beside, 3, 0, 1, 5)
        foot = self._under = QWidget()
        foot.setMinimumHeight(px(self, 22))
        row = self._foot = QHBoxLayout(foot)
        row.setSpacing(px(self, 6))
        row.addWidget(self._sign)
        row.addWidget(self._hint)
        row.addWidget(self._add_safe)
        row.addStretch(1)
        row.addWidget(self._how)
        grid.addWidget(foot, 4, 0, 1, 5)
        more = self._more
        wordings = (more.line("safe"), more.line("everybody"))
        # Whoever chooses a class is asked why next.
        chosen = (self._about, self._class, more.line("reason"))
        order = (self._kind, self._text, self._add_safe, *wordings, *chosen, self._file)
        for first, second in pairwise(order):
            self.setTabOrder(first, second)


def preview_words(kind: EntryKind, text: str, preview: EntryPreview) -> str:
    """What filing a line would do, in words: why not, who would do it by when, and what this room would read."""
    if preview.problem or preview.does:
        return preview.problem or preview.does
    told = []
    if kind is EntryKind.ACTION:
        due = f"due {dates.day_and_month(preview.due)}" if preview.due else "no due date yet"
        told.append(f"{preview.owner or 'No owner yet'}, {due}.")
    meant = Counter((name.start, name.written, bool(name.participant)) for name in preview.names)
    for (_, written, known), count in meant.items():
        several = f"may mean {count} participants, and counts as each"
        names = "looks like a name" if not known else "names a participant" if count == 1 else several
        told.append(f"“{written}” {names}.")
    if preview.raised:
        chair = "Choose another class and say why to keep it" if preview.asks_reason else "The chair may change that"
        told.append(f"Raised to the class {CLASS_WORDS[InformationClass.IDENTITY]}. {chair}.")
    if not preview.room_reads:
        told.append("This room would read nothing of it.")
    elif preview.room_reads == text.strip():
        told.append("This room reads it as it stands.")
    else:
        told.append(f"This room reads: {preview.room_reads}")
    return " ".join(told)
