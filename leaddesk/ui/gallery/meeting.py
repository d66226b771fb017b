"""The meeting: each kind of item, what the room's keys do to it, the line, check-in, and what the desk tells."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QTabWidget, QWidget

from leaddesk.policy.desk_views import ConflictRow, EntryKind, Suggestion
from leaddesk.ui.appearance import Appearance
from leaddesk.ui.console.conflicts import ConflictsDialog
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.sheet import KeysSheet
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.theme import Theme

_SMALL = QSize(1024, 600)
"""At which three panels become tabs."""


def shown(windows: DeskWindows, theme: Theme) -> Iterator[tuple[str, QWidget]]:
    """The states of the meeting at hand, the console's and the projector's beside each other."""
    windows.workplace.controller.command(Command.WIDEN)
    yield from _items(windows)
    yield from _screen(windows)
    yield from _lines(windows)
    yield from _notices(windows.workplace.console)
    yield from _check_in(windows)
    yield from _asking(windows, theme)
    yield from _compact(windows.workplace.console)


def first_of_each_kind(windows: DeskWindows) -> dict[str, str]:
    """The id of the first item of each kind that is on the agenda."""
    kinds: dict[str, str] = {}
    for item in windows.workplace.controller.live.material.agenda:
        kinds.setdefault(str(getattr(item.fields["kind"], "value", "")), item.id)
    return kinds


def _show(windows: DeskWindows, kind: str) -> None:
    controller = windows.workplace.controller
    controller.live.select(first_of_each_kind(windows)[kind])
    controller.command(Command.SHOW_SELECTED)


def _items(windows: DeskWindows) -> Iterator[tuple[str, QWidget]]:
    place = windows.workplace
    for kind in first_of_each_kind(windows):
        _show(windows, kind)
        yield f"projector-{kind}", place.projector
        yield f"console-{kind}", place.console
    _show(windows, "actions")
    place.controller.command(Command.NEXT)
    yield "projector-paged", place.projector
    yield "console-paged", place.console


def _screen(windows: DeskWindows) -> Iterator[tuple[str, QWidget]]:
    place = windows.workplace
    _show(windows, "place")
    for command in (Command.FREEZE, Command.BLANK, Command.WALK_IN):
        place.controller.command(command)
        place.console.close_check_in()
        yield f"console-{command.value}", place.console
        yield f"projector-{command.value}", place.projector
    place.controller.live.walked_out()
    place.controller.refresh()
    yield "console-waits", place.console
    place.controller.command(Command.WIDEN)
    place.controller.live.set_screen(there=False)
    place.controller.command(Command.SHOW_SELECTED)
    place.controller.refresh()
    yield "console-lost-screen", place.console
    place.controller.live.set_screen(there=True)
    place.controller.refresh()


def _lines(windows: DeskWindows) -> Iterator[tuple[str, QWidget]]:
    """The line at the foot, for each kind of entry, with something typed and with its safe wordings open."""
    console, typed = windows.workplace.console, "Okafor asks the clinic for a letter by 20 May"
    _show(windows, "participant")
    entry = console.meeting.entry
    for kind in EntryKind:
        entry.choose_kind(kind)
        yield f"console-line-{kind.value}", console
    entry.restore(EntryKind.ACTION, typed)
    windows.workplace.controller.refresh()
    entry.open_safe()
    yield "console-line-safe", console
    entry.clear()
    entry.choose_kind(EntryKind.UPDATE)
    console.activateWindow()
    QApplication.processEvents()
    entry.focus()
    entry.suggest((Suggestion(words="Angela Brooks", detail="P-7K3F"),))
    yield "console-line-names", console
    entry.suggest(())
    _show(windows, "place")
    entry.filed.emit(EntryKind.UPDATE, "The city looks at the lights.", "", "")
    yield "console-line-filed", console
    entry.choose_kind(EntryKind.UPDATE)


def _notices(console: ConsoleWindow) -> Iterator[tuple[str, QWidget]]:
    """News, a caution with something to do, and one line more than there is room for."""
    said = {
        "gallery 1": "The update about the item before was taken back.",
        "gallery 2": "Nobody has touched the desk: it locks in 40 s. Any key or the mouse keeps it open.",
        "gallery 3": "Those who were in the room may know who P-7K3F is.",
        "gallery 4": "This computer's clock says 10:12, but the ledger's last entry is of 10:37.",
    }
    for number, (topic, words) in enumerate(said.items()):
        offer = ("New case code", console.meeting.entry.focus) if number == 2 else None
        console.notice.say(topic, words, offer, calm=number == 0)
    yield "console-notices", console
    for topic in said:
        console.notice.say(topic, "")


def _check_in(windows: DeskWindows) -> Iterator[tuple[str, QWidget]]:
    console = windows.workplace.console
    people = console.check_in
    console.open_check_in()
    yield "console-check-in", console
    line = people.findChildren(QLineEdit)[0]
    line.setText("Bell")
    yield "console-check-in-person", console
    line.setText("L")
    line.setFocus()
    QApplication.sendEvent(people, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))
    yield "console-check-in-alike", console
    line.setText("Zoe Quist")
    yield "console-check-in-nobody", console
    _button(people, "Not on the list").click()
    yield "console-check-in-newcomer", console
    people.focus()
    line.setText("Bell")
    _button(people, "Mend arrival").click()
    yield "console-check-in-ask", console
    people.focus()
    console.carry_out(Command.WALK_IN)
    yield "console-check-in-walk-in", console
    windows.workplace.controller.live.walked_out()
    windows.workplace.controller.command(Command.WIDEN)
    console.close_check_in()


def _asking(windows: DeskWindows, theme: Theme) -> Iterator[tuple[str, QWidget]]:
    """What opens over the console: find or do anything, what can be mended, who may hear this, keys, the menu."""
    console = windows.workplace.console
    _show(windows, "participant")
    windows.finding.open()
    palette = windows.finding.palette
    if palette is not None:
        yield "palette", palette
        palette.line.setText("Zzz")
        yield "palette-nothing", palette
    windows.finding.close()
    windows.hearing.open()
    if windows.hearing.dialog is not None:
        yield "hearing", windows.hearing.dialog
    windows.hearing.close()
    windows.registers.mending.ask()
    yield "menu-mend", windows.registers.mending.menu
    windows.registers.mending.close()
    console.show_appearance(Appearance().chosen)
    for menu in (console.menu, *(one for one in console.menu.findChildren(QMenu))):
        menu.popup(console.mapToGlobal(console.rect().topLeft()))
        yield f"menu-{menu.accessibleName()}", menu
        menu.close()
    console.carry_out(Command.KEYS)
    sheet = console.findChild(KeysSheet)
    if sheet is not None:
        yield "keys", sheet
        sheet.close()
    conflicts = ConflictsDialog(theme, may_decide=True, parent=console)
    told = ConflictRow(id="x1", attendee="a1", who="Tom Bell", whom="Angela Brooks", how="named when signing")
    conflicts.show_rows([told])
    conflicts.show()
    yield "conflicts", conflicts
    conflicts.close()


def _compact(console: ConsoleWindow) -> Iterator[tuple[str, QWidget]]:
    """A small screen, or a large font scale: each panel a tab."""
    size = console.size()
    console.resize(_SMALL)
    tabs = console.meeting.findChildren(QTabWidget)[0]
    for number in range(tabs.count()):
        tabs.setCurrentIndex(number)
        yield f"console-compact-{tabs.tabText(number)}", console
    console.resize(size)


def _button(widget: QWidget, words: str) -> QAbstractButton:
    """The button that can be pressed now and begins with these words."""
    buttons = widget.findChildren(QAbstractButton)
    return next(one for one in buttons if one.isVisible() and one.text().replace("&", "").strip().startswith(words))
