"""Making a new desk: the program's words, who makes it, where it lies, and a passphrase."""

from pathlib import Path
from zoneinfo import available_timezones

from PySide6.QtCore import QTimeZone
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget
from typing_extensions import override

from leaddesk.services.drafts import Choice, NewDesk
from leaddesk.ui.registers.form import Form, Picker, WrongField

LEAST_PASSPHRASE = 12
"""Characters a passphrase has at least: a sentence is easier to keep than a word with signs in it."""

Asked = tuple[Path, NewDesk, str]


class NewDeskDialog(Form):
    """Asks what a new desk is made from."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("A new desk", parent)
        self.program = self.add_text("Program", "", "The name of the place, such as Harbor County.")
        self.word = self.add_text("Its wording of LEAD", "LEAD")
        self.group = self.add_text("The group", "Operational Work Group")
        self.agency = self.add_text("Your agency")
        self.given = self.add_text("Your given name")
        self.family = self.add_text("Your family name")
        zones = (Choice(id=zone, words=zone) for zone in sorted(available_timezones()))
        self.zone = self.add_row("Time zone", Picker(zones, _local_zone(), none=""), "Days begin and end in it.")
        self.folder = self.add_row("Folder", self._folder_row(), "On this computer's own disk, in no cloud folder.")
        self.first = self.add_text(
            "Passphrase",
            "",
            f"At least {LEAST_PASSPHRASE} characters, best a few words. Nobody can reset it.",
        )
        self.second = self.add_text("The same again")
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Password)

    @classmethod
    def ask(cls, parent: QWidget) -> Asked | None:
        """Folder, draft and passphrase, ``None`` where the user would rather not."""
        dialog = cls(parent)
        given: list[Asked] = []
        dialog.accepted_draft.connect(given.append)
        dialog.accepted_draft.connect(dialog.accept)
        dialog.exec()
        dialog.forget()
        return given[0] if given else None

    @override
    def draft(self) -> Asked:
        for words, row, text in (
            ("The program", self.program, self.program.text()),
            ("Your agency", self.agency, self.agency.text()),
            ("Your family name", self.family, self.family.text()),
            ("The folder", self.folder, self._path.text()),
        ):
            if not text.strip():
                raise WrongField(row, f"{words} is still missing.")
        zone = self.zone.chosen
        if zone is None:
            raise WrongField(self.zone, "Choose the time zone.")
        if len(self.first.text()) < LEAST_PASSPHRASE:
            raise WrongField(self.first, f"The passphrase has at least {LEAST_PASSPHRASE} characters.")
        if self.first.text() != self.second.text():
            raise WrongField(self.second, "The two passphrases are not the same.")
        new = NewDesk(
            program=self.program.text(),
            program_word=self.word.text(),
            group=self.group.text(),
            agency=self.agency.text(),
            given_name=self.given.text(),
            family_name=self.family.text(),
            zone=zone,
        )
        return Path(self._path.text()).expanduser(), new, self.first.text()

    def forget(self) -> None:
        """Empties the passphrase fields; clear() could be undone."""
        self.first.setText("")
        self.second.setText("")

    def _folder_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        self._path = QLineEdit(str(Path.home() / "LeadDesk"))
        self._path.setAccessibleName("Folder of the new desk")
        browse = QPushButton("Choose…")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        layout.addWidget(self._path, 1)
        layout.addWidget(browse)
        row.setFocusProxy(self._path)
        return row

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "LeadDesk")
        if chosen:
            self._path.setText(chosen)


def _local_zone() -> str:
    """The system's zone where it has a name, else Seattle's, where LEAD began."""
    zone = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    return zone if zone in available_timezones() else "America/Los_Angeles"
