"""What is worked on in a random room: facts that are mended, lines that are filed, the agenda, actions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.desk_views import EntryKind
from leaddesk.policy.standing import Standing
from leaddesk.policy.views import Mark
from leaddesk.policy.vocabulary import BOUND, Form, InformationClass, InvolvementKind, RecipientClass
from leaddesk.services import templates
from leaddesk.services.drafts import (
    ExclusionForm,
    GrantForm,
    InvolvementForm,
    ParticipantForm,
    ReleaseForm,
    RevocationForm,
)
from leaddesk.services.telling import Telling
from leaddesk.ui.console.keys import Command
from leaddesk.ui.registers.forms import ReleaseFormDialog
from leaddesk.ui.registers.mending_forms import WhichForm
from tests.journeys.room_people import AtTheDoor

C = InformationClass

_BOUND = tuple(sorted(BOUND))
_LINES = (
    "{name} asks for a bus pass to the clinic.",
    "{family} came to the group twice this week.",
    "Outreach meets {code} by the ferry on Friday.",
    "The library keeps a desk free on Mondays.",
    "{name} and {other} share a ride to court.",
    "okafor call {family} about the housing form 20 may",
    "whitfield write to the landlord tomorrow",
)
_SAFE = ("", "", "Outreach helps with the way there.", "Asks for help with {family}.")
_EVERYBODY = ("", "", "People ask for lights at the bus stop.", "Rosalinda's Bakery hands out coffee.")
_MARKS = (Mark.DONE, Mark.NOT_DONE, Mark.NOT_POSSIBLE, Mark.OPEN)


class Mended(AtTheDoor):
    """Facts that are mended in the room with F2, through the forms that ask for them."""

    def _mend(self, key: str, participant: str, draft: Callable[[Any], object]) -> None:
        """Opens what mends something, gives each form that comes its draft, and leaves what stays open."""
        registers = self.windows.registers
        if not self.live.mine().may_name(participant):
            return
        registers.mending.act(key, participant)
        while (form := registers.forms.current) is not None:
            form.accepted_draft.emit(draft(form))
            if registers.forms.current is form:
                registers.forms.close()
        self.oracle.look(self.screen)

    def _case(self, which: int) -> str:
        """Somebody: every other time whom the item at hand is about."""
        item = self.live.material.items.get(self.at_hand or "")
        about = None if item is None else item.links.get("participant")
        return about if about is not None and which % 2 else self.cases[which % len(self.cases)]

    def _release(self, participant: str, which: int, how: int) -> ReleaseForm:
        agency = self.oracle.facts.participants[participant].case_agency
        partners = tuple(one for one in RecipientClass if (how >> 1) % 7 or one is not RecipientClass.LAW_ENFORCEMENT)
        return ReleaseForm(
            participant=participant,
            form=Form.PART2 if how % 4 else Form.GENERAL,
            sources=(agency,) if agency else (),
            to_classes=partners,
            to_people=(self.people[which % len(self.people)],) if how % 5 == 0 else (),
            classes=_BOUND if how % 3 else (C.IDENTITY, C.PROGRESS),
            signed_on=self._today(),
            ends_on=None if how % 6 == 0 else self._today() + timedelta(days=how % 2 * 40),
            ends_event="the case is closed" if how % 6 == 0 else "",
        )

    def _today(self) -> date:
        return self.live.material.today

    def on_release(self, _person: str, which: int = 0, how: int = 0) -> None:
        case = self._case(which)
        self._mend("release", case, lambda _form: self._release(case, which, how))

    def on_mend_release(self, _person: str, which: int = 0, how: int = 0) -> None:
        def draft(form: WhichForm | ReleaseFormDialog) -> object:
            if isinstance(form, WhichForm):
                return form.which.itemData(form.which.count() - 1)
            given = form.draft()
            return replace(given, classes=given.classes[: how % 4]) if how % 2 else replace(given, to_classes=())

        self._mend("mend_release", self._case(which), draft)

    def on_event(self, _person: str, which: int = 0, _how: int = 0) -> None:
        self._mend("event", self._case(which), lambda form: form.which.itemData(form.which.count() - 1))

    def on_revoke(self, _person: str, which: int = 0, _how: int = 0) -> None:
        case = self._case(which)
        self._mend("revoke", case, lambda _form: RevocationForm(participant=case, how="asked"))

    def on_involve(self, person: str, which: int = 0, how: int = 0) -> None:
        case, kinds = self._case(which), list(InvolvementKind)
        form = InvolvementForm(attendee=person, participant=case, kind=kinds[how % len(kinds)])
        self._mend("involve", case, lambda _form: form)

    def on_end_involvement(self, _person: str, which: int = 0, _how: int = 0) -> None:
        self._mend("end_involvement", self._case(which), lambda form: form.which.itemData(form.which.count() - 1))

    def on_exclude(self, person: str, which: int = 0, how: int = 0) -> None:
        case = self._case(which)
        classes = (_BOUND[how % len(_BOUND)],) if how % 3 == 0 else ()
        form = ExclusionForm(attendee=person, participant=case, reason="asked", classes=classes)
        self._mend("exclude", case, lambda _form: form)

    def on_grant(self, person: str, which: int = 0, how: int = 0) -> None:
        case = self._case(which)
        ends = self._today() + timedelta(days=how % 2)
        form = GrantForm(attendee=person, participant=case, classes=_BOUND, reason="covers for a week", ends=ends)
        self._mend("grant", case, lambda _form: form)

    def on_end_grant(self, _person: str, which: int = 0, _how: int = 0) -> None:
        self._mend("end_grant", self._case(which), lambda form: form.which.itemData(form.which.count() - 1))

    def on_code(self, _person: str, which: int = 0, _how: int = 0) -> None:
        self._mend("code", self._case(which), lambda _form: None)

    def on_rename(self, _person: str, which: int = 0, how: int = 0) -> None:
        """Somebody is called otherwise from now on, or goes by one more name."""
        other = ("Kit", "Lou", "Sunny", "Friday")[how % 4]

        def draft(form: Any) -> ParticipantForm:
            given: ParticipantForm = form.draft()
            return (
                replace(given, preferred_name=other) if how % 2 else replace(given, aliases=(*given.aliases, other))
            )

        self._mend("mend", self._case(which), draft)

    def on_progress(self, _person: str, which: int = 0, how: int = 0) -> None:
        """What partners may know of somebody is corrected, and now and then what is read without the name goes."""
        words = ("Came to every appointment this week.", "Asks for a bus pass for the clinic.")[how % 2]

        def draft(form: Any) -> ParticipantForm:
            safe = "" if (how >> 1) % 2 else f"In touch, {how} days in a row."
            given: ParticipantForm = form.draft()
            return replace(given, progress=words, progress_safe=safe)

        self._mend("mend", self._case(which), draft)

    def on_corrected(self, person: str, which: int = 0, how: int = 0) -> None:
        """Somebody's item is before the room when their progress line is corrected."""
        self.play_for("look", person, which)
        self.play_for("progress", person, 1, how)
        self.pauses_pass()

    def on_supersede(self, _person: str, _which: int = 0, how: int = 0) -> None:
        """The agreement has a new version, which every other time ends what was signed of the one before now."""
        if self.windows.desk.user.is_chair:
            new = templates.shipped("en", f"{self.clock.now:%H:%M:%S}", now=how % 2 == 0)
            self.windows.registers.forms.save(lambda unit: templates.supersede(unit, new))


