"""Short forms for what the chair mends in the room: which one, and who."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialogButtonBox, QWidget
from typing_extensions import override

from leaddesk.policy.desk_views import Found
from leaddesk.services.drafts import Choice
from leaddesk.ui.registers.form import Form, Picker, WrongField


class WhichForm(Form):
    """One of several facts; its draft is the id of the chosen one."""

    def __init__(self, title: str, found: Sequence[Found], help_words: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        choices = [Choice(id=one.id, words=in_a_line(one)) for one in found]
        only = choices[0].id if len(choices) == 1 else None
        self.which = self.add_row("Which", Picker(choices, only, none="choose"), help_words)

    @classmethod
    def before(cls, title: str, found: Sequence[Found], parent: QWidget | None = None) -> "WhichForm":
        """One that only chooses what another form, or a page, is opened for."""
        form = cls(title, found, "", parent)
        form._buttons.button(QDialogButtonBox.StandardButton.Save).setText("Go on")
        return form

    @override
    def draft(self) -> str:
        if self.which.chosen is None:
            raise WrongField(self.which, "Choose one.")
        return self.which.chosen


class PaperForm(Form):
    """An agreement signed on paper: who signed, and who saw it; its draft is both ids."""

    def __init__(self, signers: Sequence[Choice], witnesses: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__("Agreement signed on paper", parent)
        self.signer = self.add_row("Who signed", Picker(signers, none="choose"))
        self.witness = self.add_row(
            "Who saw it", Picker(witnesses, none="choose"), "Somebody else who is in the room."
        )

    @override
    def draft(self) -> tuple[str, str]:
        for field in (self.signer, self.witness):
            if field.chosen is None:
                raise WrongField(field, "Choose somebody.")
        signer, witness = self.signer.chosen, self.witness.chosen
        if signer is None or witness is None or signer == witness:
            raise WrongField(self.witness, "Nobody is their own witness. Choose somebody else.")
        return signer, witness


def in_a_line(found: Found) -> str:
    """A row in one line."""
    return f"{found.title}: {found.detail}" if found.detail else found.title
