"""Every window and page as a picture: for looking at, and as the check that each can be shown at all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QThreadPool
from PySide6.QtWidgets import QApplication, QWidget

from leaddesk.services.drafts import ActionForm, AmendmentForm, AttendeeForm, ParticipantForm, PriorityForm
from leaddesk.services.paper_keys import for_new_desk
from leaddesk.services.registers import Registers, blank_release
from leaddesk.ui.console.keys import Command
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.cover import Cover
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.newdesk import NewDeskDialog
from leaddesk.ui.paper_key import PaperKeyDialog
from leaddesk.ui.registers.forms import (
    AttendeeFormDialog,
    ParticipantFormDialog,
    PriorityFormDialog,
    ReleaseFormDialog,
)
from leaddesk.ui.registers.minutes_forms import ActionFormDialog, AmendmentFormDialog, ReasonForm
from leaddesk.ui.restoring import PaperKeyForm, RestoreDialog
from leaddesk.ui.screens import Arrangement, ScreenFacts
from leaddesk.ui.theme import Theme, ThemeName
from leaddesk.ui.unlock import UnlockWindow

SIZES = (QSize(1366, 768), QSize(1920, 1080))


def pictures(windows: DeskWindows, theme: ThemeName, out: Path) -> list[Path]:
    """Writes a picture of each window and state of the demo desk, in one theme and two sizes; returns the files."""
    written = []
    for size in SIZES:
        for name, widget in _shown(windows, Theme.load(theme), size):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
            path = out / f"{name.replace(' ', '-')}-{theme.value}-{size.width()}.png"
            widget.grab().save(str(path))
            written.append(path)
    return written


def _shown(windows: DeskWindows, theme: Theme, size: QSize) -> Iterator[tuple[str, QWidget]]:
    """Each window in each state, ready to be looked at."""
    place = windows.workplace
    place.console.resize(size)
    place.projector.resize(size)
    controller = place.controller
    controller.command(Command.WIDEN)
    kinds: dict[str, str] = {}
    for item in controller.live.material.agenda:
        kinds.setdefault(str(getattr(item.fields["kind"], "value", "")), item.id)
    for kind, id_ in kinds.items():
        controller.live.select(id_)
        controller.command(Command.SHOW_SELECTED)
        yield f"projector-{kind}", place.projector
        yield f"console-{kind}", place.console
    controller.live.select(kinds["place"])
    controller.command(Command.SHOW_SELECTED)
    for command in (Command.FREEZE, Command.BLANK, Command.WALK_IN):
        controller.command(command)
        yield f"console-{command.value}", place.console
        yield f"projector-{command.value}", place.projector
    controller.live.walked_out()
    place.console.open_check_in()
    yield "console-check-in", place.console
    place.console.close_check_in()
    if "participant" in kinds:
        controller.live.select(kinds["participant"])
        windows.hearing.open()
        if windows.hearing.dialog is not None:
            yield "hearing", windows.hearing.dialog
        windows.hearing.close()
    for page in (PageName.PARTICIPANTS, PageName.PLACES, PageName.ACTIONS, PageName.PEOPLE, PageName.DOCUMENTS):
        place.console.show_page(page)
        place.console.page_asked.emit(page)
        yield f"page-{page.value}", place.console
    windows.preparing.show()
    yield f"page-{PageName.PREPARE.value}", place.console
    place.console.show_page(PageName.PREFLIGHT)
    windows.preflight.show()
    QThreadPool.globalInstance().waitForDone()
    yield f"page-{PageName.PREFLIGHT.value}", place.console
    place.console.show_page(PageName.LEDGER)
    windows.ledger.show()
    yield f"page-{PageName.LEDGER.value}", place.console
    place.console.page_asked.emit(PageName.BACKUPS)
    place.console.show_page(PageName.BACKUPS)
    yield f"page-{PageName.BACKUPS.value}", place.console
    place.console.show_page(PageName.USERS)
    windows.users.show()
    yield f"page-{PageName.USERS.value}", place.console
    place.console.show_page(PageName.MEETING)
    yield from _others(windows, theme, size)


def _others(windows: DeskWindows, theme: Theme, size: QSize) -> Iterator[tuple[str, QWidget]]:
    """Signing, unlocking, a new desk, and the forms."""
    windows.sign(windows.desk.user.id)
    windows.signing.showNormal()
    windows.signing.resize(size)
    yield "signing", windows.signing
    windows.finish_signing()
    yield from _covers()
    choices = windows.registers.read(Registers.choices)
    console = windows.workplace.console
    unlock = UnlockWindow(theme)
    unlock.set_folder(Path("Harbor LEAD"))
    unlock.set_banner("For authorized staff. What is opened, shown and printed goes on record.")
    forms: tuple[QWidget, ...] = (
        unlock,
        NewDeskDialog(unlock),
        PaperKeyDialog(for_new_desk(date(2026, 5, 6)), unlock),
        RestoreDialog(unlock),
        PaperKeyForm("", unlock),
        AttendeeFormDialog(AttendeeForm(), choices, console),
        ParticipantFormDialog(ParticipantForm(), choices, console),
        ReleaseFormDialog(blank_release(choices.participants[0].id), choices, console),
        PriorityFormDialog(PriorityForm(), choices, console),
        ActionFormDialog(ActionForm(id=""), "“Return the ID card” lacks an owner.", choices, console),
        ReasonForm(console),
        AmendmentFormDialog(AmendmentForm(meeting=""), choices, console),
    )
    for form in forms:
        form.show()
        yield f"form-{type(form).__name__.removesuffix('Dialog').lower()}", form
        form.close()


def _covers() -> Iterator[tuple[str, QWidget]]:
    """What asks the chair to look at one, two and three screens, and at a mirrored one."""
    laptop, room, hall = (_screen(name, 1366 * number) for number, name in enumerate(("Laptop", "Room 2", "Hall")))
    mirrored = _screen("Room 2", 0)
    for name, found in (
        ("one", Arrangement((laptop,), laptop, None)),
        ("two", Arrangement((laptop, room), laptop, room)),
        ("three", Arrangement((laptop, room, hall), laptop, hall)),
        ("mirrored", Arrangement((laptop, mirrored), laptop, None)),
    ):
        cover = Cover()
        cover.say("The screens have changed, so everything private is hidden", found)
        cover.show()
        yield f"cover-{name}", cover
        cover.close()


def _screen(name: str, left: int) -> ScreenFacts:
    return ScreenFacts(
        name=name, maker="", model="", serial="", geometry=(left, 0, 1366, 768), scale=1, primary=left == 0
    )
