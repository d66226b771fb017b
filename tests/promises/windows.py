"""LeadDesk's windows on whatever screens there are, told by lines on standard input what to do.

Every private window is painted in one color, and so is everything on it. Each line is answered with ``done``; a
change of the screens is told with ``hidden``, once everybody who is told of it has done what they do.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QMenu, QToolTip

from leaddesk.errors import KnownError
from leaddesk.services import meetings
from leaddesk.services.opening import sign_in
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.screens import Screens
from leaddesk.ui.theme import Theme, ThemeName, apply
from tests.vault.making import NOON, PASSPHRASE

MARK = b"\xb7\x13\xe0"
"""Blue, green, red."""
_MARKED = "* { background: #e013b7; color: #e013b7; border: none; }"


class Marked:
    """The windows of a desk, and what a chair and a signer do at them."""

    def __init__(self, folder: Path, screens: Screens) -> None:
        light = Theme.load(ThemeName.LIGHT)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply(application, light)
        self.screens = screens
        desk = sign_in(folder, PASSPHRASE, clock=lambda: NOON)
        meeting = desk.do(meetings.at_hand)
        self.windows = DeskWindows(desk, meeting, (light, light), lambda: NOON, self.screens)
        self.place = self.windows.workplace
        for window in (self.place.console, self.windows.signing):
            window.setStyleSheet(_MARKED)
        self._menu = QMenu(self.place.console)
        self._menu.addAction("Private")
        self.place.open()

    def do(self, line: str) -> None:
        """Carries out a line."""
        verb, _, what = line.partition(" ")
        match verb:
            case "restore":
                self.place.cover.restored.emit()
            case "mine" | "room":
                chosen = next(one for one in self.screens.arrangement.screens if one.name == what)
                (self.place.cover.mine_chosen if verb == "mine" else self.place.cover.room_chosen).emit(chosen)
            case "open":
                self.open(what)
            case "clear":
                self.clear()
            case _:
                raise ValueError(line)

    def open(self, what: str) -> None:
        """Opens something private, as it is opened in the program."""
        console = self.place.console
        match what:
            case "form":
                self.windows.registers.open_form("attendee", "Rosa Vang")
            case "message":
                self.windows.tell(KnownError("Something happened.", todo="Do something."))
            case "question":
                # It waits in an event loop of its own.
                QTimer.singleShot(0, console, lambda: QInputDialog.getItem(console, "LeadDesk", "Which?", ["One"]))
            case "menu":
                self._menu.popup(console.mapToGlobal(console.rect().topRight()))
            case "tooltip":
                QToolTip.showText(console.mapToGlobal(console.rect().topRight()), "Private", console)
            case "signing":
                self.windows.sign(self.windows.desk.user.id)

    def clear(self) -> None:
        """Closes what was opened."""
        self._menu.hide()
        QToolTip.hideText()
        self.windows.finish_signing()
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog):
                window.done(QDialog.DialogCode.Rejected)


def main(folder: Path) -> int:
    """Shows the windows until standard input ends."""
    application = QApplication(sys.argv[:1])
    marked = Marked(folder, Screens())
    marked.screens.changed.connect(lambda: print("hidden", flush=True))

    def answer() -> None:
        line = sys.stdin.readline()
        if not line:
            application.quit()
            return
        marked.do(line.strip())
        QTimer.singleShot(0, application, settled)

    def settled() -> None:
        # Shown, painted and sent, each of which the window system answers.
        for _ in range(3):
            application.sync()
        print("done", flush=True)

    heard = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    heard.activated.connect(answer)
    print("ready", flush=True)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
