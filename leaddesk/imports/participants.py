"""Rosters of participants, read into drafts.

Nothing is guessed into a wider class or right: an unknown door, status or date stays empty and is told; a release is
never in force (see `leaddesk.imports.releases`); the free note keeps its words, whose class a person decides.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from leaddesk.imports.dates import Meaning, UnreadDateError, has_day_first, read_date
from leaddesk.imports.names import SplitName, UnreadNameError, has_lost_letters, name_key, readable, split_name
from leaddesk.imports.reading import Findings, Kind, Reading
from leaddesk.imports.releases import ReleaseDraft, read_release
from leaddesk.imports.table import Record, Table, read_table
from leaddesk.policy.names import letters
from leaddesk.policy.vocabulary import Door

IntakeWord = Literal["referred", "screening", "not_approved", "declined", "enrolled", "intake_missed"]
EngagementWord = Literal["active", "light_touch", "not_engaged", "paused", "exited", "deceased"]
Status = tuple[IntakeWord | None, EngagementWord | None]

_DOORS = {
    Door.ARREST: "arrest, arrest diversion, pre-booking diversion",
    Door.SOCIAL: "social, social contact, SC, social contact referral",
    Door.COMMUNITY: "community, community referral, community-based referral",
}

#: The words that plainly name a door, as bare letters.
DOORS: Mapping[str, Door] = MappingProxyType(
    {letters(word): door for door, words in _DOORS.items() for word in words.split(",")}
)

_STATUSES: dict[Status, str] = {
    ("referred", None): "referred, new, pending, intake pending, pending intake",
    ("screening", None): "screening, in screening",
    ("not_approved", None): "not approved, ineligible, not eligible",
    ("declined", None): "declined, declined intake",
    ("intake_missed", None): "intake missed, missed intake",
    ("enrolled", None): "enrolled",
    ("enrolled", "active"): "active",
    ("enrolled", "light_touch"): "light touch, self supporting",
    ("enrolled", "not_engaged"): "not engaged, disengaged",
    ("enrolled", "paused"): "paused, on hold",
    ("enrolled", "exited"): "exited",
    ("enrolled", "deceased"): "deceased",
}

#: The words that plainly name an intake status or an engagement; who is engaged in any way has been enrolled.
STATUSES: Mapping[str, Status] = MappingProxyType(
    {letters(word): status for status, words in _STATUSES.items() for word in words.split(",")}
)

_REASON = re.compile(r"\s[-–—]\s|:\s")
_ALIASES = re.compile(r"[,;/]|\baka\b", re.IGNORECASE)
_UNKNOWN = frozenset({"", "na", "none", "unk", "unknown", "tbd", "nil"})
_DATES = ("birth_date", "referred_on", "release_signed", "release_ends")


@dataclass(frozen=True, slots=True)
class ParticipantDraft:
    """One participant as the roster has them.

    Attributes:
        row: the number beside the row in a spreadsheet program.
        given_name: may be empty where the roster has one word.
        door: None where the roster does not plainly name one.
        referrer_text: who referred, as written; matched with nobody.
        case_manager_text: as written; matched with nobody.
        case_agency_text: as written; matched with no agency.
        intake_status: None where it is not plain; nothing then counts as open.
        not_approved_reason: what stands behind "not approved", as written.
        note: as written; may hold anything about anybody.
    """

    row: int
    given_name: str
    family_name: str
    aliases: tuple[str, ...]
    birth_date: date | None
    referred_on: date | None
    door: Door | None
    referrer_text: str
    case_manager_text: str
    case_agency_text: str
    intake_status: IntakeWord | None
    engagement: EngagementWord | None
    not_approved_reason: str
    note: str
    release: ReleaseDraft | None


def read_participants(path: Path, today: date) -> Reading[ParticipantDraft]:
    """The participants of a spreadsheet, all of them or, with a problem, none.

    Args:
        path: the file.
        today: the site's calendar day; no birth, referral or signature lies after it.

    Raises:
        KnownError: when the file can't be read as a list at all.
    """
    table = read_table(path, Kind.PARTICIPANTS)
    reader = _Reader(table, today)
    drafts = [draft for record in table.records if (draft := reader.draft(record)) is not None]
    _note_duplicates(drafts, table.findings)
    return table.findings.reading(Kind.PARTICIPANTS, len(table.records), drafts)


class _Reader:
    """Reads one record after the other, knowing what the whole list tells about its dates and names."""

    def __init__(self, table: Table, today: date) -> None:
        self._findings = table.findings
        self._today = today
        self._day_first = has_day_first(record.cell(field) for record in table.records for field in _DATES)
        self._written_apart = _names_with_commas(table.records)

    def draft(self, record: Record) -> ParticipantDraft | None:
        try:
            name = self._name(record)
        except UnreadNameError as error:
            self._findings.problem(record.row, "name", str(error))
            return None
        intake_status, engagement, reason = self._status(record)
        return ParticipantDraft(
            row=record.row,
            given_name=name.given,
            family_name=name.family,
            aliases=_aliases(record),
            birth_date=self._birth_date(record),
            referred_on=self._referred_on(record),
            door=self._door(record),
            referrer_text=_known(record, "referrer"),
            case_manager_text=_known(record, "case_manager"),
            case_agency_text=_known(record, "case_agency"),
            intake_status=intake_status,
            engagement=engagement,
            not_approved_reason=reason,
            note=record.text("note"),
            release=read_release(record, self._findings, self._today, day_first=self._day_first),
        )

    def _name(self, record: Record) -> SplitName:
        """The name in its parts; one without a comma as another row of the list writes it with one."""
        written = record.text("name")
        if "name" in record.cells:
            name = self._written_apart.get(name_key(written)) or split_name(written)
        else:
            given, family = record.text("first"), record.text("last")
            written = readable(f"{given} {family}".strip())
            name = SplitName(given, family) if given and family else split_name(written)
        if has_lost_letters(written):
            self._findings.note(record.row, "name", "Letters were lost in this file; mend the name.")
        if name.doubt:
            self._findings.note(record.row, "name", name.doubt)
        return name

    def _birth_date(self, record: Record) -> date | None:
        cell = record.cell("birth_date")
        if cell == "":
            return None
        try:
            return read_date(cell, Meaning.BIRTH, self._today, day_first=self._day_first)
        except UnreadDateError as error:
            self._findings.note(record.row, "birth_date", str(error))
            return None

    def _referred_on(self, record: Record) -> date | None:
        """The day from which the days until intake are counted: missing is told, unreadable stops the file."""
        cell = record.cell("referred_on")
        if cell == "":
            self._findings.note(record.row, "referred_on", "There is no day of referral in this row.")
            return None
        try:
            return read_date(cell, Meaning.PAST, self._today, day_first=self._day_first)
        except UnreadDateError as error:
            self._findings.problem(record.row, "referred_on", str(error))
            return None

    def _door(self, record: Record) -> Door | None:
        written = record.text("door")
        door = DOORS.get(letters(written))
        if door is None:
            said = f"“{written}” is none of the doors" if written else "There is no door in this row"
            self._findings.note(record.row, "door", f"{said}: it stays open until somebody sets it.")
        return door

    def _status(self, record: Record) -> tuple[IntakeWord | None, EngagementWord | None, str]:
        written = record.text("status")
        if (plain := STATUSES.get(letters(written))) is not None:
            return (*plain, "")
        head, *rest = _REASON.split(written, maxsplit=1)
        if STATUSES.get(letters(head)) == ("not_approved", None):
            return "not_approved", None, "".join(rest)
        said = f"“{written}” is none of the statuses" if written else "There is no status in this row"
        self._findings.note(record.row, "status", f"{said}. It was left empty.")
        return None, None, ""


def _names_with_commas(records: Iterable[Record]) -> dict[tuple[str, ...], SplitName]:
    found: dict[tuple[str, ...], SplitName] = {}
    for record in records:
        written = record.text("name")
        if "," in written:
            try:
                found.setdefault(name_key(written), split_name(written))
            except UnreadNameError:
                continue  # told when its own row is read
    return found


def _known(record: Record, field: str) -> str:
    text = record.text(field)
    return "" if letters(text) in _UNKNOWN else text


def _aliases(record: Record) -> tuple[str, ...]:
    parts = (part.strip() for part in _ALIASES.split(_known(record, "aliases")))
    return tuple(dict.fromkeys(part for part in parts if part))


def _note_duplicates(drafts: list[ParticipantDraft], findings: Findings) -> None:
    """Tells of rows with one name; both go in, as only a person can say whether they are one participant."""
    seen: dict[tuple[str, ...], list[ParticipantDraft]] = {}
    for draft in drafts:
        same = seen.setdefault(name_key(f"{draft.given_name} {draft.family_name}"), [])
        if same:
            agreeing = next((d for d in same if _births_agree(d, draft)), None)
            but = "" if agreeing else ", with another date of birth"
            row = (agreeing or same[0]).row
            findings.note(draft.row, "name", f"Possible duplicate of row {row}: the same name{but}.")
        same.append(draft)


def _births_agree(one: ParticipantDraft, other: ParticipantDraft) -> bool:
    return one.birth_date is None or other.birth_date is None or one.birth_date == other.birth_date
