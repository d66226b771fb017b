"""One whole meeting on the demo desk, driven through the real windows, and everything that comes out of it.

For ``leaddesk demo --export``: pictures of the projector at each step, of the console and the signing page, the PDFs,
and a manifest that says for whom each file is.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from math import sin
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from leaddesk.policy.desk_views import EntryKind, Whereabouts
from leaddesk.policy.disclosure import THE_PUBLIC
from leaddesk.policy.views import CopyKind
from leaddesk.services import agreements, meetings, minutes, papers
from leaddesk.services.desk import Desk
from leaddesk.services.papers import Printed
from leaddesk.ui.console.keys import Command
from leaddesk.ui.desk_windows import DeskWindows
from leaddesk.ui.signing.pad import SignaturePad

PROJECTOR, CONSOLE = QSize(1920, 1080), QSize(1366, 768)


@dataclass
class Rehearsal:
    """Plays the meeting and writes what comes out into a folder.

    Args:
        desk: the demo desk, in mid-meeting.
        windows: its windows, open.
        out: an empty folder.
        pass_by: lets minutes of the demo's time go by.
    """

    desk: Desk
    windows: DeskWindows
    out: Path
    pass_by: Callable[[int], None]
    files: list[dict[str, object]] = field(default_factory=list)

    def play(self) -> list[Path]:
        """The files that were written, the manifest last."""
        place = self.windows.workplace
        place.projector.resize(PROJECTOR)
        place.console.resize(CONSOLE)
        for number, step in enumerate(self._steps(), start=1):
            step()
            self.pass_by(4)
            self.windows.workplace.controller.refresh()
            _settle()
            name = step.__name__.lstrip("_").replace("_", "-")
            self._picture(place.projector, f"projector-{number:02}-{name}.png", "projector", self._room())
            self._picture(place.console, f"console-{number:02}-{name}.png", "console", [self._user()])
        self._signing()
        self._close_and_print()
        manifest = self.out / "manifest.json"
        manifest.write_text(json.dumps({"files": self.files}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return [*(self.out / str(file["name"]) for file in self.files), manifest]

    def _steps(self) -> Iterable[Callable[[], None]]:
        return (
            self._idle,
            self._overview,
            self._participant_by_name,
            self._a_provider_walks_in,
            self._the_same_by_code,
            self._update_and_action_are_filed,
            self._place,
            self._actions,
            self._walk_in,
        )

    def _idle(self) -> None:
        self._command(Command.IDLE)

    def _overview(self) -> None:
        self._command(Command.WIDEN)
        self._show("overview")

    def _participant_by_name(self) -> None:
        self._show("participant", by_name=True)

    def _a_provider_walks_in(self) -> None:
        self.windows.workplace.controller.console.check_in.checked_in.emit(
            self._attendee("Hart"), Whereabouts.ROOM, ""
        )

    def _the_same_by_code(self) -> None:
        _wait_for(lambda: not self.windows.workplace.driver.pausing)
        self._command(Command.SHOW_SELECTED)

    def _update_and_action_are_filed(self) -> None:
        self._type(EntryKind.UPDATE, "Interview moved to Thursday.", "The next step is on Thursday.")
        self._type(EntryKind.DECISION, "The group asks for one court date.", "")
        self._type(EntryKind.ACTION, "ask the clinic for a letter okafor friday", "")
        self._command(Command.SHOW_SELECTED)

    def _place(self) -> None:
        self._show("place")

    def _actions(self) -> None:
        self._show("actions")

    def _walk_in(self) -> None:
        self._command(Command.WALK_IN)

    def _signing(self) -> None:
        """Somebody who has not signed comes in and signs on the sealed page."""
        live = self.windows.workplace.controller.live
        live.walked_out()
        signer = self._attendee("Ruiz")
        self.windows.sign(signer)
        page = self.windows.signing
        page.showNormal()
        page.resize(CONSOLE)
        _settle()
        page.read_to_end()
        page.about.no.click()
        _draw(page.signature.pad)
        _settle()
        self._picture(page, "signing.png", "signing page", [self._name(signer)])
        page.go_on.click()
        _settle()
        self._picture(page, "signing-read-back.png", "signing page", [self._name(signer)])
        page.go_on.click()
        self.windows.finish_signing()
        live.arrive(signer)
        _settle()

    def _close_and_print(self) -> None:
        meeting = self.windows.workplace.controller.live.meeting
        live = self.windows.workplace.controller.live
        live.do(meetings.set_next_meeting, meeting, None)
        live.close()
        live.do(minutes.finalize, meeting)
        everyday = self.desk.everyday
        for kind in (CopyKind.PUBLIC, CopyKind.ROOM, CopyKind.RECORD):
            self._paper(self.desk.do(papers.print_minutes, meeting, kind, everyday))
        for family in ("Ellis", "Okafor", "Hart"):
            recipient = self._attendee(family)
            self._paper(self.desk.do(papers.print_minutes, meeting, CopyKind.RECIPIENT, everyday, recipient))
        self._paper(self.desk.do(papers.print_agreement))
        self._paper(self.desk.do(papers.print_agreement, "en", self.desk.do(agreements.newest)))

    # Hands and eyes

    def _command(self, command: Command) -> None:
        self.windows.workplace.controller.command(command)

    def _show(self, kind: str, *, by_name: bool = False) -> None:
        controller = self.windows.workplace.controller
        live = controller.live
        for item in live.material.agenda:
            if str(getattr(item.fields["kind"], "value", "")) != kind:
                continue
            participant = item.links.get("participant")
            if by_name and not live.watch.disclosure(item.id).may_name(str(participant)):
                continue
            live.select(item.id)
            controller.command(Command.SHOW_SELECTED)
            return

    def _type(self, kind: EntryKind, words: str, safe: str) -> None:
        entry = self.windows.workplace.console.meeting.entry
        entry.restore(kind, words, safe)
        entry.filed.emit(kind, words, "", safe)

    def _room(self) -> list[str]:
        live = self.windows.workplace.controller.live
        members = live.watch.room.audience(live.live_item).members
        if THE_PUBLIC in members:
            return []
        return sorted(self._name(one) for one in members if one in live.watch.facts.people)

    def _user(self) -> str:
        return self._name(self.desk.user.id)

    def _name(self, attendee: str) -> str:
        return self.windows.workplace.controller.live.watch.facts.people[attendee].name

    def _attendee(self, family: str) -> str:
        people = self.windows.workplace.controller.live.watch.facts.people.values()
        return next(person.id for person in people if person.name.endswith(family))

    def _picture(self, widget: QWidget, name: str, kind: str, audience: list[str]) -> None:
        path = self.out / name
        widget.grab().save(str(path))
        self._list(name, kind, audience, path.read_bytes())

    def _paper(self, printed: Printed) -> None:
        (self.out / printed.name).write_bytes(printed.pdf)
        self._list(printed.name, printed.kind, list(printed.audience) or "public", printed.pdf)

    def _list(self, name: str, kind: str, audience: list[str] | str, content: bytes) -> None:
        # A room in which nobody is known, or a stranger stands, is the public.
        digest = sha256(content).hexdigest()
        self.files.append({"name": name, "kind": kind, "audience": audience or "public", "sha256": digest})


def _draw(pad: SignaturePad) -> None:
    """Signs with the mouse: a name-like wave and a line under it."""
    width, height = pad.width(), pad.height()
    wave = [
        QPoint(int(width * (0.12 + step * 0.012)), int(height * (0.5 - 0.3 * sin(step * 0.9)))) for step in range(50)
    ]
    line = [QPoint(int(width * (0.2 + step * 0.05)), int(height * 0.8)) for step in range(11)]
    for points in (wave, line):
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[0])
        for point in points[1:]:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[-1])


def _settle() -> None:
    """Lets layouts and paintings that were asked for happen; some ask for another round."""
    for _ in range(6):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QApplication.sendPostedEvents()


def _wait_for(condition: Callable[[], bool]) -> None:
    while not condition():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
