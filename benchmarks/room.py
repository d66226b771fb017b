"""What a room may have: everybody's answers, one more person, ten times as many people.

The first asks everything of everybody, each answer with its reason, as the console does to say who narrows. The
others ask the room as a whole, as the projector does, where everybody may have everything: the costliest room, since
no denial ends the asking early.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import pycasbin
from benchmarks.frame import Conditions, Figure, Goal, Pair, seconds
from benchmarks.sample_room import AT, open_facts, questions, sample_facts
from leaddesk.policy.decision import Asked, Decision, decide_each
from leaddesk.policy.disclosure import Sight
from leaddesk.policy.facts import Facts
from leaddesk.policy.room import Presence, Room, Watch
from leaddesk.policy.standing import Standing

PEOPLE, PARTICIPANTS = 40, 60
QUICK_PEOPLE, QUICK_PARTICIPANTS = 8, 3

#: pycasbin answers every so-manieth question, and its time is scaled up: all of them would take it half a minute.
CASBIN_STEP = 20


@contextmanager
def room_decision(how: Conditions) -> Iterator[Pair]:
    """Everybody's answers from the facts alone, and every so-manieth of them from pycasbin."""
    facts = sample_facts(QUICK_PEOPLE if how.quick else PEOPLE, QUICK_PARTICIPANTS if how.quick else PARTICIPANTS)
    asked = questions(facts)
    sample = pycasbin.requests(facts, AT, asked)[::CASBIN_STEP]
    answer = pycasbin.answers(facts)
    if answer(sample) != [decision.allowed for decision in ask_everybody(facts, asked)][::CASBIN_STEP]:
        raise AssertionError("pycasbin was not asked the same")
    yield Pair(
        work=lambda: seconds(lambda: ask_everybody(facts, asked)),
        yardstick=lambda: seconds(lambda: answer(sample)),
        share=len(sample) / (len(asked) * len(facts.people)),
    )


@contextmanager
def one_more(how: Conditions) -> Iterator[Pair]:
    """Somebody checks in to a room that is known, and that same room decided as a whole."""
    people, participants = (QUICK_PEOPLE, QUICK_PARTICIPANTS) if how.quick else (PEOPLE, PARTICIPANTS)
    facts = open_facts(people, participants)
    asked, full = questions(facts), room_of(facts)
    latecomer = list(facts.people)[-1]

    def checks_in() -> float:
        watch = Watch(full.leave(latecomer), facts, frozenset(), AT)
        ask_watch(watch, asked)
        return seconds(lambda: arrives(watch, full.present[latecomer], asked))

    yield Pair(work=checks_in, yardstick=lambda: seconds(lambda: ask_room(facts, full, asked)))


@contextmanager
def growth(how: Conditions) -> Iterator[Pair]:
    """Ten times as many people present, and as many as usual."""
    people, participants = (QUICK_PEOPLE, QUICK_PARTICIPANTS) if how.quick else (PEOPLE, PARTICIPANTS)
    usual, crowd = open_facts(people, participants), open_facts(10 * people, participants)
    yield Pair(
        work=lambda: seconds(lambda: ask_room(crowd, room_of(crowd), questions(crowd))),
        yardstick=lambda: seconds(lambda: ask_room(usual, room_of(usual), questions(usual))),
    )


def ask_everybody(facts: Facts, asked: list[Asked]) -> list[Decision]:
    """Everybody's answer to everything, in the order of the questions."""
    standing = Standing(facts, AT)
    return [decision for one in asked for _, decision in decide_each(standing, facts.people, one)]


def room_of(facts: Facts) -> Room:
    """A room with everybody of the desk in it, the first of them signed in."""
    present = {one.id: Presence(person=one.id, role=one.role or "") for one in facts.people.values()}
    return Room(signed_in=next(iter(facts.people)), present=present)


def ask_room(facts: Facts, room: Room, asked: list[Asked]) -> None:
    """Asks what the room as a whole may have, nothing being known before.

    Raises:
        AssertionError: it may not have everything, so that a denial has ended the asking early.
    """
    sight = Sight(Standing(facts, AT), room.audience())
    if not all(sight.allows(one) for one in asked):
        raise AssertionError("this room may have everything")


def ask_watch(watch: Watch, asked: list[Asked]) -> None:
    """Asks the same of a room that is watched, which remembers what it was asked."""
    disclosure = watch.disclosure()
    if not all(disclosure.allows(one) for one in asked):
        raise AssertionError("this room may have everything")


def arrives(watch: Watch, latecomer: Presence, asked: list[Asked]) -> None:
    """Somebody checks in, and everything is asked again."""
    watch.move(at=AT, room=watch.room.arrive(latecomer))
    ask_watch(watch, asked)


FIGURES = (
    Figure(
        name="room decision",
        work="every bound class of 60 participants for each of 40 people of all roles, with reasons, from facts",
        yardstick=f"pycasbin, same table (every {CASBIN_STEP}th, scaled)",
        goal=Goal(200, faster=True),
        prepare=room_decision,
    ),
    Figure(
        name="one more person",
        work="the 40th checks in to a room that is known and may have everything; the room is asked everything again",
        yardstick="the whole room's decision",
        goal=Goal(1 / 20),
        prepare=one_more,
    ),
    Figure(
        name="growth",
        work="what a room of 400 people may have, all of it, from facts alone",
        yardstick="the same with 40",
        goal=Goal(12),
        prepare=growth,
    ),
)
