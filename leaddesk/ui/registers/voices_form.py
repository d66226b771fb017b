"""The form for the kinds of voice that should be at every meeting."""

from collections.abc import Collection

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from leaddesk.policy.vocabulary import Role
from leaddesk.ui.registers.form import Form, members, words_of
from leaddesk.ui.registers.several import Several


class VoicesFormDialog(Form):
    """Roles, each with a box."""

    def __init__(self, required: Collection[Role], parent: QWidget | None = None) -> None:
        super().__init__("Kinds of voice", parent)
        self.add_note(
            "Whoever is missing from a meeting is said beside the room and before it is closed, to you alone."
        )
        self.roles = self.add_row("Should be there", Several(words_of(Role), tuple(required), columns=2))

    @override
    def draft(self) -> tuple[Role, ...]:
        return members(Role, self.roles.chosen)
