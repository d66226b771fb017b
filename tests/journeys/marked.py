"""A meeting whose every value is a marker that says what it is: whom it is about, in which class, from where."""

import re
from datetime import date

from leaddesk.policy.material import Material
from leaddesk.policy.records import Fact, Kind, Record, Text, Wording
from leaddesk.policy.vocabulary import InformationClass
from tests.policy import desks

C = InformationClass
MARKER = re.compile(r"Zq(p\d|none)x([a-z]+)x([a-z]+)x\d+z")
DAY = date(2026, 5, 6)


class Marker:
    """Makes markers, each used once."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, about: str | None, cls: InformationClass, source: str | None = None) -> str:
        self._count += 1
        return f"Zq{about or 'none'}x{cls.value}x{source or 'unknown'}x{self._count}z"


def text(mark: Marker, cls: InformationClass, about: str | None = None, source: str | None = None) -> Text:
    """A text with a safe wording of each lower kind."""
    return Text(
        cls=cls,
        text=mark(about, cls, source),
        about=(about,) if about else (),
        source=source,
        safe=(
            Wording(cls=C.OPERATIONS, text=mark(None, C.OPERATIONS)),
            Wording(cls=C.COMMUNITY, text=mark(None, C.COMMUNITY)),
        ),
    )


def fact(value: object, cls: InformationClass) -> Fact:
    return Fact(cls=cls, value=value)


def material(source: str | None) -> Material:
    """A whole meeting of markers around the participants of `tests.policy.desks`; care comes from ``source``."""
    mark = Marker()
    record = Record
    items = [record(kind=Kind.AGENDA_ITEM, id="i0", fields={"kind": fact("overview", C.OPERATIONS)})]
    participants, actions, asks, entries = {}, [], [], []
    for number, one in enumerate(desks.PARTICIPANTS, start=1):
        item = f"i{number}"
        items.append(
            record(
                kind=Kind.AGENDA_ITEM,
                id=item,
                about=(one,),
                fields={"kind": fact("participant", C.OPERATIONS)},
                links={"participant": one},
            )
        )
        participants[one] = record(
            kind=Kind.PARTICIPANT,
            id=one,
            about=(one,),
            fields={
                "given_name": fact(mark(one, C.IDENTITY), C.IDENTITY),
                "family_name": fact(mark(one, C.IDENTITY), C.IDENTITY),
                "intake_status": fact(mark(one, C.PROGRESS), C.PROGRESS),
                "engagement": fact(mark(one, C.PROGRESS), C.PROGRESS),
                "progress": text(mark, C.PROGRESS, one),
                "court.1.court": fact(mark(one, C.COORDINATION), C.COORDINATION),
                "court.1.matter": fact(mark(one, C.COORDINATION), C.COORDINATION),
                "care": text(mark, C.CARE, one, source),
                "health": text(mark, C.HEALTH, one, source),
            },
        )
        for cls in (C.PROGRESS, C.COORDINATION, C.CARE, C.HEALTH, C.OPERATIONS):
            fields: dict[str, Fact | Text] = {
                "text": text(mark, cls, one, source),
                "owner": fact(mark(None, C.OPERATIONS), C.OPERATIONS),
                "due": fact(DAY, C.OPERATIONS),
                "outcome": fact("open", C.OPERATIONS),
                "carried": fact(1, C.OPERATIONS),
                "kind": text(mark, cls, one, source),
                "to_whom": text(mark, cls, one, source),
            }
            links: dict[str, str | None] = {"agenda_item": item, "participant": one, "origin_meeting": "m1"}
            actions.append(record(kind=Kind.ACTION, id=f"act{one}{cls}", about=(one,), fields=fields, links=links))
            asks.append(record(kind=Kind.ASK, id=f"ask{one}{cls}", about=(one,), fields=fields, links=links))
            entries.append(record(kind=Kind.ENTRY, id=f"e{one}{cls}", about=(one,), fields=fields, links=links))
    place_fields = ("name", "neighborhood", "response", "not_heard_from", "lead_text")
    place = record(
        kind=Kind.PLACE,
        id="l1",
        fields={
            **{name: fact(mark(None, C.COMMUNITY), C.COMMUNITY) for name in place_fields},
            "rank": fact(1, C.COMMUNITY),
        },
    )
    items.append(
        record(kind=Kind.AGENDA_ITEM, id="i9", fields={"kind": fact("place", C.OPERATIONS)}, links={"priority": "l1"})
    )
    items.append(record(kind=Kind.AGENDA_ITEM, id="i10", fields={"kind": fact("actions", C.OPERATIONS)}))
    items.append(
        record(
            kind=Kind.AGENDA_ITEM,
            id="i11",
            fields={"kind": fact("operational", C.OPERATIONS), "title": text(mark, C.OPERATIONS)},
        )
    )
    evidence = record(
        kind=Kind.EVIDENCE,
        id="ev1",
        fields={
            "lane": fact("qualitative", C.COMMUNITY),
            "text": text(mark, C.COMMUNITY),
            "source": fact(mark(None, C.COMMUNITY), C.COMMUNITY),
            "complained": fact(mark(None, C.PERSONNEL), C.PERSONNEL),
        },
        links={"priority": "l1"},
    )
    attendance = record(
        kind=Kind.ATTENDANCE,
        id="att1",
        own=frozenset({"a1"}),
        fields={
            "attendee": fact(mark(None, C.COMMUNITY), C.COMMUNITY),
            "role": fact(mark(None, C.COMMUNITY), C.COMMUNITY),
        },
        links={"attendee": "nobody we know"},
    )
    meeting = record(
        kind=Kind.MEETING,
        id="m1",
        fields={
            "number": fact(14, C.PUBLIC),
            "held_on": fact(DAY, C.PUBLIC),
            "place": fact(mark(None, C.PUBLIC), C.PUBLIC),
            "chair": fact(mark(None, C.PUBLIC), C.PUBLIC),
        },
    )
    site = record(kind=Kind.SITE, id="site1", fields={"program": fact(mark(None, C.PUBLIC), C.PUBLIC)})
    return Material(
        site=site,
        series=record(kind=Kind.SERIES, id="ser1"),
        meeting=meeting,
        agenda=tuple(items),
        participants=participants,
        places=(place,),
        evidence=(evidence,),
        actions=tuple(actions),
        asks=tuple(asks),
        entries=tuple(entries),
        attendees={},
        attendance=(attendance,),
        today=DAY,
        at=desks.AT,
        zone="America/Los_Angeles",
    )
