"""A small invented desk and the pieces of a meeting on it, for the tests of what is composed from records."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from leaddesk.policy.disclosure import Audience, Disclosure, Sight
from leaddesk.policy.facts import Agreement, Facts, Involvement, Participant, Person, Release, Site
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.material import Material
from leaddesk.policy.records import Fact, Kind, Record, Text, Wording
from leaddesk.policy.room import Presence, Room, Watch
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import BOUND, InformationClass, InvolvementKind, RecipientClass
from tests.policy import desks
from tests.policy.words import EVERYDAY

C = InformationClass
AT = desks.AT
MONTH_AGO = AT - timedelta(days=30)
#: A Wednesday.
TODAY = date(2026, 5, 6)
ZONE = "America/Los_Angeles"

ROLES = {
    "okafor": "project_manager",
    "bell": "officer",
    "hart": "provider",
    "ruiz": "community",
    "lind": "case_manager",
    "novak": "officer",
}
_NAMES = {
    "okafor": ("Jo Okafor", "pmt"),
    "bell": ("Tom Bell", "police"),
    "hart": ("Ana Hart", "clinic"),
    "ruiz": ("Dora Ruiz", "lakeside"),
    "lind": ("Eva Lind", "harbor"),
    "novak": ("Sam Novak", "police"),
}


def person(id_: str, **more: object) -> Person:
    """One of the attendees; only Novak has not signed."""
    name, agency = _NAMES[id_]
    signed = () if id_ == "novak" else (Agreement(template="v1", signed=MONTH_AGO),)
    return replace(
        Person(id=id_, name=name, role=ROLES[id_], agency=agency, agreements=signed),
        **more,  # type: ignore[arg-type]
    )


def release(**more: object) -> Release:
    """A release that lets Harbor tell the police and the program everything."""
    told = Release(
        id="r1",
        signed=date(2026, 2, 2),
        ends=date(2027, 1, 1),
        form="part2",
        sources=frozenset({"harbor"}),
        to_classes=frozenset({RecipientClass.LAW_ENFORCEMENT, RecipientClass.PROGRAM}),
        classes=BOUND,
    )
    return replace(told, **more)  # type: ignore[arg-type]


def brooks(**more: object) -> Participant:
    """A participant with a release, whose case Lind of Harbor has."""
    angela = Participant(
        id="p1",
        code="P-7K3F",
        given_name="Angela",
        family_name="Brooks",
        case_agency="harbor",
        releases=(release(),),
        involvements=(
            Involvement(person="lind", starts=date(2026, 1, 1), kind=InvolvementKind.CASE_MANAGER),
            Involvement(person="okafor", starts=date(2026, 1, 1), kind=InvolvementKind.REFERRER),
        ),
    )
    return replace(angela, **more)  # type: ignore[arg-type]


def meyer(**more: object) -> Participant:
    """A participant who has signed no release."""
    carl = Participant(id="p2", code="P-2M9Q", given_name="Carl", family_name="Meyer", case_agency="harbor")
    return replace(carl, **more)  # type: ignore[arg-type]


def desk(
    *participants: Participant, people: Mapping[str, Person] | None = None, part2: str | None = "no", **site: object
) -> Facts:
    """Everybody, with Brooks and Meyer unless other participants are given; Harbor's status is ``part2``."""
    settings = Site(zone=ZONE, accepted_templates=frozenset({"v1"}))
    return Facts(
        site=replace(settings, **site),  # type: ignore[arg-type]
        people={**{id_: person(id_) for id_ in ROLES}, **(people or {})},
        participants={one.id: one for one in participants or (brooks(), meyer())},
        agencies={"harbor": part2},
    )


def shown_to(*people: str, facts: Facts | None = None, signed_in: str | None = "okafor") -> Disclosure:
    """What these people together, and the signed-in user, may have."""
    known = desk() if facts is None else facts
    sight = Sight(Standing(known, AT), Audience(frozenset(people), signed_in))
    return Disclosure(TextGuard(known, EVERYDAY), sight)


def public(facts: Facts | None = None) -> Disclosure:
    """What everybody may have."""
    return shown_to(facts=facts, signed_in=None)


def here(id_: str, **more: object) -> Presence:
    """Somebody in the room, in their own role unless told otherwise."""
    return replace(Presence(person=id_, role=ROLES[id_]), **more)  # type: ignore[arg-type]


def watch(
    *present: Presence | str, facts: Facts | None = None, strangers: int = 0, signed_in: str = "okafor"
) -> Watch:
    """A room with these people in it."""
    room = Room(signed_in=signed_in, strangers=strangers)
    for one in present:
        room = room.arrive(here(one) if isinstance(one, str) else one)
    return Watch(room, desk() if facts is None else facts, EVERYDAY, AT)


def text(cls: InformationClass, words: str, *about: str, **safe: str) -> Text:
    """A text with safe wordings by class, in their order."""
    return Text(
        cls=cls,
        text=words,
        about=about,
        source="harbor",
        safe=tuple(Wording(cls=C(name), text=wording) for name, wording in safe.items()),
    )


