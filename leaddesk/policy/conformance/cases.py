"""``cases.csv``: one person, one class a row, in words an attorney can read."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from leaddesk.policy.conformance.outcome import Difference, MalformedFile, Outcome
from leaddesk.policy.decision import Asked, Decision, decide
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
)
from leaddesk.policy.standing import Standing
from leaddesk.policy.vocabulary import BOUND, InformationClass, RecipientClass

_AT = datetime(2026, 5, 6, 17, tzinfo=UTC)
_TODAY = _AT.date()
_YESTERDAY, _TOMORROW = _TODAY - timedelta(days=1), _TODAY + timedelta(days=1)
_LONG_AGO = date(2026, 1, 14)
_SIGNED = datetime(2026, 1, 14, 18, tzinfo=UTC)
_PERSON, _PARTICIPANT = "person", "participant"
_OWN, _OTHER, _ELSEWHERE = "own agency", "other agency", "elsewhere"
_ACCEPTED = "v1"

Row = Mapping[str, str]

#: What a column may say; columns that list classes, and role and class, are read otherwise.
_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "agreement": frozenset({"in force", "none", "expired", "withdrawn", "superseded"}),
        "involvement": frozenset({"", "assigned", "referrer", "ended", "subject", "reviewer"}),
        "agency": frozenset({"", "same", "other"}),
        "source": frozenset({"", "same", "other", "unknown"}),
        "door": frozenset({"", "arrest", "social", "community"}),
        "intake": frozenset({"", "open", "decided"}),
        "referred_by": frozenset({"", "agency", "other"}),
        "grant_state": frozenset({"", "in force", "expired"}),
        "release_to": frozenset({"", "agency", "person", *RecipientClass}),
        "release_from": frozenset({"", "source", "other"}),
        "release_state": frozenset({"", "in force", "expired", "revoked", "not yet"}),
        "release_form": frozenset({"", "general", "part2"}),
        "part2_program": frozenset({"", "yes", "no", "unsure"}),
        "decision": frozenset({"allow", "deny"}),
    }
)
_CLASS_LISTS = ("exclusion", "grant", "release_classes")
COLUMNS = [
    "role",
    "agreement",
    "class",
    "exclusion",
    "involvement",
    "agency",
    "source",
    "door",
    "intake",
    "referred_by",
    "grant",
    "grant_state",
    "release_to",
    "release_from",
    "release_classes",
    "release_state",
    "release_form",
    "part2_program",
    "decision",
    "reason",
]


def check(text: str) -> Outcome:
    """Holds the rule against a table of cases.

    Raises:
        MalformedFile: says the line.
    """
    reader = csv.DictReader(io.StringIO(text), strict=True)
    differences: list[Difference] = []
    checked = 0
    try:
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            raise MalformedFile("line 1", f"no column {', '.join(missing)}")
        for row in reader:
            where = f"line {reader.line_num}"
            _validate(row, where)
            answer = _answer(row)
            answered = f"{'allow' if answer.allowed else 'deny'} {answer.reason}"
            expected = f"{row['decision']} {row['reason']}"
            checked += 1
            if answered != expected:
                differences.append(Difference(where, expected, answered))
    except csv.Error as error:
        raise MalformedFile(f"line {reader.line_num + 1}", str(error)) from error
    if not checked:
        raise MalformedFile("line 2", "holds no case")
    return Outcome(checked, tuple(differences))


def _validate(row: Row, where: str) -> None:
    if None in row.values() or None in row:
        raise MalformedFile(where, f"has not {len(COLUMNS)} columns")
    for name, words in _WORDS.items():
        if row[name] not in words:
            raise MalformedFile(where, f"{name} says {row[name]!r}")
    for name in _CLASS_LISTS:
        _classes(row[name], where, name)
    if row["grant"] and not row["grant_state"]:
        raise MalformedFile(where, "grant has no grant_state")
    if row["release_to"] and not row["release_state"]:
        raise MalformedFile(where, "release_to has no release_state")


def _classes(words: str, where: str = "", name: str = "") -> frozenset[InformationClass]:
    if words in ("", "all"):
        return BOUND if words else frozenset()
    try:
        return frozenset(InformationClass(word) for word in words.split("+"))
    except ValueError as error:
        raise MalformedFile(where, f"{name} says {words!r}") from error


def _answer(row: Row) -> Decision:
    person = Person(
        id=_PERSON,
        name="",
        role=row["role"],
        agency=_OWN,
        agreements=_agreements(row["agreement"]),
        withdrew_or_declined=(_AT - timedelta(days=1),) if row["agreement"] == "withdrawn" else (),
    )
    part2 = row["part2_program"] or None
    facts = Facts(
        site=Site(zone="UTC", accepted_templates=frozenset({_ACCEPTED})),
        people={_PERSON: person},
        participants={_PARTICIPANT: _participant(row)},
        agencies={_OWN: part2, _OTHER: part2},
    )
    cls = _class_or_none(row["class"])
    case_agency = _OWN if row["agency"] == "same" else _OTHER
    asked = Asked(
        cls,
        # A row without a case agency speaks of no participant.
        participant=_PARTICIPANT if row["agency"] else None,
        source={"same": _OWN, "other": _OTHER, "unknown": None, "": case_agency}[row["source"]],
        subjects=frozenset({_PERSON} if row["involvement"] in ("subject", "reviewer") else ()),
    )
    return decide(Standing(facts, _AT), _PERSON, asked)


def _class_or_none(word: str) -> InformationClass | None:
    return InformationClass(word) if word in set(InformationClass) else None


def _agreements(state: str) -> tuple[Agreement, ...]:
    if state == "none":
        return ()
    return (
        Agreement(
            template="v0" if state == "superseded" else _ACCEPTED,
            signed=_SIGNED,
            ends=_YESTERDAY if state == "expired" else None,
        ),
    )


def _participant(row: Row) -> Participant:
    exclusions: tuple[Exclusion, ...] = ()
    grants: tuple[Grant, ...] = ()
    involvements: tuple[Involvement, ...] = ()
    if row["exclusion"]:
        exclusions = (Exclusion(person=_PERSON, starts=_LONG_AGO, classes=_classes(row["exclusion"])),)
    if row["grant"]:
        until = _YESTERDAY if row["grant_state"] == "expired" else None
        grants = (Grant(person=_PERSON, starts=_LONG_AGO, ends=until, classes=_classes(row["grant"])),)
    if row["involvement"] in ("assigned", "referrer", "ended"):
        until = _YESTERDAY if row["involvement"] == "ended" else None
        involvements = (Involvement(person=_PERSON, starts=_LONG_AGO, ends=until),)
    return Participant(
        id=_PARTICIPANT,
        code="",
        given_name="",
        family_name="",
        door=row["door"] or None,
        intake=row["intake"] or None,
        case_agency=_OWN if row["agency"] == "same" else _OTHER,
        referring_agency=_OWN if row["referred_by"] == "agency" else _ELSEWHERE,
        releases=_releases(row),
        revocations=(Revocation(at=_AT - timedelta(days=1)),) if row["release_state"] == "revoked" else (),
        exclusions=exclusions,
        grants=grants,
        involvements=involvements,
    )


def _releases(row: Row) -> tuple[Release, ...]:
    to = row["release_to"]
    if not to:
        return ()
    return (
        Release(
            id="release",
            signed=_TOMORROW if row["release_state"] == "not yet" else _LONG_AGO,
            ends=_YESTERDAY if row["release_state"] == "expired" else date(2027, 1, 13),
            form=row["release_form"],
            sources=frozenset({_OWN, _OTHER} if row["release_from"] == "source" else {_ELSEWHERE}),
            to_classes=frozenset({to} - {"agency", "person"}),
            to_agencies=frozenset({_OWN} if to == "agency" else ()),
            to_people=frozenset({_PERSON} if to == "person" else ()),
            classes=_classes(row["release_classes"]),
        ),
    )
