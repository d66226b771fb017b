"""Row numbers as the ids of the rule: ``p12`` is the participant of row 12, and ``{p12}`` links them in a text."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import overload

from leaddesk.policy.records import Kind

#: What an id begins with; a kind's letters are never used again for another.
PREFIXES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.SITE: "site",
        Kind.AGENCY: "g",
        Kind.NEIGHBORHOOD: "n",
        Kind.ATTENDEE: "a",
        Kind.TEMPLATE: "tpl",
        Kind.AGREEMENT: "agr",
        Kind.EXCLUSION: "exc",
        Kind.GRANT: "grt",
        Kind.PARTICIPANT: "p",
        Kind.INVOLVEMENT: "inv",
        Kind.RELEASE: "r",
        Kind.REVOCATION: "rev",
        Kind.AGENDA_TEMPLATE: "agt",
        Kind.SERIES: "ser",
        Kind.MEETING: "m",
        Kind.AGENDA_ITEM: "i",
        Kind.ATTENDANCE: "att",
        Kind.ENTRY: "e",
        Kind.ACTION: "act",
        Kind.ASK: "ask",
        Kind.PLACE: "l",
        Kind.EVIDENCE: "ev",
        Kind.MINUTES: "min",
        Kind.AMENDMENT: "amd",
        Kind.ROLE_TABLE: "rt",
        Kind.USER: "u",
    }
)
_ID = re.compile(r"([a-z]+)([1-9][0-9]{0,17})")


@overload
def policy_id(kind: Kind, row: int) -> str: ...
@overload
def policy_id(kind: Kind, row: int | None) -> str | None: ...
def policy_id(kind: Kind, row: int | None) -> str | None:
    """The id of a row as the rule knows it, ``None`` for no row."""
    return None if row is None else f"{PREFIXES[kind]}{row}"


def row_id(kind: Kind, policy: str) -> int:
    """The row number of an id of this kind.

    Raises:
        ValueError: when it is no id, or another kind's.
    """
    match = _ID.fullmatch(policy)
    if match is None or match.group(1) != PREFIXES[kind]:
        raise ValueError(f"not the id of a {kind}")
    return int(match.group(2))
