"""Random desks for the properties of the rule: people, participants, releases and ties, many of them unusable."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

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
from leaddesk.policy.vocabulary import BOUND, InformationClass, RecipientClass, Role

AT = datetime(2026, 5, 6, 17, tzinfo=UTC)
AGENCIES = ("harbor", "evergreen", "clinic", "police", "prosecutor", "pmt")
PEOPLE = tuple(f"a{number}" for number in range(1, 8))
PARTICIPANTS = ("p1", "p2", "p3")
NAMES = {"p1": ("Angela", "Brooks"), "p2": ("José", "Núñez"), "p3": ("Zofia", "Łęcki")}

days = st.integers(-40, 40).map(lambda offset: AT.date() + timedelta(days=offset))
instants = st.integers(-2000, 2000).map(lambda minutes: AT + timedelta(minutes=minutes))
maybe_agency = st.none() | st.sampled_from(AGENCIES)
some_people = st.frozensets(st.sampled_from(PEOPLE), max_size=3)
bound_classes = st.just(BOUND) | st.frozensets(st.sampled_from(sorted(BOUND)), max_size=4)
classes = st.none() | st.sampled_from(list(InformationClass))


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    return Agreement(
        template=draw(st.sampled_from(["v1", "v1", "v1", "v0", None])),
        signed=draw(st.none() | instants | st.just(AT - timedelta(days=30))),
        ends=draw(st.none() | days),
        ends_at=draw(st.none() | st.none() | instants),
    )


@st.composite
def people(draw: st.DrawFn, person: str) -> Person:
    ready = Agreement(template="v1", signed=AT - timedelta(days=30))
    return Person(
        id=person,
        name=f"Person {person}",
        role=draw(st.sampled_from([*Role, "mayor", None])),
        agency=draw(maybe_agency),
        agreements=draw(st.just((ready,)) | st.lists(agreements(), max_size=2).map(tuple)),
        withdrew_or_declined=draw(st.just(()) | st.lists(instants, max_size=1).map(tuple)),
    )


@st.composite
def releases(draw: st.DrawFn, name: str) -> Release:
    return Release(
        id=name,
        signed=draw(st.none() | days | instants | st.just(date(2026, 1, 5))),
        ends=draw(
            st.none()
            | days
            | st.just(date(2027, 1, 1))
            | st.builds(UntilEvent, event=st.just("e"), recorded=instants)
        ),
        form=draw(st.sampled_from(["part2", "part2", "general", None])),
        sources=draw(st.just(frozenset(AGENCIES)) | st.frozensets(st.sampled_from(AGENCIES), max_size=3)),
        to_classes=draw(st.just(frozenset(RecipientClass)) | st.frozensets(st.sampled_from(list(RecipientClass)))),
        to_agencies=draw(st.frozensets(st.sampled_from(AGENCIES), max_size=2)),
        to_people=draw(some_people),
        classes=draw(bound_classes),
    )


@st.composite
def participants(draw: st.DrawFn, participant: str) -> Participant:
    given, family = NAMES[participant]
    starts = st.none() | days
    tie = {"person": st.sampled_from(PEOPLE), "starts": starts, "ends": st.none() | days}
    return Participant(
        id=participant,
        code=f"P-{participant.upper()}X7",
        given_name=given,
        family_name=family,
        aliases=draw(st.sampled_from([(), ("Pepe",)])),
        door=draw(st.sampled_from(["arrest", "social", "community", None])),
        intake=draw(st.sampled_from(["open", "decided", None])),
        case_agency=draw(maybe_agency),
        referring_agency=draw(maybe_agency),
        releases=tuple(draw(releases(f"r{n}")) for n in range(draw(st.integers(0, 2)))),
        revocations=tuple(
            draw(
                st.lists(st.builds(Revocation, at=instants, release=st.sampled_from([None, "r0", "r1"])), max_size=1)
            )
        ),
        exclusions=tuple(draw(st.lists(st.builds(Exclusion, **tie, classes=bound_classes), max_size=1))),
        grants=tuple(draw(st.lists(st.builds(Grant, **tie, classes=bound_classes), max_size=2))),
        involvements=tuple(draw(st.lists(st.builds(Involvement, **tie), max_size=2))),
    )


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    return Facts(
        site=Site(
            zone=draw(st.sampled_from(["America/Los_Angeles", "America/New_York", "UTC"])),
            part2=draw(st.sampled_from(["yes", "no", "unsure", None])),
            accepted_templates=draw(st.sampled_from([frozenset({"v1"}), frozenset({"v1", "v2"}), frozenset()])),
            intake_exemption=draw(st.booleans()),
        ),
        people={person: draw(people(person)) for person in PEOPLE},
        participants={one: draw(participants(one)) for one in PARTICIPANTS},
        agencies={agency: draw(st.sampled_from(["yes", "no", "unsure", None])) for agency in AGENCIES[:4]},
    )


@st.composite
def texts(draw: st.DrawFn) -> Text:
    words = st.sampled_from(
        [
            "Something was agreed.",
            "{p1} meets weekly.",
            "{p1} and {p2}: one ride.",
            "Brooks came by.",
            "Ask nunez or Pepe.",
            "P-P1X7 is back.",
            "{p9} is unknown.",
        ]
    )
    return Text(
        cls=draw(classes),
        text=draw(words),
        about=tuple(draw(st.lists(st.sampled_from([*PARTICIPANTS, "p9"]), unique=True, max_size=2))),
        source=draw(maybe_agency),
        safe=tuple(draw(st.lists(st.builds(Wording, cls=classes, text=words), max_size=2))),
    )


audiences = st.frozensets(st.sampled_from([*PEOPLE, "nobody"]), max_size=4)
