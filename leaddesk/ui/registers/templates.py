"""A new version of the confidentiality agreement: its text, its name, and when the versions before end."""

from collections.abc import Mapping

from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from leaddesk.errors import KnownError
from leaddesk.services.drafts import Choice
from leaddesk.services.templates import NewVersion, from_file, shipped
from leaddesk.ui.place_field import PlaceField
from leaddesk.ui.registers.form import Form, Picker, WrongField

_LANGUAGES = {"en": "English", "es": "Spanish"}


class NewVersionForm(Form):
    """Says whom in the room it would narrow, and waits for the meeting's end unless told otherwise.

    Args:
        narrowed: by language, the names of those in the room who would be without an agreement.
        waits: whether a meeting is open, for whose end it can wait.
        parent: the console.
    """

    def __init__(
        self, narrowed: Mapping[str, tuple[str, ...]], *, waits: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__("New version of the agreement", parent)
        texts = [Choice(id=language, words=f"the shipped text, {_LANGUAGES[language]}") for language in narrowed]
        self.text = self.add_row("Text", Picker(texts, none="from a file"))
        self.file = self.add_row(
            "File", PlaceField(self._file), "JSON with language, title, clauses (heading, body) and closing."
        )
        self.version = self.add_text("Version", "", "Such as 2; it stands on every agreement that is signed.")
        for language, names in narrowed.items():
            said = ", ".join(names) if names else "nobody"
            self.add_note(f"In the room by the version before, {_LANGUAGES[language]}: {said}.")
        self._waits = waits
        if waits:
            when = (Choice(id="end", words="when this meeting ends"), Choice(id="now", words="now"))
            self.when = self.add_row(
                "The version before ends",
                Picker(when, "end", none="choose"),
                "Now: the room has what the public may until they have signed again.",
            )
        else:
            self.add_note("No meeting is open: the version before ends at once.")

    @override
    def draft(self) -> NewVersion:
        now = self._waits and self.when.chosen == "now"
        if self._waits and self.when.chosen is None:
            raise WrongField(self.when, "Choose when the version before ends.")
        if not self.version.text().strip():
            raise WrongField(self.version, "The version needs a name.")
        if self.text.chosen is not None:
            return shipped(self.text.chosen, self.version.text(), now=now)
        if self.file.path is None:
            raise WrongField(self.file, "Choose the file, or the shipped text.")
        try:
            return from_file(self.file.path, self.version.text(), now=now)
        except KnownError as error:
            raise WrongField(self.file, str(error)) from error

    def _file(self) -> str:
        return QFileDialog.getOpenFileName(self, "LeadDesk", "", "JSON (*.json)")[0]