def values(cls: InformationClass, **named: object) -> dict[str, Fact | Text]:
    """Facts of one class by name; what is ``None`` is not on the desk, and a text keeps its own class."""
    return {
        name: value if isinstance(value, Text) else Fact(cls=cls, value=value, source="harbor")
        for name, value in named.items()
        if value is not None
    }


def agenda_item(
    id_: str, kind: str, *, participant: str | None = None, priority: str | None = None, **more: object
) -> Record:
    """An item of the agenda."""
    links = {"participant": participant, "priority": priority}
    return Record(
        kind=Kind.AGENDA_ITEM,
        id=id_,
        about=() if participant is None else (participant,),
        fields=values(C.OPERATIONS, kind=kind, **more),
        links={name: link for name, link in links.items() if link is not None},
    )


def participant_record(id_: str, **more: object) -> Record:
    """What the desk holds about a participant: progress facts, and others in classes of their own."""
    code = {"p1": "P-7K3F", "p2": "P-2M9Q"}[id_]
    fields = {"case_code": Fact(cls=C.OPERATIONS, value=code), **values(C.PROGRESS, **more)}
    return Record(kind=Kind.PARTICIPANT, id=id_, about=(id_,), fields=fields)


def action(
    id_: str,
    what: Text | str,
    *,
    owner: str | None = None,
    links: Mapping[str, str | None] | None = None,
    own: frozenset[str] = frozenset(),
    **more: object,
) -> Record:
    """An action item, of the class operations unless its text says otherwise."""
    words = what if isinstance(what, Text) else text(C.OPERATIONS, what)
    name = None if owner is None else _NAMES[owner][0]
    owned = {} if owner is None else {"owner": owner}
    return Record(
        kind=Kind.ACTION,
        id=id_,
        about=words.about,
        own=own,
        fields=values(C.OPERATIONS, text=words, owner=name, **{"outcome": "open", **more}),
        links={**owned, **(links or {})},
    )


def entry(id_: str, item: str, words: Text, kind: str = "update") -> Record:
    """What was filed under an agenda item."""
    said = replace(words, text=kind, safe=tuple(replace(one, text=kind) for one in words.safe), cleared=True)
    return Record(
        kind=Kind.ENTRY,
        id=id_,
        about=words.about,
        fields={"text": words, "kind": said},
        links={"agenda_item": item},
    )


def place(id_: str, rank: object, name: str | None, *, lead: str | None = None, **more: object) -> Record:
    """A location priority."""
    led = None if lead is None else _NAMES[lead][0]
    return Record(
        kind=Kind.PLACE,
        id=id_,
        fields=values(C.COMMUNITY, rank=rank, name=name, lead=led, **more),
        links={} if lead is None else {"lead": lead},
    )


def attendee(id_: str, **more: object) -> Record:
    """What the desk holds about somebody who attends."""
    name, agency = _NAMES[id_]
    given, family = name.split()
    told = {"given_name": given, "family_name": family, "agency": agency, "roles": (ROLES[id_],), **more}
    return Record(kind=Kind.ATTENDEE, id=id_, fields=values(C.COMMUNITY, **told))


def stay(id_: str, links: Mapping[str, str | None] | None = None, **more: object) -> Record:
    """Somebody's stay at the meeting."""
    told = {"attendee": _NAMES[id_][0], "role": ROLES[id_], "mode": "room", "arrived_at": AT, **more}
    return Record(
        kind=Kind.ATTENDANCE,
        id=f"stay-{id_}",
        own=frozenset({id_}),
        fields=values(C.COMMUNITY, **told),
        links={"attendee": id_, **(links or {})},
    )


MEETING = Record(
    kind=Kind.MEETING,
    id="m14",
    fields=values(C.PUBLIC, number=14, held_on=TODAY, place="Town Hall", chair="Jo Okafor", state="open"),
)
SITE = Record(
    kind=Kind.SITE,
    id="s1",
    fields=values(C.PUBLIC, program="Harbor County", program_word="LEAD", group="Work group"),
)


def material(**more: object) -> Material:
    """A meeting with nothing on its agenda, and whatever else is given."""
    empty = Material(
        site=SITE,
        series=Record(kind=Kind.SERIES, id="ser1"),
        meeting=MEETING,
        agenda=(),
        participants={},
        places=(),
        evidence=(),
        actions=(),
        asks=(),
        entries=(),
        attendees={id_: attendee(id_) for id_ in ROLES},
        attendance=(),
        today=TODAY,
        at=AT,
        zone=ZONE,
    )
    return replace(empty, **more)  # type: ignore[arg-type]


def evidence(priority: str, words: Text, lane: str, **more: object) -> Record:
    """One piece of evidence about a place."""
    return Record(
        kind=Kind.EVIDENCE,
        id=f"{priority}-{words.text}",
        fields=values(C.COMMUNITY, text=words, lane=lane, **more),
        links={"priority": priority},
    )
