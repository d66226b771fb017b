"""The page of backups: when, why, how large, what opens each; one made now; where each is copied to."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListView, QProgressBar, QVBoxLayout, QWidget

from leaddesk.policy.backups import BackupsView
from leaddesk.ui.console.parts import Button, framed, label, px, set_look
from leaddesk.ui.registers.page import FoundDelegate, FoundModel
from leaddesk.ui.theme import Theme


class BackupsPage(QWidget):
    """Shows the backups; making one is its owner's.

    Args:
        theme: the console's.
    """

    asked = Signal()
    """A backup is to be made now."""
    canceled = Signal()
    anew_asked = Signal()
    """A backup is to take the place of all that a removed user may still open."""
    drive_chosen = Signal(object)
    """The folder on another drive, a `Path`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = FoundModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setAccessibleName("Backups")
        self.list.setProperty("look", "framed-rows")
        self.list.setItemDelegate(FoundDelegate(theme, self.list))
        self.now = Button("Back up now")
        self.now.setProperty("look", "main")
        self.now.clicked.connect(self.asked)
        self.cancel = Button("Cancel")
        self.cancel.setAccessibleName("Cancel the backup")
        self.cancel.clicked.connect(self.canceled)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("How far the backup is")
        self.progress.setTextVisible(False)
        self.progress.setMaximumWidth(px(self, 240))
        self.choose = Button("Copy to another drive…")
        self.choose.clicked.connect(self._choose)
        self.anew = Button("Make one anew, remove those")
        self.anew.clicked.connect(self.anew_asked)
        self._old = framed("caution-card")
        self._old_words = label(look="strong", wraps=True)
        self._summary = label(look="strong", wraps=True)
        self._drive = label(look="hint", wraps=True)
        self.said = label(look="hint", wraps=True)
        self.said.hide()
        self._lay_out()
        self.set_busy(busy=False)

    @property
    def shown(self) -> tuple[str, ...]:
        """The words of the rows that are listed, for reading and tests."""
        return tuple(self._model.words_of(row) for row in self._model.rows)

    def set_view(self, view: BackupsView) -> None:
        """Shows these backups."""
        self._summary.setText(view.summary)
        self._drive.setText(view.drive)
        self._old_words.setText(view.old)
        self._old.setVisible(bool(view.old))
        self._model.set_rows(view.rows)

    def set_busy(self, *, busy: bool) -> None:
        """Shows that a backup is being made, or no longer."""
        self.now.setVisible(not busy)
        for button in (self.choose, self.anew):
            button.setEnabled(not busy)
        self.progress.setRange(0, 0)
        for widget in (self.progress, self.cancel):
            widget.setVisible(busy)

    def set_progress(self, done: int, whole: int) -> None:
        """Shows how far copying is; what follows is the check, whose length nothing tells and nothing cancels."""
        self.cancel.setVisible(done < whole)
        self.progress.setRange(0, whole if done < whole else 0)
        self.progress.setValue(done)

    def say(self, words: str, *, caution: bool = False) -> None:
        """Says how it went."""
        set_look(self.said, "caution" if caution else "hint")
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def forget(self) -> None:
        """Empties the page."""
        self._model.set_rows(())
        for words in (self._summary, self._drive, self._old_words):
            words.setText("")
        self._old.hide()
        self.say("")
        self.set_busy(busy=False)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "LeadDesk")
        if chosen:
            self.drive_chosen.emit(Path(chosen))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(label("Backups", "name"))
        top.addStretch()
        for widget in (self.progress, self.cancel, self.choose, self.now):
            top.addWidget(widget)
        old = QHBoxLayout(self._old)
        old.addWidget(self._old_words, 1)
        old.addWidget(self.anew)
        self._old.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(16)
        layout.addLayout(top)
        for words in (self._summary, self._drive, self.said):
            words.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(words)
        layout.addWidget(self._old)
        layout.addWidget(self.list, 1)
