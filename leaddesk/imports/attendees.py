"""Lists of those who come to the meeting, read into drafts.

A draft grants nothing: whatever the list says of an agreement is a note, and nobody counts as signed until they sign
or until paper with a witness is recorded. A job that is none of the fixed roles has no role, which denies everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from leaddesk.imports.names import UnreadNameError, full_name, has_lost_letters, name_key, readable
from leaddesk.imports.reading import Findings, Kind, Reading
from leaddesk.imports.table import Record, read_table
from leaddesk.policy.names import letters
from leaddesk.policy.vocabulary import Role

_JOBS = {
    Role.PROJECT_MANAGER: "project manager, LEAD project manager",
    Role.SCRIBE: "scribe, minute taker, note taker",
    Role.OFFICER: "officer, ofc, police officer, patrol officer",
    Role.SERGEANT: "sergeant, sgt, police sergeant, patrol sergeant",
    Role.PROSECUTOR: "prosecutor, prosecuting attorney, deputy prosecuting attorney, deputy prosecutor, DPA,"
    "district attorney, assistant district attorney, deputy district attorney, DA, ADA, DDA",
    Role.DEFENDER: "defender, public defender, assistant public defender, deputy public defender, defense attorney",
    Role.CASE_MANAGER: "case manager, CM, LEAD case manager",
    Role.CASE_SUPERVISOR: "case supervisor, CM supervisor, case manager supervisor, case management supervisor",
    Role.PROVIDER: "provider, service provider, treatment provider, housing provider, nurse, outreach nurse",
    Role.PROBATION: "probation, probation officer, parole officer, CCO, community corrections officer",
    Role.COMMUNITY: "community, community representative, community member, resident, business owner,"
    "neighborhood council chair, neighborhood council member, BIA director, neighborhood representative",
    Role.LEADERSHIP_TEAM: "leadership team, community leadership team, leadership team member",
    Role.EVALUATOR: "evaluator, researcher",
    Role.GUEST: "guest, visitor",
}

#: The jobs that plainly are one of the fixed roles, as bare letters. "PM", "PO" and "Admin" could be several.
ROLES: Mapping[str, Role] = MappingProxyType(
    {letters(job): role for role, jobs in _JOBS.items() for job in jobs.split(",")}
)


@dataclass(frozen=True, slots=True)
class AttendeeDraft:
    """One attendee as the list has them.

    Attributes:
        row: the number beside the row in a spreadsheet program.
        name: in spoken order.
        agency: the agency or neighborhood represented, as written; may be empty.
        role: None where the job is none of the fixed roles; that denies until a person sets it.
        agreement_note: what the list says of a confidentiality agreement; never an agreement.
    """

    row: int
    name: str
    agency: str
    role: Role | None
    email: str
    phone: str
    agreement_note: str


def read_attendees(path: Path) -> Reading[AttendeeDraft]:
    """The attendees of a spreadsheet, all of them or, with a problem, none.

    Raises:
        KnownError: when the file can't be read as a list at all.
    """
    table = read_table(path, Kind.ATTENDEES)
    drafts = [draft for record in table.records if (draft := _draft(record, table.findings)) is not None]
    _note_duplicates(drafts, table.findings)
    return table.findings.reading(Kind.ATTENDEES, len(table.records), drafts)


def _draft(record: Record, findings: Findings) -> AttendeeDraft | None:
    try:
        name = _name(record)
    except UnreadNameError as error:
        findings.problem(record.row, "name", str(error))
        return None
    if has_lost_letters(name):
        findings.note(record.row, "name", "Letters were lost in this file; mend the name.")
    if not record.text("agency"):
        findings.note(record.row, "agency", "There is no agency in this row.")
    agreement_note = record.text("agreement")
    if agreement_note:
        text = f"“{agreement_note}” is kept as a note. Nobody counts as signed until they sign here."
        findings.note(record.row, "agreement", text)
    return AttendeeDraft(
        row=record.row,
        name=name,
        agency=record.text("agency"),
        role=_role(record, findings),
        email=record.text("email"),
        phone=record.text("phone"),
        agreement_note=agreement_note,
    )


def _name(record: Record) -> str:
    if record.text("name"):
        return full_name(record.text("name"))
    return readable(f"{record.text('first')} {record.text('last')}".strip())


def _role(record: Record, findings: Findings) -> Role | None:
    job = record.text("role")
    role = ROLES.get(letters(job))
    if role is None:
        said = f"“{job}” is none of the roles." if job else "There is no role in this row."
        findings.note(record.row, "role", f"{said} This person is shown nothing until a role is set.")
    return role


def _note_duplicates(drafts: list[AttendeeDraft], findings: Findings) -> None:
    first: dict[tuple[str, ...], int] = {}
    for draft in drafts:
        row = first.setdefault(name_key(draft.name), draft.row)
        if row != draft.row:
            findings.note(draft.row, "name", f"Possible duplicate of row {row}: the same name.")
