"""The entry line: what is typed, what this room would read of it, and what filing it would do."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from leaddesk.policy import dates
from leaddesk.policy.desk_views import EntryKind, EntryPreview
from leaddesk.ui.console.chips import Chooser
from leaddesk.ui.console.entry_text import EntryText
from leaddesk.ui.console.parts import Icon, label, px
from leaddesk.ui.console.states import KINDS
from leaddesk.ui.theme import Theme, Token

_PROMPTS = {
    EntryKind.UPDATE: "What is new? Typed names become links.",
    EntryKind.DECISION: "What was decided?",
    EntryKind.ACTION: "Who does what by when, such as: okafor housing form 20 may",
    EntryKind.PRIORITY: "What changes about the priority?",
}


class EntryLine(QFrame):
    """Takes an update, a decision, an action or a priority change, without a mouse."""

    text_changed = Signal(object, str, str)
    """The `EntryKind`, the text and the safe wording, with every change."""
    about_chosen = Signal(str)
    """The id of what the text is about."""
    class_chosen = Signal(str)
    """The information class that the user chose instead of the proposed one."""
    filed = Signal(object, str, str, str)
    """The `EntryKind`, the text, its class and the safe wording, which is empty for none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "entry")
        self._theme = theme
        self._chosen_class = ""
        self._compact = False
        self._preview: EntryPreview | None = None
        self._kind = Chooser(theme, "Kind of entry")
        self._kind.set_choices([(kind.value, words) for kind, (words, _) in KINDS.items()])
        self._kind.set_icons({kind.value: name for kind, (_, name) in KINDS.items()})
        self._text = EntryText(theme, "Entry")
        self._safe = EntryText(theme, "Safe wording")
        self._safe.setPlaceholderText("What this room reads instead: no names")
        self._about = Chooser(theme, "About", prefix="about")
        self._about.set_choices(())
        self._class = Chooser(theme, "Class", prefix="class")
        self._class.set_choices(())
        self._file = QPushButton("File")
        self._file.setProperty("look", "main")
        self._sign = Icon(theme)
        self._hint = label(look="hint")
        self._add_safe = QPushButton("Add a safe wording")
        self._add_safe.setProperty("look", "link")
        self._how = label("Enter files it  ·  Ctrl+1 to 4: kind", "hint")
        self._lay_out()
        self._connect()
        self._show_kind()
        self._tell()

    @property
    def kind(self) -> EntryKind:
        """The kind of entry that is chosen."""
        return EntryKind(self._kind.choice)

    @property
    def text(self) -> str:
        """What is typed."""
        return self._text.text

    @property
    def safe(self) -> str:
        """The safe wording, empty for none."""
        return self._safe.text if self._safe.isVisibleTo(self) else ""

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
        chosen = self._chosen_class if self._chosen_class in preview.classes else preview.cls
        self._class.set_choices([(cls, cls.replace("_", " ")) for cls in preview.classes], chosen)
        if self._about.count() <= 1:
            self._about.set_choices([(preview.about, preview.about)] if preview.about else ())
        self._tell()

    def show_about(self, choices: Sequence[tuple[str, str]], current: str) -> None:
        """Offer what an entry may be about: ids and words."""
        self._about.set_choices(choices, current)

    def clear(self) -> None:
        """Empty the line for the next entry of the same kind; undo does not bring the text back."""
        self._chosen_class = ""
        self._preview = None
        self._class.set_choices(())
        self._set_safe_visible(visible=False)
        self._safe.set_text("")
        self._text.set_text("")

    def restore(self, kind: EntryKind, text: str, safe: str = "") -> None:
        """Put back what was typed before, such as after unlocking."""
        self._kind.setCurrentIndex(self._kind.findData(kind.value))
        self._set_safe_visible(visible=bool(safe))
        self._safe.set_text(safe)
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
                self._grid.addWidget(part, 0, 2 if part is self._about else 3)
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
        for part in (self._text, self._safe):
            part.textChanged.connect(self._on_text)
            part.entered.connect(self._on_file)
        self._file.clicked.connect(self._on_file)
        self._add_safe.clicked.connect(self._on_add_safe)
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
        self.class_chosen.emit(self._chosen_class)

    def _on_add_safe(self) -> None:
        self._set_safe_visible(visible=True)
        self._safe.setFocus()
        self._tell()

    def _set_safe_visible(self, *, visible: bool) -> None:
        self._safe.setVisible(visible)
        self._safe_label.setVisible(visible)

    def _tell(self) -> None:
        preview = self._preview if self.text.strip() else None
        words = "" if preview is None else preview_words(self.kind, self.text, preview)
        cautious = preview is not None and bool(preview.problem or preview.names or not preview.room_reads)
        self._hint.setText(words)
        self._how.setVisible(not self._compact)
        self._under.setVisible(preview is not None or not self._compact)
        self._sign.set_icon(*(("warning-fill", Token.CAUTION) if cautious else ("eye-bold", Token.INK_2)))
        self._sign.setVisible(preview is not None)
        self._add_safe.setVisible(
            preview is not None and preview.room_reads != self.text.strip() and not self._safe.isVisibleTo(self)
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
        self._foot.setStretchFactor(self._hint, int(wraps))

    def _lay_out(self) -> None:
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(px(self, 16), px(self, 7), px(self, 24), px(self, 5))
        grid.setHorizontalSpacing(px(self, 8))
        grid.setVerticalSpacing(px(self, 5))
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._kind, 0, 0)
        grid.addWidget(self._text, 0, 1)
        grid.addWidget(self._about, 0, 2)
        grid.addWidget(self._class, 0, 3)
        grid.addWidget(self._file, 0, 4)
        self._file.setFixedHeight(px(self, 40))
        self._safe_label = label("Safe wording", "hint")
        grid.addWidget(self._safe_label, 1, 0, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._safe, 1, 1)
        self._set_safe_visible(visible=False)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(px(self, 8))
        self._beside.addStretch(1)
        grid.addLayout(self._beside, 2, 0, 1, 5)
        foot = self._under = QWidget()
        foot.setMinimumHeight(px(self, 22))
        row = self._foot = QHBoxLayout(foot)
        row.setSpacing(px(self, 6))
        row.addWidget(self._sign)
        row.addWidget(self._hint)
        row.addWidget(self._add_safe)
        row.addStretch(1)
        row.addWidget(self._how)
        grid.addWidget(foot, 3, 0, 1, 5)
        order = (self._kind, self._text, self._add_safe, self._safe, self._about, self._class, self._file)
        for first, second in pairwise(order):
            self.setTabOrder(first, second)


def preview_words(kind: EntryKind, text: str, preview: EntryPreview) -> str:
    """What filing a line would do, in words: why not, who would do it by when, and what this room would read."""
    if preview.problem:
        return preview.problem
    told = []
    if kind is EntryKind.ACTION:
        due = f"due {dates.day_and_month(preview.due)}" if preview.due else "no due date yet"
        told.append(f"{preview.owner or 'No owner yet'}, {due}.")
    for name in preview.names:
        names = "names a participant" if name.participant else "looks like a name"
        told.append(f"“{name.written}” {names}.")
    if not preview.room_reads:
        told.append("This room would read nothing of it.")
    elif preview.room_reads == text.strip():
        told.append("This room reads it as it stands.")
    else:
        told.append(f"This room reads: {preview.room_reads}")
    return " ".join(told)
