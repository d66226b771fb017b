"""The columns that LeadDesk reads, under every heading that people give them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from leaddesk.imports.cells import Cell, text_of
from leaddesk.imports.reading import Kind
from leaddesk.policy.names import letters

#: For each field of a draft the headings that mean it, written as their bare letters.
Columns = Mapping[str, frozenset[str]]


def _columns(**headings: str) -> Columns:
    return MappingProxyType(
        {field: frozenset(letters(heading) for heading in text.split(",")) for field, text in headings.items()}
    )


_ATTENDEES = _columns(
    name="name, full name, attendee, attendee name, member, member name, person, contact, contact name",
    first="first name, first, given name, given names, forename",
    last="last name, last, family name, surname",
    agency="agency, organization, organisation, org, employer, company, represents, representing, affiliation",
    role="role, position, title, job title, job, function",
    email="email, e-mail address, mail, work email",
    phone="phone, phone number, telephone, tel, mobile, mobile phone, cell, cell phone, work phone",
    agreement="confidentiality signed, confidentiality, confidentiality agreement, confidentiality agreement signed,"
    "agreement, agreement signed, agreement date, signed, nda, nda signed",
)

_PARTICIPANTS = _columns(
    name="name, name last first, last first, last name first name, full name, participant, participant name, client,"
    "client name",
    first="first name, first, given name, given names, forename",
    last="last name, last, family name, surname",
    aliases="aka, alias, aliases, also known as, street name, street names, nickname, nicknames, moniker",
    birth_date="dob, birth date, date of birth, birthdate, birthday, born",
    referred_on="referred, referred on, referral date, date of referral, date referred, ref date",
    door="door, referral type, referral door, type of referral, pathway, diversion type",
    referrer="officer, referred by, referring officer, referrer, referral source, diverting officer",
    case_manager="cm, case manager, assigned cm, assigned case manager, case worker, caseworker",
    case_agency="cm agency, case agency, case management agency, case manager agency, provider agency",
    status="status, intake status, client status, case status, participant status",
    release_signed="roi signed, roi date, roi, release signed, release date, release of information,"
    "release of information signed, date roi signed",
    release_ends="roi ends, roi end, roi expires, roi expiration, roi expiry, release ends, release expires",
    release_covers="roi covers, roi recipients, roi for, roi to, release covers, release to, recipients, disclose to",
    note="notes, note, comments, comment, remarks",
)

#: What each kind of list may hold.
COLUMNS: Mapping[Kind, Columns] = MappingProxyType({Kind.ATTENDEES: _ATTENDEES, Kind.PARTICIPANTS: _PARTICIPANTS})

#: The field, with its usual heading, without which a list can't be told from any other list of names.
REQUIRED: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {Kind.ATTENDEES: ("agency", "Agency"), Kind.PARTICIPANTS: ("referred_on", "Referred")}
)


def match(headings: Sequence[Cell], columns: Columns) -> dict[str, list[int]]:
    """Where each known field stands: its positions from 0, more than one if two headings mean the same field.

    Case, spaces, punctuation and accents of a heading don't matter; nothing else is forgiven.
    """
    found: dict[str, list[int]] = {}
    for position, heading in enumerate(headings):
        bare = letters(text_of(heading))
        for field, known in columns.items():
            if bare in known:
                found.setdefault(field, []).append(position)
    return found
