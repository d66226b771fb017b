"""One scene as facts, texts, questions and expected answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from leaddesk.policy.conformance.outcome import MalformedFile
from leaddesk.policy.conformance.reading import Node
from leaddesk.policy.decision import Asked
from leaddesk.policy.facts import (
    Agreement,
    Exclusion,
    Facts,
    Grant,
    Involvement,
    Participant,
    Person,
    Release,
    Revocation,
    Site,
    UntilEvent,
)
from leaddesk.policy.records import Text, Wording
from leaddesk.policy.vocabulary import BOUND, InformationClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A scene, read."""

    name: str
    at: datetime
    facts: Facts
    texts: Mapping[str, Text]
    audience: frozenset[str]
    signed_in: str | None
    asks: Mapping[str, tuple[str, Asked]]
    expected: Mapping[str, str]
    """Expected answers by their path under ``expect``."""


def read_situation(node: Node) -> Situation:
    """One scene.

    Raises:
        MalformedFile: says the path.
    """
    scene = node.fields(
        *[
            "name",
            "why",
            "at",
            "site",
            "accepted_templates",
            "agencies",
            "people",
            "participants",
            "records",
            "audience",
            "signed_in",
            "ask",
            "expect",
        ]
    )
    site = scene["site"].fields("zone", "part2")
    return Situation(
        name=scene["name"].text_or_none() or node.path,
        at=scene["at"].instant(),
        facts=Facts(
            site=Site(
                zone=_zone(site["zone"]),
                part2=site["part2"].text_or_none(),
                accepted_templates=frozenset(scene["accepted_templates"].texts()),
            ),
            people={person.id: person for person in map(_person, scene["people"].items())},
            participants={one.id: one for one in map(_participant, scene["participants"].items())},
            agencies=dict(map(_agency, scene["agencies"].items())),
        ),
        texts=dict(map(_record, scene["records"].items())),
        audience=frozenset(scene["audience"].texts()),
        signed_in=scene["signed_in"].text_or_none(),
        asks=dict(map(_ask, scene["ask"].items())),
        expected=_expected(scene["expect"]),
    )


def _zone(node: Node) -> str:
    zone = node.text()
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise MalformedFile(node.path, "is no time zone") from error
    return zone


def _agency(node: Node) -> tuple[str, str | None]:
    agency = node.fields("id", "part2")
    return agency["id"].text(), agency["part2"].text_or_none()


def _person(node: Node) -> Person:
    person = node.fields("id", "name", "role", "agency", "agreements", "withdrew_or_declined")
    return Person(
        id=person["id"].text(),
        name=person["name"].text(),
        role=person["role"].text_or_none(),
        agency=person["agency"].text_or_none(),
        agreements=tuple(map(_agreement, person["agreements"].items())),
        withdrew_or_declined=tuple(gone.instant() for gone in person["withdrew_or_declined"].items()),
    )


def _agreement(node: Node) -> Agreement:
    agreement = node.fields("template", "signed", "ends")
    signed = agreement["signed"]
    return Agreement(
        template=agreement["template"].text_or_none(),
        signed=None if signed.value is None else signed.instant(),
        ends=agreement["ends"].day_or_none(),
    )


def _participant(node: Node) -> Participant:
    one = node.fields(
        *["id", "code", "name", "aliases", "door", "intake", "case_agency", "referring_agency"],
        *["releases", "revocations", "exclusions", "grants", "involvements"],
    )
    given, _, family = " ".join(one["name"].text().split()).rpartition(" ")
    return Participant(
        id=one["id"].text(),
        code=one["code"].text(),
        given_name=given,
        family_name=family,
        aliases=one["aliases"].texts(),
        door=one["door"].text_or_none(),
        intake=one["intake"].text_or_none(),
        case_agency=one["case_agency"].text_or_none(),
        referring_agency=one["referring_agency"].text_or_none(),
        releases=tuple(map(_release, one["releases"].items())),
        revocations=tuple(map(_revocation, one["revocations"].items())),
        exclusions=tuple(map(_exclusion, one["exclusions"].items())),
        grants=tuple(map(_grant, one["grants"].items())),
        involvements=tuple(map(_involvement, one["involvements"].items())),
    )


