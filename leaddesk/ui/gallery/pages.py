"""The pages behind the rail and the menu: filled, and as they are on a desk that has nothing yet."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from leaddesk.ui.background import settle
from leaddesk.ui.console.rail import PageName
from leaddesk.ui.desk_windows import DeskWindows


def shown(windows: DeskWindows) -> Iterator[tuple[str, QWidget]]:
    """Each page of the console but the meeting's, which ends up in front."""
    console = windows.workplace.console
    registers = windows.registers.pages
    for name in PageName:
        if name is PageName.MEETING:
            continue
        console.show_page(name)
        console.page_asked.emit(name)
        settle()
        yield f"page-{name.value}", console
        if name in registers:
            registers[name].visit().set_rows(())
            yield f"page-{name.value}-empty", console
            windows.registers.show_rows(name)
    console.show_page(PageName.MEETING)
