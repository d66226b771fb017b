"""What there is before a desk is open: unlocking, a new desk, the paper key, and the cover over doubtful screens."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from leaddesk.errors import KnownError
from leaddesk.services.paper_keys import for_new_desk
from leaddesk.ui.cover import Cover, RehearsalFrame
from leaddesk.ui.newdesk import NewDeskDialog
from leaddesk.ui.paper_key import PaperKeyDialog
from leaddesk.ui.restoring import PaperKeyForm, RestoreDialog
from leaddesk.ui.screens import Arrangement, ScreenFacts
from leaddesk.ui.theme import Theme
from leaddesk.ui.unlock import UnlockWindow


def shown(theme: Theme) -> Iterator[tuple[str, QWidget]]:
    """Each window of a locked desk, or of none."""
    yield from _covers()
    frame = RehearsalFrame()
    frame.show()
    yield "rehearsal", frame
    frame.close()
    unlock = UnlockWindow(theme)
    unlock.set_banner("For authorized staff. What is opened, shown and printed goes on record.")
    unlock.show()
    yield "unlock-first", unlock
    unlock.set_folder(Path("Harbor LEAD"))
    yield "unlock", unlock
    unlock.show_error(KnownError("This passphrase does not open the desk.", todo="Try again."))
    yield "unlock-wrong", unlock
    for name, form in (
        ("newdesk", NewDeskDialog(unlock)),
        ("paperkey", PaperKeyDialog(for_new_desk(date(2026, 5, 6)), unlock)),
        ("restore", RestoreDialog(unlock)),
        ("paperkeyform", PaperKeyForm("", unlock)),
    ):
        form.show()
        yield f"form-{name}", form
        form.close()
    unlock.close()


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