def _release(node: Node) -> Release:
    release = node.fields("id", "signed", "ends", "form", "from", "to", "classes")
    to = release["to"].fields("classes", "agencies", "people")
    return Release(
        id=release["id"].text(),
        signed=release["signed"].day_or_instant_or_none(),
        ends=_end_of_release(release["ends"]),
        form=release["form"].text_or_none(),
        sources=frozenset(release["from"].texts()),
        to_classes=frozenset(to["classes"].texts()),
        to_agencies=frozenset(to["agencies"].texts()),
        to_people=frozenset(to["people"].texts()),
        classes=_classes(release["classes"]),
    )


def _end_of_release(node: Node) -> date | UntilEvent | None:
    if not isinstance(node.value, dict):
        return node.day_or_none()
    end = node.fields("event", "recorded")
    recorded = end["recorded"]
    return UntilEvent(event=end["event"].text(), recorded=None if recorded.value is None else recorded.instant())


def _classes(node: Node) -> frozenset[InformationClass]:
    words = node.texts()
    if "all" in words:
        return BOUND
    try:
        return frozenset(map(InformationClass, words))
    except ValueError as error:
        raise MalformedFile(node.path, "names a class that is not known") from error


def _revocation(node: Node) -> Revocation:
    revocation = node.fields("at", "release")
    return Revocation(at=revocation["at"].instant(), release=revocation["release"].text_or_none())


def _exclusion(node: Node) -> Exclusion:
    tie = node.fields("person", "classes", "from", "until")
    return Exclusion(
        person=tie["person"].text(),
        starts=tie["from"].day_or_none(),
        ends=tie["until"].day_or_none(),
        classes=_classes(tie["classes"]),
    )


def _grant(node: Node) -> Grant:
    tie = node.fields("person", "classes", "from", "until")
    return Grant(
        person=tie["person"].text(),
        starts=tie["from"].day_or_none(),
        ends=tie["until"].day_or_none(),
        classes=_classes(tie["classes"]),
    )


def _involvement(node: Node) -> Involvement:
    tie = node.fields("person", "from", "until")
    return Involvement(person=tie["person"].text(), starts=tie["from"].day_or_none(), ends=tie["until"].day_or_none())


def _record(node: Node) -> tuple[str, Text]:
    record = node.fields("id", "class", "text", "about", "source", "safe")
    return record["id"].text(), Text(
        cls=_class_or_none(record["class"]),
        text=record["text"].text(),
        about=record["about"].texts(),
        source=record["source"].text_or_none(),
        safe=tuple(map(_wording, record["safe"].items())),
    )


def _wording(node: Node) -> Wording:
    wording = node.fields("class", "text")
    return Wording(cls=_class_or_none(wording["class"]), text=wording["text"].text())


def _class_or_none(node: Node) -> InformationClass | None:
    """A class, ``None`` for one that is missing or unknown: that denies, it is not malformed."""
    word = node.text_or_none()
    return InformationClass(word) if word in set(InformationClass) else None


def _ask(node: Node) -> tuple[str, tuple[str, Asked]]:
    ask = node.fields("id", "person", "participant", "class", "source")
    asked = Asked(
        _class_or_none(ask["class"]),
        participant=ask["participant"].text_or_none(),
        source=ask["source"].text_or_none(),
    )
    return ask["id"].text(), (ask["person"].text(), asked)


def _expected(node: Node) -> Mapping[str, str]:
    expect = node.fields("appears", "records", "answers")
    return {
        f"{group}.{name}": answer.text() for group, answers in expect.items() for name, answer in answers.entries()
    }
