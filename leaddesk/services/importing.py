"""Lists read from spreadsheets put on the desk: all of a list in one transaction, or nothing of it.

Nothing is guessed into a wider class or right. Nobody counts as signed, no release is in force, no agency is known to
be outside 42 CFR Part 2, and nobody becomes involved with anybody by being on a list.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from leaddesk.imports.attendees import AttendeeDraft
from leaddesk.imports.names import SplitName, UnreadNameError, name_key, split_name
from leaddesk.imports.participants import ParticipantDraft
from leaddesk.imports.reading import Draft, Finding, Reading, Severity
from leaddesk.imports.releases import ReleaseDraft
from leaddesk.models import Agency, Attendee, AttendeeRole, Participant, Release
from leaddesk.models.ids import policy_id
from leaddesk.models.words import Engagement, IntakeStatus
from leaddesk.policy.decision import Asked, decide
from leaddesk.policy.records import Kind
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.policy.writing import typed
from leaddesk.services.desk import Unit
from leaddesk.services.facts import load_facts
from leaddesk.services.participants import new_code
from leaddesk.services.texts import Words, Writer

C = InformationClass


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list.

    Attributes:
        added: how many people went in; 0 where the list has a problem, which stops all of it.
        findings: those of reading the list and those of putting it on the desk, in the order of its rows.
    """

    added: int
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The findings that stopped the list."""
        return tuple(one for one in self.findings if one.severity is Severity.PROBLEM)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The findings that leave something to mend by hand."""
        return tuple(one for one in self.findings if one.severity is Severity.NOTE)


def import_attendees(unit: Unit, reading: Reading[AttendeeDraft], *, dry_run: bool = False) -> Imported:
    """The attendees of a list, added with their agencies, except those on the desk with the same name and agency.

    What the list says of a confidentiality agreement is kept as a note on the attendee.

    Args:
        unit: the transaction.
        reading: the list as read; one with problems adds nobody.
        dry_run: whether to tell what would become of the list and change nothing.
    """
    with _trial(unit, dry_run):
        batch = _Batch(unit)
        agencies_of: dict[tuple[str, ...], set[int | None]] = defaultdict(set)
        for one in unit.rows.scalars(select(Attendee)):
            agencies_of[name_key(one.name)].add(one.agency_id)
        for draft in reading.drafts:
            agency = batch.agency(draft.row, draft.agency)
            same_name = agencies_of[name_key(draft.name)]
            if agency in same_name:
                batch.tell(
                    draft.row, "name", "Somebody of this name and agency is on the desk. The row was left out."
                )
                continue
            if same_name:
                batch.tell(draft.row, "name", "Possible duplicate: somebody of another agency has the same name.")
            same_name.add(agency)
            batch.add_attendee(draft, agency)
        return batch.finish(reading)


def import_participants(
    unit: Unit, reading: Reading[ParticipantDraft], everyday: frozenset[str], *, dry_run: bool = False
) -> Imported:
    """The participants of a roster, added with new case codes, except those on the desk with the same name and birth.

    The free note counts as `health`, the narrowest class, recorded by the case agency; the case manager's name is
    kept in it and matched with nobody. A release comes with its recipients and days alone, and so is not in force.

    Somebody already there is told of only where the signed-in user may know that they are a participant. Otherwise
    they are left out without a word: added anew, they would escape the exclusions that are in force for them.

    Args:
        unit: the transaction.
        reading: the roster as read; one with problems adds nobody.
        everyday: everyday words for the text guard.
        dry_run: whether to tell what would become of the roster and change nothing.
    """
    with _trial(unit, dry_run):
        batch = _Batch(unit)
        there = _AlreadyThere(unit)
        new: list[tuple[ParticipantDraft, Participant]] = []
        for draft in reading.drafts:
            if there.is_same(draft):
                if there.may_be_told(draft):
                    text = "A participant of this name and date of birth is on the desk. The row was left out."
                    batch.tell(draft.row, "name", text)
                continue
            if there.may_be_told(draft):
                batch.tell(draft.row, "name", "Possible duplicate of a participant on the desk: the same name.")
            new.append((draft, batch.add_participant(draft)))
        unit.rows.flush()
        # Only now, so that a note that names somebody of the same list is found to name them.
        writer = Writer(unit, everyday)
        for draft, row in new:
            batch.add_papers(draft, row, writer)
        return batch.finish(reading)


@contextmanager
def _trial(unit: Unit, dry_run: bool) -> Iterator[None]:
    with unit.rows.begin_nested() as savepoint:
        yield
        if dry_run:
            savepoint.rollback()


class _AlreadyThere:
    """The participants on the desk before a roster goes in, found by name and date of birth.

    Rows of one roster are not held against each other: only a person can say whether they are one participant.
    """

    def __init__(self, unit: Unit) -> None:
        standing = Standing(load_facts(unit.rows, unit.at), unit.at)
        self._births: dict[tuple[str, ...], set[date | None]] = defaultdict(set)
        self._nameable: set[tuple[str, ...]] = set()
        for one in unit.rows.scalars(select(Participant)):
            key = name_key(one.name)
            self._births[key].add(one.birth_date)
            asked = Asked(C.IDENTITY, policy_id(Kind.PARTICIPANT, one.id))
            if decide(standing, unit.user.id, asked).allowed:
                self._nameable.add(key)

    def is_same(self, draft: ParticipantDraft) -> bool:
        """Whether somebody with this name and date of birth, or this name and no date either, is on the desk."""
        return draft.birth_date in self._births.get(_key(draft), ())

    def may_be_told(self, draft: ParticipantDraft) -> bool:
        """Whether the signed-in user may know that somebody of this name is on the desk."""
        return _key(draft) in self._nameable


