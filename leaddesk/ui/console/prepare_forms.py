"""The forms behind the page *Prepare*: another meeting, a series, and agenda templates."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from leaddesk.policy.prepare import KINDS, SeriesRow, TemplateRow
from leaddesk.services.agenda import MOST_MINUTES
from leaddesk.services.agenda_templates import MOST_ITEMS
from leaddesk.services.drafts import Choice, SeriesForm, TemplateForm, TemplateLine
from leaddesk.ui.console.parts import Button, open_at, px
from leaddesk.ui.console.prepare_facts import When
from leaddesk.ui.registers.form import Form, Picker, TimeField, WrongField

_SEVERAL = frozenset({"place", "participant"})


class PlanForm(Form):
    """Another meeting: of which series, when and where. Gives the series' name and `When`."""

    def __init__(self, series: Sequence[SeriesRow], chosen: str, when: When, parent: QWidget) -> None:
        super().__init__("Plan a meeting", parent)
        self._names = {one.id: one.name for one in series}
        self.series = self.add_row(
            "Series", Picker([Choice(id=one.id, words=one.name) for one in series], chosen, none="another one")
        )
        self.other = self.add_text("Its name", "", "Only for a series that has not met yet.")
        self.day = self.add_day("Day", when.day)
        self.at = self.add_row("Starts at", TimeField(when.at))
        self.place = self.add_text("Place", when.place)

    @override
    def draft(self) -> tuple[str, When]:
        day, at = self.day.day, self.at.time
        if day is None or at is None:
            raise ValueError("A meeting has a day and a time.")
        known, other = self._names.get(self.series.chosen or "", ""), self.other.text().strip()
        if known and other:
            raise WrongField(
                self.other, f"This is a meeting of “{known}”. For a new series choose “another one” above."
            )
        name = known or other
        if not name:
            raise ValueError("Choose a series, or give a new one a name.")
        return name, When(day=day, at=at, place=self.place.text().strip())


class SeriesDialog(Form):
    """A meeting series: its name, and how often it meets."""

    def __init__(self, series: SeriesRow, parent: QWidget) -> None:
        super().__init__("Meeting series", parent)
        self._series = series
        self.name = self.add_text("Name", series.name)
        self.cadence = self.add_text("How often, in words", series.cadence, "Such as: every other Wednesday.")
        self.days = QSpinBox()
        self.days.setRange(1, 366)
        self.days.setValue(series.every_days)
        self.days.setSuffix(" days")
        self.add_row("The next one is proposed after", self.days)

    @override
    def draft(self) -> SeriesForm:
        return SeriesForm(
            id=self._series.id,
            name=self.name.text(),
            cadence=self.cadence.text(),
            every_days=self.days.value(),
            template=self._series.template or None,
        )


class LineField(QWidget):
    """One kind of item in a template: at which place, under which heading, how long, and how many."""

    def __init__(self, kind: str, words: str, place: int, line: tuple[str, int, int]) -> None:
        super().__init__()
        self._kind = kind
        section, minutes, most = line
        self.place = _number(f"{words}: place, 0 for not at all", place, 0, len(KINDS), special="not there")
        self.section = QLineEdit(section)
        self.section.setPlaceholderText("heading")
        self.section.setAccessibleName(f"{words}: heading")
        self.minutes = _number(f"{words}: minutes each", minutes, 0, MOST_MINUTES, suffix=" min")
        self.most = _number(f"{words}: at most so many", most, 1, MOST_ITEMS, prefix="at most ")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part, stretch in ((self.place, 0), (self.section, 1), (self.minutes, 0), (self.most, 0)):
            row.addWidget(part, stretch)
        for part, width in ((self.place, 104), (self.minutes, 92), (self.most, 116)):
            part.setFixedWidth(px(self, width))
        if kind not in _SEVERAL:
            self.most.hide()
        self.setFocusProxy(self.place)

    @property
    def line(self) -> TemplateLine:
        """What is filled in."""
        return TemplateLine(
            kind=self._kind,
            section=self.section.text(),
            minutes=self.minutes.value(),
            most=self.most.value() if self._kind in _SEVERAL else 1,
        )


class TemplateDialog(Form):
    """How an agenda begins: each kind of item at its place, with heading and minutes."""

    retire_asked = Signal(str)
    """The template's id: it is to be offered no longer."""

    def __init__(self, template: TemplateRow | None, parent: QWidget, name: str = "") -> None:
        super().__init__("Agenda template", parent)
        self._id = template.id if template is not None and template.id else None
        lines = () if template is None else template.lines
        self.name = self.add_text("Name", name if template is None else template.name)
        self.fields: list[LineField] = []
        open_at(self, 820, 660)
        for kind, words in KINDS:
            at = next((place for place, line in enumerate(lines, start=1) if line[0] == kind), 0)
            usual = ("", 5, 5 if kind in _SEVERAL else 1)
            field = LineField(kind, words, at, lines[at - 1][1:] if at else usual)
            self.fields.append(self.add_row(words, field))
        if template is not None and self._id is not None and not template.retired:
            self.retire = self.add_row("No longer offered", Button("Retire it"), "What was used stays as it is.")
            self.retire.clicked.connect(lambda: self.retire_asked.emit(self._id))

    @override
    def draft(self) -> TemplateForm:
        placed = sorted((field for field in self.fields if field.place.value()), key=lambda one: one.place.value())
        if not placed:
            raise ValueError("A template offers at least one kind of item: give it a place.")
        return TemplateForm(id=self._id, name=self.name.text(), lines=tuple(field.line for field in placed))


class ChooseTemplate(Form):
    """Which template to edit; gives its id, empty for a new one."""

    def __init__(self, templates: Sequence[TemplateRow], parent: QWidget) -> None:
        super().__init__("Agenda templates", parent)
        choices = [Choice(id=one.id, words=f"{one.name} (retired)" if one.retired else one.name) for one in templates]
        self.which = self.add_row("Edit", Picker(choices, none="a new one"), "Saving a retired one offers it again.")
        self._buttons.button(QDialogButtonBox.StandardButton.Save).setText("Go on")

    @override
    def draft(self) -> str:
        return self.which.chosen or ""


def _number(
    words: str, value: int, least: int, most: int, *, prefix: str = "", suffix: str = "", special: str = ""
) -> QSpinBox:
    made = QSpinBox()
    made.setRange(least, most)
    made.setValue(value)
    made.setPrefix(prefix)
    made.setSuffix(suffix)
    made.setSpecialValueText(special)
    made.setAccessibleName(words)
    # A style sheet's padding moves the frame of a number's field, and not its words.
    made.lineEdit().setTextMargins(px(made, 10), 0, px(made, 4), 0)
    return made
