"""Records as canonical JSON and back: minutes keep what they were made from, each part with its class."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from leaddesk.policy.material import Material
from leaddesk.policy.records import Fact, Kind, Record, Text, Wording
from leaddesk.policy.vocabulary import InformationClass

_ONE = ("site", "series", "meeting", "last_minutes", "last_meeting")
_MANY = ("agenda", "places", "evidence", "actions", "asks", "entries", "attendance")
_BY_ID = ("participants", "attendees")


def freeze(whole: Material) -> dict[str, Any]:
    """The material of a meeting as plain JSON values, everything keeping its class.

    Of the participants it keeps those alone whom the meeting spoke of, and of places' evidence what was on the
    agenda: nobody else's facts are to outlive them in minutes.
    """
    material = _spoken_of(whole)
    frozen: dict[str, Any] = {"format": 1, "today": material.today.isoformat(), "at": material.at.isoformat()}
    frozen["zone"] = material.zone
    for name in _ONE:
        record = getattr(material, name)
        frozen[name] = None if record is None else _record(record)
    for name in _MANY:
        frozen[name] = [_record(record) for record in getattr(material, name)]
    for name in _BY_ID:
        frozen[name] = [_record(record) for record in getattr(material, name).values()]
    return frozen


def thaw(frozen: Mapping[str, Any]) -> Material:
    """The material that was frozen."""
    parts: dict[str, Any] = {name: _thawed(frozen[name]) for name in _ONE}
    parts |= {name: tuple(map(_thawed, frozen[name])) for name in _MANY}
    for name in _BY_ID:
        records = [_thawed(record) for record in frozen[name]]
        parts[name] = {record.id: record for record in records if record is not None}
    return Material(
        **parts,
        today=date.fromisoformat(frozen["today"]),
        at=datetime.fromisoformat(frozen["at"]),
        zone=frozen["zone"],
    )


def canonical(frozen: Mapping[str, Any]) -> bytes:
    """The one way in which frozen material is written down."""
    return json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(frozen: Mapping[str, Any]) -> str:
    """SHA-256 of frozen material, hexadecimal."""
    return hashlib.sha256(canonical(frozen)).hexdigest()


def _spoken_of(material: Material) -> Material:
    """The material without participants, asks and evidence that nothing of the meeting is about."""
    said = (*material.agenda, *material.entries, *material.actions)
    participants = {one for record in said for one in record.about}
    places = {record.links.get("priority") for record in material.agenda}
    return replace(
        material,
        participants={one: record for one, record in material.participants.items() if one in participants},
        asks=tuple(ask for ask in material.asks if ask.links.get("participant") in participants),
        evidence=tuple(piece for piece in material.evidence if piece.links.get("priority") in places),
    )


def _record(record: Record) -> dict[str, Any]:
    return {
        "kind": record.kind.value,
        "id": record.id,
        "about": list(record.about),
        "subjects": sorted(record.subjects),
        "own": sorted(record.own),
        "fields": {name: _item(item) for name, item in record.fields.items()},
        "links": dict(record.links),
    }


def _thawed(frozen: Mapping[str, Any] | None) -> Record | None:
    if frozen is None:
        return None
    return Record(
        kind=Kind(frozen["kind"]),
        id=frozen["id"],
        about=tuple(frozen["about"]),
        subjects=frozenset(frozen["subjects"]),
        own=frozenset(frozen["own"]),
        fields={name: _thawed_item(item) for name, item in frozen["fields"].items()},
        links=frozen["links"],
    )


def _item(item: Fact | Text) -> dict[str, Any]:
    cls = None if item.cls is None else item.cls.value
    if isinstance(item, Fact):
        return {"class": cls, "value": _value(item.value), "source": item.source}
    return {
        "class": cls,
        "text": item.text,
        "about": list(item.about),
        "source": item.source,
        "cleared": item.cleared,
        "safe": [
            {"class": None if w.cls is None else w.cls.value, "text": w.text, "cleared": w.cleared} for w in item.safe
        ],
    }


def _thawed_item(frozen: Mapping[str, Any]) -> Fact | Text:
    if "text" not in frozen:
        return Fact(cls=_class(frozen["class"]), value=_thawed_value(frozen["value"]), source=frozen["source"])
    return Text(
        cls=_class(frozen["class"]),
        text=frozen["text"],
        about=tuple(frozen["about"]),
        source=frozen["source"],
        cleared=frozen["cleared"],
        safe=tuple(
            Wording(cls=_class(one["class"]), text=one["text"], cleared=one["cleared"]) for one in frozen["safe"]
        ),
    )


def _class(word: str | None) -> InformationClass | None:
    return None if word is None else InformationClass(word)


def _value(value: object) -> Any:
    """A value as JSON, days and instants marked as such."""
    if isinstance(value, datetime):
        return {"instant": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [_value(part) for part in value]
    if isinstance(value, Mapping):
        return {"map": {str(key): _value(part) for key, part in value.items()}}
    return value


def _thawed_value(value: Any) -> object:
    if isinstance(value, (list, tuple)):
        return tuple(map(_thawed_value, value))
    if isinstance(value, dict):
        (kind, inner), *_ = value.items()
        if kind == "instant":
            return datetime.fromisoformat(inner)
        if kind == "day":
            return date.fromisoformat(inner)
        return {key: _thawed_value(part) for key, part in inner.items()}
    return value
