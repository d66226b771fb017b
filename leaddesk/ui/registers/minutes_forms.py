"""The forms about a meeting's end: who does an action, why a new version, an amendment."""

from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QWidget
from typing_extensions import override

from leaddesk.policy.vocabulary import CLASS_WORDS, InformationClass
from leaddesk.services.drafts import ActionForm, AmendmentForm, Choice
from leaddesk.services.registers import Choices
from leaddesk.ui.console.parts import open_at, px
from leaddesk.ui.registers.form import Form, Picker, WrongField

C = InformationClass

_CLASSES = tuple(
    Choice(id=cls.value, words=": ".join(filter(None, (CLASS_WORDS[cls], means))))
    for cls, means in (
        (C.OPERATIONS, "the group's business"),
        (C.COMMUNITY, "places and what was said of them"),
        (C.PROGRESS, "intake and how it goes"),
        (C.COORDINATION, "where somebody is found, too"),
        (C.CARE, ""),
        (C.HEALTH, ""),
        (C.IDENTITY, "who somebody is"),
        (C.PERSONNEL, "about those who attend"),
    )
)
_SMALL = (620, 300)
"""Of a form with a row or two, on the console's grid."""
_SAFE = ((C.OPERATIONS, CLASS_WORDS[C.OPERATIONS]), (C.COMMUNITY, "the community"), (C.PUBLIC, "everybody"))


class ActionFormDialog(Form):
    """Who does an action, and by when."""

    def __init__(self, draft: ActionForm, words: str, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__("Action", parent)
        self._id = draft.id
        self.add_note(words)
        self.owner = self.add_row("Owner", Picker(choices.attendees, draft.owner))
        self.due = self.add_day("Due", draft.due)
        open_at(self, _SMALL[0], _SMALL[1])

    @override
    def draft(self) -> ActionForm:
        return ActionForm(id=self._id, owner=self.owner.chosen, due=self.due.day)


class ReasonForm(Form):
    """Why a new version of the minutes differs from the one before; gives the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("A new version of the minutes", parent)
        self.add_note("The version before is kept and can be printed.")
        self.reason = self.add_text("What was mended", help_words="In a few words, for the record. Without names.")
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setText("Finalize")
        open_at(self, _SMALL[0], _SMALL[1])

    @override
    def draft(self) -> str:
        if not self.reason.text().strip():
            raise WrongField(self.reason, "Say in a few words what was mended.")
        return self.reason.text()


class AmendmentFormDialog(Form):
    """A correction that stands with final minutes."""

    corrected = "Another amendment corrects it."

    def __init__(self, draft: AmendmentForm, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__("Amend the minutes", parent)
        self._meeting = draft.meeting
        self.add_note("The minutes stay as they are; this is printed with them. It is written once and not changed.")
        self.text = self.add_row("Amendment", QPlainTextEdit(draft.text), "Typed names of participants become links.")
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(px(self, 96))
        self.cls = self.add_row("Class", Picker(_CLASSES, draft.cls.value, none="choose"))
        about = draft.about[0] if draft.about else None
        self.about = self.add_row("About", Picker(choices.participants, about, none="nobody"))
        self.participants = self.about
        given = dict(draft.safe)
        self.safe = {
            cls: self.add_text(f"For {whom}", given.get(cls, ""), "What they read instead; empty for nothing.")
            for cls, whom in _SAFE
        }

    @override
    def draft(self) -> AmendmentForm:
        if not self.text.toPlainText().strip():
            raise WrongField(self.text, "Say what is corrected.")
        if self.cls.chosen is None:
            raise WrongField(self.cls, "Choose the class of what is said.")
        return AmendmentForm(
            meeting=self._meeting,
            text=self.text.toPlainText(),
            cls=C(self.cls.chosen),
            about=(self.about.chosen,) if self.about.chosen else (),
            safe=tuple((cls, line.text()) for cls, line in self.safe.items() if line.text().strip()),
        )
