"""Meetings as they were held: who came, what was shown to whom, what was filed, and the minutes."""

from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import select

from benchmarks.desk_words import ACTIONS, BUSINESS, DECISIONS, PLACE_ACTIONS, UPDATES
from benchmarks.desks import Size
from benchmarks.making_facts import Cases, share
from benchmarks.making_group import Group, Person
from leaddesk.models import AgendaItem
from leaddesk.models.ids import policy_id, row_id
from leaddesk.models.words import EntryKind
from leaddesk.policy.decision import Asked
from leaddesk.policy.disclosure import Audience, Sight
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.records import Kind
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services import agenda, attendance, entries, meetings, minutes
from leaddesk.services.desk import Unit
from leaddesk.services.disclosures import Ended, note_ended, note_told
from leaddesk.services.facts import load_facts
from leaddesk.services.texts import Words, Writer

C = InformationClass

#: How many are at a meeting.
PRESENT = 40
#: How many participants are put on the agenda of a meeting that offers none by itself.
_ON_AGENDA = 9

_TOLD = (C.IDENTITY, C.PROGRESS, C.COORDINATION)


class Meetings:
    """Holds one meeting after the other.

    Attributes:
        open_actions: the oldest first.
    """

    def __init__(self, size: Size, group: Group, cases: Cases, random: Random, everyday: frozenset[str]) -> None:
        self.size = size
        self.group = group
        self.random = random
        self.everyday = everyday
        self.cases = cases
        self.open_actions: deque[str] = deque()

    def hold(self, unit: Unit, number: int) -> None:
        """A meeting from its plan to its final minutes; the one before the last stays closed, the last one open."""
        behind = self.size.meetings - 1 - number
        starts = unit.at + timedelta(hours=1)
        form = meetings.MeetingForm(
            held_on=unit.today, starts_at=starts, place="the hall by the harbor", series=unit.site.group
        )
        meeting = meetings.plan(unit, form, self.everyday)
        row = row_id(Kind.MEETING, meeting)
        self._complete_agenda(unit, row)
        unit.at = starts
        meetings.open_meeting(unit, meeting)
        meetings.read_statement(unit, meeting)
        held = _Held(self, unit, row, self._arrive(unit, row, core_alone=behind == 0))
        held.go_through(number, to_the_end=behind > 0)
        held.fill_ledger(self.size.ledger * (number + 1) // self.size.meetings)
        while len(self.open_actions) > self.size.open_actions:
            outcome = self.random.choice(["done", "done", "done", "not_possible", "not_done"])
            entries.set_outcome(unit, self.open_actions.popleft(), outcome)
        if behind > 0:
            meetings.close_meeting(unit, meeting)
        if behind > 1:
            minutes.finalize(unit, meeting)

    def _complete_agenda(self, unit: Unit, meeting: int) -> None:
        asked = select(AgendaItem.id).where(AgendaItem.meeting_id == meeting, AgendaItem.participant_id.is_not(None))
        if unit.rows.scalars(asked).first() is None:
            for one in self.cases.recent(_ON_AGENDA):
                agenda.add_item(unit, meeting, participant=one)

    def _arrive(self, unit: Unit, meeting: int, *, core_alone: bool) -> list[Person]:
        guests = [] if core_alone else self.random.sample(self.group.others, 4)
        here = [*self.group.core[: PRESENT - len(guests)], *guests]
        for one in here:
            attendance.arrive(unit, meeting, one.id)
            unit.at += timedelta(seconds=5)
        return here


class _Held:
    """One meeting while it is held."""

    def __init__(self, all_: Meetings, unit: Unit, meeting: int, here: list[Person]) -> None:
        self._all = all_
        self._unit = unit
        self._meeting = meeting
        self._id = policy_id(Kind.MEETING, meeting)
        self._here = here
        facts = load_facts(unit.rows, unit.at)
        self._standing = Standing(facts, unit.at)
        self._sight = Sight(self._standing, Audience(frozenset(one.id for one in here), signed_in=unit.user.id))
        self._writer = Writer(unit, all_.everyday, TextGuard(facts, all_.everyday))
        self._agenda = unit.rows.scalars(
            select(AgendaItem).where(AgendaItem.meeting_id == meeting).order_by(AgendaItem.position)
        ).all()

    def go_through(self, number: int, *, to_the_end: bool) -> None:
        """Shows item after item and files what falls to this meeting; half of the agenda where it is still open."""
        size, unit = self._all.size, self._unit
        items = self._agenda if to_the_end else self._agenda[: len(self._agenda) // 2]
        told, acted = share(size.entries, number, size.meetings), share(size.actions, number, size.meetings)
        for position, item in enumerate(items):
            shown = self._show(item)
            for _ in told[position :: len(items)]:
                unit.at += timedelta(seconds=20)
                self._file_entry(item)
            for _ in acted[position :: len(items)]:
                unit.at += timedelta(seconds=20)
                self._all.open_actions.append(self._file_action(item))
            note_ended(unit, Ended(shown, "next"))
            meetings.discussed(unit, self._item_id(item), yes=True)

    def fill_ledger(self, up_to: int) -> None:
        """What else goes on in a room, until the ledger has about as many entries as by then."""
        unit, random = self._unit, self._all.random
        while (head := unit.head()) is not None and head.sequence < up_to:
            unit.at += timedelta(seconds=1)
            item = random.choice(self._agenda)
            match random.randrange(10):
                case 0:
                    attendance.walk_in(unit, self._id)
                    attendance.stranger_gone(unit, self._id, identified=True)
                case 1 | 2 | 3:
                    one = random.choice(self._here[1:])
                    attendance.step_out(unit, self._meeting, one.id, self._item_id(item))
                    attendance.step_in(unit, self._meeting, one.id)
                case _:
                    note_ended(unit, Ended(self._show(item), "the room changed"))

    def _show(self, item: AgendaItem) -> int:
        """The ledger entry that says who is shown an item from now on."""
        told: set[Asked] = set()
        if item.participant_id is not None:
            one = policy_id(Kind.PARTICIPANT, item.participant_id)
            agency = self._standing.facts.participants[one].case_agency
            told = {asked for cls in _TOLD if self._sight.allows(asked := Asked(cls, one, agency))}
        return note_told(
            self._unit,
            "projected",
            self._sight.audience,
            frozenset(told),
            self._standing,
            purpose="meeting",
            meeting=self._id,
            item=self._item_id(item),
        )

    def _file_entry(self, item: AgendaItem) -> None:
        random = self._all.random
        kind = random.choice([EntryKind.UPDATE, EntryKind.UPDATE, EntryKind.DECISION])
        about, words, safe = self._words(item, UPDATES, DECISIONS if kind is EntryKind.DECISION else BUSINESS)
        filing = entries.Filing(
            meeting=self._meeting, item=self._item_id(item), words=words, safe=safe, about=about, kind=kind
        )
        entries.file_entry(self._unit, filing, self._writer)

    def _file_action(self, item: AgendaItem) -> str:
        about, words, safe = self._words(item, ACTIONS, PLACE_ACTIONS)
        filing = entries.Filing(
            meeting=self._meeting,
            item=self._item_id(item),
            words=words,
            safe=safe,
            about=about,
            owner=self._all.random.choice(self._all.group.core).id,
            due=self._unit.today + timedelta(days=self._all.random.randint(3, 40)),
        )
        return entries.file_action(self._unit, filing, self._writer)

    def _words(
        self, item: AgendaItem, cases: Sequence[tuple[str, str]], business: Sequence[str]
    ) -> tuple[tuple[str, ...], Words, tuple[Words, ...]]:
        """Whom a line under an item is about, its words, and its safe wording."""
        random = self._all.random
        if item.participant_id is None:
            cls = C.OPERATIONS if item.priority_id is None else C.COMMUNITY
            return (), Words(random.choice(business), cls), ()
        one = policy_id(Kind.PARTICIPANT, item.participant_id)
        full, safe = random.choice(cases)
        cls = random.choice([C.PROGRESS, C.COORDINATION, C.CARE])
        return (one,), Words(full.format(name=self._all.cases.names[one]), cls), (Words(safe, C.OPERATIONS),)

    @staticmethod
    def _item_id(item: AgendaItem) -> str:
        return policy_id(Kind.AGENDA_ITEM, item.id)
