"""What a room may be told, worked out beside the program: from the rows, the bare decision, and who is really there.

The program composes slides; this knows only which words on the desk mean what. A frame that holds such words is held
against the decision for everybody who was there at every moment since the chair last confirmed. It reads the rows by
itself, whenever something was written: neither the program's memory nor its room is asked.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.orm import Session

from leaddesk.models import (
    ActionItem,
    AgendaItem,
    Ask,
    Base,
    CourtItem,
    DraftLine,
    Entry,
    Participant,
    PrivateNote,
    StoredText,
    StoredWording,
    TextAbout,
)
from leaddesk.models.ids import policy_id
from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.facts import Facts
from leaddesk.policy.facts import Participant as Person
from leaddesk.policy.records import LINK, Kind
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import BOUND, InformationClass
from leaddesk.services.desk import Desk
from leaddesk.services.facts import load_facts
from leaddesk.services.memory import Memory
from leaddesk.vault.ledger import LedgerEntry

C = InformationClass

#: What belongs to a text, and so holds none.
_WORDS = frozenset({"text_about", "wording"})

#: Words between links that are shorter than this may stand in other sentences too.
_LEAST = 12

#: What the ledger says without any row that the rule looks at having changed.
_NO_FACTS = frozenset(
    {"projected", "shown_until", "time_passed", "widening_confirmed", "checked_in", "left", "out_of_view",
     "item_taken", "taken_until", "stepped_out", "stepped_in", "walked_in", "stranger_gone", "spoken", "rows"}
)  # fmt: skip


@dataclass(frozen=True)
class Saying:
    """Words of the desk, and what everybody must be allowed before a room may read them."""

    words: str
    needs: "Needs"


@dataclass(frozen=True)
class Needs:
    """What everybody must be allowed, all of it; whose own it is may have it without."""

    asked: tuple[Asked, ...]
    own: frozenset[str] = frozenset()


@dataclass
class Guest:
    """Somebody who is there, by what the test did and not by what the program took it for."""

    role: str
    in_view: bool = True
    out_for: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Moment:
    """The facts and who was there at one instant."""

    standing: Standing
    guests: Mapping[str, Guest]
    strangers: int
    user: str

    def members(self, item: str | None) -> frozenset[str]:
        """Everybody who must be allowed, the public as ``""``."""
        seen = {one for one, guest in self.guests.items() if guest.in_view and item not in guest.out_for}
        public = {""} if self.strangers or not seen else set[str]()
        return frozenset(seen | {self.user} | public)

    def allows(self, item: str | None, needs: Needs) -> bool:
        """Whether everybody may have all of it."""
        members = self.members(item) - needs.own
        return all(decide(self.standing, member, asked).allowed for asked in needs.asked for member in members)


class Oracle:
    """Follows one meeting: whoever drives it says what happened, and asks about every frame.

    Args:
        desk: the open desk.
        meeting: the meeting's id.
        guests: who is checked in at the start.
        strangers: how many more are there whom nobody knows.
    """

    def __init__(self, desk: Desk, meeting: str, guests: Mapping[str, Guest], strangers: int = 0) -> None:
        self.meeting = meeting
        self.guests = dict(guests)
        self.strangers = strangers
        self.sensitive = 0
        """How many frames said something bound to a participant: an eye that never saw any would prove nothing."""
        self.facts: Facts
        self.at(desk)

    def at(self, desk: Desk) -> None:
        """The desk as it was opened, again or by another user: nobody has confirmed anything yet."""
        self.desk = desk
        self.shown(None)
        self.before_anybody = False
        """Whether the laptop is with a signer, and anybody may be looking."""
        self.read()
        # A room begins as the public.
        self._moments = [Moment(self._standing(self.now), {}, 0, desk.user.id)]
        self.happened()

    @property
    def now(self) -> datetime:
        return self.desk.now

    # What happened

    def read(self) -> None:
        """Reads the rows anew: somebody changed a fact or filed a text."""
        with self._rows() as rows:
            self.facts = load_facts(rows, self.now)
            self._sayings = _sayings(rows, self.facts)
            self._read_until = self._last(rows)

    def happened(self) -> None:
        """Whatever was changed here counts from now on, besides all that counted before."""
        self._moments.append(self._moment())

    def shown(self, item: str | None) -> None:
        """The chair shows an item: what was by name before may be by code in it."""
        self.item = item
        self._named: set[str] = set()

    def confirmed(self) -> None:
        """The chair has confirmed: only what counts now counts."""
        self._moments = [self._moment()]

    # What a frame may say

    def look(self, words: str) -> None:
        """Holds a frame against the rule, now and at every moment since the chair confirmed.

        Raises:
            AssertionError: it says what somebody there may not have.
        """
        self._read_what_was_written()
        moments = [*self._moments, self._moment(signing=self.before_anybody)]
        for saying in self.found_in(words):
            self.sensitive += 1
            allowed = any(
                all(moment.allows(self.item, needs) for moment in moments) for needs in self._sayings[saying]
            )
            assert allowed, (saying, [self._denied(moments, needs) for needs in self._sayings[saying]], words)

    def look_for_codes(self, words: str) -> None:
        """Holds a painted frame against those before it: a name never turns into a code before all eyes by itself.

        Raises:
            AssertionError: a code stands where the name stood since the chair showed it.
        """
        found = set(self.found_in(words))
        for one in self.facts.participants.values():
            assert one.code not in found or one.id not in self._named, (one.id, words)
            self._named |= {one.id} if _called(one) in found else set()

    def found_in(self, words: str) -> Iterator[str]:
        """The words of the desk that stand in a frame."""
        frame = _plain(words)
        return (saying for saying in self._sayings if saying in frame)

    def members(self, item: str | None) -> frozenset[str]:
        """Everybody who is there and in view while an item is at hand, the public as ``""``."""
        return self._moment().members(item)

    @property
    def standing(self) -> Standing:
        """The facts of now, everybody who is there in the role they came in."""
        return self._standing(self.now)

    def reason(self, person: str, asked: Asked) -> str:
        """The reason of the bare decision for somebody who is there, by the rows of now."""
        self._read_what_was_written()
        return decide(self.standing, person, asked).reason.value

    # What the ledger says

    def hold_against_ledger(self, words: str) -> None:
        """Holds what stands on the screen against the ledger: it says so, to exactly those who are there, and why.

        Raises:
            AssertionError: nobody wrote that down, or it was written of somebody else.
        """
        found = list(self.found_in(words))
        if not found:
            return
        entry = self.open_entry()
        assert entry is not None, ("shown, and no entry is open", words)
        members = self.members(self.item)
        assert entry.actor == self.desk.user.id
        assert entry.objects["meeting"] == self.meeting
        assert set(entry.payload["people"]) == members - {""}
        assert entry.payload["public"] is ("" in members)
        assert entry.objects.get("item") == self.item
        told = entry.payload["told"]
        for saying in found:
            noted = any(
                all(asked.cls not in BOUND or asked.cls in told.get(asked.participant, ()) for asked in needs.asked)
                for needs in self._sayings[saying]
            )
            assert noted, (saying, told)
        self._hold_basis(entry, members - {""})

    def nothing_is_told(self) -> None:
        """Holds the public card, or a black screen, against the ledger: nothing of anybody is told now.

        Raises:
            AssertionError: an entry that tells of somebody has no end.
        """
        entry = self.open_entry()
        assert entry is None or not entry.payload["told"], entry

    def every_entry_has_its_end(self) -> None:
        """Holds all that the room was ever shown against the ledger: one thing at a time, from when to when.

        Raises:
            AssertionError: something has no end, or two, or went on when the next thing was there.
        """
        entries = self.entries()
        shown = [entry for entry in entries if entry.action == "projected"]
        ends = [entry for entry in entries if entry.action == "shown_until"]
        assert sorted(end.objects["entry"] for end in ends) == [entry.sequence for entry in shown]
        by_entry = {end.objects["entry"]: end for end in ends}
        for one, after in pairwise(shown):
            assert one.sequence < by_entry[one.sequence].sequence < after.sequence

    def open_entry(self) -> LedgerEntry | None:
        """What the ledger says is on the screen now."""
        entries = self.entries()
        ended = {entry.objects["entry"] for entry in entries if entry.action == "shown_until"}
        still = [entry for entry in entries if entry.action == "projected" and entry.sequence not in ended]
        assert len(still) <= 1, "two things on one screen"
        return still[0] if still else None

    def entries(self) -> tuple[LedgerEntry, ...]:
        """The whole ledger."""
        with self._rows() as rows:
            return tuple(self.desk.vault.ledger.entries(rows.connection()))

    # Inside

    def _denied(self, moments: list[Moment], needs: Needs) -> list[tuple[int, str, object, str]]:
        """Who may not have what of it at which moment, and why."""
        return [
            (number, member, asked, decide(moment.standing, member, asked).reason.value)
            for number, moment in enumerate(moments)
            for member in sorted(moment.members(self.item) - needs.own)
            for asked in needs.asked
            if not decide(moment.standing, member, asked).allowed
        ]

    def _hold_basis(self, entry: LedgerEntry, people: frozenset[str]) -> None:
        """Who it is rests on exactly the releases and exemptions that the decision gives, and on agreements."""
        standing = self.standing
        for one in entry.payload["told"]:
            agency = self.facts.participants[one].case_agency
            for cls in entry.payload["told"][one]:
                decided = [decide(standing, person, Asked(C(cls), one, agency)) for person in people]
                if C(cls) is C.IDENTITY:
                    relied = {str(each.release or each.exemption or "") for each in decided} - {""}
                    assert set(entry.payload["basis"].get(f"{one} {cls}", ())) == relied
                elif cls in (C.PROGRESS, C.COORDINATION):
                    assert all(each.allowed for each in decided), (cls, decided)
        if entry.payload["told"]:
            assert entry.payload["agreements"].keys() == people
        assert "not_permitted" not in entry.payload

    @contextmanager
    def _rows(self) -> Iterator[Session]:
        """The rows as they are on the disk, whatever the program remembers of them."""
        with Session(self.desk.vault.engine) as rows:
            Memory().attend(rows)
            yield rows

    def _last(self, rows: Session) -> int:
        head = self.desk.vault.ledger.head(rows.connection())
        return 0 if head is None else head.sequence

    def _read_what_was_written(self) -> None:
        with self._rows() as rows:
            if self._last(rows) == self._read_until:
                return
            new = self.desk.vault.ledger.entries(rows.connection(), after=self._read_until)
            changed = any(entry.action not in _NO_FACTS for entry in new)
            self._read_until = self._last(rows)
        if changed:
            self.read()
            self.happened()

    def _standing(self, at: datetime) -> Standing:
        roles = {one: guest.role for one, guest in self.guests.items()}
        people = {
            id_: replace(person, role=roles[id_]) if id_ in roles else person
            for id_, person in self.facts.people.items()
        }
        return Standing(replace(self.facts, people=people), at)

    def _moment(self, *, signing: bool = False) -> Moment:
        guests = {one: replace(guest, out_for=set(guest.out_for)) for one, guest in self.guests.items()}
        return Moment(self._standing(self.now), guests, self.strangers + signing, self.desk.user.id)


def _sayings(rows: Session, facts: Facts) -> dict[str, list[Needs]]:
    """The words of the desk that say something of somebody, each with all that may entitle a room to them."""
    found: dict[str, list[Needs]] = {}
    for saying in (*_names(facts), *_texts(rows)):
        needs = found.setdefault(saying.words, [])
        if saying.needs not in needs:
            needs.append(saying.needs)
    return found


def _called(one: Person) -> str:
    return f"{one.preferred_name or one.given_name} {one.family_name}"


def _names(facts: Facts) -> Iterator[Saying]:
    for one in facts.participants.values():
        yield Saying(_called(one), Needs((Asked(C.IDENTITY, one.id),)))
        yield Saying(one.code, Needs((Asked(C.OPERATIONS),)))


def _texts(rows: Session) -> Iterator[Saying]:
    """Every wording that is kept, cut where it links somebody.

    What was taken back, and what its writer keeps for themselves, is for nobody.
    """
    about = _about(rows)
    owners = sa.select(ActionItem.text_id, ActionItem.owner_id)
    own = {id_: frozenset({policy_id(Kind.ATTENDEE, owner)}) for id_, owner in rows.execute(owners) if owner}
    texts = {text.id: text for text in rows.scalars(sa.select(StoredText))}
    gone = _undone(rows)
    for id_, text in texts.items():
        if id_ in gone:
            yield from _pieces(text.body, Needs((Asked(None),)))
            continue
        people, source = sorted(about.get(id_, ())), policy_id(Kind.AGENCY, text.source_id)
        names = tuple(Asked(C.IDENTITY, one) for one in people)
        asked = (*names, *_class_needs(text.cls, people, source))
        yield from _pieces(text.body, Needs(asked, frozenset() if people else own.get(id_, frozenset())))
    for wording in rows.scalars(sa.select(StoredWording).where(StoredWording.text_id.not_in(gone))):
        source = policy_id(Kind.AGENCY, texts[wording.text_id].source_id)
        asked = _class_needs(wording.cls, sorted(about.get(wording.text_id, ())), source)
        yield from _pieces(wording.body, Needs(asked))
    for kept in (*rows.scalars(sa.select(PrivateNote.body)), *rows.scalars(sa.select(DraftLine.body))):
        yield from _pieces(kept, Needs((Asked(None),)))


def _undone(rows: Session) -> frozenset[int]:
    """The texts of what was filed and taken back, and those in whose place another one stands by now."""
    filed = (sa.select(one.text_id).where(one.undone_at.is_not(None)) for one in (Entry, ActionItem))
    taken_back = {text for asked in filed for text in rows.scalars(asked)}
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys if table.name not in _WORDS]
    pointing = [key.parent for key in keys if key.column.table.name == StoredText.__tablename__]
    held = {text for column in pointing for text in rows.scalars(sa.select(column))}
    return frozenset(taken_back | (set(rows.scalars(sa.select(StoredText.id))) - held))


def _about(rows: Session) -> Mapping[int, set[str]]:
    """Whom each text is about: by itself, and by the row or the agenda item it belongs to."""
    item = sa.select(Entry.text_id, AgendaItem.participant_id).join(AgendaItem, AgendaItem.id == Entry.agenda_item_id)
    about: dict[int, set[str]] = {}
    for pairs in (
        sa.select(TextAbout.text_id, TextAbout.participant_id),
        sa.select(Participant.progress_text_id, Participant.id),
        sa.select(CourtItem.ask_text_id, CourtItem.participant_id),
        sa.select(Ask.text_id, Ask.participant_id),
        sa.select(ActionItem.text_id, ActionItem.participant_id),
        item,
    ):
        for text_id, participant in rows.execute(pairs):
            if text_id is not None and participant is not None:
                about.setdefault(text_id, set()).add(policy_id(Kind.PARTICIPANT, participant))
    return about


def _class_needs(cls: InformationClass, about: list[str], source: str | None) -> tuple[Asked, ...]:
    if cls in BOUND:
        return tuple(Asked(cls, one, source) for one in about)
    return (Asked(cls),)


def _pieces(body: str, needs: Needs) -> Iterator[Saying]:
    for piece in LINK.split(body)[::2]:
        words = _plain(piece)
        if len(words) >= _LEAST:
            yield Saying(words, needs)


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
