"""When and where a meeting is, of which series, and what its agenda begins with."""

from dataclasses import dataclass
from datetime import date, time

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from leaddesk.policy.dates import clock
from leaddesk.policy.prepare import PrepareView
from leaddesk.ui.console.parts import Button, label, px
from leaddesk.ui.registers.form import DayField, TimeField

_PROGRAM = "The program’s order"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When and where a meeting is to be held, in the site's zone."""

    day: date
    at: time
    place: str


class FactsPanel(QFrame):
    """Shows the meeting's facts and emits what is changed in them, once a field is left or Enter is pressed."""

    meeting_chosen = Signal(str)
    changed = Signal(object)
    """`When` the meeting is to be held."""
    template_chosen = Signal(str)
    """The id of what the series' agendas begin with, empty for the program's own order."""
    plan_asked = Signal()
    cancel_asked = Signal()
    series_asked = Signal()
    arrange_asked = Signal()
    keep_order_asked = Signal()
    templates_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: When | None = None
        self.meetings = self._combo("Meeting")
        self.meetings.activated.connect(lambda at: self.meeting_chosen.emit(str(self.meetings.itemData(at))))
        self.day = DayField()
        self.day.setAccessibleName("Day")
        self.time = TimeField()
        self.time.setAccessibleName("Starts at")
        self.place = QLineEdit()
        self.place.setAccessibleName("Place")
        for field in (self.day, self.time, self.place):
            field.editingFinished.connect(self._on_edited)
        self._weekday = label(look="hint")
        self._wrong = label(look="caution", wraps=True)
        self._wrong.hide()
        self._series = label(look="strong", wraps=True)
        self.templates = self._combo("Agenda begins with")
        self.templates.activated.connect(lambda at: self.template_chosen.emit(str(self.templates.itemData(at))))
        self.plan = self._button("&Plan another…", self.plan_asked)
        self.cancel = self._button("Cance&l it…", self.cancel_asked)
        self.series = self._button("&Series…", self.series_asked)
        self.arrange = self._button("Arran&ge by it", self.arrange_asked)
        self.keep_order = self._button("&Keep this order…", self.keep_order_asked)
        self.edit_templates = self._button("&Templates…", self.templates_asked)
        self._lay_out()

    def show_facts(self, view: PrepareView) -> None:
        """Show a meeting's facts; what is being typed is not taken away."""
        self._fill(self.meetings, _to_choose(view), view.id)
        active = [(one.id, one.name) for one in view.templates if not one.retired]
        self._fill(self.templates, [("", _PROGRAM), *active], view.series.template)
        starts = clock(view.starts, view.zone)
        shown = When(day=view.held_on, at=time.fromisoformat(starts), place=view.place)
        if shown != self._shown:
            self._shown = shown
            self.day.setText(view.held_on.isoformat())
            self.time.setText(starts)
            self.place.setText(view.place)
            self._wrong.hide()
        self._weekday.setText(view.when)
        every = f"every {view.series.every_days} days" if view.series.every_days != 1 else "every day"
        self._series.setText(f"{view.series.name}, {view.series.cadence or every}")
        for widget in (self.day, self.time, self.place, self.cancel):
            widget.setEnabled(view.planned)
        self.arrange.setEnabled(view.arrangeable and bool(view.items))
        self.keep_order.setEnabled(bool(view.items))

    def forget(self) -> None:
        """Empty every field."""
        self._shown = None
        for combo in (self.meetings, self.templates):
            combo.clear()
        for field in (self.day, self.time, self.place):
            field.setText("")
        for words in (self._weekday, self._series, self._wrong):
            words.setText("")

    def _on_edited(self) -> None:
        if self._shown is None:
            return
        problem = self.day.problem or self.time.problem
        day, at = (None, None) if problem else (self.day.day, self.time.time)
        if not problem and (day is None or at is None):
            problem = "a meeting has a day and a time."
        self._wrong.setText(problem[:1].upper() + problem[1:])
        self._wrong.setVisible(bool(problem))
        if day is None or at is None:
            return
        # Written as it is understood, whatever way it was typed.
        self.day.setText(day.isoformat())
        self.time.setText(f"{at:%H:%M}")
        when = When(day=day, at=at, place=self.place.text().strip())
        if when != self._shown:
            self._shown = when
            self.changed.emit(when)

    def _combo(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(14)
        return made

    def _fill(self, combo: QComboBox, choices: list[tuple[str, str]], chosen: str) -> None:
        with QSignalBlocker(combo):
            combo.clear()
            for id_, words in choices:
                combo.addItem(words, id_)
            combo.setCurrentIndex(max(0, combo.findData(chosen)))

    def _button(self, words: str, asked: object) -> QPushButton:
        made = Button(words)
        made.setProperty("look", "compact")
        made.clicked.connect(asked)
        return made

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(self, 10))
        grid.setVerticalSpacing(px(self, 6))
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            ("Meeting", (self.meetings, self.plan)),
            ("Day", (self.day, self.time, self._weekday)),
            ("Place", (self.place, self.cancel)),
            ("Series", (self._series, self.series)),
            ("Begins with", (self.templates, self.arrange)),
        )
        for number, (words, parts) in enumerate(rows):
            caption = label(words, "hint")
            caption.setBuddy(parts[0])
            grid.addWidget(caption, number, 0)
            line = QHBoxLayout()
            line.setSpacing(px(self, 8))
            for place, part in enumerate(parts):
                line.addWidget(part, 1 if place == 0 else 0)
            grid.addLayout(line, number, 1)
        self.time.setMaximumWidth(px(self, 84))
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.keep_order)
        foot.addWidget(self.edit_templates)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(self, 6))
        column.addLayout(grid)
        column.addWidget(self._wrong)
        column.addLayout(foot)


def _to_choose(view: PrepareView) -> list[tuple[str, str]]:
    """The meetings to go to, the one at hand among them or over them; those of another series with its name."""
    series = view.series.name
    found = [(one.id, one.title if one.detail == series else f"{one.title} · {one.detail}") for one in view.others]
    if view.id in (id_ for id_, _ in found):
        return found
    return [(view.id, f"{view.when} · {view.title}"), *found]
