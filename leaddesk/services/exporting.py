"""Everything the signed-in user may have, as plain data: for taking along, and for checking the rule by other means.

``docs/export.md`` names every field.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from leaddesk.errors import KnownError
from leaddesk.models.ids import policy_id
from leaddesk.policy.decision import Asked
from leaddesk.policy.disclosure import Appearance, Audience, Disclosure, Sight
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.records import Kind, Record, Text
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import InformationClass
from leaddesk.services.desk import Unit
from leaddesk.services.disclosures import note_told
from leaddesk.services.facts import load_facts
from leaddesk.services.records import everything
from leaddesk.vault.files import create_empty, write_whole

C = InformationClass

FORMAT = "leaddesk-export"
VERSION = 1

#: Fields of row numbers, and of what; they are exported as ids.
_NUMBERED: Mapping[str, Kind] = MappingProxyType(
    {"source_agencies": Kind.AGENCY, "recipient_agencies": Kind.AGENCY, "recipient_attendees": Kind.ATTENDEE}
)

#: A link comes with the field of its own name: the name of what it points to. One to something without a name comes
#: with a field of its own class. A link that is neither here nor named is left out.
GOES_WITH: Mapping[tuple[Kind, str], str] = MappingProxyType(
    {
        (Kind.ATTENDEE, "agreement_event.meeting"): "kind",
        (Kind.AGREEMENT, "template"): "signed_at",
        (Kind.AGREEMENT, "meeting"): "signed_at",
        (Kind.REVOCATION, "release"): "at",
        (Kind.SERIES, "template"): "every_days",
        (Kind.MEETING, "expected.meeting"): "coming",
        (Kind.AGENDA_ITEM, "meeting"): "position",
        (Kind.ATTENDANCE, "meeting"): "arrived_at",
        (Kind.ATTENDANCE, "stepped_out.agenda_item"): "from_at",
        (Kind.ENTRY, "meeting"): "filed_at",
        (Kind.ENTRY, "agenda_item"): "filed_at",
        (Kind.ACTION, "origin_meeting"): "outcome",
        (Kind.ACTION, "agenda_item"): "outcome",
        (Kind.EVIDENCE, "priority"): "lane",
        (Kind.MINUTES, "meeting"): "version",
        (Kind.AMENDMENT, "meeting"): "at",
    }
)

#: Links of class `community` beside which no field has that class.
COMMUNITY_LINKS = frozenset({(Kind.AGENDA_ITEM, "priority"), (Kind.ACTION, "priority")})


@dataclass(frozen=True, slots=True)
class Export:
    """What the signed-in user may have of the desk.

    Attributes:
        data: the export as JSON has it.
        left_out: how many values are on the desk that it does not hold.
    """

    data: Mapping[str, Any]
    left_out: int

    @property
    def records(self) -> int:
        """How many records it holds."""
        return len(self.data["records"])


def export(unit: Unit, everyday: frozenset[str]) -> Export:
    """Every record as the signed-in user alone may have it; the ledger notes what it tells of whom.

    A participant appears by name without their case code, by code with nothing but that, or not at all.

    Args:
        unit: the transaction; once it ends the ledger entry is on disk, and only then may a file be written.
        everyday: everyday words for the text guard.
    """
    facts = load_facts(unit.rows, unit.at)
    standing = Standing(facts, unit.at)
    audience = Audience(frozenset({unit.user.id}), unit.user.id)
    disclosure = Disclosure(TextGuard(facts, everyday), Sight(standing, audience))
    found = [_Shown(record, disclosure) for record in everything(unit.rows)]
    shown = [one for one in found if one.names]
    left_out = sum(one.left_out for one in found)
    kinds = {one.record.id: one.record.kind for one in shown}
    records = [one.data(kinds) for one in shown]
    entry = note_told(unit, "exported", audience, disclosure.told, standing, purpose="export")
    unit.note("export_counted", {"entry": entry}, records=len(records), left_out=left_out)
    data = {
        "format": FORMAT,
        "version": VERSION,
        "at": unit.at.isoformat(),
        "for": unit.user.id,
        "facts": {
            "role": facts.people[unit.user.id].role,
            "agreement_in_force": unit.user.id in standing.attending,
        },
        "left_out": left_out,
        "records": records,
    }
    return Export(data, left_out)


def refuse_existing(path: Path) -> None:
    """Lets nothing be overwritten.

    Raises:
        KnownError: there is something of that name.
    """
    if path.exists() or path.is_symlink():
        raise KnownError(
            "There is something of that name already.", kept="It was not touched.", todo="Choose another name."
        )


def write(export_: Export, path: Path) -> None:
    """Writes the export to a new file that the user alone may read, there whole or not at all.

    Raises:
        KnownError: there is something of that name, or the disk refused.
    """
    content = json.dumps(export_.data, ensure_ascii=False, indent=1) + "\n"
    write_new(content.encode(), path)


def write_new(content: bytes, path: Path) -> None:
    """Writes a new file that the user alone may read, there whole or not at all.

    Raises:
        KnownError: there is something of that name, or the disk refused.
    """
    refuse_existing(path)
    try:
        create_empty(path)
    except OSError as error:
        raise _refused(error) from error
    try:
        write_whole(path, content)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _refused(error) from error


def write_over(content: bytes, path: Path) -> None:
    """Writes a file that the user alone may read in the place of any other, whole or not at all.

    Raises:
        KnownError: the disk refused; what was there before still is.
    """
    try:
        write_whole(path, content)
    except OSError as error:
        raise _refused(error) from error


def _refused(error: OSError) -> KnownError:
    return KnownError(
        f"The file could not be written ({error.strerror}).",
        kept="The desk is as it was; its ledger says so, where this was an export.",
        todo="Check that the folder is there, yours to write in, and not full.",
    )


class _Shown:
    """A record as its reader gets it.

    Attributes:
        record: as the desk holds it.
        names: of the fields that are exported.
    """

    def __init__(self, record: Record, disclosure: Disclosure) -> None:
        self.record = record
        self._disclosure = disclosure
        self._seen = disclosure.see(record)
        self.names = tuple(name for name in self._seen.names if self._belongs(name))

    @property
    def left_out(self) -> int:
        """How many fields of the record are not exported."""
        return len(self.record.fields) - len(self.names)

    def data(self, kinds: Mapping[str, Kind]) -> dict[str, Any]:
        """The record as JSON has it.

        Args:
            kinds: what every exported record is, by id; whatever points to any other is left out.
        """
        links = {name: id_ for name, id_ in self.record.links.items() if id_ is not None and id_ in kinds}
        return {
            "kind": self.record.kind.value,
            "id": self.record.id,
            "about": [one for one in self.record.about if self._disclosure.may_name(one)],
            "fields": {name: self._item(name, kinds) for name in self.names},
            "links": {name: id_ for name, id_ in links.items() if self._links(name, id_, kinds[id_])},
        }

    def _belongs(self, name: str) -> bool:
        """Whether a field that may be had belongs beside the others.

        Beside a name stands no case code, and beside a case code nothing of the participant, nor the owner of an
        action who has their case.
        """
        record = self.record
        by_code = [one for one in record.about if self._disclosure.appearance(one) is not Appearance.NAME]
        if record.kind is Kind.PARTICIPANT:
            return (name == "case_code") is bool(by_code)
        if record.kind is Kind.ACTION and name in ("owner", "owner_agency"):
            owner = record.links.get("owner")
            return not any(owner in self._disclosure.case_managers(one) for one in by_code)
        return True

    def _item(self, name: str, kinds: Mapping[str, Kind]) -> dict[str, Any]:
        """A field with its class: that of the wording that is given, where it is a text."""
        item = self.record.fields[name]
        cls = item.cls
        if isinstance(item, Text):
            index = self._disclosure.choose(item, frozenset(self.record.about), self.record.own).index
            cls = item.cls if index is None or index < 0 else item.safe[index].cls
        value = self._seen.value(name)
        if name in _NUMBERED and isinstance(value, tuple):
            value = [policy_id(_NUMBERED[name], number) for number in value]
        said = {"class": str(cls), "value": _plain(value)}
        return {**said, "source": item.source} if item.source in kinds else said

    def _links(self, name: str, id_: str, kind: Kind) -> bool:
        """Whether the reader may have a link to an exported record of this kind."""
        if kind is Kind.PARTICIPANT:
            return self._disclosure.may_name(id_)
        part, _, own = name.rpartition(".")  # a part of a record: court.7.owner
        key = self.record.kind, f"{part.partition('.')[0]}.{own}" if part else own
        if key in COMMUNITY_LINKS:
            return self._disclosure.allows(Asked(C.COMMUNITY))
        goes_with = GOES_WITH.get(key, own)
        return (f"{part}.{goes_with}" if part else goes_with) in self.names


def _plain(value: object) -> object:
    """A value as JSON has it: days and instants in ISO 8601, words of a list as themselves."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
