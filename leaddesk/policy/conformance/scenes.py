"""``scenes.json``: whole situations, with dates, several people, releases and texts, and what the audience gets."""

import json
from collections.abc import Iterator

from leaddesk.policy.conformance.outcome import Difference, MalformedFile, Outcome
from leaddesk.policy.conformance.reading import Node
from leaddesk.policy.conformance.situation import Situation, read_situation
from leaddesk.policy.decision import decide
from leaddesk.policy.disclosure import Audience, Disclosure, Sight
from leaddesk.policy.guard import TextGuard
from leaddesk.policy.standing import Standing


def check(text: str, everyday: frozenset[str]) -> Outcome:
    """Holds the rule against scenes.

    Raises:
        MalformedFile: says the path.
    """
    checked = 0
    differences: list[Difference] = []
    for scene in Node.parse(text, json.loads).items():
        situation = read_situation(scene)
        answers = dict(_answers(situation, everyday))
        for where, expected in situation.expected.items():
            checked += 1
            answered = answers.get(where, "nothing: not in the scene")
            if answered != expected:
                differences.append(Difference(f"{situation.name!r} {where}", expected, answered))
    if not checked:
        raise MalformedFile("$", "holds no expected answer")
    return Outcome(checked, tuple(differences))


def _answers(situation: Situation, everyday: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What the rule says of everything in a scene, by the path under ``expect``."""
    facts = situation.facts
    standing = Standing(facts, situation.at)
    sight = Sight(standing, Audience(situation.audience, situation.signed_in))
    disclosure = Disclosure(TextGuard(facts, everyday), sight)
    for participant in facts.participants:
        yield f"appears.{participant}", disclosure.appearance(participant)
    for name, text in situation.texts.items():
        choice = disclosure.choose(text)
        if choice.index is None:
            yield f"records.{name}", "withheld"
        else:
            yield f"records.{name}", "full" if choice.index < 0 else f"safe {text.safe[choice.index].cls}"
    for name, (person, asked) in situation.asks.items():
        decision = decide(standing, person, asked)
        yield f"answers.{name}", f"{'allow' if decision.allowed else 'deny'} {decision.reason}"
