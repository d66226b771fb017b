"""An invented room, held in memory: people of every role, participants with releases, ties and refusals.

Built from a fixed seed, so that every run measures the same room.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

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
)
from leaddesk.policy.vocabulary import BOUND, Cell, Door, Form, InformationClass, Intake, RecipientClass, Role

C = InformationClass

AT = datetime(2026, 5, 6, 17, tzinfo=UTC)

_CASE_AGENCIES = ("harbor", "evergreen", "lakeside")
_CLINIC = "clinic"
_AGENCIES: Mapping[str, str | None] = {
    "harbor": "no", "evergreen": "unsure", "lakeside": "no", _CLINIC: "yes", "police": "no", "court": None,
}  # fmt: skip
_AGENCY_OF = {
    Role.OFFICER: ("police",),
    Role.SERGEANT: ("police",),
    Role.PROSECUTOR: ("court",),
    Role.DEFENDER: ("court",),
    Role.PROBATION: ("court",),
    Role.CASE_MANAGER: _CASE_AGENCIES,
    Role.CASE_SUPERVISOR: _CASE_AGENCIES,
    Role.PROVIDER: (_CLINIC,),
}


def sample_facts(people: int, participants: int) -> Facts:
    """The facts of a desk with so many people, of every role in turn, and so many participants."""
    random = Random(42)
    everybody = {one.id: one for one in map(_person, range(people))}
    cases = {one.id: one for one in (_participant(number, random, list(everybody)) for number in range(participants))}
    site = Site(zone="America/Los_Angeles", accepted_templates=frozenset({"v1"}))
    return Facts(site=site, people=everybody, participants=cases, agencies=_AGENCIES)


def open_facts(people: int, participants: int) -> Facts:
    """Facts by which everybody may have everything: the costliest room, as no denial ends the asking early."""
    facts = sample_facts(people, participants)
    table = {role: dict.fromkeys(InformationClass, Cell.YES) for role in Role}
    officers = {one.id: replace(one, role=Role.OFFICER) for one in facts.people.values() if one.role == Role.GUEST}
    return replace(
        facts,
        site=replace(facts.site, role_table=table),
        people={**facts.people, **officers},
        participants={one.id: _released(one) for one in facts.participants.values()},
    )


def _released(participant: Participant) -> Participant:
    everybody = frozenset(RecipientClass)
    releases = tuple(replace(release, to_classes=everybody) for release in participant.releases)
    return replace(participant, releases=releases, revocations=(), exclusions=())


def questions(facts: Facts) -> list[Asked]:
    """Every participant-bound class of every participant, asked of the agency that records it."""
    return [
        Asked(cls, one.id, _CLINIC if cls is C.HEALTH else one.case_agency)
        for one in facts.participants.values()
        for cls in sorted(BOUND)
    ]


def _person(number: int) -> Person:
    role = list(Role)[number % len(Role)]
    agencies: tuple[str | None, ...] = _AGENCY_OF.get(role, (None,))
    agreement = Agreement(template="v1", signed=AT - timedelta(days=30), ends=date(2026, 12, 31))
    return Person(
        id=f"a{number}",
        name=f"Sam Attendee{number}",
        role=role,
        agency=agencies[number // len(Role) % len(agencies)],
        agreements=(agreement,),
    )


def _participant(number: int, random: Random, people: list[str]) -> Participant:
    id_ = f"p{number}"
    agency = random.choice(_CASE_AGENCIES)
    involved = random.sample(people, min(4, len(people)))
    return Participant(
        id=id_,
        code=f"P-{number:04}",
        given_name="Alex",
        family_name=f"Participant{number}",
        door=random.choice(list(Door)),
        intake=Intake.OPEN if number % 6 == 0 else Intake.DECIDED,
        case_agency=agency,
        referring_agency="police",
        releases=(
            _release(f"{id_}-1", agency, random, Form.GENERAL),
            _release(f"{id_}-2", agency, random, Form.PART2),
        ),
        revocations=(Revocation(at=AT - timedelta(days=1), release=f"{id_}-part2"),) if number % 10 == 0 else (),
        exclusions=(Exclusion(person=random.choice(people), starts=date(2026, 1, 1)),) if number % 7 == 0 else (),
        grants=(_grant(random.choice(people)),) if number % 8 == 0 else (),
        involvements=tuple(Involvement(person=person, starts=date(2026, 2, 1)) for person in involved),
    )


def _grant(person: str) -> Grant:
    return Grant(person=person, starts=date(2026, 2, 1), classes=frozenset({C.IDENTITY, C.CARE}))


def _release(id_: str, agency: str, random: Random, form: Form) -> Release:
    return Release(
        id=id_,
        signed=date(2026, 1, random.randint(5, 25)),
        ends=date(2026, 12, 31),
        form=form,
        sources=frozenset({agency, _CLINIC}),
        to_classes=frozenset(random.sample(sorted(RecipientClass), 5)),
        to_agencies=frozenset({agency}),
        classes=BOUND,
    )
