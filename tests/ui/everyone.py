"""Looks at every window and state of the gallery for whoever doesn't see, doesn't point, or needs large letters.

``python -m tests.ui.everyone`` does so in every theme, size and font scale and says what it finds; tests do in some.
Each look is a process of its own: the platform takes the font scale once, when it starts.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from leaddesk.application import now
from leaddesk.services import meetings
from leaddesk.services.demo import PASSPHRASE, demo_desk
from leaddesk.services.opening import sign_in
from leaddesk.ui import gallery
from leaddesk.ui.background import settle
from leaddesk.ui.console.completion import Completion
from leaddesk.ui.console.keys import KEYS
from leaddesk.ui.console.parts import Button, px
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.projector.window import ProjectorWindow
from leaddesk.ui.registers.several import Several
from leaddesk.ui.screens import Screens
from leaddesk.ui.theme import Theme, ThemeName, apply
from tests.ui.console.looking import cut, outside, too_wide
from tests.vault.making import FLOOR

_CONTROLS = (
    *(QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit),
)
_ROLES = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane}
"""What tells a screen reader nothing of what can be done."""


class Look(NamedTuple):
    """How it is looked at."""

    theme: ThemeName
    width: int
    height: int
    scale: int
    """Of the fonts, in percent."""


CORNERS = (
    Look(ThemeName.LIGHT, 1366, 768, 100),
    Look(ThemeName.HIGH_CONTRAST, 1366, 768, 200),
    Look(ThemeName.DARK, 3840, 2160, 125),
)
SIZES = ((1366, 768), (1920, 1080), (3840, 2160))
SCALES = (100, 125, 150, 200)
EVERY_LOOK = tuple(Look(theme, *size, scale) for theme, size, scale in product(ThemeName, SIZES, SCALES))


class Seen(NamedTuple):
    """What a look saw."""

    windows: list[str]
    classes: list[str]
    findings: list[str]


def look(desk: Path, how: Look) -> Seen:
    """What somebody sees who looks at a copy of a demo desk, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="leaddesk-everyone-") as folder:
        shutil.copytree(desk, Path(folder) / "desk")
        dpi = how.scale * 96 // 100
        one = {"width": how.width, "height": how.height, "y": 0, "logicalDpi": dpi, "logicalBaseDpi": dpi, "dpr": 1}
        screens = [one | {"name": "Laptop", "x": 0}, one | {"name": "Room 2", "x": how.width}]
        file = Path(folder) / "screens.json"
        file.write_text(json.dumps({"synchronousWindowSystemEvents": False, "screens": screens}), encoding="utf-8")
        told = [str(part) for part in how]
        root = Path(__file__).parents[2]
        environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}", "PYTHONPATH": str(root)}
        run = subprocess.run(
            [sys.executable, "-m", "tests.ui.everyone", str(Path(folder) / "desk"), *told],
            env=environment, cwd=root, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if run.returncode:
        raise AssertionError(f"{how}: {run.stdout[-2000:]}\n{run.stderr[-4000:]}")
    return Seen(*json.loads(run.stdout.splitlines()[-1]))


def _look_here(desk: Path, how: Look) -> Seen:
    application = QApplication([])
    application.setApplicationName("LeadDesk")
    theme = Theme.load(how.theme)
    apply(application, theme)
    opened = sign_in(desk, PASSPHRASE, clock=now)
    meeting = opened.do(meetings.latest)
    assert meeting is not None
    windows = DeskWindows(opened, meeting, (Theme.load(ThemeName.LIGHT), theme), now, Screens(), rehearsal=True)
    seen = Seen([], [], [])
    focused: set[str] = set()
    windows.open()
    try:
        size = QSize(how.width, how.height)
        for name, widget in gallery.shown(windows, theme, size):
            settle()
            seen.windows.append(name)
            seen.classes.extend({_name_of(each) for each in (widget, *_visible(widget))} - set(seen.classes))
            seen.findings.extend(f"{name}: {found}" for found in findings(widget, size, focused))
    finally:
        windows.close()
    return seen


def findings(window: QWidget, size: QSize, focused: set[str]) -> Iterator[str]:
    """Everything that somebody could not see, hear of or reach in a window."""
    if isinstance(window, QMenu):
        yield from _in_menu(window)
        return
    yield from _silent(window)
    yield from (f"cut: {each}" for each in cut(window))
    yield from (f"outside: {each}" for each in outside(window))
    yield from (f"wider than its place: {each}" for each in too_wide(window))
    too_large = window.width() > size.width() or window.height() > size.height()
    if too_large and not isinstance(window, ProjectorWindow):
        yield f"larger than the screen: {window.width()} x {window.height()}"
    yield from _without_role(window)
    yield from _deaf_to_enter(window)
    yield from _alike(window)
    yield from _not_by_tab(window, focused)


def _visible(window: QWidget) -> list[QWidget]:
    return [each for each in window.findChildren(QWidget) if each.isVisibleTo(window)]


def _name_of(widget: QWidget) -> str:
    return f"{type(widget).__module__}.{type(widget).__qualname__}"


def _words(widget: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(widget)
    return f"{type(widget).__name__} “{told.text(QAccessible.Text.Name)}”"


def _takes_tab(widget: QWidget) -> bool:
    """Whether it is a stop of the Tab key: what Qt makes inside of others is none."""
    parent = widget.parentWidget()
    inner = widget.objectName().startswith("qt_") or isinstance(parent, (QComboBox, QAbstractSpinBox))
    return (
        widget.isVisible()
        and widget.isEnabled()
        and not inner
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
    )


def _silent(window: QWidget) -> Iterator[str]:
    for widget in _visible(window):
        told = QAccessible.queryAccessibleInterface(widget)
        if _takes_tab(widget) and not told.text(QAccessible.Text.Name).strip():
            yield f"says nothing: {type(widget).__name__} in {type(widget.parentWidget()).__name__}"


def _without_role(window: QWidget) -> Iterator[str]:
    for widget in _visible(window):
        # What only scrolls has nothing that could be done with it.
        reads = isinstance(widget, QScrollArea)
        if _takes_tab(widget) and not reads and QAccessible.queryAccessibleInterface(widget).role() in _ROLES:
            yield f"no role: {_words(widget)}"
    for widget in _visible(window):
        inner = widget.objectName().startswith("qt_") or isinstance(
            widget.parentWidget(), (QComboBox, QAbstractSpinBox)
        )
        if isinstance(widget, _CONTROLS) and widget.isEnabled() and not inner and widget.focusProxy() is None:
            # The names on offer are walked with the arrows while the line keeps the focus.
            if isinstance(widget, (QHeaderView, Completion)) or _is_one_of_several(widget):
                continue
            if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield f"no stop of Tab: {_words(widget)}"


def _deaf_to_enter(window: QWidget) -> Iterator[str]:
    for widget in _visible(window):
        # In a dialog Qt itself presses such a button.
        if not isinstance(widget, QPushButton) or isinstance(widget, Button):
            continue
        in_dialog = isinstance(widget.window(), QDialog) and widget.autoDefault()
        if _takes_tab(widget) and not in_dialog:
            yield f"not pressed by Enter: {_words(widget)}"


def _alike(window: QWidget) -> Iterator[str]:
    """Letters and keys that two things in one window answer to."""
    letters: Counter[str] = Counter()
    for widget in _visible(window):
        if not widget.isEnabled():
            continue
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
            letters.update([QKeySequence.mnemonic(widget.text()).toString()])
    keys: Counter[str] = Counter()
    for action in window.findChildren(QAction) if isinstance(window, ConsoleWindow) else window.actions():
        keys.update({sequence.toString() for sequence in action.shortcuts()})
    keys.update(shortcut.key().toString() for shortcut in window.findChildren(QShortcut) if shortcut.isEnabled())
    for what in (letters, keys, letters + keys):
        yield from (f"two answer to {key}" for key, times in what.items() if key and times > 1)


def _in_menu(menu: QMenu) -> Iterator[str]:
    letters = Counter(QKeySequence.mnemonic(action.text()).toString() for action in menu.actions())
    yield from (f"two answer to {key}" for key, times in letters.items() if key and times > 1)
    if not menu.accessibleName():
        yield "the menu says nothing"


def _not_by_tab(window: QWidget, focused: set[str]) -> Iterator[str]:
    """What Tab does not come to within one turn, and where the focus can't be seen."""
    stops = [widget for widget in _visible(window) if _takes_tab(widget)]
    if not stops:
        return
    if not window.isActiveWindow():
        window.activateWindow()
        if not QTest.qWaitForWindowActive(window, 1000):
            yield "does not get the keyboard"
            return
    stops[0].setFocus()
    come_to: list[QWidget] = []
    for _ in range(3 * len(stops) + 10):
        at = QApplication.focusWidget()
        if at is None:
            yield "Tab leads nowhere"
            return
        if at in come_to and at is stops[0]:
            break
        if at not in come_to:
            come_to.append(at)
        yield from _unseen_focus(window, at, focused)
        QTest.keyClick(at, Qt.Key.Key_Tab)
    # Of choices that exclude each other Tab comes to one, and the arrows to the others.
    come_to_choices = {_group_of(each) for each in come_to}
    for each in stops:
        other_choice = _group_of(each) is not None and _group_of(each) in come_to_choices
        if each.isVisible() and each not in come_to and not other_choice:
            yield f"not by Tab: {_words(each)}"


def _group_of(widget: QWidget) -> QButtonGroup | None:
    group: QButtonGroup | None = widget.group() if isinstance(widget, QAbstractButton) else None
    return group


def _is_one_of_several(widget: QWidget) -> bool:
    """Whether Tab comes to another of the same choices, and the arrows from there to this one."""
    row = widget.parentWidget()
    if isinstance(row, Several):
        return any(_takes_tab(box) for box in row.boxes)
    if not isinstance(widget, QAbstractButton) or widget.isChecked():
        return False
    group = _group_of(widget)
    return widget.autoExclusive() if group is None else group.exclusive()


def _unseen_focus(window: QWidget, widget: QWidget, done: set[str]) -> Iterator[str]:
    """Whether the focus makes no difference to the eye, looked at once for each kind of widget."""
    kind = f"{_name_of(widget)} {widget.property('look')}"
    if kind in done or not window.isAncestorOf(widget):
        return
    done.add(kind)
    around = px(window, 20)
    place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size()).adjusted(
        -around, -around, around, around
    )
    with_focus = window.grab(place).toImage()
    widget.clearFocus()
    without = window.grab(place).toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    if with_focus == without:
        yield f"focus not seen: {_words(widget)}"


def twice_on_the_keyboard() -> list[str]:
    """Keys that two commands of the console have."""
    keys = Counter(sequence for key in KEYS for sequence in (*key.anywhere, *key.outside_text))
    return [key for key, times in keys.items() if times > 1]


def main() -> None:
    if len(sys.argv) > 1:
        desk, theme, *numbers = sys.argv[1:]
        print(json.dumps(_look_here(Path(desk), Look(ThemeName(theme), *map(int, numbers)))))
        return
    with tempfile.TemporaryDirectory(prefix="leaddesk-everyone-") as folder:
        desk_folder = Path(folder) / "desk"
        demo_desk(desk_folder, clock=now, kdf=FLOOR).lock()
        for how in EVERY_LOOK:
            print(how.theme.value, f"{how.width} x {how.height}", f"{how.scale} %")
            for found in look(desk_folder, how).findings:
                print(f"  {found}")


if __name__ == "__main__":
    main()
