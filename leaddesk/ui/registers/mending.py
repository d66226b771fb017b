"""Mending a participant's facts from the meeting or the register: forms, and what they changed for the room."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from leaddesk.policy.checkin import check_in_rows
from leaddesk.policy.desk_views import CheckInRow, Found, Signature, Whereabouts
from leaddesk.policy.disclosure import Appearance
from leaddesk.policy.mending import Classes, new_code_words, rights, room_change
from leaddesk.policy.standing import Standing
from leaddesk.policy.why import listed
from leaddesk.services import agreements, participants, ties
from leaddesk.services.desk import Desk, Unit
from leaddesk.services.drafts import Choice, ExclusionForm, GrantForm, InvolvementForm
from leaddesk.services.live import LiveMeeting
from leaddesk.services.registers import Choices, Registers, blank_release, read_registers
from leaddesk.services.undo import stands
from leaddesk.ui.background import Guarded
from leaddesk.ui.console.finding import HERE
from leaddesk.ui.console.keys import Command, cap
from leaddesk.ui.console.window import ConsoleWindow
from leaddesk.ui.registers.form import Form
from leaddesk.ui.registers.forms import (
    ExclusionFormDialog,
    ExclusionsDialog,
    GrantFormDialog,
    InvolvementFormDialog,
    ParticipantFormDialog,
    ReleaseFormDialog,
    RevocationFormDialog,
)
from leaddesk.ui.registers.mending_forms import PaperForm, WhichForm, in_a_line
from leaddesk.ui.registers.open_forms import OpenForms

T = TypeVar("T")
FormT = TypeVar("FormT", bound=Form)


@dataclass(frozen=True, slots=True)
class Verb:
    """Something that can be mended: its key, its words in the menu with the letter that asks for it."""

    key: str
    words: str
    chair_only: bool = False


RELEASES = (
    Verb("release", "Record a &release"),
    Verb("mend_release", "&Mend a release"),
    Verb("event", "A release's event has &happened"),
    Verb("revoke", "Re&voke a release"),
)
TIES = (
    Verb("involve", "&Involve somebody"),
    Verb("end_involvement", "&End an involvement"),
    Verb("exclude", "E&xclude somebody"),
    Verb("conflicts", "&Conflicts and exclusions", chair_only=True),
    Verb("grant", "&Grant need to know", chair_only=True),
    Verb("end_grant", "End a gran&t of need to know", chair_only=True),
    Verb("code", "&New case code"),
    Verb("mend", "The participant's &own facts"),
)
AGREEMENTS = (
    Verb("paper", "Agreement signed on &paper"),
    Verb("sign", "&Sign an agreement here"),
    Verb("withdraw", "Somebody with&draws their agreement"),
)


class Mending(QObject):
    """Carries out the verbs, and tells on the console what each changed for the room.

    Args:
        desk: the open desk.
        live: the meeting at hand.
        console: the window over which forms stand.
        forms: opens and saves them.
    """

    failed = Signal(object)
    signing_asked = Signal(str)
    """Somebody is to sign on screen; with the attendee's id."""

    def __init__(self, desk: Desk, live: LiveMeeting, console: ConsoleWindow, forms: OpenForms) -> None:
        super().__init__()
        self._guarded = Guarded(self.failed.emit)
        self._desk = desk
        self._live = live
        self._console = console
        self._forms = forms
        self.menu = QMenu(console)
        self.menu.setAccessibleName("Mend")

    # From the meeting page

    def ask(self) -> None:
        """Opens the menu of what can be mended about the selected item: its participant, and who has signed."""
        participant = self._selected()
        self.menu.clear()
        if participant:
            # An ampersand in a name is no shortcut.
            about = self.menu.addAction(self._live.mine().told_apart(participant).replace("&", "&&"))
            about.setEnabled(False)
        groups = [RELEASES, TIES, AGREEMENTS] if participant else [AGREEMENTS]
        for number, group in enumerate(groups):
            if number:
                self.menu.addSeparator()
            for verb in group:
                self.menu.addAction(self._entry(verb, participant or ""))
        first = next((action for action in self.menu.actions() if action.isEnabled()), None)
        panel = self._console.meeting.private if self._console.meeting.private.isVisible() else self._console
        self.menu.popup(panel.mapToGlobal(panel.rect().topLeft()))
        if first is not None:
            self.menu.setActiveAction(first)

    def act(self, key: str, participant: str) -> None:
        """Carries a verb out for a participant, or for somebody present."""
        self._guarded(self._act, key, participant)

    def offer_new_codes(self, participants: Sequence[str]) -> None:
        """Offers new case codes on the console: those who heard name and code together know the old ones."""
        mine, facts = self._live.mine(), self._live.watch.facts
        for one in participants:
            # Whoever may not know of somebody is not told their code either.
            if mine.appearance(one) is not Appearance.ABSENT:
                self._console.notice.say(
                    f"code {one}",
                    f"Those who were in the room may know who {facts.participants[one].code} is.",
                    ("New case code", partial(self.act, "code", one)),
                )

    def close(self) -> None:
        """Empties the menu."""
        self.menu.close()
        self.menu.clear()

    # Inside

    def _selected(self) -> str | None:
        """The participant of the selected item, if the user may know who it is."""
        item = self._live.material.items.get(self._live.selected or "")
        participant = None if item is None else item.links.get("participant")
        return participant if participant and self._live.mine().may_name(participant) else None

    def _entry(self, verb: Verb, participant: str) -> QAction:
        may = self._desk.user.is_chair or not verb.chair_only
        entry = QAction(verb.words if may else f"{verb.words} (for the chair)", self.menu)
        entry.setEnabled(may)
        entry.triggered.connect(lambda _=False: self.act(verb.key, participant))
        return entry

    def _act(self, key: str, participant: str) -> None:
        match key:
            case "release" | "mend_release" | "event" | "revoke":
                self._act_on_release(key, participant)
            case "involve" | "end_involvement" | "exclude" | "conflicts" | "grant" | "end_grant":
                self._act_on_tie(key, participant)
            case "paper" | "sign" | "withdraw":
                self._act_on_agreement(key)
            case "code":
                self._save_code(participant)
            case "mend":
                everyday = self._desk.everyday
                draft = self._read(lambda registers: registers.participant_form(participant))
                self._forms.show(
                    ParticipantFormDialog(draft, self._choices(), self._parent),
                    lambda unit, given: participants.save_participant(unit, given, everyday),
                    saved=self._telling(participant),
                )

    def _act_on_release(self, key: str, participant: str) -> None:
        standing = self._read(lambda registers: registers.releases(participant))
        telling = self._telling(participant)
        match key:
            case "mend_release" if standing:
                which = self._about(participant, WhichForm.before("Mend a release", standing, self._parent))
                self._forms.choose(which, lambda id_: self._guarded(self._mend_release, id_, participant))
            case "release" | "mend_release":
                form = self._about(
                    participant, ReleaseFormDialog(blank_release(participant), self._choices(), self._parent)
                )
                form.show_standing(map(in_a_line, standing))
                # A release more can only give; and what it gives waits for the chair.
                self._forms.show(form, participants.save_release, narrows=False, saved=telling)
            case "event":
                waiting = self._read(lambda registers: registers.waiting_for_events(participant))
                if not waiting:
                    self._console.notice.say("news", "No release of this participant waits for an event.", calm=True)
                    return
                title = "A release's event has happened"
                ending = self._about(participant, WhichForm(title, waiting, "From now on it is over.", self._parent))
                self._forms.show(ending, participants.record_event, saved=telling)
            case _:
                revoking = self._about(participant, RevocationFormDialog(participant, standing, self._parent))
                revoking.show_standing(map(in_a_line, standing))
                self._forms.show(revoking, participants.revoke, saved=self._telling(participant, code=True))

    def _mend_release(self, release: str, participant: str) -> None:
        draft = self._read(lambda registers: registers.release_form(release))
        form = self._about(participant, ReleaseFormDialog(draft, self._choices(), self._parent))
        self._forms.show(form, participants.save_release, saved=self._telling(participant))

    def _act_on_tie(self, key: str, participant: str) -> None:
        involved = self._read(lambda registers: registers.involvements(participant))
        excluded = self._read(lambda registers: registers.exclusions(participant))
        telling = self._telling(participant)
        choices = self._read(lambda registers: registers.choices(participant))
        match key:
            case "involve":
                form = InvolvementFormDialog(InvolvementForm(participant=participant), choices, self._parent)
                form.show_standing(map(in_a_line, involved))
                self._forms.show(form, ties.involve, narrows=False, saved=telling)
            case "end_involvement":
                now = self._read(lambda registers: registers.involvements(participant, open_only=True))
                if not now:
                    self._say("Nobody is involved with this participant now.")
                    return
                ending = self._about(
                    participant, WhichForm("End an involvement", now, "It is over from now on.", self._parent)
                )
                self._forms.show(ending, ties.end_involvement, saved=telling)
            case "exclude":
                excluding = ExclusionFormDialog(ExclusionForm(participant=participant), choices, self._parent)
                excluding.show_standing(map(in_a_line, excluded))
                self._forms.show(excluding, ties.exclude, saved=self._telling(participant, code=True))
            case "conflicts":
                self._decide(participant, self._about(participant, ExclusionsDialog(excluded, self._parent)), telling)
            case "end_grant":
                granted = self._read(lambda registers: registers.grants(participant))
                if not granted:
                    self._say("Nobody has a grant of need to know of this participant now.")
                    return
                over = self._about(
                    participant,
                    WhichForm("End a grant of need to know", granted, "It is over from now on.", self._parent),
                )
                self._forms.show(over, ties.end_grant, saved=telling)
            case _:
                granting = GrantFormDialog(GrantForm(participant=participant), choices, self._parent)
                self._forms.show(granting, ties.grant, narrows=False, saved=telling)

    def _decide(self, participant: str, form: ExclusionsDialog, telling: Callable[[object], None]) -> None:
        """Opens what confirms or ends an exclusion; one that is confirmed offers a new code."""

        def decide(unit: Unit, decided: tuple[str, bool]) -> bool:
            ties.decide_exclusion(unit, decided)
            return decided[1]

        def saved(stands: bool) -> None:
            telling(stands)
            if stands:
                self.offer_new_codes((participant,))

        self._forms.show(form, decide, narrows=False, saved=saved)

    def _act_on_agreement(self, key: str) -> None:
        here = [row for row in check_in_rows(self._live.material, self._live.watch) if row.whereabouts in HERE]
        number, telling = self._live.number, self._telling(self._selected())
        match key:
            case "paper":
                in_room = [row for row in here if row.whereabouts is Whereabouts.ROOM]
                unsigned = [row for row in here if row.signature is not Signature.SIGNED]
                paper = PaperForm(_people(unsigned or here), _people(in_room), self._parent)
                self._forms.show(
                    paper,
                    lambda unit, both: agreements.sign_on_paper(unit, both[0], both[1], number),
                    narrows=False,
                    saved=telling,
                )
            case "sign":
                signing = WhichForm.before("Sign an agreement here", _found(here), self._parent)
                self._forms.choose(signing, self.signing_asked.emit)
            case _:
                signed = [row for row in here if row.signature is Signature.SIGNED]
                words = "Every agreement they signed until now is over."
                withdrawing = WhichForm("Somebody withdraws their agreement", _found(signed), words, self._parent)
                self._forms.show(withdrawing, lambda unit, one: agreements.withdraw(unit, one, number), saved=telling)

    def _about(self, participant: str, form: FormT) -> FormT:
        """The form, which says whom it is about."""
        form.say_whom(self._live.mine().told_apart(participant))
        return form

    def _save_code(self, participant: str) -> None:
        self._forms.save(lambda unit: participants.give_new_code(unit, participant))
        self._live.undo.push(stands("a new case code"))
        self._console.notice.say(f"code {participant}", "")
        code = self._live.watch.facts.participants[participant].code
        told = new_code_words(self._live.mine(), participant, code)
        self._console.notice.say("news", told, calm=True)

    # What it changed

    def _telling(self, participant: str | None, *, code: bool = False) -> Callable[[object], None]:
        """What tells after saving how the room's rights have changed since now."""

        def rights_now() -> tuple[Classes, Classes, Classes]:
            if participant is None:
                return Classes(), Classes(), Classes()
            watch, selected = self._live.watch, self._live.material.items.get(self._live.selected or "")
            item = selected.id if selected is not None and selected.links.get("participant") == participant else None
            at = Standing(watch.facts, watch.at)
            return (
                rights(watch.disclosure(item), participant, at),
                rights(watch.disclosure_once_confirmed(item), participant, at),
                rights(self._live.mine(), participant, at),
            )

        before, _, mine_before = rights_now()

        def tell(_saved: object) -> None:
            now, once_confirmed, mine = rights_now()
            change = room_change(before, now, once_confirmed, mine | mine_before)
            words = ["Saved."]
            if change.lost:
                words.append(f"The room no longer has {listed(change.lost)}.")
            if change.waits:
                words.append(f"The room may now have {listed(change.waits)}: {cap(Command.WIDEN)} lets it.")
            if len(words) == 1:
                words.append("Nothing changes for the room.")
            self._say(" ".join(words))
            if code and participant is not None:
                self.offer_new_codes((participant,))

        return tell

    def _say(self, words: str) -> None:
        self._console.notice.say("news", words, calm=True)

    @property
    def _parent(self) -> QWidget:
        return self._console

    def _choices(self) -> Choices:
        return self._read(Registers.choices)

    def _read(self, what: Callable[[Registers], T]) -> T:
        return self._desk.do(read_registers, self._desk.everyday, what)


def _people(rows: list[CheckInRow]) -> list[Choice]:
    return [Choice(id=row.id, words=f"{row.name}, {row.agency}" if row.agency else row.name) for row in rows]


def _found(rows: list[CheckInRow]) -> list[Found]:
    return [Found(kind="attendee", id=row.id, title=row.name, detail=row.agency) for row in rows]
