"""``python -m tests.promises.user FOLDER HOW``: a chair who uses every window of the demo desk, full of markers.

Everything private on the desk says `MARKER`, and so does whatever the chair types. A *thorough* chair shows every
item of the agenda in the end; a *quick* one has shown one of each kind. It says *used* and waits to be killed. A
*careless* one opens no window and lets the database keep temporary tables in files, as a check that the promise would
notice.
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from PySide6.QtCore import QEventLoop, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from sqlalchemy.orm import aliased

from leaddesk.models import Base, StoredText
from leaddesk.models.base import class_of, columns, is_prose
from leaddesk.policy.desk_views import EntryKind
from leaddesk.policy.views import CopyKind
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import agreements, meetings, papers
from leaddesk.services.demo import PASSPHRASE
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.opening import sign_in
from leaddesk.ui import gallery
from leaddesk.ui.console.keys import Command
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.screens import Screens
from leaddesk.ui.theme import Theme, ThemeName, apply, load_fonts
from leaddesk.vault import connection
from tests.journeys.stage import START

MARKER = "Zqvexilla"

_PRIVATE = frozenset(InformationClass) - {
    InformationClass.PUBLIC,
    InformationClass.OPERATIONS,
    InformationClass.ADMIN,
}


def main(folder: str, how: str) -> None:
    with ExitStack() as stack:
        if how == "careless":
            stack.enter_context(patch.object(connection, "_set", _set_carelessly))
        desk = sign_in(Path(folder), PASSPHRASE, clock=_clock)
        desk.do(_mark)
        desk.do(_sort)
        held = None if how == "careless" else _use(desk, thorough=how == "thorough")
        print("used", flush=True)
        sys.stdin.read()
        del held


def _use(desk: Desk, *, thorough: bool) -> tuple[DeskWindows, QApplication]:
    """The windows of a desk, open, after everything has been done in them."""
    meeting = desk.do(meetings.latest)
    assert meeting is not None
    qt, theme = QApplication([]), Theme.load(ThemeName.LIGHT)
    load_fonts()
    apply(qt, theme)
    windows = DeskWindows(desk, meeting, (theme, theme), _clock, Screens(), rehearsal=True)
    windows.open()
    _look_at_everything(windows, theme)
    if thorough:
        _show_every_item(windows)
    _write(windows)
    _print(desk, meeting)
    return windows, qt


def _clock() -> datetime:
    return START


def _set_carelessly(to: Any, name: str, value: str | int, reads_back: str | int) -> None:
    if name == "temp_store":
        value, reads_back = "FILE", 1
    _set(to, name, value, reads_back)


_set = connection._set


def _mark(unit: Unit) -> None:
    """Puts the marker before every private word on the desk."""
    for row in (mapper.class_ for mapper in Base.registry.mappers):
        for _, column in columns(row):
            if isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum) and _is_private(column):
                words = f'"{column.name}"'
                marking = f'UPDATE "{column.table.name}" SET {words} = ? || {words} WHERE {words} != ?'
                unit.rows.connection().exec_driver_sql(marking, (f"{MARKER} ", ""))


def _is_private(column: "sa.Column[Any]") -> bool:
    return is_prose(column) or class_of(column) in _PRIVATE


def _sort(unit: Unit) -> None:
    """Sorts more than a database keeps in its memory."""
    one, other, third = (aliased(StoredText) for _ in range(3))
    words = sa.select(one.body, other.body).join(other, sa.true()).join(third, third.id < 5)
    unit.rows.connection().exec_driver_sql("PRAGMA cache_size = -1000")
    unit.rows.execute(words.order_by(sa.func.random())).first()


def _look_at_everything(windows: DeskWindows, theme: Theme) -> None:
    """Every window in every state, something typed wherever that is possible."""
    typed: list[QWidget] = []
    for _, widget in gallery.shown(windows, theme, QSize(1366, 768)):
        _settle()
        for field in _fields(widget):
            if field not in typed:
                field.setFocus()
                QTest.keyClicks(field, MARKER)
                typed.append(field)


def _show_every_item(windows: DeskWindows) -> None:
    controller = windows.workplace.controller
    for item in controller.live.material.agenda:
        controller.live.select(item.id)
        controller.command(Command.SHOW_SELECTED)
        _settle()


def _fields(widget: QWidget) -> Iterator[QWidget]:
    """Where something can be typed in a window now."""
    fields: Iterator[QLineEdit | QPlainTextEdit | QTextEdit] = chain(
        widget.findChildren(QLineEdit), widget.findChildren(QPlainTextEdit), widget.findChildren(QTextEdit)
    )
    return (field for field in fields if field.isVisible() and field.isEnabled() and not field.isReadOnly())


def _write(windows: DeskWindows) -> None:
    """Files entries, leaves one half-written, and copies words as a chair does."""
    entry = windows.workplace.console.meeting.entry
    for kind in (EntryKind.UPDATE, EntryKind.DECISION):
        entry.filed.emit(kind, f"{MARKER} has moved.", "", "")
    entry.restore(EntryKind.UPDATE, f"{MARKER} is looking for", "")
    QGuiApplication.clipboard().setText(MARKER)
    _settle()


def _print(desk: Desk, meeting: str) -> None:
    """Prints what can be printed, to nowhere."""
    for kind in (CopyKind.PUBLIC, CopyKind.ROOM, CopyKind.RECORD):
        assert desk.do(papers.print_minutes, meeting, kind, desk.everyday).pdf
    assert desk.do(papers.print_minutes, meeting, CopyKind.RECIPIENT, desk.everyday, desk.user.id).pdf
    assert desk.do(papers.print_agreement, "en", desk.do(agreements.newest)).pdf


def _settle() -> None:
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


if __name__ == "__main__":
    main(*sys.argv[1:])