def _key(draft: ParticipantDraft) -> tuple[str, ...]:
    return name_key(f"{draft.given_name} {draft.family_name}")


class _Batch:
    """One list on its way in: counts, findings, and the agencies it names."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._rows = unit.rows
        self._site = unit.site
        self._added = self._agencies_added = self._releases = 0
        self._found: list[Finding] = []
        self._agencies = {_agency_key(one.name): one.id for one in unit.rows.scalars(select(Agency))}

    def tell(self, row: int, field: str, text: str) -> None:
        """Notes what is to be known about a row."""
        self._found.append(Finding(row, field, Severity.NOTE, text))

    def agency(self, row: int, name: str) -> int | None:
        """The row number of the agency of this name, added if it is new; ``None`` for no name.

        Only case and spaces are forgiven: *Harbor Hse* and *Harbor House* may be two agencies.
        """
        words = typed(name)
        if not words:
            return None
        key = _agency_key(words)
        if key not in self._agencies:
            agency = Agency(name=words)
            self._rows.add(agency)
            self._rows.flush()
            self._agencies[key] = agency.id
            self._agencies_added += 1
            self.tell(row, "agency", f"“{words}” is a new agency. Say whether it is a 42 CFR Part 2 program.")
        return self._agencies[key]

    def add_attendee(self, draft: AttendeeDraft, agency: int | None) -> None:
        """Adds an attendee, with the list's word on an agreement as a note."""
        name = self._parts(draft)
        attendee = Attendee(
            given_name=name.given,
            family_name=name.family,
            agency_id=agency,
            email=typed(draft.email),
            phone=typed(draft.phone),
            note=f"Confidentiality agreement, as imported: {typed(draft.agreement_note)}"
            if draft.agreement_note
            else "",
        )
        self._rows.add(attendee)
        self._rows.flush()
        if draft.role is not None:
            self._rows.add(AttendeeRole(attendee_id=attendee.id, position=0, role=draft.role))
        self._added += 1

    def _parts(self, draft: AttendeeDraft) -> SplitName:
        """The parts of a name in spoken order; what stands behind a comma is a degree or the like."""
        name, _, behind = (part.strip() for part in draft.name.partition(","))
        if behind:
            self.tell(draft.row, "name", f"“{behind}” was left out of the name.")
        try:
            parts = split_name(name)
        except UnreadNameError:
            parts = SplitName("", name, "The whole name was taken for the family name.")
        if parts.doubt:
            self.tell(draft.row, "name", parts.doubt)
        return parts

    def add_participant(self, draft: ParticipantDraft) -> Participant:
        """The participant of a row, added but not flushed."""
        window = timedelta(days=self._site.intake_window_days)
        row = Participant(
            case_code=new_code(self._unit),
            given_name=typed(draft.given_name),
            family_name=typed(draft.family_name),
            aliases=tuple(alias for alias in map(typed, draft.aliases) if alias),
            birth_date=draft.birth_date,
            door=draft.door,
            referral_date=draft.referred_on,
            referrer_text=typed(draft.referrer_text),
            intake_status=IntakeStatus(draft.intake_status) if draft.intake_status else None,
            not_approved_reason=typed(draft.not_approved_reason),
            intake_due=draft.referred_on + window if draft.referred_on else None,
            engagement=Engagement(draft.engagement) if draft.engagement else None,
            case_agency_id=self.agency(draft.row, draft.case_agency_text),
            created_at=self._unit.at,
        )
        self._rows.add(row)
        self._added += 1
        return row

    def add_papers(self, draft: ParticipantDraft, row: Participant, writer: Writer) -> None:
        """Adds a participant's note and release."""
        if note := _note(draft):
            about = policy_id(Kind.PARTICIPANT, row.id)
            row.note_text_id = writer.save(Words(note, C.HEALTH), about=[about], source=row.case_agency_id).id
        if draft.release is not None:
            self._rows.add(_release(draft.release, row, self._unit))
            self._releases += 1

    def finish(self, reading: Reading[Draft]) -> Imported:
        """What became of the list, its counts written to the ledger unless nothing was read."""
        if reading.drafts:
            self._unit.note(
                "imported",
                kind=reading.kind.value,
                rows=reading.rows,
                added=self._added,
                agencies=self._agencies_added,
                releases=self._releases,
            )
        found = sorted((*reading.findings, *self._found), key=lambda finding: finding.row or 0)
        return Imported(self._added, tuple(found))


def _agency_key(name: str) -> str:
    return "".join(name.casefold().split())


def _note(draft: ParticipantDraft) -> str:
    """The free note and the case manager's name, unable to make a link by themselves."""
    manager = typed(draft.case_manager_text)
    return "\n".join(
        words for words in (typed(draft.note), f"Case manager on the roster: {manager}." if manager else "") if words
    )


def _release(draft: ReleaseDraft, row: Participant, unit: Unit) -> Release:
    return Release(
        participant_id=row.id,
        recipient_classes=tuple(sorted(recipient.value for recipient in draft.recipient_classes)),
        signed_on=draft.signed_on,
        ends_on=draft.ends_on,
        imported=True,
        created_at=unit.at,
    )
