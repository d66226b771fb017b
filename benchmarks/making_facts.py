"""Participants with what ties people to them, and location priorities with their evidence, as they come in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random

from benchmarks.desk_words import (
    CORNERS,
    COUNTED,
    FAMILY,
    GIVEN,
    NEIGHBORHOODS,
    PROGRESS,
    RESPONSES,
    STREETS,
    TOLD,
    TOLD_BY,
)
from benchmarks.desks import Size
from benchmarks.making_group import Group, Person
from leaddesk.models import LocationPriority
from leaddesk.models.ids import row_id
from leaddesk.models.words import PlaceState
from leaddesk.policy.records import Kind
from leaddesk.policy.vocabulary import (
    BOUND,
    Door,
    Form,
    InformationClass,
    InvolvementKind,
    RecipientClass,
    Role,
)
from leaddesk.services import participants, places, ties
from leaddesk.services.desk import Unit
from leaddesk.services.drafts import (
    ExclusionForm,
    GrantForm,
    InvolvementForm,
    ParticipantForm,
    PriorityForm,
    ReleaseForm,
    RevocationForm,
)
from leaddesk.services.texts import Writer

C = InformationClass

#: How many participants with decided intake are flagged for the last agendas.
_FLAGGED = 6
#: Participants who came last and whose releases have not ended.
_RECENT = 160

_PARTNERS = (
    RecipientClass.LAW_ENFORCEMENT,
    RecipientClass.PROSECUTION,
    RecipientClass.DEFENSE,
    RecipientClass.CASE_MANAGEMENT,
    RecipientClass.PROGRAM,
)
_ENGAGED = ("active", "active", "light_touch", "not_engaged", "paused", "exited", "exited")


def share(total: int, number: int, of: int) -> range:
    """The numbers of those that fall to one of so many meetings, where all are spread evenly from the first on."""
    return range(-(-total * number // of), -(-total * (number + 1) // of))


class Cases:
    """The participants, each with releases and involvements.

    Attributes:
        names: of those who are there, by their ids, as typed.
    """

    def __init__(self, size: Size, group: Group, random: Random, everyday: frozenset[str]) -> None:
        self.names: dict[str, str] = {}
        self._size = size
        self._group = group
        self._random = random
        self._everyday = everyday
        self._invented = random.sample(list(product(GIVEN, FAMILY)), size.participants)

    def come_in(self, unit: Unit, writer: Writer, meeting: int) -> None:
        """Those who are referred before a meeting."""
        for number in share(self._size.participants, meeting, self._size.meetings):
            self._refer(unit, writer, number)

    def recent(self, count: int) -> list[str]:
        """Some of those who came in not long ago."""
        newest = list(self.names)[-60:]
        return self._random.sample(newest, min(count, len(newest)))

    def _refer(self, unit: Unit, writer: Writer, number: int) -> None:
        random, group = self._random, self._group
        given, family = self._invented[number]
        behind = self._size.participants - number
        intake_open = behind <= self._size.open_intakes
        manager = random.choice(group.with_role(Role.CASE_MANAGER))
        officer = random.choice(group.with_role(Role.OFFICER))
        door = random.choice([Door.ARREST, Door.ARREST, Door.SOCIAL, Door.COMMUNITY])
        progress, safe = random.choice(PROGRESS)
        form = ParticipantForm(
            given_name=given,
            family_name=family,
            preferred_name=random.choice(GIVEN) if number % 9 == 0 else "",
            aliases=(random.choice(GIVEN),) if number % 11 == 0 else (),
            birth_date=date(1955 + number % 50, 1 + number % 12, 1 + number % 28),
            door=door,
            referral_date=unit.today - timedelta(days=random.randint(0, 6)),
            referrer=officer.id if door is Door.ARREST else manager.id,
            referring_agency=officer.agency if door is Door.ARREST else manager.agency,
            case_agency=manager.agency,
            intake_status=("referred", "screening")[number % 2] if intake_open else _decided(number),
            engagement=None if intake_open else random.choice(_ENGAGED),
            progress=progress,
            progress_safe=safe,
            flagged=self._size.open_intakes < behind <= self._size.open_intakes + _FLAGGED,
        )
        id_ = participants.save_participant(unit, form, self._everyday, writer)
        self.names[id_] = f"{given} {family}"
        self._tie(unit, id_, number, manager, officer if door is Door.ARREST else None)
        self._release(unit, id_, str(manager.agency), number)

    def _tie(self, unit: Unit, one: str, number: int, manager: Person, referrer: Person | None) -> None:
        random, group = self._random, self._group
        involved = [(manager, InvolvementKind.CASE_MANAGER)]
        involved += [(random.choice(group.with_role(Role.DEFENDER)), InvolvementKind.DEFENDER)] if number % 2 else []
        involved += [] if referrer is None else [(referrer, InvolvementKind.REFERRER)]
        for person, kind in involved:
            ties.involve(unit, InvolvementForm(attendee=person.id, participant=one, kind=kind, starts=unit.today))
        provider = random.choice(group.with_role(Role.PROVIDER))
        if number % 25 == 3:
            excluded = ExclusionForm(attendee=random.choice(group.others).id, participant=one, reason="asked for it")
            ties.exclude(unit, excluded)
        if number % 25 == 4:
            until = unit.today + timedelta(days=90)
            needs = GrantForm(
                attendee=provider.id, participant=one, classes=(C.IDENTITY, C.CARE), reason="a joint plan", ends=until
            )
            ties.grant(unit, needs)

    def _release(self, unit: Unit, one: str, source: str, number: int) -> None:
        """One or two releases; of those who came long ago they have ended or were revoked."""
        recent = self._size.participants - number <= _RECENT
        by_event = number % 20 == 7 and not recent
        form = ReleaseForm(
            participant=one,
            form=Form.GENERAL if number % 10 == 5 and not recent else Form.PART2,
            sources=(source,),
            to_classes=_PARTNERS,
            classes=tuple(sorted(BOUND)),
            purpose="coordination in the work group",
            signed_on=unit.today - timedelta(days=1),
            ends_on=None if by_event else unit.today + timedelta(days=364),
            ends_event="the case is closed" if by_event else "",
        )
        participants.save_release(unit, form)
        if number % 3 == 0:
            named = replace(
                form, to_classes=(), to_people=(self._random.choice(self._group.with_role(Role.PROVIDER)).id,)
            )
            participants.save_release(unit, named)
        if number % 20 == 11 and not recent:
            participants.revoke(unit, RevocationForm(participant=one, how="told the case manager"))
            participants.give_new_code(unit, one)


def _decided(number: int) -> str:
    return {0: "not_approved", 1: "declined", 2: "intake_missed"}.get(number % 10, "enrolled")


class Places:
    """The location priorities: some are worked on, the others resolved.

    Attributes:
        active: those that are worked on, oldest first, as their form would be filled in.
    """

    def __init__(self, size: Size, group: Group, random: Random, everyday: frozenset[str]) -> None:
        self.active: dict[str, PriorityForm] = {}
        self._size = size
        self._group = group
        self._random = random
        self._everyday = everyday
        self._corners = random.sample(
            [f"{street} St & {corner} Ave" for street, corner in product(STREETS, CORNERS)], 300
        )

    def are_heard_of(self, unit: Unit, writer: Writer, meeting: int) -> None:
        """New priorities and new evidence before a meeting; the oldest are resolved where there are too many."""
        new = share(self._size.priorities, meeting, self._size.meetings)
        evidence = iter(share(self._size.evidence, meeting, self._size.meetings))
        for number in new:
            self._add(unit, writer, number, *self._said(evidence))
        while said := self._said(evidence):
            known = self._random.choice(list(self.active))
            mended = replace(self.active[known], id=known, rank=self._row(unit, known).rank, response="")
            self._save(unit, writer, mended, *said)
        while len(self.active) > self._size.active_places:
            self._resolve(unit, next(iter(self.active)))

    def _add(self, unit: Unit, writer: Writer, number: int, *said: str) -> None:
        random = self._random
        form = PriorityForm(
            name=self._corners[number],
            place=self._corners[number],
            neighborhood=random.choice(NEIGHBORHOODS),
            rank=len(self.active) + 1,
            response=random.choice(RESPONSES),
            lead=random.choice(self._group.core).id,
            review_on=unit.today + timedelta(days=28),
            not_heard_from=random.choice(TOLD_BY),
        )
        id_ = self._save(unit, writer, form, *said)
        self.active[id_] = form

    def _save(self, unit: Unit, writer: Writer, form: PriorityForm, told: str = "", counted: str = "") -> str:
        said = replace(
            form,
            told=told,
            told_by=self._random.choice(TOLD_BY) if told else "",
            voices=self._random.randint(2, 12) if told else None,
            counted=counted,
            counted_from="calls for service" if counted else "",
        )
        return places.save_priority(unit, said, self._everyday, writer=writer)

    def _said(self, evidence: Iterator[int]) -> tuple[str, ...]:
        """What people tell and what is counted, as much of it as is left of a meeting's evidence."""
        return tuple(self._random.choice(lane) for lane, _ in zip((TOLD, COUNTED), evidence, strict=False))

    def _resolve(self, unit: Unit, place: str) -> None:
        del self.active[place]
        self._row(unit, place).state = PlaceState.RESOLVED
        unit.rows.flush()
        highest = next(iter(self.active))
        places.rank(unit, highest, 1, "a place above it is resolved")

    def _row(self, unit: Unit, place: str) -> LocationPriority:
        return unit.rows.get_one(LocationPriority, row_id(Kind.PLACE, place))
