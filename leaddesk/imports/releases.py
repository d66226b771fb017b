"""The columns of a roster that speak of a release of information (ROI), read into a draft that is not in force.

What a roster says is never enough: a release in force needs classes, a form and those who may disclose (42 CFR 2.31),
which stand on the paper alone. The draft lists what is missing, so that a person can complete it from the paper.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from leaddesk.imports.cells import Cell
from leaddesk.imports.dates import Meaning, UnreadDateError, read_date
from leaddesk.imports.reading import Findings
from leaddesk.imports.table import Record
from leaddesk.policy.names import letters
from leaddesk.policy.vocabulary import RecipientClass

_RECIPIENTS = {
    RecipientClass.PROGRAM: "program, project management, project manager, PMT",
    RecipientClass.LAW_ENFORCEMENT: "police, law enforcement, LE, LEO, officers, sheriff",
    RecipientClass.PROSECUTION: "prosecution, prosecutor, prosecutors, prosecuting attorney, district attorney,"
    "PA, DA",
    RecipientClass.DEFENSE: "defense, defender, public defender, public defenders, public defense",
    RecipientClass.CASE_MANAGEMENT: "case management, case manager, case managers, CM, CMs",
    RecipientClass.PROVIDER: "provider, providers, service providers, treatment providers",
    RecipientClass.SUPERVISION: "supervision, probation, parole, community corrections",
    RecipientClass.COMMUNITY: "community, community representatives",
    RecipientClass.EVALUATION: "evaluation, evaluator, evaluators, researchers",
}

#: The words that plainly name a recipient class, as bare letters. "PD" is a police department or a public defender,
#: "all partners" is anybody: neither is here.
RECIPIENTS: Mapping[str, RecipientClass] = MappingProxyType(
    {letters(word): known for known, words in _RECIPIENTS.items() for word in words.split(",")}
)

#: On every imported release, whatever the roster says.
_NEVER_IN_A_ROSTER = ("classes", "form", "who may disclose")

_BETWEEN = re.compile(r"[,;/&+]|\band\b", re.IGNORECASE)
_ONLY = re.compile(r"^\s*only\b|\bonly\s*$", re.IGNORECASE)
_NOT_SIGNED = frozenset({"no", "n", "none", "notsigned", "unsigned", "refused", "declined"})
_FIELDS = ("release_signed", "release_ends", "release_covers")


@dataclass(frozen=True, slots=True)
class ReleaseDraft:
    """A release as a roster has it; not in force.

    Attributes:
        signed_on: None where the roster has no day, whatever else it says.
        ends_on: the last day it covers; None where the roster has no day. "Until revoked" is no end.
        recipient_classes: those named in so many words.
        missing: what a person has to complete from the paper: "classes", "form", "who may disclose" always;
            "signature date", "end" and "recipients" where the roster lacks them.
    """

    signed_on: date | None
    ends_on: date | None
    recipient_classes: frozenset[RecipientClass]
    missing: tuple[str, ...]


def read_release(record: Record, findings: Findings, today: date, *, day_first: bool) -> ReleaseDraft | None:
    """The release that a row speaks of; None where it speaks of none, or says that none was signed."""
    if not any(record.text(field) for field in _FIELDS):
        return None
    if letters(record.text("release_signed")) in _NOT_SIGNED:
        findings.note(record.row, "release_signed", "The list says that no release was signed. None was read.")
        return None
    signed_on = ends_on = None
    try:
        signed_on = _day(record.cell("release_signed"), Meaning.PAST, today, day_first=day_first)
    except UnreadDateError as error:
        findings.note(record.row, "release_signed", f"{error} The release has no signature date.")
    try:
        ends_on = _day(record.cell("release_ends"), Meaning.END, today, day_first=day_first)
    except UnreadDateError as error:
        findings.note(record.row, "release_ends", f"{error} The release has no end.")
    if signed_on and ends_on and ends_on < signed_on:
        findings.note(
            record.row, "release_ends", "This release would end before it was signed. Its end was left out."
        )
        ends_on = None
    recipients = _recipients(record, findings)
    wanting = {"signature date": signed_on is None, "end": ends_on is None, "recipients": not recipients}
    missing = (*_NEVER_IN_A_ROSTER, *(what for what, wants in wanting.items() if wants))
    column = next(field for field in _FIELDS if field in record.cells)
    findings.note(record.row, column, f"This release is not in force. Missing: {', '.join(missing)}.")
    return ReleaseDraft(signed_on, ends_on, recipients, missing)


def _day(cell: Cell, meaning: Meaning, today: date, *, day_first: bool) -> date | None:
    return None if cell == "" else read_date(cell, meaning, today, day_first=day_first)


def _recipients(record: Record, findings: Findings) -> frozenset[RecipientClass]:
    found: set[RecipientClass] = set()
    for part in _BETWEEN.split(record.text("release_covers")):
        words = _ONLY.sub("", part).strip()
        known = RECIPIENTS.get(letters(words))
        if known is not None:
            found.add(known)
        elif words:
            findings.note(
                record.row, "release_covers", f"“{words}” names no one group of recipients. It was left out."
            )
    return frozenset(found)
