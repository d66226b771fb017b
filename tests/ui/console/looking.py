"""What a user could see of a window: what is cut, and what a screen reader would be silent about."""

from collections.abc import Iterator
from typing import Protocol, TypeVar

from PySide6.QtCore import QAbstractItemModel, QMargins, Qt, SignalInstance
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QToolButton, QWidget

from leaddesk.policy.desk_views import EntryKind
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.theme import Theme
from tests.ui.console import sample

W = TypeVar("W", bound=QWidget)


class ChecksModels(Protocol):
    """The part of the `qtmodeltester` fixture that is used."""

    def check(self, model: QAbstractItemModel) -> None: ...


def the(kind: type[W], window: QWidget, name: str = "") -> W:
    """The first widget of a kind under a window, with an accessible name that begins so."""
    return next(each for each in window.findChildren(kind) if each.accessibleName().startswith(name))


def caught(signal: SignalInstance) -> list[tuple[object, ...]]:
    """A list that grows by the arguments of every emission."""
    told: list[tuple[object, ...]] = []
    signal.connect(lambda *arguments: told.append(arguments))
    return told


def filled(projector_theme: Theme, theme: Theme) -> ConsoleWindow:
    """A console that shows the sample meeting."""
    made = ConsoleWindow(projector_theme, theme)
    made.bar.show_header(sample.HEADER, sample.NOW, "Room 2 projector")
    made.bar.show_room(sample.ROOM)
    made.meeting.agenda.show_agenda(sample.AGENDA)
    made.meeting.agenda.show_time(sample.HEADER, sample.NOW, sample.SPENT)
    made.meeting.stage.show_stage(sample.STAGE)
    made.meeting.stage.show_upcoming(sample.UPCOMING)
    made.meeting.stage.show_time("10:37", sample.SPENT, 5)
    made.meeting.private.show_side(sample.SIDE)
    made.meeting.entry.show_about([("", "P-7K3F"), ("p9", "also P-Q2M9")], "")
    made.meeting.entry.restore(EntryKind.UPDATE, sample.TEXT)
    made.meeting.entry.show_preview(sample.PREVIEW)
    made.check_in.show_people(sample.PEOPLE, 1, "a1")
    return made


def cut(window: QWidget) -> Iterator[str]:
    """Every visible label or button with less room than its words need."""
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text():
            if label.wordWrap():
                if label.height() < label.heightForWidth(label.width()):
                    yield label.text()
            elif label.width() < label.minimumSizeHint().width() or label.height() < label.fontMetrics().height():
                yield label.text()
    for button in window.findChildren(QAbstractButton):
        if isinstance(button, QToolButton):
            shown = button.isVisible() and button.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonIconOnly
            if shown and button.width() < button.fontMetrics().horizontalAdvance(button.text()) + 2:
                yield button.text()
        elif button.isVisible() and (button.text() or button.layout()):
            needed = button.minimumSizeHint().shrunkBy(QMargins(0, 0, 2, 2))
            if button.width() < needed.width() or button.height() < needed.height():
                yield button.accessibleName()


def too_wide(window: QWidget) -> Iterator[str]:
    """Every page that goes on at the right of a place that scrolls only up and down."""
    for scroll in window.findChildren(QScrollArea):
        page = scroll.widget()
        upright = scroll.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if page is not None and scroll.isVisible() and upright and page.width() > scroll.viewport().width():
            yield scroll.accessibleName() or type(scroll).__name__


def outside(window: QWidget) -> Iterator[str]:
    """Every visible control and word that is not wholly inside the window, but for what can be scrolled to."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            place = widget.rect().translated(widget.mapTo(window, widget.rect().topLeft()))
            if not window.rect().contains(place) and not _scrolls(widget, window):
                yield widget.accessibleName()
    for label in window.findChildren(QLabel):
        place = label.rect().translated(label.mapTo(window, label.rect().topLeft()))
        if label.isVisible() and label.text() and not window.rect().contains(place) and not _scrolls(label, window):
            yield label.text()


def silent(window: QWidget) -> Iterator[str]:
    """Everything that takes the focus and has no accessible name."""
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not _inner(widget):
            told = QAccessible.queryAccessibleInterface(widget)
            if not told.text(QAccessible.Text.Name).strip():
                yield f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"


def _inner(widget: QWidget) -> bool:
    """Parts that Qt makes: a chooser's popup list, the viewport of a list."""
    parent = widget.parentWidget()
    return parent is not None and (
        parent.inherits("QComboBoxPrivateContainer") or widget.objectName().startswith("qt_")
    )


def _scrolls(widget: QWidget, window: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if parent.inherits("QAbstractScrollArea"):
            return True
        parent = parent.parentWidget()
    return False
