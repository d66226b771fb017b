"""What happens at the door of a random room: coming, going, sitting apart, signing, conflicts."""

from dataclasses import replace

from leaddesk.policy.decision import Asked
from leaddesk.policy.desk_views import Screen, Whereabouts
from leaddesk.policy.vocabulary import InformationClass, Role
from leaddesk.services.drafts import Newcomer, Signed
from leaddesk.ui.console.checkin import CheckInPanel
from leaddesk.ui.console.keys import Command
from tests.journeys.oracle import Guest
from tests.journeys.room import Room

C = InformationClass

_HOW = (Whereabouts.ROOM, Whereabouts.PHONE, Whereabouts.VIDEO)


class AtTheDoor(Room):
    """Everything that the check-in drawer and the signing page can ask for."""

    @property
    def drawer(self) -> CheckInPanel:
        return self.console.check_in

    @property
    def at_hand(self) -> str | None:
        """The item that is live, else the selected one."""
        return self.live.live_item or self.live.selected

    def usual(self, person: str) -> str:
        return self.oracle.facts.people[person].role or ""

    # Coming and going

    def on_arrive(self, person: str, _which: int = 0, how: int = 0) -> None:
        # Two in three come in the role that they always have.
        roles = list(Role)
        role = roles[how].value if how < len(roles) else self.usual(person)
        new = person not in self.oracle.guests
        self.oracle.guests[person] = Guest(role)
        self.oracle.happened()
        self.drawer.checked_in.emit(person, _HOW[how % 3], role)
        if new:
            self.undone_by(lambda: self.gone(person))

    def gone(self, person: str) -> None:
        self.oracle.guests.pop(person, None)

    def on_leave(self, person: str, _which: int = 0, _how: int = 0) -> None:
        guest = self.oracle.guests.get(person)
        if guest is not None:
            self.gone(person)
            self.oracle.happened()
            self.drawer.left.emit(person)
            self.left.setdefault(person, []).append(guest)
            self.undone_by(lambda: self._is_back(person))

    def _is_back(self, person: str) -> None:
        """Somebody's last leaving never was: they are there as they were until then."""
        if person not in self.oracle.guests:
            self.oracle.guests[person] = self.left[person].pop()

    def on_slip(self, person: str, _which: int = 0, _how: int = 0) -> None:
        """Somebody who is there never was."""
        if person in self.oracle.guests:
            self.gone(person)
            self.oracle.happened()
            self.drawer.arrival_taken_back.emit(person)

    def on_stays(self, _person: str, which: int = 0, _how: int = 0) -> None:
        """Somebody who left has not left after all: as they were until then."""
        left = [one for one, guests in self.left.items() if guests and one not in self.oracle.guests]
        if left:
            person = left[which % len(left)]
            self._is_back(person)
            self.oracle.happened()
            self.drawer.leaving_taken_back.emit(person)

    def on_apart(self, person: str, _which: int = 0, _how: int = 0) -> None:
        guest = self.oracle.guests.get(person)
        if guest is not None and guest.in_view:
            guest.in_view = False
            self.oracle.happened()
            self.drawer.out_of_view.emit(person)
            self.undone_by(lambda: self._in_view(person))

    def _in_view(self, person: str) -> None:
        if person in self.oracle.guests:
            self.oracle.guests[person].in_view = True

    def on_step_out(self, person: str, _which: int = 0, _how: int = 0) -> None:
        item, guest = self.at_hand, self.oracle.guests.get(person)
        if guest is not None and guest.in_view and item is not None and item not in guest.out_for:
            guest.out_for.add(item)
            self.oracle.happened()
            self.drawer.stepped_out.emit(person)
            self.undone_by(lambda: self._in_for(person, item))

    def _in_for(self, person: str, item: str) -> None:
        if person in self.oracle.guests:
            self.oracle.guests[person].out_for.discard(item)

    def on_step_in(self, person: str, _which: int = 0, _how: int = 0) -> None:
        guest = self.oracle.guests.get(person)
        if guest is not None:
            before = replace(guest, out_for=set(guest.out_for))
            guest.in_view, guest.out_for = True, set()
            self.oracle.happened()
            self.drawer.came_back.emit(person)
            self.undone_by(lambda: self._away_again(person, before))

    def _away_again(self, person: str, before: Guest) -> None:
        """Somebody has not come back after all: they sit apart or are out for what they were out for."""
        guest = self.oracle.guests.get(person)
        if guest is not None:
            guest.in_view = guest.in_view and before.in_view
            guest.out_for |= before.out_for

    def on_mended_time(self, person: str, _which: int = 0, how: int = 0) -> None:
        """Somebody came earlier than it was noted: nothing that the room may have depends on it."""
        self.drawer.time_mended.emit(person, "came", f"8:{how:02} pm")

    # Those nobody knows

    def on_walk_in(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        self.oracle.strangers += 1
        self.oracle.happened()
        self.command(Command.WALK_IN)
        assert self.live.screen is Screen.IDLE
        self.undone_by(self._nobody_walked_in)

    def _nobody_walked_in(self) -> None:
        self.oracle.strangers = max(0, self.oracle.strangers - 1)

    def on_gone(self, _person: str, _which: int = 0, _how: int = 0) -> None:
        if self.oracle.strangers:
            self.oracle.strangers -= 1
            self.oracle.happened()
            self.drawer.stranger_left.emit()

    def on_identify(self, person: str, _which: int = 0, _how: int = 0) -> None:
        if self.oracle.strangers and person not in self.oracle.guests:
            self.oracle.strangers -= 1
            self.oracle.guests[person] = Guest(self.usual(person))
            self.oracle.happened()
            self.drawer.stranger_identified.emit(person)

    def on_newcomer(self, _person: str, which: int = 0, how: int = 0) -> None:
        """Somebody whom the desk does not know yet, mostly whoever walked in."""
        walked_in = bool(self.oracle.strangers and how % 3)
        if not walked_in:
            self.oracle.strangers += 1
            self.oracle.happened()
        roles = (Role.GUEST, Role.COMMUNITY, Role.OFFICER, Role.PROVIDER)
        new = Newcomer(name=f"Marta {_family(len(self.people))}", agency="City PD", role=roles[which % 4])
        before = self.oracle.facts.people.keys()
        self.drawer.newcomer_added.emit(new, walked_in)
        self.oracle.read()
        (added,) = self.oracle.facts.people.keys() - before
        self.oracle.strangers -= 1
        self.oracle.guests[added] = Guest(new.role.value)
        self.people.append(added)
        self.oracle.happened()

    # Agreements

    def on_sign(self, person: str, _which: int = 0, _how: int = 0) -> None:
        witness = self.oracle.desk.user.id
        if person != witness:
            self.drawer.signed_on_paper.emit(person, witness)

    def on_decline(self, person: str, _which: int = 0, how: int = 0) -> None:
        (self.drawer.declined if how % 2 else self.drawer.withdrew).emit(person)

    def on_sign_in_turn(self, person: str, which: int = 0, how: int = 0) -> None:
        """Two sign on screen, or decline, while anybody may be looking; then the laptop comes back."""
        second = self.people[which % len(self.people)]
        page, signers = self.windows.signing, list(dict.fromkeys([person, second]))
        self.oracle.before_anybody = True
        self.windows.workplace.controller.signing_asked.emit(tuple(signers))
        assert self.shows_nothing
        for number, signer in enumerate(signers):
            if (how + number) % 3:
                page.next_asked.emit()
                self.settle()
            match (how + number) % 4:
                case 0:
                    page.declined.emit(signer)
                case 1:
                    page.later_asked.emit()
                case 2:
                    page.signed.emit(self._signature(signer, self._family_of(which)))
                    self._is_excluded(signer, which)
                case _:
                    page.signed.emit(self._signature(signer))
            self.settle()
        self.windows.finish_signing()
        self.oracle.before_anybody = False

    def _signature(self, signer: str, *conflicts: str) -> Signed:
        name = self.oracle.facts.people[signer].name
        return Signed(
            attendee=signer, language="en", method="typed", printed_name=name, agency="", role="", duties="",
            conflicts=conflicts, typed=name,
        )  # fmt: skip

    # What somebody may not hear

    def on_told_conflict(self, person: str, _which: int = 0, _how: int = 0) -> None:
        """Somebody should not hear of whom the item at hand is about."""
        item = self.live.material.items.get(self.at_hand or "")
        about = None if item is None else item.links.get("participant")
        self.drawer.conflict_told.emit(person)
        if about is not None:
            self._may_not_have(person, about)

    def on_named_conflict(self, person: str, which: int = 0, _how: int = 0) -> None:
        self.drawer.conflict_named.emit(person, f"{self._family_of(which)}, Nobody Else")
        self._is_excluded(person, which)

    def on_decide_conflicts(self, _person: str, which: int = 0, how: int = 0) -> None:
        self.command(Command.CONFLICTS)
        dialog = self.windows.workplace.controller.door._deciding
        if dialog is not None:
            waiting = [row.id for row in self.windows.workplace.controller.door.conflicts()]
            dialog.decided.emit(tuple(waiting[: 1 + which % len(waiting)]), how % 2 == 0)
            if self.windows.workplace.controller.door._deciding is not None:
                dialog.reject()

    def _family_of(self, which: int) -> str:
        return self.oracle.facts.participants[self.cases[which % len(self.cases)]].family_name

    def _is_excluded(self, person: str, which: int) -> None:
        self._may_not_have(person, self.cases[which % len(self.cases)])

    def _may_not_have(self, person: str, participant: str) -> None:
        """Whoever is excluded may not know of somebody from the very moment; why is the first reason that applies."""
        assert self.oracle.reason(person, Asked(C.IDENTITY, participant)) in ("excluded", "no_agreement")


def _family(number: int) -> str:
    """An ordinary name that nobody else has."""
    return ("Quillan", "Ostberg", "Tremaine", "Lavigne", "Hollis", "Abara", "Winship", "Delacroix")[number % 8]