class Worked(Mended):
    """Lines that are filed, what becomes of the agenda and the actions, and what was said aloud."""

    def _file(self, kind: EntryKind, words: str, safe: str = "", everybody: str = "") -> None:
        """Types a line and presses Enter; where it is asked whether a phrase names somebody, once more."""
        line = self.console.meeting.entry
        line.choose_kind(kind)
        line._text.set_text(words)
        line.fill(safe=safe, everybody=everybody, cls="", about="")
        self._enter()

    def _enter(self) -> None:
        line, told = self.console.meeting.entry, len(self.told)
        line._on_file()
        if len(self.told) > told:
            line._on_file()
        line.clear()
        line.left.emit()
        self.oracle.read()

    def _words(self, form: str, which: int) -> str:
        one, other = (self.oracle.facts.participants[self._case(number)] for number in (which, which + 7))
        return form.format(
            name=f"{one.given_name} {one.family_name}", family=one.family_name, code=one.code, other=other.family_name
        )

    def on_line(self, _person: str, which: int = 0, how: int = 0) -> None:
        kind = (EntryKind.UPDATE, EntryKind.DECISION, EntryKind.ACTION)[how % 3]
        safe, everybody = _SAFE[how % len(_SAFE)], _EVERYBODY[(how >> 2) % len(_EVERYBODY)]
        words = _LINES[(which + how) % len(_LINES)]
        self._file(kind, self._words(words, which), self._words(safe, which), everybody)

    def on_mend_line(self, _person: str, which: int = 0, how: int = 0) -> None:
        line = self.console.meeting.entry
        self.command(Command.MEND_ENTRY)
        if line.task:
            line._text.set_text(self._words(_LINES[how % len(_LINES)], which))
            self._enter()

    def on_rank(self, _person: str, which: int = 0, how: int = 0) -> None:
        self._file(EntryKind.PRIORITY, f"{1 + how % 9} riders and {'shops' if which % 2 else 'tenants'} agree")

    def on_place(self, _person: str, which: int = 0, how: int = 0) -> None:
        self._file(EntryKind.PLACE, f"Dock {which * 60 + how}, Harbor: people wait there all night")

    def on_agenda(self, _person: str, which: int = 0, how: int = 0) -> None:
        words = ("{name}", "{family} 10 min", "parking behind the hall", "{code}")[how % 4]
        self._file(EntryKind.AGENDA, self._words(words, which))

    def on_item_outcome(self, _person: str, which: int = 0, how: int = 0) -> None:
        self._file(
            EntryKind.OUTCOME, self._words(("{name} agrees.", "settled", "{family} will call")[how % 3], which)
        )

    def on_move(self, _person: str, which: int = 0, how: int = 0) -> None:
        items = [item.id for item in self.live.material.agenda]
        one, other = items[which % len(items)], items[how % len(items)]
        agenda = self.console.meeting.agenda
        if how % 5 == 0:
            agenda.timed.emit(one, how)
        elif how % 5 == 1:
            agenda.removed.emit(one)
        else:
            agenda.moved.emit(one, other)

    def on_outcome(self, _person: str, which: int = 0, how: int = 0) -> None:
        actions = [action.id for action in self.live.material.actions]
        mark = _MARKS[how % len(_MARKS)]
        self.console.meeting.private.outcome_asked.emit(actions[which % len(actions)], mark)
        if self.console.meeting.entry.task:
            self.console.meeting.entry._text.set_text(self._words("{name} was not reached.", which))
            self._enter()

    def on_note(self, _person: str, which: int = 0, _how: int = 0) -> None:
        self.console.meeting.private.note_changed.emit(self._words("{name} looked tired today.", which))
        self.oracle.read()

    def on_spoken(self, person: str, which: int = 0, how: int = 0) -> None:
        """Something was said aloud; the ledger says of whom it was not permitted, by the bare decision."""
        self.command(Command.HEARING)
        dialog = self.windows.hearing.dialog
        assert dialog is not None
        case, classes = self._case(which), _BOUND[: 1 + how % len(_BOUND)]
        to = None if how % 2 else (person,)
        dialog.told.emit(Telling(participant=case, classes=classes, people=to))
        self.windows.hearing.close()
        entry = self.oracle.entries()[-1]
        assert entry.action == "spoken"
        here = self.oracle.members(self.live.selected) if to is None else frozenset(to)
        assert set(entry.payload["people"]) == here - {""}
        self.oracle.read()
        standing: Standing = self.oracle.standing
        agency = self.oracle.facts.participants[case].case_agency
        denied = {
            f"{case} {cls}": sorted(
                one for one in here - {""} if not decide(standing, one, Asked(C(cls), case, agency)).allowed
            )
            for cls in {*classes, C.IDENTITY}
        }
        noted = {what: sorted(who) for what, who in entry.payload.get("not_permitted", {}).items()}
        assert noted == {what: who for what, who in denied.items() if who}
