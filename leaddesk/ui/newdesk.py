"""Making a new desk: the program's words, who makes it, where it lies, and a passphrase."""

from datetime import date
from pathlib import Path
from zoneinfo import available_timezones

from PySide6.QtCore import QTimeZone
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QWidget
from typing_extensions import override

from leaddesk.errors import KnownError
from leaddesk.services.drafts import Choice, NewDesk
from leaddesk.services.opening import refuse_place
from leaddesk.services.paper_keys import FreshPaperKey, for_new_desk
from leaddesk.ui.new_passphrase import NewPassphrase
from leaddesk.ui.paper_key import PaperKeyDialog
from leaddesk.ui.place_field import PlaceField
from leaddesk.ui.registers.form import Form, Picker, WrongField

Draft = tuple[Path, NewDesk, str]
Asked = tuple[Path, NewDesk, str, FreshPaperKey]


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
        zones = (Choice(id=zone, words=zone.replace("_", " ")) for zone in sorted(available_timezones()))
        self.zone = self.add_row("Time zone", Picker(zones, _local_zone(), none=""), "Days begin and end in it.")
        self.folder = self.add_row(
            "Folder",
            PlaceField(self._browse, str(Path.home() / "LeadDesk")),
            "On this computer's own disk, in no cloud folder.",
        )
        self.passphrase = NewPassphrase(self, self._known)
        self.first, self.second = self.passphrase.first, self.passphrase.second
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setText("Next: paper key")

    @classmethod
    def ask(cls, parent: QWidget, today: date) -> Asked | None:
        """Folder, draft, passphrase and paper key, ``None`` where the user would rather not.

        Going back from the paper key comes back to the form with everything in it; nothing is written meanwhile.
        """
        dialog = cls(parent)
        given: list[Asked] = []

        def go_on(draft: Draft) -> None:
            try:
                refuse_place(draft[0])
            except KnownError as error:
                dialog.say(str(error))
                return
            fresh = for_new_desk(today)
            if PaperKeyDialog.ask(fresh, dialog):
                given.append((*draft, fresh))
                dialog.accept()

        dialog.accepted_draft.connect(go_on)
        dialog.exec()
        return given[0] if given else None

    @override
    def draft(self) -> Draft:
        for words, row, text in (
            ("The program", self.program, self.program.text()),
            ("Your agency", self.agency, self.agency.text()),
            ("Your family name", self.family, self.family.text()),
        ):
            if not text.strip():
                raise WrongField(row, f"{words} is still missing.")
        folder, zone = self.folder.path, self.zone.chosen
        if folder is None:
            raise WrongField(self.folder, "The folder is still missing.")
        if zone is None:
            raise WrongField(self.zone, "Choose the time zone.")
        passphrase = self.passphrase.read()
        new = NewDesk(
            program=self.program.text(),
            program_word=self.word.text(),
            group=self.group.text(),
            agency=self.agency.text(),
            given_name=self.given.text(),
            family_name=self.family.text(),
            zone=zone,
        )
        return folder, new, passphrase

    def _known(self) -> tuple[str, ...]:
        fields = (self.program, self.word, self.group, self.agency, self.given, self.family)
        return tuple(field.text() for field in fields)

    def _browse(self) -> str:
        return QFileDialog.getExistingDirectory(self, "LeadDesk")


def _local_zone() -> str:
    """The system's zone where it has a name, else Seattle's, where LEAD began."""
    zone = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    return zone if zone in available_timezones() else "America/Los_Angeles"
